"""The press under attack: even a hostile letter in its own language gets no further than its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.documents import LetterFailed, LetterTooLarge, typesetting

PRESS = typesetting.PRESS


def press_with(source: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *, seconds: int = 1) -> None:
    """The real press, in a folder with another letter beside it."""
    (folder / "press.py").write_text(PRESS.read_text().replace("CPU_SECONDS = 10", f"CPU_SECONDS = {seconds}"))
    (folder / "letter.typ").write_text(source)
    monkeypatch.setattr(typesetting, "PRESS", folder / "press.py")


def test_an_honest_letter_comes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press_with("#json(bytes(sys.inputs.d)).word", tmp_path, monkeypatch)
    (pdf,) = typesetting.typeset({"word": "x"})
    assert pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("bomb", ['#("a" * 100000000000)', '#{ let x = "a"; while x.len() < 10000000000 { x = x + x } }'])
def test_a_memory_bomb_ends_in_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: str) -> None:
    press_with(bomb, tmp_path, monkeypatch)
    with pytest.raises(LetterTooLarge):
        typesetting.typeset({})


def test_an_endless_loop_is_ended_after_its_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press_with("#for a in range(99999) { for b in range(99999) { } }", tmp_path, monkeypatch)
    with pytest.raises(LetterTooLarge, match="Shorten it") as ended:
        typesetting.typeset({})
    assert ended.value.__cause__ is None, "the clock ended it, not the processor's time"


def test_a_press_that_only_waits_is_ended_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "press.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(typesetting, "PRESS", tmp_path / "press.py")
    monkeypatch.setattr(typesetting, "TIME_OUT", 0.5)
    with pytest.raises(LetterTooLarge):
        typesetting.typeset({})


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('#read("/etc/passwd")', "not found"),
        ('#read("../../../../../../etc/passwd")', "escape"),
        ('#import "@preview/cetz:0.3.0"', "Connection refused"),
        ('#image("/etc/passwd")', "not found"),
        ("#panic(sys.inputs.keys())", r'panicked with: \("d"'),
    ],
)
def test_a_letter_reaches_neither_files_nor_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, reason: str) -> None:
    press_with(source, tmp_path, monkeypatch, seconds=5)
    with pytest.raises(LetterFailed, match=reason):
        typesetting.typeset({})


def test_the_child_sees_nothing_of_the_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_KEY", "secret")
    (tmp_path / "press.py").write_text("import os, sys\nsys.exit(repr(dict(os.environ)))\n")
    monkeypatch.setattr(typesetting, "PRESS", tmp_path / "press.py")
    with pytest.raises(LetterFailed) as told:
        typesetting.typeset({})
    assert "RAYON_NUM_THREADS" in str(told.value)
    assert "secret" not in str(told.value)
