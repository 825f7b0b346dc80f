"""What offices ask to have changed, done in the studio by mouse and keyboard on an office with open applications, which stay right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from engine import cases, people, procedures
from engine.notices import Notice
from forms import Invalid
from tests.browser.changing import ANSWERS, Office, open_office
from tests.browser.kiosk import STORY

pytestmark = pytest.mark.browser
KEYS = ("question", "fee", "second", "days", "initial", "lapse", "pages", "copied", "desk", "mistake")
YES, NO = {"result": "yes"}, {"result": "no"}
STORIES = {"stories/issued.toml": STORY}


@pytest.fixture(scope="module")
def office(database: Any, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office, with a procedure for each request."""
    with open_office(database, browser, tmp_path_factory.mktemp("requests"), KEYS, {"question": STORIES}) as made:
        yield made


def test_a_required_question_is_asked_in_new_applications_only(office: Office) -> None:
    asked = office.request("question")
    asked.begin()
    asked.builder("application")
    asked.question("text", "NPWPD", "Tax number")
    page = asked.goto("stories/follow")
    expect(page.locator("main")).to_contain_text("“Tax number” is answered with")
    page.get_by_role("button", name="Bring 1 story along").click()
    page.wait_for_url("**/stories")
    asked.publish("NPWPD wajib diisi", says="question “Tax number” added, must be answered")

    asked.unchanged()
    asked.does(asked.drafted, ("sari", "application", ANSWERS))
    assert "verify" in asked.steps(asked.drafted), "who had begun is not asked"
    assert asked.to_the_end(asked.verified) == "issued"
    with pytest.raises(Invalid) as wrong:
        asked.apply()
    assert [(each.path, each.code) for each in wrong.value.errors] == [("npwpd", "required")]
    new = asked.apply({**ANSWERS, "npwpd": "P.1"})
    assert (asked.version(new), asked.to_the_end(new)) == (2, "issued")


def test_a_new_fee_holds_for_applications_begun_from_the_first_of_january(office: Office) -> None:
    asked, zone = office.request("fee"), office.scene.office.calendar.zone
    new_year = date(office.scene.now.astimezone(zone).year + 1, 1, 1)
    asked.begin()
    page = asked.goto("tables/fee/fee/")
    page.locator('[data-row="1"][data-col="1"]').click()
    page.keyboard.type("26500")
    page.keyboard.press("Enter")
    asked.saved()
    asked.publish("Tarif baru", new_year, says="of row 2: 25,000 → 26,500")

    asked.unchanged()
    last_minute = datetime(new_year.year, 1, 1, tzinfo=zone) - timedelta(minutes=1)
    with office.at(last_minute):
        begun = asked.apply(send=False)
    with office.at(last_minute + timedelta(minutes=1)):
        new = asked.apply()
        asked.does(begun, ("sari", "application", ANSWERS))
        assert asked.to_the_end(new) == "issued"
        assert asked.to_the_end(asked.verified) == "issued"
    assert [asked.fee(case) for case in (asked.verified, begun, new)] == [25_000, 25_000, 26_500]
    assert [asked.version(case) for case in (asked.verified, begun, new)] == [1, 1, 2]


def test_a_second_review_stands_beside_the_first_above_a_threshold(office: Office) -> None:
    asked = office.request("second")
    asked.begin()
    hand = asked.designer()
    hand.beside("verify", "Survei lokasi", "survei_lokasi")
    hand.pick("desk", "tim_teknis")
    hand.fresh_form("Survei", "Survey", "survei")
    hand.put("days", "3")
    hand.choose("survei_lokasi")
    hand.before("survei_lokasi", "choice", "Luas?", "luas")
    hand.above("luas", "application.area", "100")
    hand.saved()
    asked.builder("survei")
    asked.question("yes_no", "Cocok?", "Does it fit?")
    asked.publish("Survei untuk kios besar", says="added: “Survei lokasi”, done by Word tim_teknis")

    asked.unchanged()
    small, large = asked.apply(), asked.apply({**ANSWERS, "area": "500"})
    assert [set(asked.steps(case)) for case in (small, large)] == [{"verify"}, {"verify", "survei_lokasi"}]
    asked.does(large, ("budi", "verify", YES))
    assert set(asked.steps(large)) == {"survei_lokasi"}
    asked.does(large, ("tuti", "survei_lokasi", {"cocok": "yes"}), ("dewi", "decide", YES))
    assert (asked.row(large).outcome, asked.to_the_end(small), asked.to_the_end(asked.verified)) == ("issued",) * 3


def test_a_shorter_deadline_is_promised_to_new_applications(office: Office) -> None:
    asked = office.request("days")
    asked.begin()
    hand = asked.designer()
    hand.choose("verify")
    hand.put("days", "1")
    hand.saved()
    asked.publish("Pemeriksaan dalam satu hari", says="“Periksa berkas”: working days: 3 → 1")

    asked.unchanged()
    new = asked.apply()
    calendar = office.scene.office.calendar
    dues = [asked.steps(case)["verify"] for case in (asked.verified, new)]
    days = [calendar.local(calendar.add_working_days(at, days)).date() for at, days in ((office.begun, 3), (office.scene.now, 1))]
    assert [calendar.local(due).date() for due in dues if due] == days
    assert (asked.to_the_end(asked.verified), asked.to_the_end(new)) == ("issued", "issued")


def test_an_extra_initial_comes_before_the_head(office: Office) -> None:
    asked = office.request("initial")
    asked.begin()
    hand = asked.designer()
    hand.before("decide", "person", "Paraf konsep", "paraf_konsep")
    hand.pick("desk", "kabid")
    hand.fresh_form("Paraf", "Initial", "paraf")
    hand.put("days", "1")
    hand.tick("not_same_as.verify")
    hand.saved()
    asked.builder("paraf")
    asked.question("yes_no", "Diparaf?", "Initialled?")
    asked.publish("Kabid memaraf sebelum kepala", says="added: “Paraf konsep”, done by Word kabid")

    asked.unchanged()
    new = asked.apply()
    asked.does(new, ("budi", "verify", YES))
    assert list(asked.steps(new)) == ["paraf_konsep"]
    asked.does(new, ("rudi", "paraf_konsep", {"diparaf": "yes"}), ("dewi", "decide", YES))
    assert (asked.row(new).outcome, asked.to_the_end(asked.verified)) == ("issued", "issued")


def test_an_application_without_an_answer_for_14_working_days_is_closed_with_a_letter(office: Office) -> None:
    asked = office.request("lapse")
    asked.begin()
    hand = asked.designer()
    hand.choose("fix")
    hand.press("late")
    hand.pick("late.what", "path")
    hand.press("late-add")
    late = hand.page.locator(".pd-row--late").get_attribute("data-id") or ""
    hand.add(late, "auto", "Kabari bahwa gugur", "kabari_bahwa_gugur")
    hand.pick("action", "notify")
    hand.pick("field.notice", "lapsed")
    end = hand.page.locator('.pd-row--end:has-text("Kabari bahwa gugur")').get_attribute("data-id") or ""
    hand.choose(end)
    hand.put("name", "Gugur")
    hand.is_chosen("gugur")
    hand.pick("years", "2")
    hand.saved()
    asked.publish("Permohonan gugur setelah 14 hari kerja", says="added: the timer on “Perbaiki permohonan”")

    asked.unchanged()
    new = asked.apply()
    for case in (asked.verified, new):
        asked.does(case, ("budi", "verify", {"result": "back"}))
    calendar, now = office.scene.office.calendar, office.scene.now
    with office.at(calendar.add_working_days(now, 13)):
        assert asked.scene().work() == [] and asked.row(new).outcome is None
    with office.at(calendar.add_working_days(now, 15)):
        assert asked.scene().work() == []
        assert (asked.row(new).outcome, asked.row(asked.verified).outcome) == ("gugur", None)
        with office.store.reading() as session:
            assert session.scalars(select(Notice.what).where(Notice.case_id == new).order_by(Notice.id)).all()[-1] == "lapsed"
        asked.does(asked.verified, ("sari", "fix", {}))
        assert asked.to_the_end(asked.verified) == "issued"


def test_pages_are_swapped_for_who_begins_now(office: Office) -> None:
    asked = office.request("pages")
    asked.begin()
    page = asked.builder("application")
    page.locator('.fb-page[data-page="two"]').click()
    page.get_by_role("button", name="Earlier").click()
    asked.saved()
    asked.publish("Alamat lebih dulu", says="order of the pages: Page one, Page two → Page two, Page one")

    asked.unchanged()
    new = asked.apply(send=False)
    assert [pages(office, case) for case in (asked.drafted, new)] == [["one", "two"], ["two", "one"]]
    asked.does(asked.drafted, ("sari", "application", ANSWERS))
    asked.does(new, ("sari", "application", ANSWERS))
    assert [asked.to_the_end(case) for case in (asked.drafted, new)] == ["issued", "issued"]


def pages(office: Office, case: str) -> list[str]:
    """The pages that an applicant fills in."""
    scene = office.scene
    scene.case = case
    with office.store.reading() as session:
        return [each.key for each in cases.task_page(session, scene.person(session, "sari"), scene.task("application")).form.pages]


def test_a_permit_is_copied_and_the_copy_has_a_life_of_its_own(office: Office) -> None:
    asked = office.request("copied")
    page = office.page
    page.goto(f"{office.url}/admin/studio/")
    page.get_by_role("link", name="Copy Kios copied", exact=True).click()
    page.fill("[name=key]", "tenda")
    page.fill("[name=name_id]", "Izin tenda")
    page.fill("[name=name_en]", "Tent permit")
    page.get_by_role("button", name="Copy").click()
    page.locator("#findings").wait_for()
    copy = office.another("tenda")
    copy.publish("Izin baru, disalin dari kios")

    asked.unchanged()
    new = copy.apply()
    assert (copy.to_the_end(new), asked.to_the_end(asked.verified)) == ("issued", "issued")
    with office.store.reading() as session:
        bundle = procedures.bundle_of(session, copy.row(new).version_id)
    assert (bundle.key, bundle.about.register.key, bundle.about.name["en"]) == ("tenda", "tenda", "Tent permit")
    assert asked.apply(send=False) and asked.version(asked.decided) == 1


def test_a_desk_is_called_otherwise_and_keeps_its_people_and_tasks(office: Office) -> None:
    asked, page = office.request("desk"), office.page
    page.goto(f"{office.url}/admin/desks/verifikator/rename")
    page.fill("[name=name_id]", "Petugas berkas")
    page.fill("[name=name_en]", "Front office")
    page.get_by_role("button", name="Save").click()
    asked.begin()
    hand = asked.designer()
    hand.choose("verify")
    hand.press("name-desk")
    hand.put("desk-name.id", "Petugas berkas")
    hand.put("desk-name.en", "Front office")
    expect(hand.row("verify")).to_contain_text("Front office")
    hand.saved()
    asked.publish("Verifikator kini petugas berkas", says="“Word verifikator” → “Front office”")

    asked.unchanged()
    with office.store.reading() as session:
        inbox = cases.inbox(session, office.scene.person(session, "budi"))
        assert asked.verified in [line.case for line in inbox.rows]
        assert {each.key: each.name("en") for each in people.desks(session)}["verifikator"] == "Front office"
        version = procedures.current(session, asked.key)
        assert version and procedures.bundle_of(session, version.id).text("desks", "verifikator", "en") == "Front office"
    new = asked.apply()
    assert (asked.version(new), asked.to_the_end(new), asked.to_the_end(asked.verified)) == (2, "issued", "issued")


def test_after_a_mistaken_version_one_goes_back_and_moves_its_applications(office: Office) -> None:
    asked, page = office.request("mistake"), office.page
    asked.begin()
    hand = asked.designer()
    hand.choose("decide")
    hand.put("days", "1")
    hand.saved()
    asked.publish("Salah: kepala tidak sempat")
    asked.unchanged()
    wrong = asked.apply()
    assert asked.version(wrong) == 2

    page.goto(f"{office.url}/admin/procedures/{asked.key}")
    page.get_by_role("link", name="Go back to it (1)").click()
    page.fill("[name=note]", "Kembali ke versi 1")
    page.get_by_role("button", name="Go back to it").click()
    page.wait_for_url(f"**/admin/procedures/{asked.key}")
    page.get_by_role("button", name="Move open applications").click()
    page.get_by_role("button", name="Move those that can").click()
    page.get_by_role("button", name="Move them").click()
    page.wait_for_url("**/admin/moving/job/*")

    asked.unchanged()
    new = asked.apply()
    assert [asked.version(case) for case in (wrong, new)] == [1, 1]
    assert list(asked.steps(wrong)) == ["verify"]
    assert [asked.to_the_end(case) for case in (wrong, new, asked.verified)] == ["issued"] * 3
