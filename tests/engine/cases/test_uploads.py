"""Uploads that nobody uses are swept; what an answer, a draft or a document names never is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine import documents, jobs
from engine.cases import Task
from engine.documents import Cabinet, QuotaUsed, StoredFile
from engine.jobs.handlers import sweep
from engine.store import Errand, Store
from forms import Upload
from tests.engine.cases.scene import Scene, small_ads

WEEK = timedelta(days=7)


def keep(scene: Scene, name: str, *, by: str = "joko", size: int = 10, cabinet: Cabinet | None = None) -> str:
    with scene.store.unit() as session:
        upload = Upload(name, b"%PDF-1.4 " + name.encode().ljust(size, b"x"), "application/pdf")
        kept = documents.keep(session, cabinet or scene.office.cabinet, upload, case=scene.case, by=scene.cast[by], at=scene.now)
    return kept.id


def state(scene: Scene) -> dict[str, str]:
    """Each upload and letter of the office: erased, settled or neither."""
    return {row.id: "erased" if row.erased_at else "settled" if row.settled_at else "kept" for row in scene.rows(StoredFile)}


def swept(scene: Scene) -> dict[str, str]:
    sweep(scene.store, scene.office, {}, scene.now)
    return state(scene)


def test_what_nobody_names_is_erased_after_a_week_and_what_an_answer_names_is_settled(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    stray = keep(scene, "salah.pdf")
    scene.play(("joko", "application"))
    answered = [each for each in state(scene) if each != stray]
    assert answered
    scene.now += WEEK - timedelta(minutes=1)
    assert set(swept(scene).values()) == {"kept"}
    scene.now += timedelta(minutes=2)
    after = swept(scene)
    assert after.pop(stray) == "erased"
    assert set(after.values()) == {"settled"}
    with store.reading() as session:
        for each in answered:
            documents.open_file(session, scene.office.cabinet, each)
        with pytest.raises(documents.FileErased):
            documents.open_file(session, scene.office.cabinet, stray)
        assert documents.unsettled(session, before=scene.now) == {}  # nothing is left to be looked at tomorrow
    assert len(list(scene.office.cabinet.places())) == len(answered)


def test_a_file_of_a_draft_stays_as_long_as_the_draft_names_it(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    drafted, stray = keep(scene, "ktp.pdf"), keep(scene, "lama.pdf")
    with store.unit() as session:
        task = session.get_one(Task, scene.task("application"))
        task.draft = {"raw": {"rows": [{"ktp": {"keep": drafted}}]}, "pages": []}
    scene.now += WEEK * 3
    assert swept(scene) == {drafted: "kept", stray: "erased"}
    with store.unit() as session:
        session.get_one(Task, scene.task("application")).draft = None
    assert swept(scene)[drafted] == "erased"


def test_an_answer_that_was_replaced_keeps_its_file_and_letters_are_no_uploads(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    first = set(state(scene))
    scene.do("budi", "verify", {"result": "return", "marks": [{"field": "desain", "reason": "Buram, kirim lagi."}]})
    scene.do("joko", "revise", {}, {"desain": "desain.pdf"})
    assert first < set(state(scene))
    scene.now += WEEK * 2
    assert set(swept(scene).values()) == {"settled"}


def test_the_sweep_is_asked_for_once_a_day_however_many_workers_there_are(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    workers = [jobs.Worker(store, lambda: scene.office, name=f"w{each}", clock=lambda: scene.now) for each in range(3)]
    for _ in range(2):
        for each in workers:
            each._ask_for_chores(scene.now)
            each._ask_for_chores(scene.now + timedelta(hours=1))
        scene.now += timedelta(days=1)
    assert [row.name for row in scene.rows(Errand)] == ["sweep", "sweep"]


def test_a_person_may_upload_so_much_in_a_day_and_others_are_not_concerned(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    cabinet = Cabinet(tmp_path / "files", daily=300)
    keep(scene, "a.pdf", size=150, cabinet=cabinet)
    with pytest.raises(QuotaUsed) as used:
        keep(scene, "b.pdf", size=150, cabinet=cabinet)
    assert used.value.facts == {"daily": 300, "left": 300 - 159}
    keep(scene, "c.pdf", by="sari", size=150, cabinet=cabinet)
    scene.now += timedelta(days=1, seconds=1)
    keep(scene, "b.pdf", size=150, cabinet=cabinet)
    assert len(scene.rows(StoredFile)) == 3
