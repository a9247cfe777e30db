"""The glossary: one page per language, reached from the words of articles, with the other language's word."""

from pathlib import Path

import pytest
from lxml.html import HtmlElement
from page_reading import file_of, read_main, read_page, standing_in_order, words
from site_builder import LANGUAGES
from watch_site import article_url, url_of

pytest_plugins = ("watch_fixtures",)

ENTRIES = {
    "fr": {
        "degroupage": ("dégroupage", "ouverture de la ligne", "Une ligne louée à un concurrent."),
        "ftth": ("FttH", "fibre jusqu’au domicile", "Le raccordement complet.", "FTTH"),
        "satcom": ("télécom spatiale", "liaison par satellite", "Un lien par l’orbite.", "satcom"),
    },
    "en": {
        "ftth": ("FTTH", "fibre to the home", "The complete connection.", "FttH"),
        "milestone": ("milestone", "promised step", "A step with a date."),
        "satcom": ("satcom", "satellite link", "A link through orbit.", "télécom spatiale"),
    },
}
#: The terms in the text of an article, in the order of their first occurrence.
USED = {
    "ticket-rumour": {"fr": ["satcom", "ftth"], "en": ["satcom", "ftth"]},
    "ticket-price": {"fr": ["degroupage"], "en": ["milestone"]},
}


def entry(output: Path, language: str, key: str) -> HtmlElement:
    """Return what the anchor of a term leads to."""
    (found,) = read_main(output, url_of(language, "glossary")).xpath(f".//*[@id='{key}']")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_of_a_language_has_its_anchor_and_no_other_in_the_order_of_the_alphabet(
    watch: Path, language: str
) -> None:
    main = read_main(watch, url_of(language, "glossary"))
    keys = set().union(*ENTRIES.values())
    assert [name for name in main.xpath(".//@id") if name in keys] == list(ENTRIES[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_jump_list_has_the_letters_and_leads_to_the_first_term_of_each(watch: Path, language: str) -> None:
    """A term for each letter looked like the whole list."""
    first: dict[str, str] = {}
    for key, (term, *_) in ENTRIES[language].items():
        first.setdefault(term[0].upper(), f"#{key}")
    links = read_main(watch, url_of(language, "glossary")).xpath(".//nav[contains(@class, 'jumps')]//a")
    assert {words(link): link.get("href") for link in links} == first


@pytest.mark.parametrize(("language", "key"), [(code, key) for code in LANGUAGES for key in ENTRIES[code]])
def test_an_entry_says_term_expansion_definition_and_the_other_languages_term(
    watch: Path, language: str, key: str
) -> None:
    assert standing_in_order(words(entry(watch, language, key)), *ENTRIES[language][key])


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_the_other_languages_term_is_marked_as_being_in_it(watch: Path, language: str, other: str) -> None:
    marked = {key: entry(watch, language, key).xpath(f".//*[@lang='{other}']") for key in ENTRIES[language]}
    found = {key: words(nodes[0]) for key, nodes in marked.items() if nodes}
    assert found == {key: texts[3] for key, texts in ENTRIES[language].items() if len(texts) > 3}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", USED)
def test_a_term_in_an_article_expands_in_its_language_and_leads_to_its_entry(
    watch: Path, key: str, language: str
) -> None:
    """Once: « la FttH aussi » stays as it is."""
    abbreviations = list(read_main(watch, article_url(key, language)).iter("abbr"))
    terms = USED[key][language]
    assert [node.get("title") for node in abbreviations] == [ENTRIES[language][term][1] for term in terms]
    assert [words(node) for node in abbreviations] == [ENTRIES[language][term][0] for term in terms]
    links = [next(link.get("href") for link in node.iterancestors("a")) for node in abbreviations]
    assert links == [f"{url_of(language, 'glossary')}#{term}" for term in terms]


def test_every_abbreviation_of_the_site_leads_to_an_entry_that_exists(watch: Path) -> None:
    anchors: dict[str, list[str]] = {}
    met = 0
    for path in watch.rglob("*.html"):
        page = read_page(watch, f"/{path.relative_to(watch).as_posix()}")
        for node in page.iter("abbr"):
            url, _, fragment = next(str(link.get("href")) for link in node.iterancestors("a")).partition("#")
            if url not in anchors:
                assert file_of(watch, url).is_file()
                anchors[url] = read_page(watch, url).xpath("//@id")
            assert fragment in anchors[url]
            met += 1
    assert met
    assert set(anchors) == {url_of(language, "glossary") for language in LANGUAGES}
