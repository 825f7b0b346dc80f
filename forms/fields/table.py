"""A table of rows: a repeating group of small questions, each a column. On a phone every row is a card."""

from __future__ import annotations

from forms import property as prop
from forms.fields.group import MOST, Group, inner
from forms.kind import Bad, Good


class Table(Group):
    word = "table"
    title = {"id": "Tabel", "en": "Table of rows"}
    about = {"id": "Beberapa baris dengan kolom yang sama.", "en": "Several rows with the same columns."}
    icon = "M3 5h18v14H3zM3 10h18M3 15h18M9 5v14M15 5v14"
    template = "table"
    compact = True
    properties = (
        prop.count("min", {"id": "Paling sedikit baris", "en": "Fewest rows"}, most=100),
        prop.count("max", {"id": "Paling banyak baris", "en": "Most rows"}, least=1, most=100, default=MOST),
        inner("cell_questions", "cell"),
    )
    _what = {"key": "what", "kind": "text", "label": {"id": "Barang", "en": "Item"}, "noun": {"id": "barang", "en": "the item"}}
    _count = {"key": "count", "kind": "number", "label": {"id": "Jumlah", "en": "Count"}, "noun": {"id": "jumlah", "en": "the count"}}
    _columns = {"fields": [_what, _count]}
    good = (
        Good([{"what": "Meja", "count": "2"}, {"what": " "}], [{"what": "Meja", "count": 2}], _columns),
        Good(
            [{"what": "Meja", "count": 2}, {"what": "Kursi", "count": 8}],
            [{"what": "Meja", "count": 2}, {"what": "Kursi", "count": 8}],
            _columns,
        ),
    )
    bad = (
        Bad([], "required", _columns),
        Bad([{"what": "Meja"}], "required", _columns, "0.count"),
        Bad([{"what": "Meja", "count": "dua"}], "number.not", _columns, "0.count"),
        Bad([{"what": "a", "count": 1}, {"what": "b", "count": 1}], "group.many", {**_columns, "max": 1}),
        Bad([{"what": "a", "count": 1}], "group.few", {**_columns, "min": 2}),
        Bad([{"what": "a", "count": 1, "fee": 0}], "undeclared", _columns, "0.fee"),
        Bad("Meja", "type", _columns),
    )
