"""The desk: what editors see beside the site while it is served, and nothing a build writes.

``/desk/`` lists what waits for work; ``/desk/side-by-side/…`` shows a page in all
its languages, scrolled together. What pages ask for their own bar is JSON. Words
are in the language of the terminal, as the messages there.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
from jinja2 import Environment, FileSystemLoader

from desk.banner import ReportLine, file_link, lines_of
from desk.proofreading import Findings, Subject
from desk.requests import path_of
from desk.served_site import ServedSite
from newsroom.keys import KEY
from newsroom.languages import SOURCE_LANGUAGE
from newsroom.reports import words_for
from newsroom.sentences import Sentence, nsay, say

FRONT, SIDE = "/desk/", "/desk/side-by-side"
_FOLDER = Path(__file__).with_name("added")
_JSON = "application/json"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
#: What is added to pages, by address: the files of ``added/`` behind a dot, where no page stands.
ADDED = {
    f"/.{path.name}": (path.read_bytes(), _TYPES[path.suffix]) for path in _FOLDER.iterdir() if path.suffix in _TYPES
}

Answer = tuple[bytes, str]


class Tool(msgspec.Struct, frozen=True):
    """A link of the bar."""

    text: str
    href: str


class PageReport(msgspec.Struct, frozen=True):
    """What the rules say of a page: how much in words, then a line each."""

    summary: str
    lines: list[ReportLine]
    notes: list[ReportLine]


class DeskPages:
    """Answers for the site of the project in ``root``; ``editor`` is the address that opens a file."""

    def __init__(self, site: ServedSite, root: Path, editor: str) -> None:
        self._site, self._root, self._editor = site, root, editor
        self._words = words_for()
        self._language = self._words.info().get("language", SOURCE_LANGUAGE)
        self._environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True)
        self._environment.globals.update(say=self._say, language=self._language)

    def answer(self, address: str, query: str) -> Answer | None:
        """Return what stands at ``address``, and its media type; None where nothing of the desk does."""
        if address == "/.page.json":
            return msgspec.json.encode(self._page(unquote(query))), _JSON
        if address == "/.proofs.json":
            return msgspec.json.encode(self._proofs(query)), _JSON
        if address == FRONT:
            return self._front(), "text/html"
        if address.startswith(f"{SIDE}/"):
            return self._side_by_side(address.removeprefix(SIDE))
        return ADDED.get(address)

    def _say(self, template: str) -> str:
        return Sentence(template).text(self._words)

    def _page(self, shown: str) -> dict[str, object]:
        address = shown.removeprefix(SIDE)
        facts = self._site.facts(_output_of(address))
        tools = [Tool(say("Desk").text(self._words), FRONT)] if shown != FRONT else []
        if address == shown and sum(1 for pane in facts.panes if pane.address) > 1:
            tools.append(Tool(say("Side by side").text(self._words), f"{SIDE}{address}"))
        tools += [Tool(Path(name).name, self._link(name)) for name in facts.files]
        subject = facts.subject
        return {
            "language": self._language,
            "unpublished": self._site.unpublished(),
            "tools": tools,
            "proofs": f"/.proofs.json?{subject.folder}/{subject.key}" if subject else "",
        }

    def _proofs(self, query: str) -> PageReport | None:
        folder, _, key = query.partition("/")
        if query and not (KEY.match(folder) and KEY.match(key)):
            return None
        found = self._site.proofreader.found(Subject(folder, key))
        return self._report_on(found) if found else None

    def _report_on(self, found: Findings) -> PageReport:
        count = len(found.problems)
        summary = nsay("{count} thing to mend", "{count} things to mend", count) if count else say("nothing to mend")
        lines, notes = ("\n".join(lines) for lines in (found.problems, found.notes))
        return PageReport(summary.text(self._words), self.lines(lines), self.lines(notes))

    def lines(self, report: str) -> list[ReportLine]:
        """Return the lines of a report with what opens their files."""
        return lines_of(report, self._root, self._editor)

    def _front(self) -> bytes:
        groups = [
            (
                group.heading.text(self._words),
                [
                    (row, row.state.text(self._words), [Tool(name, self._link(name)) for name in row.files])
                    for row in group.rows
                ],
            )
            for group in self._site.groups()
        ]
        return self._render("desk", groups=groups)

    def _render(self, name: str, **values: Any) -> bytes:
        """Return the page ``name``, which has a template, a script and a class of that name."""
        return self._environment.get_template(f"{name}.html").render(name=name, **values).encode()

    def _link(self, name: str) -> str:
        return file_link(self._root / name, self._editor)

    def _side_by_side(self, address: str) -> Answer | None:
        facts = self._site.facts(_output_of(address))
        if not facts.panes:
            return None
        own = next((pane.language for pane in facts.panes if pane.address == address), facts.panes[0].language)
        return self._render("side-by-side", panes=facts.panes, own=own, address=address), "text/html"


def _output_of(address: str) -> str:
    """Return the output file of the page at ``address``, "" where none can be."""
    path = path_of(address) or ""
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]
