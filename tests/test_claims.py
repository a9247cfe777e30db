"""Claims: the verdict is what an editor wrote, and the build counts the days and nothing else."""

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import Build
from content_reading import CLAIM, CONTEXT, SOUND, TYPOGRAPHIES, problems_of, write_files
from hypothesis import given
from hypothesis import strategies as st
from page_reading import (
    hrefs,
    item_saying,
    moment_of,
    read_feeds,
    read_main,
    read_page,
    standing_in_order,
    structured_data,
    words,
)
from properties import examples
from site_builder import DAY, LANGUAGES, NOW, ROOT, Site, files_of, set_claim, set_value, verdict
from watch_site import BOARD, STATUS_WORDS, article_url, url_of

from newsroom.content.claim_register import read_claims
from newsroom.content.claims import OLD, Span, delay, outcome, span
from newsroom.content.models import VERDICTS, Claim, Evidence, Verdict
from newsroom.dates import PartialDate
from newsroom.problems import Problem
from newsroom.text.localised import duration_text

pytest_plugins = ("watch_fixtures",)

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))
PARTIAL = st.builds(
    lambda day, known: PartialDate(*(day.year, day.month, day.day)[:known]), DAYS, st.integers(min_value=1, max_value=3)
)


def made_claim(word: str, date: PartialDate, **facts: object) -> Claim:
    """Return a claim announced in 2000 with one verdict."""
    given = Verdict(word, date, date, Evidence("x"), {}, {})
    return Claim("key", "thread", facts.pop("announced", PartialDate(2000, 1, 1)), {}, {}, (given,), **facts)


# --- what is counted -----------------------------------------------------------------------------


@examples(300)
@given(PARTIAL, PARTIAL)
def test_no_length_of_time_is_overstated_or_finer_than_its_dates(since: PartialDate, until: PartialDate) -> None:
    found = span(since, until)
    if until.first <= since.last:
        assert not found
        return
    days = (until.first - since.last).days
    assert found.months * 30.43 - 3.5 <= days, "rounded down"
    assert days < (found.months + 1) * 31 + 366 * (not (since.month and until.month))
    if found.days:
        assert (found.months, found.days, since.day > 0, until.day > 0) == (0, days, True, True)
    if not (since.month and until.month):
        assert found.months % 12 == 0 or found.months < 12, "a year gives years, and months before the first is over"


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2018", "2021-07-20", Span(24)),
        ("2018-12", "2021-07-20", Span(30)),
        ("2018-12-31", "2021-07-20", Span(30)),
        ("2024-12", "2025-01-31", Span(1)),
        ("2026-11-01", "2026-11-21", Span(0, 20)),
        ("2026-11", "2026-12-20", Span(0)),
        ("2019-02-28", "2020-02-29", Span(12)),
        ("2026-11-21", "2026-11-21", Span(0)),
    ],
)
def test_a_delay_is_counted_from_the_last_day_of_the_promise(since: str, until: str, found: Span) -> None:
    first, last = (PartialDate(*map(int, text.split("-"))) for text in (since, until))
    assert span(first, last) == found


@examples(200)
@given(st.sampled_from(VERDICTS), PARTIAL, st.none() | PARTIAL, DAYS)
def test_the_word_of_an_editor_is_never_changed(
    word: str, date: PartialDate, expected: PartialDate | None, today: dt.date
) -> None:
    """Only what is open may be called due or overdue, and only by its own date."""
    found = outcome(made_claim(word, date, expected=expected), today)
    allowed = {"kept": {"kept", "on-time"}, "open": {"open", "due", "overdue"}}.get(word, {word})
    assert found.case in allowed
    assert (found.case == "overdue") == (word == "open" and expected is not None and expected.last < today)
    if word in ("dropped", "unanswered"):
        assert not found.span or found.span.months >= OLD


def test_the_delay_is_counted_from_the_first_promise_and_from_the_newest_where_there_is_none_yet() -> None:
    was = (PartialDate(2018, 9), PartialDate(2019, 4))
    claim = made_claim("kept-late", PartialDate(2019, 10, 25), was=was, expected=PartialDate(2019, 8))
    assert delay(claim, claim.verdict.date) == Span(12)
    year = made_claim("open", PartialDate(2026), was=(PartialDate(2025),), expected=PartialDate(2026, 6))
    assert delay(year, PartialDate(2026, 11, 29)) == Span(10)
    assert delay(year, PartialDate(2027, 3)) == Span(12)


@pytest.mark.parametrize(
    ("length", "short", "french", "english"),
    [
        ((0, 1), True, "1 jour", "1 day"),
        ((0, 12), True, "12 jours", "12 days"),
        ((1, 0), True, "1 mois", "1 month"),
        ((12, 0), True, "1 an", "1 year"),
        ((19, 0), True, "19 mois", "19 months"),
        ((31, 0), True, "2 ans", "2 years"),
        ((31, 0), False, "2 ans et 7 mois", "2 years and 7 months"),
        ((96, 0), False, "8 ans", "8 years"),
    ],
)
def test_a_length_of_time_in_words(*, length: tuple[int, int], short: bool, french: str, english: str) -> None:
    assert duration_text(*length, "fr_FR", short=short).replace("\u00a0", " ") == french
    assert duration_text(*length, "en_GB", short=short).replace("\u00a0", " ") == english


# --- what is refused ---------------------------------------------------------------------------------

PROOF = '{source: {publisher: "Wire", date: 2020-06, language: en}}'
#: The claim from its date on; its verdict.
WITHIN = CLAIM.partition("  thread: mer\n")[2].partition("      date:")[0]
VERDICT = f"    - {CLAIM.partition('    - ')[2]}"
LATE_FOR_NOTHING = WITHIN.replace("  expected: 2018\n", "").replace("dropped", "kept-late")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("  thread: mer\n", "", 1, "“thread” is missing"),
        ("thread: mer", "thread: mers", 1, "cable-laid: there is no “mers”. Did you mean “mer”?"),
        (
            "  announced:",
            "  by: [amazone]\n  announced:",
            1,
            "there is no “amazone”. Did you mean “amazon”?",
        ),
        ('      en: "It was refused."\n', "", 8, "cable-laid: there is no text for “en”. Add en: … to it."),
        ('en: "A cable will be laid."', "", 1, "cable-laid: there is no text for “en”"),
        ('      fr: "Il est refusé."\n      en: "It was refused."\n', "", 8, "a text per language is expected"),
        (f"      proof: {PROOF}\n", "", 8, "“proof” is missing"),
        (PROOF, "{}", 12, "one of two is expected. Write either article: or source:."),
        (PROOF, "{article: cabel}", 8, "cable-laid: there is no “cabel”. Did you mean “cable”?"),
        (PROOF, PROOF.replace("2020-06", "2016-09"), 8, "the proof (2016-09) is older than the claim (2016-10-12)"),
        ("announced: 2016-10-12", "announced: 2016-10-13", 8, ""),
        ("date: 2020-06-17", "date: 2016-10-11", 8, "the fact (2016-10-11) is older than the claim (2016-10-12)"),
        ("judged: 2026-11-20", "judged: 2019", 8, "it was judged (2019) before the fact (2020-06-17)"),
        ("verdict: dropped", "verdict: kept", 8, "it was promised for 2018 and done later. Write verdict: kept-late"),
        ("verdict: dropped", "verdict: droped", 8, "“droped” is not known here. Did you mean “dropped”?"),
        ("verdict: dropped", "verdict: confirmed", 8, "“confirmed” is not known here"),
        ("  expected: 2018\n", "  was: 2018\n", 1, "earlier dates are given, and no present one"),
        (
            WITHIN,
            LATE_FOR_NOTHING,
            7,
            "it cannot be late: no date was promised. Write verdict: kept, or add",
        ),
        (WITHIN, WITHIN.replace("2018", "2021").replace("dropped", "kept-late"), 8, "for 2021 and is not late"),
        (
            VERDICT,
            VERDICT + VERDICT.replace("2026-11-20", "2025"),
            15,
            "older than the one before it. Write the oldest",
        ),
        ("cable-laid:", "Cable:", 1, "a key is made of a-z, 0-9 and hyphens"),
    ],
)
def test_a_mistake_in_a_claim_is_told_with_its_line_and_its_remedy(
    old: str, new: str, line: int, said: str, tmp_path: Path
) -> None:
    assert old in CLAIM
    write_files(tmp_path / "content", {**SOUND, "claims.yaml": CLAIM.replace(old, new)})
    problems = problems_of(tmp_path)
    if not said:  # the proof that is an article stands or falls with its own date
        assert problems == ()
        return
    told = [str(problem) for problem in problems if problem.file == "content/claims.yaml"]
    assert any(re.match(rf"content/claims\.yaml:{line}(:\d+)?: ", text) and said in text for text in told), problems


def test_a_thread_without_a_claim_is_told(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, "claims.yaml": ""})
    (problem,) = problems_of(tmp_path)
    assert (problem.file, str(problem.message)) == ("content/threads/mer/index.fr.md", "this thread has no claim.")
    assert str(problem.remedy) == "Add one to content/claims.yaml with thread: mer."


def test_two_claims_with_one_key_are_told(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, "claims.yaml": CLAIM + CLAIM})
    (problem,) = problems_of(tmp_path)
    assert (problem.line, problem.key) == (15, "cable-laid")
    assert str(problem.message) == "this key is written twice."


def test_a_proof_older_than_the_claim_is_told_and_so_is_one_that_is_not_published(
    watch_site: Site, build: Build
) -> None:
    old = verdict("dropped", "2020-01-10", "cable-plan", "withdrawn")
    set_claim(watch_site.content, "ticket-price", verdicts=[old])
    with pytest.raises(SystemExit, match=r"claims\.yaml:2: ticket-price: the proof \(2016-10-12\) is older"):
        build(watch_site)
    set_claim(
        watch_site.content, "ticket-price", verdicts=[verdict("dropped", "2026-02-01", "unfinished", "withdrawn")]
    )
    with pytest.raises(SystemExit, match="the article “unfinished” is not published"):
        build(watch_site)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    second = CLAIM.replace("cable-laid", "second").replace("dropped", "doubtful")
    third = CLAIM.replace("cable-laid", "third").replace("proof:", "prof:")
    write_files(tmp_path / "content", {**SOUND, "claims.yaml": CLAIM + second + third})
    assert [problem.key for problem in problems_of(tmp_path)] == ["second", "third", "third"]


@examples(100)
@given(st.text(max_size=200))
def test_whatever_stands_in_the_file_is_read_or_refused(text: str) -> None:
    problems: list[Problem] = []
    found = read_claims(text.encode("utf-8", "replace"), "claims.yaml", CONTEXT, TYPOGRAPHIES, problems)
    assert not found or not problems


# --- what an article says of its claim ---------------------------------------------------------------


def line_of(output: Path, key: str, language: str) -> str:
    """Return what stands between the title of an article and its text."""
    (header,) = read_main(output, article_url(key, language)).iter("header")
    return words(header)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "ticket-rumour",
            {"fr": ("Tenu, 2 ans de retard.", "Ce fut flown."), "en": ("Kept, 2 years late.", "It was flown.")},
        ),
        (
            "ticket-price",
            {
                "fr": ("Abandonné au bout de 13 mois.", "Ce fut"),
                "en": ("Dropped after 13 months.", "It was withdrawn."),
            },
        ),
        ("cable-plan", {"fr": ("En retard de 8 ans.", "Ce fut"), "en": ("8 years overdue.", "It was delayed.")}),
        ("old-plan", {"fr": ("Attendu en février 2027.",), "en": ("Due in February 2027.",)}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_under_its_title_an_article_tells_what_became_of_its_own_claim(
    watch: Path, key: str, said: dict[str, tuple[str, ...]], language: str
) -> None:
    text = line_of(watch, key, language)
    assert standing_in_order(text, *said[language])
    marks = read_main(watch, article_url(key, language)).xpath(".//header//*[contains(@class, 'status')]")
    assert marks == [], "no status stands there"


def test_the_line_leads_to_the_proof_and_to_the_claim(watch: Path) -> None:
    (header,) = read_main(watch, article_url("ticket-rumour", "en")).iter("header")
    assert hrefs(header) == [url_of("en", "threads", "tickets") + "#tickets-sold", article_url("first-crew", "en")]


@pytest.mark.parametrize("key", ["denied-at-once", "cable-refused", "crowd-02"])
def test_an_article_without_a_claim_says_nothing_of_one(watch: Path, key: str) -> None:
    main = read_main(watch, article_url(key, "en"))
    assert "What became of it" not in words(main)
    assert not main.xpath(".//svg[contains(@class, 'wake-of-claims')]")


def test_an_article_about_two_claims_tells_both_in_its_order(watch: Path) -> None:
    main = read_main(watch, article_url("first-crew", "en"))
    text = line_of(watch, "first-crew", "en")
    assert standing_in_order(text, "There will be seats.", "Kept, 2 years late.", "1 other claim")
    (section,) = main.xpath(".//*[@id='claims']/..")
    assert standing_in_order(words(section), "There will be a price.", "Dropped after 13 months.")


# --- the board ---------------------------------------------------------------------------------------


def board_url(language: str, name: str = "") -> str:
    return url_of(language, "claims", BOARD[name][LANGUAGES.index(language)] if name else "")


def listed(output: Path, language: str, name: str = "") -> list[str]:
    """Return the keys of the claims of a page of the board, in order."""
    items = read_main(output, board_url(language, name)).xpath(".//ol[@class='claims']/li")
    return [next(url for url in hrefs(item) if "#" in url).partition("#")[2] for item in items]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("", "first-guest station-opening last-section ticket-price tickets-sold cable-rumour cable-service"),
        ("by-promise", "first-guest last-section station-opening tickets-sold cable-service"),
        ("by-delay", "cable-service tickets-sold station-opening"),
        ("by-verdict", "all-at-once tickets-sold one-by-one ticket-price cable-rumour first-guest"),
        ("kept", "all-at-once"),
        ("kept-late", "tickets-sold"),
        ("kept-otherwise", "one-by-one"),
        ("dropped", "ticket-price"),
        ("unanswered", "cable-rumour"),
        ("open", "first-guest station-opening last-section cable-service"),
        ("overdue", "station-opening cable-service"),
    ],
)
def test_every_order_and_every_verdict_is_a_page(watch: Path, name: str, keys: str, language: str) -> None:
    found = listed(watch, language, name)
    assert found[: len(keys.split())] == keys.split()
    assert len(found) == (len(keys.split()) if name and not name.startswith("by-") else 9)
    assert board_url(language, name) in hrefs(read_main(watch, board_url(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_topic_has_a_board_of_its_own_narrowed_and_sorted_like_the_whole(watch: Path, language: str) -> None:
    """Without a script: a topic keeps its verdict pages, a page of its own says what it is of, none is empty."""
    part = {"fr": "reseaux-fixes", "en": "fixed-networks"}[language]
    whole = board_url(language)
    assert f"{whole}{part}/" in hrefs(read_main(watch, whole))
    for name, keys in (
        ("", {"cable-rumour", "cable-service", "last-section"}),
        ("by-delay", {"cable-rumour", "cable-service", "last-section"}),
        ("unanswered", {"cable-rumour"}),
        ("overdue", {"cable-service"}),
    ):
        url = f"{whole}{part}/" + (f"{BOARD[name][LANGUAGES.index(language)]}/" if name else "")
        main = read_main(watch, url)
        items = main.xpath(".//ol[@class='claims']/li")
        assert {next(link for link in hrefs(item) if "#" in link).partition("#")[2] for item in items} == keys
        assert all(
            f"{whole}{part}/{BOARD[word][LANGUAGES.index(language)]}/" in hrefs(main) for word in ("open", "overdue")
        )
        assert {link.get("href") for link in main.xpath(".//nav//a[@aria-current='page']")} == {url}
        assert {"fr": "Réseaux fixes", "en": "Fixed networks"}[language] in words(
            read_page(watch, url).find(".//title")
        )
    assert not (watch / f"{whole}{part}/{BOARD['kept'][LANGUAGES.index(language)]}".lstrip("/")).exists()


def test_a_verdict_that_no_claim_has_is_no_page(watch_site: Site, build: Build) -> None:
    kept = verdict("kept", "2023-03-01", "crowd-02", "seen")
    set_claim(watch_site.content, "one-by-one", verdicts=[kept])
    output = build(watch_site).output
    assert not (output / board_url("en", "kept-otherwise").lstrip("/")).exists()
    assert board_url("en", "kept-otherwise") not in hrefs(read_main(output, board_url("en")))
    assert listed(output, "en", "kept") == ["all-at-once", "one-by-one"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_tells_who_when_for_when_and_what_proves_its_verdict(watch: Path, language: str) -> None:
    row = words(item_saying(read_main(watch, board_url(language)), {"fr": "a price", "en": "a price"}[language]))
    parts = {
        "en": ("By Zéphyr, Anonyme, on 1 March 2019", "no date given", "Dropped after 13 months", "La Gazette"),
        "fr": ("Par Zéphyr, Anonyme, le 1er mars 2019", "sans date", "Abandonné au bout de 13 mois", "La Gazette"),
    }[language]
    assert standing_in_order(row, *parts)
    earlier = {
        "en": ("Earlier verdicts", "Open", "waited for"),
        "fr": ("Verdicts précédents", "En cours", "waited for"),
    }
    assert standing_in_order(row, parts[-1], *earlier[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_and_players_have_a_scoreboard_in_words(watch: Path, language: str) -> None:
    slug = {"fr": "reseaux-fixes", "en": "fixed-networks"}[language]
    topic = words(read_main(watch, url_of(language, "topics", slug)))
    player = words(read_main(watch, url_of(language, "entities", "zephyr")))
    said = {
        "en": ("3 claims: 1 unanswered, 2 open, 1 of them overdue.", "2 claims: 1 kept late, 1 dropped."),
        "fr": (
            "3 annonces : 1 sans réponse, 2 en cours, dont 1 en retard.",
            "2 annonces : 1 tenue en retard, 1 abandonnée.",
        ),
    }[language]
    assert said[0] in topic
    assert said[1] in player
    assert standing_in_order(player, {"fr": "Ce que Zéphyr avait annoncé", "en": "What Zéphyr had announced"}[language])


@pytest.mark.slow
def test_every_scoreboard_of_the_archive_counts_what_its_claims_say(real_output: Path) -> None:
    """Of players, counted again from the data; a board lists the claims that its topic’s scoreboard counts."""
    claims = json.loads((real_output / "api/v1/en/claims.json").read_text(encoding="utf-8"))["claims"]
    words_of = {"kept-otherwise": "kept differently", "kept-late": "kept late"}
    players = {key for claim in claims for key in claim["by"]}
    pages = [key for key in sorted(players) if (real_output / "en/players" / key).is_dir()]
    assert len(pages) > 20
    for key in pages:
        own = Counter(claim["verdict"] for claim in claims if key in claim["by"])
        (score,) = read_main(real_output, f"/en/players/{key}/").xpath(".//p[@class='score']")
        told = words(score)
        assert told.startswith(f"{own.total()} claim"), key
        assert all(f"{count} {words_of.get(name, name)}" in told for name, count in own.items()), key
    for path in sorted((real_output / "en/topics").glob("*/index.html")):
        slug = path.parent.name
        (score,) = read_main(real_output, f"/en/topics/{slug}/").xpath(".//p[@class='score']")
        listed = read_main(real_output, f"/en/topics/{slug}/").xpath(".//ol[@class='claims']/li/@id")
        assert words(score).startswith(f"{len(listed)} claims:"), slug
        (drawn,) = read_main(real_output, f"/en/claims/{slug}/").xpath(".//figure[@class='fan']")
        assert words(drawn).startswith(f"{len(listed)} claims and their verdicts"), slug
        verdicts = Counter(claim["verdict"] for claim in claims if claim["key"] in listed)
        assert all(f"{count} {words_of.get(name, name)}" in words(score) for name, count in verdicts.items()), slug


def test_a_player_who_announced_nothing_has_no_heading_for_it(watch: Path) -> None:
    assert "announced" not in words(read_main(watch, url_of("en", "entities", "moreau")))


def test_a_player_of_whom_nothing_is_said_is_named_without_a_link(watch: Path) -> None:
    main = read_main(watch, board_url("en"))
    assert "Anonyme" in words(main)
    assert not [link for link in main.iter("a") if words(link) == "Anonyme"]
    assert not (watch / "en/players/nameless").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_is_the_board_one_claim_of_every_thread_the_longest_delay_first(watch: Path, language: str) -> None:
    main = read_main(watch, f"/{language}/")
    (board,) = main.xpath(".//*[@id='board']/..")
    keys = [url.partition("#")[2] for url in hrefs(board) if "#" in url]
    assert keys == ["cable-service", "tickets-sold", "all-at-once"]
    large = {"fr": ("En retard de 8 ans", "Tenu, 2 ans de retard"), "en": ("8 years overdue", "Kept, 2 years late")}
    assert standing_in_order(words(board), *large[language])
    subscribe = {"fr": "/fr/abonnement/", "en": "/en/subscribe/"}[language]
    assert hrefs(main).index(subscribe) < hrefs(main).index(next(url for url in hrefs(main) if "#cable-service" in url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scales_are_told_apart_where_they_meet(watch: Path, language: str) -> None:
    page = read_main(watch, board_url(language))
    assert {"fr": "Le verdict dit ce que l’annonce est devenue.", "en": "The verdict says what became of the claim."}[
        language
    ] in words(page)
    assert {"fr": "/fr/methode/", "en": "/en/method/"}[language] + "#status-and-verdict" in hrefs(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_method_says_what_each_status_means(language: str) -> None:
    text = (ROOT / "content" / "pages" / "method" / f"index.{language}.md").read_text(encoding="utf-8").casefold()
    assert [word for word in STATUS_WORDS[language].values() if word not in text] == []


# --- feeds and machines ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_are_followed_in_three_formats_newest_first_under_ids_that_stay(watch: Path, language: str) -> None:
    feeds = read_feeds(watch, board_url(language))
    for form, items in feeds.items():
        ids = [item["id"] for item in items]
        assert len(ids) == 9, form
        assert ids[-1] == f"tag:sillage.example,2026:claims/tickets-sold/{language}" or len(set(ids)) == 9
    (item,) = [item for item in feeds["json"] if "tickets-sold" in item["id"]]
    title = {"fr": "Tenu, 2 ans de retard\u00a0: promesse seats", "en": "Kept, 2 years late: promise seats"}[language]
    assert item["title"].replace("2\u00a0", "2 ") == title
    assert item["summary"] == {"fr": "Ce fut flown.", "en": "It was flown."}[language]
    assert item["url"].endswith("#tickets-sold")


def test_a_second_verdict_keeps_the_item_and_moves_it(watch: Path) -> None:
    (item,) = [item for item in read_feeds(watch, board_url("en"))["json"] if "ticket-price" in item["id"]]
    assert (item["date_published"][:10], item["date_modified"][:10]) == ("2026-11-01", "2026-11-20")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_of_an_archive_opens_with_its_notice_its_status_and_its_verdict(
    watch_site: Site, build: Build, language: str
) -> None:
    path = watch_site.article("ticket-rumour", "fr")
    set_value(path, "written", "2026-11")
    set_value(path, "published", "2026-11-18")
    output = build(watch_site).output
    (item,) = [item for item in read_feeds(output, f"/{language}/")["json"] if "ticket-rumour" in item["id"]]
    said = {
        "fr": ("Archive rédigée en novembre 2026.", "12 juillet 2018", "rumeur", "Tenu, 2 ans de retard", "flown"),
        "en": ("Archive piece, written in November 2026.", "12 July 2018", "rumour", "Kept, 2 years late", "flown"),
    }[language]
    text = " ".join(re.sub(r"<[^>]+>", "", item["content_html"]).replace("&nbsp;", " ").replace("\u00a0", " ").split())
    assert standing_in_order(text, *said)
    assert item["date_published"] == moment_of("2026-11-18", "articles/ticket-rumour")


def test_claims_are_told_to_machines_without_a_figure_and_open_ones_are_not(watch: Path) -> None:
    things = structured_data(read_page(watch, url_of("en", "threads", "tickets")))
    reviews = {thing["@id"].partition("#")[2]: thing for thing in things if thing["@type"] == "ClaimReview"}
    assert set(reviews) == {"tickets-sold", "ticket-price"}
    sold = reviews["tickets-sold"]
    assert sold["reviewRating"] == {"@type": "Rating", "alternateName": "kept-late"}
    assert sold["itemReviewed"]["author"] == [{"@type": "Thing", "name": "Zéphyr"}]
    assert sold["datePublished"] == "2026-11-20"
    cable = structured_data(read_page(watch, url_of("en", "threads", "the-cable")))
    (rumour,) = [thing for thing in cable if thing["@type"] == "ClaimReview"]
    assert "author" not in rumour["itemReviewed"]


# --- the day of the build ------------------------------------------------------------------------


def changed_between(build: Build, site: Site, *moments: int) -> set[str]:
    """Return the files that differ between builds of ``site`` at two moments."""
    trees = []
    for moment in moments:
        site.now = moment
        trees.append(files_of(build(site).output))
    one, other = trees
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def test_when_the_day_changes_only_what_tells_of_what_goes_on_does(watch_site: Site, build: Build) -> None:
    """An article that no claim going on is about, and a thread without one, stay as they are."""
    changed = changed_between(build, watch_site, NOW, NOW + DAY)
    assert "en/claims/index.html" in changed
    assert "8 days overdue" in words(read_main(watch_site.output, board_url("en")))
    settled = {article_url(key, "en") for key in ("ticket-rumour", "denied-at-once", "well-sourced")}
    assert not changed & {f"{url.lstrip('/')}index.html" for url in settled}
    assert not [name for name in changed if name.endswith((".ics", "items.json", "claims.json")) or "sitemap" in name]


def test_at_another_hour_of_the_same_day_nothing_changes(watch_site: Site, build: Build) -> None:
    assert changed_between(build, watch_site, NOW, NOW + 7 * 3600) == set()


def test_a_claim_is_overdue_from_the_day_after_the_last_of_its_promise(watch_site: Site, build: Build) -> None:
    last = int(dt.datetime(2027, 2, 28, 12, tzinfo=ZoneInfo("Europe/Paris")).timestamp())
    for moment, said in ((last, "Due in February 2027"), (last + DAY, "Overdue")):
        watch_site.now = moment
        row = item_saying(read_main(build(watch_site).output, board_url("en")), "There will be a last section.")
        assert said in words(row)
