"""Filling a form of a draft as the applicant would: page by page, with the errors they would get, in each language, at any width.

Nothing is stored: what was answered travels in the page itself. The builder shows this page in a frame as wide as a phone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, request
from flask_admin import expose
from flask_babel import force_locale

import forms
from admin.frame import Answer, Part, readable
from engine.procedures import FUNCTIONS
from engine.store import new_id
from forms import BadForm, FileRef, Form, Invalid, Upload, journey
from hall import now, office, reading, zone
from hall.language import LANGUAGES, language

from . import shelf, told
from .samples import of_kind

Raw = dict[str, Any]
LONGEST = 500_000


@dataclass(frozen=True)
class Tried:
    """Where a try stands: the form, the language, what was answered so far."""

    form: Form
    lang: str
    raw: Raw

    @property
    def kept(self) -> dict[str, FileRef]:
        """The files chosen so far, by id; their bytes were looked at and thrown away."""
        return {each.id: each for value in self.raw.get("_files", []) if (each := _reference(value)) is not None}

    @property
    def answers(self) -> Raw:
        """The answers without what is ours."""
        return {key: value for key, value in self.raw.items() if not key.startswith("_")}


class Trying(Part):
    """Trying a form out."""

    @expose("/<key>/forms/<form>/try", methods=("GET", "POST"))
    def try_out(self, key: str, form: str) -> Answer:
        """One page of the form, its errors, or the answers at the end."""
        lang = request.values.get("in", "")
        lang = lang if lang in LANGUAGES else language()
        read = self._form(key, form)
        with force_locale(lang):
            if not isinstance(read, Form):
                return framed(self.page("studio_try", key=key, form=form, lang=lang, problems=read, bare=True), 200)
            return framed(*self._page(key, Tried(read, lang, carried())))

    def _form(self, key: str, form: str) -> Form | list[dict[str, Any]]:
        file = f"forms/{readable(form)}.json"
        with reading() as db:
            content, _rev, files, known = shelf.opened(db, key, file)
        lists = told.lists_of(files)
        try:
            return forms.read(content, groups=known, functions=FUNCTIONS, lists=lists)
        except BadForm:
            return told.of_form(told.parsed(content), file, known, lists)

    def _page(self, key: str, tried: Tried) -> tuple[str, int]:
        at, functions = now().astimezone(zone()), calendar_functions()
        pages = journey.pages_shown(tried.form, tried.answers, {}, at, functions)
        wanted = request.values.get("page") or (pages[0].key if pages else "")
        page = next((each for each in tried.form.pages if each.key == wanted), None)
        if page is None:
            return self._end(key, tried), 200
        errors: tuple[forms.FieldError, ...] = ()
        raw = tried.answers
        if request.method == "POST":
            tried, errors, onward = taken(tried, page.key, at, functions)
            raw = tried.answers
            if onward is not None:
                page = onward
            elif not errors and request.form.get("_step") == "next":
                return self._end(key, tried), 200
        html = forms.render(tried.form, page.key, raw=raw, lang=tried.lang, errors=errors, kept=tried.kept, at=at, functions=functions)
        told_ = forms.error_summary(tried.form, errors, lang=tried.lang)
        shown = journey.pages_shown(tried.form, raw, {}, at, functions)
        number = next((n for n, each in enumerate(shown, 1) if each.key == page.key), 0)
        drawn = self.page(
            "studio_try",
            key=key,
            form=tried.form.key,
            lang=tried.lang,
            page=page,
            questions=html,
            errors=told_,
            state=json.dumps(tried.raw, ensure_ascii=False),
            number=number,
            steps=len(shown),
            before=shown[number - 2].key if number > 1 else None,
            bare=True,
        )
        return drawn, 422 if errors else 200

    def _end(self, key: str, tried: Tried) -> str:
        """The summary, as the page "check your answers" would show it."""
        at, functions = now().astimezone(zone()), calendar_functions()
        rows: tuple[Any, ...] = ()
        errors: list[dict[str, str]] = []
        try:
            done = tried.form.check(tried.answers, at=at, lang=tried.lang, kept=tried.kept, functions=functions)
            rows = forms.summary(tried.form, done.values, lang=tried.lang)
        except Invalid as wrong:
            errors = forms.error_summary(tried.form, wrong.errors, lang=tried.lang)
        return self.page("studio_try", key=key, form=tried.form.key, lang=tried.lang, sections=rows, errors=errors, ended=True, bare=True)


def taken(tried: Tried, page: str, at: Any, functions: Mapping[str, Any]) -> tuple[Tried, tuple[forms.FieldError, ...], Any]:
    """What was posted on a page: (the try with it, what is wrong, the page that follows)."""
    try:
        posted = forms.decode(request.form.items(multi=True), list(_uploads()))
    except Invalid as wrong:
        return tried, wrong.errors, None
    own = {one.key for one in tried.form.page(page).fields}
    if request.form.get("_step") == "sample":
        posted = samples(tried, page)
    answers = {**{k: v for k, v in tried.answers.items() if k not in own}, **{k: v for k, v in posted.items() if k in own}}
    button = forms.pressed(request.form.items(multi=True))
    if button is not None:
        answers = forms.press(tried.form, answers, button)
    if button is not None or request.form.get("_step") == "sample":
        return _filed(tried, forms.fine(tried.form, answers)), (), None
    if request.form.get("_step") == "back":
        return _filed(tried, forms.fine(tried.form, answers)), (), _page(tried.form, request.form.get("_to", ""))
    try:
        tried.form.check(
            {k: v for k, v in answers.items() if k in own},
            at=at, lang=tried.lang, page=page, before=answers, kept=tried.kept, functions=functions,
        )  # fmt: skip
    except Invalid as wrong:
        return _filed(tried, forms.fine(tried.form, answers)), wrong.errors, None
    after = _filed(tried, forms.fine(tried.form, answers))
    return after, (), journey.next_page(tried.form, page, after.answers, {}, at, functions)


def samples(tried: Tried, page: str) -> Raw:
    """An answer to every question of a page that its own kind calls right."""
    at = now().astimezone(zone())
    asked = (one for one in tried.form.page(page).fields if one.kind.answered)
    return {one.key: of_kind(one, tried.form, at=at, lang=tried.lang) for one in asked}


def _filed(tried: Tried, raw: Raw) -> Tried:
    """The answers with every upload as the reference to a file, whose bytes are not kept."""
    files = dict(tried.kept)

    def settle(value: Any) -> Any:
        if isinstance(value, Upload):
            digest = hashlib.sha256(value.content).hexdigest()
            made = FileRef(new_id(), value.name, value.type or "application/octet-stream", len(value.content), digest)
            files[made.id] = made
            return made.id
        if isinstance(value, dict):
            return {key: settle(one) for key, one in value.items()}
        return [settle(one) for one in value] if isinstance(value, list) else value

    answers = {key: settle(value) for key, value in raw.items()}
    return Tried(tried.form, tried.lang, {**answers, "_files": [each.plain for each in files.values()]})


def _page(form: Form, key: str) -> Any:
    return next((each for each in form.pages if each.key == key), None)


def _uploads() -> Iterator[tuple[str, Upload]]:
    for name, file in request.files.items(multi=True):
        with closing(file):
            yield name, Upload(file.filename or "", file.read())


def _reference(value: Any) -> FileRef | None:
    try:
        return FileRef.of(value)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def carried() -> Raw:
    """The answers so far, from the page itself; nonsense is nothing."""
    text = request.form.get("_state", "")
    try:
        found = json.loads(text) if 0 < len(text) < LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def calendar_functions() -> Mapping[str, Any]:
    """The calendar's functions, as a real case would have them."""
    made: Mapping[str, Any] = office().calendar.functions(now())
    return made


def framed(html: str, status: int) -> Response:
    """A page that only this site may show in a frame."""
    from hall.security import POLICY

    response = make_response(html, status)
    policy = {**POLICY, "frame-ancestors": "'self'"}
    response.headers["Content-Security-Policy"] = "; ".join(f"{name} {source}" for name, source in policy.items())
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
