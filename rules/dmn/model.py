"""What a DMN file says, as plain frozen values: item definitions, the requirement graph, boxed expressions.
`read` makes them from XML, `write` turns them back into it, `logic` runs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

HIT_POLICIES = ("UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
AGGREGATIONS = ("", "COUNT", "SUM", "MIN", "MAX")


@dataclass(frozen=True)
class ItemType:
    """An item definition or one of its components. `allowed` and `constraint` are unary tests, on an item and on the whole."""

    name: str
    type_ref: str = ""
    collection: bool = False
    members: tuple[ItemType, ...] = ()
    allowed: str = ""
    constraint: str = ""
    function: bool = False
    id: str = ""


@dataclass(frozen=True)
class Variable:
    """A name with a type: a parameter, a column, the variable of an entry."""

    name: str
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Literal:
    """A FEEL text."""

    text: str
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Input:
    """A column of conditions. `allowed` are unary tests that every value must pass."""

    text: str
    type_ref: str = ""
    allowed: str = ""
    label: str = ""
    id: str = ""


@dataclass(frozen=True)
class Output:
    """A column of results. `allowed` lists the values, the most important first; `default` is given when no rule fires."""

    name: str = ""
    type_ref: str = ""
    allowed: str = ""
    default: str = ""
    label: str = ""
    id: str = ""


@dataclass(frozen=True)
class Rule:
    """A row: input entries, output entries, and what is said about it."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...] = ()
    id: str = ""
    description: str = ""


@dataclass(frozen=True)
class Table:
    """A decision table. `hit` is one of HIT_POLICIES, `aggregation` one of AGGREGATIONS."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit: str = "UNIQUE"
    aggregation: str = ""
    annotation_names: tuple[str, ...] = ()
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a boxed context; without a variable it is the result."""

    variable: Variable | None
    value: Boxed | None


@dataclass(frozen=True)
class Context:
    """A boxed context."""

    entries: tuple[Entry, ...]
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Invocation:
    """A call of a function with named arguments."""

    function: Boxed | None
    bindings: tuple[tuple[Variable, Boxed | None], ...]
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class FunctionDefinition:
    """A boxed function. Only the kind FEEL is ever run."""

    parameters: tuple[Variable, ...]
    body: Boxed | None
    kind: str = "FEEL"
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Relation:
    """Rows of the same columns."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Boxed, ...], ...]
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class ListOf:
    """A boxed list."""

    items: tuple[Boxed, ...]
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Conditional:
    """A boxed if, then, else."""

    condition: Boxed | None
    yes: Boxed | None
    no: Boxed | None
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Iteration:
    """A boxed for, some or every (`kind`)."""

    kind: str
    variable: str
    source: Boxed | None
    body: Boxed | None
    type_ref: str = ""
    id: str = ""


@dataclass(frozen=True)
class Filter:
    """A boxed filter."""

    source: Boxed | None
    match: Boxed | None
    type_ref: str = ""
    id: str = ""


Boxed: TypeAlias = Literal | Table | Context | Invocation | FunctionDefinition | Relation | ListOf | Conditional | Iteration | Filter


@dataclass(frozen=True)
class InputData:
    """Something a decision is told."""

    id: str
    name: str
    type_ref: str = ""
    label: str = ""
    description: str = ""


@dataclass(frozen=True)
class Decision:
    """A decision: what it requires (references as `id`, or `namespace#id` of another model) and its logic. `edges` are the ids of
    the requirements by what they point to: a diagram draws its lines to them."""

    id: str
    name: str
    type_ref: str = ""
    requires: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    logic: Boxed | None = None
    description: str = ""
    label: str = ""
    edges: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """A business knowledge model: a function that decisions share."""

    id: str
    name: str
    logic: FunctionDefinition
    type_ref: str = ""
    knowledge: tuple[str, ...] = ()
    description: str = ""
    label: str = ""
    edges: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Service:
    """A decision service: some decisions as one function of input data and input decisions."""

    id: str
    name: str
    type_ref: str = ""
    outputs: tuple[str, ...] = ()
    encapsulated: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    input_data: tuple[str, ...] = ()
    description: str = ""
    label: str = ""


Element: TypeAlias = InputData | Decision | Knowledge | Service


@dataclass(frozen=True)
class Model:
    """One DMN file. `imports` are other models by the name they have here; `diagram` is kept as it was, for the modeller."""

    name: str
    namespace: str
    id: str = ""
    types: tuple[ItemType, ...] = ()
    elements: tuple[Element, ...] = ()
    imports: tuple[tuple[str, Model], ...] = ()
    diagram: str = field(default="", repr=False)
    description: str = ""

    def element(self, id: str) -> Element | None:
        """The element with this id, or with this name."""
        by_id = next((element for element in self.elements if element.id == id), None)
        return by_id or next((element for element in self.elements if element.name == id), None)

    def find(self, reference: str) -> tuple[Model, Element, str] | None:
        """The element a requirement points to, its model, and the name it was imported under ("" for this model)."""
        namespace, _, id = reference.rpartition("#")
        if not namespace or namespace == self.namespace:
            element = next((one for one in self.elements if one.id == id), None)
            return (self, element, "") if element else None
        return self._find_imported(namespace, id)

    def _find_imported(self, namespace: str, id: str) -> tuple[Model, Element, str] | None:
        for path, model in self.models():
            if path and model.namespace == namespace:
                element = next((one for one in model.elements if one.id == id), None)
                if element:
                    return model, element, path
        return None

    def models(self, path: str = "") -> Iterator[tuple[str, Model]]:
        """This model and all it imports, with the dotted name of the import; the nearest first."""
        yield path, self
        for name, model in self.imports:
            yield from model.models(f"{path}.{name}" if path else name)
