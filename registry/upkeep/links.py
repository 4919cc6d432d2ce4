"""Whether the addresses that records refer to still answer. Looked up only when somebody asks for it.

Addresses come from people, so none is visited that leads into a private network (requests-hardened); each host is asked
at a calm pace and as its robots.txt allows (RFC 9309).
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice, zip_longest
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import requests
from requests_hardened import Config, HTTPSession, Manager
from requests_hardened.ip_filter import InvalidIPAddress

from registry.errors import NetworkUnreachable
from registry.inbox.sent_in import today
from registry.initiative import Initiative
from registry.store import InitiativeStore

AGENT = "Spridbart"
_TIMEOUT = (5.0, 10.0)  # seconds to connect, seconds to wait for an answer
_PAUSE = 1.0  # seconds between questions to one host
_LONGEST_PAUSE = 10.0  # seconds, whatever robots.txt asks for
_MOST_REDIRECTS = 5
_ROBOTS_BYTES = 500 * 1024  # as much of robots.txt as RFC 9309 asks a reader to take
_NO_ANSWER = "webbplatsen svarade inte, eller finns inte"
_ENOUGH = 10  # hosts that do not answer, and none that does: then it is the network here, not they
_GONE = (404, 410)
_NO_HEAD = (400, 403, 404, 405, 501)  # some servers answer a HEAD with these and a GET with the page

_TABLE = """
CREATE TABLE IF NOT EXISTS link_check (address VARCHAR NOT NULL, state VARCHAR NOT NULL, detail VARCHAR NOT NULL, day DATE NOT NULL);
"""


class LinkState(StrEnum):
    """What came of visiting an address."""

    WELL = "fungerar"
    MOVED = "flyttad"
    DOUBTFUL = "tveksam"
    DEAD = "död"
    NOT_VISITED = "inte besökt"


@dataclass(frozen=True)
class LinkFinding:
    """The last visit to an address; ``detail`` says in Swedish what was answered."""

    address: str
    state: LinkState
    detail: str
    day: dt.date

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look at it."""
        return self.state in (LinkState.DEAD, LinkState.DOUBTFUL)


class LinkStore:
    """The last finding of each address, in the same database as the initiatives."""

    def __init__(self, initiatives: InitiativeStore) -> None:
        self._database = initiatives.database
        with self._database.cursor() as cursor:
            cursor.execute(_TABLE)

    def save(self, finding: LinkFinding) -> None:
        """Stores a finding in place of the address's earlier one."""
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM link_check WHERE address = ?", [finding.address])
            cursor.execute(
                "INSERT INTO link_check VALUES (?, ?, ?, ?)",
                [finding.address, finding.state, finding.detail, finding.day],
            )

    def all(self) -> dict[str, LinkFinding]:
        """The last findings, by address."""
        with self._database.cursor() as cursor:
            rows = cursor.execute("SELECT * FROM link_check ORDER BY address").fetchall()
        return {address: LinkFinding(address, LinkState(state), detail, day) for address, state, detail, day in rows}


def addresses_of(record: Initiative) -> dict[str, str]:
    """The web addresses that the record refers to, and the field that each stands under."""
    sources = ((s.source_address, s.field.partition(".")[0]) for s in reversed(record.statements))
    links = ((link.address, "links") for link in record.links)
    return {address: field for address, field in chain(sources, links) if address.startswith(("http://", "https://"))}


class LinkChecker:
    """Visits addresses, one at a time.

    Args:
        allow_loopback: visit this machine too, for tests.
        pause: seconds between two questions to one host, where its robots.txt asks for no longer.
    """

    def __init__(self, *, allow_loopback: bool = False, pause: float = _PAUSE) -> None:
        config = Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=allow_loopback,
            never_redirect=False,
            default_timeout=_TIMEOUT,
            user_agent_override=f"{AGENT} (kontroll av registrets länkar)",
        )
        self._session: HTTPSession = Manager(config).get_session()
        self._session.max_redirects = _MOST_REDIRECTS
        self._pause = pause
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def check(self, addresses: Iterable[str]) -> Iterator[LinkFinding]:
        """Visits each address once, hosts by turns, and says what came of it.

        Raises:
            NetworkUnreachable: not one of the first ten answered; nothing is said of them.
        """
        by_host: dict[str, list[str]] = defaultdict(list)
        for address in dict.fromkeys(addresses):
            by_host[_host(address)].append(address)
        turns = filter(None, chain.from_iterable(zip_longest(*by_host.values())))
        found = (LinkFinding(address, *self._visited(address), today()) for address in turns)
        first = list(islice(found, _ENOUGH))
        if len(first) == _ENOUGH and all(finding.detail == _NO_ANSWER for finding in first):
            raise NetworkUnreachable
        yield from first
        yield from found

    def _visited(self, address: str) -> tuple[LinkState, str]:
        try:
            if self._may_visit(address):
                return self._answered(address)
        except (requests.RequestException, UnicodeError, ValueError) as error:
            return next(
                (said for kinds, said in _FAILURES if isinstance(error, kinds)),
                (LinkState.DOUBTFUL, "svaret gick inte att läsa"),
            )
        return LinkState.NOT_VISITED, "webbplatsen vill inte bli besökt av program (robots.txt)"

    def _answered(self, address: str) -> tuple[LinkState, str]:
        status, final = self._ask("HEAD", address)
        if status in _NO_HEAD:
            status, final = self._ask("GET", address)
        if status in _GONE:
            return LinkState.DEAD, f"sidan finns inte (svar {status})"
        if status >= 400:
            return LinkState.DOUBTFUL, f"svar {status}"
        if _site(final) != _site(address):
            return LinkState.MOVED, f"skickas vidare till {final}"
        return LinkState.WELL, f"svar {status}"

    def _ask(self, method: str, address: str) -> tuple[int, str]:
        self._wait(urlsplit(address).netloc)
        with self._session.request(method, address, stream=True, allow_redirects=True) as answer:
            return answer.status_code, answer.url

    def _may_visit(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.netloc not in self._robots:
            self._robots[parts.netloc] = self._read_robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
        return self._robots[parts.netloc].can_fetch(AGENT, address)

    def _read_robots(self, address: str) -> RobotFileParser:
        """The host's rules; one that has none, or answers with an error, allows all."""
        rules = RobotFileParser()
        self._wait(urlsplit(address).netloc)
        with self._session.request("GET", address, stream=True) as answer:
            text = answer.raw.read(_ROBOTS_BYTES, decode_content=True) if answer.ok else b""
        rules.parse(text.decode("utf-8", "replace").splitlines())
        return rules

    def _wait(self, host: str) -> None:
        rules = self._robots.get(host)
        asked_for = float(rules.crawl_delay(AGENT) or 0) if rules else 0.0
        pause = min(max(self._pause, asked_for), _LONGEST_PAUSE)
        left = self._asked.get(host, -pause) + pause - time.monotonic()
        if left > 0 and host in self._asked:
            time.sleep(left)
        self._asked[host] = time.monotonic()


# What is said of each kind of failure; the first that fits counts.
_FAILURES = (
    (InvalidIPAddress, (LinkState.NOT_VISITED, "adressen leder till ett privat nätverk")),
    (requests.exceptions.SSLError, (LinkState.DOUBTFUL, "certifikatet går inte att lita på")),
    (requests.exceptions.Timeout, (LinkState.DOUBTFUL, "inget svar inom 10 sekunder")),
    (requests.exceptions.TooManyRedirects, (LinkState.DOUBTFUL, "skickas vidare i cirkel")),
    (requests.exceptions.ConnectionError, (LinkState.DOUBTFUL, _NO_ANSWER)),
    ((UnicodeError, ValueError), (LinkState.DEAD, "adressen går inte att tolka")),
)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
