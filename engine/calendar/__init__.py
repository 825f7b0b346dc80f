"""Working days, hours of service, and clocks that stop.

`Calendar` is a plain value built by the roof from settings and from `own_days(session)`; it reads no clock and no database.
`Clock` is a promise running on it. `Calendar.functions(now)` are its words in FEEL.
"""

from .change import own_days, set_own_day, take_back_own_day
from .clock import Clock, Stop
from .errors import BadCounting, BadHours, BadSeason, BadZone, CalendarError, NeverOpen, NoZone, PauseOutside, TooFar
from .value import Calendar, Day, OfficeDay
from .week import Season, Span, Week
from .words import NAMES as FUNCTION_NAMES

__all__ = [
    "FUNCTION_NAMES",
    "BadCounting",
    "BadHours",
    "BadSeason",
    "BadZone",
    "Calendar",
    "CalendarError",
    "Clock",
    "Day",
    "NeverOpen",
    "NoZone",
    "OfficeDay",
    "PauseOutside",
    "Season",
    "Span",
    "Stop",
    "TooFar",
    "Week",
    "own_days",
    "set_own_day",
    "take_back_own_day",
]
