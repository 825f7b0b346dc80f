"""JSON that is sent to us: nested no deeper than any of our documents, and of signs that can be stored."""

from __future__ import annotations

from typing import Any

from flask.json.provider import DefaultJSONProvider

DEEPEST = 60


class Json(DefaultJSONProvider):
    """Flask's own, but what is nested too deeply or holds NUL or halves of signs is no JSON (ValueError, which becomes a 400)."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value in a text. Raises ValueError for what is no JSON, nested deeper than `DEEPEST`, or has NUL or lone surrogates."""
        try:
            value = super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        _walk(value)
        return value


def _walk(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        for one in level:
            if isinstance(one, str) and "\0" in one:
                raise ValueError("NUL")
            if isinstance(one, str) and not one.isascii():
                one.encode()  # UnicodeEncodeError is a ValueError: half a sign cannot be stored
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _inside(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return [*one, *one.values()]
    return one if isinstance(one, list) else []
