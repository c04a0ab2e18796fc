"""Saves what else was heard in a call, inside the deed that logs it."""

from __future__ import annotations

from collections.abc import Iterable

from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.heard import Heard, Tie
from organiser_tui.domain.names import split_name
from organiser_tui.reference import given_names
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


def save_heard(deed: Deed, person_id: int, contact: int, day: str, heard: Heard) -> None:
    """Save what was heard of a person in a contact on `day` (ISO); who was named and is not in the file comes in.

    Raises OrganiserError where somebody she is tied to is no longer in the file.
    """
    for tie in heard.ties:
        _save_tie(deed, person_id, contact, day, tie)
    if heard.ties or heard.knows_nobody:
        deed.change("person", person_id, whom_asked_on=day)
    _add_words(deed, person_id, "person_language", "language", heard.languages)
    _add_words(deed, person_id, "skill", "skill", heard.skills)
    if clean(heard.for_next):
        deed.change("person", person_id, next_note=clean(heard.for_next))
    if clean(heard.agreed):
        deed.insert(
            "ground",
            person_id=person_id,
            ground="agreed",
            wording=clean(heard.agreed),
            day=day,
            organiser_id=deed.campaign.organiser_id,
        )


def _save_tie(deed: Deed, person_id: int, contact: int, day: str, tie: Tie) -> None:
    name = deed.campaign.connection.execute(
        "SELECT trim(given || ' ' || family) FROM person WHERE id = ?", (person_id,)
    ).fetchone()[0]
    source = _("named by {name}").format(name=name)
    other = tie.other_id
    if other is None:
        split = split_name(clean(tie.name), given_names(deed.campaign.country, fold))
        other = deed.insert("person", given=split.given, family=split.family, extra=split.extra, source=source)
    else:
        refuse_gone(deed.campaign, "person", other)
    first, second = (other, person_id) if tie.reverse else (person_id, other)
    known = deed.campaign.connection.execute(
        "SELECT 1 FROM connection WHERE person_id = ? AND other_id = ? AND kind = ? AND gone_by IS NULL",
        (first, second, tie.kind),
    ).fetchone()
    if known is None and first != second:
        deed.insert(
            "connection",
            person_id=first,
            other_id=second,
            kind=tie.kind,
            day=day,
            source=source,
            contact_id=contact,
            organiser_id=deed.campaign.organiser_id,
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
