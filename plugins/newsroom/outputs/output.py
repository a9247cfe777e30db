"""What is published, one output after another: where it stands, what it is made from, how its bytes are made.

Pages and feeds are rendered (:mod:`newsroom.outputs.rendering`), the rest is made here. A build
asks for all outputs, the preview for the one that somebody looks at; both get the same bytes.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Catalogue
from newsroom.messages import Messages
from newsroom.pictures import Picture, forms, read_unchanged
from newsroom.store.digests import digest
from newsroom.theme.assets import Assets
from newsroom.views.media import media_files
from newsroom.writers.data_files import FileKind


class Output(Struct, frozen=True):
    """One file of the site: its path, the digest of its inputs except the code, and what makes its bytes.

    ``rendered`` tells that it is made with a template.
    """

    path: str
    fingerprint: bytes
    produce: Callable[[], bytes]
    rendered: bool = False


class Untold(Struct, frozen=True):
    """Outputs of which only work tells what they are made from, which another process may do.

    ``make`` returns them, and what this process is to ``learn`` of it. ``kin`` names those that share what
    is made once; what takes ``long`` is begun before all else is declared.
    """

    kin: str
    make: Callable[[], tuple[list[Output], bytes]]
    learn: Callable[[bytes], None]
    long: bool = False


def asset_outputs(assets: Assets) -> Iterator[Output]:
    """Yield the files of the theme."""
    for asset in assets.files:
        yield Output(asset.file, digest(asset.data), partial(bytes, asset.data))


def data_output(
    kind: FileKind, file: str, of_file: bytes, view: Callable[[], Any], messages: Mapping[str, Messages]
) -> Output:
    """Return the output ``file``, of which the digest of the view is known, and what makes the view.

    ``messages`` are the words of the interface, by language.
    """
    if not kind.worded:
        return Output(file, of_file, lambda: kind.write(view()))
    words = (found.digest for found in messages.values())
    return Output(file, digest(of_file, *words), partial(_write_worded, kind, view, messages))


def _write_worded(kind: FileKind, view: Callable[[], Any], messages: Mapping[str, Messages]) -> bytes:
    made = view()
    return kind.write(made, messages[made.language])


def media_outputs(catalogue: Catalogue) -> Iterator[Output]:
    """Yield the pictures that entries show, with their copies."""
    for place, source in media_files(catalogue).items():
        yield from picture_outputs(catalogue, catalogue.pictures[place], source)


def picture_outputs(catalogue: Catalogue, picture: Picture, source: Path) -> Iterator[Output]:
    """Yield ``picture``, a file of the content, and its copies."""
    read = partial(read_unchanged, source, source.relative_to(catalogue.settings.content.parent).as_posix(), picture)
    yield Output(picture.place, picture.digest, partial(_whole, read))
    for width, form in product(picture.widths, forms()):
        made_from = digest(picture.digest, f"{width} {form}".encode())
        yield Output(picture.copy(width, form), made_from, partial(_copy, read, width, form, max(picture.widths)))


def _whole(read: Callable[[], bytes]) -> bytes:
    from newsroom.pixels import without_metadata  # noqa: PLC0415 - it loads Pillow, which most builds do not need

    return without_metadata(read())


def _copy(read: Callable[[], bytes], width: int, form: str, widest: int) -> bytes:
    from newsroom.pixels import make_copy  # noqa: PLC0415

    return make_copy(read(), width, form, widest)
