"""`loket check` with files that are broken at random: each runs to an end, goes round for want of an answer, or is refused in sentences.

More of them: `python -m tests.loket.test_check_mangled COUNT SEED`, which ends with 1 at the first that is neither.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import rules
from engine import calendar, flow, procedures
from loket import procedures as files
from tests.engine.flow.mangling import mangled
from tests.engine.flow.test_mutants import strange, whole

TOOLS = Path(__file__).parents[1] / "engine" / "flow" / "tools"
WEEK = calendar.Calendar.read(zone="Asia/Jakarta")


def outcome(file: Path, data: bytes) -> str:
    """refused, ended, round (without an answer it never ends) or asks (an expression needs an answer)."""
    file.write_bytes(data)
    said: list[str] = []
    codes = {files.check(file, lang=lang, say=said.append) for lang in ("id", "en")}
    assert len(codes) == 1
    assert not [line for line in said if "Traceback" in line or "process." in line.partition(": ")[2][:8]], said
    if codes == {1}:
        assert len(said) >= 4, "a refusal says why"
        return "refused"
    adopted = flow.adopt(data, file=file.name, functions=procedures.FUNCTIONS)
    process = flow.load(adopted.bpmn, file=file.name, functions=procedures.FUNCTIONS)
    try:
        return played(process)
    except (flow.NoWayOut, flow.Endless):
        return "asks"
    except (flow.NoTime, flow.NoList, flow.NoKey) as asks:
        if not reads(process.steps[str(asks.facts["step"])]):
            raise
        return "asks"


def reads(step: flow.Step) -> bool:
    return any(rules.compile(text, names=procedures.FUNCTIONS).fields for text in procedures.texts_of(step))


def played(process: flow.Process) -> str:
    """Complete every task, the last one opened first, and answer nothing."""
    now = WEEK.local(datetime(2027, 3, 1, 3, tzinfo=UTC))

    def env() -> flow.Env:
        return flow.Env(now=now, functions=WEEK.functions(now), decide=lambda *_: rules.Decided(None, ()))

    moved = flow.start(process, facts={}, env=env())
    for _ in range(150):
        if moved.ended is not None:
            return "ended"
        opened = flow.snapshot(process, moved.state).open
        if opened:
            moved = flow.complete(process, moved.state, opened[-1].task, {}, env=env())
        else:
            assert moved.timers, "it waits for nothing that could happen"
            now = max(moved.timers[0].at, now).astimezone(now.tzinfo) + timedelta(minutes=1)
            moved = flow.wake(process, moved.state, env=env())
    return "round"


def samples() -> dict[str, bytes]:
    return {"whole": whole(), "strange": strange(), **{file.stem: file.read_bytes() for file in sorted(TOOLS.glob("*.bpmn"))}}


@pytest.mark.parametrize("seed", range(3))
def test_a_file_that_is_broken_at_random_runs_or_is_refused(tmp_path: Path, seed: int) -> None:
    told: Counter[str] = Counter()
    for number in range(25):
        name, data = random.Random(seed * 1000 + number).choice(list(samples().items()))
        told[outcome(tmp_path / f"{name}.bpmn", mangled(data, seed * 1000 + number))] += 1
    assert told["refused"] > 5
    assert told["ended"] >= 1


def main(count: int, seed: int) -> int:
    """Many, with samples of one's own when a folder is given."""
    known = samples() | {file.stem: file.read_bytes() for folder in sys.argv[3:] for file in sorted(Path(folder).glob("*.bpmn"))}
    told: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + count):
            name, data = random.Random(number).choice(list(known.items()))
            try:
                told[outcome(Path(folder) / f"{name}.bpmn", mangled(data, number))] += 1
            except Exception as why:  # whatever it is, it is what is looked for
                wrong += 1
                print(f"seed {number}, {name}: {type(why).__name__} {why}")
    print(dict(told), "wrong:", wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
