"""What a refusal from below is called at the door: for each code an HTTP status and a sentence in the reader's language.

A sentence says what happened and what to do next. Facts are filled in by name; moments are written in the office's zone.
`tests/hall/test_words.py` holds this table complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from . import formats


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a text for the catalogue; it is translated when shown."""
    return text


@dataclass(frozen=True)
class Refusal:
    """An HTTP status and a sentence (a msgid)."""

    status: int
    text: str


UNKNOWN = Refusal(409, N_("This could not be done. Go back, look at the page again and try once more."))

OFFICE_MUST = Refusal(500, N_("The office must put something right before this can go on. It has been noted; please try again later."))
READ_AGAIN = Refusal(409, N_("This was already done, or is no longer needed. Nothing was changed. Load the page again."))

SENTENCES: dict[str, Refusal] = {
    "engine.refused": UNKNOWN,
    "engine.not_found": Refusal(404, N_("This %(what)s was not found. Check the number or the address.")),
    "engine.conflict": Refusal(
        409, N_("Someone else changed this %(what)s meanwhile. Nothing was saved. Load the page again and look once more.")
    ),
    "store.key_unknown": Refusal(500, N_("Stored data cannot be read now. The office has been told; please try again later.")),
    "people.sign_in_failed": Refusal(422, N_("The phone number or e-mail and the password do not match.")),
    "people.locked_out": Refusal(429, N_("Too many wrong passwords. You can sign in again from %(until)s.")),
    "people.login_taken": Refusal(422, N_("There is already an account with this %(what)s. Sign in with it.")),
    "people.wrong_contact": Refusal(422, N_("Enter a valid %(what)s.")),
    "people.last_administrator": Refusal(
        409, N_("This is the last administrator of the office. Make somebody else an administrator first.")
    ),
    "people.not_yourself": Refusal(409, N_("You cannot do this to your own account. Ask another administrator.")),
    "people.wrong_desk": Refusal(422, N_("Enter a valid %(what)s.")),
    "people.desk_taken": Refusal(422, N_("There is already a desk with the key %(key)s. Choose another key.")),
    "people.link_over": Refusal(410, N_("This link does not work any more: it was used, or is too old. Ask for a new one.")),
    "people.wrong_sender": Refusal(422, N_("Enter a valid %(what)s.")),
    "people.weak_password": Refusal(422, N_("Choose a password of at least %(least)s characters that is not easy to guess.")),
    "procedures.bad_pack": Refusal(
        422, N_("This file cannot be taken in. It is not a whole pack of a procedure, or holds what is not allowed: %(why)s %(file)s")
    ),
    "trial.too_many": Refusal(409, N_("There are already %(most)s trials in this office. End one of them first.")),
    "trial.nothing": Refusal(409, N_("Nothing was sent in this trial yet, so there is nothing to tell. Go through some steps first.")),
    "trial.otherwise": Refusal(
        409, N_("Played once more, step %(step)s of the trial does not go the same way: %(why)s. Begin a new trial and try again.")
    ),
    "stories.cannot_follow": Refusal(
        409,
        N_("At step %(step)s it cannot be brought along: %(why)s. Take the story out, or try the draft and keep that as a story."),
    ),
    "stories.not_as_told": Refusal(409, N_("It was not published: these stories do not go as told: %(stories)s. %(first)s")),
    "cases.not_allowed": Refusal(403, N_("You may not do this with this application.")),
    "cases.code_over": Refusal(
        422, N_("No application of yours goes on with this code now. Look at the other device for the code of this moment.")
    ),
    "cases.not_renewable": Refusal(
        409,
        N_("This permit cannot be renewed today. A permit is renewed shortly before it ends; ask the office when yours has ended."),
    ),
    "cases.not_offered": Refusal(404, N_("This permit cannot be applied for now. Choose another one from the list of permits.")),
    "cases.task_gone": READ_AGAIN,
    "cases.task_taken": Refusal(409, N_("A colleague is working on this step. Ask them to give it back, or choose another one.")),
    "cases.not_unique": Refusal(
        409,
        N_(
            "An answer that must be the only one of its kind is in another application by now. Go back to your answers: it is marked there."
        ),
    ),
    "cases.ended": Refusal(409, N_("This application has ended. Nothing can be changed in it any more.")),
    "cases.wrong_form": Refusal(409, N_("This page belongs to another step. Load the application again and go on from there.")),
    "cases.nothing_open": Refusal(409, N_("There is nothing to do in this application now.")),
    "cases.reason_needed": Refusal(422, N_("Write the reason, in at most %(most)s letters.")),
    "cases.nothing_waits": Refusal(409, N_("Nothing in this application waits for the message “%(message)s” now. Nothing was changed.")),
    "cases.message_used": Refusal(409, N_("The message id %(key)s was already used for something else. Every message needs its own.")),
    "cases.bad_message": Refusal(422, N_("The message cannot be taken in: %(field)s %(why)s.")),
    "cases.wrong_outcome": Refusal(422, N_("An application cannot be closed as %(outcome)s. Possible are: %(known)s.")),
    "cases.permit_issued": Refusal(
        409, N_("The permit %(number)s was issued in this application. Revoke the permit; the application is not opened again.")
    ),
    "cases.permit_holds": Refusal(
        409,
        N_("The permit %(number)s was issued in this application, which can no longer be withdrawn. Ask the office to revoke the permit."),
    ),
    "cases.later_case": Refusal(
        409, N_("The same person has the later application %(number)s for this permit. It must end before this one is opened again.")
    ),
    "cases.needs_step": Refusal(422, N_("Choose at which step it goes on: nothing that a person does was open when it ended.")),
    "cases.cannot_go_to": Refusal(409, N_("The application cannot go back to “%(step)s”: %(why)s. Choose another step.")),
    "cases.wrong_until": Refusal(422, N_("Choose a day after today and within %(most)s days.")),
    "cases.another_move": Refusal(409, N_("Applications of this permit are being moved already. Wait until that is finished.")),
    "cases.nothing_to_undo": Refusal(409, N_("This move is not finished, or was taken back already.")),
    "fees.nothing_to_pay": Refusal(409, N_("There is nothing to pay in this application now.")),
    "actions.gate_closed": Refusal(409, N_("The permit cannot be issued yet, because a check before issuing does not pass.")),
    "actions.no_amount": Refusal(500, N_("The amount could not be worked out. The office must complete its table of rates.")),
    "documents.file_erased": Refusal(410, N_("This file was erased on %(at)s, as the rules for keeping files say.")),
    "documents.quota_used": Refusal(
        422,
        N_("This is more than one person may upload in 24 hours. Choose a smaller file, or go on tomorrow; your other answers are kept."),
    ),
    "documents.already_revoked": Refusal(409, N_("This document was already revoked on %(at)s.")),
    "documents.cabinet_unreachable": Refusal(503, N_("Files cannot be reached now. Nothing is lost; try again in a few minutes.")),
    "documents.letter_too_large": Refusal(500, N_("The letter is too long to be made. The office must shorten its text.")),
    "procedures.stale": Refusal(
        412, N_("%(who)s changed %(file)s at %(at)s, after you had opened it. Nothing was written over it; look at it and decide.")
    ),
    "procedures.moved": Refusal(
        409, N_("Version %(number)s was published by %(who)s at %(at)s, after this draft was begun. Publishing the draft would undo it.")
    ),
    "procedures.draft_open": Refusal(422, N_("This procedure is already being changed, by %(who)s since %(at)s. Go on with that draft.")),
    "procedures.no_draft": Refusal(404, N_("The draft is not open any more; somebody has published it or laid it aside.")),
    "procedures.key_taken": Refusal(422, N_("There is already a procedure %(key)s. Choose another key.")),
    "procedures.wrong_key": Refusal(422, N_("%(key)s cannot be a key: small letters, digits and _, beginning with a letter.")),
    "procedures.wrong_file": Refusal(422, N_("A procedure has no place for a file %(file)s.")),
    "procedures.file_too_large": Refusal(422, N_("%(file)s is too large: at most %(limit)s bytes.")),
    "procedures.draft_too_large": Refusal(422, N_("The draft is too large: at most %(limit)s bytes in %(most)s files.")),
    "procedures.no_file": Refusal(404, N_("There is no file %(file)s in this draft.")),
    "procedures.unknown": Refusal(404, N_("There is no procedure %(key)s.")),
    "flow.not_open": READ_AGAIN,
    "flow.ended": Refusal(409, N_("This application has ended. Nothing can be changed in it any more.")),
    "flow.not_waiting": READ_AGAIN,
    "flow.refused": OFFICE_MUST,
    "flow.which_message": Refusal(409, N_("Several steps wait for the message “%(message)s”. Say which one it is for: %(keys)s.")),
    "flow.cannot_go_back": Refusal(409, N_("The application cannot go back to “%(name)s”: %(why)s. Choose another step.")),
    "flow.not_ended": Refusal(409, N_("This application is still under way; it cannot be opened again. Send it back to a step instead.")),
    "flow.cannot_move": Refusal(409, N_("This application cannot go on with the other version; nothing was changed.")),
}

# What is wrong with a procedure shows when an application comes to the place: nothing of that step is kept, the office must act.
SENTENCES |= {
    code: Refusal(500, text)
    for code, text in {
        "flow.bad_process": N_("The diagram of this procedure cannot be run. The office must put it right; nothing was changed."),
        "flow.no_way_out": N_(
            "After “%(name)s” no way of the procedure fits. The office must put the procedure right; nothing was changed."
        ),
        "flow.bad_expression": N_(
            "A calculation of the procedure cannot be worked out. The office must put it right; nothing was changed."
        ),
        "flow.no_time": N_(
            "At “%(name)s” the procedure gives no time that can be read. The office must put it right; nothing was changed."
        ),
        "flow.no_key": N_(
            "The message that “%(name)s” waits for has no mark yet. The office must put the procedure right; nothing was changed."
        ),
        "flow.no_list": N_(
            "“%(name)s” is done for each of a list, which is missing. The office must put the procedure right; nothing was changed."
        ),
        "flow.endless": N_("The procedure goes round and round at “%(name)s”. The office must put it right; nothing was changed."),
        "flow.bad_state": N_("What is stored of this application cannot be read now. The office has been told; nothing was changed."),
    }.items()
}

# Why a case cannot go back to a step, and why a message cannot be taken in (the fact `why`).
WHY: dict[str, str] = {
    "unknown": N_("the procedure has no such step"),
    "not_a_task": N_("only steps that somebody does can be gone back to"),
    "not_passed": N_("it has never been there"),
    "open": N_("that step is open now"),
    "not_before": N_("that step does not lie before where it stands now"),
    "not_entered": N_("it is not in that part of the procedure now"),
    "several": N_("that part of the procedure runs several times at once"),
    "name": N_("must have 1 to 80 letters"),
    "key": N_("must have 1 to 120 letters, without line breaks"),
    "plain": N_("may hold only texts, numbers, truth values, lists and names with values"),
    "large": N_("is larger than 64 kB"),
    "deep": N_("is nested too deeply"),
    "fact": N_("cannot be the name of a fact"),
    "json": N_("cannot be read as JSON"),
    "text": N_("must be a text"),
    "missing": N_("is missing"),
    "object": N_("must be names with values"),
    "join": N_("a later step would wait for something that was never done"),
}

# Why an application cannot go on with another version of its procedure, and what changes for it.
SENTENCES |= {
    code: Refusal(409, text)
    for code, text in {
        "move.no_step": N_("It stands at “%(name)s”, which the new version does not have. Say which of its steps takes the place."),
        "move.elsewhere": N_("It stands at “%(name)s”, which lies elsewhere in the new version."),
        "move.other_kind": N_("It stands at “%(name)s”, which is done in another way in the new version."),
        "move.join": N_("In the new version, “%(name)s” would wait for ever for a step that it is past."),
        "move.race": N_("It waits at “%(name)s” for the first of several events, which are not the same in the new version."),
        "move.other_action": N_("The automatic step “%(name)s” is under way and does something else in the new version."),
        "move.other_form": N_("Answers were typed at “%(name)s” (%(was)s), which asks another form in the new version (%(now)s)."),
        "move.other_desk": N_("Somebody has taken “%(name)s”, which is another desk's in the new version. They must give it back first."),
        "move.answer_lacking": N_("The new version needs the answer “%(question)s” (%(form)s), which was never asked here."),
        "move.result_lacking": N_("The new version needs the result of “%(name)s”, a step that it is past."),
        "move.failed": N_("It cannot be read with the new version (%(why)s)."),
        "move.ended": N_("It has ended meanwhile."),
        "move.there": N_("It is in this version already."),
        "move.worked_since": N_("Somebody has worked on it since it was moved."),
        "move.typed_since": N_("Somebody has typed into an open step since it was moved."),
        "move.not_asked": N_("The new question “%(question)s” (%(form)s) stays unanswered: its step is over."),
        "move.typed_lost": N_("What was typed at “%(name)s” for “%(question)s” has no place in the new version."),
    }.items()
}

# Rooms whose other refusals mean that the office must put its own settings or files right; an administrator finds the rest in the log.
ROOMS: dict[str, Refusal] = {
    "actions": OFFICE_MUST,
    "calendar": OFFICE_MUST,
    "documents": OFFICE_MUST,
    "jobs": OFFICE_MUST,
    "notices": OFFICE_MUST,
    "procedures": OFFICE_MUST,
    "stories": OFFICE_MUST,
    "texts": OFFICE_MUST,
}

NOUNS: dict[str, str] = {
    "person": N_("account"),
    "phone": N_("phone number"),
    "email": N_("e-mail address"),
    "phone_or_email": N_("phone number or e-mail address"),
    "name": N_("name"),
    "key": N_("key"),
    "name_id": N_("name in Indonesian"),
    "name_en": N_("name in English"),
    "desk": N_("desk"),
    "errand": N_("errand"),
    "notice": N_("message"),
    "own day": N_("day"),
    "case": N_("application"),
    "task": N_("task"),
    "file": N_("file"),
    "document": N_("document"),
    "procedure": N_("permit"),
    "charge": N_("bill"),
    "version": N_("version"),
    "move": N_("move"),
    "trial": N_("trial"),
    "pack_unreadable": N_("it cannot be read as a ZIP file"),
    "pack_manifest": N_("it does not say what it is"),
    "pack_fingerprint": N_("its fingerprint is not that of its files"),
    "pack_size": N_("it is too large"),
    "pack_count": N_("it has too many files"),
    "pack_twice": N_("a file stands in it twice:"),
    "pack_kind": N_("it holds a link or another thing that is no plain file:"),
    "pack_name": N_("it holds a file that is no part of a procedure:"),
    "draft": N_("draft"),
    "sender": N_("machine"),
    "messages": N_("list of message names"),
    "data": N_("record"),
}


def refusal(code: str) -> Refusal:
    """The refusal of a code: its own, else its room's, else one that is true of any."""
    return SENTENCES.get(code) or ROOMS.get(code.partition(".")[0], UNKNOWN)


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """The reader's sentence for a code with its facts."""
    shown = Shown({key: fact(value, key) for key, value in facts.items()})
    text = gettext(refusal(code).text) % shown
    return text[:1].upper() + text[1:]


def fact(value: object, key: str = "") -> str:
    """One fact as the reader reads it."""
    if key == "why" and value in WHY:
        return gettext(WHY[str(value)])
    if key == "field":
        return str(value)
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.rupiah(value) if key in ("amount", "due", "paid") else formats.number(value)
    if isinstance(value, Mapping):
        return formats.words(dict(value))
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(fact(each) for each in value)
    return gettext(NOUNS[value]) if isinstance(value, str) and value in NOUNS else str(value)


class Shown(dict[str, str]):
    """Facts by name; a fact the code did not bring is said in general instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return gettext(NOUNS["data"])
