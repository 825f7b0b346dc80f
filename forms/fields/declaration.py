"""A statement that is agreed to with a tick; the answer says which version of its words was agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.fields.date import shown
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw, tidy
from forms.view import View
from forms.words import N_, say


class Agreement(ma.fields.Field[dict[str, Any]]):
    """{"agreed": true, "version": …, "at": …} for a tick under the words now in force.

    `at` is the moment of the check, as ISO text in UTC; an earlier one counts only for an answer that cannot change now.
    """

    def __init__(self, version: str, asked: Asked) -> None:
        super().__init__()
        self.version, self.asked = version, asked

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not set(value) <= {"agreed", "version", "at"} or value.get("agreed") not in ("yes", True):
            raise ma.ValidationError(Fault("type"))
        if value.get("version") != self.version:
            raise ma.ValidationError(Fault("declaration.version"))
        found = {"agreed": True, "version": self.version}
        if self.asked.settled and isinstance(value.get("at"), str):
            return {**found, "at": value["at"][:40]}
        return {**found, "at": f"{self.asked.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"} if self.asked.at else found


class Declaration(Kind):
    word = "declaration"
    stencil = "blank"
    prefilled = False
    title = {"id": "Pernyataan", "en": "Declaration"}
    about = {"id": "Pernyataan yang disetujui dengan centang.", "en": "A statement agreed to with a tick."}
    icon = "§"
    shelf = "evidence"
    template = "declaration"
    feel = {"agreed": "boolean", "version": "string", "at": "string"}
    browser = "declaration"
    properties = (
        prop.words(
            "text",
            {"id": "Bunyi pernyataan", "en": "Words of the declaration"},
            long=True,
            required=True,
            default={"id": "Data yang saya isi benar.", "en": "What I have filled in is true."},
            part="question",
        ),
        prop.text(
            "version",
            {"id": "Versi bunyi pernyataan", "en": "Version of its words"},
            most=40,
            required=True,
            default="1",
            help={"id": "Ganti setiap kali bunyinya berubah.", "en": "Change it whenever the words change."},
        ),
        prop.words("tick", {"id": "Kalimat di samping kotak", "en": "Words beside the box"}),
    )
    says = {
        "required": N_("Tick the box to agree: {noun}."),
        "declaration.version": N_("The words of {noun} have changed. Read them again and tick the box."),
    }
    _text = {"text": {"id": "Data di atas benar.", "en": "The answers above are true."}, "version": "2026-1"}
    good = (
        Good({"agreed": "yes", "version": "2026-1"}, {"agreed": True, "version": "2026-1", "at": "2026-11-23T03:00:00Z"}, _text),
        Good(
            {"agreed": True, "version": "2026-1", "at": "1999-01-01T00:00:00Z"},
            {"agreed": True, "version": "2026-1", "at": "2026-11-23T03:00:00Z"},
            _text,
        ),
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
        return None if isinstance(clean, dict) and set(clean) <= {"version", "at"} else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Agreement(field.options["version"], asked)

    def same(self, one: Any, other: Any) -> bool:
        whole = isinstance(one, dict) and isinstance(other, dict)
        return bool(one == other) or (whole and {**one, "at": None} == {**other, "at": None})

    def text(self, value: Any, field: Field, lang: str) -> str:
        if value.get("at"):
            day = shown(datetime.fromisoformat(value["at"]).date(), lang)
            return say(N_("Agreed on {day} (version {version})"), lang, version=value["version"], day=day)
        return say(N_("Agreed (version {version})"), lang, version=value["version"])

    def json_schema(self, field: Field, lang: str) -> Json:
        return {
            "type": "object",
            "required": ["agreed", "version"],
            "properties": {
                "agreed": {"const": True},
                "version": {"const": field.options["version"]},
                "at": {"type": "string", "readOnly": True, "description": "put there by the server"},
            },
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
