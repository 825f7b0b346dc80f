"""A day and a time of day, on the office's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.fields.date import Date, Day, iso, shown
from forms.fields.time import clock, written
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

BOXES = {"day", "month", "year", "time"}


def parts(text: str) -> tuple[date | None, time | None]:
    """The day and the time of `2026-08-17T08:30`; None for what is none."""
    day, mark, rest = text.replace(" ", "T", 1).partition("T")
    return iso(day), clock(rest) if mark else None


class Instant(ma.fields.Field[datetime]):
    """An aware `datetime` in the zone of `asked.at`."""

    def __init__(self, field: Field, asked: Asked) -> None:
        super().__init__()
        self.field, self.asked = field, asked

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        day, hour = self.read(value)
        if hour is None:
            raise ma.ValidationError(Fault("date_time.no_time"))
        zone = (self.asked.at.tzinfo if self.asked.at else None) or UTC
        return datetime.combine(day, hour, zone)

    def read(self, value: Any) -> tuple[date, time | None]:
        """Day and time; raises for a day that is none or outside its limits."""
        if isinstance(value, str):
            day, hour = parts(value)
            return Day(self.field, self.asked).deserialize(day or value), hour
        if not isinstance(value, dict) or not set(value) <= BOXES:
            raise ma.ValidationError(Fault("date.not"))
        hour = clock(value["time"]) if isinstance(value.get("time"), str) else None
        found = Day(self.field, self.asked).deserialize({key: one for key, one in value.items() if key != "time"})
        return found, hour


class DateTime(Kind):
    word = "date_time"
    stencil = "blank"
    title = {"id": "Tanggal dan jam", "en": "Date and time"}
    about = {"id": "Misalnya mulai acara.", "en": "Such as the start of an event."}
    icon = "M10 19H4V6h15v5M4 10h15M8 3v4M15 3v4M17 13a4 4 0 1 0 0 8a4 4 0 1 0 0-8M17 15v2l2 1"
    shelf = "time"
    template = "date_time"
    feel = "date and time"
    browser = "none"
    properties = (
        prop.day("min", {"id": "Hari paling awal", "en": "Earliest day"}),
        prop.day("max", {"id": "Hari paling akhir", "en": "Latest day"}),
    )
    says = {**Date.says, "date_time.no_time": N_("{Noun} must include a time, such as 08:30.")}
    good = (
        Good({"day": "17", "month": "8", "year": "2026", "time": "08:30"}, datetime(2026, 8, 17, 8, 30, tzinfo=UTC)),
        Good("2026-08-17T08:30", datetime(2026, 8, 17, 8, 30, tzinfo=UTC), {"min": "2026-08-17"}),
    )
    bad = (
        Bad({"day": "", "time": ""}, "required"),
        Bad({"day": "17", "month": "8", "year": "2026", "time": ""}, "date_time.no_time"),
        Bad({"day": "17", "month": "8", "year": "2026", "time": "25:00"}, "date_time.no_time"),
        Bad({"day": "31", "month": "2", "year": "2026", "time": "08:30"}, "date.not"),
        Bad({"day": "17", "year": "2026", "time": "08:30"}, "date.no_month"),
        Bad("2026-08-17", "date_time.no_time"),
        Bad("besok pagi", "date.not"),
        Bad({"zone": "UTC"}, "date.not"),
        Bad(20260817, "date.not"),
        Bad("2026-08-16T08:30", "date.min", {"min": "2026-08-17"}),
    )

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Instant(field, asked)

    def raw(self, value: Any, field: Field) -> Raw:
        return f"{value:%Y-%m-%dT%H:%M}"

    def text(self, value: Any, field: Field, lang: str) -> str:
        return f"{shown(value.date(), lang)}, {written(value.time(), lang)}"

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}

    def anchor(self, path: str) -> str:
        return f"f-{path}.day"

    def ask(self, view: View) -> Mapping[str, Any]:
        day, hour = parts(view.raw) if isinstance(view.raw, str) else (None, None)
        boxes = Date().boxes(view, day)
        wrong = " govuk-input--error" if view.error else ""
        boxes.append(
            {
                "name": f"{view.path}.time",
                "id": f"{view.id}.time",
                "label": view.say(N_("Time")),
                "type": "time",
                "classes": f"govuk-input--width-5{wrong}",
                "value": f"{hour:%H:%M}" if hour else view.part("time"),
            }
        )
        return {"fieldset": view.fieldset, "boxes": boxes, "notes": view.notes}
