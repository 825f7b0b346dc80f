"""A procedure as one file that offices exchange: a ZIP with `loket-pack.json` (what it claims to be) and the files of the bundle.

What comes in is judged before anything of it is used: sizes, count and names as the reader of bundles wants them, no links, no folders, no
ciphers, and the fingerprint it claims. Nothing in a bundle is code, so nothing that is brought in can run.
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.store import EngineError, Session

from .bundle import Bundle
from .drafts import draft_files, draft_of, draft_revs, write_draft
from .drafts_begin import begin_draft
from .errors import NoDraft
from .names import ALLOWED, LARGEST_BUNDLE, LARGEST_FILE, MOST_FILES
from .pack import fingerprint, pack, unpack
from .read import current
from .tables import Draft

FORMAT = "loket-pack/1"
MANIFEST = "loket-pack.json"
LARGEST_PACK = LARGEST_BUNDLE + 1_000_000
_LARGEST_MANIFEST = 200_000
_SOUND = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class BadPack(EngineError):
    """The file cannot be taken in ({why}{file})."""

    code = "procedures.bad_pack"


@dataclass(frozen=True)
class Pack:
    """What somebody sends: the procedure's key, its name by language, its fingerprint, and its files."""

    key: str
    name: Mapping[str, str]
    fingerprint: str
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Brought:
    """One file of a pack beside ours: `state` is new (we have none), same, differs, or ours (they have none)."""

    name: str
    state: str


def export_pack(bundle: Bundle) -> bytes:
    """The file for other offices; the same bundle gives the same bytes."""
    about = {"format": FORMAT, "key": bundle.key, "name": dict(bundle.about.name), "fingerprint": bundle.fingerprint}
    return pack({**bundle.files, MANIFEST: json.dumps(about, ensure_ascii=False, indent=1).encode()})


def read_pack(data: bytes) -> Pack:
    """What is in such a file. Raises BadPack; nothing is written anywhere."""
    if len(data) > LARGEST_PACK:
        raise _bad("size", limit=LARGEST_PACK)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = dict(_files(archive))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zipfile.LargeZipFile, OSError, zlib.error) as bad:
        raise _bad("unreadable") from bad
    about = _manifest(files.pop(MANIFEST, b""))
    if fingerprint(files) != about["fingerprint"]:
        raise _bad("fingerprint")
    return Pack(about["key"], about["name"], about["fingerprint"], files)


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every file within bounds, which are held while reading: what the archive says of sizes is not believed."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES + 1:
        raise _bad("count", limit=MOST_FILES)
    seen: set[str] = set()
    left = LARGEST_BUNDLE + _LARGEST_MANIFEST
    for entry in entries:
        _judge(entry, seen)
        most = min(_LARGEST_MANIFEST if entry.filename == MANIFEST else LARGEST_FILE, left)
        with archive.open(entry) as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise _bad("size", entry.filename, limit=most)
        left -= len(content)
        yield entry.filename, content


def _judge(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.filename in seen:
        raise _bad("twice", entry.filename)
    if kind not in (0, stat.S_IFREG) or entry.flag_bits & 0x1 or entry.compress_type not in _SOUND:
        raise _bad("kind", entry.filename)
    if entry.filename != MANIFEST and not ALLOWED.match(entry.filename):
        raise _bad("name", entry.filename)
    seen.add(entry.filename)


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        about = json.loads(data)
    except (ValueError, RecursionError) as wrong:
        raise _bad("manifest") from wrong
    kinds = {"format": str, "key": str, "name": dict, "fingerprint": str}
    if not isinstance(about, dict) or not all(isinstance(about.get(key), kind) for key, kind in kinds.items()):
        raise _bad("manifest")
    if about["format"] != FORMAT or not all(isinstance(each, str) for each in about["name"].values()):
        raise _bad("manifest")
    return about


def _bad(why: str, file: str = "", **more: int) -> BadPack:
    return BadPack(why=f"pack_{why}", file=file[:120], **more)


def ours(session: Session, key: str) -> dict[str, bytes]:
    """The files this office has of a procedure: of its open draft, else of what it offers; none when it has none."""
    try:
        return draft_files(session, key)
    except NoDraft:
        version = current(session, key)
        return unpack(version.bundle) if version else {}


def brought(theirs: Mapping[str, bytes], own: Mapping[str, bytes]) -> tuple[Brought, ...]:
    """Each file of both sides, by name."""

    def state(name: str) -> str:
        if name not in theirs:
            return "ours"
        return "new" if name not in own else "same" if own[name] == theirs[name] else "differs"

    return tuple(Brought(name, state(name)) for name in sorted({*theirs, *own}))


def merged(theirs: Mapping[str, bytes], own: Mapping[str, bytes], keep: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """Their files, but ours where `keep` names them (also where they have none)."""
    taken = {name: data for name, data in theirs.items() if name not in keep}
    return {**taken, **{name: own[name] for name in keep if name in own}}


def import_pack(session: Session, sent: Pack, *, keep: frozenset[str] = frozenset(), by: str, at: datetime) -> Draft:
    """Take a pack into the open draft of its procedure, or begin one with it. Nothing is published.

    Raises WrongKey, WrongFile, FileTooLarge, DraftTooLarge.
    """
    own = ours(session, sent.key)
    files = merged(sent.files, own, keep)
    try:
        revs = draft_revs(session, sent.key)
    except NoDraft:
        return begin_draft(session, sent.key, files=files, by=by, at=at)
    gone: dict[str, bytes | None] = dict.fromkeys(name for name in own if name not in files)
    write_draft(session, sent.key, {**files, **gone}, revs={name: revs[name] for name in {*files, *gone} if name in revs}, by=by, at=at)
    return draft_of(session, sent.key)
