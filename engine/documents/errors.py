"""What the papers of an office can refuse."""

from __future__ import annotations

from engine.store import EngineError


class DocumentError(EngineError):
    """This cannot be done with this paper."""

    code = "documents.refused"


class FileDamaged(DocumentError):
    """The file {file} in the cabinet is not what was put there (or is gone). Bring it back from the backup."""

    code = "documents.file_damaged"


class FileErased(DocumentError):
    """The file {file} was erased on {at}."""

    code = "documents.file_erased"


class PlaceTaken(DocumentError):
    """The cabinet holds something at {place} already; nothing in it is ever overwritten."""

    code = "documents.place_taken"


class QuotaUsed(DocumentError):
    """One person may upload {daily} bytes in 24 hours, and has {left} of them left. Send smaller files, or go on tomorrow."""

    code = "documents.quota_used"


class BadCabinet(DocumentError):
    """{url} is no place for files: {reason}. Give a folder, or s3://bucket/folder."""

    code = "documents.bad_cabinet"


class CabinetUnreachable(DocumentError):
    """The cabinet cannot be reached: {reason}. Nothing was lost; try again when it is there."""

    code = "documents.cabinet_unreachable"


class LetterFailed(DocumentError):
    """The letter could not be set: {reason}"""

    code = "documents.letter_failed"


class LetterTooLarge(DocumentError):
    """The letter took too much time or memory and was given up. Shorten it: fewer pages, smaller tables."""

    code = "documents.letter_too_large"


class AlreadyRevoked(DocumentError):
    """The document {number} was revoked on {at} already."""

    code = "documents.already_revoked"


class CodeTaken(DocumentError):
    """A document has this code already; draw another with new_code()."""

    code = "documents.code_taken"
