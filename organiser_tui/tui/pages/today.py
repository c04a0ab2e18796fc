"""Today: what is due now, the next event, and what is slipping; one key acts on each line."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.due import DueKind
from organiser_tui.domain.tasks import TaskEnd
from organiser_tui.store.call_drafts import left_call
from organiser_tui.store.gatherings import EventLine, undecided_about
from organiser_tui.store.groups import GroupLine
from organiser_tui.store.reminding import EventReminder, note_reminded
from organiser_tui.store.today import DueLine, Today, finish, today_of
from organiser_tui.tui.drawing.bars import sparkline
from organiser_tui.tui.drawing.days import due_words
from organiser_tui.tui.drawing.labels import event_kind_label
from organiser_tui.tui.drawing.today import reminder_cell, today_headline
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import CallTable, RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.tui.dialogs.who_rang import Ringing

_WIDE = 100


class TodayLine(NamedTuple):
    """One line of the page: something due, a group that is losing, the next event, or whom to remind of one."""

    due: DueLine | None = None
    group: GroupLine | None = None
    event: EventLine | None = None
    reminder: EventReminder | None = None

    def is_about(self, other: TodayLine) -> bool:
        """Whether both are the same thing, however its words have changed."""
        if self.due is not None and other.due is not None:
            return self.due[:3] == other.due[:3]
        if self.group is not None and other.group is not None:
            return self.group.id == other.group.id
        if self.reminder is not None and other.reminder is not None:
            return self.reminder.event_id == other.reminder.event_id
        return self.event is not None and other.event is not None and self.event.id == other.event.id


class TodayTable(CallTable[TodayLine]):
    """Lines of which most are about somebody to call; a group or an event has a list of those to call about it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *CallTable.BINDINGS,
        Binding(
            "enter", "open_event", _("list them"), id="today.list", tooltip=_("Makes a call list of those not decided")
        ),
        Binding("enter", "open_group", _("open"), id="today.group", tooltip=_("Who stayed away, and what was seen")),
    ]
    opens: str = "open"
    """The action by which enter opens the line under the bar."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One of the three is named below the page; each opens the line."""
        if action in ("open", "open_event", "open_group"):
            return action == self.opens
        return super().check_action(action, parameters)

    def action_open_event(self) -> None:
        self.action_open()

    def action_open_group(self) -> None:
        self.action_open()


class TodayPage(Page):
    """The first page of an evening."""

    HELP = _(
        "What you promised and what is due: call backs by the hour, follow-ups, forms out for two weeks. "
        "enter calls the person of the line, opens a group that is warned of, or lists whom to call about an event; "
        "c begins with the queue. Who said she comes to an event stands here three days and one day before: d notes "
        "that all were reminded."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        "today.call",
        "list.open",
        "today.list",
        "today.group",
        "today.done",
        "today.rang",
        "help",
        "quit",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "call", _("start calling"), id="today.call", tooltip=_("Serves whoever is next in the campaign")),
        Binding("d", "done", _("done"), id="today.done", tooltip=_("The promise is kept, or the reminder is sent")),
        Binding("b", "rang", _("rings back"), id="today.rang", tooltip=_("Somebody rings: found by her number")),
        Binding("p", "person", _("person"), id="today.person", tooltip=_("Her own page, before you call")),
        Binding("w", "who", _("who works"), id="today.who", tooltip=_("Chooses who is working")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._lines: dict[int, TodayLine] = {}
        self._of = ""
        """Whose lines stand here."""

    def body(self) -> ComposeResult:
        yield Static(id="today-headline", classes="headline")
        yield TodayTable(
            [
                Column("when", _("due"), 10, max_width=20, grow=1, priority=9, sortable=False),
                Column("what", _("what"), 9, max_width=12, grow=1, priority=8, sortable=False),
                Column("who", _("who"), 20, grow=2, max_width=32, priority=9, sortable=False),
                Column("about", _("about"), 24, grow=5, max_width=70, priority=5, sortable=False),
                Column("provider", _("provider"), 16, grow=2, max_width=34, priority=1, sortable=False),
                Column("by", _("promised by"), 11, grow=1, max_width=16, priority=3, sortable=False),
            ],
            self._read,
            self._draw,
            empty_text=Text(_("Nothing is due. c starts calling whoever is next; page 2 has the call lists."), QUIET),
            id="today-lines",
        )

    def load(self) -> None:
        today = today_of(self.store)
        sections = {
            _("yours"): [TodayLine(due=due) for due in today.due if due.own],
            _("events and groups"): [
                *(TodayLine(reminder=reminder) for reminder in today.reminders),
                *([TodayLine(event=today.event)] if today.event else []),
                *(TodayLine(group=group) for group in today.groups),
            ],
            _("of others"): [TodayLine(due=due) for due in today.due if not due.own],
        }
        ids = array("q")
        chosen, self._lines = self._chosen(), {}
        table = self.query_one(RecordTable)
        keep = table.record_id
        if self._of != self.organiser_app.organiser:  # somebody else's Today begins with what is theirs
            chosen, keep, self._of = None, None, self.organiser_app.organiser
        table.headings = {-n: Text(heading, f"bold {REACHED}") for n, heading in enumerate(sections, 1)}
        for n, lines in enumerate(sections.values(), 1):
            if lines:
                ids.append(-n)
            for line in lines:
                ids.append(len(self._lines))
                if chosen is not None and line.is_about(chosen):
                    keep = len(self._lines)  # the bar stays on her, whatever came in above
                self._lines[len(self._lines)] = line
        table.show(Ids(ids), keep=keep)
        self.query_one("#today-headline", Static).update(self._headline(today))
        table.focus()

    def _headline(self, today: Today) -> Text:
        if not today.ready:
            return Text.assemble(
                (_("Nobody is in this campaign yet."), f"bold {NOT_YET}"),
                ("  " + _("8 brings in a list, 3 then n enters a person."), QUIET),
                ("\n" + _("You work as") + " ", QUIET),
                safe(self.organiser_app.organiser, STRONG),
                (": " + _("w changes that."), QUIET),
            )
        room = max(self.size.width - 6, 40)
        text = today_headline(today.due, today.coming, self.store.today(), room, more=today.more_due)
        left = left_call(self.store)
        if left is not None:
            words = _("The call with {name} was not ended: c goes on with it.").format(name=left.name)
            return text.append("\n").append_text(safe(words, NOT_YET))
        now = self.store.wall_now()
        if self.size.width >= _WIDE:
            text.append_text(safe(f"   {self.store.setting('name')}   {now:%H:%M}", QUIET))
        return text

    def _read(self, ids: Sequence[int]) -> Mapping[int, TodayLine]:
        return {i: self._lines[i] for i in ids if i in self._lines}

    def _draw(self, line: TodayLine, column: str, width: int) -> Text:
        if line.due is not None:
            return fit(self._due_cell(line.due, column, width), width)
        if line.group is not None:
            return fit(self._group_cell(line.group, column), width)
        if line.reminder is not None:
            return fit(reminder_cell(line.reminder, column, self.store.wall_now()), width)
        return fit(self._event_cell(line.event, column), width) if line.event is not None else Text()

    def _due_cell(self, due: DueLine, column: str, width: int) -> Text:
        match column:
            case "when":
                words = due_words(due.due, self.store.wall_now())
                return Text(f"! {words}" if due.overdue else words, OVERDUE if due.overdue else STRONG)
            case "what":
                kinds = {
                    DueKind.CALL_BACK: _("call back"),
                    DueKind.PROMISE: _("follow-up"),
                    DueKind.FORM: _("form"),
                    DueKind.SUPPORT: _("support"),
                    DueKind.REQUEST: _("asks you") if due.own else _("asks"),
                    DueKind.TASK: _("task"),
                    DueKind.WELCOME: _("welcome"),
                    DueKind.HANDED_OVER: _("for you") if due.own else _("handed on"),
                }
                return Text(kinds[due.kind], NOT_YET if due.own else QUIET)
            case "who":
                return safe(due.name, f"bold {STRONG}" if due.own else "")
            case "about":
                # Whose it is has no column of its own in a narrow window.
                theirs = due.organiser if not due.own and self.size.width < _WIDE else ""
                return safe(": ".join(filter(None, (theirs, due.about))))
            case "provider":
                return safe(due.provider, QUIET)
            case _:
                return safe(_("you") if due.own else due.organiser, QUIET)

    def _group_cell(self, group: GroupLine, column: str) -> Text:
        match column:
            case "when":
                return Text(_("! warning"), OVERDUE)
            case "what":
                return Text(_("group"), NOT_YET)
            case "who":
                return safe(group.name, STRONG)
            case "about":
                return sparkline(group.came[-8:]).append_text(safe(" " + "; ".join(w.seen for w in group.warnings)))
            case "by" if len(group.warnings) > 1:
                return Text(_("{n} warnings").format(n=len(group.warnings)), NOT_YET)
            case _:
                return Text()

    def _event_cell(self, event: EventLine, column: str) -> Text:
        match column:
            case "when":
                return safe(due_words(event.starts, self.store.wall_now()), REACHED)
            case "what":
                return safe(event_kind_label(event.kind), REACHED)
            case "who":
                return safe(event.name, STRONG)
            case "about":
                said = _("{invited} invited, {yes} yes, {no} no").format(
                    invited=event.invited, yes=event.yes, no=event.no
                )
                parts = (event.starts[11:], said, event.place)
                return safe(" · ".join(part for part in parts if part), QUIET)
            case _:
                return Text()

    # Keys

    def _chosen(self) -> TodayLine | None:
        table = self.query_one(RecordTable)
        return self._lines.get(table.record_id) if table.record_id is not None else None

    @on(RecordTable.Highlighted)
    def name_enter(self, _event: RecordTable.Highlighted) -> None:
        """Say below the page what enter does on this line."""
        table, line = self.query_one(TodayTable), self._chosen()
        opens = "open" if line is None or line.due is not None else "open_group" if line.group else "open_event"
        if opens != table.opens:
            table.opens = opens
            self.refresh_bindings()

    @on(RecordTable.Opened)
    def open_line(self, _event: RecordTable.Opened) -> None:
        """Call the person of the line; open a group; of an event, make a list of those whom to call about it."""
        line = self._chosen()
        if line is None:
            return
        if line.due is not None:
            self._call(line.due.person_id)
        elif line.group is not None:
            self._open_group(line.group.id)
        elif line.reminder is not None:
            name = _("{event}: remind").format(event=line.reminder.name)
            self._list_of(line.reminder.people, name, _("Everybody is reminded."))
        elif line.event is not None:
            name = _("{event}: undecided").format(event=line.event.name)
            self._list_of(
                undecided_about(self.store, line.event.id), name, _("Everybody who was invited has answered.")
            )

    @work
    async def _open_group(self, group_id: int) -> None:
        from organiser_tui.tui.pages.group import GroupPage

        await self.app.push_screen_wait(GroupPage(self.store, group_id))
        self.reload()

    @work
    async def _list_of(self, people: Sequence[int], name: str, nobody: str) -> None:
        if people:
            await self.organiser_app.make_call_list(people, name=name)
        else:
            self.say(nobody)

    def action_call(self) -> None:
        self._call(None)

    @work
    async def action_person(self) -> None:
        from organiser_tui.tui.pages.person import PersonPage

        line = self._chosen()
        if line is None or line.due is None:
            self.say(_("This line is about no single person: choose one that is, then p shows her page."))
            return
        await self.app.push_screen_wait(PersonPage(self.store, line.due.person_id))
        self.reload()

    @work
    async def _call(self, person_id: int | None, *, rang: Ringing | None = None) -> None:
        if await self.organiser_app.call(self, None, first=person_id, rang=rang):
            self.reload()

    @work
    async def action_done(self) -> None:
        from organiser_tui.tui.dialogs.short_answers import ask_what_told
        from organiser_tui.tui.dialogs.take_task import ask_end

        line = self._chosen()
        if line is not None and line.reminder is not None:
            self._reminded(line.reminder)
            return
        if line is None or line.due is None:
            self.say(_("Choose something that is due: then d marks it as done."))
            return
        due, told, how = line.due, "", TaskEnd.DONE
        if due.kind is DueKind.TASK:
            ended = await ask_end(self, due.name, due.about)
            if ended is None:
                return
            how = ended
        if due.kind is DueKind.REQUEST:
            words = await ask_what_told(self, due.name, due.about)
            if words is None:
                return
            told = words
        with self.saying_errors():
            done = finish(self.store, due, told, how)
            self.say(_("{name}: {done} · u takes it back").format(name=due.name, done=done))
        self.reload()

    def _reminded(self, reminder: EventReminder) -> None:
        with self.saying_errors():
            people = note_reminded(self.store, reminder.event_id)
            words = ngettext("{n} person is reminded", "{n} people are reminded", people).format(n=people)
            self.say(words + " · " + _("u takes it back"))
        self.reload()

    @work
    async def action_rang(self) -> None:
        from organiser_tui.tui.dialogs.who_rang import who_rang

        ringing = await who_rang(self)
        if ringing is not None:
            self._call(None, rang=ringing)

    @work
    async def action_who(self) -> None:
        from organiser_tui.tui.dialogs.who import ask_who

        if await ask_who(self):
            self.reload()
