"""A worker process is killed in the middle of its work, again and again: nothing is lost, and the receiver counts nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from engine import cases, notices
from engine.documents import Document
from engine.jobs.errands import LEASE
from engine.notices import Notice
from engine.store import Errand, Store
from tests.engine.cases.scene import Scene, new_person, small_ads
from tests.engine.notices.post import serving
from tests.fixtures.databases import KEY

COURIER = Path(__file__).with_name("courier.py")
KILLS = 5
LETTERS = 25


class Counting:
    """A mail server that counts by Message-ID: what every receiver does who drops a message it has seen."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.seen[message_from_bytes(envelope.content)["Message-ID"]] += 1  # type: ignore[attr-defined]
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[Counting, str]]:
    handler = Counting()
    with serving(handler) as address:
        yield handler, address


def courier(store: Store, folder: Path, mail: str, at: datetime) -> subprocess.Popen[str]:
    """A worker process that has begun."""
    command = [sys.executable, str(COURIER), store.url, KEY, str(folder), mail, at.isoformat()]
    root = Path(__file__).resolve().parents[3]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})


def heard(worker: subprocess.Popen[str], word: str, times: int = 1) -> None:
    """Read on until the worker has said the word so often."""
    assert worker.stdout is not None
    for line in worker.stdout:
        times -= line.startswith(word)
        if not times:
            return
    raise AssertionError(f"the worker ended before it said {word}")


def kill(worker: subprocess.Popen[str]) -> None:
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)
    assert worker.stdout is not None
    worker.stdout.close()


def write_letters(scene: Scene) -> list[str]:
    with scene.store.unit() as session:
        reader = new_person(session, "reader", email="reader@contoh.go.id")
        told = [
            notices.tell(session, case=scene.case, to=reader, what="received", subject=f"{each}", body="x", at=scene.now)
            for each in range(LETTERS)
        ]
        return [each.id for each in told]


def test_a_worker_that_is_killed_five_times_loses_nothing_and_doubles_at_most_what_it_had_in_hand(
    store: Store, tmp_path: Path, post: tuple[Counting, str]
) -> None:
    handler, mail = post
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"))
    scene.play(("rudi", "initial"))
    letters = write_letters(scene)
    scene.do("dewi", "approve")  # and a permit to be issued
    at = scene.now
    for each in range(KILLS):
        worker = courier(store, tmp_path, mail, at)
        heard(worker, "took", each + 2)
        kill(worker)
        at += LEASE
    worker = courier(store, tmp_path, mail, at)
    heard(worker, "idle")
    kill(worker)
    assert all(each.done_at for each in scene.rows(Errand))
    assert {f"<{each}@contoh.go.id>" for each in letters} == set(handler.seen)
    assert sum(handler.seen.values()) <= LETTERS + KILLS  # a letter on the wire at the kill comes again, under the same Message-ID
    assert all(each.sent_at for each in scene.rows(Notice, Notice.id.in_(letters)))
    assert [each.number for each in scene.rows(Document)] == ["503/0001/REKLAME/2026"]
    assert scene.row().outcome == "issued"
    assert Counter(each.what for each in scene.rows(Notice))["issued"] == 1


def test_a_killed_worker_leaves_the_case_as_it_was_before_its_step(store: Store, tmp_path: Path, post: tuple[Counting, str]) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"))
    scene.play(("rudi", "initial"))
    scene.do("dewi", "approve")
    worker = courier(store, tmp_path, post[1], scene.now)
    heard(worker, "took")  # the letter is being set in type
    kill(worker)
    row = scene.row()
    issued = scene.rows(Document)
    assert (row.outcome, len(issued)) in ((None, 0), ("issued", 1))  # all of it or nothing
    scene.now += LEASE + timedelta(seconds=1)
    assert scene.work() == []
    assert len(scene.rows(Document)) == 1
    assert len(scene.rows(cases.Task, cases.Task.step == "issue")) == 1
