"""How the text of a setting becomes a value: each reader takes text and raises ValueError with the cure."""

from __future__ import annotations

import base64
import binascii
import contextlib
import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import engine
from engine.calendar import Season, Week

BUILD = {"LOKET_VENV", "LOKET_SKIP_FRONTEND"}  # read by tools/begin.py and the build hook, before there is a house
YES = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False, "": False}


def text(value: str) -> str:
    """Any text but none at all."""
    if not value:
        raise ValueError("it may not be empty; remove the variable to take the default.")
    return value


def any_text(value: str) -> str:
    """Any text, also none."""
    return value


def picture(value: str) -> bytes:
    """The content of an SVG or PNG file, or nothing."""
    path = Path(value)
    if value and (path.suffix.lower() not in (".svg", ".png") or not path.is_file()):
        raise ValueError("give the path of an SVG or PNG file that is there.")
    return path.read_bytes() if value else b""


def folder(value: str) -> Path:
    """A folder's absolute path; it need not be there yet."""
    path = Path(text(value)).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError("there is a file of that name; give a folder.")
    return path


def shipped(value: str) -> Path:
    """A folder of procedures; nothing means the one that comes with Loket."""
    return folder(value) if value else Path(engine.__file__).resolve().parents[1] / "workflows"


def whole(value: str) -> int:
    """A whole number from 0."""
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ValueError("give a whole number, such as 1.")
    return int(value)


def count(value: str) -> int:
    """A whole number from 1."""
    number = whole(value)
    if number < 1:
        raise ValueError("give a whole number from 1.")
    return number


def port(value: str) -> int:
    """A TCP port."""
    number = whole(value)
    if not 0 < number < 65536:
        raise ValueError("give a port from 1 to 65535, such as 8000.")
    return number


def yes(value: str) -> bool:
    """yes or no."""
    if value.lower() not in YES:
        raise ValueError("write yes or no.")
    return YES[value.lower()]


def address(value: str) -> str:
    """An http(s) address without a closing slash, or nothing."""
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/")):
        raise ValueError("write it like https://izin.contoh.go.id, without a path.")
    return value.rstrip("/")


def database(value: str) -> str:
    """A SQLAlchemy address for SQLite or PostgreSQL (with psycopg 3), or nothing."""
    if value.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + value.split("://", 1)[1]
    if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("write postgresql://user:password@host/name or sqlite:////folder/file.sqlite.")
    return value


def files(value: str) -> str:
    """A folder, an s3:// address, or nothing."""
    if "://" in value and not value.startswith(("s3://", "file://")):
        raise ValueError("give a folder, or s3://bucket/prefix.")
    return str(folder(value)) if value and "://" not in value else value


def keys(value: str) -> str:
    """Keys of 32 bytes in base64, with spaces between, or nothing."""
    try:
        sizes = [len(base64.b64decode(part, validate=True)) for part in value.split()]
    except binascii.Error:
        sizes = [0]
    if any(size != 32 for size in sizes):
        raise ValueError("each key is 32 random bytes in base64; make one with: openssl rand -base64 32")
    return value


def secret(value: str) -> str:
    """At least 32 characters, or nothing."""
    if value and len(value) < 32:
        raise ValueError("it needs at least 32 characters; make one with: openssl rand -base64 32")
    return value


def language(value: str) -> str:
    """id or en."""
    if value not in ("id", "en"):
        raise ValueError("write id or en.")
    return value


def log(value: str) -> str:
    """quiet, text or json."""
    if value not in ("quiet", "text", "json"):
        raise ValueError("write quiet, text or json.")
    return value


def zone(value: str) -> str:
    """A time zone's name."""
    try:
        return ZoneInfo(text(value)).key
    except (OSError, ValueError, KeyError) as unknown_zone:
        raise ValueError("write Asia/Jakarta, Asia/Makassar or Asia/Jayapura.") from unknown_zone


def hours(value: str) -> str:
    """A week of service hours as `engine.calendar` reads it."""
    Week.read(value)
    return value


def seasons(value: str) -> str:
    """Periods with hours of their own, as `engine.calendar` reads them."""
    Season.read_all(value)
    return value


def jobs(value: str) -> str:
    """Who carries out errands."""
    if value not in ("embedded", "separate", "procrastinate"):
        raise ValueError("write embedded, separate or procrastinate.")
    return value


def counting(value: str) -> str:
    """exclude_start or include_start."""
    if value not in ("exclude_start", "include_start"):
        raise ValueError("write exclude_start (the day of receipt does not count) or include_start.")
    return value


def smtp(value: str) -> str:
    """smtp:// or smtps://, or nothing."""
    parts = urlsplit(value)
    if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise ValueError("write smtp://user:password@host:587 or smtps://user:password@host:465.")
    return value


def mailbox(value: str) -> str:
    """A mail address."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise ValueError("write a mail address, such as loket@contoh.go.id.")
    return value


def unknown(names: set[str], prefix: str, known: set[str]) -> list[str]:
    """A sentence for each variable that looks like ours and is not."""
    sentences = []
    for name in sorted(one for one in names if one.startswith(prefix) and one not in known | BUILD):
        near = difflib.get_close_matches(name, known, n=1)
        sentences.append(f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else "; see docs/settings.md."))
    return sentences


def new_key() -> str:
    """32 random bytes in base64."""
    return base64.b64encode(os.urandom(32)).decode()


def kept(path: Path, make: Callable[[], str]) -> str:
    """The text in a file that only its owner may read; made when it is not there. Processes that start together agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(make() + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # fails, rather than replaces, when another process was first
        draft.unlink()
    return path.read_text().strip()
