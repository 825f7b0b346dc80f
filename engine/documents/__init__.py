"""The papers of an office: files in the cabinet, numbers without gaps, letters as PDF, and the books of what was issued.

A letter's way: `next_number` → `write_number` → `new_code` → `render_letter` (once per language) → `issue`.
"""

from engine.texts import check_number_format, write_number

from .cabinet import Cabinet
from .errors import (
    AlreadyRevoked,
    BadCabinet,
    CabinetUnreachable,
    CodeTaken,
    DocumentError,
    FileDamaged,
    FileErased,
    LetterFailed,
    LetterTooLarge,
    PlaceTaken,
    QuotaUsed,
)
from .files import ask_for_room, erase_file, files_of, keep, open_file, reference, references_of, settle, sweep, unsettled
from .issue import by_code, issue, new_code, of_case, permit_out, read_code, revoke
from .letter import Issued, Layout, Signatory, preview_letter, render_letter, render_text
from .numbers import next_number
from .parts import BadParts, condition_of, parts_of, places_of, rows_in, source_of
from .tables import Document, Register, StoredFile

__all__ = [
    "AlreadyRevoked",
    "BadCabinet",
    "BadParts",
    "Cabinet",
    "CabinetUnreachable",
    "CodeTaken",
    "Document",
    "DocumentError",
    "FileDamaged",
    "FileErased",
    "Issued",
    "Layout",
    "LetterFailed",
    "LetterTooLarge",
    "PlaceTaken",
    "QuotaUsed",
    "Register",
    "Signatory",
    "StoredFile",
    "ask_for_room",
    "by_code",
    "check_number_format",
    "condition_of",
    "erase_file",
    "files_of",
    "issue",
    "keep",
    "new_code",
    "next_number",
    "of_case",
    "open_file",
    "parts_of",
    "permit_out",
    "places_of",
    "preview_letter",
    "read_code",
    "reference",
    "references_of",
    "render_letter",
    "render_text",
    "revoke",
    "rows_in",
    "settle",
    "source_of",
    "sweep",
    "unsettled",
    "write_number",
]
