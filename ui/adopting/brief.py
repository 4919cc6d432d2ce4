"""Beslutsunderlag: from a challenge and one to three initiatives to a document that a tjänsteskrivelse can start from.

The address holds the challenge (q), the municipality (kommun), the committee (namnd) and the initiatives (id).
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from briefs.brief import MOST, Brief, Rules, choice
from briefs.files import FORMATS, as_html
from matching.errors import MatchingError
from matching.matcher import MatchResult
from matching.wording import for_visitors
from registry.initiative import Initiative
from registry.places import Municipality, swedish_order
from ui.adopting.answers import answers_for, guide
from ui.choices import choose_municipality
from ui.context import context, places, vocabulary
from ui.language import SWEDISH, _, language, speech
from ui.markup import own_words, paragraph, plain_label
from ui.problems import shown_calmly
from ui.records.windows import funding_path, policy

_SUGGESTED = 20
_KEY = "brief initiatives"
_WORDS = {"docx": "Word", "pdf": "PDF", "md": "Markdown"}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown",
}


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.set_page_config(page_title=_("Beslutsunderlag – Spridbart"))
    st.title(_("Beslutsunderlag"), anchor=False)
    text, municipality, committee = _situation()
    if not text.strip():
        _invite()
        return
    result = _matched(text, municipality)
    records = _chosen(result) if result else []
    if not result or not records:
        return
    brief = _brief(result, records, committee)
    _readiness_links(records)
    _files(brief)
    _preview(brief)


def _situation() -> tuple[str, Municipality | None, str]:
    text = st.text_area(_("Ert behov, med era ord"), key="q", bind="query-params", height=110, max_chars=4000)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        municipality = choose_municipality()
        committee = st.text_input(
            _("Nämnd som beslutar"),
            key="namnd",
            bind="query-params",
            placeholder=_("Till exempel Socialnämnden"),
            max_chars=80,
        )
    return text or "", municipality, (committee or "").strip()


def _invite() -> None:
    st.html(
        paragraph(
            _(
                "Beskriv behovet så föreslår vi initiativ som kan svara mot det. Av ett till tre initiativ blir det ett "
                "underlag i Word, PDF eller Markdown som er tjänsteskrivelse kan utgå från. Inget sparas hos oss."
            )
        )
    )


def _matched(text: str, municipality: Municipality | None) -> MatchResult | None:
    try:
        with speech.swedish():
            return context().live.current.match(text, municipality=municipality, limit=_SUGGESTED)
    except MatchingError as error:
        st.warning(for_visitors(error))
        return None


def _chosen(result: MatchResult) -> list[Initiative]:
    """The initiatives to write about: those in the address, to be changed among all; the best match to begin with."""
    index = context().live.current.index
    names = {record.id: record.name for record in index.records}
    if _KEY not in st.session_state:
        asked = [id for id in dict.fromkeys(st.query_params.get_all("id")) if id in names]
        st.session_state[_KEY] = (asked or [match.initiative_id for match in result.fitting[:1]])[:MOST]
    best = [match.initiative_id for match in result.matches]
    ordered = [*best, *sorted(set(names) - set(best), key=lambda id: swedish_order(names[id]))]
    ids = st.multiselect(
        _("Initiativ, ett till tre"),
        ordered,
        format_func=lambda id: names[id],
        key=_KEY,
        max_selections=MOST,
        placeholder=_("Välj initiativ; de som passar bäst står först"),
        select_all=False,
    )
    st.query_params["id"] = ids
    if not ids:
        st.html(paragraph(_("Välj minst ett initiativ.")))
    return [record for id in ids if (record := index.get(id))]


def _brief(result: MatchResult, records: Sequence[Initiative], committee: str) -> Brief:
    rules = Rules(policy(), funding_path(), guide())
    with speech.swedish():
        choices = tuple(choice(record, result, answers_for(record.id), rules, vocabulary()) for record in records)
    return Brief(result.challenge, choices, committee, dt.date.today(), rules, vocabulary(), places())


def _readiness_links(records: Sequence[Initiative]) -> None:
    """Ways to the mottagarkoll that stay in the visit, so that its answers come along."""
    with st.container(horizontal=True, key="brief-readiness"):
        for record in records:
            words = (
                _("Ändra mottagarkollen för {name}") if answers_for(record.id) else _("Gör mottagarkollen för {name}")
            )
            if st.button(plain_label(words.format(name=record.name)), key=f"readiness {record.id}", type="tertiary"):
                st.switch_page("adopting/readiness.py", query_params={"id": record.id})


def _files(brief: Brief) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="brief-files"):
        for format, write in FORMATS.items():
            st.download_button(
                _("Ladda ner som {format}").format(format=_WORDS[format]),
                partial(_written, write, brief),
                f"beslutsunderlag.{format}",
                _TYPES[format],
                on_click="ignore",
                type="primary" if format == "docx" else "secondary",
            )


def _written(write: Callable[[Brief], bytes], brief: Brief) -> bytes:
    with speech.swedish():
        return write(brief)


def _preview(brief: Brief) -> None:
    st.html(
        paragraph(
            _("Så här ser underlaget ut. Det är ett utkast: ni äger texten och kan ändra allt i Word."),
            "sb-meta sb-screen",
        )
    )
    if language() != SWEDISH:
        st.html(
            paragraph(_("Underlaget är alltid på svenska, eftersom det blir en del av ett svenskt ärende."), "sb-meta")
        )
    with st.container(border=True, key="brief-preview"):
        said = [(one.record.id, one.record.revision, one.reasons, one.cautions, one.readiness) for one in brief.choices]
        html = _html(brief, repr((brief.challenge, brief.committee, brief.day, said)))
        st.html(own_words(_scrolled(html), "div"))


def _scrolled(html: str) -> str:
    """The document with its tables in boxes that can be scrolled sideways, also by keyboard."""
    box = f'<section class="sb-scroll" tabindex="0" aria-label="{_("Tabell")}">'
    return html.replace("<table", f"{box}<table").replace("</table>", "</table></section>")


@st.cache_data(max_entries=50, show_spinner=False)
def _html(_brief: Brief, said: str) -> str:
    """The brief as HTML; ``said`` is all that it depends on."""
    with speech.swedish():
        return as_html(_brief)


page()
