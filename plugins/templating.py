"""The Jinja environment: one for all generators, and from it one for each language, with its filters and words."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, FileSystemBytecodeCache, FileSystemLoader
from jinja2.bccache import Bucket
from jinja2.utils import Namespace
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from newsroom.build.direct_templates import DirectEnvironment, SiteEnvironment
from newsroom.outputs.template_filters import FILTERS, OF_LANGUAGE, Language, Words
from newsroom.store.digests import digest

_WORDS = ("gettext", "ngettext", "pgettext", "npgettext")


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates, kept beside their sources as Python's are: whoever can write there can write templates.

    ``code`` is the digest of the code and the options: what other code compiled is not used.
    """

    def __init__(self, templates: Path, code: bytes) -> None:
        super().__init__(str(templates / "__pycache__"), f"%s.{code.hex()}.jinja")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (EOFError, ValueError, TypeError):  # cut short by a full disk
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        folder = Path(self.directory)
        with suppress(OSError):  # a read-only theme is compiled every time
            folder.mkdir(exist_ok=True)
            for old in folder.glob(f"{bucket.key}.*.jinja"):
                old.unlink()
            super().dump_bytecode(bucket)


class ThemeEnvironment(SiteEnvironment):
    """The templates of the theme, compiled with ``options`` and rendered with the words of ``session``.

    They have no other globals, and none is compiled that was compiled before.
    """

    def __init__(self, session: Any, options: dict[str, Any], loader: BaseLoader | None = None) -> None:
        folder = session.settings.theme / "templates"
        super().__init__(loader=loader or FileSystemLoader(folder), **options)
        self._session = session
        self.bytecode_cache = CompiledTemplates(folder, digest(session.code, repr(options).encode()))
        self.auto_reload = False  # whoever changes a template forgets what was loaded
        self.filters.update(FILTERS, **dict.fromkeys(OF_LANGUAGE, _of_no_language))
        self.newstyle_gettext = True
        self.globals.clear()
        self.globals.update({"range": range, "dict": dict, "namespace": Namespace, "words_in": self._words_in})

    def of_site(self, site: Any, **shared: Any) -> DirectEnvironment:
        """Return the environment of one language: every template sees ``site`` and what else is ``shared``."""
        language, words = Language(site), self._words(site.language)
        filters = {name: getattr(language, name) for name in OF_LANGUAGE}
        return self.with_more(filters, {name: getattr(words, name) for name in _WORDS} | {"site": site, **shared})

    def _words(self, code: str) -> Words:
        return Words(self._session.messages[code].in_markup)

    def _words_in(self, code: str) -> tuple[Callable[..., Markup], Callable[..., Markup]]:
        """Return ``gettext`` and ``pgettext`` of a language, for pages that speak several."""
        words = self._words(code)
        return words.gettext, words.pgettext


def _of_no_language(*_: object, **__: object) -> str:
    """Stand for a filter of a language while a template is compiled, for all languages."""
    raise TypeError


def share_environment(generator: Generator) -> None:
    """Give every generator the same environment, so that a template is compiled once."""
    context, settings = generator.context, generator.settings
    if "environment" not in context:
        # Pelican's own generators look for templates of Pelican, which nobody renders.
        loader = generator.env.loader
        context["environment"] = ThemeEnvironment(settings["SESSION"], settings["JINJA_ENVIRONMENT"], loader)
    generator.env = context["environment"]


def environment_of(session: Any, options: dict[str, Any]) -> ThemeEnvironment:
    """Return an environment for the templates of the theme, for commands that render without Pelican's generators."""
    return ThemeEnvironment(session, options)


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(share_environment)
