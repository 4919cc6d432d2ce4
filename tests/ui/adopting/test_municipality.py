"""Kommuner som er as a script: what is shown for whom, and what is said when nothing is known."""

from streamlit.testing.v1 import AppTest

from tests.ui.test_pages import html, show


def choose(name: str, **parameters: str) -> AppTest:
    app = show("municipality", kommun=name, **parameters)
    assert not app.exception
    return app


def test_without_a_municipality_it_says_where_something_is_known() -> None:
    """The first view invites to choose, and lists the municipalities that the registry names."""
    app = show("municipality")
    assert not app.exception
    assert "Välj er kommun" in html(app)
    assert 'href="kommuner?kommun=Skellefte%C3%A5"' in html(app)


def test_a_municipality_and_those_around_it() -> None:
    """Facts, what is used in the circles around, and links that keep the choice."""
    text = html(choose("Norsjö"))
    for words in (
        "Västerbottens län",
        "C8 Landsbygdskommun",
        "3\u202f811",
        'href="./?kommun=Norsj%C3%B6"',
        'href="utforska?lan=24"',
        'href="initiativ?id=urkraft"',
        "Skellefteå",
    ):
        assert words in text


def test_tied_is_not_tried() -> None:
    """What is only planned or named is not said to have been tried."""
    text = html(choose("Kalix"))
    assert "Inlandskommunernas lärcentrum</a>: knyts i källorna till Kalix" in text
    assert "inget säger att det har prövats" in text


def test_an_association_only_where_a_source_names_it() -> None:
    """A source is linked where there is one; elsewhere the page says that none is known, and marks its own suggestion."""
    known, unknown = html(choose("Vetlanda")), html(choose("Sorsele"))
    assert 'href="https://www.finsamjonkopingslan.se/hoglandet"' in known
    assert "tillsammans minst" in known
    assert "Ingen källa i registret säger vilket samordningsförbund Sorsele hör till" in unknown
    assert "inte en uppgift om ett samarbete" in unknown


def test_what_was_stopped_stays_in_the_log() -> None:
    """The log has the years, what came of it, and that it has ended; a correction is a link away."""
    text = html(choose("Gävle"))
    for words in (">2012<", "Det slutade sommaren 2014", "Avslutad", 'href="tipsa?id=unga-in"'):
        assert words in text


def test_the_log_reaches_as_far_as_the_address_says() -> None:
    """Near, or all of Sweden; where nothing is known near, the page says where to look."""
    near, everywhere = html(choose("Kinda", logg="nara")), html(choose("Kinda", logg="alla"))
    assert "Registret har ingen uppgift här än" in near
    assert "Registret har ingen uppgift här än" not in everywhere
    assert "Sociala utfallskontrakt" in everywhere
    assert 'href="tipsa"' in near


def test_another_reach_is_put_in_the_address() -> None:
    """Choosing all municipalities shows them, and the address leads back there."""
    app = choose("Kinda")
    app.radio[0].set_value("alla").run()
    assert app.query_params["logg"] in ("alla", ["alla"])
    assert "Sociala utfallskontrakt" in html(app)


def test_an_unknown_municipality_in_the_address_is_no_choice() -> None:
    """An address with a name that is none leads to the first view."""
    assert "Välj er kommun" in html(choose("<script>alert(1)</script>"))
