"""An office's cabinet and letterhead."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.documents import Cabinet, Layout


@pytest.fixture
def cabinet(tmp_path: Path) -> Cabinet:
    return Cabinet(tmp_path / "files")


@pytest.fixture
def layout() -> Layout:
    return Layout(
        "DINAS PENANAMAN MODAL DAN PTSP",
        government="PEMERINTAH KABUPATEN CONTOH",
        address="Jalan Merdeka 1, Kota Contoh 12345\nTelepon (021) 555 0100",
        place="Kota Contoh",
    )
