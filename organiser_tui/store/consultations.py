"""Consultations of the members: who may answer, their mandates, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import Card
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.mandates import ConsultationDraft, Counts, Mandate, MandateAnswer
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.proposals import put_to_members
from organiser_tui.store.workplaces import By, place_of
from organiser_tui.words import _

_ON_FILE = (
    "FROM person_figures f JOIN person p ON p.id = f.person_id"
    f" WHERE f.card_order = ? AND f.card <> '{Card.NONE}' AND p.deceased = 0"
)
"""As the index of cards has them: it leaves out who has none."""
_LAST = (
    "SELECT m.person_id, m.answer, m.amendment, m.day, m.id, row_number() OVER"
    " (PARTITION BY m.person_id ORDER BY m.day DESC, m.id DESC) AS nth FROM mandate m"
    " WHERE m.consultation_id = ?1 AND m.voided_by IS NULL"
)
"""The answers in a consultation; of each person the last one, of which nth = 1, counts."""
_MARKED = "SELECT DISTINCT person_id FROM ballot_mark WHERE consultation_id = ?1 AND voided_by IS NULL"


class Consultation(NamedTuple):
    """A consultation; days are ISO, `closed_on` is '' while it is open."""

    id: int
    question: str
    secret: bool
    opened_on: str
    closed_on: str


class Turnout(NamedTuple):
    """How many were entitled, how many have voted, and what they answered; `where` is '' for all or for none known.

    Of a secret ballot nobody knows what was answered anywhere, nor in all until it is counted: None.
    """

    where: str
    entitled: int
    voted: int
    answers: Counts | None


class OpenMandate(NamedTuple):
    """A consultation that somebody may answer now, and what she has answered: '' for nothing yet."""

    id: int
    question: str
    answer: str


class Amendment(NamedTuple):
    """Who would have something otherwise, and what."""

    name: str
    words: str


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


def close_consultation(campaign: Campaign, consultation: int) -> None:
    """Nobody answers from now on. Raises OrganiserError where it is closed already, or no longer in the file."""
    with campaign.write(DeedKind.CLOSE_CONSULTATION) as deed:
        state = _state(campaign, consultation)
        if why := _why_closed(state):
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


def entitled_among(campaign: Campaign, consultation: int, people: Iterable[int]) -> set[int]:
    """Those of `people`, a page of them at most, who may answer."""
    held = list(people)
    rows = campaign.connection.execute(
        f"SELECT person_id FROM voter WHERE consultation_id = ? AND person_id IN ({', '.join('?' * len(held))})"
        " AND gone_by IS NULL",
        (consultation, *held),
    )
    return {person for (person,) in rows}


def give_mandate(campaign: Campaign, person_id: int, mandate: Mandate) -> None:
    """Note what a member answered outside of a call: at a meeting, by letter. The last of her answers counts.

    Raises OrganiserError, with nothing saved, where she may not answer.
    """
    with campaign.write(DeedKind.GIVE_MANDATE) as deed:
        refuse_gone(campaign, "person", person_id)
        _state(campaign, mandate.consultation_id)
        day = campaign.today().isoformat()
        if why := why_not_taken(campaign, person_id, day, mandate):
            raise OrganiserError(why)
        save_mandate(deed, person_id, None, day, mandate)


def why_not_taken(campaign: Campaign, person_id: int, day: str, mandate: Mandate) -> str:
    """Why an answer that a person gave on `day` (ISO) does not count, in a sentence; '' where it does."""
    mandate.checked()
    state = _held(campaign, mandate.consultation_id)
    if state is None:
        return _("This consultation is no longer in the file.")
    if state.secret:
        return _("This ballot is secret: only that she has voted is noted.")
    if day < state.opened_on:
        return _("The members were asked on {day}: an earlier answer does not count.").format(day=state.opened_on)
    return _why_closed(state) or _why_not_entitled(campaign, mandate.consultation_id, person_id)


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
        state = _state(campaign, consultation)
        if not state.secret:
            raise OrganiserError(_("This ballot is not secret: her answer is noted."))
        why = _why_closed(state) or _why_not_entitled(campaign, consultation, person_id)
        if why:
            raise OrganiserError(why)
        if _ever_counted(campaign, consultation):
            raise OrganiserError(_("The ballots were counted already: whoever voted now would be known by the sums."))
        sql = "SELECT day FROM ballot_mark WHERE consultation_id = ? AND person_id = ? AND voided_by IS NULL"
        held = campaign.connection.execute(sql, (consultation, person_id)).fetchone()
        if held is not None:
            raise OrganiserError(_("She has voted already, on {day}.").format(day=held[0]))
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
        state = _state(campaign, consultation)
        if not state.secret:
            raise OrganiserError(_("This ballot is not secret: its answers are counted as they are given."))
        if state.closed_on is None:
            raise OrganiserError(_("The ballots are counted once it is closed: sums that grow say who voted what."))
        (voted,) = campaign.connection.execute(f"SELECT count(*) FROM ({_MARKED})", (consultation,)).fetchone()
        deed.insert(
            "ballot_count",
            consultation_id=consultation,
            **counts.checked(voted)._asdict(),
            day=campaign.today().isoformat(),
            organiser_id=campaign.organiser_id,
        )


def turnout(campaign: Campaign, consultation: Consultation) -> Turnout:
    """Turnout and answers of all together, each member counted once."""
    which, execute = (consultation.id,), campaign.connection.execute
    (entitled,) = execute("SELECT count(*) FROM voter WHERE consultation_id = ? AND gone_by IS NULL", which).fetchone()
    if consultation.secret:
        (voted,) = execute(f"SELECT count(*) FROM ({_MARKED})", which).fetchone()
        return Turnout("", entitled, voted, _counted(campaign, consultation.id))
    given = dict(execute(f"SELECT answer, count(*) FROM ({_LAST}) WHERE nth = 1 GROUP BY answer", which).fetchall())
    return Turnout("", entitled, sum(given.values()), Counts(*[given.get(answer, 0) for answer in MandateAnswer]))


def turnouts(campaign: Campaign, consultation: Consultation, by: By) -> list[Turnout]:
    """Turnout and answers by provider or by region of today, where most are entitled first.

    Whoever works at two counts at each of them, and once in turnout().
    """
    said = f"SELECT person_id, answer FROM ({_LAST}) WHERE nth = 1"
    if consultation.secret:
        said = f"SELECT person_id, 'voted' AS answer FROM ({_MARKED})"
    place = place_of(by)
    rows = campaign.connection.execute(
        f"WITH said AS MATERIALIZED ({said}) SELECT coalesce({place.name}, '') AS named, count(*), count(s.answer),"
        f" {', '.join(f'''coalesce(sum(s.answer = '{answer}'), 0)''' for answer in MandateAnswer)}"
        f" FROM (SELECT DISTINCT t.person_id, {place.key} AS place FROM voter t {place.joined('t.person_id')}"
        " WHERE t.consultation_id = ?1 AND t.gone_by IS NULL) x"
        f" {place.named('x.place')} LEFT JOIN said s ON s.person_id = x.person_id"
        " GROUP BY x.place ORDER BY 2 DESC, named, x.place",
        (consultation.id,),
    )
    return [
        Turnout(where, entitled, voted, None if consultation.secret else Counts(*counts))
        for where, entitled, voted, *counts in rows
    ]


def amendments(campaign: Campaign, consultation: int, limit: int) -> list[Amendment]:
    """The first `limit` of those who would have something otherwise, in the order in which it was said."""
    rows = campaign.connection.execute(
        f"SELECT trim(p.given || ' ' || p.family), m.amendment FROM ({_LAST}) m JOIN person p ON p.id = m.person_id"
        " WHERE m.nth = 1 AND m.amendment <> '' ORDER BY m.day, m.id LIMIT ?2",
        (consultation, limit),
    )
    return [Amendment(*row) for row in rows]


def not_voted(campaign: Campaign, consultation: int) -> list[int]:
    """The ids of those who may answer and have not, and are still in the file."""
    rows = campaign.connection.execute(
        "SELECT t.person_id FROM voter t JOIN person p ON p.id = t.person_id AND p.gone_by IS NULL"
        " WHERE t.consultation_id = ?1 AND t.gone_by IS NULL AND t.person_id NOT IN (SELECT person_id FROM mandate"
        f" WHERE consultation_id = ?1 AND voided_by IS NULL) AND t.person_id NOT IN ({_MARKED}) ORDER BY t.person_id",
        (consultation,),
    )
    return [person for (person,) in rows]


def why_sealed(campaign: Campaign, rows: Mapping[str, Iterable[int]]) -> str:
    """Why what was done to `rows` (ids by table) is neither taken back nor done again; '' where it may be.

    Of a ballot that was counted a mark more or less would say who voted what, and what was closed has its result.
    """
    for table in ("consultation", "mandate", "ballot_mark", "ballot_count"):
        column = "id" if table == "consultation" else "consultation_id"
        for row in rows.get(table, ()):
            sql = f"SELECT c.id, c.closed_on FROM {table} t JOIN consultation c ON c.id = t.{column} WHERE t.id = ?"
            consultation, closed_on = campaign.connection.execute(sql, (row,)).fetchone()
            if _ever_counted(campaign, consultation):
                return _("The ballots were counted: nothing of it is taken back, or the sums would say who voted what.")
            if table == "mandate" and closed_on:
                return _("The consultation was closed on {day}: take the closing back first.").format(day=closed_on)
    return ""


class _State(NamedTuple):
    secret: bool
    opened_on: str
    closed_on: str | None


def _held(campaign: Campaign, consultation: int) -> _State | None:
    """None where it is not in the file."""
    row = campaign.connection.execute(
        "SELECT secret, opened_on, closed_on FROM consultation WHERE id = ? AND gone_by IS NULL", (consultation,)
    ).fetchone()
    return None if row is None else _State(bool(row[0]), row[1], row[2])


def _state(campaign: Campaign, consultation: int) -> _State:
    """Raises OrganiserError where it is not in the file."""
    held = _held(campaign, consultation)
    if held is None:
        raise OrganiserError(_("This consultation is no longer in the file. Nothing was saved."))
    return held


def _why_closed(state: _State) -> str:
    if state.closed_on is None:
        return ""
    return _("This consultation was closed on {day}.").format(day=state.closed_on)


def _why_not_entitled(campaign: Campaign, consultation: int, person_id: int) -> str:
    if entitled_among(campaign, consultation, [person_id]):
        return ""
    return _("She was not on file as a member when this was opened.")


def _counted(campaign: Campaign, consultation: int) -> Counts | None:
    row = campaign.connection.execute(
        "SELECT yes, no, abstain, amended FROM ballot_count WHERE consultation_id = ? AND voided_by IS NULL"
        " ORDER BY day DESC, id DESC LIMIT 1",
        (consultation,),
    ).fetchone()
    return None if row is None else Counts(*row)


def _ever_counted(campaign: Campaign, consultation: int) -> bool:
    sql = "SELECT 1 FROM ballot_count WHERE consultation_id = ? LIMIT 1"
    return campaign.connection.execute(sql, (consultation,)).fetchone() is not None


def _place(campaign: Campaign) -> tuple[int]:
    """Where those on file stand in the order of cards."""
    return (campaign.card_order[Card.ON_FILE],)
