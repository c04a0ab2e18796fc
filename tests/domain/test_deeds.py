"""The kinds of deed are written into every campaign and covered by its chain: their spellings stay."""

from __future__ import annotations

from organiser_tui.domain.deeds import DeedKind


def test_a_kind_of_deed_is_never_respelt() -> None:
    """A kind may be added at the end of this; a file made long ago is read by the words it was written in."""
    assert {kind.name: kind.value for kind in DeedKind} == {
        "FOUND": "found",
        "DEMO": "demo",
        "ADD_ORGANISER": "add organiser",
        "ENTER_PERSON": "enter person",
        "CHANGE_PERSON": "change person",
        "ADD_PROVIDER": "add provider",
        "NOTE_STANCE": "note stance",
        "ESTIMATE_HEADCOUNT": "estimate headcount",
        "LOG_PROVIDER": "log provider",
        "MAKE_CALL_LIST": "make call list",
        "LOG_CONTACT": "log contact",
        "FINISH_FOLLOW_UP": "finish follow-up",
        "REMIND_FORM": "remind form",
        "IMPORT": "import",
        "EXPORT": "export",
        "UNDO": "undo",
        "NOTE_LANGUAGES": "note languages",
        "CHANGE_CALL_LIST": "change call list",
        "REFILL_CALL_LIST": "refill call list",
        "TAKE_IN": "take in",
        "SET_QUEUE_ORDER": "set queue order",
        "SAVE_FILTER": "save filter",
        "HAND_OVER": "hand over",
        "CLEAR_HAND_OVER": "clear hand over",
        "SAVE_GUIDE": "save guide",
        "ADD_OUTCOME": "add outcome",
        "END_OUTCOME": "end outcome",
        "LOG_TALK": "log talk",
        "RENAME_ORGANISER": "rename organiser",
        "SET_QUESTIONS": "set questions",
        "ANSWER_REQUEST": "answer request",
        "SET_SHORT_ANSWERS": "set short answers",
        "OPEN_CONSULTATION": "open consultation",
        "CLOSE_CONSULTATION": "close consultation",
        "GIVE_MANDATE": "give mandate",
        "MARK_VOTED": "mark voted",
        "COUNT_BALLOTS": "count ballots",
        "SET_PROPOSAL_ASIDE": "set proposal aside",
        "REWORD_CONSULTATION": "reword consultation",
        "END_GUIDE": "end guide",
        "END_FILTER": "end filter",
        "MOVE_CARD": "move card",
        "SET_GOAL": "set goal",
        "MAKE_EVENT": "make event",
        "CANCEL_EVENT": "cancel event",
        "INVITE": "invite",
        "CHECK_IN": "check in",
        "REMIND_GUESTS": "remind guests",
    }
