"""Rendering a template, and telling which template and line an error is in."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from msgspec import Struct

from newsroom.build.direct_templates import SiteEnvironment
from newsroom.build.template_digests import TemplateDigests
from newsroom.languages import SOURCE_LANGUAGE
from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.store.digests import of_view
from newsroom.store.store import Store
from newsroom.text.foreign_words import say_language

#: How many fragments a language keeps: those of the lists of some hundred articles.
_KEPT = 4096


class Templates:
    """The templates of the theme, loaded once for every ``site``: what all the pages of a language share.

    Macros are imported without the context of a page. What they make depends on their arguments, the
    site and its words alone: a module of macros is run once and not for every page, and ``kept`` calls a
    macro once for the same arguments.
    """

    def __init__(self, environment: SiteEnvironment) -> None:
        self.environment = environment
        self._of_sites: dict[bytes, Environment] = {}
        self._entries: dict[bytes, dict[bytes, Any]] = {}
        self._digests: TemplateDigests | None = None

    def digests(self, folder: Path, store: Store) -> TemplateDigests:
        """Return the digests of the templates in ``folder``, as they were when they were first asked for."""
        if self._digests is None:
            self._digests = TemplateDigests(folder, self.environment, store)
        return self._digests

    def of(self, site: Struct) -> Environment:
        """Return the environment in which every template and every macro sees ``site``."""
        key = of_view(site)
        if key not in self._of_sites:
            self._of_sites[key] = self.environment.of_site(site, kept=lru_cache(_KEPT)(_called))
        return self._of_sites[key]

    def entries_of(self, site: Struct) -> dict[bytes, Any]:
        """Return what was made of items that feeds of ``site`` share, by the digest of the item; add to it."""
        return self._entries.setdefault(of_view(site), {})

    def forget(self) -> None:
        """Forget what was loaded and kept: a template, or a word of the interface, has changed."""
        self._of_sites.clear()
        self._entries.clear()
        self._digests = None


def _called(macro: Callable[..., str], *arguments: object) -> str:
    return macro(*arguments)


def render(environment: Environment, name: str, **context: Any) -> str:
    """Return the template ``name`` rendered with ``context``.

    Raises :class:`Problems` for an error of the template, with its file and line.
    """
    try:
        return environment.get_template(name).render(**context)
    except TemplateError as error:
        line = getattr(error, "lineno", None) or _line_in_template(error)
        place = getattr(error, "name", None) or name
        problem = Problem(
            f"theme/templates/{place}",
            line,
            "",
            say("{reason}.", reason=error.message or ""),
            say("Mend the template."),
        )
        raise Problems([problem]) from error


def render_html(environment: Environment, name: str, **context: Any) -> str:
    """Return the template ``name`` rendered as :func:`render` does, words of the source language said to be so."""
    return say_language(render(environment, name, **context), SOURCE_LANGUAGE)


def _line_in_template(error: BaseException) -> int:
    """Return the line of the innermost template frame of a traceback; Jinja rewrites them so."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
