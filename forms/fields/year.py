"""A year of four digits, from 1900 to five years ahead unless the question says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

FIRST, AHEAD = 1900, 5


class Four(ma.fields.Field[int]):
    """An int of four digits within its limits."""

    def __init__(self, field: Field, asked: Asked) -> None:
        super().__init__()
        self.options, self.asked = field.options, asked

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(text, str) or len(text) != 4 or not (text.isascii() and text.isdigit()):
            raise ma.ValidationError(Fault("year.not"))
        least = self.options.get("min", FIRST)
        most = self.options.get("max", self.asked.at.year + AHEAD if self.asked.at else 9999)
        if not self.asked.settled and not least <= int(text) <= most:
            raise ma.ValidationError(Fault("year.range", min=str(least), max=str(most)))
        return int(text)


class Year(Kind):
    word = "year"
    stencil = "text"
    title = {"id": "Tahun", "en": "Year"}
    about = {"id": "Empat angka, misalnya tahun pembuatan.", "en": "Four digits, such as the year of building."}
    icon = "Y"
    shelf = "time"
    cell = True
    feel = "number"
    browser = "number"
    properties = (
        prop.count("min", {"id": "Paling awal", "en": "Earliest"}, least=1000, most=9999, default=FIRST),
        prop.count(
            "max",
            {"id": "Paling akhir", "en": "Latest"},
            least=1000,
            most=9999,
            help={"id": "Tanpa ini: lima tahun ke depan.", "en": "Without it: five years ahead."},
        ),
    )
    says = {
        "year.not": N_("{Noun} must be a year of four digits, such as 2027."),
        "year.range": N_("{Noun} must be a year from {min} to {max}."),
    }
    good = (Good("2019", 2019), Good(1999, 1999), Good("2031", 2031), Good(" 1899 ", 1899, {"min": 1800}))
    bad = (
        Bad("", "required"),
        Bad("19", "year.not"),
        Bad("dua ribu", "year.not"),
        Bad("20.19", "year.not"),
        Bad("٢٠١٩", "year.not"),
        Bad(True, "year.not"),
        Bad("1899", "year.range"),
        Bad("2032", "year.range"),
        Bad("2021", "year.range", {"max": 2020}),
        Bad(["2019"], "year.not"),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        least, most = field.options.get("min", FIRST), field.options.get("max", 9999)
        if least > most:
            yield "min", "form.limits", {"min": least, "max": most}

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Four(field, asked)

    def raw(self, value: Any, field: Field) -> Raw:
        return int(value)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "integer", "minimum": 1000, "maximum": 9999}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {**view.common, "value": view.text, "inputmode": "numeric", "autocomplete": "off", "classes": "govuk-input--width-4"}
