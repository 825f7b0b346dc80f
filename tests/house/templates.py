"""What stands in a Jinja template: its HTML with the placeholders taken out, and the texts handed to macros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

HOLE = "\ufffc"  # stands for whatever an expression will print
READ_ALOUD = {"title", "alt", "placeholder", "aria-label", "aria-description", "value", "label"}
TEXT_WORDS = {"text", "html", "label", "title", "hint", "legend", "heading", "caption", "titletext", "summarytext", "visuallyhiddentext"}

environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


class Page(HTMLParser):
    """Texts, scripts, styles and handlers of a template's HTML, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[int, str]] = []
        self.inline: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        given = {name: value or "" for name, value in attrs}
        if (tag == "script" and "src" not in given and given.get("type") != "application/json") or tag == "style":
            self.inline.append((line, f"<{tag}>"))
        for name, value in given.items():
            if name.startswith("on") or name == "style" or value.strip().lower().startswith("javascript:"):
                self.inline.append((line, f"{name}="))
            if name in READ_ALOUD and (name != "value" or given.get("type") in ("submit", "button")):
                self.texts.append((line, value))

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.getpos()[0], data))


def page(path: Path) -> Page:
    """A template as HTML: expressions become holes, `{% trans %}` blocks and comments vanish."""
    made = Page()
    made.feed(bare(path.read_text()))
    made.close()
    return made


def bare(source: str) -> str:
    """The template's own characters, line for line."""
    out: list[str] = []
    inside, first, translated = "", "", False
    for _, token, value in environment.lex(source):
        if token == "data":
            out.append("\n" * value.count("\n") if translated else value)
        elif token.endswith("_begin"):
            inside, first = token, ""
            out.append(HOLE if token == "variable_begin" else "")
        elif token.endswith("_end"):
            translated = {"trans": True, "endtrans": False}.get(first, translated) if inside == "block_begin" else translated
            inside = ""
            out.append("\n" * value.count("\n"))
        else:
            first = first or (value if token == "name" else "")
            out.append("\n" * value.count("\n"))
    return re.sub(f"(</?){HOLE}", r"\1x", "".join(out))  # <{{ tag }} …> is a tag too


def handed_over(path: Path) -> Iterator[tuple[int, str]]:
    """Texts that stand raw in the arguments of macros: `{"text": "Save"}`, `label="Name"`."""
    for pair in environment.parse(path.read_text()).find_all((nodes.Pair, nodes.Keyword)):
        key = pair.key.value if isinstance(pair.key, nodes.Const) else pair.key
        if isinstance(key, str) and key.lower() in TEXT_WORDS and isinstance(pair.value, nodes.Const) and isinstance(pair.value.value, str):
            yield pair.lineno, pair.value.value
