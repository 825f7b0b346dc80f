"""Simple arithmetic as a row of terms and back: a value, or several multiplied and divided, or added and taken away, perhaps rounded.
The stored truth stays FEEL text; what does not fit is said so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rules.errors import FeelLimit, FeelSyntaxError
from rules.feel.ast import Node
from rules.feel.expression import compile_text
from rules.feel.printing import number_text
from rules.feel.writing import text_of_tree

Operator = Literal["*", "/", "+", "-"]
Rounding = Literal["", "half", "down", "up"]
OPERATORS: tuple[Operator, ...] = ("*", "/", "+", "-")
ROUNDINGS: tuple[Rounding, ...] = ("", "half", "down", "up")
_FAMILIES = (("*", "/"), ("+", "-"))
_ROUND = {"floor": "down", "ceiling": "up", "round half up": "half"}
_WRITTEN = {"down": "floor({0})", "up": "ceiling({0})", "half": "round half up({0}, 0)"}
_LEAVES = ("num", "var", ".", "call")


@dataclass(frozen=True)
class Term:
    """One value: a number, or a FEEL text that gives one (`application.area`, `count(fleet.items)`). `operator` joins it to those before
    (the first has none)."""

    operator: Operator | None
    value: Decimal | str


@dataclass(frozen=True)
class Terms:
    """Terms of one family of operators, and how the result is rounded to whole numbers. `fits` is False for what says more."""

    terms: tuple[Term, ...]
    rounding: Rounding = ""
    fits: bool = True


def terms_of(text: str) -> Terms:
    """A formula as terms; `fits` is False for a text that is no such formula, or no FEEL at all."""
    try:
        node = compile_text(text).node
        node, rounding = _unwrapped(node)
        return Terms(tuple(_flat(node)), rounding)
    except (FeelSyntaxError, FeelLimit, ValueError):
        return Terms((), fits=False)


def _unwrapped(node: Node) -> tuple[Node, Rounding]:
    """The inside of a rounding, and which one it is."""
    if node[0] != "call" or node[1][0] != "var" or node[1][1] not in _ROUND:
        return node, ""
    given, name = node[2], node[1][1]
    whole = len(given) == 1 if name != "round half up" else len(given) == 2 and given[1] == ["num", "0"]
    if not whole:
        return node, ""
    rounding: Rounding = _ROUND[name]  # type: ignore[assignment]
    return given[0], rounding


def _flat(node: Node) -> list[Term]:
    """The terms from left to right. Raises ValueError for what no row of terms says."""
    family = next((each for each in _FAMILIES if node[0] in each), ())
    turned: list[Term] = []
    while node[0] in family:
        turned.append(Term(node[0], _leaf(node[2])))
        node = node[1]
    return [Term(None, _leaf(node)), *reversed(turned)]


def _leaf(node: Node) -> Decimal | str:
    if node[0] not in _LEAVES:
        raise ValueError("no term")
    return Decimal(node[1]) if node[0] == "num" else text_of_tree(node)


def text_of_terms(terms: Terms) -> str:
    """FEEL of terms. Raises ValueError when there are none, when they mix families, or when one is no value."""
    if not terms.terms or terms.terms[0].operator is not None or terms.rounding not in ROUNDINGS:
        raise ValueError("no terms")
    used = {each.operator for each in terms.terms[1:]}
    if None in used or not any(used <= set(family) for family in _FAMILIES):
        raise ValueError("mixed operators")
    parts = [_text(terms.terms[0])]
    for each in terms.terms[1:]:
        parts += [str(each.operator), _text(each)]
    text = " ".join(parts)
    return _WRITTEN[terms.rounding].format(text) if terms.rounding else text


def _text(term: Term) -> str:
    if isinstance(term.value, Decimal):
        if not term.value.is_finite():
            raise ValueError("no number")
        return number_text(term.value)
    node = compile_text(term.value).node
    if node[0] not in _LEAVES:
        raise ValueError("no term")
    return text_of_tree(node)
