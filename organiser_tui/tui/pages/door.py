"""The door of an event: two letters, enter, present. Each arrival is saved at once."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Digits, Input, Static

from organiser_tui.domain.folding import fold
from organiser_tui.store.events import GuestRow, check_in, event_row, guests_of, others_found, refuse_not_held
from organiser_tui.tui.drawing.events import guest_cell
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_FEW = 3
"""Fewer letters are not looked for among all others: nearly everybody would be found. Nor where guests fit."""


class DoorPage(Page):
    """A field in which a name is begun, and below it those whom it fits."""

    AUTO_FOCUS = "#door-name"
    HELP = _(
        "Begin a name, or both with a blank between, or an initial with the beginning of the other name (jno is J. "
        "Novak): enter checks in whoever has the bar, a digit whoever stands behind it. "
        "Those who were invited stand first; from three letters on others of the campaign, who walked in, are found, "
        "too. ctrl+n enters somebody who is not in the campaign yet; ctrl+b says who brought whoever came last."
    )
    FOOTER: ClassVar[Sequence[str]] = ("door.take", "door.new", "door.brought", "door.undo", "back", "help.always")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding(
            "enter", "take", _("is here"), id="door.take", tooltip=_("Checks in whoever has the bar"), priority=True
        ),
        Binding("ctrl+n", "new", _("new"), id="door.new", tooltip=_("Enters somebody, who is here"), priority=True),
        Binding("ctrl+b", "brought", _("brought by"), id="door.brought", tooltip=_("Who brought her"), priority=True),
        Binding("ctrl+z", "undo", _("undo"), id="door.undo", tooltip=_("Takes the last one back"), priority=True),
    ]

    def __init__(self, store: Campaign, event_id: int) -> None:
        super().__init__(store)
        self._event_id = event_id
        self._guests: dict[int, GuestRow] = {}
        self._words: dict[int, list[str]] = {}
        self._found: dict[int, GuestRow] = {}
        self._places: dict[int, int] = {}
        """The digit that stands before each of the first."""
        self._typed = ""
        """For what those below were looked for."""
        self._last: int | None = None
        """Who was checked in last."""

    def body(self) -> ComposeResult:
        with Horizontal(id="door-counts"):
            yield Digits("0", id="door-here")
            yield Static(id="door-headline")
        yield SafeInput(id="door-name", placeholder=_("two letters of a name"))
        yield Static(id="door-said")
        yield RecordTable(
            [
                Column("place", "", 1, priority=9, sortable=False),
                Column("name", _("name"), 26, grow=2, max_width=40, priority=9, sortable=False),
                Column("provider", _("provider"), 20, grow=3, max_width=44, priority=7, sortable=False),
                Column("answer", _("said"), 14, max_width=16, priority=6, sortable=False),
                Column("came", _("came"), 7, max_width=9, priority=8, sortable=False),
            ],
            self._read,
            lambda row, column, _width: self._cell(row, column),
            empty_text=Text(_("Nobody fits. ctrl+n enters somebody who is not in the campaign yet."), QUIET),
            id="door-list",
        )

    def on_mount(self) -> None:
        super().on_mount()
        with self.saying_errors():
            refuse_not_held(self.store, self._event_id)

    def load(self) -> None:
        with self.saying_errors():
            self._guests = {guest.id: guest for guest in guests_of(self.store, self._event_id)}
            self._words = {
                guest.id: [*fold(guest.family).split(), *fold(guest.given).split()] for guest in self._guests.values()
            }
            if self._last is not None and not (self._last in self._guests and self._guests[self._last].came):
                self._last = None
            self._draw()
            self._look(self.query_one("#door-name", Input).value)

    def _draw(self) -> None:
        row = event_row(self.store, self._event_id)
        here = sum(guest.came for guest in self._guests.values())
        self.query_one("#door-here", Digits).update(f"{here:,}")
        invited = sum(guest.invited for guest in self._guests.values())
        missing = sum(guest.answer == "yes" and not guest.came for guest in self._guests.values())
        lines = [
            safe(row.name, f"bold {STRONG}"),
            Text(_("here, of {n} invited").format(n=f"{invited:,}"), QUIET),
            Text(_("{n} more said yes").format(n=f"{missing:,}"), QUIET),
        ]
        self.query_one("#door-headline", Static).update(Text("\n").join(lines))

    def _read(self, ids: Sequence[int]) -> Mapping[int, GuestRow]:
        return {i: self._found[i] for i in ids if i in self._found}

    def _cell(self, row: GuestRow, column: str) -> Text:
        if column == "place":
            place = self._places.get(row.id, 0)
            return Text(str(place) if place else "", NOT_YET)
        return guest_cell(row, column)

    @on(Input.Changed, "#door-name")
    def look(self, event: Input.Changed) -> None:
        """Every letter narrows those who stand below; a digit is none, and picks the one behind it."""
        # One that came with other digits, as with a number that is pasted, is looked for.
        digit = event.value.removeprefix(self._typed) if self._typed.strip() else ""
        picked = next((person for person, place in self._places.items() if str(place) == digit), None)
        if picked is not None:
            event.input.value = self._typed
            self._check_in(picked)
        else:
            with self.saying_errors():
                self._look(event.value)

    def _look(self, text: str) -> None:
        """Guests first: those who are not here yet, of them who said yes; then, of whoever walks in, the others."""
        self._typed = text
        terms = fold(text).split()
        fitting = [guest for guest in self._guests.values() if _fits(self._words[guest.id], terms)]
        fitting.sort(key=lambda guest: (guest.came, guest.answer != "yes", guest.answer in ("no", "withdrawn")))
        if len("".join(terms)) >= _FEW and len(fitting) < _FEW:
            fitting += others_found(self.store, text, list(self._guests))
        self._found = {guest.id: guest for guest in fitting}
        self._places = {guest.id: place for place, guest in enumerate(fitting[:9], 1)} if terms else {}
        table = self.query_one(RecordTable)
        table.forget()
        table.show(Ids(array("q", self._found)))

    def on_key(self, event: events.Key) -> None:
        """The arrows move the bar, though the field keeps the letters."""
        if event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            table = self.query_one(RecordTable)
            step = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}[event.key]
            table.move_to(max(0, min(table.cursor + step, table.ids.total - 1)))

    def action_back(self) -> None:
        """What is typed goes first; with nothing typed the door is left."""
        field = self.query_one("#door-name", Input)
        if field.value:
            field.value = ""
        else:
            self.dismiss()

    def action_take(self) -> None:
        """Whoever has the bar is here; with nothing typed nobody is meant."""
        typed = self.query_one("#door-name", Input).value
        if typed != self._typed:  # enter came before the last letters were looked for
            with self.saying_errors():
                self._look(typed)
        person = self.query_one(RecordTable).record_id
        if not self.query_one("#door-name", Input).value.strip():
            self.tell(Text(_("Begin a name first."), QUIET))
        elif person is not None:
            self._check_in(person)

    def _check_in(self, person: int, brought_by: int | None = None) -> None:
        guest = self._found.get(person)
        with self.saying_errors():
            check_in(self.store, self._event_id, person, brought_by)
            self._last = person
            self.query_one("#door-name", Input).value = ""
            self.load()
            guest = self._guests.get(person, guest)
            if guest is not None:
                words = _("{name} is here").format(name=guest.name)
                self.tell(safe(f"✓ {words}" + (f" · {guest.provider}" if guest.provider else ""), f"bold {KEPT}"))

    def tell(self, words: Text) -> None:
        """Say something under the field."""
        self.query_one("#door-said", Static).update(words)

    def after_undo(self, person_id: int | None) -> None:
        self._last = None
        self.load()
        self.tell(Text(""))

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.person_form import PersonForm

        made = await self.app.push_screen_wait(PersonForm(self.store))
        if made is not None:
            self._check_in(made)

    @work
    async def action_brought(self) -> None:
        """Who brought whoever was checked in last: one of those who are here."""
        from organiser_tui.store.events import note_brought
        from organiser_tui.tui.dialogs.choose import Choice, Choose

        person = self._last
        if person is None:
            self.tell(Text(_("Check somebody in first: then ctrl+b says who brought her."), QUIET))
            return
        here = [guest for guest in self._guests.values() if guest.came and guest.id != person]
        question = safe(_("Who brought {name}?").format(name=self._guests[person].name))
        choices = [Choice(guest.id, guest.name, guest.provider) for guest in here]
        brought = self._guests[person].name
        by = await self.app.push_screen_wait(Choose(question, choices))
        if by is not None:
            who = next(guest.name for guest in here if guest.id == by)
            with self.saying_errors():
                note_brought(self.store, self._event_id, person, by)
                self.load()
                self.tell(safe(_("{name} was brought by {who}").format(name=brought, who=who), KEPT))


def _fits(words: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether each term begins a word of the name of its own; "jno" is J. Novak, too, by initial and beginning."""
    if len(terms) == 1 and len(terms[0]) > 1:
        initial, beginning = terms[0][0], terms[0][1:]
        for place, word in enumerate(words):
            others = [*words[:place], *words[place + 1 :]]
            if word.startswith(initial) and any(other.startswith(beginning) for other in others):
                return True
    left = list(words)
    for term in terms:
        fitting = next((word for word in left if word.startswith(term)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True
