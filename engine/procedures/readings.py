"""Every place of a bundle that reads answers and results while a case runs, and the step at which it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import texts
from engine.flow import Step

from . import letters
from .expressions import Read, feel, feel_of_time, read
from .naming import Words, both

if TYPE_CHECKING:
    from .checking import Seen

DIAGRAM = "process.bpmn"


@dataclass(frozen=True)
class Reading:
    """Something that is read. `what`: in words, what reads it. `node`: the step at which; `after`: when that is done, not before.
    `is_condition`: when null it only does not hold. `own`: names that are written there just before."""

    place: str
    what: Words
    node: str
    read: Read
    after: bool = False
    is_condition: bool = False
    own: frozenset[str] = frozenset()


def readings(seen: Seen) -> Iterator[Reading]:
    """All of them, in reading order; texts that cannot be read are left out."""
    for link in seen.bundle.process.links:
        if link.condition and (found := read(link.condition)):
            node = seen.routes.node_after(link.source)
            yield Reading(f"{DIAGRAM}#{link.id}", seen.called.way(link), node, found, after=True, is_condition=True)
    for step in seen.steps:
        yield from _of_step(seen, step)
        yield from _of_form(seen, step)
        yield from _of_decision(seen, step)
        yield from _of_letters(seen, step)
    yield from _of_permit(seen)


def all_texts(seen: Seen) -> Iterator[str]:
    """Every FEEL text of the bundle: of the diagram, the forms, the tables and the sheet."""
    yield from (link.condition for link in seen.bundle.process.links if link.condition)
    for step in seen.steps:
        yield from texts_of(step)
    for form in seen.bundle.forms.values():
        yield from (text for _, text, _ in form.expressions())
    for decisions in seen.bundle.decisions.values():
        yield from decisions.texts()
    about = seen.bundle.about
    yield from (text for text in (about.fee.amount, about.fee.lines) if text)
    yield from (each.when for each in about.time.days_when)


def texts_of(step: Step) -> Iterator[str]:
    """Every FEEL text of a step: what it is given, repeated for, waits for, works out and hands on."""
    yield from (text for _, text in (*step.inputs, *step.outputs))
    loop = (step.loop.collection, step.loop.result, step.loop.until, step.loop.while_) if step.loop else ()
    time = feel_of_time(step.when[1]) if step.when else None
    yield from (text for text in (step.key, step.expression, time, *loop, *map(feel, step.headers.values())) if text)


def _of_step(seen: Seen, step: Step) -> Iterator[Reading]:
    """Timers, scripts, fields, what is handed on, what a step is repeated for."""
    what, place = seen.called.step(step.id), f"{DIAGRAM}#{step.id}"
    given = frozenset(name for name, _ in step.inputs)
    early = [*(text for _, text in step.inputs), step.key, *([step.loop.collection] if step.loop else [])]
    late = [feel_of_time(step.when[1])] if step.when else []
    late += [step.expression, *(feel(value) for value in step.headers.values())]
    for text, own in (*((each, frozenset[str]()) for each in early), *((each, given) for each in late)):
        if text and (found := read(text)):
            yield Reading(place, what, step.id, found, is_condition=step.kind == "condition", own=own)
    for _, text in step.outputs:
        if found := read(text):
            own = frozenset({step.form or step.result or step.id})
            yield Reading(place, what, step.id, found, own=own | given | seen.routes.gives[step.id])


def _of_form(seen: Seen, step: Step) -> Iterator[Reading]:
    form = seen.bundle.forms.get(step.form or "") if step.kind == "user" else None
    if form is None:
        return
    name, file = seen.called.step(step.id), seen.bundle.places[f"form {step.form}"]
    for place, text, _ in form.expressions():
        group, _, rest = place.partition("#")
        found = read(text)
        if found and found.open:
            question = seen.where(f"shared/forms/{group}.json#{rest}" if group else f"{file}#{rest}") or name
            what = both(f"{question['id']} (pada {name['id']})", f"{question['en']} (at {name['en']})")
            spot = f"shared/forms/{group}.json#{rest}" if group else f"{file}#{rest}"
            own = frozenset({form.key, *(given for given, _ in step.inputs)})
            yield Reading(spot, what, step.id, found, is_condition=True, own=own)


def _of_decision(seen: Seen, step: Step) -> Iterator[Reading]:
    decision = step.decision or ""
    if step.kind != "rule" or decision not in seen.bundle.decisions:
        return
    paths = seen.bundle.decisions[decision].reads(decision)
    at = seen.called.step(step.id)
    what = both(f"tabel “{decision}” pada {at['id']}", f"the table “{decision}” at {at['en']}")
    cares = b"null" in seen.bundle.files.get(seen.bundle.places[f"decision {decision}"], b"")
    guarded = frozenset(path.partition(".")[0] for path in paths) if cares else frozenset()
    reckoned = frozenset().union(*(found.reckoned for text in seen.bundle.decisions[decision].texts() if (found := read(text))))
    yield Reading(f"{DIAGRAM}#{step.id}", what, step.id, Read(paths, guarded, reckoned))


def _of_letters(seen: Seen, step: Step) -> Iterator[Reading]:
    for letter in letters.sent_by(step):
        for lang, file in letters.files_of(seen.bundle.files, letter):
            try:
                fields = letters.fields_of(seen.bundle.letters[letter][lang])
            except texts.BadText:
                continue
            paths = frozenset(path.removeprefix(f"{letters.SHOWN}.") for path in fields.lines if "." in path)
            kept = frozenset(path for path in paths if letters.name_of(path) not in letters.HOUSE)
            name, at = seen.where(file) or both(letter, letter), seen.called.step(step.id)
            what = both(f"{name['id']} pada {at['id']}", f"{name['en']} at {at['en']}")
            yield Reading(file, what, step.id, Read(kept, fields.guarded))


def _of_permit(seen: Seen) -> Iterator[Reading]:
    """How long the permit is valid is worked out when it is issued."""
    validity = seen.bundle.about.validity if seen.permit_steps else None
    if validity is None:
        return
    for step in seen.permit_steps:
        for key, text in (("from", validity.from_), ("until", validity.until)):
            if text and (found := read(text)):
                what = both("masa berlaku izin", "the validity of the permit")
                yield Reading(f"procedure.toml#/validity/{key}", what, step.id, found)
