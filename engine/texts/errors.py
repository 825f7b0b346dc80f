"""What can be wrong with a text with fields, or with what is put into it."""

from __future__ import annotations

from engine.store import EngineError


class TextError(EngineError):
    """The text cannot be used."""

    code = "texts.refused"


class BadText(TextError):
    """Line {line}: {reason}. Correct the field or the tag there."""

    code = "texts.bad_text"


class CannotFill(TextError):
    """Line {line}: {reason}. Test with “if” whether a value is there before it is written, or correct the field."""

    code = "texts.cannot_fill"


class BadFact(TextError):
    """{place}: values are nested in one another more than {most} times."""

    code = "texts.bad_fact"


class BadNumberFormat(TextError):
    """The number format “{text}” cannot be used: {reason}. Write it like “503/{{n:04}}/REKLAME/{{year}}”."""

    code = "texts.bad_number_format"
