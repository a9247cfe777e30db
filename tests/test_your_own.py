"""A newsletter of one's own: the program without the launch content, in every state between empty and full."""

from pathlib import Path

import pytest
from conftest import Build
from content_reading import ENGLISH, FRENCH, SOUND, TOPIC, english, french, pelicanconf, write_files
from site_builder import Site, make_site

from newsroom.text.typography import typeset

LAUNCH = pelicanconf()
#: What a language says of this publication.
SAID = ("tagline", "description", "purpose", "background", "issues", "licence")
THREAD = SOUND["threads/mer/index.fr.md"]
EDITION = '---\ntitle: "{}"\nsummary: "x"\nslug: "1"\nnumber: 1\ndate: 2026-05-01\narticles: [cable]\n---\n'
PAGE = '---\ntitle: "{}"\nslug: "{}"\nsummary: "x"\ndate: 2026-05-01\n---\nText.\n'
TOPICS = {f"topics/fibre/index.{code}.md": TOPIC.format("Fibre") for code in ("fr", "en")}
ARTICLE = {"articles/cable/index.fr.md": french(), "articles/cable/index.en.md": english(), **TOPICS}
#: What a newsletter may hold at some moment of its life.
STATES: dict[str, dict[str, str]] = {
    "nothing": {},
    "one page": {"pages/about/index.fr.md": PAGE.format("À propos", "a-propos")},
    "a topic without articles": TOPICS,
    "a thread without articles": {
        **TOPICS,
        "claims.yaml": SOUND["claims.yaml"],
        **{f"threads/mer/index.{code}.md": THREAD for code in ("fr", "en")},
    },
    "players that nobody names": {"entities.yaml": SOUND["entities.yaml"]},
    "terms that nobody uses": {"glossary.yaml": SOUND["glossary.yaml"]},
    "one article": ARTICLE,
    "one language with nothing": {
        "articles/cable/index.fr.md": french(),
        "topics/fibre/index.fr.md": TOPIC.format("Fibre"),
    },
    "an article in another language than its topic": {
        "articles/cable/index.en.md": english(*(line for key, line in FRENCH.items() if key not in ENGLISH)),
        "topics/fibre/index.fr.md": TOPIC.format("Fibre"),
    },
    "an edition": {**ARTICLE, **{f"editions/1/index.{code}.md": EDITION.format("Un") for code in ("fr", "en")}},
    "an edition whose article waits": {
        **TOPICS,
        "articles/cable/index.fr.md": french("publish: 2099-01-01"),
        "articles/cable/index.en.md": english(),
        **{f"editions/1/index.{code}.md": EDITION.format("Un") for code in ("fr", "en")},
    },
    "everything": dict(SOUND),
}


def own_site(root: Path, files: dict[str, str]) -> Site:
    return make_site(root / "own", lambda content: write_files(content, files))


#: What the quick tests build of them; the others differ from these in one thing.
QUICK = ("nothing", "one article", "one language with nothing", "an edition")


@pytest.mark.parametrize(
    "state", [state if state in QUICK else pytest.param(state, marks=pytest.mark.slow) for state in STATES]
)
def test_a_newsletter_builds_in_every_state(state: str, tmp_path: Path, build: Build) -> None:
    built = build(own_site(tmp_path, STATES[state]), SITENAME="Le Fil", SITEURL="https://fil.example")
    for code in ("fr", "en"):
        home = (built.output / code / "index.html").read_text(encoding="utf-8")
        assert "Le Fil" in home
        assert "Sillage" not in home.replace('content="Sillage"', "")


def test_nothing_of_the_launch_is_said_in_another_newsletter(tmp_path: Path, build: Build) -> None:
    launch = {
        code: {key: words for key, words in facts.items() if key in SAID} for code, facts in LAUNCH["LANGUAGES"].items()
    }
    own = {
        code: {
            **{key: value for key, value in facts.items() if key not in SAID},
            "tagline": "Une devise",
            "description": "De quoi il s’agit.",
        }
        for code, facts in LAUNCH["LANGUAGES"].items()
    }
    site = own_site(tmp_path, {**STATES["everything"], **STATES["an edition"]})
    built = build(site, SITENAME="Le Fil", SITEURL="https://fil.example", LANGUAGES=own)
    pages = [path.read_text(encoding="utf-8") for path in built.output.rglob("*") if path.suffix in (".html", ".xml")]
    assert pages
    for code, facts in launch.items():
        for key, words in facts.items():
            part = typeset(words, LAUNCH["LANGUAGES"][code]["typography"]).partition(",")[0].rstrip(".")
            assert [page for page in pages if part in page] == [], (code, key)


@pytest.mark.parametrize("codes", [("fr",), ("en",), ("en", "fr")])
def test_a_newsletter_builds_in_other_languages(codes: tuple[str, ...], tmp_path: Path, build: Build) -> None:
    files = {name: text for name, text in ARTICLE.items() if name.split(".")[-2] in codes}
    if "fr" not in codes:
        files["articles/cable/index.en.md"] = english(*(line for key, line in FRENCH.items() if key not in ENGLISH))
    languages = {code: facts for code, facts in pelicanconf()["LANGUAGES"].items() if code in codes}
    built = build(own_site(tmp_path, files), LANGUAGES=languages, DEFAULT_LANG=codes[0])
    assert {path.name for path in built.output.iterdir() if len(path.name) == 2} == set(codes)
