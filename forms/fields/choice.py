"""One of a few answers, all in sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import WORDS, Asked, Bad, Good, Json, Kind, Property
from forms.view import View
from forms.words import N_, pick

VALUE: Json = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$"}
CHOICES: Json = {
    "type": "array",
    "minItems": 1,
    "maxItems": 300,
    "items": {
        "type": "object",
        "required": ["value", "label"],
        "properties": {"value": VALUE, "label": WORDS, "help": WORDS},
        "additionalProperties": False,
    },
}
FRESH = [
    {"value": "satu", "label": {"id": "Pilihan pertama", "en": "First choice"}},
    {"value": "dua", "label": {"id": "Pilihan kedua", "en": "Second choice"}},
]
LIST = Property(
    "choices",
    {"id": "Pilihan", "en": "Choices"},
    "choices",
    CHOICES,
    {"id": "Nilai tidak berubah setelah terbit.", "en": "A value stays once published."},
    default=FRESH,
    required=True,
    details={"limits": {"max_items": 300}},
)
COLOURS = [
    {"value": "red", "label": {"id": "Merah", "en": "Red"}},
    {"value": "green", "label": {"id": "Hijau", "en": "Green"}, "help": {"id": "Seperti daun", "en": "Like a leaf"}},
    {"value": "blue", "label": {"id": "Biru", "en": "Blue"}},
]


def twice(field: Field) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """A finding for every value that stands in the list of choices more than once."""
    seen: set[str] = set()
    for number, one in enumerate(field.options["choices"]):
        if one["value"] in seen:
            yield f"choices/{number}/value", "form.twice", {"what": one["value"]}
        seen.add(one["value"])


def label_of(field: Field, value: str, lang: str) -> str:
    """The words for a value; the value itself when the list does not have it."""
    return next((pick(one["label"], lang) for one in field.options["choices"] if one["value"] == value), value)


def items_of(view: View) -> list[dict[str, Any]]:
    """The items of a govuk component for the choices of a question."""
    found = []
    for one in view.field.options["choices"]:
        item: dict[str, Any] = {"value": one["value"], "text": view.pick(one["label"])}
        if one.get("help"):
            item["hint"] = {"text": view.pick(one["help"])}
        found.append(item)
    return found


class OneOf(ma.fields.Field[str]):
    """One of the values of the list."""

    def __init__(self, values: Iterable[str]) -> None:
        super().__init__()
        self.values = frozenset(values)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or value not in self.values:
            raise ma.ValidationError(Fault("choice.unknown"))
        return value


class Choice(Kind):
    word = "choice"
    stencil = "ticks"
    title = {"id": "Pilih satu", "en": "Choose one"}
    about = {"id": "Satu jawaban dari beberapa, semua terlihat.", "en": "One answer of a few, all in sight."}
    icon = "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 10a2 2 0 1 0 0 4a2 2 0 1 0 0-4"
    shelf = "choice"
    template = "radios"
    properties = (LIST, prop.yes_no("inline", {"id": "Bersebelahan", "en": "Side by side"}))
    says = {"required": N_("Select {noun}."), "choice.unknown": N_("Select {noun} from the list.")}
    good = (Good("red", "red", {"choices": COLOURS}), Good(" blue ", "blue", {"choices": COLOURS, "inline": True}))
    bad = (
        Bad("", "required", {"choices": COLOURS}),
        Bad("pink", "choice.unknown", {"choices": COLOURS}),
        Bad(["red", "blue"], "choice.unknown", {"choices": COLOURS}),
        Bad({"red": "red"}, "choice.unknown", {"choices": COLOURS}),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        return twice(field)

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return OneOf(one["value"] for one in field.options["choices"])

    def text(self, value: Any, field: Field, lang: str) -> str:
        return label_of(field, value, lang)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"oneOf": [{"const": one["value"], "title": pick(one["label"], lang)} for one in field.options["choices"]]}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            "idPrefix": view.id,
            "name": view.path,
            "classes": "govuk-radios--inline" if view.field.options.get("inline") else "",
            "fieldset": view.fieldset,
            "value": view.text,
            "items": items_of(view),
            **view.notes,
        }
