"""Requests to ``make serve``: only those to its own host names are answered, and none can bring the server down.

A page elsewhere can make its own host name lead to this machine (DNS rebinding) and would then read
the preview as if it were its own: a request that names another host is answered with status 421
(RFC 9110, 15.5.20). The network sees the server only where it is bound to an address other than
loopback.
"""

import re
import socket
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import unquote_to_bytes

_HOST = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9_.-]+))(?::\d{1,5})?")
_VERSION = re.compile(r"[0-9]{1,9}")
#: Longer than any address of the site, and shorter than what file systems refuse.
_LONGEST = 1000
#: Seconds that a connection may be idle.
_PATIENCE = 60


class Hosts:
    """The names that a server bound to the address ``bound`` answers to."""

    def __init__(self, bound: str) -> None:
        self.network = not _is_loopback(bound)
        here = socket.gethostname().lower()
        self._names = {"localhost", *((bound.lower(), here, f"{here}.local") if self.network else ())}

    def own(self, header: str) -> bool:
        """Tell whether the header ``Host`` names this server; an IP address cannot be rebound."""
        found = _HOST.fullmatch(header)
        if not found:
            return False
        name = found["v6"] or found["name"]
        if _is_address(name):
            return self.network or _is_loopback(name)
        return name.lower().removesuffix(".") in self._names


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)


def path_of(target: str) -> str | None:
    """Return the decoded path of a request, which starts with a slash; None where no file can have it.

    ``target`` is that of the request line, with its query.
    """
    address = target.partition("?")[0].partition("#")[0]
    try:
        path = unquote_to_bytes(address).decode()
    except UnicodeError:
        return None
    parts = path.split("/")
    sound = path.startswith("/") and len(path) <= _LONGEST and path.isprintable() and "\\" not in path
    return path if sound and not {".", ".."} & set(parts) and all(len(part.encode()) < 256 for part in parts) else None


def version_in(query: str) -> int:
    """Return the number in a query, 0 where there is none."""
    return int(query) if _VERSION.fullmatch(query) else 0


def port(value: str) -> int:
    """Return the port that a command-line argument names; raise ``ArgumentTypeError`` where it is not a port."""
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 0 < int(value) < 65_536:
        raise ArgumentTypeError(f"{value!r} is no port. Write a number from 1 to 65535")
    return int(value)


def address_of(host: str, number: int) -> str:
    """Return the address of a server bound to ``host``: this machine’s name where that is all, or loopback."""
    if _is_loopback(host) or (_is_address(host) and ip_address(host).is_unspecified):
        host = "localhost"
    return f"http://[{host}]:{number}" if ":" in host else f"http://{host}:{number}"


class SteadyServer(ThreadingHTTPServer):
    """A server that survives whatever goes wrong with one request."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: Callable[..., BaseHTTPRequestHandler]) -> None:
        self.hosts = Hosts(address[0])
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Report in one line what went wrong, unless the browser went away."""
        error = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"A request was not answered: {type(error).__name__}: {error}", file=sys.stderr, flush=True)


class Requests(BaseHTTPRequestHandler):
    """The checks of every request before it is answered."""

    timeout = _PATIENCE

    def parse_request(self) -> bool:
        """Read the head of the request; answer it here, and return False, where it is not for this server."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.hosts.own(hosts[0].strip()):  # type: ignore[attr-defined]
            self.close_connection = True
            self.send_error(421, explain="This server answers to localhost. make serve HOST=… opens it to a network.")
            return False
        return True

    def end_headers(self) -> None:
        """Prevent other sites from embedding what is served here."""
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        super().end_headers()

    def version_string(self) -> str:
        """Return the name of the server."""
        return "Sillage"

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is for builds."""
