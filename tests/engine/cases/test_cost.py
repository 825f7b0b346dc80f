"""What completing a task costs, exactly: statements, commits, Python calls, bytes. These are gates; `python -m bench` measures time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson

from engine import cases
from engine.store import Store
from tests.engine.cases.counting import Cost, costing
from tests.engine.cases.scene import Scene, billboard
from tests.engine.cases.small import stall, stall_case, straight
from tests.engine.flow.drawing import Drawing

# Statements. A plain step: read the task, its case and the applicant behind the lock; close the task and open the next; keep the case; the
# journal (what was sent in, decided, said, and what happened). Each kind of automatic work adds the statements of its own rows and none
# else, however many steps there are.
PLAIN, LIMIT = 4, 6
ADDS = {"files": 1, "number": 1, "fee": 1, "payment": 2, "errand": 1}
# Calls of Python functions, with everything that the step makes (`application` words a message); the same rows written through SQLAlchemy
# Core without an engine take some 480. The tax comes after `road_check` by itself, in a unit of its own: twelve decisions and a message.
GOAL = 1_000
MOST_CALLS = {
    "survey": 440, "pay": 440, "initial": 470, "road_check": 590, "approve": 600, "confirm": 670, "verify": 700, "application": 940,
}  # fmt: skip
LATER = {"calls": 1_650, "decide": 560, "render_text": 300}
ON_POSTGRESQL = 1.8  # psycopg is Python where sqlite3 is C


@dataclass(frozen=True)
class Way:
    """A step of reklame, and the automatic work that completing it sets going."""

    who: str
    step: str
    adds: tuple[str, ...] = ()
    wait: timedelta = timedelta(0)

    @property
    def statements(self) -> int:
        return PLAIN + sum(ADDS[each] for each in self.adds)


BILLBOARD = (
    Way("sari", "application", ("files", "number")),
    Way("budi", "verify"),
    Way("tuti", "survey", ("files",), timedelta(days=1)),
    Way("agus", "road_check", ("errand",)),
    Way("sari", "pay", ("files",), timedelta(days=1)),
    Way("nina", "confirm", ("payment",)),
    Way("rudi", "initial"),
    Way("dewi", "approve", ("number", "errand")),
)


def cost_of(scene: Scene, who: str, step: str, given: dict[str, Any] | None = None, *, calls: bool = False) -> Cost:
    """Complete the newest task of a step as a door does: the unit is open, the person known."""
    told = scene.deeds.get(step)
    task = scene.task(step)
    answers = scene.check(who, task, given or (told.answers if told else {}), told.files if told else {})
    with costing(scene.store, calls=calls) as cost, scene.store.unit() as session:
        person = scene.person(session, who)
        known = len(cost.statements), cost.calls
        cases.complete(session, scene.office, task, answers, by=person, at=scene.now)
    del cost.statements[: known[0]]
    cost.calls -= known[1]
    return cost


def test_each_step_of_reklame_takes_exactly_so_many_statements_and_one_commit(store: Store, tmp_path: Path) -> None:
    scene, told = billboard(store, tmp_path), {}
    for way in BILLBOARD:
        scene.now += way.wait
        cost = cost_of(scene, way.who, way.step)
        told[way.step] = len(cost.statements), cost.commits
        assert told[way.step] == (way.statements, 1), "\n".join([f"{way.step} {way.adds}:", *cost.statements])
        assert scene.work() == []
    assert (scene.row().outcome, told["initial"]) == ("issued", (PLAIN, 1))
    assert max(statements for statements, _ in told.values()) <= LIMIT


def ring() -> Drawing:
    """A refusal of an application for an area of 1 goes back to the officer, as often as they like."""
    pen = straight()
    pen.parts = [part for part in pen.parts if 'sourceRef="receive"' not in part]
    pen.choice("back").chain("receive", "back", "verify")
    return pen.flow("ok", "back", '= verify.result = "no" and application.area = 1', "again")


def looping(store: Store, folder: Path) -> Scene:
    """A case in a loop of one officer's step, at its first pass."""
    scene = stall_case(store, folder, stall(ring()))
    scene.do("sari", "application", {"area": "1"})
    return scene


def test_no_step_takes_more_python_calls_than_it_may(store: Store, tmp_path: Path) -> None:
    scene, calls = billboard(store, tmp_path), {}
    for passing in range(2):  # the first case compiles what all cases share
        if passing:
            scene.open("sari")
        for way in BILLBOARD:
            scene.now += way.wait
            calls[way.step] = cost_of(scene, way.who, way.step, calls=True).calls
            assert scene.work() == []
    times = ON_POSTGRESQL if store.engine.dialect.name == "postgresql" else 1
    assert {step: count for step, count in calls.items() if count > MOST_CALLS[step] * times} == {}, calls
    assert max(MOST_CALLS.values()) <= GOAL


def test_the_tax_that_comes_later_costs_no_more_than_it_may(store: Store, tmp_path: Path) -> None:
    scene, told = billboard(store, tmp_path), {}
    for counts_calls in (False, True):
        if counts_calls:
            scene.open("sari")
        for way in BILLBOARD[:4]:
            scene.now += way.wait
            scene.do(way.who, way.step)
        task = scene.task("tax")
        with costing(scene.store, calls=counts_calls) as cost, scene.store.unit() as session:
            cases.ask_table(session, scene.office, task, at=scene.now)
        assert scene.waiting() == ["pay"]
        if not counts_calls:
            assert (len(cost.statements), cost.commits) == (PLAIN + ADDS["fee"], 1), cost.statements
        told = {"calls": cost.calls, **cost.work}
    times = ON_POSTGRESQL if store.engine.dialect.name == "postgresql" else 1
    assert {what: count for what, count in told.items() if count > LATER[what] * times} == {}, told


def test_the_hundredth_pass_of_a_loop_costs_what_an_early_one_cost(store: Store, tmp_path: Path) -> None:
    scene = looping(store, tmp_path)
    costs, sizes, measured = {}, {}, {29: True, 4: False, 50: False, 98: False, 99: True}  # calls are counted, or statements
    for place in range(100):
        scene.now += timedelta(minutes=1)
        if place in measured:
            costs[place] = cost_of(scene, "budi", "verify", {"result": "no"}, calls=measured[place])
            sizes[place] = len(scene.row().state)
        else:
            scene.do("budi", "verify", {"result": "no"})
    assert [(len(costs[place].statements), costs[place].commits) for place in (4, 50, 98)] == [(PLAIN, 1)] * 3
    assert costs[99].calls <= costs[29].calls * 1.02  # the driver of PostgreSQL prepares what it has seen some times
    assert max(sizes.values()) - min(sizes.values()) <= 8


def test_the_state_is_at_most_twice_the_json_of_the_answers(store: Store, tmp_path: Path) -> None:
    scene = billboard(store, tmp_path)
    for way in BILLBOARD[:-1]:
        scene.now += way.wait
        cost_of(scene, way.who, way.step)
        assert scene.work() == []
        newest = {row.form: row.given for row in scene.rows(cases.Submission)}
        assert len(scene.row().state) <= 2 * len(orjson.dumps(newest)), way.step
