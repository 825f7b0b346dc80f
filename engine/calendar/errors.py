"""What can be wrong with a calendar or with a question to it."""

from __future__ import annotations

from engine.store import EngineError


class CalendarError(EngineError):
    """The calendar cannot answer this."""

    code = "calendar.refused"


class BadHours(CalendarError):
    """{place}: cannot read “{text}”. Write days and times like “mon-thu 07:30-16:00; fri 07:30-16:30”."""

    code = "calendar.bad_hours"


class PauseOutside(CalendarError):
    """{place}: the pause {pause} on {day} lies outside that day's service hours. Change the pause or the hours."""

    code = "calendar.pause_outside"


class BadSeason(CalendarError):
    """{place}: cannot read “{text}”. Write a period like “Ramadan | 2026-02-18..2026-03-18 | mon-fri 08:00-15:00 | mon-fri 12:00-12:30”."""

    code = "calendar.bad_season"


class BadZone(CalendarError):
    """{place}: there is no time zone “{text}”. Use Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)."""

    code = "calendar.bad_zone"


class BadCounting(CalendarError):
    """{place}: “{text}” is not a way of counting. Use exclude_start (the day of receipt does not count) or include_start."""

    code = "calendar.bad_counting"


class NeverOpen(CalendarError):
    """The office has no service hours within {days} days after {since}. Check the hours and the office's own days."""

    code = "calendar.never_open"


class TooFar(CalendarError):
    """{asked} is more than a calendar reckons with: at most {most} working days, and at least none."""

    code = "calendar.too_far"


class NoZone(CalendarError):
    """A moment without a time zone ({moment}) means nothing to a calendar. Give an aware one."""

    code = "calendar.no_zone"
