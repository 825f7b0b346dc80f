"""Reading XML safely, and the few words for walking through it. No entities, no document type, no network."""

from __future__ import annotations

from typing import Any

from lxml import etree

from rules.errors import DecisionError

_SIZE = 5_000_000


def unreadable(place: str, sentence: str) -> DecisionError:
    """The error for a file that cannot be read, ready to raise."""
    return DecisionError("dmn.unreadable", f"{place}: {sentence}" if place else sentence, place=place, reason=sentence)


def parse_xml(xml: bytes) -> Any:
    """The root element. Raises DecisionError for anything that is no plain XML, with the line."""
    if len(xml) > _SIZE:
        raise unreadable("", "the file is larger than 5 MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(f"line {getattr(error, 'lineno', None) or 1}", f"this is not well-formed XML ({error})") from None
    if root.getroottree().docinfo.doctype:
        raise unreadable("line 1", "a document type is not allowed")
    return root


def tag(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def kids(element: Any, *names: str) -> list[Any]:
    return [child for child in element if tag(child) in names]


def kid(element: Any, name: str) -> Any:
    return next((child for child in element if tag(child) == name), None)


def name_of(element: Any, key: str = "name") -> str:
    """A name with its spaces made single, as FEEL compares names."""
    return " ".join((element.get(key) or "").split())


def text_in(element: Any) -> str:
    """The FEEL text of an element: that of its `text` child."""
    child = kid(element, "text") if element is not None else None
    return (child.text or "").strip() if child is not None else ""


def words_in(element: Any, name: str) -> str:
    child = kid(element, name)
    return (child.text or "").strip() if child is not None else ""
