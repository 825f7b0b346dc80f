"""The studio: where administrators change a procedure: its drafts, their files and findings, the form builder, trying out, publishing."""

from .start import Studio

VIEWS = (Studio,)
