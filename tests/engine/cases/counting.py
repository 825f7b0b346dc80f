"""Counting what a piece of work costs: statements to the database, commits, Python calls. Exact figures; time is never measured here."""

from __future__ import annotations

import gc
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from engine import documents
from engine.procedures import Bundle
from engine.store import Store

WORK = (Bundle.decide.__code__, documents.render_text.__code__)


@dataclass
class Cost:
    """`statements` without BEGIN; `commits` of the driver; `calls` of Python functions, and `work`: those among them that were made to
    decide what a table says, or to word a message."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0
    calls: int = 0
    work: Counter[str] = field(default_factory=Counter)


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile, without BEGIN and COMMIT."""
    with costing(store) as cost:
        yield cost.statements


@contextmanager
def costing(store: Store, *, calls: bool = False) -> Iterator[Cost]:
    """What is done meanwhile: statements and commits, or `calls` when asked for."""
    cost = Cost()
    inside: list[str] = []

    def said(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT")):
            cost.statements.append(re.sub(r"\s+", " ", statement)[:110])

    def committed(_connection: Any) -> None:
        cost.commits += 1

    def called(frame: Any, what: str, _argument: Any) -> None:
        apart = frame.f_code in WORK
        if what == "call":
            cost.calls += 1
            if apart:
                inside.append(frame.f_code.co_name)
            if inside:
                cost.work[inside[-1]] += 1
        elif what == "return" and apart:
            inside.pop()

    heard = () if calls else (("before_cursor_execute", said), ("commit", committed))  # listeners would be called, too
    for name, listener in heard:
        event.listen(store.engine, name, listener)
    gc.collect()
    gc.disable()  # what is thrown away meanwhile may call anything
    sys.setprofile(called if calls else None)
    try:
        yield cost
    finally:
        sys.setprofile(None)
        gc.enable()
        for name, listener in heard:
            event.remove(store.engine, name, listener)
