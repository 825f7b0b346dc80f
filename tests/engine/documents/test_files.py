"""Files of a case: where they lie, what is known of them, how they go."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.documents import (
    BadCabinet,
    Cabinet,
    CabinetUnreachable,
    FileDamaged,
    FileErased,
    PlaceTaken,
    StoredFile,
    erase_file,
    files_of,
    keep,
    open_file,
    sweep,
)
from engine.store import NotFound, Session, Store
from forms import Upload

CASE, PERSON = "01J00000000000000000000CAS", "01J00000000000000000000PER"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def test_a_kept_file_opens_as_it_was_given(session: Session, cabinet: Cabinet, now: datetime) -> None:
    kept = keep(session, cabinet, Upload("ktp.png", PNG, "image/png"), case=CASE, by=PERSON, at=now)
    assert (kept.name, kept.type, kept.size, kept.sha256) == ("ktp.png", "image/png", len(PNG), hashlib.sha256(PNG).hexdigest())
    assert open_file(session, cabinet, kept.id) == (kept, PNG)
    assert [stored.id for stored in files_of(session, CASE)] == [kept.id]


def test_the_type_comes_from_the_content_and_not_from_the_name(session: Session, cabinet: Cabinet, now: datetime) -> None:
    assert keep(session, cabinet, Upload("letter.pdf", PNG), case=CASE, by=PERSON, at=now).type == "image/png"
    assert keep(session, cabinet, Upload("empty.html", b""), case=CASE, by=PERSON, at=now).type == "application/octet-stream"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\ktp.jpg", "ktp.jpg"),
        ("a\x00b\n.png", "ab.png"),
        ("", "file"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_from_a_user_is_never_a_place(
    session: Session, cabinet: Cabinet, now: datetime, tmp_path: Path, given: str, shown: str
) -> None:
    kept = keep(session, cabinet, Upload(given, b"x"), case=CASE, by=PERSON, at=now)
    stored = session.get_one(StoredFile, kept.id)
    assert kept.name == shown
    assert stored.place == f"{kept.id[-2:].lower()}/{kept.id}"
    assert (tmp_path / "files" / stored.place).read_bytes() == b"x"


def test_the_name_of_a_file_is_sealed_in_the_database(store: Store, cabinet: Cabinet, now: datetime, tmp_path: Path) -> None:
    with store.unit() as session:
        keep(session, cabinet, Upload("ktp-sari-dewi.png", PNG), case=CASE, by=PERSON, at=now)
    store.close()
    assert b"sari-dewi" not in b"".join(path.read_bytes() for path in tmp_path.glob("loket.db*"))


def test_a_changed_or_missing_content_is_noticed(session: Session, cabinet: Cabinet, now: datetime, tmp_path: Path) -> None:
    kept = keep(session, cabinet, Upload("ktp.png", PNG), case=CASE, by=PERSON, at=now)
    path = tmp_path / "files" / session.get_one(StoredFile, kept.id).place
    path.write_bytes(PNG + b"!")
    with pytest.raises(FileDamaged, match=kept.id):
        open_file(session, cabinet, kept.id)
    path.unlink()
    with pytest.raises(FileDamaged, match="backup"):
        open_file(session, cabinet, kept.id)


def test_an_erased_file_cannot_be_opened_and_its_bytes_are_swept_out(session: Session, cabinet: Cabinet, now: datetime) -> None:
    kept = keep(session, cabinet, Upload("ktp-sari.png", PNG), case=CASE, by=PERSON, at=now)
    other = keep(session, cabinet, Upload("other.png", PNG), case=CASE, by=PERSON, at=now)
    erase_file(session, kept.id, at=now)
    with pytest.raises(FileErased):
        open_file(session, cabinet, kept.id)
    assert session.get_one(StoredFile, kept.id).name == ""
    assert [stored.id for stored in files_of(session, CASE)] == [other.id]
    assert sweep(session, cabinet, at=datetime.now(UTC)) == 1
    assert [place for place, _ in cabinet.places()] == [session.get_one(StoredFile, other.id).place]


def test_what_a_failed_transaction_left_is_swept_out_after_a_day(store: Store, cabinet: Cabinet, now: datetime) -> None:
    with pytest.raises(NotFound), store.unit() as session:  # noqa: PT012
        keep(session, cabinet, Upload("ktp.png", PNG), case=CASE, by=PERSON, at=now)
        erase_file(session, "01J0000000000000000000NONE", at=now)
    with store.unit() as session:
        assert sweep(session, cabinet, at=datetime.now(UTC)) == 0
        assert sweep(session, cabinet, at=datetime.now(UTC) + timedelta(days=1, minutes=1)) == 1
    assert list(cabinet.places()) == []


def test_an_unknown_file_is_not_found(session: Session, cabinet: Cabinet, now: datetime) -> None:
    with pytest.raises(NotFound):
        open_file(session, cabinet, "01J0000000000000000000NONE")
    with pytest.raises(NotFound):
        erase_file(session, "01J0000000000000000000NONE", at=now)


@pytest.mark.parametrize("url", ["folder", "memory:///"])
def test_nothing_in_a_cabinet_is_overwritten(tmp_path: Path, url: str) -> None:
    cabinet = Cabinet(tmp_path / url if url == "folder" else url)
    cabinet.put("a/b", b"first")
    with pytest.raises(PlaceTaken, match="a/b"):
        cabinet.put("a/b", b"second")
    assert cabinet.get("a/b") == b"first"
    cabinet.drop("a/b")
    cabinet.drop("a/b")
    assert cabinet.get("a/b") is None


def test_a_cabinet_in_a_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    Cabinet(tmp_path / "files")
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("url", ["gopher://files", "s3://"])
def test_an_address_that_is_no_cabinet_is_told_in_one_line(url: str) -> None:
    with pytest.raises(BadCabinet, match=r"no place for files: .*\. Give a folder, or s3") as told:
        Cabinet(url)
    assert "\n" not in str(told.value)


def test_a_cabinet_that_does_not_answer_says_so() -> None:
    options = {"endpoint": "http://127.0.0.1:9", "access_key_id": "x", "secret_access_key": "x", "region": "id"}
    closed = Cabinet("s3://files/x", **options, client_options={"allow_http": True}, retry_config={"max_retries": 0})
    with pytest.raises(CabinetUnreachable, match="try again") as told:
        closed.put("a", b"x")
    assert "\n" not in str(told.value)
    with pytest.raises(CabinetUnreachable):
        closed.get("a")
