"""Keys: what names a thing for ever, in folders and addresses."""

import re

#: Lower-case ASCII letters, digits, single hyphens.
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
