"""Search: a reader finds what was written however it is typed; an index is made when it must be, the same each time."""

import base64
import gzip
import itertools
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import cbor2
import pytest
from browser import OpenPage, Served, serving
from conftest import Build, report_of
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs
from pagefind.service import get_executable
from playwright.sync_api import Page, expect
from site_builder import (
    LANGUAGES,
    Site,
    change,
    copy_program,
    files_of,
    make_site,
    pair,
    pelican,
    tree_of,
    write_entry,
    write_small_site,
)

from newsroom.search.index import Document, index_files
from newsroom.search.joining import joined
from newsroom.search.parts import File, part_from
from newsroom.search.text import PART, fold, plain_text, shown

browser = pytest.mark.browser
INDEX = {"fr": "fr/recherche/pagefind", "en": "en/search/pagefind"}
HOSTILE = "Titre <img src=x onerror=alert(1)> & <b>gras</b>"
MOVED = "Le grand déménagement"
OPENED = "L’annonce de Moscou"


def write_searched_site(content: Path) -> None:
    """Write the small site, and articles whose words are hard to find."""
    write_small_site(content)
    facts = {"date": "2020-01-06", "topics": ["fibre", "cloud"], "status": ["rumour", "denied"]}
    words = "Le cuivre à 15 300 km, c’est l’œuvre d’une « fusée ». Voir <script>alert(2)</script> sous-marin."
    write_entry(
        content,
        "articles",
        "moved",
        facts,
        pair((MOVED, "Fibre et cuivre.", words), ("The great move", "Fibre and copper.", "Amazon’s copper.")),
    )
    body = "L’axe Moscou–Pékin.[^1]\n\n- Un élève\n- élevé\n\n[^1]: Note de bas de page."
    write_entry(
        content,
        "articles",
        "opened",
        {"date": "2020-02-03", "topics": ["space"], "status": "confirmed"},
        pair((OPENED, "Résumé.", body), ("The axis opens", "Summary.", "From Paris—London.")),
    )
    hostile = pair((HOSTILE, "Hostile.", "Texte hostile."), (HOSTILE, "Hostile.", "Hostile text."))
    write_entry(
        content, "articles", "hostile", {"date": "2020-03-03", "topics": ["space"], "status": "rumour"}, hostile
    )
    for number in range(12):
        texts = pair((f"Série {number}", "Suite.", "Périscope."), (f"Series {number}", "More.", "Periscope."))
        day = {"date": f"2012-01-{number + 1:02}", "topics": ["space"], "status": "announced"}
        write_entry(content, "articles", f"series-{number}", day, texts)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Iterator[Served]:
    with serving(build(make_site(tmp_path_factory.mktemp("searched") / "site", write_searched_site)).output) as site:
        yield site


def settled(page: Page) -> Page:
    """Wait until the page says what it found."""
    expect(page.locator(".found")).to_have_text(re.compile(r"[^…]$"))
    return page


def ask(page: Page, site: Served, asked: str, language: str = "fr") -> list[str]:
    """Open the page of search with a question in its address; return the titles found."""
    folder = Path(INDEX[language]).parent
    page.goto(site.url(f"/{folder}/?{asked}"))
    return settled(page).locator(".results h2").all_text_contents()


# --- what is found ---------------------------------------------------------------------------


@browser
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("fibre cuivre demenagement", MOVED),
        ("DÉMÉNAGEMENT", MOVED),
        ("déménagements", MOVED),
        ("l’œuvre", MOVED),
        ("oeuvre", MOVED),
        ("l'oeuvre d'une fusee", MOVED),
        ("15 300 km", MOVED),
        ("sous marin", MOVED),
        ("sous-marin", MOVED),
        ("« sous-marin »", MOVED),
        ('"c’est l’oeuvre"', MOVED),
        ("janvier 2020", MOVED),
        ("annonce Moscou", OPENED),
        ("pekin", OPENED),
        ("eleve", OPENED),
        ("hostile gras", HOSTILE),
    ],
)
def test_words_are_found_however_they_are_typed(searched: Served, open_page: OpenPage, words: str, title: str) -> None:
    assert ask(open_page(), searched, f"q={quote(words)}") == [title]


@browser
@pytest.mark.parametrize(("words", "title"), [("amazon", "The great move"), ("paris london", "The axis opens")])
def test_each_language_has_its_own_index(searched: Served, open_page: OpenPage, words: str, title: str) -> None:
    page = open_page()
    assert ask(page, searched, f"q={quote(words)}", "en") == [title]
    assert ask(page, searched, f"q={quote(words)}", "fr") == []


@browser
@pytest.mark.parametrize("words", ["aubergine", "zzzz", "fibre aubergine", "licorne", '"fibre cuivre"', "brouillon"])
def test_words_that_nobody_wrote_find_nothing(searched: Served, open_page: OpenPage, words: str) -> None:
    page = open_page()
    assert ask(page, searched, f"q={quote(words)}") == []
    expect(page.locator(".found")).to_have_text(page.locator(".found").get_attribute("data-none") or "")


@browser
def test_a_result_shows_date_statuses_topics_and_the_passage(searched: Served, open_page: OpenPage) -> None:
    page = open_page()
    ask(page, searched, "q=oeuvre")
    result = page.locator(".results > li")
    assert result.locator("time").get_attribute("datetime") == "2020-01-06"
    assert result.locator("time").inner_text() == "6\u00a0janvier 2020"
    assert result.locator(".statuses").inner_text().split() == ["rumeur,", "démenti"]
    assert result.locator(".of").inner_text() == "Réseaux fixes, Nuage souverain"
    assert (
        result.locator(".excerpt").text_content().endswith("c’est l’œuvre d’une «\u00a0fusée\u00a0». Voir sous-marin.")
    )
    assert result.locator("mark").all_text_contents() == ["œuvre"]
    result.locator("a").click()
    expect(page.locator("h1")).to_have_text(MOVED)


@browser
def test_a_result_shows_the_verdict_of_its_claim_and_results_can_be_narrowed_to_it(
    searched: Served, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(searched.url("/fr/recherche/"))
    options = page.locator("#verdict option").all_text_contents()
    assert options == [
        "Tous les verdicts",
        "Tenu",
        "Tenu en retard",
        "Tenu autrement",
        "Abandonné",
        "Sans réponse",
        "En cours",
    ]
    ask(page, searched, "verdict=unanswered")
    shown = page.locator(".results > li")
    assert shown.count() >= 1
    assert {" ".join(said.split()) for said in shown.locator(".became").all_inner_texts()} == {"Verdict : Sans réponse"}
    ask(page, searched, "q=periscope")
    assert not [said for said in shown.locator(".became").all() if said.is_visible()]


@browser
def test_what_is_found_is_put_on_the_page_as_text(searched: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    ask(page, searched, "q=hostile")
    assert page.locator(".results h2").inner_text() == HOSTILE
    assert page.locator(".results img, .results b, .results script").count() == 0


@browser
def test_results_are_narrowed_and_ordered_and_the_address_says_how(searched: Served, open_page: OpenPage) -> None:
    page = open_page()
    assert ask(page, searched, "topic=cloud&status=denied") == [MOVED, "Le marché est contesté"]
    assert ask(page, searched, "q=cuivre&status=denied") == [MOVED]
    assert ask(page, searched, "q=cuivre&topic=space") == []
    assert len(ask(page, searched, "q=cuivre")) == 2
    page.get_by_label("Ordre").select_option("asc")
    expect(page.locator(".results h2").first).to_have_text(MOVED)
    page.get_by_label("Ordre").select_option("desc")
    expect(page.locator(".results h2").first).not_to_have_text(MOVED)
    expect(page).to_have_url(re.compile(r"\?q=cuivre&order=desc$"))


# --- the page --------------------------------------------------------------------------------


@browser
def test_the_same_words_are_searched_in_the_other_language(searched: Served, open_page: OpenPage) -> None:
    page = open_page()
    ask(page, searched, "q=copper&topic=fibre")
    expect(page.locator(".results > li")).to_have_count(0)
    page.locator(".elsewhere a").click()
    expect(page).to_have_url(searched.url("/en/search/?q=copper&topic=fibre"))
    expect(page.locator(".results h2")).to_have_text(["The great move"])
    page.locator(".switch a").click()
    expect(page).to_have_url(searched.url("/fr/recherche/?q=copper&topic=fibre"))


@browser
def test_everything_works_from_the_keyboard(searched: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(searched.url("/fr/recherche/"))
    page.locator("#q").focus()
    page.keyboard.type("periscope")
    page.keyboard.press("Enter")
    expect(page.locator(".results > li")).to_have_count(10)
    expect(page).to_have_url(re.compile(r"\?q=periscope$"))
    page.locator(".results a").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".results > li")).to_have_count(12)
    expect(page.locator(".results a").nth(10)).to_be_focused()
    expect(page.locator(".more")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("Série"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("periscope")
    expect(page.locator(".results > li")).to_have_count(10)


@browser
def test_words_are_searched_as_they_are_typed_and_the_count_is_announced(searched: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(searched.url("/fr/recherche/"))
    page.locator("#q").press_sequentially("fusée")
    expect(page.get_by_role("status")).to_have_text(re.compile("1$"))
    page.locator("#q").fill("")
    expect(page.get_by_role("status")).to_have_text("")
    expect(page.locator(".results > li")).to_have_count(0)


@browser
def test_search_keeps_to_a_strict_policy_and_asks_this_host_only(searched: Served, open_page: OpenPage) -> None:
    page, said, asked = open_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(searched.url("/fr/recherche/?q=fusee"))
    policy = page.get_attribute("meta[http-equiv='Content-Security-Policy']", "content") or ""
    assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-" in policy
    expect(settled(page).locator(".results > li")).to_have_count(1)
    assert said == []
    assert [url for url in asked if not url.startswith(searched.origin)] == []


@browser
def test_search_works_under_a_base_path(tmp_path: Path, build: Build, open_page: OpenPage) -> None:
    host = tmp_path / "host"
    site = make_site(tmp_path / "site", write_searched_site)
    output = build(site, SITEURL="https://host.example/some/where", OUTPUT_PATH=str(host / "some/where")).output
    shutil.copy(output / "_headers", host)
    page = open_page()
    with serving(host) as served:
        page.goto(served.url("/some/where/fr/recherche/?q=demenagement"))
        settled(page).locator(".results a").click()
        expect(page).to_have_url(served.url("/some/where/fr/articles/le-grand-demenagement/"))
        expect(page.locator("h1")).to_have_text(MOVED)


@browser
@pytest.mark.parametrize("path", ["/fr/recherche/", "/en/search/"])
def test_without_javascript_the_page_leads_to_the_archive(searched: Served, open_page: OpenPage, path: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(searched.url(path))
    assert page.get_by_role("search").count() == 0
    archive = page.locator("main header a")
    sections = page.locator("main section a").evaluate_all("links => links.map((link) => link.pathname)")
    assert len(sections) > 5
    assert archive.get_attribute("href") in sections
    archive.click()
    expect(page.locator("body")).to_have_class("page-archives")


@browser
def test_an_index_that_does_not_come_leaves_a_way_out(searched: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/pagefind-entry.json*", lambda route: route.abort())
    page.goto(searched.url("/fr/recherche/?q=fusee"))
    status = page.get_by_role("status")
    expect(status).to_have_text(status.get_attribute("data-failed") or "")
    expect(page.locator("main section a").first).to_be_visible()
    page.unroute("**/pagefind-entry.json*")
    page.locator("#q").press("Enter")
    expect(page.locator(".results > li")).to_have_count(1)


def test_search_is_loaded_by_its_own_page_only(searched: Served) -> None:
    loading = {
        path for path, data in files_of(searched.output).items() if path.endswith(".html") and b"search." in data
    }
    assert loading == {f"{Path(folder).parent}/index.html" for folder in INDEX.values()}


# --- the index -------------------------------------------------------------------------------


@pytest.fixture
def indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Return the function that tells which addresses Pagefind was given since it was last asked."""
    log, script = tmp_path / "asked", tmp_path / "pagefind"
    log.touch()
    real, kept = shlex.quote(str(get_executable())), shlex.quote(str(log))
    script.write_text(f'#!/bin/sh\ntee -a {kept} | {real} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(script))

    def asked() -> list[str]:
        requests = [json.loads(base64.b64decode(part))["payload"] for part in log.read_text().split(",") if part]
        log.write_text("")
        return sorted(request["url"] for request in requests if request["type"] == "AddRecord")

    return asked


def index_of(site: Site, language: str) -> dict[str, bytes]:
    return files_of(site.output / INDEX[language])


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


@pytest.mark.slow
def test_an_edit_indexes_the_year_of_its_article_and_nothing_else(
    tmp_path: Path, build: Build, indexed: Callable[[], list[str]]
) -> None:
    site = make_site(tmp_path / "site", write_searched_site)
    build(site)
    assert len(indexed()) == len([*site.output.glob("*/*/pagefind/fragment/*")]) > 30
    build(site)
    change(site.text("pages", "about", "fr"), "Deux langues.", "Deux langues, une page.")
    build(site)
    assert indexed() == []
    before = {language: index_of(site, language) for language in INDEX}
    change(site.article("moved", "fr"), "fusée", "navette")
    build(site)
    of_2020 = indexed()
    assert {"/fr/articles/le-grand-demenagement/", "/fr/articles/l-annonce-de-moscou/"} < set(of_2020)
    assert len(of_2020) == 3
    assert index_of(site, "en") == before["en"]
    assert index_of(site, "fr") != before["fr"]
    incremental = tree_of(site.output)
    shutil.rmtree(site.root / "cache")
    build(site)
    assert tree_of(site.output) == incremental


def test_an_index_that_was_damaged_is_mended(site: Site, build: Build) -> None:
    build(site)
    before = tree_of(site.output)
    fragments = sorted((site.output / INDEX["fr"] / "fragment").iterdir())
    fragments[0].unlink()
    fragments[1].write_bytes(b"")
    build(site)
    assert tree_of(site.output) == before


def test_what_is_withdrawn_leaves_the_index(site: Site, build: Build) -> None:
    build(site)
    before = index_of(site, "en")
    shutil.rmtree(site.content / "articles" / "vault-opens")
    build(site)
    after = index_of(site, "en")
    gone = [path for path in before.keys() - after.keys() if path.startswith("fragment/")]
    assert len(gone) == 1
    assert len([path for path in after if path.startswith("fragment/")]) == 4


def test_a_language_without_articles_has_no_index(site: Site, build: Build) -> None:
    for path in site.content.glob("articles/*/index.en.md"):
        path.unlink()
    shutil.rmtree(site.content / "articles" / "vault-opens")
    build(site)
    assert index_of(site, "fr")
    assert not (site.output / INDEX["en"]).exists()
    assert (site.output / "en/search/index.html").is_file()


@pytest.mark.slow
def test_a_build_that_fails_for_another_reason_ends_pagefind_in_silence(tmp_path: Path) -> None:
    """It is at work then; its cries would stand in the report of what is wrong."""
    site = make_site(tmp_path / "site", write_searched_site)
    copy_program(site)
    change(site.own_theme() / "templates" / "home.html", "{% block main %}", "{% block main %}{{ page.nothing }}")
    for _ in range(3):
        failed = pelican(site)
        assert failed.returncode == 1
        assert failed.stderr.splitlines()[-1].endswith("nothing was published.")
        assert "panicked" not in failed.stderr


@pytest.mark.parametrize("executable", ["/bin/true", "/nowhere/pagefind", "/bin/cat"])
def test_a_pagefind_that_fails_ends_the_build_and_publishes_nothing(
    site: Site, build: Build, monkeypatch: pytest.MonkeyPatch, executable: str
) -> None:
    build(site)
    before = tree_of(site.output, *LANGUAGES)
    change(site.article("first-crew", "fr"), "Voir", "On verra")
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", executable)
    assert "Pagefind" in str(report_of(lambda: build(site)))
    assert tree_of(site.output, *LANGUAGES) == before


WORDS = ("élève", "déménagement", "œuvre", "fusée", "câble", "réseau", "orbite", "l’annonce", "naïf", "Ёлка", "marché")


def some_documents(count: int = 60) -> list[Document]:
    """Return documents of four years, oldest first, of many words and few."""
    return [
        Document(
            url=f"/fr/{number}/",
            title=f"Élève {number}",
            date="6 janvier 2020",
            day=f"20{16 + number * 4 // count}-01-{number % 28 + 1:02}",
            text=" ".join(
                f"{WORDS[number * place % len(WORDS)]}{number * place % 97}" for place in range(number % 50 + 3)
            ),
            topics=("fibre", "cloud", "space", "sea")[number % 4 :],
            statuses=("rumour", "denied", "confirmed", "announced", "cancelled")[number % 5 :],
            verdicts=("kept", "dropped")[number % 2 :][:1] if number % 3 else (),
        )
        for number in range(count)
    ]


def index_by_year(documents: list[Document]) -> dict[str, File]:
    """Return the files of the index of ``documents``, each year indexed by itself."""
    years: dict[str, list[Document]] = {}
    for document in documents:
        years.setdefault(document.day[:4], []).append(document)
    found = [part_from(index_files("fr", of_year), "fr", of_year) for of_year in years.values()]
    files = joined("fr", [part for part, _ in found])
    return {**files, **{name: file for _, of_part in found for name, file in of_part.items()}}


def decoded(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))


def numbered(pages: list[Any]) -> list[Any]:
    """Return the pages of a word with their own numbers instead of the steps between them."""
    numbers = itertools.accumulate(page[0] for page in pages)
    return [[number, *rest] for number, (_, *rest) in zip(numbers, pages, strict=True)]


def said_by(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what an index says: its words, filters, orders, and how many words each page has."""
    of = lambda kind: [decoded(data) for name, data in files.items() if name.endswith(kind)]  # noqa: E731
    words = [word for chunk in of(".pf_index") for word in chunk[0]]
    ((version, pages, _, _, sorts, fields),) = of(".pf_meta")
    return {
        "words": {
            word: [numbered(found), [[form, numbered(at)] for form, at in forms]] for word, found, forms in words
        },
        "filters": {name: dict(values) for name, values in of(".pf_filter")},
        "pages": [count for _, count, *_ in pages],
        "rest": [version, sorts, fields, len(words)],
    }


def test_an_index_joined_of_years_says_what_one_index_of_everything_would() -> None:
    """So the same is found, in the same order: what a word weighs depends on all documents."""
    whole = index_files("fr", some_documents())
    files = {name: file.content() for name, file in index_by_year(some_documents()).items()}
    assert said_by(files) == said_by(whole)
    ((_, pages, chunks, filters, *_),) = [decoded(data) for name, data in files.items() if name.endswith(".pf_meta")]
    named = [
        *(f"fragment/{name}.pf_fragment" for name, _ in pages),
        *(f"index/{name}.pf_index" for *_, name in chunks),
        *(f"filter/{name}.pf_filter" for _, name in filters),
    ]
    assert {name for name in files if "/" in name} == set(named)
    assert all(first <= last for first, last, _ in chunks)


def test_the_same_documents_give_the_same_bytes() -> None:
    first, *others = [
        {name: (file.digest, file.content()) for name, file in index_by_year(some_documents()).items()}
        for _ in range(4)
    ]
    assert all(other == first for other in others)
    assert not [path for path in first if "ui" in path or "worker" in path]


@pytest.mark.slow
def test_most_chunks_keep_their_names_where_an_article_is_added() -> None:
    """Browsers have them already: files of an index are kept for a year."""
    words = [f"{letter}{number}" for letter in "abcdefghijkl" for number in range(300)]
    documents = [
        structs.replace(document, text=" ".join(words[number::3] + words[number::7]))
        for number, document in enumerate(some_documents())
    ]
    before, after = (
        index_by_year(documents[:-1]),
        index_by_year([*documents[:-1], structs.replace(documents[-1], text="a1")]),
    )
    chunks = {name for name in before if name.startswith("index/")}
    assert len(chunks) > 8
    assert len(chunks - after.keys()) <= 4  # its word, and those of every date and title


def test_bounds_of_chunks_are_what_tells_them_apart() -> None:
    """A beginning of a word is looked up where the words with it are."""
    words = [f"{letter}{number:03}" for letter in ("al", "am", "be") for number in range(400)]
    documents = [structs.replace(document, text=" ".join(words)) for document in some_documents()]
    files = index_by_year(documents)
    (meta,) = [decoded(file.content()) for name, file in files.items() if name.endswith(".pf_meta")]
    for first, last, name in meta[2]:
        held = [word for word, *_ in decoded(files[f"index/{name}.pf_index"].content())[0]]
        assert [word for word in held if word < first or (word > last and not word.startswith(last))] == []


# --- text ------------------------------------------------------------------------------------


def test_the_text_of_a_body_is_what_is_read_of_it() -> None:
    html = (
        "<h2 id='a'>Titre</h2><p>Un<sup>er</sup> mot<sup id='fnref:1'><a class='footnote-ref' href='#fn:1'>1</a></sup>."
        "</p><ul><li>Un<ul><li>deux</li></ul></li></ul><table><tr><td>3</td><td>4</td></tr></table>"
        "<li id='fn:1'><p>Note.<a class='footnote-backref' href='#fnref:1'>↩</a></p></li>"
    )
    assert plain_text(html).split() == ["Titre", "Uner", "mot.", "Un", "deux", "3", "4", "Note."]
    assert plain_text("") == ""


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
@example("an accent \u0301 alone")
def test_as_many_words_are_searched_as_are_shown(text: str) -> None:
    words = re.split(rf"\s+|{PART}", shown(text)) if shown(text) else []
    assert len(fold(shown(text)).split()) == len(words)
