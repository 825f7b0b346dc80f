"""Pictures written anew: upright, and with nothing they carried (camera, place, remarks) unless a question asks for the place."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageOps

PHOTO = 2000  # pixels: readable papers (domain §3.0.1 asks 1,000), well below 1 MB
MOST_PIXELS = 40_000_000
GPS = 0x8825  # where EXIF keeps the place
_KINDS = {"jpg": "JPEG", "png": "PNG"}
_MODES = {"jpg": ("RGB", "L"), "png": ("RGB", "RGBA", "L", "LA", "1")}


def written_anew(content: bytes, word: str, options: Mapping[str, Any]) -> bytes | None:
    """The picture (`word`: jpg or png) as it is kept; None when it has too many pixels. Raises nearly anything for a broken one.

    `options` of the question: `original` keeps its pixels and its quality, `place` where it was taken; then the phone could not make it
    smaller, and it is done here (`downscale`: the longest side in pixels).
    """
    with Image.open(io.BytesIO(content), formats=[_KINDS[word]]) as picture:
        if picture.width * picture.height > MOST_PIXELS:  # before anything is unpacked
            return None
        place = dict(picture.getexif().get_ifd(GPS)) if options.get("place") else {}
        upright = ImageOps.exif_transpose(picture)
        bare = upright if upright.mode in _MODES[word] else upright.convert("RGB" if word == "jpg" else "RGBA")
        bare.info.clear()
        if options.get("place") and not options.get("original"):
            bare.thumbnail((options.get("downscale", PHOTO),) * 2)
        written = io.BytesIO()
        bare.save(written, _KINDS[word], **_how(word, options, place))
    return written.getvalue()


def _how(word: str, options: Mapping[str, Any], place: Mapping[int, Any]) -> dict[str, Any]:
    fine = {"quality": 95, "subsampling": 0} if options.get("original") else {"quality": 88}
    exif = Image.Exif()
    exif[GPS] = dict(place)
    return {**(fine if word == "jpg" else {}), **({"exif": exif} if place else {})}
