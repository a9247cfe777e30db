"""Handing a letter to a service that keeps the list: listmonk and Buttondown, by their APIs.

A service is asked for the letter by its name before anything is created there: it knows better than
this machine what became of a request whose answer was lost.
"""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct

from desk.mail.reasons import why_unreachable
from newsroom.mail.document import Content
from newsroom.problems import Problem, Problems
from newsroom.sentences import Sentence, say

_TIMEOUT = 60.0


class EngineFault(Exception):
    """The service cannot be reached, or refuses."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


class Campaign(Struct, frozen=True):
    """A letter as a service holds it; only a draft can still be changed."""

    id: str
    draft: bool


class Service(Protocol):
    """What a letter needs from a service."""

    def find(self, name: str) -> Campaign | None:
        """Return the letter ``name``, the newest where there are several."""

    def create(self, name: str, content: Content) -> Campaign:
        """Create a draft."""

    def update(self, campaign: Campaign, name: str, content: Content) -> None:
        """Update a draft."""

    def start(self, campaign: Campaign) -> None:
        """Send a draft to the list."""


class Listmonk:
    """listmonk (https://listmonk.app/docs/apis/campaigns/)."""

    def __init__(self, environ: Mapping[str, str], lists: str, sender: str, timeout: float = _TIMEOUT) -> None:
        url, token, template = _needed(environ, "LISTMONK_URL", "LISTMONK_TOKEN", "LISTMONK_TEMPLATE")
        numbers = lists.replace(",", " ").split()
        if not numbers or not all(number.isdecimal() for number in [*numbers, template]):
            message = say("listmonk’s lists and templates are given by number.")
            raise Problems([Problem("LIST", 0, "", message, say("Write them as in LIST=3 or LIST=3,4."))])
        secret = base64.b64encode(token.encode()).decode()
        self._api = _Api(url.rstrip("/"), {"Authorization": f"Basic {secret}"}, timeout)
        self._lists, self._template, self._sender = [int(number) for number in numbers], int(template), sender

    def find(self, name: str) -> Campaign | None:
        query = urllib.parse.urlencode({"query": name, "per_page": "all", "order_by": "created_at", "order": "DESC"})
        found = self._api.call("GET", f"/api/campaigns?{query}")["data"]["results"]
        named = [campaign for campaign in found if campaign["name"] == name]
        newest = max(named, key=lambda campaign: int(campaign["id"]), default=None)
        return Campaign(str(newest["id"]), newest["status"] == "draft") if newest else None

    def create(self, name: str, content: Content) -> Campaign:
        made = self._api.call("POST", "/api/campaigns", self._fields(name, content))
        return Campaign(str(made["data"]["id"]), draft=True)

    def update(self, campaign: Campaign, name: str, content: Content) -> None:
        self._api.call("PUT", f"/api/campaigns/{campaign.id}", self._fields(name, content))

    def start(self, campaign: Campaign) -> None:
        self._api.call("PUT", f"/api/campaigns/{campaign.id}/status", {"status": "running"})

    def _fields(self, name: str, content: Content) -> dict[str, Any]:
        return {
            "name": name,
            "subject": content.subject,
            "lists": self._lists,
            "from_email": self._sender,
            "type": "regular",
            "content_type": "html",
            "body": content.html,
            "altbody": content.text,
            "messenger": "email",
            "template_id": self._template,
            "tags": [name],
        }


class Buttondown:
    """Buttondown (https://docs.buttondown.com/api-emails-introduction)."""

    #: Makes the editor take an HTML document as it is; the default is Markdown.
    _AS_HTML = "<!-- buttondown-editor-mode: fancy -->"

    def __init__(self, environ: Mapping[str, str], timeout: float = _TIMEOUT) -> None:
        (token,) = _needed(environ, "BUTTONDOWN_TOKEN")
        url = environ.get("BUTTONDOWN_URL", "https://api.buttondown.com")
        headers = {"Authorization": f"Token {token}", "X-API-Version": "2026-04-01"}
        self._api = _Api(url.rstrip("/"), headers, timeout)

    def find(self, name: str) -> Campaign | None:
        page = "/v1/emails?ordering=-creation_date"
        while page:
            answer = self._api.call("GET", page)
            for email in answer["results"]:
                if (email.get("metadata") or {}).get("letter") == name:
                    return Campaign(str(email["id"]), email["status"] == "draft")
            following = urllib.parse.urlsplit(answer.get("next") or "")
            page = f"{following.path}?{following.query}" if following.path else ""
        return None

    def create(self, name: str, content: Content) -> Campaign:
        # Without a status it would be sent at once.
        made = self._api.call("POST", "/v1/emails", {**self._fields(name, content), "status": "draft"})
        return Campaign(str(made["id"]), draft=True)

    def update(self, campaign: Campaign, name: str, content: Content) -> None:
        self._api.call("PATCH", f"/v1/emails/{campaign.id}", self._fields(name, content))

    def start(self, campaign: Campaign) -> None:
        sure = {"X-Buttondown-Live-Dangerously": "true"}
        self._api.call("PATCH", f"/v1/emails/{campaign.id}", {"status": "about_to_send"}, sure)

    def _fields(self, name: str, content: Content) -> dict[str, Any]:
        return {
            "subject": content.subject,
            "body": f"{self._AS_HTML}{content.html}",
            "template": "naked",
            "metadata": {"letter": name},
        }


class _Api:
    """Calls of one service: JSON there and back."""

    def __init__(self, url: str, headers: Mapping[str, str], timeout: float) -> None:
        self._url, self._headers, self._timeout = url, headers, timeout

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Return the answer; raise :class:`EngineFault` where there is none, or it is a refusal."""
        data = json.dumps(body).encode() if body is not None else None
        said = {"Content-Type": "application/json", "User-Agent": "Sillage", **self._headers, **(headers or {})}
        request = urllib.request.Request(f"{self._url}{path}", data, said, method=method)  # noqa: S310 - checked below
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                found: dict[str, Any] = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            words = error.read()[:300].decode(errors="replace")
            raise EngineFault(say("it answers {code}: {words}", code=error.code, words=words)) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise EngineFault(why_unreachable(reason if isinstance(reason, Exception) else error)) from error
        return found


def _needed(environ: Mapping[str, str], *names: str) -> list[str]:
    """Return the values of variables that must be set."""
    missing = [name for name in names if not environ.get(name)]
    if missing:
        raise Problems(Problem(name, 0, "", say("is not set."), say("See docs/mail.md.")) for name in missing)
    for name in names:
        if name.endswith("_URL") and not environ[name].startswith(("https://", "http://")):
            raise Problems([Problem(name, 0, "", say("this is not an address."), say("Write it as in https://host."))])
    return [environ[name] for name in names]
