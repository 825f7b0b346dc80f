"""The decisions of one DMN file, ready to be made."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from threading import Lock

from rules.dmn import model as m
from rules.dmn.analysis import review_table
from rules.dmn.check import Checker, type_of
from rules.dmn.graph import Graph
from rules.dmn.names import tables_in, texts_in
from rules.dmn.read import read_model
from rules.dmn.reads import reads_of
from rules.dmn.run import Decided, Run, Tally
from rules.errors import DecisionError, Finding
from rules.feel.bounds import limit
from rules.feel.calls import call, given
from rules.feel.expression import Functions, measure, names_in
from rules.feel.values import Function, Scope, Value

_VARIANTS = 16  # kept of what depends on the names of the data


class Decisions:
    """A DMN model that is compiled once and used by any number of threads.

    `written`: the text of its file and of those it imports, with single blanks. What is not named in it is read by none of its expressions,
    and is not looked at in the data either: there it may have to be unpacked first.
    """

    def __init__(self, model: m.Model, written: str | None = None) -> None:
        self.model = model
        self._written = written
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._graphs: OrderedDict[frozenset[str], Graph] = OrderedDict()
        self._lock = Lock()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the decisions, in the order of the file."""
        return tuple(element.id for element in self.model.elements if isinstance(element, m.Decision))

    @property
    def names(self) -> dict[str, str]:
        """The names of the decisions, by id."""
        return {element.id: element.name for element in self.model.elements if isinstance(element, m.Decision)}

    def element(self, id: str) -> m.Element:
        """The decision, service or knowledge model of this id or name. Raises DecisionError when there is none."""
        found = self.model.element(id)
        if found is None:
            raise DecisionError("dmn.no_decision", f"there is no decision {id!r} in this file", place=id, known=list(self.ids))
        return found

    def decide(self, id: str, context: Mapping[str, Value], *, now: datetime | None = None, functions: Functions | None = None) -> Decided:
        """Make the decision (its id or name; a decision service too) in this context. `value` is null where no rule says
        otherwise, and `problems` say why when that is no answer. Raises DecisionError for an unknown id, FeelLimit."""
        element = self.element(id)
        data = {name: context[name] for name in self._named(tuple(context))}
        called = {name: functions[name] for name in self._named(tuple(functions))} if functions else {}
        base: Scope = {**given(called), **{" ".join(name.split()): value for name, value in data.items()}}
        graph = self._graph(frozenset(names_in(data) | {name for name in called if " " in name}))
        with Tally(now) as tally:
            try:
                value = graph.value(element, Run(tally, base))
                if isinstance(element, m.Service | m.Knowledge) and isinstance(value, Function):
                    value = call(value, {name: base.get(name) for name in value.names}, tally)
            except RecursionError:
                raise limit("nesting") from None
            if type(value) in (list, dict):
                measure(value, tally)
        return Decided(value, tuple(tally.fired), tuple(tally.problems))

    def _named(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the names that the file names; kept, since one case after the other brings the same."""
        if self._written is None:
            return names
        if names not in self._known:
            if len(self._known) >= _VARIANTS:
                self._known.clear()
            self._known[names] = tuple(name for name in names if " ".join(name.split()) in self._written)
        return self._known[names]

    def reads(self, id: str) -> frozenset[str]:
        """The dotted paths a decision reads from the context, those of the decisions it requires included."""
        return frozenset(reads_of(self._graph(frozenset()), self.element(id)))

    def texts(self) -> tuple[str, ...]:
        """The expressions of all its elements; the tests in cells are none."""
        logics = (each.logic for each in self.model.elements if isinstance(each, m.Decision | m.Knowledge))
        return tuple(text for logic in logics for text, cell in texts_in(logic) if text and not cell)

    def check(self, scope: Mapping[str, Value] | None = None) -> tuple[Finding, ...]:
        """All that is wrong in a scope of types (see `rules.check`): texts, names, types, and rows of UNIQUE tables that overlap."""
        return Checker(self._graph(frozenset()), scope or {}).findings()

    def review(self) -> tuple[Finding, ...]:
        """What the tables leave out or never use: overlaps, gaps, rows never reached. Each with an example; a gap may be meant."""
        tables = ((element.id, getattr(element, "logic", None)) for element in self.model.elements)
        return tuple(finding for id, logic in tables for table in tables_in(logic) for finding in review_table(table, id))

    def output_type(self, id: str) -> Value:
        """The type of what a decision gives, in the words of `rules.check`: "number", {output: type}, ["list", type], "any"."""
        return type_of(self.element(id), self._graph(frozenset()).types)

    def _graph(self, extra: frozenset[str]) -> Graph:
        """The compiled graph for data with these names; nearly always there is one."""
        with self._lock:
            if extra not in self._graphs:
                self._graphs[extra] = Graph(self.model, extra)
                if len(self._graphs) > _VARIANTS:
                    self._graphs.popitem(last=False)
            self._graphs.move_to_end(extra)
            return self._graphs[extra]


def read_decisions(xml: bytes, *, imports: Mapping[str, bytes] | None = None) -> Decisions:
    """Read a DMN 1.2 to 1.5 file. `imports`: the files it may import, by namespace. Raises DecisionError with its place.
    A FEEL text that cannot be read is no error here: `check` finds it, and deciding gives null and a problem."""
    written = " ".join(unescape(" ".join(each.decode(errors="replace") for each in (xml, *(imports or {}).values()))).split())
    return Decisions(read_model(xml, imports), written)
