"""Spridbart: the pages and the HTTP API in one process. Start it with ``streamlit run app.py``."""

import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # before any engine loads: idle threads must sleep

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount

from api.application import create_api
from api.files import file_routes
from api.page_language import SwedishPage
from matching.matcher import Matcher
from matching.wording import in_swedish
from registry.errors import RegistryError
from ui.context import context, places, vocabulary


def current_matcher() -> Matcher:
    """The matcher of the moment, over what is published now."""
    return context().live.current


def open_registry() -> None:
    """Opens the registry; says in one line what stands in the way."""
    try:
        context()
    except RegistryError as error:
        print(in_swedish(error), file=sys.stderr, flush=True)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Opens the registry beside the server's own start, so that the first page need not wait for it."""
    threading.Thread(target=open_registry, name="spridbart-open", daemon=True).start()
    yield


app = st.App(
    "ui/main.py",
    lifespan=lifespan,
    middleware=[Middleware(SwedishPage)],
    routes=[
        Mount("/api/v1", app=create_api(current_matcher, vocabulary(), places())),
        *file_routes(current_matcher),
    ],
)
