"""Where every element of an XML file stands in its bytes, so that one of them can be written anew and all others stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

_PLAIN = ("utf-8", "us-ascii", "ascii")


@dataclass(eq=False)
class Spot:
    """An element: `start` and `end` around it, `inside` and `close` around its content (both `end` for `<a/>`)."""

    name: str
    attributes: dict[str, str]
    start: int
    inside: int = 0
    close: int = 0
    end: int = 0
    parent: Spot | None = field(default=None, repr=False)
    kids: list[Spot] = field(default_factory=list, repr=False)

    @property
    def tag(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """`dmn:` or nothing: what elements beside it are written with."""
        return self.name[: -len(self.tag)]

    def of(self, *tags: str) -> list[Spot]:
        """Its children with these names."""
        return [kid for kid in self.kids if kid.tag in tags]

    def all(self) -> Iterator[Spot]:
        """It and everything within."""
        yield self
        for kid in self.kids:
            yield from kid.all()


def spots_in(xml: bytes) -> Spot | None:
    """The root of a file that `parse_xml` has read; None for one in an encoding in which bytes cannot be cut."""
    parser = expat.ParserCreate()
    reading = _Reading(xml, parser)
    parser.StartElementHandler, parser.EndElementHandler = reading.begin, reading.done
    parser.XmlDeclHandler = reading.declared
    parser.Parse(xml, True)
    return reading.root if reading.encoding.lower() in _PLAIN and not xml.startswith((b"\xff\xfe", b"\xfe\xff")) else None


class _Reading:
    """What the parser tells, put into a tree."""

    def __init__(self, xml: bytes, parser: expat.XMLParserType) -> None:
        self.xml, self.parser, self.encoding = xml, parser, "utf-8"
        self.root: Spot | None = None
        self.open: list[Spot] = []

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding or "utf-8"

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        parent = self.open[-1] if self.open else None
        spot = Spot(name, attributes, start, _tag_end(self.xml, start), parent=parent)
        if parent:
            parent.kids.append(spot)
        self.root = self.root or spot
        self.open.append(spot)

    def done(self, name: str) -> None:
        spot = self.open.pop()
        if self.xml[: spot.inside].endswith(b"/>"):
            spot.close = spot.end = spot.inside
        else:
            spot.close = self.parser.CurrentByteIndex
            spot.end = self.xml.index(b">", spot.close) + 1


def _tag_end(xml: bytes, start: int) -> int:
    """The place after the `>` that ends a start tag; quotes may hold one."""
    found = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""").match(xml, start)
    assert found is not None
    return found.end()


def with_attributes(tag: bytes, **values: str | None) -> bytes:
    """A start tag with attributes set, or taken away (None)."""
    for name, value in values.items():
        there = re.compile(rb"\s+" + name.encode() + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""")
        given = b"" if value is None else f" {name}={quoteattr(value)}".encode()
        if there.search(tag):
            tag = there.sub(lambda _, given=given: given, tag, count=1)  # type: ignore[misc]
        else:
            end = -2 if tag.endswith(b"/>") else -1
            tag = tag[:end].rstrip() + given + tag[end:]
    return tag


def replaced(xml: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with pieces (from, to) replaced; pieces do not overlap."""
    made, here = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        made += [xml[here:start], new]
        here = end
    return b"".join(made) + xml[here:]


def lead_of(xml: bytes, spot: Spot) -> bytes:
    """What stands between the element before (or the start of the parent) and this one: white space and remarks."""
    assert spot.parent is not None
    place = spot.parent.kids.index(spot)
    return xml[spot.parent.kids[place - 1].end if place else spot.parent.inside : spot.start]


def indent_of(xml: bytes, spot: Spot) -> bytes:
    """A line break and the white space before an element on its line."""
    lead = lead_of(xml, spot)
    blank = lead[len(lead.rstrip()) :]
    return b"\n" + blank[blank.rfind(b"\n") + 1 :] if b"\n" in blank else blank
