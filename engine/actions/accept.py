"""The papers are complete: the legal clock starts (UU 30/2014 art. 53: counted from complete receipt)."""

from __future__ import annotations

from typing import Any

from engine import timeline

from .action import Work

NAME = "accept"
TITLE = {"id": "Berkas lengkap: janji waktu layanan mulai", "en": "The papers are complete: the promised time begins"}
FIELDS: dict[str, str] = {}
LABELS: dict[str, dict[str, str]] = {}
WRITES = {"at": "date and time"}
LATER = False


def run(work: Work, prepared: Any = None) -> dict[str, Any]:
    """Note when the file was complete; a second time keeps the first date."""
    if work.case.complete_since is None:
        work.case.complete_since = work.at
        timeline.tell(work.session, "case.complete", by=None, at=work.at, case=work.case.id)
    return {"at": work.case.complete_since}
