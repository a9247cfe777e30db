"""Settings of the site, as it is built and served on one's own machine.

``publishconf.py`` changes what differs where it is published. What depends on a
language is in ``LANGUAGES``; a new language is a new entry there, a catalogue
under ``theme/translations`` and the content files.
"""

import sys
from pathlib import Path

from jinja2 import StrictUndefined

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "plugins")] if str(ROOT / "plugins") not in sys.path else []
from newsroom.required_folders import require_folders  # noqa: E402 - the line above lets it be found

# Where settings are written, as messages name it.
SETTINGS_FILES = [__file__]

SITENAME = "Sillage"
SITEURL = "http://localhost:8000"
TIMEZONE = "Europe/Paris"

# The permanent ids of items (RFC 4151): never change these two, whatever the address of the site.
TAG_AUTHORITY = "sillage.example"
TAG_YEAR = 2026

PATH = str(ROOT / "content")
THEME = str(ROOT / "theme")
OUTPUT_PATH = str(ROOT / "output")
CACHE_PATH = str(ROOT / "cache")
require_folders(__file__, PATH=PATH, THEME=THEME)
DEFAULT_PAGINATION = 20
FEED_MAX_ITEMS = 20
# A WebSub hub that tells feed readers of what is new at once (https://www.w3.org/TR/websub/); "" for none.
FEED_HUB = ""

# Whether compressed copies lie beside all texts, for servers that send them as they are.
PRECOMPRESS = False
# Whether readers of a translation are told that its original has changed since.
TELL_STALE_TRANSLATIONS = False

# Editions by email (docs/mail.md): who sends them, how a reader leaves with each engine.
MAIL_FROM = "Sillage <letter@sillage.example>"
MAIL_UNSUBSCRIBE = {
    "smtp": "https://sillage.example/unsubscribe?t={token}&a={address}",
    "listmonk": "{{ UnsubscribeURL }}",
    "buttondown": "{{ unsubscribe_url }}",
    "mailchimp": "*|UNSUB|*",
}

# In order of the language switch. DEFAULT_LANG is where readers of neither are sent (x-default).
DEFAULT_LANG = "en"
LANGUAGES = {
    "fr": {
        "name": "Français",
        "locale": "fr_FR",
        "typography": "french",
        "signup": "mailto:letter@sillage.example?subject=Abonnement",
        "tagline": "Ce que deviennent les annonces.",
        "description": (
            "Des annonces suivies d’année en année, avec leur verdict : tourisme spatial, fibre, cloud de défense."
        ),
        "purpose": "reprend les annonces de la technologie des années après et dit lesquelles ont été tenues.",
        "background": "Dix ans d’archives, de 2016 à 2026, écrits en novembre 2026.",
        "issues": "Les numéros de la lettre. Le numéro zéro, en quatre cahiers, relit dix ans d’annonces.",
        "licence": "Textes : Creative Commons Attribution 4.0.",
        "paths": {
            "articles": "articles",
            "topics": "sujets",
            "threads": "histoires",
            "editions": "numeros",
            "entities": "acteurs",
            "archives": "archives",
            "glossary": "lexique",
            "corrections": "errata",
            "additions": "depuis",
            "sources": "sources",
            "claims": "annonces",
            "by-promise": "par-echeance",
            "by-delay": "par-retard",
            "by-verdict": "par-verdict",
            "kept": "tenues",
            "kept-late": "tenues-en-retard",
            "kept-otherwise": "tenues-autrement",
            "dropped": "abandonnees",
            "unanswered": "sans-reponse",
            "open": "en-cours",
            "overdue": "en-retard",
            "calendar": "dates-promises",
            "search": "recherche",
            "subscribe": "abonnement",
            "untranslated": "non-traduit",
            "page": "page",
        },
    },
    "en": {
        "name": "English",
        "locale": "en_GB",
        "typography": "english",
        "signup": "mailto:letter@sillage.example?subject=Subscription",
        "tagline": "What became of the announcement.",
        "description": (
            "Announcements followed from year to year, each with its verdict: space tourism, fibre, defence cloud."
        ),
        "purpose": "goes back to technology announcements years later and says which of them were kept.",
        "background": "A ten-year archive, 2016 to 2026, written in November 2026.",
        "issues": "The issues of the newsletter. Issue zero, in four parts, re-reads ten years of announcements.",
        "licence": "Texts: Creative Commons Attribution 4.0.",
        "paths": {
            "articles": "articles",
            "topics": "topics",
            "threads": "stories",
            "editions": "issues",
            "entities": "players",
            "archives": "archive",
            "glossary": "glossary",
            "corrections": "corrections",
            "additions": "since-then",
            "sources": "sources",
            "claims": "claims",
            "by-promise": "by-date",
            "by-delay": "by-delay",
            "by-verdict": "by-verdict",
            "kept": "kept",
            "kept-late": "kept-late",
            "kept-otherwise": "kept-differently",
            "dropped": "dropped",
            "unanswered": "unanswered",
            "open": "open",
            "overdue": "overdue",
            "calendar": "promised-dates",
            "search": "search",
            "subscribe": "subscribe",
            "untranslated": "not-translated",
            "page": "page",
        },
    },
}

# The steps of a build, in the order things flow.
PLUGIN_PATHS = [str(ROOT / "plugins")]
PLUGINS = [
    "configuration",  # settings → one validated session
    "templating",  # one Jinja environment, words and dates in the page's language
    "reading",  # Markdown and YAML → catalogue
    "search",  # an index per language, which takes longest
    "pages",  # every kind of page but those of topics: the table in newsroom/views/kinds.py
    "topics",  # topic pages, their index, their feeds
    "feeds",  # the other feeds: the table in newsroom/views/feeds.py
    "data",  # items as JSON, calendars, sitemaps, files for servers: newsroom/writers/data_files.py
    "share_cards",  # the pictures of shared links
    "files",  # theme files, pictures
    "report",  # counts for Pelican's closing line
    "writing",  # what changed → output, all or nothing
]

JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}

# Pelican's own generators read and write nothing: the steps above do, in both languages at once.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
