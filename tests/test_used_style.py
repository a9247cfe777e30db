"""A page holds the rules that it uses, and no others: told from the page itself."""

import pytest
import rcssmin
from browser import OpenPage, Served
from hypothesis import given
from hypothesis import strategies as st
from properties import examples
from site_builder import ROOT

from newsroom.theme.assets import load_assets
from newsroom.theme.looks import Looks
from newsroom.theme.used_style import names_in, parse_style, used_style

ASSETS = load_assets(ROOT / "theme", "")
SHEET = (
    "@layer base,page;@font-face{font-family:F;src:url(a;b{c.woff2)}@layer base{:root{--ink:#000}p,.meta{margin:0}"
    '.quote::before{content:"}{;"}@media print{.skip{display:none}nav a:hover{color:red}}}'
    "@page{margin:1cm}@layer page{.list:has(>.old,.new)>li:not(.first){top:0}a[href^='x,y{'],td{left:0}}"
)
BODY = '<body class="page-article"><p class="meta small">…</p><nav><a href="/">…</a></nav></body>'


def test_what_can_match_nothing_is_left_out_of_lists_and_of_groups() -> None:
    assert used_style(parse_style(SHEET), names_in(BODY)) == (
        "@layer base,page;@font-face{font-family:F;src:url(a;b{c.woff2)}@layer base{:root{--ink:#000}p,.meta{margin:0}"
        "@media print{nav a:hover{color:red}}}@page{margin:1cm}@layer page{a[href^='x,y{']{left:0}}"
    )


@pytest.mark.parametrize("kind", [*ASSETS.styles, ""])
def test_a_page_that_has_everything_keeps_the_whole_sheet(kind: str) -> None:
    rules = parse_style(ASSETS.style_of(kind))
    names = frozenset().union(*(rule.names for rule in rules))
    assert used_style(rules, names) == ASSETS.style_of(kind)


_NAMES = st.sampled_from(["p", "li", "nav", ".meta", ".old", ".quote", ":is(p,.old)", ":not(.x)", "[lang]", "*"])
_SELECTORS = st.lists(st.lists(_NAMES, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3)
_RULES = st.builds(lambda names, value: f"{','.join(names)}{{margin:{value}px}}", _SELECTORS, st.integers(0, 99))
_SHEETS = st.lists(_RULES | st.lists(_RULES, min_size=1).map(lambda inside: f"@media print{{{''.join(inside)}}}"))


@examples(300)
@given(_SHEETS.map("".join), st.frozensets(st.sampled_from(["p", "li", "nav", ".meta", ".old", ".quote"])))
def test_what_is_used_is_a_part_of_the_sheet_in_its_order(sheet: str, names: frozenset[str]) -> None:
    found = used_style(parse_style(sheet), names)
    rest = iter(sheet)
    assert all(sign in rest for sign in found)
    assert rcssmin.cssmin(found) == found
    assert used_style(parse_style(found), names) == found
    assert used_style(parse_style(sheet), frozenset()) == used_style(parse_style(found), frozenset())


@pytest.mark.parametrize("selector", ["#part", "p#part", "p #main:hover"])
def test_an_id_is_not_the_name_of_an_element(selector: str) -> None:
    sheet = f"{selector}{{margin:0}}"
    assert used_style(parse_style(sheet), frozenset(("p",))) == sheet


def test_pages_that_use_the_same_share_one_style_and_its_policy() -> None:
    styles = Looks(ASSETS)
    assert styles.of("article", BODY) is styles.of("article", BODY.replace("…", "other words"))
    longer = styles.of("article", BODY.replace("small", "prose"))
    assert ".prose" in longer.style
    assert ".prose" not in styles.of("article", BODY).style
    assert longer.policy != styles.of("article", BODY).policy


@pytest.mark.browser
def test_no_rule_that_matches_something_is_missing(served: Served, open_page: OpenPage) -> None:
    """Whatever the state of the elements: states and parts of elements are taken off the selectors."""
    missing = {}
    for specimen in served.specimens:
        page = open_page()
        page.goto(served.url(specimen))
        missing[specimen.path] = page.evaluate(
            """(whole) => {
                const sheet = (text) => { const made = new CSSStyleSheet(); made.replaceSync(text); return made; };
                const within = ({ cssRules }) => [...cssRules].flatMap((rule) =>
                    rule.selectorText ? [[rule.selectorText, rule.style.cssText]] : rule.cssRules ? within(rule) : []);
                const selectors = (text) => text.split(/,(?![^(]*\\))/).map((part) => part.trim());
                const rules = (text) => within(sheet(text))
                    .flatMap(([text, style]) => selectors(text).map((selector) => [selector, style].join(" ")));
                const held = new Set(rules(document.querySelector("style").textContent));
                const states = /::[a-z-]+|:(hover|focus|focus-visible|open|checked|disabled|first-child)(?![a-z-])/g;
                return within(sheet(whole)).flatMap(([text, style]) => selectors(text).filter((selector) =>
                    !held.has(`${selector} ${style}`)
                    && document.querySelector(selector.replaceAll(states, "").replace(/(^|[ >+~])$/, "$1*"))));
            }""",
            load_assets(ROOT / "theme", "").style_of(specimen.kind),
        )
    assert {path: selectors for path, selectors in missing.items() if selectors} == {}
