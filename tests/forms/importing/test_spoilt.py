"""Files of others that are spoilt: a form or a sentence, never a failure."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.importing import CannotImport, import_form

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
JUNK = (
    None,
    True,
    0,
    -1.5,
    1e300,
    "",
    "=",
    "=x",
    "= not(",
    "\ud800",
    "x" * 3000,
    [],
    {},
    [[]],
    {"$ref": "#"},
    {"const": 1},
    ["string", "null"],
)


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


def spoilt(document: Any, chance: random.Random) -> Any:
    """The document with some parts replaced by junk, by other parts, or gone."""
    for _ in range(chance.randint(1, 4)):
        where = [path for path in places(document) if path]
        path = chance.choice(where)
        node = document
        for key in path[:-1]:
            node = node[key]
        if chance.random() < 0.2:
            del node[path[-1]]
        else:
            node[path[-1]] = json.loads(json.dumps(chance.choice(JUNK)))
    return document


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_spoilt_files_never_fail_without_a_sentence(file: Path) -> None:
    chance = random.Random(file.name)
    for _ in range(6):
        document = spoilt(json.loads(file.read_text("utf-8")), chance)
        try:
            made = import_form(json.dumps(document).encode(), name="spoilt")
            assert all(note.line("en") for note in made.notes)
        except CannotImport:
            continue
