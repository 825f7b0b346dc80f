"""There is a way to say no, and a letter that says why (UU 30/2014: a refusal is a decision, in writing, with reasons)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "refusal.no_end": {
        "id": "Diagram tidak punya akhir dengan id refused; permohonan harus dapat ditolak. Gambar jalan menuju akhir itu.",
        "en": "The diagram has no end event with the id refused; an application must be able to be refused. Draw a way to such an end.",
    },
    "refusal.no_letter": {
        "id": "procedure.toml tidak menyebut surat penolakan; tambahkan refused = … di [letters].",
        "en": "procedure.toml names no letter for a refusal; add refused = … under [letters].",
    },
}
_REFUSED = "refused"


def check(seen: Seen) -> Iterator[Finding]:
    if not any(step.id == _REFUSED for step in seen.of_kind("end")):
        yield Finding("process.bpmn", "refusal.no_end", {})
    if _REFUSED not in seen.bundle.about.letters:
        yield Finding("procedure.toml#/letters", "refusal.no_letter", {})
