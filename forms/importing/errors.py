"""Why a file cannot be taken over at all."""

from __future__ import annotations

from forms.errors import FormError
from forms.words import N_, say

SAYS = {
    "import.json": N_("This is no JSON file: {why}."),
    "import.large": N_("The file is larger than {max} bytes. Split the form."),
    "import.deep": N_("The file is nested too deeply to be a form."),
    "import.ours": N_("This is already a form of Loket. Nothing has to be taken over."),
    "import.formio": N_("This is a form of Form.io. Only Camunda forms (form-js) and JSON Schema can be taken over."),
    "import.unknown": N_("This is neither a Camunda form (form-js) nor a JSON Schema: there are no components and no properties in it."),
    "import.empty": N_("No question of this file can be taken over."),
}


class CannotImport(FormError):
    """The file holds nothing that can become a form. Codes: those of `SAYS`."""

    def sentence(self, lang: str) -> str:
        """Why, for people."""
        return say(SAYS[self.code], lang, **self.facts)
