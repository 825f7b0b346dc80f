"""The questions of a page as HTML that works without JavaScript; docs/forms.md tells what the browser's part may add."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

import rules
from forms.drawing import template
from forms.errors import FieldError
from forms.files import FileRef
from forms.form import Field, Form
from forms.kind import Asked
from forms.sentences import sentence
from forms.shown import SHOWN, Look, look
from forms.stencil import Stencil, cut, opened
from forms.summary import summary
from forms.view import Nested, View
from forms.words import N_

ASK_THE_SERVER = {"v": 1, "e": ["server"]}  # no browser knows this node, so it shows the question


def render(
    form: Form,
    page: str,
    *,
    raw: Mapping[str, Any],
    lang: str,
    context: Mapping[str, Any] | None = None,
    errors: Iterable[FieldError] = (),
    kept: Mapping[str, FileRef] | None = None,
    beside: Mapping[str, tuple[Form, Mapping[str, Any]]] | None = None,
    only: Sequence[str] | None = None,
    before: Mapping[str, Any] | None = None,
    file_url: Callable[[str], str] | None = None,
    region_url: str = "/regions",
    at: datetime | None = None,
    functions: Mapping[str, Callable[..., Any]] | None = None,
    warnings: Iterable[FieldError] = (),
    desks: Collection[str] | None = None,
    prefilled: Mapping[str, str] | None = None,
) -> Markup:
    """The questions of one page, without the form element and its buttons. Raises KeyError for a page that is not there.

    `raw`: what was posted or kept. `errors`: those of `Invalid`. `kept`: stored files by id. `beside`: other forms with their values, for
    `marks`. `only`: the keys that may change; other answers (of `before`, else of `raw`) are shown, not asked. `file_url`: the address of
    a kept file. `region_url`: where the browser gets the next list of places. `at`: as in `Form.check`.
    `warnings`: those of `Answers`, told beside their questions. `desks`: of the reader; what only other desks may see is left out.
    `prefilled`: keys of answers in `raw` that were not given but taken from "account", "earlier" or "permit"; told beside them.
    """
    asked = Asked(at=at, lang=lang, kept=kept or {}, functions=functions or {}, names=form.functions)
    seen = look(form, raw, context or {}, asked)
    told = {error.path: sentence(form, error, lang) for error in reversed([*errors])}
    base = look(form, raw if before is None else before, context or {}, asked, whole=True) if only is not None else None
    drawing = _Drawing(form, page, seen, raw, told, base, frozenset(only or ()), context or {}, desks)
    view = View(
        field=next(form.questions()),
        path="",
        raw=None,
        lang=lang,
        errors=told,
        kept=kept or {},
        file_url=file_url,
        region_url=region_url,
        beside=beside or {},
        nested=None,
        desks=desks,
        prefilled=prefilled or {},
        doubts={warning.path: sentence(form, warning, lang) for warning in warnings},
    )
    return drawing.page(view)


class _Drawing:
    """One page being drawn."""

    def __init__(
        self,
        form: Form,
        page: str,
        seen: Look,
        raw: Mapping[str, Any],
        told: Mapping[str, str],
        base: Look | None,
        only: frozenset[str],
        context: Mapping[str, Any],
        desks: Collection[str] | None,
    ) -> None:
        self.desks = desks
        self.form, self.part, self.seen, self.raw, self.told = form, form.page(page), seen, raw, told
        self.base, self.only, self.context = base, only, context
        self.read = form.read.get(page) or self._begin()
        self.here: frozenset[str] = self.read["here"]
        self.blind: frozenset[str] = self.read["blind"]
        self.outside: dict[str, Any] = {}

    def _begin(self) -> dict[Any, Any]:
        """The names of the page's answers, and of those that the browser cannot read."""
        key, fields = self.form.key, self.part.fields
        own = {f"{key}.{one.key}" for one in fields if one.kind.browser == "none"}
        own |= {f"row.{one.key}" for group in fields for one in group.fields if one.kind.browser == "none"}
        names = {"here": frozenset(f"{key}.{one.key}" for one in fields), "blind": frozenset(own)}
        return self.form.read.setdefault(self.part.key, names)

    def page(self, view: View) -> Markup:
        """All questions, in a box that carries what their conditions read from elsewhere."""
        drawn = [self.question(one, one.key, self.seen.raw.get(one.key), view) for one in self.part.fields]
        facts = rules.plain(self.outside)
        whole = template("questions.html")
        buttons = any(one.kind.buttons for one in self.part.fields)
        go_on = view.say(N_("Continue"))
        questions = Markup("".join([f"{one}\n" for one in drawn if one]))  # noqa: S704  each is escaped
        html = whole.render(form=self.form, questions=questions, facts=facts, buttons=buttons, go_on=go_on)
        return Markup(html)  # noqa: S704  escaped by Jinja

    def question(self, one: Field, path: str, raw: Any, view: View, *, compact: bool = False) -> Markup | None:
        """One question in its wrapper; None when it is not asked and nothing on this page can change that."""
        if not one.seen(self.desks):
            return None
        live = self.live(one)
        if self.seen.states.get(path, SHOWN) != SHOWN:
            if not live:
                return None
            raw = None
        if self.fixed(one, path):
            return self.settled(one, view.lang)
        asked = one.required or (one.required_when is not None and self.seen.asked.holds(one.required_when))
        return self.filled(one, path, raw, view, asked, compact, live) or self.drawn(one, path, raw, view, asked, compact, live)

    def filled(self, one: Field, path: str, raw: Any, view: View, asked: bool, compact: bool, live: Any) -> Markup | None:
        """The question from its stencil; None when it has none, or when something is said of the answer."""
        if not one.kind.stencil or path in view.doubts or any(each == path or each.startswith(f"{path}.") for each in view.errors):
            return None
        if raw is not None and one.kind.stencil == "blank":
            return None
        key = (one, path, view.lang, asked, compact, view.prefilled.get(path), view.region_url)
        found = self.form.stencils.get(key, lambda: self.cut(one, path, view, asked, compact, live))
        if found is None or raw is None:
            return None if found is None else found.blank
        return found.filled(one.kind.typed(View(one, path, raw, view.lang)))

    def cut(self, one: Field, path: str, view: View, asked: bool, compact: bool, live: Any) -> Stencil | None:
        """Its stencil: drawn with nothing of this page's answers but where an answer was taken from."""
        taken = {path: view.prefilled[path]} if path in view.prefilled else {}
        bare = View(one, path, None, view.lang, region_url=view.region_url, prefilled=taken)
        return cut(lambda holes: self.drawn(one, path, None, bare, asked, compact, live, holes=holes), one.kind.stencil)

    def drawn(self, one: Field, path: str, raw: Any, view: View, asked: bool, compact: bool, live: Any, *, holes: bool = False) -> Markup:
        """The question drawn anew; with `holes`, to become a stencil."""
        sub = replace(
            view,
            field=one,
            path=path,
            raw=raw,
            required=asked,
            nested=self._nested(view),
            now=self.value_at(path) if one.kind.computed else None,
            compact=compact,
        )
        said = opened(one.kind.ask(sub), one.kind.stencil) if holes else one.kind.ask(sub)
        body = template(f"ask/{one.kind.template}.html").render(p=said, view=sub)
        around = {"one": one, "path": path, "live": live, "figure": self.figure(one), "doubt": view.doubts.get(path), "view": sub}
        html = template("question.html").render(body=Markup(body), **around)  # noqa: S704
        return Markup(html)  # noqa: S704  escaped by Jinja

    def value_at(self, path: str) -> Any:
        """The answer as expressions read it; None when there is none."""
        value: Any = self.seen.asked.facts.get(self.form.key)
        for part in path.split("."):
            if isinstance(value, list):
                value = value[int(part)] if int(part) < len(value) else None
            else:
                value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def _nested(self, view: View) -> Nested:
        def nested(one: Field, path: str, raw: Any, *, compact: bool = False) -> Markup:
            return self.question(one, path, raw, view, compact=compact) or Markup("")

        return nested

    def live(self, one: Field) -> Any:
        """The syntax tree of the condition when it reads an answer of this page, so that the browser can follow it; else None."""
        text = one.show_when
        if text is None:
            return None
        found = self.tree(text)
        return ASK_THE_SERVER if found and self.blind & self.seen.asked.program(text).fields else found

    def figure(self, one: Field) -> Any:
        """The syntax tree of a calculation that the browser can follow."""
        text = one.options.get("value") if one.kind.computed else None
        if not isinstance(text, str) or not rules.in_browser(self.seen.asked.program(text), frozenset(self.form.functions)):
            return None
        return None if self.blind & self.seen.asked.program(text).fields else self.tree(text)

    def tree(self, text: str) -> Any:
        """The syntax tree of an expression that reads an answer of this page; what else it reads is brought along."""
        known = self.read.get((text,))
        if known is None:
            known = self.read[(text,)] = self._tree(text)
        tree, fields = known
        for path in fields:
            self.bring(path)
        return tree

    def _tree(self, text: str) -> tuple[Any, tuple[str, ...]]:
        program = self.seen.asked.program(text)
        if not any(
            path.startswith("row.") or any(path == here or path.startswith(f"{here}.") for here in self.here) for path in program.fields
        ):
            return None, ()
        return program.ast, tuple(path for path in program.fields if not self._is_here(path))

    def _is_here(self, path: str) -> bool:
        parts = path.split(".")
        return parts[0] == "row" or ".".join(parts[:2]) in self.here

    def bring(self, path: str) -> None:
        """Put the value at a path that is not asked on this page among the facts for the browser: that value and no other."""
        parts = path.split(".")
        value: Any = self.seen.asked.facts
        for part in parts:
            value = value.get(part) if isinstance(value, Mapping) else None
        inner = self.outside
        for part in parts[:-1]:
            inner = inner.setdefault(part, {})
        if isinstance(inner, dict):
            inner[parts[-1]] = value

    def fixed(self, one: Field, path: str) -> bool:
        """Whether the answer is shown instead of asked: it was asked before, and is not among those that may change."""
        key = path.split(".", maxsplit=1)[0]
        if self.base is None or "." in path or not one.kind.answered or one.kind.computed:
            return False
        return key not in self.only and self.base.shown(key)

    def settled(self, one: Field, lang: str) -> Markup:
        """An answer that cannot change, for reading."""
        assert self.base is not None
        value = self.base.asked.facts[self.form.key].get(one.key)
        part = replace(self.form, pages=(replace(self.part, fields=(one,)),))
        rows = [row for section in summary(part, {one.key: value}, lang=lang) for row in section.rows] if value is not None else []
        return Markup(template("settled.html").render(one=one, label=one.label.get(lang) or one.label.get("id"), rows=rows, lang=lang))  # noqa: S704


def error_summary(form: Form, errors: Iterable[FieldError], *, lang: str) -> list[dict[str, str]]:
    """`errorList` of the govuk error summary: the sentences, each with a link to the box it is about."""
    found = []
    for error in errors:
        field = form.find(error.path)
        path = error.path
        anchor = field.kind.anchor(path) if field else ""
        found.append({"text": sentence(form, error, lang), **({"href": f"#{anchor}"} if anchor else {})})
    return found
