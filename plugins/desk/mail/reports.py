"""What the commands for mails say on the terminal, in the language of whoever reads it."""

from collections.abc import Sequence

from newsroom.mail.delivery import Delivery, Event
from newsroom.mail.letter import Letter
from newsroom.problems import Problems, legible
from newsroom.reports import words_for
from newsroom.sentences import Sentence, say

#: What is reported of readers who have not got the letter, and what to do.
_STATES = {
    Event.REFUSED: (say("the server refuses it"), say("Take it out of the list, or correct it.")),
    Event.DEFERRED: (say("the server asks to be tried later"), say("Give the same command again in some minutes.")),
    Event.BEGUN: (
        say("sending stopped before it was handed over"),
        say("The next command sends it after those whose turn has not come yet."),
    ),
    Event.ENDING: (
        say("the connection broke while it was being handed over"),
        say("Add UNSURE=again or UNSURE=done, as you judge."),
    ),
}


def tell(sentence: Sentence) -> None:
    """Print ``sentence`` on a line."""
    print(legible(sentence.text(words_for())))


def tell_problems(problems: Problems) -> None:
    """Print ``problems``, one a line."""
    words = words_for()
    for problem in problems.items:
        print(problem.text(words))


def tell_missing(letter: Letter) -> None:
    """Say which articles a part of ``letter`` lists in another language, having no text in its own."""
    for part in letter.parts:
        for key in part.missing:
            tell(
                say(
                    "“{key}” has no text in “{code}”: that part lists it in another language.",
                    key=key,
                    code=part.language,
                )
            )


def tell_delivery(name: str, readers: Sequence[str], delivery: Delivery, fault: Sentence | None) -> bool:
    """Report who of ``readers`` has the letter ``name``; return whether they all have it.

    ``fault`` is why sending stopped early, if it did.
    """
    for event, (state, remedy) in _STATES.items():
        for reader in delivery.with_event(readers, event):
            words = delivery.last[reader.lower()].words
            what = say("{state}: {words}", state=state, words=words) if words else state
            tell(say("{reader}: {what}. {remedy}", reader=reader, what=what, remedy=remedy))
    if fault:
        tell(say("{fault}. Give the same command again: it goes on from here.", fault=fault))
    have = len(delivery.with_event(readers, Event.SENT))
    tell(say("{letter}: {count} of {all} have it.", letter=name, count=have, all=len(readers)))
    return have == len(readers)
