"""What a cache forgets, so that it never grows without bound.

Files are forgotten when they are gone from the content. A note is a pure function of its key and
stays true for ever, but its inputs may never come back, so only the newest are kept, and more of
them where there are more texts: what each build needs of a text is about as large as the text.
Outputs are forgotten with their folder.
"""

import sqlite3
from pathlib import Path

#: Bytes of notes that are kept in any case, and how many for each byte of the texts.
ROOM, _SHARE = 64_000_000, 3
_TEXTS = "SELECT coalesce(sum(length(html) + length(record)), 0) FROM files"
_SIZE = "SELECT coalesce(sum(length(value)), 0) FROM notes"
_FORGET = """
    DELETE FROM notes WHERE key IN (
        SELECT key FROM (
            SELECT key, sum(length(value)) OVER (ORDER BY made DESC, key) AS size FROM notes
        ) WHERE size > ?
    )
"""


def tidy(database: sqlite3.Connection, room: int) -> None:
    """Forget the oldest notes beyond ``room`` and what is due to the texts, and outputs under folders that are gone."""
    roots = database.execute("SELECT DISTINCT root FROM outputs").fetchall()
    gone = [(root,) for (root,) in roots if not Path(str(root)).exists()]
    database.executemany("DELETE FROM outputs WHERE root = ?", gone)
    room += _SHARE * database.execute(_TEXTS).fetchone()[0]
    if database.execute(_SIZE).fetchone()[0] > room:
        database.execute(_FORGET, (room,))
