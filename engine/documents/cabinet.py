"""Where the bytes of files lie: a folder, or an S3 bucket. Put once, read, never public, never overwritten."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, from_url

from .errors import BadCabinet, CabinetUnreachable, PlaceTaken


class Cabinet:
    """Files by place; every verb raises CabinetUnreachable when the store does not answer.

    `url` is a folder (made when it is not there), `s3://bucket/folder`, or `memory:///`. `options` go to the store as they are
    (S3: `endpoint`, `region`, `access_key_id`, …; without them the usual AWS variables hold). Raises BadCabinet.
    `daily`: how many bytes one person may put into it in 24 hours; None for any number.
    """

    def __init__(self, url: str | Path, *, daily: int | None = None, **options: Any) -> None:
        self.url, self.daily = str(url), daily
        try:
            self._store = _local(Path(self.url)) if "://" not in self.url else from_url(self.url, **options)
        except (BaseError, ValueError, TypeError, OSError) as wrong:
            raise BadCabinet(url=self.url, reason=_reason(wrong)) from wrong

    def put(self, place: str, content: bytes) -> None:
        """Put something at a free place. Raises PlaceTaken."""
        try:
            with _answering:
                obstore.put(self._store, place, content, mode="create")
        except AlreadyExistsError as taken:
            raise PlaceTaken(place=place) from taken

    def get(self, place: str) -> bytes | None:
        """What lies there, or None."""
        try:
            with _answering:
                return bytes(obstore.get(self._store, place).bytes())
        except FileNotFoundError:
            return None

    def drop(self, place: str) -> None:
        """Take something out for good; nothing happens when there is nothing."""
        with _answering, suppress(FileNotFoundError):
            obstore.delete(self._store, place)

    def places(self) -> Iterator[tuple[str, datetime]]:
        """Every place in use, and since when."""
        with _answering:
            for batch in obstore.list(self._store):
                yield from ((found["path"], found["last_modified"]) for found in batch)


def _local(folder: Path) -> LocalStore:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return LocalStore(prefix=folder.resolve(), automatic_cleanup=True)


_first_used_in: int | None = None


class _Answering:
    """What the store says is wrong, as our own error; a place that is taken is told to whoever asked."""

    def __enter__(self) -> None:
        _refuse_after_a_fork()

    def __exit__(self, _kind: object, wrong: BaseException | None, _trace: object) -> None:
        if isinstance(wrong, BaseError) and not isinstance(wrong, AlreadyExistsError):
            raise CabinetUnreachable(reason=_reason(wrong)) from wrong


_answering = _Answering()


def _refuse_after_a_fork() -> None:
    """The library's threads do not live on in a forked process, where it would wait for them for ever: say so instead."""
    global _first_used_in  # noqa: PLW0603 - the one thing that a process must remember of itself
    if _first_used_in is None:
        _first_used_in = os.getpid()
    if _first_used_in != os.getpid():
        raise CabinetUnreachable(reason=f"files were used in process {_first_used_in} before it was forked; start a fresh process")


def _reason(wrong: Exception) -> str:
    """The first line: the library appends its own innards."""
    return str(wrong).partition("\n")[0]
