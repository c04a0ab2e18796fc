"""Inside a call: who is served and what is saved, by one key each. What stands there is call_panes.py's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from organiser_tui.domain.calls import Call
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import BY_EFFECT, Needs
from organiser_tui.store.sitting import Sitting
from organiser_tui.store.words import ask_choices
from organiser_tui.tui.dialogs.call_notes import NOTES, Note
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.outcomes import which_other
from organiser_tui.tui.dialogs.qr_code import bring_to_telephone
from organiser_tui.tui.dialogs.scrolled import WholeText
from organiser_tui.tui.dialogs.who_rang import Ringing, who_rang
from organiser_tui.tui.drawing.call import saved_words, sitting_words
from organiser_tui.tui.page import Page, Severity
from organiser_tui.tui.pages.call_beginning import Beginning
from organiser_tui.tui.pages.call_ending import Ending
from organiser_tui.tui.pages.call_keeping import Keeping
from organiser_tui.tui.pages.call_keys import IN_A_CALL, IN_A_LINE, WITH_NOBODY, call_bindings, in_force, worked_off
from organiser_tui.tui.safe import safe, safe_line
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.call_panes import CallPanes
from organiser_tui.tui.widgets.call_rows import FormRow
from organiser_tui.tui.widgets.key_bar import KeyBar
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.store.contacts import Logged
    from organiser_tui.store.person import PersonCard


class InCallPage(Page):
    """Serves the people of a list (None: everyone) one after the other until the organiser stops.

    It begins with `first`, the only one where there is no list; so is who `rang`. Who rings meanwhile comes in between.
    """

    TAB_LINE = False
    IN_CALL = True
    AUTO_FOCUS = ""
    HELP = _(
        "Dial the number, talk, note what you learn, and press the digit of the outcome: it saves everything, does to "
        "the person and her lists what stands beside it below, and shows the next one. u takes it back."
    )
    FOOTER = IN_A_CALL
    BINDINGS: ClassVar[list[BindingType]] = call_bindings()

    def __init__(
        self, store: Campaign, list_id: int | None, *, first: int | None = None, rang: Ringing | None = None
    ) -> None:
        super().__init__(store)
        self._sitting = Sitting(store, list_id)
        self._keeping = Keeping(self, self._sitting, lambda: self._form.noted)
        self._ending = Ending(self, self._sitting, lambda: self._panes, self._saved)
        self._beginning = Beginning(self, self._sitting, first, rang)
        self._alone = rang is not None or (first is not None and list_id is None)  # then it is this one call
        self._refused = ""
        """Why nobody is in the call though somebody was asked for; '' where nothing was refused."""
        self._said = ""
        """What was last saved, in words; '' where it was taken back."""

    @property
    def person_id(self) -> int | None:
        """Who is being called."""
        return self._sitting.person_id

    @property
    def _panes(self) -> CallPanes:
        return self.query_one(CallPanes)

    @property
    def _form(self) -> CallForm:
        return self._panes.form

    def body(self) -> ComposeResult:
        app = self.organiser_app
        yield CallPanes(self.store, self._sitting, me=app.organiser, warning=app.file_warning, id="call")

    def on_mount(self) -> None:
        self.watch(self, "focused", self._show_keys, init=False)
        self._keeping.begin()
        self._serve_next()

    def on_screen_suspend(self) -> None:
        self._panes.covered = isinstance(self.app.screen, ModalScreen)
        self._show_keys()

    def on_screen_resume(self) -> None:
        self._panes.covered = False
        self._show_keys()

    def on_unmount(self) -> None:
        self._keeping.end()

    def load(self) -> None:
        """Show anew what is known of whoever is in the call; nobody is served by it."""
        if self._sitting.card is not None:
            with self.saying_errors():
                self._sitting.look_again()
                self._draw()

    @work
    async def _begin(self) -> None:
        """The first call, once what comes before it is asked and answered."""
        with self.saying_errors():
            begun = await self._beginning.first()
            if not begun.any:
                self._end()
            elif self._sitting.card is None:  # else somebody has rung meanwhile: it comes after her
                self._beginning.over = True
                self._serve(begun.call)

    def _go_on(self) -> None:
        """After a call: back to the one in which somebody rang, else whoever is next, where it was not the only one."""
        if self._sitting.interrupted:
            self._resume()
        elif self._alone:
            self._end()
        else:
            self._serve_next()

    def _resume(self) -> None:
        """The call that waits, or whoever comes where nobody was in one."""
        call = self._sitting.resume()
        if call is not None:
            self._serve(call)
        else:
            self._serve_next()

    def _serve_next(self) -> None:
        """The first call, once; then whoever is next on the list."""
        if self._beginning.over:
            self._serve()
        else:
            self._begin()

    def _serve(self, call: Call | None = None) -> None:
        """Show `call`, or that with whoever is next."""
        sitting, form = self._sitting, self._form
        self._refused = ""
        try:
            sitting.serve(call)
        except OrganiserError as error:
            self._refused = str(error)
        self._panes.begin()
        noted = None
        if sitting.card is not None:
            form.clear(ask_choices(self.store, sitting.card), self.store.wall_now, sitting.asked)
            noted = sitting.noted_before()
            if noted is not None:
                form.note_again(noted)
        self._draw()
        self._keeping.read_ahead_soon()
        # Whoever was in the middle of a note writes on: typed letters must not be taken for issues.
        self.set_focus(self.query_one("#form-note", Input) if noted is not None and noted.writing else None)

    def _end(self) -> None:
        """Back to the page below, where it is said what came of it."""
        counts = self._sitting.counts()
        if counts.calls:  # above the keys of this page nobody would read it
            self.notify(safe_line(sitting_words(counts, self._said)), markup=False)
        self.dismiss(None)

    def before_leaving(self) -> str:
        return self._keeping.before_leaving(touched=self._touched)

    @property
    def _touched(self) -> bool:
        return self._sitting.card is not None and self._form.touched

    @property
    def _rings_in(self) -> bool:
        """Whether whoever is in the call rang in the middle of another, which waits."""
        return self._sitting.rang and self._sitting.interrupted

    def _draw(self) -> None:
        self._panes.draw(self._refused)
        if self._sitting.card is None:
            self.query_one(KeyBar).show(WITH_NOBODY)
        self._show_keys()

    def _show_keys(self) -> None:
        if self.focused is None or self.focused.id != "form-next":
            self._ending.call_off()
        if self._sitting.card is not None:
            # A line of the form takes letters: those that lead to other lines are none of the page's meanwhile.
            self.query_one(KeyBar).show(IN_A_LINE if isinstance(self.focused, FormRow) else self.FOOTER)
            self._panes.show_keys(self._ending.waits)

    def say(self, sentence: str, severity: Severity = "information") -> None:
        """Said above the keys: a toast would cover the next one's name and number."""
        if severity == "information":
            self._panes.tell(sentence)
        else:
            self._panes.warn(sentence)

    # Keys

    def on_key(self, event: events.Key) -> None:
        letter = event.character or ""
        # A letter typed into a field never comes up to here.
        if self._sitting.card is not None and letter.isalpha():
            if not self._form.toggle_issue(letter):
                return
            event.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        sitting = self._sitting
        said = in_force(
            *(action, parameters, self.focused),
            somebody=sitting.card is not None,
            refused=bool(self._refused),
            rings_in=self._rings_in,
        )
        return super().check_action(action, parameters) if said is None else said

    async def _row_takes(self, key: str) -> bool:
        """Whether the rating or the ask had the focus and took `key`; then it means nothing else."""
        if self.focused is not None:
            await worked_off(self.focused)
        row = self.focused
        return isinstance(row, FormRow) and row.take(key)

    async def action_field(self, field: str) -> None:
        if not (field == "form-note" and await self._row_takes("n")):
            self.set_focus(self.query_one(f"#{field}"))

    async def action_leave_field(self) -> None:
        field = self.focused
        if field is not None:
            await worked_off(field)
            waits = self._ending.waits
            if self._form.leave(field) and waits:
                await self._ending.conclude(waits)  # the hour was all that it waited for, or it asks for it again

    async def action_preset(self, place: int) -> None:
        if self.focused is not None:
            await worked_off(self.focused)
        self._form.take_preset(place)
        await self.action_leave_field()  # where its hour is past, the field says so and keeps the cursor

    async def action_number(self, key: str) -> None:
        """Bring the number on the screen to the telephone, or go on to the next of her numbers."""
        phones = self._sitting.phones
        if not phones or await self._row_takes(key):
            return
        with self.saying_errors():
            if key == "x":
                self._sitting.next_number()
                self._panes.draw()
            else:
                self._panes.tell(bring_to_telephone(self, phones[0], key))

    async def action_outcome(self, effect: str) -> None:
        if self._sitting.card is not None and not await self._row_takes(BY_EFFECT[effect].key):
            await self._ending.conclude(effect)

    async def action_guide(self, steps: int) -> None:
        """The next step of the guide; 0 shows the whole of it."""
        if await self._row_takes("g" if steps else "G"):
            return
        if steps:
            self._panes.guide.step(steps)
        else:
            self.app.push_screen(WholeText(self._panes.guide.whole))

    async def action_story(self) -> None:
        """Everything that the file holds about her."""
        card = self._sitting.card
        if card is not None and not await self._row_takes("S"):
            with self.saying_errors():
                self.app.push_screen(WholeText(self._panes.whole_story(WholeText.WIDTH)))

    async def action_note(self, key: str) -> None:
        """Ask what stands on the form beside what is typed into it."""
        if not await self._row_takes(key):
            self._note(NOTES[key])

    @work
    async def _note(self, note: Note) -> None:
        with self.saying_errors():
            if self._sitting.card is not None:
                await note(self, self._sitting.card, self._form)

    @work
    async def action_rang(self) -> None:
        ringing = await who_rang(self, self.person_id)
        if ringing is not None:
            self.ring(ringing)

    def ring(self, ringing: Ringing) -> None:
        """Have whoever rings in the call; then whoever is in it is so again."""
        if ringing.person_id != self.person_id:
            with self.saying_errors():
                call = self._sitting.ringing(*ringing)
                self._sitting.interrupt(self._form.noted)
                self._panes.tell("")  # what was said there was of the call that waits
                self._serve(call)

    @work
    async def action_other(self) -> None:
        with self.saying_errors():
            outcome = await self.app.push_screen_wait(which_other(self.store))
            if outcome is not None:
                await self._ending.conclude(outcome)

    def _saved(self, card: PersonCard, logged: Logged) -> None:
        """Say what was saved; then her next number, or the next person."""
        told = saved_words(logged, self.store.today())
        self._said = f"{card.name}: {told}"
        if logged.warnings:
            self.say(f"{self._said}. {' '.join(logged.warnings)}", severity="warning")
        else:
            self._panes.tell(self._said, _("u takes it back"))
        if BY_EFFECT[logged.effect].needs is Needs.NUMBER and len(card.usable_phones) > 1:
            self._serve(self._sitting.again())
        else:
            self._go_on()

    def action_skip(self) -> None:
        card = self._sitting.card
        if card is None:
            self._alone = False
            self._go_on()
            return
        kept = _("{name}: skipped, she comes later with what you noted")
        said = kept if self._touched else _("{name}: skipped, she comes later")
        with self.saying_errors():
            self._sitting.skip(self._form.noted)
            self._panes.tell(said.format(name=card.name))
            self._go_on()

    def action_undo(self) -> None:
        sitting, form = self._sitting, self._form
        if not sitting.saved:
            self._panes.tell(_("Nothing to take back in this sitting: esc, then u takes back what was before."))
            return
        try:
            undone, saved = sitting.take_back(form.noted)
        except OrganiserError as error:
            if sitting.card is None and sitting.interrupted:
                self._resume()
            self.say(str(error), severity="error")
            return
        self._said = ""
        self._panes.tell(_("Taken back: {what}").format(what=undone.what))
        self._serve(saved.call)
        if sitting.card is not None:
            form.note_again(form.noted.after(saved.noted))  # only the outcome was wrong
        else:  # another window was quicker
            with self.saying_errors():
                sitting.keep_taken_back(saved)

    def action_leave_line(self) -> None:
        self.set_focus(None)

    def action_stop(self) -> None:
        self._leave()

    def action_resume(self) -> None:
        self._leave()

    @work
    async def _leave(self) -> None:
        """Leave the call: for the one in the middle of which she rang, else the page.

        What is noted of whoever is in it waits until she is called again.
        """
        sitting, card, touched = self._sitting, self._sitting.card, self._touched
        kept = ""
        try:
            sitting.set_aside(self._form.noted)
            if card is not None and touched:
                kept = _("{name}: what you noted is kept").format(name=card.name)
        except OrganiserError as error:
            question = Confirm(_("What you noted cannot be kept. Stop and lose it?"), safe(str(error)))
            if not touched:  # what was taken off the form again is there still
                kept = str(error)
            elif not await self.app.push_screen_wait(question):
                return
        waits = sitting.resume() if self._rings_in else None
        if waits is not None:
            self._panes.tell(kept)
            self._serve(waits)
            return
        if kept:
            self.notify(safe_line(kept), markup=False)
        self._end()
