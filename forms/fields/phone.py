"""A telephone number, kept as E.164: `0812-3456-7890`, `62 812…` and `+62…` mean the same; foreign numbers begin with +."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
import phonenumbers
from lokal import parse_phone

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind
from forms.view import View
from forms.words import N_


def e164(text: str) -> str | None:
    """The international form of a number as people write it, or None."""
    if len(text) > 40 or not text.isascii():
        return None
    if text.startswith("+") and not text.startswith("+62"):
        try:
            number = phonenumbers.parse(text, None)
        except phonenumbers.NumberParseException:
            return None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else None
    found: str | None = parse_phone(text).e164
    return found


class Telephone(ma.fields.Field[str]):
    """A number that can be called, as E.164."""

    def __init__(self, *, mobile: bool) -> None:
        super().__init__()
        self.mobile = mobile

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        found = e164(value) if isinstance(value, str) else None
        if found is None:
            raise ma.ValidationError(Fault("phone.not"))
        if self.mobile and found.startswith("+62") and not found.startswith("+628"):
            raise ma.ValidationError(Fault("phone.mobile"))
        return found


class Phone(Kind):
    word = "phone"
    stencil = "text"
    account = ("applicant.phone",)
    title = {"id": "Nomor telepon", "en": "Telephone number"}
    about = {"id": "HP atau telepon rumah.", "en": "Mobile or landline."}
    icon = "M7 3h10v18H7zM11 18h2"
    shelf = "indonesia"
    privacy = "personal"
    unique = True
    cell = True
    properties = (
        prop.yes_no(
            "mobile",
            {"id": "Hanya nomor HP", "en": "Mobile numbers only"},
            help={"id": "Yang dapat menerima pesan.", "en": "Those that can receive messages."},
        ),
    )
    says = {
        "phone.not": N_("{Noun} must be a telephone number, such as 0812 3456 7890."),
        "phone.mobile": N_("{Noun} must be a mobile number, such as 0812 3456 7890."),
    }
    good = (
        Good("0812-3456-7890", "+6281234567890"),
        Good("6281234567890", "+6281234567890"),
        Good("+62 812 3456 7890", "+6281234567890", {"mobile": True}),
        Good("(031) 555-1234", "+62315551234"),
        Good("+65 6123 4567", "+6561234567"),
    )
    bad = (
        Bad("", "required"),
        Bad("0812", "phone.not"),
        Bad("telepon", "phone.not"),
        Bad("+999 1234", "phone.not"),
        Bad("0" * 500, "phone.not"),
        Bad("(031) 555-1234", "phone.mobile", {"mobile": True}),
        Bad(81234567890, "phone.not"),
        Bad(["0812-3456-7890"], "phone.not"),
    )

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Telephone(mobile=bool(field.options.get("mobile")))

    def text(self, value: Any, field: Field, lang: str) -> str:
        number = phonenumbers.parse(value, None)
        own = number.country_code == 62
        form = phonenumbers.PhoneNumberFormat.NATIONAL if own else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return str(phonenumbers.format_number(number, form))

    def masked(self, value: Any, field: Field, lang: str) -> str:
        return f"{value[:5]}{'*' * max(0, len(value) - 8)}{value[-3:]}"

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": r"^\+[0-9]{7,15}$"}

    def typed(self, view: View) -> str:
        """The number as people write it, or what was typed when it is none."""
        shown = e164(view.text)
        return self.text(shown, view.field, view.lang) if shown and not view.error else view.text

    def ask(self, view: View) -> Mapping[str, Any]:
        return {**view.common, "value": self.typed(view), "type": "tel", "autocomplete": "tel", "classes": "govuk-input--width-20"}
