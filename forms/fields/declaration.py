"""A statement that is agreed to with a tick; the answer says which version of its words was agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.errors import Fault
from forms.form import Field
from forms.kind import WORDS, Asked, Bad, Good, Json, Kind, Raw, tidy
from forms.view import View
from forms.words import N_, say


class Agreement(ma.fields.Field[dict[str, Any]]):
    """{"agreed": true, "version": …} for a tick under the words now in force."""

    def __init__(self, version: str) -> None:
        super().__init__()
        self.version = version

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not set(value) <= {"agreed", "version"} or value.get("agreed") not in ("yes", True):
            raise ma.ValidationError(Fault("type"))
        if value.get("version") != self.version:
            raise ma.ValidationError(Fault("declaration.version"))
        return {"agreed": True, "version": self.version}


class Declaration(Kind):
    word = "declaration"
    title = {"id": "Pernyataan", "en": "Declaration"}
    about = {"id": "Pernyataan yang disetujui dengan centang.", "en": "A statement agreed to with a tick."}
    icon = "§"
    shelf = "evidence"
    template = "declaration"
    feel = {"agreed": "boolean", "version": "string"}
    browser = "declaration"
    options = {"text": WORDS, "version": {"type": "string", "minLength": 1, "maxLength": 40}, "tick": WORDS}
    needs = ("text", "version")
    says = {
        "required": N_("Tick the box to agree: {noun}."),
        "declaration.version": N_("The words of {noun} have changed. Read them again and tick the box."),
    }
    _text = {"text": {"id": "Data di atas benar.", "en": "The answers above are true."}, "version": "2026-1"}
    good = (
        Good({"agreed": "yes", "version": "2026-1"}, {"agreed": True, "version": "2026-1"}, _text),
        Good({"agreed": True, "version": "2026-1"}, {"agreed": True, "version": "2026-1"}, _text),
    )
    bad = (
        Bad({"version": "2026-1"}, "required", _text),
        Bad("", "required", _text),
        Bad({"agreed": "yes", "version": "2025-9"}, "declaration.version", _text),
        Bad({"agreed": "no", "version": "2026-1"}, "type", _text),
        Bad("yes", "type", _text),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = tidy(raw)
        return None if isinstance(clean, dict) and set(clean) == {"version"} else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Agreement(field.options["version"])

    def text(self, value: Any, field: Field, lang: str) -> str:
        return say(N_("Agreed (version {version})"), lang, version=value["version"])

    def json_schema(self, field: Field, lang: str) -> Json:
        return {
            "type": "object",
            "required": ["agreed", "version"],
            "properties": {"agreed": {"const": True}, "version": {"const": field.options["version"]}},
            "additionalProperties": False,
        }

    def ask(self, view: View) -> Mapping[str, Any]:
        ticked = isinstance(view.raw, dict) and view.raw.get("agreed") in ("yes", True)
        tick = view.pick(view.field.options.get("tick")) or view.say(N_("I agree"))
        return {
            "paragraphs": view.pick(view.field.options["text"]).split("\n\n"),
            "version": view.field.options["version"],
            "boxes": {
                "idPrefix": view.id,
                "name": f"{view.path}.agreed",
                "fieldset": view.fieldset,
                "items": [{"value": "yes", "text": tick, "checked": ticked}],
                **view.notes,
            },
        }
