"""What both formats say of a question in nearly the same way: lists of choices, lengths, patterns, limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import re2

from forms.importing.keys import values_of
from forms.importing.notes import Notes
from forms.importing.wording import both, clean

FEW = 7  # up to so many choices stay in sight, more become a drop-down
MOST_CHOICES = 300
LONG_TEXT = 255
_GROUP = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(|\)|\|")


class Choices:
    """A list of choices: `options` for our question, `values` from theirs to ours."""

    def __init__(self, given: list[tuple[Any, str, Mapping[str, Any]]], language: str) -> None:
        self.values = values_of(plain(value) for value, _, _ in given)
        self.options = {
            "choices": [
                {"value": self.values[plain(value)], "label": both(label.strip() or plain(value), language, others)}
                for value, label, others in given
            ]
        }

    @property
    def renamed(self) -> dict[str, str]:
        """The values that are others now."""
        return {old: new for old, new in self.values.items() if old != new}


def plain(value: Any) -> str:
    """A value of a list as text: true, 3, 2.5, food."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def listed(given: list[tuple[Any, str, Mapping[str, Any]]], place: str, name: str, notes: Notes, language: str) -> Choices | None:
    """The choices, each value once; None when there are none."""
    seen: dict[str, tuple[Any, str, Mapping[str, Any]]] = {}
    for value, label, others in given:
        text = plain(value)
        if not clean(text):
            notes.dropped(place, name, "choice_empty")
        elif text in seen:
            notes.dropped(place, name, "choice_twice", value=text)
        else:
            seen[text] = (value, label, others)
    if len(seen) > MOST_CHOICES:
        notes.dropped(place, name, "choices_many", max=MOST_CHOICES, count=len(seen))
    if not seen:
        return None
    made = Choices(list(seen.values())[:MOST_CHOICES], language)
    if made.renamed:
        shown = ", ".join(f"{old} → {new}" for old, new in list(made.renamed.items())[:8])
        notes.changed(place, name, "choice_values", values=shown)
    return made


def whole_match(pattern: str) -> str | None:
    """A pattern that may match anywhere, as one that must match all; None when it is none that RE2 knows, or too long."""
    try:
        re2.compile(pattern, _quiet())
    except (re2.error, UnicodeError):
        return None
    anchored = pattern.startswith("^") and pattern.endswith("$") and not pattern.endswith("\\$") and not _alternates(pattern)
    made = pattern[1:-1] if anchored else f"(?s:.*)(?:{pattern})(?s:.*)"
    try:
        re2.compile(made, _quiet())
    except re2.error:
        return None
    return made if 0 < len(made) <= 300 else None


def _quiet() -> Any:
    """Faults in patterns are for the report, not for the log."""
    made = re2.Options()
    made.log_errors = False
    return made


def _alternates(pattern: str) -> bool:
    """Whether there is a | outside all brackets."""
    depth = 0
    for sign in _GROUP.findall(pattern):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and depth == 0:
            return True
    return False


def count(value: Any, most: int) -> int | None:
    """A length or a number of things; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value < 0 or value >= 1e15:
        return None
    return min(int(value), most)


def figure(value: Any) -> int | float | None:
    """A limit of a number, finite and not enormous."""
    if isinstance(value, str):
        try:
            value = float(Decimal(value)) if "." in value else int(value)
        except (ArithmeticError, ValueError):
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e17:
        return None
    return int(value) if float(value).is_integer() else value


def decimals_of(step: Any) -> int | None:
    """How many digits behind the mark a step such as 0.01 means."""
    if isinstance(step, bool) or not isinstance(step, int | float | str):
        return None
    try:
        exponent = Decimal(str(step)).normalize().as_tuple().exponent
    except ArithmeticError:
        return None
    return max(0, min(7, -exponent)) if isinstance(exponent, int) else None


def text_options(least: int | None, most: int | None) -> dict[str, Any]:
    """The lengths of a short text."""
    found: dict[str, Any] = {}
    if least and (most is None or least <= most):
        found["min_length"] = min(least, 1000)
    if most is not None and most > 0:
        found["max_length"] = most
    return found
