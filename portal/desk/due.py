"""When something is due, as one says it at a desk: today, tomorrow, in three working days, two working days late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from hall import now, office, today, zone
from hall.formats import clock


@dataclass(frozen=True)
class Due:
    """A deadline: `kind` is late, today or later; `text` says how far it is, `at` is the moment itself."""

    kind: str
    text: str
    at: datetime

    @property
    def tag(self) -> str:
        """The colour of its tag (the word is always there too)."""
        return {"late": "late", "today": "waiting"}.get(self.kind, "open")


def due(at: datetime | None) -> Due | None:
    """A deadline as seen now, in the office's working days."""
    if at is None:
        return None
    last = at.astimezone(zone()).date()
    if at < now():
        return Due("late", _late(at), at)
    if last == today():
        return Due("today", _("Today, until %(clock)s", clock=clock(at)), at)
    if last == today() + timedelta(days=1):
        return Due("later", _("Tomorrow"), at)
    days = office().calendar.working_days_between(now(), at)
    return Due("later", ngettext("In %(num)s working day", "In %(num)s working days", days), at)


def _late(at: datetime) -> str:
    days = office().calendar.working_days_between(at, now())
    if days == 0:
        return _("Late since %(clock)s", clock=clock(at)) if at.astimezone(zone()).date() == today() else _("Late")
    return ngettext("%(num)s working day late", "%(num)s working days late", days)
