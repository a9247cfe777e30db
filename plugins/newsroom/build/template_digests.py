"""What a template depends on: itself and all that it extends, includes and imports."""

from pathlib import Path

import msgspec
from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import digest
from newsroom.store.store import Store


class TemplateDigests:
    """Digests of templates with all they extend, include and import."""

    def __init__(self, templates: Path, environment: Environment, store: Store) -> None:
        self._environment, self._store = environment, store
        self._sources = {
            path.relative_to(templates).as_posix(): path.read_bytes() for path in sorted(templates.rglob("*.html"))
        }
        self._closures: dict[str, bytes] = {}

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

    def _referenced(self, name: str) -> list[str]:
        source = self._sources.get(name)
        if source is None:
            return []
        key = digest(b"references", source)
        kept = self._store.note(key)
        if kept is None:
            try:
                tree = self._environment.parse(source.decode(), name, name)
            except TemplateSyntaxError as error:
                problem = Problem(
                    f"theme/templates/{name}",
                    error.lineno,
                    "",
                    say("{reason}.", reason=error.message or ""),
                    say("Mend the template."),
                )
                raise Problems([problem]) from error
            found = [reference for reference in find_referenced_templates(tree) if reference]
            kept = msgspec.msgpack.encode(sorted(set(found)))
            self._store.keep_note(key, kept)
        return msgspec.msgpack.decode(kept, type=list[str])
