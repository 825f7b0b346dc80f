"""What procedure.toml says of outcomes is about end events that exist, and every outcome says how long its file is kept."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "outcome.unknown": "There is no end event {outcome} in the diagram; the ends are {known}.",
    "outcome.no_retention": "How long is the file kept after {outcome}? Add it under [retention].",
}
_ALWAYS = "withdrawn"


def check(seen: Seen) -> Iterator[Finding]:
    key = seen.bundle.process.key
    ends = [step.id for step in seen.of_kind("end") if step.inside == key]
    about = seen.bundle.about
    for table, outcomes in (("letters", about.letters), ("retention", about.retention)):
        for outcome in outcomes:
            if outcome not in ends and outcome != _ALWAYS:
                yield Finding(f"procedure.toml#/{table}/{outcome}", "outcome.unknown", {"outcome": outcome, "known": ends})
    for outcome in (*ends, _ALWAYS):
        if outcome not in about.retention:
            yield Finding("procedure.toml#/retention", "outcome.no_retention", {"outcome": outcome})
