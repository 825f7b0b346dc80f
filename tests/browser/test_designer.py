"""The procedure designer: a procedure drawn by mouse, the same made by keyboard in the list; two at once; weight; who can use it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from engine import actions, procedures
from engine.flow import load
from engine.store import Store
from tests.browser.drawer import EMPTY, Keys, Mouse, automatic, chosen, desk, normal, person
from tests.fixtures.browser import sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
MOST = 260_000
FORMS = {
    "periksa": ("Periksa berkas", "complete", "return"),
    "survei": ("Survei lokasi", "fine", "bad"),
    "ruang": ("Periksa ruang", "fine", "bad"),
}
NAMES = {"id": "Izin", "en": "Permit"}


@pytest.fixture(scope="module")
def studio(server) -> Any:
    """The office's store, two administrators, and four drafts: two empty ones with forms, and two skeletons."""
    store, at = Store(server.database, KEYS), datetime.now(UTC)
    rina = _person(store, at, "Rina", "administrator", email="rina@example.org")
    _person(store, at, "Dewi", "administrator", email="dewi@example.org")
    with store.unit() as db:
        for key in ("mouse", "keys", "shared", "laptop"):
            procedures.new_procedure(db, key, NAMES, by=rina.id, at=at)
    for key in ("mouse", "keys"):
        files: dict[str, bytes | None] = {f"forms/{form}.json": asked(form, *words) for form, words in FORMS.items()}
        with store.unit() as db:
            procedures.write_draft(db, key, {**files, "process.bpmn": EMPTY.format(key=key).encode()}, by=rina.id, at=at)
    yield store
    store.close()


def asked(key: str, title: str, good: str, bad: str) -> bytes:
    """A form with one choice."""
    words = {"id": title, "en": title}
    choices = [{"value": value, "label": {"id": value, "en": value}} for value in (good, bad)]
    said = {"label": {"id": "Hasil", "en": "Result"}, "noun": {"id": "hasil", "en": "the result"}}
    page = {"key": "one", "title": words, "fields": [{"key": "result", "kind": "choice", **said, "choices": choices}]}
    return json.dumps({"format": "loket-form/1", "key": key, "title": words, "pages": [page]}).encode()


def middle(hand: Mouse | Keys) -> None:
    """From the application to the papers being complete: the same by both hands."""
    hand.begin()
    hand.add("mulai", "person", "Isi permohonan", "isi_permohonan")
    person(hand, "applicant", "application")
    hand.add("isi_permohonan", "auto", "Terima permohonan", "terima_permohonan")
    automatic(hand, "receive")
    hand.add("terima_permohonan", "person", "Periksa berkas", "periksa_berkas")
    desk(hand, "Verifikator", "Verifier", "verifikator")
    person(hand, "verifikator", "periksa", 2)
    hand.add("periksa_berkas", "choice", "Berkas lengkap?", "berkas_lengkap")
    hand.add("berkas_lengkap", "auto", "Berkas diterima", "berkas_diterima")
    automatic(hand, "accept")


def survey(hand: Mouse | Keys) -> None:
    desk(hand, "Tim teknis", "Technical team", "tim_teknis")
    person(hand, "tim_teknis", "survei", 2)


def ending(hand: Mouse | Keys) -> None:
    """Who decides, and the permit."""
    person(hand, "kepala_dinas", "decide", 1)
    hand.tick("not_same_as.periksa_berkas")
    hand.add("putuskan", "choice", "Disetujui?", "disetujui")
    hand.add("disetujui", "auto", "Beri nomor", "beri_nomor")
    automatic(hand, "number")
    hand.add("beri_nomor", "auto", "Terbitkan izin", "terbitkan_izin")
    automatic(hand, "issue", letter="permit")
    hand.add("terbitkan_izin", "end", "Issued", "issued")


def late(hand: Mouse | Keys) -> None:
    """The applicant corrects; after 14 working days without an answer the case ends."""
    person(hand, "applicant", "application")
    hand.tick("revises")
    hand.press("late")
    hand.pick("late.what", "path")
    hand.press("late-add")
    end = hand.page.locator('.pd-row--end:has(.pd-row__name:text-is("End"))').get_attribute("data-id") or ""
    hand.choose(end)
    hand.put("name", "Gugur")
    hand.is_chosen("gugur")
    hand.pick("years", "2")


def last(hand: Mouse | Keys) -> None:
    automatic(hand, "issue", letter="refusal")
    hand.add("terbitkan_surat_penolakan", "end", "Refused", "refused")
    chosen(hand, "berkas_lengkap", "periksa.result", "complete")
    chosen(hand, "disetujui", "decide.result", "approve")
    hand.saved()


def by_mouse(hand: Mouse) -> None:
    middle(hand)
    hand.add("berkas_diterima", "side", None)
    fork = hand.page.locator(".pd-row--side").first.get_attribute("data-id") or ""
    hand.add(fork, "person", "Survei lokasi", "survei_lokasi")
    survey(hand)
    hand.add("survei_lokasi", "side", None)
    join = next(each for each in (row.get_attribute("data-id") for row in hand.page.locator(".pd-row--side").all()) if each != fork)
    hand.add(join or "", "person", "Putuskan", "putuskan")
    ending(hand)
    hand.add(fork, "person", "Periksa ruang", "periksa_ruang")
    person(hand, "tim_teknis", "ruang", 2)
    hand.connect("periksa_ruang", join or "")
    hand.add("berkas_lengkap", "person", "Perbaiki", "perbaiki")
    late(hand)
    hand.connect("perbaiki", "periksa_berkas")
    hand.add("disetujui", "auto", "Terbitkan surat penolakan", "terbitkan_surat_penolakan")
    last(hand)


def by_keyboard(hand: Keys) -> None:
    middle(hand)
    hand.add("berkas_diterima", "person", "Survei lokasi", "survei_lokasi")
    survey(hand)
    hand.add("survei_lokasi", "person", "Putuskan", "putuskan")
    ending(hand)
    hand.beside("survei_lokasi", "Periksa ruang", "periksa_ruang")
    person(hand, "tim_teknis", "ruang", 2)
    hand.way("berkas_lengkap", "person", "Perbaiki", "perbaiki")
    late(hand)
    hand.choose("perbaiki")
    hand.pick("next", "periksa_berkas")
    hand.way("disetujui", "auto", "Terbitkan surat penolakan", "terbitkan_surat_penolakan")
    last(hand)


def test_drawing_and_list_make_the_same_procedure(studio: Store, new_page, server, axe) -> None:
    made = {}
    for key, sort, draw in (("mouse", Mouse, by_mouse), ("keys", Keys, by_keyboard)):
        page = new_page(width=1280)
        sign_in(page, server.url, "rina@example.org", PASSWORD)
        hand = sort(page, server.url, key)
        draw(hand)
        axe(page)
        with studio.reading() as db:
            files = procedures.draft_files(db, key)
            found = procedures.draft_findings(db, key, actions={name: one.WRITES for name, one in actions.actions().items()})
        assert [procedures.line(each) for each in procedures.stopping(found)] == []
        made[key] = normal(load(files["process.bpmn"])), sorted(procedures.sentence(each) for each in found)
    assert made["mouse"][0] == made["keys"][0]
    assert made["mouse"][1] == made["keys"][1]


def test_two_at_one_draft_lose_nothing_and_the_second_is_told(studio: Store, new_page, server) -> None:
    pages = []
    for login in ("rina@example.org", "dewi@example.org"):
        pages.append(new_page())
        sign_in(pages[-1], server.url, login, PASSWORD)
    rina, dewi = (Keys(page, server.url, "shared") for page in pages)
    rina.choose("decide")
    rina.put("days", "7")
    rina.saved()
    dewi.choose("decide")
    dewi.put("days", "9")
    told = dewi.page.locator(".fb-conflict")
    expect(told).to_contain_text("Rina")
    told.get_by_text("Go on with theirs").click()
    expect(dewi.row("decide")).to_contain_text("7 working days")
    expect(dewi.panel).not_to_have_attribute("data-chosen", "decide")
    dewi.choose("decide")
    expect(dewi.panel.locator('[name="days"]')).to_have_value("7")
    dewi.put("days", "8")
    dewi.saved()
    with studio.reading() as db:
        assert b'value="8"' in procedures.draft_file(db, "shared", "process.bpmn")[0]
        assert len(procedures.draft_history(db, "shared", "process.bpmn")) == 3


def test_the_designer_fits_a_phone_and_says_what_is_wrong_where_it_is(studio: Store, new_page, server, axe) -> None:
    page = new_page(width=360)
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    hand = Keys(page, server.url, "shared")
    hand.choose("decide")
    hand.pick("form", "")
    expect(page.locator(".pd-problems .pd-finding--error", has_text="“Putuskan permohonan”").first).to_be_visible()
    expect(hand.row("decide").locator(".pd-row__wrong")).to_be_visible()
    expect(page.locator(".djs-element.pd-error[data-element-id=decide]")).to_have_count(1)
    mark = page.locator(".bjs-powered-by")
    mark.scroll_into_view_if_needed()
    assert mark.evaluate("""one => { const box = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"""), "the mark is covered"
    axe(page)
    page.goto(f"{server.url}/admin/studio/shared/plain?in=en")
    expect(page.locator(".loket-told__one")).not_to_have_count(0)
    axe(page)


def test_the_designer_is_light_and_only_its_own_page_pays(studio: Store, new_page, server) -> None:
    page = new_page()
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    weights = {}
    for path in ("shared/", "shared/process/"):
        sizes.clear()
        page.goto(f"{server.url}/admin/studio/{path}", wait_until="networkidle")
        weights[path] = sum(sizes)
    assert weights["shared/process/"] - weights["shared/"] <= MOST, weights
    assert weights["shared/"] < 80_000, weights


def test_a_closed_laptop_loses_nothing_and_texts_are_taken_back_with_the_drawing(studio: Store, new_page, server) -> None:
    page = new_page()
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    hand = Keys(page, server.url, "laptop")
    hand.choose("decide")
    hand.put("instructions.id", "Baca dua kali.")
    hand.put("instructions.en", "Read it twice.")
    hand.saved()
    with studio.reading() as db:
        assert b'decide = "Read it twice."' in procedures.draft_file(db, "laptop", "texts/en.toml")[0]
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
    expect(hand.panel.locator('[name="instructions.id"]')).to_have_value("")
    hand.saved()
    with studio.reading() as db:
        assert b"Baca dua kali" not in procedures.draft_file(db, "laptop", "texts/id.toml")[0]
    page.context.set_offline(True)
    hand.put("days", "6")
    hand.put("instructions.id", "Baca tiga kali.")
    expect(page.locator('.fb-saved[data-status="offline"]')).to_be_visible()
    page.context.set_offline(False)
    page.once("dialog", lambda asks: asks.accept())  # "leave the page?"
    page.goto(f"{server.url}/admin/studio/laptop/process/?lang=en")
    page.locator("#designer[data-ready]").wait_for()
    expect(page.locator("[role=status]").first).to_contain_text("not saved are back")
    hand = Keys(page)
    hand.saved()
    hand.choose("decide")
    expect(hand.panel.locator('[name="days"]')).to_have_value("6")
    expect(hand.panel.locator('[name="instructions.id"]')).to_have_value("Baca tiga kali.")
    with studio.reading() as db:
        assert b"Baca tiga kali." in procedures.draft_file(db, "laptop", "texts/id.toml")[0]
        assert b'value="6"' in procedures.draft_file(db, "laptop", "process.bpmn")[0]


def test_what_is_said_of_a_step_follows_its_name_and_undo_brings_it_back(studio: Store, new_page, server) -> None:
    page = new_page()
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    hand = Keys(page, server.url, "laptop")
    hand.add("application", "person", "Telaah", "telaah")
    hand.put("name.en", "Review")
    expect(hand.row("telaah")).to_contain_text("Review")
    hand.put("name", "Telaah ruang")
    hand.is_chosen("telaah_ruang")
    expect(hand.panel.locator('[name="name.en"]')).to_have_value("Review")
    page.get_by_role("button", name="Undo").click()
    hand.is_chosen("telaah")
    expect(hand.panel.locator('[name="name.en"]')).to_have_value("Review")
    hand.saved()
    with studio.reading() as db:
        assert b'telaah = "Review"' in procedures.draft_file(db, "laptop", "texts/en.toml")[0]
