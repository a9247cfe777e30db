"""Asking the web whether addresses lead somewhere: politely, and not again before it is worth it.

Each host is asked for one address after another, with a pause; ``robots.txt``
is obeyed (RFC 9309); HEAD comes first, GET where a server has no answer to it.
urllib3 waits as long as ``Retry-After`` says, up to a minute, and tries again.
"""

import contextlib
import datetime as dt
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import msgspec
import urllib3
from msgspec import Struct
from urllib3.exceptions import HTTPError, LocationValueError, MaxRetryError, NameResolutionError, SSLError

_AT_ONCE = 8
_LONGEST_WAIT = 60
_LARGEST_ROBOTS = 500_000
_GONE = (404, 410)
_FOR_GOOD = (301, 308)
#: Days after which what was found out is asked again; what failed is asked every time.
_TRUSTED_DAYS = 30


class LinkState(Struct, frozen=True):
    """What an address led to: ``fine``, ``moved`` (for good, ``to``), ``gone``, or ``unsure``; ``why`` for people."""

    state: str
    why: str = ""
    to: str = ""
    day: str = ""


_BUSY, _NO_HOST = LinkState("unsure", "429"), LinkState("gone", "DNS")


class Manners(Struct, frozen=True):
    """How one asks: the name given, the seconds between two questions to a host and those an answer may take."""

    agent: str
    pause: float = 1.0
    timeout: float = 20.0


def check(addresses: Iterable[str], manners: Manners, asked: Callable[[], None] = lambda: None) -> dict[str, LinkState]:
    """Return what each address leads to; ``asked`` is called after each."""
    by_host = groupby(sorted(set(addresses), key=lambda address: (_host(address), address)), key=_host)
    hosts = {host: list(group) for host, group in by_host}
    nowhere = dict.fromkeys(hosts.pop("", ()), LinkState("unsure", "address"))
    asker = _Asker(manners, asked)
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        answers = workers.map(asker.ask_host, hosts.values())
        found = {address: each for answer in answers for address, each in answer}
    if all(each == _NO_HOST for each in found.values()):  # it is this machine that knows no names
        found = dict.fromkeys(found, LinkState("unsure", _NO_HOST.why))
    return nowhere | found


def _host(address: str) -> str:
    """Return the host and port of an address, "" where it is none."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


class _Asker:
    """Asks hosts, each in a thread of its own."""

    def __init__(self, manners: Manners, asked: Callable[[], None]) -> None:
        self._manners, self._asked = manners, asked
        self._pool = urllib3.PoolManager(
            headers={"User-Agent": manners.agent, "Accept": "*/*"},
            timeout=urllib3.Timeout(manners.timeout),
            retries=urllib3.Retry(
                total=6,
                connect=1,
                read=1,
                status=2,
                redirect=5,
                status_forcelist=(429, 503),
                raise_on_status=False,
                retry_after_max=_LONGEST_WAIT,
                backoff_factor=manners.pause,
            ),
        )

    def ask_host(self, addresses: list[str]) -> list[tuple[str, LinkState]]:
        """Return what the addresses of one host lead to."""
        robots = self._robots(addresses[0])
        answers: list[tuple[str, LinkState]] = []
        for address in addresses:
            if answers and answers[-1][1] == _BUSY:
                answers.append((address, _BUSY))  # it said that it has had enough
            elif robots.can_fetch(self._manners.agent, address):
                time.sleep(max(self._manners.pause, float(robots.crawl_delay(self._manners.agent) or 0)))
                answers.append((address, self._ask(address)))
            else:
                answers.append((address, LinkState("unsure", "robots.txt")))
            self._asked()
        return answers

    def _robots(self, address: str) -> RobotFileParser:
        """Return the rules of the host of ``address``: all is allowed where it has none (RFC 9309, 2.3.1.3)."""
        robots = RobotFileParser()
        robots.parse([])
        try:
            answer = self._pool.request("GET", urljoin(address, "/robots.txt"), preload_content=False)
            if answer.status == 200:
                robots.parse(answer.read(_LARGEST_ROBOTS).decode("utf-8", "replace").splitlines())
            answer.close()
        except HTTPError:
            pass  # the address itself will tell why
        return robots

    def _ask(self, address: str) -> LinkState:
        try:
            answer = self._pool.request("HEAD", address, preload_content=False)
            if answer.status >= 400 and answer.status not in (429, 503):  # some servers know no HEAD
                answer.close()
                answer = self._pool.request("GET", address, preload_content=False)
            answer.close()
        except HTTPError as error:
            return _failed(error)
        hops = [hop for hop in (answer.retries.history if answer.retries else ()) if hop.redirect_location]
        if answer.status in _GONE:
            return LinkState("gone", str(answer.status))
        if answer.status >= 400:
            return LinkState("unsure", str(answer.status))
        if hops and all(hop.status in _FOR_GOOD for hop in hops):
            return LinkState("moved", str(hops[0].status), _end(address, [str(hop.redirect_location) for hop in hops]))
        return LinkState("fine")


def _end(address: str, hops: list[str]) -> str:
    for hop in hops:
        address = urljoin(address, hop)
    return address


def _failed(error: HTTPError) -> LinkState:
    reason = error.reason if isinstance(error, MaxRetryError) else error
    if isinstance(reason, LocationValueError):
        return LinkState("unsure", "address")
    if isinstance(reason, NameResolutionError):
        return _NO_HOST
    if isinstance(reason, SSLError):
        cause = next((part for part in reason.args if isinstance(part, ssl.SSLCertVerificationError)), None)
        return LinkState("unsure", f"TLS: {cause.verify_message if cause else reason}")
    return LinkState("unsure", type(reason).__name__)


class Memory:
    """What was found out before, in a file of the cache; a damaged one is forgotten."""

    def __init__(self, path: Path, today: dt.date) -> None:
        self._path, self._today = path, today
        self._known: dict[str, LinkState] = {}
        with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            self._known = msgspec.json.decode(path.read_bytes(), type=dict[str, LinkState])

    def fresh(self, addresses: Iterable[str]) -> Iterator[tuple[str, LinkState]]:
        """Yield what is known of ``addresses`` and need not be asked again."""
        oldest = (self._today - dt.timedelta(days=_TRUSTED_DAYS)).isoformat()
        for address in addresses:
            found = self._known.get(address)
            if found and found.state in ("fine", "moved") and oldest < found.day <= self._today.isoformat():
                yield address, found

    def keep(self, found: dict[str, LinkState]) -> None:
        """Keep what was found out today, and forget the addresses that are not in ``found``."""
        today = self._today.isoformat()
        dated = {address: msgspec.structs.replace(each, day=each.day or today) for address, each in found.items()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(msgspec.json.encode(dated))
