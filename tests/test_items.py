"""One model decides what is said of an item: on its page, in feeds, in mails and in the data."""

import lxml.html
import pytest
from conftest import Build
from hypothesis import given
from hypothesis import strategies as st
from mail_site import EDITION, make_mail_site, work_in
from msgspec import structs
from page_reading import read_feeds
from properties import quick
from site_builder import Site, change
from watch_site import article_url

from desk.mail import send
from newsroom.views.data_forms import PLAIN_URI, encoded, item_schema
from newsroom.views.items import Item

#: A fact more, told where facts are told.
FACT = '{{ caller(gettext("Sources"), item.key) }}\n{%- endmacro %}\n\n{% macro day'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = make_mail_site(tmp_path_factory.mktemp("items") / "site")
    macros = site.root / "theme" / "templates" / "macros" / "items.html"
    change(macros, "{%- endmacro %}\n\n{% macro day", FACT)
    return site


def words(html: str) -> str:
    return " ".join(lxml.html.fragment_fromstring(html, create_parent="div").text_content().split())


@pytest.mark.parametrize(
    ("language", "said"), quick(1, [("fr", "Sources : cable-plan"), ("en", "Sources: cable-plan")])
)
def test_a_fact_told_once_is_on_the_page_in_feeds_and_in_mails(
    project: Site, build: Build, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    output = build(project).output
    page = lxml.html.fromstring((output / article_url("cable-plan", language).strip("/") / "index.html").read_bytes())
    rows = [(name.text, name.getnext().text_content()) for name in page.xpath("//aside//dt")]
    assert ("Sources", "cable-plan") in rows
    (item,) = (item for item in read_feeds(output, f"/{language}/")["json"] if "/cable-plan/" in item["id"])
    assert said in words(item["content_html"])
    work_in(project, monkeypatch)
    order = ["--key", EDITION, "--to", "ada@example.org", "--in", language, "--dry-run"]
    assert send.main(order, {"MAIL_SECRET": "x"}) == 0
    for form in ("html", "txt"):
        text = (project.root / "outbox" / f"{EDITION}.{language}.{form}").read_text(encoding="utf-8")
        assert said in (words(text) if form == "html" else text.replace("\u00a0", " "))


def test_the_data_and_their_schema_hold_every_attribute_of_an_item() -> None:
    assert [field.name for field in structs.fields(Item)] == list(item_schema()["properties"])


@given(st.from_regex(PLAIN_URI, fullmatch=True))
def test_a_plain_address_is_what_encoding_its_parts_makes_of_it(address: str) -> None:
    assert encoded(address) == address
