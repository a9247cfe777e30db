"""Whatever an editor writes, a page keeps its markup, and the build keeps to its folder."""

import json
import os
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import icalendar
import lxml.etree
import pytest
from conftest import Build, report_of
from content_reading import pelicanconf
from hypothesis import given
from hypothesis import strategies as st
from properties import examples
from published_pages import Page, read_pages
from site_builder import (
    LANGUAGES,
    Site,
    Texts,
    Values,
    change,
    claim,
    files_of,
    make_site,
    picture,
    player,
    set_value,
    tree_of,
    verdict,
    write_entry,
    write_mapping,
)

from newsroom.build.manifest import Manifest
from newsroom.problems import Problems

LANGUAGE_SETTINGS = pelicanconf()["LANGUAGES"]
#: What breaks out of an attribute, an element, a comment, a script, a CDATA section, a calendar, a template.
HOSTILE = (
    " \"'><script src=//evil.example/x.js></script><img src=x onerror=alert(1)>--></title></script>]]>"
    "{{ 7*7 }}{% if %} &amp;&lt;b&gt; ;X-A:b\\n,\\ javascript:alert(2) %s %(x)s {0}"
)
HOSTILE_BODY = """
<script>alert(3)</script><style>*{display:none}</style>
<a href="javascript:alert(4)" onclick="alert(5)" style="color:red">lien</a>
<svg onload="alert(6)"><script>alert(7)</script></svg>
<form action="https://evil.example/"><input name="q"></form>
[autre](javascript:alert(8)) [encore](data:text/html,alert) <https://example.org/?a=1&b="2">
"""


def both(values: Values, body: str = "Texte.") -> Texts:
    """Return the same text for every language."""
    return dict.fromkeys(LANGUAGES, (values, body))


def write_loaded_site(content: Path, load: str) -> None:
    """Write a site with every field that there is, each ending in ``load``."""
    text = {"title": f"Titre{load}", "summary": f"Résumé{load}"}
    term = {"term": "FTTH", "expansion": f"fibre{load}", "definition": f"Lien{load}"}
    write_mapping(content / "glossary.yaml", {"ftth": dict.fromkeys(LANGUAGES, term)})
    write_mapping(
        content / "entities.yaml",
        {
            "one": {**player("company", f"Une{load}"), "about": dict.fromkeys(LANGUAGES, f"Qui{load}")},
            "two": player("person", {"fr": f"Deux{load}", "en": f"Two{load}"}),
        },
    )
    for key in ("main", "other"):
        topic = {"name": f"{key}{load}", "slug": key, "summary": f"S{load}"}
        write_entry(content, "topics", key, {"order": 1}, both(topic))
    thread = {"name": f"Fil{load}", "slug": "fil", "summary": f"S{load}", "story": f"H{load}"}
    write_entry(content, "threads", "fil", {"as_of": "2026-01"}, both(thread))
    facts = {
        "date": "2026-01-02",
        "topics": ["main", "other"],
        "thread": "fil",
        "status": ["rumour", "announced"],
        "entities": ["one", "two"],
        "written": "2026-02",
        "claims": ["vol", "siege"],
        "updates": [
            {"date": "2026-03-01", "significant": True, "kind": "correction", "fr": f"M{load}", "en": f"U{load}"},
            {"date": "2026-04-01", "significant": False, "fr": f"N{load}", "en": f"V{load}"},
        ],
        "sources": [
            {
                "publisher": f"P{load}",
                "title": f"T{load}",
                "author": f"A{load}",
                "via": f"V{load}",
                "copy": f"C{load}",
                "date": "2025",
                "language": "de",
                "url": "https://example.org/?a=1&b=2",
                "archive": "https://archive.example/x",
            }
        ],
        "image": {"file": "a.png", "credit": f"Crédit{load}"},
    }
    read = unicodedata.normalize("NFC", load)  # what is counted
    written = {"label": f"L{read}"[:40], "claim": f"C{read}"[:140], "fr": f"F{load}", "en": f"E{load}"}
    said = {name: dict.fromkeys(LANGUAGES, written[name]) for name in ("label", "claim")}
    judged = {"label": said["label"], "fr": written["fr"], "en": written["en"]}
    source = {"publisher": f"P{load}", "title": f"T{load}", "date": "2026-02", "language": "fr"}
    kept = verdict("kept-late", "2026-05-02", source, "late", **judged)
    late = claim("fil", "2026-01-02", "seat", verdict("open", "2026-02", "first", "open", **judged), kept)
    promised = claim("fil", "2026-01-02", "flight", verdict("open", "2026-02", "first", "open", **judged))
    dated = {"expected": "2026-03", "was": ["2026-02"], "by": ["one", "two"], **said}
    write_mapping(content / "claims.yaml", {"vol": {**promised, **dated}, "siege": {**late, **dated}})
    words = {**text, "short": f"S{read}"[:32], "slug": "premier", "alt": f"Image{load}"}
    write_entry(content, "articles", "first", facts, both(words, "FTTH, [x](https://a.example/)."))
    (content / "articles" / "first" / "a.png").write_bytes(picture())
    later = {"date": "2026-05-02", "topics": ["main"], "thread": "fil", "status": "denied", "claims": ["siege"]}
    write_entry(content, "articles", "second", later, both({**text, "slug": "second"}, "Voir [x](article:first)."))
    alone = {"date": "2026-05-03", "topics": ["main"], "status": "rumour", "entities": ["one"]}
    write_entry(content, "articles", "alone", alone, {"fr": ({**text, "slug": "seul"}, "Texte.")})
    issue = {"number": 1, "date": "2026-06-01", "articles": ["first", "second", "alone"]}
    write_entry(content, "editions", "numero", issue, both({**text, "slug": "numero"}))
    write_entry(content, "pages", "about", {"date": "2026-06-01"}, both({**text, "slug": "apropos"}))


def named(load: str) -> dict[str, object]:
    """Return the settings that are words, each ending in ``load``."""
    languages = {
        code: {**facts, **{name: f"{facts[name]}{load}" for name in ("name", "tagline", "description")}}
        for code, facts in LANGUAGE_SETTINGS.items()
    }
    return {"SITENAME": f"Sillage{load}", "LANGUAGES": languages}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory, build: Build) -> tuple[Path, Path]:
    """Return one site twice, built from harmless words and from hostile ones."""
    built = []
    for load in (" sage", HOSTILE):
        site = make_site(
            tmp_path_factory.mktemp("loaded") / "site", lambda content, load=load: write_loaded_site(content, load)
        )
        built.append(build(site, **named(load)).output)
    return built[0], built[1]


def skeleton(page: Page) -> Iterator[tuple[str, ...]]:
    """Yield the elements of a page in order, each with the names of its attributes."""
    for node in page.root.iter():
        yield (str(node.tag), *sorted(node.attrib))


# --- hostile words ---------------------------------------------------------------------------


def test_hostile_words_in_every_field_change_the_markup_of_no_page(outputs: tuple[Path, Path]) -> None:
    sage, hostile = (read_pages(output) for output in outputs)
    assert sage.keys() == hostile.keys()
    for url, page in hostile.items():
        assert list(skeleton(page)) == list(skeleton(sage[url])), url


def test_hostile_words_are_read_as_they_were_written(outputs: tuple[Path, Path]) -> None:
    page = read_pages(outputs[1])["/en/articles/premier/"]
    text = page.root.text_content()
    for words in (
        "<script src=//evil.example/x.js></script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }}",
        "]]>",
        "&lt;b&gt;",
    ):
        assert text.count(words) > 10, words
    alt = page.root.xpath("//img/@alt")
    assert any("onerror=alert(1)" in found for found in alt)


def test_hostile_words_load_nothing_and_run_nothing(outputs: tuple[Path, Path]) -> None:
    for page in read_pages(outputs[1]).values():
        for node in page.root.iter():
            for name, value in node.attrib.items() if isinstance(node.tag, str) else ():
                assert not name.lower().startswith("on"), f"{page.url}: {name}"
                if name in ("href", "src", "action", "srcset", "poster"):
                    assert "evil.example" not in value, f"{page.url}: {value}"
                    assert not value.strip().lower().startswith(("javascript:", "data:")), f"{page.url}: {value}"


def test_hostile_words_leave_every_data_file_well_formed(outputs: tuple[Path, Path]) -> None:
    kinds = set()
    for path, data in files_of(outputs[1]).items():
        kind = Path(path).suffix
        if kind in (".xml", ".opml"):
            sage = lxml.etree.parse(outputs[0] / path)
            root = lxml.etree.fromstring(data)
            assert [node.tag for node in root.iter()] == [node.tag for node in sage.iter()], path
        elif kind == ".json":
            json.loads(data)
        elif kind == ".ics":
            parts = list(icalendar.Calendar.from_ical(data).walk())
            wanted = list(icalendar.Calendar.from_ical((outputs[0] / path).read_bytes()).walk())
            assert [(part.name, sorted(part)) for part in parts] == [(part.name, sorted(part)) for part in wanted], path
        else:
            continue
        kinds.add(kind)
    assert {".xml", ".json"} <= kinds


def test_hostile_words_in_structured_data_are_still_data(outputs: tuple[Path, Path]) -> None:
    page = read_pages(outputs[1])["/fr/articles/premier/"]
    blocks = [json.loads(node.text) for node in page.root.iter("script") if node.get("type") == "application/ld+json"]
    assert blocks
    assert "<script src=//evil.example/x.js></script>" in json.dumps(blocks)


def test_a_hostile_body_loses_what_runs_and_keeps_its_words(small_site: Site, build: Build) -> None:
    path = small_site.article("cloud-ruling", "fr")
    path.write_text(path.read_text(encoding="utf-8") + HOSTILE_BODY, encoding="utf-8")
    output = build(small_site).output
    body = read_pages(output)["/fr/articles/le-marche-est-conteste/"].root.find(".//main")
    text = body.text_content()
    assert "lien" in text
    assert "autre" in text
    for node in body.iter():
        if isinstance(node.tag, str):
            assert node.tag not in ("script", "style", "form", "input", "iframe", "object", "embed")
            assert not {name for name in node.attrib if name.startswith("on") or name == "style"}
            assert not (node.get("href") or "").lower().startswith(("javascript:", "data:"))
    for path in ("fr/rss.xml", "fr/atom.xml", "fr/feed.json"):
        data = (output / path).read_text(encoding="utf-8")
        assert not re.search(r"alert\([3-8]\)", data), path


# --- what a template may know ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["settings", "SITEURL", "articles", "context", "config", "environment", "lipsum"])
def test_a_template_cannot_reach_what_its_page_does_not_declare(small_site: Site, build: Build, name: str) -> None:
    page = small_site.own_theme() / "templates" / "404.html"
    change(page, "{% block main %}", f"{{% block main %}}{{{{ {name} }}}}")
    with pytest.raises(SystemExit, match=rf"theme/templates/404.html:\d+: .*{name}"):
        build(small_site)


# --- where a build may write -----------------------------------------------------------------


def address_leaves_the_folder(site: Site) -> dict[str, object]:
    set_value(site.article("cloud-ruling", "fr"), "slug", "../../../evil")
    return {}


def address_is_absolute(site: Site) -> dict[str, object]:
    set_value(site.text("topics", "space", "en"), "slug", "/evil")
    return {}


def address_is_hidden(site: Site) -> dict[str, object]:
    set_value(site.text("pages", "about", "en"), "slug", ".htaccess")
    return {}


def address_has_a_percent(site: Site) -> dict[str, object]:
    set_value(site.text("editions", "2026-11-21", "en"), "slug", "%2e%2e%2fevil")
    return {}


def address_was_once_outside(site: Site) -> dict[str, object]:
    set_value(site.article("cloud-ruling", "fr"), "aliases", ["../evil"])
    return {}


def folder_is_no_key(site: Site) -> dict[str, object]:
    folder = site.content / "articles"
    (folder / "cloud-ruling").rename(folder / "EVIL evil")
    return {}


def word_leaves_the_folder(_: Site) -> dict[str, object]:
    english = LANGUAGE_SETTINGS["en"]
    return {"LANGUAGES": {**LANGUAGE_SETTINGS, "en": {**english, "paths": {**english["paths"], "topics": "../evil"}}}}


def language_leaves_the_folder(_: Site) -> dict[str, object]:
    return {"LANGUAGES": {**LANGUAGE_SETTINGS, "../evil": LANGUAGE_SETTINGS["en"]}}


def picture_leaves_the_folder(site: Site) -> dict[str, object]:
    change(site.article("ticket-rumour", "fr"), "(seat.png)", "(../first-crew/index.fr.md)")
    return {}


def picture_is_a_link(site: Site) -> dict[str, object]:
    path = site.content / "articles" / "ticket-rumour" / "seat.png"
    path.unlink()
    path.symlink_to("/etc/passwd")
    return {}


def text_is_a_link(site: Site) -> dict[str, object]:
    path = site.article("ticket-rumour", "fr")
    path.unlink()
    path.symlink_to("/etc/passwd")
    return {}


def picture_is_a_pipe(site: Site) -> dict[str, object]:
    path = site.content / "articles" / "ticket-rumour" / "seat.png"
    path.unlink()
    os.mkfifo(path)
    # Whoever opens the pipe all the same is not left waiting for ever.
    threading.Thread(target=path.write_bytes, args=(picture(),), daemon=True).start()
    return {}


@pytest.mark.parametrize(
    "escape",
    [
        address_leaves_the_folder,
        address_is_absolute,
        address_is_hidden,
        address_has_a_percent,
        address_was_once_outside,
        folder_is_no_key,
        word_leaves_the_folder,
        language_leaves_the_folder,
        picture_leaves_the_folder,
        picture_is_a_link,
        text_is_a_link,
        picture_is_a_pipe,
    ],
)
def test_what_leaves_its_folder_is_refused_and_nothing_is_written(
    site: Site, build: Build, escape: Callable[[Site], dict[str, object]]
) -> None:
    overrides = escape(site)
    before = set(site.root.parent.rglob("*"))
    with pytest.raises(SystemExit) as refusal:
        build(site, **overrides)
    assert isinstance(refusal.value.code, str)
    assert not [path for path in set(site.root.parent.rglob("*")) - before if not path.is_relative_to(site.cache)]


def test_two_outputs_of_one_address_are_refused_and_named(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, {})
    manifest.declare("fr/a/index.html", b"one")
    with pytest.raises(Problems, match=r"fr/a/index\.html: two pages want this address"):
        manifest.declare("fr/a/index.html", b"other")


@examples(100)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(["..", ".", "", "a", "/", "\\", "\0", "a.html", "~"])).map("/".join))
)
def test_no_output_path_leaves_the_folder_whatever_it_is(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    root = tmp_path_factory.getbasetemp()
    try:
        Manifest(root, {}).declare(path, b"")
    except ValueError:
        with pytest.raises(ValueError, match="leaves the output folder"):  # before it is made, too
            Manifest(root, {}).current(path, b"")
        return
    target = Path(os.path.normpath(root / path))
    assert target != root
    assert target.is_relative_to(root)


def test_a_link_or_a_hidden_file_inside_the_theme_is_not_published(site: Site, build: Build, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the machine", encoding="utf-8")
    static = site.own_theme() / "static"
    (static / "secret.txt").symlink_to(secret)
    (static / "folder").symlink_to(tmp_path)
    for name in (".env", "icons/.DS_Store", "webroot/.htpasswd"):
        (static / name).write_bytes(secret.read_bytes())
    output = build(site).output
    assert not [path for path, data in files_of(output).items() if b"the secret of the machine" in data]


def test_a_folder_of_the_output_that_leads_outside_is_not_followed(site: Site, build: Build, tmp_path: Path) -> None:
    build(site)
    outside = tmp_path / "outside"
    (site.output / "fr").rename(outside)
    (site.output / "fr").symlink_to(outside)
    (outside / "index.html").write_text("somebody else's", encoding="utf-8")
    before = tree_of(outside)
    set_value(site.article("first-crew", "fr"), "title", "Cinq passagers")
    report_of(lambda: build(site))
    assert tree_of(outside) == before


@pytest.mark.parametrize(
    "theirs",
    [
        {"notes.txt": "mine"},
        {"index.html": "<!doctype html><title>My own site</title>"},
        {"deep/inside/photo.jpg": "…"},
        {".git/config": "[core]"},
    ],
)
def test_a_folder_that_somebody_else_filled_is_refused_and_left_alone(
    site: Site, build: Build, theirs: dict[str, str]
) -> None:
    for name, text in theirs.items():
        (site.output / name).parent.mkdir(parents=True, exist_ok=True)
        (site.output / name).write_text(text, encoding="utf-8")
    before = tree_of(site.output)
    with pytest.raises(SystemExit, match="this folder holds other files"):
        build(site)
    assert tree_of(site.output) == before


def test_what_the_settings_retain_stays_in_the_output(site: Site, build: Build) -> None:
    (site.output / ".git").mkdir(parents=True)
    (site.output / ".git" / "config").write_text("[core]", encoding="utf-8")
    build(site, OUTPUT_RETENTION=[".git"])
    set_value(site.article("first-crew", "fr"), "title", "Cinq passagers")
    build(site, OUTPUT_RETENTION=[".git"])
    assert (site.output / ".git" / "config").read_text(encoding="utf-8") == "[core]"


def test_the_content_itself_is_no_place_to_build_into(site: Site, build: Build) -> None:
    before = tree_of(site.content)
    with pytest.raises(SystemExit):
        build(site, OUTPUT_PATH=str(site.content))
    assert tree_of(site.content) == before


def test_the_policy_of_every_page_lets_in_nothing_but_its_own(small_output: Path) -> None:
    for page in read_pages(small_output).values():
        policies = page.root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        if not policies:  # a page that leads to another address
            assert not page.root.xpath("//script | //style | //img"), page.url
            continue
        rules = {name: sources for name, _, sources in (rule.partition(" ") for rule in policies[0].split("; "))}
        hashed = {name: rules.pop(name).split() for name in ("script-src", "style-src")}
        assert all(source.startswith("'sha256-") for source in hashed["script-src"][2:] + hashed["style-src"][1:])
        assert hashed["script-src"][:2] == ["'self'", "'wasm-unsafe-eval'"]
        assert hashed["style-src"][0] == "'self'"
        own = dict.fromkeys(("img-src", "font-src", "connect-src", "manifest-src", "form-action"), "'self'")
        assert rules == {**own, "default-src": "'none'", "base-uri": "'none'"}, page.url
