"""Moving open applications from the back office: the plan, the confirmation, the progress, the way back."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine import cases, jobs, people, procedures
from engine.office import Office
from engine.procedures import Bundle
from engine.store import Store
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.sql


@pytest.fixture
def drafts(app_store: Store, office: Office, bundle: Bundle, rina, clock) -> list[str]:
    """Sixty drafts on the first version; the second is published."""
    with app_store.unit() as db:
        first = procedures.publish(db, bundle, by=rina.id, at=clock())
        assert first.number == 1
        made = [
            cases.open_case(db, office, "reklame", applicant=people.by_id(db, rina.id), by=people.by_id(db, rina.id), at=clock()).id
            for _ in range(60)
        ]
    changed = dict(bundle.files)
    form = json.loads(changed["forms/application.json"])
    more = {"key": "rak", "kind": "text", "label": {"id": "Rak arsip", "en": "Shelf"}, "noun": {"id": "rak", "en": "the shelf"}}
    form["pages"][0]["fields"].append({**more, "max_length": 20, "required": False})
    changed["forms/application.json"] = json.dumps(form).encode()
    with app_store.unit() as db:
        procedures.publish(db, procedures.read_files(changed), by=rina.id, at=clock())
    return made


def test_open_applications_are_moved_from_the_versions_page_and_taken_back(
    boss: Visitor, drafts: list[str], app_store: Store, office: Office, clock: Callable, rina
) -> None:
    page = boss.get("/admin/procedures/reklame").text
    assert "60 open applications run on older versions." in page
    assert "/admin/moving/reklame/2" in page
    plan = boss.get("/admin/moving/reklame/2").text
    assert "60 of 60 open applications can move." in plan
    assert "Page 1 of 2" in plan
    assert boss.get("/admin/moving/reklame/2?page=2").text.count("can move") >= 10
    assert "with its own number and deadlines" in boss.get("/admin/moving/reklame/2/go").text
    begun = boss.send("/admin/moving/reklame/2/go", {})
    assert begun.status_code == 303
    job = begun.headers["Location"]
    waits = boss.get(job).text
    assert "under way" in waits
    refused = boss.send("/admin/moving/reklame/2/go", {})
    assert refused.status_code == 422
    assert "are being moved already" in refused.text
    assert jobs.run_due(app_store, office, clock()) == []
    done = boss.get(job).text
    assert "finished" in done
    assert "Every open application runs on this version already." in boss.get("/admin/moving/reklame/2").text
    assert boss.send(f"{job}/undo", {}).status_code == 303
    assert jobs.run_due(app_store, office, clock()) == []
    assert "taken back" in boss.get(job).text
    with app_store.reading() as db:
        first = procedures.versions(db, "reklame")[-1].id
        assert all(db.get(cases.Case, each).version_id == first for each in drafts)


def test_nobody_else_gets_there_and_what_does_not_exist_is_not_found(boss: Visitor, visitor: Visitor, drafts: list[str], seated) -> None:
    for path in ("reklame/9", "nothing/1", "job/nothing", "reklame/99999999999999999999", "job/nothing/undo"):
        assert boss.get(f"/admin/moving/{path}").status_code == 404
    seated("Ani", "verifikator")
    boss.send("/sign-out", {})
    assert visitor.sign_in("ani@example.org").status_code == 303
    assert visitor.get("/admin/moving/reklame/2").status_code == 403
