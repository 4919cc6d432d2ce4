"""What records lack, and whether their addresses still answer, tried on a server of the test's own."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from registry.errors import EditConflict, NetworkUnreachable
from registry.initiative import Initiative
from registry.store import InitiativeStore
from registry.upkeep.links import LinkChecker, LinkFinding, LinkState, LinkStore, addresses_of
from registry.upkeep.quality import Lack, as_csv, confirm_checked, findings, lacks_of, overview
from tests.conftest import TODAY, editorial

SOURCED = {
    "field": "owner", "claim": "Ägs av föreningen.", "basis": "publik källa", "source_title": "Sidan",
    "source_address": "https://example.org/om", "date": TODAY,
}  # fmt: skip


def lacking(record: Initiative, links: dict[str, LinkFinding] | None = None) -> dict[Lack, tuple[str, ...]]:
    return {finding.lack: finding.details for finding in lacks_of(record, TODAY, links or {})}


def test_what_rests_on_our_judgement_alone_lacks_a_source(make: Callable[..., Initiative]) -> None:
    """A sourced field does not, even if the editors have added a word; what claims nothing neither."""
    record = make(
        owner="Föreningen", target_groups=("uvas",), themes=("arbete",),
        statements=(SOURCED, editorial("owner"), editorial("target_groups.uvas"), editorial("themes")),
    )  # fmt: skip
    assert lacking(record)[Lack.SOURCE] == ("target_groups", "themes")
    assert Lack.SOURCE not in lacking(make())


def test_a_year_is_the_limit_for_what_was_checked(make: Callable[..., Initiative]) -> None:
    """Never, or more than 365 days ago."""
    assert lacking(make())[Lack.CHECK] == ("aldrig",)
    assert Lack.CHECK not in lacking(make(last_verified=TODAY - dt.timedelta(days=365)))
    assert lacking(make(last_verified=TODAY - dt.timedelta(days=366)))[Lack.CHECK] == ("2025-11-21",)


def test_place_content_and_doubts(make: Callable[..., Initiative]) -> None:
    """A record without any place, one of which little is known, and one with open questions."""
    bare = lacking(make(doubts=("Vem äger den?",)))
    assert {Lack.PLACE, Lack.CONTENT} <= bare.keys()
    assert bare[Lack.CERTAINTY] == ("Vem äger den?",)
    assert Lack.PLACE not in lacking(make(regions=("24",), statements=(editorial("regions"),)))


def test_a_dead_address_is_a_lack_of_every_record_that_uses_it(make: Callable[..., Initiative]) -> None:
    """Links and sources both count; an address that works, or was not visited, does not."""
    record = make(
        owner="Föreningen", statements=(SOURCED,), links=({"title": "L", "address": "https://example.org/l"},)
    )
    assert addresses_of(record) == {"https://example.org/om": "owner", "https://example.org/l": "links"}
    states = {"https://example.org/om": LinkState.DEAD, "https://example.org/l": LinkState.NOT_VISITED}
    links = {address: LinkFinding(address, state, "", TODAY) for address, state in states.items()}
    assert lacking(record, links)[Lack.LINKS] == ("https://example.org/om",)
    assert Lack.LINKS not in lacking(record)


def test_overview_and_file_say_the_same(make: Callable[..., Initiative]) -> None:
    """The counts are those of the findings, and a cell that could run as a formula cannot."""
    found = findings([make(name="=1+1"), make(id="b", last_verified=TODAY)], TODAY, {})
    counts = {share.lack: share.lacking for share in overview(found, 2)}
    assert (counts[Lack.CHECK], counts[Lack.PLACE], counts[Lack.LINKS]) == (1, 2, 0)
    text = as_csv(found)
    assert len(text.splitlines()) == 1 + len(found)
    assert ";=1+1;" not in text
    assert "'=1+1" in text


def test_confirming_is_a_revision_with_a_reason(make: Callable[..., Initiative]) -> None:
    """The record is checked today, nothing else changes, and a change in between is not written over."""
    with InitiativeStore() as store:
        record = store.add(make(), by="Kim", reason="ny")
        checked = confirm_checked(store, record, by="Robin", today=TODAY)
        assert (checked.revision, checked.last_verified) == (2, TODAY)
        assert store.revisions(record.id)[0].reason == "Kontrollerad utan ändringar"
        assert Lack.CHECK not in lacking(store.get(record.id))
        with pytest.raises(EditConflict):
            confirm_checked(store, record, by="Kim", today=TODAY)


class Handler(BaseHTTPRequestHandler):
    """Answers as its path says."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path))  # type: ignore[attr-defined]
        status, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        if self.command == "HEAD" and self.path == "/no-head":
            status = 405
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /hemligt"),
    "/ok": (200, {}, b"ja"),
    "/no-head": (200, {}, b"ja"),
    "/gone": (410, {}, b""),
    "/broken": (500, {}, b""),
    "/hemligt/sida": (200, {}, b"nej"),
    "/round": (302, {"Location": "/round"}, b""),
    "/inwards": (302, {"Location": "http://10.0.0.1/"}, b""),
}


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_each_answer_is_told_as_what_it_is(server: ThreadingHTTPServer) -> None:
    """Works, gone, broken, forbidden to programs, in circles, or led into a private network."""
    base = f"http://127.0.0.1:{server.server_port}"
    expected = {
        "/ok": LinkState.WELL,
        "/no-head": LinkState.WELL,
        "/missing": LinkState.DEAD,
        "/gone": LinkState.DEAD,
        "/broken": LinkState.DOUBTFUL,
        "/hemligt/sida": LinkState.NOT_VISITED,
        "/round": LinkState.DOUBTFUL,
        "/inwards": LinkState.NOT_VISITED,
    }
    checker = LinkChecker(allow_loopback=True, pause=0)
    found = {f.address.removeprefix(base): f.state for f in checker.check([f"{base}{path}" for path in expected])}
    assert found == expected
    asked = server.asked  # type: ignore[attr-defined]
    assert ("HEAD", "/hemligt/sida") not in asked
    assert asked.count(("GET", "/robots.txt")) == 1
    assert ("GET", "/ok") not in asked


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/", "http://localhost:1/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/",
        "http://192.168.1.1/", "http://[::1]:1/", "http://[::ffff:127.0.0.1]:1/", "http://0.0.0.0:1/", "http://2130706433:1/",
    ],
)  # fmt: skip
def test_no_address_leads_into_a_private_network(address: str) -> None:
    """This machine, private networks and the cloud's own address are not visited, however they are written."""
    [finding] = LinkChecker(pause=0).check([address])
    assert finding.state is LinkState.NOT_VISITED
    assert "privat nätverk" in finding.detail


def test_a_host_that_does_not_answer_may_be_there_tomorrow() -> None:
    """One visit cannot tell that a site is gone; what is no address at all is dead."""
    found = LinkChecker(pause=0).check(["http://x.invalid/", "http://[fel/"])
    assert [finding.state for finding in found] == [LinkState.DOUBTFUL, LinkState.DEAD]


def test_a_machine_without_a_network_accuses_nobody() -> None:
    """Where none of ten sites can be reached, nothing is said of any."""
    with pytest.raises(NetworkUnreachable):
        list(LinkChecker(pause=0).check(f"http://sida{i}.invalid/" for i in range(12)))


def test_the_last_finding_of_an_address_stands() -> None:
    """A new visit replaces the one before."""
    with InitiativeStore() as initiatives:
        store = LinkStore(initiatives)
        for state in (LinkState.WELL, LinkState.DEAD):
            store.save(LinkFinding("https://example.org", state, "svar", TODAY))
        assert store.all() == {"https://example.org": LinkFinding("https://example.org", LinkState.DEAD, "svar", TODAY)}
