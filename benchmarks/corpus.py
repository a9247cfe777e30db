"""A made-up archive: the same pairs for the same seed, in French and in English.

Texts are as long as those of a watch (about 700 words) and hold what they hold:
headings, emphasis, links, lists, quotations, tables, terms of the glossary,
French with its accents and guillemets. Topics, threads and players are shared
among articles as in a real archive: a few are in many, many in a few.
"""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

LANGUAGES = ("fr", "en")
TOPICS = ("espace", "fibre", "nuage")
TERMS = ("ftth", "gpon", "orbite", "suborbital", "iaas", "secnum")
STATUSES = ("rumour", "announced", "confirmed")
#: One article in so many has a picture: pictures cost every generator the same copy, and some more.
PICTURE_EVERY = 100
#: One in so many is about the claim of its thread.
CLAIM_EVERY = 5
_WORDS = {
    "fr": (
        "le la les un une des du de au aux et ou mais donc car ni que qui dont où réseau opérateur fusée équipage "
        "lancement débit câble décision marché régulateur ministère contrat annonce rumeur démenti échéance année "
        "février août décembre société filiale délai coût prévu différé relié élevé très déjà après être été étend "
        "déclare précise répète promet attend publie mesure construit déploie achève reporte près à côté malgré selon"
    ).split(),
    "en": (
        "the a an of in to and or but so for nor that which whose where network operator rocket crew launch speed "
        "cable decision market regulator ministry contract announcement rumour denial deadline year february august "
        "december company subsidiary delay cost planned late linked high very already after be been extends states "
        "says repeats promises waits publishes measures builds rolls out completes postpones near beside despite per"
    ).split(),
}
_QUOTES = {"fr": ("« ", " »"), "en": ("“", "”")}
_HEADINGS = {"fr": ("Ce qui est promis", "À quel prix ?", "Et après"), "en": ("The promise", "At what price?", "Next")}
_TERMS = {
    "fr": ("FttH", "GPON", "orbite basse", "suborbital", "IaaS", "SecNumCloud"),
    "en": ("FTTH", "GPON", "low orbit", "suborbital", "IaaS", "SecNumCloud"),
}


class Prose(NamedTuple):
    """One language of an article."""

    title: str
    slug: str
    summary: str
    body: str


class Pair(NamedTuple):
    """An article in both languages. ``link`` is the key of an earlier article that it leads to, or "".

    ``claim`` tells that it is about the claim of its thread.
    """

    key: str
    day: dt.date
    topics: tuple[str, ...]
    thread: str
    players: tuple[str, ...]
    status: str
    picture: bool
    link: str
    claim: bool
    texts: dict[str, Prose]


def pairs(count: int, seed: int = 15) -> Iterator[Pair]:
    """Yield ``count`` pairs over twelve years, oldest first."""
    random = Random(seed)
    threads, players = max(2, count // 25), max(5, count // 10)
    for number in range(count):
        key = f"article-{number:05}"
        link = f"article-{random.randrange(number):05}" if number and random.random() < 0.3 else ""
        claim = number % CLAIM_EVERY == 0
        yield Pair(
            key=key,
            day=dt.date(2014, 1, 1) + dt.timedelta(days=number * 4380 // count),
            topics=tuple(random.sample(TOPICS, 2 if random.random() < 0.2 else 1)),
            thread=f"thread-{random.randrange(threads):04}" if random.random() < 0.6 or claim else "",
            players=tuple(sorted({f"player-{int(players * random.random() ** 2):04}" for _ in range(3)})),
            status=random.choice(STATUSES),
            picture=number % PICTURE_EVERY == 0,
            link=link,
            claim=claim,
            texts={code: _prose(random, code, number, key, link) for code in LANGUAGES},
        )


def thread_keys(count: int) -> list[str]:
    """Return the keys of the threads of an archive of ``count`` pairs."""
    return [f"thread-{number:04}" for number in range(max(2, count // 25))]


def player_keys(count: int) -> list[str]:
    """Return the keys of the players of an archive of ``count`` pairs."""
    return [f"player-{number:04}" for number in range(max(5, count // 10))]


def _prose(random: Random, code: str, number: int, key: str, link: str) -> Prose:
    opening, closing = _QUOTES[code]
    parts = []
    for heading in _HEADINGS[code]:
        parts.append(f"## {heading}")
        parts += [" ".join(_sentence(random, code) for _ in range(5)) for _ in range(3)]
    parts.insert(2, "\n".join(f"- {_sentence(random, code)}" for _ in range(3)))
    parts.insert(6, f"> {opening}{_sentence(random, code)[:-1]}{closing}\n>\n> — *{key}*")
    if number % 7 == 0:
        parts.insert(9, "| A | B |\n|---|--:|\n" + "\n".join(f"| {row} | {row * number} |" for row in range(1, 4)))
    if link:
        parts.append(f"[{_sentence(random, code)[:-1]}]({{link}})")
    title = f"{_sentence(random, code)[:60].rstrip(' .,')} {number}"
    return Prose(title, f"{code}-{number:05}", _sentence(random, code), "\n\n".join(parts))


def _sentence(random: Random, code: str) -> str:
    words = random.choices(_WORDS[code], k=random.randrange(9, 18))
    place, opened = random.randrange(2, len(words)), _QUOTES[code]
    kind = random.randrange(8)
    if kind == 0:
        words[place] = f"*{words[place]}*"
    elif kind == 1:
        words[place] = f"**{words[place]}**"
    elif kind == 2:
        words[place] = f"[{words[place]}](https://example.org/{words[place]})"
    elif kind == 3:
        words[place] = random.choice(_TERMS[code])
    elif kind == 4:
        words[place] = f"{opened[0]}{words[place]}{opened[1]}"
    elif kind == 5:
        words[place] = f"{random.randrange(2, 900)} 000 €" if code == "fr" else f"€{random.randrange(2, 900)},000"
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."
