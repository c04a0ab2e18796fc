"""A person in lines: who she is, what must be known before calling, and her story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import accumulate

from rich.cells import cell_len
from rich.text import Text

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.due import DueKind
from organiser_tui.domain.figures import NO_RATING
from organiser_tui.domain.outcomes import BY_EFFECT, Effect, outcome_told
from organiser_tui.domain.phones import show_phone
from organiser_tui.store.person import PersonCard, PhoneLine, PromiseLine
from organiser_tui.store.story import StoryLine
from organiser_tui.tui.drawing.days import age, short_day
from organiser_tui.tui.drawing.folded import beside, folded
from organiser_tui.tui.drawing.mandates import answer_label
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _, ngettext

_STALE_DAYS = 90
_WIDE = 66
"""From so many cells on a story has room for its channels in full."""
_ALWAYS = 7
"""So many of the last contacts stand beside a call, if need be without their notes."""
_BELOW = 8
"""Cells by which what stands below a line of the story is in."""


def phone_line(phone: PhoneLine, country: str, place: int, count: int) -> Text:
    """A number as it is dialled, its kind, and which of several it is."""
    text = Text(end="")
    number = show_phone(phone.e164, country) if phone.e164 else phone.written
    text.append_text(safe(number, f"bold {REACHED}"))
    if phone.extension:
        text.append_text(safe(" " + _("ext {number}").format(number=phone.extension), QUIET))
    if phone.kind:
        text.append_text(safe(f" {phone.kind}", QUIET))
    if phone.also:
        text.append_text(safe(" " + _("also {names}").format(names=phone.also), NOT_YET))
    elif phone.standing == "shared":
        text.append(" " + _("shared"), NOT_YET)
    if count > 1:
        text.append("  " + _("number {place} of {count}").format(place=place, count=count), QUIET)
    return text


def work_line(card: PersonCard, today: date) -> Text:
    """Where she works: provider, place, since when; several are divided by a dot."""
    now = [e for e in card.employments if not e.to_day or e.to_day >= today.isoformat()]
    if not now:
        return Text(_("no provider known"), QUIET)
    parts = []
    for employment in now:
        words = [employment.provider]
        if employment.place:
            words.append(employment.place)
        if employment.from_day:
            words.append(_("since {year}").format(year=employment.from_day[:4]))
        parts.append(", ".join(words))
    return safe(" · ".join(parts))


def standing_line(card: PersonCard, today: date) -> Text:
    """Asked or not, the card, the rating with its age."""
    text = Text(end="")
    if card.card != "none":
        style = KEPT if card.card in ("signed", "on file") else NOT_YET
        text.append(card_words(card.card), style)
        text.append(f" {short_day(card.card_since, today)}", QUIET)
    else:
        text.append(_("asked to sign") if card.asked else _("not asked to sign"), QUIET)
        if card.sign_answer:
            text.append(": ", QUIET).append_text(safe(card.sign_answer, KEPT if card.sign_answer == "yes" else NOT_YET))
    if card.rating != NO_RATING:
        text.append(" · " + _("rated") + " ", QUIET)
        text.append(str(card.rating), STRONG)
        days = (today - date.fromisoformat(card.rated_on)).days
        old = age(card.rated_on, today)
        text.append(f", {old}", NOT_YET if days > _STALE_DAYS else QUIET)
    if card.leader:
        text.append(" · " + _("leader"), REACHED)
    if card.activist:
        text.append(" · " + _("activist"), REACHED)
    return text


def card_words(state: str) -> str:
    """The word for the state of a card."""
    return {
        "none": _("no card"),
        "form out": _("form out"),
        "signed": _("signed"),
        "on file": _("on file"),
        "returned incomplete": _("returned incomplete"),
        "ended": _("card ended"),
        "in another union": _("in another union"),
    }[state]


def isolation_words(isolation: str) -> str:
    """The word for how somebody stands to other assistants."""
    return {
        "isolated": _("isolated"),
        "own provider only": _("own provider only"),
        "connected": _("connected"),
        "not asked": _("not asked yet"),
    }[isolation]


def knows_line(card: PersonCard) -> Text:
    """Whom she knows, or how she stands to the others."""
    if not card.knows:
        style = NOT_YET if card.isolation == "isolated" else QUIET
        words = _("knows: not asked yet") if card.isolation == "not asked" else isolation_words(card.isolation)
        return Text(words, style)
    if not any(known.counts for known in card.knows):
        return Text.assemble((_("knows no assistant, but") + " ", QUIET), safe(card.knows[0].name), end="")
    names = ", ".join(known.name for known in card.knows[:3])
    more = len(card.knows) - 3
    text = Text.assemble((_("knows") + " ", QUIET), safe(names), end="")
    if more > 0:
        text.append(" +" + str(more), QUIET)
    return text


def discretion_line(card: PersonCard, today: date) -> Text | None:
    """What must be known before dialling; None where nothing is."""
    words = card.discretion(partial(short_day, today=today))
    return safe("! " + ", ".join(words), f"bold {NOT_YET}") if words else None


def head_lines(card: PersonCard, today: date, width: int) -> list[Text]:
    """Work, standing, ties and what the last caller left for the next, in lines of `width` cells."""
    lines = [work_line(card, today), standing_line(card, today), knows_line(card)]
    if card.languages:
        lines.append(safe(_("speaks") + " " + ", ".join(card.languages), QUIET))
    if card.tags:
        lines.append(safe("# " + ", ".join(card.tags), QUIET))
    lines = [fit(line, width) for line in lines]
    if card.handed_to:
        words = _("handed over to {organiser}: {why}").format(organiser=card.handed_to, why=card.handed_why)
        lines.extend(folded(safe(f"! {words}", NOT_YET), width, most=3))
    for request in card.requests:
        words = _("wants to know: {what}").format(what=request.what)
        who = " · ".join(filter(None, (short_day(request.day, today), request.organiser)))
        lines.extend(folded(safe(f"? {words} ({who})", NOT_YET), width, most=3))
    if card.next_note:
        lines.extend(folded(safe("→ " + card.next_note, NOT_YET), width, most=3))
    return lines


def story_words(line: StoryLine) -> str:
    """What happened, in words."""
    if line.what in BY_EFFECT:
        return outcome_told(line.what, line.barred)
    if line.kind == "card":
        return card_words(line.what)
    if line.kind == "mandate":
        return answer_label(line.what)
    if line.kind == "asked" and line.detail:
        return f"{line.what}: {line.detail}"
    return line.what


def barred_words(barred: str) -> str:
    """The channels that are `barred`, where few cells are left for them."""
    words = {"call": _("no calls"), "text": _("no texts"), "e-mail": _("no e-mail")}
    named = [words.get(channel) or _("no {channel}").format(channel=channel) for channel in barred.split(",")]
    return ", ".join(named)


def promise_words(promise: PromiseLine) -> str:
    """What was promised: what it is about, and that it is a call back where it is one."""
    if promise.kind == DueKind.CALL_BACK:
        return f"{_('call back')}: {promise.why}" if promise.why else _("call back")
    return promise.why or _("follow-up")


def story_lines(story: Sequence[StoryLine], today: date, width: int, most: int, *, key: str = "") -> list[Text]:
    """The latest of a story in `most` lines of `width` cells: day, kind, what, who; a note has a line of its own.

    What happened the last few times is always there: of those the notes are left out that come last. Where there is
    more, `key` is said to show it.
    """
    notes = sum(bool(_below(entry)) for entry in story)
    if len(story) + notes <= most:
        shown, room = len(story), notes
    else:
        shown = _entries_with_notes(story, most - 1)
        shown = max(shown, min(_ALWAYS, len(story), most - 1))
        room = most - 1 - shown
    lines: list[Text] = []
    for entry in story[:shown]:
        lines.append(_story_line(entry, today, width))
        if room and (below := _below(entry)):
            lines.append(fit(Text.assemble(" " * _BELOW, safe(below, QUIET), end=""), width))
            room -= 1
    if len(story) > shown or len(story) + notes > most:
        rest = len(story) - shown
        more = ngettext("{n} more", "{n} more", rest).format(n=rest) if rest else _("all of it")
        lines.append(Text(" " * _BELOW + more, QUIET))
        if key:
            lines[-1].append(f"  {key}", f"bold {NOT_YET}")
    return lines


def _entries_with_notes(story: Sequence[StoryLine], most: int) -> int:
    """How many of a story, each with its note, fit into `most` lines."""
    used = list(accumulate(2 if _below(entry) else 1 for entry in story))
    return sum(lines <= most for lines in used)


def whole_story(story: Sequence[StoryLine], today: date, width: int) -> list[Text]:
    """The same with every word of it: what does not fit goes on below."""
    lines: list[Text] = []
    for entry in story:
        first = _story_line(entry, today, width)
        below = _below(entry)
        if story_words(entry) not in first.plain:
            first = _story_line(entry, today, width, said="")
            below = " · ".join(filter(None, (story_words(entry), below)))
        lines.append(first)
        if below:
            lines.extend(beside(Text(" " * _BELOW), safe(below, QUIET), width))
    return lines


def _below(entry: StoryLine) -> str:
    """What stands in a line of its own: the issues, the note, and who was there, too."""
    parts = ["" if entry.kind == "asked" else entry.detail]
    if entry.others:
        parts.append(_("with {names}").format(names=entry.others))
    return " · ".join(filter(None, parts))


def _story_line(entry: StoryLine, today: date, width: int, said: str | None = None) -> Text:
    """Day, kind, what, who; `said` stands in the place of what happened."""
    text = Text(end="").append(f"{short_day(entry.day, today):<7.7} ", QUIET)
    cells = 9 if width < _WIDE else 21  # the longest channel is "forwarded by provider"
    kind = fit(safe(entry.kind), cells)
    text.append_text(kind).append(" " * (cells + 1 - kind.cell_len))
    what = story_words(entry) if said is None else said
    style = OVERDUE if entry.what in (Effect.DO_NOT_CONTACT, Effect.REFUSED) else ""
    by = entry.organiser
    room = max(width - len(text.plain) - len(by) - 1, 8)
    if entry.barred not in ("", EVERY_CHANNEL) and len(what) > room:
        what = barred_words(entry.barred)  # by which channel is never cut
    if entry.until:
        until = f"{what}, " + _("until {day}").format(day=short_day(entry.until, today))
        what = until if cell_len(until) <= room else what  # her own page has room for it
    text.append_text(fit(safe(f"{what:<{room}}", style), room))
    text.append_text(safe(f" {by}", QUIET))
    return fit(text, width)


def saved_told(names: str) -> str:
    """That what was entered of somebody is saved."""
    return _("{who}: saved · u takes it back").format(who=names)
