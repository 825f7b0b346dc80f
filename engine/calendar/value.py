"""The office's calendar: a plain value that reckons in working days and in hours of service.

The rules:

* A moment is reckoned on the office's own clock; answers are aware UTC.
* `exclude_start`: the date of the start is day 0, whatever the hour; day 1 is the next working day.
  `include_start`: the date of the start is day 1 if it is a working day whose service has not ended; else the next one is.
* Day n ends with the last service interval of that day. Nought days: today's end if it is still to come, else the next one.
* Hours run only inside service intervals: not at night, in pauses, or on closed days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from .errors import BadCounting, BadZone, NeverOpen, NoZone, TooFar
from .public import holidays_of
from .week import NO_PAUSES, Season, Span, Week

Counting = Literal["exclude_start", "include_start"]
Interval = tuple[datetime, datetime]

LOOK_AHEAD = 400  # days without service after which a calendar is thought to be wrong
MOST_DAYS = 5000  # some twenty years
KEPT = 40  # ends of service that are kept for each date: two months
DAY = timedelta(days=1)
PERPRES_HOURS = "mon-thu 07:30-16:00; fri 07:30-16:30"  # Perpres 21/2023: 37 h 30 min
PERPRES_PAUSES = "mon-thu 12:00-13:00; fri 11:30-13:00"


@dataclass(frozen=True)
class OfficeDay:
    """A date on which this office is closed (an anniversary, pilkada) or open although others are not."""

    date: date
    open: bool
    name: str = ""


@dataclass(frozen=True)
class Day:
    """A date as the calendar sees it. `why` is `hours`, `weekend`, `public`, `government`, `own` or `season`; `name` the holiday's."""

    date: date
    working: bool
    why: str
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """When the office serves. `public`: closed on national holidays; `government`: closed on collective leave too."""

    zone: ZoneInfo
    hours: Week
    pauses: Week = NO_PAUSES
    seasons: tuple[Season, ...] = ()
    public: bool = True
    government: bool = True
    own_days: tuple[OfficeDay, ...] = ()
    counting: Counting = "exclude_start"

    @classmethod
    def read(
        cls,
        *,
        zone: str = "Asia/Jakarta",
        hours: str = PERPRES_HOURS,
        pauses: str = PERPRES_PAUSES,
        seasons: str = "",
        public: bool = True,
        government: bool = True,
        own_days: tuple[OfficeDay, ...] = (),
        counting: str = "exclude_start",
    ) -> Calendar:
        """A calendar from settings. Raises BadZone, BadHours, PauseOutside, BadSeason, BadCounting: each names its place and cure."""
        if counting not in ("exclude_start", "include_start"):
            raise BadCounting(place="counting", text=counting)
        week, breaks = Week.read(hours), Week.read(pauses, place="pauses")
        week.hold(breaks, place="pauses")
        counted: Counting = "include_start" if counting == "include_start" else "exclude_start"
        return cls(_zone(zone), week, breaks, Season.read_all(seasons), public, government, tuple(own_days), counted)

    def with_own_days(self, own_days: tuple[OfficeDay, ...]) -> Calendar:
        """The same calendar with these days of the office's own: what a revised list makes of a deadline is asked anew."""
        return Calendar(self.zone, self.hours, self.pauses, self.seasons, self.public, self.government, own_days, self.counting)

    # days

    def day(self, when: date | datetime, lang: str = "id") -> Day:
        """Whether that date is a working day, and why (not)."""
        day = self._date(when)
        if own := self._own.get(day):
            return Day(day, own.open, "own", own.name)
        season = self._season(day)
        if not self._week(day).days[day.weekday()]:
            return Day(day, False, "season" if season else "weekend", season.name if season else "")
        if self.public and (name := holidays_of(day.year, "public", lang).get(day)):
            return Day(day, False, "public", name)
        if self.government and (name := holidays_of(day.year, "government", lang).get(day)):
            return Day(day, False, "government", name)
        return Day(day, True, "season" if season else "hours", season.name if season else "")

    def is_working(self, when: date | datetime) -> bool:
        """Whether the office serves on that date (of a moment: its date on the office's clock)."""
        return self.day(when).working

    def service_intervals(self, when: date | datetime) -> tuple[Interval, ...]:
        """The hours of service on that date, in order, without pauses; empty on a closed day."""
        day = self._date(when)
        known = self._known.get(day)
        if known is None:
            known = tuple((self._at(day, span.start), self._at(day, span.end)) for span in self._spans(day))
            self._known[day] = known  # a calendar never changes, and there are not many days
        return known

    def end_of_service(self, when: date | datetime) -> datetime | None:
        """When the counter closes on that date; None on a closed day."""
        intervals = self.service_intervals(when)
        return intervals[-1][1] if intervals else None

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The end of service of the day on which `days` working days after `moment` are used up. Raises TooFar, NeverOpen, NoZone."""
        if not 0 <= days <= MOST_DAYS:
            raise TooFar(asked=days, most=MOST_DAYS)
        ends = self.ends_of_days(moment, include=self.counting == "include_start" or days == 0)
        for _ in range(days - 1):
            next(ends)
        return next(ends)

    def ends_of_days(self, moment: datetime, *, include: bool | None = None) -> Iterator[datetime]:
        """The end of service of day 1, day 2, … after `moment`, without end. Raises NeverOpen while asked."""
        include = self.counting == "include_start" if include is None else include
        start = self._local(moment).date()
        for closes, day in self._closings_from(start):
            if closes > moment and (include or day > start):
                yield closes

    def working_days_between(self, start: date | datetime, end: date | datetime) -> int:
        """How many working days lie after the date of `start` up to and with the date of `end` (`include_start`: from the date of `start`).

        Negative when `end` comes first. With both working days, `add_working_days(start, n)` gives a moment on `end`.
        """
        first, last = self._date(start), self._date(end)
        if last < first:
            return -self.working_days_between(end, start)
        skip = 0 if self.counting == "include_start" and not self._over(start) else 1
        return sum(self.is_working(first + timedelta(days=number)) for number in range(skip, (last - first).days + 1))

    # hours

    def is_open(self, moment: datetime) -> bool:
        """Whether the counter serves at that moment."""
        return self.next_open(moment) == moment.astimezone(UTC)

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when the counter serves then, else the next opening. Raises NeverOpen, NoZone."""
        return next(start for start, _ in self.service_from(moment))

    def add_working_time(self, moment: datetime, span: timedelta) -> datetime:
        """When `span` of service has passed after `moment`; for services promised in hours. Raises TooFar, NeverOpen, NoZone."""
        if not timedelta(0) <= span <= timedelta(hours=24 * MOST_DAYS):
            raise TooFar(asked=str(span), most=MOST_DAYS)
        for start, end in self.service_from(moment):
            if span <= end - start:
                return start + span
            span -= end - start
        raise AssertionError("the days of service have no end")

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """How much time of service lies between two moments; negative when `end` comes first."""
        if end < start:
            return -self.working_time_between(end, start)
        passed, day = timedelta(0), self._local(start).date()
        while day <= self._local(end).date():
            passed += sum((max(min(to, end) - max(since, start), timedelta(0)) for since, to in self.service_intervals(day)), timedelta(0))
            day += timedelta(days=1)
        return passed

    def local(self, moment: datetime) -> datetime:
        """The moment on the office's own clock; its `tzname()` is WIB, WITA or WIT."""
        return self._local(moment)

    def functions(self, now: datetime) -> Mapping[str, Callable[..., object]]:
        """The calendar's FEEL functions, reckoning from `now` (`working days(14)`): see `engine/calendar/words.py`."""
        known = self._words.get(now)
        if known is None:
            from .words import words  # words know the calendar

            self._words.clear()  # a step asks several times for one moment
            known = self._words[now] = words(self, now)
        return known

    # inside

    @cached_property
    def _known(self) -> dict[date, tuple[Interval, ...]]:
        return {}

    @cached_property
    def _closings(self) -> dict[date, tuple[tuple[datetime, date, date], ...]]:
        return {}

    @cached_property
    def _words(self) -> dict[datetime, Mapping[str, Callable[..., object]]]:
        return {}

    @cached_property
    def _own(self) -> dict[date, OfficeDay]:
        return {day.date: day for day in self.own_days}

    @cached_property
    def _service(self) -> Week:
        return self.hours.less(self.pauses)

    @cached_property
    def _season_service(self) -> tuple[tuple[Season, Week], ...]:
        return tuple((season, season.hours.less(season.pauses)) for season in self.seasons)

    def _season(self, day: date) -> Season | None:
        return next((season for season in self.seasons if season.covers(day)), None)

    def _week(self, day: date) -> Week:
        return next((service for season, service in self._season_service if season.covers(day)), self._service)

    def _spans(self, day: date) -> tuple[Span, ...]:
        if not self.is_working(day):
            return ()
        week = self._week(day).days
        # a day the office opens on its own, without hours in the week, has the hours of the first day that has some
        return week[day.weekday()] or next((spans for spans in week if spans), ())

    def _open_days(self, start: date) -> Iterator[tuple[date, tuple[Interval, ...]]]:
        day, quiet = start, 0
        while quiet < LOOK_AHEAD:
            intervals = self._known.get(day) or self.service_intervals(day)
            quiet = 0 if intervals else quiet + 1
            if intervals:
                yield day, intervals
            day += DAY
        raise NeverOpen(days=LOOK_AHEAD, since=str(day - timedelta(days=LOOK_AHEAD)))

    def _closings_from(self, start: date) -> Iterator[tuple[datetime, date]]:
        """The ends of service since a date, each with its date. The first of them are kept: they are asked for with every step."""
        kept = self._closings.get(start, ())
        yield from [each[:2] for each in kept]
        for day, intervals in self._open_days(kept[-1][2] + DAY if kept else start):
            closes = intervals[-1][1]
            if len(kept) < KEPT:
                kept = self._closings[start] = (*kept, (closes, self._date(closes), day))
            yield closes, self._date(closes)

    def service_from(self, moment: datetime) -> Iterator[Interval]:
        start = self._local(moment)
        utc = start.astimezone(UTC)
        for _, intervals in self._open_days(start.date()):
            yield from ((max(since, utc), end) for since, end in intervals if end > utc)

    def _at(self, day: date, minutes: int) -> datetime:
        return (datetime.combine(day, time.min, tzinfo=self.zone) + timedelta(minutes=minutes)).astimezone(UTC)

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise NoZone(moment=str(moment))
        return moment.astimezone(self.zone)

    def _date(self, when: date | datetime) -> date:
        return self._local(when).date() if isinstance(when, datetime) else when

    def _over(self, when: date | datetime) -> bool:
        """Whether service has ended on the date of this moment (a bare date is taken from its beginning)."""
        closes = self.end_of_service(when)
        return isinstance(when, datetime) and closes is not None and closes <= when


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as wrong:
        raise BadZone(place="zone", text=name) from wrong
