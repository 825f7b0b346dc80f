"""A worker in a process of its own, to be killed: it mails what is due through a real SMTP server until nothing is left."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.jobs.errands import do, take
from engine.notices import Smtp
from engine.store import Keyring, Store
from engine.stories import office_for


def main(url: str, key: str, folder: str, mail: str, now: str) -> None:
    store = Store(url, Keyring.read(key))
    office = replace(office_for(Path(folder)), mailer=Smtp(mail, "izin@contoh.go.id"))
    at = datetime.fromisoformat(now)
    print("ready", os.getpid(), flush=True)
    while True:
        taken = take(store, at)
        if taken is None:
            print("idle", flush=True)
            time.sleep(0.05)
            continue
        print("took", flush=True)
        do(store, office, taken, at)


if __name__ == "__main__":
    main(*sys.argv[1:])
