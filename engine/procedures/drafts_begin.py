"""Beginning a draft: from what is published, from files, from the small skeleton, or as a copy of another procedure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

import tomlkit
from sqlalchemy.exc import IntegrityError
from tomlkit.exceptions import TOMLKitError

from engine.store import Session

from .about import FILE
from .drafts import add_files, draft_files, draft_of, judge, who
from .errors import DraftOpen, KeyTaken, NoDraft, NoProcedure, WrongKey
from .pack import unpack
from .read import current
from .tables import Draft, Procedure, Version

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
_SKELETON = Path(__file__).parent / "skeleton"
Words = Mapping[str, str]


def begin_draft(
    session: Session,
    key: str,
    *,
    by: str,
    at: datetime,
    version: str | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Draft:
    """Open a draft of a procedure: from these files, or from a version (its id; by default the one that is offered).

    Raises DraftOpen, WrongKey, WrongFile, FileTooLarge, DraftTooLarge; NoProcedure when there is nothing to begin with.
    """
    if not _KEY.match(key):
        raise WrongKey(key=key)
    _refuse_second(session, key)
    base = _version(session, key, version)
    if files is None and base is None:
        raise NoProcedure(key=key)
    given = dict(files) if files is not None else unpack(base.bundle) if base else {}
    judge(given)
    draft = Draft(
        procedure_key=key, base_version_id=base.id if base else None, rev=1, began_by=by, began_at=at, changed_by=by, changed_at=at
    )
    try:
        with session.begin_nested():
            session.add(draft)
    except IntegrityError:  # two began at the same moment
        _refuse_second(session, key)
        raise
    add_files(session, draft, given, rev=1, by=by, at=at)
    return draft


def new_procedure(session: Session, key: str, names: Words, *, empty: bool = False, by: str, at: datetime) -> Draft:
    """A draft of a procedure that is not there yet, from the skeleton: an application, a decision, two letters.

    `empty`: nothing is drawn and nothing is asked; what no procedure can do without (its two letters, a register) is there all the same.
    Raises WrongKey, KeyTaken, DraftOpen.
    """
    return _born(session, key, _empty() if empty else _skeleton(), names, by=by, at=at)


def copy_procedure(session: Session, from_key: str, key: str, names: Words, *, by: str, at: datetime) -> Draft:
    """A draft of a new procedure with the files of another one: of its open draft, else of its offered version.

    Raises NoProcedure (nothing to copy), WrongKey, KeyTaken, DraftOpen.
    """
    try:
        files = draft_files(session, from_key)
    except NoDraft:
        version = current(session, from_key)
        if version is None:
            raise NoProcedure(key=from_key) from None
        files = unpack(version.bundle)
    return _born(session, key, files, names, by=by, at=at)


def renamed(files: Mapping[str, bytes], key: str, names: Words) -> dict[str, bytes]:
    """The files with another key and name: in procedure.toml (its comments stay) and in the diagram. What cannot be read stays as it is."""
    made = dict(files)
    try:
        sheet = tomlkit.parse(files.get(FILE, b"").decode("utf-8"))
        old = str(sheet.get("key", ""))
        _retitle(sheet, old, key, names)
    except (TOMLKitError, UnicodeDecodeError):
        return made
    made[FILE] = tomlkit.dumps(sheet).encode()
    if "process.bpmn" in files:
        made["process.bpmn"] = _called(_rekeyed(files["process.bpmn"], old, key), key, names)
    return made


def _retitle(sheet: tomlkit.TOMLDocument, old: str, key: str, names: Words) -> None:
    sheet["key"] = key
    register = sheet.get("register")
    if isinstance(register, dict) and register.get("key") == old:
        register["key"] = key  # two procedures must not share a register without meaning to
    if isinstance(sheet.get("name"), dict):
        for lang, text in names.items():
            sheet["name"][lang] = text


def _rekeyed(xml: bytes, old: str, key: str) -> bytes:
    """The diagram with another id of its process; whatever points to it follows."""
    places = rb'(\b(?:id|processRef|bpmnElement)\s*=\s*)(["\'])' + re.escape(old.encode()) + rb"\2"
    process = re.search(rb"<(?:[\w-]+:)?process\b[^>]*?\bid\s*=\s*[\"']" + re.escape(old.encode()) + rb"[\"']", xml)
    xml = re.sub(places, rb"\g<1>\g<2>" + key.encode() + rb"\g<2>", xml) if process else xml
    header = rb'(<(?:[\w-]+:)?header\s+key="register"\s+value=")' + re.escape(old.encode()) + rb'"'
    return re.sub(header, rb"\g<1>" + key.encode() + rb'"', xml)


def _called(xml: bytes, key: str, names: Words) -> bytes:
    """The diagram with another name of its process, where it has one."""
    name = quoteattr(names["id"]).encode() if names.get("id") else None
    one = rb'(<(?:[\w-]+:)?process\b[^>]*?\bid="' + re.escape(key.encode()) + rb'"[^>]*?\bname=)(?:"[^"]*"|\'[^\']*\')'
    return re.sub(one, lambda found: found[1] + name, xml, count=1) if name else xml


def _born(session: Session, key: str, files: Mapping[str, bytes], names: Words, *, by: str, at: datetime) -> Draft:
    if not _KEY.match(key):
        raise WrongKey(key=key)
    _refuse_second(session, key)
    if session.get(Procedure, key) is not None:
        raise KeyTaken(key=key)
    return begin_draft(session, key, files=renamed(files, key, names), by=by, at=at)


def _refuse_second(session: Session, key: str) -> None:
    try:
        open_one = draft_of(session, key)
    except NoDraft:
        return
    raise DraftOpen(key=key, by=open_one.began_by, who=who(session, open_one.began_by), at=open_one.began_at)


def _version(session: Session, key: str, ident: str | None) -> Version | None:
    if ident is None:
        procedure = session.get(Procedure, key)
        ident = procedure.current_version_id if procedure else None
    version = session.get(Version, ident) if ident else None
    if version is not None and version.procedure_key != key:
        raise NoProcedure(key=key)
    return version


@cache
def _skeleton() -> Mapping[str, bytes]:
    return _files(_SKELETON)


@cache
def _empty() -> Mapping[str, bytes]:
    """The letters of the skeleton, and files of its own."""
    letters = {name: data for name, data in _skeleton().items() if name.startswith("letters/")}
    return {**letters, **_files(_SKELETON.parent / "empty")}


def _files(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
