"""What is doubtful is asked once, may be confirmed, and is told to staff."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine import timeline
from engine.store import Store
from tests.portal.conftest import PASSWORD, Visitor

UNUSUAL = {"nik": "3299011508850002"}  # a district of this code is in no list of today


def test_a_doubt_is_asked_once_and_the_staff_read_what_was_confirmed(
    joko: Visitor, app_store: Store, visitor: Callable[[], Visitor]
) -> None:
    joko.begin()
    joko.fill(until="dokumen", pemohon=UNUSUAL)
    assert joko.where.endswith("/pages/pemohon"), "the same page again"
    assert joko.last is not None
    assert joko.last.status_code == 200
    assert "diawali kode kecamatan" in joko.text
    assert "Lanjutkan saja" in joko.text
    mark = re.search(r'name="_confirm"[^>]*value="([0-9a-f]{16})"|value="([0-9a-f]{16})"[^>]*name="_confirm"', joko.last.text)
    assert mark, "a button that confirms just this"
    pemohon = {
        "nik": UNUSUAL["nik"],
        "nama": "Joko Susilo",
        "alamat": "Jalan Melati 4, RT 001 RW 002",
        "wilayah": "32.75.01.1003",
        "telepon": "081298765432",
        "diwakilkan": "no",
    }
    joko.send({**pemohon, "_confirm": "0" * 16})
    assert joko.where.endswith("/pages/pemohon"), "another doubt's mark confirms nothing"
    joko.send({**pemohon, "_confirm": mark[1] or mark[2]})
    assert joko.where.endswith("/pages/dokumen")
    joko.send({"ktp.new": "ktp.jpg", "desain.new": "desain.pdf"})
    joko.send({"pernyataan.agreed": "yes", "pernyataan.version": "2026-1"})
    joko.send({})
    found = re.search(r"/applications/([0-9A-Z]{26})/receipt", joko.where)
    assert found, joko.errors
    with app_store.reading() as session:
        event = timeline.last(session, found[1], "task.done")
        assert event is not None
        assert [note["code"] for note in event.facts["notes"]] == ["nik.old_region"]
    budi = visitor()
    budi.open("/sign-in")
    budi.send({"login": "budi@example.org", "password": PASSWORD})
    budi.open(f"/desk/cases/{found[1]}")
    assert "sudah ditanya tentang ini dan membenarkannya" in budi.text
