"""What a meeting agreed on: a demand, mutual aid or education, with who takes it on and until when."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.demands import ActionDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


class Action(NamedTuple):
    """One action that was agreed; days are ISO, `done_on` is '' while it is open."""

    id: int
    kind: str
    what: str
    owner_id: int
    owner: str
    due: str
    done_on: str


def agree_action(campaign: Campaign, draft: ActionDraft) -> int:
    """Note what was agreed at a meeting and return its id.

    Raises OrganiserError where it lacks its words, its owner or its day, is due before the meeting, or the meeting or
    the owner is no longer in the file.
    """
    draft = draft.checked()
    with campaign.write(DeedKind.AGREE_ACTION) as deed:
        refuse_gone(campaign, "event", draft.event_id)
        refuse_gone(campaign, "person", draft.person_id or 0)
        (held_on,) = campaign.connection.execute(
            "SELECT substr(starts, 1, 10) FROM event WHERE id = ?", (draft.event_id,)
        ).fetchone()
        if draft.due < held_on:
            sentence = _("The meeting is on {day}: what is agreed there is due later.")
            raise OrganiserError(sentence.format(day=held_on))
        return deed.insert("agreed_action", **asdict(draft), organiser_id=campaign.organiser_id)


def finish_action(campaign: Campaign, action_id: int) -> None:
    """Mark an action as done today. Raises OrganiserError where it was done already, or is no longer in the file."""
    with campaign.write(DeedKind.FINISH_ACTION) as deed:
        refuse_gone(campaign, "agreed_action", action_id)
        (done_on,) = campaign.connection.execute(
            "SELECT done_on FROM agreed_action WHERE id = ?", (action_id,)
        ).fetchone()
        if done_on is not None:
            raise OrganiserError(_("It was done on {day} already. Nothing was saved.").format(day=done_on))
        deed.change("agreed_action", action_id, done_on=campaign.today().isoformat())


def actions_of(campaign: Campaign, event_id: int) -> list[Action]:
    """What was agreed at an event: what is open first, by the day on which it is due."""
    rows = campaign.connection.execute(
        "SELECT a.id, a.kind, a.what, a.person_id, trim(p.given || ' ' || p.family), a.due, coalesce(a.done_on, '')"
        " FROM agreed_action a JOIN person p ON p.id = a.person_id"
        " WHERE a.event_id = ? AND a.gone_by IS NULL ORDER BY a.done_on IS NOT NULL, a.due, a.id",
        (event_id,),
    )
    return [Action(*row) for row in rows]
