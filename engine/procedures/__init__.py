"""Procedures: what a permit is made of (a folder of data), the checks before publishing, and its published versions.

A published version never changes, and a case keeps the version it began with. What a bundle is: docs/bundle.md.
"""

from .about import Channel, Fee, Law, Procedure, Register, Renewal, Time, Validity
from .bundle import Bundle
from .checking import Seen, check, rules_of_the_house
from .derived import PublicStep, Requirement, clock
from .errors import BadBundle, NoProcedure, NoVersion
from .names import APPLICANT, CONTEXT, FUNCTIONS, LANGS
from .pack import fingerprint, pack, unpack
from .publish import offer_again, publish, withdraw
from .read import bundle_of, catalogue, current, versions
from .reader import read_files, read_folder
from .schemas import schema
from .sentences import line, sentence
from .tables import Version

__all__ = [
    "APPLICANT",
    "CONTEXT",
    "FUNCTIONS",
    "LANGS",
    "BadBundle",
    "Bundle",
    "Channel",
    "Fee",
    "Law",
    "NoProcedure",
    "NoVersion",
    "Procedure",
    "PublicStep",
    "Register",
    "Renewal",
    "Requirement",
    "Seen",
    "Time",
    "Validity",
    "Version",
    "bundle_of",
    "catalogue",
    "check",
    "clock",
    "current",
    "fingerprint",
    "line",
    "offer_again",
    "pack",
    "publish",
    "read_files",
    "read_folder",
    "rules_of_the_house",
    "schema",
    "sentence",
    "unpack",
    "versions",
    "withdraw",
]
