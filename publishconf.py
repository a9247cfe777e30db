"""Settings of the published site: what differs from ``pelicanconf.py``, and only that.

The address comes from the environment so that the same commit can be published
in several places: ``make publish SITEURL=https://news.example.org``.
"""

import os

from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", "https://sillage.example")
