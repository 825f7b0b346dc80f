"""Where is it, who has it, when at the latest, what must be done: a case's status and the words of its procedure, turned into sentences.

Used by tracking, "my applications" and the desk, so that all say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from engine.cases import Status, Waiting
from engine.flow import Step
from engine.people import APPLICANT
from engine.procedures import Bundle
from hall import formats, now
from hall.language import language

REFUSED = ("refused", "rejected")
MISSING = "\0"
CLOSED = ("lapsed", "withdrawn", "discarded", "stopped")


@dataclass(frozen=True)
class Duty:
    """Something the applicant must do now: `kind` is fill, correct, pay or answer."""

    task: str
    step: str
    kind: str
    text: str
    due: datetime | None


@dataclass(frozen=True)
class Said:
    """A status in the reader's words.

    `tag` is a word or two with its colour `kind` (open, waiting, done, refused, late, closed), `text` says what is happening now,
    `holders` are the names of the desks that have it (roles, never people), `due` is the latest moment for the case while its clock runs,
    `waits_for` says when a stopped clock goes on, `suspended` since when, until when and why the office suspended it (or "").
    """

    tag: str
    kind: str
    text: str
    holders: tuple[str, ...]
    due: datetime | None
    late: bool
    stopped: bool
    waits_for: str
    duties: tuple[Duty, ...]
    suspended: str = ""


@dataclass(frozen=True)
class Stage:
    """One public step of the way: `state` is done, now or next; `note` who has it."""

    name: str
    state: str
    note: str = ""


def say(status: Status, bundle: Bundle) -> Said:
    """The status in the reader's language."""
    tag, kind = _tag(status, bundle)
    late = status.due is not None and status.ended is None and status.due < now()
    return Said(
        tag=tag,
        kind="late" if late and kind == "open" else kind,
        text=" ".join(dict.fromkeys(_sentences(status, bundle))),
        holders=tuple(dict.fromkeys(desk_name(bundle, each.desk) for each in status.waiting if each.desk)),
        due=status.due,
        late=late,
        stopped=status.stopped,
        waits_for=_waits_for(status),
        duties=tuple(_duty(each, bundle) for each in status.waiting if each.desk == APPLICANT),
        suspended=_suspended(status),
    )


def _suspended(status: Status) -> str:
    found = status.suspended
    if found is None:
        return ""
    last = found.until - timedelta(microseconds=1)
    text = _("Suspended by the office since %(since)s, up to and with %(until)s.", since=formats.day(found.since), until=formats.day(last))
    return f"{text} {_('Reason: %(reason)s', reason=found.reason)}"


def stages(status: Status, bundle: Bundle, passed: Collection[str]) -> tuple[Stage, ...]:
    """The public steps: those behind, those open now, and those to come while the case runs, each in the order of the diagram.

    A step that was left out stays away once a later one was reached; a correction is only told when it was asked for.
    """
    waiting = {each.step: each for each in status.waiting}
    found: dict[str, list[Any]] = {}
    for step in _in_order(bundle):
        public = step.properties.get("public")
        if public and step.kind == "user":
            found.setdefault(public, []).append(step)
    reached = [any(step.id in passed or step.id in waiting for step in steps) for steps in found.values()]
    last = max((place for place, is_reached in enumerate(reached) if is_reached), default=-1)
    made = []
    for place, (public, steps) in enumerate(found.items()):
        here = [waiting[step.id] for step in steps if step.id in waiting]
        optional = all("revises" in step.properties for step in steps)
        if here:
            made.append(Stage(step_name(bundle, public), "now", ", ".join(dict.fromkeys(desk_name(bundle, each.desk) for each in here))))
        elif reached[place]:
            made.append(Stage(step_name(bundle, public), "done"))
        elif place > last and not optional and status.ended is None:
            made.append(Stage(step_name(bundle, public), "next"))
    return tuple(sorted(made, key=lambda stage: ("done", "now", "next").index(stage.state)))


def desk_name(bundle: Bundle, desk: str) -> str:
    """The public name of a desk in this procedure; its key when the procedure does not name it."""
    return _word(bundle, "desks", desk) or desk


def step_name(bundle: Bundle, public: str) -> str:
    """The public name of a step."""
    return _word(bundle, "steps", public) or public


def procedure_name(bundle: Bundle) -> str:
    """What the procedure is called."""
    names = bundle.about.name
    return str(names.get(language()) or names["id"])


def _in_order(bundle: Bundle) -> Iterator[Any]:
    process = bundle.process
    return (process.steps[key] for key in process.order)


def _tag(status: Status, bundle: Bundle) -> tuple[str, str]:
    if status.word == "ended":
        return _ended(status, bundle)
    if status.word == "draft":
        return _("Draft"), "closed"
    if status.suspended is not None:
        return _("Suspended"), "waiting"
    if status.word == "payment":
        return _("Waiting for your payment"), "waiting"
    if status.word == "yours":
        corrects = any(_duty(each, bundle).kind == "correct" for each in status.waiting if each.desk == APPLICANT)
        return (_("Needs correction") if corrects else _("Waiting for you")), "waiting"
    for each in status.waiting:
        public = bundle.process.steps[each.step].properties.get("public")
        if each.desk and public:
            return step_name(bundle, public), "open"
    return _("In progress"), "open"


def _ended(status: Status, bundle: Bundle) -> tuple[str, str]:
    outcome = status.outcome or ""
    return outcome_name(outcome, bundle), "refused" if outcome in REFUSED else "closed" if outcome in CLOSED else "done"


def outcome_name(outcome: str, bundle: Bundle) -> str:
    """How a case ended, in a word or two."""
    known = {
        "issued": _("Issued"),
        "refused": _("Refused"),
        "rejected": _("Refused"),
        "lapsed": _("Lapsed"),
        "withdrawn": _("Withdrawn"),
        "discarded": _("Thrown away"),
        "stopped": _("Closed by the office"),
    }
    named = bundle.step_name(outcome, language()) if outcome in bundle.process.steps else ""
    return known.get(outcome) or named or _("Ended")


def _sentences(status: Status, bundle: Bundle) -> Iterator[str]:
    if status.word == "ended":
        known = {"stopped": _("The office has closed this application. The reason is in its message to you.")}
        yield _word(bundle, "status", status.outcome or "") or known.get(status.outcome or "") or _("This application has ended.")
        return
    if status.suspended is not None:
        yield _("Your application is suspended.")
    for each in status.waiting:
        if each.desk:
            yield _word(bundle, "status", each.step) or _general(each, bundle)
    if not any(each.desk for each in status.waiting):
        yield _("Our system is working on your application. This takes a few minutes.")


def _waits_for(status: Status) -> str:
    if not status.stopped:
        return ""
    if status.suspended is not None:
        return _suspended(status)
    if any(each.desk == APPLICANT for each in status.waiting):
        return _("Our days do not count while we wait for you.")
    return _("Our days do not count until your payment is confirmed.")


def _general(waiting: Waiting, bundle: Bundle) -> str:
    if waiting.desk == APPLICANT:
        return _("We are waiting for you.")
    return _("Your application is with this desk: %(desk)s.", desk=desk_name(bundle, waiting.desk))


def _duty(waiting: Waiting, bundle: Bundle) -> Duty:
    step = bundle.process.steps[waiting.step]
    kind = duty_kind(step, waiting.clock)
    text = {"correct": _("Correct your application"), "pay": _("Pay and send the proof"), "fill": ""}[kind]
    public = step.properties.get("public")
    named = step_name(bundle, public) if public else bundle.step_name(step.id, language()) or step.id
    return Duty(waiting.task, waiting.step, kind, text or named, waiting.due)


def duty_kind(step: Step, clock: str) -> str:
    """What the applicant has to do at a step of theirs: correct, pay or fill."""
    return "correct" if "revises" in step.properties else "pay" if clock == "payment" else "fill"


def _word(bundle: Bundle, kind: str, key: str) -> str:
    found = bundle.text(kind, key, language(), default=MISSING) if key else MISSING
    return "" if found == MISSING else found
