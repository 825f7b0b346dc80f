"""Our boxes (forms/templates/parts.html) are those of govuk-frontend: every kind, drawn with both, gives the same elements."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment

import forms
from forms import FieldError, FileRef, drawing

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
LISTS = {
    "contoh": b"value,id,en\npadi,Padi,Rice\n",
    "besar": "\n".join(["value,id,en", *(f"k{n},Usaha nomor {n},Trade number {n}" for n in range(400))]).encode(),
}
KEPT = {"kept": FileRef("kept", 'k"<t>p.jpg', "image/jpeg", 10, "0" * 64)}
OWN = {"box": "Input", "area": "Textarea", "counted": "CharacterCount", "list": "Select", "radios": "Radios", "checkboxes": "Checkboxes"}
OWN |= {"date": "DateInput"}
FOLDERS = {"CharacterCount": "character-count", "DateInput": "date-input"}
GOVUK = "".join(
    f'{{% from "govuk_frontend_jinja/components/{FOLDERS.get(theirs, theirs.lower())}/macro.html" import govuk{theirs} %}}'
    f"{{% macro {ours}() %}}{{{{ govuk{theirs}(kwargs) }}}}{{% endmacro %}}"
    for ours, theirs in OWN.items()
)
GOVUK += """
{% from "govuk_frontend_jinja/components/fieldset/macro.html" import govukFieldset %}
{% from "govuk_frontend_jinja/components/file-upload/macro.html" import govukFileUpload %}
{% from "govuk_frontend_jinja/components/hint/macro.html" import govukHint %}
{% from "govuk_frontend_jinja/components/error-message/macro.html" import govukErrorMessage %}
{% macro file() %}{{ govukFileUpload(dict(kwargs, formGroup={"beforeInput": {"html": kwargs.before}})) }}{% endmacro %}
{% macro fieldset(legend, describedBy, attributes) %}{% set html %}{{ caller() }}{% endset %}
{{ govukFieldset({"legend": legend, "describedBy": describedBy, "attributes": attributes, "html": html}) }}{% endmacro %}
{% macro described(id) %}{{ [id ~ "-hint" if kwargs.hint, id ~ "-error" if kwargs.errorMessage] | select | join(" ") }}{% endmacro %}
{% macro notes(id) %}{% if kwargs.hint %}{{ govukHint({"id": id ~ "-hint", "text": kwargs.hint.text}) }}{% endif %}
{% if kwargs.errorMessage %}{{ govukErrorMessage(dict(kwargs.errorMessage, id=id ~ "-error")) }}{% endif %}{% endmacro %}
"""


class Elements(HTMLParser):
    """A page as its elements, with their attributes (and the words of these) in no order, and its texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted((name, " ".join(sorted((value or "").split()))) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(" ".join(data.split()))


def form_of(*words: str) -> forms.Form:
    """A page with these kinds of questions, each twice: bare, and with the options of the first good sample; each fifth has a condition."""
    texts = {"id": "Halaman <b>", "en": "Page <b>"}
    questions: list[dict[str, Any]] = []
    for word in words:
        sample = next(iter(forms.kinds()[word].good), None)
        for options in ({}, dict(sample.options) if sample else {}):
            question = {**forms.fresh(word), "key": f"q{len(questions)}", **options}
            questions.append(question if word == "information" else {**question, "help": texts})
    questions.append({**forms.fresh("lookup"), "key": "large", "list": "besar"})
    for one in questions[3::5]:
        one["show_when"] = "application.q0 != null"
    whole = {"format": "loket-form/1", "key": "application", "title": texts, "pages": [{"key": "p", "title": texts, "fields": questions}]}
    return forms.read(json.dumps(whole).encode(), lists=LISTS)


def raw_of(form: forms.Form) -> dict[str, Any]:
    """Something in every box: answers that pass, and one that is nasty."""
    answers = {one.key: one.kind.good[0].raw for one in form.questions() if one.kind.good}
    files = {one.key: ["kept"] for one in form.questions() if one.kind.word in {"file", "files", "photo"}}
    return {**answers, **files, "q0": 'x" onfocus="<b>', "large": {"search": "nomor 7"}}


@pytest.mark.parametrize("way", ["blank", "wrong", "answered", "english"])
def test_every_kind_is_drawn_as_the_macros_of_govuk_draw_it(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    ours, theirs = (form_of("text", *(word for word in forms.kinds() if word != "marks")) for _ in range(2))
    values = {"q0": "Siti & Budi"}
    errors = [FieldError(one.key, "required") for one in ours.questions()] if way == "wrong" else []
    errors += [FieldError(f"{one.key}.{inner}", "wrong") for one in ours.questions() for inner in ("street", "start", "lat") if errors]
    raw = raw_of(ours) if way in {"answered", "english"} else {}
    lang = "en" if way == "english" else "id"

    def draw(form: forms.Form) -> str:
        marks = form_of_marks(form)
        page = forms.render(form, "p", raw=raw, lang=lang, errors=errors, kept=KEPT, at=AT, file_url=lambda one: f"/files/{one}")
        said = [FieldError("m", "required"), FieldError("m.q0", "marks.reason")] if way == "wrong" else []
        tick = {"m": [{"field": "q0", "reason": "<i>"}]} if way == "answered" else {}
        return str(page + forms.render(marks, "p", raw=tick, lang=lang, errors=said, beside={"application": (form, values)}, at=AT))

    drawn = draw(ours)
    assert [draw(ours), draw(ours)] == [drawn, drawn], "a stencil filled in is the question as it is drawn"
    macros = drawing.made_as(Environment, ChoiceLoader([DictLoader({"forms/parts.html": GOVUK}), drawing.loader()]))
    monkeypatch.setattr(sys.modules["forms.render"], "template", lambda name: macros.get_template(f"forms/{name}"))
    assert Elements(drawn).found == Elements(draw(theirs)).found
    assert "<b>" not in drawn
    assert way != "answered" or 'value="x&#34; onfocus=&#34;&lt;b&gt;"' in drawn


def form_of_marks(form: forms.Form) -> forms.Form:
    """A form that marks the answers of another one."""
    texts = {"id": "Halaman", "en": "Page"}
    question = {**forms.fresh("marks"), "key": "m", "of": form.key}
    whole = {"format": "loket-form/1", "key": "verify", "title": texts, "pages": [{"key": "p", "title": texts, "fields": [question]}]}
    return forms.read(json.dumps(whole).encode())
