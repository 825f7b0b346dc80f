"""Tell the applicant, in their language, in the words of the bundle's letter `notice-<what>`."""

from __future__ import annotations

from typing import Any

from engine import documents, notices

from .action import Work
from .wording import words_for

NAME = "notify"
FIELDS = {"notice": "letter"}
WRITES: dict[str, Any] = {}
LATER = False


def run(work: Work, prepared: Any = None) -> dict[str, Any]:
    """Word the notice now (it is kept as it was said); it is mailed after the commit."""
    what = str(work.header("notice"))
    template = work.bundle.letter(f"notice-{what}", work.applicant.language)
    subject, body = documents.render_text(template, words_for(work, template), lang=work.applicant.language, zone=work.office.calendar.zone)
    notices.tell(work.session, case=work.case.id, to=work.applicant, what=what, subject=subject, body=body, at=work.at)
    return {}
