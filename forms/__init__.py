"""Forms: what a form is, checks and shows. Knows no case, no database and no Flask.

`read` gives a `Form`; `Form.check` gives `Answers` or raises `Invalid`; `render`, `summary` and `json_schema` show it to people and
machines.
"""

from forms import journey
from forms.answers import Answers
from forms.buttons import Pressed, confirms, press, pressed
from forms.catalogue import catalogue, fresh
from forms.decode import decode
from forms.errors import BadForm, FieldError, FormError, Invalid, note
from forms.fields import kinds
from forms.fields.region import regions
from forms.files import FileRef, Upload
from forms.fine import fine
from forms.form import Field, Form, Page, Taken
from forms.jsonschema import json_schema
from forms.kind import Asked, Bad, Good, Kind
from forms.kindspage import kinds_page
from forms.property import Property
from forms.reader import read
from forms.render import error_summary, render
from forms.sentences import sentence
from forms.summary import Row, Section, summary
from forms.uploads import judged_upload, with_fine_files, with_upload
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
    "Property",
    "Row",
    "Section",
    "Taken",
    "Upload",
    "catalogue",
    "confirms",
    "decode",
    "error_summary",
    "fine",
    "fresh",
    "journey",
    "json_schema",
    "judged_upload",
    "kinds",
    "kinds_page",
    "note",
    "press",
    "pressed",
    "read",
    "regions",
    "render",
    "sentence",
    "summary",
    "with_fine_files",
    "with_upload",
]
