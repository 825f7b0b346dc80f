"""Conditions of other languages, as FEEL would say them: shown as the cure, and never run, since only their author knows what is meant."""

from __future__ import annotations

import re

import rules

_WRAPPED = re.compile(r"[$#]\{(.*)\}\Z", re.DOTALL)
_RETURNED = re.compile(r"return\s+(.*?);?\Z", re.DOTALL)
_SWAPS = (
    (re.compile(r"!==?"), " != "),
    (re.compile(r"===?"), " = "),
    (re.compile(r"&&"), " and "),
    (re.compile(r"\|\|"), " or "),
    (re.compile(r"!\s*(\w[\w.]*)"), r"not(\1)"),
    (re.compile(r"'([^'\"]*)'"), r'"\1"'),
    (re.compile(r"\bTrue\b"), "true"),
    (re.compile(r"\bFalse\b"), "false"),
    (re.compile(r"\s+"), " "),
)
_COMPARES = re.compile(r"[=<>]|\bnot\(|\band\b|\bor\b")
PLAIN = '= answer = "yes"'


def like(text: str) -> str:
    """An example of the condition in FEEL: this one, where it can be said so, or any."""
    wrapped = _WRAPPED.match(text.strip()) or _RETURNED.match(text.strip())
    said = (wrapped[1] if wrapped else text).strip()
    for found, put in _SWAPS:
        said = found.sub(put, said)
    said = said.strip()
    try:
        rules.compile(said, names=())
    except rules.RuleError:
        return PLAIN
    return f"= {said}" if len(said) < 120 and (wrapped or _COMPARES.search(said)) else PLAIN
