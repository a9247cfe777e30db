"""What a template depends on: itself and all that it extends, includes and imports."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from jinja2 import Environment, TemplateSyntaxError

from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import digest
from newsroom.store.store import Store

#: Tags that refer to other templates, by their names in quotation marks.
_REFERRING = frozenset(("extends", "include", "import", "from"))


class TemplateDigests:
    """Digests of templates with all they extend, include and import."""

    def __init__(self, templates: Path, environment: Environment, store: Store) -> None:
        self._environment, self._store = environment, store
        self._sources = {
            path.relative_to(templates).as_posix(): path.read_bytes() for path in sorted(templates.rglob("*.html"))
        }
        self._keys = {name: digest(b"references", source) for name, source in self._sources.items()}
        self._closures: dict[str, bytes] = {}
        self._keep_references()

    def of(self, name: str) -> bytes:
        """Return the digest of the template ``name`` and of every template it reaches."""
        if name not in self._closures:
            reached: set[str] = set()
            waiting = [name]
            while waiting:
                current = waiting.pop()
                if current not in reached:
                    reached.add(current)
                    waiting += self._referenced(current)
            parts = [part for item in sorted(reached) for part in (item.encode(), self._sources.get(item, b""))]
            self._closures[name] = digest(*parts)
        return self._closures[name]

    def _keep_references(self) -> None:
        """Keep what every template refers to, in one write to the disk where it is not known."""
        unknown = {name: key for name, key in self._keys.items() if self._store.note(key) is None}
        if not unknown:
            return
        with self._store.transaction():
            for name, key in unknown.items():
                with suppress(Problems):  # told where the template is used
                    self._store.keep_note(key, self._parsed(name))

    def _referenced(self, name: str) -> list[str]:
        if name not in self._sources:
            return []
        return msgspec.msgpack.decode(self._store.note(self._keys[name]) or self._parsed(name), type=list[str])

    def _parsed(self, name: str) -> bytes:
        """Return the names of the templates that the template ``name`` refers to, as the store keeps them."""
        try:
            found = sorted(set(references(self._environment, self._sources[name].decode())))
        except TemplateSyntaxError as error:
            what, remedy = say("{reason}.", reason=error.message or ""), say("Mend the template.")
            problem = Problem(f"theme/templates/{name}", error.lineno, "", what, remedy)
            raise Problems([problem]) from error
        return msgspec.msgpack.encode(found)


def references(environment: Environment, source: str) -> Iterator[str]:
    """Yield every name that a tag of ``source`` may refer to; to read the tags takes a third of the time of parsing."""
    tag: str | None = None
    for _, kind, value in environment.lex(source):
        if kind in ("block_begin", "block_end"):
            tag = "" if kind == "block_begin" else None
        elif kind == "name" and tag == "":
            tag = value
        elif kind == "string" and tag in _REFERRING:
            yield value[1:-1]
