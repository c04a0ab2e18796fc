"""Calls: the call lists, what the numbered order is, and the way into a call."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.call_lists import CallListDraft, ListState, hours_words, rules_words
from organiser_tui.domain.queue import rule_labels
from organiser_tui.store.call_lists import (
    CallListRow,
    call_lists,
    copy_call_list,
    filter_fit,
    refill_call_list,
    set_list_state,
)
from organiser_tui.store.errand import Errand
from organiser_tui.store.organisers import names_of
from organiser_tui.tui.drawing.days import instant_age
from organiser_tui.tui.drawing.folded import folded, in_lines
from organiser_tui.tui.drawing.labels import list_state_label
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, LINE, NOT_YET, QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import CallTable, RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.tui.dialogs.who_rang import Ringing

EVERYONE = 0
"""Stands in the list of lists for everyone in the campaign."""


class CallsPage(Page):
    """A list of call lists; everyone in the campaign is the last of them."""

    HELP = _(
        "Each line is a list of people to call for one purpose. The order in which they come stands below; "
        "enter starts with the first of them, p shows who is on the list without calling anybody."
    )
    FOOTER: ClassVar[Sequence[str]] = ("list.open", "calls.people", "calls.new", "calls.change", "calls.pause", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,l", "new_list", _("new list"), id="calls.new", tooltip=_("Makes a call list from a filter")),
        Binding("c", "call", _("call"), id="calls.call", show=False, tooltip=_("The same as enter")),
        Binding("p", "people", _("people"), id="calls.people", tooltip=_("Who is on it, and who can be called now")),
        Binding("b", "rang", _("rings back"), id="calls.rang", tooltip=_("Somebody rings: found by her number")),
        Binding("e", "change", _("change"), id="calls.change", tooltip=_("Its name, filter, days and hours")),
        Binding("z", "set_state('paused')", _("pause"), id="calls.pause", tooltip=_("Pauses it, or goes on with it")),
        Binding("d", "set_state('closed')", _("close"), id="calls.close", tooltip=_("Closes it, or opens it again")),
        Binding("y", "copy", _("copy"), id="calls.copy", tooltip=_("A list of the same people, to be called anew")),
        Binding("r", "refill", _("fill up"), id="calls.refill", tooltip=_("Takes in who has come to fit its filter")),
        Binding("o", "order", _("order"), id="calls.order", tooltip=_("Changes who is next: the numbered rules below")),
        Binding("q", "questions", _("questions"), id="calls.questions", tooltip=_("What its callers ask")),
        Binding("v", "answers", _("answers"), id="calls.answers", tooltip=_("How many answered what")),
        Binding("x", "sheet", _("sheet"), id="calls.sheet", tooltip=_("Writes the list as a contact sheet")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, CallListRow] = {}

    def body(self) -> ComposeResult:
        yield Static(id="calls-headline", classes="headline")
        yield CallTable(
            [
                Column("name", _("call list"), 24, grow=3, max_width=48, sortable=False),
                Column("left", _("left"), 5, align="right", sortable=False),
                Column("progress", _("done"), 18, grow=1, max_width=30, sortable=False),
                Column("purpose", _("purpose"), 16, grow=2, max_width=40, priority=0, sortable=False),
                Column("made", _("made"), 12, max_width=20, grow=1, sortable=False),
            ],
            self._read,
            self._draw,
            id="call-lists",
        )
        yield Static(id="calls-order", classes="rule-above headline")

    def load(self) -> None:
        self._rows = {row.id: row for row in call_lists(self.store)}
        ids = [*self._rows, EVERYONE]
        table = self.query_one(RecordTable)
        table.show(Ids(array("q", ids)), keep=table.record_id)
        today = self.store.today()
        mine = [row for row in self._rows.values() if row.draft.may_be_called_by(self.store.organiser_id)]
        called = [row for row in mine if not row.why_not_called(today)]
        left, open_lists = sum(row.left for row in called), len(called)
        headline = Text.assemble(
            (ngettext("{n} call to make", "{n} calls to make", left).format(n=f"{left:,}"), f"bold {NOT_YET}"),
            (
                " " + ngettext("on {n} open list", "on {n} open lists", open_lists).format(n=open_lists),
                STRONG,
            ),
        )
        if not self._rows:
            headline = Text.assemble(
                (_("No call list yet."), f"bold {NOT_YET}"),
                ("  " + _("n makes one; enter calls everyone in order."), QUIET),
            )
        self.query_one("#calls-headline", Static).update(headline)
        self._draw_order()
        table.focus()

    @on(RecordTable.Highlighted)
    def show_list(self) -> None:
        """What the list under the bar is for."""
        self._draw_order()

    def _about_list(self, width: int) -> list[Text]:
        """What the list under the bar is for, when somebody on it is done with, and what else was set."""
        row = self._rows.get(self.query_one(RecordTable).record_id or EVERYONE)
        if row is None:
            return []
        draft = row.draft
        parts = [draft.purpose, *rules_words(draft, self.store.today())]
        if draft.callers:
            parts.append(_("called by {names}").format(names=names_of(self.store, draft.callers)))
        words = safe(" · ".join(filter(None, parts)), QUIET)
        return folded(Text.assemble(safe(f"{row.name}  ", STRONG), words, end=""), width, most=3)

    def _draw_order(self) -> None:
        width = max(self.app.size.width - 5, 40)
        order = [Text.assemble((_("Who is next") + "  ", f"bold {REACHED}"), end="")]
        labels = rule_labels()
        for number, label in enumerate((labels[rule] for rule in self.store.queue_order), 1):
            order.append(Text.assemble((f"{number} ", f"bold {NOT_YET}"), (f"{label}   ", QUIET), end=""))
        lines = [*self._about_list(width), *in_lines(order, width)]
        self.query_one("#calls-order", Static).update(Text("\n").join(lines))

    def on_resize(self, _event: events.Resize) -> None:
        self._draw_order()

    def open_record(self, record_id: int) -> None:
        """The bar goes to one list."""
        self.reload()
        table = self.query_one(RecordTable)
        table.move_to(table.ids.row_of(record_id) or 0)

    def _read(self, ids: Sequence[int]) -> Mapping[int, CallListRow]:
        everyone = CallListRow(
            EVERYONE, CallListDraft(_("Everyone"), _("the whole campaign")), "open", "", 0, 0, 0, 0, 0
        )
        return {i: self._rows.get(i, everyone) for i in ids}

    def _draw(self, row: CallListRow, column: str, width: int) -> Text:
        if column == "name":
            state = "" if row.state == ListState.OPEN else list_state_label(row.state)
            if not state and row.why_not_called(self.store.today()):
                state = _("not today")
            # However long the name is, it is never a list that looks open and is not.
            room = width - len(state) - 2 if state else width
            name = fit(safe(row.name, STRONG if row.state == ListState.OPEN else QUIET), max(room, 1))
            name.rstrip()
            return fit(Text.assemble(name, (f"  {state}", NOT_YET)) if state else name, width)
        if column == "purpose":
            hours = hours_words(row.draft.hours_from, row.draft.hours_until)
            return fit(safe(" · ".join(part for part in (hours, row.draft.purpose) if part), QUIET), width)
        if row.id == EVERYONE:
            return Text()
        if column == "left":
            return Text(f"{row.left:,}")
        if column == "made":
            when = instant_age(row.made_at, self.store.today(), self.store.zone)
            return fit(safe(f"{when} · {row.made_by}" if row.made_by else when, QUIET), width)
        return self._progress(row, width)

    @staticmethod
    def _progress(row: CallListRow, width: int) -> Text:
        """A bar of what is done, with the figures in words beside it."""
        words = _("{done} of {all}").format(done=row.done + row.refused, all=row.targets)
        if row.blocked:
            words += " · " + _("{n} blocked").format(n=row.blocked)
        room = max(width - len(words) - 1, 0)
        full = round(room * (row.done + row.refused) / row.targets) if row.targets else 0
        return Text.assemble(("█" * full, KEPT), ("·" * (room - full), LINE), (f" {words}", QUIET))

    @on(RecordTable.Opened)
    def start(self, event: RecordTable.Opened) -> None:
        """Begin calling with the list under the cursor."""
        self.start_list(event.record_id or None)

    def action_call(self) -> None:
        row = self._under_bar()
        self.start_list(None if row is None else row.id)

    @work
    async def start_list(
        self, list_id: int | None, person_id: int | None = None, *, rang: Ringing | None = None
    ) -> None:
        """Call through a list (None: everyone), beginning with `person_id` where given."""
        if await self.organiser_app.call(self, list_id, first=person_id, rang=rang):
            self.reload()

    @work
    async def action_people(self) -> None:
        from organiser_tui.tui.pages.list_people import ListPeoplePage

        row = self._under_bar()
        await self.app.push_screen_wait(ListPeoplePage(self.store, row))
        self.reload()

    @work
    async def action_questions(self) -> None:
        from organiser_tui.tui.dialogs.questions import write_questions

        row = self._chosen()
        if row is not None:
            await write_questions(self, row)
            self.reload()

    @work
    async def action_answers(self) -> None:
        from organiser_tui.tui.pages.answers import AnswersPage

        row = self._chosen()
        if row is not None:
            await self.app.push_screen_wait(AnswersPage(self.store, row))
            self.reload()

    @work
    async def action_new_list(self) -> None:
        from organiser_tui.tui.dialogs.new_list import NewList

        made = await self.app.push_screen_wait(NewList(self.store))
        if made is not None:
            self.open_record(made)

    def _under_bar(self) -> CallListRow | None:
        """The list with the bar; None where it is on everyone."""
        return self._rows.get(self.query_one(RecordTable).record_id or EVERYONE)

    def _chosen(self) -> CallListRow | None:
        """The list with the bar; everyone, who are no list, are told so."""
        row = self._under_bar()
        if row is None:
            self.say(_("Everyone is no list of its own: choose one above, or make one with n."))
        return row

    @work
    async def action_rang(self) -> None:
        from organiser_tui.tui.dialogs.who_rang import who_rang

        ringing = await who_rang(self)
        if ringing is not None:
            self.start_list(None, rang=ringing)

    @work
    async def action_change(self) -> None:
        from organiser_tui.tui.dialogs.change_list import ChangeList

        row = self._chosen()
        if row is not None:
            await self.app.push_screen_wait(ChangeList(self.store, row))
            self.reload()

    def action_set_state(self, state: str) -> None:
        row = self._chosen()
        if row is None:
            return
        new = ListState.OPEN if row.state == state else ListState(state)
        with self.saying_errors():
            set_list_state(self.store, row.id, new, row.state)
            words = {
                ListState.OPEN: _("{name} is open again · u takes it back"),
                ListState.PAUSED: _("{name} is paused · z goes on with it"),
                ListState.CLOSED: _("{name} is closed · d opens it again"),
            }
            self.say(words[new].format(name=row.name))
        self.open_record(row.id)

    @work
    async def action_copy(self) -> None:
        from organiser_tui.tui.dialogs.ask_line import AskLine

        row = self._chosen()
        if row is None:
            return
        name = await self.app.push_screen_wait(AskLine(_("Copy of {name}").format(name=row.name), f"{row.name} 2"))
        if name is None:
            return
        with self.saying_errors():
            copy = partial(copy_call_list, list_id=row.id, name=name)
            made = await asyncio.to_thread(Errand(self.store).run, copy)
            if made is not None:
                self.open_record(made)

    @work
    async def action_refill(self) -> None:
        """Take in who fits, once it is known how many; in a thread, since a filter may ask everybody."""
        from organiser_tui.tui.dialogs.confirm import Confirm

        row = self._chosen()
        if row is None:
            return
        with self.saying_errors():
            fit = partial(filter_fit, list_id=row.id, filter_text=row.draft.filter_text)
            found = await asyncio.to_thread(Errand(self.store).run, fit)
            if found is None or not row.draft.filter_text or found.not_on_it == 0:
                nobody, no_filter = _("Nobody else fits {filter} now."), _("{name} has no filter: e writes one.")
                said = nobody if row.draft.filter_text else no_filter
                self.say(said.format(filter=row.draft.filter_text, name=row.name))
                return
            question = ngettext("Put {n} more person on {name}?", "Put {n} more people on {name}?", found.not_on_it)
            words = question.format(n=f"{found.not_on_it:,}", name=row.name)
            if await self.app.push_screen_wait(Confirm(safe(words), safe(row.draft.filter_text))):
                await asyncio.to_thread(Errand(self.store).run, partial(refill_call_list, list_id=row.id))
        self.reload()

    @work
    async def action_order(self) -> None:
        from organiser_tui.store.queue_order import set_queue_order
        from organiser_tui.tui.dialogs.queue_order import QueueOrder

        order = await self.app.push_screen_wait(QueueOrder(self.store.queue_order))
        if order is not None and order != self.store.queue_order:
            with self.saying_errors():
                set_queue_order(self.store, order)
                self.say(_("People are served in this order from now on · u takes it back"))
            self.reload()

    @work
    async def action_sheet(self) -> None:
        from organiser_tui.exchange.call_sheet import call_sheet
        from organiser_tui.tui.dialogs.sheet import make_sheet

        row = self._under_bar()
        if row is None:
            self.say(_("Choose a call list first: everyone is too many for a sheet."))
            return
        await make_sheet(self, row.name, ".pdf", partial(call_sheet, list_id=row.id, name=row.name))
