"""Cells of tables as drop-downs and back, and one table written anew in its file without noise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import rules
from rules import Cell, model

TAX = (Path(__file__).parents[2] / "workflows/reklame/decisions/tax.dmn").read_bytes()
KINDS = {
    "any": ("-", ""),
    "=": ("5", "-5", '"a"', "true", '@"2026-01-01"', 'date("2026-01-01")'),
    ">": ("> 5",),
    ">=": (">= -3.5",),
    "<": ("< 10",),
    "<=": ("(<= 10)",),
    "between": ("[1..5)", "(1..5]"),
    "one of": ('"a", "b"', "[1, 2]"),
    "!=": ('not("a")',),
    "none of": ('not("a", "b")',),
    "missing": ("null",),
    "given": ("not(null)",),
    "feel": ("< 10, > 60", "? > 3", "x", "> y", "1 +", "not(> 5)", '"a", null'),
}


@pytest.mark.parametrize(("text", "kind"), [(text, kind) for kind, texts in KINDS.items() for text in texts])
def test_a_cell_is_what_people_would_choose_and_says_the_same_again(text: str, kind: str) -> None:
    cell = rules.cell_of(text)
    assert cell.kind == kind
    assert rules.cell_of(rules.text_of_cell(cell)) == cell


@pytest.mark.parametrize(
    "cell", [Cell("between", (1,)), Cell("one of"), Cell("any", (1,)), Cell("nothing"), Cell(">", (["x"],)), Cell("=", (None,))]
)
def test_a_cell_that_is_not_whole_is_refused(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r".+"):
        rules.text_of_cell(cell)


def tables() -> list[str]:
    return [one.id for one in rules.read_decisions(TAX).model.elements if rules.table_in(one)]


def table(xml: bytes, id: str) -> model.Table:
    found = rules.table_in(rules.read_decisions(xml).model.element(id))  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("id", tables())
def test_every_shipped_table_written_back_unchanged_keeps_every_byte(id: str) -> None:
    assert rules.with_table(TAX, id, table(TAX, id)) == TAX


def test_rows_and_columns_may_come_go_and_change_places_and_all_else_keeps_its_bytes() -> None:
    old = table(TAX, "pembebasan")
    column = model.Input("case.channel", "string", label="Kanal", id="pembebasan_in_4", allowed='"online", "counter"')
    rows = [replace(row, inputs=(row.inputs[2], '"online"', row.inputs[0])) for row in old.rules[:3]]
    rows[1] = replace(rows[1], annotations=("<UU> & 1",), outputs=("",))
    rows.append(model.Rule(("> 3", "-", '"x"'), ("false",), ("baru",), id="pembebasan_9", description="why"))
    new = replace(
        old, hit="COLLECT", aggregation="COUNT", inputs=(old.inputs[2], column, old.inputs[0]), rules=(rows[2], rows[0], rows[1], rows[3])
    )
    made = rules.with_table(TAX, "pembebasan", new, label='Bebas "pajak"', requires=["sisi", "application"])
    assert table(made, "pembebasan") == new
    before, after = TAX.split(b'id="pembebasan"'), made.split(b'id="pembebasan"')
    assert before[0] == after[0]
    assert before[1].partition(b"</decisionTable>")[2] == after[1].partition(b"</decisionTable>")[2]
    decision = rules.read_decisions(made).model.element("pembebasan")
    assert isinstance(decision, model.Decision)
    assert (decision.label, decision.requires) == ('Bebas "pajak"', ("application", "luas", "hari", "sisi"))


FOREIGN = """<?xml version="1.0"?>
<dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"><!-- kept -->
 <dmn:decision id="fee" name="fee"><dmn:variable id="v" name="fee"/><dmn:decisionTable id="t"><dmn:output id="o" name="r"/>
  <dmn:rule id="a"><dmn:outputEntry id="e1"><dmn:text><![CDATA[1]]></dmn:text></dmn:outputEntry></dmn:rule><!-- stays -->
  <dmn:rule id="b"><dmn:outputEntry id="e2"><dmn:text>2</dmn:text></dmn:outputEntry></dmn:rule>
 </dmn:decisionTable></dmn:decision></dmn:definitions>"""


def test_files_of_other_tools_keep_their_prefixes_ids_and_remarks() -> None:
    xml = FOREIGN.encode()
    old = table(xml, "fee")
    assert rules.with_table(xml, "fee", old) == xml
    new = replace(old, rules=(replace(old.rules[1], outputs=("3 < 4",)), *old.rules[:1], model.Rule((), ("5",), id="c")))
    made = rules.with_table(xml, "fee", new)
    assert table(made, "fee") == new
    for kept in (
        b"<!-- kept -->",
        b"<!-- stays -->",
        b'<dmn:outputEntry id="e2"><dmn:text>3 &lt; 4</dmn:text>',
        b"<![CDATA[1]]>",
        b'<dmn:rule id="c">',
    ):
        assert kept in made
    latin = FOREIGN.replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"').encode("latin-1")
    assert table(rules.with_table(latin, "fee", new), "fee") == new, "in another encoding the file is laid out anew"
    with pytest.raises(rules.DecisionError):
        rules.with_table(xml, "nothing", new)


def test_a_table_is_tried_alone_with_what_it_reads_given() -> None:
    alone = rules.alone(rules.read_decisions(TAX).model, "pembebasan")
    assert alone.reads("pembebasan") == {"application.pembebasan", "luas", "hari"}
    given = rules.nested({"application.pembebasan": "nama_usaha", "luas": 1, "hari": 400})
    assert given == {"application": {"pembebasan": "nama_usaha"}, "luas": 1, "hari": 400}
    decided = alone.decide("pembebasan", given)
    assert (decided.value, [each.number for each in decided.fired]) == (True, [1])
    with pytest.raises(rules.DecisionError):
        rules.alone(rules.read_decisions(TAX).model, "tax")
