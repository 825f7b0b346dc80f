"""A letter's Markdown: what it means, and that no value can mean anything."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import texts
from engine.documents.markdown import blocks_of, plain_text

TEMPLATE = """# Izin {{ v }}

Kepada {{ v }} di **{{ v }}**, *{{ v }}*

{{ v }}

- {{ v }}
1. {{ v }}

| {{ v }} | B |
|---|--:|
| {{ v }} | {{ v }} |
"""


def blocks(value: str, template: str = TEMPLATE) -> list[dict[str, Any]]:
    return blocks_of(texts.read(template).fill({"v": value}, guarded=True))


def joined(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts with neighbouring texts and breaks as one text: only the structure that marks make."""
    made: list[dict[str, Any]] = []
    for part in parts:
        if part["kind"] in ("text", "break"):
            if not made or made[-1]["kind"] != "text":
                made.append({"kind": "text"})
        else:
            made.append({"kind": part["kind"], "parts": joined(part["parts"])})
    return made


def shape(node: Any) -> Any:
    """The structure of blocks without what they say."""
    if isinstance(node, list):
        return (
            joined(node)
            if node and "text" in {part.get("kind") for part in node if isinstance(part, dict)}
            else [shape(part) for part in node]
        )
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items() if key not in ("text", "widest", "centred")}
    return node


def test_headings_lists_tables_and_marks_are_read() -> None:
    read = blocks("x", "# A\n\n### B *c*\n\na  \nb\n\n---\n\n3. one\n   - deep\n4. two\n\n| a | b | c |\n|---|:-:|--:|\n| 1 | 22 | 3 |")
    assert [(block["kind"], block.get("level")) for block in read] == [
        ("heading", 1),
        ("heading", 2),  # a level is never skipped
        ("paragraph", None),
        ("rule", None),
        ("numbers", None),
        ("table", None),
    ]
    assert [part["kind"] for part in read[2]["parts"]] == ["text", "break", "text"]
    assert read[4]["start"] == 3
    assert read[4]["items"][0][1]["kind"] == "bullets"
    assert (read[5]["align"], read[5]["widest"]) == (["left", "center", "right"], 1)


def test_nothing_but_the_subset_means_anything() -> None:
    source = "<b>x</b> [a](https://b) ![c](d) `e` <https://f>\n\n    code\n\n```\nfence\n```\n\n> quote\n\n[g]: https://h"
    read = blocks("", source)
    assert {block["kind"] for block in read} == {"paragraph"}
    assert plain_text(read[0]["parts"]) == "<b>x</b> [a](https://b) ![c](d) `e` <https://f>"
    assert "[g]: https://h" in plain_text(read[-1]["parts"])


def test_the_title_and_the_bold_lines_under_it_stand_in_the_middle() -> None:
    read = blocks("", "# Keputusan\n\n**Nomor 1**\n\n**tentang Izin**\n\nBahwa\n\n**tebal**\n\n## MEMUTUSKAN\n\n## Lampiran")
    assert [block["centred"] for block in read] == [True, True, True, False, False, True, False]


HOSTILE = [
    "\n# Judul",
    "\n\n- a\n- b",
    "a | b |\n| c",
    "**x**",
    "*",
    "`",
    "\n---\n",
    "\n\n|a|\n|-|\n",
    "[x](y)",
    "<b>",
    "\\",
    "&amp;",
    "{{ v }}",
    "{% raw %}",
    "1. x",
    "    x",
]


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1) | st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map("".join))
@example("\n\n".join(HOSTILE))
@example("\ue000\ue0ff\ue021")
def test_no_value_changes_the_structure_of_a_letter_and_each_is_said_as_it_is(value: str) -> None:
    said = texts.read("{{ v }}").fill({"v": value}).replace("\t", " ")
    if not said:
        return
    read = blocks(value)
    assert shape(read) == shape(blocks("x"))
    text = "".join("\n" if part["kind"] == "break" else part["text"] for part in read[2]["parts"])
    assert text == said
