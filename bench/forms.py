"""What a page of 30 questions costs: drawing it, checking what was posted, and the whole request with its session, rights, statements and
the page around, beside a bare Jinja page with 30 boxes in the same run.

    python -m bench.forms [--rounds 40]

They take turns in random order within one process; what counts is processor time and the median ratio within a round. A second bare
page is the control: outside 0.93-1.07 the machine was too restless, and the run says INCONCLUSIVE.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import process_time
from typing import Any

import structlog
from jinja2 import Environment

import forms
from bench.harness import STEADY, steady
from engine.store import Keyring, migrate
from loket.app import create_app
from loket.settings import read_settings

AT, GOAL, TIMES = datetime(2026, 11, 23, 3, tzinfo=UTC), 15.0, 5
WORDS = {"id": "Halaman", "en": "Page"}
KINDS = ("text", "text", "textarea", "number", "rupiah", "date", "yes_no", "choice", "choices", "select", "nik", "npwp", "phone", "email")
KINDS += ("region",)
PLACE = {"province": "35", "regency": "35.25", "district": "35.25.01", "village": "35.25.01.2001"}
BARE = """<div>{% for one in boxes %}<div class="govuk-form-group"><label class="govuk-label" for="f-{{ one.key }}">{{ one.label }}</label>
<div class="govuk-hint" id="f-{{ one.key }}-hint">{{ one.help }}</div><input class="govuk-input" id="f-{{ one.key }}" name="{{ one.key }}"
 value="{{ one.value }}" aria-describedby="f-{{ one.key }}-hint"></div>{% endfor %}</div>"""


def thirty_questions() -> bytes:
    """The file of a form: a page with 30 questions of 15 kinds, six of which come and go, and a last page with one."""
    questions: list[dict[str, Any]] = [{**forms.fresh(word), "key": f"q{number}"} for number, word in enumerate(KINDS * 2)]
    for one in questions[3::5]:
        one["show_when"] = "application.q0 != null"
    page = {"key": "p", "title": WORDS, "fields": questions}
    last = {"key": "last", "title": WORDS, "fields": [{**forms.fresh("text"), "key": "end"}]}
    return json.dumps({"format": "loket-form/1", "key": "application", "title": WORDS, "pages": [page, last]}).encode()


def thirty() -> tuple[forms.Form, dict[str, Any]]:
    """The form, and answers that pass."""
    form = forms.read(thirty_questions())
    return form, forms.decode(boxes(form).items())


def boxes(form: forms.Form | None = None) -> dict[str, str]:
    """Answers that pass, as the boxes of a page send them."""
    sent: dict[str, str] = {}
    for one in (form or forms.read(thirty_questions())).page("p").fields:
        raw = one.options["choices"][0]["value"] if "choices" in one.options else one.kind.good[0].raw
        raw = PLACE if one.kind.word == "region" else raw
        sent |= {f"{one.key}.{name}": str(box) for name, box in raw.items()} if isinstance(raw, dict) else {one.key: str(raw)}
    return sent


def contestants() -> dict[str, Callable[[], object]]:
    """What takes part, by name."""
    form, raw = thirty()
    bare = Environment(autoescape=True, auto_reload=False).from_string(BARE)
    boxes = [{"key": f"q{number}", "label": "Pertanyaan", "help": "Petunjuk & contoh", "value": "jawaban"} for number in range(30)]

    def check() -> object:
        try:
            return form.check(raw, at=AT, page="p")
        except forms.Invalid as refused:
            return refused

    return {
        "bare page": lambda: bare.render(boxes=boxes),
        "bare page again": lambda: bare.render(boxes=boxes),
        "drawing, empty": lambda: forms.render(form, "p", raw={}, lang="id", at=AT),
        "drawing, answered": lambda: forms.render(form, "p", raw=raw, lang="id", at=AT),
        "checking": check,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    asked, _ = parser.parse_known_args()
    ratios, times = measured(contestants() | requests(), asked.rounds)
    for name, took in sorted(times.items(), key=lambda each: each[1]):
        print(f"{name:20} {took:8.3f} ms {ratios[name]:7.1f} x the bare page")
    if not steady(ratios["bare page again"]):
        print(f"INCONCLUSIVE: two equal pages came out {ratios['bare page again']:.2f} apart (steady: {STEADY[0]}-{STEADY[1]})")
        return 2
    asked = {name: took for name, took in times.items() if name.startswith("request")}
    for name, took in asked.items():
        print(f"goal: a page of 30 questions within {GOAL:.0f} ms: {name}: {took:.1f} ms, {'met' if took <= GOAL else 'MISSED'}")
    return 0 if max(asked.values()) <= GOAL else 1


def requests() -> dict[str, Callable[[], object]]:
    """The whole request for a page of an application in an office of its own, on SQLite."""
    from tests.portal import thirty  # which takes its questions from here

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    home = Path(mkdtemp())
    given = {"home": str(home), "database": f"sqlite:///{home / 'office.sqlite'}", "key": Keyring.make(), "secret": "for this run only" * 3}
    app = create_app(read_settings({}, log="quiet", **given))
    store = app.extensions["loket"].store
    migrate(store.engine)
    thirty.offer(store, datetime.now(UTC))
    blank, filled = thirty.come(app, "Sari", "0812 1111 2222"), thirty.come(app, "Joko", "0812 9876 5432")
    page = filled.where
    filled.send(boxes())
    sent = thirty.request(filled, app, page, {"csrf_token": thirty.token(filled), **boxes()})
    asked = {"request, empty": thirty.request(blank, app, blank.where), "request, answered": thirty.request(filled, app, page)}
    return {**asked, "request, sent": sent}


def measured(those: dict[str, Callable[[], object]], rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """(median ratio to the bare page, median milliseconds), by contestant."""
    found: dict[str, list[float]] = {name: [] for name in those}
    for each in those.values():
        each()  # compiles what all turns share
    for _ in range(rounds):
        for name in random.sample(sorted(those), len(those)):
            start = process_time()
            for _ in range(TIMES * (20 if name.startswith("bare") else 1)):
                those[name]()
            found[name].append((process_time() - start) * 1000 / TIMES / (20 if name.startswith("bare") else 1))
    floor = found["bare page"]
    return {name: median(a / b for a, b in zip(took, floor, strict=True)) for name, took in found.items()}, {
        name: median(took) for name, took in found.items()
    }


if __name__ == "__main__":
    sys.exit(main())
