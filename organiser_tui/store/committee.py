"""Elections to an office: who stands, the votes, how the rules stand in the result, and who is seated.

The largest region is the one where most members on file live, or work where no home is known; the largest employer is
the provider with whom most of them are employed today. Where nobody is on file yet, everybody in the file counts. It
is not the largest of a slate: what is to be kept from ruling is what is largest in the union. Of several that are
equally large the first by name counts. Private employers and the self-employed are many behind one row, so neither row
is an employer that could be the largest.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from organiser_tui.domain.committee import Candidate, Held, Mending, balance, mended, why_none
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import Card
from organiser_tui.domain.folding import clean
from organiser_tui.domain.offices import last_day, rules_of, terms_in_a_row
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.offices import (
    OfficeRow,
    TermDraft,
    TermRow,
    checked_day,
    next_begin,
    office_row,
    save_terms,
    terms_of,
)
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _, ngettext

MOST_VOTES = 10_000_000
_MANY_BEHIND_ONE = ("private employer", "self-employed")
_EMPLOYED = (
    "employment e ON e.person_id = f.person_id AND e.gone_by IS NULL AND coalesce(e.from_day, '') <= ?1"
    " AND coalesce(e.to_day, '9999') >= ?1"
)


class Largest(NamedTuple):
    """The largest region and employer by code and id, and what they are called; None and '' where none is known."""

    region_code: str | None
    region: str
    provider_id: int | None
    employer: str


class CandidateRow(NamedTuple):
    """Somebody who stands or sits; `votes` None before the count, `until_day` '' where she was not seated."""

    id: int
    name: str
    gender: str
    region: str
    employers: str
    answer: str
    votes: int | None
    lot: bool
    facts: Candidate
    until_day: str


class Ballot(NamedTuple):
    """The election to an office that is open, else whoever sits with the last one, and how the rules stand there."""

    office: OfficeRow
    election_id: int
    """0 where there was none."""
    rows: tuple[CandidateRow, ...]
    """Those with the most votes first; before the count as they were nominated."""
    sitting: bool
    """No election is open: the slate is whoever sits, and the next nomination opens one."""
    slate: tuple[int, ...]
    """Whoever sits, or would by the votes; nobody before they are counted."""
    held: tuple[Held, ...]
    """The rules in the slate; where there is none yet, in the best that can be made of those who accepted."""
    mending: Mending | None
    """What mends the slate, nothing where it is balanced; None where no slate can."""
    why_none: tuple[str, ...]
    uncounted: int
    """How many accepted and have no votes yet."""
    tie: str
    """Whose votes are equal for the last seat, in a sentence; '' where nobody's are."""

    @property
    def size(self) -> int:
        """Of how many people the shares are."""
        accepted = sum(row.answer == "accepted" for row in self.rows)
        return len(self.slate) or min(self.office.draft.seats, accepted)

    def name_of(self, person: int) -> str:
        """What one of them is called."""
        return next(row.name for row in self.rows if row.id == person)


def largest(campaign: Campaign) -> Largest:
    """The largest region and the largest employer, as the head of this module says."""
    on_file = (
        f"person_figures f JOIN person p ON p.id = f.person_id AND p.deceased = 0 WHERE f.card_order ="
        f" {campaign.card_order[Card.ON_FILE]} AND f.card <> '{Card.NONE}'"
    )
    if campaign.connection.execute(f"SELECT 1 FROM {on_file} LIMIT 1").fetchone() is None:
        on_file = "person_figures f"
    region = campaign.connection.execute(
        f"SELECT r.code, r.name FROM (SELECT f.region_code AS code, count(*) AS n FROM {on_file} GROUP BY code) g"
        " JOIN region r ON r.code = g.code ORDER BY g.n DESC, r.name LIMIT 1"
    ).fetchone()
    employer = campaign.connection.execute(
        f"SELECT v.id, v.name FROM (SELECT e.provider_id AS id, count(DISTINCT e.person_id) AS n FROM (SELECT"
        f" f.person_id FROM {on_file}) f JOIN {_EMPLOYED} GROUP BY e.provider_id) g JOIN provider v ON v.id = g.id"
        f" AND v.kind NOT IN {_MANY_BEHIND_ONE} ORDER BY g.n DESC, v.name LIMIT 1",
        (campaign.today().isoformat(),),
    ).fetchone()
    return Largest(*(region or (None, "")), *(employer or (None, "")))


def ballot_of(campaign: Campaign, office_id: int) -> Ballot:
    """How it stands with an office. Raises OrganiserError where it is not in the file."""
    office, terms = office_row(campaign, office_id), terms_of(campaign, office_id)
    election, biggest = _last_election(campaign, office_id), largest(campaign)
    sitting = not election or any(term.election_id == election for term in terms)
    at_hand = [term for term in terms if sitting and _at_hand(campaign, term, election)]
    rows = _candidates(campaign, election, terms, at_hand, biggest)
    today, seats = campaign.today().isoformat(), office.draft.seats
    accepted = [row for row in rows if row.answer == "accepted"]
    uncounted = 0 if sitting else sum(row.votes is None for row in accepted)
    rules = rules_of(office.draft, [row.facts for row in accepted], biggest.region, biggest.employer)
    if sitting:
        slate = [row for row in accepted if row.until_day >= today]
        others = [row for row in accepted if slate and not row.until_day]  # once all terms are over nobody moves up
    else:
        counted = [] if uncounted else accepted
        slate, others = counted[:seats], accepted[len(counted[:seats]) :]
    facts, left = [row.facts for row in slate], [row.facts for row in others]
    mending = mended(facts, left, rules, seats)
    shown = facts or [one for one in left if mending is not None and one.id in mending.move_up]
    return Ballot(
        office, election, tuple(rows), sitting, tuple(row.id for row in slate), tuple(balance(shown or left, rules)),
        mending, () if mending is not None else tuple(why_none([*facts, *left], rules, seats)),
        uncounted, "" if sitting else _tie(slate, others),
    )  # fmt: skip


def _tie(slate: Sequence[CandidateRow], others: Sequence[CandidateRow]) -> str:
    if not slate or not others:
        return ""
    last = (slate[-1].votes, slate[-1].lot)
    equal = [row.name for row in (*slate, *others) if (row.votes, row.lot) == last]
    if (others[0].votes, others[0].lot) != last:
        return ""
    sentence = _("Equal votes ({votes}) for the last seats: {names}. Draw lots, and write + behind her votes.")
    return sentence.format(votes=last[0], names=", ".join(equal))


def _last_election(campaign: Campaign, office_id: int) -> int:
    row = campaign.connection.execute(
        "SELECT id FROM election WHERE office_id = ? AND gone_by IS NULL ORDER BY opened_on DESC, id DESC LIMIT 1",
        (office_id,),
    ).fetchone()
    return int(row[0]) if row else 0


def _at_hand(campaign: Campaign, term: TermRow, election: int) -> bool:
    """Whether a term is of the last election, or was noted by hand and runs today."""
    return term.election_id == election or term.from_day <= campaign.today().isoformat() <= term.until_day


def _candidates(
    campaign: Campaign, election: int, terms: Sequence[TermRow], at_hand: Sequence[TermRow], biggest: Largest
) -> list[CandidateRow]:
    """Whoever stands in an election, and whoever has one of the terms `at_hand`."""
    begins = next_begin(campaign, terms)
    employed = _employed(campaign, election, [term.person_id for term in at_hand])
    rows = []
    for person, name, gender, region, answer, votes, lot in campaign.connection.execute(
        "SELECT c.person_id, trim(p.given || ' ' || p.family), p.gender, f.region_code, c.answer, c.votes, c.lot FROM"
        " (SELECT person_id, answer, votes, lot, nominated_on FROM candidacy WHERE election_id = ?1 AND gone_by IS NULL"
        " UNION ALL SELECT DISTINCT value, 'accepted', NULL, 0, '' FROM json_each(?2) WHERE value NOT IN (SELECT"
        " person_id FROM candidacy WHERE election_id = ?1 AND gone_by IS NULL)) c"
        " JOIN person p ON p.id = c.person_id AND p.gone_by IS NULL JOIN person_figures f ON f.person_id = p.id"
        " ORDER BY c.answer = 'declined', c.votes DESC, c.lot DESC, c.nominated_on, f.name_key, p.id",
        (election, json.dumps([term.person_id for term in at_hand])),
    ):
        at = employed[person]
        seats = [term for term in at_hand if term.person_id == person]
        earlier = [term.span for term in terms if term.person_id == person and term not in seats]
        before = min((term.from_day for term in seats), default=begins)
        facts = Candidate(
            person, clean(gender), bool(region) and region != biggest.region_code,
            bool(at) and biggest.provider_id not in at, terms_in_a_row(earlier, before), votes or 0,
        )  # fmt: skip
        place = campaign.places.region_names.get(region, "")
        until = max((term.until_day for term in seats), default="")
        said = (answer, votes, bool(lot), facts, until)
        rows.append(CandidateRow(person, name, gender, place, ", ".join(at.values()), *said))
    return rows


def _employed(campaign: Campaign, election: int, people: Sequence[int]) -> dict[int, dict[int, str]]:
    """Where those who stand, and `people`, are employed today: providers by id with their names."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for person, provider, name in campaign.connection.execute(
        "SELECT f.person_id, v.id, v.name FROM (SELECT person_id FROM candidacy WHERE election_id = ?2"
        f" AND gone_by IS NULL UNION SELECT value FROM json_each(?3)) f JOIN {_EMPLOYED}"
        " JOIN provider v ON v.id = e.provider_id ORDER BY e.id",
        (campaign.today().isoformat(), election, json.dumps(list(people))),
    ):
        found[person][provider] = name
    return found


def nominate(campaign: Campaign, office_id: int, person_id: int, *, accepts: bool = False) -> None:
    """Nominate somebody in the election that is open; where none is, this opens one.

    Raises OrganiserError where she stands already, does not work where the office is, or is noted as deceased.
    """
    with campaign.write(DeedKind.NOMINATE) as deed:
        refuse_gone(campaign, "office", office_id)
        refuse_gone(campaign, "person", person_id)
        why = _why_not_nominated(campaign, office_id, person_id)
        if why:
            raise OrganiserError(why)
        day = campaign.today().isoformat()
        election = _open_election(campaign, office_id) or deed.insert(
            "election", office_id=office_id, opened_on=day, organiser_id=campaign.organiser_id
        )
        answer = {"answer": "accepted", "answered_on": day} if accepts else {"answer": "", "answered_on": None}
        deed.insert(
            "candidacy", election_id=election, person_id=person_id, nominated_on=day, **answer, votes=None, lot=0,
            organiser_id=campaign.organiser_id,
        )  # fmt: skip


def _why_not_nominated(campaign: Campaign, office_id: int, person_id: int) -> str:
    name, deceased = campaign.connection.execute(
        "SELECT trim(given || ' ' || family), deceased FROM person WHERE id = ?", (person_id,)
    ).fetchone()
    if deceased:
        return _("She is noted as deceased.")
    office = office_row(campaign, office_id)
    at = "SELECT 1 FROM (SELECT ?2 AS person_id) f JOIN " + _EMPLOYED + " WHERE e.provider_id = ?3"
    asked = (campaign.today().isoformat(), person_id, office.draft.provider_id)
    if office.provider and campaign.connection.execute(at, asked).fetchone() is None:
        sentence = _("{name} does not work at {provider}: only who works there stands for this office.")
        return sentence.format(name=name, provider=office.provider)
    held = "SELECT 1 FROM candidacy WHERE election_id = ? AND person_id = ? AND gone_by IS NULL"
    if campaign.connection.execute(held, (_open_election(campaign, office_id), person_id)).fetchone():
        return _("{name} is nominated already.").format(name=name)
    return ""


def _open_election(campaign: Campaign, office_id: int) -> int:
    """0 where none is open."""
    election = _last_election(campaign, office_id)
    seated = "SELECT 1 FROM term WHERE election_id = ? AND gone_by IS NULL LIMIT 1"
    return 0 if campaign.connection.execute(seated, (election,)).fetchone() else election


def answer_nomination(campaign: Campaign, office_id: int, person_id: int, *, accepts: bool) -> None:
    """Note whether somebody accepts that she was nominated. Raises OrganiserError where she does not stand."""
    with campaign.write(DeedKind.ANSWER_NOMINATION) as deed:
        candidacy = _standing(campaign, office_id, person_id)
        fields = {"votes": None, "lot": 0} if not accepts else {}
        day = campaign.today().isoformat()
        deed.change("candidacy", candidacy, answer="accepted" if accepts else "declined", answered_on=day, **fields)


def note_votes(campaign: Campaign, office_id: int, person_id: int, votes: int, *, lot: bool = False) -> None:
    """Note how many votes somebody got; of equal ones she comes first where the `lot` fell on her.

    Raises OrganiserError where she has not accepted, or it is no number of votes.
    """
    if not 0 <= votes <= MOST_VOTES:
        raise OrganiserError(_("{votes} is no number of votes.").format(votes=votes))
    with campaign.write(DeedKind.NOTE_VOTES) as deed:
        candidacy = _standing(campaign, office_id, person_id)
        (answer,) = campaign.connection.execute("SELECT answer FROM candidacy WHERE id = ?", (candidacy,)).fetchone()
        if answer != "accepted":
            raise OrganiserError(_("She has not accepted the nomination: she has no votes."))
        deed.change("candidacy", candidacy, votes=votes, lot=int(lot))


def parse_votes(text: str) -> tuple[int, bool]:
    """Votes as they are written: 12, or 12+ where the lot fell on her; raises OrganiserError for anything else."""
    digits = text.strip().removesuffix("+").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise OrganiserError(_("“{text}” is no number of votes. Write for example 12.").format(text=text.strip()[:40]))
    return int(digits), text.strip().endswith("+")


def _standing(campaign: Campaign, office_id: int, person_id: int) -> int:
    row = campaign.connection.execute(
        "SELECT id FROM candidacy WHERE election_id = ? AND person_id = ? AND gone_by IS NULL",
        (_open_election(campaign, office_id), person_id),
    ).fetchone()
    if row is None:
        raise OrganiserError(_("She is not nominated in an election that is open."))
    return int(row[0])


def seat(campaign: Campaign, office_id: int, people: Sequence[int], from_day: str, until_day: str | None = None) -> str:
    """Seat people of the last election from a day (ISO) for a whole term, or until the day given; the last day.

    Raises OrganiserError, with nobody seated, where one of them has not accepted, terms overlap or a seat is missing.
    """
    with campaign.write(DeedKind.SEAT) as deed:
        ballot = ballot_of(campaign, office_id)
        accepted = {row.id for row in ballot.rows if row.answer == "accepted"}
        if not people or not set(people) <= accepted:
            raise OrganiserError(_("Only who has accepted the nomination can be seated."))
        until = until_day or last_day(checked_day(campaign, from_day), ballot.office.draft.years)
        drafts = [TermDraft(office_id, person, from_day, until, ballot.election_id or None) for person in people]
        save_terms(deed, drafts)
    return until


def elected(ballot: Ballot, *, with_swaps: bool) -> list[int]:
    """Whoever is to be seated: as the votes fell, or with the swaps that mend the slate.

    Raises OrganiserError where no election is open, votes are missing or equal for the last seat, or no slate keeps
    the rules.
    """
    if ballot.sitting:
        raise OrganiserError(_("No election to this office is open: whoever is nominated next opens one."))
    if ballot.uncounted or not ballot.slate:
        sentence = ngettext(
            "The votes of {n} candidate are not noted yet.", "The votes of {n} candidates are not noted yet.",
            ballot.uncounted,
        )  # fmt: skip
        raise OrganiserError(sentence.format(n=ballot.uncounted) if ballot.uncounted else _("Nobody has accepted yet."))
    if ballot.tie:
        raise OrganiserError(ballot.tie)
    if not with_swaps:
        return list(ballot.slate)
    if ballot.mending is None:
        raise OrganiserError(_("No slate keeps every rule. {why}").format(why=" ".join(ballot.why_none)))
    return [one for one in ballot.slate if one not in ballot.mending.leave] + list(ballot.mending.move_up)


def moving_up(ballot: Ballot) -> tuple[list[int], str]:
    """Whoever moves up to seats that are empty, and the last day (ISO) of those who sit.

    Raises OrganiserError where nobody does.
    """
    if not ballot.sitting or not ballot.slate or ballot.mending is None or not ballot.mending.move_up:
        raise OrganiserError(_("Nobody moves up to a seat of this office."))
    if ballot.mending.leave:
        raise OrganiserError(_("Whoever moved up would break a rule as long as nobody leaves."))
    return list(ballot.mending.move_up), max(row.until_day for row in ballot.rows)
