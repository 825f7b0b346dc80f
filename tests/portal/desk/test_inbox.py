"""The inbox: what waits, for whom, how urgent, and taking the next one."""

from __future__ import annotations

from collections.abc import Callable

from tests.fixtures.doors import Clock
from tests.portal.conftest import Visitor
from tests.portal.desk.conftest import Bureau

AtDesk = Callable[[str], Visitor]


def test_an_officer_begins_at_the_inbox_and_sees_the_tasks_of_their_desk(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi = at_desk("budi")
    assert budi.where == "/desk"
    assert bureau.number(case) in budi.text
    assert "Sari Wulandari" in budi.text
    assert "Periksa berkas" in budi.text
    assert budi.last.headers["Cache-Control"] == "no-store"


def test_a_desk_without_work_is_told_so(bureau: Bureau, at_desk: AtDesk) -> None:
    bureau.apply()
    nina = at_desk("nina")
    assert "Tidak ada yang menunggu di sini." in nina.text
    assert "<table" not in nina.last.text


def test_an_applicant_does_not_get_in(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    sari = at_desk("081234567890")
    paths = ["/desk", "/desk/search", f"/desk/cases/{case}", f"/desk/tasks/{bureau.task(case, 'verify')}"]
    assert [sari.open(path).status_code for path in paths] == [403] * 4


def test_a_stranger_is_sent_to_sign_in(bureau: Bureau, app) -> None:
    answer = app.test_client().get("/desk")
    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]


def test_lateness_is_said_in_working_days_and_the_late_task_is_on_top(bureau: Bureau, at_desk: AtDesk, clock: Clock) -> None:
    old = bureau.apply(name="Sari Wulandari")
    clock.forward(days=3)  # Friday: verify was due on Wednesday
    new = bureau.apply(name="Joko Susilo", login="081298765432")
    text = at_desk("budi").open("/desk").text
    assert "Terlambat 2 hari kerja" in text
    assert text.index(bureau.number(old)) < text.index(bureau.number(new))
    assert "is-late" in text


def test_what_is_due_today_and_tomorrow_is_said_in_words(bureau: Bureau, at_desk: AtDesk, clock: Clock) -> None:
    bureau.apply()
    budi = at_desk("budi")
    assert "Besok" in budi.text
    clock.forward(days=1)
    budi.open("/desk")
    assert "Hari ini, sampai" in budi.text


def test_one_desk_and_my_own_tasks_can_be_looked_at_alone(bureau: Bureau, at_desk: AtDesk) -> None:
    first, second = bureau.apply(), bureau.apply(name="Joko Susilo", login="081298765432")
    bureau.until(first, "initial")
    rudi = at_desk("rudi")
    assert bureau.number(first) in rudi.text
    assert bureau.number(second) in rudi.text
    rudi.open("/desk?desk=kabid")
    assert bureau.number(first) in rudi.text
    assert bureau.number(second) not in rudi.text
    rudi.open("/desk?desk=-mine")
    assert "Anda belum mengambil tugas." in rudi.text
    rudi.open(f"/desk/tasks/{bureau.task(second, 'verify')}")
    rudi.send({}, f"/desk/tasks/{bureau.task(second, 'verify')}/claim")
    rudi.open("/desk?desk=-mine")
    assert bureau.number(second) in rudi.text
    assert bureau.number(first) not in rudi.text


def test_a_desk_of_others_cannot_be_asked_for(bureau: Bureau, at_desk: AtDesk) -> None:
    bureau.apply()
    nina = at_desk("nina")
    nina.open("/desk?desk=verifikator")
    assert "<table" not in nina.last.text


def test_more_than_a_page_goes_on_by_a_link(bureau: Bureau, at_desk: AtDesk) -> None:
    numbers = {bureau.number(bureau.apply()) for _ in range(27)}
    budi = at_desk("budi")
    seen = {number for number in numbers if number in budi.text}
    assert len(seen) == 25
    link = budi.last.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    budi.open(link)
    assert {number for number in numbers if number in budi.text} == numbers - seen
    assert 'rel="next"' not in budi.last.text


def test_a_made_up_page_key_is_refused_kindly(bureau: Bureau, at_desk: AtDesk) -> None:
    budi = at_desk("budi")
    assert budi.open("/desk?after=nonsense").status_code == 404
    assert budi.open("/desk?desk=-mine&after=nonsense~x").status_code == 404


def test_take_next_claims_the_most_urgent_free_task_and_opens_it(bureau: Bureau, at_desk: AtDesk, clock: Clock) -> None:
    first = bureau.apply()
    clock.forward(days=1)
    second = bureau.apply(name="Joko Susilo", login="081298765432")
    budi, putri = at_desk("budi"), at_desk("putri")
    for who, case in ((budi, first), (putri, second)):
        who.open("/desk")
        who.send({}, "/desk/next")
        assert who.where == f"/desk/tasks/{bureau.task(case, 'verify')}"
        assert "Anda sudah mengambil tugas ini" in who.text
    budi.open("/desk")
    assert "Putri Maharani" in budi.text
    rudi = at_desk("rudi")
    rudi.send({}, "/desk/next")
    assert "Saat ini tidak ada tugas bebas untuk Anda." in rudi.text


def test_take_next_passes_over_what_four_eyes_forbid(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    bureau.answer("rudi", case, "verify")
    bureau.until(case, "initial")
    rudi = at_desk("rudi")
    assert bureau.number(case) in rudi.text
    rudi.send({}, "/desk/next")
    assert "Saat ini tidak ada tugas bebas untuk Anda." in rudi.text


def test_every_page_of_the_desk_is_for_staff_alone(app) -> None:
    guards = {name: view.guard.name for name, view in app.view_functions.items() if name.startswith("desk.")}
    assert len(guards) >= 10
    assert set(guards.values()) == {"staff"}
