"""Tasks: who took what on, what is due, and how it ended."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.tasks import Outcome, end_words, task_words
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.errand import Errand
from organiser_tui.store.tasks import (
    TaskRow,
    colleagues_of,
    end_pledge,
    end_task,
    ended_tasks,
    open_pledges,
    open_tasks,
    outcomes_of,
    take_task,
    tasks_of,
    who_brought_whom,
)
from organiser_tui.tui.drawing.tasks import spread_lines, task_cell
from organiser_tui.tui.page import Page
from organiser_tui.tui.themes import NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext


class TasksPage(Page):
    """One line a task, those that are overdue first."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "What people took on. d notes how it ended: done, not done, or excused with notice; what is done after its day "
        "is done late, which counts as kept. Nobody can be counted on without one. What somebody has promised "
        "otherwise (a pledge, to bring someone) stands below: d notes whether she did it. l makes a call list of the "
        "colleagues whom a task names; w shows who brought whom."
    )
    FOOTER: ClassVar[Sequence[str]] = ("tasks.ended", "tasks.new", "tasks.list", "list.open", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("d", "ended", _("how it ended"), id="tasks.ended", tooltip=_("Done, not done, excused")),
        Binding("n", "new", _("new task"), id="tasks.new", tooltip=_("Who takes on what")),
        Binding("l", "call_list", _("call list"), id="tasks.list", tooltip=_("Of the colleagues it names")),
        Binding("w", "spread", _("who brought whom"), id="tasks.spread", tooltip=_("By generation and provider")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, TaskRow] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._pledges: list[TaskRow] = []
        self._reading: Errand | None = None

    def body(self) -> ComposeResult:
        yield Static(id="tasks-headline", classes="headline")
        yield RecordTable(
            [
                Column("due", _("due"), 9, max_width=12, priority=9, sortable=False),
                Column("name", _("who"), 18, grow=1, max_width=32, priority=9, sortable=False),
                Column("what", _("task"), 20, grow=4, max_width=48, priority=8, sortable=False),
                Column("result", _("result"), 18, grow=1, max_width=32, priority=7, sortable=False),
                Column("open", _("open"), 4, align="right", priority=4, sortable=False),
                Column("event", _("event"), 14, grow=2, max_width=32, priority=3, sortable=False),
                Column("provider", _("provider"), 16, grow=2, max_width=40, priority=2, sortable=False),
            ],
            self._read,
            lambda row, column, _w: task_cell(row, column, self._outcomes.get(row.id), self.store.today()),
            empty_text=Text(_("Nobody has taken anything on yet. n notes who does what by when."), QUIET),
            id="tasks-list",
        )

    def load(self) -> None:
        self._show()
        self._read_pledges()

    @work(exclusive=True, group="ids")
    async def _read_pledges(self) -> None:
        """What was promised otherwise comes in from a thread: of most that were asked it is known what came of it."""
        if self._reading is not None:
            self._reading.stop()
        errand = self._reading = Errand(self.store)
        with self.saying_errors():
            pledges = await asyncio.to_thread(errand.run, open_pledges)
            if pledges is not None and pledges != self._pledges:
                self._pledges = pledges
                self._show()

    def on_unmount(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    def _show(self) -> None:
        open_ones, ended = open_tasks(self.store), ended_tasks(self.store)
        rows, pledges = tasks_of(self.store, [*open_ones, *ended]), self._pledges
        self._rows = {row.id: row for row in (*rows, *pledges)}
        self._outcomes = outcomes_of(self.store, rows)
        today = self.store.today().isoformat()
        table = self.query_one(RecordTable)
        sections = (
            (Text(_("overdue"), f"bold {NOT_YET}"), [row.id for row in rows if not row.how and "" < row.due < today]),
            (Text(_("taken on"), f"bold {REACHED}"), [r.id for r in rows if not r.how and not "" < r.due < today]),
            (Text(_("promised"), f"bold {REACHED}"), [row.id for row in pledges]),
            (Text(_("ended"), f"bold {REACHED}"), [row.id for row in rows if row.how]),
        )
        ids = array("q")
        table.headings = {}
        for place, (heading, tasks) in enumerate(sections, 1):
            if tasks:
                table.headings[-place] = heading
                ids.append(-place)
                ids.extend(tasks)
        table.forget()
        table.show(Ids(ids), keep=table.record_id)
        self.query_one("#tasks-headline", Static).update(_headline(len(sections[0][1]), len(open_ones)))

    def _read(self, ids: Sequence[int]) -> Mapping[int, TaskRow]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    def _chosen(self) -> TaskRow | None:
        return self._rows.get(self.query_one(RecordTable).record_id or 0)

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """Her own page."""
        self.open_record(event.record_id)

    def open_record(self, record_id: int) -> None:
        from organiser_tui.tui.pages.person import PersonPage

        if record_id in self._rows:
            self.app.push_screen(PersonPage(self.store, self._rows[record_id].person_id))

    @work
    async def action_ended(self) -> None:
        from organiser_tui.tui.dialogs.take_task import ask_end

        row = self._chosen()
        if row is None or row.how:
            self.say(_("Choose a task that is open: d notes how it ended; u takes back what was noted wrong."))
            return
        how = await ask_end(self, row.name, task_words(row.kind, row.what))
        if how is not None:
            with self.saying_errors():
                ended = end_words((end_pledge if row.asked else end_task)(self.store, row.id, how))
                self.say(_("{name}: {done} · u takes it back").format(name=row.name, done=ended))
            self.reload()

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.someone import ask_someone
        from organiser_tui.tui.dialogs.take_task import ask_task

        who = await ask_someone(self, _("Who takes something on?"))
        draft = None if who is None else await ask_task(self, who.id, who.name)
        if who is None or draft is None:
            return
        with self.saying_errors():
            take_task(self.store, draft)
            what = task_words(draft.kind, draft.what)
            self.say(_("{name} takes on: {what} · u takes it back").format(name=who.name, what=what))
        self.reload()

    @work
    async def action_call_list(self) -> None:
        row = self._chosen()
        people = [] if row is None else colleagues_of(self.store, [row.id]).get(row.id, [])
        if row is None or not people:
            self.say(_("This task names no colleagues: one to call colleagues does."))
            return
        await self.organiser_app.make_call_list(people, name=_("{name} calls").format(name=row.name))

    @work
    async def action_spread(self) -> None:
        from organiser_tui.tui.dialogs.scrolled import WholeText

        await self.app.push_screen_wait(WholeText(spread_lines(who_brought_whom(self.store))))

    def after_undo(self, person_id: int | None) -> None:
        self.reload()


def _headline(overdue: int, taken: int) -> Text:
    words = ngettext("{n} open task", "{n} open tasks", taken).format(n=f"{taken:,}")
    text = Text.assemble((words, f"bold {STRONG}"))
    if overdue:
        text.append("   ").append(ngettext("{n} overdue", "{n} overdue", overdue).format(n=f"{overdue:,}"), OVERDUE)
    return text
