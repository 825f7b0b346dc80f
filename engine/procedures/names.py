"""Which files a bundle may have, and which names every expression in it may use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

LANGS = ("id", "en")

_NAME = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}"
ALLOWED = re.compile(
    rf"""(procedure\.toml | process\.bpmn | README\.md | texts/(id|en)\.toml
      | lists/{_NAME}\.csv | forms/{_NAME}\.json | decisions/{_NAME}\.dmn | decisions/{_NAME}\.tests\.toml
      | letters/{_NAME}\.(id|en)\.md | stories/{_NAME}\.toml
      | shared/forms/{_NAME}\.json | shared/parts/{_NAME}\.bpmn | shared/letters/{_NAME}\.(id|en)\.md)\Z""",
    re.VERBOSE,
)
LARGEST_FILE = 4_000_000
LARGEST_BUNDLE = 20_000_000
MOST_FILES = 500

# The calendar's functions, which the engine hands to every expression (engine/calendar stands above this room).
FUNCTIONS = (
    "count working days",
    "is working day",
    "next service",
    "working days",
    "working days after",
    "working hours",
    "working hours after",
)

CONTEXT: Mapping[str, Any] = MappingProxyType(
    {
        "case": {
            "number": "string",
            "received": "date and time",
            "complete_since": "date and time",
            "due": "date and time",
            "channel": "string",
        },
        "applicant": {"kind": "string", "region": "string", "language": "string"},
        "permit": {"number": "string", "valid_from": "date", "valid_until": "date"},
    }
)
APPLICANT = "applicant"
