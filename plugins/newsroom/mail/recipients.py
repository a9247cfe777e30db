"""A list of readers: a file with one address per line, checked completely before anything is sent."""

from newsroom.mail_settings import is_address
from newsroom.problems import Problem, Problems
from newsroom.sentences import Sentence, say


def read_recipients(name: str, raw: bytes) -> tuple[str, ...]:
    """Return the addresses of a list, each once, in order; empty lines and anything after ``#`` are ignored.

    Raises :class:`Problems` with a line for everything that is not an address.
    """
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        place = raw[: error.start].count(b"\n") + 1
        problem = Problem(name, place, "", say("this is not UTF-8."), say("Save it as UTF-8."))
        raise Problems([problem]) from error
    found: dict[str, str] = {}
    problems = []
    for number, line in enumerate(lines, start=1):
        address = line.partition("#")[0].strip()
        if not address:
            continue
        if is_address(address):
            found.setdefault(address.lower(), address)
        else:
            what = say("“{address}” is not an address.", address=address)
            problems.append(Problem(name, number, "", what, _remedy(address)))
    if not found and not problems:
        problems.append(Problem(name, 0, "", say("there is no address in this list."), say("Write one a line.")))
    if problems:
        raise Problems(problems)
    return tuple(found.values())


def _remedy(address: str) -> Sentence:
    if address.isascii():
        return say("Write it as in name@example.org, one a line.")
    if address.rpartition("@")[0].isascii():
        return say("Write its host in ASCII letters, as in name@xn--bcher-kva.example: every server takes that.")
    return say("Ask for another address of this reader: many servers take letters of ASCII alone before the @.")
