"""Spelling by the system’s ``hunspell`` program and the dictionaries installed beside it."""

import subprocess
from collections.abc import Iterable

from newsroom.rules.spelling import NoDictionary
from newsroom.sentences import say

_PROGRAM = "hunspell"


class Hunspell:
    """A :class:`newsroom.rules.spelling.Speller`; one call looks up all the words of a language."""

    def misspelt(self, locale: str, words: Iterable[str]) -> frozenset[str]:
        """Return the ``words`` that are not in the dictionary of ``locale``."""
        return frozenset(_ask(locale, "-L", sorted(set(words))))

    def suggestions(self, locale: str, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return what ``hunspell -a`` suggests for each of ``words``."""
        meant: dict[str, tuple[str, ...]] = {}
        for line in _ask(locale, "-a", [f"^{word}" for word in sorted(set(words))]):
            if line.startswith("&"):
                # “& word count offset: this, that”, as Ispell writes it.
                asked, _, found = line.partition(": ")
                meant[asked.split()[1]] = tuple(found.split(", "))
        return meant


def _ask(locale: str, mode: str, lines: list[str]) -> list[str]:
    command = [_PROGRAM, "-d", locale, "-i", "utf-8", mode]
    text = "".join(f"{line}\n" for line in lines)
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    except FileNotFoundError as error:
        what = say("spelling in {locale} needs hunspell, which is not installed.", locale=locale)
        raise NoDictionary(what) from error
    if done.returncode:
        what = say("spelling in {locale} needs its hunspell dictionary, which is not installed.", locale=locale)
        raise NoDictionary(what)
    return done.stdout.splitlines()
