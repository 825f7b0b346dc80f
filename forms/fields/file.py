"""One file: judged by content, never by name; pictures are written anew, which drops the place and the camera they carry."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

import marshmallow as ma
import puremagic
from pypdf import PdfReader

from forms import property as prop
from forms.errors import Fault
from forms.fields._pictures import MOST_PIXELS, PHOTO, written_anew
from forms.fields._samples import JPEG, PDF, PNG
from forms.files import FileRef, Upload
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Property, Raw, tidy
from forms.view import View
from forms.words import N_, Words

MB = 1_000_000
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
TYPE_NAMES: dict[str, Words] = {
    "pdf": {"id": "PDF", "en": "PDF"},
    "jpg": {"id": "Foto JPG", "en": "JPG photo"},
    "png": {"id": "Gambar PNG", "en": "PNG picture"},
}
MOST_PAGES = 200
MOST = 10  # files, when the question says nothing


TYPE = prop.some_of("types", {"id": "Jenis berkas", "en": "Types of file"}, TYPE_NAMES, default=list(TYPES))
LARGEST_MB, WHOLE_MB = 5, 15  # a picture that comes unshrunk from a phone has up to some 12 MB
LARGEST = prop.size(
    "max_mb",
    {"id": "Paling besar (MB)", "en": "Largest (MB)"},
    above=0,
    most=20,
    default=LARGEST_MB,
    help={
        "id": f"Bila tidak diisi: {LARGEST_MB}, atau {WHOLE_MB} untuk foto yang tidak diperkecil di ponsel.",
        "en": f"When nothing is said: {LARGEST_MB}, or {WHOLE_MB} for photos that the phone does not shrink.",
    },
)
PAGES = prop.count("max_pages", {"id": "Paling banyak halaman", "en": "Most pages"}, least=1, most=MOST_PAGES, default=MOST_PAGES)
SHRINK = prop.count(
    "downscale",
    {"id": "Perkecil foto menjadi (piksel)", "en": "Shrink photos to (pixels)"},
    least=600,
    most=6000,
    default=PHOTO,
    help={
        "id": "Sisi terpanjang; dikecilkan di ponsel sebelum dikirim.",
        "en": "The longest side; made smaller on the phone before it is sent.",
    },
    advanced=True,
)
ORIGINAL = prop.yes_no(
    "original",
    {"id": "Jangan perkecil foto", "en": "Do not shrink photos"},
    help={
        "id": "Untuk pindaian yang setiap garisnya harus terbaca. Tempat pengambilan tetap dihapus.",
        "en": "For scans of which every line must stay readable. The place it was taken at still is removed.",
    },
    advanced=True,
)
PLACE = prop.yes_no(
    "place",
    {"id": "Simpan tempat pengambilan foto", "en": "Keep the place the photo was taken at"},
    help={
        "id": "Bila ponsel mencatatnya. Pemohon diberi tahu; foto dikecilkan di server.",
        "en": "When the phone has noted it. The applicant is told; the photo is made smaller on the server.",
    },
    advanced=True,
)


def judge(upload: Upload, field: Field) -> Upload:
    """The upload with its type and pages found out, pictures re-encoded upright and without metadata.

    Raises marshmallow's ValidationError with a `Fault` for a file that is empty, too large, of another type, or broken.
    """
    name, limit = named(upload.name), largest(field.options)
    if not upload.content:
        raise ma.ValidationError(Fault("file.empty", name=name))
    if upload.size > limit * MB:
        raise ma.ValidationError(Fault("file.large", name=name, max=limit))
    word = kind_of(upload.content)
    allowed = field.options.get("types", allowed_by(field))
    if word is None or word not in allowed:
        raise ma.ValidationError(Fault("file.type", name=name, types=allowed))
    try:
        return _pdf(upload, name, field) if word == "pdf" else _picture(upload, name, word, field.options)
    except ma.ValidationError:
        raise
    except Exception as error:  # the two libraries raise nearly anything on a broken file
        raise ma.ValidationError(Fault("file.broken", name=name)) from error


def comes_whole(options: Mapping[str, Any]) -> bool:
    """Whether a photo is sent as the phone made it: making it small there loses every line of it and the place."""
    return bool(options.get("original") or options.get("place"))


def largest(options: Mapping[str, Any]) -> int | float:
    """The largest file in MB."""
    said: int | float = options.get("max_mb", WHOLE_MB if comes_whole(options) else LARGEST_MB)
    return said


def allowed_by(field: Field) -> list[str]:
    """The types of file that the kind takes."""
    return list(field.kind.types) if isinstance(field.kind, File) else list(TYPES)


def kind_of(content: bytes) -> str | None:
    """`pdf`, `jpg` or `png` by the first bytes; None for everything else."""
    try:
        found = {match.mime_type for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return None
    return next((word for word, mime in TYPES.items() if mime in found), None)


def named(name: str, word: str = "") -> str:
    """A name that can be shown and stored: no folders, no control characters, at most 100 characters, the ending of its type."""
    clean = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(letter for letter in clean if unicodedata.category(letter)[0] != "C").strip(" .")[:100] or "file"
    if not word or clean.lower().endswith(("." + word, ".jpeg" if word == "jpg" else "." + word)):
        return clean
    return f"{clean.rsplit('.', 1)[0][:95]}.{word}"


def _pdf(upload: Upload, name: str, field: Field) -> Upload:
    reader = PdfReader(io.BytesIO(upload.content))
    if reader.is_encrypted:
        raise ma.ValidationError(Fault("file.locked", name=name))
    pages, most = len(reader.pages), min(field.options.get("max_pages", MOST_PAGES), MOST_PAGES)
    if not 0 < pages <= most:
        raise ma.ValidationError(Fault("file.pages", name=name, pages=pages, max=most))
    return Upload(named(upload.name, "pdf"), upload.content, TYPES["pdf"], pages)


def _picture(upload: Upload, name: str, word: str, options: Mapping[str, Any]) -> Upload:
    content = written_anew(upload.content, word, options)
    if content is None:
        raise ma.ValidationError(Fault("file.pixels", name=name, max=MOST_PIXELS // 1_000_000))
    return Upload(named(upload.name, word), content, TYPES[word], 1)


class Evidence(ma.fields.Field[Any]):
    """Kept files by id and new ones; one plain dict or Upload, or a list of them."""

    def __init__(self, field: Field, asked: Asked, *, judging: bool = True) -> None:
        super().__init__()
        self.field, self.asked, self.judging = field, asked, judging

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            raise ma.ValidationError(Fault("type"))
        several, options = many(self.field), self.field.options
        most = options.get("max", MOST) if several else 1
        if len(value) > most:
            raise ma.ValidationError(Fault("file.many", max=most))
        if len(value) < options.get("min", 0):
            raise ma.ValidationError(Fault("file.few", min=options["min"]))
        found = [self.one(item) for item in value]
        return found if several else found[0]

    def one(self, item: Any) -> Any:
        """A judged upload, or the plain form of a kept file."""
        if isinstance(item, Upload):
            return judge(item, self.field) if self.judging else item
        if not isinstance(item, str):
            raise ma.ValidationError(Fault("type"))
        if self.asked.kept is None:
            return {"file": item}
        if item not in self.asked.kept:
            raise ma.ValidationError(Fault("file.unknown"))
        return self.asked.kept[item].plain


def many(field: Field) -> bool:
    """Whether the question takes several files."""
    return isinstance(field.kind, File) and field.kind.many


def ids_of(raw: Raw) -> list[str]:
    """The ids of kept files in a tidied answer."""
    return [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []


class File(Kind):
    word = "file"
    prefilled = False
    title = {"id": "Unggah berkas", "en": "File upload"}
    about = {"id": "Satu berkas PDF atau foto.", "en": "One PDF or photo."}
    icon = "M6 3h8l4 4v14H6zM14 3v4h4"
    shelf = "evidence"
    template = "file"
    browser = "file"
    many: ClassVar[bool] = False
    types: ClassVar[tuple[str, ...]] = tuple(TYPES)  # allowed when the question says nothing
    properties: ClassVar[tuple[Property, ...]] = (TYPE, LARGEST, PAGES, SHRINK, ORIGINAL, PLACE)
    says = {
        "required": N_("Upload {noun}."),
        "file.empty": N_("“{name}” is empty. Choose another file."),
        "file.large": N_("“{name}” is larger than {max} MB. Choose a smaller file."),
        "file.type": N_("“{name}” is not one of these: {types}. Choose another file."),
        "file.broken": N_("“{name}” cannot be opened. Save or photograph it again and choose the new file."),
        "file.locked": N_("“{name}” is protected by a password. Save it without one and choose the new file."),
        "file.pages": N_("“{name}” has {pages} pages; at most {max} are allowed."),
        "file.pixels": N_("“{name}” has too many pixels. Choose a picture of at most {max} million pixels."),
        "file.many": N_("Choose at most {max} for {noun}."),
        "file.unknown": N_("A file of {noun} is no longer there. Upload it again."),
    }
    good: ClassVar[tuple[Good, ...]] = (
        Good(Upload("ktp.pdf", PDF), Upload("ktp.pdf", PDF, TYPES["pdf"], 1)),
        Good("kept-1", {"file": "kept-1", "name": "ktp.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64}),
        Good({"keep": "kept-1", "new": Upload("C:\\foto\\denah.PDF", PDF)}, Upload("denah.PDF", PDF, TYPES["pdf"], 1)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        Bad("", "required"),
        Bad({"keep": "kept-1", "remove": "kept-1"}, "required"),
        Bad("no-such-id", "file.unknown"),
        Bad(Upload("a.pdf", b""), "file.empty"),
        Bad(Upload("a.jpg", b"MZ" + bytes(200)), "file.type"),
        Bad(Upload("a.pdf", b"<html><script>alert(1)</script></html>"), "file.type"),
        Bad(Upload("a.png", PNG), "file.type", {"types": ["pdf"]}),
        Bad(Upload("a.jpg", JPEG[:120]), "file.broken"),
        Bad(Upload("a.pdf", b"%PDF-1.7\n" + b"nothing " * 20), "file.broken"),
        Bad(Upload("a.pdf", PDF + bytes(20_000)), "file.large", {"max_mb": 0.01}),
        Bad([Upload("a.pdf", PDF), Upload("b.pdf", PDF)], "file.many"),
        Bad(7, "type"),
        Bad({"url": "http://example.com/ktp.pdf"}, "type"),
    )

    def scope(self, field: Field) -> Any:
        one = {"name": "string", "type": "string", "size": "number"}
        return ["list", one] if self.many else one

    def tidy(self, raw: Raw, field: Field) -> Raw:
        if isinstance(raw, dict) and raw and set(raw) <= {"keep", "remove", "new"}:
            gone, new = _many(raw.get("remove")), _many(raw.get("new"))
            keep = [one for one in _many(raw.get("keep")) if one not in gone]
            raw = keep + new if self.many or not new else new
        elif isinstance(raw, dict) and isinstance(raw.get("file"), str):
            raw = raw["file"]
        items = [one["file"] if isinstance(one, dict) and "file" in one else one for one in _many(raw)]
        return tidy(items)

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Evidence(field, asked)

    def peek(self, raw: Raw, field: Field, asked: Asked) -> Any:
        return Evidence(field, asked, judging=False).deserialize(raw)

    def raw(self, value: Any, field: Field) -> Raw:
        return [one["file"] if isinstance(one, dict) else one for one in _many(value)]

    def text(self, value: Any, field: Field, lang: str) -> str:
        return ", ".join(one.name if isinstance(one, Upload) else str(one.get("name", "")) for one in _many(value))

    def files(self, value: Any) -> tuple[FileRef, ...]:
        return tuple(FileRef.of(one) for one in _many(value) if isinstance(one, dict) and "sha256" in one)

    def json_schema(self, field: Field, lang: str) -> Json:
        item = {"type": "string", "description": "the id of a file sent before"}
        return {"type": "array", "items": item, "minItems": max(1, field.options.get("min", 1))}

    def ask(self, view: View) -> Mapping[str, Any]:
        options = view.field.options
        attributes = {"accept": ",".join(TYPES[word] for word in options.get("types", list(self.types)))}
        if not comes_whole(options):
            attributes["data-downscale"] = str(options.get("downscale", PHOTO))
        attributes["data-max-bytes"] = str(int(largest(options) * MB))
        types = ", ".join(word.upper() for word in options.get("types", list(self.types)))
        limits = view.say("{types}, at most {max} MB", types=types, max=largest(options))
        place = view.say(N_("The place the photo was taken at is kept with it")) if options.get("place") else ""
        hint = {"text": ". ".join(filter(None, (view.common.get("hint", {}).get("text", "").rstrip("."), limits, place))) + "."}
        return {
            **view.common,
            "hint": hint,
            "name": f"{view.path}.new",
            "multiple": self.many,
            "javascript": True,
            "attributes": attributes,
            "kept": [view.kept[one] for one in ids_of(view.field.kind.tidy(view.raw, view.field)) if one in view.kept],
        }


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None or value == "" else [value]
