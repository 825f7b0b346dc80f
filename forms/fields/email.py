"""An e-mail address, in lower case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_


class Address(ma.fields.Email):
    """An address that looks like one; whether it exists only a letter can tell."""

    default_error_messages = {"invalid": Fault("email.not"), "invalid_utf8": Fault("type")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        found = super()._deserialize(value, attr, data, **kwargs) or ""
        if len(found) > 254:
            raise ma.ValidationError(Fault("email.not"))
        return found


class Email(Kind):
    word = "email"
    stencil = "text"
    account = ("applicant.email",)
    title = {"id": "Surel", "en": "E-mail address"}
    about = {"id": "Alamat surel (email).", "en": "An e-mail address."}
    icon = "@"
    privacy = "personal"
    unique = True
    cell = True
    says = {"email.not": N_("{Noun} must be an e-mail address, such as name@example.com.")}
    good = (Good(" Siti@Contoh.ID ", "siti@contoh.id"),)
    bad = (
        Bad("", "required"),
        Bad("siti", "email.not"),
        Bad("siti@", "email.not"),
        Bad("a b@contoh.id", "email.not"),
        Bad("a" * 260 + "@contoh.id", "email.not"),
        Bad(["siti@contoh.id"], "email.not"),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = super().tidy(raw, field)
        return clean.lower() if isinstance(clean, str) else clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Address()

    def masked(self, value: Any, field: Field, lang: str) -> str:
        name, _, host = value.partition("@")
        return f"{name[:1]}***@{host}"

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "format": "email", "maxLength": 254}

    def ask(self, view: View) -> Mapping[str, Any]:
        return {**view.common, "value": view.text, "type": "email", "autocomplete": "email", "spellcheck": False}
