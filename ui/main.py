"""The pages and what they have in common."""

from pathlib import Path

import streamlit as st

from ui.chosen import compare_title
from ui.language import later

HERE = Path(__file__).parent

st.set_page_config(page_title="Spridbart", page_icon=str(HERE / "icon.svg"), layout="wide")
st.html(HERE / "style.css")
st.logo(str(HERE / "logo.svg"), size="large")

page = st.navigation(
    [
        st.Page("find.py", title=later("Hitta"), default=True),
        st.Page("explore.py", title=later("Utforska"), url_path="utforska"),
        st.Page("initiative.py", title=later("Initiativ"), url_path="initiativ"),
        st.Page("compare.py", title=compare_title(), url_path="jamfor"),
        st.Page("policy.py", title=later("Policyfönster"), url_path="policyfonster"),
        st.Page("readiness.py", title=later("Mottagarkoll"), url_path="mottagarkoll", visibility="hidden"),
        st.Page("needs.py", title=later("Behov"), url_path="behov"),
        st.Page("desk.py", title=later("Redaktion"), url_path="redaktion"),
        st.Page("about.py", title="Om", url_path="om"),
        st.Page("municipality.py", title=later("Kommuner som er"), url_path="kommuner", visibility="hidden"),
        st.Page("brief.py", title=later("Beslutsunderlag"), url_path="beslutsunderlag", visibility="hidden"),
        st.Page("edit.py", title=later("Redigera"), url_path="redigera", visibility="hidden"),
        st.Page("review.py", title=later("Granska"), url_path="granska", visibility="hidden"),
        st.Page("history.py", title=later("Historik"), url_path="historik", visibility="hidden"),
        st.Page("quality.py", title=later("Kvalitet"), url_path="kvalitet", visibility="hidden"),
        st.Page("possible_duplicates.py", title=later("Möjliga dubbletter"), url_path="dubbletter", visibility="hidden"),
        st.Page("importing.py", title=later("Importera"), url_path="importera", visibility="hidden"),
        st.Page("tip.py", title=later("Tipsa"), url_path="tipsa", visibility="hidden"),
    ],
    position="top",
)
page.run()
