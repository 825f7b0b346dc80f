"""Forms: what a form is, checks and shows. Knows no case, no database and no Flask.

`read` gives a `Form`; `Form.check` gives `Answers` or raises `Invalid`; `render`, `summary` and `json_schema` show it to people and
machines.
"""

from forms import journey
from forms.answers import Answers
from forms.buttons import Pressed, press, pressed
from forms.decode import decode
from forms.errors import BadForm, FieldError, FormError, Invalid
from forms.fields import kinds
from forms.fields.region import regions
from forms.files import FileRef, Upload
from forms.fine import fine
from forms.form import Field, Form, Page
from forms.jsonschema import json_schema
from forms.kind import Asked, Bad, Good, Kind
from forms.reader import read
from forms.render import error_summary, render
from forms.sentences import sentence
from forms.summary import Row, Section, summary
from forms.uploads import with_fine_files
from rules import Finding

__all__ = [
    "Answers",
    "Asked",
    "Bad",
    "BadForm",
    "Field",
    "FieldError",
    "FileRef",
    "Finding",
    "Form",
    "FormError",
    "Good",
    "Invalid",
    "Kind",
    "Page",
    "Pressed",
    "Row",
    "Section",
    "Upload",
    "decode",
    "error_summary",
    "fine",
    "journey",
    "json_schema",
    "kinds",
    "press",
    "pressed",
    "read",
    "regions",
    "render",
    "sentence",
    "summary",
    "with_fine_files",
]
