"""From one day to another: an event, a permit, a stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.fields.date import ISO, Date, Day, iso, shown
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw, tidy
from forms.view import View
from forms.words import N_, say

ENDS = ("start", "end")


class Span(ma.fields.Field[dict[str, Any]]):
    """{"start": date, "end": date, "days": both included}."""

    def __init__(self, field: Field, asked: Asked) -> None:
        super().__init__()
        self.field, self.asked = field, asked

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not set(value) <= {*ENDS, "days"}:
            raise ma.ValidationError(Fault("type"))
        found: dict[str, date] = {}
        wrong: dict[str, list[Fault]] = {}
        for end in ENDS:
            try:
                found[end] = Day(self.field, self.asked).deserialize(value.get(end) or {})
            except ma.ValidationError as error:
                wrong[end] = [_of(end, error)]
        if wrong:
            raise ma.ValidationError(wrong)
        days = (found["end"] - found["start"]).days + 1
        most = self.field.options.get("max_days")
        if days < 1:
            raise ma.ValidationError({"end": [Fault("period.order")]})
        if most is not None and days > most and not self.asked.settled:
            raise ma.ValidationError({"end": [Fault("period.long", max=most, days=days)]})
        return {**found, "days": days}


def _of(end: str, error: ma.ValidationError) -> Fault:
    """What is wrong with one end, so that the sentence says which."""
    fault = error.messages[0] if isinstance(error.messages, list) else Fault("type")
    code = fault.removeprefix("date.") if fault in {"date.min", "date.max"} else "not"
    return Fault(f"period.{end}_{code}", **(fault.facts if isinstance(fault, Fault) else {}))


class Period(Kind):
    word = "period"
    stencil = "blank"
    title = {"id": "Rentang tanggal", "en": "Date range"}
    about = {"id": "Dari tanggal … sampai tanggal …", "en": "From one day to another."}
    icon = "M3 12h18M7 8l-4 4 4 4M17 8l4 4-4 4"
    shelf = "time"
    template = "period"
    feel = {"start": "date", "end": "date", "days": "number"}
    browser = "period"
    properties = (
        prop.day("min", {"id": "Paling awal", "en": "Earliest"}),
        prop.day("max", {"id": "Paling akhir", "en": "Latest"}),
        prop.count("max_days", {"id": "Paling lama (hari)", "en": "Longest (days)"}, least=1, most=40_000),
    )
    says = {
        "period.start_not": N_("The start of {noun} must be a real date, such as 27 3 2027."),
        "period.end_not": N_("The end of {noun} must be a real date, such as 27 3 2027."),
        "period.start_min": N_("The start of {noun} must be {min} or later."),
        "period.end_min": N_("The end of {noun} must be {min} or later."),
        "period.start_max": N_("The start of {noun} must be {max} or earlier."),
        "period.end_max": N_("The end of {noun} must be {max} or earlier."),
        "period.order": N_("The end of {noun} must not be before its start."),
        "period.long": N_("{Noun} may last at most {max} days; this is {days}."),
    }
    good = (
        Good(
            {"start": {"day": "17", "month": "8", "year": "2026"}, "end": {"day": "18", "month": "8", "year": "2026"}},
            {"start": date(2026, 8, 17), "end": date(2026, 8, 18), "days": 2},
            {"max_days": 2},
        ),
        Good({"start": "2026-08-17", "end": "2026-08-17"}, {"start": date(2026, 8, 17), "end": date(2026, 8, 17), "days": 1}),
    )
    bad = (
        Bad({"start": {"day": ""}, "end": ""}, "required"),
        Bad({"start": "2026-08-17"}, "period.end_not", path="end"),
        Bad({"start": {"day": "1"}, "end": "2026-08-17"}, "period.start_not", path="start"),
        Bad({"start": "2026-08-18", "end": "2026-08-17"}, "period.order", path="end"),
        Bad({"start": "2026-08-17", "end": "2026-08-19"}, "period.long", {"max_days": 2}, "end"),
        Bad({"start": "2026-08-16", "end": "2026-08-19"}, "period.start_min", {"min": "2026-08-17"}, "start"),
        Bad({"start": "2026-08-16", "end": "2026-08-19"}, "period.end_max", {"max": "2026-08-17"}, "end"),
        Bad("2026-08-17", "type"),
        Bad({"from": "2026-08-17"}, "type"),
        Bad(["2026-08-17", "2026-08-18"], "type"),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = tidy(raw)
        return {key: one for key, one in clean.items() if key != "days"} if isinstance(clean, dict) else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Span(field, asked)

    def raw(self, value: Any, field: Field) -> Raw:
        return {end: value[end].isoformat() for end in ENDS}

    def text(self, value: Any, field: Field, lang: str) -> str:
        start, end = (shown(value[name], lang) for name in ENDS)
        return say(N_("{start} to {end} ({days} days)"), lang, start=start, end=end, days=value["days"])

    def json_schema(self, field: Field, lang: str) -> Json:
        days = {end: {**ISO, "format": "date"} for end in ENDS}
        return {"type": "object", "required": list(ENDS), "properties": days, "additionalProperties": False}

    def anchor(self, path: str) -> str:
        return f"f-{path}.day" if path.rpartition(".")[2] in ENDS else f"f-{path}.start.day"

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            "fieldset": view.fieldset,
            "notes": view.notes,
            "ends": [self.end(view, *one) for one in zip(ENDS, (N_("From"), N_("Until")), strict=True)],
        }

    def end(self, view: View, name: str, label: str) -> dict[str, Any]:
        """The three boxes of one end."""
        raw = view.raw.get(name) if isinstance(view.raw, dict) else None
        sub = view.inside(name, raw)
        legend = {"legend": {"text": view.say(label), "classes": "govuk-fieldset__legend--s"}}
        told = {"errorMessage": {"text": sub.error, "visuallyHiddenText": view.say("Error")}} if sub.error else {}
        kept = iso(raw) if isinstance(raw, str) else None
        return {"id": sub.id, "fieldset": legend, "items": Date().boxes(sub, kept), **told}
