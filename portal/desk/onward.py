"""Where an application has gone after a step: the sentence an officer reads when they have sent their answer."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from engine.cases import CaseFile
from portal.saying import desk_name, say


@dataclass(frozen=True)
class Onward:
    """`text` is what happened next with the application `number` (its id is `case`)."""

    case: str
    number: str
    text: str


def onward(found: CaseFile) -> Onward:
    """The sentence for where the application is now."""
    return Onward(found.case.id, found.case.number or "", _text(found))


def _text(found: CaseFile) -> str:
    status, number = found.status, found.case.number or ""
    if status.word == "ended":
        return _("Application %(number)s has ended: %(outcome)s.", number=number, outcome=say(status, found.bundle).tag)
    if status.word == "payment":
        return _("Application %(number)s waits for the applicant's payment.", number=number)
    if status.word == "yours":
        return _("Application %(number)s goes back to the applicant.", number=number)
    desks = dict.fromkeys(desk_name(found.bundle, each.desk) for each in status.waiting if each.desk)
    if desks:
        return _("Application %(number)s is now with: %(desks)s.", number=number, desks=", ".join(desks))
    return _("Application %(number)s goes on by itself in a moment.", number=number)
