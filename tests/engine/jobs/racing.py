"""Two officers on one task, again and again: one wins, the other hears a sentence.

    python -m tests.engine.jobs.racing --races 300 --database both

Three kinds of race, in turns: completing one task by the verbs in two threads; claiming it; completing it by HTTP at a running server.
Ends with 1 when a race had another outcome than one winner, one sentence, and everything written once.
"""

from __future__ import annotations

import argparse
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import cases, people
from engine.cases import Submission, Task
from engine.store import EngineError, Store
from engine.timeline import Event
from tests.engine.cases.scene import Scene, race
from tests.engine.cases.small import stall, stall_case
from tests.engine.jobs.busy import PASSWORD, Browser
from tests.engine.jobs.one import OneDatabase
from tests.fixtures.browser import Served, serving
from tests.fixtures.databases import KEYS

SENTENCES = ("cases.task_gone", "cases.task_taken", "engine.conflict", "cases.ended")
TOLD = ("is working on this step", "This was already done", "Someone else changed", "is done or no longer needed")
Race = Callable[[], list[str]]


class Verbs:
    """Races by the verbs, each of the two with a store of their own, as two web processes have."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.scene = stall_case(store, folder, stall())
        self.stores = [Store(store.url, KEYS), Store(store.url, KEYS)]

    def fresh(self) -> str:
        """A new case; its open task."""
        self.scene.open("sari")
        self.scene.do("sari", "application", {"area": "1"})
        return self.scene.task("verify")

    def completing(self) -> list[str]:
        """Both say how it was decided, one yes and one no."""
        task, scene = self.fresh(), self.scene
        said = {who: scene.check(who, task, {"result": "no"}) for who in ("budi", "beni")}

        def complete(store: Store, who: str) -> str:
            with store.unit() as session:
                person = people.by_id(session, scene.cast[who])
                cases.complete(session, scene.office, task, said[who], by=person, at=scene.now)
            return who

        told = race(*(lambda store=store, who=who: complete(store, who) for store, who in zip(self.stores, said, strict=True)))
        return [*outcome(told), *written_once(scene.store, scene.case, task)]

    def claiming(self) -> list[str]:
        """Both take it for themselves."""
        task, scene = self.fresh(), self.scene

        def claim(store: Store, who: str) -> str:
            with store.unit() as session:
                cases.claim(session, task, by=people.by_id(session, scene.cast[who]), at=scene.now)
            return who

        told = race(*(lambda store=store, who=who: claim(store, who) for store, who in zip(self.stores, ("budi", "beni"), strict=True)))
        wrong = outcome(told)
        (row,) = scene.rows(Task, Task.id == task)
        winners = [scene.cast[each] for each in told if isinstance(each, str)]
        return wrong if [row.assignee] == winners else [*wrong, f"the task is {row.assignee}'s, not the winner's"]

    def close(self) -> None:
        """Give the connections back."""
        for store in self.stores:
            store.close()


class Pages:
    """Races at a running server: two browsers, one button."""

    def __init__(self, served: Served, scene: Scene) -> None:
        self.scene = scene
        self.browsers = [Browser(served.url, f"{who}@example.org") for who in ("budi", "beni")]
        for browser in self.browsers:
            browser.sign_in()
            assert browser.inside, browser.text[:500]

    def completing(self) -> list[str]:
        """Both have the page open and send it."""
        scene = self.scene
        scene.open("sari")
        scene.do("sari", "application", {"area": "1"})
        task, gate = scene.task("verify"), threading.Barrier(2)
        for browser in self.browsers:
            browser.open(f"/desk/tasks/{task}")

        def send(browser: Browser) -> str:
            gate.wait(60)
            check = browser.open(f"/desk/tasks/{task}/pages/one", {"result": "no"})
            if check.endswith("/check"):
                browser.open(check, {})
            return browser.where

        told = race(*(lambda browser=browser: send(browser) for browser in self.browsers))
        losers = [browser for browser, where in zip(self.browsers, told, strict=True) if where != "/desk"]
        wrong = [] if len(losers) == 1 else [f"by HTTP {2 - len(losers)} won: {told}"]
        wrong += [f"a loser heard no sentence: {_words(each.text)[:300]}" for each in losers if not _heard(each.text)]
        return [*wrong, *written_once(scene.store, scene.case, task)]


def _heard(page: str) -> bool:
    return any(sentence in _words(page) for sentence in TOLD)


def _words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def outcome(told: list[Any]) -> list[str]:
    """What is wrong with it: not one winner and one who hears a sentence."""
    refused = [each for each in told if isinstance(each, EngineError)]
    if len(refused) != 1 or len(told) != 2:
        return [f"not one winner: {told}"]
    return [] if refused[0].code in SENTENCES and str(refused[0]) else [f"no sentence for the loser: {refused[0]!r}"]


def written_once(store: Store, case: str, task: str) -> list[str]:
    """What is wrong with the rows: more or less than one completion of the task."""
    with store.reading() as session:
        events = Counter(session.scalars(select(Event.what).where(Event.case_id == case)))
        sent = [each.by for each in session.scalars(select(Submission).where(Submission.case_id == case)) if each.task_id == task]
        row = session.get_one(Task, task)
    wrong = [] if len(sent) == 1 and row.done_by == sent[0] else [f"submitted by {sent}, done by {row.done_by}"]
    return wrong + [f"{what}: {events[what]} times" for what, once in (("case.ended", 1), ("task.done", 2)) if events[what] != once]


def run(kinds: list[tuple[str, Race]], races: int) -> tuple[Counter[str], list[str]]:
    """So many races in turns; how many of each kind, and what went wrong."""
    ran: Counter[str] = Counter()
    wrong: list[str] = []
    for each in range(races):
        name, once = kinds[each % len(kinds)]
        wrong += [f"race {each + 1}, {name}: {trouble}" for trouble in once()]
        ran[name] += 1
    return ran, wrong


@contextmanager
def racing(database: Any, folder: Path) -> Iterator[list[tuple[str, Race]]]:
    """The kinds of race on a database of their own: verbs by two stores, pages at a running server."""
    with ExitStack() as closing:
        served = closing.enter_context(serving(database, folder))
        store = Store(served.database, KEYS)
        closing.callback(store.close)
        verbs = Verbs(store, folder / "files")
        closing.callback(verbs.close)
        verbs.scene.now = datetime.now(UTC)
        with store.unit() as session:
            for who in ("budi", "beni"):
                login = f"{who}@example.org"
                person = people.sign_up(session, name=who, phone=None, email=login, password=PASSWORD, at=verbs.scene.now)
                people.add_to_desk(session, person, "verifikator", by=None, at=verbs.scene.now)
                verbs.scene.cast[who] = person.id
        pages = Pages(served, verbs.scene)
        yield [("completing by the verbs", verbs.completing), ("claiming", verbs.claiming), ("completing by HTTP", pages.completing)]


def main(arguments: list[str]) -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--races", type=int, default=300)
    asked.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    given = asked.parse_args(arguments)
    bad = 0
    for kind in ["sqlite", "postgres"] if given.database == "both" else [given.database]:
        with OneDatabase(kind) as database, racing(database, database.folder) as kinds:
            ran, wrong = run(kinds, given.races)
        print(f"{kind}: {dict(ran)}")
        print("\n".join(f"  WRONG {each}" for each in wrong) or "  one winner and one sentence each time", flush=True)
        bad += len(wrong)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
