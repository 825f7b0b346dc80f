"""XPath regular expressions, which FEEL speaks (DMN 1.5, 10.3.4.3), put into RE2's words. What RE2 does not have (back references)
and what is no XPath (`\\b`, `(?i)`) is no pattern, and its function answers null."""

from __future__ import annotations

import re
from collections.abc import Iterable

_X_SPACE = re.compile(r"[ \t\n\r]+")
# Classes as the inside of square brackets; \w leaves out punctuation, separators and control, as XML Schema defines it.
_CLASSES = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r" \t\n\r",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "i": r"_:\p{L}",
    "c": r"\-._:\p{L}\p{N}",
}
_NEGATED = {"S": "s", "I": "i", "C": "c"}
_LITERAL = set("nrt\\|.?*+(){}-[]^$")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
_BLOCKS = {
    "BasicLatin": (0, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Arabic": (0x600, 0x6FF),
    "Thai": (0xE00, 0xE7F),
    "GeneralPunctuation": (0x2000, 0x206F),
}
_LAST = 0x10FFFF
Ranges = list[tuple[int, int]]


class _NoPatternError(Exception):
    """The text is no pattern, or one that cannot be run in linear time."""


def for_re2(pattern: str, flags: str) -> str | None:
    """The pattern in RE2's words; None for what is no XPath pattern, or asks for flags that do not exist."""
    if set(flags) - set("smixq"):
        return None
    kept = "".join(flag for flag in "smi" if flag in flags)
    prefix = f"(?{kept})" if kept else ""
    if "q" in flags:
        return prefix + re.escape(pattern)
    try:
        return prefix + _Translation(_without_space(pattern) if "x" in flags else pattern, "s" in flags).whole()
    except _NoPatternError:
        return None


def _without_space(pattern: str) -> str:
    """The `x` flag: white space means nothing outside square brackets."""
    parts = re.split(r"(\\.|\[(?:\\.|[^\]\\])*\])", pattern, flags=re.S)
    joined = "".join(part if number % 2 and len(part) > 2 else _X_SPACE.sub("", part) for number, part in enumerate(parts))
    return re.sub(r"\\([pP])\{([^}]*)\}", lambda match: f"\\{match[1]}{{{_X_SPACE.sub('', match[2])}}}", joined)


class _Translation:
    """One pattern being read."""

    def __init__(self, pattern: str, dot_all: bool) -> None:
        self.pattern = pattern
        self.at = 0
        self.dot_all = dot_all

    def whole(self) -> str:
        made = []
        while self.at < len(self.pattern):
            made.append(self._one())
        return "".join(made)

    def _next(self) -> str:
        if self.at >= len(self.pattern):
            raise _NoPatternError
        self.at += 1
        return self.pattern[self.at - 1]

    def _one(self) -> str:
        sign = self._next()
        if sign == "\\":
            return self._escape()
        if sign == ".":
            return "." if self.dot_all else r"[^\n\r]"
        if sign == "[":
            return self._class()
        if sign == "(" and self.pattern.startswith("?", self.at) and not self.pattern.startswith("?:", self.at):
            raise _NoPatternError
        return sign

    def _escape(self) -> str:
        """An escape outside square brackets."""
        sign = self._next()
        if sign in _LITERAL:
            return "\\" + sign
        if sign in _NEGATED:
            return f"[^{_CLASSES[_NEGATED[sign]]}]"
        return f"[{self._class_escape(sign)}]"

    def _class_escape(self, sign: str) -> str:
        """What `\\d`, `\\p{…}` and so on put inside square brackets."""
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign not in "pP" or self._next() != "{":
            raise _NoPatternError
        end = self.pattern.find("}", self.at)
        name = self.pattern[self.at : end]
        self.at = end + 1
        if end < 0 or not name.startswith("Is"):
            return f"\\{sign}{{{name}}}"
        if name[2:] not in _BLOCKS:
            raise _NoPatternError
        block = [_BLOCKS[name[2:]]]
        return _written(block if sign == "p" else _minus([(0, _LAST)], block))

    def _class(self) -> str:
        """A class in square brackets, the opening one stepped over. Without subtraction it stays as it is."""
        begin = self.at
        try:
            return f"[{'^' if self.pattern.startswith('^', self.at) else ''}{self._plain_class()}]"
        except _SubtractionError:
            self.at = begin
            ranges = self._ranges()
            return f"[{_written(ranges)}]" if ranges else r"[^\x{0}-\x{10FFFF}]"

    def _plain_class(self) -> str:
        if self.pattern.startswith("^", self.at):
            self.at += 1
        made: list[str] = []
        while (sign := self._next()) != "]" or not made:
            if sign == "-" and self.pattern.startswith("[", self.at):
                raise _SubtractionError
            made.append(self._in_class(sign))
        return "".join(made)

    def _in_class(self, sign: str) -> str:
        if sign == "[":
            raise _NoPatternError
        if sign != "\\":
            return "\\" + sign if sign in "^&~]" else sign
        escape = self._next()
        if escape in _LITERAL:
            return "\\" + escape
        if escape == "S":
            return r"\S\v\f"
        return self._class_escape(escape)

    def _ranges(self) -> Ranges:
        """A class as ranges of characters, for subtraction; only of characters and ranges, which is what people subtract."""
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        found: Ranges = []
        while (sign := self._next()) != "]":
            if sign == "-" and self.pattern.startswith("[", self.at):
                self.at += 1
                taken = self._ranges()
                if self._next() != "]":
                    raise _NoPatternError
                return _minus(_minus([(0, _LAST)], found) if negated else found, taken)
            found.append(self._range_from(sign))
        return _minus([(0, _LAST)], found) if negated else found

    def _range_from(self, sign: str) -> tuple[int, int]:
        low = self._character(sign)
        if not self.pattern.startswith("-", self.at) or self.pattern.startswith("-[", self.at):
            return low, low
        self.at += 1
        high = self._character(self._next())
        if high < low:
            raise _NoPatternError
        return low, high

    def _character(self, sign: str) -> int:
        if sign != "\\":
            return ord(sign)
        escape = self._next()
        if escape not in _LITERAL:
            raise _NoPatternError
        return ord(_CONTROL.get(escape, escape))


class _SubtractionError(Exception):
    """The class subtracts another: `[a-z-[aeiou]]`."""


def _minus(ranges: Ranges, taken: Iterable[tuple[int, int]]) -> Ranges:
    for low, high in taken:
        parts = [part for first, last in ranges for part in ((first, min(last, low - 1)), (max(first, high + 1), last))]
        ranges = [(first, last) for first, last in parts if first <= last]
    return ranges


def _written(ranges: Ranges) -> str:
    return "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in ranges)
