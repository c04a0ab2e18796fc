"""A new call list: whom it is of, and how it is called."""

from __future__ import annotations

import textwrap
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.errand import Errand
from organiser_tui.store.people import PeopleQuery, people_ids
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import NOT_YET, QUIET, STRONG
from organiser_tui.tui.widgets.filter_field import FilterField
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


_NAME_CELLS = 60


class NewList(Dialog[int]):
    """The id of the list that was made, or None. Without `people` a filter is asked for first."""

    FOOTER: ClassVar[Sequence[str]] = (
        *("new-list.make", "complete.take", "complete.down", "filter.kept", "filter.keep", "dialog.cancel"),
    )
    DEFAULT_CSS = """
    NewList {
        #dialog { width: 76; max-height: 96%; padding: 0 3; }
        .new-list-label { height: 1; color: $quiet; margin-top: 1; }
        #new-list-message { height: auto; min-height: 1; padding-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "make", _("make it"), id="new-list.make", tooltip=_("Makes the list under this name")),
    ]

    @dataclass
    class Made(Message):
        """The list stands in the file; `trouble` says why it does not."""

        list_id: int | None
        trouble: str = ""

    def __init__(
        self, store: Campaign, people: Sequence[int] | None = None, filter_text: str = "", *, name: str = ""
    ) -> None:
        super().__init__(_("New call list"))
        self._store = store
        self._people = people
        self._filter_text = filter_text
        self._name = name
        self._named = bool(name)
        self._making = False

    def body(self) -> ComposeResult:
        if self._people is None:
            yield Static(_("Who is on it"), classes="new-list-label")
            yield FilterField(self._store, self._filter_text, id="new-list-filter")
        else:
            words = ngettext("{n} person", "{n} people", len(self._people)).format(n=f"{len(self._people):,}")
            yield Static(Text.assemble((words, STRONG), " ", safe(self._filter_text, QUIET)), id="new-list-count")
        yield Static(_("Name"), classes="new-list-label")
        yield SafeInput(self._name or self._suggested_name(), id="new-list-name", max_length=80)
        yield Static(id="new-list-message")

    def on_mount(self) -> None:
        self._hint()

    def _hint(self) -> None:
        self._say(Text(_("enter on the name makes the list"), QUIET))

    def _suggested_name(self) -> str:
        day = short_day(self._store.today().isoformat(), self._store.today())
        what = self._filter_text.replace('"', "").replace(":", " ")
        # A word that is cut in the middle would be another word, and 9 another number than 90.
        short = textwrap.shorten(what, _NAME_CELLS, placeholder=" …")
        return f"{short} {day}" if what else _("Calls {day}").format(day=day)

    @on(Input.Changed, "#filter-text")
    def follow(self) -> None:
        """The name follows from the filter until one writes another; what was wrong with the filter is over."""
        self._filter_text = self.query_one(FilterField).text
        if not self._named:
            with self.prevent(Input.Changed):
                self.query_one("#new-list-name", Input).value = self._suggested_name()
        self._hint()

    @on(FilterField.Taken)
    def name_it(self) -> None:
        """The filter is settled: on to the name."""
        self.query_one("#new-list-name", Input).focus()

    @on(Input.Changed, "#new-list-name")
    def renamed(self, event: Input.Changed) -> None:
        """The name is the organiser's own from now on."""
        self._named = event.value != self._suggested_name()

    @on(Input.Submitted, "#new-list-name")
    def action_make(self) -> None:
        if self._making:
            return
        self._making = True
        self._say(Text(_("Making the list …"), QUIET))
        name = self.query_one("#new-list-name", Input).value
        self.run_worker(partial(self._make, name, self._filter_text), thread=True, exclusive=True, group="make")

    def action_cancel(self) -> None:
        """A list that is being made is not called off any more: it is taken back once it is there."""
        if self._making:
            self._say(Text(_("It is being made; u takes it back then."), NOT_YET))
        else:
            super().action_cancel()

    def _make(self, name: str, filter_text: str) -> None:
        """In a thread, because a list may be of everybody; it is one deed all the same."""
        try:
            made = Errand(self._store).run(partial(self._make_in, name, filter_text))
            self.post_message(self.Made(made))
        except OrganiserError as error:
            self.post_message(self.Made(None, str(error)))

    def _make_in(self, name: str, filter_text: str, twin: Campaign) -> int:
        people = self._people
        if people is None:
            found = array("q")
            for ids in people_ids(twin, PeopleQuery(parse_filter(filter_text))):
                found.extend(ids)
            people = found
        return make_call_list(twin, CallListDraft(name, filter_text=filter_text), people)

    @on(Made)
    def made(self, event: Made) -> None:
        """Leave with the list, or say what is wrong."""
        self._making = False
        if event.list_id is None:
            self._say(Text.assemble(("! ", f"bold {NOT_YET}"), safe(event.trouble, NOT_YET)))
        else:
            self.dismiss(event.list_id)

    def _say(self, words: Text) -> None:
        self.query_one("#new-list-message", Static).update(words)
