"""Forms that most procedures need much alike, to begin one's own with: checking the papers, a review, deciding, paying, matching."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "ready"
_ORDER = ("verify", "review", "decide", "payment", "confirm")


@cache
def ready_forms() -> Mapping[str, bytes]:
    """Each by its key, in the order in which a case meets them."""
    return {key: (_FOLDER / f"{key}.json").read_bytes() for key in _ORDER}


def ready_form(ready: str, key: str, title: Mapping[str, str]) -> dict[str, Any]:
    """One of them as the document of a form of one's own: with another key (what it reads of itself follows) and another title.

    Raises KeyError when there is none.
    """
    text = ready_forms()[ready].decode()
    own = re.sub(rf"\b{ready}\.(?=[a-z])", f"{key}.", text)
    made: dict[str, Any] = {**json.loads(own), "key": key, "title": dict(title)}
    made["pages"][0] |= {"key": key, "title": dict(title)}
    return made
