"""A letter as it is edited: its Markdown and Liquid as a tree of plain JSON parts, and back.

A part keeps the text it was read from; as long as it says the same, that text is written again, so that a changed sentence is one
changed line. What cannot be told in parts is `raw`: kept, moved, taken out, never changed. The tree is that of ProseMirror.
"""

from .conditions import condition_of, rows_in
from .errors import BadParts
from .read import parts_of
from .write import places_of, source_of

__all__ = ["BadParts", "condition_of", "parts_of", "places_of", "rows_in", "source_of"]
