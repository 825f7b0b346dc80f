"""A procedure as plain text: every step with who, what, when and where it goes on, in both languages, in reading order.

What two versions say differently is found by comparing these (each has the id of its step); nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.flow import Link, Step

from .bundle import Bundle
from .names import APPLICANT, LANGS
from .naming import Names, Words, both
from .plain_words import condition, moment, period

_NUMBERED = frozenset({"user", "service", "rule", "script", "receive", "timer", "signal", "condition", "part"})
_CLOCKS: Mapping[str, tuple[str, str]] = {
    "applicant": (
        "Selama langkah ini janji waktu layanan berhenti: pemohon ditunggu.",
        "The promised time stands still: the applicant is awaited.",
    ),
    "payment": (
        "Selama langkah ini janji waktu layanan berhenti: pembayaran ditunggu.",
        "The promised time stands still: a payment is awaited.",
    ),
}


@dataclass(frozen=True)
class PlainStep:
    """One step in words. `id` is that of the diagram; `number` counts what is done or awaited, 0 for starts, gateways and ends; `level` is
    how many parts it lies inside; `says` are whole sentences, `ways` where it goes on."""

    id: str
    number: int
    level: int
    kind: str
    title: Words
    says: tuple[Words, ...]
    ways: tuple[Words, ...]


class Worded(Protocol):
    """What an automatic step and its fields are called; a module of `engine.actions` is one."""

    TITLE: Words
    LABELS: Mapping[str, Words]


def plain_text(bundle: Bundle, *, actions: Mapping[str, Worded] | None = None) -> tuple[PlainStep, ...]:
    """The steps of a procedure in words. `actions`: the automatic steps (`actions.actions()`); without them, their bare names."""
    told = _Telling(bundle, actions or {})
    steps = (bundle.process.steps[ident] for ident in told.order)
    return tuple(told.step(step) for step in steps if not told.is_silent(step))


class _Telling:
    """One telling of one bundle."""

    def __init__(self, bundle: Bundle, actions: Mapping[str, Worded]) -> None:
        self.bundle, self.actions, self.names = bundle, actions, Names(bundle.process, bundle.texts)
        self.order = reading_order(bundle, self.names)
        counted = [ident for ident in self.order if self._counts(bundle.process.steps[ident])]
        self.numbers = {ident: number for number, ident in enumerate(counted, 1)}

    def _counts(self, step: Step) -> bool:
        return step.kind in _NUMBERED and not step.host

    def is_silent(self, step: Step) -> bool:
        """Whether there is nothing to say of it: where ways only meet, and what begins or ends a part."""
        into, out = self.names.into.get(step.id, ()), self.names.out.get(step.id, ())
        if step.kind in {"start", "end"}:
            return step.inside != self.bundle.process.key and not step.event and step.name in {"", step.id}
        return step.kind == "exclusive" and len(out) == 1 and len(into) > 1

    def step(self, step: Step) -> PlainStep:
        says = (*self._kept_first(step), *self._says(step))
        return PlainStep(
            step.id, self.numbers.get(step.id, 0), self._level(step), step.kind, self._title(step), says, tuple(self._ways(step))
        )

    def _kept_first(self, step: Step) -> Iterator[Words]:
        if step.comes_later:
            yield both(
                "Jawaban disimpan dulu; langkah ini menyusul sesaat kemudian.",
                "What was answered is kept first; this step follows a moment later.",
            )

    def _title(self, step: Step) -> Words:
        if step.name and step.name != step.id:
            named = self.bundle.step_name(step.id, "en")
            other = f" ({named})" if named != step.name else ""
            return both(step.name, f"{step.name}{other}")
        if step.kind == "parallel" and len(self.names.out.get(step.id, ())) > 1:
            return both("Beberapa hal bersamaan", "Several things at the same time")
        if step.host:
            host = self.names.step(step.host)
            return both(f"Jika terlambat: {host['id']}", f"When it is late: {host['en']}")
        return {lang: text[:1].upper() + text[1:] for lang, text in self.names.step(step.id).items()}

    def _level(self, step: Step) -> int:
        level, around = 0, step.inside
        while around in self.bundle.process.steps:
            level, around = level + 1, self.bundle.process.steps[around].inside
        return level

    def _says(self, step: Step) -> Iterator[Words]:
        if step.kind == "user":
            yield from self._person(step)
        elif step.kind == "service":
            yield from self._automatic(step)
        elif step.kind == "rule":
            yield both(
                f"Tabel “{step.decision}” memutuskan; hasilnya disebut {step.result}.",
                f"The table “{step.decision}” decides; the result is called {step.result}.",
            )
        elif step.kind == "script":
            yield both(f"Dihitung: {step.result} = {step.expression}.", f"Worked out: {step.result} = {step.expression}.")
        elif step.kind == "receive":
            yield both(f"Menunggu kabar “{step.message}”.", f"Waits for the message “{step.message}”.")
        elif step.kind == "timer":
            yield from self._timer(step)
        elif step.kind == "end":
            yield from self._end(step)
        elif step.kind == "parallel" and len(self.names.into.get(step.id, ())) > 1:
            yield both("Menunggu sampai semua jalan ke sini selesai.", "Waits until every way to here is done.")

    def _person(self, step: Step) -> Iterator[Words]:
        desks = {lang: ", ".join(self.bundle.text("desks", desk, lang) for desk in step.desks) for lang in LANGS}
        if step.desks:
            yield both(f"Dikerjakan oleh: {desks['id']}.", f"Done by: {desks['en']}.")
        form = self.bundle.forms.get(step.form or "")
        if form is not None:
            yield both(f"Formulir: {form.title['id']}.", f"Form: {form.title.get('en') or form.title['id']}.")
        if days := step.properties.get("days"):
            yield both(f"Dalam {days} hari kerja.", f"Within {days} working day{'' if days == '1' else 's'}.")
        if (clock := step.properties.get("clock", "")) in _CLOCKS:
            yield both(*_CLOCKS[clock])
        yield from self._limits(step)

    def _limits(self, step: Step) -> Iterator[Words]:
        for other in _listed(step, "not_same_as"):
            if other == APPLICANT:
                yield both("Tidak oleh pemohon sendiri.", "Not by the applicant.")
            elif other in self.bundle.process.steps:
                name = self.names.step(other)
                yield both(f"Tidak oleh yang mengerjakan {name['id']}.", f"Not by whoever did {name['en']}.")
        for other in _listed(step, "may_send_back"):
            if other in self.bundle.process.steps:
                name = self.names.step(other)
                yield both(f"Boleh mengembalikan ke {name['id']}.", f"May send the case back to {name['en']}.")
        instructions = {lang: self.bundle.texts.get(lang, {}).get("instructions", {}).get(step.id) for lang in LANGS}
        if any(instructions.values()):
            yield both(f"Petunjuk: {instructions['id'] or instructions['en']}", f"Instructions: {instructions['en'] or instructions['id']}")

    def _automatic(self, step: Step) -> Iterator[Words]:
        action = self.actions.get(step.action or "")
        title = action.TITLE if action else both(str(step.action), str(step.action))
        yield both(f"Otomatis: {title['id']}.", f"Automatic: {title['en']}.")
        for key, value in step.headers.items():
            label = (action.LABELS if action else {}).get(key) or both(key, key)
            yield {lang: f"{label[lang]}: {value.lstrip('= ')}." for lang in LANGS}

    def _timer(self, step: Step) -> Iterator[Words]:
        time = moment(step.when)
        if not step.host:
            yield both(f"Menunggu {time['id']}.", f"Waits {time['en']}.")
            return
        host = self.names.step(step.host)
        if step.interrupting:
            yield both(
                f"Jika {host['id']} belum selesai {time['id']}, langkah itu berakhir.",
                f"When {host['en']} is not done {time['en']}, that step ends.",
            )
        else:
            yield both(
                f"Jika {host['id']} belum selesai {time['id']}; langkah itu tetap terbuka.",
                f"When {host['en']} is not done {time['en']}; that step stays open.",
            )

    def _end(self, step: Step) -> Iterator[Words]:
        if step.inside != self.bundle.process.key:
            return
        if step.id in self.bundle.texts.get("id", {}).get("outcomes", {}):
            yield both(
                f"Perkara berakhir: {self.bundle.text('outcomes', step.id, 'id')}.",
                f"The case ends: {self.bundle.text('outcomes', step.id, 'en')}.",
            )
        if kept := self.bundle.about.retention.get(step.id):
            time = period(kept)
            yield both(f"Berkas disimpan {time['id']}.", f"The file is kept for {time['en']}.")

    def _ways(self, step: Step) -> Iterator[Words]:
        links = self.names.out.get(step.id, [])
        chooses = step.kind in {"exclusive", "inclusive"} and len(links) > 1
        for link in links:
            yield (
                self._chosen(link)
                if chooses
                else self._onward(link, ("Lalu", "Then") if len(links) == 1 else ("Bersamaan", "At the same time"))
            )

    def _chosen(self, link: Link) -> Words:
        name = f"“{link.name}”, " if link.name else ""
        target = self._target(link.target)
        if link.condition is None:
            return both(f"{name}jika tidak ada yang cocok: {target['id']}", f"{name}otherwise: {target['en']}")
        when = condition(link.condition, self.bundle.forms)
        return both(f"{name}jika {when['id']}: {target['id']}", f"{name}when {when['en']}: {target['en']}")

    def _onward(self, link: Link, word: tuple[str, str]) -> Words:
        target = self._target(link.target)
        return both(f"{word[0]}: {target['id']}", f"{word[1]}: {target['en']}")

    def _target(self, ident: str) -> Words:
        steps, passed = self.bundle.process.steps, set[str]()
        while steps[ident].kind != "end" and self.is_silent(steps[ident]) and ident not in passed:
            passed.add(ident)
            ident = self.names.out[ident][0].target
        if self.is_silent(steps[ident]):
            return both("akhir bagian ini", "the end of this part")
        name, number = self.names.step(ident), self.numbers.get(ident)
        return {lang: f"{number}. {text}" for lang, text in name.items()} if number else name


def reading_order(bundle: Bundle, names: Names) -> tuple[str, ...]:
    """The steps as one reads them: a meeting of ways after all its ways, what hangs on a step behind it, a part before what follows it."""
    process = bundle.process
    inside: dict[str, list[str]] = {}
    for ident in process.order:
        inside.setdefault(process.steps[ident].inside, []).append(ident)

    def scope(key: str) -> Iterator[str]:
        members, seen = inside.get(key, []), set[str]()
        for begin in sorted(members, key=lambda each: process.steps[each].kind != "start"):
            done: list[str] = []
            _visit(begin, names, seen, done)
            for ident in reversed(done):
                yield ident
                yield from scope(ident)

    return tuple(scope(process.key))


def _visit(begin: str, names: Names, seen: set[str], done: list[str]) -> None:
    """Depth first, the last way first; `done` is the reading order backwards."""
    todo: list[tuple[str, bool]] = [(begin, False)]
    while todo:
        ident, left = todo.pop()
        if left:
            done.append(ident)
            continue
        if ident in seen:
            continue
        seen.add(ident)
        todo.append((ident, True))
        onward = [link.target for link in names.out.get(ident, ())]
        todo += [(each, False) for each in [*onward, *reversed(names.events.get(ident, ()))]]


def _listed(step: Step, key: str) -> list[str]:
    return [each.strip() for each in step.properties.get(key, "").split(",") if each.strip()]
