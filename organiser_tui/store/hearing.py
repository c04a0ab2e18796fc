"""Saves what else was heard in a call, inside the deed that logs it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold, search_words
from organiser_tui.domain.heard import ONE_WAY, Heard, Tie, has_letters
from organiser_tui.domain.names import SplitName, split_name
from organiser_tui.reference import given_names
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.consultations import save_mandate
from organiser_tui.store.journal import Deed
from organiser_tui.store.proposals import save_proposals
from organiser_tui.store.requests import save_answer, save_requests
from organiser_tui.words import _

NAMED: Final = "named"
"""The source of a person, and of a tie, that somebody named in a call."""


class Ground(NamedTuple):
    """What somebody agreed that is kept of her: the day (ISO), the words, and who asked her."""

    day: str
    wording: str
    organiser: str


def save_heard(deed: Deed, person_id: int, contact: int, day: str, heard: Heard) -> None:
    """Save what was heard of a person in a contact on `day` (ISO); who was named and is not in the file comes in.

    Somebody new who is named twice in the call comes in once. Raises OrganiserError where somebody she is tied to is
    no longer in the file, or a name has no letters.
    """
    newcomers: dict[str, int] = {}
    for tie in heard.ties:
        _save_tie(deed, person_id, contact, day, tie, newcomers)
    if heard.ties or heard.knows_nobody:
        asked = deed.campaign.connection.execute(
            "SELECT coalesce(whom_asked_on, '') FROM person WHERE id = ?", (person_id,)
        ).fetchone()[0]
        deed.change("person", person_id, whom_asked_on=max(asked, day))  # a contact may be noted late
    _add_words(deed, person_id, "person_language", "language", heard.languages)
    _add_words(deed, person_id, "skill", "skill", heard.skills)
    if clean(heard.for_next):
        deed.change("person", person_id, next_note=clean(heard.for_next))
    save_requests(deed, person_id, contact, day, heard.wants)
    save_proposals(deed, person_id, contact, day, heard.proposes)
    for mandate in heard.mandates:
        save_mandate(deed, person_id, contact, day, mandate)
    for told in heard.told:
        save_answer(deed, told.request_id, day, told.answer)
    if clean(heard.agreed):
        deed.insert(
            "ground",
            person_id=person_id,
            ground="agreed",
            wording=clean(heard.agreed),
            day=day,
            organiser_id=deed.campaign.organiser_id,
        )


def _save_tie(deed: Deed, person_id: int, contact: int, day: str, tie: Tie, newcomers: dict[str, int]) -> None:
    other = tie.other_id
    if other is None:
        name = search_words(tie.name)
        other = newcomers[name] = newcomers.get(name) or _newcomer(deed, tie.name)
    elif deed.campaign.connection.execute("SELECT gone_by FROM person WHERE id = ?", (other,)).fetchone() != (None,):
        sentence = _("{name}, whom she named, is no longer in the file. Nothing was saved; + takes the name out.")
        raise OrganiserError(sentence.format(name=tie.name))
    first, second = (other, person_id) if tie.reverse else (person_id, other)
    if first != second and not _tied(deed, first, second, tie.kind):
        deed.insert(
            "connection",
            person_id=first,
            other_id=second,
            kind=tie.kind,
            day=day,
            source=NAMED,
            contact_id=contact,
            organiser_id=deed.campaign.organiser_id,
        )


def _newcomer(deed: Deed, name: str) -> int:
    if not has_letters(name):
        raise OrganiserError(_("“{name}” is no name. Nothing was saved; + takes it out.").format(name=clean(name)))
    split = split_name(clean(name), given_names(deed.campaign.country, fold))
    if not split.given and not split.family:  # all of it stands in brackets
        split = SplitName(clean(name).strip("()[]{}\"'"), "", "")
    return deed.insert("person", given=split.given, family=split.family, extra=split.extra, source=NAMED)


def _tied(deed: Deed, first: int, second: int, kind: str) -> bool:
    """Whether they are tied that way; who follows whom has a direction, the rest holds both ways."""
    pairs = [(first, second)] if kind in ONE_WAY else [(first, second), (second, first)]
    return any(
        deed.campaign.connection.execute(
            "SELECT 1 FROM connection WHERE person_id = ? AND other_id = ? AND kind = ? AND gone_by IS NULL",
            (*pair, kind),
        ).fetchone()
        for pair in pairs
    )


def _add_words(deed: Deed, person_id: int, table: str, column: str, words: Iterable[str]) -> None:
    held = {
        fold(word)
        for (word,) in deed.campaign.connection.execute(
            f"SELECT {column} FROM {table} WHERE person_id = ? AND gone_by IS NULL", (person_id,)
        )
    }
    for word in map(clean, words):
        if fold(word) and fold(word) not in held:
            held.add(fold(word))
            deed.insert(table, person_id=person_id, **{column: word})


def grounds_of(campaign: Campaign, person_id: int) -> tuple[Ground, ...]:
    """What a person agreed to, the last first."""
    rows = campaign.connection.execute(
        "SELECT g.day, g.wording, coalesce(o.name, '') FROM ground g LEFT JOIN organiser o ON o.id = g.organiser_id"
        " WHERE g.person_id = ? AND g.voided_by IS NULL ORDER BY g.day DESC, g.id DESC",
        (person_id,),
    )
    return tuple(Ground(*row) for row in rows)
