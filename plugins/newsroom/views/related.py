"""What to read next: same thread first, then shared topics and players, same language, no chance involved."""

from collections import Counter

from newsroom.catalogue import Catalogue
from newsroom.models import Article

_THREAD, _ENTITY, _TOPIC = 8, 2, 1
#: How many of the newest of a list are looked at: the cost stays flat as lists grow.
_DEPTH = 12


def related(catalogue: Catalogue, article: Article, code: str, count: int = 3) -> list[Article]:
    """Return at most ``count`` articles in ``code``, best first; ties go to the nearest date, then the key."""
    scores: Counter[str] = Counter()
    facts = article.facts
    for weight, index, keys in (
        (_THREAD, catalogue.by_thread, facts.thread),
        (_ENTITY, catalogue.by_entity, facts.entities),
        (_TOPIC, catalogue.by_topic, facts.topics),
    ):
        for key in keys:
            for other in index[key][:_DEPTH]:
                scores[other.key] += weight
    del scores[article.key]
    day = facts.date.toordinal()

    def rank(key: str) -> tuple[int, int, str]:
        return -scores[key], abs(catalogue.by_key[key].facts.date.toordinal() - day), key

    found = (catalogue.by_key[key] for key in sorted(scores, key=rank))
    return [other for other in found if code in other.texts][:count]
