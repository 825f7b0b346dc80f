"""Conditions, times and years in words of both languages, as a clerk would read them aloud."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import rules
from forms import Form

from .naming import Words, both

_OPERATORS: Mapping[str, tuple[str, str]] = {
    "=": ("adalah", "is"),
    "!=": ("bukan", "is not"),
    "<": ("kurang dari", "is less than"),
    "<=": ("paling banyak", "is at most"),
    ">": ("lebih dari", "is more than"),
    ">=": ("paling sedikit", "is at least"),
    "is one of": ("salah satu dari", "is one of"),
    "is none of": ("bukan salah satu dari", "is none of"),
    "is between": ("antara", "is between"),
    "contains": ("memuat", "contains"),
    "includes": ("termasuk", "includes"),
    "is filled": ("terjawab", "is answered"),
    "is empty": ("tidak terjawab", "is not answered"),
}
_BARE = ("is filled", "is empty")
_JOINS: Mapping[str, tuple[str, str]] = {"all": (" dan ", " and "), "any": (" atau ", " or ")}
_YES: Mapping[bool, tuple[str, str]] = {True: ("ya", "yes"), False: ("tidak", "no")}
_TIMES: tuple[tuple[str, tuple[str, str]], ...] = (
    (r"=\s*working days\(\s*(\d+)\s*\)", ("sesudah {} hari kerja", "after {} working days")),
    (r"=\s*working hours\(\s*(\d+)\s*\)", ("sesudah {} jam kerja", "after {} working hours")),
    (r'=\s*duration\(\s*"P(\d+)D"\s*\)', ("sesudah {} hari", "after {} days")),
    (r"P(\d+)D", ("sesudah {} hari", "after {} days")),
)


def condition(text: str, forms: Mapping[str, Form], own: Form | None = None) -> Words:
    """`verify.result = "complete"` -> `Result is “Complete”`; what says more than rows can stays the formula it is.

    `own`: the form that the condition stands in, whose questions it calls by their key alone.
    """
    rows = rules.rows_of(text)
    if not rows.fits or not rows.rows:
        return both(f"“{text}”", f"“{text}”")
    said = [_row(each, forms, own) for each in rows.rows]
    joined = _JOINS[rows.join]
    return both(joined[0].join(each["id"] for each in said), joined[1].join(each["en"] for each in said))


def _row(row: rules.Row, forms: Mapping[str, Form], own: Form | None) -> Words:
    key, _, path = row.field.partition(".")
    asked_by, path = (forms[key], path) if key in forms else (own, row.field)
    field = dict(asked_by.fields()).get(path) if asked_by else None
    title = forms[key].title if key in forms else {}
    choices = {one["value"]: one["label"] for one in (field.options.get("choices") or ())} if field else {}
    said: Words = {}
    for place, lang in enumerate(("id", "en")):
        label = (field.label.get(lang) or field.label["id"]) if field else row.field
        asked = f"{label} ({title.get(lang) or title['id']})" if field and title else label
        value = "" if row.operator in _BARE else _values(row.value, choices, place, lang)
        value = value.replace(", ", _JOINS["all"][place]) if row.operator == "is between" else value
        said[lang] = " ".join(part for part in (asked, _OPERATORS[row.operator][place], value) if part)
    return said


def _values(value: Any, choices: Mapping[Any, Mapping[str, str]], place: int, lang: str) -> str:
    if isinstance(value, list):
        return ", ".join(_values(one, choices, place, lang) for one in value)
    if isinstance(value, bool):
        return _YES[value][place]
    label = choices.get(value) if isinstance(value, str) else None
    if label:
        return f"“{label.get(lang) or label['id']}”"
    plain = rules.plain(value)
    return str(plain["v"]) if isinstance(plain, dict) and "v" in plain else f"“{plain}”"


def moment(when: tuple[str, str] | None) -> Words:
    """`("timeDuration", "= working days(14)")` -> `after 14 working days`; another time stays the formula it is."""
    kind, text = when or ("", "")
    for pattern, (indonesian, english) in _TIMES:
        found = re.fullmatch(pattern, text.strip())
        if kind == "timeDuration" and found:
            return both(indonesian.format(found[1]), english.format(found[1]))
    return both(f"menurut “{text}”", f"by “{text}”")


def period(text: str) -> Words:
    """`P10Y` -> `10 years`."""
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?", text)
    if not found or not any(found.groups()):
        return both(text, text)
    units = (("tahun", "years"), ("bulan", "months"), ("hari", "days"))
    parts = [(number, *unit) for number, unit in zip(found.groups(), units, strict=True) if number]
    return both(" ".join(f"{number} {word}" for number, word, _ in parts), " ".join(f"{number} {word}" for number, _, word in parts))
