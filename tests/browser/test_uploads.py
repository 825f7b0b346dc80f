"""Files on their way: a large photo made small, a cut connection, a server that dies. Nothing half done, nothing lost."""

from __future__ import annotations

import io
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import create_engine, text

from engine import procedures
from engine.store import Store
from tests.fixtures.browser import Served, free_port, wait_for
from tests.fixtures.databases import KEY, KEYS, SECRET
from tests.fixtures.hand import BANNER, Hand

pytestmark = pytest.mark.browser
WORKFLOWS = Path(__file__).parents[2] / "workflows"
GPS, ORIENTATION = 0x8825, 0x0112


@cache
def photo() -> bytes:
    """A phone's photo of more than 9 MB: 4000 x 3000, lying on its side, with the place it was taken at."""
    chance = random.Random(7)
    coarse = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3)).resize((4000, 3000), Image.Resampling.BICUBIC)
    grain = Image.frombytes("RGB", (4000, 3000), chance.randbytes(4000 * 3000 * 3))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 14.0, 0.0), 3: "E", 4: (106.0, 59.0, 0.0)})
    made = io.BytesIO()
    Image.blend(coarse, grain, 0.22).save(made, "JPEG", quality=97, exif=exif)
    return made.getvalue()


@pytest.fixture
def siti(hand: Callable[..., Hand]) -> Callable[..., Hand]:
    """`siti()`: an applicant at the page that asks for papers."""

    def go(*, script: bool = True) -> Hand:
        made = hand(width=360, script=script, look=False)
        made.phone = f"0813 5555 {random.randint(1000, 9999)}"
        made.sign_up("Siti Aminah", made.phone)
        made.begin()
        made.fill(BANNER, start=datetime.now(UTC).date() + timedelta(days=20), days=14, until="dokumen")
        return made

    return go


def kept_files(served: Served) -> int:
    engine = create_engine(served.database)
    with engine.connect() as db:
        number = db.execute(text("SELECT count(*) FROM stored_file")).scalar_one()
    engine.dispose()
    return int(number)


def test_a_photo_of_nine_megabytes_goes_up_small_upright_and_without_its_place(siti: Callable[..., Hand], tmp_path: Path) -> None:
    original = tmp_path / "ktp.jpg"
    original.write_bytes(photo())
    assert original.stat().st_size >= 9_000_000
    one = siti()
    one.page.locator("input[type=file][name='ktp.new']").set_input_files(original, timeout=60_000)
    kept = one.page.locator(".app-question[data-question=ktp] .app-files__item a")
    kept.wait_for(timeout=60_000)
    assert "Foto diperkecil dari" in one.text
    sent = one.page.request.get(one.url + kept.get_attribute("href")).body()
    assert len(sent) <= 1_000_000
    with Image.open(io.BytesIO(sent)) as picture:
        assert picture.height > picture.width, "it must stand upright"
        assert max(picture.size) >= 1000
        assert not picture.getexif().get_ifd(GPS)
        assert picture.getexif().get(ORIENTATION, 1) == 1
    one.upload("desain", "desain.pdf")
    one.go()
    one.page.wait_for_url("**/pages/pernyataan")


def test_a_cut_upload_is_told_and_sent_again_with_one_press(siti: Callable[..., Hand]) -> None:
    one = siti()
    one.page.route("**/files", lambda route: route.abort("connectionreset"))
    one.upload("ktp", "ktp.jpg")
    again = one.page.get_by_role("button", name="Kirim lagi")
    again.wait_for()
    assert "terputus" in one.text
    assert one.page.locator("input[type=file][name='ktp.new']").evaluate("box => box.files.length") == 1
    one.page.unroute("**/files")
    again.click()
    one.page.locator(".app-question[data-question=ktp] .app-files__item a").wait_for()
    assert "sudah tersimpan" in one.text
    one.page.reload()
    assert "ktp.jpg" in one.text, "kept although the page was never sent"


def test_a_file_the_office_refuses_is_told_at_once(siti: Callable[..., Hand]) -> None:
    one = siti()
    one.upload("ktp", "catatan.pdf", b"hanya teks\n" * 20)
    one.page.locator(".app-sending .govuk-error-message").wait_for()
    assert "catatan.pdf" in one.page.locator(".app-sending").inner_text()


def test_half_a_request_keeps_nothing_and_the_office_goes_on(siti: Callable[..., Hand], office_served: Served) -> None:
    one = siti(script=False)
    token = one.page.locator("main form [name=csrf_token]").first.get_attribute("value")
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in one.page.context.cookies())
    before = kept_files(office_served)
    for place, name in ((one.path, "ktp.new"), (f"{one.path}/files", "ktp.new")):
        begun = (
            f'--cut\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            f'--cut\r\nContent-Disposition: form-data; name="_question"\r\n\r\nktp\r\n'
            f'--cut\r\nContent-Disposition: form-data; name="{name}"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        ).encode() + photo()[:200_000]
        head = (
            f"POST {place} HTTP/1.1\r\nHost: {office_served.url.removeprefix('http://')}\r\nCookie: {cookies}\r\n"
            f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: 3000000\r\n\r\n"
        ).encode()
        host, _, port = office_served.url.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as wire:
            wire.sendall(head + begun)
    one.page.reload()
    assert "Dokumen" in one.text or one.page.locator("input[type=file]").count()
    assert kept_files(office_served) == before
    one.upload("ktp", "ktp.jpg")
    one.upload("desain", "desain.pdf")
    one.go()
    one.page.wait_for_url("**/pages/pernyataan")


def test_a_draft_survives_the_death_of_the_server(database: Any, tmp_path: Path, new_page: Callable[..., Any]) -> None:
    url, port = database.fresh(), free_port()
    given = {"HOME": tmp_path, "PORT": port, "DATABASE": url, "KEY": KEY, "SECRET": SECRET, "LOG": "quiet"}
    environment = {**os.environ, **{f"LOKET_{name}": str(value) for name, value in given.items()}}
    address = f"http://127.0.0.1:{port}"

    def opened() -> subprocess.Popen[bytes]:
        with open(tmp_path / "log", "ab") as log:
            command = [sys.executable, "-m", "loket", "serve"]
            made = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        wait_for(f"{address}/healthz", made, tmp_path / "log")
        return made

    process = opened()
    try:
        store = Store(url, KEYS)
        with store.unit() as session:
            procedures.publish(session, procedures.read_folder(WORKFLOWS / "reklame"), by="seed", at=datetime.now(UTC))
        store.close()
        one = Hand(new_page(width=360, script=False), address, script=False)
        one.sign_up("Tono", "0813 6666 1234")
        one.begin()
        one.fill(BANNER, start=datetime.now(UTC).date() + timedelta(days=20), days=14, until="dokumen")
        one.upload("ktp", "ktp.jpg")
        one.go()
        assert one.errors, "the other paper is missing"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)
        process = opened()
        one.page.reload()
        assert "ktp.jpg" in one.text
        one.open(one.path.replace("/pages/dokumen", "/pages/titik"))
        assert one.page.locator("[name='titik_pasang.0.nama_jalan']").input_value() == "Jalan Ir. H. Juanda"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=40)
        database.forget(url)
