"""How far an application is, as the tracking page says it to anybody with number and digits: the words of `portal.saying`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import flow
from engine.cases import Case, Status
from engine.procedures import Bundle

from .saying import Said, Stage, procedure_name, say, stages


@dataclass(frozen=True)
class Progress:
    """Everything a tracking page says; nothing about the person."""

    number: str
    permit: str
    said: Said
    submitted: datetime | None
    ended: datetime | None
    parts: Sequence[Stage]


def progress(case: Case, bundle: Bundle, status: Status) -> Progress:
    """How far the case is."""
    passed = flow.snapshot(bundle.process, case.state).passed
    parts = stages(status, bundle, passed)
    return Progress(case.number or "", procedure_name(bundle), say(status, bundle), status.submitted, status.ended, parts)
