"""Which of several drawn processes is the one to run, and what its call activities call."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .notes import Notes
from .source import ZEEBE, Element, bpmn, children, local
from .zeebe import is_flow_node

_KEPT = frozenset({"documentation", "extensionElements", "incoming", "outgoing"})
_OF_ITS_KIND = frozenset({"calledElement", "scriptFormat", "triggeredByEvent", "implementation", "operationRef", "messageRef", "ordering"})
_LOOPS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})


def choose(root: Element, notes: Notes) -> None:
    """Keep one process and those it calls: the executable one, the only one, or else the largest. Empty ones are pools of others."""
    processes = {each.get("id", ""): each for each in children(root, "process")}
    drawn = {key: each for key, each in processes.items() if any(map(is_flow_node, each.iterdescendants()))}
    called = {target for key, each in drawn.items() for target in _targets(each) if target != key}
    free = [each for key, each in drawn.items() if key not in called] or list(drawn.values())
    if not free:
        return
    marked = [each for each in free if each.get("isExecutable") == "true"]
    main = max(marked or free, key=_size)
    kept = _reached(main, drawn)
    left = [each for each in drawn.values() if each not in kept]
    if left:
        notes.add("import.pool", main, others=", ".join(each.get("name") or each.get("id", "") for each in left))
    for each in processes.values():
        if each in kept:
            each.set("isExecutable", "true")
        else:
            root.remove(each)
    _forget(root)


def _size(process: Element) -> int:
    return sum(1 for each in process.iterdescendants() if is_flow_node(each))


def _targets(process: Element) -> Iterator[str]:
    for call in process.iter(bpmn("callActivity")):
        yield from (each for each in (target(call),) if each)


def target(call: Element) -> str | None:
    """The process that a call activity names, in this dialect or in plain BPMN."""
    named = [each.get("processId") for each in call.iter(f"{{{ZEEBE}}}calledElement")]
    return next((str(each) for each in (*named, call.get("calledElement")) if each), None)


def _reached(main: Element, drawn: dict[str, Element]) -> list[Element]:
    kept, todo = [main], [main]
    while todo:
        for key in _targets(todo.pop()):
            process = drawn.get(key)
            if process is not None and process not in kept:
                kept.append(process)
                todo.append(process)
    return kept


def _forget(root: Element) -> None:
    """Pools keep their frame, and lose what is not run."""
    known = {each.get("id") for each in root.iter() if isinstance(each.tag, str)}
    for each in list(root.iter(bpmn("participant"))):
        if each.get("processRef") not in known:
            each.attrib.pop("processRef", None)
    for each in list(root.iter(bpmn("messageFlow"))):
        if not {each.get("sourceRef"), each.get("targetRef")} <= known:
            each.getparent().remove(each)


def call(process: Element, root: Element, notes: Notes) -> None:
    """Call activities name their process as this dialect does; one whose process is not drawn is done by hand, like empty sub-processes."""
    known = {each.get("id") for each in children(root, "process")}
    for each in list(process.iter(bpmn("callActivity"))):
        key = target(each)
        if key not in known:
            by_hand(each, notes)
        elif next(each.iter(f"{{{ZEEBE}}}calledElement"), None) is None:
            box = next(iter(children(each, "extensionElements")), None)
            if box is None:
                box = etree.Element(bpmn("extensionElements"))
                each.insert(0, box)
            etree.SubElement(box, f"{{{ZEEBE}}}calledElement", {"processId": key or ""})
    _sub_processes(process, notes)


def _sub_processes(process: Element, notes: Notes) -> None:
    for each in list(process.iter(bpmn("transaction"))):
        if next(each.getparent().iter(bpmn("cancelEventDefinition")), None) is None:
            each.tag = bpmn("subProcess")
    for each in list(process.iter(bpmn("subProcess"), bpmn("adHocSubProcess"))):
        if not any(map(is_flow_node, each.iterdescendants())):
            if each.get("triggeredByEvent") == "true":
                notes.add("import.left_out", each, what=local(each))
                each.getparent().remove(each)
            else:
                by_hand(each, notes)


def by_hand(element: Element, notes: Notes) -> None:
    """Nothing says how it is done: then somebody does it."""
    notes.add("import.by_hand", element, element=local(element))
    element.tag = bpmn("task")
    for key in _OF_ITS_KIND & set(element.attrib):
        del element.attrib[key]
    for child in list(element):
        if local(child) not in _KEPT | _LOOPS:
            element.remove(child)
        elif local(child) == "extensionElements":
            for each in child.findall(f"{{{ZEEBE}}}calledElement"):
                child.remove(each)
