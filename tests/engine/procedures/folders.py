"""Sample folders: a small permit (`checks/_base`), and folders that say what they change in it and what must be found then.

A folder holds `change.toml`: `about`, `remove` (names), `[[replace]]` (file, old, new: exactly one place), `[[finding]]` (place, code, and
the sentences `id` and `en`, all of them), and perhaps whole files that lie over those of the base.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from engine import actions
from engine.procedures import BadBundle, check, read_files, sentence
from rules import Finding

HERE = Path(__file__).parent
CHECKS, MISTAKES = HERE / "checks", HERE / "mistakes"
ACTIONS = {name: one.WRITES for name, one in actions.actions().items()}


@cache
def base() -> dict[str, bytes]:
    return _files(CHECKS / "_base")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def change_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "change.toml").read_text("utf-8"))


def files_of(folder: Path) -> dict[str, bytes]:
    """The base with what a folder changes."""
    change, own = change_of(folder), _files(folder)
    del own["change.toml"]
    files = {**base(), **own}
    for name in change.get("remove", ()):
        del files[name]
    for each in change.get("replace", ()):
        old, new = each["old"].encode(), each["new"].encode()
        times = files[each["file"]].count(old)
        assert times == 1, f"{folder.name}: {each['old']!r} is {times} times in {each['file']}"
        files[each["file"]] = files[each["file"]].replace(old, new)
    return files


def found_in(files: dict[str, bytes]) -> tuple[Finding, ...]:
    try:
        return check(read_files(files), actions=ACTIONS)
    except BadBundle as bad:
        return bad.findings


def told(found: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [{"place": each.place, "code": each.code, "id": sentence(each, "id"), "en": sentence(each, "en")} for each in found]
