"""What kinds of deed the journal tells of. What each of them writes is not said here."""

from __future__ import annotations

from enum import StrEnum


class DeedKind(StrEnum):
    """The kind of an action. The chain of the journal covers it, so that a word once written is never respelt."""

    FOUND = "found"
    DEMO = "demo"
    ADD_ORGANISER = "add organiser"
    RENAME_ORGANISER = "rename organiser"
    NOTE_LANGUAGES = "note languages"
    ENTER_PERSON = "enter person"
    CHANGE_PERSON = "change person"
    ADD_PROVIDER = "add provider"
    NOTE_STANCE = "note stance"
    ESTIMATE_HEADCOUNT = "estimate headcount"
    LOG_PROVIDER = "log provider"
    MAKE_CALL_LIST = "make call list"
    CHANGE_CALL_LIST = "change call list"
    REFILL_CALL_LIST = "refill call list"
    TAKE_IN = "take in"
    SET_QUEUE_ORDER = "set queue order"
    SET_QUESTIONS = "set questions"
    SAVE_FILTER = "save filter"
    SET_SHORT_ANSWERS = "set short answers"
    SAVE_GUIDE = "save guide"
    ADD_OUTCOME = "add outcome"
    END_OUTCOME = "end outcome"
    LOG_CONTACT = "log contact"
    LOG_TALK = "log talk"
    HAND_OVER = "hand over"
    CLEAR_HAND_OVER = "clear hand over"
    FINISH_FOLLOW_UP = "finish follow-up"
    ANSWER_REQUEST = "answer request"
    REMIND_FORM = "remind form"
    IMPORT = "import"
    EXPORT = "export"
    UNDO = "undo"
