"""The pages and what they have in common."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent

st.set_page_config(page_title="Spridbart", page_icon=str(HERE / "icon.svg"), layout="wide")
st.html(HERE / "style.css")
st.logo(str(HERE / "logo.svg"), size="large")

page = st.navigation(
    [
        st.Page("find.py", title="Hitta", default=True),
        st.Page("initiative.py", title="Initiativ", url_path="initiativ"),
        st.Page("about.py", title="Om", url_path="om"),
    ],
    position="top",
)
page.run()
