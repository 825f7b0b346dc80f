"""`loket serve`: granian with one process and several threads, and a worker beside them for errands and timers."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from datetime import timedelta
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from engine.jobs import Worker
from engine.stories import trial

from . import logs
from .hands import Hands, open_hands
from .settings import Settings, settings_here, variable

if TYPE_CHECKING:
    from flask import Flask

LONGEST_STOP = 30  # seconds a request or an errand may take to end by itself


class CannotServe(Exception):
    """The server cannot start; the text says why and what to do."""


def serve(settings: Settings) -> None:
    """Answer requests until SIGTERM or Ctrl-C; what is in hand is finished first. Raises CannotServe."""
    check_port(settings.host, settings.port)
    Granian(
        "loket.serving:served",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        workers_kill_timeout=LONGEST_STOP,
        respawn_failed_workers=True,
        factory=True,
        websockets=False,
        log_level=LogLevels.error,
        working_dir=Path.cwd(),
        process_name=None,
    ).serve()


def served() -> Flask:
    """The application of one web process, with its worker if it is to have one; granian calls this in each of them."""
    from .app import create_app, hands_of  # neither the process that watches over these nor a worker alone has pages

    settings = settings_here()
    logs.configure(settings.log)
    app = create_app(settings)
    if settings.jobs == "embedded":
        start_worker(hands_of(app), "web", pause=5)
    return app


def start_worker(hands: Hands, kind: str, *, pause: float, errands: bool = True) -> Worker:
    """A worker thread of this process; it finishes its errand before the process ends."""
    worker = Worker(
        hands.store,
        lambda: hands.office,
        name=f"{kind}-{socket.gethostname()}-{os.getpid()}"[:60],
        pause=pause,
        lease=timedelta(seconds=hands.settings.lease),
        errands=errands,
        daily=(lambda at: trial.sweep(hands.settings.home / "trials", before=at - trial.LASTS),),
        clock=hands.now,
    )
    worker.start()
    Finalize(None, worker.stop, exitpriority=100)
    return worker


def work(settings: Settings) -> None:
    """A worker alone, until SIGTERM or Ctrl-C; several may run side by side, on several machines with PostgreSQL."""
    hands = open_hands(settings)
    if settings.jobs == "procrastinate":
        _work_when_called(hands)
        return
    over = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: over.set())
    worker = start_worker(hands, "worker", pause=1)  # it does not hear the bells of other processes
    while not over.wait(1) and worker.is_alive():
        pass
    worker.stop()


def _work_when_called(hands: Hands) -> None:
    """Procrastinate hands the errands out; a thread beside it rings the timers."""
    from engine.jobs import called  # only where it is chosen

    called.call_missing(hands.store, hands.now())
    ringing = start_worker(hands, "worker", pause=1, errands=False)
    called.work(
        hands.store, lambda: hands.office, ringing.pulse, hands.now, name=ringing.name, lease=timedelta(seconds=hands.settings.lease)
    )
    ringing.stop()


def check_port(host: str, port: int) -> None:
    """Raises CannotServe when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as why:
            other = f"Choose another one: {variable('port')}={port + 1}, or end what uses it."
            raise CannotServe(f"Port {port} on {host} cannot be used: {(why.strerror or str(why)).lower()}. {other}") from why
