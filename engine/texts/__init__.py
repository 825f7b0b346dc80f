"""Texts with fields: what an office writes once and the engine fills in (letters, notices, templates of a procedure).

The fields are Liquid, cut down to what a text needs: no files, no calls, no endless loops. `read` checks a text and says which
fields it reads; `Text.fill` puts the facts in. Pure: no database, no clock.
"""

from .errors import BadFact, BadText, CannotFill, TextError
from .guard import opened
from .text import FILTERS, TAGS, Field, Text, read

__all__ = ["FILTERS", "TAGS", "BadFact", "BadText", "CannotFill", "Field", "Text", "TextError", "opened", "read"]
