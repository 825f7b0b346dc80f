"""What a procedure takes from `_shared`: groups of questions, process parts and letters, found by what refers to them.

They are copied into the bundle under `shared/`, so that a published version never changes with the folder it came from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .names import LANGS

# Only enough of the diagram to know what it refers to: reading it properly comes later and gives the findings.
_CALLED = re.compile(rb"calledElement\b[^>]*\bprocessId\s*=\s*[\"']([A-Za-z0-9_-]{1,80})[\"']")
_LETTER = re.compile(rb"header\b[^>]*\bkey\s*=\s*[\"'](letter|notice)[\"'][^>]*\bvalue\s*=\s*[\"']([A-Za-z0-9_-]{1,80})[\"']")
_OWN = re.compile(rb"<(?:[A-Za-z0-9_]+:)?process\b[^>]*\bid\s*=\s*[\"']([A-Za-z0-9_-]{1,80})[\"']")


def frozen(files: Mapping[str, bytes], fetch: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """The files with everything shared that they refer to. `fetch` gives a file of `_shared` (`forms/identity.json`) or None."""
    whole = dict(files)
    todo = list(files)
    while todo:
        for wanted in _wanted(todo.pop(0), whole):
            name = f"shared/{wanted}"
            data = fetch(wanted) if name not in whole else None
            if data is not None:
                whole[name] = data
                todo.append(name)
    return whole


def _wanted(name: str, files: Mapping[str, bytes]) -> Iterator[str]:
    data = files[name]
    if name.endswith(".json"):
        yield from (f"forms/{group}.json" for group in included(data))
    elif name.endswith(".bpmn"):
        own = {each for file, xml in files.items() if file.endswith(".bpmn") for each in _OWN.findall(xml)}
        yield from (f"parts/{part.decode()}.bpmn" for part in _CALLED.findall(data) if part not in own)
        for key, value in _LETTER.findall(data):
            letter = f"notice-{value.decode()}" if key == b"notice" else value.decode()
            yield from (f"letters/{letter}.{lang}.md" for lang in LANGS if f"letters/{letter}.{lang}.md" not in files)


def included(data: bytes) -> tuple[str, ...]:
    """The names of the groups that a form (or a group) includes; nothing for a file that is no JSON."""
    try:
        return tuple(dict.fromkeys(_includes(json.loads(data))))
    except (ValueError, RecursionError):
        return ()


def _includes(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get("include"), str):
            yield tree["include"]
        for each in tree.values():
            yield from _includes(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from _includes(each)
