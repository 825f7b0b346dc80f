"""The little language of conditions, calculations and decision tables: FEEL and DMN 1.5, safe by construction.

Texts come from administrators: nothing here runs Python, every evaluation is bounded in work, memory and time, and bad input gives
a sentence with place and cure. The values are described in `rules.feel.values`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from rules.dmn import model
from rules.dmn.alone import alone, nested
from rules.dmn.cells import CELL_KINDS, Cell, cell_of, result_of, text_of_cell, text_of_result
from rules.dmn.decisions import Decisions, read_decisions
from rules.dmn.patch import formula_in, table_in, with_formula, with_table
from rules.dmn.run import Decided, Fired
from rules.dmn.spots import Spot, indent_of, replaced, spots_in
from rules.dmn.write import write_decisions
from rules.errors import DecisionError, FeelLimit, FeelSyntaxError, Finding, RuleError
from rules.feel.bridge import Row, Rows, rows_of, text_of_rows
from rules.feel.browser import in_browser
from rules.feel.builtins import BUILTINS
from rules.feel.check import check
from rules.feel.expression import Expression, Functions, compile_text, names_in
from rules.feel.plain import from_plain, plain
from rules.feel.renaming import renamed
from rules.feel.terms import Term, Terms, terms_of, text_of_terms
from rules.feel.values import Months, Range, Value
from rules.feel.writing import text_of_tree


def compile(text: str, *, names: Iterable[str] = ()) -> Expression:
    """A FEEL text (without a leading "=") as a program; cached. `names`: those in scope that are no plain identifiers, members and
    functions included; plain ones do no harm and help error sentences. Raises FeelSyntaxError and FeelLimit."""
    return compile_text(text, names)


def function_names() -> frozenset[str]:
    """What FEEL's own functions are called: a name of the context that is called so hides the function."""
    return frozenset(BUILTINS)


def evaluate(text: str, context: Mapping[str, Value], *, now: datetime | None = None, functions: Functions | None = None) -> Value:
    """Compile and run a text, see Expression.evaluate."""
    return _for(text, context, functions).evaluate(context, now=now, functions=functions)


def holds(text: str, context: Mapping[str, Value], *, now: datetime | None = None, functions: Functions | None = None) -> bool:
    """Compile a text and say whether it is true, see Expression.holds."""
    return _for(text, context, functions).holds(context, now=now, functions=functions)


def _for(text: str, context: Mapping[str, Value], functions: Functions | None) -> Expression:
    return compile_text(text, names_in(context) | set(functions or ()))


__all__ = [
    "CELL_KINDS",
    "Cell",
    "Decided",
    "DecisionError",
    "Decisions",
    "Expression",
    "FeelLimit",
    "FeelSyntaxError",
    "Finding",
    "Fired",
    "Months",
    "Range",
    "Row",
    "Rows",
    "RuleError",
    "Spot",
    "Term",
    "Terms",
    "alone",
    "cell_of",
    "check",
    "compile",
    "evaluate",
    "formula_in",
    "from_plain",
    "function_names",
    "holds",
    "in_browser",
    "indent_of",
    "model",
    "nested",
    "plain",
    "read_decisions",
    "renamed",
    "replaced",
    "result_of",
    "rows_of",
    "spots_in",
    "table_in",
    "terms_of",
    "text_of_cell",
    "text_of_result",
    "text_of_rows",
    "text_of_terms",
    "text_of_tree",
    "with_formula",
    "with_table",
    "write_decisions",
]
