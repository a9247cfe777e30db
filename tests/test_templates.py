"""Each template says what it needs, and needs what it says."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from jinja2.meta import find_referenced_templates
from site_builder import ROOT

from newsroom.build.template_digests import references
from newsroom.outputs.surroundings import FOR_EVERYBODY

FOLDER = ROOT / "theme" / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"])
#: What a template is given: by the environment, and by what renders templates of its folder.
WORDS = {"gettext", "ngettext", "pgettext", "npgettext"}
FUNCTIONS = {"range", "dict", "namespace", "kept", "words_in"}
GIVEN = {
    "feeds": {"site", "item", "html"},
    "email": {"site", "letter", "part", "parts", "others", "body", "styles", "html", "unsubscribe", "item"},
}
PAGE = {"site", "page", "look_of", "html", "picture"}
#: What a macro may see beside its arguments: it is called once for the same of them.
SHARED = {"site"}


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def tree_of(path: Path) -> nodes.Template:
    return ENVIRONMENT.parse(path.read_text(encoding="utf-8"))


def imported(tree: nodes.Template) -> dict[str, str]:
    """Return the names that a template imports, each with the template that it comes from."""
    found = {}
    for node in tree.find_all(nodes.FromImport):
        assert isinstance(node.template, nodes.Const)
        for name in node.names:
            found[name[1] if isinstance(name, tuple) else name] = node.template.value
    return found


def used(tree: nodes.Template) -> set[str]:
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def missing(tree: nodes.Template) -> set[str]:
    """Return the names that a template uses and has neither imported nor made."""
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    return used(tree) - made - {macro.name for macro in tree.find_all(nodes.Macro)} - imported(tree).keys()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_what_a_template_imports_it_uses(path: Path) -> None:
    tree = tree_of(path)
    assert sorted(imported(tree).keys() - used(tree)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_what_a_template_uses_it_imports_itself(path: Path) -> None:
    """A partial that lived on the imports of one page would fail on the next that includes it."""
    given = GIVEN.get(name_of(path).split("/")[0], PAGE)
    assert sorted(missing(tree_of(path)) - WORDS - FUNCTIONS - {"self", "super", "loop", "caller"} - given) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_macros_do_not_see_the_page_that_they_are_used_on(path: Path) -> None:
    """What one makes stands on the pages of a whole language."""
    assert not [node for node in tree_of(path).find_all(nodes.FromImport) if node.with_context]
    if path.parent.name == "macros":
        assert sorted(missing(tree_of(path)) - WORDS - FUNCTIONS - {"loop", "caller"} - SHARED) == []


def test_every_macro_is_used() -> None:
    wanted = {(source, name) for path in TEMPLATES for name, source in imported(tree_of(path)).items()}
    for path in TEMPLATES:
        tree = tree_of(path)
        for macro in tree.find_all(nodes.Macro):
            assert (name_of(path), macro.name) in wanted or macro.name in used(tree), f"{name_of(path)}: {macro.name}"


def test_every_partial_is_included() -> None:
    found = {
        node.template.value
        for path in TEMPLATES
        for node in tree_of(path).find_all(nodes.Include)
        if isinstance(node.template, nodes.Const) and node.template.value.startswith("partials/")
    }
    assert found == {name_of(path) for path in TEMPLATES if path.parent.name == "partials"}


@pytest.mark.parametrize(
    ("source", "unused", "absent"),
    [
        ('{% from "macros/text.html" import link %}{{ link(page) }}', set(), set()),
        ('{% from "macros/text.html" import link, time %}{{ link(page) }}', {"time"}, set()),
        ("{% macro link(x) %}{{ time(x) }}{% endmacro %}{{ link(page) }}", set(), {"time"}),
    ],
)
def test_the_looking_itself_is_looked_at(source: str, unused: set[str], absent: set[str]) -> None:
    tree = ENVIRONMENT.parse(source)
    assert imported(tree).keys() - used(tree) == unused
    assert missing(tree) - {"page"} == absent


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_only_pages_for_everybody_say_words_in_a_language_that_they_choose(path: Path) -> None:
    """Other pages are made again when the words of their own language change, and no others."""
    chosen = "words_in" in used(tree_of(path))
    assert not chosen or name_of(path).removesuffix(".html") in FOR_EVERYBODY


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_page_is_made_again_when_any_template_that_it_refers_to_changes(path: Path) -> None:
    """Tags are read without parsing what is between them; Jinja, which parses it, finds the same."""
    found = [name for name in find_referenced_templates(tree_of(path)) if name]
    assert set(references(ENVIRONMENT, path.read_text(encoding="utf-8"))) == set(found)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{%- include ['a', \"b\"] ignore missing -%} {{ 'c' }} {# {% include 'd' %} #}", ["a", "b"]),
        ("{% raw %}{% include 'a' %}{% endraw %}{% import 'b' as c %}{% if 'd' %}e{% endif %}", ["b"]),
        ("{% extends 'a' if page.x else 'b' %}{% set x = 'c' %}{{ include('d') }}", ["a", "b"]),
    ],
)
def test_names_of_templates_are_those_in_tags_that_refer_to_them(source: str, names: list[str]) -> None:
    assert list(references(ENVIRONMENT, source)) == names
