"""Templates compiled to plain calls say what Jinja says they do."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from newsroom.build.direct_templates import DirectEnvironment
from newsroom.build.rendering import render
from newsroom.problems import Problems

MACROS = """
{% macro plain(a) -%}<i>{{ a }}</i>{%- endmacro %}
{% macro two(a, b="none & all", class="") -%}{{ plain(a) }}{{ b }}{% if class %} {{ class }}{% endif %}{%- endmacro %}
{% macro rows(items) -%}{% for item in items %}{{ caller(item, loop.index) }}{% endfor %}{%- endmacro %}
{% macro many() -%}{{ varargs | join(",") }}{{ kwargs.last }}{%- endmacro %}
{% set words = {"a": "A & B"} %}
"""
BODIES = [
    "{{ plain(text) }}{{ plain(html) }}{{ plain(3) }}{{ plain(none) }}{{ plain(plain(text)) }}",
    "{{ two(text) }}|{{ two(text, html) }}|{{ two(text, class=text) }}|{{ two(b=1, a=2) }}|{{ two(*[1, 2]) }}",
    "{{ two(**{'a': 1, 'class': 2}) }}|{{ many(1, 2, last=3) }}|{{ text.upper() }}|{{ text.replace('&', '+') }}",
    "{% call(item, number) rows([text, html]) %}{{ number }}: {{ plain(item) }} {% endcall %}",
    "{% set kept %}{{ text }}<b>{% endset %}{{ kept }}{{ plain(kept) }}{{ kept | length }}{{ text ~ html }}",
    "{{ words.a }}{{ words['a'] }}{{ self.inner() }}{% block inner %}{{ plain(text) }}{% endblock %}",
    "{% for a in [1, 2] recursive %}{{ a }}{% if loop.depth0 == 0 %}{{ loop([7]) }}{% endif %}{% endfor %}",
    "{% include 'part' %}{% if text is defined and text | length > 2 %}{{ html | striptags | upper }}{% endif %}",
    "{% trans name=text, tag=html %}For {{ name }} and {{ tag }}{% endtrans %}{{ gettext('100 %%') }}",
    "{{ drawn }}{{ plain(drawn) }}{{ 1.5 }}{{ [text] }}{{ none }}{{ '' }}{{ \"'\" ~ '<' }}",
    "{{ ngettext('%(num)s of %(what)s', '%(num)s of many %(what)s', 2, what=text) }}",
]
IMPORT = '{% from "macros" import plain, two, rows, many, words %}'
OPTIONS: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n"]}


class Drawn:
    """What knows how it stands in HTML."""

    def __html__(self) -> str:
        return "<svg/>"


GIVEN = {"text": "R&D <em>", "html": Markup("<b>&amp;</b>"), "drawn": Drawn()}


def templates(body: str) -> DictLoader:
    return DictLoader({"macros": MACROS, "part": "<p>{{ text }}</p>", "page": IMPORT + body})


def furnished(environment: Any) -> Any:
    environment.install_null_translations(newstyle=True)
    return environment


def gettext(message: str, **values: object) -> Markup:
    return Markup(message) % values


def ngettext(one: str, many: str, num: int, **values: object) -> Markup:
    return Markup(one if num == 1 else many) % {"num": num, **values}


def direct(body: str) -> DirectEnvironment:
    environment = DirectEnvironment(loader=templates(body), **OPTIONS)
    environment.newstyle_gettext = True
    return environment.with_more({}, {"gettext": gettext, "ngettext": ngettext})


@pytest.mark.parametrize("body", BODIES)
def test_a_template_says_what_jinja_makes_of_it(body: str) -> None:
    usual = furnished(Environment(loader=templates(body), **OPTIONS))
    said = usual.get_template("page").render(**GIVEN)
    assert direct(body).get_template("page").render(**GIVEN) == said
    assert direct(body).get_template("page").render(**GIVEN) == said


@pytest.mark.parametrize(
    "body", ["{{ nobody }}", "{{ nobody() }}", "{{ text.nobody }}", "{{ plain() }}", "{{ words.b }}"]
)
def test_what_is_not_there_is_refused_with_its_line(body: str) -> None:
    with pytest.raises(UndefinedError):
        direct(body).get_template("page").render(**GIVEN)
    with pytest.raises(Problems) as caught:
        render(direct(f"\n\n{body}"), "page", **GIVEN)
    assert [problem.file for problem in caught.value.items] == ["theme/templates/page"]


def test_what_is_constant_in_one_language_is_not_in_another() -> None:
    """A template is compiled once, and what filters make of constants depends on the language."""
    environment = DirectEnvironment(loader=DictLoader({"page": '{{ "a" | said }}'}), **OPTIONS)

    def in_no_language(_: str) -> str:
        raise TypeError

    environment.filters["said"] = in_no_language
    loud, twice = (environment.with_more({"said": said}, {}) for said in (str.upper, lambda text: text * 2))
    assert [found.get_template("page").render() for found in (loud, twice)] == ["A", "aa"]


def test_environments_have_nothing_of_each_other() -> None:
    environment = DirectEnvironment(loader=DictLoader({"page": "{{ site }}"}), **OPTIONS)
    one, other = (environment.with_more({}, {"site": site}) for site in ("one", "other"))
    assert [found.get_template("page").render() for found in (one, other, one)] == ["one", "other", "one"]
