"""What the documentation says is so: keys, examples, targets, headers."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from conftest import Build
from site_builder import ROOT, Site

from newsroom.content import frontmatter
from newsroom.content.articles import ARTICLE
from newsroom.content.claim_register import read_claims
from newsroom.content.editions import EDITION
from newsroom.content.kinds import KINDS
from newsroom.content.pages import PAGE
from newsroom.content.readers import Context
from newsroom.content.schema import Kind
from newsroom.content.threads import THREAD
from newsroom.content.topics import TOPIC
from newsroom.problems import Problem

README = (ROOT / "README.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Guide:
    """One editors’ guide: the titles of its tables of keys, and its words for where a key is said."""

    file: str
    sections: dict[str, Kind]
    once: str
    each: str
    required: str

    @property
    def text(self) -> str:
        return (ROOT / "docs" / self.file).read_text(encoding="utf-8")


FRENCH = Guide(
    "editors.fr.md",
    {
        "Les clés d’un article": ARTICLE,
        "Les clés d’un sujet": TOPIC,
        "Les clés d’une histoire": THREAD,
        "Les clés d’une édition": EDITION,
        "Les clés d’une page": PAGE,
    },
    "une fois",
    "par langue",
    "obligatoire",
)
ENGLISH = Guide(
    "editors.en.md",
    {
        "The keys of an article": ARTICLE,
        "The keys of a topic": TOPIC,
        "The keys of a thread": THREAD,
        "The keys of an edition": EDITION,
        "The keys of a page": PAGE,
    },
    "once",
    "in each language",
    "required",
)
GUIDES = pytest.mark.parametrize("guide", [FRENCH, ENGLISH], ids=lambda guide: guide.file)
CONTEXT = Context(("fr", "en"), "Europe/Paris")
ROW = re.compile(r"^\| `([a-z_]+)` \| ([^|]+) \| (.*) \|$", re.MULTILINE)
PAIR = re.compile(r"`(content/articles/[a-z-]+/index\.[a-z]+\.md)`\s*:\s*\n\n```markdown\n(.*?)```\n", re.DOTALL)


def rows(guide: Guide) -> Iterator[tuple[Kind, str, str, str]]:
    """Yield (kind, key, where it is said, what it means) of every row of the tables of keys."""
    for title, kind in guide.sections.items():
        section = guide.text.partition(f"## {title}\n")[2].partition("\n## ")[0]
        for key, place, sense in ROW.findall(section):
            yield kind, key, place, sense


ROWS = [
    pytest.param(guide, *row, id=f"{guide.file}-{row[0].folder}-{row[1]}")
    for guide in (FRENCH, ENGLISH)
    for row in rows(guide)
]


@GUIDES
def test_a_guide_has_every_key_of_every_kind_and_no_other(guide: Guide) -> None:
    told = {kind.folder: [key for other, key, *_ in rows(guide) if other is kind] for kind in KINDS}
    assert {folder: sorted(keys) for folder, keys in told.items()} == {
        kind.folder: sorted(field.name for field in kind.fields) for kind in KINDS
    }


@pytest.mark.parametrize(("guide", "kind", "key", "place", "sense"), ROWS)
def test_a_guide_says_where_a_key_is_said_and_its_example_is_read(
    guide: Guide, kind: Kind, key: str, place: str, sense: str
) -> None:
    field = kind.field(key)
    assert field
    assert place.startswith(guide.once if field.neutral else guide.each)
    assert place.endswith(guide.required) == field.required
    for example in re.findall(rf"`({key}: [^`]+)`", sense):
        mapping = frontmatter.parse_mapping(example, 1).data
        assert isinstance(mapping, dict)
        field.reader(mapping[key], CONTEXT)


@GUIDES
@pytest.mark.parametrize("key", ["sources", "updates"])
def test_the_longer_examples_of_a_guide_are_read(guide: Guide, key: str) -> None:
    blocks = re.findall(r"^( *)```yaml\n(.*?)^ *```", guide.text, re.DOTALL | re.MULTILINE)
    example = next(text for _, text in blocks if text.lstrip().startswith(f"{key}:"))
    mapping = frontmatter.parse_mapping(example, 1).data
    field = ARTICLE.field(key)
    assert isinstance(mapping, dict)
    assert field
    assert field.reader(mapping[key], CONTEXT)


@GUIDES
def test_the_claim_of_a_guide_is_read(guide: Guide) -> None:
    (example,) = re.findall(r"^```yaml\n(cable-service-2028:.*?)^```", guide.text, re.DOTALL | re.MULTILINE)
    problems: list[Problem] = []
    typographies = {"fr": "french", "en": "english"}
    (claim,) = read_claims(example.encode(), "claims.yaml", CONTEXT, typographies, problems).values()
    assert (problems, claim.verdict.verdict) == ([], "open")


@GUIDES
def test_a_guide_links_to_what_there_is(guide: Guide) -> None:
    anchors = {slug(title) for title in re.findall(r"^#+ (.*)$", guide.text, re.MULTILINE)}
    for target in re.findall(r"\]\(([\w.-]+\.md(?:#[^)]*)?|#[^)]*)\)", guide.text):
        file, _, anchor = target.partition("#")
        assert (ROOT / "docs" / file).is_file() if file else anchor in anchors, target


def slug(title: str) -> str:
    """Return the anchor that GitHub and GitLab give a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


@pytest.fixture
def site(small_site: Site) -> Site:
    """Return the small site, which was built before."""
    return small_site


@pytest.mark.parametrize("page", ["README.md", "docs/editors.fr.md", "docs/editors.en.md"])
def test_the_article_of_the_documentation_is_published_in_both_languages(page: str, site: Site, build: Build) -> None:
    pair = PAIR.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [Path(file).name for file, _ in pair] == ["index.fr.md", "index.en.md"]
    for file, text in pair:
        path = site.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    output = build(site).output
    assert (output / "fr/articles/un-cable-promis-aux-iles-pour-2028/index.html").is_file()
    assert (output / "en/articles/a-cable-promised-to-the-islands-for-2028/index.html").is_file()


def test_the_readme_lists_the_targets_that_make_help_lists() -> None:
    helped = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^\| `make ([a-z]+)", README, re.MULTILINE)) == set(
        re.findall(r"make ([a-z]+) {2,}", helped)
    )


@pytest.mark.parametrize("server", ["nginx", "caddyfile"])
def test_the_examples_of_servers_send_the_headers_of_the_build(server: str, small_output: Path) -> None:
    page = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    example = page.partition(f"```{server}\n")[2].partition("```")[0]
    headers = re.findall(
        r"^  ([A-Za-z-]+): (.*)$", (small_output / "_headers").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert headers
    for name, value in headers:
        assert name in example
        assert value in example


PROMISE = re.compile(r"^\| (?!Promise|Who|---)(.+) \| `(test_\w+\.py)::(test_\w+)` \|$", re.MULTILINE)


def test_every_promise_of_security_names_a_test_that_there_is() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    promised = page.partition("## What is promised")[2].partition("\n## ")[0]
    rows = [line for line in promised.splitlines() if line.startswith("| ") and not line.startswith("| Promise")]
    found = PROMISE.findall(promised)
    assert len(found) == len(rows) > 20
    for promise, file, name in found:
        assert re.search(rf"^def {name}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"), re.MULTILINE), promise


def test_a_decision_has_a_number_of_its_own_and_refers_to_those_that_there_are() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        title, _, status, *_ = page.read_text(encoding="utf-8").split("\n")
        assert title.startswith(f"# {int(page.name[:4])}. ")
        referred = re.findall(r"(?<![-\d])\d{1,2}(?![-\d])", re.sub(r"\([\w.-]+\.md\)", "", status))
        assert all(int(number) <= len(pages) for number in referred), page.name


def test_links_to_decisions_lead_to_them() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")):
        for number, file in re.findall(r"\[(?:decision )?(\d+)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / file).is_file(), f"{page.name}: {file}"
            assert Path(file).name.startswith(f"{int(number):04}-"), f"{page.name}: {file}"


# --- two guides, one structure -------------------------------------------------------------


def outline(guide: Guide) -> list[str]:
    """Return the levels of the headings of a guide, in order."""
    return re.findall(r"^(#+) ", guide.text, re.MULTILINE)


def test_the_guides_have_the_same_sections_in_the_same_order() -> None:
    assert outline(FRENCH) == outline(ENGLISH)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Ce que dit `make check`", "What `make check` says"),
        ("Les figures", "Figures"),
        ("Erreurs courantes", "What the messages mean"),
    ],
)
def test_the_tables_of_the_guides_have_as_many_rows(french: str, english: str) -> None:
    counts = [
        guide.text.partition(f"\n## {title}\n")[2].partition("\n## ")[0].count("\n| ")
        for guide, title in ((FRENCH, french), (ENGLISH, english))
    ]
    assert counts[0] == counts[1] > 5


MESSAGES = ROOT / "plugins/newsroom/translations/fr/LC_MESSAGES/problems.po"


def told(language: str) -> set[str]:
    """Return what editors are told in a language, every form of it."""
    with MESSAGES.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    found = [message.id if language == "en" else message.string for message in catalogue if message.id]
    return {form for each in found for form in ([each] if isinstance(each, str) else each)}


@pytest.mark.parametrize(("guide", "language"), [(FRENCH, "fr"), (ENGLISH, "en")])
def test_every_message_that_a_guide_explains_is_one_that_editors_are_told(guide: Guide, language: str) -> None:
    known = [re.sub(r"\s", " ", text) for text in told(language)]
    last = guide.text[guide.text.rindex("\n## ") :]
    rows = re.findall(r"^\| `(.+?)` \|", last, re.MULTILINE)
    assert len(rows) > 25
    for row in rows:
        parts = re.split(r"“[^”]*”|«[^»]*»|…|\(…\)|<img>", re.sub(r"\s", " ", row))
        pattern = re.compile(".*".join(re.escape(part.strip()) for part in parts))
        assert any(pattern.search(text) for text in known), row
