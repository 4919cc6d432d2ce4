"""The desk's pages as scripts, opened by people with duties."""

import time
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.ui.scripts import script

DUTIES = {"Bo": "bidragsgivare", "Eva": "redaktör", "Eli": "redaktör", "Ada": "administratör"}
SECRETS = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "en hemlighet som är lång nog, minst 32"
client_id = "spridbart"
client_secret = "hemlig"
server_metadata_url = "http://localhost:9/.well-known/openid-configuration"
[spridbart.roles]
""" + "\n".join(f'{name} = "{duty}"' for name, duty in DUTIES.items())


def show(page: str, person: str | None = None, **parameters: str) -> AppTest:
    """The page as ``person`` sees it; None is nobody signed in. Needs the fixture ``signing_in``."""
    app = AppTest.from_file(script(page), default_timeout=180)
    app.user = claims(person)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def claims(person: str | None) -> dict[str, Any]:
    """What the provider says of the person."""
    return {"is_logged_in": True, "sub": person, "name": person, "iat": time.time()} if person else {}


def html(app: AppTest) -> str:
    """All HTML on the page, in one string."""
    return " ".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    """Presses the button whose label begins so."""
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def field(app: AppTest, label: str) -> Any:
    """The text field, area or list whose label begins so."""
    widgets = [*app.text_input, *app.text_area, *app.selectbox, *app.multiselect]
    return next(widget for widget in widgets if widget.label.startswith(label))
