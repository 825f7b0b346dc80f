"""Files -> `Bundle`, or every finding of every file at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import forms
import rules
from engine import flow
from rules import Finding

from . import about, memory, shared
from .bundle import Bundle
from .errors import BadBundle
from .names import ALLOWED, FUNCTIONS, LANGS, LARGEST_BUNDLE, LARGEST_FILE, MOST_FILES
from .naming import Names
from .pack import fingerprint
from .schemas import faults, toml
from .table_tests import ENDING, TableTest, tests_in
from .telling import told

_NEEDED = (about.FILE, "process.bpmn", *(f"texts/{lang}.toml" for lang in LANGS))


def read_folder(path: Path | str) -> Bundle:
    """The procedure in a folder, with what it takes from the folder `_shared` beside it.

    Hidden files (`.git`, `.DS_Store`) are left out. Raises BadBundle with all findings.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise BadBundle((Finding("", "bundle.none", {"folder": str(path)}),))
    files, found = _files(folder)
    beside = folder.resolve().parent / "_shared"
    return _read(shared.frozen(files, lambda name: _fetch(beside, name)), found)


def read_files(files: Mapping[str, bytes]) -> Bundle:
    """The procedure in these files (by name, `forms/application.json`), shared ones included. Raises BadBundle with all findings."""
    return _read(dict(files), [])


def _files(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    files: dict[str, bytes] = {}
    found: list[Finding] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in PurePosixPath(name).parts) or (path.is_dir() and not path.is_symlink()):
            continue
        if path.is_symlink() or not path.is_file():
            found.append(Finding(name, "bundle.link", {"file": name}))
        elif (size := path.stat().st_size) > LARGEST_FILE:
            found.append(Finding(name, "bundle.too_large", {"file": name, "size": size, "limit": LARGEST_FILE}))
        else:
            files[name] = path.read_bytes()
    return files, found


def _fetch(beside: Path, name: str) -> bytes | None:
    path = beside / name
    usable = path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_FILE
    return path.read_bytes() if usable else None


def _read(files: dict[str, bytes], found: list[Finding]) -> Bundle:
    seen = None if found else memory.known(fingerprint(files))
    return seen or memory.remember(_made(files, found))


def _made(files: dict[str, bytes], found: list[Finding]) -> Bundle:
    reading = _Reading(files, found)
    sheet, wrong = about.read(files[about.FILE]) if about.FILE in files else (None, [])
    found += wrong
    process, asked, decisions = reading.process(), reading.forms(), reading.decisions()
    letters, texts, stories = reading.letters(), reading.trees("texts/", "texts"), reading.trees("stories/", "story")
    tests = reading.tests()
    if sheet and process and process.key != sheet.key:
        found.append(Finding(about.FILE, "bundle.process_key", {"process": process.key, "key": sheet.key}))
    if found or sheet is None or process is None:
        raise BadBundle(told(found, files, Names(process) if process else None))
    return Bundle(files, sheet, process, asked, decisions, letters, texts, stories, reading.places, reading.models, tests)


class _Reading:
    """One reading of one set of files: collects what is wrong and where things are."""

    def __init__(self, files: dict[str, bytes], found: list[Finding]) -> None:
        self.files, self.found = files, found
        self.places: dict[str, str] = {}
        self.models: dict[str, rules.Decisions] = {}
        self._names()

    def _names(self) -> None:
        for name, data in self.files.items():
            if not ALLOWED.match(name):
                self.found.append(Finding(name, "bundle.not_allowed", {"file": name}))
            elif len(data) > LARGEST_FILE:
                self.found.append(Finding(name, "bundle.too_large", {"file": name, "size": len(data), "limit": LARGEST_FILE}))
        total = sum(map(len, self.files.values()))
        if total > LARGEST_BUNDLE:
            self.found.append(Finding("", "bundle.too_large", {"file": "bundle", "size": total, "limit": LARGEST_BUNDLE}))
        if len(self.files) > MOST_FILES:
            self.found.append(Finding("", "bundle.too_many", {"count": len(self.files), "limit": MOST_FILES}))
        for name in _NEEDED:
            if name not in self.files:
                self.found.append(Finding(name, "bundle.missing", {"file": name}))

    def under(self, folder: str, ending: str) -> list[tuple[str, str, bytes]]:
        """File name, name without folder and ending, and content, in the order of the names."""
        return [
            (name, name.removeprefix(folder).removesuffix(ending), self.files[name])
            for name in sorted(self.files)
            if name.startswith(folder) and name.endswith(ending) and ALLOWED.match(name)
        ]

    def process(self) -> flow.Process | None:
        if "process.bpmn" not in self.files:
            return None
        parts = {name: data for name, _, data in self.under("shared/parts/", ".bpmn")}
        try:
            return flow.load(self.files["process.bpmn"], parts=parts)
        except flow.BadProcess as wrong:
            self.found += wrong.findings
            return None

    def forms(self) -> dict[str, forms.Form]:
        groups = {key: data for _, key, data in self.under("shared/forms/", ".json")}
        lists = {key: data for _, key, data in self.under("lists/", ".csv")}
        read: dict[str, forms.Form] = {}
        for name, key, data in self.under("forms/", ".json"):
            try:
                form = forms.read(data, groups=groups, functions=FUNCTIONS, lists=lists)
            except forms.BadForm as wrong:
                self.found += (Finding(_placed(each.place, name), each.code, each.facts) for each in wrong.findings)
                continue
            self.places[f"form {key}"] = name
            read[key] = form
            if form.key != key:
                self.found.append(Finding(f"{name}#/key", "bundle.form_key", {"file": name, "key": form.key}))
        return read

    def decisions(self) -> dict[str, rules.Decisions]:
        read: dict[str, rules.Decisions] = {}
        for name, stem, data in self.under("decisions/", ".dmn"):
            try:
                decisions = rules.read_decisions(data)
            except rules.DecisionError as wrong:
                place = str(wrong.facts.get("place", ""))
                self.found.append(Finding(f"{name}#{place}", wrong.code, dict(wrong.facts)))
                continue
            self.models[stem] = decisions
            for ident in decisions.ids:
                if ident in read:
                    facts = {"decision": ident, "file": name, "other": self.places[f"decision {ident}"]}
                    self.found.append(Finding(f"{name}#{ident}", "bundle.decision_twice", facts))
                read[ident] = decisions
                self.places[f"decision {ident}"] = name
        return read

    def letters(self) -> dict[str, dict[str, str]]:
        read: dict[str, dict[str, str]] = {}
        for folder in ("shared/letters/", "letters/"):
            for name, key, data in self.under(folder, ".md"):
                letter, _, lang = key.rpartition(".")
                try:
                    read.setdefault(letter, {})[lang] = data.decode("utf-8")
                except UnicodeDecodeError:
                    self.found.append(Finding(name, "bundle.not_utf8", {"file": name}))
        return read

    def tests(self) -> dict[str, tuple[TableTest, ...]]:
        read: dict[str, tuple[TableTest, ...]] = {}
        for name, key, data in self.under("decisions/", ENDING):
            tree, wrong = toml(data, name, Decimal)
            wrong += faults(tree, "tests", name) if tree is not None else []
            self.found += wrong
            read[key] = tests_in(tree) if tree is not None and not wrong else ()
        return read

    def trees(self, folder: str, schema: str) -> dict[str, dict[str, Any]]:
        read: dict[str, dict[str, Any]] = {}
        for name, key, data in self.under(folder, ".toml"):
            tree, wrong = toml(data, name)
            self.found += wrong
            if tree is not None:
                self.found += faults(tree, schema, name)
                read[key] = tree
        return read


def _placed(place: str, file: str) -> str:
    """A form's own places begin with `#`; those in a shared group or a choice table with its name."""
    group, _, rest = place.partition("#")
    if group.startswith("lists/"):
        return f"{group}#{rest}"
    return f"shared/forms/{group}.json#{rest}" if group else f"{file}#{rest}"
