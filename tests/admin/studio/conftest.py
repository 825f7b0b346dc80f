"""A draft of the shipped permit, and what a script sends: JSON with the token of its page and the state it had read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine import procedures
from engine.people import Person
from engine.procedures import Bundle
from engine.store import Store
from tests.fixtures.visitors import Visitor

Send = Callable[..., TestResponse]


@pytest.fixture
def draft(app_store: Store, rina: Person, bundle: Bundle, now) -> str:
    """An open draft with the files of the shipped permit; gives its key."""
    with app_store.unit() as db:
        procedures.begin_draft(db, "reklame", files=dict(bundle.files), by=rina.id, at=now)
    return "reklame"


@pytest.fixture
def send(boss: Visitor, draft: str) -> Send:
    """`send("PUT", "/admin/studio/…", body, rev=3)` as the builder's script does it."""
    page = boss.get(f"/admin/studio/{draft}/forms/verify/").text
    token = json.loads(re.search(r'id="builder-data">(.*?)</script>', page, re.S)[1])["token"]  # type: ignore[index]

    def ask(method: str, path: str, body: Any = None, *, rev: int | None = None, token: str = token, **headers: str) -> TestResponse:
        given = {"X-CSRFToken": token, "Accept": "application/json", **headers}
        if rev is not None:
            given["If-Match"] = f'"{rev}"'
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return boss.open(path, method=method, data=data, headers=given, content_type="application/json")

    return ask
