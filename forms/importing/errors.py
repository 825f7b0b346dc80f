"""Why a file cannot be taken over at all."""

from __future__ import annotations

from forms.errors import FormError
from forms.importing.notes import Note
from forms.words import N_, say

SAYS = {
    "import.json": N_("This is no JSON file: {why}."),
    "import.large": N_("The file is larger than {max} bytes. Split the form."),
    "import.deep": N_("The file is nested too deeply to be a form."),
    "import.ours": N_("This is already a form of Loket. Nothing has to be taken over."),
    "import.formio": N_("This is a form of Form.io. Only Camunda forms (form-js) and JSON Schema can be taken over."),
    "import.unknown": N_("This is neither a Camunda form (form-js) nor a JSON Schema: there are no components and no properties in it."),
    "import.elsewhere": N_("What is asked stands in another file ({ref}). Take over that file, or put it into this one under “$defs”."),
    "import.definitions": N_(
        "The file only has definitions, and nothing says which of them the form is. Refer to one with “$ref” at the top."
    ),
    "import.empty": N_("No question of this file can be taken over."),
}


class CannotImport(FormError):
    """The file holds nothing that can become a form. Codes: those of `SAYS`. `notes`: what became of its parts, as far as it was read."""

    notes: tuple[Note, ...] = ()

    def sentence(self, lang: str) -> str:
        """Why, for people."""
        return say(SAYS[self.code], lang, **self.facts)


def refused(code: str, **facts: object) -> CannotImport:
    """The refusal with a code of `SAYS`, to raise."""
    made = CannotImport(SAYS[code].format_map({"why": "", "max": "", "ref": "", **facts}), **facts)
    made.code = code
    return made


def far_away(ref: str) -> CannotImport:
    """The refusal of a file that only refers to another."""
    return refused("import.elsewhere", ref=ref[:200])
