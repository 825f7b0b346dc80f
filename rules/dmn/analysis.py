"""What a decision table does not say or says twice: rows that overlap (UNIQUE), inputs no row covers, rows that are never reached
(FIRST). Each finding carries an example input that shows it. What cannot be said for certain is not said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.dmn.atoms import Column, column_of
from rules.dmn.model import Table
from rules.errors import Finding, RuleError
from rules.feel.expression import compile_text
from rules.feel.values import Value

_WORK = 50_000
_MOST = 20
_WHOLE_CALLS = ("count", "string length", "floor", "ceiling", "day of year", "week of year")
Box = tuple[frozenset[int], ...]


@dataclass
class _Work:
    """What is left of the search: beyond it nothing is claimed."""

    left: int = _WORK

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True)
class _Cut:
    """A table cut into pieces: rows as boxes, None where a cell cannot be judged. `texts` are the different input expressions;
    `bound` are pairs of them that read the same answer, so that not all pieces of one go with all of the other."""

    table: Table
    texts: tuple[str, ...]
    columns: tuple[Column, ...]
    boxes: tuple[Box | None, ...]
    bound: tuple[tuple[int, int], ...]

    def example(self, pieces: tuple[int, ...]) -> dict[str, Value]:
        """An input of these pieces; what does not matter, and what is to be missing, is left out."""
        values = [column.pieces[piece] for column, piece in zip(self.columns, pieces, strict=True)]
        return {text: value for text, value in zip(self.texts, values, strict=True) if value is not None}

    def is_certain(self, box: Box) -> bool:
        """Whether there must be an input in the box: at most one of two expressions that read the same answer is limited."""
        limited = [len(pieces) < len(column.pieces) for pieces, column in zip(box, self.columns, strict=True)]
        return not any(limited[one] and limited[other] for one, other in self.bound)


def review_table(table: Table, place: str) -> tuple[Finding, ...]:
    """All overlaps, gaps and rows never reached; places are `place#rule 3`, examples by the text of the input."""
    cut = _cut(table)
    return (*overlaps(table, place, cut), *_unreached(cut, place), *_gaps(cut, place))


def _cut(table: Table, *, everything: bool = False) -> _Cut:
    """The table in pieces; columns that ask the same are one. `everything` as for `column_of`."""
    texts = tuple(dict.fromkeys(column.text for column in table.inputs))
    columns = tuple(_column(table, text, everything) for text in texts)
    boxes = tuple(_box(columns, number) for number in range(len(table.rules)))
    return _Cut(table, texts, columns, boxes, tuple(_bound(texts)))


def _column(table: Table, text: str, everything: bool) -> Column:
    numbers = [number for number, column in enumerate(table.inputs) if column.text == text]
    cells = [rule.inputs[number] for number in numbers for rule in table.rules]
    allowed = next((table.inputs[number].allowed for number in numbers if table.inputs[number].allowed), "")
    made, count = column_of(cells, allowed, everything=everything, whole=_is_whole(text)), len(table.rules)
    return Column(made.pieces, tuple(_all_of(made.rows[row::count]) for row in range(count)))


def _all_of(covered: tuple[frozenset[int] | None, ...]) -> frozenset[int] | None:
    """The pieces that all cells of a row on the same input cover."""
    known = [pieces for pieces in covered if pieces is not None]
    return frozenset.intersection(*known) if len(known) == len(covered) else None


def _bound(texts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    fields = [_fields(text) for text in texts]
    for second, later in enumerate(fields):
        for first, earlier in enumerate(fields[:second]):
            if any(f"{a}.".startswith(f"{b}.") or f"{b}.".startswith(f"{a}.") for a in earlier for b in later):
                yield first, second


def _is_whole(text: str) -> bool:
    """Whether an expression only gives whole numbers."""
    try:
        node = compile_text(text).node
    except RuleError:
        return False
    return (node[0] == "call" and node[1][1] in _WHOLE_CALLS) or (node[0] == "." and node[2] in ("year", "month", "day"))


def _fields(text: str) -> frozenset[str]:
    try:
        return compile_text(text).fields
    except RuleError:
        return frozenset()


def _box(columns: tuple[Column, ...], row: int) -> Box | None:
    """The pieces a row covers, column by column."""
    box = []
    for column in columns:
        covered = column.rows[row]
        if covered is None:
            return None
        box.append(covered)
    return tuple(box)


def overlaps(table: Table, place: str, cut: _Cut | None = None) -> tuple[Finding, ...]:
    """Pairs of rows of a UNIQUE table that fire on the same input."""
    if table.hit != "UNIQUE":
        return ()
    found = []
    for first, second, pieces in _pairs(cut := cut or _cut(table)):
        facts = {"rules": [first, second], "example": cut.example(pieces)}
        found.append(Finding(f"{place}#rule {second}", "dmn.overlap", facts))
        if len(found) == _MOST:
            break
    return tuple(found)


def _pairs(cut: _Cut) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Rows (numbers from 1) that share a piece in every column, with that piece."""
    index = [[0] * len(column.pieces) for column in cut.columns]  # for every piece the rows that cover it, as bits
    for second, later in enumerate(cut.boxes):
        if later is None:
            continue
        for first in _bits(_touching(index, later, second)):
            shared = _shared(later, cut.boxes[first])
            if cut.is_certain(shared):
                yield first + 1, second + 1, tuple(map(min, shared))
        for covers, pieces in zip(index, later, strict=True):
            for piece in pieces:
                covers[piece] |= 1 << second


def _touching(index: list[list[int]], box: Box, before: int) -> int:
    """The rows before one, as bits, that share a piece with it in every column."""
    rows = (1 << before) - 1
    for covers, pieces in zip(index, box, strict=True):
        found = 0
        for piece in pieces:
            found |= covers[piece]
        rows &= found
    return rows


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _shared(box: Box, other: Box | None) -> Box:
    return tuple(mine & yours for mine, yours in zip(box, other or (), strict=True))


def _unreached(cut: _Cut, place: str) -> Iterator[Finding]:
    """Rows whose cells no allowed value passes; rows of a FIRST table that earlier rows cover whole, or but for a missing answer."""
    for number, box in enumerate(cut.boxes, 1):
        if box is not None and not all(box):
            yield Finding(f"{place}#rule {number}", "dmn.never_fires", {"rule": number})
    if cut.table.hit == "FIRST":
        whole = _cut(cut.table, everything=True)
        for number, box in enumerate(whole.boxes, 1):
            if box is not None and all(box):
                yield from _hidden(whole, number, box, f"{place}#rule {number}")


def _hidden(cut: _Cut, number: int, box: Box, place: str) -> Iterator[Finding]:
    earlier = {row: other for row, other in enumerate(cut.boxes[: number - 1], 1) if other and all(_shared(box, other))}
    if not earlier:
        return
    rows = list(earlier.values())
    alone = [row for row, other in earlier.items() if all(mine <= yours for mine, yours in zip(box, other, strict=True))]
    facts = {"rule": number, "hidden_by": alone[:1] or list(earlier), "example": cut.example(tuple(map(min, box)))}
    free = _uncovered(box, rows, 0, _Work())
    if free == ():
        yield Finding(place, "dmn.never_reached", facts)
    elif free and _uncovered(_answered(cut, box), rows, 0, _Work()) == ():
        yield Finding(place, "dmn.reached_when_missing", {**facts, "example": cut.example(free)})


def _answered(cut: _Cut, box: Box) -> Box:
    """The box without missing answers, where it has anything else."""
    missing = [frozenset((len(column.pieces) - 1,)) if len(column.pieces) > 1 else frozenset() for column in cut.columns]
    return tuple(pieces - one or pieces for pieces, one in zip(box, missing, strict=True))


def _gaps(cut: _Cut, place: str) -> Iterator[Finding]:
    """One input that no row covers; nothing where a row cannot be judged, a default answers, or none firing is an answer."""
    table = cut.table
    answers = table.hit in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") or any(output.default for output in table.outputs)
    if answers or None in cut.boxes or not table.inputs:
        return
    whole = tuple(frozenset(range(len(column.pieces))) for column in cut.columns)
    rows = [box for box in cut.boxes if box]
    narrowest = whole if not rows else tuple(frozenset.intersection(*pieces) for pieces in zip(*rows, strict=True))
    missing = _uncovered(whole, rows, 0, _Work()) if cut.is_certain(narrowest) else None
    if missing:
        yield Finding(place, "dmn.gap", {"example": cut.example(missing)})


def _uncovered(box: Box, rows: list[Box], column: int, work: _Work) -> tuple[int, ...] | None:
    """A point of the box that no row covers: its piece in each column; () when there is none, None when it would take too long."""
    if not work.spend():
        return None
    if column == len(box):
        return () if rows else None
    tried: set[tuple[int, ...]] = set()
    for piece in sorted(box[column]):
        left = [row for row in rows if piece in row[column]]
        key = tuple(map(id, left))
        if key in tried:
            continue
        tried.add(key)
        if not left:
            return (*(min(pieces) for pieces in box[:column]), piece, *(min(pieces) for pieces in box[column + 1 :]))
        point = _uncovered(box, left, column + 1, work)
        if point is None or point:
            return point and (*point[:column], piece, *point[column + 1 :])
    return ()
