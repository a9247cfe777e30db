"""Files: those of the theme, and pictures with their copies."""

from functools import partial
from itertools import product
from typing import Any

from pelican import signals
from pelican.generators import Generator

from newsroom.pictures import forms, make_copy, read_unchanged, without_metadata
from newsroom.store.digests import digest
from newsroom.views.media import media_files


class FilesGenerator(Generator):  # type: ignore[misc]
    """Writes the files of the theme and the pictures that articles show."""

    def generate_output(self, writer: Any) -> None:
        for asset in self.settings["SESSION"].assets.files:
            writer.write_output(asset.file, digest(asset.data), lambda asset=asset: asset.data)
        catalogue = self.context["catalogue"]
        project = catalogue.settings.content.parent
        for place, source in media_files(catalogue).items():
            picture = catalogue.pictures[place]
            read = partial(read_unchanged, source, source.relative_to(project).as_posix(), picture)
            writer.write_output(place, picture.digest, lambda read=read: without_metadata(read()))
            for width, form in product(picture.widths, forms()):
                writer.write_output(
                    picture.copy(width, form),
                    digest(picture.digest, f"{width} {form}".encode()),
                    lambda read=read, width=width, form=form: make_copy(read(), width, form),
                )


def generator(_: Any) -> type[Generator]:
    """Return the generator, as Pelican asks."""
    return FilesGenerator


def register() -> None:
    """Connect to Pelican."""
    signals.get_generators.connect(generator)
