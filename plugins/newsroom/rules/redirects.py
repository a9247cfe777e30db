"""Addresses that tell a third party who follows them: those of search pages, mail filters and newsletters."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus
from newsroom.sentences import Sentence, say

_ADDRESS = re.compile(r"https?://[^\s<>\"'`()\[\]]+")
#: Where a click is counted on its way: the host, the path, the parameter that holds the address.
_COUNTED = tuple(
    (re.compile(host), path, parameter)
    for host, path, parameter in (
        (r"(www\.)?google\.[a-z.]+", "/url", "q"),
        (r"(www\.)?google\.[a-z.]+", "/url", "url"),
        (r"l(m)?\.(facebook|instagram)\.com", "/", "u"),
        (r"l\.facebook\.com", "/l.php", "u"),
        (r"[\w.-]+\.safelinks\.protection\.outlook\.com", "/", "url"),
        (r"(www\.)?linkedin\.com", "/redir/redirect", "url"),
        (r"(www\.)?youtube\.com", "/redirect", "q"),
        (r"(www\.)?bing\.com", "/link", "url"),
        (r"duckduckgo\.com", "/l/", "uddg"),
        (r"out\.reddit\.com", "/", "url"),
        (r"slack-redir\.net", "/link", "url"),
    )
)
#: Parameters that say where a reader comes from, and nothing of the page.
_TRACKING = re.compile(r"utm_\w+|(fb|g)clid|msclkid|mc_[ce]id|igshid")


def counted_links(corpus: Corpus) -> Iterator[Problem]:
    """Expect every address to be that of the page itself, without what counts or marks who follows it."""
    for proof in corpus.texts:
        for found in _ADDRESS.finditer(proof.markup):
            for what, remedy in _counted(found[0]):
                place = proof.source.place_at(found.start())
                yield Problem(proof.text.file, place.line, "", what, remedy, place.column)
    for article in corpus.articles:
        for position, source in enumerate(article.facts.sources):
            for what, remedy in _counted(source.url or ""):
                file, line = article.lines.get(f"sources.{position}", article.lines["sources"])
                yield Problem(file, line, "sources", what, remedy)


def _counted(address: str) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield what is wrong with ``address``, and the one to write."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    values = parse_qsl(parts.query, keep_blank_values=True)
    for host, path, parameter in _COUNTED:
        target = next((value for name, value in values if name == parameter), "")
        if host.fullmatch(parts.hostname or "") and parts.path == path and re.match("https?://", target):
            what = say("the address of {host} counts who follows it, and leads elsewhere.", host=str(parts.hostname))
            yield what, say("Write {address}.", address=target)
            return
    kept = [(name, value) for name, value in values if not _TRACKING.fullmatch(name)]
    if len(kept) < len(values):
        plain = urlunsplit(parts._replace(query=urlencode(kept, safe=":/?,@!~*'()")))
        yield say("the address says where readers come from."), say("Write {address}.", address=plain)
