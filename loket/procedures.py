"""A procedure's folder from the command line: checked, published, tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from engine import procedures, stories

from .hands import Hands

Say = Callable[[str], None]


def check(folder: Path, *, say: Say) -> int:
    """Say all findings, each with its place; 1 when there are any."""
    bundle, findings = _read(folder)
    if bundle is not None:
        findings = procedures.check(bundle)
    tell(folder, findings, say)
    return 1 if tuple(findings) else 0


def publish(hands: Hands, folder: Path, *, note: str, say: Say) -> int:
    """Publish on the command line's own authority; the same files again are the same version."""
    if check(folder, say=say):
        return 1
    bundle = procedures.read_folder(folder)
    with hands.store.unit() as session:
        version = procedures.publish(session, bundle, by=None, at=hands.now(), note=note)
        say(f"{bundle.key}: version {version.number} ({bundle.fingerprint[:12]}) is what new applications get.")
    return 0


def try_out(folder: Path, *, say: Say) -> int:
    """Run the folder's stories; 1 when one did not go as it tells."""
    if check(folder, say=say):
        return 1
    results = stories.run(procedures.read_folder(folder))
    for result in results:
        say(f"{folder.name}: {result}")
    return 0 if all(result.passed for result in results) else 1


def _read(folder: Path) -> tuple[procedures.Bundle | None, Iterable[Any]]:
    try:
        return procedures.read_folder(folder), ()
    except procedures.BadBundle as bad:
        return None, bad.findings


def tell(folder: Path, findings: Iterable[Any], say: Say) -> None:
    """One line a finding: where, what, and the facts that the sentence of a page would name."""
    found = tuple(findings)
    for one in found:
        facts = ", ".join(f"{key}: {value}" for key, value in one.facts.items())
        say(f"{folder}/{one.place}: {one.code}" + (f" ({facts})" if facts else ""))
    say(f"{folder}: {len(found)} findings" if found else f"{folder}: nothing is wrong")
