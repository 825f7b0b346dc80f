"""What the office knows already stands in the form, says where it comes from, and is the applicant's to change; and unique answers."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.portal.conftest import PAGES, Visitor

NIK = PAGES["pemohon"]["nik"]


def value(who: Visitor, name: str) -> str:
    """What stands in a box of the page."""
    assert who.last is not None
    long = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)<', who.last.text)
    box = re.search(rf'<input[^>]*name="{name}"[^>]*>', who.last.text)
    assert long or box, name
    return long.group(1) if long else (re.search(r'value="([^"]*)"', box.group() if box else "") or ["", ""])[1]


def test_the_page_says_where_answers_come_from_and_the_applicant_may_change_them(joko: Visitor, visitor: Callable[[], Visitor]) -> None:
    joko.begin()
    joko.fill(until="pemohon")
    assert (value(joko, "nama"), value(joko, "telepon"), value(joko, "nik")) == ("Joko Susilo", "0812-9876-5432", "")
    assert joko.text.count("Diambil dari akun Anda") == 2
    assert "permohonan Anda sebelumnya" not in joko.text
    joko.fill(since="pemohon", pemohon={"nama": "Joko Susilo, S.E."})
    joko.send({})
    joko.begin()
    joko.fill(until="pemohon")
    assert value(joko, "nik") == NIK
    assert value(joko, "alamat") == PAGES["pemohon"]["alamat"]
    assert value(joko, "nama") == "Joko Susilo", "the account still says so"
    assert "Diambil dari permohonan Anda sebelumnya" in joko.text
    place = joko.where
    joko.send({**PAGES["pemohon"], "alamat": "", "nik": ""})
    joko.open(place)
    assert value(joko, "nik") == "", "what was kept once is the applicant's, also blank"
    assert "Diambil dari" not in joko.text
    sari = visitor().sign_up("Sari Wulandari", "0812 1111 2222")
    sari.begin()
    sari.fill(until="pemohon")
    assert NIK not in (sari.last.text if sari.last else "")
    assert value(sari, "nama") == "Sari Wulandari"
