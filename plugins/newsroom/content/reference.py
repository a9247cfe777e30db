"""What the registers say, all together: read once for the same bytes, and kept while nothing in them is wrong."""

from contextlib import suppress
from pathlib import Path

import msgspec

from newsroom.content.catalogue import Reference
from newsroom.content.claim_register import read_claims
from newsroom.content.published import Published, keep_keys
from newsroom.content.readers import Context
from newsroom.content.registers import REGISTERS, read_entities, read_file_of_reference, read_glossary
from newsroom.problems import Problem
from newsroom.store.digests import digest
from newsroom.store.store import Store

_decoder = msgspec.msgpack.Decoder(Reference)


def read_reference(
    content: Path,
    context: Context,
    typographies: dict[str, str],
    problems: list[Problem],
    *,
    code: bytes,
    store: Store,
) -> Reference:
    """Read the registers of ``content``; add to ``problems`` what is wrong with them.

    ``code`` is the digest of the program, without which what is kept in ``store`` means nothing.
    """
    before = len(problems)
    files = [read_file_of_reference(content, name, problems) for name in REGISTERS]
    key = digest(b"registers", code, repr((content.name, context, typographies)).encode(), *files)
    kept = store.note(key) if len(problems) == before else None
    with suppress(msgspec.MsgspecError):
        if kept:
            return _decoder.decode(kept)
    of_terms, of_players, of_claims = (f"{content.name}/{name}" for name in REGISTERS)
    glossary, entities, claims = files
    found = Reference(
        read_glossary(glossary, of_terms, context, typographies, problems),
        read_entities(entities, of_players, context, typographies, problems),
        read_claims(claims, of_claims, context, typographies, problems),
    )
    if len(problems) == before:
        store.keep_note(key, msgspec.msgpack.encode(found))
    return found


def with_former_keys(reference: Reference, published: Published) -> Reference:
    """Return ``reference`` with the keys that its entries had."""
    return Reference(
        terms={code: keep_keys("glossary", found, published) for code, found in reference.terms.items()},
        entities={player.key: player for player in keep_keys("entities", reference.entities.values(), published)},
        claims={claim.key: claim for claim in keep_keys("claims", reference.claims.values(), published)},
    )
