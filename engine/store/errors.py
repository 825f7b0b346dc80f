"""The root of every refusal below the doors: a code, facts, and a developer's sentence.

A class's docstring is its sentence; `{facts}` are filled in. The doors turn `code` + `facts` into the reader's language.
"""

from __future__ import annotations

from typing import ClassVar


class EngineError(Exception):
    """Something was refused."""

    code: ClassVar[str] = "engine.refused"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The class's docstring with the facts filled in, in English, for developers and logs."""
        text = (type(self).__doc__ or "Refused.").strip()
        try:
            return text.format(**self.facts)
        except (KeyError, IndexError):
            return f"{text} {self.facts}"


class NotFound(EngineError):
    """There is no {what} with this number."""

    code = "engine.not_found"


class Conflict(EngineError):
    """Somebody else has changed this {what} in the meantime. Nothing was saved; reload and look again."""

    code = "engine.conflict"
