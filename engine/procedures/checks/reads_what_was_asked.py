"""Whatever is read while a case runs was asked or worked out before, on every way there.

A condition on a flow or in a form that reads something null does not hold, which may be meant: a warning. Everything else (tables,
fields of automatic steps, letters, times) would stop the case or say something wrong: an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.names import CONTEXT
from engine.procedures.readings import Reading, readings
from rules import Finding

SENTENCES = {
    "read.later": {
        "id": "{what} membaca {read}, yang baru ada sesudah {writer}. Pindahkan {writer} ke depan, atau baca yang lain.",
        "en": "{what} reads {read}, which only {writer} gives, later. Move {writer} before it, or read something else.",
    },
    "read.elsewhere": {
        "id": "{what} membaca {read}, yang hanya ada di jalan lain, dari {writer}. Gambar jalannya lewat {writer}, atau baca yang lain.",
        "en": "{what} reads {read}, which only another way gives, at {writer}. Draw the way through {writer}, or read something else.",
    },
    "read.never": {
        "id": "{what} membaca {read}, yang tidak pernah ditanyakan atau dihitung oleh langkah mana pun. "
        "Tambahkan langkahnya, atau baca yang lain.",
        "en": "{what} reads {read}, which no step ever asks or works out. Add that step, or read something else.",
    },
    "read.missing": {
        "id": "{what} membaca {read}, tetapi perkara dapat sampai di sini tanpa {writer}: {path}. "
        "Gambar semua jalan lewat {writer}, atau sebut apa yang berlaku tanpanya.",
        "en": "{what} reads {read}, but a case can come here without {writer}: {path}. "
        "Draw every way through {writer}, or say what holds without it.",
    },
    "read.may_be_missing": {
        "id": "{what} membaca {read}, tetapi perkara dapat sampai di sini tanpa {writer}: {path}. "
        "Saat itu syaratnya tidak terpenuhi; tulis “{read} = null” bila memang begitu.",
        "en": "{what} reads {read}, but a case can come here without {writer}: {path}. "
        "The condition does not hold then; write “{read} = null” if that is meant.",
    },
}
WARNINGS = frozenset({"read.may_be_missing"})


def check(seen: Seen) -> Iterator[Finding]:
    if not seen.is_sound:
        return
    names = frozenset().union(*seen.routes.gives.values()) | seen.bundle.forms.keys()
    for reading in readings(seen):
        for name, path in reading.read.open.items():
            if name in names and name not in CONTEXT and name not in reading.own:
                yield from _missing(seen, reading, name, path)


def _missing(seen: Seen, reading: Reading, name: str, path: str) -> Iterator[Finding]:
    routes = seen.routes
    known = routes.after(reading.node) if reading.after else routes.before(reading.node)
    if name in known or _inside(seen, reading.node, name):
        return
    facts = {"what": reading.what, "read": path}
    writers = [writer for writer in routes.writers(name) if writer.id != reading.node]
    before = [writer for writer in writers if reading.node in routes.can_follow(routes.node_after(writer.id))]
    if not writers:
        yield Finding(reading.place, "read.never", facts)
    elif before:
        code = "read.may_be_missing" if reading.is_condition else "read.missing"
        way = seen.path(routes.path_without(name, reading.node, after=reading.after))
        yield Finding(reading.place, code, {**facts, "writer": seen.called.step(before[0].id), "path": way})
    else:
        later = next((writer for writer in writers if writer.id in routes.can_follow(reading.node)), None)
        code = "read.later" if later else "read.elsewhere"
        yield Finding(reading.place, code, {**facts, "writer": seen.called.step((later or writers[0]).id)})


def _inside(seen: Seen, node: str, name: str) -> bool:
    """Whether a name stands in what is done several times around a node (its member, what its instance wrote)."""
    steps = seen.bundle.process.steps
    step = steps.get(node.removesuffix("!"))
    while step is not None:
        if step.loop and name in {step.loop.element, step.loop.results}:
            return True
        if name in dict(step.inputs) and step.id != node.removesuffix("!"):
            return True
        around = step.inside
        step = next((each for each in steps.values() if each.part == around), None)
    return False
