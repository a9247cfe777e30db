"""Why a command does nothing."""

from newsroom.sentences import Sentence


class Refused(Exception):
    """What was asked for cannot be made; ``sentence`` says why, and what to do instead."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))
