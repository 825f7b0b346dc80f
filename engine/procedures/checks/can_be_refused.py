"""There is a way to say no, and a letter that says why (UU 30/2014: a refusal is a decision, in writing, with reasons)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "refusal.no_end": {
        "id": "Permohonan tidak dapat ditolak: diagram tidak punya akhir “ditolak”. Di perancang, gambar jalan dari "
        "keputusan menuju sebuah akhir, dan jawab di sana “Apa arti akhir ini?” dengan “Permohonan ditolak” (id refused).",
        "en": "An application cannot be refused: the diagram has no end “refused”. In the designer, draw a way from the "
        "decision to an end, and answer there “What does this end mean?” with “The application is refused” (id refused).",
    },
    "refusal.no_letter": {
        "id": "Tidak ada surat untuk penolakan, padahal pemohon berhak tahu alasannya. Di studio, pilih “Surat penolakan” pada "
        "“Tentang layanan”.",
        "en": "There is no letter for a refusal, and the applicant has a right to the reasons. In the studio, choose “The "
        "letter of a refusal” under “About the service”.",
    },
}
_REFUSED = "refused"


def check(seen: Seen) -> Iterator[Finding]:
    if not any(step.id == _REFUSED for step in seen.of_kind("end")):
        yield Finding("process.bpmn", "refusal.no_end", {})
    if _REFUSED not in seen.bundle.about.letters:
        yield Finding("procedure.toml#/letters", "refusal.no_letter", {})
