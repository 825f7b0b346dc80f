"""Texts that try to use up the server: each must end within 0.3 s of processor time and 64 MB.

    python -m bench.hostile"""

from __future__ import annotations

import json
import os
import resource
import sys
from time import process_time
from typing import Any

import rules

SECONDS, MEGABYTES = 0.3, 64
_DOUBLING = 'for i in 1..{} return if i = 1 then {} else {}'
_DAG = _DOUBLING.format(60, "[1]", "[partial[-1], partial[-1]]")
_LONG = "string(10**6000)"
_NAMES = "{" + ", ".join(f"a {chr(97 + i % 26)}{i}: 1" for i in range(600)) + ", z: " + "+".join(["a"] * 1200) + "}"


def _wide(body: str) -> str:
    """The body in a scope of many names."""
    return "{" + ", ".join(f"k{i}: {i}" for i in range(700)) + ", z: " + body + "}.z"


# Texts that only a bound can end. FeelLimit it must be.
REFUSED: dict[str, str] = {
    "long loop": "count(for i in 1..10000000 return i*i)",
    "three loops": "count(for a in 1..1000, b in 1..1000, c in 1..1000 return 1)",
    "endless range": "count(for i in 1..100000000000 return i)",
    "huge bounds": "count(for i in 10**6000..-(10**6000) return i)",
    "all days": 'count(for d in date("0001-01-01")..date("9999-12-31") return d)',
    "doubling text": _DOUBLING.format(45, '"aaaaaaaaaa"', "partial[-1] + partial[-1]"),
    "doubling list": _DOUBLING.format(45, "[1]", "concatenate(partial[-1], partial[-1])"),
    "doubling join": _DOUBLING.format(45, '"aaaaaaaaaa"', 'string join([partial[-1], partial[-1]], "-")'),
    "doubling by replace": _DOUBLING.format(45, '"aaaaaaaaaa"', 'replace(partial[-1], "a", "aaaaaaaaaaaaaaaaaaaa")'),
    "replace by itself": _DOUBLING.format(9, '"aaaaaaaaaa"', 'replace(partial[-1], "a+", "$0$0$0$0$0$0$0$0$0$0$0$0")'),
    "shared lists": _DAG,
    "shared lists compared": f"({_DAG})[-1] = ({_DAG})[-1]",
    "shared lists printed": f"string(({_DAG})[-1])",
    "shared lists flattened": f"flatten(({_DAG})[-1])",
    "shared lists distinct": f"distinct values([({_DAG})[-1], ({_DAG})[-1]])",
    "members of shared lists": f"(({_DAG})[-1]).x",
    "recursion": "{f: function(n) f(n+1), r: f(1)}.r",
    "recursion twice": "{f: function(n) f(n+1) + f(n+1), r: f(1)}.r",
    "recursion by filter": "{f: function(n) [1,2,3][f(n+1)], r: f(1)}.r",
    "brackets": "(" * 3000 + "1" + ")" * 3000,
    "very many brackets": "(" * 100_000,
    "lists": "[" * 4000 + "]" * 4000,
    "minuses": "-" * 5000 + "1",
    "long chain": "+".join(["1"] * 4000),
    "long text": "+".join(["1"] * 10_000),
    "filters": "a" + "[1]" * 3000,
    "dots": "a" + ".b" * 4000,
    "going back in ranges": "[1..a[" * 55 + "1",
    "functions keeping scopes": _wide("for i in 1..100000 return function() i"),
    "contexts keeping scopes": _wide("for i in 1..100000 return {f: function() i}"),
    "copies of partial": "for i in 1..100000 return partial",
    "sorting": "count(sort(for i in 1..20000 return 20000-i, function(a,b) a<b))",
    "distinct": "count(distinct values(for i in 1..30000 return i))",
    "printing numbers": "count(for i in 1..90000 return string(10**6000 + i))",
    "many ranges": 'count(for i in 1..90000 return range("[" + string(i) + "..9999999]"))',
    "many patterns": 'count(for i in 1..90000 return matches("abc", "a{" + string(modulo(i, 900)) + "}(b|c)*x"))',
    "heavy pattern": 'count(for i in 1..90000 return matches(string(10**6000), "(1|0|10)*(a{900}|0{900})x"))',
    "wide scope": _wide("count(for i in 1..90000 return [1,2,3][item > i])"),
    "many decimals": "for i in 1..90000 return i / 7 ** 0.5",
    "wide texts": 'for i in 1..90000 return "\u6f22\u6f22\u6f22\u6f22\u6f22\u6f22\u6f22\u6f22\u6f22\u6f22" + string(10**40 + i)',
    "loops over characters": f'count(for c in split({_LONG}, ""), d in split({_LONG}, "") return c + d)',
    "splitting again": f'for i in 1..5000 return count(split({_LONG} + string(i), ""))',
    "replacing by groups": f'for i in 1..5000 return replace({_LONG}, "(0)", "$1$1$1$1$1$1$1$1")',
    "joining in loops": f'for i in 1..90000 return string join(for j in 1..300 return {_LONG}, "-")',
    "contexts in contexts": "(for i in 1..20000 return if i = 1 then {a: 1} else {a: partial[-1], b: partial[-1]})[-1]",
    "deep lists compared": "{l: (for i in 1..5000 return if i = 1 then [1] else [partial[-1], 2])[-1], r: l = [l]}.r",
    "growing contexts": '(for i in 1..20000 return if i = 1 then {} else context put(partial[-1], "k" + string(i), i))[-1]',
    "wide contexts": "for i in 1..90000 return {" + ",".join(f"a{n}: 1" for n in range(900)) + "}",
    "huge exponents": "for i in 1..90000 return 1.000000001 ** (10**30 + i)",
    "broken exponents": "for i in 1..90000 return (i + 0.1) ** 1234.5678",
    "adding months": 'for i in 1..90000 return @"2020-01-31" + duration("P" + string(i) + "M") - @"0001-01-01"',
    "moments of zones": 'for i in 1..90000 return @"2020-01-01T00:00:00@Asia/Jakarta" + @"PT1H" * i > @"2021-01-01T00:00:00Z"',
    "zones that are none": 'for i in 1..90000 return time("10:00:00@Zone/X" + string(i))',
    "fibonacci": "{fib: function(n) if n < 2 then n else fib(n-1) + fib(n-2), r: fib(40)}.r",
    "calling each other": "{f: function(n) if n = 0 then 0 else g(n-1), g: function(n) f(n) + f(n), r: f(40)}.r",
    "calling itself by argument": "(function(f) f(f))(function(f) f(f))",
    "replacing in long lists": "for i in 1..5000 return list replace(for j in 1..900 return j, i, 0)",
    "replacing by a match": "for i in 1..500 return list replace(for j in 1..900 return j, function(item, new) item > 3, i)",
    "slow comparator": "sort(for i in 1..3000 return i, function(a,b) count(for k in 1..2000 return k) > a - b)",
    "lying comparator": "sort(for i in 1..30000 return modulo(i * 7919, 101), function(a,b) true)",
    "many variables": "some " + ", ".join(f"v{n} in [1,2]" for n in range(60)) + " satisfies false",
    "functions on functions": "(for i in 1..900 return if i = 1 then function(x) x else function(x) partial[-1](x))[-1](1)",
}
# Texts that are bounded by what they are: they may end with a value, null, an error or a limit, but soon.
BOUNDED: dict[str, str] = {
    "exploding pattern": 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")',
    "exploding replace": 'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|aa)+$", "b")',
    "huge repeats": 'matches("a", "((((a{100}){100}){100}){100})")',
    "going back": "1 in (" * 55 + "1" + ")" * 50,
    "powers": "10 ** 999999999",
    "powers of powers": "(10 ** 6000) ** 6000",
    "tiny powers": "0.9999999 ** 999999999.5",
    "far bounds": "5 in [1..100000000000]",
    "many names": _NAMES,
    "spaces in arguments": "f(a" + " " * 9000 + ")",
    "open comments": "1" + "/*1" * 3000,
    "long durations": 'duration("P" + string(10**50) + "Y")',
    "long months": "years and months duration(@\"0001-01-01\", @\"9999-01-01\") * 10**40",
    "many choices": 'matches("x", "' + "|".join(f"a{i}" for i in range(1500)) + '")',
    "deep ifs": "if true then " * 150 + "1" + " else 2" * 150,
    "deep types of instances": "x instance of " + "list<" * 150 + "number" + ">" * 150,
    "many unknown names": "+".join(f"name{i}x" for i in range(190)),
    "deep types": "{" + ", ".join(f"k{i}: {{a: k{i - 1}, b: k{i - 1}}}" for i in range(1, 150)) + ", z: if k149 = 1 then k149 else k148}",
}


def attack(text: str) -> str:
    """Compile, check and run a text; the class of what ended it, or "value"."""
    try:
        rules.check(text, {"area": "number"})
        rules.evaluate(text, {"area": 1})
    except rules.RuleError as error:
        return type(error).__name__
    return "value"


def measured(text: str) -> dict[str, Any]:
    """The outcome of an attack in a process of its own: seconds of processor time and megabytes beyond the start."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        before, began = _megabytes(), process_time()
        outcome = attack(text)
        facts = {"outcome": outcome, "seconds": process_time() - began, "megabytes": _megabytes() - before}
        os.write(writer, json.dumps(facts).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return dict(json.loads(answer)) if answer else {"outcome": "died", "seconds": 0.0, "megabytes": 0.0}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    rules.evaluate('matches("a", "a") and 1 + 1 = 2', {})
    bad = 0
    for name, text in {**REFUSED, **BOUNDED}.items():
        facts = measured(text)
        wrong = facts["seconds"] > SECONDS or facts["megabytes"] > MEGABYTES or (name in REFUSED and facts["outcome"] != "FeelLimit")
        bad += wrong
        print(f"{'BAD' if wrong else 'ok ':3} {name:26} {facts['seconds']:5.2f} s {facts['megabytes']:6.1f} MB  {facts['outcome']}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
