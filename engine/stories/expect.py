"""Every expectation of a story, held against the office after the step. One function per word."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from sqlalchemy import select

import rules
from engine import cases, documents, fees, notices
from engine.store import Session

from .read import Do, Wait

if TYPE_CHECKING:
    from .run import Stage

Difference = tuple[str, Mapping[str, object]]
Was = tuple[str, object]


def compare(stage: Stage, step: Do | Wait) -> Iterator[Difference]:
    """A code and its facts (`wanted`, `was`) for every expectation that did not hold; their sentences: sentences.py."""
    expect: Mapping[str, Any] = step.expect
    wants_refusal = "refused" in expect or "errors" in expect
    if stage.refusal is not None and not wants_refusal:
        yield "played.refused", {"was": stage.refusal}
    if stage.refusal is None and wants_refusal:
        yield "played.not_refused", {"wanted": expect.get("refused", expect.get("errors"))}
    if stage.errors and "errors" not in expect and wants_refusal:
        yield "played.other_refusal", {"was": stage.refusal}
    with stage.store.reading() as session:
        case = session.get(cases.Case, stage.case)
        for word, wanted in expect.items():
            if word in EXPECT:
                found = EXPECT[word](session, stage, case, wanted) if case else ("played.no_case", "")
                if found is not None:
                    yield found[0], {"wanted": f"{word} = {wanted!r}", "was": found[1]}
        stage.notices_seen = len(notices.of_case(session, stage.case))


def open_now(session: Session, stage: Stage, case: cases.Case) -> list[dict[str, Any]]:
    """The open steps as a story tells them: `step`, `desk`, and `due`, the day (None: none is promised)."""
    return [
        {"step": each.step, "desk": each.desk, "due": each.due.astimezone(stage.office.calendar.zone).date() if each.due else None}
        for each in cases.status_of(session, case).waiting
    ]


def _open(session: Session, stage: Stage, case: cases.Case, wanted: list[dict[str, Any]]) -> Was | None:
    is_open = {each["step"]: each for each in open_now(session, stage, case)}
    same = len(is_open) == len(wanted) and all(
        each["step"] in is_open and all(is_open[each["step"]].get(word) == value for word, value in each.items()) for each in wanted
    )
    return None if same else ("played.open", list(is_open.values()))


def _sent(session: Session, stage: Stage, case: cases.Case, wanted: list[dict[str, Any]]) -> Was | None:
    names = {person: key for key, person in stage.cast.items()}
    new = [{"to": names.get(each.to, each.to), "what": each.what} for each in notices.of_case(session, case.id)[stage.notices_seen :]]
    return None if sorted(map(str, new)) == sorted(map(str, wanted)) else ("played.sent", new)


def _tracking(session: Session, stage: Stage, case: cases.Case, wanted: str) -> Was | None:
    sentence = cases.sentence_of(stage.bundle, cases.status_of(session, case), "id")
    return None if wanted in sentence else ("played.tracking", repr(sentence))


def _fee(session: Session, stage: Stage, case: cases.Case, wanted: int) -> Was | None:
    charged = [each.amount for each in fees.fees_of(session, case.id) if each.replaced_at is None]
    return None if sum(charged) == wanted else ("played.fee", charged)


def _fee_rows(session: Session, stage: Stage, case: cases.Case, wanted: list[str]) -> Was | None:
    rows = [f"{row['table']} {row['row']}" for fee in fees.fees_of(session, case.id) for row in fee.rows]
    return None if set(wanted) <= set(rows) else ("played.fee_rows", rows)


def _errors(session: Session, stage: Stage, case: cases.Case, wanted: list[str]) -> Was | None:
    return None if set(stage.errors) == set(wanted) else ("played.errors", list(stage.errors))


def _ended(session: Session, stage: Stage, case: cases.Case, wanted: str) -> Was | None:
    return None if case.outcome == wanted else ("played.ended", case.outcome)


def _number(session: Session, stage: Stage, case: cases.Case, wanted: str) -> Was | None:
    numbers = [each.number for each in documents.of_case(session, case.id)]
    return None if wanted in numbers else ("played.number", numbers)


def _letter_contains(session: Session, stage: Stage, case: cases.Case, wanted: list[str]) -> Was | None:
    issued = documents.of_case(session, case.id)
    if not issued:
        return ("played.no_letter", "")
    _, data = documents.open_file(session, stage.office.cabinet, issued[-1].files["id"])
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    missing = [each for each in wanted if " ".join(each.split()) not in text]
    return ("played.letter", {"missing": missing, "text": text}) if missing else None


def _decided(session: Session, stage: Stage, case: cases.Case, wanted: dict[str, Any]) -> Was | None:
    made = session.scalars(select(cases.Decided).where(cases.Decided.case_id == case.id).order_by(cases.Decided.id))
    values = {row.name: rules.from_plain(row.value) for row in made}
    return None if is_as_told(wanted, values) else ("played.decided", values)


def is_as_told(wanted: Any, was: Any) -> bool:
    """Whether a value is as told; of one with members only those that are told."""
    if isinstance(wanted, dict):
        return isinstance(was, dict) and all(is_as_told(value, was.get(name)) for name, value in wanted.items())
    return str(was) == str(wanted)


EXPECT: Mapping[str, Callable[[Session, Stage, cases.Case, Any], Was | None]] = {
    "open": _open,
    "sent": _sent,
    "tracking": _tracking,
    "fee": _fee,
    "fee_rows": _fee_rows,
    "errors": _errors,
    "ended": _ended,
    "number": _number,
    "letter_contains": _letter_contains,
    "decided": _decided,
}
