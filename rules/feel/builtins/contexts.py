"""Context functions (DMN 1.5, 10.3.4.11). Contexts are never changed in place."""

from __future__ import annotations

from rules.feel.bounds import Budget
from rules.feel.signature import Call, builtin
from rules.feel.values import Value

Context = dict[str, Value]


@builtin("get value", "m: context, key: string", gives="any")
def get_value(context: Context, key: str) -> Value:
    return context.get(key)


@builtin("get value", "m: context, keys: list", gives="any")
def get_deep_value(context: Context, keys: list[Value]) -> Value:
    value: Value = context
    for key in keys:
        if not isinstance(value, dict) or not isinstance(key, str):
            return None
        value = value.get(key)
    return value if keys else None


@builtin("get entries", "m: context", gives="list", asks=True)
def get_entries(budget: Budget, call: Call, context: Context) -> Value:
    budget.spend(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context", "entries: list", gives="context")
def context_of(entries: list[Value]) -> Value:
    made: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry or entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put", "context: context, key: string, value: any", gives="context", asks=True)
def context_put(budget: Budget, call: Call, context: Context, key: str, value: Value) -> Value:
    budget.spend(1 + len(context) // 4)
    return {**context, key: value}


@builtin("context put", "context: context, keys: list, value: any", gives="context", asks=True)
def context_put_deep(budget: Budget, call: Call, context: Context, keys: list[Value], value: Value) -> Value:
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    *path, last = keys
    made = inner = dict(context)
    for key in path:
        budget.spend(1 + len(inner) // 4)
        below = inner.get(key)
        if below is not None and not isinstance(below, dict):
            return None
        inner[key] = dict(below or {})
        inner = inner[key]
    inner[last] = value
    return made


@builtin("context merge", "contexts: list", gives="context", asks=True)
def context_merge(budget: Budget, call: Call, contexts: list[Value]) -> Value:
    made: Context = {}
    for one in contexts:
        if not isinstance(one, dict):
            return None
        budget.spend(1 + len(one) // 4)
        made.update(one)
    return made
