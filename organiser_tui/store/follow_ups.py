"""What was promised: kept by a talk or by hand, agreed anew, or never to come up."""

from __future__ import annotations

from datetime import date

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.dates import Moment, parse_wall, read_back
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.due import DueKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import NOTHING_DUE
from organiser_tui.domain.folding import clean
from organiser_tui.domain.outcomes import Needs, Outcome
from organiser_tui.domain.queue import blocked_label
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

_NOTHING_DUE = ", ".join(f"'{reason}'" for reason in sorted(NOTHING_DUE))
COMES_UP = f"f.blocked NOT IN ({_NOTHING_DUE})"
"""Something is due to the person of the figures `f` still: nobody has barred all of it, nobody has left."""


def end_promises(deed: Deed, draft: ContactDraft, outcome: Outcome, day: str, at: int | None) -> tuple[str, ...]:
    """What a contact of that day (ISO) ends: a word spoken her call backs, a talk or a refusal what is due.

    Of one that is noted late, `at` is the instant: what was agreed after it stands.
    What is due where another hour was agreed is due at that hour. A support call is made by the next talk, before it is
    due. Returns what is ended, in words, another organiser's
    with her name before it: promises, and call backs whose hour is still to come.
    """
    if not outcome.spoken_with:
        return ()
    now = deed.campaign.wall_now().isoformat(timespec="minutes")
    due = deed.campaign.connection.execute(
        "SELECT u.id, u.kind, u.why, u.due, CASE WHEN u.organiser_id IS ?1 THEN '' ELSE coalesce(o.name, '') END"
        " FROM follow_up u LEFT JOIN organiser o ON o.id = u.organiser_id"
        " WHERE u.person_id = ?2 AND u.gone_by IS NULL AND u.done_on IS NULL AND (u.kind = 'call back' OR u.due < ?3"
        " OR u.reprisal_id IS NOT NULL) AND (?4 IS NULL OR coalesce((SELECT c.at FROM contact c WHERE c.id ="
        " u.contact_id), (SELECT r.noted_at FROM reprisal r WHERE r.id = u.reprisal_id), 0) <= ?4)",
        (deed.campaign.organiser_id, draft.person_id, f"{day}~", at),
    ).fetchall()
    ended = []
    for follow_up, kind, why, moment, whose in due:
        if kind == DueKind.CALL_BACK or outcome.ends_promises:
            deed.change("follow_up", follow_up, done_on=day)
        elif outcome.needs is Needs.HOUR and draft.follow_up is not None:
            deed.change("follow_up", follow_up, due=draft.follow_up.wall)
        if kind == DueKind.PROMISE and outcome.ends_promises:
            ended.append(": ".join(filter(None, (whose, why or _("follow-up")))))
        elif kind == DueKind.CALL_BACK and (whose or moment > now):  # she was spoken with before the hour
            agreed = read_back(parse_wall(moment), deed.campaign.today())
            ended.append(": ".join(filter(None, (whose, _("call back {when}").format(when=agreed)))))
    return tuple(ended)


def put_follow_up(deed: Deed, draft: ContactDraft, outcome: Outcome, contact: int) -> None:
    """What was agreed in a contact as the next step, and the day on which an ask falls due that is no event's."""
    steps = []
    if draft.follow_up is not None:
        kind = DueKind.CALL_BACK if outcome.needs is Needs.HOUR else DueKind.PROMISE
        steps.append((kind, draft.follow_up.wall, clean(draft.follow_up_why)))
    ask = draft.ask
    if ask is not None and ask.due and ask.event_id is None and ask.answer not in ("no", "withdrawn"):
        why = _("asked to {what}").format(what=ask.kind)
        steps.append((DueKind.PROMISE, ask.due, ": ".join(filter(None, (why, ask.answer)))))
    for kind, due, why in steps:
        deed.insert(
            "follow_up",
            person_id=draft.person_id,
            kind=kind,
            due=due,
            why=why,
            organiser_id=deed.campaign.organiser_id,
            contact_id=contact,
            list_id=draft.list_id,
        )


def never_due(campaign: Campaign, draft: ContactDraft) -> str:
    """That what was promised somebody stands nowhere as due, who meanwhile bars all of it; '' where it will."""
    if draft.follow_up is None:
        return ""
    sql = "SELECT blocked FROM person_figures WHERE person_id = ?"
    (blocked,) = campaign.connection.execute(sql, (draft.person_id,)).fetchone()
    if blocked not in NOTHING_DUE:
        return ""
    sentence = _("She is not called any more ({why}): the follow-up will not come up.")
    return sentence.format(why=blocked_label(blocked))


def finish_follow_up(campaign: Campaign, follow_up: int) -> None:
    """Mark a promise or a call back as done today.

    Raises OrganiserError where it was done already, or is no longer in the file.
    """
    with campaign.write(DeedKind.FINISH_FOLLOW_UP) as deed:
        refuse_gone(campaign, "follow_up", follow_up)
        held = campaign.connection.execute("SELECT done_on FROM follow_up WHERE id = ?", (follow_up,)).fetchone()[0]
        if held is not None:
            sentence = _("This follow-up is done already, since {day}. Nothing was saved.")
            kept_on = read_back(Moment(date.fromisoformat(held)), campaign.today())
            raise OrganiserError(sentence.format(day=kept_on))
        deed.change("follow_up", follow_up, done_on=campaign.today().isoformat())
