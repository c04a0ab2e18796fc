"""The field in which a filter is written: what is wrong with it, whom it finds, what may be written next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filter_writing import Place, part_at
from organiser_tui.domain.filters import Filter, loose_words, parse_filter
from organiser_tui.store.damage import damage_told
from organiser_tui.store.errand import Errand
from organiser_tui.store.people import PeopleQuery, count_people, empty_part
from organiser_tui.store.saved_filters import SavedFilter, end_filter, save_filter, saved_filters
from organiser_tui.store.suggesting import words_like
from organiser_tui.tui.drawing.filters import completion, empty_words, loose_words_told
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET
from organiser_tui.tui.widgets.completing import CompletingField, Completion
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class FilterField(Vertical):
    """`text` is the filter as written; a filter that is not understood is never taken."""

    DEFAULT_CSS = """
    FilterField { height: auto; }
    FilterField #filter-message { height: auto; min-height: 1; }
    FilterField CompletingField { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "choose_kept", _("kept ones"), id="filter.kept", tooltip=_("Filters that have a name")),
        Binding("f3", "keep", _("keep"), id="filter.keep", tooltip=_("Keeps this filter under a name")),
    ]

    @dataclass
    class Taken(Message):
        """`enter` on a filter that is understood."""

        text: str

    @dataclass
    class Counted(Message):
        """How many people the filter `asked` finds, which `reading` counted: another may be written there by now."""

        reading: Errand
        asked: Filter | None
        found: int
        empty_part: str = ""
        """Where nobody is found: the part that alone finds nobody."""

    def __init__(self, store: Campaign, text: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._store = store
        self._first = text
        self._reading = Errand(store)
        self._trouble = ""

    def compose(self) -> ComposeResult:
        yield CompletingField(
            self._complete,
            self._first,
            placeholder=_("region:koroška and not signed:yes"),
            input_id="filter-text",
            takes_only=True,
        )
        yield Static(id="filter-message")

    def on_mount(self) -> None:
        self.move_child(self.query_one("#filter-message"), before=0)
        self.query_one(CompletingField).input.cursor_position = len(self._first)
        self._look()

    def on_unmount(self) -> None:
        self._reading.stop()

    @property
    def text(self) -> str:
        """The filter as written."""
        return " ".join(self.query_one(CompletingField).input.value.split())

    def _complete(self, text: str, cursor: int) -> Completion:
        return completion(text, cursor, partial(words_like, self._store))

    @on(Input.Changed)
    def _changed(self) -> None:
        self._look()

    def _look(self) -> None:
        """Read the filter anew; what was still being counted is called off."""
        self._reading.stop()
        try:
            asked = parse_filter(self.text)
        except OrganiserError as error:
            self._trouble = str(error)
            field = self.query_one(CompletingField).input
            part = part_at(field.value, field.cursor_position)
            writing = not part.typed and part.place is not Place.JOINER
            self._say(safe(self._trouble, QUIET) if writing else self._blame())
            return
        self._trouble = ""
        self._say(Text(_("counting …"), QUIET))
        self._reading = Errand(self._store)
        ask = partial(self._count, self._reading, asked)
        self.run_worker(partial(self._run, self._reading, ask), thread=True, exclusive=True, group="filter")

    def _run(self, reading: Errand, ask: Callable[[Campaign], None]) -> None:
        """In the thread: a file that is gone or damaged is told in a sentence, where the count would stand."""
        try:
            with damage_told(self._store.path):
                reading.run(ask)
        except OrganiserError as error:
            self.app.call_from_thread(self._say, safe(str(error), NOT_YET))

    def _count(self, reading: Errand, asked: Filter | None, twin: Campaign) -> None:
        found = count_people(twin, PeopleQuery(asked))
        part = "" if found else empty_part(twin, PeopleQuery(asked))
        self.post_message(self.Counted(reading, asked, found, part))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        event.stop()
        if event.reading is self._reading:
            words = ngettext("{n} person", "{n} people", event.found).format(n=f"{event.found:,}")
            said = Text(words, f"bold {KEPT if event.found else NOT_YET}", end="").append("  ")
            loose = loose_words_told(loose_words(event.asked))
            self._say(said.append_text(empty_words(event.empty_part) if event.empty_part else loose))

    def _blame(self) -> Text:
        return Text.assemble(("! ", f"bold {NOT_YET}"), safe(self._trouble, NOT_YET))

    def _say(self, words: Text) -> None:
        self.query_one("#filter-message", Static).update(words)

    @work
    async def action_choose_kept(self) -> None:
        """Put a filter that has a name into the field, behind what stands there."""
        from organiser_tui.tui.dialogs.choose import Choice, Choose

        held = saved_filters(self._store)
        kept = [Choice(one.filter_text, one.name, one.filter_text) for one in held]
        own = [one for one in held if one.id]
        if own:
            kept.append(Choice("", _("take one of ours out …")))
        chosen = await self.app.push_screen_wait(Choose(_("Which filter?"), kept))
        if chosen == "":
            await self._take_out(own)
        elif chosen is not None:
            field = self.query_one(CompletingField).input
            # What is not understood yet is half a word: it is replaced.
            field.value = f"({self.text}) and ({chosen})" if self.text and not self._trouble else chosen
            field.cursor_position = len(field.value)
            field.focus()

    async def _take_out(self, own: Sequence[SavedFilter]) -> None:
        from organiser_tui.tui.dialogs.choose import Choice, Choose

        choices = [Choice(one, one.name, one.filter_text) for one in own]
        gone = await self.app.push_screen_wait(Choose(_("Which one is not kept any more?"), choices))
        if gone is not None:
            try:
                end_filter(self._store, gone.id)
                self._say(safe(_("{name} is taken out: u takes it back.").format(name=gone.name), KEPT))
            except OrganiserError as error:
                self._say(safe(str(error), NOT_YET))

    @work
    async def action_keep(self) -> None:
        """Keep the filter under a name; what is wrong with it or with the name is said where the count stands."""
        from organiser_tui.tui.dialogs.ask_line import AskLine

        if self._trouble or not self.text:
            self._say(self._blame() if self._trouble else Text(_("There is no filter to keep yet."), NOT_YET))
            return
        name = await self.app.push_screen_wait(AskLine(_("Under which name is this filter kept?")))
        if name is not None:
            try:
                save_filter(self._store, name, self.text)
                self._say(safe(_("Kept as {name}: f2 has it.").format(name=name), KEPT))
            except OrganiserError as error:
                self._say(safe(str(error), NOT_YET))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.take()

    def take(self) -> None:
        """Take the filter as it stands, unless it is not understood: then say why."""
        if self._trouble:
            self._say(self._blame())
        else:
            self.post_message(self.Taken(self.text))
