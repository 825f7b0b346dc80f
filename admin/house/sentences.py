"""Events as sentences. An event that has none is shown by its word and its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from admin.beside import Beside
from admin.cells import step_name
from engine import notices
from engine.timeline import Event
from hall import N_, formats
from hall.language import language

NOBODY = lazy_gettext("The system")

SENTENCES: Mapping[str, str] = {
    "calendar.day_set.closed": N_("Closed the office on %(day)s: %(name)s."),
    "calendar.day_set.open": N_("Opened the office on %(day)s: %(name)s."),
    "calendar.day_taken_back": N_("Took back the office's own day %(day)s: %(name)s."),
    "case.complete": N_("The application is complete."),
    "case.ended": N_("The application ended: %(outcome)s."),
    "case.moved": N_("Goes on with version %(version)s of the procedure."),
    "case.moved_back": N_("Was put back to version %(version)s of the procedure."),
    "case.opened": N_("Began an application."),
    "case.reopened": N_("Opened the application again."),
    "case.resumed": N_("The suspension is over; all deadlines run again."),
    "case.sent_back": N_("Sent the application back to the step “%(to)s”."),
    "case.stopped": N_("Closed the application."),
    "case.submitted": N_("Sent the application %(number)s."),
    "case.suspended": N_("Suspended the application until %(until)s."),
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
    "message.received": N_("A message came: %(message)s."),
    "notice.written": N_("Wrote a message: %(notice)s."),
    "office.filled": N_("Filled the demonstration with %(cases)s applications."),
    "person.closed": N_("Closed the account of %(person)s."),
    "person.desk_given": N_("Seated %(person)s at the desk %(desk)s."),
    "person.desk_taken": N_("Took %(person)s from the desk %(desk)s."),
    "person.email_confirmed": N_("%(person)s confirmed their e-mail address."),
    "person.locked_out": N_("%(person)s was locked out after too many wrong passwords."),
    "person.opened": N_("Opened the account of %(person)s again."),
    "person.password_changed": N_("The password of %(person)s was changed."),
    "person.renamed": N_("%(person)s corrected their name."),
    "person.signed_up": N_("The account of %(person)s was made."),
    "procedure.offered_again": N_("Offered %(procedure)s again."),
    "procedure.published": N_("Published version %(version)s of %(procedure)s."),
    "procedure.announced": N_("Announced version %(version)s of %(procedure)s, from %(since)s."),
    "procedure.taken_back": N_("Took back the announced version %(version)s of %(procedure)s."),
    "procedure.cases_moved": N_("Moved applications of %(procedure)s to version %(version)s."),
    "procedure.move_undone": N_("Undid a move of applications of %(procedure)s."),
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
    known = _FACTS.get(name)
    return known(str(value), event, beside) if known else str(value)


def _step(value: str, event: Event, beside: Beside) -> str:
    return step_name(beside.bundle_of(event.case_id or ""), value)


def _notice(value: str, event: Event, beside: Beside) -> str:
    """What a message is called on the applicant's page."""
    bundle, found = beside.bundle_of(event.case_id or ""), beside.cases.get(event.case_id or "")
    return notices.name_of(value, bundle.letters if bundle else {}, language(), number=(found and found.number) or "")


def _message(value: str, event: Event, beside: Beside) -> str:
    """What came from a machine, by the step that waited for it."""
    bundle = beside.bundle_of(event.case_id or "")
    return (bundle and bundle.awaits(value, language())) or value


def _until(value: str, event: Event, beside: Beside) -> str:
    """The last day of a time that ends at this moment."""
    return formats.short_day(datetime.fromisoformat(value) - timedelta(microseconds=1))


_FACTS: Mapping[str, Callable[[str, Event, Beside], str]] = {
    "person": lambda value, event, beside: beside.people.get(value, "–"),
    "desk": lambda value, event, beside: beside.desks.get(value, value),
    "step": _step,
    "to": _step,
    "outcome": _step,
    "notice": _notice,
    "message": _message,
    "amount": lambda value, event, beside: formats.rupiah(int(value)) if value.isdigit() else value,
    "day": lambda value, event, beside: formats.short_day(date.fromisoformat(value)),
    "until": _until,
    "since": lambda value, event, beside: formats.short_day(datetime.fromisoformat(value)),
}


class Known(dict[str, str]):
    """Facts by name; one that an old event does not have is a dash, never an error."""

    def __missing__(self, key: str) -> str:
        return "–"
