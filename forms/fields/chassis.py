"""A chassis number (VIN): 17 letters and digits. Old vehicles have others, so the letters I, O and Q are a doubt and no fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma

from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

_VIN = re.compile(r"[A-Z0-9]{17}")


class Vin(ma.fields.Field[str]):
    """17 capital letters and digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not _VIN.fullmatch(value):
            raise ma.ValidationError(Fault("chassis.not"))
        return value


class Chassis(Kind):
    word = "chassis"
    stencil = "text"
    title = {"id": "Nomor rangka", "en": "Chassis number"}
    about = {"id": "17 huruf dan angka di STNK.", "en": "17 letters and digits, as on the registration."}
    icon = "M9 8H7a4 4 0 0 0 0 8h2M15 8h2a4 4 0 0 1 0 8h-2M8 12h8"
    shelf = "indonesia"
    unique = True
    cell = True
    says = {
        "chassis.not": N_("{Noun} must have 17 letters and digits."),
        "chassis.letters": N_("{Noun} has a letter I, O or Q, which chassis numbers avoid. It may be a 1 or a 0."),
    }
    good = (Good("mhkm1ba3jfk012345", "MHKM1BA3JFK012345"), Good("MHKM 1BA3-JFK0 12345", "MHKM1BA3JFK012345"))
    bad = (
        Bad("", "required"),
        Bad("MHKM1BA3JFK01234", "chassis.not"),
        Bad("MHKM1BA3JFK0123456", "chassis.not"),
        Bad("MHKM1BA3JFK01234Ж", "chassis.not"),
        Bad(12345678901234567, "chassis.not"),
        Bad(["MHKM1BA3JFK012345"], "chassis.not"),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = super().tidy(raw, field)
        return re.sub(r"[\s-]", "", clean).upper() or None if isinstance(clean, str) else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Vin()

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        if set(value) & set("IOQ"):
            yield Fault("chassis.letters")

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": "^[A-Z0-9]{17}$"}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            **view.common,
            "value": view.text,
            "autocomplete": "off",
            "spellcheck": False,
            "classes": "govuk-input--width-20 govuk-input--extra-letter-spacing",
        }
