"""A number, typed as people type it: `1.234,5` in Indonesian, `1,234.5` in English, each taken in the other where it is clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import FEEL, Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_, pick

LIMIT: Json = {"oneOf": [{"type": "number"}, FEEL]}
_DIGITS = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")
_GROUPED = {mark: re.compile(rf"-?[1-9][0-9]{{0,2}}(\{mark}[0-9]{{3}})+") for mark in ".,"}


def parse(text: str, lang: str) -> Decimal | None:
    """The number in a text, or None. A single mark before exactly three digits is a thousands mark in its own language only."""
    text = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-")
    decimal, thousands = (",", ".") if lang == "id" else (".", ",")
    last_is_thousands = text.rfind(thousands) > text.rfind(decimal) >= 0
    lone = text.count(thousands) == 1 and decimal not in text and not _GROUPED[thousands].fullmatch(text)
    if text.count(decimal) > 1 or last_is_thousands or lone:
        decimal, thousands = thousands, decimal
    whole, mark, rest = text.partition(decimal)
    if thousands in whole and not _GROUPED[thousands].fullmatch(whole):
        return None
    plain = whole.replace(thousands, "") + (f".{rest}" if mark else "")
    return Decimal(plain) if _DIGITS.fullmatch(plain) else None


def written(value: Decimal, lang: str, *, grouped: bool = True) -> str:
    """`value` as people write it: 1.234,5 (id), 1,234.5 (en)."""
    text = f"{value:,f}" if grouped else f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate({ord(","): ".", ord("."): ","}) if lang == "id" else text


def kept(value: Decimal) -> Raw:
    """How a draft keeps a number so that every language reads the same: an integer, or a decimal comma never before three digits."""
    if value == value.to_integral_value():
        return int(value)
    text = written(value, "id", grouped=False)
    return f"{text}0" if len(text.partition(",")[2]) == 3 else text


class Figure(ma.fields.Field[Decimal]):
    """A Decimal within its limits; text in the language of the page, or a JSON number."""

    def __init__(self, field: Field, asked: Asked, *, decimals: int, least: Any = None) -> None:
        super().__init__()
        self.field, self.asked, self.decimals, self.least = field, asked, decimals, least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        number = self.read(value)
        if number is None:
            raise ma.ValidationError(Fault("number.not"))
        if number != round(number, self.decimals):
            raise ma.ValidationError(Fault("number.decimals" if self.decimals else "number.whole", decimals=self.decimals))
        if not self.asked.settled:
            self.within(number)
        return number

    def read(self, value: Any) -> Decimal | None:
        """The number in a text or a JSON number; None for anything else."""
        if isinstance(value, str):
            return parse(value, self.asked.lang) if len(value) <= 60 else None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return None
        number = Decimal(str(value))
        return number if number.is_finite() and abs(number) < 10**18 else None

    def within(self, number: Decimal) -> None:
        """Raise when the number is outside the limits of the question."""
        least, most = self.limit("min"), self.limit("max")
        least = self.least if least is None else least
        if least is not None and number < least:
            raise ma.ValidationError(Fault("number.min", min=least))
        if most is not None and number > most:
            raise ma.ValidationError(Fault("number.max", max=most))

    def limit(self, name: str) -> Decimal | None:
        """The value of a limit; null when it depends on an answer that is not there."""
        given = self.field.options.get(name)
        found = self.asked.evaluate(given) if isinstance(given, str) else given
        return Decimal(str(found)) if isinstance(found, int | float | Decimal) and not isinstance(found, bool) else None


class Number(Kind):
    word = "number"
    stencil = "text"
    title = {"id": "Angka", "en": "Number"}
    about = {"id": "Ukuran atau jumlah, dengan atau tanpa koma.", "en": "A size or a count, with or without decimals."}
    icon = "12"
    feel = "number"
    browser = "number"
    cell = True
    properties = (
        prop.limit("min", {"id": "Paling kecil", "en": "Smallest"}),
        prop.limit("max", {"id": "Paling besar", "en": "Largest"}),
        prop.count(
            "decimals",
            {"id": "Angka di belakang koma", "en": "Digits after the mark"},
            most=7,
            default=0,
            help={"id": "0: hanya bilangan bulat.", "en": "0: whole numbers only."},
        ),
        prop.words("unit", {"id": "Satuan", "en": "Unit"}),
    )
    says = {
        "number.not": N_("{Noun} must be a number."),
        "number.whole": N_("{Noun} must be a whole number."),
        "number.decimals": N_("{Noun} may have at most {decimals} digits after the decimal mark."),
        "number.min": N_("{Noun} must be {min} or more."),
        "number.max": N_("{Noun} must be {max} or less."),
    }
    good = (
        Good("12", Decimal(12)),
        Good("1.234,5", Decimal("1234.5"), {"decimals": 2}),
        Good("1,234.5", Decimal("1234.5"), {"decimals": 2}),
        Good("1.234", Decimal(1234)),
        Good("2.5", Decimal("2.5"), {"decimals": 1}),
        Good("0,125", Decimal("0.125"), {"decimals": 3}),
        Good(7, Decimal(7)),
        Good(2.5, Decimal("2.5"), {"decimals": 1}),
        Good("30", Decimal(30), {"min": 0.1, "max": 30, "unit": {"id": "meter", "en": "metres"}}),
        Good("-3", Decimal(-3)),
    )
    bad = (
        Bad("", "required"),
        Bad("dua", "number.not"),
        Bad("1.2.3", "number.not"),
        Bad("12,5,5", "number.not"),
        Bad("1e5", "number.not"),
        Bad("٣", "number.not"),
        Bad("NaN", "number.not"),
        Bad(True, "number.not"),
        Bad({"a": "1"}, "number.not"),
        Bad("9" * 40, "number.not"),
        Bad("2,5", "number.whole"),
        Bad("2,555", "number.decimals", {"decimals": 2}),
        Bad("0", "number.min", {"min": 1}),
        Bad("31", "number.max", {"max": "20 + 10"}),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        least, most = field.options.get("min"), field.options.get("max")
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield "min", "form.limits", {"min": least, "max": most}

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Figure(field, asked, decimals=field.options.get("decimals", 0))

    def raw(self, value: Any, field: Field) -> Raw:
        return kept(Decimal(value))

    def text(self, value: Any, field: Field, lang: str) -> str:
        unit = pick(field.options.get("unit"), lang)
        return f"{written(Decimal(value), lang)} {unit}".strip()

    def json_schema(self, field: Field, lang: str) -> Json:
        pattern = r"^-?[0-9]{1,18}(,[0-9]{1,12})?$"
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": pattern}]}

    def typed(self, view: View) -> str:
        """What stands in the box: the number in the reader's marks, or what was typed when it is none."""
        if isinstance(view.raw, str):
            number = parse(view.raw, view.lang) if len(view.raw) < 60 else None
            return view.raw if number is None or view.error else written(number, view.lang, grouped=False)
        if isinstance(view.raw, bool) or not isinstance(view.raw, int | float | Decimal):
            return ""
        return written(Decimal(str(view.raw)), view.lang, grouped=False)

    def ask(self, view: View) -> Mapping[str, Any]:
        unit = pick(view.field.options.get("unit"), view.lang)
        return {
            **view.common,
            "value": self.typed(view),
            "inputmode": "decimal" if view.field.options.get("decimals") else "numeric",
            "autocomplete": "off",
            "spellcheck": False,
            "classes": "govuk-input--width-10",
            "suffix": {"text": unit} if unit else None,
        }
