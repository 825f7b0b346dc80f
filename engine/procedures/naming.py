"""What steps, ways and places are called in a sentence, in both languages: by their names, and those without one by their neighbours."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from engine.flow import Link, Process, Step

from . import drawn

Words = dict[str, str]
_KINDS: Mapping[str, tuple[str, str]] = {
    "exclusive": ("pilihan", "the choice"),
    "inclusive": ("pilihan ganda", "the choice of several ways"),
    "parallel": ("gerbang paralel", "the parallel gateway"),
    "race": ("gerbang kejadian", "the event gateway"),
    "timer": ("batas waktu", "the timer"),
    "start": ("awal", "the start"),
    "end": ("akhir", "the end"),
    "part": ("subproses", "the sub-process"),
}
_MEETING = ("pertemuan alur", "the meeting of ways")
_EVENT = ("kejadian", "the event")
_SECTIONS: Mapping[str, tuple[str, str]] = {
    "time": ("janji waktu layanan", "the promised time"),
    "fee": ("biaya layanan", "the fee"),
    "validity": ("masa berlaku", "the validity"),
    "renewal": ("perpanjangan", "the renewal"),
    "letters": ("surat per hasil", "the letters of the outcomes"),
    "retention": ("lama simpan berkas", "the retention"),
    "register": ("register nomor", "the register"),
    "channels": ("saluran", "the channels"),
    "legal_basis": ("dasar hukum", "the legal basis"),
}
TONGUES: Mapping[str, Words] = {"id": {"id": "bahasa Indonesia", "en": "Indonesian"}, "en": {"id": "bahasa Inggris", "en": "English"}}
_LANGS = {"id": ("bahasa Indonesia", "in Indonesian"), "en": ("bahasa Inggris", "in English")}


def both(indonesian: str, english: str) -> Words:
    """Words in two languages."""
    return {"id": indonesian, "en": english}


class Names:
    """The names of one diagram. `texts`: those of the bundle, whose `[names]` tell the steps in English."""

    def __init__(self, process: Process, texts: Mapping[str, Any] | None = None) -> None:
        self.process = process
        self.english: Mapping[str, str] = (texts or {}).get("en", {}).get("names", {})
        self.out: dict[str, list[Link]] = {}
        self.into: dict[str, list[Link]] = {}
        for link in process.links:
            self.out.setdefault(link.source, []).append(link)
            self.into.setdefault(link.target, []).append(link)
        self.links = {link.id: link for link in process.links}
        self.events: dict[str, list[str]] = {}  # what hangs on the boundary of each step
        for step in process.steps.values():
            if step.host:
                self.events.setdefault(step.host, []).append(step.id)

    def step(self, ident: str) -> Words:
        """`“Verify”`; without a name `the choice after “Verify”`."""
        step = self.process.steps[ident]
        if step.name and step.name != ident:
            return both(f"“{step.name}”", f"“{self.english.get(ident, step.name)}”")
        kind = _KINDS.get(step.kind)
        if kind is None:
            return both(f"“{ident}”", f"“{ident}”") if not step.host else self._beside(step, _EVENT)
        return self._beside(step, kind) if step.host else self._by_neighbour(step, kind)

    def _beside(self, step: Step, kind: tuple[str, str]) -> Words:
        host = self.step(step.host or "")
        return both(f"{kind[0]} pada {host['id']}", f"{kind[1]} on {host['en']}")

    def _by_neighbour(self, step: Step, kind: tuple[str, str]) -> Words:
        before = len(self.into.get(step.id, ())) <= 1
        kind = _MEETING if not before and step.kind == "exclusive" and len(self.out.get(step.id, ())) <= 1 else kind
        near = self._near(step.id, before) or self._near(step.id, not before)
        if near is None or step.kind == "start":
            around = next((each for each in self.process.steps.values() if each.kind == "part" and each.part == step.inside), None)
            if around is None or not around.name or around.name == around.id:
                return both(kind[0], kind[1])
            return both(f"{kind[0]} di dalam “{around.name}”", f"{kind[1]} inside “{around.name}”")
        before = before if self._near(step.id, before) else not before
        word = ("sesudah", "after") if before else ("sebelum", "before")
        return both(f"{kind[0]} {word[0]} “{near}”", f"{kind[1]} {word[1]} “{near}”")

    def _near(self, ident: str, before: bool) -> str | None:
        """The nearest name before or after a step, through steps without one."""
        todo, seen = [ident], {ident}
        while todo:
            here = todo.pop(0)
            if here != ident and (name := self.process.steps[here].name) and name != here:
                return name
            links = self.into.get(here, ()) if before else self.out.get(here, ())
            nearby = [link.source if before else link.target for link in links]
            host = self.process.steps[here].host
            nearby += [host] if before and host else []
            todo += [each for each in nearby if each not in seen]
            seen.update(nearby)
        return None

    def way(self, link: Link) -> Words:
        """`the way “Complete” out of “Result?”`."""
        source, target = self.step(link.source), self.step(link.target)
        if link.name:
            return both(f"jalan “{link.name}” dari {source['id']}", f"the way “{link.name}” out of {source['en']}")
        return both(f"jalan dari {source['id']} ke {target['id']}", f"the way from {source['en']} to {target['en']}")

    def place(self, ident: str) -> Words | None:
        """A step or a way by its id."""
        if ident in self.links:
            return self.way(self.links[ident])
        return self.step(ident) if ident in self.process.steps else None


def where(place: str, files: Mapping[str, bytes], names: Names | None = None) -> Words | None:
    """A finding's place in words; None when the place says it all."""
    file, _, spot = place.partition("#")
    if file.endswith(".bpmn"):
        return names.place(spot) if names and spot else drawn.way(spot, files.get(file, b""))
    if file.endswith(".json"):
        return _in_form(file, spot, _tree(files.get(file)))
    if file.startswith("decisions/") and file.endswith(".toml"):
        return _in_tests(file, spot, files.get(file))
    if file.endswith(".dmn"):
        return _in_table(spot)
    if file.endswith(".md"):
        return _letter(file)
    if file == "procedure.toml":
        return both(*_SECTIONS[section]) if (section := spot.strip("/").partition("/")[0]) in _SECTIONS else None
    return _in_story(file, spot, files.get(file)) if file.startswith("stories/") else None


def _tree(data: bytes | None) -> Any:
    try:
        return json.loads(data or b"")
    except (ValueError, RecursionError):
        return None


def _in_form(file: str, spot: str, tree: Any) -> Words | None:
    key = file.rpartition("/")[2].removesuffix(".json")
    group = file.startswith("shared/")
    title = _words(tree.get("title") if isinstance(tree, dict) else None) or both(f"“{key}”", f"“{key}”")
    said = both(f"{'kelompok' if group else 'formulir'} {title['id']}", f"the {'group' if group else 'form'} {title['en']}")
    asked = page = None
    for step in spot.strip("/").split("/"):
        tree = _down(tree, step)
        if isinstance(tree, dict) and "kind" in tree:
            asked = _words(tree.get("label")) or _words({"id": tree.get("key")}) or asked
        elif isinstance(tree, dict) and "fields" in tree and asked is None:
            page = _words(tree.get("title"))
    if asked:
        return both(f"{said['id']}, pertanyaan {asked['id']}", f"{said['en']}, question {asked['en']}")
    return both(f"{said['id']}, halaman {page['id']}", f"{said['en']}, page {page['en']}") if page else said


def _down(tree: Any, step: str) -> Any:
    if isinstance(tree, dict):
        return tree.get(step)
    return tree[int(step)] if isinstance(tree, list) and step.isdigit() and int(step) < len(tree) else None


def _words(value: Any) -> Words | None:
    if not isinstance(value, dict):
        return None
    indonesian = value.get("id") if isinstance(value.get("id"), str) else None
    english = value.get("en") if isinstance(value.get("en"), str) else None
    first, second = indonesian or english, english or indonesian
    return both(f"“{first}”", f"“{second}”") if first and second else None


def _in_table(spot: str) -> Words | None:
    table, _, part = spot.partition("#")
    if not table:
        return None
    kind, _, number = part.partition(" ")
    row = {"rule": (f", baris {number}", f", row {number}"), "input": (f", kolom {number}", f", column {number}")}.get(kind, ("", ""))
    return both(f"tabel “{table}”{row[0]}", f"the table “{table}”{row[1]}")


def _in_tests(file: str, spot: str, data: bytes | None) -> Words:
    """A test row, by its table: `test row 2 of the table “tax”`."""
    try:
        tests = tomllib.loads((data or b"").decode())["tests"]
        number = int(spot.strip("/").split("/")[1])
        table = str(tests[number]["table"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        name = file.rpartition("/")[2]
        return both(f"baris uji di {name}", f"the test rows in {name}")
    place = sum(1 for one in tests[: number + 1] if isinstance(one, dict) and one.get("table") == table)
    return both(f"baris uji {place} tabel “{table}”", f"test row {place} of the table “{table}”")


def _letter(file: str) -> Words:
    name, _, lang = file.rpartition("/")[2].removesuffix(".md").rpartition(".")
    told = _LANGS.get(lang, ("", ""))
    return both(f"surat “{name}” ({told[0]})", f"the letter “{name}” ({told[1]})")


def _in_story(file: str, spot: str, data: bytes | None) -> Words:
    try:
        title = str(tomllib.loads((data or b"").decode())["title"])
    except (ValueError, KeyError, RecursionError):
        title = file.rpartition("/")[2].removesuffix(".toml")
    parts = spot.strip("/").split("/")
    number = int(parts[1]) + 1 if len(parts) > 1 and parts[0] == "steps" and parts[1].isdigit() else None
    said = both(f"cerita “{title}”", f"the story “{title}”")
    return both(f"{said['id']}, langkah {number}", f"{said['en']}, step {number}") if number else said
