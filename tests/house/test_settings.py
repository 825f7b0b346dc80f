"""Every setting is told, and the environment is read in one place."""

from __future__ import annotations

import ast

from loket.settings import page
from tests.house.sources import FLOORS, ROOT, files, shown, tree

READERS = {"loket/settings.py", "loket/cli.py", "loket/frontend_build.py"}  # the last one runs before there is a house


def test_the_page_of_settings_is_up_to_date() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == page(), "docs/settings.md is made from loket/settings.py: run `make settings`."


def test_only_the_roof_reads_the_environment() -> None:
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in files(*FLOORS)
        if shown(path) not in READERS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and ast.unparse(node.value) == "os"
    ]
    assert not found, "A setting is a field of loket/settings.py and is handed down:\n" + "\n".join(found)
