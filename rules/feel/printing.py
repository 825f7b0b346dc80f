"""Values as text: what `string()` gives, and what error sentences and letters show."""

from __future__ import annotations

from collections.abc import Callable

from rules.feel.bounds import spend
from rules.feel.temporal import duration_text, moment_text, time_text
from rules.feel.values import Range, Value, decimal, kind_of


def number_text(number: Value) -> str:
    """All digits, no exponent, no zeros that say nothing."""
    text = format(decimal(number), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def quoted(text: str) -> str:
    """The text as FEEL writes a string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'


def _inner(value: Value) -> str:
    spend(1 + (len(value) // 25 if isinstance(value, str) else 0))
    return quoted(value) if isinstance(value, str) else text_of(value)


def _context_text(value: dict[str, Value]) -> str:
    return "{" + ", ".join(f"{key}: {_inner(item)}" for key, item in value.items()) + "}"


def _range_text(value: Range) -> str:
    if value.op:
        return value.op + _inner(value.high if value.low is None else value.low)
    return ("[" if value.low_in else "(") + _inner(value.low) + ".." + _inner(value.high) + ("]" if value.high_in else ")")


_TEXTS: dict[str, Callable[[Value], str]] = {
    "Null": lambda value: "null",
    "string": str,
    "boolean": lambda value: "true" if value else "false",
    "number": number_text,
    "date": lambda value: str(value.isoformat()),
    "time": time_text,
    "date and time": moment_text,
    "days and time duration": duration_text,
    "years and months duration": str,
    "list": lambda value: "[" + ", ".join(_inner(item) for item in value) + "]",
    "context": _context_text,
    "range": _range_text,
}


def text_of(value: Value) -> str:
    """A value as FEEL's `string()` writes it."""
    write = _TEXTS.get(kind_of(value))
    return write(value) if write else "function"
