"""The server as an operator knows it: it comes up well, works off errands at once, and stops without dropping anything."""

from __future__ import annotations

import signal
import socket
import threading
import urllib.error
import urllib.request

import pytest

from engine.jobs import Heartbeat
from engine.store import Store
from tests.fixtures.browser import Served, serving
from tests.fixtures.databases import KEYS


def test_a_served_office_is_well(server: Served) -> None:
    with urllib.request.urlopen(server.url + "/healthz", timeout=10) as answer:
        assert answer.status == 200


@pytest.mark.sql
def test_its_worker_gives_signs_of_life(server: Served) -> None:
    store = Store(server.database, KEYS)
    with store.reading() as session:
        assert [one.worker.split("-")[0] for one in session.query(Heartbeat)] == ["web"]
    store.close()


def test_half_sent_requests_do_not_keep_others_waiting(server: Served) -> None:
    port = int(server.url.rpartition(":")[2])
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
    for one in slow:
        one.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nlogin=")
    with urllib.request.urlopen(server.url + "/healthz", timeout=60) as answer:
        assert answer.status == 200
    for one in slow:
        one.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody was sent away meanwhile
            one.recv(1)
        one.close()


def test_a_request_in_hand_is_finished_before_the_server_stops(database, tmp_path) -> None:
    with serving(database, tmp_path) as served:
        got: list[int] = []
        first = threading.Event()
        endings: list[object] = []

        def ask() -> None:
            for _ in range(40):
                try:
                    with urllib.request.urlopen(served.url + "/", timeout=20) as answer:
                        answer.read()
                        got.append(answer.status)
                    first.set()
                except urllib.error.URLError as gone:
                    endings.append(gone.reason)
                    return

        asking = threading.Thread(target=ask)
        asking.start()
        assert first.wait(60)
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(timeout=60) == 0
        asking.join(timeout=30)
        assert got
        assert set(got) == {200}
        # refused before it was taken is well: nothing in hand was lost
        assert all(isinstance(one, ConnectionRefusedError) for one in endings), endings
