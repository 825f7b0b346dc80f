"""Giving a letter another name wherever the procedure says it, and telling who uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .bundle import Bundle
from .letters import BY_THE_OFFICE, NOTICE, sent_by
from .names import LANGS


def letter_renamed(files: Mapping[str, bytes], old: str, new: str) -> dict[str, bytes | None]:
    """What changes when a letter of the procedure is called otherwise: its files, the steps that send it, the outcomes, the stories.

    A message stays a message: both names begin with `notice-`, or neither does.
    """
    changed: dict[str, bytes | None] = {}
    for lang in LANGS:
        data = files.get(f"letters/{old}.{lang}.md")
        if data is not None:
            changed |= {f"letters/{old}.{lang}.md": None, f"letters/{new}.{lang}.md": data}
    for name, data in files.items():
        fresh = _said(name, data, old, new)
        if fresh != data:
            changed[name] = fresh
    return changed


def _said(name: str, data: bytes, old: str, new: str) -> bytes:
    short, fresh = old.removeprefix(NOTICE).encode(), new.removeprefix(NOTICE).encode()
    if name == "process.bpmn":
        key = b"notice" if old.startswith(NOTICE) else b"letter"
        header = rb'(<(?:[\w-]+:)?header\b[^>]*\bkey\s*=\s*"' + key + rb'"[^>]*\bvalue\s*=\s*")' + re.escape(short) + rb'(?=")'
        return re.sub(header, rb"\g<1>" + fresh, data)
    if name == "procedure.toml" and not old.startswith(NOTICE):
        table = re.search(rb"(?ms)^\[letters\][^\n]*\n.*?(?=^\[|\Z)", data)
        if table:
            inner = re.sub(rb'(=\s*)(["\'])' + re.escape(short) + rb"\2", rb"\g<1>\g<2>" + fresh + rb"\g<2>", table[0])
            return data[: table.start()] + inner + data[table.end() :]
    if name.startswith("stories/") and old.startswith(NOTICE):
        return re.sub(rb'(\bwhat\s*=\s*)(["\'])' + re.escape(short) + rb"\2", rb"\g<1>\g<2>" + fresh + rb"\g<2>", data)
    return data


def letter_users(bundle: Bundle, letter: str) -> Iterator[tuple[str, str]]:
    """Who uses a letter: ("step", its name), ("outcome", the end's id), ("office", "") when it is sent without a step."""
    if letter in BY_THE_OFFICE:
        yield "office", ""
    for step in bundle.process.steps.values():
        if step.kind == "service" and letter in sent_by(step):
            yield "step", step.name or step.id
    for outcome, named in bundle.about.letters.items():
        if named == letter:
            yield "outcome", outcome
