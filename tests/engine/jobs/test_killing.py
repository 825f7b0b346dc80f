"""Processes are killed while people apply and officers decide: nothing is lost, nothing is doubled.

A short run for every day; the long one is `python -m tests.engine.jobs.killing --kills 300 --database both`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from engine import cases
from engine.documents import Document
from engine.jobs.errands import LEASE
from engine.store import Store
from tests.engine.cases.scene import small_ads
from tests.engine.jobs.killing import kill_and_count
from tests.fixtures.databases import KEY

COURIER = Path(__file__).with_name("courier.py")
ROOT = Path(__file__).resolve().parents[3]
KILLS = 6


def test_processes_that_are_killed_at_random_lose_nothing_and_double_nothing(store: Store, tmp_path: Path) -> None:
    wrong, said = kill_and_count(store, tmp_path, KILLS)
    assert wrong == []
    assert said["killed"] == KILLS
    assert said["done"] > 0


def test_a_worker_that_is_killed_in_a_step_leaves_the_case_as_it_was_before(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"))
    scene.play(("rudi", "initial"))
    scene.do("dewi", "approve")
    command = [sys.executable, str(COURIER), store.url, KEY, str(tmp_path), "smtp://127.0.0.1:1", scene.now.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as worker:
        assert worker.stdout is not None
        assert any(line.startswith("took") for line in worker.stdout)  # the letter is being set in type
        os.kill(worker.pid, signal.SIGKILL)
    issued = scene.rows(Document)
    assert (scene.row().outcome, len(issued)) in ((None, 0), ("issued", 1))  # all of it or nothing
    scene.now += LEASE + timedelta(seconds=1)
    assert scene.work() == []
    assert len(scene.rows(Document)) == 1
    assert len(scene.rows(cases.Task, cases.Task.step == "issue")) == 1
