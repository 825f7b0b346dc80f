"""Sending a letter to the press: a child process with limits that gets JSON and gives pages."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .errors import LetterFailed, LetterTooLarge

NOWHERE = "http://127.0.0.1:9"  # a proxy that is none: should Typst ever look for a package, it finds no way out
PRESS = Path(__file__).with_name("press.py")
TIME_OUT = 30  # seconds by the clock; the press itself has ten of processor time
LONGEST = 4 << 20  # bytes of data that are taken


def typeset(data: Mapping[str, Any], *, standards: Sequence[str] = (), image: bool = False, ppi: int = 96) -> list[bytes]:
    """One PDF, or with `image` one PNG a page. Raises LetterFailed with Typst's reason, LetterTooLarge beyond time or memory."""
    with tempfile.TemporaryDirectory(prefix="loket-press-") as empty:
        order = {
            "data": data,
            "root": empty,
            "format": "png" if image else "pdf",
            "ppi": ppi,
            "standards": [] if image else list(standards),
        }
        sent = json.dumps(order).encode()
        if len(sent) > LONGEST:
            raise LetterTooLarge()
        return _pages(_run(sent, empty))


def _run(sent: bytes, folder: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"RAYON_NUM_THREADS": "1", "PATH": "", "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
    environment |= dict.fromkeys(("https_proxy", "http_proxy", "all_proxy", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), NOWHERE)
    command = [sys.executable, "-I", str(PRESS)]
    try:
        return subprocess.run(command, input=sent, capture_output=True, timeout=TIME_OUT, env=environment, cwd=folder, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        raise LetterTooLarge() from late


def _pages(done: subprocess.CompletedProcess[bytes]) -> list[bytes]:
    if done.returncode < 0 or b"memory allocation" in done.stderr or b"MemoryError" in done.stderr:
        raise LetterTooLarge()
    if done.returncode:
        raise LetterFailed(reason=done.stderr.decode(errors="replace").strip()[-500:] or f"the press ended with {done.returncode}")
    lengths, _, rest = done.stdout.partition(b"\n")
    pages = []
    for length in json.loads(lengths):
        pages.append(rest[:length])
        rest = rest[length:]
    return pages
