"""A point on the map: latitude and longitude in degrees, typed, taken from the phone, or set on a map that needs no tiles.

Indonesia lies between 11 degrees south and 6 north, 95 and 141 east: a point outside is a fault. One outside the area of the office
is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

BOUNDS = {"lat": (-11, 6), "lon": (95, 141)}
SIDES = ("south", "north", "west", "east")
PLACES = 7
_PAIR = re.compile(
    r"\s*(-?[0-9]{1,3}[.,]?[0-9]*)\s*[,;]\s+(-?[0-9]{1,3}[.,]?[0-9]*)\s*|\s*(-?[0-9]{1,3}\.[0-9]+)\s*,\s*(-?[0-9]{1,3}\.[0-9]+)\s*"
)
_DEGREES = re.compile(r"-?[0-9]{1,3}([.,][0-9]{1,20})?")


def degrees(value: Any) -> Decimal | None:
    """The degrees in `-7.1606` or `-7,1606`, rounded to 7 places; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = str(value).replace("\u2212", "-").strip()
    if not text.isascii() or not _DEGREES.fullmatch(text):
        return None
    return round(Decimal(text.replace(",", ".")), PLACES)


class Coordinates(ma.fields.Field[dict[str, Any]]):
    """{"lat": Decimal, "lon": Decimal}, inside Indonesia."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not set(value) <= set(BOUNDS):
            raise ma.ValidationError(Fault("type"))
        found = {name: degrees(value.get(name)) for name in BOUNDS}
        wrong = {name: [Fault(f"point.{name}")] for name, number in found.items() if number is None}
        wrong |= {
            name: [Fault("point.indonesia")]
            for name, (low, high) in BOUNDS.items()
            if (number := found[name]) is not None and not low <= number <= high
        }
        if wrong:
            raise ma.ValidationError(wrong)
        return found


class Point(Kind):
    word = "point"
    stencil = "blank"
    title = {"id": "Titik di peta", "en": "Point on the map"}
    about = {"id": "Lintang dan bujur, dari ponsel atau peta.", "en": "Latitude and longitude, from the phone or a map."}
    icon = "M12 21c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12zM12 7a2 2 0 1 0 0 4a2 2 0 1 0 0-4"
    shelf = "indonesia"
    template = "point"
    feel = {"lat": "number", "lon": "number"}
    browser = "point"
    properties = (
        prop.degrees("south", {"id": "Batas selatan", "en": "Southern edge"}, least=-11, most=6),
        prop.degrees("north", {"id": "Batas utara", "en": "Northern edge"}, least=-11, most=6),
        prop.degrees("west", {"id": "Batas barat", "en": "Western edge"}, least=95, most=141),
        prop.degrees("east", {"id": "Batas timur", "en": "Eastern edge"}, least=95, most=141),
    )
    says = {
        "point.lat": N_("Enter the latitude of {noun} in degrees, such as -7.1606."),
        "point.lon": N_("Enter the longitude of {noun} in degrees, such as 112.6511."),
        "point.indonesia": N_("{Noun} is not in Indonesia. Latitude is from -11 to 6, longitude from 95 to 141; they may be swapped."),
        "point.outside": N_("{Noun} lies outside the area of this office. Check the point."),
    }
    good = (
        Good({"lat": "-7,1606", "lon": "112,6511"}, {"lat": Decimal("-7.1606000"), "lon": Decimal("112.6511000")}),
        Good({"lat": -7.16061234567, "lon": 112}, {"lat": Decimal("-7.1606123"), "lon": Decimal("112.0000000")}),
        Good("-7.1606, 112.6511", {"lat": Decimal("-7.1606000"), "lon": Decimal("112.6511000")}),
    )
    bad = (
        Bad({"lat": "", "lon": ""}, "required"),
        Bad({"lat": "-7.1"}, "point.lon", path="lon"),
        Bad({"lat": "tujuh", "lon": "112.6"}, "point.lat", path="lat"),
        Bad({"lat": "112.6", "lon": "112.7"}, "point.indonesia", path="lat"),
        Bad({"lat": "-7.1", "lon": "2.35"}, "point.indonesia", path="lon"),
        Bad({"lat": "٧", "lon": "112.6"}, "point.lat", path="lat"),
        Bad({"lat": True, "lon": "112.6"}, "point.lat", path="lat"),
        Bad({"lat": "-7.1", "lon": "112.6", "alt": "3"}, "type"),
        Bad("di pasar", "type"),
        Bad(["-7.1", "112.6"], "type"),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        for low, high in (("south", "north"), ("west", "east")):
            least, most = field.options.get(low), field.options.get(high)
            if least is not None and most is not None and least >= most:
                yield low, "form.limits", {"min": least, "max": most}

    def tidy(self, raw: Raw, field: Field) -> Raw:
        """One text with both numbers, as a map copies them, is taken apart."""
        clean = super().tidy(raw, field)
        found = _PAIR.fullmatch(clean) if isinstance(clean, str) and len(clean) < 60 else None
        return dict(zip(BOUNDS, filter(None, found.groups()), strict=False)) if found else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Coordinates()

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        edges = {side: Decimal(str(field.options[side])) for side in SIDES if side in field.options}
        lat, lon = value["lat"], value["lon"]
        inside = edges.get("south", lat) <= lat <= edges.get("north", lat) and edges.get("west", lon) <= lon <= edges.get("east", lon)
        if not inside:
            yield Fault("point.outside")

    def raw(self, value: Any, field: Field) -> Raw:
        return {name: str(value[name]) for name in BOUNDS}

    def text(self, value: Any, field: Field, lang: str) -> str:
        return ", ".join(f"{value[name].normalize():f}" for name in BOUNDS)

    def json_schema(self, field: Field, lang: str) -> Json:
        number: Json = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]{1,3}([.,][0-9]{1,20})?$"}]}
        return {"type": "object", "required": list(BOUNDS), "properties": dict.fromkeys(BOUNDS, number), "additionalProperties": False}

    def anchor(self, path: str) -> str:
        return f"f-{path}" if path.rpartition(".")[2] in BOUNDS else f"f-{path}.lat"

    def ask(self, view: View) -> Mapping[str, Any]:
        options = view.field.options
        area = ",".join(str(options[side]) for side in SIDES) if all(side in options for side in SIDES) else ""
        boxes = [self.box(view, name, label) for name, label in (("lat", N_("Latitude")), ("lon", N_("Longitude")))]
        return {"fieldset": view.fieldset, "notes": view.notes, "boxes": boxes, "area": area}

    def box(self, view: View, name: str, label: str) -> dict[str, Any]:
        """The box of one number."""
        sub = view.inside(name, view.raw.get(name) if isinstance(view.raw, dict) else None)
        found = degrees(sub.raw)
        told = {"errorMessage": {"text": sub.error, "visuallyHiddenText": view.say("Error")}} if sub.error else {}
        return {
            "id": sub.id,
            "name": sub.path,
            "label": {"text": view.say(label)},
            "value": sub.text if found is None else f"{found.normalize():f}",
            "classes": "govuk-input--width-10",
            "autocomplete": "off",
            "spellcheck": False,
            **told,
        }
