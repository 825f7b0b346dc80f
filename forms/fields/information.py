"""Text to read between the questions; it has no answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import property as prop
from forms.kind import Kind
from forms.view import View


class Information(Kind):
    word = "information"
    stencil = "blank"
    title = {"id": "Teks informasi", "en": "Information"}
    about = {"id": "Penjelasan di antara pertanyaan, tanpa jawaban.", "en": "An explanation between the questions, without an answer."}
    icon = "i"
    shelf = "layout"
    template = "information"
    answered = False
    properties = (prop.words("text", {"id": "Teks", "en": "Text"}, long=True, part="question"),)

    def ask(self, view: View) -> Mapping[str, Any]:
        return {"heading": view.pick(view.field.label), "paragraphs": view.pick(view.field.options.get("text")).split("\n\n")}
