"""The smallest real files, for the samples of the kind `file`."""

from __future__ import annotations

import io

from PIL import Image
from pypdf import PdfWriter


def _picture(kind: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 30)).save(written, kind)
    return written.getvalue()


def _page() -> bytes:
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(written)
    return written.getvalue()


JPEG, PNG, PDF = _picture("JPEG"), _picture("PNG"), _page()
