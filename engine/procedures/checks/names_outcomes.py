"""What procedure.toml says of outcomes is about end events that exist, and every outcome says how long its file is kept."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.naming import both
from rules import Finding

SENTENCES = {
    "outcome.unknown": {
        "id": "Diagram tidak punya akhir “{outcome}”; yang ada: {known}. Perbaiki namanya.",
        "en": "There is no end event “{outcome}” in the diagram; the ends are {known}. Correct the name.",
    },
    "outcome.no_retention": {
        "id": "Berapa lama berkas disimpan sesudah {outcome}? Di perancang, pilih akhir itu dan jawab “Berapa lama berkas disimpan?”.",
        "en": "How long is the file kept after {outcome}? In the designer, choose that end and answer “How long is the file kept?”.",
    },
    "outcome.no_retention_withdrawn": {
        "id": "Berapa lama berkas disimpan bila pemohon menarik permohonannya ({outcome})? Di studio, jawab pada “Tentang "
        "layanan”, bagian “Arsip”.",
        "en": "How long is the file kept when the applicant withdraws ({outcome})? In the studio, answer it under “About the "
        "service”, “Archive”.",
    },
}
_ALWAYS = "withdrawn"
_REFUSED = "refused"  # that there is such an end is for can_be_refused to say


def check(seen: Seen) -> Iterator[Finding]:
    key = seen.bundle.process.key
    ends = [step.id for step in seen.of_kind("end") if step.inside == key]
    about = seen.bundle.about
    for table, outcomes in (("letters", about.letters), ("retention", about.retention)):
        for outcome in outcomes:
            if outcome not in ends and outcome not in {_ALWAYS, _REFUSED}:
                yield Finding(f"procedure.toml#/{table}/{outcome}", "outcome.unknown", {"outcome": outcome, "known": ends})
    for outcome in (*ends, _ALWAYS):
        if outcome not in about.retention:
            code = "outcome.no_retention" if outcome != _ALWAYS else "outcome.no_retention_withdrawn"
            called = seen.called.step(outcome) if outcome in ends else both(f"“{outcome}”", f"“{outcome}”")
            yield Finding("procedure.toml#/retention", code, {"outcome": called})
