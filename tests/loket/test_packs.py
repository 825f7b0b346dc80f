"""Procedures as files between offices, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import procedures
from loket.cli import run
from loket.demo import WORKFLOWS
from loket.hands import open_hands
from loket.settings import settings_here

REKLAME = WORKFLOWS / "reklame"


def an_office(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the command line works on this office, which has one administrator."""
    for name in ("PORT", "DATABASE", "KEY", "DEMO", "LOG"):
        monkeypatch.delenv(f"LOKET_{name}", raising=False)
    monkeypatch.setenv("LOKET_HOME", str(folder))
    assert run(["migrate"]) == 0
    assert run(["administrator", "Ratna", "ratna@contoh.test"]) == 0


def test_a_permit_goes_from_one_office_to_another_as_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    an_office(tmp_path / "here", monkeypatch)
    pack = tmp_path / "reklame.loket.zip"
    assert run(["export", "reklame", str(pack)]) == 1
    assert "offers no procedure with this key" in capsys.readouterr().out
    assert run(["publish", str(REKLAME)]) == 0
    assert run(["export", "reklame", str(pack)]) == 0

    an_office(tmp_path / "there", monkeypatch)
    assert run(["import", str(pack)]) == 0
    assert "taken into the draft; nothing is published yet" in capsys.readouterr().out
    hands = open_hands(settings_here())
    with hands.store.reading() as session:
        draft = procedures.draft_files(session, "reklame")
        assert procedures.current(session, "reklame") is None
    hands.store.close()
    assert procedures.fingerprint(draft) == procedures.read_folder(REKLAME).fingerprint

    pack.write_bytes(pack.read_bytes()[:5000])
    assert run(["import", str(pack)]) == 1
    assert "cannot be taken in" in capsys.readouterr().out
