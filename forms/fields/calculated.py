"""An answer that nobody types: worked out from the answers before it, on the server, and shown at once in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.fields.date import shown
from forms.fields.number import written
from forms.form import Field
from forms.kind import Asked, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_, Words, pick, say

RESULTS: dict[str, Words] = {
    "number": {"id": "Angka", "en": "A number"},
    "rupiah": {"id": "Rupiah", "en": "Rupiah"},
    "text": {"id": "Teks", "en": "A text"},
    "date": {"id": "Tanggal", "en": "A date"},
    "yes_no": {"id": "Ya atau tidak", "en": "Yes or no"},
}
FEEL_TYPES = {"number": "number", "rupiah": "number", "text": "string", "date": "date", "yes_no": "boolean"}
LARGEST = Decimal(10) ** 18


class Calculated(Kind):
    word = "calculated"
    title = {"id": "Hasil hitung", "en": "Calculated"}
    about = {"id": "Dihitung dari jawaban lain, misalnya luas.", "en": "Worked out from other answers, such as an area."}
    icon = "="
    shelf = "basic"
    template = "calculated"
    computed = True
    cell = True
    browser = "figure"
    properties = (
        prop.feel("value", {"id": "Rumus", "en": "Formula"}, "any", required=True, default="1 + 1", early=True),
        prop.one_of("result", {"id": "Hasilnya", "en": "The result is"}, RESULTS, default="number", fixed=True),
        prop.count("decimals", {"id": "Angka di belakang koma", "en": "Digits after the mark"}, most=7, default=2),
        prop.words("unit", {"id": "Satuan", "en": "Unit"}),
    )
    good = (
        Good(None, Decimal("0.33"), {"value": "1 / 3"}),
        Good("999", Decimal(7), {"value": "3 + 4"}),
        Good(["x"], 1250, {"value": "1249.5", "result": "rupiah"}),
        Good({"a": "b"}, "ya", {"value": 'if 1 < 2 then "ya" else "tidak"', "result": "text"}),
        Good(None, date(2026, 8, 17), {"value": 'date("2026-08-17")', "result": "date"}),
        Good(None, False, {"value": "1 > 2", "result": "yes_no"}),
    )

    def scope(self, field: Field) -> Any:
        return FEEL_TYPES[field.options.get("result", "number")]

    def tidy(self, raw: Raw, field: Field) -> Raw:
        """Whatever was posted does not count."""
        return None

    def compute(self, field: Field, asked: Asked) -> Any:
        found, result = asked.evaluate(field.options["value"]), field.options.get("result", "number")
        if result in {"number", "rupiah"}:
            return self.number(found, 0 if result == "rupiah" else field.options.get("decimals", 2), whole=result == "rupiah")
        kinds: dict[str, type] = {"text": str, "date": date, "yes_no": bool}
        return (found[:2000] if isinstance(found, str) else found) if type(found) is kinds[result] else None

    def number(self, found: Any, decimals: int, *, whole: bool) -> Any:
        """A Decimal with at most so many digits behind the mark, or an int of Rupiah; halves go up."""
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            return None
        exact = Decimal(found)
        if not abs(exact) < LARGEST:
            return None
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
        if whole:
            return int(rounded)
        return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return ma.fields.Raw()

    def text(self, value: Any, field: Field, lang: str) -> str:
        result = field.options.get("result", "number")
        if result == "rupiah":
            return f"Rp{written(Decimal(value), 'id')}"
        if result == "number":
            return f"{written(Decimal(value), lang)} {pick(field.options.get('unit'), lang)}".strip()
        if result == "date":
            return shown(value, lang)
        if result == "yes_no":
            return say(N_("Yes") if value else N_("No"), lang)
        return str(value)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"readOnly": True}

    def ask(self, view: View) -> Mapping[str, Any]:
        options = view.field.options
        told = self.text(view.now, view.field, view.lang) if view.now is not None else "–"
        return {
            "text": told,
            "notes": view.notes,
            "result": options.get("result", "number"),
            "decimals": options.get("decimals", 2),
            "unit": view.pick(options.get("unit")),
            "yes": view.say("Yes"),
            "no": view.say("No"),
        }
