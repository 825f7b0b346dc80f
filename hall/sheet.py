"""What is drawn in a BPMN file: where each shape and arrow lies (BPMN DI). Read safely; no drawing gives an empty sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAY = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
Box = tuple[float, float, float, float]
Element = etree._Element


@dataclass(frozen=True)
class Shape:
    """A step on the sheet; `label` is where its name stands when it stands outside."""

    id: str
    name: str
    x: float
    y: float
    width: float
    height: float
    label: Box | None


@dataclass(frozen=True)
class Edge:
    """An arrow on the sheet, from `source` to `target`."""

    id: str
    name: str
    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    label: Box | None


@dataclass(frozen=True)
class Sheet:
    """Everything drawn."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]


def read_sheet(bpmn: bytes) -> Sheet:
    """The drawing of a published diagram (which was checked before it was published)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(bpmn, parser)
    named = {
        str(each.get("id")): each for each in root.iter() if isinstance(each.tag, str) and each.tag.startswith(BPMN) and each.get("id")
    }
    return Sheet(tuple(_shapes(root, named)), tuple(_edges(root, named)))


def _shapes(root: Element, named: dict[str, Element]) -> Iterator[Shape]:
    for each in root.iter(f"{DI}BPMNShape"):
        about, box = named.get(str(each.get("bpmnElement"))), _box(each)
        if about is not None and box is not None:
            yield Shape(str(about.get("id")), str(about.get("name") or ""), *box, _label(each))


def _edges(root: Element, named: dict[str, Element]) -> Iterator[Edge]:
    for each in root.iter(f"{DI}BPMNEdge"):
        about = named.get(str(each.get("bpmnElement")))
        points = tuple((float(point.get("x", "0")), float(point.get("y", "0"))) for point in each.iter(WAY))
        if about is not None and about.tag == f"{BPMN}sequenceFlow" and len(points) > 1:
            name, source, target = (str(about.get(key) or "") for key in ("name", "sourceRef", "targetRef"))
            yield Edge(str(about.get("id")), name, source, target, points, _label(each))


def _label(element: Element) -> Box | None:
    found = element.find(f"{DI}BPMNLabel")
    return _box(found) if found is not None else None


def _box(element: Element) -> Box | None:
    bounds = element.find(f"{DC}Bounds")
    if bounds is None:
        return None
    x, y, width, height = (float(bounds.get(key, "0")) for key in ("x", "y", "width", "height"))
    return x, y, width, height
