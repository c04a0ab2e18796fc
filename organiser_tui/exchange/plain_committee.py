"""Offices and their elections on standard output: what the command line prints of them, and what it does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from organiser_tui.domain.committee import Held
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.offices import usual_office
from organiser_tui.exchange.plain import one_line, print_json_rows, say
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.chapters import PassingDraft, pass_to_chapter, passings
from organiser_tui.store.committee import (
    Ballot,
    CandidateRow,
    answer_nomination,
    ballot_of,
    elected,
    moving_up,
    nominate,
    note_votes,
    parse_votes,
    seat,
)
from organiser_tui.store.matching import provider_called
from organiser_tui.store.offices import (
    OfficeRow,
    TermDraft,
    end_term,
    make_office,
    next_begin,
    note_term,
    office_named,
    offices,
    terms_of,
)
from organiser_tui.store.people import find_person
from organiser_tui.words import _

_SEAT_WAYS = ("as-voted", "mended", "next")


def print_offices(campaign: Campaign, *, as_json: bool) -> None:
    """One line an office: seats taken, when the first term ends, how many stand."""
    rows = [_office(row) for row in offices(campaign)]
    if as_json:
        print_json_rows(rows)
        return
    for row in rows:
        words = (row["id"], row["name"], f"{row['filled']}/{row['seats']}", row["first_end"] or "", row["standing"])
        say(" | ".join(one_line(str(word)) for word in words))


def _office(row: OfficeRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "seats": row.draft.seats,
        "filled": row.filled,
        "first_end": row.first_end or None,
        "standing": row.standing,
    }


def print_ballot(campaign: Campaign, office: str, *, as_json: bool) -> None:
    """The last election to an office: each rule and by how much it holds, who stands, and what mends the result."""
    row = office_named(campaign, office)
    ballot = ballot_of(campaign, row.id)
    names = {one.id: one.name for one in ballot.rows}
    if as_json:
        say(json.dumps(_ballot(campaign, ballot), ensure_ascii=False))
        return
    for held in ballot.held:
        mark = _("holds by {n}") if held.holds else _("fails by {n}")
        say(one_line(f"{held.rule.formula(ballot.size)} | {held.counted} | {mark.format(n=abs(held.by))}"))
    for one in ballot.rows:
        words = (one.id, one.name, one.answer or _("not answered"), "" if one.votes is None else one.votes, one.gender)
        say(" | ".join(one_line(str(word)) for word in (*words, one.region, one.employers, _seat_words(ballot, one))))
    if ballot.mending is None:
        say(one_line(_("No slate can: {why}").format(why=" ".join(ballot.why_none))))
    elif ballot.slate:
        for person in ballot.mending.leave:
            say(one_line(_("to mend it leaves: {name}").format(name=names[person])))
        for person in ballot.mending.move_up:
            say(one_line(_("moves up: {name}").format(name=names[person])))
    if ballot.tie:
        say(one_line(ballot.tie))


def _seat_words(ballot: Ballot, one: CandidateRow) -> str:
    if one.until_day:
        return _("until {day}").format(day=one.until_day)
    return _("by the votes in") if one.id in ballot.slate else ""


def _ballot(campaign: Campaign, ballot: Ballot) -> dict[str, Any]:
    mending = ballot.mending
    return {
        **_office(ballot.office),
        "open": not ballot.sitting,
        "rules": [_rule(held, ballot.size) for held in ballot.held],
        "candidates": [
            {
                "id": str(one.id),
                "name": one.name,
                "gender": one.gender or None,
                "region": one.region or None,
                "employers": one.employers or None,
                "answer": one.answer or None,
                "votes": one.votes,
                "terms_before": one.facts.terms,
                "elected": one.id in ballot.slate,
                "until": one.until_day or None,
            }
            for one in ballot.rows
        ],
        "mended": None
        if mending is None
        else {"leave": [str(one) for one in mending.leave], "move_up": [str(one) for one in mending.move_up]},
        "why_none": list(ballot.why_none),
        "tie": ballot.tie or None,
        "terms": [
            {"id": str(term.person_id), "name": term.name, "from": term.from_day, "until": term.until_day}
            for term in terms_of(campaign, ballot.office.id)
        ],
    }


def _rule(held: Held, size: int) -> dict[str, Any]:
    return {
        "rule": held.rule.formula(size),
        "counted": held.counted,
        "needed": held.needed,
        "holds": held.holds,
        "by": held.by,
    }


def work_on_office(campaign: Campaign, office: str, action: str, words: Sequence[str]) -> None:
    """Do one thing about an office, and print what was done. Raises OrganiserError where it cannot be."""
    if action not in _ACTIONS:
        sentence = _("“{action}” is nothing that is done with an office: {actions}.")
        raise OrganiserError(sentence.format(action=action[:40], actions=", ".join(_ACTIONS)))
    usage, fewest, most, act = _ACTIONS[action]
    if not fewest <= len(words) <= most:
        raise OrganiserError(_("Write: {usage}").format(usage=f"{action} {usage}".rstrip()))
    say(one_line(act(campaign, office, words)))


def _make(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    provider = None
    if len(words) == 2:
        found = provider_called(campaign, words[1])
        if found is None:
            raise OrganiserError(_("No provider is called “{name}”.").format(name=words[1][:80]))
        provider = found.id
    if not (words[0].isascii() and words[0].isdigit() and len(words[0]) < 9):
        raise OrganiserError(_("“{text}” is no number of seats.").format(text=words[0][:40]))
    make_office(campaign, usual_office(office, int(words[0]), provider))
    return _("{office}: an office with {seats} seats.").format(office=office, seats=words[0])


def _nominate(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    row, person = office_named(campaign, office), find_person(campaign, words[0])
    nominate(campaign, row.id, person)
    return _told(campaign, row, person, _("nominated"))


def _accept(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    return _answer(campaign, office, words[0], accepts=True)


def _decline(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    return _answer(campaign, office, words[0], accepts=False)


def _answer(campaign: Campaign, office: str, who: str, *, accepts: bool) -> str:
    row, person = office_named(campaign, office), find_person(campaign, who)
    answer_nomination(campaign, row.id, person, accepts=accepts)
    return _told(campaign, row, person, _("accepts") if accepts else _("declines"))


def _votes(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    row, person = office_named(campaign, office), find_person(campaign, words[0])
    votes, lot = parse_votes(words[1])
    note_votes(campaign, row.id, person, votes, lot=lot)
    return _told(campaign, row, person, _("{n} votes").format(n=words[1]))


def _seat(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    row = office_named(campaign, office)
    if words[0] not in _SEAT_WAYS:
        raise OrganiserError(_("Seat whom? {ways}").format(ways=", ".join(_SEAT_WAYS)))
    ballot = ballot_of(campaign, row.id)
    if words[0] == "next":
        people, last = moving_up(ballot)
        begins = words[1] if len(words) == 2 else campaign.today().isoformat()
        until = seat(campaign, row.id, people, begins, last)
    else:
        people = elected(ballot, with_swaps=words[0] == "mended")
        begins = words[1] if len(words) == 2 else next_begin(campaign, terms_of(campaign, row.id))
        until = seat(campaign, row.id, people, begins)
    sentence = _("{office}: {n} are seated from {since} until {until}.")
    return sentence.format(office=row.name, n=len(people), since=begins, until=until)


def _term(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    row, person = office_named(campaign, office), find_person(campaign, words[0])
    note_term(campaign, TermDraft(row.id, person, words[1], words[2]))
    return _told(campaign, row, person, _("from {since} until {until}").format(since=words[1], until=words[2]))


def _end(campaign: Campaign, office: str, words: Sequence[str]) -> str:
    row, person = office_named(campaign, office), find_person(campaign, words[0])
    hers = [term for term in terms_of(campaign, row.id) if term.person_id == person]
    if not hers:
        raise OrganiserError(_("She has never held this office."))
    end_term(campaign, hers[0].id, words[1])
    return _told(campaign, row, person, _("until {day}").format(day=words[1]))


def _told(campaign: Campaign, office: OfficeRow, person: int, what: str) -> str:
    names = {row.id: row.name for row in ballot_of(campaign, office.id).rows}
    names |= {term.person_id: term.name for term in terms_of(campaign, office.id)}
    return f"{office.name}: {names[person]}: {what}"


_Act = Callable[[Campaign, str, Sequence[str]], str]
_ACTIONS: Mapping[str, tuple[str, int, int, _Act]] = {
    "make": ("SEATS [PROVIDER]", 1, 2, _make),
    "nominate": ("PERSON", 1, 1, _nominate),
    "accept": ("PERSON", 1, 1, _accept),
    "decline": ("PERSON", 1, 1, _decline),
    "votes": ("PERSON NUMBER", 2, 2, _votes),
    "seat": ("as-voted|mended|next [FROM]", 1, 2, _seat),
    "term": ("PERSON FROM UNTIL", 3, 3, _term),
    "end": ("PERSON DAY", 2, 2, _end),
}
"""What is done with an office: how it is written, the fewest and most words, and what does it."""


def print_passings(campaign: Campaign, *, as_json: bool) -> None:
    """Whoever was passed to a chapter, the latest first."""
    rows = [
        {"id": str(row.person_id), "name": row.name, "chapter": row.chapter, "contact": row.contact, "day": row.day}
        for row in passings(campaign)
    ]
    if as_json:
        print_json_rows(rows)
        return
    for row in rows:
        say(" | ".join(one_line(word) for word in row.values()))


def pass_on(campaign: Campaign, person: str, chapter: str, contact: str) -> None:
    """Note that somebody was passed to a chapter. Raises OrganiserError where that cannot be."""
    found = find_person(campaign, person)
    pass_to_chapter(campaign, PassingDraft(found, chapter, contact))
    row = passings(campaign, found)[0]
    say(one_line(_("{name} is passed to {chapter}.").format(name=row.name, chapter=row.chapter)))
