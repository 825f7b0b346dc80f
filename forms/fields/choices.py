"""Any number of a few answers, all in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.fields.choice import COLOURS, LIST, items_of, label_of, twice
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw, tidy
from forms.view import View
from forms.words import N_, pick


class SomeOf(ma.fields.Field[list[str]]):
    """Values of the list, in the order of the list, each once."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.values = [one["value"] for one in field.options["choices"]]
        self.options = field.options

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one in self.values for one in value):
            raise ma.ValidationError(Fault("choice.unknown"))
        found = [one for one in self.values if one in value]
        least, most = self.options.get("min", 0), self.options.get("max", len(self.values))
        if len(found) < least:
            raise ma.ValidationError(Fault("choices.few", min=least))
        if len(found) > most:
            raise ma.ValidationError(Fault("choices.many", max=most))
        return found


class Choices(Kind):
    word = "choices"
    stencil = "ticks"
    title = {"id": "Pilih beberapa", "en": "Choose some"}
    about = {"id": "Beberapa jawaban sekaligus.", "en": "Several answers at once."}
    icon = "M4 4h16v16H4zM8 12l3 3 5-6"
    shelf = "choice"
    template = "checkboxes"
    feel = ["list", "string"]
    browser = "choices"
    properties = (
        LIST,
        prop.count("min", {"id": "Paling sedikit", "en": "Fewest"}, most=300),
        prop.count("max", {"id": "Paling banyak", "en": "Most"}, least=1, most=300),
    )
    says = {
        "required": N_("Select {noun}."),
        "choice.unknown": N_("Select {noun} from the list."),
        "choices.few": N_("Select {noun}: {min} or more."),
        "choices.many": N_("Select {noun}: at most {max}."),
    }
    good = (
        Good(["blue", "red"], ["red", "blue"], {"choices": COLOURS}),
        Good("red", ["red"], {"choices": COLOURS}),
        Good(["red", "red"], ["red"], {"choices": COLOURS, "max": 1}),
    )
    bad = (
        Bad([], "required", {"choices": COLOURS}),
        Bad("", "required", {"choices": COLOURS}),
        Bad(["red", "pink"], "choice.unknown", {"choices": COLOURS}),
        Bad([["red"]], "choice.unknown", {"choices": COLOURS}),
        Bad({"red": "x"}, "choice.unknown", {"choices": COLOURS}),
        Bad(["red"], "choices.few", {"choices": COLOURS, "min": 2}),
        Bad(["red", "blue"], "choices.many", {"choices": COLOURS, "max": 1}),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        yield from twice(field)
        least, most = field.options.get("min", 0), field.options.get("max", len(field.options["choices"]))
        if least > min(most, len(field.options["choices"])):
            yield "min", "form.limits", {"min": least, "max": most}

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = tidy(raw)
        return [clean] if isinstance(clean, str) else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return SomeOf(field)

    def text(self, value: Any, field: Field, lang: str) -> str:
        return ", ".join(label_of(field, one, lang) for one in value)

    def json_schema(self, field: Field, lang: str) -> Json:
        item = {"oneOf": [{"const": one["value"], "title": pick(one["label"], lang)} for one in field.options["choices"]]}
        return {"type": "array", "uniqueItems": True, "items": item, "minItems": max(1, field.options.get("min", 1))}

    def typed(self, view: View) -> list[str]:
        """The values that are ticked."""
        chosen = view.raw if isinstance(view.raw, list) else [view.raw]
        return [one for one in chosen if isinstance(one, str)]

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            "idPrefix": view.id,
            "name": view.path,
            "fieldset": view.fieldset,
            "values": self.typed(view),
            "items": items_of(view),
            **view.notes,
        }
