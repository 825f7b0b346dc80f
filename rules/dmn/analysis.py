"""What a decision table does not say or says twice: rows that overlap (UNIQUE), inputs no row covers, rows that are never reached
(FIRST). Each finding carries an example input that shows it. What cannot be said for certain is not said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.dmn.atoms import Column, column_of
from rules.dmn.model import Table
from rules.errors import Finding
from rules.feel.values import Value

_WORK = 50_000
_MOST = 20
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
    """A table cut into pieces: rows as boxes, None where a cell cannot be judged."""

    table: Table
    columns: tuple[Column, ...]
    boxes: tuple[Box | None, ...]

    def example(self, pieces: tuple[int, ...]) -> dict[str, Value]:
        return {
            column.text: self.columns[number].pieces[piece]
            for number, (column, piece) in enumerate(zip(self.table.inputs, pieces, strict=True))
            if self.columns[number].pieces[piece] is not None
        }


def review_table(table: Table, place: str) -> tuple[Finding, ...]:
    """All overlaps, gaps and rows never reached; places are `place#rule 3`, examples by the text of the input."""
    cut = _cut(table)
    return (*overlaps(table, place, cut), *_unreached(cut, place), *_gaps(cut, place))


def _cut(table: Table) -> _Cut:
    columns = tuple(
        column_of([rule.inputs[number] for rule in table.rules], column.allowed) for number, column in enumerate(table.inputs)
    )
    return _Cut(table, columns, tuple(_box(columns, number) for number in range(len(table.rules))))


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
    for second, later in enumerate(cut.boxes):
        for first, earlier in enumerate(cut.boxes[:second]):
            if later is None or earlier is None:
                continue
            shared = [mine & yours for mine, yours in zip(later, earlier, strict=True)]
            if all(shared):
                yield first + 1, second + 1, tuple(min(pieces) for pieces in shared)


def _unreached(cut: _Cut, place: str) -> Iterator[Finding]:
    """Rows of a FIRST table that earlier rows cover whole; and rows whose cells no allowed value passes."""
    for number, box in enumerate(cut.boxes):
        if box is None:
            continue
        if not all(box):
            yield Finding(f"{place}#rule {number + 1}", "dmn.never_fires", {"rule": number + 1})
        elif cut.table.hit == "FIRST" and _is_covered(box, cut.boxes[:number]):
            example = cut.example(tuple(min(pieces) for pieces in box))
            yield Finding(f"{place}#rule {number + 1}", "dmn.never_reached", {"rule": number + 1, "example": example})


def _is_covered(box: Box, rows: tuple[Box | None, ...]) -> bool:
    known = [row for row in rows if row is not None]
    return bool(known) and _uncovered(box, known, 0, _Work()) == ()


def _gaps(cut: _Cut, place: str) -> Iterator[Finding]:
    """One input that no row covers; nothing where a row cannot be judged, a default answers, or none firing is an answer."""
    table = cut.table
    answers = table.hit in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") or any(output.default for output in table.outputs)
    if answers or None in cut.boxes or not table.inputs:
        return
    whole = tuple(frozenset(range(len(column.pieces))) for column in cut.columns)
    missing = _uncovered(whole, [box for box in cut.boxes if box], 0, _Work())
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
