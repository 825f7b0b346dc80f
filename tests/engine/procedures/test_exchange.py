"""A procedure goes from office to office as one file: the same there to the last byte; and nothing comes in that should not."""

from __future__ import annotations

import io
import json
import random
import stat
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest

from engine import procedures
from engine.procedures import BadPack, Bundle, export_pack, read_pack
from engine.store import Keyring, Store, migrate
from tests.engine.cases.small import plain_stall, with_every_kind_of_file
from tests.engine.procedures.sample import form, question

RINA = "01J0000000000000000000R1NA"


@pytest.fixture
def other_office(tmp_path) -> Store:
    """Another office, with a database of its own."""
    store = Store(f"sqlite:///{tmp_path / 'other.db'}", Keyring.read(Keyring.make()))
    migrate(store.engine)
    yield store
    store.close()


def zipped(files: dict[str, bytes], shape: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    """A ZIP as somebody else would make it."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            shape(entry)
            archive.writestr(entry, data)
    return box.getvalue()


def with_manifest(files: dict[str, bytes], **changes: object) -> dict[str, bytes]:
    about = {"format": "loket-pack/1", "key": "stall", "name": {"id": "x"}, "fingerprint": procedures.fingerprint(files), **changes}
    return {**files, "loket-pack.json": json.dumps(about).encode()}


def test_a_draft_is_exported_taken_in_elsewhere_and_published_with_the_same_fingerprint(
    store: Store, other_office: Store, now: datetime
) -> None:
    bundle = procedures.read_files(with_every_kind_of_file())
    with store.unit() as session:
        procedures.begin_draft(session, "stall", files=dict(bundle.files), by=RINA, at=now)
        sent = export_pack(procedures.draft_bundle(session, "stall"))
        here = procedures.publish_draft(session, "stall", by=RINA, at=now).fingerprint
    assert export_pack(bundle) == sent, "the same bundle gives the same bytes"
    with other_office.unit() as session:
        procedures.import_pack(session, read_pack(sent), by=RINA, at=now)
        assert procedures.current(session, "stall") is None, "nothing is published by taking it in"
        there = procedures.publish_draft(session, "stall", by=RINA, at=now).fingerprint
    assert here == there == bundle.fingerprint


def test_what_a_pack_brings_is_told_file_by_file_and_ours_may_be_kept(store: Store, now: datetime) -> None:
    bundle = plain_stall()
    asked = form("application", question("area", "number"), question("npwpd", "text"))
    theirs = {**bundle.files, "forms/application.json": asked, "lists/streets.csv": b"value,id,en\na,A,A\n"}
    del theirs["stories/begun.toml"]
    sent = procedures.Pack("stall", {"id": "x"}, "", theirs)
    with store.unit() as session:
        procedures.publish(session, bundle, by=RINA, at=now)
        told = {each.name: each.state for each in procedures.brought(sent.files, procedures.ours(session, "stall"))}
        assert {name: state for name, state in told.items() if state != "same"} == {
            "forms/application.json": "differs",
            "lists/streets.csv": "new",
            "stories/begun.toml": "ours",
        }
        procedures.import_pack(session, sent, keep=frozenset({"stories/begun.toml"}), by=RINA, at=now)
        assert procedures.draft_files(session, "stall") == {**theirs, "stories/begun.toml": bundle.files["stories/begun.toml"]}
        procedures.import_pack(session, sent, keep=frozenset({"forms/application.json"}), by=RINA, at=now)  # into the open draft
        files = procedures.draft_files(session, "stall")
        assert files["forms/application.json"] == asked, "ours is by now what we took in before"
        assert "stories/begun.toml" not in files
        assert len(procedures.draft_history(session, "stall", "stories/begun.toml")) == 2, "nothing is lost"


def test_of_every_kind_of_file_theirs_is_taken_or_ours_is_kept_file_by_file(store: Store, now: datetime) -> None:
    theirs = with_every_kind_of_file()
    ours = {name: data + (b" " if name.endswith(".json") else b"\n") for name, data in theirs.items()}
    kept = frozenset(sorted(theirs)[::2])
    with store.unit() as session:
        procedures.begin_draft(session, "stall", files=ours, by=RINA, at=now)
        told = procedures.brought(theirs, procedures.ours(session, "stall"))
        assert {each.state for each in told} == {"differs"} and len(told) == len(theirs)
        procedures.import_pack(session, procedures.Pack("stall", {"id": "x"}, "", theirs), keep=kept, by=RINA, at=now)
        files = procedures.draft_files(session, "stall")
        assert files == {name: (ours if name in kept else theirs)[name] for name in theirs}
        states = {name: len(procedures.draft_history(session, "stall", name)) for name in theirs}
        assert states == {name: 1 if name in kept else 2 for name in theirs}, "only what changed has a new state, and ours can be had back"


def linked(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


BAD: dict[str, tuple[str, Callable[[Bundle], bytes]]] = {
    "no zip": ("unreadable", lambda bundle: b"PK no"),
    "no manifest": ("manifest", lambda bundle: zipped(dict(bundle.files))),
    "another format": ("manifest", lambda bundle: zipped(with_manifest(dict(bundle.files), format="loket-pack/9"))),
    "another fingerprint": ("fingerprint", lambda bundle: zipped(with_manifest(dict(bundle.files), fingerprint="0" * 64))),
    "code": ("name", lambda bundle: zipped(with_manifest({**bundle.files, "run.py": b"print()"}))),
    "a way out": ("name", lambda bundle: zipped(with_manifest({**bundle.files, "../../etc/cron.d/x": b""}))),
    "an absolute way": ("name", lambda bundle: zipped(with_manifest({**bundle.files, "/forms/x.json": b""}))),
    "a link": ("kind", lambda bundle: zipped(with_manifest(dict(bundle.files)), linked)),
    "a bomb": ("size", lambda bundle: zipped(with_manifest({**bundle.files, "forms/huge.json": b"0" * 5_000_000}))),
    "too many": ("count", lambda bundle: zipped(with_manifest({f"forms/f{number}.json": b"" for number in range(700)}))),
    "too large": ("size", lambda bundle: b"0" * 30_000_000),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_whole_pack_is_refused_with_the_reason(what: str) -> None:
    why, made = BAD[what]
    with pytest.raises(BadPack) as refused:
        read_pack(made(plain_stall()))
    assert refused.value.facts["why"] == f"pack_{why}"


def test_a_name_that_stands_twice_is_refused(recwarn: pytest.WarningsRecorder) -> None:
    box = io.BytesIO(export_pack(plain_stall()))
    with zipfile.ZipFile(box, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("procedure.toml", b"")
    with pytest.raises(BadPack) as refused:
        read_pack(box.getvalue())
    assert refused.value.facts["why"] == "pack_twice"


def test_a_pack_damaged_on_the_way_is_refused_and_never_taken_for_another() -> None:
    whole = export_pack(plain_stall())
    chance, files = random.Random(11), read_pack(whole).files
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
        try:
            taken = read_pack(bytes(damaged)).files
        except BadPack:
            continue
        assert taken == files
