"""Whether a built-in function is called as it can be: the number, names and types of its arguments."""

from __future__ import annotations

from rules.errors import Finding
from rules.feel import kinship as k
from rules.feel.signature import Builtin, Parameter, Signature

_SAME_AS_ITEM = ("min", "max", "sum", "mean")
_SAME_LIST = ("sublist", "reverse", "remove", "distinct values", "sort")


def call_problem(function: Builtin, types: list[k.Type], names: list[str] | None) -> Finding | None:
    """The first thing wrong with a call, None when some way of calling the function takes it."""
    worst: Finding | None = None
    for signature in function.signatures:
        problem = _problem(signature, types, names)
        if problem is None:
            return None
        if worst is None or problem.code == "feel.wrong_argument":
            worst = problem
    return worst


def _problem(signature: Signature, types: list[k.Type], names: list[str] | None) -> Finding | None:
    parameters = signature.parameters
    if names is None:
        if signature.rest:
            return None if len(types) >= len(parameters) else _count(signature, len(types))
        if not signature.needed <= len(types) <= len(parameters):
            return _count(signature, len(types))
        pairs = list(zip(parameters, types, strict=False))
    else:
        known = {parameter.name: parameter for parameter in parameters}
        unknown = next((name for name in names if name not in known), None)
        if unknown is not None:
            return Finding("", "feel.unknown_argument", {"argument": unknown, "expected": ", ".join(known)})
        pairs = [(known[name], kind) for name, kind in zip(names, types, strict=True)]
    return next((problem for parameter, kind in pairs if (problem := _argument(parameter, kind))), None)


def _count(signature: Signature, given: int) -> Finding:
    least, most = signature.needed, len(signature.parameters)
    expected = f"{least}" if least == most else f"{least} to {most}"
    return Finding("", "feel.wrong_number_of_arguments", {"given": given, "expected": expected})


def _argument(parameter: Parameter, kind: k.Type) -> Finding | None:
    if parameter.kind in ("any", "list") or (kind == "Null" and parameter.nullable):
        return None
    found = k.kinds(kind)
    fits = not found or "list" in found or any(parameter.takes(one) for one in found)
    if fits or (parameter.kind == "date and time" and "date" in found):
        return None
    return Finding("", "feel.wrong_argument", {"argument": parameter.name, "expected": parameter.kind, "found": k.word(kind)})


def result_of(function: Builtin, types: list[k.Type], names: list[str] | None) -> k.Type:
    """The type of what a call gives."""
    if function.name in _SAME_AS_ITEM and types:
        return k.item(types[0])
    if function.name in _SAME_LIST and types and k.kinds(types[0]) == {"list"}:
        return types[0]
    fitting = [signature for signature in function.signatures if _problem(signature, types, names) is None]
    gives = {signature.gives for signature in fitting or function.signatures}
    if len(gives) != 1:
        return "any"
    made = gives.pop()
    return ["list", made[5:-1]] if made.startswith("list<") else ["list", "any"] if made == "list" else made
