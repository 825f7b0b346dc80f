"""String functions (DMN 1.5, 10.3.4.3). Patterns run in RE2 only, whose time grows with the text and never explodes."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rules.errors import FeelLimit
from rules.feel.bounds import Budget
from rules.feel.patterns import for_re2
from rules.feel.signature import Call, builtin
from rules.feel.values import Value

try:
    import re2
except ImportError:  # pragma: no cover - then patterns are refused
    re2 = None
_TEXT_AND_MATCH = "string: string, match: string"
_REPLACEMENT = re.compile(r"(?:[^\\$]|\\[\\$]|\$\d)*", re.S)
_REFERENCE = re.compile(r"\\(.)|\$(\d)", re.S)


def _position(number: Decimal) -> int:
    """A position in a text or list as an int; what is far beyond any text becomes the edge."""
    return int(number) if number.adjusted() < 10 else (10**10 if number > 0 else -(10**10))


@builtin("substring", "string: string, start position: number, length?: number?", gives="string")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> Value:
    at = _position(start)
    if at == 0 or (length is not None and length < 1):
        return None
    begin = at - 1 if at > 0 else max(0, len(text) + at)
    return text[begin:] if length is None else text[begin : begin + _position(length)]


@builtin("string length", "string: string", gives="number")
def string_length(text: str) -> Value:
    return Decimal(len(text))


@builtin("upper case", "string: string", gives="string")
def upper_case(text: str) -> Value:
    return text.upper()


@builtin("lower case", "string: string", gives="string")
def lower_case(text: str) -> Value:
    return text.lower()


@builtin("substring before", _TEXT_AND_MATCH, gives="string")
def substring_before(text: str, match: str) -> Value:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after", _TEXT_AND_MATCH, gives="string")
def substring_after(text: str, match: str) -> Value:
    return text.partition(match)[2] if match else text


@builtin("contains", _TEXT_AND_MATCH, gives="boolean")
def contains(text: str, match: str) -> Value:
    return match in text


@builtin("starts with", _TEXT_AND_MATCH, gives="boolean")
def starts_with(text: str, match: str) -> Value:
    return text.startswith(match)


@builtin("ends with", _TEXT_AND_MATCH, gives="boolean")
def ends_with(text: str, match: str) -> Value:
    return text.endswith(match)


@builtin("string join", "list: list, delimiter?: string?", gives="string", asks=True)
def string_join(budget: Budget, call: Call, items: list[Value], delimiter: str | None = None) -> Value:
    if any(item is not None and not isinstance(item, str) for item in items):
        return None
    texts = [item for item in items if item is not None]
    budget.spend((sum(map(len, texts)) + len(texts) * len(delimiter or "")) // 50)
    return (delimiter or "").join(texts)


@lru_cache(maxsize=128)
def _compiled(pattern: str, flags: str) -> Any:
    """The pattern for RE2, None when it is no pattern or asks for what RE2 does not have (back references)."""
    translated = for_re2(pattern, flags)
    if translated is None:
        return None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        return re2.compile(translated, options)
    except re2.error:
        return None


def _pattern(pattern: str, flags: str | None) -> Any:
    if re2 is None:
        raise FeelLimit("feel.limit", "patterns are refused: the google-re2 package is not installed", limit="patterns")
    return _compiled(pattern, flags or "")


def _cost(pattern: Any, text: str) -> int:
    """The steps of one search. RE2's time is at worst the product of both lengths."""
    return 1 + len(text) * (10 + int(pattern.programsize)) // 500


@builtin("matches", "input: string, pattern: string, flags?: string?", gives="boolean", asks=True)
def matches(budget: Budget, call: Call, text: str, pattern: str, flags: str | None = None) -> Value:
    found = _pattern(pattern, flags)
    if found is None:
        return None
    budget.spend(_cost(found, text))
    return found.search(text) is not None


@builtin("replace", "input: string, pattern: string, replacement: string, flags?: string?", gives="string", asks=True)
def replace(budget: Budget, call: Call, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    found = _pattern(pattern, flags)
    literal = "q" in (flags or "")
    if found is None or found.search("") is not None or not (literal or _REPLACEMENT.fullmatch(replacement)):
        return None
    budget.spend(_cost(found, text))
    budget.spend(2 * len(text) + (1 + len(text) // 10) * (len(replacement) // 10 + (0 if literal else replacement.count("$"))))
    result = found.sub(_for_python(replacement, found.groups, literal), text)
    budget.spend(len(result) // 50)
    return result


def _for_python(replacement: str, groups: int, literal: bool) -> str:
    """`$1` as Python writes it; a group that is not there is an empty text."""
    if literal:
        return replacement.replace("\\", "\\\\")

    def reference(match: re.Match[str]) -> str:
        if match[1]:
            return "\\\\" if match[1] == "\\" else match[1]
        return f"\\g<{match[2]}>" if int(match[2]) <= groups else ""

    return _REFERENCE.sub(reference, replacement)


@builtin("split", "string: string, delimiter: string", gives="list<string>", asks=True)
def split(budget: Budget, call: Call, text: str, delimiter: str) -> Value:
    found = _pattern(delimiter, None)
    if found is None:
        return None
    budget.spend(_cost(found, text) + len(text))
    return list(found.split(text))
