"""A letter's Markdown, read by markdown-it-py into plain blocks that the press sets.

Headings, paragraphs, **bold**, *italic*, lists, tables, rules and line breaks; nothing else means anything. Values travel closed
through the reader (see `engine.texts`) and are opened only where they can be nothing but text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from engine.texts import opened

Block = dict[str, Any]
_OFF = ["code", "fence", "html_block", "html_inline", "link", "image", "autolink", "backticks", "reference", "blockquote", "lheading"]
_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_OFF)
_ALIGN = {"text-align:center": "center", "text-align:right": "right"}


def blocks_of(markdown: str) -> list[Block]:
    """The letter as blocks of JSON-able values; headings begin at level 1 and never skip one (PDF/UA).

    As decrees want it, a title, a heading in capitals and the bold lines right under them stand in the middle.
    """
    blocks = _blocks(iter(_READER.parse(markdown)), "")
    deepest, titling = 0, False
    for block in blocks:
        if block["kind"] == "heading":
            block["level"] = deepest = min(block["level"], deepest + 1, 3)
            block["centred"] = titling = deepest == 1 or plain_text(block["parts"]).isupper()
        elif block["kind"] == "paragraph":
            block["centred"] = titling = titling and all(part["kind"] in ("strong", "break") for part in block["parts"])
        else:
            titling = False
    return blocks


def line_of(text: str) -> list[Token]:
    """What a line of a letter is made of, as the press reads it."""
    return list(_READER.parseInline(text)[0].children or ())


def plain_text(parts: list[Block]) -> str:
    """What a line says, without its marks."""
    return "".join(part["text"] if part["kind"] == "text" else plain_text(part.get("parts", [])) or " " for part in parts)


def _blocks(tokens: Iterator[Token], until: str) -> list[Block]:
    made: list[Block] = []
    for token in tokens:
        if token.type == until:
            break
        if block := _block(token, tokens):
            made.append(block)
    return made


def _block(token: Token, tokens: Iterator[Token]) -> Block | None:
    match token.type:
        case "heading_open":
            return {"kind": "heading", "level": int(token.tag[1]), "parts": _line(next(tokens)), "centred": False}
        case "paragraph_open":
            return {"kind": "paragraph", "centred": False, "parts": _line(next(tokens))}
        case "hr":
            return {"kind": "rule"}
        case "bullet_list_open":
            return {"kind": "bullets", "items": _items(tokens, "bullet_list_close")}
        case "ordered_list_open":
            start = int(token.attrGet("start") or 1)
            return {"kind": "numbers", "start": start, "items": _items(tokens, "ordered_list_close")}
        case "table_open":
            return _table(tokens)
    return None


def _items(tokens: Iterator[Token], until: str) -> list[list[Block]]:
    items = []
    for token in tokens:
        if token.type == until:
            break
        if token.type == "list_item_open":
            items.append(_blocks(tokens, "list_item_close"))
    return items


def _table(tokens: Iterator[Token]) -> Block:
    rows: list[list[Block]] = []
    align: list[str] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            if token.type == "th_open":
                align.append(_ALIGN.get(str(token.attrGet("style") or ""), "left"))
            rows[-1].append({"parts": _line(next(tokens))})
    widths = [max(len(plain_text(row[column]["parts"])) for row in rows) for column in range(len(align))]
    return {"kind": "table", "head": [c["parts"] for c in rows[0]], "rows": rows[1:], "align": align, "widest": widths.index(max(widths))}


def _line(token: Token) -> list[Block]:
    return _parts(iter(token.children or ()), "")


def _parts(tokens: Iterator[Token], until: str) -> list[Block]:
    parts: list[Block] = []
    for token in tokens:
        if token.type == until:
            break
        if token.type in ("strong_open", "em_open"):
            kind = "strong" if token.type == "strong_open" else "emph"
            parts.append({"kind": kind, "parts": _parts(tokens, token.type.replace("open", "close"))})
        elif token.type == "hardbreak":
            parts.append({"kind": "break"})
        else:
            parts += _texts(" " if token.type == "softbreak" else opened(token.content))
    return [part for part in parts if part["kind"] != "text" or part["text"]]


def _texts(text: str) -> Iterator[Block]:
    """A value may have line breaks of its own."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield {"kind": "break"}
        yield {"kind": "text", "text": line.replace("\t", " ")}
