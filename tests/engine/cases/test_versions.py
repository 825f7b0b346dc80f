"""A procedure is changed and published: cases that run keep every file of the version they began with, new ones get the new one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import cases, procedures
from engine.procedures import Bundle, memory
from engine.procedures import read as reading
from engine.store import Store
from tests.engine.cases.scene import Scene, reklame, small_ads

REST = (("joko", "pay"), ("nina", "confirm"), ("rudi", "initial"), ("dewi", "approve"))


def changed() -> Bundle:
    """Reklame where verifying asks one question more, and the permit says another sentence."""
    files = dict(reklame().files)
    verify = json.loads(files["forms/verify.json"])
    verify["pages"][0]["fields"].append(
        {
            "key": "shelf",
            "kind": "text",
            "label": {"id": "Rak arsip", "en": "Shelf"},
            "noun": {"id": "rak arsip", "en": "the shelf"},
            "max_length": 20,
        }
    )
    files["forms/verify.json"] = json.dumps(verify).encode()
    files["letters/permit.id.md"] += b"\n\nKalimat versi kedua.\n"
    return procedures.read_files(files)


def publish(scene: Scene, bundle: Bundle) -> str:
    with scene.store.unit() as session:
        return procedures.publish(session, bundle, by=scene.cast["admin"], at=scene.now).id


def asked(scene: Scene, who: str, step: str) -> list[str]:
    """The questions of the open task of a step."""
    with scene.store.reading() as session:
        page = cases.task_page(session, scene.person(session, who), scene.task(step))
        return [field.key for field in page.form.questions()]


def letter(scene: Scene) -> str:
    with scene.store.reading() as session:
        return cases.case_file(session, scene.person(session, "joko"), scene.case).bundle.letter("permit", "id")


def test_two_versions_run_side_by_side_to_the_end(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    old, first = scene.case, scene.row().version_id
    second = publish(scene, changed())
    new = scene.open("joko")
    scene.play(("joko", "application"))
    assert asked(scene, "budi", "verify") == ["result", "marks", "note", "reason", "shelf"]
    scene.case = old
    assert asked(scene, "budi", "verify") == ["result", "marks", "note", "reason"]
    scene.play(("budi", "verify"), *REST)
    scene.case = new
    scene.do("budi", "verify", {"result": "complete", "shelf": "A-12"})
    assert scene.work() == []
    scene.play(*REST)
    ended = {row.id: (row.outcome, row.version_id) for row in scene.rows(cases.Case)}
    assert ended == {old: ("issued", first), new: ("issued", second)}
    assert "Kalimat versi kedua." in letter(scene)
    scene.case = old
    assert "Kalimat versi kedua." not in letter(scene)
    sent = scene.rows(cases.Submission, cases.Submission.form == "verify")
    kept = {(row.case_id, field): row.version_id for row in sent for field in row.given}
    assert kept == {(old, "result"): first, (new, "result"): second, (new, "shelf"): second}


def test_a_draft_that_was_begun_before_a_change_is_finished_on_what_it_began_with(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    publish(scene, changed())
    scene.play(("joko", "application"), ("budi", "verify"), *REST)
    assert scene.row().outcome == "issued"


def test_a_withdrawn_procedure_takes_no_new_cases_and_the_open_ones_do_not_notice(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    with store.unit() as session:
        procedures.withdraw(session, "reklame", by=scene.cast["admin"], at=scene.now)
    with pytest.raises(cases.NotOffered):
        scene.open("joko")
    scene.play(("budi", "verify"), *REST)
    assert scene.row().outcome == "issued"


def test_the_folder_may_vanish_and_the_server_be_started_anew_while_a_case_runs(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "reklame"
    folder.mkdir()
    for name, data in reklame().files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    scene = small_ads(store, tmp_path)
    publish(scene, procedures.read_folder(folder))
    scene.open("joko")
    scene.play(("joko", "application"))
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    memory._bundles.clear()
    reading._versions.clear()
    scene.play(("budi", "verify"), *REST)
    assert scene.row().outcome == "issued"
