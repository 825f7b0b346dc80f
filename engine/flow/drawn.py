"""The picture of a diagram that was rewritten: nothing of what is gone, and a simple shape for what is new."""

from __future__ import annotations

from lxml import etree

from .notes import Notes
from .source import BPMN, Element, local
from .zeebe import is_flow_node

_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_LINE = "http://www.omg.org/spec/DD/20100524/DI"
_SIZES = {"Event": (36, 36), "Gateway": (50, 50)}


def tidy(root: Element, notes: Notes) -> None:
    """Leave out shapes of elements that are gone; draw those that have none beside what they come from."""
    known = {each.get("id"): each for each in root.iter(f"{{{BPMN}}}*")}
    for plane in root.iter(f"{{{_DI}}}BPMNPlane"):
        for shape in list(plane):
            if isinstance(shape.tag, str) and shape.get("bpmnElement") not in known:
                plane.remove(shape)
    planes = list(root.iter(f"{{{_DI}}}BPMNPlane"))
    if planes:
        _draw(planes[0], root)


def _draw(plane: Element, root: Element) -> None:
    places = {shape.get("bpmnElement"): _middle(shape) for shape in root.iter(f"{{{_DI}}}BPMNShape")}
    edges = {edge.get("bpmnElement") for edge in root.iter(f"{{{_DI}}}BPMNEdge")}
    for node in [each for each in root.iter(f"{{{BPMN}}}*") if is_flow_node(each) and each.get("id") not in places]:
        near = max((each for each in places if each and node.get("id", "").startswith(each)), key=len, default=None)
        if near is not None and places[near] is not None:
            x, y = places[near] or (0.0, 0.0)
            places[node.get("id")] = (x + 75, y + 60)
            _shape(plane, node, x + 75, y + 60)
    for flow in root.iter(f"{{{BPMN}}}sequenceFlow"):
        ends = [places.get(flow.get("sourceRef")), places.get(flow.get("targetRef"))]
        if flow.get("id") not in edges and None not in ends:
            edge = etree.SubElement(plane, f"{{{_DI}}}BPMNEdge", {"id": f"{flow.get('id')}_di", "bpmnElement": flow.get("id")})
            for end in ends:
                x, y = end or (0.0, 0.0)
                etree.SubElement(edge, f"{{{_LINE}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})


def _middle(shape: Element) -> tuple[float, float] | None:
    bounds = next(shape.iter(f"{{{_DC}}}Bounds"), None)
    try:
        x, y, width, height = (float(bounds.get(key)) for key in ("x", "y", "width", "height")) if bounds is not None else (0, 0, 0, 0)
    except (TypeError, ValueError):
        return None
    return None if bounds is None else (x + width / 2, y + height / 2)


def _shape(plane: Element, node: Element, x: float, y: float) -> None:
    width, height = next((size for end, size in _SIZES.items() if local(node).endswith(end)), (100, 80))
    shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", {"id": f"{node.get('id')}_di", "bpmnElement": node.get("id")})
    bounds = {"x": f"{x - width / 2:g}", "y": f"{y - height / 2:g}", "width": str(width), "height": str(height)}
    etree.SubElement(shape, f"{{{_DC}}}Bounds", bounds)
