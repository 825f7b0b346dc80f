"""Types as the caller writes them ("number", {member: type}, ["list", type], "any" …) and what may be done between them."""

from __future__ import annotations

from typing import Any, TypeAlias

Type: TypeAlias = Any
MONTHS, DAYS = "years and months duration", "days and time duration"
ORDERED = frozenset(("number", "string", "date", "time", "date and time", DAYS, MONTHS))
_MOMENTS = ("date", "date and time")
_SCALED = (DAYS, MONTHS)

_PARTS = {
    "date": dict.fromkeys(("year", "month", "day", "weekday", "hour", "minute", "second"), "number") | {"time offset": DAYS},
    "time": dict.fromkeys(("hour", "minute", "second"), "number") | {"time offset": DAYS, "timezone": "string"},
    DAYS: dict.fromkeys(("days", "hours", "minutes", "seconds"), "number"),
    MONTHS: dict.fromkeys(("years", "months"), "number"),
    "range": {"start": "any", "end": "any", "start included": "boolean", "end included": "boolean"},
}
_PARTS["date and time"] = {**_PARTS["date"], **_PARTS["time"]}
_PARTS["duration"] = {**_PARTS[DAYS], **_PARTS[MONTHS]}


def kinds(kind: Type) -> frozenset[str]:
    """The FEEL types a value of this type may have; empty when nothing is known."""
    if isinstance(kind, dict):
        return frozenset(("context",))
    if isinstance(kind, list | tuple):
        return frozenset(("list",))
    if kind == "duration":
        return frozenset(_SCALED)
    return frozenset() if kind in ("any", "Any", "") else frozenset((kind.partition("<")[0],))


def word(kind: Type) -> str:
    """A type in a word, for a sentence."""
    if isinstance(kind, list | tuple):
        return "list"
    return "context" if isinstance(kind, dict) else str(kind)


def parts(kind: Type) -> dict[str, Type] | None:
    """The members a value of this type has; None when that is not known."""
    if isinstance(kind, dict):
        return kind
    return _PARTS.get(kind) if isinstance(kind, str) and kind in _PARTS else ({} if kinds(kind) - {"context", "list"} else None)


def item(kind: Type) -> Type:
    """The type of the items of a list; of anything else itself, since a lone value is a list of one."""
    if isinstance(kind, list | tuple):
        return kind[1] if len(kind) > 1 else "any"
    if isinstance(kind, str) and kind.startswith("list<"):
        return kind[5:-1]
    return "any" if kinds(kind) & {"list", "range"} else kind


def joined(a: Type, b: Type) -> Type:
    """What a value is that may be of either type."""
    if b == "Null" or alike(a, b):
        return a
    return b if a == "Null" else "any"


def alike(a: Type, b: Type, depth: int = 4) -> bool:
    """Whether two types are the same as far as it pays to look."""
    if a is b or not depth:
        return a is b
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and len(a) < 50 and all(alike(a[key], b[key], depth - 1) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return alike(item(a), item(b), depth - 1)
    return isinstance(a, str) and isinstance(b, str) and a == b


def comparable(a: Type, b: Type, *, ordered: bool) -> bool:
    """Whether comparing the two can ever give true or false. Nothing is said where a type is unknown or a list may be of one."""
    one, two = kinds(a), kinds(b)
    if ordered and any(known and not known & ORDERED - {"Null"} for known in (one, two)):
        return False
    if not one or not two or ("list" in one | two and not ordered) or ("Null" in one | two and not ordered):
        return True
    return bool(one & two)


def result(op: str, a: Type, b: Type) -> Type | None:
    """The type of `a op b`; None when it is null whatever the values are."""
    found: set[str] = set()
    for one in kinds(a) or {""}:
        for two in kinds(b) or {""}:
            if not one or not two or "list" in (one, two):
                return "any"
            made = _RESULTS.get((op, one, two))
            if made:
                found.add(made)
    if not found:
        return None
    return found.pop() if len(found) == 1 else "any"


def _results() -> dict[tuple[str, str, str], str]:
    made = {(op, "number", "number"): "number" for op in ("+", "-", "*", "/", "**")}
    made["+", "string", "string"] = "string"
    for scaled in _SCALED:
        made |= {("+", scaled, scaled): scaled, ("-", scaled, scaled): scaled, ("/", scaled, scaled): "number"}
        made |= {("*", scaled, "number"): scaled, ("*", "number", scaled): scaled, ("/", scaled, "number"): scaled}
        for moment in (*_MOMENTS, *(("time",) if scaled == DAYS else ())):
            made |= {("+", moment, scaled): moment, ("+", scaled, moment): moment, ("-", moment, scaled): moment}
    made |= {("-", a, b): DAYS for a in _MOMENTS for b in _MOMENTS} | {("-", "time", "time"): DAYS}
    return made


_RESULTS = _results()
