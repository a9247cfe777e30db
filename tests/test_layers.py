"""The house: two floors, arrows one way, no code that knows a language by its name."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from content_reading import SOUND, pelicanconf, write_files
from jinja2 import Environment, nodes
from site_builder import ROOT

PLUGINS = ROOT / "plugins"
THEME = ROOT / "theme"
LONGEST = 260
#: The modules of the newsroom that write: the cache and its lock.
WRITERS = ("newsroom/store/database.py", "newsroom/store/lock.py")

MODULES = sorted(PLUGINS.rglob("*.py"))
STEPS = sorted(PLUGINS.glob("*.py"))
NEWSROOM = sorted((PLUGINS / "newsroom").rglob("*.py"))
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
ASSETS = sorted(path for path in (THEME / "static").rglob("*") if path.suffix in (".css", ".js"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix().removeprefix("plugins/")


def faults(paths: Iterable[Path], find: Callable[[Path], Iterable[object]]) -> dict[str, list[object]]:
    """Return what ``find`` says against each file, by name."""
    found = {name_of(path): list(find(path)) for path in paths}
    return {name: said for name, said in found.items() if said}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            assert node.level == 0, f"{path.name}: a relative import hides where it leads"


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


# --- floors ---------------------------------------------------------------------------------


def test_there_is_something_to_look_at() -> None:
    assert len(STEPS) > 10
    assert len(NEWSROOM) > 30
    assert len(TEMPLATES) > 20
    assert ASSETS


def test_the_newsroom_knows_neither_pelican_nor_its_steps() -> None:
    strangers = {"pelican", "blinker", "desk", *(step.stem for step in STEPS)}
    assert faults(NEWSROOM, lambda path: roots(path) & strangers) == {}


def test_a_step_knows_the_newsroom_and_no_other_step() -> None:
    strangers = {"desk", *(step.stem for step in STEPS)}
    assert faults(STEPS, lambda path: roots(path) & strangers) == {}


def test_the_newsroom_is_used_without_pelican_being_loaded() -> None:
    program = "import newsroom.session, sys; print([name for name in sys.modules if name.split('.')[0] == 'pelican'])"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(PLUGINS), capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_modules_of_the_newsroom_do_not_import_each_other_in_a_circle() -> None:
    names = {name_of(path).removesuffix(".py").replace("/", "."): path for path in NEWSROOM}
    arrows = {
        name: {other for found in imports(path) for other in (found, found.rpartition(".")[0]) if other in names}
        for name, path in names.items()
    }
    settled: set[str] = set()
    while free := {name for name, others in arrows.items() if name not in settled and others <= settled | {name}}:
        settled |= free
    assert settled == set(arrows), sorted(set(arrows) - settled)


#: The rooms of the newsroom and its single modules, from the ground up: each knows what stands on lines before its own.
GROUND_UP = (
    ("colour_profiles", "sentences", "keys", "dates", "processes"),
    ("progress", "problems"),
    ("pixels", "plain_files", "setting_places", "text", "theme"),
    ("setting_mistakes", "setting_values"),
    ("languages", "mail_settings", "store"),
    ("build", "messages", "pictures", "search", "settings"),
    ("content", "reports"),
    ("required_folders", "rules", "views"),
    ("fragments", "mail", "writers"),
    ("session",),
    ("failures",),
    ("outputs",),
)


def room_of(module: str) -> str:
    """Return the room, or the single module, that a dotted name of the newsroom leads to."""
    return module.removeprefix("newsroom.").split(".")[0]


def test_a_room_knows_only_rooms_below_it() -> None:
    storey = {room: number for number, rooms in enumerate(GROUND_UP) for room in rooms}

    def upward(path: Path) -> Iterator[str]:
        own = room_of(name_of(path).removeprefix("newsroom/").removesuffix(".py").replace("/", "."))
        for found in imports(path):
            if found.startswith("newsroom."):
                other = room_of(found)
                if other != own and storey[other] >= storey[own]:
                    yield f"{own} → {other}"

    modules = [path for path in NEWSROOM if path.parent.name != "newsroom" or path.stem != "__init__"]
    assert faults(modules, upward) == {}


def test_a_step_explains_itself_and_ends_with_its_connection_to_pelican() -> None:
    for path in STEPS:
        module = tree_of(path)
        assert ast.get_docstring(module), path
        functions = [node.name for node in module.body if isinstance(node, ast.FunctionDef)]
        assert functions[-1] == "register", path


def test_the_list_of_plugins_names_every_step() -> None:
    assert sorted(pelicanconf()["PLUGINS"]) == [path.stem for path in STEPS]


def test_a_module_is_short_and_named_for_what_it_does() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "misc", "common_utils", "tools"}


def changing(path: Path) -> Iterator[str]:
    """Yield what in a module looks as if it were carried from one build to the next."""
    module = tree_of(path)
    yield from (f"{node.lineno}: global" for node in ast.walk(module) if isinstance(node, ast.Global))
    containers = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, containers):
            name = ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
            if not name.isupper():
                yield f"{node.lineno}: {name}"


def test_nothing_is_carried_from_build_to_build_in_a_module() -> None:
    assert faults(MODULES, changing) == {}


# --- writing --------------------------------------------------------------------------------

#: Methods of paths that change the disk, and modules whose functions do.
METHODS = frozenset(
    ("write_text", "write_bytes", "touch", "mkdir", "unlink", "rmdir", "rename", "symlink_to", "hardlink_to", "chmod")
)
OWNERS = frozenset(("shutil", "tempfile", "sqlite3"))
OS = frozenset(
    (
        "open",
        "write",
        "pwrite",
        "ftruncate",
        "link",
        "remove",
        "replace",
        "rename",
        "mkdir",
        "makedirs",
        "unlink",
        "rmdir",
        "truncate",
    )
)


def mode_of(call: ast.Call) -> str:
    """Return the mode that a call of ``open`` gives: of a path it is the first argument, else the second."""
    place = 0 if isinstance(call.func, ast.Attribute) else 1
    given = [word.value for word in call.keywords if word.arg == "mode"] or call.args[place : place + 1]
    return str(given[0].value) if given and isinstance(given[0], ast.Constant) else "r"


def writes(path: Path) -> Iterator[str]:
    """Yield what in a module looks as if it changed the disk."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
        one_argument = len(node.args) == 1 and not node.keywords
        if (
            called in METHODS
            or owner in OWNERS
            or (owner == "os" and called in OS)
            or (called == "open" and set(mode_of(node)) & set("wax+"))
            or (called == "replace" and one_argument)  # a path; a text takes two
        ):
            yield f"{node.lineno}: {ast.unparse(node)[:80]}"


def test_the_newsroom_writes_nothing_but_the_cache() -> None:
    assert sorted(faults(NEWSROOM, writes)) == sorted(WRITERS)


# --- the clock ------------------------------------------------------------------------------

#: The modules of the newsroom that ask what time it is: for the moment of a build, how young a file is, how old a note
#: of the cache, how long work lasts.
CLOCKS = (
    "newsroom/content/content_reader.py",
    "newsroom/pictures.py",
    "newsroom/progress.py",
    "newsroom/settings.py",
    "newsroom/store/store.py",
)
MOMENTS = frozenset(("now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime", "ctime"))


def moments(path: Path) -> Iterator[str]:
    """Yield what in a module looks as if it asked the clock: ``now``, with a time zone or without, and its like."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MOMENTS:
            owner = ast.unparse(node.func.value)
            if owner.rpartition(".")[2] in ("datetime", "date", "time"):
                yield f"{node.lineno}: {ast.unparse(node)[:80]}"


def test_a_view_is_made_of_the_moment_that_its_build_gives_it() -> None:
    """What asked the clock itself would differ between two builds of the same commit."""
    assert sorted(faults(NEWSROOM, moments)) == sorted(CLOCKS)


WATCHED = """
import json, os, sys
touched = []
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, (str, bytes)) and (flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)):
            touched.append(os.fsdecode(path))
    elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "os.symlink", "os.link"):
        touched.extend(os.fsdecode(path) for path in arguments[:2] if isinstance(path, (str, bytes, os.PathLike)))
    elif event == "sqlite3.connect":
        touched.append(os.fsdecode(arguments[0]))
from pathlib import Path
from content_reading import session
from newsroom.views.common import body
with session(Path(sys.argv[1])) as opened:
    pass
sys.addaudithook(watch)
with session(Path(sys.argv[1])) as opened:
    catalogue = opened.begin()
    for article in catalogue.articles:
        for text in article.texts.values():
            opened.fragments.page_html(body(catalogue, text))
print(json.dumps(touched))
"""


def environment(*folders: Path) -> dict[str, str]:
    path = os.pathsep.join(map(str, folders))
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def test_reading_opens_nothing_for_writing_outside_the_cache(tmp_path: Path) -> None:
    """Not what the code looks like: what the machine is asked to do."""
    write_files(tmp_path / "content", SOUND)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path)],
        env=environment(PLUGINS, ROOT / "tests"),
        capture_output=True,
        check=True,
        text=True,
    )
    touched = json.loads(done.stdout)
    assert touched
    assert [path for path in touched if not path.startswith(f"{tmp_path / 'cache'}")] == []


# --- languages ------------------------------------------------------------------------------


def words_of_languages() -> set[str]:
    """Return how a language of the site could be told from another: its code, locale, name."""
    languages = pelicanconf()["LANGUAGES"]
    return {*languages, *(facts[key] for facts in languages.values() for key in ("locale", "name")), "de", "de_DE"}


#: English is the language the words of the interface are written in: a fact of the catalogues.
SOURCE = ("newsroom/languages.py", "SOURCE_LANGUAGE")


def test_no_code_knows_a_language_by_its_name() -> None:
    words = words_of_languages()

    def named(path: Path) -> Iterator[str]:
        module = tree_of(path)
        allowed = {
            node.value
            for node in module.body
            if isinstance(node, ast.Assign) and (name_of(path), ast.unparse(node.targets[0])) == SOURCE
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and node.value in words and node not in allowed:
                yield f"{node.lineno}: {node.value}"

    assert faults(MODULES, named) == {}


def test_no_code_branches_on_a_set_of_typographic_rules() -> None:
    """Rules are looked up by their name, which the settings give; comparing names would be a branch on a language."""
    names = {facts["typography"] for facts in pelicanconf()["LANGUAGES"].values()}

    def compared(path: Path) -> Iterator[object]:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Compare | ast.match_case):
                yield from names & {value.value for value in ast.walk(node) if isinstance(value, ast.Constant)}

    assert faults(MODULES, compared) == {}


def test_no_template_knows_a_language_by_its_name() -> None:
    words = words_of_languages()
    named = re.compile(rf"\b(?:lang|hreflang|xml:lang)\s*=\s*[\"']?(?:{'|'.join(sorted(words))})\b")

    def found(path: Path) -> Iterator[object]:
        source = path.read_text(encoding="utf-8")
        tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
        yield from (node.lineno for node in tree.find_all(nodes.Const) if node.value in words)
        yield from named.findall(source)

    assert faults(TEMPLATES, found) == {}


def test_no_style_and_no_script_knows_a_language_by_its_name() -> None:
    words = "|".join(sorted(words_of_languages()))
    patterns = (rf":lang\(\s*[\"']?(?:{words})\b", rf"\[lang[~|^]?=\s*[\"']?(?:{words})\b", rf"[\"'](?:{words})[\"']")

    def found(path: Path) -> list[str]:
        source = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        return [said for pattern in patterns for said in re.findall(pattern, source)]

    assert faults(ASSETS, found) == {}


NAMED = ('language == "fr"', '{"en": 1}["en"]', 'code.startswith("fr")', 'code in ("fr", "de")', 'locale == "fr_FR"')
CHANGING = ("p.write_text(a)", "open(a, 'w')", "p.open(mode='ab')", "p.replace(a)", "os.remove(a)", "open(a, 'r+')")
HARMLESS = ("open('a')", "p.open('rb')", "'a'.replace('b', 'c')", "msgspec.structs.replace(a, b=c)", "out.write(a)")


ASKING = ("dt.date.today()", "datetime.now(zone)", "time.time()", "__import__('datetime').date.today()")


@pytest.mark.parametrize("line", [*NAMED, *CHANGING, *HARMLESS, *ASKING])
def test_the_looking_itself_is_looked_at(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(f"{line}\n", encoding="utf-8")
    constants = {node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)}
    assert bool(constants & words_of_languages()) == (line in NAMED)
    assert bool(list(writes(path))) == (line in CHANGING)
    assert bool(list(moments(path))) == (line in ASKING)
