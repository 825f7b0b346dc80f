"""Formulas in words of both languages: `luas * tarif` -> “Area × Rate”. What has no words stays the formula it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import rules
from rules import FeelLimit, FeelSyntaxError

from .naming import Words, both

Name = Callable[[str], Words | None]
_SIGNS: Mapping[str, tuple[int, str]] = {"+": (1, "+"), "-": (1, "−"), "*": (2, "×"), "/": (2, "÷")}
_COMPARED: Mapping[str, tuple[str, str]] = {
    "=": ("sama dengan", "is"),
    "!=": ("bukan", "is not"),
    "<": ("kurang dari", "is less than"),
    "<=": ("paling banyak", "is at most"),
    ">": ("lebih dari", "is more than"),
    ">=": ("paling sedikit", "is at least"),
}
_JOINED: Mapping[str, tuple[str, str]] = {"and": ("dan", "and"), "or": ("atau", "or")}
_FUNCTIONS: Mapping[str, tuple[str, str]] = {
    "min": ("yang terkecil dari {0}", "the smallest of {0}"),
    "max": ("yang terbesar dari {0}", "the largest of {0}"),
    "sum": ("jumlah semua {0}", "the sum of {0}"),
    "count": ("banyaknya {0}", "how many {0}"),
    "floor": ("{0}, dibulatkan ke bawah", "{0}, rounded down"),
    "ceiling": ("{0}, dibulatkan ke atas", "{0}, rounded up"),
    "today": ("hari ini", "today"),
    "date": ("tanggal {0}", "the day of {0}"),
    "not": ("tidak: {0}", "not: {0}"),
}
_PARTS: Mapping[str, tuple[str, str]] = {
    "days": ("banyaknya hari dari {0}", "the days in {0}"),
    "year": ("tahun dari {0}", "the year of {0}"),
    "month": ("bulan dari {0}", "the month of {0}"),
}
_FIXED: Mapping[str, tuple[str, str]] = {"true": ("ya", "yes"), "false": ("tidak", "no"), "null": ("tidak terjawab", "not answered")}


class _NoWordsError(Exception):
    """There are no words for it."""


def formula(text: str, name: Name) -> Words:
    """A FEEL text in words. `name`: what a path (`application.area`, `luas`) is called, None when that is not known."""
    try:
        tree = rules.compile(text).ast["e"]
        said = [_said(tree, name, place, 0) for place in (0, 1)]
        return both(said[0], said[1])
    except (FeelSyntaxError, FeelLimit, _NoWordsError):
        return both(text, text)


def _said(node: Any, name: Name, place: int, level: int) -> str:
    op = node[0]
    known = name(rules.text_of_tree(node)) if op in ("var", ".") else None
    if known:
        return f"“{known['en' if place else 'id']}”"
    if op == "num":
        return _number(node[1], place)
    if op == "str":
        return f"“{node[1]}”"
    if op in _FIXED:
        return _FIXED[op][place]
    if op in _SIGNS:
        return _arithmetic(node, name, place, level)
    if op in _COMPARED:
        return _compared(node, name, place)
    if op in _JOINED:
        return f" {_JOINED[op][place]} ".join(_said(each, name, place, 3) for each in node[1:])
    if op == "if":
        return _choice(node, name, place)
    if op == "." and node[2] in _PARTS:
        return _PARTS[node[2]][place].format(_said(node[1], name, place, 3))
    if op == "call" and node[1][0] == "var":
        return _called(node, name, place)
    if op in ("var", "."):
        return rules.text_of_tree(node)
    raise _NoWordsError


def _number(text: str, place: int) -> str:
    """As each language writes it: 13.225,5 and 13,225.5."""
    whole, point, broken = text.lstrip("-").partition(".")
    english = f"{'-' if text.startswith('-') else ''}{int(whole or 0):,}{point}{broken}"
    return english if place else english.translate(str.maketrans(",.", ".,"))


def _arithmetic(node: Any, name: Name, place: int, level: int) -> str:
    own, sign = _SIGNS[node[0]]
    right = own + 1 if node[0] in "-/" else own
    text = f"{_said(node[1], name, place, own)} {sign} {_said(node[2], name, place, right)}"
    return f"({text})" if own < level else text


def _compared(node: Any, name: Name, place: int) -> str:
    if node[2] == ["null"] and node[0] in ("=", "!="):
        words = (("tidak terjawab", "is not answered"), ("terjawab", "is answered"))[node[0] == "!="]
        return f"{_said(node[1], name, place, 3)} {words[place]}"
    return f"{_said(node[1], name, place, 1)} {_COMPARED[node[0]][place]} {_said(node[2], name, place, 1)}"


def _choice(node: Any, name: Name, place: int) -> str:
    when, then, other = (_said(each, name, place, 0) for each in node[1:4])
    return f"bila {when}: {then}; selain itu: {other}" if place == 0 else f"when {when}: {then}; otherwise: {other}"


def _called(node: Any, name: Name, place: int) -> str:
    called, given = node[1][1], node[2]
    if called == "round half up" and len(given) == 2 and given[1] == ["num", "0"]:
        inner = _said(given[0], name, place, 0)
        return f"{inner}, dibulatkan" if place == 0 else f"{inner}, rounded"
    if called not in _FUNCTIONS or not isinstance(given, list):
        raise _NoWordsError
    joint = " dan " if place == 0 else " and "
    return _FUNCTIONS[called][place].format(joint.join(_said(each, name, place, 3) for each in given))
