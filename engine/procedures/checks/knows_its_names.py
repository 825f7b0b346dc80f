"""Every expression can be read, and uses only names that exist: in the diagram, the forms, the tables and procedure.toml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rules
from engine.flow import Step
from engine.procedures.checking import DIAGRAM, Seen
from engine.procedures.expressions import feel_of_time
from engine.procedures.names import FUNCTIONS
from rules import Finding

SENTENCES: dict[str, dict[str, str]] = {}  # those of the floor of rules: engine/procedures/sayings/rules.py


def check(seen: Seen) -> Iterator[Finding]:
    for place, text, own in _diagram(seen):
        yield from _told(place, text, {**seen.names, **own})
    for place, text in _sheet(seen):
        yield from _told(place, text, dict(seen.names))
    for key, form in seen.bundle.forms.items():
        names = {**seen.names, **_given(seen, "form", key)}
        for place, text, row in form.expressions():
            group, _, rest = place.partition("#")
            where = f"shared/forms/{group}.json#{rest}" if group else f"{seen.bundle.places[f'form {key}']}#{rest}"
            yield from _told(where, text, {**names, "row": "any"} if row else names)
    for decision in {id(each): each for each in seen.bundle.decisions.values()}.values():
        file = seen.bundle.places[f"decision {decision.ids[0]}"]
        given = {name: kind for ident in decision.ids for name, kind in _given(seen, "decision", ident).items()}
        for finding in decision.check({**dict.fromkeys(FUNCTIONS, "function"), **seen.names, **given}):
            if finding.code == "dmn.overlap":  # decides_every_case tells it with all else of the table
                continue
            yield Finding(f"{file}#{finding.place}", finding.code, finding.facts)


def _told(place: str, text: str, scope: dict[str, object]) -> Iterator[Finding]:
    for finding in rules.check(text, scope, functions=FUNCTIONS):
        yield Finding(place, finding.code, finding.facts)


def _given(seen: Seen, what: str, key: str) -> dict[str, Any]:
    """What the steps that ask this form (or decision) are given besides the facts of the case."""
    steps = (step for step in seen.steps if getattr(step, what) == key)
    return {name: kind for step in steps for name, kind in seen.given(step).items()}


def _diagram(seen: Seen) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Place, text, and the names that are known there alone."""
    steps = seen.bundle.process.steps
    for link in seen.bundle.process.links:
        if link.condition:
            yield f"{DIAGRAM}#{link.id}", link.condition, seen.given_around(steps[link.source])
    for step in seen.steps:
        around, inside = seen.given_around(step), seen.given(step)
        yield from ((f"{DIAGRAM}#{step.id}", text, around) for text in _before(step))
        yield from ((f"{DIAGRAM}#{step.id}", text, inside) for text in _of_step(step))


def _before(step: Step) -> Iterator[str]:
    """What is worked out before a step is begun: what it is repeated for, its key."""
    yield from (text for text in (step.key, step.loop.collection if step.loop else None) if text)


def _of_step(step: Step) -> Iterator[str]:
    """The FEEL texts of one step: its timer, its script, what it is given and hands on, its fields."""
    if step.when and (text := feel_of_time(step.when[1])):
        yield text
    if step.expression:
        yield step.expression
    yield from (text for _, text in (*step.inputs, *step.outputs))
    if step.loop:
        yield from (text for text in (step.loop.result, step.loop.until, step.loop.while_) if text)
    yield from (value.strip().removeprefix("=").strip() for value in step.headers.values() if value.strip().startswith("="))


def _sheet(seen: Seen) -> Iterator[tuple[str, str]]:
    about = seen.bundle.about
    yield from ((f"procedure.toml#/time/days_when/{number}/when", each.when) for number, each in enumerate(about.time.days_when))
    yield from ((f"procedure.toml#/fee/{key}", text) for key, text in (("amount", about.fee.amount), ("lines", about.fee.lines)) if text)
    if about.validity:
        for key, day in (("from", about.validity.from_), ("until", about.validity.until)):
            if day:
                yield f"procedure.toml#/validity/{key}", day
