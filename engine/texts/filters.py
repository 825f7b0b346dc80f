"""How a value is written: `{{ tax.amount | rupiah }}`, `{{ permit.until | long_date }}`.

Liquid's own filters are cut down to those that cannot blow up a text; the rest here is what Indonesian letters need.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from liquid import Undefined
from liquid.exceptions import FilterArgumentError
from lokal import terbilang as in_words

T = TypeVar("T")
Filter = Callable[..., object]
LIQUID = [
    "abs",
    "append",
    "at_least",
    "at_most",
    "capitalize",
    "ceil",
    "compact",
    "concat",
    "default",
    "divided_by",
    "downcase",
    "first",
    "floor",
    "join",
    "last",
    "lstrip",
    "map",
    "minus",
    "modulo",
    "plus",
    "prepend",
    "reverse",
    "round",
    "rstrip",
    "size",
    "slice",
    "sort",
    "squish",
    "strip",
    "strip_newlines",
    "sum",
    "times",
    "truncate",
    "truncatewords",
    "uniq",
    "upcase",
    "where",
]
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
YES = {"id": ("ya", "tidak"), "en": ("yes", "no")}


def office_filters(lang: str, zone: ZoneInfo) -> dict[str, Filter]:
    """The filters by name, writing in `lang` (id, en) and on the clock of `zone`."""

    def long_date(value: object) -> str:
        return format_date(_date(value, zone), "d MMMM y", locale=lang)

    def hari(value: object) -> str:
        return format_date(_date(value, zone), "EEEE", locale=lang)

    def moment(value: object) -> str:
        return _moment(value, lang, zone)

    def number(value: object) -> str:
        return format_decimal(_number(value), format="#,##0.######", locale=lang)

    def yes_no(value: object) -> str:
        return YES[lang][0 if value is True else 1]

    return {"long_date": long_date, "hari": hari, "moment": moment, "number": number, "yes_no": yes_no, **_PLAIN}


def rupiah(value: object) -> str:
    """Rp1.234.567; cents only when there are some."""
    amount = _number(value)
    written = format_decimal(abs(amount), format="#,##0.00" if amount % 1 else "#,##0", locale="id")
    return f"{'-' if amount < 0 else ''}Rp{written}"


def terbilang(value: object) -> str:
    """The number in Indonesian words, as letters repeat it."""
    return str(in_words(int(amount) if not (amount := _number(value)) % 1 else amount))


def roman(value: object) -> str:
    """A month as a Roman number; takes a number from 1 to 39 too."""
    number = value.month if isinstance(value, date) else int(_number(value))
    if not 0 < number < 40:
        raise FilterArgumentError(f"roman writes numbers from 1 to 39, not {number}", token=None)
    written = ""
    for worth, sign in ROMAN:
        written += sign * (number // worth)
        number %= worth
    return written


_PLAIN: dict[str, Filter] = {"rupiah": rupiah, "terbilang": terbilang, "in_words": terbilang, "roman": roman}


def _moment(value: object, lang: str, zone: ZoneInfo) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        value = _read(value, datetime.fromisoformat, "a moment with a time zone")
    if value.tzinfo is None:
        raise FilterArgumentError("moment needs a moment with a time zone", token=None)
    local = value.astimezone(zone)
    day = format_date(local, "EEEE, d MMMM y", locale=lang)
    clock = local.strftime("%H.%M" if lang == "id" else "%H:%M")
    return f"{day} {'pukul' if lang == 'id' else 'at'} {clock} {local.tzname()}"


def _date(value: object, zone: ZoneInfo) -> date:
    if isinstance(value, str) and len(value) > len("2026-01-31"):
        value = _read(value, datetime.fromisoformat, "a date")
    if isinstance(value, datetime):
        return value.astimezone(zone).date() if value.tzinfo else value.date()
    return value if isinstance(value, date) else _read(value, date.fromisoformat, "a date")


def _read(value: object, reader: Callable[[Any], T], wanted: str) -> T:
    if isinstance(value, Undefined):
        str(value)  # raises the error that names the field
    try:
        return reader(value)
    except (ValueError, TypeError) as wrong:
        raise FilterArgumentError(f"this filter needs {wanted}, not “{value}”", token=None) from wrong


def _number(value: object) -> Decimal:
    if isinstance(value, bool):
        raise FilterArgumentError("this filter needs a number, not yes or no", token=None)
    number = _read(value, _decimal, "a number")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 18:
        raise FilterArgumentError("this number is too large to be written", token=None)
    return number


def _decimal(value: object) -> Decimal:
    if not isinstance(value, (int, Decimal, str)):
        raise TypeError
    try:
        return Decimal(value)
    except InvalidOperation as wrong:
        raise ValueError from wrong
