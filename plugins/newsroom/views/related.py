"""What to read next: the same thread first, then shared players and topics; the same language, and nothing random."""

from bisect import bisect_left
from collections import Counter

from newsroom.content.articles import Article
from newsroom.content.catalogue import Catalogue

#: What a shared key is worth; one thread outweighs every player and topic.
_WEIGHTS = {"thread": 1_000_000, "entities": 2, "topics": 1}
#: How many articles on either side in time are looked at: the cost stays flat as lists grow.
_DEPTH = 6
#: How many are shown.
_MOST = 3


def related(catalogue: Catalogue, article: Article, code: str) -> list[Article]:
    """Return the few articles to read next in ``code``, best first; ties go to the nearest date, then the key."""
    day = article.facts.date.toordinal()
    scores: Counter[str] = Counter()
    days: dict[str, int] = {}
    for shared, weight in _WEIGHTS.items():
        for key in getattr(article.facts, shared):
            rows = catalogue.by_day.get((code, shared, key), ())
            place = bisect_left(rows, (day, article.key))
            for other_day, other in rows[max(0, place - _DEPTH) : place + _DEPTH + 1]:
                scores[other] = max(scores[other], weight) if shared == "thread" else scores[other] + weight
                days[other] = other_day
    scores.pop(article.key, None)
    ranked = sorted(scores, key=lambda key: (-scores[key], abs(days[key] - day), key))
    return [catalogue.by_key[key] for key in ranked[:_MOST]]
