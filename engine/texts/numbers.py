"""How the number of a paper is written: `503/{n:04}/REKLAME/{year}`."""

from __future__ import annotations

import re
from datetime import date

from .errors import BadNumberFormat
from .filters import roman

_FIELD = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"n(?::0?([1-9]))?")


def check_number_format(text: str, *, yearly: bool = True) -> None:
    """Raises BadNumberFormat unless the format has `{n}` (`{n:04}`: with noughts) and knows no field but n, year, month, roman.

    A register that begins again every year (`yearly`) needs the year in its numbers, else two papers would have the same one.
    """
    names = [_field(text, inside) for inside in _FIELD.findall(text)]
    if "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text):
        raise BadNumberFormat(text=text, reason="a brace is not closed")
    if names.count("n") != 1:
        raise BadNumberFormat(text=text, reason="the number itself, {n}, must stand in it once")
    if yearly and "year" not in names:
        raise BadNumberFormat(text=text, reason="the register begins again every year, so {year} must stand in it")
    if len(text) > 100 or not text.isprintable():
        raise BadNumberFormat(text=text, reason="it has more than 100 characters, or some that cannot be printed")


def write_number(text: str, n: int, on: date, *, yearly: bool = True) -> str:
    """`503/{n:04}/REKLAME/{roman}/{year}` with number 12 in June 2026: 503/0012/REKLAME/VI/2026. Raises BadNumberFormat."""
    check_number_format(text, yearly=yearly)

    def written(match: re.Match[str]) -> str:
        name, _, width = match[1].partition(":")
        return {"n": str(n).zfill(int(width or 0)), "year": str(on.year), "month": f"{on.month:02}", "roman": roman(on.month)}[name]

    return _FIELD.sub(written, text)


def _field(text: str, inside: str) -> str:
    if inside in ("year", "month", "roman"):
        return inside
    if _NUMBER.fullmatch(inside):
        return "n"
    raise BadNumberFormat(text=text, reason=f"{{{inside}}} is none of {{n}}, {{n:04}}, {{year}}, {{month}}, {{roman}}")
