"""Procedures: what a permit is made of (a folder of data), the checks before publishing, and its published versions.

A published version never changes, and a case keeps the version it began with. Between two versions lies a draft, in which no
state of a file is ever lost. What a bundle is: docs/bundle.md.
"""

from .about import Channel, Fee, Law, Procedure, Register, Renewal, Time, Validity
from .bundle import Bundle
from .checking import DIAGRAM, Seen, check, check_diagram, rules_of_the_house
from .checks.decides_every_case import reviewed
from .derived import PublicStep, Requirement, clock
from .differing import Difference, differences
from .drafts import (
    Revision,
    discard_draft,
    draft_file,
    draft_files,
    draft_history,
    draft_newest,
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
from .exchange import LARGEST_PACK, BadPack, Brought, Pack, brought, export_pack, import_pack, merged, ours, read_pack
from .formula_words import formula
from .letters import BY_THE_OFFICE, NOTICE
from .names import APPLICANT, CONTEXT, FUNCTIONS, LANGS
from .pack import fingerprint, pack, unpack
from .plain import PlainStep, plain_text
from .plain_tables import PlainTable, plain_tables
from .publish import TAKE_EFFECT, offer_again, publish, take_back, take_effect, withdraw
from .read import bundle_of, catalogue, current, offered_at, versions
from .reader import read_files, read_folder
from .readings import texts_of
from .ready_forms import ready_form, ready_forms
from .renaming import letter_renamed, letter_users
from .schemas import schema
from .sentences import level, line, sentence, stopping
from .shared import included
from .table_tests import ENDING, TableTest, Tested, of_table, outcome_told, play, read_tests, rows_told, write_tests
from .tables import Draft, Version
from .telling import told

__all__ = [
    "APPLICANT",
    "BY_THE_OFFICE",
    "CONTEXT",
    "DIAGRAM",
    "ENDING",
    "FUNCTIONS",
    "LANGS",
    "LARGEST_PACK",
    "NOTICE",
    "TAKE_EFFECT",
    "BadBundle",
    "BadPack",
    "Brought",
    "Bundle",
    "Channel",
    "Difference",
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
    "Pack",
    "PlainStep",
    "PlainTable",
    "Procedure",
    "PublicStep",
    "Register",
    "Renewal",
    "Requirement",
    "Revision",
    "Seen",
    "Stale",
    "TableTest",
    "Tested",
    "Time",
    "Validity",
    "Version",
    "WrongFile",
    "WrongKey",
    "begin_draft",
    "brought",
    "bundle_of",
    "catalogue",
    "check",
    "check_diagram",
    "clock",
    "copy_procedure",
    "current",
    "differences",
    "discard_draft",
    "draft_bundle",
    "draft_file",
    "draft_files",
    "draft_findings",
    "draft_history",
    "draft_newest",
    "draft_of",
    "draft_revs",
    "drafts",
    "export_pack",
    "fingerprint",
    "formula",
    "import_pack",
    "included",
    "letter_renamed",
    "letter_users",
    "level",
    "line",
    "merged",
    "new_procedure",
    "of_table",
    "offer_again",
    "offered_at",
    "ours",
    "outcome_told",
    "pack",
    "plain_tables",
    "plain_text",
    "play",
    "publish",
    "publish_draft",
    "read_files",
    "read_folder",
    "read_pack",
    "read_tests",
    "ready_form",
    "ready_forms",
    "reviewed",
    "rows_told",
    "rules_of_the_house",
    "schema",
    "sentence",
    "stopping",
    "take_back",
    "take_effect",
    "texts_of",
    "told",
    "undo_draft",
    "unpack",
    "versions",
    "who",
    "withdraw",
    "write_draft",
    "write_tests",
]
