"""One line of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import marshmallow as ma
import re2

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.pattern import pattern as pattern_of
from forms.pattern import plain, upper
from forms.view import View
from forms.words import N_, Words, pick

AUTOCOMPLETE: dict[str, Words] = {
    "off": {"id": "Tidak", "en": "No"},
    "name": {"id": "Nama lengkap", "en": "Full name"},
    "street-address": {"id": "Alamat", "en": "Address"},
    "postal-code": {"id": "Kode pos", "en": "Post code"},
    "organization": {"id": "Nama badan", "en": "Organisation"},
    "organization-title": {"id": "Jabatan", "en": "Position"},
    "email": {"id": "Surel", "en": "E-mail"},
    "tel": {"id": "Telepon", "en": "Telephone"},
    "bday": {"id": "Tanggal lahir", "en": "Date of birth"},
    "url": {"id": "Alamat web", "en": "Web address"},
}
WIDTHS: dict[int, Words] = {size: {"id": f"{size} huruf", "en": f"{size} letters"} for size in (2, 3, 4, 5, 10, 20, 30)}
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
        examples = self.options.get("examples", ())
        if examples and not re2.fullmatch(pattern_of(tuple(examples)), text):
            raise ma.ValidationError(Fault("text.example", example=plain(examples[0])))
        pattern = self.options.get("pattern")
        if pattern and not re2.fullmatch(pattern, text):
            raise ma.ValidationError(Fault("text.pattern", say=self.options.get("pattern_say")))
        return text


class Text(Kind):
    word = "text"
    stencil = "text"
    account = ("applicant.name", "permit.number")
    title = {"id": "Teks singkat", "en": "Short text"}
    about = {"id": "Satu baris, misalnya nama atau nomor surat.", "en": "One line, such as a name or the number of a letter."}
    icon = "Aa"
    unique = True
    cell = True
    properties = (
        prop.names(
            "examples",
            {"id": "Contoh jawaban yang benar", "en": "Examples of right answers"},
            "examples",
            help={
                "id": 'Huruf berarti huruf, angka berarti angka, lainnya tetap; bagian tetap diberi tanda petik: "SIP"/123.',
                "en": 'A letter stands for letters, a digit for digits, the rest is fixed; put fixed parts in quotes: "SIP"/123.',
            },
            most=10,
            item={"type": "string", "minLength": 1, "maxLength": 60},
        ),
        prop.count("max_length", {"id": "Paling banyak huruf", "en": "Most characters"}, least=1, most=1000, default=500),
        prop.count("min_length", {"id": "Paling sedikit huruf", "en": "Fewest characters"}, most=1000),
        prop.text("pattern", {"id": "Pola (RE2)", "en": "Pattern (RE2)"}, most=300, advanced=True),
        prop.words("pattern_say", {"id": "Kalimat bila pola tidak cocok", "en": "What to say when it does not fit"}, advanced=True),
        prop.one_of("autocomplete", {"id": "Diisi peramban", "en": "Filled in by the browser"}, AUTOCOMPLETE, advanced=True),
        prop.one_of("width", {"id": "Lebar kotak", "en": "Width of the box"}, WIDTHS),
        prop.words("suffix", {"id": "Di belakang kotak", "en": "Behind the box"}),
    )
    says = {
        "text.letters": N_("{Noun} has characters that cannot be used, such as a line break. Remove them."),
        "text.long": N_("{Noun} may have at most {max} characters; this is {over} too many."),
        "text.short": N_("{Noun} must have at least {min} characters."),
        "text.example": N_("{Noun} must be written like this: {example}."),
        "text.pattern": N_("{Noun} is not written in the right way. Look at the example and enter it again."),
    }
    good = (
        Good("  Siti Rahma ", "Siti Rahma"),
        Good("ab-0012", "AB-0012", {"examples": ["AB-1234"]}),
        Good("SIP/7/2026", "SIP/7/2026", {"examples": ['"SIP"/1/2026', '"SIP"/1234/2026']}),
        Good("N 1234 AB", "N 1234 AB", {"pattern": r"[A-Z]{1,2} ?\d{1,4} ?[A-Z]{0,3}"}),
    )
    bad = (
        Bad("", "required"),
        Bad("   ", "required"),
        Bad("a\x07b", "text.letters"),
        Bad("baris\nbaru", "text.letters"),
        Bad("x" * 11, "text.long", {"max_length": 10}),
        Bad("x", "text.short", {"min_length": 2}),
        Bad("AB1234", "text.example", {"examples": ["AB-1234"]}),
        Bad("A1-1234", "text.example", {"examples": ["AB-1234", "A-1"]}),
        Bad("12", "text.pattern", {"pattern": "[A-Z]+"}),
        Bad({"a": "b"}, "type"),
        Bad(["a", "b"], "type"),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        try:
            re2.compile(field.options.get("pattern", ""))
        except re2.error as error:
            yield "pattern", "form.pattern", {"why": str(error)[:200]}

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = super().tidy(raw, field)
        return clean.upper() if isinstance(clean, str) and upper(field.options.get("examples", ())) else clean

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
