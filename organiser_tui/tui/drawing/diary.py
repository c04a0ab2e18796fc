"""The journal in words: what was done, and what a row is called."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.clock import wall
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.outcomes import outcome_told
from organiser_tui.store.diary import DiaryLine
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.person import barred_words
from organiser_tui.words import _

_YES_OR_NO = (
    "leave_message",
    "name_union",
    "work_numbers",
    "deceased",
    "leader",
    "activist",
    "timed",
    "came",
    "excused",
)


def _deeds_of_signups() -> dict[str, str]:
    """What is done about cards and events."""
    return {
        DeedKind.MOVE_CARD: _("card moved"),
        DeedKind.SET_GOAL: _("goal of the sign-ups"),
        DeedKind.MAKE_EVENT: _("event made"),
        DeedKind.CANCEL_EVENT: _("event called off"),
        DeedKind.INVITE: _("invited"),
        DeedKind.CHECK_IN: _("came"),
        DeedKind.REMIND_GUESTS: _("reminded of an event"),
        DeedKind.NOTE_NEEDS: _("needs noted"),
        DeedKind.SET_AGENDA: _("agenda"),
        DeedKind.TAKE_TASK: _("task taken on"),
        DeedKind.END_TASK: _("task ended"),
        DeedKind.END_PLEDGE: _("kept or not"),
        DeedKind.MAKE_GROUP: _("group made"),
        DeedKind.JOIN_GROUP: _("joined a group"),
        DeedKind.LEAVE_GROUP: _("left a group"),
        DeedKind.REMIND_FORM: _("form reminded"),
    }


def _deeds_of_offices() -> dict[str, str]:
    """What is done about offices and who holds them."""
    return {
        DeedKind.MAKE_OFFICE: _("office made"),
        DeedKind.CHANGE_OFFICE: _("office changed"),
        DeedKind.END_OFFICE: _("office taken out"),
        DeedKind.NOMINATE: _("nominated"),
        DeedKind.ANSWER_NOMINATION: _("answer to a nomination"),
        DeedKind.NOTE_VOTES: _("votes counted"),
        DeedKind.SEAT: _("seated"),
        DeedKind.NOTE_TERM: _("term noted"),
        DeedKind.END_TERM: _("term ended early"),
        DeedKind.PASS_TO_CHAPTER: _("passed to a chapter"),
    }


def _deeds_of_demands() -> dict[str, str]:
    """What is done about demands, reprisals and what was agreed."""
    return {
        DeedKind.MAKE_DEMAND: _("demand made"),
        DeedKind.BACK_DEMAND: _("demand backed"),
        DeedKind.TELL_BACKER: _("told what may come"),
        DeedKind.MOVE_DEMAND: _("demand put or answered"),
        DeedKind.LOG_REPRISAL: _("reprisal noted"),
        DeedKind.AGREE_ACTION: _("action agreed"),
        DeedKind.FINISH_ACTION: _("action done"),
    }


def deed_words(kind: str) -> str:
    """What kind of deed an action was."""
    words: dict[str, str] = (
        _deeds_of_signups()
        | _deeds_of_offices()
        | _deeds_of_demands()
        | {
            DeedKind.FOUND: _("campaign made"),
            DeedKind.DEMO: _("made-up campaign"),
            DeedKind.ADD_ORGANISER: _("organiser entered"),
            DeedKind.RENAME_ORGANISER: _("organiser renamed"),
            DeedKind.NOTE_LANGUAGES: _("languages of an organiser"),
            DeedKind.LOG_CONTACT: _("contact"),
            DeedKind.LOG_TALK: _("talk"),
            DeedKind.MAKE_CALL_LIST: _("call list made"),
            DeedKind.CHANGE_CALL_LIST: _("call list changed"),
            DeedKind.REFILL_CALL_LIST: _("call list filled up"),
            DeedKind.TAKE_IN: _("taken in before calling"),
            DeedKind.SET_QUEUE_ORDER: _("order of the calls"),
            DeedKind.SET_QUESTIONS: _("questions of a list"),
            DeedKind.SAVE_FILTER: _("filter kept"),
            DeedKind.OPEN_CONSULTATION: _("members asked"),
            DeedKind.REWORD_CONSULTATION: _("question mended"),
            DeedKind.CLOSE_CONSULTATION: _("consultation closed"),
            DeedKind.GIVE_MANDATE: _("mandate"),
            DeedKind.MARK_VOTED: _("voted"),
            DeedKind.COUNT_BALLOTS: _("ballots counted"),
            DeedKind.SET_PROPOSAL_ASIDE: _("proposal set aside"),
            DeedKind.SET_SHORT_ANSWERS: _("short answers read in"),
            DeedKind.SAVE_GUIDE: _("guide read in"),
            DeedKind.ADD_OUTCOME: _("outcome added"),
            DeedKind.END_OUTCOME: _("outcome ended"),
            DeedKind.END_GUIDE: _("guide taken out"),
            DeedKind.END_FILTER: _("filter taken out"),
            DeedKind.IMPORT: _("list brought in"),
            DeedKind.EXPORT: _("sheet written"),
            DeedKind.ADD_PROVIDER: _("provider entered"),
            DeedKind.NOTE_STANCE: _("stance noted"),
            DeedKind.ESTIMATE_HEADCOUNT: _("headcount estimated"),
            DeedKind.LOG_PROVIDER: _("provider's log"),
            DeedKind.HAND_OVER: _("handed over"),
            DeedKind.CLEAR_HAND_OVER: _("called again by everybody"),
            DeedKind.FINISH_FOLLOW_UP: _("follow-up done"),
            DeedKind.ANSWER_REQUEST: _("question answered"),
            DeedKind.ENTER_PERSON: _("person entered"),
            DeedKind.CHANGE_PERSON: _("person changed"),
            DeedKind.UNDO: _("taken back"),
        }
    )
    return words.get(kind, kind)


def line_words(line: DiaryLine, today: date, zone: ZoneInfo) -> str:
    """What kind of deed a line of the diary is; a contact that was noted later, or is no call, with how and when."""
    contact = line.contact
    if line.again:
        return _("done again")
    if contact is None or line.kind not in (DeedKind.LOG_CONTACT, DeedKind.LOG_TALK):
        return deed_words(line.kind)
    if contact.day != wall(line.at, zone).date().isoformat():
        return _("{channel} of {day}").format(channel=contact.channel, day=short_day(contact.day, today))
    return deed_words(line.kind) if contact.channel == "call" else contact.channel


def about_words(line: DiaryLine, width: int) -> str:
    """Whom or what a line is about; where `width` cells are few the channel somebody barred still stands there."""
    contact = line.contact
    if contact is None or contact.barred in ("", EVERY_CHANNEL) or cell_len(line.what) <= width:
        return line.what
    barred = barred_words(contact.barred)
    room = width - cell_len(f": {barred}")
    name = contact.name if cell_len(contact.name) <= room else set_cell_size(contact.name, max(room - 1, 1)) + "…"
    return f"{name}: {barred}"


def value_words(field: str, value: object) -> str:
    """A value as it is said; the words of the vocabularies in the language in use."""
    if value in (None, ""):
        return _("nothing")
    if field in _YES_OR_NO:
        return _("yes") if value else _("no")
    if field == "outcome":
        return outcome_told(str(value))
    words = {
        "assistant": _("assistant"),
        "neighbouring service": _("neighbouring service"),
        "other": _("other work"),
        "worker": _("worker"),
        "coordinator": _("coordinator"),
        "manager": _("manager"),
        "owner": _("owner"),
        "good": _("good"),
        "wrong": _("wrong"),
        "disconnected": _("disconnected"),
        "shared": _("shared"),
        "open": _("open"),
        "done": _("done"),
        "refused": _("refused"),
    }
    return words.get(str(value), str(value)) if field in ("work", "position", "standing", "state") else str(value)
