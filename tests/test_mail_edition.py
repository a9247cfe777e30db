"""``make edition``: a draft that builds as it is, of what no edition holds yet, and nothing written over."""

import shutil
from pathlib import Path

import lxml.html
import pytest
from conftest import Build
from mail_site import make_mail_site, work_in
from page_reading import hrefs, read_main
from site_builder import LANGUAGES, Site, set_value, write_entry
from watch_site import url_of

from desk.mail import edition, send

KEY = "2026-11-21"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    site = make_mail_site(tmp_path / "site")
    work_in(site, monkeypatch)
    return site


@pytest.mark.slow
def test_a_draft_lists_what_no_edition_holds_and_stands_nowhere_until_it_is_published(
    project: Site, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    assert edition.main(["--key", KEY]) == 0
    said = capsys.readouterr().out
    for language in LANGUAGES:
        assert f"content/editions/{KEY}/index.{language}.md is written." in said
    first = project.text("editions", KEY, "fr")
    text = first.read_text(encoding="utf-8")
    assert text.startswith('---\ntitle: "N°\u00a04"\n')
    assert f"number: 4\ndate: {KEY}\ndraft: true\narticles:\n" in text
    listed = [line.split()[1] for line in text.splitlines() if line.startswith("  - ")]
    assert "crowd-12" in listed
    assert not {"first-crew", "cable-plan", "corrected", "copper-off", "ticket-rumour"} & set(listed), "held already"
    assert "unfinished" not in listed, "a draft"
    url = url_of("fr", "editions", KEY)
    output = build(project).output
    assert url not in hrefs(read_main(output, url_of("fr", "editions")))
    set_value(first, "draft", None)
    main = read_main(build(project).output, url)
    found = [link for link in dict.fromkeys(hrefs(main)) if link.startswith(url_of("fr", "articles"))]
    assert len(found) >= len(listed) - 2
    work_in_again = edition.main(["--key", "2026-12-06"])
    assert work_in_again == 1
    assert "every published article stands in an edition already" in capsys.readouterr().out


def test_a_draft_can_be_sent_as_a_test_as_it_is(project: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert edition.main(["--key", KEY]) == 0
    order = ["--key", KEY, "--to", "ada@example.org", "--dry-run"]
    assert send.main(order, {}) == 0
    mail = (project.root / "outbox" / f"{KEY}.fr.en.txt").read_text(encoding="utf-8")
    assert "N°\u00a04" in mail
    assert "No.\u00a04" in mail


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "KEY: it does not say which edition. Write its day, as in make edition KEY=2026-12-05."),
        ("Le Numéro", "KEY: “Le Numéro” is not a valid key."),
        ("../../evil", "KEY: “../../evil” is not a valid key."),
        ("2026-11-18", "KEY: there is an edition “2026-11-18” already."),
    ],
)
def test_a_key_that_is_none_or_taken_is_told_and_nothing_is_written(
    project: Site, key: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted((project.content / "editions").rglob("*"))
    assert edition.main(["--key", key]) == 1
    found = capsys.readouterr().out
    assert said in found
    assert "Nothing was written." in found
    assert sorted((project.content / "editions").rglob("*")) == before


def test_a_content_that_cannot_be_read_is_reported_as_the_build_reports_it(
    project: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(project.article("first-crew", "fr"), project.content / "articles" / "Wrong.md")
    set_value(project.article("first-crew", "fr"), "status", "perhaps")
    assert edition.main(["--key", KEY]) == 1
    assert "status: “perhaps”" in capsys.readouterr().out


def test_an_editor_is_told_which_articles_a_part_lists_in_another_language(
    project: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    key = "only-french"
    words = {"title": "Seulement", "summary": "En français.", "status": "announced", "topics": ["space"]}
    write_entry(project.content, "articles", key, {"date": "2026-11-17"}, {"fr": (words, "Un texte.\n")})
    assert edition.main(["--key", KEY]) == 0
    for language in LANGUAGES:
        path = project.text("editions", KEY, language)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("  - ") or key in line]
        path.write_text("".join(kept), encoding="utf-8")
    capsys.readouterr()
    assert send.main(["--key", KEY, "--to", "ada@example.org", "--dry-run"], {}) == 0
    assert f"“{key}” has no text in “en”: that part lists it in another language." in capsys.readouterr().out
    french, english = (project.root / "outbox" / f"{KEY}.fr.en.txt").read_text(encoding="utf-8").split("=" * 72)
    assert "Seulement" in french
    assert "en français" not in french.replace("En français.", "")
    assert "Seulement" in english
    assert "Topic: Orbital tourism · in French\n" in english.replace("\u00a0", " ")
    html = lxml.html.fromstring((project.root / "outbox" / f"{KEY}.fr.en.html").read_bytes())
    links = html.xpath("//h3/a[text()='Seulement']")
    assert [(link.get("lang"), link.get("hreflang")) for link in links] == [(None, None), ("fr", "fr")]
    assert [node.get("lang") for node in html.xpath("//p[text()='En français.']")] == [None, "fr"]
