"""The lines around a call: where one stands in the list, the outcome keys, and why a queue is empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from rich.text import Text

from organiser_tui.domain.call_lists import ListState, goal_labels
from organiser_tui.domain.calls import Counts
from organiser_tui.domain.clock import wall
from organiser_tui.domain.dates import Moment, read_back
from organiser_tui.domain.outcomes import BY_EFFECT, OUTCOMES, Effect, outcome_label, outcome_told
from organiser_tui.domain.queue import blocked_label, rule_labels
from organiser_tui.store.call_lists import CallerProgress, CallListRow
from organiser_tui.store.calling import Blocked, Ready, Standing
from organiser_tui.store.contacts import Logged
from organiser_tui.store.person import PersonCard
from organiser_tui.store.story import StoryLine
from organiser_tui.tui.drawing.days import due_words, short_day
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.drawing.keys import key_words
from organiser_tui.tui.drawing.person import discretion_line, head_lines, phone_line, promise_words, story_lines
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, STRONG
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_PROMISE_CELLS = 24  # of a promise that was kept, which goes without saying after that
_STYLES = {Effect.TALKED: KEPT, Effect.DO_NOT_CONTACT: OVERDUE}


def top_line(name: str, row: CallListRow | None, called: int, elapsed: int | None, warning: str, width: int) -> Text:
    """What is called through, by `name`, how far its list is, and how long the call has lasted (seconds)."""
    left = Text.assemble((" " + _("Calls") + " › ", QUIET), safe(name, STRONG), end="")
    right = Text(end="")
    if row is not None:
        done = row.done + row.refused
        right.append(_("{done} of {all}").format(done=done, all=row.targets) + "  ", QUIET)
    right.append(ngettext("{n} call", "{n} calls", called).format(n=called), STRONG)
    if elapsed is not None:
        right.append(f"  {elapsed // 60:02d}:{elapsed % 60:02d}", f"bold {KEPT}")
    if warning:
        right.append(f"  {warning}", QUIET)
    right.append(" ")
    room = max(width - right.cell_len, 10)
    left = fit(left, room - 1)
    return Text.assemble(left, " " * (room - left.cell_len), right, end="", no_wrap=True)


def outcome_keys(width: int) -> Text:
    """The digits and what each saves, in as many lines as `width` needs."""
    text, used = Text(end=""), 0
    keys = [(o.key, outcome_label(o.effect), _STYLES.get(o.effect, "")) for o in OUTCOMES if o.key != "o"]
    keys += [("o", _("other"), ""), (">", _("skip"), "")]
    for key, label, style in keys:
        cells = len(key) + len(label) + 3
        if used and used + cells > width - 2:
            text.append("\n")
            used = 0
        text.append(f" {key}", f"bold {NOT_YET}").append(f" {label} ", style)
        used += cells
    return text


def answer_words(answer: str) -> str:
    """The word for an answer to an ask."""
    return {"yes": _("yes"), "maybe": _("maybe"), "later": _("later"), "no": _("no")}[answer]


def saved_words(logged: Logged, today: date) -> str:
    """What was saved of a call: how it went, what was learned and agreed, what is due no more.

    Who was spoken with, and nothing learned, counts as no conversation: that is said where it can be mended still.
    """
    draft = logged.draft
    parts = [outcome_told(draft.outcome, draft.do_not_contact)]
    if draft.follow_up is not None:
        parts.append(read_back(draft.follow_up, today))  # first, since a long line is cut at its end
    if draft.hand_over is not None:
        parts.append(_("handed over to {name}").format(name=draft.hand_over.name))
    of_promises = _("done “{promise}”") if logged.effect is Effect.TALKED else _("no longer due “{promise}”")
    parts.extend(of_promises.format(promise=fit(safe(one), _PROMISE_CELLS).plain) for one in logged.ended)
    if logged.unmet is not None:
        parts.append(_("stays on the list until {goal}").format(goal=goal_labels()[logged.unmet]))
    if logged.effect is Effect.TALKED and not draft.learned:
        parts.append(_("no rating or issue yet"))
    if draft.rating is not None:
        parts.append(_("rated {n}").format(n=draft.rating))
    if draft.ask is not None:
        asked = f"{draft.ask.kind} {answer_words(draft.ask.answer)}"
        if draft.ask.due and draft.ask.event_id is None:
            asked += ", " + _("until {day}").format(day=short_day(draft.ask.due, today))
        parts.append(asked)
    parts.extend(draft.issues)
    heard = draft.heard
    kinds = (
        (heard.told, _("told what she asked")),
        (heard.wants, _("her question")),
        (heard.proposes, _("proposal")),
        (heard.mandates, _("mandate")),
        (draft.answers, _("questions answered")),
        (heard.ties, _("whom she knows")),
        (heard.agreed, _("agreed that we keep it")),
    )
    parts.extend(words for said, words in kinds if said)
    if draft.note:
        parts.append(_("note"))
    return ", ".join(parts)


def taken_in_words(added: int) -> str:
    """That so many were put on the list before it is called through."""
    words = ngettext("{n} person has come to fit this list", "{n} people have come to fit this list", added)
    return words.format(n=f"{added:,}")


def sitting_words(counts: Counts, said: str = "") -> str:
    """What came of the calls of a sitting; what was `said` of the last one where it was the only one."""
    calls, spoken, talks, agreed = counts
    if calls == 1 and said:
        return said
    parts = (
        (calls, ngettext("{n} call", "{n} calls", calls)),
        (spoken, _("{n} spoken with")),
        (talks, ngettext("{n} conversation", "{n} conversations", talks)),
        (agreed, ngettext("{n} next step agreed", "{n} next steps agreed", agreed)),
    )
    return " · ".join(words.format(n=n) for n, words in parts if n)


def against_words(card: PersonCard, blocked: Blocked, campaign: Campaign) -> str:
    """What speaks against calling somebody who was chosen by hand, in a sentence."""
    name = card.name
    when = read_back(Moment.at(wall(blocked.until, campaign.zone)), campaign.today()) if blocked.until else ""
    match blocked.reason:
        case "needs organiser" if card.handed_to:
            words = _("{name} is handed over to {organiser}: {why}.")
            return words.format(name=name, organiser=card.handed_to, why=card.handed_why)
        case "needs organiser" if card.call_language:
            return _("{name} speaks {language}.").format(name=name, language=card.call_language)
        case "do not contact":
            return _("{name} asked not to be called.").format(name=name)
        case "calls not safe":
            return _("{name} is safe only by {channels}.").format(name=name, channels=", ".join(card.safe_channels))
        case "cooldown":
            return _("There was a call with {name} not long ago: nobody calls her until {when}.").format(
                name=name, when=when
            )
        case "claimed":
            words = _("{organiser} is in a call on a number of {name}.")
            return words.format(name=name, organiser=blocked.held_by or _("somebody"))
    words = _("{name}: {reason} until {when}.") if when else _("{name}: {reason}.")
    return words.format(name=name, reason=blocked_label(blocked.reason), when=when)


def closed_words(row: CallListRow, today: date) -> Text:
    """Why nobody on a list is called today, and the key that changes it."""
    then = {
        ListState.PAUSED.value: _("esc, then z goes on with it."),
        ListState.CLOSED.value: _("esc, then d opens it again."),
    }.get(row.state, _("esc, then e changes its days."))
    return Text.assemble((f"\n {row.why_not_called(today)}\n\n", f"bold {NOT_YET}"), (f"   {then}", QUIET))


def standing_words(standing: Standing, skipped: int, campaign: Campaign, *, listed: bool) -> Text:
    """Why nobody is served, and when somebody frees up; `listed` says whether anybody was ever to be called."""
    text = Text("\n" + " " + _("Nobody can be called now.") + "\n\n", f"bold {NOT_YET}")
    for reason, count in sorted(standing.blocked.items(), key=lambda item: -item[1]):
        text.append(f"   {count:>6,}  ", STRONG).append(blocked_label(reason) + "\n", QUIET)
    if skipped:
        text.append(f"   {skipped:>6,}  ", STRONG).append(_("skipped by you") + "\n", QUIET)
    if not standing.blocked and not skipped and listed:
        text.append("   " + _("Everybody on this list is done.") + "\n", KEPT)
    elif not standing.blocked and not skipped:
        text.append("   " + _("Nobody is here to call: esc, then 8 brings in a list of people.") + "\n", QUIET)
    if standing.frees_at:
        words = read_back(Moment.at(wall(standing.frees_at, campaign.zone)), campaign.today())
        text.append("\n " + _("The next frees up {when}.").format(when=words), STRONG)
    return text


def progress_words(callers: Sequence[CallerProgress]) -> str:
    """Who has called a list: attempts, and with how many somebody spoke."""
    return " · ".join(
        ngettext(
            "{who} {attempts} call, {spoken} spoken with",
            "{who} {attempts} calls, {spoken} spoken with",
            caller.attempts,
        ).format(who=caller.organiser or "–", attempts=caller.attempts, spoken=caller.spoken_with)
        for caller in callers
    )


def turn_cell(turn: Ready | Blocked | None, state: str, last_outcome: str, campaign: Campaign) -> Text:
    """Whether somebody can be called now, and by which rule, or what keeps her from it and until when.

    `state` is that on the list; whoever is off it for good is so by her `last_outcome`, or by one before it.
    """
    if isinstance(turn, Ready):
        return Text.assemble((_("yes"), f"bold {KEPT}"), (f" · {rule_labels()[turn.rule]}", QUIET), end="")
    if turn is None:
        if state == "refused":
            last = BY_EFFECT.get(last_outcome)
            return Text(outcome_label(last.effect) if last and last.keeps_off else _("off the list"), QUIET)
        return Text(_("done") if state == "done" else "–", QUIET)
    if turn.held_by:  # until when she is held at most says nothing of how long they talk
        return safe(_("in a call with {organiser}").format(organiser=turn.held_by), NOT_YET)
    text = Text(blocked_label(turn.reason), OVERDUE if turn.reason == "do not contact" else NOT_YET, end="")
    if turn.until:
        when = wall(turn.until, campaign.zone)
        words = due_words(when.replace(tzinfo=None).isoformat(timespec="minutes"), campaign.wall_now())
        text.append(" " + _("until {when}").format(when=words), QUIET)
    return text


def person_pane(
    card: PersonCard, story: Sequence[StoryLine], phone: int, country: str, now: datetime, size: tuple[int, int]
) -> Text:
    """Who is being called, in `size` (cells, lines): name, what to know before dialling, the number, her story.

    `phone` counts on through her usable numbers; `now` is wall time.
    """
    width, height = size
    lines = folded(safe(card.name, f"bold {STRONG}"), width, most=2, indent=0)
    warning = discretion_line(card, now.date())
    if warning is not None:
        lines.extend(folded(warning, width))  # above the number: it is read before dialling
    phones = card.usable_phones
    if phones:
        place = phone % len(phones)
        number = phone_line(phones[place], country, 1, 1)
        if len(phones) > 1:
            which = _("{place} of {count}").format(place=place + 1, count=len(phones))
            number = Text.assemble(number, "  ", key_words("x", which), end="")
        hint = Text.assemble("  ", key_words("Q", "QR"), end="")
        lines.append(number + hint if number.cell_len + hint.cell_len <= width else fit(number, width))
    else:
        lines.append(Text(_("no usable number"), NOT_YET))
    lines.extend(head_lines(card, now.date(), width))
    for promise in card.promises[:2]:
        when = due_words(promise.due, now)
        by = f" ({promise.organiser})" if promise.organiser else ""
        lines.extend(folded(safe(f"→ {when} {promise_words(promise)}{by}", NOT_YET), width, most=3))
    lines.append(Text())
    lines.extend(story_lines(story, now.date(), width, max(height - len(lines), 6), key="S"))
    return Text("\n").join(lines)
