"""What the documentation says is so: keys, examples, targets, headers."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Build
from site_builder import ROOT, Site

from newsroom.content import frontmatter
from newsroom.content.claim_register import read_claims
from newsroom.content.readers import Context
from newsroom.content.schema import ARTICLE, EDITION, KINDS, PAGE, THREAD, TOPIC, Kind
from newsroom.problems import Problem

GUIDE = (ROOT / "docs" / "editors.fr.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTIONS = {
    "Les clés d’un article": ARTICLE,
    "Les clés d’un sujet": TOPIC,
    "Les clés d’une histoire": THREAD,
    "Les clés d’une édition": EDITION,
    "Les clés d’une page": PAGE,
}
CONTEXT = Context(("fr", "en"), "Europe/Paris")
ROW = re.compile(r"^\| `([a-z_]+)` \| ([^|]+) \| (.*) \|$", re.MULTILINE)
PAIR = re.compile(r"`(content/articles/[a-z-]+/index\.[a-z]+\.md)`\s*:\s*\n\n```markdown\n(.*?)```\n", re.DOTALL)


def rows() -> Iterator[tuple[Kind, str, str, str]]:
    """Yield (kind, key, where it is said, what it means) of every row of the tables of keys."""
    for title, kind in SECTIONS.items():
        section = GUIDE.partition(f"## {title}\n")[2].partition("\n## ")[0]
        for key, place, sense in ROW.findall(section):
            yield kind, key, place, sense


def test_the_guide_has_every_key_of_every_kind_and_no_other() -> None:
    told = {kind.folder: [key for other, key, *_ in rows() if other is kind] for kind in KINDS}
    assert {folder: sorted(keys) for folder, keys in told.items()} == {
        kind.folder: sorted(field.name for field in kind.fields) for kind in KINDS
    }


@pytest.mark.parametrize(
    ("kind", "key", "place", "sense"), [pytest.param(*row, id=f"{row[0].folder}-{row[1]}") for row in rows()]
)
def test_the_guide_says_where_a_key_is_said_and_its_example_is_read(
    kind: Kind, key: str, place: str, sense: str
) -> None:
    field = kind.field(key)
    assert field
    assert place.startswith("une fois" if field.neutral else "par langue")
    assert place.endswith("obligatoire") == field.required
    for example in re.findall(rf"`({key}: [^`]+)`", sense):
        mapping = frontmatter.parse_mapping(example, 1).data
        assert isinstance(mapping, dict)
        field.reader(mapping[key], CONTEXT)


@pytest.mark.parametrize("key", ["sources", "updates"])
def test_the_longer_examples_of_the_guide_are_read(key: str) -> None:
    blocks = re.findall(r"^( *)```yaml\n(.*?)^ *```", GUIDE, re.DOTALL | re.MULTILINE)
    example = next(text for _, text in blocks if text.lstrip().startswith(f"{key}:"))
    mapping = frontmatter.parse_mapping(example, 1).data
    field = ARTICLE.field(key)
    assert isinstance(mapping, dict)
    assert field
    assert field.reader(mapping[key], CONTEXT)


def test_the_claim_of_the_guide_is_read() -> None:
    (example,) = re.findall(r"^```yaml\n(cable-service-2028:.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    problems: list[Problem] = []
    typographies = {"fr": "french", "en": "english"}
    (claim,) = read_claims(example.encode(), "claims.yaml", CONTEXT, typographies, problems).values()
    assert (problems, claim.verdict.verdict) == ([], "open")


@pytest.mark.parametrize("page", ["README.md", "docs/editors.fr.md"])
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
