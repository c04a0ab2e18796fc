"""Refuses a deed about what another window has taken out meanwhile. Asked inside the deed's own transaction."""

from __future__ import annotations

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.words import _


def refuse_gone(campaign: Campaign, table: str, row: int) -> None:
    """Raise OrganiserError where `row` of `table` (a person, a call list …) is no longer in the file."""
    found = campaign.connection.execute(f"SELECT 1 FROM {table} WHERE id = ? AND gone_by IS NULL", (row,))
    if found.fetchone() is None:
        sentences = {
            "person": _("This person is no longer in the file. Nothing was saved."),
            "provider": _("This provider is no longer in the file. Nothing was saved."),
            "follow_up": _("This follow-up is no longer in the file. Nothing was saved."),
            "call_list": _("This call list is no longer in the file. Nothing was saved."),
            "question": _("This question is no longer in the file. Nothing was saved."),
            "proposal": _("This proposal is no longer in the file. Nothing was saved."),
            "request": _("This question is no longer in the file. Nothing was saved."),
            "guide": _("This guide is no longer in the file. Nothing was saved."),
            "saved_filter": _("This filter is no longer in the file. Nothing was saved."),
            "event": _("This event is no longer in the file. Nothing was saved."),
            "meeting_group": _("This group is no longer in the file. Nothing was saved."),
            "task": _("This task is no longer in the file. Nothing was saved."),
            "office": _("This office is no longer in the file. Nothing was saved."),
            "demand": _("This demand is no longer in the file. Nothing was saved."),
            "agreed_action": _("This action is no longer in the file. Nothing was saved."),
            "organiser": _("This organiser is no longer in the file. Nothing was saved."),
        }
        raise OrganiserError(sentences[table])
