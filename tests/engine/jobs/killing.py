"""An office at work whose server and workers are killed at random moments; then everything is counted.

    python -m tests.engine.jobs.killing --kills 300 --database both
    python -m tests.engine.jobs.killing --kills 300 --database postgres --jobs procrastinate

Real processes (`loket serve`, `loket work`), real requests, a real mail server that counts by Message-ID. Ends with 1 when anything was
lost or doubled. A mail may come twice under one Message-ID; nothing in our database may be there twice.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from engine import cases, jobs
from engine.documents import Document, Register
from engine.fees import Fee, Payment
from engine.jobs import called
from engine.notices import Notice
from engine.store import Errand, Store
from engine.timeline import Event
from tests.engine.jobs.busy import Applicant, Officer, Post, Somebody, furnish
from tests.engine.jobs.one import OneDatabase
from tests.engine.notices.post import serving
from tests.fixtures.browser import free_port
from tests.fixtures.databases import KEY, KEYS, SECRET

ROOT = Path(__file__).resolve().parents[3]
APPLICANTS, OFFICERS, WORKERS = 3, 2, 2
LEASE = 3


@dataclass
class Program:
    """One of the office's processes, in a group of its own; `kill` ends it as a power cut would, or only one process of it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    before: int = 0

    def start(self) -> None:
        """Begin, or begin again."""
        with self.log.open("ab") as log:
            self.before = log.tell()
            command = [sys.executable, "-m", "loket", *self.command]
            self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)

    def is_up(self, url: str) -> bool:
        """Whether it does what it is for: the server answers, a worker has said that it begins."""
        return _answers(url) if self.name == "server" else self.log.stat().st_size > self.before

    def kill(self, dice: random.Random) -> str:
        """SIGKILL to all of it, or to one of its children (a web process, a letter that is being set)."""
        assert self.process is not None
        children = _children(self.process.pid)
        if children and dice.random() < 0.4:
            with suppress(ProcessLookupError):
                os.kill(dice.choice(children), signal.SIGKILL)
            return f"a child of {self.name}"
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.start()
        return self.name

    def stop(self) -> int:
        """As an operator ends it."""
        assert self.process is not None
        self.process.terminate()
        try:
            return self.process.wait(60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@dataclass
class Busy:
    """The office at work."""

    store: Store
    url: str
    programs: list[Program]
    people: list[Somebody]
    post: Post
    over: threading.Event = field(default_factory=threading.Event)
    killed: Counter[str] = field(default_factory=Counter)


@contextmanager
def busy(store: Store, folder: Path, *, how: str = "embedded") -> Iterator[Busy]:
    """A furnished office on this database with its server, its workers and people who do not stop."""
    with ExitStack() as closing:
        post = Post()
        mail = closing.enter_context(serving(post))
        port = free_port()
        given = {"HOME": folder, "PORT": port, "DATABASE": store.url, "KEY": KEY, "SECRET": SECRET, "LOG": "quiet", "LEASE": LEASE}
        given |= {"SMTP_URL": mail, "JOBS": how, "MAIL_FROM": "izin@contoh.go.id", "THREADS": 4}
        env = {**os.environ, **{f"LOKET_{name}": str(value) for name, value in given.items()}, "PYTHONPATH": str(ROOT)}
        names = [("server", ["serve"]), *((f"worker {each + 1}", ["work"]) for each in range(WORKERS))]
        programs = [Program(name, command, env, folder / f"{name}.log") for name, command in names]
        url, over = f"http://127.0.0.1:{port}", threading.Event()
        logins = furnish(store, APPLICANTS, OFFICERS)
        somebody: list[Somebody] = [Applicant(url, login, over) for login in logins[0]]
        somebody += [Officer(url, login, over) for login in logins[1]]
        made = Busy(store, url, programs, somebody, post, over)
        for program in programs:
            program.start()
            closing.callback(_gone, program)
        closing.callback(over.set)
        wait_until_up(made)
        for person in somebody:
            person.start()
        yield made


def _gone(program: Program) -> None:
    if program.process is not None and program.process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(program.process.pid, signal.SIGKILL)
        program.process.wait()


def wait_until_up(office: Busy, most: float = 120) -> None:
    """Until the server answers."""
    end = time.monotonic() + most
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(office.url + "/sign-in", timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError("the server did not come up:\n" + office.programs[0].log.read_text()[-3000:])


def kill_at_random(office: Busy, kills: int, dice: random.Random) -> None:
    """So many kills, each of something that had come up and was at work for a random while; one in ten comes while it still starts."""
    for each in range(kills):
        program = dice.choice(office.programs)
        if dice.random() > 0.1:
            _wait_for(program, office.url)
            time.sleep(dice.uniform(0, 3))
        office.killed[program.kill(dice)] += 1
        if (each + 1) % 25 == 0:
            print(f"  {each + 1} kills, {sum(len(person.told) for person in office.people)} deeds told as done", flush=True)


def _wait_for(program: Program, url: str, most: float = 60) -> None:
    end = time.monotonic() + most
    while not program.is_up(url) and time.monotonic() < end:
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url + "/sign-in", timeout=2):
            return True
    except OSError:
        return False


def settle(office: Busy, most: float = 240) -> list[str]:
    """Everybody goes home, and what is left is done in peace; then the workers are ended as they should be."""
    office.over.set()
    for person in office.people:
        person.join(60)
    wait_until_up(office)
    end = time.monotonic() + most
    while (left := unfinished(office.store)) and time.monotonic() < end:
        time.sleep(0.3)
    ends = {program.name: program.stop() for program in office.programs}
    # One that was still starting when it was told to stop ends by the signal itself.
    wrong = [f"{name} ended with {code}" for name, code in ends.items() if code not in (0, -signal.SIGTERM)]
    return [*wrong, *(f"left: {each}" for each in left)]


def unfinished(store: Store) -> list[str]:
    """What somebody still has to do."""
    with store.reading() as session:
        open_ones = session.execute(select(Errand.name, Errand.last_error).where(Errand.done_at.is_(None), Errand.key.not_like("sweep%")))
        rest = session.scalar(select(func.count()).select_from(cases.Timer).where(cases.Timer.over_at.is_(None)))
        return [*(f"{name}: {error}" for name, error in open_ones), *(["timers"] if rest else [])]


def examine(office: Busy) -> list[str]:
    """Everything that was lost or doubled, as sentences; nothing when all is well."""
    sent = {case for person in office.people if isinstance(person, Applicant) for case in person.told}
    done = {task for person in office.people if isinstance(person, Officer) for task in person.told}
    with office.store.reading() as session:
        found = {row.id: row for row in session.scalars(select(cases.Case))}
        numbered = {case for case, row in found.items() if row.number}
        tasks = session.scalars(select(cases.Task)).all()
        issued = {case for case, row in found.items() if row.outcome == "issued"}
        verified = {task.id for task in tasks if task.step == "verify" and task.done_at}
        books = {row.key: row.last for row in session.scalars(select(Register))}
        notices = session.scalars(select(Notice)).all()
        counts = {
            "number": Counter(dict.fromkeys(numbered, 1)),
            "fee": Counter(session.scalars(select(Fee.case_id))),
            "payment": Counter(session.scalars(select(Fee.case_id).join(Payment, Payment.fee_id == Fee.id))),
            "document": Counter(session.scalars(select(Document.case_id))),
            "notice received": Counter(each.case_id for each in notices if each.what == "no"),
            "notice ready": Counter(each.case_id for each in notices if each.what == "ready"),
            "timer": Counter(session.scalars(select(Event.case_id).where(Event.what == "timer.rang"))),
            "verify": Counter(task.case_id for task in tasks if task.step == "verify"),
            "issue": Counter(task.case_id for task in tasks if task.step == "issue" and task.done_at),
        }
        events = Counter(session.scalars(select(Event.case_id).where(Event.what == "case.ended")))
        dead = jobs.dead_letters(session)
    wrong = [f"lost: application {case} was told as sent" for case in sent - numbered]
    wrong += [f"lost: task {task} was told as done" for task in done - verified]
    for what, per_case in counts.items():
        whole = issued if what in ("payment", "document", "notice ready", "issue") else numbered
        wrong += [f"lost: {what} of {case}" for case in whole if not per_case[case]]
        wrong += [f"doubled: {what} of {case}, {number} times" for case, number in per_case.items() if number > 1]
        wrong += [f"{what} of {case}, which should have none" for case in set(per_case) - whole if what != "verify"]
    wrong += [f"ended {number} times: {case}" for case, number in events.items() if number > 1]
    for key, last in books.items():
        whole = numbered if key.startswith("applications/") else issued
        wrong += [f"{len(whole)} numbers of {key} in use, but the book stands at {last}"] if last != len(whole) else []
    wrong += [f"a mail that nobody wrote: {each}" for each in set(office.post.seen) - {each.id for each in notices}]
    wrong += [f"lost: the mail {each.id}" for each in notices if each.id not in office.post.seen or each.sent_at is None]
    wrong += [f"laid aside: {each.name}: {each.last_error}" for each in dead]
    wrong += [surprise for person in office.people for surprise in person.surprises]
    print(
        f"  {dict(office.killed)}: {len(numbered)} applications ({len(sent)} told), {len(verified)} verified ({len(done)} told), "
        f"{len(issued)} permits, {len(notices)} notices, {sum(office.post.seen.values())} mails"
    )
    return wrong


def kill_and_count(store: Store, folder: Path, kills: int, *, how: str = "embedded", seed: int = 1) -> tuple[list[str], dict[str, Any]]:
    """The whole of it on one database; what is wrong, and what was done meanwhile."""
    with busy(store, folder, how=how) as office:
        kill_at_random(office, kills, random.Random(seed))
        wrong = settle(office)
        wrong += examine(office)
        done = sum(len(person.told) for person in office.people)
        return wrong, {"killed": sum(office.killed.values()), "done": done}


def main(arguments: list[str]) -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=300)
    asked.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    asked.add_argument("--jobs", choices=["embedded", "separate", "procrastinate"], default="embedded")
    asked.add_argument("--seed", type=int, default=int(time.time()))
    given = asked.parse_args(arguments)
    bad = 0
    for kind in ["sqlite", "postgres"] if given.database == "both" else [given.database]:
        print(f"{kind}, {given.jobs}, seed {given.seed}: {given.kills} kills", flush=True)
        with OneDatabase(kind) as database:
            store = Store(database.fresh(), KEYS, crier=called.Crier() if given.jobs == "procrastinate" else None)
            if given.jobs == "procrastinate":
                called.bring_up(store.engine)
            wrong, _ = kill_and_count(store, database.folder, given.kills, how=given.jobs, seed=given.seed)
            store.close()
        print("\n".join(f"  WRONG {each}" for each in wrong) or "  nothing lost, nothing doubled", flush=True)
        bad += len(wrong)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
