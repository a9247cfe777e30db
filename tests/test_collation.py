"""Lists stand in the order of the alphabet of their language."""

import pytest

from newsroom.text.collation import collation_key

SWEDISH = "abcdefghijklmnopqrstuvwxyzåäö"
SPANISH = "abcdefghijklmnñopqrstuvwxyz"


@pytest.mark.parametrize(
    ("alphabet", "words"),
    [
        ("", ["Eau", "Ébène", "« écho »", "Éole", "être"]),
        ("", ["cote", "coté", "côte", "côté"]),
        ("", ["Œuvre", "offre"]),
        (SWEDISH, ["Zebra", "Ånge", "Älv", "Öland"]),
        (SPANISH, ["nube", "Ñandú", "oso"]),
        ("", ["Ånge", "Zebra"]),
    ],
)
def test_words_stand_in_the_order_of_the_alphabet(alphabet: str, words: list[str]) -> None:
    assert sorted(set(words), key=lambda word: collation_key(word, alphabet)) == words
