"""What this room refuses."""

from __future__ import annotations

from engine.store import EngineError
from rules import Finding

from .sentences import line


class BadBundle(EngineError):
    """The procedure cannot be used: {count} findings. {lines}"""

    code = "procedures.bad_bundle"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(count=len(findings), lines=" | ".join(line(each) for each in findings[:20]))


class NoProcedure(EngineError):
    """There is no procedure {key}."""

    code = "procedures.unknown"


class NoVersion(EngineError):
    """There is no version {version} of a procedure."""

    code = "procedures.no_version"
