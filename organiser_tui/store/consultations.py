"""Consultations of the members: who may answer, their mandates, and what came of them; and what members propose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import Card
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.mandates import Mandate, MandateAnswer, checked_question
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

By = Literal["provider", "region"]
_BY = {"provider": ("f.provider_id", "provider v ON v.id"), "region": ("f.region_code", "region v ON v.code")}
_ON_FILE = f"FROM person_figures WHERE card_order = ? AND card <> '{Card.NONE}'"
"""As the index of cards has them: it leaves out who has none."""
_VOTED = "(t.voted_on IS NOT NULL OR m.id IS NOT NULL)"
_ANSWERS = ", ".join(f"coalesce(sum(m.answer = '{answer}'), 0)" for answer in MandateAnswer)


class Consultation(NamedTuple):
    """A consultation; days are ISO, `closed_on` is '' while it is open."""

    id: int
    question: str
    secret: bool
    opened_on: str
    closed_on: str


class Turnout(NamedTuple):
    """How many were entitled, how many have voted, and what they answered; `where` is '' for all or for none known.

    Of a secret ballot the answers are those that were counted, and only of all together: -1 anywhere else.
    """

    where: str
    entitled: int
    voted: int
    yes: int
    no: int
    abstain: int
    amended: int


class OpenMandate(NamedTuple):
    """A consultation that somebody may answer now, and what she has answered: '' for nothing yet."""

    id: int
    question: str
    answer: str


class Proposal(NamedTuple):
    """What a member proposed on a day (ISO), and who she is."""

    id: int
    what: str
    day: str
    person_id: int
    name: str


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


def open_consultation(campaign: Campaign, question: str, *, secret: bool, proposal: int | None = None) -> int:
    """Ask the members who are on file today; returns the id. A proposal that is put to them is no longer open.

    Raises OrganiserError where there is no question, or nobody is on file.
    """
    words = checked_question(question)
    with campaign.write(DeedKind.OPEN_CONSULTATION) as deed:
        found = campaign.connection.execute(f"SELECT person_id {_ON_FILE} ORDER BY person_id", _place(campaign))
        members = [person for (person,) in found]
        if not members:
            raise OrganiserError(_("Nobody is on file as a member yet: there is nobody to ask."))
        opened = deed.insert(
            "consultation",
            question=words,
            secret=int(secret),
            opened_on=campaign.today().isoformat(),
            organiser_id=campaign.organiser_id,
        )
        rows = [(word_id("voter", opened, person), opened, person) for person in members]
        deed.insert_many("voter", ("id", "consultation_id", "person_id"), rows)
        if proposal is not None:
            refuse_gone(campaign, "proposal", proposal)
            deed.change("proposal", proposal, consultation_id=opened)
    return opened


def close_consultation(campaign: Campaign, consultation: int) -> None:
    """Nobody answers from now on. Raises OrganiserError where it is closed already, or no longer in the file."""
    with campaign.write(DeedKind.CLOSE_CONSULTATION) as deed:
        _refuse_closed(campaign, consultation)
        deed.change("consultation", consultation, closed_on=campaign.today().isoformat())


def open_mandates(campaign: Campaign, person_id: int) -> list[OpenMandate]:
    """The consultations that somebody may answer now by word of mouth, the oldest first: no secret ballot."""
    rows = campaign.connection.execute(
        "SELECT c.id, c.question, coalesce(m.answer, '') FROM voter t JOIN consultation c ON c.id = t.consultation_id"
        " AND c.gone_by IS NULL AND c.closed_on IS NULL AND NOT c.secret"
        " LEFT JOIN mandate m ON m.consultation_id = c.id AND m.person_id = t.person_id AND m.voided_by IS NULL"
        " WHERE t.person_id = ? AND t.gone_by IS NULL ORDER BY c.opened_on, c.id",
        (person_id,),
    )
    return [OpenMandate(*row) for row in rows]


def give_mandate(campaign: Campaign, person_id: int, mandate: Mandate) -> None:
    """Note what a member answered outside of a call: at a meeting, by letter. What she answered before gives way.

    Raises OrganiserError, with nothing saved, where she may not answer.
    """
    with campaign.write(DeedKind.GIVE_MANDATE) as deed:
        save_mandates(deed, person_id, None, campaign.today().isoformat(), [mandate])


def save_mandates(deed: Deed, person_id: int, contact: int | None, day: str, mandates: Iterable[Mandate]) -> None:
    """Save what a person answered on `day` (ISO), inside a deed; one answer stands, the last.

    Raises OrganiserError where she was not on file at the opening, the ballot is secret, or it is closed.
    """
    for mandate in map(Mandate.checked, mandates):
        consultation = mandate.consultation_id
        if _entitled(deed.campaign, consultation, person_id).secret:
            raise OrganiserError(_("This ballot is secret: only that she has voted is noted. Nothing was saved."))
        held = deed.campaign.connection.execute(
            "SELECT id, answer, amendment FROM mandate"
            " WHERE consultation_id = ? AND person_id = ? AND voided_by IS NULL",
            (consultation, person_id),
        ).fetchone()
        if held is not None and held[1:] == (mandate.answer, mandate.amendment):
            continue
        if held is not None:
            deed.end("mandate", held[0])
        deed.insert(
            "mandate",
            consultation_id=consultation,
            person_id=person_id,
            contact_id=contact,
            answer=mandate.answer,
            amendment=mandate.amendment,
            day=day,
            organiser_id=deed.campaign.organiser_id,
        )


def mark_voted(campaign: Campaign, consultation: int, person_id: int) -> None:
    """Note that somebody has cast her ballot; what it says is not known here, and stands nowhere.

    Raises OrganiserError where she was not on file at the opening, or has voted already.
    """
    with campaign.write(DeedKind.MARK_VOTED) as deed:
        held = _entitled(campaign, consultation, person_id)
        if not held.secret:
            raise OrganiserError(_("This ballot is not secret: her answer is noted."))
        if held.voted_on is not None:
            raise OrganiserError(_("She has voted already, on {day}.").format(day=held.voted_on))
        deed.change("voter", held.voter, voted_on=campaign.today().isoformat())


def count_ballots(campaign: Campaign, consultation: int, counts: Mapping[str, int]) -> None:
    """Enter what was counted in a secret ballot, in the place of what was counted before.

    Raises OrganiserError where it is not secret, or more ballots were counted than people have voted.
    """
    with campaign.write(DeedKind.COUNT_BALLOTS) as deed:
        refuse_gone(campaign, "consultation", consultation)
        execute = campaign.connection.execute
        if not execute("SELECT secret FROM consultation WHERE id = ?", (consultation,)).fetchone()[0]:
            raise OrganiserError(_("This ballot is not secret: its answers are counted as they are given."))
        sql = "SELECT count(*) FROM voter WHERE consultation_id = ? AND voted_on IS NOT NULL AND gone_by IS NULL"
        (voted,) = execute(sql, (consultation,)).fetchone()
        cast = sum(counts.values())
        if min(counts.values(), default=0) < 0 or cast > voted:
            sentence = _("{cast} ballots are more than the {voted} people who have voted. Nothing was saved.")
            raise OrganiserError(sentence.format(cast=f"{cast:,}", voted=f"{voted:,}"))
        sql = "SELECT id FROM ballot_count WHERE consultation_id = ? AND voided_by IS NULL ORDER BY id"
        deed.end_many("ballot_count", [row for (row,) in execute(sql, (consultation,)).fetchall()])
        for answer in MandateAnswer:
            deed.insert(
                "ballot_count",
                consultation_id=consultation,
                answer=answer.value,
                ballots=counts.get(answer, 0),
                day=campaign.today().isoformat(),
                organiser_id=campaign.organiser_id,
            )


def turnout(campaign: Campaign, consultation: Consultation) -> Turnout:
    """Turnout and answers of all together: a look into indexes, however many were asked."""
    which, execute = (consultation.id,), campaign.connection.execute
    (entitled,) = execute("SELECT count(*) FROM voter WHERE consultation_id = ? AND gone_by IS NULL", which).fetchone()
    if consultation.secret:
        sql = "SELECT count(*) FROM voter WHERE consultation_id = ? AND voted_on IS NOT NULL AND gone_by IS NULL"
        (voted,) = execute(sql, which).fetchone()
        sql = "SELECT answer, ballots FROM ballot_count WHERE consultation_id = ? AND voided_by IS NULL"
        counted = dict(execute(sql, which).fetchall())
        return Turnout("", entitled, voted, *[counted.get(answer, -1) for answer in MandateAnswer])
    sql = "SELECT answer, count(*) FROM mandate WHERE consultation_id = ? AND voided_by IS NULL GROUP BY answer"
    given = dict(execute(sql, which).fetchall())
    return Turnout("", entitled, sum(given.values()), *[given.get(answer, 0) for answer in MandateAnswer])


def turnouts(campaign: Campaign, consultation: Consultation, by: By) -> list[Turnout]:
    """Turnout and answers by provider or by region of today, where most are entitled first."""
    where, named = _BY[by]
    rows = campaign.connection.execute(
        f"SELECT coalesce(v.name, ''), s.* FROM (SELECT {where} AS place, count(*) AS entitled, sum({_VOTED}),"
        f" {_ANSWERS} FROM voter t LEFT JOIN mandate m"
        " ON m.consultation_id = t.consultation_id AND m.person_id = t.person_id AND m.voided_by IS NULL"
        " LEFT JOIN person_figures f ON f.person_id = t.person_id"
        " WHERE t.consultation_id = ? AND t.gone_by IS NULL GROUP BY place"
        f") s LEFT JOIN {named} = s.place ORDER BY s.entitled DESC, v.name, s.place",
        (consultation.id,),
    ).fetchall()
    rows = [(name, *counts) for name, _place, *counts in rows]
    if consultation.secret:
        return [Turnout(*row[:3], *[-1] * len(MandateAnswer)) for row in rows]
    return [Turnout(*row) for row in rows]


def amendments(campaign: Campaign, consultation: int) -> list[tuple[str, str]]:
    """Who would have something otherwise, and what, in the order in which it was said."""
    rows = campaign.connection.execute(
        "SELECT trim(p.given || ' ' || p.family), m.amendment FROM mandate m JOIN person p ON p.id = m.person_id"
        " WHERE m.consultation_id = ? AND m.voided_by IS NULL AND m.amendment <> '' ORDER BY m.day, m.id",
        (consultation,),
    )
    return rows.fetchall()  # type: ignore[no-any-return]  # the driver ships no types


def not_voted(campaign: Campaign, consultation: int) -> list[int]:
    """The ids of those who may answer and have not, and are still in the file."""
    rows = campaign.connection.execute(
        "SELECT t.person_id FROM voter t JOIN person p ON p.id = t.person_id AND p.gone_by IS NULL"
        " LEFT JOIN mandate m ON m.consultation_id = t.consultation_id AND m.person_id = t.person_id"
        f" AND m.voided_by IS NULL WHERE t.consultation_id = ? AND t.gone_by IS NULL AND NOT {_VOTED}"
        " ORDER BY t.person_id",
        (consultation,),
    )
    return [person for (person,) in rows]


def proposals(campaign: Campaign) -> list[Proposal]:
    """What was proposed and neither put to the members nor set aside, the oldest first."""
    rows = campaign.connection.execute(
        "SELECT r.id, r.what, r.day, r.person_id, trim(p.given || ' ' || p.family) FROM proposal r"
        " JOIN person p ON p.id = r.person_id"
        " WHERE r.consultation_id IS NULL AND r.set_aside_on IS NULL AND r.gone_by IS NULL ORDER BY r.day, r.id"
    )
    return [Proposal(*row) for row in rows]


def set_proposal_aside(campaign: Campaign, proposal: int) -> None:
    """Nobody is asked about a proposal; it stays with who made it. Raises OrganiserError where it has gone."""
    with campaign.write(DeedKind.SET_ASIDE) as deed:
        refuse_gone(campaign, "proposal", proposal)
        deed.change("proposal", proposal, set_aside_on=campaign.today().isoformat())


def _place(campaign: Campaign) -> tuple[int]:
    """Where those on file stand in the order of cards."""
    return (campaign.card_order[Card.ON_FILE],)


class _Entitled(NamedTuple):
    voter: int
    secret: bool
    voted_on: str | None


def _entitled(campaign: Campaign, consultation: int, person_id: int) -> _Entitled:
    _refuse_closed(campaign, consultation)
    refuse_gone(campaign, "person", person_id)
    row = campaign.connection.execute(
        "SELECT t.id, c.secret, t.voted_on FROM voter t JOIN consultation c ON c.id = t.consultation_id"
        " WHERE t.consultation_id = ? AND t.person_id = ? AND t.gone_by IS NULL",
        (consultation, person_id),
    ).fetchone()
    if row is None:
        raise OrganiserError(_("She was not on file as a member when this was opened. Nothing was saved."))
    return _Entitled(row[0], bool(row[1]), row[2])


def _refuse_closed(campaign: Campaign, consultation: int) -> None:
    refuse_gone(campaign, "consultation", consultation)
    (closed_on,) = campaign.connection.execute(
        "SELECT closed_on FROM consultation WHERE id = ?", (consultation,)
    ).fetchone()
    if closed_on is not None:
        raise OrganiserError(_("This consultation was closed on {day}. Nothing was saved.").format(day=closed_on))
