"""Settings of the published site: what differs from ``pelicanconf.py``, and only that.

The address comes from the environment, so that the same commit can be published
in several places: ``make publish SITEURL=https://news.example.org``.
"""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent))
import pelicanconf
from pelicanconf import *  # noqa: F403

SETTINGS_FILES = [__file__, *pelicanconf.SETTINGS_FILES]
SITEURL = os.environ.get("SITEURL") or "https://sillage.example"
# Compressed copies (.gz, .br) beside every text, for servers that send them as they are.
PRECOMPRESS = True
# Each publication is a folder of its own, and output/ a link to the last; as many are kept to go back to.
RELEASES = 5
