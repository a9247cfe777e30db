"""The site that tests of the watch read: claims with every kind of verdict, threads, players, editions, dates.

Small enough to know by heart: the tests name its articles by key. Built once for the tests that only read.
"""

from pathlib import Path

from site_builder import (
    LANGUAGES,
    Site,
    Values,
    claim,
    make_site,
    pair,
    player,
    verdict,
    write_entry,
    write_mapping,
)

#: Slug, name and order of each topic, by key; nothing is ever promised for the third.
TOPICS = {
    "space": (1, "Tourisme orbital", "tourisme-orbital", "Orbital tourism", "orbital-tourism"),
    "fibre": (2, "Réseaux fixes", "reseaux-fixes", "Fixed networks", "fixed-networks"),
    "quiet": (3, "Sans promesse", "sans-promesse", "No promises", "no-promises"),
}
#: Facts, then name and story per language.
THREADS = {
    "tickets": (
        {"as_of": "2021-07"},
        ("Des billets", "Quatre passagers ont volé."),
        ("Tickets", "Four passengers have flown."),
    ),
    "cable": (
        {"as_of": "2020-06-17", "closed": "2020-06-17"},
        ("Le câble", "Il s’arrête en route."),
        ("The cable", "It stops on the way."),
    ),
    "crowd": (
        {"as_of": "2024"},
        ("La foule", "Tout est arrivé."),
        ("The crowd", "It did."),
    ),
}
#: The words of addresses: the French and the English one, by section.
SECTIONS = {
    "articles": ("articles", "articles"),
    "topics": ("sujets", "topics"),
    "threads": ("histoires", "stories"),
    "editions": ("numeros", "issues"),
    "entities": ("acteurs", "players"),
    "glossary": ("lexique", "glossary"),
    "corrections": ("errata", "corrections"),
    "sources": ("sources", "sources"),
    "claims": ("annonces", "claims"),
    "additions": ("depuis", "since-then"),
    "calendar": ("dates-promises", "promised-dates"),
}
#: The pages of the board beside the first: the French and the English word of each.
BOARD = {
    "by-promise": ("par-echeance", "by-date"),
    "by-delay": ("par-retard", "by-delay"),
    "by-verdict": ("par-verdict", "by-verdict"),
    "kept": ("tenues", "kept"),
    "kept-late": ("tenues-en-retard", "kept-late"),
    "kept-otherwise": ("tenues-autrement", "kept-differently"),
    "dropped": ("abandonnees", "dropped"),
    "unanswered": ("sans-reponse", "unanswered"),
    "open": ("en-cours", "open"),
    "overdue": ("en-retard", "overdue"),
}
#: What each status is called in each language.
STATUS_WORDS = {
    "fr": {
        "rumour": "rumeur",
        "announced": "annoncé",
        "confirmed": "confirmé",
        "denied": "démenti",
        "cancelled": "annulé",
    },
    "en": {status: status for status in ("rumour", "announced", "confirmed", "denied", "cancelled")},
}
CROWD = tuple(f"crowd-{number:02}" for number in range(1, 13))

Words = tuple[str, str, str]
#: The words of an article in French and in English.
Texts = tuple[Words, Words]


def write_article(content: Path, key: str, date: str, status: object, texts: Texts, **facts: object) -> None:
    """Write an article pair from (title, summary, body) in each language; its topic is ``space`` if not given."""
    said = pair(*texts, fr=f"{key}-fr", en=f"{key}-en")
    write_entry(content, "articles", key, {"date": date, "status": status, "topics": ["space"], **facts}, said)


def filler(key: str) -> Texts:
    """Return words for an article whose words do not matter."""
    return (f"Titre {key}", f"Résumé {key}.", f"Texte {key}."), (f"Title {key}", f"Summary {key}.", f"Text {key}.")


def write_reference(content: Path) -> None:
    """Write players, two of which occur in nothing that is published, and terms, some in one language only."""
    write_mapping(
        content / "entities.yaml",
        {
            "zephyr": player("company", "Zéphyr"),
            "etoile": player("company", "Étoile"),
            "faro": player("company", "Faro"),
            "regulator": player("agency", {"fr": "le régulateur", "en": "the regulator"}),
            "moreau": player("person", "Élise Moreau"),
            "unused": player("company", "Personne"),
            "only-drafted": player("company", "Brouillon SA"),
            "nameless": {"kind": "company", "name": "Anonyme"},
        },
    )

    def term(word: str, expansion: str, definition: str) -> dict[str, str]:
        return {"term": word, "expansion": expansion, "definition": definition}

    write_mapping(
        content / "glossary.yaml",
        {
            "satcom": {
                "fr": term("télécom spatiale", "liaison par satellite", "Un lien par l’orbite."),
                "en": term("satcom", "satellite link", "A link through orbit."),
            },
            "ftth": {
                "fr": term("FttH", "fibre jusqu’au domicile", "Le raccordement complet."),
                "en": term("FTTH", "fibre to the home", "The complete connection."),
            },
            "degroupage": {"fr": term("dégroupage", "ouverture de la ligne", "Une ligne louée à un concurrent.")},
            "milestone": {"en": term("milestone", "promised step", "A step with a date.")},
        },
    )


def write_topics_and_threads(content: Path) -> None:
    """Write the topics and the threads, one of which is closed."""
    for key, (order, fr, fr_slug, en, en_slug) in TOPICS.items():
        texts: dict[str, tuple[Values, str]] = {
            "fr": ({"name": fr, "slug": fr_slug, "summary": f"{fr}."}, f"Présentation : {fr}."),
            "en": ({"name": en, "slug": en_slug, "summary": f"{en}."}, f"Introduction to {en}."),
        }
        write_entry(content, "topics", key, {"order": order}, texts)
    for key, (facts, fr_words, en_words) in THREADS.items():
        threads: dict[str, tuple[Values, str]] = {
            language: (
                {"name": name, "summary": f"{name}.", "story": story},
                f"{introduction} : {name}.",
            )
            for language, introduction, (name, story) in (
                ("fr", "Histoire", fr_words),
                ("en", "History", en_words),
            )
        }
        write_entry(content, "threads", key, facts, threads)


def write_claims(content: Path) -> None:
    """Write a claim of every verdict, in three threads; one has two verdicts, one was moved twice."""
    gazette = {"publisher": "La Gazette", "title": "Le prix", "date": "2020-01", "language": "fr"}
    claims = {
        "tickets-sold": claim(
            "tickets",
            "2018-07-12",
            "seats",
            verdict("kept-late", "2021-07-20", "first-crew", "flown"),
            by=["zephyr"],
            expected="2019-06",
        ),
        "ticket-price": claim(
            "tickets",
            "2019-03-01",
            "a price",
            verdict("open", "2019-12-31", "ticket-price", "waited for", judged="2026-11-01"),
            verdict("dropped", "2020-04-10", {**gazette, "date": "2020-04"}, "withdrawn"),
            by=["zephyr", "nameless"],
        ),
        "station-opening": claim(
            "tickets",
            "2026-11-11",
            "an opening",
            verdict("open", "2026-11-11", "recent-plan", "soon"),
            by=["etoile"],
            expected="2026-11-14",
        ),
        "first-guest": claim(
            "tickets",
            "2026-11-11",
            "a first guest",
            verdict("open", "2026-11-11", "recent-plan", "later"),
            by=["etoile"],
            expected="2027-12",
            was=["2026-12", "2027-03"],
        ),
        "cable-service": claim(
            "cable",
            "2016-10-12",
            "service",
            verdict("open", "2020-06-17", "cable-refused", "delayed"),
            by=["faro"],
            expected="2018-08-31",
        ),
        "cable-rumour": claim(
            "cable", "2016-10-12", "a rumour", verdict("unanswered", "2020-06-17", "cable-refused", "silent")
        ),
        "last-section": claim(
            "cable",
            "2024-08-21",
            "a last section",
            verdict("open", "2024-08-21", "old-plan", "building"),
            by=["faro"],
            expected="2027-02",
        ),
        "all-at-once": claim("crowd", "2016-01-05", "a crowd", verdict("kept", "2023-03-01", "crowd-02", "seen")),
        "one-by-one": claim(
            "crowd", "2016-01-05", "a queue", verdict("kept-otherwise", "2023-03-01", "crowd-02", "a heap")
        ),
    }
    write_mapping(content / "claims.yaml", claims)


def write_claimed_articles(content: Path) -> None:
    """Write the articles that claims are about."""
    write_article(
        content,
        "ticket-rumour",
        "2018-07-12",
        "rumour",
        (
            (
                "Des billets, dit-on",
                "Un prix circule.",
                "Élise Moreau se tait. La télécom spatiale attend la FttH, et la FttH aussi.",
            ),
            (
                "Tickets, they say",
                "A price is going round.",
                "Élise Moreau is silent. The satcom awaits FTTH, and FTTH waits.",
            ),
        ),
        thread="tickets",
        entities=["zephyr", "moreau"],
        claims=["tickets-sold"],
    )
    write_article(
        content,
        "ticket-price",
        "2019-03-01",
        "announced",
        (
            ("Un prix est annoncé", "Il est élevé.", "Le dégroupage n’y est pour rien."),
            ("A price is announced", "It is high.", "It is a milestone."),
        ),
        thread="tickets",
        entities=["zephyr", "regulator"],
        claims=["ticket-price"],
        updates=[
            {"date": "2020-01-10", "significant": True, "fr": "Le prix est retiré.", "en": "The price is withdrawn."}
        ],
    )
    write_article(
        content,
        "first-crew",
        "2021-07-20T14:00",
        "confirmed",
        (
            ("Quatre passagers à bord", "Le vol a eu lieu.", "Zéphyr a volé."),
            ("Four passengers aboard", "The flight took place.", "Zéphyr flew."),
        ),
        thread="tickets",
        entities=["zephyr", "moreau"],
        claims=["tickets-sold", "ticket-price"],
    )
    write_article(
        content,
        "settled-twice",
        "2017-02-02",
        "announced",
        filler("settled-twice"),
        updates=[
            {"date": "2022-05", "significant": True, "fr": "Démenti.", "en": "Denied."},
            {"date": "2018-01-01", "significant": False, "fr": "Toujours rien.", "en": "Still nothing."},
        ],
    )
    write_article(
        content,
        "cable-plan",
        "2016-10-12",
        ["rumour", "announced"],
        filler("cable-plan"),
        topics=["fibre"],
        thread="cable",
        entities=["regulator", "faro"],
        claims=["cable-service"],
    )
    write_article(
        content,
        "cable-refused",
        "2020-06-17",
        "denied",
        filler("cable-refused"),
        topics=["fibre"],
        thread="cable",
        entities=["regulator", "faro", "etoile"],
    )
    write_article(
        content, "denied-at-once", "2016-10-25", ["rumour", "denied"], filler("denied-at-once"), topics=["fibre"]
    )
    write_article(
        content,
        "recent-plan",
        "2026-11-11",
        "announced",
        (
            ("Une station est promise", "Pour très bientôt.", "Étoile promet."),
            ("A station is promised", "For very soon.", "Étoile promises."),
        ),
        entities=["etoile"],
        claims=["station-opening", "first-guest"],
    )
    write_article(
        content,
        "old-plan",
        "2024-08-21",
        "announced",
        filler("old-plan"),
        topics=["fibre", "space"],
        claims=["last-section"],
    )


def write_crowd(content: Path) -> None:
    """Write a thread whose articles come on the same day, but for the first."""
    for number, key in enumerate(CROWD):
        date = "2016-01-05" if number == 0 else f"2023-03-0{1 + number // 10}T{number % 10 + 8:02}:00"
        write_article(content, key, date, "confirmed", filler(key), topics=["quiet"], thread="crowd")


def write_sources(content: Path) -> None:
    """Write an article with sources known to different degrees, and one that cites one of them again."""
    gazette = {
        "publisher": "La Gazette",
        "title": "Des sièges pour l’espace",
        "date": "2018-07-10",
        "language": "fr",
        "url": "https://gazette.example/sieges?page=1&vue=été",
        "archive": "https://archive.example/2018/gazette",
    }
    courier = {"publisher": "The Courier", "title": "Seats <for> sale & more", "date": "2016-10", "language": "en"}
    journal = {"publisher": "Das Journal", "title": "Ein Platz", "date": "2015", "language": "de", "author": "U. Weiß"}
    untitled = {"publisher": "La Gazette", "date": "2018-08-01", "language": "fr", "via": "Relais"}
    write_article(
        content,
        "well-sourced",
        "2018-09-01",
        "confirmed",
        filler("well-sourced"),
        sources=[gazette, courier, journal, untitled],
    )
    write_article(content, "cites-again", "2019-09-01", "confirmed", filler("cites-again"), sources=[gazette])


def write_corrected(content: Path) -> None:
    """Write an article that was corrected and completed."""
    write_article(
        content,
        "corrected",
        "2019-05-05",
        "confirmed",
        filler("corrected"),
        updates=[
            {
                "date": "2020-02-02",
                "significant": True,
                "kind": "correction",
                "fr": "Lire douze.",
                "en": "Read twelve.",
            },
            {"date": "2019-06", "significant": False, "fr": "Une carte en plus.", "en": "A map was added."},
        ],
    )


def write_rest(content: Path) -> None:
    """Write what has one language, what is not published, what changed its address, editions and pages."""
    write_entry(
        content,
        "articles",
        "copper-off",
        {"date": "2025-01-27", "topics": ["fibre"], "status": "confirmed", "entities": ["regulator"]},
        {
            "fr": (
                {"title": "Le cuivre s’éteint", "slug": "copper-off-fr", "summary": "763 communes."},
                "Le réseau ferme.",
            )
        },
    )
    write_article(
        content,
        "unfinished",
        "2026-02-01",
        "rumour",
        filler("unfinished"),
        draft=True,
        entities=["only-drafted", "zephyr"],
    )
    renamed: dict[str, tuple[Values, str]] = {
        "fr": (
            {"title": "Renommé", "slug": "renamed-fr", "summary": "R.", "aliases": ["ancien-nom", "premier-nom"]},
            "Texte.",
        ),
        "en": ({"title": "Renamed", "slug": "renamed-en", "summary": "R."}, "Text."),
    }
    write_entry(
        content, "articles", "renamed", {"date": "2017-01-01", "topics": ["quiet"], "status": "confirmed"}, renamed
    )
    for number, date, articles in (
        (1, "2026-11-18", ["cable-plan", "first-crew"]),
        (2, "2026-11-19", ["first-crew", "unfinished", "copper-off", "cable-plan", "ticket-rumour"]),
        (3, "2026-11-20", ["corrected"]),
    ):
        editions: dict[str, tuple[Values, str]] = {
            "fr": ({"title": f"Le numéro {number}", "slug": date, "summary": f"N° {number}."}, f"Éditorial {number}."),
            "en": ({"title": f"Issue {number}", "slug": date, "summary": f"No. {number}."}, f"Editorial {number}."),
        }
        write_entry(content, "editions", date, {"number": number, "date": date, "articles": articles}, editions)
    moved: dict[str, tuple[Values, str]] = {
        "fr": ({"title": "Méthode", "slug": "methode", "summary": "M.", "aliases": ["notre-methode"]}, "Les statuts."),
        "en": ({"title": "Method", "slug": "method", "summary": "M."}, "The statuses."),
    }
    write_entry(content, "pages", "method", {"date": "2026-11-02"}, moved)


def write_watch_site(content: Path) -> None:
    """Write the whole of it."""
    write_reference(content)
    write_topics_and_threads(content)
    write_claims(content)
    write_claimed_articles(content)
    write_crowd(content)
    write_sources(content)
    write_corrected(content)
    write_rest(content)


def url_of(language: str, section: str, slug: str = "") -> str:
    """Return the address of the index of a section, or of one of its items."""
    word = SECTIONS[section][LANGUAGES.index(language)]
    return f"/{language}/{word}/{slug}/" if slug else f"/{language}/{word}/"


def article_url(key: str, language: str) -> str:
    """Return the address of an article."""
    return url_of(language, "articles", f"{key}-{language}")


def make_watch_site(root: Path) -> Site:
    """Return the site, written and not built."""
    return make_site(root, write_watch_site)
