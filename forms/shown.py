"""Which questions are asked, given the answers so far: computed on every look, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import marshmallow as ma

from forms.files import Upload
from forms.form import Field, Form
from forms.kind import Asked, tidy

SHOWN, HIDDEN, UNSURE = "shown", "hidden", "unsure"


@dataclass(frozen=True)
class Look:
    """What one walk through the questions found.

    `states`: path or page key (as `page:site`) -> shown, hidden, or unsure (its condition reads an answer that is wrong).
    `raw`: the tidied answers. `asked`: with the facts that expressions may read.
    """

    states: Mapping[str, str]
    raw: Mapping[str, Any]
    asked: Asked

    def shown(self, path: str) -> bool:
        """Whether the question at the path (`points.0.road_class`) is asked."""
        return self.states.get(path) == SHOWN


def facts_of(value: Any) -> Any:
    """A checked value as expressions read it: files become their name, type and size."""
    if isinstance(value, Upload):
        return value.facts
    if isinstance(value, dict):
        return {key: facts_of(one) for key, one in value.items()}
    if isinstance(value, list):
        return [facts_of(one) for one in value]
    return value


def tidied(fields: Iterable[Field], raw: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in one shape each, blanks left out; what is not declared stays as it is, so that it can be refused."""
    known = {one.key: one for one in fields}
    clean = {key: known[key].kind.tidy(value, known[key]) if key in known else value for key, value in raw.items()}
    return {key: value for key, value in clean.items() if key not in known or value is not None}


def look(form: Form, raw: Mapping[str, Any], context: Mapping[str, Any], asked: Asked, *, whole: bool = False) -> Look:
    """Walk through the form in reading order. A condition reads earlier answers only, so one walk is enough.

    Of the form's own answers only those are among the facts that its expressions read, or all of them (`whole`).
    """
    walk = _Walk(form, tidied(form.questions(), raw), context, asked, whole)
    for page in form.pages:
        state = walk.decide(page.show_when, walk.asked)
        walk.states[f"page:{page.key}"] = state
        for one in page.fields:
            walk.question(one, state)
    return Look(walk.states, walk.raw, walk.asked)


class _Walk:
    """The state of one walk: the facts grow question by question."""

    def __init__(self, form: Form, raw: dict[str, Any], context: Mapping[str, Any], asked: Asked, whole: bool) -> None:
        self.form = form
        self.wanted = None if whole else form.read_here
        self.raw = raw
        self.own: dict[str, Any] = {one.key: None for one in form.questions() if one.kind.answered}
        self.states: dict[str, str] = {}
        self.unsure: set[str] = set()
        self.asked = replace(asked, facts={**context, form.key: self.own}, states=self.states, names=form.functions, form=form.key)

    def decide(self, condition: str | None, asked: Asked) -> str:
        if condition is None:
            return SHOWN
        read = asked.program(condition).fields
        if any(path == wrong or path.startswith(f"{wrong}.") for path in read for wrong in self.unsure):
            return UNSURE
        return SHOWN if asked.holds(condition) else HIDDEN

    def question(self, one: Field, above: str) -> None:
        state = self.decide(one.show_when, self.asked) if above == SHOWN else above
        self.states[one.key] = state
        if one.fields:
            self.rows(one, state)
        elif state == SHOWN and self.counts(one):
            self.own[one.key] = self.value(one, self.raw.get(one.key), f"{self.form.key}.{one.key}", replace(self.asked, path=one.key))

    def counts(self, one: Field) -> bool:
        """Whether the answer is there and somebody reads it."""
        return one.kind.computed or (self.raw.get(one.key) is not None and (self.wanted is None or one.key in self.wanted))

    def rows(self, group: Field, above: str) -> None:
        posted = self.raw.get(group.key)
        rows: list[dict[str, Any]] = []
        if above == SHOWN:
            self.own[group.key] = rows
        for number, row in enumerate(posted if isinstance(posted, list) else []):
            if isinstance(row, dict):
                self.row(group, number, row, above, rows)
            else:
                rows.append({})

    def row(self, group: Field, number: int, raw: dict[str, Any], above: str, rows: list[dict[str, Any]]) -> None:
        own: dict[str, Any] = {one.key: None for one in group.fields if one.kind.answered}
        rows.append(own)
        asked = replace(self.asked, facts={**self.asked.facts, "row": own})
        self.unsure = {path for path in self.unsure if not path.startswith("row.")}
        for one in group.fields:
            path = f"{group.key}.{number}.{one.key}"
            state = self.decide(one.show_when, asked) if above == SHOWN else above
            self.states[path] = state
            if state == SHOWN:
                own[one.key] = self.value(one, raw.get(one.key), f"row.{one.key}", replace(asked, path=path))
        if any(path.startswith("row.") for path in self.unsure):
            self.unsure.add(f"{self.form.key}.{group.key}")

    def value(self, one: Field, raw: Any, name: str, asked: Asked) -> Any:
        if one.kind.computed:
            return self.worked_out(one, name, asked)
        if raw is None or not one.kind.answered:
            return None
        try:
            return facts_of(one.kind.peek(raw, one, asked))
        except ma.ValidationError:
            self.unsure.add(name)
            return None

    def worked_out(self, one: Field, name: str, asked: Asked) -> Any:
        """The value of a question that nobody answers; in doubt when it reads an answer that is wrong."""
        texts = (one.options.get(option) for option in one.kind.early)
        read = {path for text in texts if isinstance(text, str) for path in asked.program(text).fields}
        if any(path == wrong or path.startswith(f"{wrong}.") for path in read for wrong in self.unsure):
            self.unsure.add(name)
            return None
        return one.kind.compute(one, asked)


def blank(raw: Any) -> bool:
    """Whether a posted value says nothing."""
    return tidy(raw) is None
