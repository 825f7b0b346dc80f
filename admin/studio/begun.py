"""Where the trials of this office lie, and at which moment the clock of one begins."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from flask import request

from engine.stories import trial as trial_room
from hall import hands, now, zone


def chosen_start() -> datetime:
    """Where the clock of the trial begins: on the chosen day or now, and when asked so at the next opening."""
    try:
        start = datetime.combine(date.fromisoformat(request.form.get("day", "")), time(), zone())
    except ValueError:
        start = now()
    start = trial_room.calendar().next_open(start) if "at_work" in request.form else start
    return start.replace(second=0, microsecond=0)


def root() -> Path:
    """Where the trials of this office lie."""
    return hands().settings.home / "trials"
