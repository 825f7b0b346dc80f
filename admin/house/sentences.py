"""Events as sentences. An event that has none is shown by its word and its facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from admin.beside import Beside
from admin.cells import step_name
from engine.timeline import Event
from hall import N_, formats

NOBODY = lazy_gettext("The system")

SENTENCES: Mapping[str, str] = {
    "calendar.day_set.closed": N_("Closed the office on %(day)s: %(name)s."),
    "calendar.day_set.open": N_("Opened the office on %(day)s: %(name)s."),
    "calendar.day_taken_back": N_("Took back the office's own day %(day)s: %(name)s."),
    "case.complete": N_("The application is complete."),
    "case.ended": N_("The application ended: %(outcome)s."),
    "case.opened": N_("Began an application."),
    "case.submitted": N_("Sent the application %(number)s."),
    "case.withdrawn": N_("Withdrew the application."),
    "desk.added": N_("Added the desk %(desk)s."),
    "desk.renamed": N_("Renamed the desk %(desk)s."),
    "document.issued": N_("Issued the document %(number)s."),
    "document.revoked": N_("Revoked the document %(number)s."),
    "errand.dead": N_("An errand gave up: %(name)s."),
    "errand.retried": N_("Had an errand tried again: %(name)s."),
    "fee.charged": N_("Charged %(amount)s."),
    "fee.dropped": N_("Dropped a bill of %(amount)s."),
    "fee.settled": N_("Received %(amount)s."),
    "notice.written": N_("Wrote a message: %(notice)s."),
    "office.filled": N_("Filled the demonstration with %(cases)s applications."),
    "person.closed": N_("Closed the account of %(person)s."),
    "person.desk_given": N_("Seated %(person)s at the desk %(desk)s."),
    "person.desk_taken": N_("Took %(person)s from the desk %(desk)s."),
    "person.locked_out": N_("%(person)s was locked out after too many wrong passwords."),
    "person.opened": N_("Opened the account of %(person)s again."),
    "person.password_changed": N_("The password of %(person)s was changed."),
    "person.renamed": N_("%(person)s corrected their name."),
    "person.signed_up": N_("The account of %(person)s was made."),
    "procedure.offered_again": N_("Offered %(procedure)s again."),
    "procedure.published": N_("Published version %(version)s of %(procedure)s."),
    "procedure.withdrawn": N_("Withdrew %(procedure)s."),
    "sender.added": N_("Made a token for the machine %(sender)s."),
    "sender.stopped": N_("Stopped the machine %(sender)s."),
    "task.claimed": N_("Took the step “%(step)s”."),
    "task.done": N_("Completed the step “%(step)s”."),
    "task.opened": N_("The step “%(step)s” is open."),
    "task.released": N_("Gave back the step “%(step)s”."),
    "timer.rang": N_("The time of the step “%(step)s” was up."),
}


def said(event: Event, beside: Beside) -> str | Markup:
    """The sentence of an event in the reader's language."""
    text = SENTENCES.get(event.what) or SENTENCES.get(f"{event.what}.{'open' if event.facts.get('open') else 'closed'}")
    if text is None:
        facts = ", ".join(f"{name}: {value}" for name, value in event.facts.items())
        return Markup("<code>{}</code> {}").format(event.what, facts)
    return gettext(text) % Known({name: _fact(name, value, event, beside) for name, value in event.facts.items()})


def _fact(name: str, value: object, event: Event, beside: Beside) -> str:
    if name == "person":
        return beside.people.get(str(value), "–")
    if name == "desk":
        return beside.desks.get(str(value), str(value))
    if name in ("step", "outcome"):
        return step_name(beside.bundle_of(event.case_id or ""), str(value))
    if name == "amount" and isinstance(value, int):
        return formats.rupiah(value)
    return formats.short_day(date.fromisoformat(str(value))) if name == "day" else str(value)


class Known(dict[str, str]):
    """Facts by name; one that an old event does not have is a dash, never an error."""

    def __missing__(self, key: str) -> str:
        return "–"
