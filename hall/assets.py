"""The browser's files: found in Vite's manifest, served under names that change with their content."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache, lru_cache
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory, url_for

from .guard import everyone

DIST = Path(__file__).resolve().parent.parent / "frontend" / "dist"
A_YEAR = 365 * 24 * 60 * 60
CODINGS = {"br": "br", "gzip": "gz"}  # best first: content coding -> ending
NOT_BUILT = "The browser's part is not built: run 'python loket/frontend_build.py'."

blueprint = Blueprint("hall", __name__, template_folder="templates")


class AssetMissing(RuntimeError):
    """The manifest does not know this entry; the message says what to run."""


@cache
def _manifest(path: Path, _changed: int) -> dict[str, dict[str, object]]:
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def manifest() -> dict[str, dict[str, object]]:
    """Vite's manifest, read again only after a new build. Empty when nothing was built."""
    changed = manifest_changed()
    return _manifest(DIST / ".vite" / "manifest.json", changed) if changed else {}


def asset(entry: str) -> str:
    """The address of an entry (`src/site.js`) of the browser's part. Raises AssetMissing."""
    return _asset(DIST, manifest_changed(), request.script_root, entry)


@lru_cache(maxsize=256)
def _asset(_dist: Path, _changed: int, _root: str, entry: str) -> str:
    known = manifest().get(entry)
    if known is None:
        raise AssetMissing(f"'{entry}' is not in the manifest. {NOT_BUILT}" if manifest() else NOT_BUILT)
    return url_for("hall.file", name=known["file"])


def styles(entry: str) -> list[str]:
    """The addresses of the style sheets an entry needs, those of the parts it imports among them."""
    return _styles(DIST, manifest_changed(), request.script_root, entry)


@lru_cache(maxsize=256)
def _styles(_dist: Path, _changed: int, _root: str, entry: str) -> list[str]:
    found: list[str] = []
    waiting, seen = [entry], set[str]()
    while waiting:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        known = manifest().get(key, {})
        found += [name for name in _names(known, "css") if name not in found]
        waiting += _names(known, "imports")
    return [url_for("hall.file", name=name) for name in found]


def _names(known: dict[str, object], key: str) -> list[str]:
    value = known.get(key, [])
    return [str(name) for name in value] if isinstance(value, list) else []


def build() -> str:
    """A short name of this build: another one whenever any built file is."""
    return _name(DIST / ".vite" / "manifest.json", manifest_changed()) if is_built() else ""


@cache
def _name(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def manifest_changed() -> int:
    """When the manifest was written, in nanoseconds; 0 when there is none."""
    try:
        return os.stat(f"{DIST}/.vite/manifest.json").st_mtime_ns
    except FileNotFoundError:
        return 0


def is_built() -> bool:
    """Whether there is a built browser's part."""
    return bool(manifest())


@blueprint.get("/assets/<path:name>")
@everyone
def file(name: str) -> Response:
    """One built file; its name holds its fingerprint, so a browser may keep it for good. Sent as small as the browser can read it."""
    coding = next((one for one in CODINGS if one in request.accept_encodings and (DIST / f"{name}.{CODINGS[one]}").is_file()), None)
    response = send_from_directory(DIST, f"{name}.{CODINGS[coding]}" if coding else name, max_age=A_YEAR, mimetype=guess_type(name)[0])
    if coding:
        response.headers["Content-Encoding"] = coding
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


@blueprint.get("/favicon.ico")
@everyone
def favicon() -> Response:
    """The office's mark for browsers that ask for it by its old name."""
    return (
        send_from_directory(DIST, str(manifest()["src/img/icon.svg"]["file"]), max_age=24 * 60 * 60) if is_built() else Response(status=404)
    )
