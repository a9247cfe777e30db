"""``make new``: the folder and the front matter of something new, or of a translation.

A thread comes with the claim that it follows, in the register of claims.
Whatever is needed and not given is asked for in the terminal. An article begins
as a draft. A translation begins with the keys that differ by language, left
empty so that nothing half translated can be published, and with its source,
paragraph by paragraph, in comments; where a paragraph like it was translated
elsewhere in the content, that translation is proposed.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from newsroom.content import frontmatter
from newsroom.content.published import read_published
from newsroom.content.schema import EDITION, KINDS, THREAD, Field, Kind
from newsroom.keys import KEY
from newsroom.problems import nearest
from newsroom.reports import words_for
from newsroom.sentences import Sentence, either, say
from newsroom.settings import Settings, settings_from
from newsroom.text.body import Converter, Style
from newsroom.text.slugs import slugify
from newsroom.views.kinds import PATH_WORDS

_NAMES = {"article": "articles", "topic": "topics", "thread": "threads", "edition": "editions", "page": "pages"}
_ALIKE = 0.8


class Refused(Exception):
    """What was asked for cannot be made; ``sentence`` says why, and what to do instead."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def create(settings: Settings, kind: Kind, title: str, language: str, given: Mapping[str, str]) -> Path:
    """Write the file of a new entry of ``kind`` and return it; ``given`` may hold its ``key`` and ``topic``."""
    key = given.get("key") or slugify(title)
    if not KEY.match(key):
        raise Refused(say("“{key}” cannot be a key: give one of a-z, 0-9 and hyphens with KEY=.", key=key or title))
    if language not in settings.codes:
        raise Refused(
            say(
                "“{code}” is no language of the site. {advice}", code=language, advice=nearest(language, settings.codes)
            )
        )
    folder = settings.content / kind.folder / key
    if folder.exists():
        raise Refused(say("{folder} is there already: give another KEY=.", folder=f"{kind.folder}/{key}"))
    now = read_published(settings.content).taken.get(f"{kind.folder}/{key}")
    if now:
        raise Refused(say("“{key}” was the key of {place}, which keeps its ids.", key=key, place=now))
    topics = sorted(path.name for path in (settings.content / "topics").glob("*") if path.is_dir())
    topic = given.get("topic") or next(iter(topics), "")
    if any(field.name == "topics" for field in kind.fields) and topic not in topics:
        raise Refused(say("there is no topic “{topic}”. {advice}", topic=topic, advice=nearest(topic, topics)))
    facts = {"topics": f"[{topic}]", **_facts(settings, kind)}
    written = {"title": _quoted(title), "name": _quoted(title)}
    lines = [
        f"{field.name}: {written.get(field.name) or facts.get(field.name, _quoted('…'))}" for field in _asked(kind)
    ]
    path = folder / f"index.{language}.md"
    folder.mkdir(parents=True)
    path.write_text("\n".join(["---", *lines, "---", "…", ""]), encoding="utf-8")
    if kind is THREAD:
        _add_claim(settings, key, language, title)
    return path


def _add_claim(settings: Settings, thread: str, language: str, title: str) -> None:
    """Add the claim that a new thread follows to the register, as open, for its editor to complete."""
    today = settings.now.date().isoformat()
    texts = f"{{{language}: {_quoted('…')}}}"
    lines = [
        f"{thread}:",
        f"  thread: {thread}",
        f"  announced: {today}",
        f"  claim: {{{language}: {_quoted(title)}}}",
        f"  label: {texts}",
        "  verdicts:",
        f"    - verdict: open\n      date: {today}\n      judged: {today}\n      label: {texts}",
        f"      {language}: {_quoted('…')}",
        f"      proof: {{source: {{publisher: {_quoted('…')}, date: {today}, language: {language}}}}}",
    ]
    with (settings.content / "claims.yaml").open("a", encoding="utf-8") as register:
        register.write("\n".join(["", *lines, ""]))


def _asked(kind: Kind) -> Iterator[Field]:
    """Yield the keys that a new entry has: the required ones, and ``draft`` where there can be drafts."""
    yield from (field for field in kind.fields if field.required or field.name == "draft")


def _facts(settings: Settings, kind: Kind) -> dict[str, str]:
    today = settings.now.date().isoformat()
    facts = {"date": today, "as_of": today, "status": "announced", "draft": "true", "number": "1"}
    if kind is EDITION:
        editions = list((settings.content / kind.folder).glob("*/index.*.md"))
        numbers = [int(value) for path in editions if (value := str(_values(path).get("number", ""))).isdecimal()]
        listed = {str(key) for path in editions for key in _values(path).get("articles") or ()}
        articles = sorted(path.name for path in (settings.content / "articles").glob("*") if path.is_dir())
        free = [key for key in articles if key not in listed] or articles[-1:]
        facts |= {"number": str(max(numbers, default=0) + 1), "articles": f"[{', '.join(free)}]"}
    return facts


def _values(path: Path) -> dict[str, Any]:
    """Return the front matter of a file as plain texts and lists."""
    head, _, _ = frontmatter.split(frontmatter.decode(path.read_bytes()))
    data = frontmatter.parse_mapping(head, 2).data
    plain = data.items() if isinstance(data, dict) else ()
    return {
        key: [item.data for item in value.data] if isinstance(value.data, list) else value.data for key, value in plain
    }


def translate(settings: Settings, key: str, language: str = "") -> Path:
    """Write the counterpart of the entry ``key`` in ``language``, or in the first one it lacks; return the file."""
    folders = [(kind, settings.content / kind.folder / key) for kind in KINDS]
    found = [(kind, folder) for kind, folder in folders if KEY.match(key) and folder.is_dir()]
    if not found:
        keys = [path.name for kind in KINDS for path in (settings.content / kind.folder).glob("*") if path.is_dir()]
        raise Refused(say("there is no “{key}”. {advice}", key=key, advice=nearest(key, keys)))
    kind, folder = found[0]
    there = [code for code in settings.codes if (folder / f"index.{code}.md").is_file()]
    lacking = [code for code in settings.codes if code not in there and language in ("", code)]
    if not there or not lacking:
        raise Refused(say("{folder} has every language: there is nothing to translate.", folder=f"{kind.folder}/{key}"))
    source, target = folder / f"index.{there[0]}.md", folder / f"index.{lacking[0]}.md"
    _, body, _ = frontmatter.split(frontmatter.decode(source.read_bytes()))
    values = _values(source)
    lines = [
        line
        for field in kind.fields
        if not field.neutral and field.reader.is_prose and field.name in values
        for line in (f"# {there[0]}: {values[field.name]}", f"{field.name}:")
    ]
    known = memory(settings, there[0], lacking[0])
    text = "\n\n".join(_with_proposal(paragraph, known) for paragraph in paragraphs(body))
    converted = Converter(Style(there[0], {})).convert(body, "")
    told = f"translated_from: {converted.body.text_hash}"
    target.write_text("\n".join(["---", *lines, told, "---", text, ""]), encoding="utf-8")
    return target


def paragraphs(body: str) -> list[str]:
    """Return the blocks of a body, between blank lines."""
    return [block.strip("\n") for block in body.split("\n\n") if block.strip()]


def memory(settings: Settings, source: str, target: str) -> dict[str, str]:
    """Return paragraphs in the language ``source`` with translations, from pairs with equal numbers of paragraphs."""
    known: dict[str, str] = {}
    for path in sorted(settings.content.glob(f"*/*/index.{source}.md")):
        other = path.with_name(f"index.{target}.md")
        if other.is_file():
            blocks = [paragraphs(frontmatter.split(frontmatter.decode(file.read_bytes()))[1]) for file in (path, other)]
            if len(blocks[0]) == len(blocks[1]):
                known.update(zip(*blocks, strict=True))
    return known


def _with_proposal(paragraph: str, known: Mapping[str, str]) -> str:
    """Return a paragraph as a comment, followed by the translation of a similar one."""
    comment = f"<!-- {paragraph.replace('--', '- -')} -->"
    alike = get_close_matches(paragraph, known, n=1, cutoff=_ALIKE)
    return f"{comment}\n\n{known[alike[0]]}" if alike else comment


def _quoted(text: str) -> str:
    """Return ``text`` as YAML between double quotes; JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make new", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kind", choices=sorted(_NAMES))
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
    name = asked.kind or _ask(say("Kind ({kinds})?", kinds=either(sorted(_NAMES))), "article")
    kind = next((kind for kind in KINDS if kind.folder == _NAMES.get(name)), None)
    if kind is None:
        raise Refused(say("there is no kind “{kind}”. {advice}", kind=name, advice=nearest(name, _NAMES)))
    title = asked.title or _ask(say("Title?"), settings.now.date().isoformat())
    codes = settings.codes
    language = asked.language or _ask(say("Language ({codes})?", codes=either(codes)), codes[0])
    return create(settings, kind, title, language, {"key": asked.key or "", "topic": asked.topic or ""})


def main() -> int:
    """Make what is asked for and say where it is; return the exit status."""
    settings = settings_from(read_settings("pelicanconf.py"), PATH_WORDS)
    try:
        path = _begin(settings, _arguments())
    except Refused as refused:
        raise SystemExit(refused.sentence.text(words_for())) from refused
    print(path.relative_to(settings.content.parent))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
