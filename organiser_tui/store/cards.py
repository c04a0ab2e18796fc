"""Union cards: their steps on the way to the union, and the reminders of a form that is out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.signups import CARD_STAGES, Stage, signup_of
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import facts_of
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.words import known_channels
from organiser_tui.words import _


def remind_forms(campaign: Campaign, people: Sequence[int], channel: str = "e-mail") -> None:
    """Note that people were reminded of their forms today, in one deed; the two-week rule counts on from here.

    Raises OrganiserError, and notes nothing, where one of them is no longer in the file, has no form out, or was
    reminded as often as the rule has it, or `channel` is none.
    """
    with campaign.write(DeedKind.REMIND_FORM) as deed:
        (known,) = known_channels(campaign, [channel])
        for person in dict.fromkeys(people):
            refuse_gone(campaign, "person", person)
            _refuse_reminder(campaign, person)
            deed.insert(
                "reminder",
                person_id=person,
                day=campaign.today().isoformat(),
                channel=known,
                organiser_id=campaign.organiser_id,
            )


def _refuse_reminder(campaign: Campaign, person_id: int) -> None:
    name, due, reminded = campaign.connection.execute(
        "SELECT trim(p.given || ' ' || p.family), f.form_due, (SELECT count(*) FROM reminder r"
        " WHERE r.person_id = p.id AND r.voided_by IS NULL AND r.day >= f.card_since)"
        " FROM person p JOIN person_figures f ON f.person_id = p.id WHERE p.id = ?",
        (person_id,),
    ).fetchone()
    if not due:
        raise OrganiserError(_("{name} has no form out of which she could be reminded.").format(name=name))
    if reminded >= campaign.definitions.reminders:
        sentence = _("{name} was reminded {n} times: ask her in person, or close it (page 5, t).")
        raise OrganiserError(sentence.format(name=name, n=reminded))


class CardStep(NamedTuple):
    """Where cards are moved, on which day (ISO), and what goes with it."""

    stage: Stage
    day: str
    reason: str = ""
    which_union: str = ""
    leaves: Stage | None = None
    """Where they were seen to stand; None where that does not matter."""


class _Standing(NamedTuple):
    name: str
    stage: str
    barred: str
    card_day: str
    """Of the last step of her card, '' for none."""
    asked_on: str
    """When she was asked to sign last, '' for never."""
    ask: int | None
    """That ask."""


def move_cards(campaign: Campaign, people: Sequence[int], step: CardStep) -> int:
    """Move the cards of `people` in one deed; how many stood elsewhere before.

    A card gets a step; who is asked, said yes or declined gets an ask and its answer. Raises OrganiserError, with
    nothing moved, where one of them is no longer in the file, or the day does not go with what is noted of her.
    """
    if step.day > campaign.today().isoformat():
        raise OrganiserError(
            _("{day} is still to come: a card is moved on the day on which it was.").format(day=step.day)
        )
    if step.stage is Stage.NOT_ASKED:
        raise OrganiserError(_("Who was asked was asked: u takes back what was noted by mistake."))
    moved = 0
    with campaign.write(DeedKind.MOVE_CARD) as deed:
        for person in people:
            refuse_gone(campaign, "person", person)
            standing = _standing(campaign, person)
            if standing.stage != step.stage:
                _refuse(standing, step)
                _move(deed, person, standing, step)
                _refuse_unmoved(campaign, person, standing, step)
                moved += 1
    return moved


def _standing(campaign: Campaign, person_id: int) -> _Standing:
    row = campaign.connection.execute(
        "SELECT trim(p.given || ' ' || p.family), f.stage, f.do_not_contact, f.card_since, coalesce(a.day, ''), a.id"
        " FROM person p JOIN person_figures f ON f.person_id = p.id LEFT JOIN ask a ON a.id = (SELECT b.id FROM ask b"
        " WHERE b.person_id = p.id AND b.kind = 'sign' AND b.voided_by IS NULL ORDER BY b.day DESC, b.id DESC LIMIT 1)"
        " WHERE p.id = ?",
        (person_id,),
    ).fetchone()
    return _Standing._make(row)


def _refuse(standing: _Standing, step: CardStep) -> None:
    """Raise OrganiserError where a step does not go with what is noted."""
    name = standing.name
    if step.leaves is not None and standing.stage != step.leaves:
        raise OrganiserError(
            _("{name} has been moved meanwhile, in another window. Nothing was moved.").format(name=name)
        )
    if standing.card_day > step.day:
        sentence = _("{name}: the step before was on {before}, so that this one cannot have been on {day}.")
        raise OrganiserError(sentence.format(name=name, before=standing.card_day, day=step.day))
    if standing.asked_on > step.day:
        sentence = _("{name} was asked on {asked}, after {day}. Which day is right? Nothing was moved.")
        raise OrganiserError(sentence.format(name=name, asked=standing.asked_on, day=step.day))
    if step.stage in (Stage.ASKED, Stage.FORM_OUT) and standing.barred == EVERY_CHANNEL:
        raise OrganiserError(_("{name} asked not to be contacted. Nothing was moved.").format(name=name))
    if step.stage is Stage.DECLINED and standing.stage in (Stage.SIGNED, Stage.ON_FILE):
        raise OrganiserError(_("{name} has signed: what ends that is “ended”, with why.").format(name=name))


def _refuse_unmoved(campaign: Campaign, person: int, standing: _Standing, step: CardStep) -> None:
    """Raise OrganiserError where other steps or answers, of that day or after it, say that she stands elsewhere."""
    (of,) = facts_of(campaign, [person], campaign.today().isoformat())
    if signup_of(of.facts.asks, of.facts.cards, may_be_asked=True).stage != step.stage:
        sentence = _("What else is noted of {name} says that she does not stand there on {day}. Nothing was moved.")
        raise OrganiserError(sentence.format(name=standing.name, day=step.day))


def _move(deed: Deed, person: int, standing: _Standing, step: CardStep) -> None:
    organiser = deed.campaign.organiser_id
    if step.stage in CARD_STAGES:
        deed.insert(
            "card",
            person_id=person,
            state=step.stage.value,
            day=step.day,
            reason=step.reason,
            which_union=step.which_union,
            checked_by=organiser if step.stage is Stage.ON_FILE else None,
            organiser_id=organiser,
        )
        return
    asked = standing.ask
    if standing.stage in (Stage.ENDED, Stage.OTHER_UNION, Stage.RETURNED, Stage.FORM_OUT) and step.stage in (
        Stage.ASKED,
        Stage.SAID_YES,
    ):
        deed.insert("card", person_id=person, state="none", day=step.day, reason=step.reason, organiser_id=organiser)
        asked = None
    if asked is None or step.stage is Stage.ASKED:
        asked = deed.insert("ask", person_id=person, kind="sign", day=step.day, organiser_id=organiser)
    answer = {Stage.SAID_YES: "yes", Stage.DECLINED: "no"}.get(step.stage)
    if answer is not None:
        deed.insert("answer", person_id=person, ask_id=asked, answer=answer, day=step.day, organiser_id=organiser)
