"""``make check``: read everything, and report what an editor should mend.

Errors that stop a build are reported first and alone, as the build reports
them. Then every rule of :mod:`newsroom.rules` reads the whole content, drafts
included; what it finds is printed in order of file and line. Notes (an
article in no edition yet, a player that no article names) are reported and fail nothing.
"""

from collections import Counter
from pathlib import Path

from pelican.settings import read_settings

from desk.hunspell import Hunspell
from newsroom.content.models import Text
from newsroom.problems import Problem, Problems, legible
from newsroom.reports import localised_report
from newsroom.rules import notes_in, problems_in
from newsroom.rules.proofs import Proofs, read_proofs
from newsroom.session import Session
from newsroom.settings import Settings, settings_from
from newsroom.views.common import Html
from newsroom.views.kinds import PATH_WORDS

_PLUGINS = Path(__file__).resolve().parents[1]


def check(settings: Settings) -> tuple[Proofs, list[Problem], list[Problem]]:
    """Return the proofs of the content, what is to be mended in them, and what is worth knowing.

    Raises :class:`Problems` where the content or its word lists cannot be read.
    """
    session = Session(settings, _PLUGINS)

    def html(text: Text) -> str:
        """Return the body with its links to articles as their author wrote them."""
        return session.stored_html(Html(text.file, text.language, text.body.html, {}))

    try:
        proofs = read_proofs(session.begin(), session.library, html)
    finally:
        session.store.close()
    return proofs, problems_in(proofs, Hunspell()), notes_in(proofs)


def inventory(proofs: Proofs) -> str:
    """Return what was read, as in “41 articles, 12 threads, in 2 languages”."""
    counts = Counter(
        proof.kind.folder for proof in proofs.texts if proof.text is next(iter(proof.entry.texts.values()))
    )
    kinds = [f"{count} {folder if count != 1 else folder.removesuffix('s')}" for folder, count in counts.items()]
    return ", ".join([*kinds, f"in {len(proofs.catalogue.settings.languages)} languages"])


def main() -> int:
    """Check the project whose ``pelicanconf.py`` is in the current folder; return the exit status."""
    try:
        settings = settings_from(read_settings("pelicanconf.py"), PATH_WORDS)
    except ValueError as error:
        raise SystemExit(f"pelicanconf.py: {legible(str(error))}") from error
    try:
        proofs, problems, notes = check(settings)
    except Problems as errors:
        raise SystemExit(localised_report(errors.items)) from errors
    for note in notes:
        print(f"note: {note}")
    for problem in problems:
        print(problem)
    count = f"{len(problems)} thing{'s' if len(problems) != 1 else ''} to mend" if problems else "nothing to mend"
    print(f"{inventory(proofs)}: {count}.")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
