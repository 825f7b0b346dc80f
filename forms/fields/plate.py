"""A plate number (TNKB): letters of the region, one to four digits, up to three letters; kept as `N 1234 AB`.

The number says what drives: 1-1999 a car, 2000-6999 a motorcycle, 7000-7999 a bus, 8000-9999 a goods vehicle. Regions hand out numbers
beyond that when they run short, so a number outside is a doubt, no fault; so is a region nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_, Words

_PLATE = re.compile(r"([A-Z]{1,2})[ .-]?([1-9][0-9]{0,3})[ .-]?([A-Z]{0,3})")
_LETTERS = """
A AA AB AD AE AG B BA BB BD BE BG BH BK BL BM BN BP D DA DB DC DD DE DG DH DK DL DM DN DP DR DS DT DW E EA EB ED F G H K KB KH KT KU L M N
P PA PB PG PS PT PY R S T W Z
"""
REGIONS = frozenset(_LETTERS.split())
NUMBERS = {"car": (1, 1999), "motorcycle": (2000, 6999), "bus": (7000, 7999), "goods": (8000, 9999)}
VEHICLES: dict[str, Words] = {
    "car": {"id": "Mobil penumpang", "en": "Car"},
    "motorcycle": {"id": "Sepeda motor", "en": "Motorcycle"},
    "bus": {"id": "Bus", "en": "Bus"},
    "goods": {"id": "Mobil barang", "en": "Goods vehicle"},
}


class Tnkb(ma.fields.Field[str]):
    """The plate in its three parts, one space between them."""

    def __init__(self, prefixes: tuple[str, ...]) -> None:
        super().__init__()
        self.prefixes = prefixes

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        found = _PLATE.fullmatch(re.sub(r"\s+", " ", value.upper())) if isinstance(value, str) and len(value) < 30 else None
        if found is None:
            raise ma.ValidationError(Fault("plate.not"))
        if self.prefixes and found[1] not in self.prefixes:
            raise ma.ValidationError(Fault("plate.region", regions=list(self.prefixes)))
        return " ".join(part for part in found.groups() if part)


class Plate(Kind):
    word = "plate"
    stencil = "text"
    title = {"id": "Nomor polisi (TNKB)", "en": "Plate number (TNKB)"}
    about = {"id": "Pelat nomor kendaraan, misalnya N 1234 AB.", "en": "Of a vehicle, such as N 1234 AB."}
    icon = "M2 7h20v10H2zM6 12h2M10 12h4M16 12h2"
    shelf = "indonesia"
    unique = True
    cell = True
    properties = (
        prop.names(
            "regions",
            {"id": "Hanya huruf wilayah", "en": "Only these region letters"},
            "names",
            help={"id": "Misalnya N dan AG.", "en": "Such as N and AG."},
            item={"type": "string", "pattern": "^[A-Z]{1,2}$"},
        ),
        prop.some_of("vehicles", {"id": "Jenis kendaraan", "en": "Kinds of vehicle"}, VEHICLES),
    )
    says = {
        "plate.not": N_("{Noun} must be a plate number, such as N 1234 AB."),
        "plate.region": N_("{Noun} must begin with {regions}."),
        "plate.unknown": N_("{Noun} begins with letters of no region we know. Compare it with the plate."),
        "plate.number": N_("The number of {noun} is not usual for this kind of vehicle. Compare it with the plate."),
    }
    good = (
        Good("n1234ab", "N 1234 AB"),
        Good("AB 12", "AB 12"),
        Good("B-9123-XYZ", "B 9123 XYZ", {"vehicles": ["goods"]}),
        Good("L  1  A", "L 1 A", {"regions": ["L", "W"]}),
    )
    bad = (
        Bad("", "required"),
        Bad("1234 AB", "plate.not"),
        Bad("ABC 1234", "plate.not"),
        Bad("N 0123 AB", "plate.not"),
        Bad("N 12345", "plate.not"),
        Bad("N 1234 ABCD", "plate.not"),
        Bad("L 1 A", "plate.region", {"regions": ["N"]}),
        Bad(1234, "plate.not"),
        Bad(["N 1234 AB"], "plate.not"),
    )

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Tnkb(tuple(field.options.get("regions", ())))

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        letters, number = value.split(" ")[:2]
        if letters not in REGIONS:
            yield Fault("plate.unknown")
        usual = [NUMBERS[one] for one in field.options.get("vehicles", ())]
        if usual and not any(low <= int(number) <= high for low, high in usual):
            yield Fault("plate.number")

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = super().tidy(raw, field)
        return clean.upper() if isinstance(clean, str) else clean

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": "^[A-Z]{1,2} [1-9][0-9]{0,3}( [A-Z]{1,3})?$"}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {**view.common, "value": view.text, "autocomplete": "off", "spellcheck": False, "classes": "govuk-input--width-10"}
