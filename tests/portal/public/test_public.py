"""What anybody may read without an account."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape

import jsonschema
import pytest

from engine import documents, procedures
from engine.store import Store

CLOTH = {
    "jenis_reklame": "kain",
    "produk": "umum",
    "pembebasan": "tidak_ada",
    "lokasi_indoor": "no",
    "panjang_m": "4",
    "lebar_m": "1,5",
    "titik_pasang.0.jumlah_unit": "2",
    "tgl_mulai.day": "1",
    "tgl_mulai.month": "7",
    "tgl_mulai.year": "2026",
    "tgl_selesai.day": "14",
    "tgl_selesai.month": "7",
    "tgl_selesai.year": "2026",
    "penyelenggara": "sendiri",
}
CODE = "7KQ2-9FXA-M0T3-ZZ8V"


def text(page: str) -> str:
    """A page's words without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_an_office_without_permits_says_so(visitor) -> None:
    assert "Belum ada izin yang dilayani saat ini." in visitor.get("/").text


def test_the_catalogue_shows_what_is_published(visitor, reklame) -> None:
    page = visitor.get("/").text
    assert 'href="/permits/reklame"' in page
    assert "Izin Penyelenggaraan Reklame" in page
    assert "5 hari kerja" in page


def test_a_withdrawn_permit_is_no_longer_shown(visitor, store: Store, reklame, rina, now) -> None:
    with store.unit() as db:
        procedures.withdraw(db, "reklame", by=rina.id, at=now)
    assert "/permits/reklame" not in visitor.get("/").text
    assert visitor.get("/permits/reklame").status_code == 404


def test_the_page_of_a_permit_is_derived_from_its_bundle(visitor, store: Store, reklame) -> None:
    with store.reading() as db:
        bundle = procedures.bundle_of(db, reklame.id)
    page = text(visitor.get("/permits/reklame?lang=en", follow_redirects=True).text)
    for step in bundle.steps("en"):
        assert step.name in page
    for requirement in bundle.requirements("en"):
        assert requirement.name in page
    for law in bundle.about.legal_basis:
        assert law.title in page
    assert "Apply now" in page


def test_an_unknown_permit_is_not_found(visitor) -> None:
    assert visitor.get("/permits/nothing").status_code == 404
    assert visitor.get("/permits/nothing/estimate").status_code == 404


def test_an_estimate_is_what_the_office_s_own_table_says(visitor, store: Store, reklame) -> None:
    with store.reading() as db:
        bundle = procedures.bundle_of(db, reklame.id)
    roads = bundle.forms["simulation"].find("titik_pasang.0.kelas_jalan").options["choices"]
    fields = {**CLOTH, "titik_pasang.0.kelas_jalan": roads[0]["value"]}
    answer = visitor.send("/permits/reklame/estimate", fields)
    facts = {
        "jenis_reklame": "kain", "produk": "umum", "pembebasan": "tidak_ada", "lokasi_indoor": False,
        "panjang_m": Decimal(4), "lebar_m": Decimal("1.5"),
        "titik_pasang": [{"kelas_jalan": roads[0]["value"], "jumlah_unit": Decimal(2)}],
        "tgl_mulai": date(2026, 7, 1), "tgl_selesai": date(2026, 7, 14), "penyelenggara": "sendiri",
    }  # fmt: skip
    amount = int(bundle.decide("tax", {"application": facts}).value["amount"])
    assert amount > 0
    assert answer.status_code == 200
    assert f"Rp{amount:,}".replace(",", ".") in answer.text


def test_a_wrong_answer_is_named_at_the_top_and_beside_its_question(visitor, reklame) -> None:
    answer = visitor.send("/permits/reklame/estimate", {**CLOTH, "panjang_m": "dua"})
    assert answer.status_code == 422
    assert 'href="#f-panjang_m"' in answer.text
    assert 'id="f-panjang_m-error"' in answer.text
    assert "<title>Error: " in answer.text


def test_a_row_can_be_added_without_script(visitor, reklame) -> None:
    answer = visitor.send("/permits/reklame/estimate", {**CLOTH, "_add": "titik_pasang"})
    assert answer.status_code == 200
    assert 'name="titik_pasang.1.jumlah_unit"' in answer.text
    assert 'value="2"' in answer.text


@pytest.mark.parametrize("name", ["a.b.c.d.e.f.g.h.i.j.k", "titik_pasang.99999999999.x", "__class__.x"])
def test_names_no_page_sends_do_no_harm(visitor, reklame, name: str) -> None:
    assert visitor.send("/permits/reklame/estimate", {**CLOTH, name: "x"}).status_code in (200, 400, 422)


@pytest.fixture
def paper(app, store: Store, now):
    """A permit on paper, valid in June 2026."""
    with store.unit() as db:
        return documents.issue(
            db, app.extensions["loket"].office.cabinet, case="01J", letter="permit", number="503/0001/REKLAME/2026", code=CODE,
            public={"Kegiatan": "Papan reklame"}, papers={}, by=None, at=now, valid_from=date(2026, 6, 1), valid_until=date(2026, 6, 30),
        )  # fmt: skip


def test_a_code_on_paper_shows_that_the_permit_is_valid(visitor, paper) -> None:
    answer = visitor.get("/v?code=7kq2 9fxa m0t3 zz8v", follow_redirects=True)
    assert answer.status_code == 200
    assert "Izin ini berlaku" in answer.text
    assert "503/0001/REKLAME/2026" in answer.text
    assert "Papan reklame" in answer.text


def test_what_stands_about_a_paper_is_told_in_the_reader_s_words(visitor, app, store: Store, now) -> None:
    public = {"procedure": "reklame", "name": {"id": "Izin reklame", "en": "Advertisement permit"}, "holder": "S. W.", "permit": True}
    with store.unit() as db:
        documents.issue(
            db, app.extensions["loket"].office.cabinet, case="01J", letter="permit", number="1", code=CODE,
            public=public, papers={}, by=None, at=now,
        )  # fmt: skip
    page = visitor.get(f"/v/{CODE}").text
    assert "Izin reklame" in page
    assert "Inisial pemohon" in page
    assert "{" not in page.partition("<dl")[2].partition("</dl>")[0]


@pytest.mark.parametrize("public", [{"permit": False}, {}])
def test_a_letter_of_refusal_is_never_called_a_valid_permit(visitor, app, store: Store, now, public: dict[str, bool]) -> None:
    with store.unit() as db:
        documents.issue(
            db, app.extensions["loket"].office.cabinet, case="01J", letter="refusal", number="1", code=CODE,
            public=public, papers={}, by=None, at=now,
        )  # fmt: skip
    page = visitor.get(f"/v/{CODE}").text
    assert "Izin ini berlaku" not in page
    assert "Surat ini asli, tetapi bukan izin" in page


def test_an_expired_and_a_revoked_permit_say_so(visitor, store: Store, paper, clock, rina) -> None:
    clock.forward(days=40)
    assert "Izin ini sudah habis masa berlakunya" in visitor.get(f"/v/{CODE}").text
    with store.unit() as db:
        documents.revoke(db, paper.id, reason="palsu", by=rina.id, at=clock())
    page = visitor.get(f"/v/{CODE}").text
    assert "Izin ini sudah dicabut" in page
    assert "Alasan: palsu" in page


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "nonsense", "<script>alert(1)</script>"])
def test_an_unknown_code_is_told_apart_and_printed_harmlessly(visitor, code: str) -> None:
    answer = visitor.get("/v", query_string={"code": code}, follow_redirects=True)
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_places_fill_the_next_list(visitor) -> None:
    found = visitor.get("/regions?parent=33").json
    assert {"value": "33.14", "label": "Kabupaten Sragen"} in [
        {**one, "label": one["label"].replace("KABUPATEN SRAGEN", "Kabupaten Sragen")} for one in found
    ]
    assert visitor.get("/regions?parent=xx").json == []


def size(visitor, file: str) -> int:
    """Bytes of a file as it is sent."""
    with visitor.get(file, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        return len(answer.data)


@pytest.mark.parametrize(
    "path", ["/", "/permits/reklame", "/permits/reklame/estimate", "/track", "/v", "/privacy", "/accessibility", "/sign-in", "/sign-up"]
)
def test_a_page_is_light_enough_for_a_slow_phone(visitor, reklame, path: str) -> None:
    page = visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    plain = visitor.get(path).text
    files = re.findall(r'(?:src|href)="(/assets/[^"]+\.(?:js|css))"', plain)
    assert len(files) == 2
    sent = len(page.data) + sum(size(visitor, file) for file in files)
    assert sent <= 50_000, f"{path}: {sent} bytes"


def test_the_day_a_permit_holds_is_the_office_s_day(visitor, paper) -> None:
    assert "Selasa, 2 Juni 2026" in visitor.get(f"/v/{CODE}").text


def test_programs_read_what_the_application_asks_as_json_schema(visitor, reklame) -> None:
    answer = visitor.get("/permits/reklame/form.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    schema = answer.json
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith("/permits/reklame/form.json")
    assert schema["properties"]["jenis_reklame"]["x-title-en"]
    assert visitor.get("/permits/reklame/form.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert visitor.get("/permits/nothing/form.json").status_code == 404
