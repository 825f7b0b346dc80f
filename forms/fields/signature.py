"""A signature: drawn, or the name typed in its place, which counts the same. It proves nothing beyond that somebody meant to sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind
from forms.strokes import GRAMMAR, HEIGHT, LONGEST, WIDTH, strokes
from forms.view import View
from forms.words import N_, say

NAME = 100


class Signed(ma.fields.Field[dict[str, Any]]):
    """{"name": text or None, "drawn": path data or None}: at least one of them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not set(value) <= {"name", "drawn"} or not all(isinstance(one, str) for one in value.values()):
            raise ma.ValidationError(Fault("type"))
        name, drawn = value.get("name"), value.get("drawn")
        if name and (len(name) > NAME or not name.isprintable()):
            raise ma.ValidationError(Fault("signature.name", max=NAME))
        lines = strokes(drawn) if drawn else None
        if drawn and lines is None:
            raise ma.ValidationError(Fault("signature.drawn"))
        return {"name": name, "drawn": lines}


class Signature(Kind):
    word = "signature"
    stencil = "blank"
    prefilled = False
    title = {"id": "Tanda tangan", "en": "Signature"}
    about = {"id": "Digambar dengan jari, atau nama diketik.", "en": "Drawn with a finger, or the name typed."}
    icon = "M3 17c4-9 7-13 8-10s-5 9-2 9 3-4 5-4 0 4 3 4 2-2 4-2M3 21h18"
    shelf = "evidence"
    template = "signature"
    privacy = "personal"
    feel = {"name": "string", "drawn": "string"}
    browser = "signature"
    says = {
        "required": N_("Sign in the box, or type your name: {noun}."),
        "signature.name": N_("The name for {noun} may have at most {max} letters, on one line."),
        "signature.drawn": N_("The drawing for {noun} cannot be read. Draw it again, or type your name."),
    }
    good = (
        Good({"name": " Siti Rahma ", "drawn": ""}, {"name": "Siti Rahma", "drawn": None}),
        Good({"drawn": "M10 20 30.4 40 M5 5"}, {"name": None, "drawn": "M10 20 30 40 M5 5"}),
        Good(
            {"drawn": '<svg onload="alert(1)"><path d="M 1,2 C 3,4 5,6 700,-8"/><script>x</script></svg>'},
            {"name": None, "drawn": "M1 2 600 0"},
        ),
    )
    bad = (
        Bad({"name": " ", "drawn": ""}, "required"),
        Bad("", "required"),
        Bad({"drawn": "<svg><script>alert(1)</script></svg>"}, "signature.drawn"),
        Bad({"drawn": "M10 20 url(#x)"}, "signature.drawn"),
        Bad({"name": "x" * 101}, "signature.name"),
        Bad({"name": "a\x07b"}, "signature.name"),
        Bad({"name": ["Siti"]}, "type"),
        Bad({"image": "data:"}, "type"),
        Bad("Siti", "type"),
    )

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Signed()

    def raw(self, value: Any, field: Field) -> Any:
        return {key: one for key, one in value.items() if one}

    def text(self, value: Any, field: Field, lang: str) -> str:
        drawn = say(N_("signed by hand"), lang) if value.get("drawn") else ""
        return ", ".join(filter(None, (value.get("name"), drawn)))

    def drawing(self, value: Any) -> str:
        drawn = value.get("drawn") or ""
        return drawn if GRAMMAR.fullmatch(drawn) else ""

    def json_schema(self, field: Field, lang: str) -> Json:
        name: Json = {"type": "string", "minLength": 1, "maxLength": NAME}
        drawn: Json = {"type": "string", "maxLength": LONGEST, "description": f"SVG path data (M, L, C) in a box of {WIDTH} by {HEIGHT}"}
        return {"type": "object", "minProperties": 1, "properties": {"name": name, "drawn": drawn}, "additionalProperties": False}

    def anchor(self, path: str) -> str:
        return f"f-{path}.name"

    def ask(self, view: View) -> Mapping[str, Any]:
        drawn = strokes(view.part("drawn")) or ""
        name = {
            "id": f"{view.id}.name",
            "name": f"{view.path}.name",
            "label": {"text": view.say(N_("Type your full name"))},
            "value": view.part("name"),
            "autocomplete": "name",
        }
        return {"fieldset": view.fieldset, "notes": view.notes, "name": name, "drawn": drawn, "width": WIDTH, "height": HEIGHT}
