"""A photo taken now: a phone opens its camera at once and makes the picture small before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import property as prop
from forms.fields._samples import JPEG, PDF, PNG
from forms.fields.file import LARGEST, ORIGINAL, PLACE, SHRINK, File
from forms.files import Upload
from forms.kind import Bad, Good
from forms.view import View
from forms.words import Words

CAMERAS: dict[str, Words] = {
    "environment": {"id": "Kamera belakang", "en": "Back camera"},
    "user": {"id": "Kamera depan", "en": "Front camera"},
    "any": {"id": "Kamera atau berkas yang ada", "en": "Camera or a file that is there"},
}


class Photo(File):
    word = "photo"
    title = {"id": "Foto", "en": "Photo"}
    about = {"id": "Kamera ponsel terbuka; foto diperkecil.", "en": "Opens the camera of a phone; the photo is made smaller."}
    icon = "M3 7h5l2-3h4l2 3h5v13H3zM12 10a4 4 0 1 0 0 8a4 4 0 1 0 0-8"
    types = ("jpg", "png")
    properties = (prop.one_of("camera", {"id": "Kamera", "en": "Camera"}, CAMERAS, default="environment"), LARGEST, SHRINK, ORIGINAL, PLACE)
    good = (
        Good("kept-1", {"file": "kept-1", "name": "ktp.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64}),
        Good(
            {"keep": ["kept-1", "kept-2"], "remove": "kept-2"},
            {"file": "kept-1", "name": "ktp.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64},
        ),
    )
    bad = (
        Bad("", "required"),
        Bad(Upload("a.pdf", PDF), "file.type"),
        Bad(Upload("a.jpg", JPEG[:120]), "file.broken"),
        Bad([Upload("a.png", PNG), Upload("b.png", PNG)], "file.many"),
        Bad("no-such-id", "file.unknown"),
    )

    def ask(self, view: View) -> Mapping[str, Any]:
        found = dict(super().ask(view))
        camera = view.field.options.get("camera", "environment")
        if camera != "any":
            found["attributes"] = {**found["attributes"], "capture": camera}
        return found
