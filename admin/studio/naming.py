"""What a procedure is called, from its draft or its offered version, also while procedure.toml is half made."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from engine import procedures
from engine.procedures import NoDraft, NoFile
from engine.store import Session


def name_of(db: Session, key: str) -> Mapping[str, str]:
    """The name by language; the key where there is none."""
    try:
        tree = tomllib.loads(procedures.draft_file(db, key, "procedure.toml")[0].decode("utf-8"))
        name = tree.get("name")
        if isinstance(name, dict) and all(isinstance(each, str) for each in name.values()):
            return {"id": key, "en": key, **name}
    except (NoDraft, NoFile, UnicodeDecodeError, tomllib.TOMLDecodeError):
        pass
    version = procedures.current(db, key)
    return procedures.bundle_of(db, version.id).about.name if version else {"id": key, "en": key}
