"""`python -m forms.words`: bring the catalogues up to date with the sources. New texts come in empty, gone ones leave."""

from __future__ import annotations

from forms.words.extract import update

if __name__ == "__main__":
    update()
