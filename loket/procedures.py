"""A procedure's folder from the command line: checked, published, tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import rules
from engine import actions, calendar, flow, procedures, stories
from rules import Finding

from .hands import Hands

Say = Callable[[str], None]
DIAGRAMS = frozenset({".bpmn", ".bpmn2", ".xml"})  # some tools write process.bpmn20.xml


WORDS = {
    "id": {
        "warning": "peringatan: ",
        "note": "dibaca sebagai: ",
        "count": "{} temuan",
        "none": "tidak ada yang salah",
        "stays": "tidak diterbitkan; betulkan layanan atau ceritanya, atau terbitkan dengan --without-stories",
        "told": "sesuai cerita",
        "not_told": "TIDAK SESUAI CERITA",
    },
    "en": {
        "warning": "warning: ",
        "note": "taken so: ",
        "count": "{} findings",
        "none": "nothing is wrong",
        "stays": "not published; put the procedure or the story right, or publish with --without-stories",
        "told": "as told",
        "not_told": "NOT AS TOLD",
    },
}


def check(folder: Path, *, lang: str = "en", say: Say) -> int:
    """Say all findings, each with its place and cure, in this language; 1 when there are any that stop publishing.

    What a diagram of another tool leaves open is said too.
    """
    findings, notes = found_in_diagram(folder) if _is_diagram(folder) else (found_in(folder), ())
    words, inside = WORDS[lang], folder.parent if _is_diagram(folder) else folder
    for note in notes:
        say(f"{inside}/{note.place}: {words['note']}{procedures.sentence(note, lang)}")
    for one in findings:
        mark = words["warning"] if procedures.level(one) == "warning" else ""
        said = procedures.sentence(one, lang)
        say(f"{inside}/{one.place}: {mark}{said}" if one.place else f"{inside}: {mark}{said}")
    say(f"{folder}: {words['count'].format(len(findings)) if findings else words['none']}")
    return 1 if procedures.stopping(findings) else 0


def publish(hands: Hands, folder: Path, *, by: str, note: str, say: Say, without_stories: bool = False) -> int:
    """Publish; the same files again are the same version. 1 with the findings when it cannot be, or with the stories that did not go as
    they tell, each played on an office that is thrown away.
    """
    if check(folder, say=say):
        return 1
    bundle = procedures.read_folder(folder)
    if not without_stories and not _is_offered(hands, bundle) and play(bundle, say=say):
        say(f"{folder}: {WORDS['en']['stays']}")
        return 1
    with hands.store.unit() as session:
        version = procedures.publish(session, bundle, by=by, at=hands.now(), note=note, untold=without_stories)
        say(f"{bundle.key}: version {version.number} ({bundle.fingerprint[:12]}) is what new applications get")
    return 0


def try_out(folder: Path, *, lang: str = "en", say: Say) -> int:
    """Run the folder's stories; 1 when one did not go as it tells."""
    if check(folder, lang=lang, say=say):
        return 1
    return play(procedures.read_folder(folder), lang=lang, say=say)


def _is_offered(hands: Hands, bundle: procedures.Bundle) -> bool:
    """Whether new applications get just these files already."""
    with hands.store.reading() as session:
        version = procedures.current(session, bundle.key)
        return version is not None and version.fingerprint == bundle.fingerprint


def play(bundle: procedures.Bundle, *, lang: str = "en", say: Say) -> int:
    """Play every story of a bundle; 1 when one did not go as it tells. Raises stories.BadStory."""
    told = stories.run_all(bundle)
    for one in told:
        say(f"{WORDS[lang]['told' if one.ok else 'not_told']}  {one.story.key}: {one.story.title}")
        for trouble in one.troubles:
            say(f"    {trouble.sentence(lang)}")
    return 0 if all(one.ok for one in told) else 1


def found_in(folder: Path) -> tuple[Finding, ...]:
    """All that is wrong with a folder, whether it can be read or not."""
    try:
        return procedures.check(procedures.read_folder(folder), actions={name: one.WRITES for name, one in actions.actions().items()})
    except procedures.BadBundle as bad:
        return tuple(bad.findings)


def _is_diagram(path: Path) -> bool:
    return path.suffix.lower() in DIAGRAMS and not path.is_dir()


def found_in_diagram(file: Path) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Why a diagram cannot be run, of whatever tool it is, or nothing; and how it was understood where it leaves something open."""
    try:
        data = file.read_bytes()
    except OSError as why:
        return (Finding(file.name, "process.not_xml", {"reason": why.strerror or str(why)}),), ()
    try:
        adopted = flow.adopt(data, file=file.name, functions=procedures.FUNCTIONS)
        process = flow.load(adopted.bpmn, file=file.name, functions=procedures.FUNCTIONS)
    except flow.BadProcess as bad:
        return procedures.told(bad.findings, {file.name: data}), ()
    found = procedures.check_diagram(process)
    if not procedures.stopping(found):
        found += procedures.told(flow.trial(process, env=_any_office()), {})
    return tuple(replace(one, place=_drawn(one.place, file.name, data)) for one in found), adopted.notes


def _drawn(place: str, file: str, data: bytes) -> str:
    """The place in the file as it is; of what was added to it (a gateway behind a step), the element that it was added to."""
    ident, known = place.partition("#")[2], flow.idents(data)
    while ident and ident not in known:
        ident = ident.rpartition("_")[0]
    return f"{file}#{ident}" if ident else file


def _any_office() -> flow.Env:
    """Where a diagram is tried that has no office yet: a plain week, and tables that decide nothing."""
    week = calendar.Calendar.read(zone="Asia/Jakarta")
    now = week.local(datetime.now(UTC))
    return flow.Env(now=now, functions=week.functions(now), decide=lambda *_: rules.Decided(None, (), ()))
