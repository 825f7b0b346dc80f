"""Lines drawn by hand, in a grammar of our own that nothing else fits into: `M12 30 40 55 M9 9 10 12`, in a box of 600 by 200.

What a browser or a machine sends, SVG or not, is read for its points and written anew; nothing of the text itself is kept.
"""

from __future__ import annotations

import re

WIDTH, HEIGHT = 600, 200
MOST_POINTS = 4_000
LONGEST = 80_000
GRAMMAR = re.compile(r"M\d{1,3} \d{1,3}( \d{1,3} \d{1,3})*( M\d{1,3} \d{1,3}( \d{1,3} \d{1,3})*)*")
_PATHS = re.compile(r"""\sd=["']([^"'<>]*)["']""")
_STEP = re.compile(r"([MLC])|(-?\d{1,6}(?:\.\d{1,10})?)|[\s,]+")


def strokes(text: str) -> str | None:
    """The lines in our grammar; None for what holds none. An SVG gives the points of its paths (M, L and the ends of C)."""
    if len(text) > LONGEST:
        return None
    paths = _PATHS.findall(text) if text.lstrip().startswith("<") else [text]
    lines = [line for path in paths for line in _lines(path)]
    if not lines or sum(map(len, lines)) > MOST_POINTS:
        return None
    return " ".join("M" + " ".join(f"{x} {y}" for x, y in line) for line in lines)


def _lines(path: str) -> list[list[tuple[int, int]]]:
    """The points of a path, line by line; nothing for a path with anything else in it."""
    found: list[list[tuple[int, int]]] = []
    numbers: list[float] = []
    command, place = "", 0
    for step in _STEP.finditer(path):
        if step.start() != place:
            return []
        place = step.end()
        if step[1]:
            _put(found, command, numbers)
            command, numbers = step[1], []
        elif step[2]:
            numbers.append(float(step[2]))
    _put(found, command, numbers)
    return [line for line in found if line] if place == len(path) else []


def _put(found: list[list[tuple[int, int]]], command: str, numbers: list[float]) -> None:
    points = [*zip(numbers[::2], numbers[1::2], strict=False)]
    if command == "M":
        found.append([])
    if found:
        found[-1] += [_inside(point) for point in (points[2::3] if command == "C" else points)]


def _inside(point: tuple[float, float]) -> tuple[int, int]:
    x, y = point
    return max(0, min(WIDTH, round(x))), max(0, min(HEIGHT, round(y)))
