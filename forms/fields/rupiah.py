"""An amount of money in whole Rupiah."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.fields.number import Figure, Number, parse, written
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

_SIGN = re.compile(r"^\s*(rp\.?|idr)\s*", re.IGNORECASE)
MOST = 10**15


class Amount(Figure):
    """An int of Rupiah; `Rp1.234.567` and `1,234,567.00` mean the same."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            value = _SIGN.sub("", value).removesuffix(",-").removesuffix(",--")
        number = super()._deserialize(value, attr, data, **kwargs)
        if number > MOST:
            raise ma.ValidationError(Fault("number.max", max=MOST))
        return int(number)


class Rupiah(Kind):
    word = "rupiah"
    stencil = "text"
    title = {"id": "Rupiah", "en": "Amount in Rupiah"}
    about = {"id": "Jumlah uang tanpa sen.", "en": "Money without cents."}
    icon = "Rp"
    shelf = "indonesia"
    feel = "number"
    browser = "number"
    cell = True
    properties = (
        prop.limit("min", {"id": "Paling kecil", "en": "Smallest"}, default=0),
        prop.limit("max", {"id": "Paling besar", "en": "Largest"}),
    )
    says = {
        "number.not": N_("{Noun} must be an amount in Rupiah, such as Rp1.250.000."),
        "number.whole": N_("{Noun} must be a whole amount, without cents."),
        "number.min": N_("{Noun} must be Rp{min} or more."),
        "number.max": N_("{Noun} must be Rp{max} or less."),
    }
    good = (
        Good("Rp1.234.567", 1_234_567),
        Good("Rp 1.234.567,00", 1_234_567),
        Good("1,234,567", 1_234_567),
        Good("IDR 5000", 5000),
        Good("2.500.000,-", 2_500_000),
        Good(750_000, 750_000),
        Good("0", 0),
    )
    bad = (
        Bad("", "required"),
        Bad("seribu", "number.not"),
        Bad("100,5", "number.whole"),
        Bad("-1", "number.min"),
        Bad("Rp500", "number.min", {"min": 1000}),
        Bad("2.000", "number.max", {"max": 1999}),
        Bad(str(10**16), "number.max"),
        Bad([], "required"),
        Bad(["1"], "number.not"),
    )

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Amount(field, asked, decimals=0, least=0)

    def raw(self, value: Any, field: Field) -> Raw:
        return int(value)

    def text(self, value: Any, field: Field, lang: str) -> str:
        return f"Rp{written(Decimal(value), 'id')}"

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "integer", "minimum": 0, "maximum": MOST, "description": "Rupiah"}

    def typed(self, view: View) -> str:
        """The amount with dots, or what was typed when it is none."""
        bare = _SIGN.sub("", view.text)
        number = parse(bare, view.lang) if len(bare) < 60 else None
        return view.text if number is None or view.error else written(number, "id")

    def ask(self, view: View) -> Mapping[str, Any]:
        return {
            **Number().ask(view),
            "value": self.typed(view),
            "inputmode": "numeric",
            "prefix": {"text": "Rp"},
            "suffix": None,
        }
