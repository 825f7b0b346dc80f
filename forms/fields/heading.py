"""A heading above the questions that follow it on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.kind import Kind
from forms.view import View


class Heading(Kind):
    word = "heading"
    stencil = "blank"
    title = {"id": "Judul bagian", "en": "Heading"}
    about = {"id": "Membagi halaman yang panjang.", "en": "Divides a long page."}
    icon = "H"
    shelf = "layout"
    template = "heading"
    answered = False
    nests = False

    def ask(self, view: View) -> Mapping[str, Any]:
        return {"text": view.pick(view.field.label), "help": view.pick(view.field.help)}
