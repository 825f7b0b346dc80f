"""How moments, days, money and numbers are written in the reader's language, in the office's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime, get_timezone_name
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import gettext

from .hands import today, zone
from .language import language

MOMENT = {"id": "EEEE, d MMMM y 'pukul' HH.mm", "en": "EEEE, d MMMM y 'at' HH:mm"}
BRIEF = {"id": "d MMM y, HH.mm", "en": "d MMM y, HH:mm"}
CLOCK = {"id": "HH.mm", "en": "HH:mm"}


def moment(value: datetime | None) -> str:
    """`Senin, 17 Agustus 2026 pukul 10.00 WIB`; nothing for None."""
    if value is None:
        return ""
    local = _local(value)
    return f"{format_datetime(local, MOMENT[language()], locale=language())} {zone_label(local)}"


def brief(value: datetime | None) -> str:
    """`17 Agu 2026, 10.00` for tables."""
    return "" if value is None else format_datetime(_local(value), BRIEF[language()], locale=language())


def day(value: date | datetime | None) -> str:
    """`Senin, 17 Agustus 2026`."""
    return "" if value is None else format_date(_day(value), "EEEE, d MMMM y", locale=language())


def short_day(value: date | datetime | None) -> str:
    """`17 Agustus 2026`."""
    return "" if value is None else format_date(_day(value), "d MMMM y", locale=language())


def clock(value: datetime | None) -> str:
    """`10.00 WIB`."""
    return "" if value is None else f"{format_datetime(_local(value), CLOCK[language()], locale=language())} {zone_label(_local(value))}"


def days_until(value: date | datetime) -> int:
    """Calendar days from the office's today; negative when past."""
    return (_day(value) - today()).days


def rupiah(value: int | None) -> str:
    """`Rp1.234.567`: whole Rupiah, dots between thousands in both languages, as on every local bill."""
    return "" if value is None else f"{'-' if value < 0 else ''}Rp{format_decimal(abs(value), '#,##0', locale='id')}"


def number(value: int | Decimal | float | None) -> str:
    """`1.234,5` in Indonesian, `1,234.5` in English."""
    return "" if value is None else format_decimal(value, locale=language(), decimal_quantization=False)


def size(value: int) -> str:
    """The size of a file in bytes: `1,2 MB`, `300 kB`."""
    if value < 1_000_000:
        return f"{number(max(1, value // 1000))} kB"
    return f"{number((Decimal(value) / 1_000_000).quantize(Decimal('0.1')))} MB"


def words(texts: dict[str, str] | str | None) -> str:
    """The reader's side of a text in two languages (`{"id": …, "en": …}`); Indonesian when a side is missing."""
    if texts is None or isinstance(texts, str):
        return texts or ""
    return texts.get(language()) or texts["id"]


def yes_no(value: bool | None) -> str:
    """Yes, No, or nothing."""
    return "" if value is None else (gettext("Yes") if value else gettext("No"))


def zone_label(local: datetime) -> str:
    """WIB, WITA or WIT (in both languages: people here know no other name)."""
    return str(get_timezone_name(local, width="short", locale="id"))


def machine(value: datetime | date) -> str:
    """The value of a `<time datetime>` attribute."""
    return value.isoformat()


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(UTC).astimezone(zone())


def _day(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


FILTERS = (moment, brief, day, short_day, clock, days_until, rupiah, number, size, words, yes_no, machine)


def attach(app: Flask) -> None:
    """Make every format a filter of the templates, under its own name."""
    for one in FILTERS:
        app.add_template_filter(one)
