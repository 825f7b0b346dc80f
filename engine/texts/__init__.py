"""Texts with fields: what an office writes once and the engine fills in (letters, notices, templates of a procedure).

The fields are Liquid, cut down to what a text needs: no files, no calls, no endless loops. `read` checks a text and says which
fields it reads; `Text.fill` puts the facts in. Pure: no database, no clock.
"""

from .errors import BadFact, BadNumberFormat, BadText, CannotFill, TextError
from .guard import clean, opened
from .numbers import check_number_format, write_number
from .text import FILTERS, TAGS, Field, Text, read

__all__ = [
    "FILTERS",
    "TAGS",
    "BadFact",
    "BadNumberFormat",
    "BadText",
    "CannotFill",
    "Field",
    "Text",
    "TextError",
    "check_number_format",
    "clean",
    "opened",
    "read",
    "write_number",
]
