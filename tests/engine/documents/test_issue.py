"""Issued documents: in the books, found by their code, revoked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from engine import timeline
from engine.documents import (
    AlreadyRevoked,
    Cabinet,
    CodeTaken,
    Document,
    by_code,
    files_of,
    issue,
    new_code,
    of_case,
    open_file,
    read_code,
    revoke,
)
from engine.store import NotFound, Session

CASE, PERSON = "01J00000000000000000000CAS", "01J00000000000000000000PER"


def issued(session: Session, cabinet: Cabinet, at: datetime, **changed: Any) -> Document:
    facts: dict[str, Any] = {
        "case": CASE,
        "letter": "permit",
        "number": "503/0001/REKLAME/2026",
        "code": "7KQ2-9FXA-M0T3-ZZ8V",
        "public": {"holder": "S*** D***", "kind": "papan"},
        "papers": {"id": b"%PDF-1.7 id", "en": b"%PDF-1.7 en"},
        "valid_from": date(2026, 7, 1),
        "valid_until": date(2027, 6, 30),
    }
    return issue(session, cabinet, by=PERSON, at=at, **{**facts, **changed})


def test_a_document_keeps_its_papers_in_both_languages(session: Session, cabinet: Cabinet, now: datetime) -> None:
    document = issued(session, cabinet, now)
    opened = {lang: open_file(session, cabinet, file) for lang, file in document.files.items()}
    assert {lang: (ref.name, ref.type, content) for lang, (ref, content) in opened.items()} == {
        "id": ("503-0001-REKLAME-2026.id.pdf", "application/pdf", b"%PDF-1.7 id"),
        "en": ("503-0001-REKLAME-2026.en.pdf", "application/pdf", b"%PDF-1.7 en"),
    }
    assert {stored.purpose for stored in files_of(session, CASE)} == {"letter"}
    assert list(of_case(session, CASE)) == [document]
    assert (document.file_id("en"), document.file_id("fr")) == (document.files["en"], document.files["id"])


@pytest.mark.parametrize("typed", ["7KQ2-9FXA-M0T3-ZZ8V", "7kq2 9fxa mot3 zz8v", " 7KQ29FXAMOT3ZZ8V ", "7KQ2–9FXA–M0T3–ZZ8V"])
def test_a_code_is_found_as_people_type_it(session: Session, cabinet: Cabinet, now: datetime, typed: str) -> None:
    document = issued(session, cabinet, now)
    session.expire_all()
    assert by_code(session, typed) == document
    assert document.shown_code == "7KQ2-9FXA-M0T3-ZZ8V"
    assert document.public == {"holder": "S*** D***", "kind": "papan"}


@pytest.mark.parametrize("typed", ["", "7KQ2-9FXA-M0T3-ZZ8W", "7KQ2-9FXA", "7KQ2-9FXA-M0T3-ZZ8U", "' OR 1=1 --", "٧KQ2-9FXA-M0T3-ZZ8V"])
def test_what_is_no_code_finds_nothing(session: Session, cabinet: Cabinet, now: datetime, typed: str) -> None:
    issued(session, cabinet, now)
    assert by_code(session, typed) is None


def test_codes_have_80_bits_in_an_alphabet_without_lookalikes() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(read_code(code) or "") for code in codes} == {16}
    assert not set("".join(codes)) & set("ILOU")


def test_a_code_is_used_once(session: Session, cabinet: Cabinet, now: datetime) -> None:
    issued(session, cabinet, now)
    with pytest.raises(CodeTaken):
        issued(session, cabinet, now, code="7kq2-9fxa-mot3-zz8v")
    with pytest.raises(CodeTaken):
        issued(session, cabinet, now, code="short")


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2026, 6, 30), "not_yet"), (date(2026, 7, 1), "valid"), (date(2027, 6, 30), "valid"), (date(2027, 7, 1), "expired")],
)
def test_both_ends_of_the_validity_count(session: Session, cabinet: Cabinet, now: datetime, day: date, status: str) -> None:
    assert issued(session, cabinet, now).status(day) == status


def test_a_document_without_dates_is_valid(session: Session, cabinet: Cabinet, now: datetime) -> None:
    assert issued(session, cabinet, now, valid_from=None, valid_until=None).status(date(2040, 1, 1)) == "valid"


def test_a_revoked_document_says_so_and_why_once(session: Session, cabinet: Cabinet, now: datetime) -> None:
    document = issued(session, cabinet, now)
    revoke(session, document.id, reason="Melanggar ketentuan", by=PERSON, at=now)
    session.expire_all()
    assert (document.status(date(2026, 7, 1)), document.revoked_reason, document.revoked_at) == ("revoked", "Melanggar ketentuan", now)
    with pytest.raises(AlreadyRevoked, match="503/0001/REKLAME/2026"):
        revoke(session, document.id, reason="again", by=PERSON, at=now)


def test_revoking_what_does_not_exist_is_refused(session: Session, now: datetime) -> None:
    with pytest.raises(NotFound):
        revoke(session, "01J0000000000000000000NONE", reason="x", by=PERSON, at=now)


def test_the_timeline_hears_of_both(session: Session, cabinet: Cabinet, now: datetime) -> None:
    document = issued(session, cabinet, now)
    revoke(session, document.id, reason="x", by=PERSON, at=now)
    session.flush()
    assert [event.what for event in timeline.of_case(session, CASE)] == ["document.issued", "document.revoked"]
