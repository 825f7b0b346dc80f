"""An address: street, RT and RW, the place by its lists down to the village, post code."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.fields.post_code import Five
from forms.fields.region import LEVEL_NAMES, LEVELS, VERSION, Place, Region
from forms.fields.text import Line
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw, tidy
from forms.view import View
from forms.words import N_, say

STREET = 250
PARTS = ("street", "rt", "rw", "region", "post_code")
BOXES = (
    ("street", N_("Street and number, hamlet"), "", "street-address"),
    ("rt", N_("RT (neighbourhood unit)"), "govuk-input--width-3", None),
    ("rw", N_("RW (community unit)"), "govuk-input--width-3", None),
)


class Postal(ma.fields.Field[dict[str, Any]]):
    """{"street", "rt", "rw", "region": as of the kind `region`, "post_code"}; RT, RW and post code may be None."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not set(value) <= set(PARTS):
            raise ma.ValidationError(Fault("type"))
        found: dict[str, Any] = dict.fromkeys(PARTS)
        wrong: dict[str, list[Fault]] = {}
        for name in PARTS:
            try:
                found[name] = self.part(name, value.get(name))
            except ma.ValidationError as error:
                wrong[name] = (
                    [one for one in error.messages if isinstance(one, Fault)] if isinstance(error.messages, list) else [Fault("type")]
                )
        if wrong:
            raise ma.ValidationError(wrong)
        found["post_code"] = found["post_code"] or found["region"].get("post_code")
        return found

    def part(self, name: str, raw: Any) -> Any:
        """One part; street and place must be there."""
        if raw is None:
            if name in {"street", "region"}:
                raise ma.ValidationError([Fault(f"address.no_{name}")])
            return None
        if name == "region":
            return Place(self.field).deserialize(raw)
        if name == "post_code":
            return Five().deserialize(raw)
        return Line({"max_length": STREET}).deserialize(raw) if name == "street" else _unit(raw)


def _unit(raw: Any) -> str:
    """RT or RW with three digits: 003."""
    if not isinstance(raw, str) or not 0 < len(raw) <= 3 or not (raw.isascii() and raw.isdigit()) or not raw.strip("0"):
        raise ma.ValidationError([Fault("address.unit")])
    return raw.zfill(3)


class Address(Kind):
    word = "address"
    stencil = "blank"
    title = {"id": "Alamat", "en": "Address"}
    about = {"id": "Jalan, RT/RW, wilayah, dan kode pos.", "en": "Street, RT/RW, place and post code."}
    icon = "M3 11 12 4l9 7M6 9v11h12V9"
    shelf = "indonesia"
    template = "address"
    browser = "address"
    buttons = True
    privacy = "personal"
    properties = (
        prop.one_of("level", {"id": "Wilayah sampai", "en": "Place down to"}, LEVEL_NAMES, default="village", fixed=True),
        Region.properties[1],
    )
    says = {
        **{code: text for code, text in Region.says.items() if code != "required"},
        "address.no_street": N_("Enter the street, or the hamlet, of {noun}."),
        "address.no_region": N_("Select the place of {noun} from the lists."),
        "address.unit": N_("RT and RW of {noun} are numbers of at most 3 digits, such as 003."),
        "post_code.not": N_("The post code of {noun} must have 5 digits, such as 61124."),
        "address.post_code": N_("The post code of {noun} is not the one we know for this village ({known}). Check both."),
        "text.letters": N_("{Noun} has characters that cannot be used, such as a line break. Remove them."),
        "text.long": N_("{Noun} may have at most {max} characters; this is {over} too many."),
    }
    _gresik = {
        "code": "35.25",
        "digits": "3525",
        "version": VERSION,
        "province": "Jawa Timur",
        "regency": "Kabupaten Gresik",
        "post_code": None,
    }
    _level = {"level": "regency"}
    good = (
        Good(
            {"street": "Jalan Veteran 1", "rt": "3", "rw": "012", "province": "35", "regency": "35.25", "post_code": "61124"},
            {"street": "Jalan Veteran 1", "rt": "003", "rw": "012", "region": _gresik, "post_code": "61124"},
            _level,
        ),
        Good(
            {"street": "Dusun Krajan", "region": "35.25"},
            {"street": "Dusun Krajan", "rt": None, "rw": None, "region": _gresik, "post_code": None},
            _level,
        ),
    )
    bad = (
        Bad({"street": " ", "province": ""}, "required"),
        Bad({"province": "35", "regency": "35.25"}, "address.no_street", _level, "street"),
        Bad({"street": "Jalan A"}, "address.no_region", _level, "region"),
        Bad({"street": "Jalan A", "province": "35"}, "region.no_regency", _level, "region"),
        Bad({"street": "Jalan A", "region": "35.25", "rt": "abc"}, "address.unit", _level, "rt"),
        Bad({"street": "Jalan A", "region": "35.25", "rw": "000"}, "address.unit", _level, "rw"),
        Bad({"street": "Jalan A", "region": "35.25", "post_code": "1"}, "post_code.not", _level, "post_code"),
        Bad({"street": "x" * 251, "region": "35.25"}, "text.long", _level, "street"),
        Bad({"street": ["a"], "region": "35.25"}, "type", _level, "street"),
        Bad({"street": "Jalan A", "region": "35.25", "country": "ID"}, "type", _level),
        Bad("Jalan A", "type", _level),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        return Region().findings(field)

    def scope(self, field: Field) -> Any:
        texts = dict.fromkeys(("street", "rt", "rw", "post_code"), "string")
        return {**texts, "region": Region().scope(field)}

    def tidy(self, raw: Raw, field: Field) -> Raw:
        """The lists of the place, which stand beside the other boxes, become one code."""
        clean = tidy(raw)
        if not isinstance(clean, dict):
            return clean
        lists = {level: clean[level] for level in LEVELS if level in clean}
        rest = {key: one for key, one in clean.items() if key not in LEVELS}
        place = Region().tidy(lists or rest.get("region"), field)
        return {**rest, **({"region": place} if place is not None else {})} or None

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Postal(field)

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        known = value["region"].get("post_code")
        if known and value["post_code"] and known != value["post_code"]:
            yield Fault("address.post_code", known=known)

    def raw(self, value: Any, field: Field) -> Raw:
        return {key: value[key]["code"] if key == "region" else value[key] for key in PARTS if value[key]}

    def text(self, value: Any, field: Field, lang: str) -> str:
        units = say(N_("RT {rt} RW {rw}"), lang, rt=value["rt"] or "–", rw=value["rw"] or "–") if value["rt"] or value["rw"] else ""
        place = Region().text({**value["region"], "post_code": value["post_code"]}, field, lang)
        return ", ".join(filter(None, (value["street"], units, place)))

    def masked(self, value: Any, field: Field, lang: str) -> str:
        return Region().masked(value["region"], field, lang)

    def json_schema(self, field: Field, lang: str) -> Json:
        unit: Json = {"type": "string", "pattern": "^[0-9]{1,3}$"}
        parts: Json = {"street": {"type": "string", "minLength": 1, "maxLength": STREET}, "rt": unit, "rw": unit}
        parts |= {"region": Region().json_schema(field, lang), "post_code": {"type": "string", "pattern": "^[1-9][0-9]{4}$"}}
        return {"type": "object", "required": ["street", "region"], "properties": parts, "additionalProperties": False}

    def anchor(self, path: str) -> str:
        return f"f-{path}" if path.rpartition(".")[2] in PARTS else f"f-{path}.street"

    def ask(self, view: View) -> Mapping[str, Any]:
        raw = view.raw if isinstance(view.raw, dict) else {}
        place = view.inside("region", raw.get("region"))
        region = Region().ask(dataclasses.replace(place, field=dataclasses.replace(view.field, label=PLACE, help=None)), names=view.path)
        boxes = [self.box(view, *one, raw=raw) for one in BOXES]
        code = self.box(view, "post_code", N_("Post code"), "govuk-input--width-5", "postal-code", raw=raw)
        return {"fieldset": view.fieldset, "notes": view.notes, "boxes": boxes, "region": region, "place": place, "code": code}

    def box(self, view: View, name: str, label: str, classes: str, complete: str | None, *, raw: Mapping[str, Any]) -> dict[str, Any]:
        """One box of one line."""
        sub = view.inside(name, raw.get(name))
        told = {"errorMessage": {"text": sub.error, "visuallyHiddenText": view.say("Error")}} if sub.error else {}
        numeric = {} if name == "street" else {"inputmode": "numeric"}
        text = view.say(label) if name == "street" else f"{view.say(label)} {view.say('(optional)')}"
        return {
            "id": sub.id,
            "name": sub.path,
            "label": {"text": text},
            "value": sub.text,
            "classes": classes,
            "autocomplete": complete,
            **numeric,
            **told,
        }


PLACE = {"id": "Wilayah", "en": "Place"}
