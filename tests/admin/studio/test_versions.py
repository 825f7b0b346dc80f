"""Publishing from the studio: what differs, why, from which day on; going back; and procedures as files."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest

from engine import procedures
from engine.people import Person
from engine.procedures import Bundle
from engine.procedures.tables import Procedure
from engine.store import Store
from tests.admin.studio.test_trials import said
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.sql

ADMIN = "/admin/procedures/reklame"


def stalls(bundle: Bundle, *swaps: tuple[str, str, str]) -> dict[str, bytes]:
    """The files of the shipped permit with two of its stories, so that publishing plays no more, and some words replaced."""
    kept = ("stories/withdrawn.toml", "stories/straight_through.toml")
    files = {name: data for name, data in bundle.files.items() if not name.startswith("stories/") or name in kept}
    for name, old, new in swaps:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)
    return files


def test_a_version_is_announced_for_a_day_taken_back_compared_and_gone_back_from(
    boss: Visitor, app_store: Store, bundle: Bundle, rina: Person, now: datetime
) -> None:
    with app_store.unit() as db:
        procedures.publish(db, bundle, by=rina.id, at=now - timedelta(days=9), note="mulai")
        dear = procedures.read_files({**bundle.files, "decisions/tax.dmn": bundle.files["decisions/tax.dmn"].replace(b"13225", b"14000")})
        procedures.publish(db, dear, by=rina.id, at=now, note="naik", legal_basis="Perwali 7/2027", since=now + timedelta(days=30))
    page = said(boss.get(ADMIN).text)
    assert "on new applications begin with version 2" in page and "announced" in page and "Perwali 7/2027" in page

    assert "Rupiah per m² of row 4: 13,225 → 14,000." in said(boss.get(f"{ADMIN}/compare?from=1&to=2").text)
    assert "Rupiah per m² of row 4: 14,000 → 13,225." in said(boss.get(f"{ADMIN}/compare?from=2&to=1").text)
    assert "Nothing differs." in said(boss.get(f"{ADMIN}/compare?from=1&to=1").text)
    assert boss.get(f"{ADMIN}/compare?from=7&to=1").status_code == 404
    indonesian = said(boss.get(f"{ADMIN}/compare?from=1&to=2&lang=id", follow_redirects=True).text)
    assert "Rupiah per m² baris 4: 13.225 → 14.000." in indonesian
    boss.get("/?lang=en")

    assert boss.send(f"{ADMIN}/take-back", {}, page=f"{ADMIN}/take-back").status_code == 303
    assert "begin with version 2" not in said(boss.get(ADMIN).text)
    assert boss.send(f"{ADMIN}/2/again", {}, page=f"{ADMIN}/2/again").status_code == 422, "why is asked"
    assert boss.send(f"{ADMIN}/2/again", {"note": "jadi naik"}, page=f"{ADMIN}/2/again").status_code == 303
    with app_store.reading() as db:
        assert procedures.current(db, "reklame").number == 2


def test_the_publish_page_says_what_differs_and_takes_the_day(
    boss: Visitor,
    app_store: Store,
    bundle: Bundle,
    rina: Person,
    now: datetime,
) -> None:
    files = stalls(bundle)
    with app_store.unit() as db:
        procedures.publish(db, procedures.read_files(files), by=rina.id, at=now)
        dear = stalls(bundle, ("decisions/tax.dmn", "13225", "14000"))
        procedures.begin_draft(db, "reklame", files=dear, by=rina.id, at=now)
    page = "/admin/studio/reklame/publish"
    assert "Rupiah per m² of row 4: 13,225 → 14,000." in said(boss.get(page).text)
    assert "Say what changed." in said(boss.send(page, {}, page=page).text)
    answer = boss.send(page, {"note": "Tarif baru", "legal_basis": "Perwali 7/2027", "since": "2027-01-01"}, page=page)
    assert answer.status_code == 303, said(answer.text)
    with app_store.reading() as db:
        procedure = db.get_one(Procedure, "reklame")
        assert procedures.current(db, "reklame").number == 1
        assert procedure.next_from == datetime.fromisoformat("2027-01-01T00:00:00+07:00")


def test_a_procedure_goes_out_as_a_file_and_comes_in_after_everything_was_shown(
    boss: Visitor, app_store: Store, bundle: Bundle, rina: Person, now: datetime
) -> None:
    theirs = procedures.read_files(
        {**bundle.files, "decisions/tax.dmn": bundle.files["decisions/tax.dmn"].replace(b"13225", b"14000"), "README.md": b"Halo\n"}
    )
    with app_store.unit() as db:
        procedures.publish(db, bundle, by=rina.id, at=now)
    sent = boss.get(f"{ADMIN}/1/send").data
    assert procedures.read_pack(sent).fingerprint == bundle.fingerprint

    choose = "/admin/studio/import"
    wrong = boss.send(choose, {"pack": (io.BytesIO(b"no"), "x.zip")}, page=choose)
    assert wrong.status_code == 422 and "cannot be taken in" in said(wrong.text)
    shown = boss.send(choose, {"pack": (io.BytesIO(procedures.export_pack(theirs)), "x.zip")}, page=choose).location
    text = said(boss.get(shown).text)
    assert "Rupiah per m² of row 4: 13,225 → 14,000." in text and "decisions/tax.dmn" in text
    with app_store.reading() as db:
        assert not procedures.drafts(db), "nothing is written before it is confirmed"
    answer = boss.send(shown, {"of.README.md": "ours", "of.decisions/tax.dmn": "theirs"}, page=shown)
    assert answer.status_code == 303
    with app_store.reading() as db:
        files = procedures.draft_files(db, "reklame")
    assert (files["decisions/tax.dmn"], files.get("README.md")) == (theirs.files["decisions/tax.dmn"], bundle.files.get("README.md"))
    assert boss.get(shown).status_code == 404, "the file is gone once it was taken in"
    assert procedures.read_pack(boss.get("/admin/studio/reklame/export").data).files == files


def test_where_desks_forms_and_tables_are_used_is_found(
    boss: Visitor, app_store: Store, bundle: Bundle, rina: Person, now: datetime
) -> None:
    with app_store.unit() as db:
        procedures.publish(db, bundle, by=rina.id, at=now)
    everything = said(boss.get("/admin/used/").text)
    for each in ("satpol_pp", "Periksa ruang jalan", "tax", "notice", "leads the service"):
        assert each.lower() in everything.lower(), each
    found = said(boss.get("/admin/used/?q=satpol").text)
    assert "Periksa ruang jalan" in found and "Bayar pajak" not in found
    assert "Nothing was found." in said(boss.get("/admin/used/?q=zzz").text)
