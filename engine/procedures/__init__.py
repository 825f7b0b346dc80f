"""Procedures: what a permit is made of (a folder of data), the checks before publishing, and its published versions.

A published version never changes, and a case keeps the version it began with. Between two versions lies a draft, in which no
state of a file is ever lost. What a bundle is: docs/bundle.md.
"""

from .about import Channel, Fee, Law, Procedure, Register, Renewal, Time, Validity
from .bundle import Bundle
from .checking import DIAGRAM, Seen, check, check_diagram, rules_of_the_house
from .derived import PublicStep, Requirement, clock
from .drafts import (
    Revision,
    discard_draft,
    draft_file,
    draft_files,
    draft_history,
    draft_of,
    draft_revs,
    drafts,
    undo_draft,
    who,
    write_draft,
)
from .drafts_begin import begin_draft, copy_procedure, new_procedure
from .drafts_publish import draft_bundle, draft_findings, publish_draft
from .errors import (
    BadBundle,
    DraftOpen,
    DraftTooLarge,
    FileTooLarge,
    KeyTaken,
    Moved,
    NoDraft,
    NoFile,
    NoProcedure,
    NoVersion,
    Stale,
    WrongFile,
    WrongKey,
)
from .names import APPLICANT, CONTEXT, FUNCTIONS, LANGS
from .pack import fingerprint, pack, unpack
from .publish import offer_again, publish, withdraw
from .read import bundle_of, catalogue, current, versions
from .reader import read_files, read_folder
from .readings import texts_of
from .schemas import schema
from .sentences import level, line, sentence, stopping
from .shared import included
from .tables import Draft, Version
from .telling import told

__all__ = [
    "APPLICANT",
    "CONTEXT",
    "DIAGRAM",
    "FUNCTIONS",
    "LANGS",
    "BadBundle",
    "Bundle",
    "Channel",
    "Draft",
    "DraftOpen",
    "DraftTooLarge",
    "Fee",
    "FileTooLarge",
    "KeyTaken",
    "Law",
    "Moved",
    "NoDraft",
    "NoFile",
    "NoProcedure",
    "NoVersion",
    "Procedure",
    "PublicStep",
    "Register",
    "Renewal",
    "Requirement",
    "Revision",
    "Seen",
    "Stale",
    "Time",
    "Validity",
    "Version",
    "WrongFile",
    "WrongKey",
    "begin_draft",
    "bundle_of",
    "catalogue",
    "check",
    "check_diagram",
    "clock",
    "copy_procedure",
    "current",
    "discard_draft",
    "draft_bundle",
    "draft_file",
    "draft_files",
    "draft_findings",
    "draft_history",
    "draft_of",
    "draft_revs",
    "drafts",
    "fingerprint",
    "included",
    "level",
    "line",
    "new_procedure",
    "offer_again",
    "pack",
    "publish",
    "publish_draft",
    "read_files",
    "read_folder",
    "rules_of_the_house",
    "schema",
    "sentence",
    "stopping",
    "texts_of",
    "told",
    "undo_draft",
    "unpack",
    "versions",
    "who",
    "withdraw",
    "write_draft",
]
