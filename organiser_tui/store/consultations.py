"""Consultations of the members: who may answer, their mandates, marks, and the sums of secret ballots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from organiser_tui.domain.dates import Moment, read_back
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import Card
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.mandates import ConsultationDraft, Counts, Mandate
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Change, Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.proposals import put_to_members
from organiser_tui.words import _, ngettext

_ON_FILE = (
    "FROM person_figures f JOIN person p ON p.id = f.person_id"
    f" WHERE f.card_order = ? AND f.card <> '{Card.NONE}' AND p.deceased = 0"
)
"""As the index of cards has them: it leaves out who has none."""
LAST = (
    "SELECT m.person_id, m.answer, m.amendment, m.day, m.id, row_number() OVER"
    " (PARTITION BY m.person_id ORDER BY m.day DESC, m.id DESC) AS nth FROM mandate m"
    " WHERE m.consultation_id = ?1 AND m.voided_by IS NULL"
)
"""The answers in a consultation; of each person the last one, of which nth = 1, counts."""
MARKED = "SELECT DISTINCT person_id FROM ballot_mark WHERE consultation_id = ?1 AND voided_by IS NULL"


class Consultation(NamedTuple):
    """A consultation; days are ISO, `closed_on` is '' while it is open."""

    id: int
    question: str
    secret: bool
    opened_on: str
    closed_on: str


class OpenMandate(NamedTuple):
    """A consultation that somebody may answer now, and what she has answered: '' for nothing yet."""

    id: int
    question: str
    answer: str


def consultations(campaign: Campaign) -> list[Consultation]:
    """Every consultation, the open ones first, then the latest."""
    rows = campaign.connection.execute(
        "SELECT id, question, secret, opened_on, coalesce(closed_on, '') FROM consultation WHERE gone_by IS NULL"
        " ORDER BY closed_on IS NOT NULL, opened_on DESC, id DESC"
    )
    return [Consultation(row, question, bool(secret), *days) for row, question, secret, *days in rows]


def members_on_file(campaign: Campaign) -> int:
    """How many could answer if a consultation were opened now."""
    (members,) = campaign.connection.execute(f"SELECT count(*) {_ON_FILE}", _place(campaign)).fetchone()
    return int(members)


def open_consultation(campaign: Campaign, draft: ConsultationDraft) -> int:
    """Ask the members who are on file today; returns the id. A proposal that is put to them is no longer open.

    Raises OrganiserError where there is no question, or nobody is on file.
    """
    draft = draft.checked()
    with campaign.write(DeedKind.OPEN_CONSULTATION) as deed:
        found = campaign.connection.execute(f"SELECT f.person_id {_ON_FILE} ORDER BY f.person_id", _place(campaign))
        members = [person for (person,) in found]
        if not members:
            raise OrganiserError(_("Nobody is on file as a member yet: there is nobody to ask."))
        opened = deed.insert(
            "consultation",
            question=draft.question,
            secret=int(draft.secret),
            opened_on=campaign.today().isoformat(),
            organiser_id=campaign.organiser_id,
        )
        rows = [(word_id("voter", opened, person), opened, person) for person in members]
        deed.insert_many("voter", ("id", "consultation_id", "person_id"), rows)
        if draft.proposal_id is not None:
            put_to_members(deed, draft.proposal_id, opened)
    return opened


def why_not_mended(campaign: Campaign, consultation: int) -> str:
    """Why the words of a question stay as they are, in a sentence; '' where they may be mended.

    Raises OrganiserError where it is no longer in the file.
    """
    return _why_closed(campaign, _state_in_file(campaign, consultation)) or _why_answered(campaign, consultation)


def reword_consultation(campaign: Campaign, consultation: int, question: str) -> None:
    """Mend the words of a question while nobody has answered it.

    Raises OrganiserError where there are none, or it is closed, answered, or no longer in the file.
    """
    words = ConsultationDraft(question).checked().question
    with campaign.write(DeedKind.REWORD_CONSULTATION) as deed:
        if why := why_not_mended(campaign, consultation):
            raise OrganiserError(why)
        deed.change("consultation", consultation, question=words)


def close_consultation(campaign: Campaign, consultation: int) -> None:
    """Nobody answers from now on. Raises OrganiserError where it is closed already, or no longer in the file."""
    with campaign.write(DeedKind.CLOSE_CONSULTATION) as deed:
        state = _state_in_file(campaign, consultation)
        if why := _why_closed(campaign, state):
            raise OrganiserError(why)
        closed_on = max(campaign.today().isoformat(), state.opened_on)  # a clock may have been put back since
        deed.change("consultation", consultation, closed_on=closed_on)


def open_mandates(campaign: Campaign, person_id: int) -> list[OpenMandate]:
    """The consultations that somebody may answer now by word of mouth, the oldest first: no secret ballot."""
    rows = campaign.connection.execute(
        "SELECT c.id, c.question, coalesce((SELECT m.answer FROM mandate m WHERE m.consultation_id = c.id"
        " AND m.person_id = t.person_id AND m.voided_by IS NULL ORDER BY m.day DESC, m.id DESC LIMIT 1), '')"
        " FROM voter t JOIN consultation c ON c.id = t.consultation_id AND c.gone_by IS NULL AND c.closed_on IS NULL"
        " AND NOT c.secret WHERE t.person_id = ? AND t.gone_by IS NULL ORDER BY c.opened_on, c.id",
        (person_id,),
    )
    return [OpenMandate(*row) for row in rows]


def voters_among(campaign: Campaign, consultation: int, people: Iterable[int]) -> dict[int, str]:
    """Those of `people`, a page of them at most, who may answer, with the day (ISO) on which each did last.

    The day is '' where she has not yet.
    """
    held = list(people)
    rows = campaign.connection.execute(
        "SELECT t.person_id, coalesce((SELECT max(day) FROM (SELECT m.day FROM mandate m WHERE m.consultation_id = ?1"
        " AND m.person_id = t.person_id AND m.voided_by IS NULL UNION ALL SELECT b.day FROM ballot_mark b"
        " WHERE b.consultation_id = ?1 AND b.person_id = t.person_id AND b.voided_by IS NULL)), '')"
        f" FROM voter t WHERE t.consultation_id = ?1 AND t.person_id IN ({', '.join('?' * len(held))})"
        " AND t.gone_by IS NULL",
        (consultation, *held),
    )
    return dict(rows.fetchall())


def give_mandate(campaign: Campaign, person_id: int, mandate: Mandate) -> None:
    """Note what a member answered outside of a call: at a meeting, by letter. The last of her answers counts.

    Raises OrganiserError, with nothing saved, where she may not answer.
    """
    with campaign.write(DeedKind.GIVE_MANDATE) as deed:
        refuse_gone(campaign, "person", person_id)
        day = campaign.today().isoformat()
        if why := why_not_taken(campaign, person_id, day, mandate):
            raise OrganiserError(why)
        save_mandate(deed, person_id, None, day, mandate)


def is_secret(campaign: Campaign, consultation: int) -> bool:
    """Whether it is a secret ballot, of which no answer of anybody may stand anywhere."""
    state = _state_or_none(campaign, consultation)
    return state is not None and state.secret


def why_not_taken(campaign: Campaign, person_id: int, day: str, mandate: Mandate) -> str:
    """Why an answer that a person gave on `day` (ISO) does not count, in a sentence; '' where it does."""
    mandate.checked()
    state = _state_or_none(campaign, mandate.consultation_id)
    if state is None:
        return _("This consultation is no longer in the file.")
    if state.secret:
        return _("This ballot is secret: only that she has voted is noted.")
    if day < state.opened_on:
        return _("The members were asked on {day}: an earlier answer does not count.").format(
            day=_day(campaign, state.opened_on)
        )
    return _why_closed(campaign, state) or _why_not_entitled(campaign, mandate.consultation_id, person_id)


def save_mandate(deed: Deed, person_id: int, contact: int | None, day: str, mandate: Mandate) -> None:
    """Save what a person answered on `day` (ISO), inside a deed; why_not_taken() has been asked."""
    said = mandate.checked()
    deed.insert(
        "mandate",
        consultation_id=said.consultation_id,
        person_id=person_id,
        contact_id=contact,
        answer=said.answer,
        amendment=said.amendment,
        day=day,
        organiser_id=deed.campaign.organiser_id,
    )


def mark_voted(campaign: Campaign, consultation: int, person_id: int) -> None:
    """Note that somebody has cast her ballot; what it says is not known here, and stands nowhere.

    Raises OrganiserError where she may not vote, has voted already, or the ballots were counted.
    """
    with campaign.write(DeedKind.MARK_VOTED) as deed:
        refuse_gone(campaign, "person", person_id)
        state = _state_in_file(campaign, consultation)
        if not state.secret:
            raise OrganiserError(_("This ballot is not secret: her answer is noted."))
        why = _why_closed(campaign, state) or _why_not_entitled(campaign, consultation, person_id)
        if why:
            raise OrganiserError(why)
        if _ever_counted(campaign, consultation):
            raise OrganiserError(_("The ballots were counted already: whoever voted now would be known by the sums."))
        sql = "SELECT day FROM ballot_mark WHERE consultation_id = ? AND person_id = ? AND voided_by IS NULL"
        held = campaign.connection.execute(sql, (consultation, person_id)).fetchone()
        if held is not None:
            raise OrganiserError(_("She has voted already, on {day}.").format(day=_day(campaign, held[0])))
        deed.insert(
            "ballot_mark",
            consultation_id=consultation,
            person_id=person_id,
            day=campaign.today().isoformat(),
            organiser_id=campaign.organiser_id,
        )


def count_ballots(campaign: Campaign, consultation: int, counts: Counts) -> None:
    """Enter what was counted in a secret ballot once it is closed; the last count stands.

    Raises OrganiserError where it is open or not secret, too few have voted, or fewer than ballots were counted.
    """
    with campaign.write(DeedKind.COUNT_BALLOTS) as deed:
        state = _state_in_file(campaign, consultation)
        if not state.secret:
            raise OrganiserError(_("This ballot is not secret: its answers are counted as they are given."))
        if state.closed_on is None:
            raise OrganiserError(_("The ballots are counted once it is closed: sums that grow say who voted what."))
        (voted,) = campaign.connection.execute(f"SELECT count(*) FROM ({MARKED})", (consultation,)).fetchone()
        deed.insert(
            "ballot_count",
            consultation_id=consultation,
            **counts.checked(voted)._asdict(),
            day=campaign.today().isoformat(),
            organiser_id=campaign.organiser_id,
        )


def why_sealed(campaign: Campaign, changes: Iterable[Change]) -> str:
    """Why `changes` are neither taken back nor done again; '' where they may be.

    Of a ballot that was counted a mark more or less would say who voted what; what was closed has its result, and what
    was answered its words.
    """
    for table, row, field, *_values in changes:
        if table not in ("consultation", "mandate", "ballot_mark", "ballot_count"):
            continue
        column = "id" if table == "consultation" else "consultation_id"
        sql = f"SELECT c.id, c.closed_on FROM {table} t JOIN consultation c ON c.id = t.{column} WHERE t.id = ?"
        consultation, closed_on = campaign.connection.execute(sql, (row,)).fetchone()
        if _ever_counted(campaign, consultation):
            return _("The ballots were counted: nothing of it is taken back, or the sums would say who voted what.")
        if table in ("mandate", "ballot_mark") and closed_on:
            sentence = _("The consultation was closed on {day}: take the closing back first.")
            return sentence.format(day=_day(campaign, closed_on))
        if field == "question" and (why := _why_answered(campaign, consultation)):
            return why
    return ""


class _State(NamedTuple):
    secret: bool
    opened_on: str
    closed_on: str | None


def _state_or_none(campaign: Campaign, consultation: int) -> _State | None:
    """None where it is not in the file."""
    row = campaign.connection.execute(
        "SELECT secret, opened_on, closed_on FROM consultation WHERE id = ? AND gone_by IS NULL", (consultation,)
    ).fetchone()
    return None if row is None else _State(bool(row[0]), row[1], row[2])


def _state_in_file(campaign: Campaign, consultation: int) -> _State:
    """Raises OrganiserError where it is not in the file."""
    held = _state_or_none(campaign, consultation)
    if held is None:
        raise OrganiserError(_("This consultation is no longer in the file. Nothing was saved."))
    return held


def _why_closed(campaign: Campaign, state: _State) -> str:
    if state.closed_on is None:
        return ""
    return _("This consultation was closed on {day}.").format(day=_day(campaign, state.closed_on))


def _why_answered(campaign: Campaign, consultation: int) -> str:
    count = f"SELECT (SELECT count(*) FROM ({LAST}) WHERE nth = 1) + (SELECT count(*) FROM ({MARKED}))"
    (voted,) = campaign.connection.execute(count, (consultation,)).fetchone()
    sentence = ngettext(
        "{n} member has answered already: the question stays as it was asked. Close it and ask anew.",
        "{n} members have answered already: the question stays as it was asked. Close it and ask anew.",
        voted,
    )
    return sentence.format(n=f"{voted:,}") if voted else ""


def _why_not_entitled(campaign: Campaign, consultation: int, person_id: int) -> str:
    if not voters_among(campaign, consultation, [person_id]):
        return _("She was not on file as a member when this was opened.")
    (deceased,) = campaign.connection.execute("SELECT deceased FROM person WHERE id = ?", (person_id,)).fetchone()
    return _("She is noted as deceased.") if deceased else ""


def _ever_counted(campaign: Campaign, consultation: int) -> bool:
    sql = "SELECT 1 FROM ballot_count WHERE consultation_id = ? LIMIT 1"
    return campaign.connection.execute(sql, (consultation,)).fetchone() is not None


def _day(campaign: Campaign, day: str) -> str:
    """A day (ISO) as it is said."""
    return read_back(Moment(date.fromisoformat(day)), campaign.today())


def _place(campaign: Campaign) -> tuple[int]:
    """Where those on file stand in the order of cards."""
    return (campaign.card_order[Card.ON_FILE],)
