"""Going on with an application on another device: for its applicant, and for nobody who only has the code or the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.portal.conftest import PASSWORD, Visitor


@pytest.fixture
def draft(joko: Visitor) -> str:
    """The address of a draft of Joko's with its first page kept."""
    joko.begin()
    joko.fill(until="reklame")
    return re.sub(r"/steps/.*", "", joko.where)


def code_of(who: Visitor, draft: str) -> str:
    who.open(f"{draft}/elsewhere")
    found = re.search(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}\b", who.text)
    assert found, who.text
    assert 'src="data:image/svg+xml' in (who.last.text if who.last else ""), "a picture for the camera"
    return found.group()


def test_a_code_leads_the_same_person_to_the_draft_and_nobody_else(
    joko: Visitor, draft: str, visitor: Callable[[], Visitor], clock: Callable[..., object]
) -> None:
    code = code_of(joko, draft)
    phone = visitor()
    phone.open("/applications/continue")
    assert "/sign-in" in phone.where, "the code gives no right by itself"
    phone.send({"login": "081298765432", "password": PASSWORD})
    assert phone.where == "/applications/continue"
    phone.send({"code": code.lower().replace("-", " ")})
    assert phone.where.startswith(f"{draft}/steps/"), phone.where
    sari = visitor().sign_up("Sari Wulandari", "0812 1111 2222")
    sari.open("/applications/continue")
    sari.send({"code": code})
    assert sari.last is not None
    assert sari.last.status_code == 422
    assert sari.errors == ["Tidak ada permohonan Anda dengan kode ini sekarang. Lihat kode terbaru di perangkat lain."]
    assert sari.open(f"{draft}/elsewhere").status_code == sari.open(f"{draft}/go-on").status_code == 404
    clock.forward(minutes=31)  # type: ignore[attr-defined]
    phone.open("/applications/continue")
    phone.send({"code": code})
    assert phone.last is not None
    assert phone.last.status_code == 422
    phone.send({"code": "  "})
    assert phone.errors == ["Masukkan kode yang tampil di perangkat lain."]


def test_the_newest_draft_stands_on_top_of_my_applications(joko: Visitor, draft: str) -> None:
    joko.open("/applications")
    assert joko.last is not None
    assert re.search(r"<h2[^>]*>(.*?)</h2>", joko.last.text.split("<main", 1)[1]).group(1) == "Lanjutkan dari bagian terakhir"  # type: ignore[union-attr]
    assert f'href="{draft}/go-on"' in joko.last.text
    joko.open(f"{draft}/go-on")
    assert joko.where.startswith(f"{draft}/steps/")
