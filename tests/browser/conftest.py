"""The real app in a process of its own, and a real Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
expect.set_options(timeout=60_000)  # a page on a busy machine is slow, not wrong
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "only for the tests, and long enough"
client_id = "spridbart"
client_secret = "only for the tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
expose_tokens = ["access"]

[spridbart]
role_claim = "groups"
claim_roles = {{ bidrag = "bidragsgivare", red = "redaktör", chef = "administratör" }}
"""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running app with a home of its own."""
    with running_app(tmp_path_factory.mktemp("home"), free_port()) as url:
        yield url


@dataclass(frozen=True)
class Service:
    """An app with sign-in set up: its address, its home, the secrets it reads, and its provider's address."""

    address: str
    home: Path
    secrets: Path
    provider: str


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running app, and a real OpenID Connect provider that people sign in with."""
    home, secrets = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("secrets") / "secrets.toml"
    port, provider_port = free_port(), free_port()
    provider = f"http://localhost:{provider_port}"
    secrets.write_text(SECRETS.format(port=port, provider=provider), encoding="utf-8")
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider_port)]
    with (
        running(command, f"{provider}/.well-known/openid-configuration", os.environ),
        running_app(home, port, "--secrets.files", str(secrets)) as address,
    ):
        yield Service(address, home, secrets, provider)


@pytest.fixture(scope="session")
def own_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that somebody runs for themselves."""
    with running_app(tmp_path_factory.mktemp("home"), free_port(), SPRIDBART_LOCAL_EDITOR="Anna Berg") as url:
        yield url


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running_app(home: Path, port: int, *flags: str, **environment: str) -> Iterator[str]:
    """Runs the app in a process of its own; gives its address."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *flags]
    url = f"http://localhost:{port}"
    with running(command, f"{url}/halsa", {**os.environ, "SPRIDBART_HOME": str(home), **environment}):
        yield url


@contextmanager
def running(command: list[str], well: str, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs a server for as long as the block, and gives its process; it is ready when it answers at ``well``."""
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_until_well(well, server, log)
            yield server
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_well(url: str, app: "subprocess.Popen[bytes]", log: IO[bytes]) -> None:
    for _ in range(600):
        if app.poll() is not None:
            log.seek(0)
            raise RuntimeError(f"the server ended: {log.read().decode()}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            try:
                app.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError("the app did not answer within a minute")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium. Where it is missing the tests are skipped, but never in CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """An empty tab, as wide as a laptop."""
    context = chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900}, base_url=address)
    yield context.new_page()
    context.close()
