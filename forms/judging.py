"""What the form's own rules and the doubts of the kinds say about answers that are fine by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from forms.errors import FieldError
from forms.form import Field, Form, Rule, Taken
from forms.kind import Asked
from forms.shown import Look, facts_of


def judged(
    form: Form,
    wanted: list[Field],
    values: Mapping[str, Any],
    seen: Look,
    *,
    locked: frozenset[str],
    wrong: frozenset[str],
    taken: Taken | None = None,
) -> Iterator[tuple[FieldError, str]]:
    """(fault, "error" or "warning") for every rule that does not hold and every doubt.

    A rule that reads a `wrong` answer waits until that is corrected. A rule that reads nothing but `locked` answers is not asked again:
    it held when they were given, and nobody could act on it now.
    """
    own = {**seen.asked.facts[form.key], **facts_of(dict(values))}
    asked = replace(seen.asked, facts={**seen.asked.facts, form.key: own})
    for one in wanted:
        if one.key not in values:
            continue
        idle = _Idle(wrong, locked if one.key in locked else frozenset())
        yield from _rules(one, one.key, values[one.key], asked, idle)
        ask = taken if one.key not in locked else None
        yield from _unique(one, one.key, one.key, values[one.key], ask)
        yield from _twice(one, values[one.key])
        for number, row in enumerate(values[one.key] if one.fields else ()):
            inside = replace(asked, facts={**asked.facts, "row": facts_of(row)})
            for inner in one.fields:
                if inner.key in row:
                    path = f"{one.key}.{number}.{inner.key}"
                    yield from _rules(inner, path, row[inner.key], inside, idle)
                    yield from _unique(inner, path, f"{one.key}.{inner.key}", row[inner.key], ask)


class _Idle:
    """Which rules have nothing to say now."""

    def __init__(self, wrong: frozenset[str], locked: frozenset[str]) -> None:
        self.wrong, self.locked = wrong, locked

    def __call__(self, rule: Rule, asked: Asked) -> bool:
        read = asked.program(rule.check).fields
        own = {path.split(".")[1] for path in read if path.startswith(f"{asked.form}.")}
        others = any(not path.startswith((f"{asked.form}.", "row.")) for path in read)
        return bool(own & self.wrong) or bool(self.locked and own <= self.locked and not others)


def _unique(one: Field, path: str, name: str, value: Any, taken: Taken | None) -> Iterator[tuple[FieldError, str]]:
    if one.unique and taken is not None and taken(name, value, one.unique):
        yield FieldError(path, "unique"), "error"


def _twice(group: Field, rows: Any) -> Iterator[tuple[FieldError, str]]:
    """An answer that must be unique may not stand in two rows either."""
    for inner in group.fields:
        if inner.unique:
            seen: dict[Any, int] = {}
            for number, row in enumerate(rows):
                if inner.key in row and seen.setdefault(row[inner.key], number) != number:
                    yield FieldError(f"{group.key}.{number}.{inner.key}", "unique.row", {"row": seen[row[inner.key]] + 1}), "error"


def _rules(one: Field, path: str, value: Any, asked: Asked, idle: _Idle) -> Iterator[tuple[FieldError, str]]:
    for number, rule in enumerate(one.rules):
        if not idle(rule, asked) and not asked.holds(rule.check):
            yield FieldError(path, "rule", {"say": dict(rule.say), "number": number + 1}), rule.level
    for doubt in one.kind.warnings(value, one, asked):
        yield FieldError(path, str(doubt), doubt.facts), "warning"
