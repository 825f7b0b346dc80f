"""One line of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import marshmallow as ma
import re2

from forms.errors import Fault
from forms.form import Field
from forms.kind import COUNT, WORDS, Asked, Bad, Good, Json, Kind
from forms.view import View
from forms.words import N_, pick

AUTOCOMPLETE = ["off", "name", "street-address", "postal-code", "organization", "organization-title", "email", "tel", "bday", "url"]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Line(ma.fields.String):
    """Text in NFC without control characters, within its length and pattern."""

    default_error_messages = {"invalid": Fault("type"), "invalid_utf8": Fault("type")}

    def __init__(self, options: Mapping[str, Any], *, breaks: str = "", most: int = 500) -> None:
        super().__init__()
        self.options, self.breaks = options, breaks
        self.most = int(options.get("max_length", most))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs) or "")
        if _CONTROL.search(text.translate({ord(letter): None for letter in self.breaks})):
            raise ma.ValidationError(Fault("text.letters"))
        if len(text) > self.most:
            raise ma.ValidationError(Fault("text.long", max=self.most, over=len(text) - self.most))
        if len(text) < int(self.options.get("min_length", 0)):
            raise ma.ValidationError(Fault("text.short", min=self.options["min_length"]))
        pattern = self.options.get("pattern")
        if pattern and not re2.fullmatch(pattern, text):
            raise ma.ValidationError(Fault("text.pattern", say=self.options.get("pattern_say")))
        return text


class Text(Kind):
    word = "text"
    title = {"id": "Teks singkat", "en": "Short text"}
    about = {"id": "Satu baris, misalnya nama atau nomor surat.", "en": "One line, such as a name or the number of a letter."}
    icon = "Aa"
    options = {
        "max_length": {**COUNT, "maximum": 1000},
        "min_length": {**COUNT, "maximum": 1000},
        "pattern": {"type": "string", "maxLength": 300, "description": "RE2 syntax; must match the whole answer"},
        "pattern_say": WORDS,
        "autocomplete": {"enum": AUTOCOMPLETE},
        "width": {"enum": [2, 3, 4, 5, 10, 20, 30], "description": "of the box, in letters"},
        "suffix": WORDS,
    }
    says = {
        "text.letters": N_("{Noun} has characters that cannot be used, such as a line break. Remove them."),
        "text.long": N_("{Noun} may have at most {max} characters; this is {over} too many."),
        "text.short": N_("{Noun} must have at least {min} characters."),
        "text.pattern": N_("{Noun} is not written in the right way. Look at the example and enter it again."),
    }
    good = (
        Good("  Siti Rahma ", "Siti Rahma"),
        Good("N 1234 AB", "N 1234 AB", {"pattern": r"[A-Z]{1,2} ?\d{1,4} ?[A-Z]{0,3}"}),
    )
    bad = (
        Bad("", "required"),
        Bad("   ", "required"),
        Bad("a\x07b", "text.letters"),
        Bad("baris\nbaru", "text.letters"),
        Bad("x" * 11, "text.long", {"max_length": 10}),
        Bad("x", "text.short", {"min_length": 2}),
        Bad("12", "text.pattern", {"pattern": "[A-Z]+"}),
        Bad({"a": "b"}, "type"),
        Bad(["a", "b"], "type"),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        try:
            re2.compile(field.options.get("pattern", ""))
        except re2.error as error:
            yield "pattern", "form.pattern", {"why": str(error)[:200]}

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Line(field.options)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {
            "type": "string",
            "minLength": max(1, field.options.get("min_length", 1)),
            "maxLength": field.options.get("max_length", 500),
        }

    def ask(self, view: View) -> Mapping[str, Any]:
        options = view.field.options
        return {
            **view.common,
            "value": view.text,
            "autocomplete": options.get("autocomplete"),
            "classes": f"govuk-input--width-{options['width']}" if "width" in options else "",
            "suffix": {"text": pick(options["suffix"], view.lang)} if "suffix" in options else None,
        }
