"""The words of a campaign as screens offer them: issues with their letters, and what can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.gatherings import EventLine, EventToCome, awaited_at, next_event
from organiser_tui.store.person import PersonCard
from organiser_tui.words import _


class IssueWord(NamedTuple):
    """One issue, and the letter that notes it inside a call ('' for none)."""

    code: str
    letter: str
    label: str


class AskChoice(NamedTuple):
    """Something that can be asked of a person; `event_id` is None where it is not about an event."""

    kind: str
    label: str
    event_id: int | None
    due: str | None = None
    """The day (ISO) on which it falls due by itself."""


def issue_words(campaign: Campaign) -> list[IssueWord]:
    """The issues in their order."""
    rows = campaign.connection.execute(
        "SELECT code, letter, coalesce(nullif(label, ''), code) FROM issue WHERE gone_by IS NULL ORDER BY position"
    )
    return [IssueWord(*row) for row in rows]


def codes(campaign: Campaign, table: str) -> list[str]:
    """The words of one vocabulary ("channel", "outcome", "ask_kind", "provider_kind" …) in their order."""
    rows = campaign.connection.execute(f"SELECT code FROM {table} WHERE gone_by IS NULL ORDER BY position")
    return [row[0] for row in rows]


def known_channels(campaign: Campaign, words: Iterable[str]) -> tuple[str, ...]:
    """The channels that `words` mean, in whatever case and with or without a hyphen ("Email" is e-mail), each once.

    Raises OrganiserError that names the channels where one of them is none.
    """
    known = {_bare(code): code for code in codes(campaign, "channel")}
    for word in words:
        if _bare(word) not in known:
            sentence = _("“{word}” is not a channel. Channels: {words}.")
            raise OrganiserError(sentence.format(word=word, words=", ".join(known.values())))
    return tuple(dict.fromkeys(known[_bare(word)] for word in words))


def _bare(word: str) -> str:
    return fold(word).replace(" ", "")


def ask_choices(campaign: Campaign, card: PersonCard) -> list[AskChoice]:
    """What can be asked of a person, the likeliest first.

    To come to what she was invited to and has not answered; to sign where she has not; to come to the next event.
    """
    awaited = awaited_at(campaign, card.id)
    choices = [_to_come(event) for event in awaited]
    if card.card in ("none", "returned incomplete", "ended"):
        choices.append(AskChoice("sign", _("sign"), None))
    event = next_event(campaign)
    if event is not None and event.id not in {one.id for one in awaited}:
        choices.append(_to_come(event))
    labels = {
        "bring someone": _("bring someone"),
        "take a task": _("take a task"),
        "mandate": _("mandate"),
        "pledge": _("pledge"),
    }
    choices.extend(
        AskChoice(code, labels.get(code, code), None)
        for code in codes(campaign, "ask_kind")
        if code not in ("sign", "come")
    )
    return choices


def _to_come(event: EventToCome | EventLine) -> AskChoice:
    return AskChoice("come", _("come: {event}").format(event=event.name), event.id, event.starts[:10])
