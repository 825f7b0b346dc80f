"""Two versions side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.procedures.bundle import Bundle

from .difference import Difference
from .papers import papers
from .questions import forms
from .sheet import about
from .steps import diagram
from .tables import tables

PARTS: tuple[Callable[[Bundle, Bundle], Iterator[Difference]], ...] = (about, diagram, forms, tables, papers)


def differences(old: Bundle, new: Bundle) -> tuple[Difference, ...]:
    """Everything in which the new version differs from the old one; nothing when they are the same files.

    A file that differs without anything to tell (a comment, a place on the drawing) is told as such, so that silence means sameness.
    """
    if old.fingerprint == new.fingerprint:
        return ()
    found = tuple(each for part in PARTS for each in part(old, new))
    told = {each.place for each in found}
    quiet = (name for name in sorted({*old.files, *new.files}) if old.files.get(name) != new.files.get(name) and name not in told)
    return (*found, *(Difference(name, "file.changed", {"name": name}) for name in quiet))
