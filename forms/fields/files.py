"""Several files under one question, each judged like a single one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms import property as prop
from forms.fields._samples import PDF
from forms.fields.file import LARGEST, MOST, ORIGINAL, PAGES, PLACE, SHRINK, TYPE, TYPES, File
from forms.files import Upload
from forms.form import Field
from forms.kind import Bad, Good
from forms.words import N_


class Files(File):
    word = "files"
    title = {"id": "Beberapa berkas", "en": "Several files"}
    about = {"id": "Beberapa PDF atau foto untuk satu pertanyaan.", "en": "Several PDFs or photos for one question."}
    icon = "M8 3h7l4 4v11H8zM15 3v4h4M5 7v14h10"
    many = True
    properties = (
        prop.count("min", {"id": "Paling sedikit berkas", "en": "Fewest files"}, most=20),
        prop.count("max", {"id": "Paling banyak berkas", "en": "Most files"}, least=1, most=20, default=MOST),
        TYPE,
        LARGEST,
        PAGES,
        SHRINK,
        ORIGINAL,
        PLACE,
    )
    says = {**File.says, "file.few": N_("Choose at least {min} for {noun}.")}
    good = (
        Good([Upload("a.pdf", PDF)], [Upload("a.pdf", PDF, TYPES["pdf"], 1)]),
        Good(
            {"keep": ["kept-1", "kept-2"], "remove": "kept-1", "new": [Upload("b.txt", PDF)]},
            [
                {"file": "kept-2", "name": "sawah.png", "type": "image/png", "size": 20, "sha256": "1" * 64},
                Upload("b.pdf", PDF, TYPES["pdf"], 1),
            ],
            {"max": 2},
        ),
    )
    bad = (
        Bad("", "required"),
        Bad(["kept-1", "no-such-id"], "file.unknown"),
        Bad(Upload("a.pdf", PDF), "file.few", {"min": 2}),
        Bad([Upload("a.pdf", PDF), Upload("b.pdf", PDF)], "file.many", {"max": 1}),
        Bad([Upload("a.pdf", PDF), Upload("b.jpg", b"GIF89a" + bytes(40))], "file.type"),
        Bad({"new": {"x": "y"}}, "type"),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        if field.options.get("min", 0) > field.options.get("max", MOST):
            yield "min", "form.limits", {"min": field.options["min"], "max": field.options.get("max", MOST)}
