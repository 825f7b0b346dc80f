"""Indonesia's public holidays (libur nasional) and collective leave (cuti bersama), from the `holidays` library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

import holidays

Category = Literal["public", "government"]
_LANGUAGES = {"id": "id", "en": "en_US"}


@lru_cache(maxsize=256)
def holidays_of(year: int, category: Category, lang: str = "id") -> Mapping[date, str]:
    """The days of one category in one year, with their names.

    `public` are the national holidays of the joint decree (SKB), `government` the collective leave in it. Days that hang on
    the sighting of the moon are estimates until the decree (“perkiraan”): the office's own days correct them.
    """
    return dict(holidays.country_holidays("ID", years=year, categories=(category,), language=_LANGUAGES.get(lang, "id")))
