"""What an output is made from, as digests: the code, the templates, the words, the view.

A page is made again when any of them changes and only then.
"""

import importlib.metadata
import platform
from hashlib import blake2b
from pathlib import Path

import msgspec
from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from newsroom.problems import Problem, Problems
from newsroom.store import Store, digest

_LIBRARIES = (
    *("pelican", "jinja2", "markdown", "babel", "feedgenerator", "msgspec", "nh3", "lxml", "unidecode"),
    *("pyyaml", "rcssmin", "icalendar", "pillow", "fonttools", "pagefind-bin", "brotli", "markupsafe"),
)
#: Dicts in their own order: pages show what a dict holds in that order.
_encode = msgspec.msgpack.Encoder().encode


def of_view(view: object) -> bytes:
    """Return the digest of a view: of everything it holds, by value."""
    return blake2b(_encode(view), digest_size=16).digest()


def of_code(plugins: Path) -> bytes:
    """Return the digest of the code of the build: its modules and the versions of its libraries."""
    versions = [f"{name}={importlib.metadata.version(name)}" for name in _LIBRARIES]
    state = blake2b("\n".join([platform.python_version(), *versions]).encode(), digest_size=16)
    for path in sorted(plugins.rglob("*.py")):
        state.update(digest(path.relative_to(plugins).as_posix().encode(), path.read_bytes()))
    return state.digest()


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
                    f"theme/templates/{name}", error.lineno, "", f"{error.message}.", "Mend the template."
                )
                raise Problems([problem]) from error
            found = [reference for reference in find_referenced_templates(tree) if reference]
            kept = msgspec.msgpack.encode(sorted(set(found)))
            self._store.keep_note(key, kept)
        return msgspec.msgpack.decode(kept, type=list[str])
