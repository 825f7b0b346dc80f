"""The tables of a letter: rows of cells, a row that is there only sometimes or once for each row of a group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .inline import marked_nodes, marked_text
from .tokens import CLOSING, OPENING, Held, Node, held, same

if TYPE_CHECKING:
    from .read import Reader

DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\n?\Z")
_ALIGN = {(True, True): "center", (False, True): "right"}
_SIGNS = {"left": "---", "center": ":-:", "right": "--:"}


def table_at(reader: Reader, lines: list[str], at: int) -> tuple[Node, int] | None:
    """The table that begins here, and the line behind it; None when there is none. One with more in it than rows is raw."""
    if at + 1 >= len(lines) or "|" not in lines[at] or not DELIMITER.match(lines[at + 1]):
        return None
    heads, signs = cells_in(lines[at]), cells_in(lines[at + 1])
    if len(heads) != len(signs) or "|" not in lines[at + 1]:
        return None
    align = [_ALIGN.get((sign.startswith(":"), sign.endswith(":")), "left") for sign in signs]
    rows, until = _rows(reader.taken, lines, at + 2, len(align))
    if rows is None:
        return reader.kept("raw", lines, at, until), until
    node = reader.kept("table", lines, at, until)
    node["attrs"]["align"] = ",".join(align)
    headed = [] if not any(heads) else [_row(reader.taken, lines[at], len(align), head=True)]
    return {**node, "content": [*headed, *rows] or [_row(reader.taken, "|" * (len(align) + 1), len(align))]}, until


def _rows(taken: Held, lines: list[str], at: int, width: int) -> tuple[list[Node] | None, int]:
    rows: list[Node] = []
    plain = True
    while at < len(lines) and lines[at].strip():
        tag = taken.tag(lines[at])
        if tag is None:
            plain = plain and "|" in lines[at]
            rows.append(_row(taken, lines[at], width))
            at += 1
        elif tag[0] in OPENING and at + 2 < len(lines) and _is_row(taken, lines[at + 1]) and _closes(taken, lines[at + 2], tag[0]):
            row = _row(taken, lines[at + 1], width)
            row["attrs"] |= {"tag": tag[0], "text": tag[1]}
            rows.append(row)
            at += 3
        else:
            break
    return (rows if plain else None), at


def _is_row(taken: Held, line: str) -> bool:
    return "|" in line and taken.tag(line) is None


def _closes(taken: Held, line: str, name: str) -> bool:
    tag = taken.tag(line)
    return tag is not None and CLOSING.get(tag[0]) == name


def _row(taken: Held, line: str, width: int, *, head: bool = False) -> Node:
    texts = cells_in(line)[:width]
    texts += [""] * (width - len(texts))
    cells = [{"type": "cell", "content": marked_nodes(text, taken)} for text in texts]
    return {"type": "row", "attrs": {"head": head, "tag": "", "text": "", "src": taken.back(line.strip())}, "content": cells}


def cells_in(line: str) -> list[str]:
    """The cells of a row as the reader of Markdown cuts them: `\\|` is a sign."""
    text = line.strip()
    cells = [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text)]
    cells = cells[1:] if cells and not cells[0] else cells
    return cells[:-1] if cells and not cells[-1] else cells


def table_text(node: Node) -> str:
    """The source of a table."""
    rows = node.get("content", [])
    align = [one if one in _SIGNS else "left" for one in str(node["attrs"].get("align") or "left").split(",")]
    headed = bool(rows) and bool(rows[0].get("attrs", {}).get("head"))
    head = _row_text(rows[0]) if headed else "|" + " |" * len(align)
    lines = [head, "|" + "|".join(_SIGNS[one] for one in align) + "|"]
    body = rows[1:] if headed else rows
    for place, row in enumerate(body):
        lines += _framed(row, _row_text(row), last=place == len(body) - 1)
    return "\n".join(lines)


def _framed(row: Node, text: str, *, last: bool) -> list[str]:
    """A row between its tags, which leave no blank line: that would end the table."""
    attrs = row.get("attrs", {})
    if attrs.get("tag") not in OPENING or not attrs.get("text"):
        return [text]
    return [f"{{% {attrs['tag']} {attrs['text']} -%}}", text, f"{{% end{attrs['tag']} {'' if last else '-'}%}}"]


def _row_text(row: Node) -> str:
    cells = [cell["content"] for cell in row["content"]]
    src = row["attrs"].get("src")
    taken = held(src) if isinstance(src, str) else None
    if taken is not None and same([marked_nodes(text, taken) for text in cells_in(taken.text)], cells):
        return str(src)
    return "| " + " | ".join(marked_text(cell, cell=True) for cell in cells) + " |"
