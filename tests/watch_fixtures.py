"""Fixtures: the site of the watch, built once to be read, or written to be changed."""

from pathlib import Path

import pytest
from conftest import Build, Once
from site_builder import Site, written_anew
from watch_site import make_watch_site, write_watch_site


@pytest.fixture(scope="session")
def watch(once: Once, build: Build) -> Path:
    """Return the output of the site, built once; for tests that only read."""
    return once("watch", lambda folder: build(make_watch_site(folder / "site")).output)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site in a place of its own, for one test after another to write anew."""
    return make_watch_site(tmp_path_factory.mktemp("workshop") / "site")


@pytest.fixture
def watch_site(workshop: Site) -> Site:
    """Return the site as it was written, to change and build: see :func:`written_anew`."""
    return written_anew(workshop, write_watch_site)
