"""One of many answers, in a drop-down list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import marshmallow as ma

from forms.fields.choice import COLOURS, LIST, OneOf, label_of, twice
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind
from forms.view import View
from forms.words import N_, pick


class Select(Kind):
    word = "select"
    stencil = "ticks"
    title = {"id": "Daftar pilihan", "en": "Drop-down list"}
    about = {"id": "Satu jawaban dari daftar yang panjang.", "en": "One answer of a long list."}
    icon = "M3 6h18v12H3zM13 11l2 2 2-2"
    shelf = "choice"
    template = "select"
    cell = True
    properties = (LIST,)
    says = {"required": N_("Select {noun}."), "choice.unknown": N_("Select {noun} from the list.")}
    good = (Good("green", "green", {"choices": COLOURS}),)
    bad = (
        Bad("", "required", {"choices": COLOURS}),
        Bad("pink", "choice.unknown", {"choices": COLOURS}),
        Bad(["red"], "choice.unknown", {"choices": COLOURS}),
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
        first = {"value": "", "text": view.say(N_("Select one"))}
        items = [{"value": one["value"], "text": view.pick(one["label"])} for one in view.field.options["choices"]]
        return {**view.common, "value": view.text, "items": [first, *items]}
