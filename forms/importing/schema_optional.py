"""Objects that may be left out: what in them must be answered, must be so only once something in them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forms.importing.conditions import NULL, joined
from forms.importing.schema_tests import tree_of
from forms.importing.tree import Condition, Part, Question, Section

SIBLINGS = 20


def if_any(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The members of an object that may be left out: needed only once another of them is answered."""
    flat = [one for one in parts if isinstance(one, Question) and one.kind not in ("information", "declaration")]
    for part in parts:
        if isinstance(part, Section):
            yield replace(part, parts=tuple(if_any(part.parts)))
        elif not part.required:
            yield part
        else:
            others = [["!=", tree_of(one.path), NULL] for one in flat if one is not part and one.path]
            tree = joined(others, "or") if 0 < len(others) <= SIBLINGS else None
            needed = (Condition(tree, " or ".join(".".join(one.path) for one in flat)),) if tree is not None else ()
            yield replace(part, required=False, required_when=needed)
