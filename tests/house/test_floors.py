"""Imports go down the floors, and through the front door."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from importlinter import cli

from tests.house.sources import FLOORS, files, imports, module, shown

DOORS = {"tables"}  # what a page of rows may show is told by the tables themselves


def test_imports_go_down_the_floors(capfd) -> None:
    code = cli.lint_imports(no_cache=True)
    assert code == 0, (
        "A floor imports what stands above it, or a library it must not know. Move the code to the floor that may know both,\n"
        "or hand in what is needed as an argument.\n" + capfd.readouterr().out
    )


def test_a_room_is_entered_by_its_front_door() -> None:
    entered = [(path, line, name) for path in files(*FLOORS) for line, name in imports(path)]
    found = [f"{shown(path)}:{line} imports {name}" for path, line, name in entered if _round_the_back(path, name)]
    lesson = "Other rooms may change everything that is not in their __init__.py. Import from the room itself, or offer it there:\n"
    assert not found, lesson + "\n".join(found)


def _round_the_back(path: Path, name: str) -> bool:
    room = _room(name)
    return bool(room) and _room(module(path)) != room and module(path) != "engine.tables" and _is_inner_module(name, room)


def _room(name: str) -> str:
    parts = name.split(".")
    if parts[0] == "engine" and len(parts) > 1:
        return ".".join(parts[:2])
    return parts[0] if parts[0] in ("forms", "rules") else ""


def _is_inner_module(name: str, room: str) -> bool:
    """Whether the name reaches past the room's front door into one of its files."""
    inner = name.removeprefix(room).strip(".").split(".")
    if not inner[0] or inner[0] in DOORS:
        return False
    return len(inner) > 1 and importlib.util.find_spec(f"{room}.{inner[0]}") is not None
