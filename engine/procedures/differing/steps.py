"""Differences of the diagram: its steps in reading order, then its ways. Steps are the same by their id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.flow import Link, Step
from engine.procedures.bundle import Bundle
from engine.procedures.naming import Names
from engine.procedures.plain_words import condition, moment
from forms import Form

from .difference import ALWAYS, NONE, Difference, Words, both, quoted

FILE = "process.bpmn"
_PASSED = frozenset({"start", "pass"})
_GATES = frozenset({"exclusive", "inclusive", "parallel", "race"})
_KINDS: Mapping[str, Words] = {
    "user": both("langkah orang", "a step of a person"),
    "service": both("langkah otomatis", "an automatic step"),
    "rule": both("tabel keputusan", "a decision table"),
    "script": both("perhitungan", "a calculation"),
    "receive": both("menunggu pesan", "waiting for a message"),
    "timer": both("batas waktu", "a timer"),
    "end": both("akhir", "an end"),
    "part": both("subproses", "a sub-process"),
}
_SETTINGS: Mapping[str, Words] = {
    "clock": both("jam yang berjalan", "whose clock runs"),
    "not_same_as": both("bukan orang yang sama dengan", "not the same person as"),
    "may_send_back": both("boleh mengembalikan ke", "may send back to"),
    "show": both("yang ditampilkan", "what is shown"),
    "public": both("nama untuk umum", "public name"),
    "async_before": both("simpan jawaban dulu", "keep the answers first"),
    "revises": both("memperbaiki", "revises"),
    "letter": both("surat", "letter"),
    "notice": both("pemberitahuan", "notice"),
    "amount": both("jumlah", "amount"),
    "register": both("register", "register"),
}


def diagram(old: Bundle, new: Bundle) -> Iterator[Difference]:
    """Everything that differs in the diagram."""
    before, now = Names(old.process, old.texts), Names(new.process, new.texts)
    places, places_now = _numbers(old), _numbers(new)
    for ident in new.process.order:
        step = new.process.steps[ident]
        if ident not in old.process.steps:
            yield from _added(new, step, now, places_now)
        else:
            yield from _changed(old, new, old.process.steps[ident], step, now, places_now)
    for ident in old.process.order:
        if ident not in new.process.steps and old.process.steps[ident].kind not in _PASSED:
            yield Difference(FILE, "step.removed", {"step": before.step(ident), "number": places.get(ident, 0)})
    yield from _ways(old, new, before, now)


def _numbers(bundle: Bundle) -> dict[str, int]:
    """The number of each step as the list of steps counts them: gateways, starts and what only passes are not counted."""
    counted = [key for key in bundle.process.order if bundle.process.steps[key].kind not in _PASSED | _GATES]
    return {key: number for number, key in enumerate(counted, 1)} | {
        key: 0 for key in bundle.process.order if bundle.process.steps[key].kind in _GATES
    }


def _added(new: Bundle, step: Step, names: Names, places: Mapping[str, int]) -> Iterator[Difference]:
    if step.kind in _PASSED:
        return
    facts = {"step": names.step(step.id), "number": places.get(step.id, 0)}
    if step.desks:
        yield Difference(FILE, "step.added_for", {**facts, "desk": _desks(new, step)})
    else:
        yield Difference(FILE, "step.added", facts)


def _changed(old: Bundle, new: Bundle, was: Step, step: Step, names: Names, places: Mapping[str, int]) -> Iterator[Difference]:
    name = names.step(step.id)
    if was.name != step.name:
        yield Difference(FILE, "step.renamed", {"number": places.get(step.id, 0), "old": f"“{was.name}”", "new": f"“{step.name}”"})
    if was.kind != step.kind:
        facts = {"old": _KINDS.get(was.kind, was.kind), "new": _KINDS.get(step.kind, step.kind)}
        yield Difference(FILE, "step.kind", {"step": name, **facts})
    if was.desks != step.desks:
        yield Difference(FILE, "step.desk", {"step": name, "old": _desks(old, was), "new": _desks(new, step)})
    if was.form != step.form:
        yield Difference(FILE, "step.form", {"step": name, "old": _form(old, was), "new": _form(new, step)})
    if was.when != step.when:
        yield Difference(FILE, "step.time", {"step": name, "old": _time(was), "new": _time(step)})
    for a, b in ((was.expression, step.expression), (was.key, step.key)):
        if a != b:
            yield Difference(FILE, "step.condition", {"step": name, "old": _said(a, old.forms), "new": _said(b, new.forms)})
    yield from _settings(was, step, name)


def _settings(was: Step, step: Step, name: Words) -> Iterator[Difference]:
    before = {**was.properties, **was.headers, **_own(was)}
    now = {**step.properties, **step.headers, **_own(step)}
    for key in dict.fromkeys((*before, *now)):
        a, b = before.get(key), now.get(key)
        if a == b:
            continue
        if key == "days":
            yield Difference(FILE, "step.days", {"step": name, "old": a or NONE, "new": b or NONE})
        else:
            setting = _SETTINGS.get(key, both(key.replace("_", " "), key.replace("_", " ")))
            yield Difference(FILE, "step.setting", {"step": name, "setting": setting, "old": a or NONE, "new": b or NONE})


def _own(step: Step) -> dict[str, str]:
    """What is not a property and yet decides what the step does."""
    kept = {"action": step.action, "decision": step.decision, "result": step.result, "message": step.message, "part": step.part}
    pairs = {"outputs": step.outputs, "inputs": step.inputs}
    told = {key: "; ".join(f"{name} = {text}" for name, text in value) for key, value in pairs.items() if value}
    loop = {"repeated": str(step.loop)} if step.loop else {}
    return {**{key: value for key, value in kept.items() if value}, **told, **loop}


def _desks(bundle: Bundle, step: Step) -> Words:
    if not step.desks:
        return NONE
    return {lang: ", ".join(bundle.text("desks", desk, lang) for desk in step.desks) for lang in ("id", "en")}


def _form(bundle: Bundle, step: Step) -> Words:
    form = bundle.forms.get(step.form or "")
    return quoted(form.title) if form else NONE


def _time(step: Step) -> object:
    return moment(step.when) if step.when else NONE


def _said(text: str | None, forms: Mapping[str, Form]) -> object:
    """A condition in words; the formula it is when it says more."""
    return condition(text, forms) if text else NONE


def _ways(old: Bundle, new: Bundle, before: Names, now: Names) -> Iterator[Difference]:
    """Ways are the same by their id when it leads the same way, else by their two ends."""
    left = {link.id: link for link in old.process.links}
    pairs: list[tuple[Link | None, Link]] = []
    for link in new.process.links:
        same = left.get(link.id)
        if same is None or (same.source, same.target) != (link.source, link.target):
            same = next((each for each in left.values() if (each.source, each.target) == (link.source, link.target)), None)
        if same is not None:
            del left[same.id]
        pairs.append((same, link))
    for was, link in pairs:
        yield from _way(was, link, now, old.forms, new.forms)
    for link in left.values():
        yield Difference(FILE, "flow.removed", {"way": before.way(link)})


def _way(was: Link | None, link: Link, now: Names, before: Mapping[str, Form], forms: Mapping[str, Form]) -> Iterator[Difference]:
    if was is None:
        said = condition(link.condition, forms) if link.condition else None
        when = both(f", bila {said['id']}", f", when {said['en']}") if said else ""
        yield Difference(FILE, "flow.added", {"way": now.way(link), "when": when})
        return
    if was.name != link.name:
        plain = now.way(Link(link.id, link.source, link.target))
        yield Difference(FILE, "flow.named", {"way": plain, "old": f"“{was.name}”", "new": f"“{link.name}”"})
    if (was.condition, was.otherwise) != (link.condition, link.otherwise):
        yield Difference(FILE, "flow.condition", {"way": now.way(link), "old": _condition(was, before), "new": _condition(link, forms)})


def _condition(link: Link, forms: Mapping[str, Form]) -> object:
    if link.otherwise:
        return both("selain itu", "otherwise")
    return condition(link.condition, forms) if link.condition else ALWAYS
