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


class NoDraft(EngineError):
    """The procedure {key} is not being changed by anybody: begin a draft first."""

    code = "procedures.no_draft"


class DraftOpen(EngineError):
    """The procedure {key} is already being changed, by {who} since {at}: go on with that draft, or lay it aside."""

    code = "procedures.draft_open"


class Stale(EngineError):
    """{who} wrote {file} at {at}, after you had read it. Nothing was written; look at theirs and put the two together."""

    code = "procedures.stale"


class Moved(EngineError):
    """Version {number} of {key} was published by {who} at {at}, after this draft was begun: publishing it would undo theirs."""

    code = "procedures.moved"


class WrongKey(EngineError):
    """{key} cannot be the key of a procedure: small letters, digits and _, beginning with a letter, at most 60."""

    code = "procedures.wrong_key"


class KeyTaken(EngineError):
    """There is already a procedure {key}; choose another key, or change that one."""

    code = "procedures.key_taken"


class WrongFile(EngineError):
    """A procedure has no place for a file {file}."""

    code = "procedures.wrong_file"


class FileTooLarge(EngineError):
    """{file} would have {size} bytes; a file may have {limit}."""

    code = "procedures.file_too_large"


class DraftTooLarge(EngineError):
    """The draft would have {size} bytes in {count} files; it may have {limit} bytes in {most} files."""

    code = "procedures.draft_too_large"


class NoFile(EngineError):
    """There is no file {file} in this draft (or it never had this state)."""

    code = "procedures.no_file"
