"""What the office says about a service, asked by a page: nothing is lost that the page does not ask, and nobody's work is written over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from admin.studio.about_sheet import FILE, answers, written
from engine import procedures
from engine.procedures import Bundle
from engine.store import Store
from tests.admin.studio.conftest import Send
from tests.fixtures.visitors import Visitor
from tests.house.sources import ROOT

ABOUT = "/admin/studio/reklame/about"
SHEETS = [*ROOT.glob("workflows/*/procedure.toml"), *ROOT.glob("engine/procedures/*/procedure.toml")]


def as_posted(said: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends when nothing is touched."""
    laws = {f"laws-{n}-{name}": law.get(name, "") for n, law in enumerate(said["laws"]) for name in ("title", "number", "article")}
    ticks = {f"laws-{n}-sample": "y" for n, law in enumerate(said["laws"]) if law.get("sample")}
    plain = {key: value for key, value in said.items() if key not in ("laws", "days_when", "format", "lines", "with_year")}
    return {**plain, **laws, **ticks, **({"with_year": "y"} if said["with_year"] else {})}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.parent.name)
def test_what_nobody_touches_keeps_its_bytes(sheet: Path) -> None:
    data = sheet.read_bytes()
    said = answers(data)
    laws = [{"title": "", "number": "", "article": "", "sample": False, **law} for law in said["laws"]]
    assert written(data, {**said, "laws": laws}).decode() == data.decode()


def test_the_page_changes_what_was_answered_and_nothing_else(boss: Visitor, draft: str, app_store: Store, bundle: Bundle) -> None:
    page = boss.get(f"{ABOUT}?lang=en").text
    assert "Izin Penyelenggaraan Reklame" in page and "503/" in page
    fields = as_posted(answers(bundle.files[FILE]))
    assert boss.send(ABOUT, {**fields, "rev": "1"}, page=ABOUT).status_code == 303
    with app_store.reading() as db:
        assert procedures.draft_file(db, "reklame", FILE) == (bundle.files[FILE], 1), "unchanged is no new state"
    changed = {**fields, "rev": "1", "days": "9", "lasts": "months", "how_long": "18", "between": "/R/", "laws-0-title": ""}
    assert boss.send(ABOUT, changed, page=ABOUT).status_code == 303
    with app_store.reading() as db:
        about = procedures.draft_bundle(db, "reklame").about
        text = procedures.draft_file(db, "reklame", FILE)[0].decode()
    assert (about.time.days, about.register.format, len(about.legal_basis)) == (9, "503/{n:04}/R/{year}", 2)
    assert about.validity is not None
    assert about.validity.until == 'today() + duration("P18M")'
    assert about.time.days_when[0].days == 2 and about.renewal is not None and about.fee.lines == "tax.lines"
    assert "# hari berkas lengkap tidak ikut dihitung" in text, "remarks stay"


def test_the_second_of_two_is_told_and_what_was_typed_stays(boss: Visitor, send: Send, draft: str, bundle: Bundle) -> None:
    fields = as_posted(answers(bundle.files[FILE]))
    send("PUT", f"/admin/studio/reklame/files/{FILE}", bundle.files[FILE] + b"\n# theirs\n", rev=1)
    late = boss.send(ABOUT, {**fields, "rev": "1", "days": "17"}, page=ABOUT)
    assert late.status_code == 422
    assert "Rina" in late.text and 'value="17"' in late.text and 'name="rev" value="2"' in late.text
    assert boss.send(ABOUT, {**fields, "rev": "2", "days": "17"}, page=ABOUT).status_code == 303


WRONG = {
    "no name": ({"name_id": ""}, "both languages"),
    "no days": ({"days": "0"}, "from 1 to 999"),
    "a fee without a table": ({"amount": ""}, "table that gives the amount"),
    "until no day": ({"lasts": "answer", "until": ""}, "asks for the day"),
    "signs of a formula": ({"before": "{x}"}, "Leave out"),
    "half a note": ({"note_en": ""}, "both languages"),
}


@pytest.mark.parametrize(("change", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_and_nothing_is_written(
    boss: Visitor, draft: str, app_store: Store, bundle: Bundle, change: dict[str, str], says: str
) -> None:
    page = boss.send(ABOUT, {**as_posted(answers(bundle.files[FILE])), "rev": "1", **change}, page=f"{ABOUT}?lang=en")
    assert page.status_code == 422
    assert says in page.text
    with app_store.reading() as db:
        assert procedures.draft_file(db, "reklame", FILE) == (bundle.files[FILE], 1)


def test_a_file_that_cannot_be_read_is_said(boss: Visitor, send: Send, draft: str) -> None:
    send("PUT", f"/admin/studio/reklame/files/{FILE}", b"= =", rev=1)
    page = boss.get(f"{ABOUT}?lang=en")
    assert page.status_code == 422
    assert "cannot be read" in page.text
