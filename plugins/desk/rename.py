"""``make rename KEY=… TO=…``: another key for what is published, the same thing to readers and subscribers.

The folder, or the entry of the register, gets its new key, and all that names it
follows: front matter, registers, links. ``content/published.txt`` keeps what it
was called: ids of feeds, addresses of pictures and the records of mails go on by
the first key, an address made of a key leads to the new one. What was renamed by
hand is finished: KEY is gone then, and TO is there.

Nothing is written before every file has been read. A command that was stopped
can be given again.
"""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from desk import acknowledged
from desk.mentions import Thing, files_that_name, keys_of, renamed
from desk.project import read_project
from desk.refused import Refused
from desk.register_entries import ENTRY_SCHEMAS
from desk.remembered import add_lines
from desk.saving import save
from newsroom.content import frontmatter
from newsroom.content.kinds import KINDS
from newsroom.content.published import NAME, read_published
from newsroom.keys import KEY
from newsroom.problems import Invalid, Problem, Problems, nearest
from newsroom.reports import words_for
from newsroom.sentences import either, nsay, say
from newsroom.settings import Settings


def rename(settings: Settings, key: str, to: str) -> list[str]:
    """Give what is called ``key`` (as in ``cable`` or ``articles/cable``) the key ``to``; return the files changed.

    Raises :class:`Refused` where that cannot be, :class:`Problems` where a file cannot be read.
    """
    content = settings.content
    there = {folder: set(keys) for folder, keys in _things(content)}
    thing = _meant(key, there, content, to.rpartition("/")[2])
    to = _allowed(thing, to, there, content)
    texts = _edited(content, thing, to)
    for path, text in texts.items():
        save(path, text)
    new = Thing(thing.folder, to)
    if read_published(content).taken.get(thing.place) != new.place:
        add_lines(content, [f"{thing.place} became {new.place}\n"])
    folder = content / thing.place
    if folder.is_dir():
        folder.rename(content / new.place)
    _follow_notes(content, thing, new)
    root = content.parent
    return [path.relative_to(root).as_posix().replace(f"/{thing.place}/", f"/{new.place}/") for path in texts]


def _things(content: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the folders and registers of the content, with the keys of each."""
    for kind in KINDS:
        yield kind.folder, sorted(path.name for path in (content / kind.folder).glob("*") if path.is_dir())
    for register in ENTRY_SCHEMAS:
        path = content / f"{register}.yaml"
        try:
            yield register, keys_of(path)
        except Invalid as error:
            raise Problems([frontmatter.problem(f"{content.name}/{path.name}", error)]) from error


def _meant(key: str, there: Mapping[str, set[str]], content: Path, to: str) -> Thing:
    """Return the thing that ``key`` names: one that is there, or one that is published and called ``to`` by now."""
    folder, _, name = key.rpartition("/")
    found = [Thing(kind, name) for kind, keys in there.items() if name in keys and folder in ("", kind)]
    if not found:
        gone = [Thing(*place.split("/")) for place in sorted(read_published(content).places)]
        found = [
            thing
            for thing in gone
            if thing.key == name and folder in ("", thing.folder) and to in there.get(thing.folder, ())
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            say("“{key}” is the key of several: write KEY={places}.", key=key, places=either([t.place for t in found]))
        )
    known = {name for keys in there.values() for name in keys}
    if folder and folder not in there:
        raise Refused(say("there is no “{key}”. {advice}", key=folder, advice=nearest(folder, there)))
    raise Refused(say("there is no “{key}”. {advice}", key=key, advice=nearest(name, there.get(folder) or known)))


def _allowed(thing: Thing, to: str, there: Mapping[str, set[str]], content: Path) -> str:
    """Return the new key of ``thing`` without the folder that may stand before it; raise :class:`Refused`."""
    folder, _, name = to.rpartition("/")
    if folder not in ("", thing.folder):
        raise Refused(say("“{place}” stays in {folder}: write TO= and a key.", place=thing.place, folder=thing.folder))
    if not KEY.match(name):
        raise Refused(say("“{key}” cannot be a key: give one of a-z, 0-9 and hyphens with TO=.", key=to))
    if thing.folder == "pages":
        raise Refused(say("the theme names pages by their key: “{key}” cannot be renamed.", key=thing.key))
    if name == thing.key or (thing.key in there[thing.folder] and name in there[thing.folder]):
        raise Refused(say("{place} already exists: give another TO=.", place=f"{thing.folder}/{name}"))
    now = read_published(content).taken.get(f"{thing.folder}/{name}")
    if now and now != thing.place:
        raise Refused(say("“{key}” was the key of {place}, which keeps its ids.", key=name, place=now))
    return name


def _edited(content: Path, thing: Thing, to: str) -> dict[Path, str]:
    """Return the new text of every file that names ``thing``."""
    found: dict[Path, str] = {}
    problems: list[Problem] = []
    for path, name in files_that_name(content):
        try:
            text = renamed(path, name, thing, to)
        except Invalid as error:
            problems.append(frontmatter.problem(f"{content.name}/{name}", error))
            continue
        if text.encode("utf-8") != path.read_bytes():
            found[path] = text
    if problems:
        raise Problems(problems)
    return found


def _follow_notes(content: Path, thing: Thing, new: Thing) -> None:
    """Let the notes that the editors know of tell the files by their new names."""
    path = content / acknowledged.NAME
    if path.is_file():
        old, now = (f"{content.name}/{each.place}/" for each in (thing, new))
        save(path, path.read_text(encoding="utf-8", errors="replace").replace(old, now))


def main() -> int:
    """Rename what is asked for, and say what changed; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="make rename", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--key", required=True, help="what it is called, as in cable or articles/cable")
    parser.add_argument("--to", required=True, help="what it is to be called")
    asked, words = parser.parse_args(), words_for()
    settings, _ = read_project()
    try:
        changed = rename(settings, asked.key, asked.to)
    except Refused as refused:
        raise SystemExit(refused.sentence.text(words)) from refused
    except Problems as problems:
        raise SystemExit(problems.text(words)) from problems
    for file in changed:
        print(file)
    changed_files = nsay("{count} file changed.", "{count} files changed.", len(changed))
    kept = say("Its ids and addresses stay: keep {file} in the repository.", file=settings.in_content(NAME))
    print(changed_files.text(words), kept.text(words))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
