"""What editors, developers, time and accidents do to a site, as edits that a test can draw at random.

Each edit takes two numbers, which say what it is done to and how.
"""

import os
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from content_reading import pelicanconf
from site_builder import DAY, LANGUAGES, NOW, Site, change, pair, picture, set_message, set_value, write_entry


@dataclass
class World:
    """A site being edited, with the settings that its next build has."""

    site: Site
    overrides: dict[str, object] = field(default_factory=dict)

    def articles(self) -> list[str]:
        return sorted(path.name for path in (self.site.content / "articles").iterdir())

    def article(self, number: int) -> str:
        return self.articles()[number % len(self.articles())]

    def texts(self, folder: str, number: int) -> Path:
        found = sorted((self.site.content / folder).glob("*/index.*.md"))
        return found[number % len(found)]

    def templates(self, number: int) -> Path:
        found = sorted((self.site.own_theme() / "templates").rglob("*.html"))
        return found[number % len(found)]

    def mentioned(self, key: str) -> bool:
        """Tell whether other content names the article ``key``."""
        return any(
            key in path.read_text(encoding="utf-8")
            for path in self.site.content.rglob("*.md")
            if path.parent.name != key
        )


Edit = Callable[[World, int, int], None]


def edit_a_body(world: World, which: int, what: int) -> None:
    path = world.texts("articles", which)
    path.write_text(path.read_text(encoding="utf-8") + f"\nUn ajout, n° {what}. FTTH.\n", encoding="utf-8")


def edit_a_body_leaving_size_and_time(world: World, which: int, what: int) -> None:
    path = world.texts("articles", which)
    before = path.stat()
    raw = bytearray(path.read_bytes())
    places = [place for place in range(len(raw) // 2, len(raw)) if chr(raw[place]).islower()]
    place = places[what % len(places)] if places else 0
    if places and b"](" not in raw[place - 30 : place + 30]:
        raw[place] = ord("x")
    path.write_bytes(raw)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def change_a_title(world: World, which: int, what: int) -> None:
    set_value(world.texts("articles", which), "title", f"Titre {what} : « neuf » & <vif>")


def change_a_slug(world: World, which: int, what: int) -> None:
    set_value(world.texts("articles", which), "slug", f"adresse-{what}-{which % 7}")


def change_a_date(world: World, which: int, what: int) -> None:
    key = world.article(which)
    for language in LANGUAGES:
        path = world.site.article(key, language)
        if path.is_file() and "\ndate:" in path.read_text(encoding="utf-8"):
            set_value(path, "date", f"{2016 + what % 10}-{what % 12 + 1:02}-{what % 28 + 1:02}")


def change_topics(world: World, which: int, what: int) -> None:
    key = world.article(which)
    first = next(path for path in (world.site.article(key, code) for code in LANGUAGES) if path.is_file())
    set_value(first, "topics", [["fibre"], ["cloud", "space"], ["space", "fibre", "cloud"]][what % 3])


def change_a_status(world: World, which: int, what: int) -> None:
    key = world.article(which)
    first = next(path for path in (world.site.article(key, code) for code in LANGUAGES) if path.is_file())
    set_value(first, "status", ["rumour", "announced", ["rumour", "denied"], "confirmed"][what % 4])


def add_an_update(world: World, which: int, what: int) -> None:
    key = world.article(which)
    first = next(path for path in (world.site.article(key, code) for code in LANGUAGES) if path.is_file())
    note = {
        "date": f"2026-10-{what % 28 + 1:02}",
        "significant": what % 2 == 0,
        "fr": f"Suite {what}.",
        "en": f"More {what}.",
    }
    set_value(first, "updates", [note])


def hide_or_show_an_article(world: World, which: int, what: int) -> None:
    path = world.site.article(world.article(which), "fr")
    if path.is_file():
        set_value(path, "draft", bool(what % 2))


def add_an_article(world: World, which: int, what: int) -> None:
    texts = pair((f"Neuf {what}", "Résumé.", "Texte. FttH."), (f"New {what}", "Summary.", "Text. FTTH."))
    if which % 3:
        del texts[LANGUAGES[which % 2]]
    facts = {"date": f"2020-01-{what % 28 + 1:02}", "topics": ["fibre"], "status": "announced", "thread": "cable"}
    write_entry(world.site.content, "articles", f"new-{what % 5}", facts, texts)


def remove_an_article(world: World, which: int, _: int) -> None:
    key = world.article(which)
    if not world.mentioned(key):
        shutil.rmtree(world.site.content / "articles" / key)


def remove_a_translation(world: World, which: int, _: int) -> None:
    key = world.article(which)
    if world.site.article(key, "fr").is_file():
        world.site.article(key, "en").unlink(missing_ok=True)


def rename_an_article(world: World, which: int, what: int) -> None:
    key, new = world.article(which), f"renamed-{what % 9}"
    folder = world.site.content / "articles"
    if not (folder / new).exists():
        (folder / key).rename(folder / new)
        for path in world.site.content.rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            if key in text:
                path.write_text(text.replace(key, new), encoding="utf-8")


def write_a_file_again(world: World, which: int, _: int) -> None:
    path = world.texts("articles", which)
    path.write_bytes(path.read_bytes())


def change_a_picture(world: World, which: int, what: int) -> None:
    for path in sorted(world.site.content.rglob("*.png"))[: which % 2 + 1]:
        path.write_bytes(picture(what % 256))


def change_a_topic(world: World, which: int, what: int) -> None:
    path = world.texts("topics", which)
    key, value = [("name", f"Sujet {what}"), ("slug", f"sujet-{what}-{which % 6}"), ("summary", f"À propos : {what}.")][
        what % 3
    ]
    set_value(path, key, value)


def add_or_remove_a_topic(world: World, _: int, what: int) -> None:
    folder = world.site.content / "topics" / "extra"
    if folder.exists():
        shutil.rmtree(folder)
    else:
        texts = {"fr": ({"name": f"De plus {what}"}, "Plus."), "en": ({"name": f"Extra {what}"}, "More.")}
        write_entry(world.site.content, "topics", "extra", {"order": what % 5}, texts)


def change_a_thread(world: World, which: int, what: int) -> None:
    set_value(world.texts("threads", which), ["name", "summary", "story"][what % 3], f"Autre fil {what}, {which % 3}")


def change_a_claim(world: World, which: int, what: int) -> None:
    path, old, new = world.site.content / "claims.yaml", '"There will be ', f'"There will be {what} '
    if which % 3 == 0:
        old, new = '"It was ', f'"It was {what} '
    elif which % 3 == 1:
        old, new = '"judged": "2026-', '"judged": "2027-' if what % 2 else '"judged": "2026-'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")


def change_an_edition(world: World, _: int, what: int) -> None:
    keys = [
        key for key in ("first-crew", "ticket-rumour", "copper-off") if (world.site.content / "articles" / key).exists()
    ]
    if keys:
        shift = what % len(keys)
        set_value(world.site.text("editions", "2026-11-21", "fr"), "articles", keys[shift:] + keys[:shift])


def change_the_pages(world: World, which: int, what: int) -> None:
    legal = world.site.content / "pages" / "legal"
    if which % 3 == 0 and legal.exists():
        shutil.rmtree(legal)
    elif which % 3 == 1:
        set_value(world.texts("pages", which), "order", what % 5)
    else:
        set_value(world.texts("pages", which), "title", f"Page {what}")


def change_the_reference(world: World, which: int, what: int) -> None:
    if which % 2:
        change(world.site.content / "glossary.yaml", '"expansion": "', f'"expansion": "{what} ')
    else:
        change(world.site.content / "entities.yaml", '"name": "Zéphyr', f'"name": "Zéphyr {what}')


def edit_a_template(world: World, which: int, what: int) -> None:
    path = world.templates(which)
    added = [f"\n<p>{what}</p>", "\n{# nothing to see #}", "\n<!-- {{ site.name }} -->"][what % 3]
    text = path.read_text(encoding="utf-8")
    inside = "{% block main %}"
    path.write_text(text.replace(inside, inside + added) if inside in text else text + added, encoding="utf-8")


def edit_the_style(world: World, which: int, what: int) -> None:
    static = world.site.own_theme() / "static"
    if which % 3 == 0:
        (static / "webroot").mkdir(exist_ok=True)
        (static / "webroot" / f"file-{what % 3}.txt").write_text(f"{what}\n", encoding="utf-8")
    else:
        sheet = static / "css" / "site.css"
        sheet.write_text(sheet.read_text(encoding="utf-8") + f"\nb{{top:{what}px}}\n", encoding="utf-8")


def edit_a_catalogue(world: World, which: int, what: int) -> None:
    message = ["Archive", "Skip to the content", "Back to the text, note {}"][what % 3]
    set_message(world.site.own_theme(), LANGUAGES[which % 2], message, f"Mot {what}")


def change_a_setting(world: World, which: int, what: int) -> None:
    languages = deepcopy(LANGUAGE_SETTINGS)
    languages["fr"]["tagline"] = f"Devise {what}"
    if what % 2:
        languages["en"]["paths"]["articles"] = f"stories-{what % 3}"
    if what % 5 == 0:
        languages = dict(reversed(languages.items()))
    changes: list[tuple[str, object]] = [
        ("SITEURL", ["http://localhost:8000", "https://news.example", "https://host.example/sub/folder"][what % 3]),
        ("DEFAULT_PAGINATION", [1, 2, 20][what % 3]),
        ("FEED_MAX_ITEMS", [1, 3, 20][what % 3]),
        ("LANGUAGES", languages),
        ("SITENAME", f"Sillage {what}"),
        ("DEFAULT_LANG", LANGUAGES[what % 2]),
        ("TIMEZONE", ["Europe/Paris", "Asia/Tokyo"][what % 2]),
        ("PRECOMPRESS", bool(what % 2)),
    ]
    name, value = changes[which % len(changes)]
    world.overrides[name] = value


def let_time_pass(world: World, which: int, what: int) -> None:
    world.site.now = NOW + (which % 3 - 1) * what % 400 * DAY


def tamper_with_the_output(world: World, which: int, what: int) -> None:
    paths = sorted(path for path in world.site.output.rglob("*") if path.is_file() and path.name != "index.html")
    pages = sorted(path for path in world.site.output.glob("??/**/index.html"))
    folders = sorted(path for path in world.site.output.rglob("*") if path.is_dir())
    path = (paths + pages)[which % len(paths + pages)]
    match what % 6:
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(b"")
        case 2:
            path.write_bytes(path.read_bytes() + b"<!-- tampered -->")
        case 3:
            os.utime(path, ns=(0, 0))
        case 4:
            shutil.rmtree(folders[which % len(folders)])
        case _:
            path.unlink()
            path.symlink_to(world.site.content / "glossary.yaml")


def lose_the_cache(world: World, which: int, what: int) -> None:
    if which % 2:
        shutil.rmtree(world.site.cache, ignore_errors=True)
        return
    for path in world.site.cache.glob("*"):
        raw = bytearray(path.read_bytes())
        for place in range(what * 97 % 4096, len(raw), 4099):
            raw[place] ^= 0x55
        path.write_bytes(raw)


def build_elsewhere(world: World, _: int, what: int) -> None:
    """Another output folder shares the cache: its build must not make the first one forget."""
    world.overrides["OUTPUT_PATH"] = str(world.site.output.with_name(["output", "preview"][what % 2]))


LANGUAGE_SETTINGS = pelicanconf()["LANGUAGES"]
#: Edits of entries, which the preview learns of save by save.
EDITS_OF_ENTRIES: list[Edit] = [
    edit_a_body,
    change_a_title,
    change_a_slug,
    change_a_date,
    change_topics,
    change_a_status,
    add_an_update,
    hide_or_show_an_article,
    add_an_article,
    remove_an_article,
    remove_a_translation,
    rename_an_article,
    change_a_picture,
    change_a_topic,
    add_or_remove_a_topic,
    change_a_thread,
    change_an_edition,
    change_the_pages,
    let_time_pass,
]
EDITS: list[Edit] = [
    *EDITS_OF_ENTRIES,
    edit_a_body_leaving_size_and_time,
    change_a_claim,
    write_a_file_again,
    change_the_reference,
    edit_a_template,
    edit_the_style,
    edit_a_catalogue,
    change_a_setting,
    tamper_with_the_output,
    lose_the_cache,
    build_elsewhere,
]
