"""The properties of a step are known ones, with values that mean something."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.flow import ASYNC_BEFORE, Step
from engine.procedures.checking import Seen
from engine.procedures.names import APPLICANT
from rules import Finding

SENTENCES = {
    "property.unknown": {
        "id": "{step} punya sifat “{key}”, yang tidak dikenal; di perancang, pilih langkah ini dan keluarkan pada “Hanya di berkas”. "
        "Maksudnya {near}?",
        "en": "{step} has the property “{key}”, which is not known; in the designer, choose this step and take it out under “Only in the "
        "file”. "
        "Did you mean {near}?",
    },
    "property.late": {
        "id": "{step} menyebut apa yang terjadi bila terlambat (late: {value}), yang tidak dibaca oleh siapa pun. Di studio, "
        "pilih langkah ini dan “Terjadi sesuatu jika terlambat”, lalu keluarkan late pada “Hanya di berkas”.",
        "en": "{step} says what happens when it is late (late: {value}), which nothing reads. In the studio, choose this step and "
        "“Something happens when it is late”, and take late out under “Only in the file”.",
    },
    "property.days": {
        "id": "{step}: “Berapa hari kerja?” harus dijawab dengan bilangan bulat 1 sampai 999, bukan {value}.",
        "en": "{step}: “How many working days?” takes a whole number from 1 to 999, not {value}.",
    },
    "property.async_before": {
        "id": "{step}: “Simpan jawaban dulu” hanya bisa nyala atau mati (true, false), bukan {value}; atur lagi di panelnya.",
        "en": "{step}: “Keep the answers first” is either on or off (true, false), not {value}; set it again in its panel.",
    },
    "property.clock": {
        "id": "{step}: “Waktu siapa yang berjalan?” harus waktu kantor, pemohon, atau pembayaran (office, applicant, payment), "
        "bukan {value}.",
        "en": "{step}: “Whose time runs?” is the office’s, the applicant’s or a payment’s (office, applicant, payment), not {value}.",
    },
    "property.step": {
        "id": "{step}: “Empat mata” menyebut {value}, yang bukan tugas seseorang; pilih langkah seorang petugas, atau pemohon. "
        "Maksudnya {near}?",
        "en": "{step}: “Four eyes” names {value}, which is no task of a person; choose an officer’s step, or the applicant. Did "
        "you mean {near}?",
    },
    "property.back": {
        "id": "{step}: “Boleh mengembalikan perkara ke” menyebut {value}, yang bukan tugas seseorang; pilih langkah seseorang. "
        "Maksudnya {near}?",
        "en": "{step}: “May send the case back to” names {value}, which is no task of a person; choose the step of a person. "
        "Did you mean {near}?",
    },
    "property.beside": {
        "id": "{step}: “Ditampilkan di samping formulir” menyebut {value}, yang bukan formulir dan bukan hasil tabel; pilih lagi. "
        "Maksudnya {near}?",
        "en": "{step}: “Shown beside the form” names {value}, which is neither a form nor the result of a table; choose again. "
        "Did you mean {near}?",
    },
    "property.revises": {
        "id": "{step}: “Memperbaiki yang sudah dikirim” menyebut {value}, yang bukan formulir langkah ini; matikan, lalu nyalakan lagi.",
        "en": "{step}: “It corrects what was sent before” names {value}, which is not the form of this step; turn it off and on again.",
    },
}
WARNINGS = frozenset({"property.late"})
KNOWN = ("days", "clock", "not_same_as", "show", "public", "revises", "may_send_back")
_CLOCKS = ("office", "applicant", "payment")


def check(seen: Seen) -> Iterator[Finding]:
    for step in seen.of_kind("user"):
        if "late" in step.properties:
            yield seen.at(step, "property.late", value=step.properties["late"])
        for key in step.properties:
            if key not in (*KNOWN, "late"):
                near = get_close_matches(key, KNOWN, 1)
                yield seen.at(step, "property.unknown", key=key, near=near[0] if near else "")
        yield from _values(seen, step)
    for step in seen.of_kind("rule"):
        for key in set(get_close_matches(ASYNC_BEFORE, step.properties)) - {ASYNC_BEFORE}:
            yield seen.at(step, "property.unknown", key=key, near=ASYNC_BEFORE)
        if (value := step.properties.get(ASYNC_BEFORE, "true")) not in ("true", "false"):
            yield seen.at(step, "property.async_before", value=value)


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
