"""Reading the text of an expression: white space, words, names, strings and numbers, and saying where something is wrong.

FEEL names may hold spaces and signs, so which names exist decides how a text is read: the scanner is told the known names that
are not plain identifiers and takes the longest that fits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import NoReturn

from rules.errors import FeelSyntaxError
from rules.feel.bounds import limit

KEYWORDS = frozenset(
    ("for", "return", "if", "then", "else", "some", "every", "satisfies", "in",
     "and", "or", "between", "instance", "of", "function", "true", "false", "null")
)  # fmt: skip
_START = (
    "A-Za-z_\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _START + "0-9\u0300-\u036f\u203f-\u2040"
IDENTIFIER = re.compile(f"[{_START}][{_REST}]*")
_PART = re.compile(f"[{_REST}]")
_SPACE = re.compile(r"(?:[\s\u0085\u180e\u200b\ufeff]|//[^\n]*|/\*.*?\*/)*", re.S)
NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.S)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}\\u[0-9A-Fa-f]{4}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.S)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
_IN = re.compile(r"\sin\b")
_GAP = re.compile(r"\s+")
_NAME_ENDS = ",:)}]"


def is_identifier(name: str) -> bool:
    """True for a name that needs no help to be read."""
    return IDENTIFIER.fullmatch(name) is not None and name not in KEYWORDS


def odd_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names that change how a text is read, in order, once each."""
    return _odd(tuple(names))


@lru_cache(maxsize=256)
def _odd(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({" ".join(name.split()) for name in names if name.strip() and not is_identifier(name)}))


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) == 11:
        high, low = int(code[1:5], 16), int(code[7:], 16)
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
        return chr(high) + chr(low)
    if code[0] in "uU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _PLAIN_ESCAPES.get(code, "\\" + code)


def place_in(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of a position in a text."""
    before = text[:index]
    return before.count("\n") + 1, index - before.rfind("\n")


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or an empty text."""
    candidates = [other for other in known if other != name]
    lowered = {other.lower(): other for other in candidates}
    found = get_close_matches(name.lower(), list(lowered), 1, 0.6)
    return lowered[found[0]] if found else ""


class Scanner:
    """A text and a position in it. `odd` and `members` are the known names that are not identifiers: variables, and names after a dot."""

    def __init__(self, text: str, names: Iterable[str] = (), members: Iterable[str] = ()) -> None:
        self.text = text
        self.at = 0
        self.end = len(text)
        self.work = 4 * len(text) + 1000
        self.names = list(names)
        self.odd: list[str] = list(odd_names(self.names))
        self.members: set[str] = {*self.odd, *odd_names(members), "time offset", "start included", "end included"}
        self.last_name = ("", -1)
        self.skip_space()

    def skip_space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def fail(self, expected: str) -> NoReturn:
        """Raise FeelSyntaxError for this position."""
        line, column = place_in(self.text, self.at)
        found = self._found()
        facts: dict[str, object] = {"line": line, "column": column, "expected": expected, "found": found}
        sentence = f"line {line}, column {column}: expected {expected}, found {found or 'the end'}"
        near = self._nearest_name()
        if near:
            facts["nearest"] = near
            sentence += f"; did you mean {near}?"
        raise FeelSyntaxError("feel.syntax", sentence, **facts)

    def _found(self) -> str:
        match = IDENTIFIER.match(self.text, self.at) or NUMBER.match(self.text, self.at)
        return match[0][:40] if match else self.text[self.at : self.at + 1]

    def _nearest_name(self) -> str:
        """Two words in a row are most often a name misspelt: `aplication area` for `application area`."""
        name, begin = self.last_name
        word = IDENTIFIER.match(self.text, self.at)
        if begin < 0 or not word or len(self.names) > 1000:
            return ""
        return nearest(" ".join(self.text[begin : word.end()].split()), self.odd) or nearest(name, self.names)

    def sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def takes(self, sign: str) -> bool:
        """Step over a sign if it stands here."""
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        self.skip_space()
        return True

    def needs(self, sign: str) -> None:
        if not self.takes(sign):
            self.fail(f"`{sign}`")

    def sees_word(self, word: str) -> bool:
        end = self.at + len(word)
        return self.text.startswith(word, self.at) and not (end < self.end and _PART.match(self.text, end))

    def takes_word(self, word: str) -> bool:
        if not self.sees_word(word):
            return False
        self.at += len(word)
        self.skip_space()
        return True

    def needs_word(self, word: str) -> None:
        if not self.takes_word(word):
            self.fail(f"`{word}`")

    def longest(self, names: Iterable[str]) -> tuple[int, str]:
        """Where the longest of the names that stand here ends, and the name; (-1, "") for none."""
        best = (-1, "")
        sign = self.text[self.at : self.at + 1]
        names = [name for name in names if name[0] == sign]
        candidates = [name for name in names if self.text.startswith(name.partition(" ")[0], self.at)]
        self.work -= len(candidates) + len(names) // 100
        if self.work < 0:
            raise limit("reading")
        for name in candidates:
            end = self._end_of(name)
            if end > best[0]:
                best = (end, name)
        return best

    def _end_of(self, name: str) -> int:
        at = self.at
        for number, word in enumerate(name.split(" ")):
            if number:
                match = _GAP.match(self.text, at)
                if not match:
                    return -1
                at = match.end()
            if not self.text.startswith(word, at):
                return -1
            at += len(word)
        return -1 if at < self.end and _PART.match(self.text, at) else at

    def string(self) -> str:
        match = _STRING.match(self.text, self.at)
        if not match:
            self.fail('`"` at the end of the text')
        self.at = match.end()
        self.skip_space()
        return _ESCAPE.sub(_unescaped, match[1])

    def new_name(self, before_in: bool = False) -> str:
        """A name that is being given: a parameter, a loop variable, a context key; it may have several words."""
        if not IDENTIFIER.match(self.text, self.at):
            self.fail("a name")
        begin = at = self.at
        while at < self.end and self.text[at] not in _NAME_ENDS and not (before_in and _IN.match(self.text, at)):
            at += 1
        name = " ".join(self.text[begin:at].split())
        if name in KEYWORDS:
            self.fail("a name")
        self.at = at
        self.skip_space()
        return name

    def declare(self, name: str) -> None:
        """From here on the name is known."""
        if not is_identifier(name):
            self.odd.append(name)
            self.members.add(name)
