"""Range functions (DMN 1.5, 10.3.4.9 and 10.3.4.10): Allen's relations between points and ranges."""

from __future__ import annotations

import re
from collections.abc import Callable

from rules.feel.compare import Truth, at_most, either, equal, every_of, less
from rules.feel.signature import builtin
from rules.feel.values import Range, Value

_POINT = r'\s*(?:-?[\d.]+|"[^"]*"|@"[^"]*"|(?:date|time|date and time|duration)\(\s*"[^"]*"\s*\)|null)?\s*'
RANGE_TEXT = re.compile(rf"\s*[\[\](]{_POINT}\.\.{_POINT}[\[\])]\s*")

Relation = Callable[..., Truth]
_SPECS = {"p": "point", "r": "range"}


def _relation(name: str, *shapes: str) -> Callable[[Relation], Relation]:
    """Register a relation: "pr" takes a point and a range, and so on. Null where the bounds cannot be compared."""

    def register(body: Relation) -> Relation:
        for shape in shapes:
            kinds = [_SPECS[letter] for letter in shape]
            names = [f"{kind}{number}" for number, kind in enumerate(kinds, 1)] if shape[0] == shape[1] else kinds
            builtin(name, ", ".join(f"{label}: {kind}" for label, kind in zip(names, kinds, strict=True)), gives="boolean")(body)
        return body

    return register


def _touching(a: Value, b: Value, when: bool) -> Truth:
    """Equal, counted only when the bounds say so."""
    return every_of((equal(a, b), when))


def _before(a: Value, b: Value, touch: bool) -> Truth:
    """a lies before b, or on it where `touch` allows it."""
    return either(less(a, b), _touching(a, b, touch))


@_relation("before", "pp")
def before_point(a: Value, b: Value) -> Truth:
    return less(a, b)


@_relation("before", "pr")
def point_before_range(point: Value, reach: Range) -> Truth:
    return _before(point, reach.low, not reach.low_in)


@_relation("before", "rp")
def range_before_point(reach: Range, point: Value) -> Truth:
    return _before(reach.high, point, not reach.high_in)


@_relation("before", "rr")
def range_before_range(a: Range, b: Range) -> Truth:
    return _before(a.high, b.low, not (a.high_in and b.low_in))


@_relation("after", "pp")
def after_point(a: Value, b: Value) -> Truth:
    return less(b, a)


@_relation("after", "pr")
def point_after_range(point: Value, reach: Range) -> Truth:
    return range_before_point(reach, point)


@_relation("after", "rp")
def range_after_point(reach: Range, point: Value) -> Truth:
    return point_before_range(point, reach)


@_relation("after", "rr")
def range_after_range(a: Range, b: Range) -> Truth:
    return range_before_range(b, a)


@_relation("meets", "rr")
def meets(a: Range, b: Range) -> Truth:
    return _touching(a.high, b.low, a.high_in and b.low_in)


@_relation("met by", "rr")
def met_by(a: Range, b: Range) -> Truth:
    return meets(b, a)


def _starts_by_end_of(a: Range, b: Range) -> Truth:
    """a begins before b ends, or shares that point."""
    return _before(a.low, b.high, a.low_in and b.high_in)


@_relation("overlaps", "rr")
def overlaps(a: Range, b: Range) -> Truth:
    return every_of((_starts_by_end_of(b, a), _starts_by_end_of(a, b)))


@_relation("overlaps before", "rr")
def overlaps_before(a: Range, b: Range) -> Truth:
    begins = _before(a.low, b.low, a.low_in and not b.low_in)
    ends = _before(a.high, b.high, not a.high_in or b.high_in)
    return every_of((begins, _starts_by_end_of(b, a), ends))


@_relation("overlaps after", "rr")
def overlaps_after(a: Range, b: Range) -> Truth:
    begins = _before(b.low, a.low, b.low_in and not a.low_in)
    ends = _before(b.high, a.high, not b.high_in or a.high_in)
    return every_of((begins, _starts_by_end_of(a, b), ends))


@_relation("finishes", "pr")
def point_finishes(point: Value, reach: Range) -> Truth:
    return _touching(point, reach.high, reach.high_in)


@_relation("finishes", "rr")
def finishes(a: Range, b: Range) -> Truth:
    return every_of((a.high_in == b.high_in, equal(a.high, b.high), _before(b.low, a.low, not a.low_in or b.low_in)))


@_relation("finished by", "rp")
def finished_by_point(reach: Range, point: Value) -> Truth:
    return point_finishes(point, reach)


@_relation("finished by", "rr")
def finished_by(a: Range, b: Range) -> Truth:
    return finishes(b, a)


@_relation("includes", "rp")
def includes_point(reach: Range, point: Value) -> Truth:
    return every_of((_before(reach.low, point, reach.low_in), _before(point, reach.high, reach.high_in)))


@_relation("includes", "rr")
def includes(outer: Range, inner: Range) -> Truth:
    begins = _before(outer.low, inner.low, outer.low_in or not inner.low_in)
    ends = _before(inner.high, outer.high, outer.high_in or not inner.high_in)
    return every_of((begins, ends))


@_relation("during", "pr")
def point_during(point: Value, reach: Range) -> Truth:
    return includes_point(reach, point)


@_relation("during", "rr")
def during(inner: Range, outer: Range) -> Truth:
    return includes(outer, inner)


@_relation("starts", "pr")
def point_starts(point: Value, reach: Range) -> Truth:
    return _touching(point, reach.low, reach.low_in)


@_relation("starts", "rr")
def starts(a: Range, b: Range) -> Truth:
    return every_of((a.low_in == b.low_in, equal(a.low, b.low), _before(a.high, b.high, not a.high_in or b.high_in)))


@_relation("started by", "rp")
def started_by_point(reach: Range, point: Value) -> Truth:
    return point_starts(point, reach)


@_relation("started by", "rr")
def started_by(a: Range, b: Range) -> Truth:
    return starts(b, a)


@_relation("coincides", "pp")
def coinciding_points(a: Value, b: Value) -> Truth:
    return equal(a, b)


@_relation("coincides", "rr")
def coincides(a: Range, b: Range) -> Truth:
    return every_of((a.low_in == b.low_in, a.high_in == b.high_in, equal(a.low, b.low), equal(a.high, b.high)))


def in_order(reach: Range) -> bool:
    """Whether a range read from text has its bounds the right way round."""
    return reach.low is None or reach.high is None or at_most(reach.low, reach.high) is True
