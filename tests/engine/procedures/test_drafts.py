"""Drafts: begun from a version, files or the skeleton; written all or nothing; told when somebody wrote meanwhile; nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine import actions, people, procedures, timeline
from engine.procedures import drafts_begin
from engine.procedures.errors import (
    BadBundle,
    DraftOpen,
    DraftTooLarge,
    FileTooLarge,
    KeyTaken,
    Moved,
    NoDraft,
    NoFile,
    NoProcedure,
    Stale,
    WrongFile,
    WrongKey,
)
from engine.store import Session, Store, new_id

from .sample import ACTIONS, SHEET, bundle, files

RINA, DEWI = new_id(), new_id()
SHEET_FILE, FORM = "procedure.toml", "forms/application.json"
NAMES = {"id": "Izin kios", "en": "Kiosk permit"}


@pytest.fixture
def begun(session: Session, now: datetime) -> Session:
    """A draft of the published sample."""
    procedures.publish(session, bundle(), by=RINA, at=now)
    procedures.begin_draft(session, "stall", by=RINA, at=now)
    return session


def test_a_draft_begins_with_the_files_of_the_offered_version(begun: Session, now: datetime) -> None:
    assert procedures.draft_files(begun, "stall") == dict(bundle().files)
    (draft,) = procedures.drafts(begun)
    version = procedures.current(begun, "stall")
    assert version and (draft.procedure_key, draft.base_version_id, draft.rev, draft.began_by) == ("stall", version.id, 1, RINA)
    assert set(procedures.draft_revs(begun, "stall").values()) == {1}


def test_one_draft_of_a_procedure_is_open_at_a_time(begun: Session, now: datetime) -> None:
    with pytest.raises(DraftOpen) as refused:
        procedures.begin_draft(begun, "stall", by=DEWI, at=now)
    assert (refused.value.facts["by"], refused.value.facts["at"]) == (RINA, now)
    procedures.discard_draft(begun, "stall", by=DEWI, at=now)
    assert procedures.begin_draft(begun, "stall", by=DEWI, at=now).began_by == DEWI
    kept = begun.execute(text("SELECT count(*) FROM draft_file")).scalar_one()
    assert kept == 2 * len(bundle().files), "what was laid aside is kept"


def test_writing_gives_every_file_its_new_state_and_the_same_content_none(begun: Session, now: datetime) -> None:
    revs = procedures.write_draft(begun, "stall", {FORM: b"{}", "README.md": b"x"}, revs={FORM: 1, "README.md": 0}, by=DEWI, at=now)
    assert revs == {FORM: 2, "README.md": 2}
    assert procedures.write_draft(begun, "stall", {FORM: b"{}"}, revs={FORM: 2}, by=RINA, at=now) == {FORM: 2}
    assert procedures.draft_file(begun, "stall", FORM) == (b"{}", 2)
    assert [(each.rev, each.by) for each in procedures.draft_history(begun, "stall", FORM)] == [(2, DEWI), (1, RINA)]


def test_whoever_comes_second_is_told_who_wrote_and_when_and_nothing_is_written(begun: Session, now: datetime) -> None:
    dewi = people.sign_up(begun, name="Dewi", phone=None, email="dewi@example.org", password="kopi hitam tanpa gula", at=now).id
    later = now + timedelta(minutes=3)
    procedures.write_draft(begun, "stall", {FORM: b"dewi"}, revs={FORM: 1}, by=dewi, at=later)
    with pytest.raises(Stale) as told:
        procedures.write_draft(begun, "stall", {FORM: b"rina", "README.md": b"rina"}, revs={FORM: 1}, by=RINA, at=later)
    facts = told.value.facts
    assert (facts["file"], facts["by"], facts["who"], facts["at"], facts["rev"]) == (FORM, dewi, "Dewi", later, 2)
    assert procedures.draft_file(begun, "stall", FORM) == (b"dewi", 2)
    assert "README.md" not in procedures.draft_files(begun, "stall"), "all or nothing"


def test_a_file_can_be_taken_out_and_every_earlier_state_be_had_back(begun: Session, now: datetime) -> None:
    before, _ = procedures.draft_file(begun, "stall", FORM)
    procedures.write_draft(begun, "stall", {FORM: None}, revs={FORM: 1}, by=DEWI, at=now)
    assert FORM not in procedures.draft_files(begun, "stall")
    with pytest.raises(NoFile):
        procedures.draft_file(begun, "stall", FORM)
    with pytest.raises(Stale):
        procedures.write_draft(begun, "stall", {FORM: b"mine"}, revs={FORM: 1}, by=RINA, at=now)
    assert [each.gone for each in procedures.draft_history(begun, "stall", FORM)] == [True, False]
    assert procedures.undo_draft(begun, "stall", FORM, to=1, by=RINA, at=now, rev=2) == 3
    assert procedures.draft_file(begun, "stall", FORM) == (before, 3)
    with pytest.raises(NoFile):
        procedures.undo_draft(begun, "stall", FORM, to=2, by=RINA, at=now)


def test_only_files_a_bundle_may_have_are_taken_and_only_as_many(begun: Session, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("code.py", "../procedure.toml", "forms/a/b.json", "forms/a.json\n", ""):
        with pytest.raises(WrongFile):
            procedures.write_draft(begun, "stall", {name: b"x", FORM: b"x"}, by=DEWI, at=now)
    with pytest.raises(FileTooLarge):
        procedures.write_draft(begun, "stall", {FORM: b"x" * 4_000_001}, by=DEWI, at=now)
    with pytest.raises(DraftTooLarge):
        procedures.write_draft(begun, "stall", {f"forms/f{n}.json": bytes(3_900_000) for n in range(6)}, by=DEWI, at=now)
    with pytest.raises(DraftTooLarge):
        procedures.write_draft(begun, "stall", {f"forms/f{n}.json": b"x" for n in range(500)}, by=DEWI, at=now)
    assert procedures.draft_files(begun, "stall") == dict(bundle().files)


def test_there_is_nothing_to_change_in_what_is_not_there(session: Session, now: datetime) -> None:
    for call in (
        lambda: procedures.draft_files(session, "stall"),
        lambda: procedures.write_draft(session, "stall", {FORM: b""}, by=RINA, at=now),
        lambda: procedures.discard_draft(session, "stall", by=RINA, at=now),
        lambda: procedures.draft_findings(session, "stall"),
        lambda: procedures.publish_draft(session, "stall", by=RINA, at=now),
    ):
        with pytest.raises(NoDraft):
            call()
    with pytest.raises(NoProcedure):
        procedures.begin_draft(session, "stall", by=RINA, at=now)
    with pytest.raises(WrongKey):
        procedures.begin_draft(session, "../stall", by=RINA, at=now, files={})
    with pytest.raises(NoProcedure):
        procedures.copy_procedure(session, "stall", "kiosk", NAMES, by=RINA, at=now)


def test_a_state_once_written_cannot_be_changed_in_the_database_either(begun: Session) -> None:
    for statement in ("UPDATE draft_file SET rev = 9", "DELETE FROM draft_file"):
        with pytest.raises(DBAPIError, match="append-only"), begun.begin_nested():
            begun.execute(text(statement))


def test_findings_of_a_draft_are_those_of_the_reader_then_of_the_rules(begun: Session, now: datetime) -> None:
    assert procedures.draft_findings(begun, "stall", actions=ACTIONS) == ()
    procedures.write_draft(begun, "stall", {FORM: b"{"}, by=DEWI, at=now)
    assert [(each.place, each.code) for each in procedures.draft_findings(begun, "stall")] == [(f"{FORM}#", "form.json")]
    procedures.undo_draft(begun, "stall", FORM, to=1, by=DEWI, at=now)
    procedures.write_draft(begun, "stall", {SHEET_FILE: SHEET.replace('"stall"', '"shop"').encode()}, by=DEWI, at=now)
    assert {each.code for each in procedures.draft_findings(begun, "stall")} == {"bundle.process_key"}
    process = procedures.draft_file(begun, "stall", "process.bpmn")[0].replace(b'id="stall"', b'id="shop"')
    procedures.write_draft(begun, "stall", {"process.bpmn": process}, by=DEWI, at=now)
    assert [each.code for each in procedures.draft_findings(begun, "stall", actions=ACTIONS)] == ["draft.key"]


@given(st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_half_a_draft_has_findings_and_never_breaks(begun: Session, now: datetime, data: st.DataObject) -> None:
    """Files cut off anywhere, emptied, taken out, or filled with nonsense."""
    whole = files()
    for name in data.draw(st.lists(st.sampled_from(sorted(whole)), min_size=1, max_size=4, unique=True)):
        content = whole[name]
        cut = data.draw(st.integers(0, len(content)))
        broken = data.draw(
            st.sampled_from([None, b"", content[:cut], content[:cut] + content[cut + 1 :], b"\xff\x00", b"[1]", b'"x"', b"<a/>"])
        )
        procedures.write_draft(begun, "stall", {name: broken}, by=DEWI, at=now)
    for finding in procedures.draft_findings(begun, "stall", actions=ACTIONS):
        assert procedures.line(finding)
    procedures.write_draft(begun, "stall", whole, by=DEWI, at=now)


def test_publishing_a_draft_makes_a_version_and_closes_it(begun: Session, now: datetime) -> None:
    procedures.write_draft(begun, "stall", {SHEET_FILE: SHEET.replace("days = 5", "days = 7").encode()}, by=DEWI, at=now)
    version = procedures.publish_draft(begun, "stall", by=RINA, at=now, note="longer", actions=ACTIONS)
    assert (version.number, version.note, procedures.bundle_of(begun, version.id).days) == (2, "longer", 7)
    assert procedures.drafts(begun) == []
    told = [each.facts["version"] for each in timeline.recent(begun).rows if each.what == "procedure.published"]
    assert told == [2, 1]


def test_a_draft_with_findings_is_not_published_and_stays_open(begun: Session, now: datetime) -> None:
    procedures.write_draft(begun, "stall", {FORM: None}, by=DEWI, at=now)
    with pytest.raises(BadBundle):
        procedures.publish_draft(begun, "stall", by=RINA, at=now, actions=ACTIONS)
    assert procedures.draft_of(begun, "stall").closed_at is None


def test_a_draft_does_not_undo_what_was_published_meanwhile_unless_one_wants_it(begun: Session, now: datetime) -> None:
    other = bundle(**{SHEET_FILE: SHEET.replace("days = 5", "days = 9")})
    procedures.publish(begun, other, by=DEWI, at=now)
    with pytest.raises(Moved) as told:
        procedures.publish_draft(begun, "stall", by=RINA, at=now, actions=ACTIONS)
    assert (told.value.facts["number"], told.value.facts["by"]) == (2, DEWI)
    assert procedures.publish_draft(begun, "stall", by=RINA, at=now, actions=ACTIONS, over=True).number == 1


def test_a_new_procedure_begins_with_a_skeleton_that_can_be_published(session: Session, now: datetime) -> None:
    procedures.new_procedure(session, "kiosk", NAMES, by=RINA, at=now)
    known = {name: one.WRITES for name, one in actions.actions().items()}
    assert procedures.stopping(procedures.draft_findings(session, "kiosk", actions=known)) == ()
    version = procedures.publish_draft(session, "kiosk", by=RINA, at=now, actions=known)
    made = procedures.bundle_of(session, version.id)
    assert (made.key, made.about.name, made.about.register.key) == ("kiosk", NAMES, "kiosk")
    with pytest.raises(KeyTaken):
        procedures.new_procedure(session, "kiosk", NAMES, by=RINA, at=now)


def test_a_copy_has_its_own_key_name_and_register_and_keeps_the_comments(begun: Session, now: datetime) -> None:
    procedures.write_draft(begun, "stall", {SHEET_FILE: ("# ours\n" + SHEET).encode()}, by=DEWI, at=now)
    procedures.copy_procedure(begun, "stall", "kiosk", NAMES, by=RINA, at=now)
    assert procedures.draft_findings(begun, "kiosk", actions=ACTIONS) == ()
    made = procedures.draft_bundle(begun, "kiosk")
    assert (made.process.key, made.about.name, made.about.register.key, made.about.summary) == (
        "kiosk",
        NAMES,
        "kiosk",
        {"id": "Untuk berjualan di tepi jalan.", "en": "For selling at the roadside."},
    )
    assert made.files[SHEET_FILE].startswith(b"# ours\n")
    assert {name for name in made.files if made.files[name] != files().get(name)} == {SHEET_FILE, "process.bpmn"}
    with pytest.raises(DraftOpen):
        procedures.copy_procedure(begun, "stall", "kiosk", NAMES, by=RINA, at=now)


def test_a_sheet_that_cannot_be_read_is_copied_as_it_is() -> None:
    assert drafts_begin.renamed({SHEET_FILE: b"= ="}, "kiosk", NAMES) == {SHEET_FILE: b"= ="}
    assert drafts_begin.renamed({}, "kiosk", NAMES)[SHEET_FILE].startswith(b'key = "kiosk"')


def test_of_two_who_write_at_once_one_wins_and_the_other_is_told(store: Store, now: datetime) -> None:
    with store.unit() as session:
        procedures.begin_draft(session, "stall", files=files(), by=RINA, at=now)
    with store.reading() as first:
        assert procedures.draft_file(first, "stall", FORM)[1] == 1  # both have read the first state
        with store.unit() as second:
            procedures.write_draft(second, "stall", {FORM: b"second"}, revs={FORM: 1}, by=DEWI, at=now)
    with pytest.raises(Stale), store.unit() as session:
        procedures.write_draft(session, "stall", {FORM: b"first"}, revs={FORM: 1}, by=RINA, at=now)
    with store.reading() as session:
        assert procedures.draft_file(session, "stall", FORM) == (b"second", 2)
