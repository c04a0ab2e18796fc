"""The screen of a call: what stands on it, which keys are in force. Who is served and what is saved is elsewhere."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.guides import union_may_be_named
from organiser_tui.domain.queue import because
from organiser_tui.store.damage import damage_told
from organiser_tui.store.guides import guide_of
from organiser_tui.store.person import PersonCard
from organiser_tui.store.sitting import Sitting
from organiser_tui.store.story import story_of
from organiser_tui.store.words import issue_words
from organiser_tui.tui.dialogs.scrolled import WholeText
from organiser_tui.tui.drawing.call import person_pane, sitting_words, top_line
from organiser_tui.tui.drawing.card import full_lines
from organiser_tui.tui.keys import takes_text
from organiser_tui.tui.page import Page, Severity
from organiser_tui.tui.pages.call_keys import worked_off
from organiser_tui.tui.safe import safe, safe_line
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.call_rows import AskRow, FormRow, RatingRow
from organiser_tui.tui.widgets.guide_pane import GuidePane
from organiser_tui.tui.widgets.key_bar import KeyBar
from organiser_tui.tui.widgets.lines import Lines
from organiser_tui.tui.widgets.outcome_lines import OutcomeLines, SaidLine
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_ON_HER = frozenset(
    (
        "outcome",
        "guide",
        "story",
        "look_up",
        "questions",
        "heard",
        "agreed",
        "other",
        "hand_over",
        "field",
        "number",
        "skip",
    )
)
"""Actions on the person who is being called."""
_IN_A_LINE = ("call.leave-field", "help")
_WITH_NOBODY = ("call.skip", "undo", "call.stop", "help")
_STORY_ENTRIES = 40
_READ_AHEAD_AFTER = 0.05  # seconds: she is painted by then
_RENEW_EVERY = 10 * 60.0
_KEEP_EVERY = 1.0
_SAID_AFTER = 3  # times in a row that something could not be kept
"""Seconds; what was noted is lost for so long at most, whatever becomes of the program."""


class CallScreen(Page):
    """One person at a time, with why she is next, what is known of her, the form and the outcomes."""

    TAB_LINE = False
    IN_CALL = True
    AUTO_FOCUS = ""

    def __init__(self, store: Campaign, list_id: int | None, *, rang: bool = False) -> None:
        super().__init__(store)
        self._sitting = Sitting(store, list_id, rang=rang)
        self._phone = 0
        """Which of her numbers stands on the screen; it counts on."""
        self._pending = ""
        """The outcome that waits for the hour that was agreed; '' for none."""
        self._refused = ""
        """Why nobody is in the call though somebody was asked for; '' where nothing was refused."""
        self._said = ""
        """What was last saved, in words; '' where it was taken back."""
        self._ahead: Timer | None = None
        self._not_kept = 0
        """How often in a row what is noted could not be kept."""
        self._asked = False
        """Whether a dialog stands above, to which every key belongs."""

    @property
    def person_id(self) -> int | None:
        """Who is being called."""
        return self._sitting.person_id

    def body(self) -> ComposeResult:
        yield Static(id="call-top")
        with Horizontal(id="call-panes"):
            yield Static(id="call-person")
            with Vertical(id="call-right", classes="rule-left"):
                yield CallForm(issue_words(self.store), id="call-form")
                yield Lines(id="call-because")
                yield GuidePane(id="call-guide")
        yield SaidLine(id="call-said")
        yield OutcomeLines(id="call-outcomes", classes="rule-above")

    def on_mount(self) -> None:
        self.set_interval(1.0, self._draw_top)
        self.watch(self, "focused", self._show_keys, init=False)
        self.set_interval(_RENEW_EVERY, self._renew)
        self.set_interval(_KEEP_EVERY, self._keep_while_writing)

    def on_screen_suspend(self) -> None:
        self._asked = isinstance(self.app.screen, ModalScreen)
        self._show_keys()

    def on_screen_resume(self) -> None:
        self._asked = False
        self._show_keys()

    def on_unmount(self) -> None:
        """Give the person back; where that is refused just now, the claim lapses by itself."""
        with suppress(OrganiserError):
            self._sitting.release()

    def _read_ahead_soon(self) -> None:
        """Read whoever comes next once this one is painted; whoever is served meanwhile is another's next."""
        if self._ahead is not None:
            self._ahead.stop()
        self._ahead = None if self._sitting.rang else self.set_timer(_READ_AHEAD_AFTER, self._read_ahead)

    def _read_ahead(self) -> None:
        # Nobody asked for it: what cannot be read is told when it is her turn.
        with suppress(OrganiserError), damage_told(self.store.path):
            self._sitting.read_ahead(_STORY_ENTRIES)

    def _draw(self) -> None:
        sitting = self._sitting
        self.query_one("#call-panes").display = sitting.card is not None
        self._draw_top()
        if sitting.card is None or sitting.served is None:
            if self._refused:
                self.query_one(OutcomeLines).show_refusal(self._refused)
            else:
                self.query_one(OutcomeLines).show_nobody(self.store, sitting.row, len(sitting.skipped))
            self.query_one(KeyBar).show(_WITH_NOBODY)
            return
        today = self.store.today()
        self._draw_person(sitting.card)
        rule = because(sitting.served, today, self.store.queue_order)
        why = safe(_("she rang") if self._sitting.rang else rule, STRONG)
        self.query_one("#call-because", Lines).update(Text.assemble((_("because") + " ", QUIET), why))
        self._show_keys()

    def _show_keys(self) -> None:
        """The outcomes; while a line of the form has the keys, how to leave it."""
        if self._sitting.card is None:
            return
        # A line of the form takes letters: those that lead to other lines are none of the page's meanwhile.
        self.query_one(KeyBar).show(_IN_A_LINE if isinstance(self.focused, FormRow) else self.FOOTER)
        lines = self.query_one(OutcomeLines)
        if self.focused is None or self.focused.id != "form-next":
            self._pending = ""  # whoever leaves the field has thought better of it
        if self._asked:
            lines.show_question_above(self.size.width)
        elif self.focused is not None:
            self._show_line_keys()
        else:
            lines.show_outcomes(self.size.width)

    @on(Input.Changed, "#form-next")
    def _show_line_keys(self) -> None:
        """What enter does in the line that has the cursor."""
        if self.focused is not None:
            form = self.query_one(CallForm)
            unclear = self.focused.id == "form-next" and (bool(form.trouble) or form.wants_hour)
            row = isinstance(self.focused, RatingRow | AskRow)
            self.query_one(OutcomeLines).show_line_keys(self._pending, row=row, unclear=unclear)

    def _draw_person(self, card: PersonCard) -> None:
        pane = self.query_one("#call-person", Static)
        size = (max((pane.size.width or 38) - 2, 20), self.size.height - 7)
        drawn = person_pane(
            card, self._sitting.story(_STORY_ENTRIES), self._phone, self.store.country, self.store.wall_now(), size
        )
        pane.update(drawn, layout=False)  # it has the room it has

    def _show_guide(self, card: PersonCard) -> None:
        """The guide of the list from its first step, with what is known of her filled in."""
        today = self.store.today().isoformat()
        at = [job.provider for job in card.employments if job.to_day is None or job.to_day >= today]
        me = self.organiser_app.organiser
        union = "named" if union_may_be_named(card.name_union) else ""
        facts = {"name": card.given or card.family, "provider": at[-1] if at else "", "me": me, "union": union}
        row = self._sitting.row
        name = row.draft.guide if row is not None else ""
        self.query_one(GuidePane).show(guide_of(self.store, name), facts)

    def say(self, sentence: str, severity: Severity = "information") -> None:
        """Said above the keys: a toast would cover the next one's name and number."""
        said = self.query_one(SaidLine)
        if severity == "information":
            said.tell(sentence)
        else:
            said.warn(sentence)

    def _tell(self, sentence: str, then: str = "") -> None:
        self.query_one(SaidLine).tell(sentence, then)

    def _draw_top(self) -> None:
        row, lasted = self._sitting.row, self._sitting.lasted
        elapsed = None if lasted is None else int(lasted.total_seconds())
        name = row.name if row is not None else "" if self._sitting.rang else _("Everyone")
        if self._sitting.rang:
            name = " · ".join(filter(None, (_("somebody rang"), name)))
        calls, width = len(self._sitting.saved), self.size.width
        text = top_line(name, row, calls, elapsed, self.organiser_app.file_warning, width)
        self.query_one("#call-top", Static).update(text, layout=False)

    def on_resize(self, _event: events.Resize) -> None:
        if self._sitting.served is not None:
            self.call_after_refresh(self._draw)

    def _renew(self) -> None:
        """Hold the person on; who lost her to another window meanwhile is told, and may save all the same."""
        with self.saying_errors():
            self._sitting.renew()

    def _keep_while_writing(self) -> None:
        """What is noted is kept in the campaign while one writes; where that is refused, the next time tries again.

        Whether another window was writing is known after some times only; then it is said, once.
        """
        try:
            self._keep_draft(wait=False)
        except OrganiserError as error:
            self._not_kept += 1
            if self._not_kept == _SAID_AFTER:
                self.say(_("What you note is not kept just now. {reason}").format(reason=error), severity="warning")
        else:
            self._not_kept = 0

    def _keep_draft(self, *, wait: bool) -> None:
        if self._sitting.card is not None:
            self._sitting.keep(self.query_one(CallForm).noted, wait=wait)

    def before_leaving(self) -> str:
        try:
            self._keep_draft(wait=True)
        except OrganiserError as error:
            sentence = _("What you noted of this call could not be kept. {reason}")
            return sentence.format(reason=error) if self._touched else ""
        return ""

    @property
    def _touched(self) -> bool:
        return self._sitting.card is not None and self.query_one(CallForm).touched

    def _end(self) -> None:
        """Back to the page below, where it is said what came of it."""
        counts = self._sitting.counts()
        if counts.calls:  # above the keys of this page nobody would read it
            said = (self._said if counts.calls == 1 else "") or sitting_words(counts)
            self.notify(safe_line(said), markup=False)
        self.dismiss(None)

    # Keys

    def on_key(self, event: events.Key) -> None:
        letter = event.character or ""
        # A letter typed into a field never comes up to here.
        if self._sitting.card is not None and letter.isalpha():
            if not self.query_one(CallForm).toggle_issue(letter):
                return
            event.stop()

    async def action_guide(self, steps: int) -> None:
        """The next step of the guide; 0 shows the whole of it."""
        if await self._row_takes("g" if steps else "G"):
            return
        pane = self.query_one(GuidePane)
        if steps:
            pane.step(steps)
        else:
            self.app.push_screen(WholeText(pane.whole))

    async def action_story(self) -> None:
        """Everything that the file holds about her."""
        card = self._sitting.card
        if card is not None and not await self._row_takes("S"):
            with self.saying_errors():
                story, today = story_of(self.store, card.id), self.store.today()
                lines = full_lines(card, story, today, self.store.country, WholeText.WIDTH)
                self.app.push_screen(WholeText(Text("\n").join(lines)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("leave_field", "leave_line"):
            return self.focused is not None
        if action == "preset":
            return self.focused is not None and self.focused.id == "form-next"
        if action == "back":
            return self.focused is None
        if action == "outcome" and self._sitting.card is None:
            return True  # the next digit of whoever types fast is none of a page
        if parameters == ("enter",):
            return self._sitting.card is not None and self.focused is None
        if action == "skip" and self._refused:
            return True
        if action == "rang":
            return not takes_text(self.focused)
        if action in _ON_HER:
            # In a field a letter is a letter.
            return self._sitting.card is not None and not takes_text(self.focused)
        return super().check_action(action, parameters)

    async def _row_takes(self, key: str) -> bool:
        """Whether the rating or the ask had the focus and took `key`; then it means nothing else."""
        if self.focused is not None:
            await worked_off(self.focused)
        row = self.focused
        return isinstance(row, FormRow) and row.take(key)
