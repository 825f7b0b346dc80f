"""Who may open a page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import people
from hall import administrator, cover, of_desk, safe_next, signed_in, staff
from hall.guard import Unguarded, unguarded
from hall.identity import SignedIn



def send(client: FlaskClient, path: str, **fields: str):
    """Post a form with the token of this browser's session."""
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    return client.post(path, data={"csrf_token": token, **fields})
