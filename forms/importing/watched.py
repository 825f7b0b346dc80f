"""A part of another file that remembers what was read of it: what nobody asked for goes into the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

NOTHING: tuple[Any, ...] = (None, "", False, [])  # 0 too


class Watched(Mapping[str, Any]):
    """A JSON object. `unread`: its members that were never asked for and say something."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = {name: Watched(value) if isinstance(value, Mapping) else value for name, value in given.items()}
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def unread(self, silent: tuple[str, ...] = ()) -> Iterator[str]:
        """The names, those of parts inside too (`validate.minLength`)."""
        for name, value in self.given.items():
            if name in silent or (not value if isinstance(value, Watched) else value in NOTHING):
                continue
            if name not in self.asked:
                yield name
            elif isinstance(value, Watched):
                yield from (f"{name}.{inner}" for inner in value.unread())
