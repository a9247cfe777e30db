"""Every remedy, followed to the letter, takes its problem away.

A problem holds what it says as a template and values, so that a program can follow it as an editor
would: one way of following for each remedy there is. What is told next is another problem, or none.
"""

import ast
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from content_reading import CLAIM, SOUND, english, french, problems_of, write_files
from PIL import Image
from site_builder import ROOT, picture
from test_schema_errors import CASES, EN, FR, Case, bad, write_case

from newsroom.problems import Problem
from newsroom.sentences import Sentence


class Mistake:
    """A problem, and the file it is in, for a person who follows its remedy."""

    def __init__(self, problem: Problem, root: Path) -> None:
        self.problem, self.root = problem, root
        self.path = root / problem.file
        self.said = dict(getattr(problem.message, "values", ()))
        self.told = dict(getattr(problem.remedy, "values", ()))

    def first(self, name: str) -> str:
        """Return a value of the remedy, the first one of a choice."""
        value: Any = self.told[name]
        if isinstance(value, Sentence):
            one = str(dict(value.values)["one"])
            return one.partition(", ")[0]
        return str(value).partition(", ")[0]

    @property
    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").split("\n")

    @property
    def line(self) -> str:
        return self.lines[max(self.problem.line, 1) - 1]

    def write(self, text: str) -> None:
        lines = self.lines
        lines[max(self.problem.line, 1) - 1] = text
        self.path.write_text("\n".join(lines), encoding="utf-8")

    def take_out_line(self) -> None:
        lines = self.lines
        del lines[self.problem.line - 1]
        self.path.write_text("\n".join(lines), encoding="utf-8")

    def replace_said(self, text: str) -> None:
        """Write ``text`` in the place of what the message quotes, or of all that follows the key."""
        for value in self.said.values():
            if str(value) and str(value) in self.line:
                self.write(self.line.replace(str(value), text, 1))
                return
        self.replace_value(text)

    def replace_value(self, text: str) -> None:
        self.write(f"{self.line.partition(':')[0]}: {text}")

    def add_key(self, line: str) -> None:
        if not self.problem.file.endswith(".md"):
            self.write(f"{self.line.rstrip('}')}, {line}}}")
            return
        lines = self.lines
        lines.insert(1, line)
        self.path.write_text("\n".join(lines), encoding="utf-8")

    def add_inside(self, line: str) -> None:
        """Add a named value to the mapping on the line, before its brace."""
        head, brace, tail = self.line.rpartition("}")
        self.write(f"{head}, {line}{brace}{tail}")


FIGURE = """\
figure: bars
title: {fr: "Le prix monte", en: "The price rises"}
unit: {fr: "euros", en: "euros"}
source: {publisher: "Wire", date: 2020-06, language: en}
items:
  - {label: {fr: "avant", en: "before"}, value: 1}
  - {label: {fr: "après", en: "after"}, value: 2}
"""
#: What an editor writes for a key that a message only names.
SENSIBLE = {
    "title": '"Un titre"',
    "name": '"Un nom"',
    "summary": '"Un résumé."',
    "date": "2016-10-12",
    "topics": "[fibre]",
    "status": "rumour",
    "number": "1",
    "articles": "[cable]",
    "claim": '"Une affirmation."',
    "story": '"Une histoire."',
    "slug": "une-adresse",
    "alt": '"Ce que montre l’image"',
    "publisher": "Ariase",
    "language": "fr",
    "credit": '"Photo X"',
    "significant": "true",
    "definition": "Ce que c’est",
    "fr": "un texte",
    "en": "a text",
    "as_of": "2026",
}


def add_missing(mistake: Mistake) -> None:
    key = mistake.told["key"]
    mistake.add_key(f"{key}: {SENSIBLE[key]}")


def quote(mistake: Mistake) -> None:
    key, _, value = mistake.line.partition(":")
    mistake.write(f'{key}: "{value.strip()}"')


def rename(mistake: Mistake) -> None:
    name = mistake.first("name")
    if mistake.path.suffix == ".yaml":
        mistake.write(mistake.line.replace(mistake.problem.key, name, 1))
    else:
        mistake.path.rename(mistake.path.with_name(name))


def rename_picture(mistake: Mistake) -> None:
    old, new = str(mistake.said["name"]), mistake.first("name")
    (mistake.path.parent / old).rename(mistake.path.parent / new)
    mistake.write(mistake.line.replace(old, new))


def delete_character(mistake: Mistake) -> None:
    data = mistake.path.read_text(encoding="utf-8")
    char = chr(int(str(mistake.said["code"]), 16))
    mistake.path.write_text(data.replace(char, ""), encoding="utf-8")


def write_anew(mistake: Mistake) -> None:
    data = mistake.path.read_text(encoding="utf-8")
    mistake.path.write_text(data.replace("\ufffd", "â"), encoding="utf-8")


def item_of_a_list(mistake: Mistake) -> None:
    lines, first = mistake.lines, mistake.problem.line
    last = next(number for number in range(first, len(lines)) if not lines[number].startswith(" "))
    lines[first:last] = [
        f"{'    ' if number else '  - '}{line.strip()}" for number, line in enumerate(lines[first:last])
    ]
    mistake.path.write_text("\n".join(lines), encoding="utf-8")


def delete_escape(mistake: Mistake) -> None:
    mistake.write(re.sub(r"\\(?:x[0-9a-f]{2}|u[0-9A-Fa-f]{4}|0)|&#x?[0-9A-Fa-f]+;", "", mistake.line))


def picture_of_the_folder(mistake: Mistake) -> None:
    with Image.open(BytesIO(picture())) as image:
        image.convert("RGB").save(mistake.path.with_name("cable.jpg"))
    mistake.write("![Un câble](cable.jpg)")


def half_of_the_text(mistake: Mistake) -> None:
    lines = mistake.lines
    body = lines[mistake.problem.line - 1 :]
    half = body[: len(body) // 2] if len(body) > 2 else [line[:100] for line in body]
    mistake.path.write_text("\n".join([*lines[: mistake.problem.line - 1], *half]), encoding="utf-8")


def empty_lines_around(mistake: Mistake) -> None:
    mistake.write(re.sub(r"\s*(!\[[^]]*\]\([^)]*\))\s*", r"\n\n\1\n\n", mistake.line))


def other_note(mistake: Mistake) -> None:
    mistake.write(mistake.line.replace("[^un]", "[^deux]"))
    with mistake.path.open("a", encoding="utf-8") as file:
        file.write("\nEncore.[^deux]\n")


def text_of_the_note(mistake: Mistake) -> None:
    with mistake.path.open("a", encoding="utf-8") as file:
        file.write(f"\n[^{mistake.told['label']}]: Une note.\n")


def end_the_merge(mistake: Mistake) -> None:
    text = mistake.path.read_text(encoding="utf-8")
    text = re.sub(r"<{7}[^\n]*\n(.*?)={7}\n.*?>{7}[^\n]*\n", r"\1", text, flags=re.DOTALL)
    mistake.path.write_text(text, encoding="utf-8")


def did_you_mean(mistake: Mistake) -> None:
    word = str(mistake.told["word"])
    if mistake.path.is_dir():
        for entry in mistake.path.iterdir():
            entry.rename(mistake.path.with_name(word) / entry.name)
        mistake.path.rmdir()
    elif mistake.problem.line == 0:
        code = str(mistake.said["code"])
        mistake.path.rename(mistake.path.with_name(mistake.path.name.replace(f".{code}.", f".{word}.")))
    elif not mistake.said:
        mistake.write(mistake.line.replace(mistake.problem.key, word, 1))
    else:
        mistake.replace_said(word)


def one_of(mistake: Mistake) -> None:
    if mistake.problem.line == 0:
        code = str(mistake.said["code"])
        mistake.path.rename(
            mistake.path.with_name(mistake.path.name.replace(f".{code}.", f".{mistake.first('names')}."))
        )
    elif not mistake.said:
        mistake.write(mistake.line.replace(mistake.problem.key, mistake.first("names"), 1))
    else:
        names = str(mistake.told["names"]).split(", ")
        mistake.replace_said("en" if "en" in names else names[0])


def keep_within(mistake: Mistake) -> None:
    if "[" in mistake.line:
        mistake.replace_value(
            f"[{', '.join(mistake.line.partition('[')[2].rstrip(']').split(', ')[: mistake.told['most']])}]"
        )
    else:
        mistake.replace_value(mistake.line.partition(": ")[2][: mistake.told["most"]])


def keep_one(mistake: Mistake) -> None:
    words = mistake.line.partition("[")[2].rstrip("]").split(", ")
    if len(words) > 1:
        mistake.replace_value(f"[{', '.join(dict.fromkeys(words))}]")
    else:
        mistake.take_out_line()


def move_to_folder(mistake: Mistake) -> None:
    if mistake.path.is_symlink():
        mistake.path.unlink()
        return
    key, language, _ = mistake.path.name.split(".")
    target = mistake.path.with_name(f"{key}-2")
    target.mkdir()
    text = mistake.path.read_text(encoding="utf-8").replace("Un câble", "Un second câble")
    (target / f"index.{language}.md").write_text(text, encoding="utf-8")
    mistake.path.unlink()


def publish_or_unlink(mistake: Mistake) -> None:
    mistake.write(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", mistake.line))


def put_picture(mistake: Mistake) -> None:
    """Put a picture of the format that its name tells."""
    path = mistake.path.parent / str(mistake.said["file"])
    if path.suffix == ".yaml":
        path.write_text(FIGURE, encoding="utf-8")
        return
    with Image.open(BytesIO(picture())) as image:
        image.convert("RGB").save(path)


def copy_of_the_file(mistake: Mistake) -> None:
    """Put a sound file of the same name in the place of a link, a pipe or a folder."""
    if mistake.path.is_dir() and not mistake.path.is_symlink():
        mistake.path.rmdir()
    else:
        mistake.path.unlink()
    sound: Any = {"index.en.md": english(), ".png": picture(), ".yaml": SOUND.get(mistake.path.name, "")}
    data = next(data for end, data in sound.items() if mistake.path.name.endswith(end))
    mistake.path.write_bytes(data.encode() if isinstance(data, str) else data)


def front_matter(mistake: Mistake) -> None:
    body = mistake.path.read_text(encoding="utf-8-sig").lstrip("\n\ufeff")
    head = "" if body.startswith("---") else french(body="").rstrip() + "\n"
    mistake.path.write_text(head + body, encoding="utf-8")


def close_front_matter(mistake: Mistake) -> None:
    mistake.path.write_text(mistake.path.read_text(encoding="utf-8").replace("\n\n", "\n---\n", 1), encoding="utf-8")


def save_as_utf_8(mistake: Mistake) -> None:
    raw = mistake.path.read_bytes()
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1")
    # Bytes of another encoding among UTF-8 are what an editor sees and types again.
    mistake.path.write_text(re.sub("Ã.|â\x80.", "e", text), encoding="utf-8")


def item_a_line(mistake: Mistake) -> None:
    value = mistake.line.partition(":")[2].strip()
    mistake.replace_value(f"[{value}]" if value not in ("[]", "") else "[fibre]")


def start_with_key(mistake: Mistake) -> None:
    mistake.write(f"title: {SENSIBLE['title']}" if mistake.path.suffix == ".md" else "nasa: {kind: agency, name: a}")


def other_slug(mistake: Mistake) -> None:
    if mistake.line.startswith("slug:"):
        mistake.replace_value("une-autre-adresse")
    else:
        mistake.add_key("slug: une-autre-adresse")


def one_line(mistake: Mistake) -> None:
    lines = mistake.lines
    text = " ".join(line.strip() for line in lines[mistake.problem.line : mistake.problem.line + 2])
    lines[mistake.problem.line - 1 : mistake.problem.line + 2] = [f'{mistake.problem.key}: "{text}"']
    mistake.path.write_text("\n".join(lines), encoding="utf-8")


def either_date(mistake: Mistake) -> None:
    line = re.sub(r"(?:date|month): [\d-]+, ", "", mistake.line)
    mistake.write(line.replace("{", "{month: 2018-06, ", 1))


def quotation_marks(mistake: Mistake) -> None:
    key, _, value = mistake.line.partition(": ")
    mistake.write(f'{key}: "{value.strip().replace(chr(34), "")}"')


def key_and_value(mistake: Mistake) -> None:
    mistake.take_out_line()
    if mistake.line.startswith(":"):
        mistake.take_out_line()


def brackets(mistake: Mistake) -> None:
    mistake.replace_value("[mer]")


def other_language(mistake: Mistake) -> None:
    """Add the text that is missing to the first one that lacks it, from the line that is told."""
    code, lines = mistake.told["code"], mistake.lines
    for place in range(mistake.problem.line - 1, len(lines)):
        if "{fr: " in lines[place] and f"{code}: " not in lines[place]:
            lines[place] = lines[place].rstrip("}") + f', {code}: "a text"}}'
            break
    mistake.path.write_text("\n".join(lines), encoding="utf-8")


def key_of_the_figure(mistake: Mistake) -> None:
    line = next(line for line in FIGURE.splitlines() if line.startswith(f"{mistake.told['name']}: "))
    with mistake.path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def one_block(mistake: Mistake) -> None:
    mistake.path.write_text(mistake.path.read_text(encoding="utf-8").replace("---\n", ""), encoding="utf-8")


def folder_of_the_link(mistake: Mistake) -> None:
    target = mistake.path.resolve()
    mistake.path.unlink()
    target.rename(mistake.path)


def address(mistake: Mistake) -> None:
    meant = mistake.told["address"]
    if "](" in mistake.line:
        mistake.write(re.sub(r"\]\([^)]*\)", f"]({meant})", mistake.line))
    else:
        mistake.write(mistake.line.replace(meant.removeprefix("https://"), meant))


FOLLOW: dict[str, Callable[[Mistake], None]] = {
    "Check it in a browser.": lambda m: m.replace_said("https://example.org/"),
    "Add {code}: … to it.": other_language,
    "Add “{name}: …”. {about}": key_of_the_figure,
    "Check value: and of:.": lambda m: m.write(m.line.replace("value: 3", "value: 1")),
    "Delete it: the folder says what kind of page it is.": Mistake.take_out_line,
    "Delete it: the name of the folder is the key.": Mistake.take_out_line,
    "Keep one block of keys.": one_block,
    "Rename it.": lambda m: m.write(m.line.replace(m.problem.key, "autre")),
    "Replace it with the folder it leads to.": folder_of_the_link,
    "Replace the file with a folder, or remove it.": lambda m: m.path.unlink(),
    "Write digits, with a point before decimals: 1616 or 2.5.": lambda m: m.write(
        re.sub(r'value: (?:"[^"]*"|[^,}]+)', "value: 2.5", m.line)
    ),
    "Write longitude and latitude in degrees: [-118.4, 33.9].": lambda m: m.write(
        re.sub(r"at: \[[^]]*\]", "at: [-118.4, 33.9]", m.line)
    ),
    "Write the name of a folder, or of an entry.": lambda m: m.replace_value("mer"),
    "Write via: [from, to].": lambda m: m.write(m.line.replace("[brest]", "[brest, dakar]")),
    "Check lists and quotations.": lambda m: m.write("1. Un"),
    "Give one another name.": other_note,
    "Keep one of the two texts, and delete the lines of <<<<<<<, ======= and >>>>>>>.": end_the_merge,
    "Put a picture in the folder of the article.": picture_of_the_folder,
    "Put empty lines around it.": empty_lines_around,
    "Say what it shows: ![…]({file}).": picture_of_the_folder,
    "Split the article.": half_of_the_text,
    "Split the paragraph, or the article.": half_of_the_text,
    "Split the table.": half_of_the_text,
    "Use a JPEG, PNG or WebP whose name ends in .jpg, .jpeg, .png or .webp.": picture_of_the_folder,
    "Write [^{label}] in the text, where the note belongs, or delete the note.": Mistake.take_out_line,
    "Write ``` and the language, no more.": lambda m: m.write("``` py"),
    "Write https://{address}, if this is where it is.": lambda m: m.replace_said(f"https://{m.told['address']}"),
    "Write https://…, an address of the site that starts with /, or article:<folder name>.": lambda m: m.write(
        m.line.replace("](", "](article:cable#", 1)
        if "#" in m.line
        else re.sub(r"\]\([^)]*\)", "](article:cable)", m.line)
    ),
    "Write it on a line of its own: [^{label}]: …": text_of_the_note,
    "Write it plainly.": lambda m: m.write("![Un câble](cable.jpg)"),
    "Write the id of a heading: its words in small letters, with hyphens.": lambda m: m.replace_said("#le-prix"),
    "Write article:<folder name>.": lambda mistake: mistake.replace_said("article:cable"),
    "Write {address}: no part of it has an id.": lambda mistake: mistake.replace_said(mistake.first("address")),
    "Add {expected}, or remove the folder.": lambda m: m.path.joinpath("index.fr.md").write_text(
        french('title: "Un dossier"'), encoding="utf-8"
    ),
    "Add {name}: … to it.": lambda m: m.add_inside(f"{m.told['name']}: {SENSIBLE[m.told['name']]}"),
    "Add “alt: …”: say what it shows.": lambda m: m.add_key(f"alt: {SENSIBLE['alt']}"),
    "Add “slug: …”.": lambda m: m.add_key(f"slug: {SENSIBLE['slug']}"),
    "Add “{key}: …”. {about}": add_missing,
    "Bring {file} back if it was deleted; if not, add {lines}": lambda m: m.path.with_name(m.first("file")).write_text(
        french(), encoding="utf-8"
    ),
    "Check quotes, brackets and indentation (spaces, no tabs) on this line and the one before.": quotation_marks,
    "Check the brackets and the indentation.": brackets,
    "Write it anew, and save the file as UTF-8.": write_anew,
    "Write it between brackets: [{example}].": lambda m: m.replace_value(f"[{m.line.partition(': ')[2]}]"),
    "Write them one by one: {names}.": lambda m: m.replace_said(m.first("names")),
    "Write “- ” before its first key, and its other keys right under that.": item_of_a_list,
    "Delete it.": delete_character,
    "Delete it: articles are not signed. The author of a source stands in sources.": Mistake.take_out_line,
    "Delete it: the name of the file says the language.": Mistake.take_out_line,
    "Delete the escape.": delete_escape,
    "Did you mean “{word}”?": did_you_mean,
    "Give it another one: “slug: …”.": other_slug,
    "Indent with spaces.": lambda m: m.write(m.line.replace("\t", "  ")),
    "Indent with ordinary spaces.": lambda m: m.write(m.line.replace("\u00a0", " ")),
    "Keep it in one of the two.": lambda m: m.write(re.sub(r" match: \[[^]]*\],", "", m.line)),
    "Keep it within {most}.": keep_within,
    "Keep one of the two.": keep_one,
    "Move it to {folder}/<key>/index.<language>.md.": move_to_folder,
    "Move it up, beside “{folder}”.": lambda m: m.path.rename(m.path.parent.with_name(m.path.name)),
    "Publish it, or take the link out.": publish_or_unlink,
    "Put it there, under this name.": put_picture,
    "Put the texts between the brackets in double quotes.": lambda m: m.write(
        re.sub(r"(fr|en): ([^,}]*)", r'\1: "\2"', m.line)
    ),
    "Put the value in double quotes.": quote,
    "Put the value in double quotes: it holds a colon followed by a space.": quote,
    "Put the value in double quotes: it starts with a character that YAML keeps for itself.": quote,
    "Remove the line break.": one_line,
    "Rename it {names}, by the language it is written in.": lambda m: m.path.rename(m.path.with_name(m.first("names"))),
    "Rename it “{name}”.": rename,
    "Rename the file “{name}”, and write this name here.": rename_picture,
    "Replace the link, pipe or folder with a copy of the file.": copy_of_the_file,
    "Save the file as UTF-8.": save_as_utf_8,
    "Say it once: delete one of the two lines.": Mistake.take_out_line,
    "Show a picture, under another name.": lambda m: m.replace_said("cable.jpg"),
    "Start the file with a line “---”, the keys, and a line “---”.": front_matter,
    "Take it out of the list.": lambda m: m.take_out_line(),
    "Remove the spaces at its start.": lambda m: m.write(m.line.lstrip()),
    "The month ends on {date}: write a day up to it.": lambda m: m.replace_said(m.told["date"]),
    "Use a-z, 0-9 and single hyphens, 100 at most.": lambda m: m.replace_value("une-adresse"),
    "Write YYYY-MM-DD, for instance 2018-10-15, or with a time, 2018-10-15T08:30.": lambda m: m.replace_value(
        "2018-10-15"
    ),
    "Write [one, two] or one “- item” a line.": item_a_line,
    "Write [{items}].": lambda m: m.replace_value(f"[{m.told['items']}]"),
    "Write a line “---” after its last key.": close_front_matter,
    "Write a year from {first} to {last}.": lambda m: m.replace_value(f"{m.told['last']}-01-01"),
    "Write digits only, for instance {number}.": lambda m: m.replace_value(m.told["number"]),
    "Write YYYY, YYYY-MM or YYYY-MM-DD.": lambda m: m.write(re.sub(r"date: [^,}]+", "date: 2016", m.line)),
    "Write either {names}.": either_date,
    "Write two letters, for instance fr.": lambda m: m.write(re.sub(r"language: [^,}]+", "language: fr", m.line)),
    "Delete it: it is a key of {folders}.": Mistake.take_out_line,
    "Write it after the colon, in double quotes.": lambda m: m.replace_value('"Un texte"'),
    "Write it whole, starting with https://.": lambda m: m.write(
        re.sub(r"url: [^}]*", 'url: "https://example.org/"', m.line)
    ),
    "Write one of: {names}.": one_of,
    "Write one “key: value” a line.": start_with_key,
    "Write the plain file name.": lambda m: m.replace_said("cable.jpg"),
    "Write true or false.": lambda m: m.write(re.sub(r"significant: [^,}]+", "significant: true", m.line)),
    "Write {address}.": address,
    "Write # before a remark.": lambda m: m.write(f"# {m.line}"),
    "Write three hyphens instead.": lambda m: m.write("---"),
    "Delete it: “---” starts the file.": lambda m: m.path.write_text(
        m.path.read_text(encoding="utf-8").lstrip(), encoding="utf-8"
    ),
    "Delete it: the theme decides how things look.": Mistake.take_out_line,
    "Put a comma between two values, and double quotes around such a text.": lambda m: m.write(
        re.sub(r"([^,{\s]) (\w+:)", r"\1, \2", m.line)
    ),
    "Write a link to it: [what it shows]({address}).": lambda m: m.write(f"[une vue]({m.told['address']})"),
    "Put it on a site that shows it, and write a link to there.": lambda m: m.write("[un film](https://example.org/)"),
    "Write {code}.": lambda m: m.write(re.sub(r"language: \w+", f"language: {m.told['code']}", m.line)),
    "Write {date}.": lambda m: m.replace_said(m.first("date")),
    "Write {example}.": lambda m: m.write(
        f"  - {m.told['example']}"
        if m.line.lstrip().startswith("- ")
        else f"{m.line.partition(':')[0]}: {m.told['example']}"
    ),
    "Write {word}.": lambda m: m.replace_value(m.told["word"]),
    "Write “key: value”.": key_and_value,
    "Write “{key}”. Use a-z, 0-9 and single hyphens, 100 at most.": lambda m: m.replace_said(m.told["key"]),
    "Write “{sign}” at its end.": lambda m: m.write(m.line + m.told["sign"]),
    "Write “{text}”.": lambda m: m.write(m.told["text"]),
    "Write “{word}: …”.": lambda m: m.write(f"{m.told['word']}: rumour"),
    "Write “ ” or « » inside the text, or take the marks out.": quotation_marks,
}


def review(name: str, *lines: str, files: dict[str, str | bytes] | None = None, body: str = "Texte.") -> Case:
    """Return a mistake that editors make, without what must be told of it."""
    return bad(name, {FR: french(*lines, body=body), **(files or {})})


def drawn(name: str, figure: str) -> Case:
    """Return a mistake in the file of a figure."""
    return review(name, files={"articles/cable/prix.yaml": figure}, body="![a](prix.yaml)")


ROUTE = """\
figure: route
title: {fr: "Un câble", en: "A cable"}
source: {publisher: "Wire", date: 2020-06, language: en}
places:
  - {key: brest, label: {fr: "Brest", en: "Brest"}, at: [-4.5, 48.4]}
  - {key: dakar, label: {fr: "Dakar", en: "Dakar"}, at: [-17.4, 14.7]}
lines:
  - {via: [brest, dakar], label: {fr: "le câble", en: "the cable"}, state: planned}
"""


def linked_section(content: Path) -> None:
    (content / "topics").rename(content.parent / "elsewhere")
    (content / "topics").symlink_to("../elsewhere")


REVIEW = (
    review("claim-in-one-language", files={"claims.yaml": CLAIM.replace(', en: "A cable will be laid."', "")}),
    review("verdict-named-in-one-language", files={"claims.yaml": CLAIM.replace(', en: "refused"', "")}),
    review("layout", "layout: post"),
    review("id", "id: cable"),
    review(
        "key-without-a-letter", files={"entities.yaml": SOUND["entities.yaml"] + "'???': {kind: company, name: A}\n"}
    ),
    review("two-documents", files={"entities.yaml": SOUND["entities.yaml"] + "---\nnasa: {kind: agency, name: A}\n"}),
    review("file-for-a-section", files={"editions": "Un numéro."}),
    review("thread-without-a-key", 'thread: ""'),
    bad("section-that-is-a-link", {}, prepare=linked_section),
    drawn("figure-without-a-unit", FIGURE.replace('unit: {fr: "euros", en: "euros"}\n', "")),
    drawn("figure-without-a-title", FIGURE.replace('title: {fr: "Le prix monte", en: "The price rises"}\n', "")),
    drawn("bar-of-words", FIGURE.replace("value: 2}", "value: beaucoup}")),
    drawn("bar-with-a-comma", FIGURE.replace("value: 2}", 'value: "2,5"}')),
    drawn("bar-beyond-its-whole", FIGURE.replace("value: 2}", "value: 3, of: 2}")),
    drawn("place-off-the-earth", ROUTE.replace("[-4.5, 48.4]", "[248.4, -4.5]")),
    drawn("place-without-a-latitude", ROUTE.replace("[-4.5, 48.4]", "[-4.5]")),
    drawn("line-from-nowhere", ROUTE.replace("[brest, dakar]", "[brest]")),
    review("no-space-after-the-colon", files={FR: french().replace("status: ", "status:")}),
    review("no-space-after-the-colon-of-the-first-key", files={FR: french().replace("title: ", "title:")}),
    review("no-colon", files={FR: french().replace("status: rumour", "status rumour")}),
    review("indented-with-no-break-spaces", "sources:\n\u00a0\u00a0- {publisher: a, date: 2016, language: fr}"),
    review("a-line-too-far-right", files={FR: french().replace("date: 2016", "  date: 2016")}),
    review("31-november", "date: 2016-11-31"),
    review("hour-in-french", "publish: 2016-12-01 8h"),
    review(
        "topic-by-its-french-name",
        "topics: [La fibre]",
        files={"topics/fibre/index.fr.md": "---\nname: La fibre\n---\n"},
    ),
    review("player-by-its-name", "entities: [Amazon]"),
    review(
        "picture-as-a-word",
        "image: cable.png",
        "alt: Un câble",
        files={EN: english("alt: A cable"), "articles/cable/cable.png": picture()},
    ),
    review("source-as-an-address", "sources:\n  - https://example.org/a"),
    review("picture-with-an-accent", body="![Un câble](câble.png)", files={"articles/cable/câble.png": picture()}),
    review("tags", files={FR: french(without=("topics",)).replace("status:", "tags: [fibre]\nstatus:")}),
    review("sujets", files={FR: french(without=("topics",)).replace("status:", "sujets: [fibre]\nstatus:")}),
    review("author", "author: Moi"),
    review("lang", "lang: fr"),
    review("status-in-french", "status: démenti"),
    review("colon-in-the-braces", "expected: {month: 2018-06, fr: a: b, en: c}"),
    review(
        "index-without-a-language",
        files={
            "articles/lost/index.md": english('title: "Lost"', "date: 2016-01-01", "topics: [fibre]", "status: rumour")
        },
    ),
    review(
        "index-in-capitals",
        files={
            "articles/lost/INDEX.EN.MD": english(
                'title: "Lost"', "date: 2016-01-01", "topics: [fibre]", "status: rumour"
            )
        },
    ),
    review(
        "folder-with-dots",
        files={
            "articles/a.b/index.en.md": english(
                'title: "Lost"', "date: 2016-01-01", "topics: [fibre]", "status: rumour"
            )
        },
    ),
    review(
        "hidden-folder",
        files={
            "articles/.lost/index.en.md": english(
                'title: "Lost"', "date: 2016-01-01", "topics: [fibre]", "status: rumour"
            )
        },
    ),
    review(
        "folder-in-a-folder",
        files={
            "articles/cable/lost/index.en.md": english(
                'title: "Lost"', "date: 2016-01-01", "topics: [fibre]", "status: rumour"
            )
        },
    ),
    review(
        "section-misspelt",
        files={
            "artcles/lost/index.en.md": english(
                'title: "Lost"', "date: 2016-01-01", "topics: [fibre]", "status: rumour"
            )
        },
    ),
    review("merge", body="Un\n<<<<<<< HEAD\ndeux\n=======\ntrois\n>>>>>>> main\nquatre"),
    review("note-without-a-text", body="Un[^un] et deux[^deux]."),
    review("note-never-called", body="Un.\n\n[^un]: Une note."),
    review("note-told-twice", body="Un.[^un]\n\n[^un]: Une note.\n[^un]: Une autre."),
    review("link-without-a-scheme", body="[là](www.example.org) et [là](example.org/a)"),
    review("link-to-no-heading", body="## Le prix\n\n[là](#prix)"),
    review("link-to-a-file", body="[là](cable.pdf)"),
    review("link-that-is-no-address", body="[là](//[bad)"),
    review("figure-in-a-line", body="Un ![a](prix.yaml) deux"),
    review("figure-twice", body="![a](prix.yaml)\n\n![a](prix.yaml)"),
    review("markup-in-the-text-of-a-picture", body="![a\\_b [c\\_d](/fr/)](cable.jpg)"),
    review("picture-of-another-format", body="![Un câble](cable.tiff)"),
    review("long-fence", body=f"```{'x' * 600}\n```"),
    review("cells", body="a|" * 2_000 + "\n" + "-|" * 2_000 + "\n" + "x|\n" * 9),
    bad("the-file-that-said-the-facts-is-gone", {}, prepare=lambda content: (content / FR).unlink()),
)
#: What an editor cannot mend by writing a line: the text itself must change.
JUDGEMENT = {
    "Add expected: … with the newest.",
    "Add one to {file} with thread: {key}.",
    "Cite what came after it.",
    "Publish it, or cite a source.",
    "Write the oldest first.",
    "Write verdict: kept, or add expected: … to the claim.",
    "Write verdict: kept, or check the two dates.",
    "Write verdict: kept-late, or check the two dates.",
    "Check the two dates.",
    "Give it a status of {names}.",
    "Write the one that make check tells.",
    "Give it another key.",
    "Run make rename KEY={old} TO={new}; if it is another text, take {old} out of {file}.",
}
#: Messages, not remedies, that start with a name.
NAMES = {"YAML anchors (& and *) are not read.", "YAML tags (!) are not read."}
MOST = 8


@pytest.mark.parametrize("case", [*CASES, *REVIEW], ids=lambda case: case.name)
def test_a_remedy_followed_to_the_letter_takes_its_problem_away(case: Case, tmp_path: Path) -> None:
    write_case(tmp_path, case)
    problems = problems_of(tmp_path)
    assert problems
    for _ in range(MOST):
        followed = next((each for each in problems if can_be_followed(each)), None)
        if followed is None:
            break
        FOLLOW[template_of(followed)](Mistake(followed, tmp_path))
        after = problems_of(tmp_path)
        same = [str(each) for each in after if (each.file, each.key, str(each.message)) == told(followed)]
        assert not same, f"followed and told again: {followed}"
        problems = after
    assert len(problems) < 2 or case.name == "a-thousand-and-one-items"


def told(problem: Problem) -> tuple[str, str, str]:
    return (problem.file, problem.key, str(problem.message))


def template_of(problem: Problem) -> str:
    return problem.remedy.template


def can_be_followed(problem: Problem) -> bool:
    return template_of(problem) not in JUDGEMENT


def remedies_of(room: str) -> set[str]:
    """Return the remedies that the code of a room says: sentences that start with a capital."""
    said = set()
    for path in (ROOT / "plugins" / "newsroom" / room).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if getattr(getattr(node, "func", None), "id", "") == "say" and isinstance(node.args[0], ast.Constant):
                said.add(node.args[0].value)
    return {template for template in said if template[0].isupper()}


@pytest.mark.parametrize("room", ["text", "content"])
def test_every_remedy_for_content_has_been_followed(room: str) -> None:
    assert remedies_of(room) - NAMES - FOLLOW.keys() - JUDGEMENT == set()


def test_there_are_a_hundred_mistakes_and_more() -> None:
    assert len(CASES) + len(REVIEW) >= 200


def test_sound_content_asks_for_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "content", SOUND)
    assert problems_of(tmp_path) == ()
