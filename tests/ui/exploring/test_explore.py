"""Utforska as a script: what each view says is true, and every address leads to a calm page."""

import re
from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from registry.exploring.filters import Filters
from registry.inbox.reported_needs import ReportedNeed
from registry.inbox.sent_in import Visit
from registry.initiative import Initiative
from registry.places import swedish_order
from registry.vocabulary import Vocabulary
from tests.ui.scripts import script

VIEWS = ("tabell", "karta", "matris", "diagram", "saknas")


def explore(**parameters: str | Sequence[str]) -> AppTest:
    app = AppTest.from_file(script("explore"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def names(app: AppTest) -> list[str]:
    return re.findall(r'<th scope="row"><a href="initiativ\?id=[^>]*>([^<]*)</a>', html(app))


def initiatives(records: list[Initiative], **chosen: tuple[str, ...]) -> list[Initiative]:
    filters = Filters(roles=("initiativ",), **chosen)
    return [record for record in records if filters.allow(record)]


def test_shows_the_initiatives_first(shipped: list[Initiative]) -> None:
    """Without a choice the initiatives stand in a table, å ä ö last; the other kinds of record are a link away."""
    app = explore()
    assert not app.exception
    assert names(app) == sorted((r.name for r in initiatives(shipped)), key=swedish_order)
    assert f"Visar 44 initiativ av {len(shipped)} poster i registret" in html(app)
    assert "Visar 82 poster" in html(explore(alla="ja"))


def test_every_view_keeps_the_filters(shipped: list[Initiative]) -> None:
    """The switch leads to each view with the choice kept, and each choice is a chip that can be taken away."""
    count = len(initiatives(shipped, target_groups=("uvas",), regions=("18", "24")))
    for view in VIEWS:
        app = explore(vy=view, malgrupp="uvas", lan=["18", "24"])
        assert not app.exception
        text = html(app)
        for other in VIEWS:
            assert f'href="?vy={other}&amp;malgrupp=uvas&amp;lan=18&amp;lan=24"' in text
        assert f"Visar {count} initiativ" in text
        assert re.search(r'href="\?[^"]*malgrupp=uvas&amp;lan=24"[^>]*data-here="chip-lan-18"', text)
        assert "Län eller land: Örebro län" in text


def test_counts_are_what_a_choice_shows() -> None:
    """The number beside a value is the number one sees after following its link."""
    beside = re.findall(r'data-here="facet-tema-([a-z_]+)" ?>.*?sb-count">(\d+)', html(explore(malgrupp="uvas")))
    assert beside
    for theme, count in beside[:3]:
        assert f"Visar {count} initiativ" in html(explore(malgrupp="uvas", tema=theme))


def test_sorts_pages_and_chooses_columns() -> None:
    """A heading sorts up and down; columns are chosen; a page that does not exist is the last one."""
    assert names(explore(sortera="-namn")) == names(explore())[::-1]
    app = explore(alla="ja", sida="999")
    assert not app.exception
    assert "Rad 51–82 av 82" in html(app)
    assert len(names(app)) == 32
    app.multiselect(key="kolumn").set_value(["agare"]).run()
    assert app.query_params["kolumn"] == ["namn", "agare"]
    assert "Ägare</a>" in html(app)
    assert "Evidens</a>" not in html(app)


def test_maturity_is_sorted_as_a_scale() -> None:
    """Sorted by maturity the scale's order holds, and what is not assessed comes last."""
    text = html(explore(sortera="mognad", kolumn=["namn", "mognad"]))
    steps = re.findall(r"<td>(Idé|Prövad|Paketerad|Spridd|Ordinarie drift|Ej bedömd)</td>", text)
    assert steps == sorted(steps, key=["Idé", "Prövad", "Paketerad", "Spridd", "Ordinarie drift", "Ej bedömd"].index)
    assert steps[-1] == "Ej bedömd"


def test_selected_rows_lead_to_a_comparison() -> None:
    """Up to four selected rows can be compared; of more the page says that it is too many."""
    text = html(explore(vald=["unga-in", "jobbspranget"]))
    assert 'href="jamfor?id=jobbspranget&amp;id=unga-in"' in text
    five = ["unga-in", "jobbspranget", "bla-vagen", "kultur-pa-recept", "massvis"]
    assert "Fler än fyra går inte att jämföra på en gång" in html(explore(vald=five, alla="ja"))


def test_a_cell_says_how_many_and_an_empty_one_is_a_gap(shipped: list[Initiative], vocabulary: Vocabulary) -> None:
    """The matrix counts what its cell opens; empty cells are named as gaps; prioritised groups are marked."""
    text = html(explore(vy="matris"))
    cells = re.findall(r'<a href="[^"]*malgrupp=(\w+)&amp;tema=(\w+)"[^>]*data-here="cell-[^>]*>(\d+)<', text)
    for group, theme, count in cells:
        assert int(count) == len(initiatives(shipped, target_groups=(group,), themes=(theme,)))
    gaps = text.count('class="sb-gap"')
    assert gaps + len(cells) == 780
    assert f"{gaps} av 780 rutor är tomma" in text
    assert text.count("(extra prioriterad)") == len(vocabulary.prioritised_target_groups) == 11


def test_a_cell_of_a_lan_is_its_own() -> None:
    """A cell of a län leads to what is tied to the län itself, so that the count holds."""
    for kind in ("lan", "kommuntyp"):
        links = re.findall(r'<a href="([^"]*)"[^>]*data-here="cell-', html(explore(vy="matris", matris=kind)))
        assert links
        assert all(("bara_lan=ja" in link) == (kind == "lan" and "lan=00" not in link) for link in links)


def test_the_map_says_what_it_shows() -> None:
    """The sentence names the län with the most, and its table has a link for every län."""
    text = html(explore(vy="karta"))
    assert "Flest har Örebro län (7)." in text
    assert "16 initiativ gäller hela Sverige" in text
    assert len(re.findall(r'data-here="row-lan-', text)) == 22
    assert "kommuner har ingen" in html(explore(vy="karta", karta="kommun"))


def test_what_is_missing_is_said_with_its_source(shipped: list[Initiative]) -> None:
    """Prioritised groups without initiatives come first and are called gaps; those with lead to them."""
    text = html(explore(vy="saknas"))
    bare = [g for g in ("samsjuklighet", "forsorjningsstod") if not initiatives(shipped, target_groups=(g,))]
    assert bare
    assert "Inget: en lucka" in text
    for words in ("Extra prioriterade målgrupper", "fråga 2", "fråga 4", "redaktionens bedömning", "Inga öppna behov"):
        assert words in text
    assert re.search(r'href="\?vy=tabell&amp;malgrupp=uvas"[^>]*data-here="gap-PRIORITISED-uvas"', text)


def test_reported_needs_are_among_what_is_missing() -> None:
    """A need that a visitor has reported stands there with its group and leads to the page of needs."""
    app = explore(vy="saknas")
    from ui.context import context

    context().needs.report(ReportedNeed("Ensamma äldre", target_groups=("aldre",)), visit=Visit("behov", 5))
    text = html(app.run())
    assert "1 öppet anmält behov" in text
    assert 'href="behov"' in text


def test_nothing_left_leads_on() -> None:
    """When no record has all that is chosen, the page says what to do."""
    app = explore(malgrupp="uvas", evidens="replikerad")
    assert not app.exception
    assert "Inget i registret har allt det valda" in html(app)
    assert "rensa alla filter" in html(app)


def test_a_strange_address_is_a_calm_page() -> None:
    """What the registry does not have is left out and said; nothing is run, nothing breaks."""
    for bad in ("<script>alert(1)</script>", "'; DROP TABLE initiative; --", "99"):
        app = explore(malgrupp=bad, sida=bad, sortera=bad, kolumn=bad, vald=bad, vy=bad, matris=bad, karta=bad, sok=bad)
        assert not app.exception
        assert "<script>alert" not in html(app)
        assert "Adressen nämner filter som inte finns" in html(app)


def test_words_narrow_down_and_stand_in_the_address() -> None:
    """Words are looked for in names and summaries, and can be taken away as a chip."""
    app = explore()
    app.text_input(key="sok").set_value("jobbsprånget").run()
    assert app.query_params["sok"] in ("jobbsprånget", ["jobbsprånget"])
    assert names(app) == ["Jobbsprånget"]
    assert 'data-here="chip-text"' in html(app)
