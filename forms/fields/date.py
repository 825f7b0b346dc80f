"""A day, asked in three boxes; kept and sent by machines as an ISO date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import marshmallow as ma
from babel.dates import format_date

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

PARTS = (("day", N_("Day"), 2), ("month", N_("Month"), 2), ("year", N_("Year"), 4))
ISO = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def shown(value: date, lang: str) -> str:
    """17 Agustus 2026, 17 August 2026."""
    return format_date(value, "d MMMM y", locale="id_ID" if lang == "id" else "en_GB")


def iso(text: str) -> date | None:
    """The date of an ISO text (2026-08-17), or None."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


class Day(ma.fields.Field[date]):
    """A `date` from three boxes or an ISO text, within its limits."""

    def __init__(self, field: Field, asked: Asked) -> None:
        super().__init__()
        self.field, self.asked = field, asked

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        found = value if type(value) is date else iso(value) if isinstance(value, str) else self.boxes(value)
        if found is None:
            raise ma.ValidationError(Fault("date.not"))
        if not 1800 <= found.year <= 2200:
            raise ma.ValidationError(Fault("date.year"))
        least, most = self.limit("min"), self.limit("max")
        if least is not None and found < least:
            raise ma.ValidationError(Fault("date.min", min=least))
        if most is not None and found > most:
            raise ma.ValidationError(Fault("date.max", max=most))
        return found

    def boxes(self, value: Any) -> date | None:
        """The date in the boxes day, month, year; raises for a box left empty."""
        if not isinstance(value, dict) or not set(value) <= {"day", "month", "year"}:
            return None
        missing = [name for name, _, _ in PARTS if name not in value]
        if missing:
            raise ma.ValidationError(Fault(f"date.no_{missing[0]}"))
        texts = [str(value[name]) for name, _, _ in PARTS]
        if not all(text.isascii() and text.isdigit() for text in texts) or len(texts[2]) != 4:
            return None
        try:
            return date(int(texts[2]), int(texts[1][:4]), int(texts[0][:4]))
        except ValueError:
            return None

    def limit(self, name: str) -> date | None:
        """The first or last day allowed; null when it depends on an answer that is not there."""
        given = self.field.options.get(name)
        if given is None or self.asked.settled:
            return None
        found = iso(given) or self.asked.evaluate(given)
        return found if type(found) is date else None


class Date(Kind):
    word = "date"
    stencil = "texts"
    account = ("permit.valid_from", "permit.valid_until")
    title = {"id": "Tanggal", "en": "Date"}
    about = {"id": "Hari, bulan, dan tahun.", "en": "Day, month and year."}
    icon = "31"
    template = "date"
    feel = "date"
    browser = "date"
    shelf = "time"
    properties = (
        prop.day("min", {"id": "Paling awal", "en": "Earliest"}),
        prop.day("max", {"id": "Paling akhir", "en": "Latest"}),
        prop.yes_no(
            "born",
            {"id": "Tanggal lahir", "en": "A date of birth"},
            help={"id": "Peramban boleh mengisinya.", "en": "The browser may fill it in."},
        ),
    )
    says = {
        "date.not": N_("{Noun} must be a real date, such as 27 3 2027."),
        "date.no_day": N_("{Noun} must include a day."),
        "date.no_month": N_("{Noun} must include a month."),
        "date.no_year": N_("{Noun} must include a year."),
        "date.year": N_("{Noun} must have a year of four digits, such as 2027."),
        "date.min": N_("{Noun} must be {min} or later."),
        "date.max": N_("{Noun} must be {max} or earlier."),
    }
    good = (
        Good({"day": "17", "month": "8", "year": "2026"}, date(2026, 8, 17)),
        Good({"day": "01", "month": "01", "year": "1990"}, date(1990, 1, 1), {"born": True}),
        Good("2026-08-17", date(2026, 8, 17)),
        Good("2026-08-17", date(2026, 8, 17), {"min": "2026-08-17", "max": "today()"}),
    )
    bad = (
        Bad({"day": "", "month": "", "year": ""}, "required"),
        Bad({"day": "31", "month": "2", "year": "2026"}, "date.not"),
        Bad({"day": "1", "month": "", "year": "2026"}, "date.no_month"),
        Bad({"day": "x", "month": "2", "year": "2026"}, "date.not"),
        Bad({"day": "1", "month": "2", "year": "26"}, "date.not"),
        Bad("kemarin", "date.not"),
        Bad("0001-01-01", "date.year"),
        Bad(20260817, "date.not"),
        Bad("2026-08-16", "date.min", {"min": "2026-08-17"}),
        Bad("2199-01-01", "date.max", {"max": "today()"}),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        least, most = (iso(field.options.get(name, "")) for name in ("min", "max"))
        if least and most and least > most:
            yield "min", "form.limits", {"min": least.isoformat(), "max": most.isoformat()}

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Day(field, asked)

    def raw(self, value: Any, field: Field) -> Raw:
        return value.isoformat()

    def text(self, value: Any, field: Field, lang: str) -> str:
        return shown(value, lang)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {**ISO, "format": "date"}

    def anchor(self, path: str) -> str:
        return f"f-{path}.day"

    def typed(self, view: View) -> list[str]:
        """Day, month and year: those that were kept, or what was typed."""
        return self.texts(view, iso(view.raw) if isinstance(view.raw, str) else None)

    def ask(self, view: View) -> Mapping[str, Any]:
        kept = iso(view.raw) if isinstance(view.raw, str) else None
        return {"id": view.id, "fieldset": view.fieldset, "items": self.boxes(view, kept), **view.notes}

    def texts(self, view: View, kept: date | None) -> list[str]:
        """What stands in the three boxes."""
        values = {"day": str(kept.day), "month": str(kept.month), "year": str(kept.year)} if kept else {}
        return [values.get(name) or view.part(name) for name, _, _ in PARTS]

    def boxes(self, view: View, kept: date | None) -> list[dict[str, Any]]:
        """The three boxes, with the day that was kept or what was typed."""
        wrong = " govuk-input--error" if view.error else ""
        return [
            {
                "name": f"{view.path}.{name}",
                "id": f"{view.id}.{name}",
                "label": view.say(label),
                "classes": f"govuk-input--width-{width}{wrong}",
                "value": text,
                "autocomplete": f"bday-{name}" if view.field.options.get("born") else None,
            }
            for (name, label, width), text in zip(PARTS, self.texts(view, kept), strict=True)
        ]
