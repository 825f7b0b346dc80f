"""Publishing: versions that never change, the same contents as the same version, and reading once."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import update

from engine import procedures, timeline
from engine.procedures import BadBundle, NoProcedure, NoVersion, Version, memory, read
from engine.store import Session, new_id

from .sample import ACTIONS, SHEET, bundle

BY = new_id()


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """Nothing is remembered from other tests."""
    memory._bundles.clear()
    read._versions.clear()


def changed() -> procedures.Bundle:
    return bundle(**{"procedure.toml": SHEET.replace("days = 5", "days = 7")})


def test_the_first_version_is_number_one_and_current(session: Session, now: datetime) -> None:
    version = procedures.publish(session, bundle(), by=BY, at=now, note="mulai", actions=ACTIONS)
    assert (version.number, version.fingerprint, version.published_at, version.note) == (1, bundle().fingerprint, now, "mulai")
    assert procedures.current(session, "stall") is version
    assert [each.procedure_key for each in procedures.catalogue(session)] == ["stall"]


def test_the_same_contents_are_the_same_version(session: Session, now: datetime) -> None:
    first = procedures.publish(session, bundle(), by=BY, at=now)
    assert procedures.publish(session, bundle(), by=BY, at=now).id == first.id
    assert len(procedures.versions(session, "stall")) == 1
    assert len([each for each in timeline.recent(session).rows if each.what == "procedure.published"]) == 1


def test_a_new_version_leaves_the_old_one_as_it_was(session: Session, now: datetime) -> None:
    first = procedures.publish(session, bundle(), by=BY, at=now)
    second = procedures.publish(session, changed(), by=BY, at=now)
    assert (second.number, procedures.current(session, "stall")) == (2, second)
    assert (procedures.bundle_of(session, first.id).days, procedures.bundle_of(session, second.id).days) == (5, 7)
    assert [each.number for each in procedures.versions(session, "stall")] == [2, 1]


def test_publishing_an_earlier_bundle_again_goes_back_to_it(session: Session, now: datetime) -> None:
    first = procedures.publish(session, bundle(), by=BY, at=now)
    procedures.publish(session, changed(), by=BY, at=now)
    assert procedures.publish(session, bundle(), by=BY, at=now).id == first.id
    assert procedures.current(session, "stall") is first


def test_a_bundle_with_findings_is_not_published(session: Session, now: datetime) -> None:
    with pytest.raises(BadBundle, match="which does not exist"):
        procedures.publish(session, bundle(**{"forms/verify.json": None}), by=BY, at=now)
    assert procedures.current(session, "stall") is None
    assert procedures.catalogue(session) == []


def test_a_withdrawn_procedure_is_offered_to_nobody_and_its_version_stays(session: Session, now: datetime) -> None:
    version = procedures.publish(session, bundle(), by=BY, at=now)
    procedures.withdraw(session, "stall", by=BY, at=now)
    assert procedures.current(session, "stall") is None
    assert procedures.catalogue(session) == []
    assert procedures.bundle_of(session, version.id).key == "stall"
    procedures.publish(session, bundle(), by=BY, at=now)
    assert procedures.current(session, "stall") is version


def test_withdrawing_what_is_not_there_is_told(session: Session, now: datetime) -> None:
    with pytest.raises(NoProcedure, match="none"):
        procedures.withdraw(session, "none", by=BY, at=now)


def test_a_bundle_is_read_once(session: Session, now: datetime) -> None:
    version = procedures.publish(session, bundle(), by=BY, at=now)
    assert procedures.bundle_of(session, version.id) is procedures.bundle_of(session, version.id)


def test_a_version_that_is_not_there_is_told(session: Session) -> None:
    with pytest.raises(NoVersion):
        procedures.bundle_of(session, new_id())


def test_a_stored_bundle_that_was_changed_is_not_used(session: Session, now: datetime) -> None:
    version = procedures.publish(session, bundle(), by=BY, at=now)
    session.execute(update(Version).where(Version.id == version.id).values(bundle=changed().packed()))
    with pytest.raises(NoVersion):
        procedures.bundle_of(session, version.id)
