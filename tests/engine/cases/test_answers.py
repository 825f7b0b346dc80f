"""Every value is kept with who, when and on which version; old ones stay; what did not change is not written again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

import rules
from engine import cases, documents
from engine.store import Store
from forms import Invalid
from tests.engine.cases.scene import Scene, small_ads

MARKS = [{"field": "isi_naskah", "reason": "Kurang nama penyelenggara."}, {"field": "desain", "reason": "Tidak berwarna."}]


def returned(store: Store, tmp_path: Path) -> Scene:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    scene.now += timedelta(hours=1)
    scene.do("budi", "verify", {"result": "return", "marks": MARKS, "note": "Tolong."})
    scene.now += timedelta(days=1)
    return scene


def answers(scene: Scene, form: str = "application") -> dict[str, list[cases.Answer]]:
    """All values ever given, by field."""
    found: dict[str, list[cases.Answer]] = {}
    for row in scene.given(form):
        found.setdefault(row.field, []).append(row)
    return found


def test_every_value_says_who_when_and_on_which_version(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    given = answers(scene)
    assert set(scene.deeds["application"].answers) | {"ktp", "desain"} == set(given) - {"taksiran"}
    for rows in given.values():
        assert [(row.by, row.at, row.version_id, row.task_id) for row in rows] == [
            (scene.cast["joko"], scene.now, scene.row().version_id, scene.task("application"))
        ]
    assert rules.from_plain(given["panjang_m"][0].value) == 5


def test_values_are_sealed_in_the_database(store: Store, tmp_path: Path) -> None:
    small_ads(store, tmp_path).play(("joko", "application"))
    with store.reading() as session:
        raw = b"".join(bytes(value) for (value,) in session.execute(text("select sealed from journal where sealed is not null")))
        state = b"".join(bytes(value) for (value,) in session.execute(text("select state from case_file")))
    assert b"3275011508850002" not in raw + state
    assert b"Susilo" not in raw + state


def test_a_correction_writes_what_changed_keeps_what_was_and_touches_nothing_else(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    before = {field: [row.submission for row in rows] for field, rows in answers(scene).items()}
    scene.do("joko", "revise", {"isi_naskah": "Pasar malam, oleh Karang Taruna"}, {"desain": "baru.pdf"})
    after = answers(scene)
    new = {field for field, rows in after.items() if [row.submission for row in rows] != before[field]}
    assert new == {"isi_naskah", "desain"}
    old, now = after["isi_naskah"]
    assert (old.value, old.replaced_at) == ("Pasar malam rakyat, gratis masuk", scene.now)
    assert (now.value, now.replaced_at, now.at, now.by) == ("Pasar malam, oleh Karang Taruna", None, scene.now, scene.cast["joko"])
    with store.reading() as session:
        shown = cases.case_file(session, scene.person(session, "beni"), scene.case)
        assert shown.answers["application"]["isi_naskah"] == "Pasar malam, oleh Karang Taruna"
        for kept in (rules.from_plain(row.value) for row in after["desain"]):  # the file that was replaced can still be opened
            assert documents.open_file(session, scene.office.cabinet, kept["file"])[0].name == kept["name"]


def test_what_was_not_marked_cannot_be_changed(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    before = scene.dump()
    with pytest.raises(Invalid, match="panjang_m"):
        scene.do("joko", "revise", {"panjang_m": 1, "isi_naskah": "x"}, {"desain": "baru.pdf"})
    assert scene.dump() == before


def test_the_same_answers_again_leave_their_rows_alone(store: Store, tmp_path: Path) -> None:
    way = (("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"))
    scene = small_ads(store, tmp_path).play(*way)
    scene.do("rudi", "initial", {"result": "back", "note": "Lagi."})
    scene.now += timedelta(hours=2)
    scene.do("beni", "verify")
    (only,) = answers(scene, "verify")["result"]
    assert (only.by, only.replaced_at) == (scene.cast["budi"], None)  # the value is Budi's; that Beni verified again is in his task
    done = scene.rows(cases.Task, cases.Task.step == "verify")
    assert sorted(each.done_by for each in done) == sorted(scene.cast[who] for who in ("budi", "beni"))


def test_a_value_that_is_no_longer_asked_is_closed_and_kept(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    scene.do("joko", "revise", {"isi_naskah": "Lain"}, {"desain": "baru.pdf"})
    scene.do("budi", "verify")
    given = answers(scene, "verify")
    assert [row.replaced_at for row in given["note"]] == [scene.now]
    assert [(row.value, row.replaced_at is None) for row in given["result"]] == [("return", False), ("complete", True)]


def test_a_draft_keeps_what_was_typed_and_is_gone_when_it_is_sent(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    task, told = scene.task("application"), scene.deeds["application"]
    with store.unit() as session:
        joko = scene.person(session, "joko")
        cases.keep_typed(session, scene.office, task, {"panjang_m": "banyak"}, page=None, by=joko, at=scene.now)
    assert scene.rows(cases.Task, cases.Task.id == task)[0].draft == {"raw": {"panjang_m": "banyak"}, "pages": []}
    scene.do("joko", "application", told.answers, told.files)
    assert scene.rows(cases.Task, cases.Task.id == task)[0].draft is None
