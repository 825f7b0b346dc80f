"""The studio over HTTP: files with their state, two administrators at once, findings, drawing, conditions, pages, publishing."""

from __future__ import annotations

import json

import pytest

from engine import procedures
from engine.procedures import Bundle
from engine.store import Store
from tests.admin.studio.conftest import Send
from tests.fixtures.visitors import Visitor

FORM = "/admin/studio/reklame/files/forms/verify.json"


def test_pages(boss: Visitor, draft: str, send: Send) -> None:
    for path in ("", "reklame/", "new", "reklame/copy", "reklame/discard", "reklame/forms/new", "reklame/publish", "reklame/forms/application/"):
        answer = boss.get(f"/admin/studio/{path}")
        assert answer.status_code == 200, path


def test_draw(send: Send, bundle: Bundle) -> None:
    document = json.loads(bundle.files["forms/application.json"])
    answer = send("POST", "/admin/studio/reklame/forms/application/preview", {"document": document, "page": 0, "lang": "en"})
    assert answer.status_code == 200, answer.text
    assert answer.json["problems"] == []
