"""What a case owes comes from a table, is asked for once, and is never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import rules
from engine import cases, fees, procedures, timeline
from engine.actions.charge import NoAmount
from engine.procedures import Bundle
from engine.store import Store
from forms import Invalid
from tests.engine.cases.scene import TUESDAY, Scene, reklame, small_ads
from tests.engine.cases.small import choice, stall, stall_case
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import TABLE

TAX = 3_325_000


def ends(pen: Drawing) -> Drawing:
    """`final`: the letter, or the refusal of what is far too large."""
    pen.choice("final", "is_fine").service("issue", "issue", letter="permit").end("issued").end("refused").chain("issue", "issued")
    return pen.flow("final", "issue", ident="is_fine").flow("final", "refused", "= application.area > 99", "is_too_large")


def charging(amount: str = "= fee") -> Drawing:
    """application, the table, charge, verify: paid or not so, another area and back to the table; with nothing due, the letter."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")
    pen.rule("price", "fee", "fee").service("charge", "charge", amount=amount, title="stall").choice("to_price")
    pen.user("verify", desk="verifikator", days="1", public="verify").choice("ok", "again").choice("to_revise")
    pen.user("revise", "application", desk="applicant", public="application").service("settle", "settle", confirm="verify")
    pen.chain("begin", "application", "receive", "to_price", "price", "charge", "verify", "ok")
    pen.chain("settle", "to_revise", "revise", "to_price")
    pen.flow("ok", "settle", '= verify.result = "yes" and charge.amount > 0', "pays").flow("ok", "to_revise", ident="again")
    return ends(pen.flow("ok", "final", '= verify.result = "yes" and charge.amount = 0', "has_paid"))


def paying() -> Bundle:
    """A stall whose area can be corrected after every payment."""
    return stall(charging())


def money(scene: Scene) -> list[tuple[int, bool, bool, int]]:
    """Every fee: amount, settled, replaced, payments."""
    return [(fee.amount, fee.settled_at is not None, fee.replaced_at is not None, len(fee.payments)) for fee in scene.fees()]


def test_the_tax_of_ten_banners_says_how_it_adds_up_and_which_rows_gave_it(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"))
    (fee,) = scene.fees()
    assert (fee.amount, fee.is_open, fee.step) == (TAX, True, "charge")
    assert fee.title["id"]
    assert fee.lines
    assert ("nsr_dasar", 10) in [(row["table"], row["row"]) for row in fee.rows]


def test_a_missing_amount_is_refused_and_nothing_is_charged_whatever_was_answered_is_kept(store: Store, tmp_path: Path) -> None:
    bundle = reklame()
    files = {name: data for name, data in bundle.files.items() if not name.startswith("stories/")}
    files["process.bpmn"] = files["process.bpmn"].replace(b"= tax.amount", b"= if 1 = 2 then tax.amount else null")
    scene = small_ads(store, tmp_path)
    with store.unit() as session:
        procedures.publish(session, procedures.read_files(files), by=scene.cast["admin"], at=scene.now)
    scene.open("joko")
    scene.play(("joko", "application"), ("budi", "verify"), work=False)
    (trouble,) = scene.work()
    assert NoAmount.__name__ in trouble
    assert (scene.waiting(), scene.fees()) == (["tax"], [])
    assert [row.form for row in scene.rows(cases.Submission)] == ["application", "verify"]


@pytest.mark.parametrize("amount", ["= null", "= -1", "= 10.5", '= "10000"', "= true", "10000"])
def test_what_is_no_whole_number_of_rupiah_is_never_charged(store: Store, tmp_path: Path, amount: str) -> None:
    scene = stall_case(store, tmp_path, stall(charging(amount=amount)))
    before = scene.dump()
    with pytest.raises(NoAmount):
        scene.do("sari", "application", {"area": "1"})
    assert scene.dump() == before
    assert scene.fees() == []


@pytest.mark.parametrize(("hour", "amount"), [(16, 10_000), (17, 25_000)])
def test_a_day_begins_at_midnight_of_the_office_in_tables_and_in_charges(store: Store, tmp_path: Path, hour: int, amount: int) -> None:
    by_day = TABLE.replace("application.area", 'if today() = date("2026-06-02") then 1 else 2')
    bundle = stall(charging('= if today() = date("2026-06-02") then 10000 else fee'), **{"decisions/fee.dmn": by_day})
    scene = stall_case(store, tmp_path, bundle)
    scene.now = datetime(2026, 6, 2, hour, 0, tzinfo=UTC)  # 23.00 or midnight in Jakarta
    scene.do("sari", "application", {"area": "1"})
    assert [fee.amount for fee in scene.fees()] == [amount]
    assert rules.from_plain(scene.rows(cases.Decided)[0].value) == amount


def test_sent_back_after_the_payment_costs_nothing_twice(store: Store, tmp_path: Path) -> None:
    way = (("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"))
    scene = small_ads(store, tmp_path).play(*way)
    scene.do("rudi", "initial", {"result": "back", "note": "Lagi."})
    scene.play(("budi", "verify"))
    assert scene.waiting() == ["initial"]
    assert money(scene) == [(TAX, True, False, 1)]


def test_a_higher_amount_later_charges_only_the_difference_and_a_lower_one_nothing(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, paying())
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "yes"})
    assert money(scene) == [(10_000, True, False, 1)]
    scene.do("sari", "revise", {"area": "2"})
    assert money(scene) == [(10_000, True, False, 1), (15_000, False, False, 0)]
    scene.do("budi", "verify", {"result": "yes"})
    assert money(scene) == [(10_000, True, False, 1), (15_000, True, False, 1)]
    with store.reading() as session:
        assert fees.paid(session, scene.case) == 25_000
    scene.do("sari", "revise", {"area": "1"})
    assert money(scene)[2:] == []
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.work() == []
    assert scene.row().outcome == "issued"


def test_an_unpaid_difference_is_no_longer_asked_for_when_the_correction_is_taken_back(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, paying())
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "yes"})
    scene.do("sari", "revise", {"area": "2"})
    scene.do("budi", "verify", {"result": "no"})
    scene.do("sari", "revise", {"area": "1"})
    assert money(scene) == [(10_000, True, False, 1), (15_000, False, True, 0)]
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.work() == []  # the gate finds nothing unpaid
    assert scene.row().outcome == "issued"


def test_two_different_charges_of_one_case_are_both_asked_for(store: Store, tmp_path: Path) -> None:
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")
    pen.rule("price", "fee", "fee").service("survey_fee", "charge", amount="= 30000", title="a")
    pen.user("verify", desk="verifikator", days="1")
    pen.service("settle", "settle", confirm="verify").service("permit_fee", "charge", amount="= fee", title="b")
    pen.user("confirm", desk="bendahara", days="1").service("settle_again", "settle", confirm="confirm")
    way = ("begin", "application", "receive", "price", "survey_fee", "verify", "settle", "permit_fee", "confirm", "settle_again", "final")
    ends(pen).chain(*way)
    scene = stall_case(store, tmp_path, stall(pen, **{"forms/confirm.json": choice("confirm")}))
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "yes"})
    assert [(fee.step, fee.amount, fee.is_open) for fee in scene.fees()] == [("survey_fee", 30_000, False), ("permit_fee", 10_000, True)]
    scene.do("nina", "confirm", {"result": "yes"})
    assert scene.work() == []
    assert scene.row().outcome == "issued"


def test_a_payment_says_who_confirmed_it_and_keeps_both_words_as_evidence(store: Store, tmp_path: Path) -> None:
    way = (("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"))
    scene = small_ads(store, tmp_path).play(*way)
    ((payment,),) = [fee.payments for fee in scene.fees()]
    assert (payment.amount, payment.confirmed_by, payment.provider) == (TAX, scene.cast["nina"], "bank_transfer")
    assert payment.evidence["claimed"]["bank"] == "BRI"
    assert payment.evidence["confirmed"]["amount"]
    with store.reading() as session:
        assert timeline.last(session, scene.case, "fee.settled").by == scene.cast["nina"]


def test_settling_what_is_not_owed_is_refused(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    with pytest.raises(fees.NothingToPay), store.unit() as session:
        fees.settle(session, scene.case, provider="bank_transfer", received_on=None, evidence={}, by=None, at=scene.now)


@pytest.mark.parametrize("amount", [1.5, True, "10", -1, None])
def test_a_fee_is_a_whole_number_whoever_asks(store: Store, tmp_path: Path, amount: object) -> None:
    with pytest.raises(ValueError, match="whole number of Rupiah"), store.unit() as session:
        fees.charge(session, "case", step="s", title={}, amount=amount, lines=[], rows=[], at=TUESDAY)


def test_a_fee_that_is_still_open_is_dropped_when_the_case_ends(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"))
    scene.now += timedelta(hours=1)
    with store.unit() as session:
        cases.withdraw(session, scene.office, scene.case, by=scene.person(session, "joko"), at=scene.now)
        assert fees.open_fee(session, scene.case) is None
        assert timeline.last(session, scene.case, "fee.dropped").facts["amount"] == TAX
    assert money(scene) == [(TAX, False, True, 0)]


FORGED = [{"charge": {"amount": 0}}, {"tax": {"amount": 0}}, {"amount": "0"}, {"fee": "0"}, {"application": {"tax": 0}}]


@pytest.mark.parametrize("extra", FORGED)
def test_nothing_an_applicant_posts_changes_the_amount(store: Store, tmp_path: Path, extra: dict[str, object]) -> None:
    scene = small_ads(store, tmp_path)
    told = scene.deeds["application"]
    try:
        scene.do("joko", "application", {**told.answers, **extra}, told.files)
    except Invalid:
        scene.do("joko", "application")
    scene.play(("budi", "verify"))
    assert [fee.amount for fee in scene.fees()] == [TAX]
    pay = scene.deeds["pay"]
    try:
        scene.do("joko", "pay", {**pay.answers, **extra}, pay.files)
    except Invalid:
        scene.do("joko", "pay")
    assert [fee.amount for fee in scene.fees()] == [TAX]
    with pytest.raises(Invalid, match="amount"):
        scene.do("nina", "confirm", {**scene.deeds["confirm"].answers, "amount": 1})
