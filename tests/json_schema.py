"""JSON Schema for tests, without the grammar of addresses that its library compiles for a second when it is loaded.

No test asks whether a value is an address of RFC 3987, the one thing that grammar is for.
"""

import sys
from unittest.mock import patch

with patch.dict(sys.modules, {"rfc3987_syntax": None}):
    from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validate

__all__ = ["Draft202012Validator", "FormatChecker", "ValidationError", "validate"]
