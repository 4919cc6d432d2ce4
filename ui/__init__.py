"""The Streamlit pages. They only compose: read, call the core, show."""
