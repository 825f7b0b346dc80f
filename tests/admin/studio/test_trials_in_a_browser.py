"""A draft tried in a real browser, without script on a phone and with it on a desk's screen; axe finds nothing on any page of it."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import procedures
from engine.store import Store
from tests.admin.test_in_a_browser import sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import _person

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")


@pytest.fixture(scope="module")
def studio(server, bundle) -> str:
    """An office with the shipped permit, its draft with a dearer table, and Rina; gives the address."""
    store, at = Store(server.database, KEYS), datetime.now(UTC)
    boss = _person(store, at, "Rina", "administrator", email="rina@example.org")
    kept = ("stories/straight_through.toml", "stories/withdrawn.toml")
    files = {name: data for name, data in bundle.files.items() if not name.startswith("stories/") or name in kept}
    with store.unit() as db:
        procedures.publish(db, procedures.read_files(files), by=boss.id, at=at)
        files = {**files, "decisions/tax.dmn": files["decisions/tax.dmn"].replace(b"13225", b"14000")}
        procedures.publish(db, procedures.read_files(files), by=boss.id, at=at, note="Tarif naik", legal_basis="Perwali 7/2027")
        procedures.begin_draft(db, "reklame", by=boss.id, at=at)
    store.close()
    return server.url


def seen(page, axe, name: str) -> None:
    """Axe finds nothing; a picture for whoever wants to look."""
    axe(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def did(page, step: str) -> None:
    """One step with the answers of the first story that tells it."""
    page.get_by_role("link", name=re.compile(step)).first.click()
    page.get_by_role("button", name=re.compile("Isi dengan jawaban contoh|Fill with sample")).click()
    page.wait_for_url(lambda where: where.endswith("/check"))
    page.get_by_role("button", name=re.compile("^(Kirim|Send)$")).click()


@pytest.mark.parametrize(("width", "script", "lang"), [(360, False, "id"), (1280, True, "en")])
def test_a_draft_is_tried_and_kept_as_a_story(studio: str, new_page, axe, width: int, script: bool, lang: str) -> None:
    page = new_page(width=width, script=script)
    page.set_default_timeout(60_000)
    sign_in(page, studio, lang)
    page.goto(f"{studio}/admin/studio/reklame/try")
    seen(page, axe, "begin")
    page.fill("[name=day]", "2026-06-02")
    page.get_by_role("button", name=re.compile("Mulai percobaan|Begin the trial")).click()
    seen(page, axe, "trial-new")
    page.get_by_role("link", name=re.compile("Isi permohonan|Fill in the application")).first.click()
    seen(page, axe, "fill")
    page.go_back()
    did(page, "Isi permohonan|Fill in the application")
    seen(page, axe, "trial-sent")
    did(page, "Periksa berkas|Check of your papers")
    page.locator("button[value=working_day]").click()
    seen(page, axe, "trial-checked")
    window = page.url
    page.goto(f"{window}story")
    seen(page, axe, "story")
    page.fill("[name=title]", f"Dicoba {width}")
    page.get_by_role("button", name=re.compile("Simpan cerita|Keep the story")).click()
    page.wait_for_url(lambda where: where.endswith("/stories"))
    page.get_by_role("button", name=re.compile("Mainkan semua|Play all")).click()
    page.get_by_text(re.compile("Baris tabel|Rows of tables")).first.wait_for()
    assert page.locator(".loket-trouble").count() == 0
    seen(page, axe, "stories")
    page.goto(window)
    page.get_by_role("button", name=re.compile("Akhiri dan hapus|End the trial")).click()
    assert page.goto(window).status == 404


def test_versions_packs_and_uses_are_read_at_any_width(studio: str, any_page, axe) -> None:
    any_page.set_default_timeout(60_000)
    sign_in(any_page, studio, "id")
    for name, address in {
        "draft": "studio/reklame/",
        "publish": "studio/reklame/publish",
        "procedure": "procedures/reklame",
        "compare": "procedures/reklame/compare?from=1&to=2",
        "again": "procedures/reklame/1/again",
        "import": "studio/import",
        "used": "used/",
        "system": "system/",
    }.items():
        assert any_page.goto(f"{studio}/admin/{address}").status == 200, address
        seen(any_page, axe, name)
    any_page.goto(f"{studio}/admin/studio/import")
    with any_page.expect_download() as pack:
        any_page.evaluate("location.href = '/admin/procedures/reklame/1/send'")
    any_page.set_input_files("[name=pack]", str(pack.value.path()))
    any_page.get_by_role("button", name=re.compile("Lihat isinya|Look into it")).click()
    any_page.get_by_text("14.000 → 13.225").wait_for()
    seen(any_page, axe, "pack")
