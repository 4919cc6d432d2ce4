"""The pages and what they have in common."""

from pathlib import Path

import streamlit as st

from ui.chosen import compare_title
from ui.language import _, keep_language, show_switch

HERE = Path(__file__).parent

st.set_page_config(page_title="Spridbart", page_icon=str(HERE / "icon.svg"), layout="wide")
keep_language()
st.html(HERE / "style.css")
st.logo(str(HERE / "logo.svg"), size="large")

page = st.navigation(
    [
        st.Page("finding/find.py", title=_("Hitta"), default=True),
        st.Page("exploring/explore.py", title=_("Utforska"), url_path="utforska"),
        st.Page("records/initiative.py", title=_("Initiativ"), url_path="initiativ"),
        st.Page("adopting/compare.py", title=compare_title(), url_path="jamfor"),
        st.Page("adopting/policy.py", title=_("Policyfönster"), url_path="policyfonster"),
        st.Page("adopting/readiness.py", title=_("Mottagarkoll"), url_path="mottagarkoll", visibility="hidden"),
        st.Page("inbox/needs.py", title=_("Behov"), url_path="behov"),
        st.Page("desk/desk.py", title=_("Redaktion"), url_path="redaktion"),
        st.Page("about.py", title=_("Om"), url_path="om"),
        st.Page("adopting/municipality.py", title=_("Kommuner som er"), url_path="kommuner", visibility="hidden"),
        st.Page("adopting/brief.py", title=_("Beslutsunderlag"), url_path="beslutsunderlag", visibility="hidden"),
        st.Page("editing/edit.py", title=_("Redigera"), url_path="redigera", visibility="hidden"),
        st.Page("desk/review.py", title=_("Granska"), url_path="granska", visibility="hidden"),
        st.Page("desk/history.py", title=_("Historik"), url_path="historik", visibility="hidden"),
        st.Page("desk/quality.py", title=_("Kvalitet"), url_path="kvalitet", visibility="hidden"),
        st.Page(
            "desk/possible_duplicates.py", title=_("Möjliga dubbletter"), url_path="dubbletter", visibility="hidden"
        ),
        st.Page("importing/importing.py", title=_("Importera"), url_path="importera", visibility="hidden"),
        st.Page("inbox/tip.py", title=_("Tipsa"), url_path="tipsa", visibility="hidden"),
    ],
    position="top",
)
show_switch()
page.run()
