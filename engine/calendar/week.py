"""The hours of a week, read from a line of text: service hours, pauses, and seasons with hours of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .errors import BadHours, BadSeason, PauseOutside

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
INDONESIAN = {"sen": "mon", "sel": "tue", "rab": "wed", "kam": "thu", "jum": "fri", "sab": "sat", "min": "sun"}
_ENTRY = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?\s+(.+)")
_TIMES = re.compile(r"(\d{1,2})[:.](\d{2})-(\d{1,2})[:.](\d{2})")


@dataclass(frozen=True, order=True)
class Span:
    """From `start` to `end`, in minutes after midnight of the office's own clock (1440 is the end of the day)."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"

    def without(self, pause: Span) -> tuple[Span, ...]:
        """What is left of this span when `pause` is taken out: none, one or two spans."""
        parts = (Span(self.start, min(self.end, pause.start)), Span(max(self.start, pause.end), self.end))
        return tuple(part for part in parts if part.start < part.end)


@dataclass(frozen=True)
class Week:
    """Spans for each weekday, Monday first."""

    days: tuple[tuple[Span, ...], ...] = ((),) * 7

    @classmethod
    def read(cls, text: str, *, place: str = "hours") -> Week:
        """A week from “mon-thu 07:30-16:00; fri 07:30-16:30”; several spans a day stand one after another. Raises BadHours."""
        days: list[list[Span]] = [[] for _ in DAYS]
        for entry in filter(None, (part.strip() for part in text.lower().split(";"))):
            weekdays, spans = _entry(entry, place)
            for weekday in weekdays:
                days[weekday] += spans
        return cls(tuple(_apart(spans, text, place) for spans in days))

    def __str__(self) -> str:
        return "; ".join(f"{DAYS[number]} {' '.join(map(str, spans))}" for number, spans in enumerate(self.days) if spans)

    def less(self, pauses: Week) -> Week:
        """The time of service: these hours without the pauses."""
        return Week(tuple(_taken_out(hours, pause) for hours, pause in zip(self.days, pauses.days, strict=True)))

    def hold(self, pauses: Week, *, place: str) -> None:
        """Raises PauseOutside when a pause does not touch the hours of its day at all."""
        for name, hours, pause in zip(DAYS, self.days, pauses.days, strict=True):
            for span in pause:
                if not any(span.start < hour.end and hour.start < span.end for hour in hours):
                    raise PauseOutside(place=place, pause=str(span), day=name)


NO_PAUSES = Week()


@dataclass(frozen=True)
class Season:
    """Dates, both included, in which other hours hold: Ramadan (Perpres 21/2023 art. 4)."""

    name: str
    first: date
    last: date
    hours: Week
    pauses: Week = NO_PAUSES

    @classmethod
    def read(cls, text: str, *, place: str = "seasons") -> Season:
        """A season from “name | first..last | hours | pauses”; the pauses may be left out. Raises BadSeason, BadHours, PauseOutside."""
        parts = [part.strip() for part in text.split("|")]
        try:
            name, dates, hours = parts[:3]
            first, last = (date.fromisoformat(day.strip()) for day in dates.split(".."))
        except ValueError as wrong:
            raise BadSeason(place=place, text=text) from wrong
        if first > last or len(parts) > 4:
            raise BadSeason(place=place, text=text)
        pauses = Week.read(parts[3] if len(parts) == 4 else "", place=f"{place}: {name}")
        season = cls(name, first, last, Week.read(hours, place=f"{place}: {name}"), pauses)
        season.hours.hold(pauses, place=f"{place}: {name}")
        return season

    @classmethod
    def read_all(cls, text: str, *, place: str = "seasons") -> tuple[Season, ...]:
        """One season a line; empty lines are skipped."""
        return tuple(cls.read(line, place=place) for line in text.splitlines() if line.strip())

    def covers(self, day: date) -> bool:
        """Whether these hours hold on that day."""
        return self.first <= day <= self.last


def _entry(entry: str, place: str) -> tuple[list[int], list[Span]]:
    match = _ENTRY.fullmatch(entry)
    if not match:
        raise BadHours(place=place, text=entry)
    first = _weekday(match[1], entry, place)
    last = _weekday(match[2] or match[1], entry, place)
    if last < first:
        raise BadHours(place=place, text=entry)
    return list(range(first, last + 1)), [_span(part, place) for part in re.split(r"[\s,]+", match[3].strip())]


def _weekday(name: str, entry: str, place: str) -> int:
    name = INDONESIAN.get(name, name)
    if name not in DAYS:
        raise BadHours(place=place, text=entry)
    return DAYS.index(name)


def _span(text: str, place: str) -> Span:
    match = _TIMES.fullmatch(text)
    if not match:
        raise BadHours(place=place, text=text)
    hour, minute, end_hour, end_minute = map(int, match.groups())
    span = Span(hour * 60 + minute, end_hour * 60 + end_minute)
    if minute > 59 or end_minute > 59 or span.end > 1440 or span.start >= span.end:
        raise BadHours(place=place, text=text)
    return span


def _apart(spans: list[Span], text: str, place: str) -> tuple[Span, ...]:
    ordered = sorted(spans)
    if any(later.start < earlier.end for earlier, later in pairwise(ordered)):
        raise BadHours(place=place, text=text)
    return tuple(ordered)


def _taken_out(hours: tuple[Span, ...], pauses: tuple[Span, ...]) -> tuple[Span, ...]:
    for pause in pauses:
        hours = tuple(part for span in hours for part in span.without(pause))
    return hours
