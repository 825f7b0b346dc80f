"""The permit is not issued, and gets no number, before an officer has decided, what is due is paid and everything else is closed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.flow import Step
from engine.procedures.checking import Seen
from engine.procedures.expressions import read
from engine.procedures.names import APPLICANT
from engine.procedures.tokens import explore
from rules import Finding

SENTENCES = {
    "gate.no_decision": {
        "id": "{step} dapat tercapai tanpa keputusan seorang petugas: {path}. Gambar semua jalannya lewat langkah yang memutuskan.",
        "en": "{step} can be reached without the decision of an officer: {path}. Draw every way through the step that decides.",
    },
    "gate.no_charge": {
        "id": "Layanan ini berbayar, tetapi {step} dapat tercapai tanpa penetapan biaya: {path}. Di perancang, gambar semua "
        "jalannya lewat langkah otomatis “Tetapkan biaya”, atau jawab “Berapa biayanya?” dengan “tidak ada” pada "
        "“Tentang layanan”.",
        "en": "There is a fee, but {step} can be reached without charging it: {path}. In the designer, draw every way through "
        "an automatic step “Charge the fee”, or answer “What does it cost?” with “nothing” under “About the service”.",
    },
    "gate.not_paid": {
        "id": "{step} dapat tercapai sesudah {charge} tanpa pembayaran: {path}. Di perancang, gambar semua jalannya lewat "
        "langkah otomatis “Biaya lunas”, atau beri syarat bahwa tidak ada yang harus dibayar.",
        "en": "{step} can be reached after {charge} without the payment: {path}. In the designer, draw every way through an "
        "automatic step “The fee is paid”, or give it the condition that nothing is due.",
    },
    "gate.still_open": {
        "id": "{step} dapat tercapai saat {open} belum selesai. Satukan cabangnya dengan “Beberapa hal bersamaan” sebelum {step}.",
        "en": "{step} can be reached while {open} is still open. Bring the branches together with “Several things at once” before {step}.",
    },
}
_FREE = "none"


def check(seen: Seen) -> Iterator[Finding]:
    gates = seen.permit_steps
    known = seen.actions is None or all(step.action in seen.actions for step in seen.of_kind("service"))
    if gates and known and seen.is_sound:
        numbers = [step for step in seen.of_kind("service") if step.action == "number"]
        yield from _undecided(seen, [*numbers, *gates])
        yield from _unpaid(seen, gates)
        yield from _open(seen, gates)


def _undecided(seen: Seen, gates: list[Step]) -> Iterator[Finding]:
    """Officers' steps on every way; the first gate that lacks one is told."""
    officers = {f"#{step.id}" for step in seen.of_kind("user") if step.desks and APPLICANT not in step.desks}
    for gate in gates:
        if not officers & seen.routes.before(gate.id):
            path = around(seen, {each.removeprefix("#") for each in officers}, gate)
            yield seen.at(gate, "gate.no_decision", path=seen.path(path or ()))
            return


def _unpaid(seen: Seen, gates: list[Step]) -> Iterator[Finding]:
    if seen.bundle.about.fee.kind == _FREE:
        return
    charges = [step for step in seen.of_kind("service") if step.action == "charge"]
    settles = {step.id for step in seen.of_kind("service") if step.action == "settle"}
    free = _nothing_due(seen, charges)
    for gate in gates:
        path = around(seen, {step.id for step in charges}, gate, free)
        if path is not None:
            yield seen.at(gate, "gate.no_charge", path=seen.path(path))
            return
        for charge in charges:
            path = around(seen, settles, gate, free, begin=charge.id)
            if path is not None:
                yield seen.at(gate, "gate.not_paid", charge=seen.called.step(charge.id), path=seen.path(path))
                return


def _nothing_due(seen: Seen, charges: list[Step]) -> set[str]:
    """The ways that are taken on what the charge or the fee's table said: whoever drew them looked at the amount."""
    decision = seen.bundle.about.fee.decision
    fee = {*(step.id for step in charges), *(step.result for step in seen.of_kind("rule") if step.decision == decision)}
    found = set()
    for link in seen.bundle.process.links:
        reads = read(link.condition) if link.condition else None
        if reads and any(path.partition(".")[0] in fee for path in reads.paths):
            found.add(link.id)
    return found


def around(
    seen: Seen, avoided: set[str], gate: Step, closed: set[str] | None = None, *, begin: str | None = None
) -> tuple[str, ...] | None:
    """A way to a step through none of the `avoided` ones and none of the `closed` flows; None when there is none."""
    process = seen.bundle.process
    first = begin or next(step.id for step in process.steps.values() if step.kind == "start" and step.inside == process.key)
    todo: list[tuple[str, tuple[str, ...]]] = [(first, (first,))]
    known = {first}
    while todo:
        here, path = todo.pop(0)
        if here == gate.id:
            return path
        for target, link in _following(seen, process.steps[here], avoided, closed or set()):
            if target not in known and target not in avoided:
                known.add(target)
                todo.append((target, (*path, link, target)))
    return None


def _following(seen: Seen, step: Step, avoided: set[str], closed: set[str]) -> Iterator[tuple[str, str]]:
    """Where a case can go on from a step, and along which flow: also into what the step is made of, and out of it at an end of that; to
    what hangs on it; and to what an event starts meanwhile."""
    steps = seen.bundle.process.steps.values()
    yield from ((each.id, "") for each in steps if each.host == step.id or (each.beside and each.inside == step.inside))
    if step.kind == "part":
        yield from ((each.id, "") for each in steps if each.kind == "start" and each.inside == step.part)
        leaving = [step] if step.loop else []
    elif step.kind == "end":
        leaving = [each for around in steps if around.part == step.inside for each in _over(seen, around)]
        leaving = [each for each in leaving if not _holds_one(seen, each.id, avoided)]
    else:
        leaving = [step]
    for each in leaving:
        yield from ((link.target, link.id) for link in seen.called.out.get(each.id, ()) if link.id not in closed)


def _over(seen: Seen, around: Step) -> list[Step]:
    """The sub-processes that are over when one comes to an end: one that an event starts ends what it interrupts."""
    if not around.beside:
        return [around]
    steps = seen.bundle.process.steps.values()
    interrupts = any(each.kind == "start" and each.inside == around.id and each.interrupting for each in steps)
    return [each for each in steps if each.part == around.inside] if interrupts else []


def _holds_one(seen: Seen, part: str, wanted: set[str]) -> bool:
    """Whether one of the wanted steps is certain once a sub-process is done."""
    done = seen.routes.after(seen.routes.node_after(part)) - seen.routes.before(part)
    return any(f"#{step}" in done for step in wanted)


def _open(seen: Seen, gates: list[Step]) -> Iterator[Finding]:
    """Steps of officers that can be open in another branch while the permit is issued."""
    steps = seen.bundle.process.steps
    if not any(step.kind in {"parallel", "inclusive"} or step.host or step.beside for step in steps.values()):
        return
    tasks = {step.id for step in seen.of_kind("user")}
    walked = explore(seen.bundle.process, stops=frozenset({*tasks, *(gate.id for gate in gates)}))
    told: set[str] = set()
    for marking in walked.before:
        at = {name for kind, _, name in marking if kind == "at"}
        for gate in (each for each in gates if each.id in at and each.id not in told):
            if left := sorted(at & tasks):
                told.add(gate.id)
                yield seen.at(gate, "gate.still_open", open=seen.called.step(left[0]))
