"""``make new``: the folder and the front matter of something new, or of a translation.

A thread comes with the claim that it follows, in the register of claims.
Whatever is needed and not given is asked for in the terminal. An article begins
as a draft. A translation begins with the keys that differ by language, left
empty so that nothing half translated can be published, and with its source,
paragraph by paragraph, in comments; where a paragraph like it was translated
elsewhere in the content, that translation is proposed.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from desk.project import read_project
from desk.refused import Refused
from desk.register_entries import add_entry, player_lines, quoted, term_lines
from desk.saving import check_line, save
from desk.translating import translate, values_of
from newsroom.content import frontmatter
from newsroom.content.editions import EDITION
from newsroom.content.kinds import KINDS
from newsroom.content.published import read_published
from newsroom.content.registers import ENTITY_KINDS
from newsroom.content.schema import Field, Kind
from newsroom.content.threads import THREAD
from newsroom.keys import KEY
from newsroom.problems import Invalid, Problem, nearest
from newsroom.reports import words_for
from newsroom.sentences import Sentence, either, say
from newsroom.settings import Settings
from newsroom.text.slugs import slugify

_NAMES = {"article": "articles", "topic": "topics", "thread": "threads", "edition": "editions", "page": "pages"}
_REGISTERS = {"player": "entities", "term": "glossary"}


def create(settings: Settings, kind: Kind, title: str, language: str, given: Mapping[str, str]) -> Path:
    """Write the file of a new entry of ``kind`` and return it; ``given`` may hold its ``key`` and ``topic``."""
    _check_title(title)
    key = _new_key(settings, kind.folder, given.get("key") or slugify(title), title)
    if language not in settings.codes:
        raise Refused(
            say(
                "“{code}” is not a language of the site. {advice}",
                code=language,
                advice=nearest(language, settings.codes),
            )
        )
    folder = settings.content / kind.folder / key
    if folder.exists():
        raise Refused(say("{folder} already exists: give another KEY=.", folder=f"{kind.folder}/{key}"))
    topics = _topics(settings)
    topic = given.get("topic") or next(iter(topics), "")
    if any(field.name == "topics" for field in kind.fields) and topic not in topics:
        raise Refused(say("there is no topic “{topic}”. {advice}", topic=topic, advice=nearest(topic, topics)))
    facts = {"topics": f"[{topic}]", **_facts(settings, kind)}
    written = {"title": quoted(title), "name": quoted(title)}
    lines = [f"{field.name}: {written.get(field.name) or facts.get(field.name, quoted('…'))}" for field in _asked(kind)]
    if kind is THREAD:
        _add_claim(settings, key, language, title)
    if kind.field("sources"):
        lines += _example_of_source(settings, language)
    path = folder / f"index.{language}.md"
    folder.mkdir(parents=True)
    save(path, "\n".join(["---", *lines, "---", "…", ""]))
    return path


def _example_of_source(settings: Settings, language: str) -> list[str]:
    """Return two lines of remarks that show how sources are cited."""
    day = settings.now.date().isoformat()
    known = f'publisher: "…", title: "…", date: {day}, language: {language}, url: "https://…"'
    return ["# sources:", f"#   - {{{known}}}"]


def _add_claim(settings: Settings, thread: str, language: str, title: str) -> None:
    """Add the claim that a new thread follows to the register, as open, for its editor to complete."""
    today = settings.now.date().isoformat()
    texts = f"{{{language}: {quoted('…')}}}"
    lines = [
        f"{thread}:",
        f"  thread: {thread}",
        f"  announced: {today}",
        f"  claim: {{{language}: {quoted(title)}}}",
        f"  label: {texts}",
        "  verdicts:",
        f"    - verdict: open\n      date: {today}\n      judged: {today}\n      label: {texts}",
        f"      {language}: {quoted('…')}",
        f"      proof: {{source: {{publisher: {quoted('…')}, date: {today}, language: {language}}}}}",
    ]
    _add(settings, "claims", thread, lines)


def enter(settings: Settings, register: str, title: str, language: str, given: Mapping[str, str]) -> Path:
    """Add a player or a term to its ``register`` and return its file; ``given`` may hold its ``key`` and ``kind``."""
    _check_title(title)
    key = _new_key(settings, register, given.get("key") or slugify(title), title)
    kind = given.get("kind") or ENTITY_KINDS[0]
    if kind not in ENTITY_KINDS:
        raise Refused(say("there is no kind “{kind}”. {advice}", kind=kind, advice=nearest(kind, ENTITY_KINDS)))
    lines = player_lines(key, title, kind) if register == "entities" else term_lines(key, title, [language])
    return _add(settings, register, key, lines)


def _add(settings: Settings, register: str, key: str, lines: Sequence[str]) -> Path:
    path = settings.content / f"{register}.yaml"
    try:
        add_entry(path, lines)
    except Invalid as error:
        problem = frontmatter.problem(settings.in_content(path.name), error, key)
        raise Refused(say("{problem}", problem=problem.text(words_for()))) from error
    return path


def _check_title(title: str) -> None:
    """Raise :class:`Refused` where no file could hold ``title``: a terminal of another encoding gives such ones."""
    try:
        check_line(title)
    except Invalid as error:
        problem = Problem("TITLE=", 0, "", error.message, error.remedy)
        raise Refused(say("{problem}", problem=problem.text(words_for()))) from error


def _topics(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.content / "topics").glob("*") if path.is_dir())


def _new_key(settings: Settings, folder: str, key: str, title: str) -> str:
    """Return ``key``, which can be that of something new in ``folder``; raise :class:`Refused`."""
    if not KEY.match(key):
        raise Refused(say("“{key}” cannot be a key: give one of a-z, 0-9 and hyphens with KEY=.", key=key or title))
    now = read_published(settings.content).taken.get(f"{folder}/{key}")
    if now:
        raise Refused(say("“{key}” was the key of {place}, which keeps its ids.", key=key, place=now))
    return key


def _asked(kind: Kind) -> Iterator[Field]:
    """Yield the keys that a new entry has: the required ones, and ``draft`` where there can be drafts."""
    yield from (field for field in kind.fields if field.required or field.name == "draft")


def _facts(settings: Settings, kind: Kind) -> dict[str, str]:
    today = settings.now.date().isoformat()
    facts = {"date": today, "as_of": today, "status": "announced", "draft": "true", "number": "1"}
    if kind is EDITION:
        editions = list((settings.content / kind.folder).glob("*/index.*.md"))
        numbers = [int(value) for path in editions if (value := str(values_of(path).get("number", ""))).isdecimal()]
        listed = {str(key) for path in editions for key in values_of(path).get("articles") or ()}
        articles = sorted(path.name for path in (settings.content / "articles").glob("*") if path.is_dir())
        free = [key for key in articles if key not in listed] or articles[-1:]
        facts |= {"number": str(max(numbers, default=0) + 1), "articles": f"[{', '.join(free)}]"}
    return facts


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make new", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kind", choices=sorted((*_NAMES, *_REGISTERS)))
    parser.add_argument("--of-kind", choices=ENTITY_KINDS, help="what kind of player")
    parser.add_argument("--title")
    parser.add_argument("--language")
    parser.add_argument("--topic")
    parser.add_argument("--key")
    parser.add_argument("--translate", metavar="KEY")
    return parser.parse_args()


def _ask(question: Sentence, default: str) -> str:
    """Ask in the terminal; without one, take the default."""
    if not sys.stdin.isatty():
        return default
    return input(f"{question.text(words_for())} [{default}] ").strip() or default


def _begin(settings: Settings, asked: argparse.Namespace) -> Path:
    """Return the file of what is asked for, by arguments or in the terminal."""
    if asked.translate:
        return translate(settings, asked.translate, asked.language or "")
    names = sorted((*_NAMES, *_REGISTERS))
    name = asked.kind or _ask(say("Kind ({kinds})?", kinds=either(names)), "article")
    if name not in names:
        raise Refused(say("there is no kind “{kind}”. {advice}", kind=name, advice=nearest(name, names)))
    title = asked.title or _ask(say("Title?"), settings.now.date().isoformat())
    codes, given = settings.codes, {"key": asked.key or ""}
    if name == "player":
        kinds = say("What kind of player ({kinds})?", kinds=either(ENTITY_KINDS))
        return enter(settings, "entities", title, "", {**given, "kind": asked.of_kind or _ask(kinds, ENTITY_KINDS[0])})
    language = asked.language or _ask(say("Language ({codes})?", codes=either(codes)), codes[0])
    if name in _REGISTERS:
        return enter(settings, _REGISTERS[name], title, language, given)
    if name == "article" and not asked.topic:
        topics = _topics(settings)
        asked.topic = _ask(say("Topic ({topics})?", topics=either(topics)), next(iter(topics), ""))
    kind = next(kind for kind in KINDS if kind.folder == _NAMES[name])
    return create(settings, kind, title, language, {**given, "topic": asked.topic or ""})


def main() -> int:
    """Make what is asked for and say where it is; return the exit status."""
    settings, _ = read_project()
    try:
        path = _begin(settings, _arguments())
    except Refused as refused:
        raise SystemExit(refused.sentence.text(words_for())) from refused
    print(path.relative_to(settings.content.parent))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
