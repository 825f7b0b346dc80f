"""The studio's pages: procedures and their drafts, one draft with its forms and findings, beginning, laying aside, publishing."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select

from admin.beside import look
from admin.deed import Deed, ask
from admin.frame import Answer, me, readable
from admin.procedures import folders
from engine import procedures, stories
from engine.procedures import BadBundle, Moved, NoDraft
from engine.procedures.tables import Procedure
from engine.store import EngineError, Session
from hall import now, reading, sentence, today, unit, zone
from hall.formats import day
from hall.language import language
from rules import Finding

from . import about_sheet, told
from .about import About
from .asking import FORM, LETTER, TABLE, Copied, NewForm, NewProcedure, Publish
from .building import Building
from .designing import Designing
from .earlier import Earlier
from .formulas import Formulas
from .letters import Letters
from .naming import name_of
from .packs import Packs
from .tables import Tables
from .telling import Stories
from .texts import Texts
from .todo import comes_next, todo
from .trials import Trials
from .trying import Trying


class Studio(Building, Designing, Tables, Formulas, Letters, Texts, About, Trying, Trials, Stories, Packs, Earlier):
    """Where procedures are changed."""

    title, group, address = lazy_gettext("Studio"), lazy_gettext("Procedures"), "studio"

    @expose("/")
    def index(self) -> Answer:
        """Every procedure with its draft, if there is one."""
        with reading() as db:
            drafts = procedures.drafts(db)
            open_ = {each.procedure_key: each for each in drafts}
            keys = sorted({*db.scalars(select(Procedure.key)), *open_})
            rows = [(key, name_of(db, key), open_.get(key), procedures.current(db, key)) for key in keys]
            return self.page("studio_index", rows=rows, beside=look(db, people=[each.changed_by for each in drafts]))

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> Answer:
        """A procedure that is not there yet, from the skeleton or from nothing."""
        form = NewProcedure(request.form)
        says = (_("It becomes a draft, in which everything can be changed before it is published."),)
        deed = Deed(_("New procedure"), _("Begin"), url_for(".index"), says)
        hints = {"key": _("Small letters, digits and _, for example izin_kios. It cannot be changed later.")}

        def do(_form: object) -> Answer:
            key = form.key.data or ""
            with unit() as db:
                procedures.new_procedure(db, key, form.names(), empty=form.begin.data == "empty", by=me(), at=now())
            return self.done(_("The draft is open."), ".draft", key=key)

        return ask(self, deed, do, form, hints=hints)

    @expose("/<key>/copy", methods=("GET", "POST"))
    def copy(self, key: str) -> Answer:
        """A new procedure from the files of this one."""
        form = Copied(request.form)
        says = (_("All files are copied; the copy gets its own key and its own register."),)
        deed = Deed(_("Copy %(key)s", key=readable(key)), _("Copy"), url_for(".index"), says)
        hints = {"key": _("Small letters, digits and _, for example izin_kios. It cannot be changed later.")}

        def do(_form: object) -> Answer:
            fresh = form.key.data or ""
            with unit() as db:
                procedures.copy_procedure(db, key, fresh, form.names(), by=me(), at=now())
            return self.done(_("The draft is open."), ".draft", key=fresh)

        return ask(self, deed, do, form, hints=hints)

    @expose("/<key>/begin", methods=("POST",))
    def begin(self, key: str) -> Answer:
        """Open a draft of what is published."""
        with unit() as db:
            procedures.begin_draft(db, readable(key), by=me(), at=now())
        return self.done(_("The draft is open."), ".draft", key=key)

    @expose("/<key>/")
    def draft(self, key: str) -> Answer:
        """One draft: its forms, its other files, what is wrong."""
        with reading() as db:
            draft = self.opened(db, key)
            files = procedures.draft_files(db, key)
            everything = told.findings(db, key)
            listed = todo(key, files, everything, letters=url_for(".letters", key=key))
            return self.page(
                "studio_draft",
                key=key,
                todo=listed,
                next=comes_next(listed),
                name=name_of(db, key),
                draft=draft,
                forms=[(file, told.title_of(files[file])) for file in sorted(files) if FORM.match(file)],
                files=sorted(file for file in files if not FORM.match(file)),
                findings=told.plain(everything),
                place=self.place_of,
                beside=look(db, people=[draft.began_by, draft.changed_by]),
            )

    @expose("/<key>/forms/new", methods=("GET", "POST"))
    def new_form(self, key: str) -> Answer:
        """One more form."""
        form = NewForm(request.form)
        deed = Deed(_("New form"), _("Add form"), url_for(".draft", key=readable(key)))
        hints = {"key": _("The diagram names the form by this key.")}

        def do(_form: object) -> Answer:
            file = f"forms/{form.key.data}.json"
            with unit() as db:
                procedures.write_draft(db, key, {file: form.made()}, revs={file: 0}, by=me(), at=now())
            return redirect(url_for(".build", key=key, form=form.key.data), 303)

        with reading() as db:
            self.opened(db, key)
        return ask(self, deed, do, form, hints=hints)

    @expose("/<key>/forms/<form>/remove", methods=("GET", "POST"))
    def remove_form(self, key: str, form: str) -> Answer:
        """Take a form out of the draft."""
        file = f"forms/{readable(form)}.json"
        says = (_("The steps that ask it will have findings. Every earlier state of it stays and can be had back from its history."),)
        deed = Deed(_("Take out the form %(form)s?", form=form), _("Take out"), url_for(".draft", key=readable(key)), says, grave=True)

        def do(_form: object) -> Answer:
            with unit() as db:
                procedures.write_draft(db, key, {file: None}, by=me(), at=now())
            return self.done(_("The form is taken out."), ".draft", key=key)

        return ask(self, deed, do)

    @expose("/<key>/discard", methods=("GET", "POST"))
    def discard(self, key: str) -> Answer:
        """Lay the draft aside."""
        says = (_("What is published stays as it is. The draft is laid aside with everything in it; it cannot be opened again here."),)
        deed = Deed(_("Lay the draft of %(key)s aside?", key=readable(key)), _("Lay aside"), url_for(".draft", key=key), says, grave=True)

        def do(_form: object) -> Answer:
            with unit() as db:
                procedures.discard_draft(db, key, by=me(), at=now())
            return self.done(_("The draft is laid aside."), ".index")

        with reading() as db:
            self.opened(db, key)
        return ask(self, deed, do)

    @expose("/<key>/publish", methods=("GET", "POST"))
    def publish(self, key: str) -> Answer:
        """Findings, stories, and the button; what is red does not pass."""
        form = Publish(request.form)
        with reading() as db:
            self.opened(db, key)
            found_ = told.findings(db, key)
        stopping = procedures.stopping(found_)
        refusal = ""
        if request.method == "POST" and form.validate() and not stopping:
            try:
                return self._published(key, form)
            except Moved as moved:
                form.ask_over = True
                refusal = sentence(moved.code, moved.facts)
            except BadBundle as bad:
                refusal = " ".join(each["text"] for each in told.plain(bad.findings))
            except EngineError as error:
                refusal = sentence(error.code, error.facts)
        return self._publish_page(key, form, found_, refusal)

    def _published(self, key: str, form: Publish) -> Answer:
        with reading() as db:
            bundle = procedures.draft_bundle(db, key)
        stories.hold(bundle, folders.play(bundle), lang=language())
        with unit() as db:
            version = procedures.publish_draft(
                db,
                key,
                by=me(),
                at=now(),
                note=form.note.data or "",
                legal_basis=form.legal_basis.data or "",
                since=form.starts(zone()),
                actions=folders.written(),
                over=bool(form.over.data),
            )
        text = _("Version %(number)s is what new applications begin with from now on.", number=version.number)
        if form.since.data and form.since.data > today():
            text = _("From %(day)s on new applications begin with version %(number)s.", day=day(form.since.data), number=version.number)
        return self.done(text, "back_procedures.show", key=key)

    def _publish_page(self, key: str, form: Publish, findings: tuple[Finding, ...], refusal: str) -> Answer:
        with reading() as db:
            name, before = name_of(db, key), procedures.current(db, key)
            try:
                bundle = procedures.draft_bundle(db, key)
                stories = folders.told(bundle)
                differs = procedures.differences(procedures.bundle_of(db, before.id), bundle) if before else None
            except BadBundle:
                stories, differs = None, None
        stop = bool(procedures.stopping(findings))
        page = self.page(
            "studio_publish",
            key=key,
            name=name,
            form=form,
            findings=told.plain(findings),
            stop=stop,
            told=stories,
            before=before,
            differs=differs,
            refusal=refusal,
            place=self.place_of,
        )
        return (page, 422) if request.method == "POST" else page

    def opened(self, db: Session, key: str) -> procedures.Draft:
        """The open draft, or 404."""
        try:
            return procedures.draft_of(db, readable(key))
        except NoDraft:
            abort(404)

    def place_of(self, key: str, place: str) -> str | None:
        """The address at which a finding can be put right, where there is one."""
        file, _hash, rest = place.partition("#")
        if file == procedures.DIAGRAM:
            return url_for(".design", key=key) + (f"#{rest}" if rest else "")
        if file == about_sheet.FILE:
            return url_for(".about", key=key)
        form, table = FORM.match(file), TABLE.match(file)
        if form is not None:
            return url_for(".build", key=key, form=form[1]) + (f"#{rest}" if rest else "")
        if table is not None:
            ident, _hash, spot = rest.partition("#")
            named = ident if ident and not ident.startswith("/") else table[1]
            return url_for(".table_named", key=key, file=named) + (f"#{spot}" if spot else "")
        letter = LETTER.match(file)
        if letter is not None:
            return url_for(".letter", key=key, letter=letter[1])
        if file.startswith("texts/"):
            return url_for(".texts", key=key) + f"#{rest.removeprefix('/').replace('/', '.')}"
        return url_for(".follow_stories", key=key) if file.startswith("stories/") else None
