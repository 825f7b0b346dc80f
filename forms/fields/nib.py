"""NIB, the business number: 13 digits without any structure to check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.errors import Fault
from forms.fields.nik import digits
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

LENGTH = 13


class Thirteen(ma.fields.Field[str]):
    """13 digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
            raise ma.ValidationError(Fault("nib.digits"))
        if len(value) != LENGTH:
            raise ma.ValidationError(Fault("nib.length", count=len(value)))
        return value


class Nib(Kind):
    word = "nib"
    stencil = "text"
    title = {"id": "NIB", "en": "Business number (NIB)"}
    about = {"id": "13 angka dari OSS.", "en": "13 digits, given by OSS."}
    icon = "Nº"
    shelf = "indonesia"
    unique = True
    cell = True
    says = {
        "nib.digits": N_("{Noun} may have digits only."),
        "nib.length": N_("{Noun} must have 13 digits; you entered {count}."),
    }
    good = (Good("9120001234567", "9120001234567"), Good("9120 0012 34567", "9120001234567"))
    bad = (
        Bad("", "required"),
        Bad("912000123456", "nib.length"),
        Bad("91200012345678", "nib.length"),
        Bad("91200012345AB", "nib.digits"),
        Bad("٩١٢٠٠٠١٢٣٤٥٦٧", "nib.digits"),
        Bad(9120001234567, "nib.digits"),
        Bad(["9120001234567"], "nib.digits"),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        return digits(super().tidy(raw, field))

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Thirteen()

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": "^[0-9]{13}$"}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            **view.common,
            "value": view.text,
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": False,
            "classes": "govuk-input--width-20 govuk-input--extra-letter-spacing",
        }
