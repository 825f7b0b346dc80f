"""A post code of five digits; compared with a village when the question names one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind
from forms.view import View
from forms.words import N_


class Five(ma.fields.Field[str]):
    """Five digits that do not begin with 0."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) != 5 or not (value.isascii() and value.isdigit()) or value[0] == "0":
            raise ma.ValidationError(Fault("post_code.not"))
        return value


class PostCode(Kind):
    word = "post_code"
    stencil = "text"
    title = {"id": "Kode pos", "en": "Post code"}
    about = {"id": "5 angka.", "en": "5 digits."}
    icon = "M3 6h18v12H3zM3 6l9 7 9-7"
    shelf = "indonesia"
    cell = True
    properties = (
        prop.question(
            "village",
            {"id": "Bandingkan dengan wilayah", "en": "Compare with the place"},
            ("region",),
            help={"id": "Perbedaan menjadi peringatan.", "en": "A difference is a warning."},
        ),
    )
    says = {
        "post_code.not": N_("{Noun} must have 5 digits, such as 61124."),
        "post_code.village": N_("{Noun} is not the post code we know for this village ({known}). Check both."),
    }
    good = (Good("61124", "61124"),)
    bad = (
        Bad("", "required"),
        Bad("6112", "post_code.not"),
        Bad("611245", "post_code.not"),
        Bad("06112", "post_code.not"),
        Bad("٦١١٢٤", "post_code.not"),
        Bad(61124, "post_code.not"),
        Bad(["61124"], "post_code.not"),
    )

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Five()

    def warnings(self, value: Any, field: Field, asked: Asked) -> Iterator[Fault]:
        place = asked.evaluate(field.options["village"]) if "village" in field.options else None
        known = place.get("post_code") if isinstance(place, Mapping) else None
        if known and known != value:
            yield Fault("post_code.village", known=known)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": "^[1-9][0-9]{4}$"}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            **view.common,
            "value": view.text,
            "inputmode": "numeric",
            "autocomplete": "postal-code",
            "classes": "govuk-input--width-5",
        }
