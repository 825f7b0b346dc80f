"""The properties of a step are known ones, with values that mean something."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.flow import Step
from engine.procedures.checking import Seen
from engine.procedures.names import APPLICANT
from rules import Finding

SENTENCES = {
    "property.unknown": {
        "id": "{step}: sifat {key} tidak dikenal; hapus atau perbaiki. Maksudnya {near}?",
        "en": "{step}: the property {key} is not known; remove or correct it. Did you mean {near}?",
    },
    "property.days": {
        "id": "{step}: jumlah hari (days) harus bilangan bulat 1 sampai 999 hari kerja, bukan {value}.",
        "en": "{step}: days must be a whole number of working days from 1 to 999, not {value}.",
    },
    "property.clock": {
        "id": "{step}: clock harus office, applicant, atau payment, bukan {value}.",
        "en": "{step}: clock must be office, applicant or payment, not {value}.",
    },
    "property.step": {
        "id": "{step}: not_same_as menyebut {value}, yang bukan tugas seseorang; sebut langkah seorang petugas atau applicant. "
        "Maksudnya {near}?",
        "en": "{step}: not_same_as names {value}, which is no task of a person; name an officer's step or applicant. Did you mean {near}?",
    },
    "property.back": {
        "id": "{step}: may_send_back menyebut {value}, yang bukan tugas seseorang; sebut langkah seseorang. Maksudnya {near}?",
        "en": "{step}: may_send_back names {value}, which is no task of a person; name the step of a person. Did you mean {near}?",
    },
    "property.beside": {
        "id": "{step}: show menyebut {value}, yang bukan formulir dan bukan hasil tabel; perbaiki namanya. Maksudnya {near}?",
        "en": "{step}: show names {value}, which is neither a form nor the result of a decision; correct the name. Did you mean {near}?",
    },
    "property.revises": {
        "id": "{step}: revises menyebut {value}, yang bukan formulir langkah ini; sebut formulir langkah ini.",
        "en": "{step}: revises names {value}, which is not the form of this step; name the form of this step.",
    },
}
KNOWN = ("days", "late", "clock", "not_same_as", "show", "public", "revises", "may_send_back")
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
    forms = {*seen.bundle.forms, *(each.form or "" for each in seen.of_kind("user"))}
    beside = {*forms, *(each.result or "" for each in seen.of_kind("rule"))}
    steps = people - {APPLICANT}
    properties = (("property.step", "not_same_as", people), ("property.back", "may_send_back", steps), ("property.beside", "show", beside))
    for code, key, known in properties:
        for value in listed(step, key):
            if value not in known:
                yield seen.at(step, code, value=value, near=next(iter(get_close_matches(value, sorted(known), 1)), ""))
    yield from (seen.at(step, "property.revises", value=each) for each in listed(step, "revises") if each != step.form)


def listed(step: Step, key: str) -> list[str]:
    """The values of a property, separated by commas."""
    return [each.strip() for each in step.properties.get(key, "").split(",") if each.strip()]
