"""Values that a table or a form gave, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from . import formats


def shown(value: Any) -> str:
    """A value of a table as an officer reads it."""
    if isinstance(value, bool) or value is None:
        return formats.yes_no(value)
    if isinstance(value, int | Decimal):
        return formats.number(value)
    if isinstance(value, datetime):
        return formats.moment(value) if value.tzinfo else value.isoformat(" ")
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Mapping):
        return (
            formats.words(dict(value))
            if set(value) <= {"id", "en"} and "id" in value
            else ", ".join(f"{plain_name(key)}: {shown(one)}" for key, one in value.items())
        )
    if isinstance(value, list | tuple):
        return "; ".join(shown(one) for one in value)
    return str(value)


def plain_name(key: str) -> str:
    """A name of a table's result without its underscores."""
    return str(key).replace("_", " ")
