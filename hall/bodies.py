"""JSON that is sent to us: nested no deeper than any of our documents, so that nobody walks it to the end of the stack."""

from __future__ import annotations

from typing import Any

from flask.json.provider import DefaultJSONProvider

DEEPEST = 60


class Json(DefaultJSONProvider):
    """Flask's own, but what is nested too deeply is no JSON (ValueError, which becomes a 400)."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value in a text. Raises ValueError for what is no JSON or nested deeper than `DEEPEST`."""
        try:
            value = super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if _deeper(value):
            raise ValueError("nested too deeply")
        return value


def _deeper(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level if isinstance(one, dict | list) for inner in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return False
    return True
