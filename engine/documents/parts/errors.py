"""What can be wrong with a letter that comes back from its editor."""

from __future__ import annotations


class BadParts(Exception):
    """A tree that is no letter. `why`: a word for developers."""
