"""Mottagarkoll: are we ready to take this in? Questions about one initiative (?id=); nothing is stored unless the user saves it."""

import datetime as dt
from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from registry.adopting.readiness import Answer, Question, Readiness, Step, assess, questions
from registry.adopting.saved_answers import read_answers, write_answers
from registry.errors import AnswersUnreadable
from registry.initiative import Initiative
from registry.wording import for_visitors
from ui.adopting.answers import answers_for, guide, keep_answers
from ui.choices import choose_initiative
from ui.chosen import carried
from ui.context import context, vocabulary
from ui.language import _
from ui.markup import bullets, initiative_link, own_words, paragraph, plain_label, sentence
from ui.own_words import mark_own_words, own_part
from ui.problems import shown_calmly

_ID = "mottagarkoll id"
_READ = "mottagarkoll read"
_FILES_READ = "mottagarkoll files read"


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.set_page_config(page_title=_("Mottagarkoll – Spridbart"))
    st.title(_("Mottagarkoll"), anchor=False)
    mark_own_words()
    record = _chosen()
    _say_what_was_read()
    if record is None:
        _invite()
        return
    asked = questions(record, vocabulary(), guide())
    _introduce(record, asked)
    with st.container(key="mottagarkoll"):
        _ask(record, asked)
    _on_paper(record, asked)
    readiness = assess(record, answers_for(record.id), vocabulary(), guide())
    _show(readiness)
    _save(record, asked)


def _chosen() -> Initiative | None:
    index = context().live.current.index
    asked = st.query_params.get("id", "")
    if asked and index.get(asked) is None:
        st.warning(_("Det finns inget initiativ med beteckningen i adressen. Välj ett i listan."))
    if _ID not in st.session_state or (index.get(asked) and st.session_state[_ID] != asked):
        st.session_state[_ID] = asked if index.get(asked) else None
    with st.container(key="mottagarkoll-val"):
        choose_initiative(_("Initiativ"), _ID, _show_in_address)
    return index.get(st.session_state[_ID] or "")


def _show_in_address() -> None:
    id = st.session_state[_ID]
    if id:
        st.query_params["id"] = id
    elif "id" in st.query_params:
        del st.query_params["id"]


def _invite() -> None:
    st.html(
        '<div class="sb-calm">'
        + paragraph(
            _(
                "Välj ett initiativ, så får ni frågor om vad som behöver finnas på plats hos er, vad som saknas och ett första steg för varje lucka."
            )
        )
        + paragraph(_("Har ni sparade svar? Läs in dem här nedanför. Inget sparas i registret."))
        + "</div>"
    )
    _read_box()


def _introduce(record: Initiative, asked: Sequence[Question]) -> None:
    words = _(
        "{count} frågor om {name}. Svara så gott ni kan; ”vet inte” är också ett svar. Svaren sparas inte i registret: de finns kvar tills ni stänger eller laddar om sidan, om ni inte laddar ner dem."
    )
    st.html(paragraph(words.format(count=len(asked), name=record.name)) + f"<p>{_in_new_tab(record)}</p>")


def _in_new_tab(record: Initiative) -> str:
    """A link to the record beside this page: in the same tab the answers would be gone."""
    link = initiative_link(record.id, _("Läs om initiativet (öppnas i en ny flik)"), carried())
    return link.replace('target="_self"', 'target="_blank" rel="noopener"')


def _ask(record: Initiative, asked: Sequence[Question]) -> None:
    for kind, of_kind in groupby(asked, key=lambda question: question.kind):
        with own_part(kind):
            st.header(guide().words(kind).label, anchor=False)
        for why, alike in groupby(of_kind, key=lambda question: question.why):
            st.html(own_words(paragraph(why, "sb-ask"), "div"))
            for question in alike:
                _ask_one(record, question)


def _ask_one(record: Initiative, question: Question) -> None:
    key = f"own label {record.id} {question.id}"
    st.session_state[key] = answers_for(record.id).get(question.id)
    st.radio(
        plain_label(question.text),
        list(Answer),
        format_func=lambda answer: _(answer.value).capitalize(),
        key=key,
        horizontal=True,
        on_change=_answer,
        args=(record.id, question.id, key),
    )


def _answer(record_id: str, question_id: str, key: str) -> None:
    keep_answers(record_id, {**answers_for(record_id), question_id: st.session_state[key]})


def _show(readiness: Readiness) -> None:
    st.header(_("Så ser det ut hos er"), anchor=False)
    if len(readiness.unanswered) == readiness.asked:
        st.html(
            paragraph(
                _(
                    "Svara på frågorna, så ser ni här vad som är på plats, vad som saknas och ett första steg för varje lucka."
                )
            )
        )
        return
    st.html(f'<div role="status"><p class="sb-lead">{escape(readiness.summary)}.</p></div>')
    lists = (
        (_("På plats"), readiness.in_place),
        (_("Delvis på plats"), readiness.partly),
        (_("Saknas"), readiness.missing),
        (_("Vet ni inte"), readiness.unknown),
        (_("Inte besvarat"), readiness.unanswered),
    )
    st.html(
        "".join(
            f'<h3 class="sb-able">{title} ({len(qs)})</h3>{own_words(bullets(q.subject for q in qs), "div")}'
            for title, qs in lists
            if qs
        )
    )
    if readiness.steps:
        st.header(_("Första steg"), anchor=False)
        st.html(
            paragraph(_("Frågor och första steg är redaktionens bedömning. Motmedel är vad källan säger."), "sb-meta")
            + f'<ol class="sb-steps">{"".join(_step(step) for step in readiness.steps)}</ol>'
        )


def _step(step: Step) -> str:
    against = ""
    if step.countermeasure:
        words = sentence(_("Motmedel i underlagen: {text}"), text=step.countermeasure)
        against = f'<br>{words} <small class="sb-basis">{own_words(escape(step.source))}</small>'
    subject = f"<strong>{own_words(escape(step.question.subject))}</strong> ({escape(_(step.answer.value))})"
    return f"<li>{subject}<br>{own_words(escape(step.text))}{against}</li>"


def _on_paper(record: Initiative, asked: Sequence[Question]) -> None:
    """The questions with their answers for print, where the buttons are gone."""
    given = answers_for(record.id)
    rows = "".join(
        f"<tr><td>{own_words(escape(q.text))}</td><td>{escape(_(given[q.id].value) if q.id in given else '–')}</td></tr>"
        for q in asked
    )
    st.html(
        f'<div class="sb-print"><h2>{escape(record.name)}</h2><table class="sb-sources"><thead><tr><th>{_("Fråga")}</th>'
        f"<th>{_('Svar')}</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _save(record: Initiative, asked: list[Question]) -> None:
    given = answers_for(record.id)
    with st.container(key="save-answers"):
        st.header(_("Spara svaren hos er"), anchor=False)
        st.html(
            paragraph(_("Filen stannar hos er och kan läsas in här igen. Den innehåller bara frågorna och era svar."))
        )
    with st.container(horizontal=True, key="save-answers-buttons"):
        st.download_button(
            _("Ladda ner svaren"),
            write_answers(record, asked, given, dt.date.today()),
            f"mottagarkoll-{record.id}.json",
            "application/json",
            on_click="ignore",
            disabled=not given,
        )
        if st.button(_("Ta med svaren i ett beslutsunderlag"), disabled=not given):
            st.switch_page("adopting/brief.py", query_params={"id": record.id})
        st.button(_("Rensa svaren"), on_click=keep_answers, args=(record.id, {}), disabled=not given)
    _read_box()


def _read_box() -> None:
    """The box for a file; each that has been read is followed by an empty one."""
    key = f"mottagarkoll file {st.session_state.get(_FILES_READ, 0)}"
    with st.container(key="read-answers"):
        st.file_uploader(_("Läs in sparade svar (JSON)"), type="json", key=key, on_change=_read, args=(key,))


def _read(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    st.session_state[_FILES_READ] = st.session_state.get(_FILES_READ, 0) + 1
    try:
        saved = read_answers(file.getvalue())
    except AnswersUnreadable as error:
        st.session_state[_READ] = ("warning", for_visitors(error))
        return
    record = context().live.current.index.get(saved.initiative_id)
    if record is None:
        words = _("Svaren gäller ett initiativ som inte finns i registret. Inga svar har ändrats.")
        st.session_state[_READ] = ("warning", words)
        return
    known = {question.id for question in questions(record, vocabulary(), guide())}
    answers = saved.by_question()
    keep_answers(record.id, {id: answer for id, answer in answers.items() if id in known})
    gone = len(answers.keys() - known)
    words = _("{count} svar är inlästa, sparade {day}.").format(count=len(answers) - gone, day=saved.saved_on)
    if gone:
        words += " " + _("{count} svar gäller frågor som har ändrats sedan dess och är inte med.").format(count=gone)
    st.session_state[_READ] = ("success", words)
    st.query_params["id"] = record.id


def _say_what_was_read() -> None:
    kind, words = st.session_state.pop(_READ, ("", ""))
    if kind == "warning":
        st.warning(words)
    elif words:
        st.success(words)


page()
