"""What is wrong with a draft, and making a version of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.store import Session
from rules import Finding

from .about import FILE
from .bundle import Bundle
from .checking import check
from .drafts import draft_files, draft_of, who
from .errors import BadBundle, Moved
from .publish import publish
from .reader import read_files
from .tables import Procedure, Version

Actions = Mapping[str, Any] | Iterable[str] | None


def draft_findings(session: Session, key: str, *, actions: Actions = None) -> tuple[Finding, ...]:
    """Everything that is wrong with the open draft: what the reader finds, and when it can be read, what the rules find. Raises NoDraft."""
    try:
        return check(draft_bundle(session, key), actions=actions)
    except BadBundle as bad:
        return bad.findings


def draft_bundle(session: Session, key: str) -> Bundle:
    """The open draft, read. Raises NoDraft, and BadBundle with what the reader finds."""
    bundle = read_files(draft_files(session, key))
    if bundle.key != key:
        raise BadBundle((Finding(f"{FILE}#/key", "draft.key", {"key": bundle.key, "draft": key}),))
    return bundle


def publish_draft(
    session: Session,
    key: str,
    *,
    by: str,
    at: datetime,
    note: str = "",
    legal_basis: str = "",
    since: datetime | None = None,
    actions: Actions = None,
    over: bool = False,
) -> Version:
    """Publish the open draft (see `publish`) and close it. Raises NoDraft, BadBundle with the findings, and Moved.

    Moved: another version was published since the draft was begun; `over=True` publishes all the same.
    """
    draft = draft_of(session, key)
    procedure = session.get(Procedure, key)
    now = session.get(Version, procedure.current_version_id) if procedure and procedure.current_version_id else None
    if now is not None and now.id != draft.base_version_id and not over:
        raise Moved(key=key, number=now.number, by=now.published_by, who=who(session, now.published_by), at=now.published_at)
    bundle = draft_bundle(session, key)
    version = publish(session, bundle, by=by, at=at, note=note, legal_basis=legal_basis, since=since, actions=actions)
    draft.closed_by, draft.closed_at, draft.version_id = by, at, version.id
    session.flush()
    return version
