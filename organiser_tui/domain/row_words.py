"""What rows and fields are called where somebody reads what was changed. Nothing is read or drawn here."""

from __future__ import annotations

from organiser_tui.words import _


def row_words(table: str) -> str:
    """What a row of a table is called."""
    words = {
        "answer": _("answer"),
        "ask": _("ask"),
        "assessment": _("rating"),
        "attendance": _("at an event"),
        "barred_channel": _("do not contact"),
        "candidacy": _("candidacy"),
        "chapter_passing": _("passed to a chapter"),
        "card": _("card"),
        "call_list": _("call list"),
        "consultation": _("consultation"),
        "connection": _("whom she knows"),
        "contact": _("contact"),
        "contact_issue": _("issue"),
        "custom_value": _("own field"),
        "email": _("e-mail"),
        "employment": _("employment"),
        "external_id": _("id elsewhere"),
        "follow_up": _("follow-up"),
        "guide": _("guide"),
        "list_caller": _("who calls a list"),
        "mandate": _("mandate"),
        "outcome": _("outcome"),
        "person": _("person"),
        "person_language": _("language"),
        "phone": _("number"),
        "proposal": _("proposal"),
        "provider": _("provider"),
        "question": _("question"),
        "question_answer": _("answer"),
        "ground": _("what she agreed to"),
        "request": _("what she wants to know"),
        "saved_filter": _("kept filter"),
        "safe_channel": _("safe channel"),
        "short_answer": _("short answer"),
        "skill": _("skill"),
        "tag": _("tag"),
        "meeting_group": _("group"),
        "group_member": _("who belongs to a group"),
        "task": _("task"),
        "task_end": _("how a task ended"),
        "task_colleague": _("whom a task names"),
        "target": _("place on a call list"),
        "voter": _("who may vote"),
        "ballot_count": _("count of a secret ballot"),
        "ballot_mark": _("voted"),
    }
    return words.get(table, table.replace("_", " "))


def field_words(field: str) -> str:
    """What a field of a row is called."""
    words = {
        "given": _("given name"),
        "family": _("family name"),
        "extra": _("other names"),
        "region_code": _("region"),
        "municipality_code": _("municipality"),
        "provider_id": _("provider"),
        "list_id": _("call list"),
        "organiser_id": _("organiser"),
        "event_id": _("event"),
        "other_id": _("whom"),
        "e164": _("number"),
        "from_day": _("since"),
        "until_day": _("until"),
        "to_day": _("until"),
        "done_on": _("done on"),
        "leave_message": _("leave a message"),
        "name_union": _("name the union"),
        "work_numbers": _("work numbers allowed"),
        "left_work_on": _("left the work on"),
        "standing": _("number"),
        "handed_to": _("handed over to"),
        "handed_why": _("handed over because"),
        "handed_on": _("handed over on"),
        "answered_on": _("told on"),
        "answered_by": _("told by"),
    }
    return words.get(field) or field.removesuffix("_id").replace("_", " ")
