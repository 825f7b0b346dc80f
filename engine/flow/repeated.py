"""How often a step is done: the loop characteristics of one node, read and judged."""

from __future__ import annotations

import re

from rules import Finding

from . import zeebe
from .model import Loop
from .source import TASKS, Element, about, children, feel, local

_NAME = re.compile(r"[^\W\d]\w*\Z")


def loop_of(node: Element, extra: zeebe.Zeebe, file: str) -> tuple[Loop | None, list[Finding]]:
    """The loop of a step, or None when it is done once; and what is wrong with it."""
    several = children(node, "multiInstanceLoopCharacteristics")
    again = children(node, "standardLoopCharacteristics")
    if not several and not again:
        return None, []
    if local(node) not in TASKS or len(several) + len(again) > 1:
        return None, [about(node, file, "process.unsupported", element=local((several or again)[0]))]
    return _each(node, several[0], file) if several else _standard(node, again[0], file)


def _text(element: Element, name: str) -> str:
    return next(((each.text or "").strip() for each in children(element, name)), "")


def _each(node: Element, several: Element, file: str) -> tuple[Loop | None, list[Finding]]:
    extra = zeebe.read(several, file)
    found = [about(node, file, each.code, **{k: v for k, v in each.facts.items() if k not in {"id", "name"}}) for each in extra.findings]
    collection, cardinality = extra.get("loopCharacteristics", "inputCollection"), _text(several, "loopCardinality")
    until, result = _text(several, "completionCondition"), extra.get("loopCharacteristics", "outputElement")
    element, results = extra.get("loopCharacteristics", "inputElement"), extra.get("loopCharacteristics", "outputCollection")
    if not collection and cardinality.removeprefix("=").strip():
        number = cardinality.removeprefix("=")
        collection = f"= if ({number}) < 1 then [] else for n in 1..({number}) return n"
    if not collection or not collection.startswith("="):
        found.append(about(node, file, "process.no_collection"))
    if bool(result) != bool(results):
        found.append(about(node, file, "process.loop_result"))
    if several.get("behavior", "All") != "All":
        found.append(about(node, file, "process.unsupported", element="behavior"))
    found.extend(about(node, file, "process.loop_not_feel", text=text) for text in (until, result) if text and not text.startswith("="))
    found.extend(about(node, file, "process.loop_name", word=name) for name in (element, results) if name and not _NAME.match(name))
    sequential = several.get("isSequential") == "true"
    return Loop(feel(collection), element, results, feel(result), feel(until), sequential), found


def _standard(node: Element, again: Element, file: str) -> tuple[Loop | None, list[Finding]]:
    condition, limit = _text(again, "loopCondition"), again.get("loopMaximum", "").strip()
    found = []
    if condition and not condition.startswith("="):
        found.append(about(node, file, "process.loop_not_feel", text=condition))
    if limit and not (limit.isdigit() and 0 < int(limit) < 1000):
        found.append(about(node, file, "process.loop_limit", limit=limit))
    if not condition and not limit:
        found.append(about(node, file, "process.loop_endless"))
    if found:
        return None, found
    return Loop(while_=feel(condition), limit=int(limit) if limit else None, test_first=again.get("testBefore") == "true"), []
