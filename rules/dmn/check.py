"""What is wrong with the decisions of a model before any is made: each text in the scope it will have, cells against the type of
their column, outputs against their allowed values, rows of UNIQUE tables that overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules.dmn import model as m
from rules.dmn.analysis import overlaps
from rules.dmn.graph import Graph
from rules.dmn.names import boxes_in
from rules.dmn.types import Types
from rules.errors import Finding, RuleError
from rules.feel import kinship as k
from rules.feel.bounds import Budget
from rules.feel.check import check_text
from rules.feel.expression import compile_text

Scope = Mapping[str, k.Type]


class Checker:
    """One model being checked in the scope of its caller."""

    def __init__(self, graph: Graph, scope: Scope) -> None:
        self.graph = graph
        self.scope = dict(scope)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, decision by decision; places are ids, and `id#rule 3`, `id#input 1` within tables."""
        found: list[Finding] = []
        for element in self.graph.model.elements:
            if isinstance(element, m.Decision | m.Knowledge):
                found.extend(self._requirements(element))
                found.extend(self._boxed(element.logic, self.scope_of(element), element.id))
        return tuple({_key(finding): finding for finding in found}.values())

    def _requirements(self, element: m.Decision | m.Knowledge) -> Iterator[Finding]:
        references = (*element.requires, *element.knowledge) if isinstance(element, m.Decision) else element.knowledge
        for reference in references:
            if self.graph.model.find(reference) is None:
                yield Finding(element.id, "dmn.unknown_requirement", {"name": reference})
        if isinstance(element, m.Decision) and element.logic is None:
            yield Finding(element.id, "dmn.no_logic", {})

    def scope_of(self, element: m.Decision | m.Knowledge) -> dict[str, k.Type]:
        """The types an element's expressions see."""
        scope: dict[str, k.Type] = dict(self.scope) if isinstance(element, m.Decision) else {}
        for _, required, path in self.graph.requirements(element):
            inner = scope
            for part in path.split(".") if path else ():
                inner = inner.setdefault(part, {})
            inner[required.name] = self._type_of(required)
        return scope

    def _type_of(self, element: m.Element) -> k.Type:
        if isinstance(element, m.Knowledge | m.Service):
            return "function"
        if isinstance(element, m.InputData) and element.name in self.scope:
            return self.scope[element.name]
        return type_of(element, self.graph.types)

    def _boxed(self, box: m.Boxed | None, scope: dict[str, k.Type], place: str) -> Iterator[Finding]:
        if isinstance(box, m.Literal):
            yield from _text(box.text, scope, place) if box.text else ()
        elif isinstance(box, m.Table):
            yield from self._table(box, scope, place)
        elif isinstance(box, m.Context):
            inner = dict(scope)
            for entry in box.entries:
                yield from self._boxed(entry.value, inner, place)
                if entry.variable:
                    inner[entry.variable.name] = ref_type(entry.variable.type_ref, self.graph.types)
        else:
            for part in boxes_in(box):
                yield from self._boxed(part, {**scope, **self._locals(box)}, place)

    def _locals(self, box: m.Boxed | None) -> dict[str, k.Type]:
        if isinstance(box, m.FunctionDefinition):
            return {one.name: ref_type(one.type_ref, self.graph.types) for one in box.parameters}
        if isinstance(box, m.Iteration):
            return {box.variable: "any", "partial": ["list", "any"]}
        return {"item": "any"} if isinstance(box, m.Filter) else {}

    def _table(self, table: m.Table, scope: dict[str, k.Type], place: str) -> Iterator[Finding]:
        kinds: list[k.Type] = []
        for number, column in enumerate(table.inputs, 1):
            found, kind = check_text(column.text, scope)
            yield from _placed(found, f"{place}#input {number}")
            kinds.append(kind if column.type_ref in ("", "Any") or k.kinds(kind) else ref_type(column.type_ref, self.graph.types))
            yield from _cell(column.allowed, scope, kinds[-1], f"{place}#input {number}") if column.allowed else ()
        for number, rule in enumerate(table.rules, 1):
            yield from self._rule(table, rule, kinds, scope, f"{place}#rule {number}")
        yield from overlaps(table, place)

    def _rule(self, table: m.Table, rule: m.Rule, kinds: list[k.Type], scope: dict[str, k.Type], place: str) -> Iterator[Finding]:
        for number, (text, kind) in enumerate(zip(rule.inputs, kinds, strict=True), 1):
            for finding in _cell(text, scope, kind, place):
                yield replace(finding, facts={**finding.facts, "input": number})
        for number, (text, output) in enumerate(zip(rule.outputs, table.outputs, strict=True), 1):
            for finding in self._output(text, output, scope, place) if text else ():
                yield replace(finding, facts={**finding.facts, "output": number})

    def _output(self, text: str, output: m.Output, scope: dict[str, k.Type], place: str) -> Iterator[Finding]:
        found, kind = check_text(text, scope)
        yield from _placed(found, place)
        wanted = ref_type(output.type_ref, self.graph.types)
        if not found and not k.comparable(kind, wanted, ordered=False):
            yield Finding(place, "dmn.wrong_type", {"expected": k.word(wanted), "found": k.word(kind)})
        elif not found and output.allowed and not _allowed(text, output.allowed):
            yield Finding(place, "dmn.not_an_output_value", {"text": text, "allowed": output.allowed})


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.place, finding.code, repr(sorted(finding.facts.items(), key=str))


def _placed(found: tuple[Finding, ...], place: str) -> Iterator[Finding]:
    yield from (replace(finding, place=place) for finding in found)


def _text(text: str, scope: dict[str, k.Type], place: str) -> Iterator[Finding]:
    return _placed(check_text(text, scope)[0], place)


def _cell(text: str, scope: dict[str, k.Type], kind: k.Type, place: str) -> Iterator[Finding]:
    return _placed(check_text(text, scope, cell=True, tested=kind)[0], place)


def _allowed(text: str, allowed: str) -> bool:
    """Whether a fixed output is among the allowed ones; True for what is not fixed."""
    try:
        value = compile_text(text)
        if value.fields:
            return True
        found = value.run({}, Budget())
        return found is None or compile_text(allowed, cell=True).run({"?": found}, Budget()) is True
    except RuleError:
        return True


def type_of(element: m.Element, types: Types) -> k.Type:
    """The type of what an element gives: of its variable, or else of its logic."""
    logic = element.logic if isinstance(element, m.Decision) else None
    named = ref_type(element.type_ref, types)
    if named != "any" or logic is None:
        return named
    if isinstance(logic, m.Table):
        return _table_type(logic, types)
    if isinstance(logic, m.Context) and all(entry.variable for entry in logic.entries):
        return {entry.variable.name: ref_type(entry.variable.type_ref, types) for entry in logic.entries if entry.variable}
    return ref_type(logic.type_ref, types)


def _table_type(table: m.Table, types: Types) -> k.Type:
    outputs = {output.name: ref_type(output.type_ref, types) for output in table.outputs}
    single = next(iter(outputs.values())) if len(outputs) == 1 else outputs
    if table.hit in ("RULE ORDER", "OUTPUT ORDER") or (table.hit == "COLLECT" and not table.aggregation):
        return ["list", single]
    return "number" if table.aggregation == "COUNT" else single


def ref_type(type_ref: str, types: Types, depth: int = 0) -> k.Type:
    """A type reference of the model in the words of `kinship`."""
    name = types.name_of(type_ref)
    if not name or name == "Any" or depth > 10:
        return "any"
    return item_type(types.items[name], types, depth) if name in types.items else name


def item_type(item: m.ItemType, types: Types, depth: int = 0) -> k.Type:
    """An item definition in the words of `kinship`."""
    if item.members:
        single: k.Type = {member.name: item_type(member, types, depth + 1) for member in item.members}
    else:
        single = "function" if item.function else ref_type(item.type_ref, types, depth + 1)
    return ["list", single] if item.collection else single
