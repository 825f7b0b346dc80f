"""The questions that several procedures share (`workflows/_shared/forms`), and taking them into a draft."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flask import abort

from admin.frame import readable
from engine import procedures
from engine.procedures import NoDraft, NoFile
from engine.store import Session
from hall import hands

from .told import groups_of

LARGEST = 1_000_000


def groups() -> dict[str, bytes]:
    """Every shared group of the office, by name."""
    place = Path(hands().settings.workflows) / "_shared" / "forms"
    if not place.is_dir():
        return {}
    usable = (path for path in sorted(place.glob("*.json")) if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST)
    return {path.stem: path.read_bytes() for path in usable}


def opened(db: Session, key: str, file: str) -> tuple[bytes, int, Mapping[str, bytes], dict[str, bytes]]:
    """A file of a draft to work on: its content and state, all files of the draft, the shared groups it may take in; else 404."""
    try:
        content, rev = procedures.draft_file(db, readable(key), file)
        files = procedures.draft_files(db, key)
    except (NoDraft, NoFile):
        abort(404)
    return content, rev, files, groups_of(files, groups())


def needed(data: bytes, have: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files under `shared/` that a form takes in and the draft does not have yet."""
    office, found = groups(), dict[str, bytes]()
    todo = list(procedures.included(data))
    while todo:
        name = todo.pop()
        file = f"shared/forms/{name}.json"
        if file not in have and file not in found and name in office:
            found[file] = office[name]
            todo += procedures.included(office[name])
    return found


def shown(item: Any) -> Any:
    """What the builder needs of a question of a group: for its list, and for conditions that read it."""
    return {name: item[name] for name in ("include", "key", "kind", "label", "choices") if name in item} if isinstance(item, dict) else {}


def told(known: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """Each group for the builder: name, title, its questions."""
    for name, data in sorted(known.items()):
        try:
            tree = json.loads(data)
        except (ValueError, RecursionError):
            continue
        if isinstance(tree, dict) and isinstance(tree.get("fields"), list):
            yield {"name": name, "title": tree.get("title") or {"id": name, "en": name}, "fields": [shown(one) for one in tree["fields"]]}
