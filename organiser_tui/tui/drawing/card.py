"""A person's card with her story: beside the list, and at full length on her own page. Nothing is read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.dates import parse_wall, read_back
from organiser_tui.store.hearing import Ground
from organiser_tui.store.person import EmploymentLine, PersonCard
from organiser_tui.store.story import StoryLine
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.folded import beside, folded
from organiser_tui.tui.drawing.person import (
    discretion_line,
    head_lines,
    isolation_words,
    phone_line,
    promise_words,
    standing_line,
    story_lines,
    whole_story,
)
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _

_LABEL_CELLS = 15


def card_lines(
    card: PersonCard, story: Sequence[StoryLine], today: date, country: str, width: int, most: int
) -> list[Text]:
    """The card beside the list, at most `most` lines of `width` cells, the story cut where the room ends."""
    lines = [fit(safe(card.name or _("no name"), f"bold {STRONG}"), width)]
    lines.extend(_warnings(card, today, width))
    phones = card.usable_phones
    if phones:
        lines.append(fit(phone_line(phones[0], country, 1, len(phones)), width))
    else:
        lines.append(Text(_("no usable number"), NOT_YET))
    lines.extend(head_lines(card, today, width))
    lines.extend(_promises(card, today, width))
    lines.append(Text(""))
    room = max(most - len(lines), 3)
    if story:
        lines.extend(story_lines(story, today, width, room))
    else:
        lines.append(Text(_("Nothing has happened yet."), QUIET))
    return lines


def full_lines(
    card: PersonCard, story: Sequence[StoryLine], today: date, country: str, width: int, *, then: str = ""
) -> list[Text]:
    """Everything that is kept of a person, under headings, in lines of `width` cells.

    Where nothing has happened yet, `then` says which keys change that.
    """
    sections: list[tuple[str, list[Text]]] = [
        ("", _warnings(card, today, width)),
        ("", [safe(card.extra, QUIET)] if card.extra else []),
        (_("Standing"), [standing_line(card, today)]),
        (_("Phones"), [phone_line_in_full(card, n, country) for n in range(len(card.phones))]),
        (_("E-mail"), [safe(address) for _id, address in card.emails]),
        (_("Work"), [_work(card), *(_employment(line, today) for line in card.employments)]),
        (_("Place"), [_place(card)] if card.place or card.municipality or card.region else []),
        (_("Post"), _post(card)),
        (_("Promises"), _promises(card, today, width - _LABEL_CELLS, mark=False)),
        (_("Handed over"), [safe(f"{card.handed_to}: {card.handed_why}", NOT_YET)] if card.handed_to else []),
        (_("Wants to know"), [safe(f"{request.what} · {request.organiser}", NOT_YET) for request in card.requests]),
        (_("Knows"), _knows(card)),
        (_("Languages"), _languages(card)),
        (_("Skills"), [safe(", ".join(card.skills))] if card.skills else []),
        (_("Tags"), [safe(", ".join(card.tags))] if card.tags else []),
        (_("Gender"), [safe(card.gender)] if card.gender else []),
        (_("Heard through"), [safe(card.heard_through)] if card.heard_through else []),
        (_("Next caller"), [safe(card.next_note, NOT_YET)] if card.next_note else []),
        (_("Own fields"), [_named(held.name, held.value) for held in card.custom]),
        (_("Ids elsewhere"), [_named(system, value) for system, value in card.external]),
        (_("Agreed to"), [_ground(ground, today) for ground in card.grounds]),
        (_("Source"), [safe(_source(card), QUIET)] if card.source else []),
    ]
    lines: list[Text] = []
    for heading, held in sections:
        for number, line in enumerate(held):
            label = Text((heading if number == 0 else "").ljust(_LABEL_CELLS) if heading else "", QUIET, end="")
            lines.extend(beside(label, line, width))
    lines.append(Text(""))
    lines.append(Text(_("Story"), f"bold {REACHED}"))
    if story:
        lines.extend(whole_story(story, today, width))
    else:
        lines.append(Text(" ".join(filter(None, (_("Nothing has happened yet."), then))), QUIET))
    return lines


def phone_line_in_full(card: PersonCard, place: int, country: str) -> Text:
    """One number of a person with what is known of it, and why it is not called where that is so."""
    phone = card.phones[place]
    text = phone_line(phone, country, 1, 1)
    if phone.e164 is None:
        text.append(" " + _("not a number"), NOT_YET)
    elif phone.standing in ("wrong", "disconnected"):
        text.append(f" {_('wrong number') if phone.standing == 'wrong' else _('disconnected')}", OVERDUE)
    elif phone.kind == "work" and not card.work_numbers:
        text.append(" " + _("work number: not called"), NOT_YET)
    return text


def _warnings(card: PersonCard, today: date, width: int) -> list[Text]:
    lines = []
    if card.deceased:
        lines.append(Text("! " + _("deceased"), f"bold {OVERDUE}"))
    if card.left_work_on:
        lines.append(
            Text("! " + _("left the work on {day}").format(day=short_day(card.left_work_on, today)), f"bold {OVERDUE}")
        )
    discretion = discretion_line(card, today)
    if discretion is not None:
        lines.extend(folded(discretion, width))  # a warning is never cut
    return lines


def _promises(card: PersonCard, today: date, width: int, *, mark: bool = True) -> list[Text]:
    lines = []
    for promise in card.promises:
        late = promise.due[:10] < today.isoformat()
        text = Text(end="").append("→ " if mark else "", NOT_YET)
        text.append(read_back(parse_wall(promise.due), today), OVERDUE if late else NOT_YET)
        if late:
            text.append(" " + _("late"), OVERDUE)
        text.append_text(safe(f" {promise_words(promise)}"))
        text.append_text(safe(f" · {promise.organiser}" if promise.organiser else "", QUIET))
        lines.extend(folded(text, width))
    return lines


def _work(card: PersonCard) -> Text:
    words = {"assistant": _("assistant"), "neighbouring service": _("neighbouring service"), "other": _("other work")}
    position = {
        "worker": _("worker"),
        "coordinator": _("coordinator"),
        "manager": _("manager"),
        "owner": _("owner"),
    }
    what = words[card.work] + (f" ({card.which_work})" if card.which_work else "")
    style = NOT_YET if card.position in ("manager", "owner") else ""
    return Text.assemble(safe(what), (" · ", QUIET), (position[card.position], style), end="")


def _employment(line: EmploymentLine, today: date) -> Text:
    over = bool(line.to_day) and str(line.to_day) < today.isoformat()
    text = Text.assemble(safe(line.provider, QUIET if over else STRONG), end="")
    if line.place:
        text.append_text(safe(f", {line.place}", QUIET))
    since = short_day(line.from_day, today) if line.from_day else ""
    until = short_day(line.to_day, today) if line.to_day else ""
    if since and until:
        words = _("{start} to {end}").format(start=since, end=until)
    elif since:
        words = _("since {day}").format(day=since)
    elif until:
        words = _("until {day}").format(day=until)
    else:
        words = _("start unknown")
    return text.append(f" · {words}", QUIET)


def _languages(card: PersonCard) -> list[Text]:
    lines = [safe(", ".join(card.languages))] if card.languages else []
    if card.call_language:
        only = _("her calls are for organisers who speak {language}").format(language=card.call_language)
        lines.append(safe(only, NOT_YET))
    return lines


def _place(card: PersonCard) -> Text:
    town, region = card.municipality or card.place, card.region
    return Text.assemble(safe(town), safe(f"{', ' if town and region else ''}{region}", QUIET), end="")


def _post(card: PersonCard) -> list[Text]:
    """The postal address as on an envelope."""
    lines = (card.street, f"{card.postal_code} {card.town}".strip())
    return [safe(line) for line in lines if line]


def _named(name: str, value: str) -> Text:
    return Text.assemble(safe(f"{name}: ", QUIET), safe(value), end="")


def _knows(card: PersonCard) -> list[Text]:
    if not card.knows:
        return [Text(isolation_words(card.isolation), NOT_YET if card.isolation == "isolated" else QUIET)]
    held = []
    for known in card.knows:
        words = known.kind if known.counts else f"{known.kind}, {_('not an assistant')}"
        held.append(safe(known.name).append_text(safe(f" · {words}", QUIET)))
    return [Text(isolation_words(card.isolation), QUIET), *held]


def _ground(ground: Ground, today: date) -> Text:
    by = " · ".join(filter(None, (short_day(ground.day, today), ground.organiser)))
    return safe(f"“{ground.wording}”").append_text(safe(f" · {by}", QUIET))


def _source(card: PersonCard) -> str:
    return _("named by {name}").format(name=card.named_by) if card.named_by else card.source
