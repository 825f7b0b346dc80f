"""Who must not be the same person as before: the step that is named has been done before, on some way."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.names import APPLICANT
from rules import Finding

from .has_known_properties import listed

SENTENCES = {
    "eyes.later": {
        "id": "{step} tidak boleh dikerjakan oleh petugas {other}, tetapi {other} tidak pernah dikerjakan sebelumnya. "
        "Pada “Empat mata”, pilih langkah yang sudah lewat, atau pindahkan larangannya ke {other}.",
        "en": "{step} must not be done by whoever did {other}, but {other} never comes before it. "
        "At “Four eyes”, choose a step that is done before, or set this rule at {other}.",
    },
    "eyes.itself": {
        "id": "{step} tidak boleh dikerjakan oleh petugasnya sendiri; pilih langkah lain pada “Empat mata”.",
        "en": "{step} must not be done by whoever does it itself; choose another step at “Four eyes”.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    people = {step.id for step in seen.of_kind("user")}
    for step in seen.of_kind("user"):
        for other in listed(step, "not_same_as"):
            if other == step.id:
                yield seen.at(step, "eyes.itself")
            elif other in people and other != APPLICANT and step.id not in seen.routes.can_follow(other):
                yield seen.at(step, "eyes.later", other=seen.called.step(other))
