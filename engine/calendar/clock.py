"""A promise that runs: so many working days (or hours of service), not counting the time somebody else was awaited.

The law's clock starts when an application is complete and stands still while the applicant or a payment is awaited.

One rule says it all: **a working day is used up when the clock runs at the end of that day's service.** So a question that
is answered the same day costs nothing, one over a weekend costs the working days whose closing it covered. Promises in
hours are exact: only service time outside the stops counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from .errors import TooFar
from .value import MOST_DAYS, Calendar, Interval


@dataclass(frozen=True)
class Stop:
    """From `since` the clock stands; `until` is None as long as it still does."""

    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether the clock stood still at that moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Clock:
    """`allowed` is a number of working days, or a timedelta of service time. Stops may touch and overlap, in any order."""

    calendar: Calendar
    started: datetime
    allowed: int | timedelta
    stops: tuple[Stop, ...] = ()

    def due(self) -> datetime | None:
        """When the promise runs out; None while the clock stands still with time left. Raises TooFar, NeverOpen."""
        if isinstance(self.allowed, timedelta):
            return self._due_in_time(self.allowed)
        if not 0 <= self.allowed <= MOST_DAYS:
            raise TooFar(asked=self.allowed, most=MOST_DAYS)
        if self.allowed == 0:
            return self.calendar.add_working_days(self.started, 0)
        left = self.allowed
        for_good = min((stop.since for stop in self.stops if stop.until is None), default=None)
        over = [stop for stop in self.stops if stop.until is not None and stop.until > self.started]
        for closes in self.calendar.ends_of_days(self.started):
            if for_good is not None and for_good <= closes:
                return None
            left -= not (over and any(stop.covers(closes) for stop in over))
            if left == 0:
                return closes
        raise AssertionError("the days of service have no end")

    def remaining(self, now: datetime) -> int | timedelta:
        """What is left at `now`: working days, or service time. Below nought when late."""
        if isinstance(self.allowed, timedelta):
            return self.allowed - sum((end - start for start, end in self._running_until(now)), timedelta(0))
        ends = takewhile(lambda closes: closes <= now, self.calendar.ends_of_days(self.started))
        return self.allowed - sum(not self._stands(closes) for closes in ends)

    def runs(self, now: datetime) -> bool:
        """Whether the clock has started and does not stand still at `now`."""
        return self.started <= now and not self._stands(now)

    def _stands(self, moment: datetime) -> bool:
        return any(stop.covers(moment) for stop in self.stops)

    def _stands_for_good(self, moment: datetime) -> bool:
        return any(stop.until is None and stop.since <= moment for stop in self.stops)

    def _due_in_time(self, left: timedelta) -> datetime | None:
        for start, end in self._running():
            if left <= end - start:
                return start + left
            left -= end - start
        return None

    def _running_until(self, now: datetime) -> Iterator[Interval]:
        for start, end in self._running():
            if start >= now:
                return
            yield start, min(end, now)

    def _running(self) -> Iterator[Interval]:
        """The service time in which the clock runs, in order; it ends where the clock stands for good."""
        for interval in self.calendar.service_from(self.started):
            if self._stands_for_good(interval[0]):
                return
            yield from self._without_stops(interval)

    def _without_stops(self, interval: Interval) -> list[Interval]:
        parts = [interval]
        for stop in self.stops:
            since, until = stop.since.astimezone(UTC), stop.until.astimezone(UTC) if stop.until else None
            parts = [part for start, end in parts for part in _cut(start, end, since, until)]
        return parts


def _cut(start: datetime, end: datetime, since: datetime, until: datetime | None) -> list[Interval]:
    parts = [(start, min(end, since))]
    if until is not None:
        parts.append((max(start, until), end))
    return [(begins, ends) for begins, ends in parts if begins < ends]
