"""What a diagram of another tool waits for or goes by, and nothing in it brings about: facts that no step writes, signals nobody sends.

Another engine has them from a form or a program that is not in the file. Here the case would stop at such a place, so that it is
written as what it is: something that somebody has to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import rules

from . import times
from .model import Process, Step
from .notes import Notes
from .source import ZEEBE, Element, bpmn, children
from .told import tell

# What every expression may read, and what one of a step that is done several times may.
_GIVEN = frozenset(
    {"case", "applicant", "permit", "loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances"}
)
_THROWN = frozenset({"pass", "end"})
_NOTHING = ") = null then "  # how a list is written that may not be there


def settle(process: Process, root: Element, notes: Notes, functions: Collection[str] = ()) -> bool:
    """Write it out in the file of the process; whether there was anything."""
    nodes = {each.get("id"): each for each in root.iter() if isinstance(each.tag, str) and each.get("id")}
    known, names = written(process), tuple(sorted(functions))
    sent = {step.message for step in process.steps.values() if step.event == "signal" and step.kind in _THROWN}
    changed = False
    for step in process.steps.values():
        node = nodes.get(step.id)
        if node is None:
            continue
        if step.when is not None and not step.when[1].startswith("=") and not times.is_time(*step.when):
            definition = next(node.iter(bpmn("timerEventDefinition")))
            if not times.rewritten(node, definition):
                tell(node, root, notes)
            changed = True
        elif _never_comes(step, known, names, sent):
            tell(node, root, notes, step.message if step.event == "signal" else None)
            changed = True
        if step.loop and step.loop.collection and _NOTHING not in step.loop.collection and _is_unsaid(step.loop.collection, known, names):
            changed |= _perhaps_nothing(node, step, notes)
        if step.key and _is_unsaid(step.key, known, names):
            changed |= _by_name_alone(node, step, root, notes)
    return changed


def written(process: Process) -> frozenset[str]:
    """Every name that something in the diagram writes, somewhere."""
    return _GIVEN | {name for step in process.steps.values() for name in _of(step) if name}


def _of(step: Step) -> Iterator[str | None]:
    yield from (step.form, step.result, step.id)
    yield from (name for name, _ in (*step.inputs, *step.outputs))
    if step.loop:
        yield from (step.loop.element, step.loop.results)


def _never_comes(step: Step, known: Collection[str], names: tuple[str, ...], sent: Collection[str | None]) -> bool:
    """A time or a condition on facts that nobody gives; a signal on the way that nobody sends."""
    if step.event == "message" and step.kind == "receive" and (step.message or "").startswith("="):
        return True  # a name that another engine works out
    if step.when is not None:
        text = step.when[1].partition("/")[2] if step.when[0] == "timeCycle" else step.when[1]
        return text.startswith("=") and _is_unsaid(text.removeprefix("="), known, names)
    if step.event == "condition":
        return bool(step.expression) and _is_unsaid(step.expression or "", known, names)
    return step.kind == "signal" and not step.host and step.message not in sent


def _is_unsaid(text: str, known: Collection[str], names: tuple[str, ...]) -> bool:
    return bool(unsaid(text, known, names))


def unsaid(text: str, known: Collection[str], names: tuple[str, ...]) -> list[str]:
    """What an expression reads that nothing in the diagram writes, as it is written there."""
    try:
        fields = rules.compile(text.strip(), names=names).fields
    except rules.RuleError:
        return []
    return sorted(path for path in fields if path.partition(".")[0] not in known)


def _perhaps_nothing(node: Element, step: Step, notes: Notes) -> bool:
    """A list that nobody gives has one member, of which nothing is known: the step is done once."""
    text = step.loop.collection if step.loop else None
    written = f"= if ({text}{_NOTHING}[null] else ({text})"
    for mark in children(node, "multiInstanceLoopCharacteristics"):
        for each in mark.iter(f"{{{ZEEBE}}}loopCharacteristics"):
            if (each.get("inputCollection") or "").strip():
                each.set("inputCollection", written)
                notes.add("import.each", node, list=text)
                return True
        for each in children(mark, "loopCardinality"):
            number = (each.text or "").strip().removeprefix("=")
            each.text = f"= if ({number}{_NOTHING}1 else ({number})"
            notes.add("import.each", node, list=number.strip())
            return True
    return False


def _by_name_alone(node: Element, step: Step, root: Element, notes: Notes) -> bool:
    """A message that only facts of another system would tell from others is known by its name."""
    refers = {each.get("messageRef") for each in node.iter() if isinstance(each.tag, str) and each.get("messageRef")}
    found = False
    for message in root.iter(bpmn("message")):
        for each in list(message.iter(f"{{{ZEEBE}}}subscription")) if message.get("id") in refers else ():
            each.getparent().remove(each)
            found = True
    if found:
        notes.add("import.left_out", node, what="correlationKey")
    return found
