"""Dates, times and durations as text: read and written as DMN 1.5 has them (10.3.2.3, ISO 8601 with `@Zone/Name`).
Years 1 to 9999 and microseconds, which is what `datetime` can hold."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from rules.feel.compare import offset
from rules.feel.values import Months, Value, decimal

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"T?(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([Zz])|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*))?", re.ASCII
)
_DURATION = re.compile(r"(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?)S)?)?", re.ASCII)
_ONE_DAY = timedelta(days=1)


def read_date(text: str) -> date | None:
    """`2026-01-31`, or None."""
    match = _DATE.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def zone(name: str) -> tzinfo | None:
    """A named zone, or None when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def _zone_of(match: re.Match[str]) -> tzinfo | None:
    if match[5]:
        return UTC
    if match[10]:
        return ZoneInfo(match[10])
    if not match[6]:
        return None
    if int(match[7]) > 14:
        raise ValueError("no such offset")
    away = timedelta(hours=int(match[7]), minutes=int(match[8]), seconds=int(match[9] or 0))
    return timezone(-away if match[6] == "-" else away)


def read_time(text: str) -> time | None:
    """`08:30:00`, with `Z`, `+07:00` or `@Asia/Jakarta`; or None. `24:00:00` is midnight."""
    match = _TIME.fullmatch(text)
    if not match:
        return None
    try:
        if int(match[8] or 0) > 59 or int(match[9] or 0) > 59:
            return None
        hour, minute, second = int(match[1]), int(match[2]), int(match[3])
        if (hour, minute, second) == (24, 0, 0):
            hour = 0
        return time(hour, minute, second, int(((match[4] or "") + "000000")[:6]), _zone_of(match))
    except (ValueError, OSError, KeyError):
        return None


def read_moment(text: str) -> datetime | None:
    """A date and time, or a date alone (its midnight); or None."""
    day_text, sign, time_text = text.partition("T")
    day = read_date(day_text)
    if day is None or not sign:
        return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001
    clock = None if time_text.startswith("T") else read_time(time_text)
    if clock is None:
        return None
    try:
        return datetime.combine(day + _ONE_DAY if time_text.startswith("24") else day, clock)
    except OverflowError:
        return None


def read_duration(text: str) -> Months | timedelta | None:
    """`P1Y2M` or `P3DT4H`; None for anything else, the two kinds mixed included."""
    match = _DURATION.fullmatch(text)
    if not match or len(text) > 60:
        return None
    years, months, *rest = match.groups()[1:]
    sign = -1 if match[1] else 1
    if years or months:
        return None if any(rest) else _safe_months(sign * (int(years or 0) * 12 + int(months or 0)))
    days, hours, minutes, seconds = rest
    try:
        whole = timedelta(int(days or 0), 0, int(Decimal(seconds or 0) * 1_000_000), 0, int(minutes or 0), int(hours or 0))
    except OverflowError:
        return None
    return sign * whole


def _safe_months(count: int) -> Months | None:
    try:
        return Months(count)
    except OverflowError:
        return None


def read_literal(text: str) -> Value:
    """What `@"text"` means: a duration, a date, a date and time or a time; None when it is none of them."""
    moment = read_moment(text) if "T" in text[1:] else None
    for found in (read_duration(text), read_date(text), moment):
        if found is not None:
            return found
    return read_time(text)


def zone_text(moment: datetime | time) -> str:
    """`Z`, `+07:00`, `@Asia/Jakarta`, or nothing for a local moment."""
    if moment.tzinfo is None:
        return ""
    if isinstance(moment.tzinfo, ZoneInfo):
        return f"@{moment.tzinfo.key}"
    seconds = int((offset(moment) or timedelta(0)).total_seconds())
    if not seconds:
        return "Z"
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    tail = f":{seconds % 60:02d}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02d}:{seconds % 3600 // 60:02d}{tail}"


def time_text(moment: time) -> str:
    """A time as FEEL writes it."""
    part = f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else ""
    return f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}{part}{zone_text(moment)}"


def moment_text(moment: datetime) -> str:
    """A date and time as FEEL writes it."""
    return f"{moment.date().isoformat()}T{time_text(moment.timetz())}"


def duration_text(duration: timedelta) -> str:
    """A days and time duration as FEEL writes it: the largest units first, nothing for what is zero."""
    if not duration:
        return "PT0S"
    sign, duration = ("-", -duration) if duration < timedelta(0) else ("", duration)
    hours, rest = divmod(duration.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    part = f".{duration.microseconds:06d}".rstrip("0") if duration.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{seconds}{part}S" if seconds or part else "")
    return f"{sign}P" + (f"{duration.days}D" if duration.days else "") + (f"T{clock}" if clock else "")


def _seconds(second: int, microsecond: int) -> Decimal:
    return Decimal(second) + Decimal(microsecond) / 1_000_000 if microsecond else Decimal(second)


def date_part(day: date, name: str) -> Value:
    """A property of a date: year, month, day, weekday (1 is Monday); a date is midnight in UTC."""
    if name in ("year", "month", "day"):
        return decimal(getattr(day, name))
    if name == "weekday":
        return Decimal(day.isoweekday())
    if name in ("hour", "minute", "second"):
        return Decimal(0)
    return timedelta(0) if name == "time offset" else None


def time_part(moment: datetime | time, name: str) -> Value:
    """A property of a time: hour, minute, second, time offset, timezone."""
    if name in ("hour", "minute"):
        return decimal(getattr(moment, name))
    if name == "second":
        return _seconds(moment.second, moment.microsecond)
    if name == "time offset":
        return offset(moment)
    return moment.tzinfo.key if name == "timezone" and isinstance(moment.tzinfo, ZoneInfo) else None


def moment_part(moment: datetime, name: str) -> Value:
    """A property of a date and time."""
    return date_part(moment, name) if name in ("year", "month", "day", "weekday") else time_part(moment, name)


def duration_part(duration: timedelta, name: str) -> Value:
    """A property of a days and time duration: days, hours, minutes, seconds; all negative in a negative one."""
    sign, size = (-1, -duration) if duration < timedelta(0) else (1, duration)
    parts = {"days": size.days, "hours": size.seconds // 3600, "minutes": size.seconds % 3600 // 60}
    if name in parts:
        return Decimal(sign * parts[name])
    return sign * _seconds(size.seconds % 60, size.microseconds) if name == "seconds" else None


def months_part(duration: Months, name: str) -> Value:
    """A property of a years and months duration: years, months."""
    sign = -1 if duration.count < 0 else 1
    parts = {"years": abs(duration.count) // 12, "months": abs(duration.count) % 12}
    return Decimal(sign * parts[name]) if name in parts else None
