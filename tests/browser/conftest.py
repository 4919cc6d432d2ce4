"""The real app in a process of its own, and a real Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running app with a home of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "SPRIDBART_HOME": str(tmp_path_factory.mktemp("home"))}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    app = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    url = f"http://localhost:{port}"
    try:
        _wait_until_well(url, app)
        yield url
    finally:
        app.terminate()
        app.wait(timeout=20)


def _wait_until_well(url: str, app: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if app.poll() is not None:
            raise RuntimeError(f"the app ended: {app.stdout.read().decode() if app.stdout else ''}")
        try:
            with urllib.request.urlopen(f"{url}/halsa", timeout=5):
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
