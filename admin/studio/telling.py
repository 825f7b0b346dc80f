"""The stories of a draft: which there are, how they go, what of the diagram and the tables they leave out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from wtforms import Form as Questions
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from admin.deed import Deed, ask
from admin.frame import Answer, Part, me, readable
from admin.procedures import folders
from engine import procedures, stories
from engine.procedures import BadBundle, Bundle, NoDraft
from engine.store import NotFound
from engine.stories import BadStory, CannotFollow, Coverage, Followed
from forms import Field, Form
from hall import now, reading, sentence, unit
from hall.language import language

from . import samples
from .naming import name_of
from .scenes import table_name

FILE = re.compile(r"stories/([A-Za-z0-9_][A-Za-z0-9_-]{0,79})\.toml\Z")


class NewStory(Questions):
    """What a story is called."""

    title = StringField(
        lazy_gettext("What happens in it"),
        [DataRequired(lazy_gettext("Say what happens in the story.")), Length(max=120, message=lazy_gettext("Use at most 120 letters."))],
    )


@dataclass(frozen=True)
class Left:
    """What no story goes through, in words."""

    steps: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    counts: tuple[tuple[str, int, int], ...]


class Stories(Part):
    """Stories of a draft."""

    @expose("/<key>/stories", methods=("GET", "POST"))
    def stories(self, key: str) -> Answer:
        """Every story, how it went when it was played, and what they leave out; POST plays them (some seconds)."""
        bundle, name = self._bundle(key)
        if request.method == "POST" and bundle is not None:
            try:
                folders.play(bundle)
            except BadStory as bad:
                flash(sentence(bad.code, bad.facts), "note")
            return redirect(url_for(".stories", key=key), 303)
        played = folders.told(bundle) if bundle else None
        left = left_out(bundle, stories.covered(bundle, (each.seen for each in played))) if bundle and played else None
        titles = {story: str(about.get("title", story)) for story, about in bundle.stories.items()} if bundle else {}
        return self.page("studio_stories", key=key, name=name, bundle=bundle, titles=titles, played=played, left=left)

    @expose("/<key>/stories/follow", methods=("GET", "POST"))
    def follow_stories(self, key: str) -> Answer:
        """Bring the stories that do not go as told along with the change: GET says what of each is told otherwise, POST writes them."""
        bundle, name = self._bundle(key)
        if bundle is None:
            return redirect(url_for(".stories", key=key), 303)
        try:
            following = list(bringing(bundle))
        except (BadBundle, BadStory):
            flash(_("Put right first what else stops publishing."), "note")
            return redirect(url_for(".draft", key=key) + "#findings", 303)
        if request.method == "POST":
            written = {f"stories/{each.key}.toml": stories.written(each.now.story) for each in following if each.now}
            if written:
                with unit() as db:
                    procedures.write_draft(db, key, dict(written), by=me(), at=now())
                flash(ngettext("%(num)s story is brought along.", "%(num)s stories are brought along.", len(written)), "done")
            return redirect(url_for(".stories", key=key), 303)
        return self.page("studio_follow", key=key, name=name, following=following, can=sum(each.now is not None for each in following))

    @expose("/<key>/stories/<story>/remove", methods=("GET", "POST"))
    def remove_story(self, key: str, story: str) -> Answer:
        """Take a story out of the draft."""
        file = f"stories/{readable(story)}.toml"
        if FILE.match(file) is None:
            raise NotFound(what="file")
        says = (_("Every earlier state of it stays and can be had back from its history."),)
        deed = Deed(
            _("Take out the story %(story)s?", story=story), _("Take out"), url_for(".stories", key=readable(key)), says, grave=True
        )

        def do(_form: object) -> Answer:
            with unit() as db:
                procedures.write_draft(db, key, {file: None}, by=me(), at=now())
            return self.done(_("The story is taken out."), ".stories", key=key)

        return ask(self, deed, do)

    def _bundle(self, key: str) -> tuple[Bundle | None, object]:
        """The draft as far as it can be read, and its name. Raises NotFound."""
        with reading() as db:
            try:
                name = name_of(db, readable(key))
                return procedures.draft_bundle(db, key), name
            except BadBundle:
                return None, name
            except NoDraft:
                raise NotFound(what="draft") from None


@dataclass(frozen=True)
class Following:
    """A story that does not go as told: how it goes now, or why it cannot be brought along."""

    key: str
    title: str
    now: Followed | None
    why: str = ""


def bringing(bundle: Bundle) -> Iterator[Following]:
    """Every story of a draft that does not go as told. Raises BadBundle, BadStory."""
    for story in stories.read_all(bundle):
        try:
            now_ = stories.followed(bundle, story, examples(story.start))
        except CannotFollow as error:
            yield Following(story.key, story.title, None, sentence(error.code, error.facts))
            continue
        if now_.changes:
            yield Following(story.key, story.title, now_)


def examples(at: datetime) -> Callable[[Form, Field], Any]:
    """What somebody might answer, as each kind of question itself calls right; written as in the office's own language."""
    return lambda form, field: samples.of_kind(field, form, at=at, lang="id")


def left_out(bundle: Bundle, covered: Coverage) -> Left:
    """What the stories leave out, as one reads it: named steps, flows between named ends, rows by table."""
    names = {each: bundle.step_name(each, language()) for each in covered.steps}
    rows: dict[str, list[int]] = {}
    for table, number in covered.rows_missed:
        rows.setdefault(table, []).append(number)
    return Left(
        steps=tuple(names[each] for each in covered.steps_missed if names[each]),
        links=tuple((names.get(a) or a, names.get(b) or b) for a, b in covered.links_missed),
        rows=tuple((table_name(bundle, table), tuple(numbers)) for table, numbers in rows.items()),
        counts=(
            (_("Steps"), len(covered.steps) - len(covered.steps_missed), len(covered.steps)),
            (_("Flows"), len(covered.links) - len(covered.links_missed), len(covered.links)),
            (_("Rows of tables"), len(covered.rows) - len(covered.rows_missed), len(covered.rows)),
        ),
    )


def key_of(title: str, taken: Collection[str]) -> str:
    """A file name for a story from its title that the draft does not have yet."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50] or "story"
    tries = (base, *(f"{base}_{number}" for number in range(2, 1000)))
    return next(each for each in tries if f"stories/{each}.toml" not in taken)
