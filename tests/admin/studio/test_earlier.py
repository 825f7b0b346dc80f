"""Earlier states of a draft's files: seen, downloaded, and had back with nothing lost in between."""

from __future__ import annotations

from engine import procedures
from engine.people import Person
from engine.procedures import Bundle
from engine.store import Store
from tests.fixtures.visitors import Visitor

STUDIO = "/admin/studio/reklame"
FILE = "forms/verify.json"


def written(app_store: Store, rina: Person, now, data: bytes | None) -> None:
    with app_store.unit() as db:
        procedures.write_draft(db, "reklame", {FILE: data}, by=rina.id, at=now)


def test_a_file_that_was_taken_out_is_had_back_as_it_was(
    boss: Visitor, draft: str, app_store: Store, rina: Person, bundle: Bundle, now
) -> None:
    written(app_store, rina, now, b"{}")
    written(app_store, rina, now, None)
    page = boss.get(f"{STUDIO}/earlier/").text
    assert f"{STUDIO}/earlier/{FILE}" in page
    assert "taken out" in page
    history = boss.get(f"{STUDIO}/earlier/{FILE}").text
    assert [f"/earlier/{rev}/{FILE}" in history for rev in (1, 2, 3)] == [True, True, False]
    assert "Rina" in history
    assert boss.get(f"{STUDIO}/files/{FILE}?rev=1").data == bundle.files[FILE]
    asked = boss.get(f"{STUDIO}/earlier/1/{FILE}")
    assert "Every state in between stays" in asked.text
    assert boss.send(f"{STUDIO}/earlier/1/{FILE}", {}).status_code == 303
    with app_store.reading() as db:
        assert procedures.draft_file(db, "reklame", FILE) == (bundle.files[FILE], 4)
        states = [(each.rev, each.gone) for each in procedures.draft_history(db, "reklame", FILE)]
    assert states == [(4, False), (3, True), (2, False), (1, False)]


def test_a_state_that_was_never_there_or_is_none_is_not_found(boss: Visitor, draft: str, app_store: Store, rina: Person, now) -> None:
    written(app_store, rina, now, None)
    for path in ("earlier/code.py", f"earlier/2/{FILE}", f"earlier/9/{FILE}", "earlier/1/../procedure.toml"):
        assert boss.get(f"{STUDIO}/{path}").status_code == 404, path
    assert boss.get("/admin/studio/nothing/earlier/").status_code == 404
