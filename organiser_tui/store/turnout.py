"""What came of a consultation: who has voted, what was answered, in all and by place. Nothing is written here."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.domain.mandates import Counts, MandateAnswer
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.consultations import LAST, MARKED, Consultation
from organiser_tui.store.workplaces import By, place_of


class Turnout(NamedTuple):
    """How many were entitled, how many have voted, and what they answered; `where` is '' for all or for none known.

    Of a secret ballot nobody knows what was answered anywhere, nor in all until it is counted: None.
    """

    where: str
    entitled: int
    voted: int
    answers: Counts | None


class Amendment(NamedTuple):
    """Who would have something otherwise, and what."""

    name: str
    words: str


def turnout(campaign: Campaign, consultation: Consultation) -> Turnout:
    """Turnout and answers of all together, each member counted once."""
    which, execute = (consultation.id,), campaign.connection.execute
    (entitled,) = execute("SELECT count(*) FROM voter WHERE consultation_id = ? AND gone_by IS NULL", which).fetchone()
    if consultation.secret:
        (voted,) = execute(f"SELECT count(*) FROM ({MARKED})", which).fetchone()
        return Turnout("", entitled, voted, _counted(campaign, consultation.id))
    given = dict(execute(f"SELECT answer, count(*) FROM ({LAST}) WHERE nth = 1 GROUP BY answer", which).fetchall())
    return Turnout("", entitled, sum(given.values()), Counts(*[given.get(answer, 0) for answer in MandateAnswer]))


def turnouts(campaign: Campaign, consultation: Consultation, by: By) -> list[Turnout]:
    """Turnout and answers by provider or by region of today, where most are entitled first.

    Whoever works at two counts at each of them, and once in turnout().
    """
    said = f"SELECT person_id, answer FROM ({LAST}) WHERE nth = 1"
    if consultation.secret:
        said = f"SELECT person_id, 'voted' AS answer FROM ({MARKED})"
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
        f"SELECT trim(p.given || ' ' || p.family), m.amendment FROM ({LAST}) m JOIN person p ON p.id = m.person_id"
        " WHERE m.nth = 1 AND m.amendment <> '' ORDER BY m.day, m.id LIMIT ?2",
        (consultation, limit),
    )
    return [Amendment(*row) for row in rows]


def not_voted(campaign: Campaign, consultation: int) -> list[int]:
    """The ids of those who may answer and have not, and are still in the file."""
    rows = campaign.connection.execute(
        "SELECT t.person_id FROM voter t JOIN person p ON p.id = t.person_id AND p.gone_by IS NULL"
        " WHERE t.consultation_id = ?1 AND t.gone_by IS NULL AND t.person_id NOT IN (SELECT person_id FROM mandate"
        f" WHERE consultation_id = ?1 AND voided_by IS NULL) AND t.person_id NOT IN ({MARKED}) ORDER BY t.person_id",
        (consultation,),
    )
    return [person for (person,) in rows]


def _counted(campaign: Campaign, consultation: int) -> Counts | None:
    row = campaign.connection.execute(
        "SELECT yes, no, abstain, amended FROM ballot_count WHERE consultation_id = ? AND voided_by IS NULL"
        " ORDER BY day DESC, id DESC LIMIT 1",
        (consultation,),
    ).fetchone()
    return None if row is None else Counts(*row)
