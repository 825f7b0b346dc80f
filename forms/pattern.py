"""A pattern made from examples, so that nobody has to write one: `AB-1234` means letters, a dash, digits.

A letter stands for a letter, a digit for a digit, everything else for itself; what stands between double quotes is fixed: `"SIP"/123`.
Examples of the same build are taken together: `N 1 A` and `AB 1234 XYZ` allow one or two letters, one to four digits, one to three letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import re2

_PIECE = re.compile(r'"([^"]+)"|([A-Za-z]+)|([0-9]+)|(\s+)|(.)', re.DOTALL)
Piece = tuple[str, str]  # ("letters", "AB"), ("digits", "12"), ("fixed", "-")


def pieces(example: str) -> tuple[Piece, ...]:
    """What an example is built of."""
    found: list[Piece] = []
    for quoted, letters, digits, blank, other in _PIECE.findall(example.strip()):
        fixed = quoted or (" " if blank else other)
        found.append(("letters", letters) if letters else ("digits", digits) if digits else ("fixed", fixed))
    return tuple(found)


def plain(example: str) -> str:
    """The example as one would write it: without the quotes."""
    return "".join(text for _, text in pieces(example))


@cache
def pattern(examples: tuple[str, ...]) -> str:
    """The RE2 pattern for the whole answer that fits every example and nothing of another build."""
    builds: dict[tuple[str, ...], list[tuple[Piece, ...]]] = {}
    for one in map(pieces, examples):
        builds.setdefault(tuple(text if sort == "fixed" else f"<{sort}>" for sort, text in one), []).append(one)
    return "|".join("".join(_part(column) for column in zip(*same, strict=True)) for same in builds.values())


def _part(column: tuple[Piece, ...]) -> str:
    sort, text = column[0]
    if sort == "fixed":
        return " ?" if text == " " else re2.escape(text)
    sizes = [len(one) for _, one in column]
    letters = "".join(one for _, one in column)
    of = "[0-9]" if sort == "digits" else "[A-Z]" if letters.isupper() else "[a-z]" if letters.islower() else "[A-Za-z]"
    return f"{of}{{{min(sizes)},{max(sizes)}}}"


def upper(examples: Iterable[str]) -> bool:
    """Whether all letters of the examples are capitals: then `ab-12` means `AB-12`."""
    letters = "".join(letter for one in examples for letter in one if letter.isalpha())
    return letters.isupper()
