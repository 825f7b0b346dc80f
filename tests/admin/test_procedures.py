"""Procedures from the back office: what the checks or the stories find stops publishing; what is fine becomes a version."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from admin.procedures import folders
from engine import people, procedures
from engine.procedures.tables import Procedure, Version
from engine.store import Store
from tests.admin.conftest import REKLAME
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.sql


@pytest.fixture
def settings(settings, tmp_path: Path):
    """An office with a folder of procedures of its own."""
    from dataclasses import replace

    mine = tmp_path / "workflows"
    mine.mkdir()
    shutil.copytree(REKLAME, mine / "reklame")
    shutil.copytree(REKLAME.parent / "_shared", mine / "_shared")
    return replace(settings, workflows=mine)


@pytest.fixture
def folder(settings) -> Path:
    """The folder of the permit, to be changed."""
    return settings.workflows / "reklame"


def one_story(folder: Path) -> None:
    """Keep one story, so that a test need not play them all."""
    for path in (folder / "stories").iterdir():
        if path.stem not in ("straight_through",):
            path.unlink()


def versions(store: Store) -> list[Version]:
    with store.reading() as db:
        return list(db.scalars(select(Version).order_by(Version.number)))


def test_a_sound_folder_is_published_with_its_note(boss: Visitor, folder: Path, app_store: Store, rina, happened) -> None:
    one_story(folder)
    assert "Not published yet" in boss.get("/admin/publish/").text
    played = boss.send("/admin/publish/reklame/stories", {}, follow_redirects=True)
    assert "as told" in played.text
    answer = boss.send("/admin/publish/reklame/publish", {"note": "The first one"}, follow_redirects=True)
    assert "Version 1 is what new applications begin with from now on." in answer.text
    (version,) = versions(app_store)
    assert (version.note, version.published_by) == ("The first one", rina.id)
    assert happened("procedure.published")[-1].by == rina.id
    assert "These files are what is published now." in boss.get("/admin/publish/reklame").text
    with (folder / "README.md").open("a") as file:
        file.write("\nOne more line.\n")
    assert "Changed since it was published" in boss.get("/admin/publish/").text


def test_a_broken_folder_is_refused_with_its_findings(boss: Visitor, folder: Path, app_store: Store) -> None:
    form = folder / "forms" / "verify.json"
    form.write_text(form.read_text().replace('"kind"', '"kint"', 1))
    shown = boss.get("/admin/publish/reklame").text
    assert "forms/verify.json#/pages/0/fields/0" in shown
    assert "The key kind is missing." in shown
    answer = boss.send("/admin/publish/reklame/publish", {"note": ""})
    assert answer.status_code == 422
    assert "It was not published: the checks find something wrong." in answer.text
    assert "The key kind is missing." in answer.text
    assert versions(app_store) == []
    assert boss.send("/admin/publish/reklame/stories", {}).status_code == 409


def test_a_folder_that_does_not_keep_its_rules_is_refused(boss: Visitor, folder: Path, app_store: Store) -> None:
    (folder / "letters" / "permit.en.md").unlink()
    answer = boss.send("/admin/publish/reklame/publish", {"note": ""})
    assert answer.status_code == 422
    assert "permit" in answer.text
    assert versions(app_store) == []


def test_findings_are_told_in_the_readers_language_and_warnings_stop_nothing(boss: Visitor, folder: Path) -> None:
    one_story(folder)
    for lang in ("id", "en"):
        (folder / "letters" / f"notice-old.{lang}.md").write_text("subject: x\n\nx\n")
    shown = boss.get("/admin/publish/reklame").text
    assert "is sent by no step; remove it" in shown
    assert "may be meant" in shown
    assert "Play the stories" in shown
    boss.get("/admin/publish/reklame?lang=id", follow_redirects=True)
    assert "tidak dikirim oleh langkah mana pun; hapus" in boss.get("/admin/publish/reklame").text


def test_a_story_that_does_not_go_as_told_stops_publishing(boss: Visitor, folder: Path, app_store: Store) -> None:
    one_story(folder)
    story = folder / "stories" / "straight_through.toml"
    assert 'ended = "issued"' in story.read_text()
    story.write_text(story.read_text().replace('ended = "issued"', 'ended = "refused"'))
    assert procedures.check(procedures.read_folder(folder), actions=folders.written()) == ()
    answer = boss.send("/admin/publish/reklame/publish", {"note": ""})
    assert answer.status_code == 422
    assert "a story does not go as told" in answer.text
    assert "not as told" in answer.text
    assert versions(app_store) == []


def test_withdrawing_and_offering_again(boss: Visitor, app_store: Store, bundle, rina, clock, happened) -> None:
    with app_store.unit() as db:
        procedures.publish(db, bundle, by=rina.id, at=clock())
    assert "Nobody can make a new application any more." in boss.get("/admin/procedures/reklame/withdraw").text
    assert "reklame is withdrawn." in boss.send("/admin/procedures/reklame/withdraw", {}, follow_redirects=True).text
    with app_store.reading() as db:
        assert procedures.current(db, "reklame") is None
    assert "reklame is offered again." in boss.send("/admin/procedures/reklame/offer", {}, follow_redirects=True).text
    with app_store.reading() as db:
        assert procedures.current(db, "reklame") is not None
        assert db.get_one(Procedure, "reklame").withdrawn_at is None
    assert [len(happened(what)) for what in ("procedure.withdrawn", "procedure.offered_again")] == [1, 1]


def test_the_list_counts_running_applications_by_version(boss: Visitor, app_store: Store, bundle, office, budi, clock) -> None:
    from engine import cases

    with app_store.unit() as db:
        procedures.publish(db, bundle, by=budi.id, at=clock())
        who = people.by_id(db, budi.id)
        for _ in range(3):
            cases.open_case(db, office, "reklame", applicant=who, by=who, at=clock())
    assert 'data-label="Running applications">3</td>' in boss.get("/admin/procedures/").text
    assert 'data-label="Running applications">3</td>' in boss.get("/admin/procedures/reklame").text
