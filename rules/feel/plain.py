"""Values as JSON and back, without loss: what JSON has no kind for is tagged `{"$": kind, "v": text}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from rules.errors import RuleError
from rules.feel.temporal import duration_text, moment_text, read_date, read_duration, read_moment, read_time, time_text
from rules.feel.values import KINDS, Range, Value, kind_of

_TEXTS: dict[str, tuple[str, Callable[[Value], str]]] = {
    "number": ("number", str),
    "date": ("date", lambda value: str(value.isoformat())),
    "time": ("time", time_text),
    "date and time": ("date and time", moment_text),
    "days and time duration": ("duration", duration_text),
    "years and months duration": ("duration", str),
}
_READERS: dict[str, Callable[[str], Value]] = {
    "number": Decimal,
    "date": read_date,
    "time": read_time,
    "date and time": read_moment,
    "duration": read_duration,
}

_BY_TYPE = {kind: _TEXTS[name] for kind, name in KINDS.items() if name in _TEXTS and kind is not int}
_AS_IT_IS = frozenset({str, int, bool, type(None)})  # the same in JSON


def plain(value: Value) -> Any:
    """A FEEL value as JSON-able value. Raises RuleError for a function, a float, or a Python object that is no FEEL value."""
    if value is None or isinstance(value, bool | str) or type(value) is int:
        return value
    if known := _BY_TYPE.get(type(value)):
        return {"$": known[0], "v": known[1](value)}
    if isinstance(value, list | tuple):
        return [item if type(item) in _AS_IT_IS else plain(item) for item in value]
    if type(value) is dict or isinstance(value, Mapping):
        made = {key: item if type(item) in _AS_IT_IS else plain(item) for key, item in value.items()}
        return {"$": "context", "v": made} if "$" in made else made
    if isinstance(value, Range):
        return {"$": "range", "v": [plain(value.low), plain(value.high), value.low_in, value.high_in, value.op]}
    tag, text = _TEXTS.get(kind_of(value), ("", str))
    if not tag:
        raise RuleError("rules.not_plain", f"a {type(value).__name__} cannot be kept as JSON", kind=type(value).__name__)
    return {"$": tag, "v": text(value)}


def from_plain(json: Any) -> Value:
    """The inverse of `plain`. Raises RuleError for a tag that does not exist or a text that its tag does not fit."""
    if isinstance(json, float):
        raise RuleError("rules.not_plain", "a number with decimals must be tagged: floats are not exact", kind="float")
    if isinstance(json, list):
        return [item if type(item) in _AS_IT_IS else from_plain(item) for item in json]
    if not isinstance(json, dict):
        return json
    if "$" in json:
        return _tagged(json["$"], json.get("v"))
    return {key: item if type(item) in _AS_IT_IS else from_plain(item) for key, item in json.items()}


def _tagged(tag: object, content: Any) -> Value:
    if tag == "context" and isinstance(content, dict):
        return {key: from_plain(item) for key, item in content.items()}
    if tag == "range" and isinstance(content, list) and len(content) == 5:
        return Range(from_plain(content[0]), from_plain(content[1]), *content[2:])
    value = _read(tag, content)
    if value is None:
        raise RuleError("rules.not_plain", f"{content!r} is not a value of kind {tag!r}", kind=str(tag))
    return value


def _read(tag: object, content: Any) -> Value:
    read = _READERS.get(tag) if isinstance(tag, str) else None
    if read is None or not isinstance(content, str):
        return None
    try:
        value = read(content)
    except InvalidOperation:
        return None
    return None if isinstance(value, Decimal) and not value.is_finite() else value
