"""Fixtures: a small site, a way to build it, and the real content built once."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pelican import Pelican
from pelican.settings import read_settings
from site_builder import ROOT, Site, make_site, write_small_site

from newsroom.content.library import Work

pytest_plugins = ["browser", "properties"]

# What editors are told is tested in the language of the source, whoever runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"


@dataclass(frozen=True)
class Built:
    """What one build did, and where it put it."""

    work: Work
    output: Path


Build = Callable[..., Built]


def run_build(site: Site, **overrides: object) -> Built:
    """Build ``site`` in this process, with settings other than those of ``pelicanconf.py`` where given.

    A build with a problem raises ``SystemExit`` whose code is the report, as on the command line.
    """
    folders = {"PATH": site.content, "THEME": site.theme, "OUTPUT_PATH": site.output, "CACHE_PATH": site.cache}
    override = {**{name: str(folder) for name, folder in folders.items()}, **overrides}
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(site.now)
    settings = read_settings(str(ROOT / "pelicanconf.py"), override=override)
    try:
        Pelican(settings).run()
    finally:
        if "SESSION" in settings:
            settings["SESSION"].end()
            settings["SESSION"].store.close()
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return Built(settings["SESSION"].work, Path(settings["OUTPUT_PATH"]))


def report_of(attempt: Callable[[], object]) -> object:
    """Return why a build refused, or None when it did not."""
    try:
        attempt()
    except SystemExit as refusal:
        return refusal.code
    return None


@pytest.fixture(scope="session")
def build() -> Build:
    """Return the function that builds a site in this process: ``build(site, SITEURL=…)``."""
    return run_build


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a small site that was never built."""
    return make_site(tmp_path / "site", write_small_site)


@pytest.fixture(scope="session")
def small_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small site, built once; for tests that only read."""
    return run_build(make_site(tmp_path_factory.mktemp("small") / "site", write_small_site)).output


@pytest.fixture(scope="session")
def real_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of this repository, built once; for tests that only read."""
    site = Site(tmp_path_factory.mktemp("real"))
    return run_build(site, PATH=str(ROOT / "content"), THEME=str(ROOT / "theme")).output
