"""Tables whose rows apply from a date. A decision sees the application; a knowledge model only what it is handed, so it is handed the
day of the application by all that use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, unescape

import rules
from rules import Decisions, model

from .asked import PARAMETER, RECEIVED

_QUOTES = {"&quot;": '"', "&apos;": "'"}
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\S')


def can(element: model.Decision | model.Knowledge) -> str:
    """How a table comes by the day: it may ask (`column`), is told already (`parameter`), or has to be told first (`ask`)."""
    if isinstance(element, model.Decision):
        return "column"
    return "parameter" if any(one.type_ref == "date" for one in element.logic.parameters) else "ask"


def with_day(xml: bytes, decisions: Decisions, element: model.Decision | model.Knowledge) -> bytes:
    """The file with one more parameter of a knowledge model, the day of the application, handed in wherever it is called. Raises
    ValueError when it is called by something that does not see the application."""
    root = rules.spots_in(xml)
    if root is None or not isinstance(element, model.Knowledge) or any(element.id in one.knowledge for one in _knowledge(decisions)):
        raise ValueError("no such table, or one that other knowledge models use")
    edits: list[tuple[int, int, bytes]] = []
    for spot in root.all():
        if spot.tag == "businessKnowledgeModel" and spot.attributes.get("id") == element.id:
            edits.append(_parameter(xml, spot))
        elif spot.tag == "text" and spot.close < spot.end:
            text = xml[spot.inside : spot.close].decode()
            if (made := _handed(text, element.name)) != text:
                edits.append((spot.inside, spot.close, made.encode()))
    made = rules.replaced(xml, edits)
    _agree(decisions, rules.read_decisions(made), element)
    return made


def _knowledge(decisions: Decisions) -> Iterator[model.Knowledge]:
    return (one for one in decisions.model.elements if isinstance(one, model.Knowledge))


def _parameter(xml: bytes, spot: rules.Spot) -> tuple[int, int, bytes]:
    logic = next(one for one in spot.kids if one.tag == "encapsulatedLogic")
    given = logic.of("formalParameter")
    if not given:
        raise ValueError("it has no parameters")
    new = f'<{logic.prefix}formalParameter name="{PARAMETER}" typeRef="date" />'.encode()
    return given[-1].end, given[-1].end, rules.indent_of(xml, given[-1]) + new


def _handed(text: str, name: str) -> str:
    """The FEEL (as it stands in XML) with the day as the last argument of every call of a function."""
    plain = text
    if "&" in text and ("&quot;" in text or "&apos;" in text):
        plain = unescape(text, _QUOTES)
        return escape(_handed(plain, name))
    tokens = list(_TOKEN.finditer(plain))
    places = [_closing(tokens, number + 1) for number, one in enumerate(tokens[:-1]) if one[0] == name and tokens[number + 1][0] == "("]
    for place in sorted(places, reverse=True):
        plain = f"{plain[:place]}, {RECEIVED}{plain[place:]}"
    return plain


def _closing(tokens: list[re.Match[str]], opening: int) -> int:
    depth = 0
    for one in tokens[opening:]:
        depth += {"(": 1, ")": -1}.get(one[0], 0)
        if depth == 0:
            return one.start()
    raise ValueError("a bracket is not closed")


def _agree(old: Decisions, new: Decisions, element: model.Knowledge) -> None:
    """Every decision that uses it still reads what it read, and the application's day besides."""
    for one in old.model.elements:
        if isinstance(one, model.Decision) and element.id in one.knowledge and old.reads(one.id) | {"case.received"} != new.reads(one.id):
            raise ValueError(f"{one.id} does not call it by its name")
