"""The project's own files, as the rules of the house look at them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("loket", "portal", "admin", "hall", "engine", "forms", "rules")
NOT_OURS = {"node_modules", "dist", "__pycache__", "build", ".cache", "var", "shots"}


def files(*folders: str, ending: tuple[str, ...] = (".py",)) -> Iterator[Path]:
    """Files of ours below these folders (of the whole project when none is named), never hidden, built or fetched ones."""
    for folder in folders or (".",):
        for place, inner, names in os.walk(ROOT / folder):
            inner[:] = sorted(name for name in inner if name not in NOT_OURS and not name.startswith("."))
            yield from (Path(place) / name for name in sorted(names) if name.endswith(ending))


def shown(path: Path) -> str:
    """A path as people write it."""
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """The dotted name of a Python file."""
    dotted = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    return dotted.removesuffix(".__init__")


def tree(path: Path) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(path.read_text(), filename=str(path))


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and full name of everything a file imports; relative imports are spelt out."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    package = module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{name.name}") for name in node.names)
