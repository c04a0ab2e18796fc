"""Logs contacts with every effect of their outcome, in one deed each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from organiser_tui.domain.barred import EVERY_CHANNEL, channels_barred
from organiser_tui.domain.call_lists import Goal
from organiser_tui.domain.clock import wall, wall_instant
from organiser_tui.domain.contacts import UNKNOWN_LANGUAGE, AskDraft, ContactDraft
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.outcomes import BY_EFFECT, Effect, Needs, Outcome
from organiser_tui.store.barring import bar
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.consultations import is_secret, why_not_taken
from organiser_tui.store.follow_ups import end_promises, never_due, put_follow_up
from organiser_tui.store.handing_over import put_hand_over
from organiser_tui.store.hearing import save_heard
from organiser_tui.store.journal import Deed
from organiser_tui.store.numbers import move_number, number_tried
from organiser_tui.store.outcomes import effect_of
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.questions import no_longer_asked, save_answers
from organiser_tui.store.requests import open_requests
from organiser_tui.store.words import codes, known_channels
from organiser_tui.words import _

_NOON = 12


class _When(NamedTuple):
    at: int
    day: str
    timed: bool


class Logged(NamedTuple):
    """A contact that was saved, and the action that saved it, which undo_action() takes back."""

    contact: int
    action: int
    effect: Effect
    """What its outcome does."""
    draft: ContactDraft
    """What was saved: of what could not be, the words stand in the note."""
    unmet: Goal | None = None
    """The goal of its list, where she stays on it though somebody talked with her."""
    warnings: tuple[str, ...] = ()
    """Sentences: what of it could not be saved where it belongs, and stands in the note; what will never be due."""
    ended: tuple[str, ...] = ()
    """The promises that were due and are not any more, in words, another organiser's with her name before them."""


def log_contact(campaign: Campaign, draft: ContactDraft) -> Logged:
    """Save one contact and everything its outcome does.

    Raises OrganiserError, with nothing saved, where the draft does not hold together or lies in the future.
    """
    with campaign.write(DeedKind.LOG_CONTACT) as deed:
        (logged,) = _log(deed, [draft])
    return logged


def _log(deed: Deed, drafts: Sequence[ContactDraft]) -> list[Logged]:
    """Write a contact of each of `drafts`, one talk where they are several."""
    campaign = deed.campaign
    written: list[tuple[ContactDraft, str, Logged]] = []
    for said in drafts:
        draft, aside = _with_asides_noted(campaign, said)
        together = written[0][2].contact if written else None
        written.append((draft, aside, _put_contact(deed, draft, together=together)))
    campaign.settle(deed)  # what keeps somebody from being called is known from now on
    told = []
    for draft, aside, logged in written:
        warnings = (aside, never_due(campaign, draft), _spoken_by_nobody(campaign, draft, logged))
        told.append(logged._replace(warnings=tuple(filter(None, warnings))))
    return told


def _spoken_by_nobody(campaign: Campaign, draft: ContactDraft, logged: Logged) -> str:
    """That no organiser speaks the language in which she must be called, a sentence; '' where one does."""
    language = fold(draft.language)
    if logged.effect is not Effect.OTHER_LANGUAGE or not language:
        return ""
    spoken = campaign.connection.execute("SELECT languages FROM organiser WHERE gone_by IS NULL").fetchall()
    if any(language in held.split() for (held,) in spoken):
        return ""
    return _("Nobody here speaks {language} yet: who does says so by w on page 8.").format(language=language)


def logged_since(campaign: Campaign, person_id: int, since: int, but: Sequence[int]) -> list[tuple[str, str]]:
    """The organisers who have logged a person since that instant, each with the outcome, `but` in those contacts."""
    rows: list[tuple[str, str]] = campaign.connection.execute(
        "SELECT coalesce(o.name, ''), c.outcome FROM contact c LEFT JOIN organiser o ON o.id = c.organiser_id"
        " WHERE c.person_id = ? AND c.at >= ? AND c.voided_by IS NULL"
        " AND c.id NOT IN (SELECT value FROM json_each(?)) ORDER BY c.at, c.id",
        (person_id, since, json.dumps(list(but))),
    ).fetchall()
    return rows


def log_talk(campaign: Campaign, drafts: Sequence[ContactDraft]) -> list[Logged]:
    """Save a talk with several people at once, a contact each in one deed; returns them in the order of `drafts`.

    Whom she was there with is asked of the contacts, which all name the first. Raises OrganiserError, with nothing
    saved, where a draft does not hold together, lies in the future, or is of somebody who is in it already.
    """
    if len({draft.person_id for draft in drafts}) < len(drafts):
        raise OrganiserError(_("Somebody is named twice. Nothing was saved."))
    with campaign.write(DeedKind.LOG_TALK) as deed:
        return _log(deed, drafts)


def _put_contact(deed: Deed, draft: ContactDraft, together: int | None = None) -> Logged:
    """Write one contact and everything its outcome does; `together` is the first contact of the same talk."""
    campaign = deed.campaign
    draft = _with_known_channels(campaign, draft)
    outcome = BY_EFFECT[effect_of(campaign, draft.outcome)]
    when = _when(campaign, draft)
    _check(campaign, draft, outcome)
    phone = number_tried(campaign, draft, outcome)
    contact = deed.insert(
        "contact",
        person_id=draft.person_id,
        at=when.at,
        day=when.day,
        timed=int(when.timed),
        channel=draft.channel,
        outcome=draft.outcome,
        organiser_id=campaign.organiser_id,
        list_id=draft.list_id,
        phone_id=phone,
        event_id=draft.event_id,
        note=clean(draft.note),
        together_id=together,
        question=int(bool(draft.answers or draft.heard.mandates or draft.heard.wants)),
    )
    save_answers(deed, draft.person_id, draft.list_id, contact, when.day, dict(draft.answers))
    _save_learned(deed, draft, contact, when.day)
    save_heard(deed, draft.person_id, contact, when.day, draft.heard)
    move_number(deed, phone, outcome)
    # Whatever is noted as it happens comes last, also where the clock was put back since the one before.
    late = draft.at is not None or draft.day is not None
    ended = end_promises(deed, draft, outcome, when.day, when.at if late else None)
    put_follow_up(deed, draft, outcome, contact)
    _move_person(deed, draft, outcome, contact, when.day)
    if draft.hand_over is not None:
        put_hand_over(deed, draft.person_id, draft.hand_over)
    unmet = _move_target(deed, draft, outcome)
    campaign.connection.execute(
        "DELETE FROM call_draft WHERE person_id = ? AND window = ?", (draft.person_id, campaign.window)
    )
    campaign.connection.execute(
        "DELETE FROM claim WHERE person_id = ? AND window = ?", (draft.person_id, campaign.window)
    )
    return Logged(contact, deed.id, outcome.effect, draft, unmet, ended=ended)


def _with_asides_noted(campaign: Campaign, draft: ContactDraft) -> tuple[ContactDraft, str]:
    """The draft with the words of what is not asked any more in its note, and a sentence that says so.

    While somebody is called another window may close a consultation, take out a question, or tell her what she wanted
    to know: nothing heard or said is lost.
    """
    day = _when(campaign, draft).day
    answers, heard = dict(draft.answers), draft.heard
    gone = no_longer_asked(campaign, draft.list_id, answers)
    why = {one: why_not_taken(campaign, draft.person_id, day, one) for one in heard.mandates}
    late = [one for one in heard.mandates if why[one]]
    sealed = [one for one in late if is_secret(campaign, one.consultation_id)]  # what she answers stands nowhere
    still_open = {request.id for request in open_requests(campaign, draft.person_id)}
    told = [one for one in heard.told if one.request_id not in still_open]
    if not gone and not late and not told:
        return draft, ""
    asides = [
        *gone.values(),
        *(f"{one.answer} {one.amendment}".strip() + f": {why[one]}" for one in late if one not in sealed),
        *(": ".join(filter(None, (one.what, one.answer))) for one in told),
    ]
    heard = heard._replace(
        mandates=tuple(one for one in heard.mandates if one not in late),
        told=tuple(one for one in heard.told if one not in told),
    )
    kept = tuple((question, answer) for question, answer in draft.answers if question not in gone)
    note = " · ".join(filter(None, (draft.note, *asides)))
    if told and not gone and not late:
        sentence = _("She was told meanwhile by another organiser. What you told her stands in the note.")
    else:
        reason = why[late[0]] if late else _("That question is asked no more.")
        in_note = _("What she answered stands in the note.") if any(asides) else ""
        sentence = " ".join(filter(None, (reason, in_note)))
    return replace(draft, note=note, heard=heard, answers=kept), sentence


def _with_known_channels(campaign: Campaign, draft: ContactDraft) -> ContactDraft:
    (channel,) = known_channels(campaign, [draft.channel])
    barred = draft.do_not_contact
    if barred != EVERY_CHANNEL:
        (barred,) = known_channels(campaign, [barred])
    return replace(draft, channel=channel, do_not_contact=barred)


def _when(campaign: Campaign, draft: ContactDraft) -> _When:
    now = int(campaign.now().timestamp())
    if draft.at is None and draft.day is not None:
        noon = datetime.combine(date.fromisoformat(draft.day), datetime.min.time()).replace(hour=_NOON)
        when = _When(min(wall_instant(noon, campaign.zone), now), draft.day, timed=False)
        future = draft.day > campaign.today().isoformat()
    else:
        at = now if draft.at is None else draft.at
        when = _When(at, wall(at, campaign.zone).date().isoformat(), timed=True)
        future = at > now
    if future:
        raise OrganiserError(_("{day} is still to come: a contact is noted once it has happened.").format(day=when.day))
    return when


def _check(campaign: Campaign, draft: ContactDraft, outcome: Outcome) -> None:
    if outcome.needs is Needs.HOUR and draft.follow_up is None:
        raise OrganiserError(_("A call back needs the day, and best the hour, that was agreed."))
    if draft.rating is not None and not 1 <= draft.rating <= 5:
        raise OrganiserError(_("A rating is a number from 1 (leads others) to 5 (hostile)."))
    refuse_gone(campaign, "person", draft.person_id)
    for table, words in (("issue", draft.issues), ("ask_kind", [draft.ask.kind] if draft.ask else [])):
        known = codes(campaign, table)
        for word in words:
            if word not in known:
                sentence = _("{word} is not one of: {words}.").format(word=word, words=", ".join(known))
                raise OrganiserError(sentence)


def _save_learned(deed: Deed, draft: ContactDraft, contact: int, day: str) -> None:
    organiser = deed.campaign.organiser_id
    for issue in dict.fromkeys(draft.issues):
        deed.insert("contact_issue", person_id=draft.person_id, contact_id=contact, issue=issue)
    if draft.rating is not None:
        deed.insert(
            "assessment",
            person_id=draft.person_id,
            rating=draft.rating,
            day=day,
            contact_id=contact,
            organiser_id=organiser,
        )
    if draft.ask is not None:
        ask = _asked_before(deed.campaign, draft.person_id, draft.ask) or deed.insert(
            "ask",
            person_id=draft.person_id,
            kind=draft.ask.kind,
            day=day,
            due=draft.ask.due,
            event_id=draft.ask.event_id,
            contact_id=contact,
            organiser_id=organiser,
        )
        if draft.ask.answer:
            deed.insert(
                "answer",
                person_id=draft.person_id,
                ask_id=ask,
                answer=draft.ask.answer,
                day=day,
                contact_id=contact,
                organiser_id=organiser,
            )


def _asked_before(campaign: Campaign, person_id: int, ask: AskDraft) -> int | None:
    """The ask to come to the same event: it gets one more answer, and the last of them counts."""
    row = campaign.connection.execute(
        "SELECT id FROM ask WHERE person_id = ? AND kind = ? AND event_id = ? AND voided_by IS NULL"
        " ORDER BY id LIMIT 1",
        (person_id, ask.kind, ask.event_id),
    ).fetchone()
    return row[0] if row else None


def _move_person(deed: Deed, draft: ContactDraft, outcome: Outcome, contact: int, day: str) -> None:
    person = draft.person_id
    connection = deed.campaign.connection
    match outcome.effect:
        case Effect.DO_NOT_CONTACT:
            for channel in channels_barred(draft.do_not_contact):
                bar(deed, person, channel, day, contact)
        case Effect.LEFT_THE_WORK:
            deed.change("person", person, left_work_on=day)
        case Effect.DECEASED:
            deed.change("person", person, deceased=1)
        case Effect.OTHER_LANGUAGE:
            _move_language(deed, person, fold(draft.language))
    if outcome.ends_employments:
        open_ones = connection.execute(
            "SELECT id FROM employment WHERE person_id = ? AND gone_by IS NULL AND (to_day IS NULL OR to_day > ?)",
            (person, day),
        ).fetchall()
        for (employment,) in open_ones:
            deed.change("employment", employment, to_day=day)


def _move_language(deed: Deed, person: int, language: str) -> None:
    """From now on only organisers who speak `language` get her; while nobody knows which it is, none."""
    deed.change("person", person, call_language=language or UNKNOWN_LANGUAGE)
    held = deed.campaign.connection.execute(
        "SELECT 1 FROM person_language WHERE person_id = ? AND language = ? AND gone_by IS NULL", (person, language)
    ).fetchone()
    if language and held is None:
        deed.insert("person_language", person_id=person, language=language)


def _move_target(deed: Deed, draft: ContactDraft, outcome: Outcome) -> Goal | None:
    """What becomes of her on the list; returns its goal where a talk has not met it."""
    if draft.list_id is None:
        return None
    spared = outcome.effect is Effect.DO_NOT_CONTACT and draft.do_not_contact not in (EVERY_CHANNEL, "call")
    row = deed.campaign.connection.execute(
        "SELECT t.id, l.goal, t.state FROM target t JOIN call_list l ON l.id = t.list_id"
        " WHERE t.person_id = ? AND t.list_id = ? AND t.gone_by IS NULL",
        (draft.person_id, draft.list_id),
    ).fetchone()
    if row is None:
        return None
    goal = Goal(row[1] or Goal.TALKED)
    if goal.met_by(draft, outcome):
        deed.change("target", row[0], state="done")
    elif outcome.keeps_off and not spared:  # whoever wants no texts may still be called, once she has rested
        deed.change("target", row[0], state="refused")
    elif outcome.effect is Effect.TALKED and row[2] == "open":
        return goal
    return None
