"""Build hook of the wheel and of `pip install -e .`: the browser's part and the catalogues of words are made here, never committed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LoketBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds `frontend/dist` and the `.mo` files, and puts the former into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """`version` is "editable" or "standard"; `build_data` is where files are added to the wheel."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        load(root / "loket" / "frontend_build.py").build(root, say=self.app.display_info)
        compile_words(root)
        if version != "editable" and (root / "frontend" / "dist").is_dir():
            build_data["force_include"]["frontend/dist"] = "loket/_app/frontend/dist"


def load(path: Path) -> ModuleType:
    """A module by its file: the package it stands in is not installed yet."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is missing.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_words(root: Path) -> None:
    """Turn each `.po` into the `.mo` that is read while running."""
    from babel.messages.mofile import write_mo

    catalogue = load(root / "hall" / "words" / "catalogue.py")
    for po in sorted((root / "hall" / "words").glob("*/LC_MESSAGES/*.po")):
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue.read(po))
