"""What can go wrong with rules, and the shape in which it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class RuleError(Exception):
    """Base of all errors of this floor. `code` is stable and dotted, `facts` fill its sentence; `str(error)` is English for developers."""

    def __init__(self, code: str, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.facts: dict[str, object] = facts


class FeelSyntaxError(RuleError):
    """The text is not FEEL. Facts: `line`, `column` (both from 1), `expected`, `found`, and `nearest` (a known name) where there is one."""


class FeelLimit(RuleError):
    """The text or its evaluation asks for more than an expression may use. Facts: `limit` names the bound."""


class DecisionError(RuleError):
    """The DMN file cannot be read, or a decision is asked for that it does not have. Facts: `place`."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with an expression or a decision, and where. `place` is empty when there is only one."""

    place: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
