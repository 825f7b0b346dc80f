"""NPWP, the tax number: 16 digits (a NIK, or 0 and the old number), or the old 15 digits, which get their 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma
from lokal import format_npwp15, parse_npwp
from stdnum.id import npwp as stdnum_npwp

from forms.errors import Fault
from forms.fields.nik import digits
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_


class TaxNumber(ma.fields.Field[str]):
    """The 16 digits used today."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        found = parse_npwp(value) if isinstance(value, str) and value.isascii() else None
        if found is None or not found.npwp16 or not found.npwp16.strip("0"):
            raise ma.ValidationError(Fault("npwp.not"))
        if not found.valid:
            raise ma.ValidationError(Fault("npwp.nik"))
        return str(found.npwp16)


class Npwp(Kind):
    word = "npwp"
    stencil = "text"
    title = {"id": "NPWP", "en": "Tax number (NPWP)"}
    about = {"id": "15 atau 16 angka.", "en": "15 or 16 digits."}
    icon = "%"
    shelf = "indonesia"
    privacy = "personal"
    secret = True
    unique = True
    cell = True
    says = {
        "npwp.not": N_("{Noun} must have 15 or 16 digits."),
        "npwp.nik": N_("{Noun} of 16 digits must be a NIK or begin with 0. Check the digits."),
        "npwp.digit": N_("The check digit of {noun} does not fit. Compare it with the card."),
    }
    good = (
        Good("01.312.166.0-091.000", "0013121660091000"),
        Good("0013121660091000", "0013121660091000"),
        Good("3525011708900001", "3525011708900001"),
    )
    bad = (
        Bad("", "required"),
        Bad("12345", "npwp.not"),
        Bad("000000000000000", "npwp.not"),
        Bad("nomor pajak", "npwp.not"),
        Bad("9925013102900001", "npwp.nik"),
        Bad(["0013121660091000"], "npwp.not"),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        return digits(super().tidy(raw, field))

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return TaxNumber()

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        if value.startswith("0") and not stdnum_npwp.is_valid(value[1:]):
            yield Fault("npwp.digit")

    def text(self, value: Any, field: Field, lang: str) -> str:
        return str(format_npwp15(value[1:])) if value.startswith("0") else str(value)

    def masked(self, value: Any, field: Field, lang: str) -> str:
        return f"{value[:4]}********{value[-4:]}"

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": "^[0-9]{16}$"}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            **view.common,
            "value": view.text,
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": False,
            "classes": "govuk-input--width-20 govuk-input--extra-letter-spacing",
        }
