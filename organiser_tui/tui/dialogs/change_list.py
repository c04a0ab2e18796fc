"""Changes what a call list is: its name and purpose, who is taken in, on which days and at which hours it is called."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.call_lists import LONGEST_COOLDOWN, CallListDraft, goal_labels
from organiser_tui.domain.dates import Direction
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import loose_words, parse_filter
from organiser_tui.domain.folding import fold
from organiser_tui.store.call_lists import CallListRow, FilterFit, change_call_list, filter_fit
from organiser_tui.store.errand import Errand
from organiser_tui.store.guides import guides
from organiser_tui.store.organisers import organisers
from organiser_tui.store.suggesting import words_like
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.form_dialog import FormLines, LineForm
from organiser_tui.tui.dialogs.person_reading import day_read_back, hour_read_back, read_day, read_hour
from organiser_tui.tui.drawing.filters import completion, loose_words_told
from organiser_tui.tui.safe import safe
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.completing import NOTHING, Completion
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class ChangeList(LineForm[bool]):
    """Whether the list was changed. Enter goes from line to line, ctrl+s saves."""

    HELP = _(
        "What the list is for and when it is called through. Another filter asks who is put on the list and taken off "
        "it by that. With “take in” on yes, whoever has come to fit is put on it each time calling through it begins."
    )
    FOOTER: ClassVar[Sequence[str]] = ("change-list.save", "choice.next", "form.done", "dialog.cancel", "dialog.help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="change-list.save", tooltip=_("Saves the list as it stands here")),
    ]

    def __init__(self, store: Campaign, row: CallListRow) -> None:
        super().__init__(safe(_("Call list {name}").format(name=row.name)))
        self._store = store
        self._row = row
        self._now = store.wall_now()
        self._organisers = {organiser.id: organiser.name for organiser in organisers(store)}

    def body(self) -> ComposeResult:
        draft = self._row.draft
        with FormLines(id="form-lines"):
            yield FormField(_("Name"), draft.name, id="list-name")
            yield FormField(_("Purpose"), draft.purpose, id="list-purpose")
            yield FormField(
                *(_("Filter"), draft.filter_text), id="list-filter", check=self._filter_read_back,
                complete=self._complete, takes_only=True,
            )  # fmt: skip
            offers = [Offer(False, _("no")), Offer(True, _("yes, before calling"))]
            yield ChoiceLine(_("Fill up"), ChoiceRow(offers, draft.refills, id="list-refills-row"), id="list-refills")
            goals = [Offer(goal.value, label) for goal, label in goal_labels().items()]
            yield ChoiceLine(_("Done when"), ChoiceRow(goals, draft.goal, id="list-goal-row"), id="list-goal")
            for name, label, day in (
                ("list-opens", _("First day"), draft.opens_on),
                ("list-closes", _("Last day"), draft.closes_on),
            ):
                yield FormField(
                    label, day or "", id=name, check=self._day_read_back, placeholder=_("such as mon, 24.12., +2w")
                )
            for name, label, hour in (
                ("list-from", _("Calls from"), draft.hours_from),
                ("list-until", _("Calls until"), draft.hours_until),
            ):
                yield FormField(label, hour or "", id=name, check=hour_read_back, placeholder=_("such as 17 or 20:30"))
            yield FormField(
                *(_("Cooldown"), str(draft.cooldown_days or "")), id="list-cooldown", check=_days_read_back,
                placeholder=_("days after anybody has tried her"),
            )  # fmt: skip
            yield FormField(
                *(_("Guide"), draft.guide), id="list-guide", check=self._guide_read_back, words=self._guides_like,
                takes_only=True,
                placeholder=_("the one that comes with the program"),
            )  # fmt: skip
            yield FormField(
                *(_("Who calls"), ", ".join(self._organisers.get(who, "") for who in draft.callers)),
                id="list-callers", check=self._callers_read_back, words=self._organisers_like, several=True,
                takes_only=True,
                placeholder=_("everybody; else names"),
            )  # fmt: skip
        yield Static(id="form-message")

    def _guides_like(self, typed: str) -> list[str]:
        return [guide.name for guide in guides(self._store) if fold(typed) in fold(guide.name)]

    def _guide_read_back(self, text: str) -> str:
        names = [guide.name for guide in guides(self._store)]
        if text and text not in names:
            sentence = _("There is no guide {name}. Guides: {names}.")
            raise OrganiserError(sentence.format(name=text, names=", ".join(names)))
        return ""

    def _organisers_like(self, typed: str) -> list[str]:
        return [name for name in self._organisers.values() if fold(name).startswith(fold(typed))]

    def _callers(self, text: str) -> tuple[int, ...]:
        """The organisers named in a line; raises OrganiserError that names whoever is none."""
        ids = {fold(name): who for who, name in self._organisers.items()}
        named = [part.strip() for part in text.split(",") if part.strip()]
        for name in named:
            if fold(name) not in ids:
                sentence = _("{name} is no organiser here. Organisers: {names}.")
                raise OrganiserError(sentence.format(name=name, names=", ".join(self._organisers.values())))
        return tuple(sorted({ids[fold(name)] for name in named}))

    def _callers_read_back(self, text: str) -> str:
        self._callers(text)
        return ""

    def _complete(self, text: str, cursor: int) -> Completion:
        """What the word that is being written may become; where none is, the arrows go on to the next line."""
        found = completion(text, cursor, partial(words_like, self._store))
        writing = found.start < found.end or text[:cursor].endswith((":", "=", "<", ">"))
        return found if writing else NOTHING

    @staticmethod
    def _filter_read_back(text: str) -> str:
        return loose_words_told(loose_words(parse_filter(text))).plain

    def _day_read_back(self, text: str) -> str:
        return day_read_back(text, self._now, Direction.NEXT)

    def _day(self, name: str) -> str | None:
        return read_day(self.text(name), self._now, Direction.NEXT)

    def action_save(self) -> None:
        if not self.all_right():
            return
        draft = CallListDraft(
            name=self.text("list-name"),
            purpose=self.text("list-purpose"),
            filter_text=self.text("list-filter"),
            refills=bool(self.query_one("#list-refills", ChoiceLine).value),
            opens_on=self._day("list-opens"),
            closes_on=self._day("list-closes"),
            hours_from=read_hour(self.text("list-from")),
            hours_until=read_hour(self.text("list-until")),
            goal=str(self.query_one("#list-goal", ChoiceLine).value),
            cooldown_days=_days(self.text("list-cooldown")),
            guide=self.text("list-guide"),
            callers=self._callers(self.text("list-callers")),
        )
        self._change(draft)

    @work(exclusive=True, group="change")
    async def _change(self, draft: CallListDraft) -> None:
        """Save; where the filter is another one, ask first who is put on the list or taken off it by that."""
        row, take = self._row, (False, False)
        try:
            draft = draft.checked()
            if draft.filter_text and draft.filter_text != row.draft.filter_text:
                fit = partial(filter_fit, list_id=row.id, filter_text=draft.filter_text)
                found = await asyncio.to_thread(Errand(self._store).run, fit)
                chosen = await self._ask_who(found) if found is not None and any(found) else take
                if chosen is None:
                    return
                take = chosen
            change = partial(
                change_call_list, list_id=row.id, draft=draft, was=row.draft, take_in=take[0], take_off=take[1]
            )
            await asyncio.to_thread(Errand(self._store).run, change)
        except OrganiserError as error:
            self.say(str(error))
            return
        self.dismiss(True)

    async def _ask_who(self, found: FilterFit) -> tuple[bool, bool] | None:
        """Whether to take in who fits now, and to take off who does not any more; None for neither to save nor to."""
        left = self._row.left + self._row.blocked

        def choice(take_in: bool, take_off: bool, words: str) -> Choice[tuple[bool, bool]]:
            then = left + found.not_on_it * take_in - found.not_fitting * take_off
            to_call = ngettext("{n} to call then", "{n} to call then", then).format(n=f"{then:,}")
            return Choice((take_in, take_off), words, to_call)

        # No digit first: those pick.
        adds = ngettext("put on it the {n} who fits", "put on it the {n} who fit", found.not_on_it)
        drops = ngettext("take off the {n} who does not fit", "take off the {n} who do not fit", found.not_fitting)
        adds, drops = adds.format(n=f"{found.not_on_it:,}"), drops.format(n=f"{found.not_fitting:,}")
        choices = [choice(False, False, _("who is on it stays, nobody else"))]
        if found.not_fitting:
            choices.append(choice(False, True, drops))
        if found.not_on_it:
            choices.append(choice(True, False, adds))
        if all(found):
            choices.append(choice(True, True, _("both")))
        return await self.app.push_screen_wait(Choose(_("The filter is another one. Who is on the list now?"), choices))


def _days(text: str) -> int:
    """A number of days, 0 for an empty line; raises OrganiserError for what is none."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) > LONGEST_COOLDOWN:
        sentence = _("“{text}” is no number of days from 0 to {most}.")
        raise OrganiserError(sentence.format(text=text[:40], most=LONGEST_COOLDOWN))
    return int(text)


def _days_read_back(text: str) -> str:
    days = _days(text)
    said = ngettext("{n} day after anybody has tried her", "{n} days after anybody has tried her", days)
    return said.format(n=days) if days else ""
