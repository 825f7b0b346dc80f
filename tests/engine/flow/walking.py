"""Walk random processes beside the oracle: python -m tests.engine.flow.walking --count 1000 --seed 1

Ends with 1 at the first process that behaves otherwise, and prints it as BPMN. The state is stored at every step, at every other two it is
read again, and all facts are compared: once with every branch writing the same names (`shared`), once with every step also writing its
own (`apart`).
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from engine import flow

from .blocks import ALL, Block, blocks, whole
from .oracle import Oracle

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


class Wrong(AssertionError):
    """The engine and the oracle disagree."""

    def __init__(self, seed: int, what: str, bpmn: bytes) -> None:
        self.bpmn = bpmn
        super().__init__(f"seed {seed}: {what}")


MODES = ("shared", "apart")


@dataclass(frozen=True)
class Said:
    """What a table says."""

    value: Any
    fired: tuple[Any, ...] = ()


class Walk:
    """One case of one random process, and what the oracle says of it."""

    def __init__(self, seed: int, kinds: tuple[str, ...] = ALL, mode: str = "shared") -> None:
        self.seed, self.rnd, self.mode = seed, random.Random(seed), mode
        self.days, self.steps, self.mark = 0, 0, 0
        self.block = blocks(self.rnd, self.rnd.choice([2, 3, 4, 5]), itertools.count(), kinds)
        self.bpmn = whole(self.block)

    def go(self, limit: int = 60) -> int:
        """Walk to the end, or as far as anyone may be expected to look; the number of steps. Raises Wrong."""
        try:
            self._begin()
            while self.steps < limit and not self._is_over():
                self._step()
        except Wrong:
            raise
        except Exception as trouble:
            raise Wrong(self.seed, f"{type(trouble).__name__}: {trouble}", self.bpmn) from trouble
        return self.steps

    def _begin(self) -> None:
        self.process = flow.load(self.bpmn)
        facts = self._answers()
        self.oracle = Oracle(dict(facts))
        self.oracle.start(self.block)
        self.moved = flow.start(self.process, facts=facts, env=self.env())

    def env(self) -> flow.Env:
        return flow.Env(now=NOW + timedelta(days=self.days), decide=lambda name, facts: Said(facts["mark"]))

    def _answers(self, step: str = "") -> dict[str, Any]:
        """What a step writes: the names that conditions read; and, apart, what it alone writes, nested and with repeated members."""
        self.mark += 1
        own = {step: {"mark": self.mark, "list": [self.mark % 3, self.mark % 3, None]}} if step and self.mode == "apart" else {}
        rnd = self.rnd
        chances = {"way": 0.5, "again": 0.3, "one": 0.5, "two": 0.5}
        return {**{name: rnd.random() < chance for name, chance in chances.items()}, "mark": self.mark, **own}

    def _is_over(self) -> bool:
        shot = flow.snapshot(self.process, self.moved.state)
        users = [each for each in shot.open if each.step.kind in {"user", "rule"}]
        self.open = {each.task: key_of(each) for each in users}
        self.steps_open = {each.task: each.step.id for each in users}
        self._same("open", Counter(self.open.values()), self.oracle.names())
        self._same("ended", self.moved.ended is not None, self.oracle.ended)
        self._same("facts", dict(self.moved.facts), dict(self.oracle.root.facts))
        self._same("stored facts", dict(shot.facts), dict(self.oracle.root.facts))
        self._same("local facts", sorted(map(local_of, users)), sorted(map(repr, self.oracle.local_facts())))
        return self.oracle.ended

    def _same(self, what: str, found: object, right: object) -> None:
        if found != right:
            raise Wrong(self.seed, f"after {self.steps} steps, {what}: {found} and not {right}", self.bpmn)

    def _step(self) -> None:
        self.steps += 1
        if self.rnd.random() < 0.1:
            self.days += 1
            self.oracle.wake(self.days)
            self.moved = flow.wake(self.process, self.moved.state, env=self.env())
            return
        messages = self.oracle.messages()
        if messages and (not self.open or self.rnd.random() < 0.2):
            self._send(self.rnd.choice(messages))
            return
        if not self.open:
            return
        task = self.rnd.choice(list(self.open))
        answers = self._answers(self.steps_open[task])
        self.oracle.complete(self.open[task], answers)
        where = self.moved if self.steps % 4 > 1 else self.moved.state  # at once, as after an automatic step, or stored and read again
        self.moved = flow.complete(self.process, where, task, answers, env=self.env())

    def _send(self, message: str) -> None:
        self.oracle.send(message)
        self.moved = flow.send(self.process, self.moved.state, message, {}, env=self.env())


def key_of(opened: flow.Opened) -> str:
    """The same as `oracle.Token.key`."""
    items = sorted((name, value) for name, value in opened.local.items() if name.startswith("it_"))
    return f"{opened.step.id} {items}" if items else opened.step.id


def local_of(opened: flow.Opened) -> str:
    """What only one instance knows, as text; how it counts members is its own affair."""
    return repr(sorted((name, value) for name, value in opened.local.items() if name != "loopCounter"))


def kinds_in(block: Block) -> set[str]:
    """Which kinds of blocks a process has."""
    return {block.kind}.union(*(kinds_in(each) for each in block.inner))


def main(arguments: Sequence[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="oracle", description=(__doc__ or "").partition(":")[0])
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--mode", choices=MODES, help="how facts are written; without it, both ways")
    given = asked.parse_args(arguments)
    steps, kinds = 0, Counter[str]()
    for seed in range(given.seed, given.seed + given.count):
        for mode in (given.mode,) if given.mode else MODES:
            walk = Walk(seed, mode=mode)
            try:
                steps += walk.go()
            except Wrong as wrong:
                print(wrong.bpmn.decode(), f"\nWRONG {wrong} ({mode})", sep="\n")
                return 1
        kinds.update(kinds_in(walk.block))
    print(f"{given.count} processes, {steps} steps, facts {given.mode or ' and '.join(MODES)}: 0 wrong, 0 exceptions")
    print("processes with:", ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
