"""The properties of a step are known ones, with values that mean something."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.flow import Step
from engine.procedures.checking import Seen
from engine.procedures.names import APPLICANT
from rules import Finding

SENTENCES = {
    "property.unknown": "{name} ({id}): the property {key} is not known. Did you mean {near}?",
    "property.days": "{name} ({id}): days must be a whole number of working days from 1 to 999, not {value}.",
    "property.clock": "{name} ({id}): clock must be office, applicant or payment, not {value}.",
    "property.step": "{name} ({id}): not_same_as names {value}, which is no task of a person.",
    "property.beside": "{name} ({id}): show names {value}, which is neither a form nor the result of a decision.",
    "property.revises": "{name} ({id}): revises names {value}, which is not the form of this step.",
}
KNOWN = ("days", "late", "clock", "not_same_as", "show", "public", "revises")
_CLOCKS = ("office", "applicant", "payment")


def check(seen: Seen) -> Iterator[Finding]:
    for step in seen.of_kind("user"):
        for key in step.properties:
            if key not in KNOWN:
                near = get_close_matches(key, KNOWN, 1)
                yield seen.at(step, "property.unknown", key=key, near=near[0] if near else "")
        yield from _values(seen, step)


def _values(seen: Seen, step: Step) -> Iterator[Finding]:
    days, clock = step.properties.get("days"), step.properties.get("clock")
    if days is not None and not (days.isascii() and days.isdigit() and 1 <= int(days) <= 999):
        yield seen.at(step, "property.days", value=days)
    if clock is not None and clock not in _CLOCKS:
        yield seen.at(step, "property.clock", value=clock)
    people = {each.id for each in seen.of_kind("user")} | {APPLICANT}
    beside = {*seen.bundle.forms, *(each.result for each in seen.of_kind("rule"))}
    yield from (seen.at(step, "property.step", value=each) for each in listed(step, "not_same_as") if each not in people)
    yield from (seen.at(step, "property.beside", value=each) for each in listed(step, "show") if each not in beside)
    yield from (seen.at(step, "property.revises", value=each) for each in listed(step, "revises") if each != step.form)


def listed(step: Step, key: str) -> list[str]:
    """The values of a property, separated by commas."""
    return [each.strip() for each in step.properties.get(key, "").split(",") if each.strip()]
