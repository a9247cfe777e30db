"""``make campaign``: hand an edition to a service that keeps the list.

    make campaign KEY=2026-11-21 ENGINE=listmonk IN=fr LIST=3     create or update the draft there
    make campaign KEY=2026-11-21 ENGINE=buttondown START=yes      the same, and sent
    make campaign KEY=2026-11-21 ENGINE=mailchimp                 HTML and text in outbox/, to paste

What was started is left alone; ``AGAIN=yes`` makes another of it. ``DRY=yes`` says what would be done.
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from desk.mail.engines import Buttondown, EngineFault, Listmonk, Service
from desk.mail.outbox import write_files
from desk.mail.rendering import studio
from desk.mail.reports import tell, tell_missing, tell_problems
from desk.project import wrong_setting
from newsroom.mail.document import ENGINES, Content
from newsroom.problems import Problem, Problems, nearest
from newsroom.sentences import say

_SERVICES = tuple(name for name in ENGINES if name != "smtp")


class CampaignOrder(argparse.Namespace):
    """What was asked for."""

    key: str
    engine: str
    languages: str
    lists: str
    dry: bool
    again: bool
    start: bool


def main(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Carry out one command in the project in the current folder; return its exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="make campaign", description=__doc__, formatter_class=layout)
    for name, place in (("key", "key"), ("engine", "engine"), ("in", "languages"), ("list", "lists")):
        parser.add_argument(f"--{name}", dest=place, default="")
    for name, place in (("dry-run", "dry"), ("again", "again"), ("start", "start")):
        parser.add_argument(f"--{name}", dest=place, action="store_true")
    order = parser.parse_args(arguments, CampaignOrder())
    try:
        return hand_over(order, environ)
    except Problems as problems:
        tell_problems(problems)
    except EngineFault as fault:
        engine = say("{engine}: {reason}.", engine=order.engine, reason=fault.reason)
        tell(say("{fault} Give the same command again: it goes on from here.", fault=engine))
    return 1


def hand_over(order: CampaignOrder, environ: Mapping[str, str]) -> int:
    """Create or update the letter at its destination; raise :class:`Problems` or :class:`EngineFault`."""
    if order.engine not in _SERVICES:
        message = say("“{engine}” is not a known engine.", engine=order.engine)
        raise Problems([Problem("ENGINE", 0, "", message, nearest(order.engine, _SERVICES))])
    with studio() as opened:
        way_out = opened.settings.mail.unsubscribe.get(order.engine, "")
        if not way_out:
            message = say("has no entry for {engine}.", engine=order.engine)
            remedy = say("Write its placeholder for the link to unsubscribe: see docs/mail.md.")
            raise Problems([wrong_setting("MAIL_UNSUBSCRIBE", message, remedy)])
        letter = opened.letter(order.key, opened.languages(order.languages))
        tell_missing(letter)
        content = opened.composer(letter, order.engine)(way_out)
        if order.engine == "mailchimp":
            return _write(f"{letter.name}.mailchimp", content)
        return _hand_to(_service(order, environ, opened.settings.mail.sender), letter.name, content, order)


def _service(order: CampaignOrder, environ: Mapping[str, str], sender: str) -> Service:
    return Listmonk(environ, order.lists, sender) if order.engine == "listmonk" else Buttondown(environ)


def _write(name: str, content: Content) -> int:
    for path in write_files(Path(), name, {"html": content.html.encode(), "txt": content.text.encode()}):
        tell(say("{path}: {size} bytes", path=path.as_posix(), size=path.stat().st_size))
    return 0


def _hand_to(service: Service, name: str, content: Content, order: CampaignOrder) -> int:
    """Bring the letter to the service, as a new draft or into the existing one; leave alone what was started."""
    found = service.find(name)
    where = {"engine": order.engine, "letter": name}
    if found and not found.draft and not order.again:
        tell(say("{engine} has already sent {letter}. AGAIN=yes makes another.", **where))
        return 1
    change = found if found and found.draft else None
    if order.dry:
        tell(
            say("{engine} would get a new draft of {letter}.", **where)
            if not change
            else say("{engine} has a draft of {letter}, which would be changed.", **where)
        )
        return 0
    if change:
        service.update(change, name, content)
    campaign = change or service.create(name, content)
    if order.start:
        service.start(campaign)
        tell(say("{engine} sends {letter}.", **where))
    else:
        tell(say("{engine} has a draft of {letter}: look at it there, then start it there or with START=yes.", **where))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
