"""The requirement graph at work: each decision is made once a run, from what it requires."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from rules.dmn import model as m
from rules.dmn.logic import Known, Logics
from rules.dmn.names import all_names
from rules.dmn.run import Logic, Run, UndecidedError
from rules.dmn.types import Types
from rules.feel.bounds import Budget, limit
from rules.feel.values import KINDS, Function, Scope, Value

_DEPTH = 100


class Graph:
    """A model with its logic compiled, each element when it is first asked for. `extra` are names of the data that are no
    plain identifiers and that the model itself does not name."""

    def __init__(self, model: m.Model, extra: Iterable[str] = ()) -> None:
        self.model = model
        self.extra: Known = frozenset(extra)
        self.types = Types(model)
        self.logics = Logics(self.types, {*self.extra, *all_names(model)})
        self.ready: dict[str, Logic] = {}
        self._requires: dict[str, tuple[tuple[m.Model, m.Element, str], ...]] = {}

    @cached_property
    def imported(self) -> dict[str, Graph]:
        """The graphs of the imported models, by the dotted name they have here."""
        return {path: Graph(model, self.extra) for path, model in self.model.models() if path}

    def value(self, element: m.Element, run: Run, depth: int = 0) -> Value:
        """What an element is worth in this run: a value, or a function for knowledge models and services."""
        key = (self.model.namespace, element.id)
        if key in run.cache:
            return run.cache[key]
        if depth > _DEPTH:
            raise limit("requirements")
        run.tally.steps -= 1  # looked at by whatever the logic spends itself
        value = self._evaluate(element, run, depth)
        run.cache[key] = value
        return value

    def _evaluate(self, element: m.Element, run: Run, depth: int) -> Value:
        if isinstance(element, m.InputData):
            return self._typed(run.base.get(element.name), element, run)
        if isinstance(element, m.Service):
            return self._service(element, run, depth)
        required = self._required(element, run, depth)
        logic = self.ready.get(element.id) or self.logic_of(element)
        if isinstance(element, m.Knowledge):
            return logic(required, run.tally)
        try:
            value = logic({**run.base, **required}, run.tally)
        except UndecidedError as error:
            run.tally.problem(element.id, error.code, **error.facts)
            return None
        return self._typed(value, element, run)

    def _typed(self, value: Value, element: m.Element, run: Run) -> Value:
        kind = self.types.known.get(element.type_ref)
        if kind == "" or (kind is not None and KINDS.get(type(value)) == kind):
            return value
        return self.logics.coerce(value, element.type_ref, element.id, run.tally)

    def logic_of(self, element: m.Decision | m.Knowledge) -> Logic:
        """The compiled logic of an element."""
        if element.id not in self.ready:
            known = self.known(element)
            if isinstance(element, m.Knowledge):
                self.ready[element.id] = self.logics.function(element.logic, known, element.id, element.type_ref)
            else:
                self.ready[element.id] = self.logics.boxed(element.logic, known, element.id)
        return self.ready[element.id]

    def requirements(self, element: m.Decision | m.Knowledge) -> tuple[tuple[m.Model, m.Element, str], ...]:
        """What an element requires: its model, itself, and the dotted name of the import ("" for this model)."""
        if element.id not in self._requires:
            references = (*element.requires, *element.knowledge) if isinstance(element, m.Decision) else element.knowledge
            self._requires[element.id] = tuple(found for reference in references if (found := self.model.find(reference)))
        return self._requires[element.id]

    def known(self, element: m.Decision | m.Knowledge) -> Known:
        """The names an element's expressions may use."""
        found = {name for _, required, path in self.requirements(element) for name in (required.name, *path.split("."))}
        return self.extra.union(found - {""})

    def _required(self, element: m.Decision | m.Knowledge, run: Run, depth: int) -> Scope:
        scope: Scope = {}
        requires = self._requires.get(element.id)
        for _, required, path in self.requirements(element) if requires is None else requires:
            if not path:
                key = (self.model.namespace, required.id)
                scope[required.name] = run.cache[key] if key in run.cache else self.value(required, run, depth + 1)
                continue
            value = self.imported[path].value(required, self._inputs_for(path, run), depth + 1)
            inner = scope
            for part in path.split("."):
                inner = inner.setdefault(part, {})
            inner[required.name] = value
        return scope

    def _inputs_for(self, path: str, run: Run) -> Run:
        """An imported model finds its inputs under the name of the import, or where this model has its own."""
        inner: Any = run.base
        for part in path.split(".") if path else ():
            inner = inner.get(part, {}) if isinstance(inner, dict) else {}
        if not path or not inner:
            return run
        return Run(run.tally, {**run.base, **inner}, run.cache)

    def _service(self, service: m.Service, run: Run, depth: int) -> Function:
        inputs = [found for reference in (*service.input_data, *service.input_decisions) if (found := self.model.find(reference))]
        names = tuple(element.name for _, element, _ in inputs)

        def apply(arguments: list[Value], budget: Budget) -> Value:
            inner = run.fresh({})
            for (model, element, _), value in zip(inputs, arguments, strict=True):
                typed = self.logics.coerce(value, element.type_ref, element.id, run.tally)
                if typed is None and value is not None:
                    return None
                inner.base[element.name] = typed
                inner.cache[(model.namespace, element.id)] = typed
            return self._served(service, inner, depth)

        return Function(names, apply)

    def _served(self, service: m.Service, run: Run, depth: int) -> Value:
        results: dict[str, Value] = {}
        for reference in service.outputs:
            found = self.model.find(reference)
            if found:
                _, element, path = found
                results[element.name] = (self.imported[path] if path else self).value(element, run, depth + 1)
        value = next(iter(results.values())) if len(results) == 1 else results
        return self.logics.coerce(value, service.type_ref, service.id, run.tally)
