"""What was changed in a diagram of another tool, to be told."""

from __future__ import annotations

from rules import Finding

from .source import Element, about


class Notes(list[Finding]):
    """The notes about one file."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def add(self, code: str, element: Element, /, **facts: object) -> None:
        """Note something about an element, once."""
        while not element.get("id") and element.getparent() is not None:
            element = element.getparent()  # what has no id of its own is told of the step that it belongs to
        note = about(element, self.file, code, **facts)
        if note not in self:
            self.append(note)
