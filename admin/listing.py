"""A list of the back office: Flask-Admin's list view over a query of ours. It reads, and it writes nothing.

Creating, editing, deleting and exporting rows are not even addresses here: what changes something is a deed that calls a verb.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, request, url_for
from flask_admin.model import BaseModelView
from sqlalchemy import Select
from wtforms import Form

from engine.store import Session
from hall import reading

from .beside import Beside
from .frame import Part
from .keyset import BadKey, Order

Cell = Callable[[Any, Beside], object]
WRITING = {"create_view", "edit_view", "details_view", "delete_view", "action_view", "export", "ajax_lookup", "ajax_update"}


@dataclass(frozen=True)
class Column:
    """One column: its words and what stands in it, told of a row and of what was looked up beside the rows of the page."""

    text: str
    cell: Cell


@dataclass(frozen=True)
class Show:
    """One choice of which rows are shown, with an order of its own where another index serves it better."""

    key: str
    text: str
    where: tuple[Any, ...] = ()
    order: Order | None = None


@dataclass(frozen=True)
class Link:
    """A button above a list."""

    endpoint: str
    text: str
    values: dict[str, str] = field(default_factory=dict)


class Listing(Part, BaseModelView):
    """A list. Say `model`, `columns`, `order`; where they help: `shows`, `search_text` with `found`, `beside`, `links`."""

    model: Any
    columns: tuple[Column, ...] = ()
    order: Order
    shows: tuple[Show, ...] = ()
    search_text: str = ""
    about: str = ""
    nothing: str = ""
    links: tuple[Link, ...] = ()

    can_create = can_edit = can_delete = can_export = False
    list_template = "back/list.html"
    page_size = 25

    def __init__(self) -> None:
        self.column_list = [str(place) for place in range(len(self.columns))]
        self.column_labels = {str(place): column.text for place, column in enumerate(self.columns)}
        self.column_formatters = {str(place): _formatter(column.cell) for place, column in enumerate(self.columns)}
        BaseModelView.__init__(self, self.model, **self.placed())

    def create_blueprint(self, admin: Any) -> Any:
        """Flask-Admin's addresses without those that write rows past the verbs."""
        self._urls = [each for each in self._urls if each[1] not in WRITING]
        return super().create_blueprint(admin)

    # What a list may say of itself

    def query(self) -> Select[Any]:
        """The rows, without order and without the choice of the reader."""
        raise NotImplementedError

    def found(self, db: Session, text: str) -> Sequence[Any]:
        """The conditions of a search."""
        return ()

    def beside(self, db: Session, rows: Sequence[Any]) -> Beside:
        """What the cells need beside the rows: looked up once for the page."""
        return Beside()

    def is_late(self, row: Any) -> bool:
        """Whether a row asks for attention."""
        return False

    # What Flask-Admin asks for

    def get_list(self, page: int, sort_column: Any, sort_desc: Any, search: str | None, filters: Any, page_size: int | None = None) -> Any:
        """(None, rows): one page, the count unknown on purpose. The next page is told to the template."""
        show = self._show()
        order = (show and show.order) or self.order
        with reading() as db:
            query = self.query().where(*(show.where if show else ()))
            if search and search.strip() and self.search_text:
                query = query.where(*self.found(db, "".join(filter(str.isprintable, search)).strip()[:100]))
            try:
                rows = list(db.scalars(order.cut(query, request.args.get("after"), self.page_size)).unique())
            except BadKey:
                abort(404)
            rows, more = rows[: self.page_size], len(rows) > self.page_size
            beside = self.beside(db, rows)
        self._template_args.update(beside=beside, show=show, next_url=self._address(show, search, order.key(rows[-1])) if more else None)
        return None, rows

    def _show(self) -> Show | None:
        if not self.shows:
            return None
        wanted = request.args.get("show", self.shows[0].key)
        return next((each for each in self.shows if each.key == wanted), None) or abort(404)

    def _address(self, show: Show | None, search: str | None, after: str | None) -> str:
        given = {"show": show.key if show else None, "search": search or None, "after": after}
        return url_for(".index_view", **{name: value for name, value in given.items() if value})

    def show_url(self, show: Show) -> str:
        """The address of another choice of rows, with what was searched for."""
        return self._address(show, request.args.get("search"), None)

    def get_pk_value(self, model: Any) -> str:
        """The key of a row."""
        return self.order.key(model)

    def init_search(self) -> bool:
        """Whether there is a box to search with."""
        return bool(self.search_text)

    def scaffold_list_columns(self) -> list[str]:
        """The columns said above."""
        return list(self.column_list)

    def scaffold_sortable_columns(self) -> dict[str, str]:
        """None: a list keeps the order its index has."""
        return {}

    def _refresh_forms_cache(self) -> None:
        self._edit_form_class = self._create_form_class = Form  # an empty one: rows are never edited here


def _formatter(cell: Cell) -> Callable[[Any, Any, Any, str], object]:
    return lambda view, context, row, name: cell(row, context["beside"])
