"""Fixtures: the site of the watch, built once to be read, or written to be changed."""

import shutil
from pathlib import Path

import pytest
from conftest import Build
from site_builder import Site
from watch_site import make_watch_site, write_watch_site


@pytest.fixture(scope="session")
def watch(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """Return the output of the site, built once; for tests that only read."""
    return build(make_watch_site(tmp_path_factory.mktemp("watch") / "site")).output


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site in a place of its own, for one test after another to write anew."""
    return make_watch_site(tmp_path_factory.mktemp("workshop") / "site")


@pytest.fixture
def watch_site(workshop: Site) -> Site:
    """Return the site as it was written, to change and build.

    What the test before built stays in its output and cache: a build makes only what differs from it, in a
    tenth of the time. That this is the same as a clean build is what test_incremental.py protects.
    """
    shutil.rmtree(workshop.content)
    write_watch_site(workshop.content)
    return Site(workshop.root)
