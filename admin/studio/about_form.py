"""The questions of the page about a service: whom it is for, on what law, how long, what it costs, how its permits are numbered."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from .about_sheet import LANGS, WAYS, Answers

LINE = Length(max=200, message=_("Use at most 200 letters."))
TEXT = Length(max=1000, message=_("Use at most 1,000 letters."))
PLAIN = Regexp(r"^[^{}]*\Z", message=_("Leave out { and }."))
HERE = DataRequired(_("Enter this in both languages."))


def number(least: int, most: int) -> list[Any]:
    """A whole number from `least` to `most`."""
    text = _("Enter a whole number from %(least)s to %(most)s.", least=least, most=most)
    return [InputRequired(text), NumberRange(least, most, message=text)]


class LawAsked(Form):
    """One regulation; one without a title is left out."""

    title = StringField(_("Regulation"), [Optional(), TEXT])
    number = StringField(_("Number/year"), [Optional(), LINE])
    article = StringField(_("Article"), [Optional(), LINE])
    sample = BooleanField(_("Only an example so far"))


class AboutForm(Form):
    """Everything of the page. What one may choose from is put in by `offer`."""

    name_id = StringField(_("Name in Indonesian"), [HERE, LINE])
    name_en = StringField(_("Name in English"), [HERE, LINE])
    summary_id = TextAreaField(_("Whom it is for, in Indonesian"), [HERE, TEXT])
    summary_en = TextAreaField(_("Whom it is for, in English"), [HERE, TEXT])
    category_id = StringField(_("Group in the catalogue, in Indonesian"), [HERE, LINE])
    category_en = StringField(_("Group in the catalogue, in English"), [HERE, LINE])
    owner = SelectField(_("Which desk is responsible?"), [DataRequired(_("Choose a desk."))])
    applicants = SelectMultipleField(
        _("Who may apply?"),
        [DataRequired(_("Choose at least one."))],
        choices=[("person", _("a person")), ("organisation", _("an organisation")), ("representative", _("a representative"))],
    )
    channels = SelectMultipleField(
        _("How can one apply?"),
        [DataRequired(_("Choose at least one."))],
        choices=list(zip(WAYS, (_("online"), _("at the counter"), _("on a home visit")), strict=True)),
    )
    laws = FieldList(FormField(LawAsked), max_entries=30)
    days = IntegerField(_("Working days that the office promises"), number(1, 999))
    counting = RadioField(
        _("The day on which the papers are complete"),
        choices=[("exclude_start", _("is not counted")), ("include_start", _("is the first day"))],
    )
    fee = RadioField(
        _("What does it cost?"),
        choices=[("none", _("nothing")), ("retribution", _("a retribution")), ("tax", _("a tax"))],
    )
    amount = SelectField(_("Which table says how much?"), [Optional()])
    note_id = StringField(_("A sentence about the cost, in Indonesian"), [Optional(), TEXT])
    note_en = StringField(_("A sentence about the cost, in English"), [Optional(), TEXT])
    lasts = RadioField(
        _("How long does the permit hold?"),
        choices=[
            ("years", _("some years")),
            ("months", _("some months")),
            ("answer", _("until a day that was answered")),
            ("always", _("always")),
        ],
    )
    how_long = IntegerField(_("How many years or months?"), [Optional(), *number(1, 600)[1:]])
    until = SelectField(_("Until which day?"), [Optional()])
    before = StringField(_("Before the number"), [LINE, PLAIN], filters=[lambda text: text or ""])
    digits = SelectField(_("At least how many digits?"), coerce=int, choices=[(each, str(each)) for each in range(1, 10)])
    between = StringField(_("Behind the number"), [LINE, PLAIN], filters=[lambda text: text or ""])
    with_year = BooleanField(_("Then the year"))
    after = StringField(_("At the end"), [LINE, PLAIN], filters=[lambda text: text or ""])
    restart = RadioField(_("The numbers begin again"), choices=[("year", _("every year")), ("never", _("never"))])
    permit = SelectField(_("The letter of the permit"), [Optional()])
    refusal = SelectField(_("The letter of a refusal"), [DataRequired(_("Choose the letter of a refusal."))])
    withdrawn = IntegerField(_("Years for which the file of a withdrawn application is kept"), number(1, 100))

    def offer(
        self, *, desks: list[tuple[str, str]], amounts: list[str], days: list[tuple[str, str]], letters: list[str], now: Answers
    ) -> None:
        """What there is to choose from; what is written already stays a choice."""
        self.owner.choices = _with(desks, now["owner"])
        self.amount.choices = _with([("", "–"), *((each, each) for each in amounts)], now["amount"])
        self.until.choices = _with([("", "–"), *days], now["until"])
        for field in (self.permit, self.refusal):
            field.choices = _with([("", "–"), *((each, each) for each in letters)], now[field.name])
        if now["lasts"] == "formula":
            self.lasts.choices = [*self.lasts.choices, ("formula", _("as the formula in the file says: %(text)s", text=now["until"]))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what one answer needs of another."""
        fine = bool(super().validate(extra_validators))
        wants = (
            (
                self.fee.data != "none" and not self.amount.data,
                self.amount,
                _("Choose the table that gives the amount. Make it first when there is none."),
            ),
            (self.lasts.data == "answer" and not self.until.data, self.until, _("Choose the question that asks for the day.")),
            (self.lasts.data in ("years", "months") and not self.how_long.data, self.how_long, _("Enter how many.")),
            (bool(self.note_id.data) != bool(self.note_en.data), self.note_en, _("Enter this in both languages.")),
        )
        for wrong, field, text in wants:
            if wrong:
                field.errors = [*field.errors, text]
                fine = False
        return fine

    def given(self, now: Answers) -> Answers:
        """The answers as the file is written from them."""
        laws = [each.form.data for each in self.laws if (each.form.title.data or "").strip()]
        kept = now["lines"] if now["amount"] == self.amount.data else ""
        told = {name: value.strip() if isinstance(value, str) else value for name, value in self.data.items()}
        texts = {f"note_{lang}": told[f"note_{lang}"] or "" for lang in LANGS}
        rows = [{name: value.strip() if isinstance(value, str) else value or "" for name, value in each.items()} for each in laws]
        until = now["until"] if told["lasts"] == "formula" else told["until"]
        return {**told, **texts, "laws": rows, "lines": kept, "until": until, "format": now["format"]}


def _with(choices: list[tuple[str, str]], value: str) -> list[tuple[str, str]]:
    return choices if any(key == value for key, _text in choices) else [*choices, (value, value)]
