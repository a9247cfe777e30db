"""``make edition KEY=2026-12-05``: write the draft of an edition that lists what no edition holds yet."""

import argparse
from collections.abc import Sequence

from desk.mail.rendering import studio
from desk.mail.reports import tell, tell_problems
from newsroom.mail.draft import draft_of
from newsroom.problems import Problems
from newsroom.sentences import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the draft into the content of the current folder; return the exit status."""
    parser = argparse.ArgumentParser(prog="make edition", description=__doc__)
    parser.add_argument("--key", default="")
    key = parser.parse_args(arguments).key
    try:
        with studio() as opened:
            files = draft_of(opened.catalogue, opened.session.library, key, opened.session.messages)
            for name, text in files.items():
                path = opened.settings.content / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("x", encoding="utf-8") as file:
                    file.write(text)
                tell(say("{path} is written.", path=path.relative_to(opened.settings.content.parent).as_posix()))
    except Problems as problems:
        tell_problems(problems)
        tell(say("Nothing was written."))
        return 1
    tell(say("Write title, summary and editorial, order the articles, then take out “draft: true”."))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
