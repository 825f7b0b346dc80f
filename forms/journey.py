"""Which pages there are to go through, and where to go on: computed from the answers, never stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from forms.answers import check
from forms.decode import bound
from forms.errors import Invalid
from forms.form import Form, Page
from forms.kind import Asked
from forms.shown import SHOWN, look

Functions = Mapping[str, Callable[..., Any]]


def pages_shown(
    form: Form, raw: Mapping[str, Any], context: Mapping[str, Any], at: datetime | None = None, functions: Functions | None = None
) -> tuple[Page, ...]:
    """The pages with at least one thing to show, in order."""
    if form.always_shown:
        return form.pages
    seen = look(form, bound(dict(raw)), context, Asked(at=at, functions=functions or {}))
    return tuple(
        page
        for page in form.pages
        if seen.states[f"page:{page.key}"] == SHOWN and any(_may_show(one.key, seen.states) for one in page.fields)
    )


def _may_show(key: str, states: Mapping[str, str]) -> bool:
    return states.get(key) == SHOWN


def next_page(
    form: Form,
    page: str,
    raw: Mapping[str, Any],
    context: Mapping[str, Any],
    at: datetime | None = None,
    functions: Functions | None = None,
) -> Page | None:
    """The page after `page` (a key), which need not be shown itself; None after the last."""
    shown = {one.key for one in pages_shown(form, raw, context, at, functions)}
    keys = [one.key for one in form.pages]
    later = form.pages[keys.index(page) + 1 :] if page in keys else form.pages
    return next((one for one in later if one.key in shown), None)


def first_unanswered(
    form: Form, raw: Mapping[str, Any], context: Mapping[str, Any], at: datetime | None = None, functions: Functions | None = None
) -> Page | None:
    """The first page whose answers do not pass; None when all is answered. The ids of files are taken on trust here."""
    own = {page.key: {one.key for one in page.fields} for page in form.pages}
    for page in pages_shown(form, raw, context, at, functions):
        posted = {key: value for key, value in raw.items() if key in own[page.key]}
        try:
            check(
                form,
                posted,
                at=at,
                lang="id",
                context=context,
                page=page.key,
                kept=None,
                only=None,
                before=raw,
                beside={},
                functions=functions or {},
            )
        except Invalid:
            return page
    return None
