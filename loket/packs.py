"""Procedures as files that offices exchange, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine import procedures
from engine.procedures import BadBundle
from engine.store import EngineError

from .hands import Hands

Say = Callable[[str], None]
WORDS = {
    "id": {
        "none": "{key}: kantor ini tidak punya layanan dengan kunci itu",
        "written": "{file}: {key}, versi {number} ({mark})",
        "taken": "{key}: masuk ke rancangan; belum ada yang terbit",
    },
    "en": {
        "none": "{key}: this office offers no procedure with this key",
        "written": "{file}: {key}, version {number} ({mark})",
        "taken": "{key}: taken into the draft; nothing is published yet",
    },
}


def export(hands: Hands, key: str, file: Path, *, lang: str = "en", say: Say) -> int:
    """Write the offered version; 1 when there is none."""
    with hands.store.reading() as session:
        version = procedures.current(session, key)
        if version is None:
            say(WORDS[lang]["none"].format(key=key))
            return 1
        file.write_bytes(procedures.export_pack(procedures.bundle_of(session, version.id)))
        say(WORDS[lang]["written"].format(file=file, key=key, number=version.number, mark=version.fingerprint[:12]))
    return 0


def take_in(hands: Hands, file: Path, *, by: str, keep: frozenset[str] = frozenset(), lang: str = "en", say: Say) -> int:
    """Take a pack into the draft of its procedure, and say file by file and in words what it changes; 1 when it cannot be."""
    try:
        pack = procedures.read_pack(file.read_bytes())
        with hands.store.unit() as session:
            own = procedures.ours(session, pack.key)
            for each in procedures.brought(pack.files, own):
                if each.state != "same":
                    say(f"{each.state:>8}  {each.name}")
            procedures.import_pack(session, pack, keep=keep, by=by, at=hands.now())
    except (EngineError, OSError) as wrong:
        say(f"{file}: {wrong}")
        return 1
    _tell(pack, own, lang, say)
    say(WORDS[lang]["taken"].format(key=pack.key))
    return 0


def _tell(pack: procedures.Pack, own: dict[str, bytes], lang: str, say: Say) -> None:
    """The differences in words, where both sides can be read."""
    try:
        differs = procedures.differences(procedures.read_files(own), procedures.read_files(pack.files)) if own else ()
    except BadBundle as bad:
        differs = ()
        for one in bad.findings:
            say(procedures.line(one, lang))
    for each in differs:
        say(f"  {each.sentence(lang)}")
