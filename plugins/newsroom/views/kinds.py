"""Every kind of page, in one table: the table of contents of the site.

A kind is a row: its name, which is also that of its template; what it shows;
where its pages are; the word of its section in addresses. The build, the
sitemaps, the path words that a language must give and the tests of all pages
read this table.
"""

from operator import attrgetter

from newsroom.views.archives import archives_view, list_places, list_view, year_places, year_view
from newsroom.views.articles import article_view
from newsroom.views.boards import BOARD_WORDS, board_places, board_view
from newsroom.views.calendars import calendar_view
from newsroom.views.corrections import additions_view, corrections_view
from newsroom.views.editions import edition_view, editions_view
from newsroom.views.entities import entities_view, entity_places, entity_view
from newsroom.views.home import gateway_places, gateway_view, home_places, home_view
from newsroom.views.moments import modified
from newsroom.views.pages import (
    date_of_page,
    not_found_places,
    not_found_view,
    page_view,
    redirect_places,
    redirect_view,
    untranslated_places,
    untranslated_view,
)
from newsroom.views.places import PageKind
from newsroom.views.reference import glossary_view, source_places, sources_view
from newsroom.views.search import search_view
from newsroom.views.subscribe import subscribe_view
from newsroom.views.threads import thread_view, threads_view
from newsroom.views.topics import topic_places, topic_view, topics_view

TOPIC_PAGES = (
    PageKind("topics", topics_view, word="topics"),
    PageKind("topic", topic_view, topic_places),
)
#: In the order of the sitemap; ``plugins/pages.py`` writes them, ``plugins/topics.py`` those of topics.
PAGES = (
    PageKind("gateway", gateway_view, gateway_places),
    PageKind("home", home_view, home_places),
    PageKind("articles", list_view, list_places, word="articles"),
    PageKind("article", article_view, entries=attrgetter("articles"), yearly=True, modified=modified),
    *TOPIC_PAGES,
    PageKind("threads", threads_view, word="threads"),
    PageKind("thread", thread_view, entries=attrgetter("threads")),
    PageKind("claims", board_view, board_places, word="claims"),
    PageKind("editions", editions_view, word="editions"),
    PageKind("edition", edition_view, entries=attrgetter("editions")),
    PageKind("entities", entities_view, word="entities"),
    PageKind("entity", entity_view, entity_places),
    PageKind("archives", archives_view, word="archives"),
    PageKind("year", year_view, year_places),
    PageKind("glossary", glossary_view, word="glossary"),
    PageKind("sources", sources_view, source_places, word="sources"),
    PageKind("calendar", calendar_view, word="calendar"),
    PageKind("corrections", corrections_view, word="corrections"),
    PageKind("additions", additions_view, word="additions"),
    PageKind("search", search_view, word="search"),
    PageKind("subscribe", subscribe_view, word="subscribe"),
    PageKind("page", page_view, entries=attrgetter("pages"), modified=date_of_page),
    PageKind("untranslated", untranslated_view, untranslated_places, word="untranslated"),
    PageKind("404", not_found_view, not_found_places),
    PageKind("redirect", redirect_view, redirect_places),
)
SECTION_WORDS = tuple(kind.word for kind in PAGES if kind.word)
#: The words of addresses that every language gives: of the sections, of the pages of the board, of numbered pages.
PATH_WORDS = (*SECTION_WORDS, *BOARD_WORDS, "page")
