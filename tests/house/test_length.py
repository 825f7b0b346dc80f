"""A file that one can read in one go."""

from __future__ import annotations

from pathlib import Path

from tests.house.sources import files, shown

MOST = 300
ENDINGS = (".py", ".js", ".jsx", ".html", ".scss", ".toml")


def read_by_people() -> list[Path]:
    """Every file of ours but migrations: those are history, written by a machine."""
    return [path for path in files(ending=ENDINGS) if path.parent.parent.name != "migrations"]


def test_files_stay_short() -> None:
    long = [f"{shown(path)}: {lines}" for path in read_by_people() if (lines := len(path.read_text().splitlines())) > MOST]
    assert not long, f"More than {MOST} lines. There is a second room hiding inside: give it a file and a name.\n" + "\n".join(long)
