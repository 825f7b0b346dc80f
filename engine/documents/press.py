"""The press: sets one letter, alone in a child process with limits, and ends.

Run as a script by `typesetting.py`, without the rest of the house: JSON in on stdin, on stdout one line of JSON with the lengths of the
pages and then their bytes. Data reach Typst only as JSON in `sys.inputs`; no packages, no system fonts, no file but the letter's own.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

CPU_SECONDS = 10
MEMORY = 1 << 30
SUBSTITUTE = "\ufffd"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
TRIES = 24


def limit() -> None:
    """Seconds of processor time, memory, no files written; where the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time-out is what remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def press(source: bytes, order: dict[str, Any]) -> list[bytes]:
    """The pages (PNG) or the document (PDF). A character that no font has is set as U+FFFD, as the archive format demands."""
    text = json.dumps(order["data"], ensure_ascii=False)
    for _ in range(TRIES):
        try:
            return compiled(source, text, order)
        except RuntimeError as wrong:
            missing = _MISSING.search(str(wrong))
            if not missing:
                raise
            text = without(text, missing[1])
    return compiled(source, plain_letters(text), order)


def compiled(source: bytes, data: str, order: dict[str, Any]) -> list[bytes]:
    """One run of Typst."""
    import typst

    made: Any = typst.compile(
        source,
        root=order["root"],
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        format=order["format"],
        ppi=float(order["ppi"]),
        sys_inputs={"d": data},
        pdf_standards=order["standards"],
        package_path=order["root"],
        package_cache_path=order["root"],
    )
    return made if isinstance(made, list) else [made or b""]


def without(text: str, missing: str) -> str:
    """The data with these characters replaced (Typst may name several at once, and writes some as escapes)."""
    shown = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), missing)
    for char in set(shown) - set(' "\\'):
        if not char.isascii():
            text = text.replace(char, SUBSTITUTE)
    return text


def plain_letters(text: str) -> str:
    """What surely can be set: Latin letters, general punctuation and currency signs."""
    return "".join(char if char < "\u0250" or "\u2010" <= char <= "\u20bf" else SUBSTITUTE for char in text)


def main() -> int:
    """Read the order, set limits, print; 0 when it went well, else 1 with a sentence on stderr."""
    order = json.loads(sys.stdin.buffer.read())
    source = Path(__file__).with_name("letter.typ").read_bytes()
    limit()
    try:
        pages = press(source, order)
    except (RuntimeError, MemoryError) as wrong:
        sys.stderr.write(str(wrong)[:2000])
        return 1
    sys.stdout.buffer.write(json.dumps([len(page) for page in pages]).encode() + b"\n" + b"".join(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
