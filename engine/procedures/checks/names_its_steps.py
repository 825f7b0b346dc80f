"""What a person does has a name: without one, the task list shows the sign of the step in the file."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.no_name": {
        "id": "Langkah {step} tidak bernama, padahal petugas membaca nama itu di daftar tugas. Beri nama di perancang.",
        "en": "The step {step} has no name, and officers read it in their task list. Give it a name in the designer.",
    },
}
WARNINGS = frozenset(SENTENCES)


def check(seen: Seen) -> Iterator[Finding]:
    for step in seen.of_kind("user"):
        if not step.name or step.name == step.id:
            yield seen.at(step, "step.no_name")
