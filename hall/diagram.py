"""The diagram of a procedure as inline SVG, drawn from the positions in its BPMN file, with the way of one application on it.

Own small renderer: shapes, labels and arrows, looks by CSS classes alone. Screen readers get the steps as a list beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.builder import ElementMaker

from engine.flow import Process

from .sheet import Edge, Shape, Sheet, read_sheet

SVG = "http://www.w3.org/2000/svg"
LINE = 14  # height of a line of a label, in the diagram's own units
LETTER = 6.2  # width of an average letter
EVENTS = ("start", "end", "timer", "pass")
E = ElementMaker(namespace=SVG, nsmap={None: SVG})
Element = etree._Element


@dataclass(frozen=True)
class Way:
    """How far an application has come: ids of the steps that are open now, and of those it has passed."""

    now: Collection[str]
    passed: Collection[str]

    def state(self, step: str) -> str:
        """now, passed or next."""
        return "now" if step in self.now else "passed" if step in self.passed else "next"


def draw(bpmn: bytes, process: Process, way: Way, *, title: str, desc: str) -> str:
    """The diagram as SVG text; empty when the file holds no drawing. Names come from the diagram and are escaped by the XML library."""
    sheet = read_sheet(bpmn)
    if not sheet.shapes:
        return ""
    x, y, width, height = _frame(sheet)
    svg = E.svg(
        {
            "class": "loket-bpmn",
            "viewBox": f"{x:g} {y:g} {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "role": "img",
            "aria-labelledby": "bpmn-title bpmn-desc",
        },
        E.title(title, id="bpmn-title"),
        E.desc(desc, id="bpmn-desc"),
        _arrow_head(),
    )
    svg.extend(_edge(each, _was_gone(each, sheet, way)) for each in sheet.edges)
    kinds = {step.id: step.kind for step in process.steps.values()}
    svg.extend(_shape(each, kinds.get(each.id, "pass"), way) for each in sorted(sheet.shapes, key=_biggest_first))
    return etree.tostring(svg, encoding="unicode")


def _biggest_first(shape: Shape) -> float:
    return -shape.width * shape.height


def _frame(sheet: Sheet) -> tuple[float, float, float, float]:
    left = min(each.x for each in sheet.shapes) - 40
    top = min([each.y for each in sheet.shapes] + [y for edge in sheet.edges for _, y in edge.points]) - 30
    right = max(each.x + each.width for each in sheet.shapes) + 40
    bottom = max([each.y + each.height for each in sheet.shapes] + [y for edge in sheet.edges for _, y in edge.points]) + 40
    return left, top, right - left, bottom - top


def _arrow_head() -> Element:
    head = E.marker(
        E.path(d="M0 0 10 5 0 10z"),
        id="bpmn-arrow",
        viewBox="0 0 10 10",
        refX="9",
        refY="5",
        markerWidth="10",
        markerHeight="10",
        markerUnits="userSpaceOnUse",
        orient="auto-start-reverse",
    )
    return E.defs(head)


def _was_gone(edge: Edge, sheet: Sheet, way: Way) -> bool:
    """Whether the case surely went along this arrow: the only way out of a step it has passed, or into one it has reached."""
    if edge.source not in way.passed or way.state(edge.target) == "next":
        return False
    ways_out = sum(each.source == edge.source for each in sheet.edges)
    ways_in = sum(each.target == edge.target for each in sheet.edges)
    return ways_out == 1 or ways_in == 1


def _edge(edge: Edge, passed: bool) -> Element:
    points = " ".join(f"{x:g},{y:g}" for x, y in edge.points)
    made = E.g({"class": "loket-bpmn__edge" + (" is-passed" if passed else "")})
    made.append(E.polyline({"points": points, "marker-end": "url(#bpmn-arrow)"}))
    if edge.name and edge.label:
        x, y, width, _ = edge.label
        made.append(_words(edge.name, x + width / 2, y + 11, max(width + 20, 70)))
    return made


def _shape(shape: Shape, kind: str, way: Way) -> Element:
    state = way.state(shape.id)
    made = E.g({"class": f"loket-bpmn__{_sort(kind)} is-{state}", "id": f"bpmn-{shape.id}"})
    made.extend(_outline(shape, kind))
    if shape.name:
        made.append(_label(shape, kind, shape.name))
    return made


def _sort(kind: str) -> str:
    if kind in EVENTS:
        return "end" if kind == "end" else "event"
    return "gate" if kind in ("exclusive", "parallel") else "part" if kind == "part" else "user" if kind == "user" else "auto"


def _outline(shape: Shape, kind: str) -> Iterator[Element]:
    centre_x, centre_y = shape.x + shape.width / 2, shape.y + shape.height / 2
    if kind in EVENTS:
        yield E.circle(cx=f"{centre_x:g}", cy=f"{centre_y:g}", r=f"{shape.width / 2:g}")
        if kind == "timer":
            yield E.path({"class": "loket-bpmn__sign", "d": f"M{centre_x:g} {centre_y - 9:g}v9l6 4"})
    elif kind in ("exclusive", "parallel"):
        corners = ((centre_x, shape.y), (shape.x + shape.width, centre_y), (centre_x, shape.y + shape.height), (shape.x, centre_y))
        yield E.polygon(points=" ".join(f"{x:g},{y:g}" for x, y in corners))
        sign = "m-7 -7 14 14m-14 0 14 -14" if kind == "exclusive" else "m-9 0h18m-9 -9v18"
        yield E.path({"class": "loket-bpmn__sign", "d": f"M{centre_x:g} {centre_y:g}{sign}"})
    else:
        yield E.rect(x=f"{shape.x:g}", y=f"{shape.y:g}", width=f"{shape.width:g}", height=f"{shape.height:g}", rx="10")


def _label(shape: Shape, kind: str, name: str) -> Element:
    middle = shape.x + shape.width / 2
    if kind in EVENTS or kind in ("exclusive", "parallel"):
        x, y, width, _ = shape.label or (shape.x, shape.y + shape.height + 4, shape.width, LINE)
        return _words(name, x + width / 2, y + 11, max(width + 16, 60))
    if kind == "part":
        return _words(name, middle, shape.y + 18, shape.width - 16)
    lines = wrap(name, shape.width - 12)
    return _lines(lines, middle, shape.y + shape.height / 2 - (len(lines) - 1) * LINE / 2 + 4)


def _words(text: str, x: float, y: float, width: float) -> Element:
    return _lines(wrap(text, width), x, y)


def _lines(lines: list[str], x: float, y: float) -> Element:
    made = E.text({"x": f"{x:g}", "y": f"{y:g}", "text-anchor": "middle"})
    made.extend(E.tspan(line, x=f"{x:g}", y=f"{y + number * LINE:g}") for number, line in enumerate(lines))
    return made


def wrap(text: str, width: float) -> list[str]:
    """A label in lines that fit the width, as near as average letters tell; a long word stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * LETTER <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
