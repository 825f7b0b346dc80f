"""Letters as PDF: what they say, that they are what archives and screen readers ask for, and that no text in them is ever code."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.documents import Issued, Layout, LetterTooLarge, Signatory, preview_letter, render_letter, render_text
from engine.documents import press as the_press
from engine.documents.letter import JAKARTA, _data
from engine.texts import CannotFill

ADDRESS = "https://izin.contoh.go.id/periksa/7KQ2-9FXA-M0T3-ZZ8V"
ISSUED = Issued(
    date(2026, 6, 24),
    number="503/0012/REKLAME/2026",
    code="7KQ2-9FXA-M0T3-ZZ8V",
    signatory=Signatory("Kepala Dinas", "SITI AMINAH", "NIP 19700101 199503 2 001", "a.n. BUPATI CONTOH"),
)
HOSTILE = [
    '#read("/etc/passwd")',
    '\n#import "@preview/cetz:0.3.0"',
    "#{while true {}}",
    "`raw` ```block```",
    "$ x^2 $",
    "<label> @ref",
    "*bold* _emph_ **x**",
    "= Judul\n== Judul",
    "\\ \\u{41} \\#",
    '#"a" + [b] // c /* d */',
    "- a\n+ b\n/ c: d",
    "{{ name }} {% if %}",
    '</json> " \' \\" }',
]
PLAIN = "# Surat\n\nNama: {{ name }}.\n\n| No. | Nama |\n|---|---|\n| 1 | {{ name }} |\n"


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def picture_of(pdf: bytes, folder: Path) -> Image.Image:
    """The first page of the PDF itself as a picture (Typst sets a PDF as an image)."""
    (folder / "letter.pdf").write_bytes(pdf)
    source = b'#set page(width: 210mm, height: 297mm, margin: 0pt)\n#image("letter.pdf", width: 100%)'
    png = typst.compile(source, root=str(folder), format="png", ppi=110.0)
    assert isinstance(png, bytes)
    return Image.open(io.BytesIO(png))


def letter(template: str, facts: dict[str, Any], layout: Layout, **changed: Any) -> bytes:
    return render_letter(template, facts, **{"lang": "id", "qr": ADDRESS, "layout": layout, "issued": ISSUED, **changed})


def test_a_letter_says_what_the_office_and_the_template_say(layout: Layout) -> None:
    text = text_of(
        letter("# SURAT IZIN\n\nDiberikan kepada **{{ name }}**, {{ tax | rupiah }}.", {"name": "Sari Dewi", "tax": 3_325_000}, layout)
    )
    for words in (
        "PEMERINTAH KABUPATEN CONTOH",
        "Telepon (021) 555 0100",
        "Nomor: 503/0012/REKLAME/2026",
        "Diberikan kepada Sari Dewi, Rp3.325.000.",
        "Kota Contoh, 24 Juni 2026",
        "a.n. BUPATI CONTOH",
        "SITI AMINAH",
        "NIP 19700101 199503 2 001",
        "7KQ2-9FXA-M0T3-ZZ8V",
        "Halaman 1 dari 1",
    ):
        assert words in text
    assert "elektronik" not in text.lower()


def test_a_letter_in_english_speaks_english_around_the_text_too(layout: Layout) -> None:
    text = text_of(letter("# PERMIT\n\nx", {}, layout, lang="en"))
    assert "Number: 503/0012/REKLAME/2026" in text
    assert "Page 1 of 1" in text
    assert "Kota Contoh, 24 June 2026" in text
    assert "electronic" not in text.lower()


def test_a_letter_that_says_its_number_itself_gets_no_second_one(layout: Layout) -> None:
    facts = {"document": {"number": ISSUED.number}}
    assert "Nomor: " not in text_of(letter("# SURAT\n\n**Nomor {{ document.number }}**", facts, layout))


def test_the_subject_line_is_the_title_of_the_file_and_not_part_of_the_letter(layout: Layout) -> None:
    pdf = letter("subject: Izin {{ name }}\n\n# SURAT\n\nx", {"name": "Sari"}, layout)
    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == "Izin Sari"  # type: ignore[union-attr]
    assert "subject" not in text_of(pdf)


def test_the_qr_code_of_the_pdf_leads_to_the_address_of_the_check(layout: Layout, tmp_path: Path) -> None:
    picture = picture_of(letter("# SURAT\n\nx", {}, layout), tmp_path)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_a_letter_that_cannot_be_checked_has_no_code(layout: Layout, tmp_path: Path) -> None:
    pdf = letter("# SURAT\n\nx", {}, layout, qr="", issued=Issued(date(2026, 6, 24)))
    assert zxingcpp.read_barcodes(picture_of(pdf, tmp_path)) == []
    assert "Periksa keaslian" not in text_of(pdf)


def test_a_letter_is_an_archive_file_and_readable_by_screen_readers(layout: Layout) -> None:
    reader = pypdf.PdfReader(io.BytesIO(letter(PLAIN, {"name": "Sari"}, layout)))
    root: Any = reader.trailer["/Root"]
    marked = root["/Metadata"].get_data().decode()
    assert all(claim in marked for claim in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"))
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("id")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_only_the_fonts_of_the_wheel_are_used(layout: Layout) -> None:
    reader = pypdf.PdfReader(io.BytesIO(letter(PLAIN, {"name": "Sari"}, layout)))
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1].removesuffix("-Identity-H")
        for font in reader.pages[0]["/Resources"]["/Font"].values()
    }  # type: ignore[index]
    assert fonts == {"LibertinusSerif-Regular", "LibertinusSerif-Bold"}


def test_the_same_letter_is_the_same_file(layout: Layout) -> None:
    assert letter(PLAIN, {"name": "Sari"}, layout) == letter(PLAIN, {"name": "Sari"}, layout)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_as_it_is(layout: Layout, hostile: str) -> None:
    text = squeezed(text_of(letter(PLAIN, {"name": hostile}, layout)))
    assert text.count(squeezed(hostile)) == 2
    assert "root:" not in text


def test_hostile_text_in_letterhead_number_and_signature_is_printed_as_it_is(layout: Layout) -> None:
    head = replace(layout, office="#panic() *D*", government="$G$", address="`a`\n@b", place="<p>")
    issued = Issued(date(2026, 6, 24), "#n()/1", "C*D", Signatory("#p", "*n*", "_i_", "$b$"))
    text = text_of(letter("#### x", {}, head, issued=issued, qr="https://a/#read(1)?*b*"))
    for words in (
        "#panic() *D*",
        "$G$",
        "`a`",
        "@b",
        "<p>, 24 Juni 2026",
        "Nomor: #n()/1",
        "C*D",
        "#p",
        "*n*",
        "_i_",
        "$b$",
        "#read(1)?*b*",
    ):
        assert words in text


@settings(max_examples=40, deadline=None)
@given(
    name=st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
    | st.lists(st.sampled_from(HOSTILE), max_size=5).map(" ".join)
)
def test_whatever_is_typed_is_printed(name: str) -> None:
    data = _data("{{ name }}", {"name": name}, "id", "", Layout("Dinas"), Issued(date(2026, 6, 24)), JAKARTA)
    order = {"data": data, "root": ".", "format": "pdf", "ppi": 72, "standards": ["a-2a", "ua-1"]}
    source = Path(the_press.__file__).with_name("letter.typ").read_bytes()
    (pdf,) = the_press.press(source, order)
    assert squeezed(name) in squeezed(text_of(pdf))


@pytest.mark.parametrize(
    "name",
    ["日本語の名前", "Sari \U0001f600\U0001f1ee\U0001f1e9", "ไทย", "שלום", "한국어 이름" * 30, "".join(map(chr, range(0x4E00, 0x4E80)))],
)
def test_letters_that_no_font_has_do_not_stop_a_letter(layout: Layout, name: str) -> None:
    text = text_of(letter("# S\n\nNama {{ name }} selesai é ± “x”.", {"name": name}, layout))
    assert "selesai é ± “x”." in text
    assert "�" in text or name in text


def test_a_preview_is_marked_as_one_and_comes_as_pictures(layout: Layout) -> None:
    issued = replace(ISSUED, draft=True)
    pages = preview_letter("# S\n\n" + "paragraf\n\n" * 80, {}, lang="id", qr=ADDRESS, layout=layout, issued=issued)
    assert len(pages) >= 2
    assert all(Image.open(io.BytesIO(page)).format == "PNG" for page in pages)
    assert "PRATINJAU" in text_of(letter("# S\n\nx", {}, layout, issued=issued))


def test_the_signature_never_stands_alone_on_a_page(layout: Layout) -> None:
    for lines in range(24, 36):
        pages = pypdf.PdfReader(io.BytesIO(letter("# S\n\n" + "isi\n\n" * lines + "penutup", {}, layout))).pages
        last = pages[-1].extract_text()
        if len(pages) == 2:
            assert last.index("penutup") < last.index("SITI AMINAH")
            return
    pytest.fail("no letter of two pages was made")


def test_an_emblem_stands_in_the_letterhead(layout: Layout, tmp_path: Path) -> None:
    emblem = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(emblem, "PNG")
    picture = picture_of(letter("# S\n\nx", {}, replace(layout, logo=emblem.getvalue())), tmp_path)
    assert (255, 0, 0) in {colour for _, colour in picture.convert("RGB").crop((0, 0, 300, 220)).getcolors(1 << 20) or ()}


def test_a_field_that_is_missing_is_told_with_its_line(layout: Layout) -> None:
    with pytest.raises(CannotFill, match=r"Line 3: applicant\.nmae is undefined"):
        letter("# S\n\n{{ applicant.nmae }}", {"applicant": {"name": "x"}}, layout)


def test_a_letter_beyond_all_measure_is_refused(layout: Layout) -> None:
    with pytest.raises(LetterTooLarge):
        letter("# S\n\nx", {}, replace(layout, logo=b"\xff" * (2 << 20)))


def test_a_notice_has_a_subject_and_a_body() -> None:
    template = "subject: Izin {{ name }} terbit\n\nYth. {{ name }},\n\nunduh di {{ link }}.\n"
    subject, body = render_text(template, {"name": "Sari\nBcc: all@example.org", "link": "https://x"}, lang="id")
    assert subject == "Izin Sari Bcc: all@example.org terbit"
    assert body == "Yth. Sari\nBcc: all@example.org,\n\nunduh di https://x."


def test_a_notice_without_a_subject_line_has_none() -> None:
    assert render_text("Yth. {{ name }}", {"name": "subject: x"}, lang="id") == ("", "Yth. subject: x")
    assert render_text("{{ name }}", {"name": "subject: x"}, lang="id") == ("", "subject: x")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_letters_of_the_first_permit_can_be_set(layout: Layout, lang: str) -> None:
    application = {
        "alamat": "Jl. Melati 5", "npwpd": "P.1.00001", "penyelenggara": "sendiri", "isi_naskah": "Kopi | Enak", "panjang_m": Decimal(4),
        "jumlah_sisi": 2, "tgl_mulai": date(2026, 7, 1), "tgl_selesai": date(2027, 6, 30), "titik_pasang": [{}],
    }  # fmt: skip
    point = {"nama_jalan": "Jalan Raya", "wilayah": "Kec. Contoh", "jumlah_unit": 1}
    shown = {
        "wilayah": "Kec. Contoh",
        "jenis_reklame": "Papan",
        "kelas": "Permanen",
        "produk": "Umum",
        "panjang_m": "4 m",
        "lebar_m": "6 m",
    }
    facts = {
        "application": application,
        "shown": {"application": {**shown, "titik_pasang": [point, point]}},
        "applicant": {"name": "Budi"},
        "case": {"number": "REKLAME-2026-00012", "received": datetime(2026, 6, 2, tzinfo=UTC)},
        "document": {"number": ISSUED.number, "valid_from": date(2026, 7, 1), "valid_until": date(2027, 6, 30)},
        "tax": {"amount": 25_185_000},
    }
    template = (Path(__file__).parents[3] / "workflows" / "reklame" / "letters" / f"permit.{lang}.md").read_text()
    text = " ".join(text_of(letter(template, facts, layout, lang=lang)).split())
    assert "Rp25.185.000" in text
    assert "2 Jalan Raya, Kec. Contoh – 1" in text
    assert "Kopi | Enak" in text
    assert f"{'Nomor' if lang == 'id' else 'Number'} {ISSUED.number}" in text
