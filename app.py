"""Spridbart: the pages and the HTTP API in one process. Start it with ``streamlit run app.py``."""

import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from matching.engines import SETTINGS

os.environ.update({**SETTINGS, **os.environ})

import streamlit as st
from starlette.middleware import Middleware

from api.application import Whole, create_api
from api.files import file_routes
from api.page_language import PageLanguage
from api.sign_in_return import SignInReturn
from matching.matcher import Matcher
from matching.wording import in_swedish
from registry.backups.requests import answer_until
from registry.errors import RegistryError
from registry.home import home
from ui.context import context, places, vocabulary
from ui.signing_in.identity import BROWSER_COOKIE


def current_matcher() -> Matcher:
    """The matcher of the moment, over what is published now."""
    return context().live.current


def serve_registry(stopping: threading.Event) -> None:
    """Opens the registry, says in one line what stands in the way, and makes the backups that are asked for."""
    try:
        context()
    except RegistryError as error:
        print(in_swedish(error), file=sys.stderr, flush=True)
    answer_until(stopping, home(), lambda: context().store.database)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Opens the registry beside the server's own start, so that the first page need not wait for it."""
    stopping = threading.Event()
    threading.Thread(target=serve_registry, args=[stopping], name="spridbart-registry", daemon=True).start()
    yield
    stopping.set()


app = st.App(
    "ui/main.py",
    lifespan=lifespan,
    middleware=[Middleware(PageLanguage), Middleware(SignInReturn, browser_cookie=BROWSER_COOKIE)],
    routes=[
        Whole("/api/v1", create_api(current_matcher, vocabulary(), places())),
        *file_routes(current_matcher),
    ],
)
