"""The folders that can be published: what stands in them, what is wrong with them, and how their stories go."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine import actions, procedures, stories
from engine.procedures import BadBundle, Bundle
from engine.stories import Told
from hall import hands
from rules import Finding

KEPT = 32
_told: OrderedDict[str, tuple[Told, ...]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Folder:
    """One folder: its bundle when it can be read, and everything that is wrong with it."""

    name: str
    bundle: Bundle | None
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The findings that stop publishing."""
        return procedures.stopping(self.findings)


def names() -> list[str]:
    """The folders that look like a procedure, by name."""
    place = Path(hands().settings.workflows)
    if not place.is_dir():
        return []
    return sorted(each.name for each in place.iterdir() if each.name[0] not in "._" and (each / "procedure.toml").is_file())


def folders() -> Iterator[Folder]:
    """Every folder, read and checked."""
    return (folder(name) for name in names())


def folder(name: str) -> Folder:
    """One of `names()`, read and checked. Raises KeyError for any other name: an address never becomes a path."""
    if name not in names():
        raise KeyError(name)
    try:
        bundle = procedures.read_folder(Path(hands().settings.workflows) / name)
    except BadBundle as bad:
        return Folder(name, None, tuple(bad.findings))
    return Folder(name, bundle, findings_of(bundle))


def findings_of(bundle: Bundle) -> tuple[Finding, ...]:
    """What the rules of the house have against a bundle."""
    return procedures.check(bundle, actions=written())


def written() -> dict[str, object]:
    """The automatic steps there are, with the shape of what each writes."""
    return {name: one.WRITES for name, one in actions.actions().items()}


def told(bundle: Bundle) -> tuple[Told, ...] | None:
    """How the stories of exactly these files went, when they were played here before."""
    return _told.get(bundle.fingerprint)


def play(bundle: Bundle) -> tuple[Told, ...]:
    """Play all stories (some seconds), once for the same files. Raises BadStory."""
    known = told(bundle)
    if known is not None:
        return known
    played = stories.run_all(bundle)
    with _lock:
        _told[bundle.fingerprint] = played
        while len(_told) > KEPT:
            _told.popitem(last=False)
    return played
