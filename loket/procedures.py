"""A procedure's folder from the command line: checked, published, tried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine import actions, flow, procedures, stories
from rules import Finding

from .hands import Hands

Say = Callable[[str], None]
DIAGRAM = ".bpmn"


def check(folder: Path, *, say: Say) -> int:
    """Say all findings, each with its place and cure; 1 when there are any."""
    findings = found_in(folder)
    inside = folder.parent if folder.suffix == DIAGRAM else folder
    for one in findings:
        say(f"{inside}/{procedures.line(one)}")
    say(f"{folder}: {len(findings)} findings" if findings else f"{folder}: nothing is wrong")
    return 1 if findings else 0


def publish(hands: Hands, folder: Path, *, by: str, note: str, say: Say) -> int:
    """Publish; the same files again are the same version. 1 with the findings when it cannot be."""
    if check(folder, say=say):
        return 1
    bundle = procedures.read_folder(folder)
    with hands.store.unit() as session:
        version = procedures.publish(session, bundle, by=by, at=hands.now(), note=note)
        say(f"{bundle.key}: version {version.number} ({bundle.fingerprint[:12]}) is what new applications get")
    return 0


def try_out(folder: Path, *, say: Say) -> int:
    """Run the folder's stories; 1 when one did not go as it tells."""
    if check(folder, say=say):
        return 1
    told = stories.run_all(procedures.read_folder(folder))
    for one in told:
        say(f"{'as told' if one.ok else 'NOT AS TOLD'}  {one.story.key}: {one.story.title}")
        for trouble in one.troubles:
            say(f"    {trouble}")
    return 0 if all(one.ok for one in told) else 1


def found_in(folder: Path) -> tuple[Finding, ...]:
    """All that is wrong with a folder, whether it can be read or not; or with a diagram alone, when it is a .bpmn file."""
    if folder.suffix == DIAGRAM and not folder.is_dir():
        return found_in_diagram(folder)
    try:
        return procedures.check(procedures.read_folder(folder), actions={name: one.WRITES for name, one in actions.actions().items()})
    except procedures.BadBundle as bad:
        return tuple(bad.findings)


def found_in_diagram(file: Path) -> tuple[Finding, ...]:
    """Why a diagram cannot be run, of whatever tool it is; nothing when it can."""
    try:
        data = file.read_bytes()
    except OSError as why:
        return (Finding(file.name, "process.not_xml", {"reason": why.strerror or str(why)}),)
    try:
        flow.load(data, file=file.name)
    except flow.BadProcess as bad:
        return bad.findings
    return ()
