"""Text of several lines, with a count of the letters left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.fields.text import Line, Text
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

MOST = 2000
COUNTS = (
    N_("You can enter up to %{count} characters"),
    N_("You have %{count} characters left"),
    N_("You have no characters left"),
    N_("You have %{count} characters too many"),
)


class Textarea(Kind):
    word = "textarea"
    stencil = "text"
    title = {"id": "Teks panjang", "en": "Long text"}
    about = {"id": "Beberapa baris, misalnya alasan atau uraian.", "en": "Several lines, such as a reason or a description."}
    icon = "¶"
    template = "textarea"
    properties = (
        prop.count("max_length", {"id": "Paling banyak huruf", "en": "Most characters"}, least=1, most=20_000, default=MOST),
        prop.count("min_length", {"id": "Paling sedikit huruf", "en": "Fewest characters"}, most=1000),
        prop.count("rows", {"id": "Tinggi kotak (baris)", "en": "Height of the box (lines)"}, least=2, most=30, default=5),
    )
    says = {code: Text.says[code] for code in ("text.letters", "text.long", "text.short")}
    good = (Good("baris satu\r\nbaris dua\r", "baris satu\nbaris dua"),)
    bad = (
        Bad(" \r\n ", "required"),
        Bad("x\x00y".replace("\x00", "\x01"), "text.letters"),
        Bad("x" * 21, "text.long", {"max_length": 20}),
        Bad("x", "text.short", {"min_length": 5}),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        if isinstance(raw, str):
            raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        return super().tidy(raw, field)

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Line(field.options, breaks="\n\t", most=MOST)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {
            "type": "string",
            "minLength": max(1, field.options.get("min_length", 1)),
            "maxLength": field.options.get("max_length", MOST),
        }

    def ask(self, view: View) -> Mapping[str, Any]:
        limit, left, none, over = (view.say(text) for text in COUNTS)
        return {
            **view.common,
            "value": view.text,
            "rows": view.field.options.get("rows", 5),
            "maxlength": view.field.options.get("max_length", MOST),
            "textareaDescriptionText": limit,
            "charactersUnderLimitText": {"other": left, "one": left},
            "charactersAtLimitText": none,
            "charactersOverLimitText": {"other": over, "one": over},
        }
