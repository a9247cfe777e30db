"""The rules of ``make check``: each finds what it is for, on its line, and nothing in what is right."""

import shutil
from pathlib import Path

import lxml.html
import pytest
from editorial_site import ENGLISH_BODY, FRENCH_BODY, copy_of, corpus_of, found, line_of, settings_of, write_sound_site
from hypothesis import given
from hypothesis import strategies as st
from properties import examples
from site_builder import NOW, Site, change, picture, set_value

from desk.hunspell import Hunspell
from desk.new import create, enter
from newsroom.content.threads import THREAD
from newsroom.problems import Problem
from newsroom.rules import RULES, problems_in
from newsroom.rules.addresses import kept_addresses, withdrawn
from newsroom.rules.claims import claimed, threads, updates, verdicts
from newsroom.rules.completeness import alternatives, sources, summaries, unused_files, unwritten
from newsroom.rules.conventions import dates_and_numbers, headlines, title_case
from newsroom.rules.editions import listed_articles, unlisted_articles, waiting
from newsroom.rules.manuscript import markup_of, read_manuscript
from newsroom.rules.markup import markup_of_others, removed_markup
from newsroom.rules.passages import passages_of
from newsroom.rules.redirects import counted_links
from newsroom.rules.shapes import crowd, forms
from newsroom.rules.spelling import spelling
from newsroom.rules.structure import headings, link_words
from newsroom.rules.translations import drift, missing_languages
from newsroom.rules.typesetting import marks_and_spaces
from newsroom.rules.unused import unused_entities, unused_terms
from newsroom.rules.vocabulary import vocabulary
from newsroom.text.wording import fingerprint

FRENCH = "content/articles/plan/index.fr.md"
ENGLISH = "content/articles/plan/index.en.md"


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that no rule has anything to say of."""
    site = Site(tmp_path_factory.mktemp("sound") / "site", NOW)
    site.content.mkdir(parents=True)
    write_sound_site(site.content)
    return site


@pytest.fixture
def copy(sound: Site, tmp_path: Path) -> Site:
    """Return a copy of the sound site, to be spoiled."""
    return copy_of(sound, tmp_path / "site")


def add(site: Site, language: str, text: str) -> int:
    """Add a paragraph to the plan in one language; return its line."""
    path = site.article("plan", language)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    return line_of(path, text.splitlines()[0])


def the_one(problems: list[Problem], file: str, line: int, *fragments: str) -> Problem:
    """Return the only problem, which must be in its place and say ``fragments``."""
    assert [(problem.file, problem.line) for problem in problems] == [(file, line)], problems
    for fragment in fragments:
        assert fragment in str(problems[0])
    assert str(problems[0].remedy)
    return problems[0]


def spelled(site: Site) -> list[Problem]:
    """Return what the spelling rule finds."""
    return sorted(spelling(corpus_of(site), Hunspell()))


@pytest.mark.programs
def test_nothing_is_found_in_a_sound_site(sound: Site) -> None:
    assert problems_in(corpus_of(sound), Hunspell()) == []


def test_every_rule_says_in_a_sentence_what_it_expects() -> None:
    assert all(rule.__doc__ and rule.__doc__.startswith("Expect") for rule in RULES)


# Languages


def test_a_missing_counterpart_is_reported_beside_the_text_that_exists(copy: Site) -> None:
    copy.text("pages", "about", "fr").unlink()
    set_value(copy.text("pages", "about", "en"), "date", "2026-11-01")
    the_one(found(copy, missing_languages), "content/pages/about/index.en.md", 1, "Français", "index.fr.md")


def test_a_translation_is_behind_when_its_original_has_changed(copy: Site) -> None:
    path = copy.article("plan", "en")
    set_value(path, "translated_from", fingerprint(FRENCH_BODY))
    assert found(copy, drift) == []
    add(copy, "fr", "Une phrase de plus.")
    the_one(found(copy, drift), ENGLISH, line_of(path, "translated_from"), "has changed since", "index.fr.md")


def test_a_translation_whose_original_is_gone_is_reported(copy: Site) -> None:
    path = copy.article("plan", "en")
    facts = copy.article("plan", "fr").read_text(encoding="utf-8")
    copy.article("plan", "fr").write_text(facts.replace("---\n", "---\ntranslated_from: 0123456789abcdef\n", 1))
    path.unlink()
    the_one(found(copy, drift), FRENCH, 2, "is gone", "delete this line")


# Completeness


@pytest.mark.parametrize(("count", "said"), [(0, "0 sources"), (1, "1 source ")])
def test_an_article_with_fewer_than_two_sources_is_reported(copy: Site, count: int, said: str) -> None:
    path = copy.article("plan", "fr")
    source = {"publisher": "The Courier", "date": "2016", "language": "en"}
    set_value(path, "sources", [source] * count or None)
    line = line_of(path, "sources:") if count else 1
    the_one(found(copy, sources), FRENCH, line, said, "at least 2")


def test_a_summary_of_more_than_200_characters_is_reported(copy: Site) -> None:
    path = copy.article("plan", "en")
    set_value(path, "summary", "a" * 200)
    assert found(copy, summaries) == []
    set_value(path, "summary", "a" * 201)
    the_one(found(copy, summaries), ENGLISH, line_of(path, "summary:"), "201 characters", "200")


def test_what_was_begun_and_is_not_written_is_reported(copy: Site) -> None:
    project = settings_of(copy)
    paths = [
        create(project, THREAD, "Une suite", "fr", {"key": "next"}),
        enter(project, "glossary", "Débit", "fr", {}),
    ]
    told = found(copy, unwritten)
    names = [path.relative_to(copy.root).as_posix() for path in paths]
    assert {problem.file for problem in told} == {*names, "content/claims.yaml"}
    assert {problem.key for problem in told if problem.file == names[0]} == {"summary", "story", ""}


def test_the_name_of_a_file_is_no_alternative_text(copy: Site) -> None:
    path = copy.article("plan", "fr")
    set_value(path, "alt", "map.png")
    the_one(found(copy, alternatives), FRENCH, line_of(path, "alt:"), "the name of a file")
    set_value(path, "alt", "Une carte")
    line = add(copy, "fr", "![map](map.png)")
    the_one(found(copy, alternatives), FRENCH, line, "the name of a file")


def test_a_draft_needs_a_text_for_its_picture_as_well(copy: Site) -> None:
    set_value(copy.article("plan", "fr"), "draft", True)
    set_value(copy.article("plan", "fr"), "alt", None)
    the_one(found(copy, alternatives), FRENCH, 1, "alt", "no text")


def test_a_file_that_no_text_shows_is_reported(copy: Site) -> None:
    folder = copy.article("plan", "fr").parent
    (folder / "shown.png").write_bytes(picture())
    (folder / "forgotten.png").write_bytes(picture())
    (folder / ".DS_Store").write_bytes(b"")
    add(copy, "en", "![The coast](shown.png)")
    the_one(found(copy, unused_files), "content/articles/plan/forgotten.png", 0, "no text of this folder")


# Structure


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A second title", "title of the page"),
        ("A second title\n==============", "title of the page"),
        ("> # Quoted title", "title of the page"),
        ("#### Too deep", "level 4 under one of level 2"),
    ],
)
def test_a_heading_out_of_order_is_reported_on_its_line(copy: Site, text: str, said: str) -> None:
    line = add(copy, "en", text)
    problem = found(copy, headings)[0]
    assert (problem.file, said in str(problem.message)) == (ENGLISH, True)
    assert problem.line - line in (0, text.count("\n"))


@pytest.mark.parametrize("text", ["    # a remark in code", "```\n# a remark in code\n```", "`# code`", "### Deeper"])
def test_what_is_no_heading_or_a_heading_in_order_is_let_be(copy: Site, text: str) -> None:
    add(copy, "en", text)
    assert found(copy, headings) == []


@pytest.mark.parametrize(
    ("words", "count", "said"), [(120, 1, "a brief"), (400, 6, "a news"), (1_200, 1, "a long read")]
)
def test_an_article_has_the_subheadings_of_its_form(copy: Site, words: int, count: int, said: str) -> None:
    path = copy.article("plan", "en")
    parts = "".join(f"\n## Part {number}\n" for number in range(count))
    change(path, ENGLISH_BODY, f"{'Word. ' * words}\n{parts}")
    the_one(found(copy, forms), ENGLISH, line_of(path, "Word. "), said, f"{count} subheading")


@pytest.mark.parametrize("words", [30, 250, 850, 2_400])
def test_an_article_is_a_brief_a_news_article_or_a_long_read(copy: Site, words: int) -> None:
    path = copy.article("plan", "en")
    change(path, ENGLISH_BODY, "Word. " * words)
    the_one(found(copy, forms), ENGLISH, line_of(path, "Word. "), f"{words} words", "a brief (80 to 200)")


#: A habit: the words of the title and of the body, and what is told to an article that has it with most others.
HABITS = {
    "three subheadings": (
        "Cable {}",
        "## One\n\nWord.\n\n## Two\n\nWord.\n\n## Three\n\nWord.",
        "it has 3 subheadings",
    ),
    "the date first": ("Cable {}", "On Friday 1 May 2026, word.", "its first paragraph gives its date"),
    "a colon": ("Cable {}: a start", "Word.", "its title holds a colon"),
    "halves": ("Cable {}", "## A start, an end\n\nWord.", "it has a heading of two halves and a comma"),
    "the unknown": ("Cable {}", "Word.\n\nWhether it pays remains to be seen.", "it ends on what nobody knows"),
}


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("others", [3, 13])
def test_what_most_articles_share_is_told_to_those_that_share_it(copy: Site, habit: str, others: int) -> None:
    """Among few articles, or where a few do it, nothing is a habit."""
    title, body, said = HABITS[habit]
    for number in range(others):
        path = copy.article(f"cable-{number}", "en")
        path.parent.mkdir()
        path.write_text(
            f'---\ntitle: "{title.format(number)}"\nslug: cable-{number}\nsummary: "x"\ndate: 2026-05-01\n'
            f"topics: [networks]\nstatus: announced\n---\n{body}\n",
            encoding="utf-8",
        )
    told = [problem for problem in found(copy, crowd) if said in str(problem.message)]
    assert len({problem.file for problem in told}) == (others if others > 12 else 0)


@pytest.mark.parametrize(
    "words", ["ici", "Ici", "cliquez ici", "lien", "here", "click here", "Link", "**here**", "«  ici »"]
)
def test_link_words_that_say_nothing_are_reported(copy: Site, words: str) -> None:
    line = add(copy, "en", f"The report is [{words}](https://example.org/report).")
    the_one(found(copy, link_words), ENGLISH, line, "does not say where it leads")


def test_link_words_that_name_the_place_are_let_be(copy: Site) -> None:
    add(
        copy,
        "en",
        "Read [what is here to stay](https://example.org/here), or [the plan](article:plan).[^1]\n\n[^1]: Here.",
    )
    assert found(copy, link_words) == []


# Markup


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("Text <style>p {}</style> text", "<style>"),
        ('A <a href="https://example.org/" onclick="x()">report</a>', "“onclick” of <a>"),
        ('A <span style="color: red">word</span>', "“style” of <span>"),
        ("Press <Ctrl> now", "<ctrl>"),
        ("<h1>Title</h1>", "<h1>"),
        ("A [word](https://example.org/){: .button }", "“.button”"),
        ("A [word](https://example.org/){: onclick=x }", "“onclick=x”"),
        ("See [the report](javascript:void)", "address of the link “the report”"),
        ('See <a href="javascript:void">the report</a>', "address of the link “the report”"),
    ],
)
def test_markup_that_the_page_loses_is_reported_on_its_line(copy: Site, text: str, said: str) -> None:
    line = add(copy, "en", text)
    the_one(found(copy, removed_markup), ENGLISH, line, said)


@pytest.mark.parametrize(
    "text",
    [
        'A <span lang="fr">mot</span>, an <abbr title="x">X</abbr>.',
        "Write `<script>` in code.",
        "```html\n<script>alert(1)</script>\n```",
        "    <style>indented</style>",
        "<!-- <script> in a remark -->",
        "See <https://example.org/> and <mail@example.org>, 3 < 4 and 5 > 4.",
        "### Deeper {#deeper}",
        "A word {in braces} and a set {a, b}.",
    ],
)
def test_markup_that_the_page_keeps_is_let_be(copy: Site, text: str) -> None:
    add(copy, "en", text)
    assert found(copy, removed_markup) == []


@pytest.mark.parametrize(
    ("text", "followed"),
    [
        ("See [[plan]] and more.", "See [the plan](article:plan) and more."),
        ("See [[plan|the plan]].", "See [the plan](article:plan)."),
        ("A ==marked== word.", "A <mark>marked</mark> word."),
        ("- [ ] to do", "- to do"),
        ("* [x] done", "* done"),
        ("> [!note] A title", "> A title"),
        ("> [!WARNING]\n> Beware.", "> Beware."),
        ("A word %%for me%% here.", "A word <!-- for me --> here."),
    ],
)
def test_the_markup_of_other_programs_is_reported_until_it_is_written_as_advised(
    copy: Site, text: str, followed: str
) -> None:
    path = copy.article("plan", "en")
    good = path.read_text(encoding="utf-8")
    line = add(copy, "en", text)
    the_one(found(copy, markup_of_others), ENGLISH, line, "is not Markdown")
    path.write_text(good, encoding="utf-8")
    add(copy, "en", followed)
    assert found(copy, markup_of_others) == []


@pytest.mark.parametrize(
    "text",
    ["`[[a]]` and `==b==`", "[[1]](https://e.org/)", "a == b, c == d", "a === b", "10 %% 20", "- [a](https://e.org/)"],
)
def test_what_only_looks_like_the_markup_of_other_programs_is_let_be(copy: Site, text: str) -> None:
    add(copy, "en", text)
    assert found(copy, markup_of_others) == []


# Typography


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", 'Il a dit "non" hier.', "straight quotation mark"),
        ("fr", "Les Etats' réponses.", "straight apostrophe"),
        ("fr", "Quoi?Vraiment.", "no space after this mark"),
        ("fr", "Un mot - puis un autre.", "a hyphen stands for a dash"),
        ("fr", "La fin … ou presque.", "before an ellipsis"),
        ("fr", "Un mot , puis un autre.", "before a comma"),
        ("fr", "Un ‘mot’ de l‘image.", "wrong way round"),
        ("en", 'He said "no" yesterday.', "straight quotation mark"),
        ("en", "He said ‘no' yesterday.", "straight apostrophe"),
        ("en", "Is it true ?", "before this mark"),
        ("en", "He said « no » yesterday.", "another language"),
        ("en", "For 58 % of homes.", "per cent sign"),
        ("en", "He said ”no“ yesterday.", "wrong way round"),
    ],
)
def test_a_mark_or_space_that_is_wrong_is_reported_on_its_line(copy: Site, language: str, text: str, said: str) -> None:
    line = add(copy, language, text)
    problems = found(copy, marks_and_spaces)
    assert problems
    assert {(problem.file, problem.line) for problem in problems} == {
        (f"content/articles/plan/index.{language}.md", line)
    }
    assert said in str(problems[0].message)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« Oui ! » dit-il ; 12 800 km, 58 %, 8 h 30 : tout y est… Vraiment ?!"),
        ("fr", 'Le `code "brut"` et <span lang="en">he said “no”: why?</span> passent.'),
        ("fr", "Voir [le rapport](https://example.org/a?b=c;d) : il est long[^1] ; lisez.\n\n[^1]: Très long."),
        ("fr", 'Écrire <u>58% "ainsi"</u> est une faute.'),
        ("en", "“Yes,” he said: 12,800 km, 58%, 8:30 a.m. – all of it… Really?"),
        ("en", 'A <span lang="fr">« mot »</span> and `"code"`.'),
    ],
)
def test_what_is_set_as_it_should_be_is_let_be(copy: Site, language: str, text: str) -> None:
    add(copy, language, text)
    assert found(copy, marks_and_spaces) == []


def test_what_a_text_leaves_out_is_shown_as_an_ellipsis(copy: Site) -> None:
    line = add(copy, "fr", "Le mot `brut` , oui.")
    the_one(found(copy, marks_and_spaces), FRENCH, line, "in “Le mot … , oui.”")


@pytest.mark.programs
def test_titles_of_sources_keep_their_words_and_lose_their_straight_marks(copy: Site) -> None:
    path = copy.article("plan", "fr")
    source = {"publisher": "The Courier", "date": "2016-10-21", "language": "en"}
    titles = ["A color center, October 21, 2016", 'A "color" center']
    set_value(path, "sources", [{**source, "title": title} for title in titles])
    problems = problems_in(corpus_of(copy), Hunspell())
    assert {(problem.line, problem.key) for problem in problems} == {(line_of(path, "sources:"), "sources")}
    assert all("straight quotation mark" in str(problem.message) for problem in problems)


@pytest.mark.parametrize("key", ["title", "summary", "alt"])
def test_front_matter_is_proofread_under_its_key(copy: Site, key: str) -> None:
    path = copy.article("plan", "en")
    set_value(path, key, 'A "plan" is made')
    problem = found(copy, marks_and_spaces)[0]
    assert (problem.file, problem.line, problem.key) == (ENGLISH, line_of(path, f"{key}:"), key)


def test_notes_and_glossary_are_proofread_in_each_language(copy: Site) -> None:
    note = {"date": "2020-01", "significant": False, "fr": "Vraiment: non.", "en": 'A "note".'}
    set_value(copy.article("plan", "fr"), "updates", [note])
    change(copy.content / "glossary.yaml", "What may be spent", 'What \\"may\\" be spent')
    places = {(problem.file, problem.key) for problem in found(copy, marks_and_spaces)}
    assert places == {(FRENCH, "updates"), ("content/glossary.yaml", "ceiling")}


# Dates, numbers, headlines


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", "Le 2ème vol.", "Write 2e"),
        ("fr", "La 3ième fois.", "Write 2e"),
        ("fr", "La 1ère fois.", "Write 1re"),
        ("fr", "Au XXème siècle.", "Write 2e, 3e, XXe"),
        ("fr", "Le 12 Novembre, peut-être.", "Write novembre"),
        ("fr", "Paru en Novembre 2026.", "Write novembre"),
        ("fr", "Il vole à 82.7 km.", "a comma in French"),
        ("fr", "Pour 1,200,000 foyers.", "by spaces in French"),
        ("fr", "Il coûte $400.", "follows the number"),
        ("fr", "À 8h30 précises.", "8 h 30"),
        ("en", "On 1st October.", "no ordinal"),
        ("en", "On the 1st of October.", "no ordinal"),
        ("en", "On October 21st.", "no ordinal"),
        ("en", "On October 21, 2016.", "the day comes first"),
        ("en", "On 21 october 2016.", "Write October"),
        ("en", "Published in october 2016.", "Write October"),
        ("en", "At 82,7 km.", "a point in English"),
        ("en", "For 12 800 homes.", "by commas in English"),
        ("en", "It costs 400 £.", "before the number"),
    ],
)
def test_a_date_or_number_of_another_language_is_reported(copy: Site, language: str, text: str, said: str) -> None:
    line = add(copy, language, text)
    problems = found(copy, dates_and_numbers)
    assert {problem.line for problem in problems} == {line}
    assert any(said in str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "En novembre 2026, le 1er juin et le 2e vol. Novembre 2026 approche. La 1re fois, à 8 h 30, 82,7 km."),
        (
            "fr",
            "Mars est une planète ; le 21 novembre 2026, 12 800 km et 10 000 €. Les 1ers essais, en 2030 Mars.",
        ),
        ("fr", '<span lang="en">12,800 km</span>, `12.5 km` et 1,2 million.'),
        ("en", "In March 2019, on 21 October 2016, 12,800 km, £400m and 82.7 km."),
        (
            "en",
            "On 30 July 2026 500 satellites; in 2026 500 more. The 21st century. Of the 12 may three fly?",
        ),
    ],
)
def test_dates_and_numbers_as_the_language_has_them_are_let_be(copy: Site, language: str, text: str) -> None:
    add(copy, language, text)
    assert found(copy, dates_and_numbers) == []


@pytest.mark.parametrize(
    "title",
    ["Google Drops Out of the Pentagon Contract", "A Cable Promised for the Coast", "Le Câble Promis aux Villes"],
)
def test_a_headline_in_title_case_is_reported(copy: Site, title: str) -> None:
    path = copy.article("plan", "en")
    set_value(path, "title", title)
    the_one(found(copy, headlines), ENGLISH, line_of(path, "title:"), "capitals on most")


def test_a_subheading_in_title_case_is_reported(copy: Site) -> None:
    line = add(copy, "en", "## The Rules of the Tender Process")
    the_one(found(copy, headlines), ENGLISH, line, "capitals on most")


@pytest.mark.parametrize(
    "title",
    [
        "Google drops out of JEDI: principles, and clearances",
        "New Glenn reaches orbit and loses its booster",
        "Google and Facebook back a direct Los Angeles–Hong Kong cable",
        "Pacific cable: Washington wants no stop in Hong Kong",
        "La DISA veut une place de marché",
        "The Facebook Google cable",
        "Un Câble est mis",
        "JEDI",
    ],
)
def test_names_and_acronyms_make_no_title_case(title: str) -> None:
    assert not title_case(title, vocabulary(["Google", "Facebook", "New Glenn", "Los Angeles", "Hong Kong"]))


# Threads and claims


def test_a_thread_of_one_article_is_reported(copy: Site) -> None:
    set_value(copy.article("plan", "fr"), "thread", None)
    the_one(found(copy, threads), "content/threads/cable/index.fr.md", 1, "1 article", "thread: cable")


@pytest.mark.parametrize(
    ("told", "late"), [("2020-06-16", True), ("2020-06-17", False), ("2020-06", False), ("2019", True)]
)
def test_a_story_older_than_its_last_article_is_reported(copy: Site, told: str, late: bool) -> None:
    path = copy.text("threads", "cable", "fr")
    set_value(path, "as_of", told)
    problems = found(copy, threads)
    if late:
        the_one(problems, "content/threads/cable/index.fr.md", line_of(path, "as_of"), "older than “refusal”")
    else:
        assert problems == []


def test_an_article_after_the_end_of_its_thread_is_reported(copy: Site) -> None:
    path = copy.text("threads", "cable", "fr")
    set_value(path, "closed", "2020-06-16")
    the_one(found(copy, threads), "content/threads/cable/index.fr.md", line_of(path, "closed"), "“refusal”", "closed")
    set_value(path, "closed", "2020-06-17")
    assert found(copy, threads) == []
    set_value(path, "closed", "2021")
    the_one(found(copy, threads), "content/threads/cable/index.fr.md", line_of(path, "closed"), "story so far")


def test_an_address_that_the_title_no_longer_gives_and_a_folder_that_is_gone_are_told(copy: Site) -> None:
    addresses = "articles/plan fr un-cable-est-promis\narticles/old-plan fr ancien\n"
    (copy.content / "published.txt").write_text(addresses, encoding="utf-8")
    assert found(copy, kept_addresses) == []
    the_one(found(copy, withdrawn), "content/articles/old-plan", 0, "was published, and is gone")
    path = copy.article("plan", "fr")
    set_value(path, "title", "Un câble est abandonné")
    told = ("keeps its published address, un-cable-est-promis", "slug: un-cable-est-abandonne")
    the_one(found(copy, kept_addresses), FRENCH, line_of(path, "title:"), *told)


def test_what_waits_for_its_day_is_told_until_then(copy: Site) -> None:
    path = copy.article("refusal", "fr")
    set_value(path, "date", "2027-06-17")
    name = "content/articles/refusal/index.fr.md"
    the_one(found(copy, waiting), name, line_of(path, "2027-06-17"), "waits until 2027-06-17 00:00")
    set_value(path, "publish", "2027-06-18T08:00")
    the_one(found(copy, waiting), name, line_of(path, "2027-06-18"), "waits until 2027-06-18 08:00")
    set_value(path, "draft", True)
    assert found(copy, waiting) == []


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ({"date": "2015-01"}, "dated before its article (2016-10-12)"),
        ({"date": "2026-11-22"}, "has not come yet"),
        ({"date": "2017", "added": "2026-11-22"}, "has not come yet"),
        ({"date": "2017", "added": "2016-12"}, "added (2016-12) before it happened"),
    ],
)
def test_a_note_whose_days_cannot_be_is_reported(copy: Site, note: dict[str, str], said: str) -> None:
    path = copy.article("plan", "fr")
    set_value(path, "updates", [{"significant": False, "fr": "Une note.", "en": "A note.", **note}])
    the_one(found(copy, updates), FRENCH, line_of(path, "updates:"), said)


def test_a_note_of_the_past_is_let_be(copy: Site) -> None:
    text = {"significant": False, "fr": "Une note.", "en": "A note."}
    set_value(copy.article("plan", "fr"), "updates", [{"date": "2017", "added": "2026-11-21", **text}])
    assert found(copy, updates) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"judged": "2026-11-20"', '"judged": "2026-12-20"', "dated in the future"),
        ('"announced": "2016-10-12"', '"announced": "2016-10-12", "expected": "2015"', "before it was announced"),
    ],
)
def test_a_claim_whose_days_cannot_be_is_reported(copy: Site, old: str, new: str, said: str) -> None:
    path = copy.content / "claims.yaml"
    change(path, old, new)
    the_one(found(copy, verdicts), "content/claims.yaml", 1, said)


def test_a_claim_that_no_article_is_about_is_noted(copy: Site) -> None:
    assert found(copy, claimed) == []
    for key in ("plan", "refusal"):
        set_value(copy.article(key, "fr"), "claims", None)
    the_one(found(copy, claimed), "content/claims.yaml", 1, "no article is about this claim")


def test_the_words_of_claims_and_players_are_proofread(copy: Site) -> None:
    change(copy.content / "claims.yaml", "Le câble est refusé.", "Le câble est refuzé.")
    change(copy.content / "entities.yaml", "A player", "A plaeyr")
    assert {
        (problem.file, word)
        for problem in spelled(copy)
        for word in ("refuzé", "plaeyr")
        if word in str(problem.message)
    } == {
        ("content/claims.yaml", "refuzé"),
        ("content/entities.yaml", "plaeyr"),
    }


# Editions


def test_an_article_in_no_edition_is_reported(copy: Site) -> None:
    set_value(copy.text("editions", "one", "fr"), "articles", ["refusal"])
    the_one(found(copy, unlisted_articles), FRENCH, 1, "no edition", "plan")


@pytest.mark.parametrize(("key", "value", "said"), [("draft", True, "draft"), ("publish", "2027-01-01", "2027-01-01")])
def test_an_edition_that_lists_what_is_not_published_is_reported(
    copy: Site, key: str, value: object, said: str
) -> None:
    set_value(copy.article("plan", "fr"), key, value)
    line = line_of(copy.text("editions", "one", "fr"), "articles:")
    the_one(found(copy, listed_articles), "content/editions/one/index.fr.md", line, "“plan”", said)
    assert found(copy, unlisted_articles) == []


def test_a_number_given_to_two_editions_is_reported(copy: Site) -> None:
    shutil.copytree(copy.content / "editions" / "one", copy.content / "editions" / "two")
    for language in ("fr", "en"):
        set_value(copy.text("editions", "two", language), "title", f"Second {language}")
    line = line_of(copy.text("editions", "two", "fr"), "number:")
    the_one(found(copy, listed_articles), "content/editions/two/index.fr.md", line, "“one”", "number")


# Reference


def test_a_player_in_no_article_is_reported_on_its_line(copy: Site) -> None:
    path = copy.content / "entities.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write('borealis: {kind: company, name: "Borealis"}\n')
    the_one(found(copy, unused_entities), "content/entities.yaml", 2, "borealis", "no article")


def test_a_term_that_one_language_never_uses_is_reported(copy: Site) -> None:
    for key in ("plan", "refusal"):
        change(copy.article(key, "en"), "Here is the ceiling.", "Here it is, `ceiling`.")
    line = line_of(copy.content / "glossary.yaml", "ceiling")
    the_one(found(copy, unused_terms), "content/glossary.yaml", line, "“en”", "“ceiling”")


def test_a_renamed_term_is_still_met_in_the_texts_that_use_it(copy: Site) -> None:
    (copy.content / "published.txt").write_text("glossary/limit became glossary/ceiling\n", encoding="utf-8")
    assert found(copy, unused_terms) == []


# Spelling


@pytest.mark.parametrize(
    ("language", "text", "word", "meant"),
    [
        ("fr", "Une faute d’ortographe.", "ortographe", "orthographe"),
        ("fr", "Les Etats-Unis décident.", "Etats", "États"),
        ("en", "A wrod is missing.", "wrod", "word"),
        ("en", "The defense of the realm.", "defense", "defence"),
        ("en", "A well-knwon colour.", "knwon", "known"),
        ("fr", 'Un <span lang="en">wrod</span> anglais.', "wrod", "word"),
        ("fr", 'Un <span lang="EN-gb">wrod</span> anglais.', "wrod", "word"),
    ],
)
@pytest.mark.programs
def test_a_misspelt_word_is_reported_with_what_was_meant(
    copy: Site, language: str, text: str, word: str, meant: str
) -> None:
    line = add(copy, language, text)
    problem = spelled(copy)[0]
    assert (problem.file, problem.line) == (f"content/articles/plan/index.{language}.md", line)
    assert f"“{word}”" in str(problem.message)
    assert f"“{meant}”" in str(problem.remedy)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", 'Le `wrod` et le <span lang="en">word</span>, selon Zéphyrine, l’*Zéphyrine* et Byrnmawr.'),
        ("fr", "Voir [le rapport](https://wrodz.example/knwon) sur wrodz.example, ou <mail@wrodz.example>."),
        ("fr", "Écrire <u>ortographe</u> est une faute. Zélande, puis lorsqu’Ada Byrnmawr vint, S3NS et NS-31."),
        ("en", "Zéphyrine’s cable, the companies’ claims, don’t, co-operate and Byrnmawr’s <u>wrod</u>."),
        ("de", 'Ein <span lang="de">Wrod</span>.'),
    ],
)
@pytest.mark.programs
def test_names_code_addresses_and_quoted_mistakes_are_not_misspelt(copy: Site, language: str, text: str) -> None:
    add(copy, "fr" if language == "de" else language, text.removeprefix("Ein "))
    assert spelled(copy) == []


@pytest.mark.programs
def test_a_word_of_the_project_list_is_right_in_its_language_only(copy: Site) -> None:
    add(copy, "en", "A Grzyb Fungus is no Fungus.")
    words = copy.content / "words.en.txt"
    words.write_text("Grzyb Fungus  # a name of two words\n", encoding="utf-8")
    assert spelled(copy) == []
    words.rename(copy.content / "words.fr.txt")
    assert "“Grzyb”" in str(spelled(copy)[0].message)


@pytest.mark.programs
def test_a_phrase_of_the_list_leaves_its_words_wrong_elsewhere(copy: Site) -> None:
    (copy.content / "words.en.txt").write_text("Department of Defense\n", encoding="utf-8")
    line = add(copy, "en", "The Department of Defense has a Defense cloud.")
    the_one(spelled(copy), ENGLISH, line, "“Defense”", "“Defence”")


@pytest.mark.programs
def test_a_word_is_reported_once_a_file(copy: Site) -> None:
    add(copy, "en", "A wrod, a wrod and a wrod.")
    add(copy, "en", "Another wrod.")
    assert len(spelled(copy)) == 1


# Drafts


@pytest.mark.programs
def test_a_draft_is_proofread_and_not_asked_to_be_complete(copy: Site) -> None:
    path = copy.article("draft", "fr")
    path.parent.mkdir()
    front = {"title": "Un Essai Très Ébauché", "summary": "Une idée.", "date": "2026-11-21", "topics": ["networks"]}
    path.write_text('---\n---\nUne ortographe à "revoir".\n', encoding="utf-8")
    for key, value in {**front, "status": "rumour", "draft": True}.items():
        set_value(path, key, value)
    said = " ".join(str(problem) for problem in problems_in(corpus_of(copy), Hunspell()))
    assert "ortographe" in said
    assert "straight quotation mark" in said
    assert "capitals on most" in said
    for complete in ("at least 2", "none of our forms", "subheadings", "edition", "index.en.md"):
        assert complete not in said


# Finding one’s way in the source

_BODIES = st.text(alphabet="ab#`<>!-= \n\t*[]().\"'", max_size=120)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&sa=D", "https://example.org/a?b=1"),
        ("https://www.google.fr/url?sa=t&url=https://example.org/", "https://example.org/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F&h=x", "https://example.org/"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F&data=1",
            "https://example.org/",
        ),
        ("https://www.youtube.com/redirect?q=http%3A%2F%2Fexample.org", "http://example.org"),
        ("https://example.org/a?utm_source=x&b=c%20d&fbclid=1#e", "https://example.org/a?b=c+d#e"),
    ],
)
def test_an_address_that_counts_its_readers_is_told_with_the_one_of_the_page(
    address: str, own: str, copy: Site
) -> None:
    line = add(copy, "fr", f"Voir [la page]({address}).")
    (problem,) = counted_links(corpus_of(copy))
    assert (problem.file, problem.line, problem.column) == (FRENCH, line, 16)
    assert str(problem.remedy) == f"Write {own}."
    change(copy.article("plan", "fr"), address, own)
    assert list(counted_links(corpus_of(copy))) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://www.google.com/search?q=https://example.org",
        "https://example.org/?url=https://example.com/",
        "https://example.org/?q=utm_source",
    ],
)
def test_an_address_that_only_looks_alike_is_left(address: str, copy: Site) -> None:
    add(copy, "fr", f"Voir [la page]({address}) et `https://example.org/?utm_source=x`.")
    assert list(counted_links(corpus_of(copy))) == []


@examples(200)
@given(_BODIES)
def test_blanking_code_moves_no_character(body: str) -> None:
    source = read_manuscript(f"---\ntitle: x\n---\n{body}".encode(), "content/x.md", {})
    markup = markup_of(source, lxml.html.fragment_fromstring("<pre><code>ab\n</code></pre>", create_parent="div"))
    assert len(markup) == len(source.body)
    assert [char for char in markup if char == "\n"] == [char for char in source.body if char == "\n"]
    assert all(new in (old, " ") for new, old in zip(markup, source.body, strict=True))


@examples(200)
@given(st.text(alphabet="ab’ \n.", max_size=80), st.data())
def test_a_place_in_the_prose_has_a_line_of_the_file(body: str, data: st.DataObject) -> None:
    source = read_manuscript(f"---\ntitle: x\n---\n{body}".encode(), "content/x.md", {})
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    place = source.place_near(body, start, end)
    assert 4 <= place.line <= 4 + body.count("\n")
    assert 0 <= place.column <= len(body.split("\n")[place.line - 4]) + 1


@examples(200)
@given(st.lists(st.tuples(st.sampled_from(["p", "em", "li", "span"]), st.text(alphabet="abc", min_size=1)), min_size=1))
def test_every_word_of_the_prose_stands_in_one_passage(parts: list[tuple[str, str]]) -> None:
    html = "".join(f"<{tag}>{text} </{tag}>" for tag, text in parts)
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    prose = " ".join(text for _, text in passages_of(root, "en"))
    assert prose.split() == [text for _, text in parts]
