"""What stands on the screen of a call: the person, why she is next, the form, the guide, what is said, the outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from organiser_tui.domain.guides import union_may_be_named
from organiser_tui.domain.queue import because
from organiser_tui.store.guides import guide_of
from organiser_tui.store.person import PersonCard
from organiser_tui.store.story import story_of
from organiser_tui.store.words import issue_words
from organiser_tui.tui.drawing.call import person_pane, top_line
from organiser_tui.tui.drawing.card import full_lines
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.call_rows import AskRow, RatingRow
from organiser_tui.tui.widgets.guide_pane import GuidePane
from organiser_tui.tui.widgets.lines import Lines
from organiser_tui.tui.widgets.outcome_lines import OutcomeLines, SaidLine
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.store.sitting import Sitting

_AROUND = 7
"""Lines that are not the person's pane's."""


class CallPanes(Vertical):
    """Shows a sitting; `me` is who is working, `warning` what is said of the file on every page."""

    def __init__(self, store: Campaign, sitting: Sitting, *, me: str, warning: str, id: str) -> None:
        super().__init__(id=id)
        self._store = store
        self._sitting = sitting
        self._me = me
        self._warning = warning
        self._waits = ""
        """The outcome that waits for the hour that was agreed, as the keys were drawn."""
        self.covered = False
        """Whether a dialog stands above, to which every key belongs."""

    def compose(self) -> ComposeResult:
        yield Static(id="call-top")
        with Horizontal(id="call-panes"):
            yield Static(id="call-person")
            with Vertical(id="call-right", classes="rule-left"):
                yield CallForm(issue_words(self._store), id="call-form")
                yield Lines(id="call-because")
                yield GuidePane(id="call-guide")
        yield SaidLine(id="call-said")
        yield OutcomeLines(id="call-outcomes", classes="rule-above")

    def on_mount(self) -> None:
        self.set_interval(1.0, self.draw_top)

    @property
    def form(self) -> CallForm:
        """What is learned in the call."""
        return self.query_one(CallForm)

    @property
    def guide(self) -> GuidePane:
        """The guide beside it."""
        return self.query_one(GuidePane)

    def whole_story(self, width: int) -> Text:
        """Everything that the file holds about whoever is in the call, in lines of `width` cells."""
        card = self._sitting.card
        if card is None:
            return Text()
        story, today = story_of(self._store, card.id), self._store.today()
        return Text("\n").join(full_lines(card, story, today, self._store.country, width))

    def begin(self) -> None:
        """Somebody else is in the call, or nobody: the first step of the guide."""
        if self._sitting.card is not None:
            self._show_guide(self._sitting.card)

    def draw(self, refused: str = "") -> None:
        """Show whoever is in the call; where nobody is, why, which is `refused` where she was asked for."""
        sitting = self._sitting
        self.query_one("#call-panes").display = sitting.card is not None
        self.draw_top()
        if sitting.card is not None and sitting.served is not None:
            self._draw_person(sitting.card)
            rule = because(sitting.served, self._store.today(), self._store.queue_order)
            why = safe(_("she rang") if sitting.rang else rule, STRONG)
            self.query_one("#call-because", Lines).update(Text.assemble((_("because") + " ", QUIET), why))
        elif refused:
            self.query_one(OutcomeLines).show_refusal(refused)
        else:
            self.query_one(OutcomeLines).show_nobody(self._store, sitting.row, len(sitting.skipped))

    def draw_top(self) -> None:
        """What is called through, how far it is, and for how long the call has lasted."""
        sitting = self._sitting
        elapsed = None if sitting.lasted is None else int(sitting.lasted.total_seconds())
        name = sitting.row.name if sitting.row is not None else "" if sitting.rang else _("Everyone")
        if sitting.rang:
            name = " · ".join(filter(None, (_("somebody rang"), name)))
        text = top_line(name, sitting.row, len(sitting.saved), elapsed, self._warning, self.screen.size.width)
        self.query_one("#call-top", Static).update(text, layout=False)

    def _draw_person(self, card: PersonCard) -> None:
        pane = self.query_one("#call-person", Static)
        size = (max((pane.size.width or 38) - 2, 20), self.screen.size.height - _AROUND)
        sitting, store = self._sitting, self._store
        drawn = person_pane(card, sitting.story, sitting.place, store.country, store.wall_now(), size)
        pane.update(drawn, layout=False)  # it has the room it has

    def _show_guide(self, card: PersonCard) -> None:
        """The guide of the list from its first step, with what is known of her filled in."""
        today = self._store.today().isoformat()
        union = "named" if union_may_be_named(card.name_union) else ""
        facts = {"name": card.given or card.family, "provider": card.provider_on(today), "me": self._me, "union": union}
        row = self._sitting.row
        self.guide.show(guide_of(self._store, row.draft.guide if row is not None else ""), facts)

    def show_keys(self, waits: str) -> None:
        """What the keys do: the outcomes, or what enter does in the line that has the cursor.

        `waits` is the outcome that waits for the hour that was agreed, '' for none.
        """
        self._waits = waits
        lines, focused = self.query_one(OutcomeLines), self.screen.focused
        if self.covered:
            lines.show_question_above(self.screen.size.width)
        elif focused is not None:
            self._show_line_keys()
        else:
            lines.show_outcomes(self.screen.size.width)

    @on(Input.Changed, "#form-next")
    def _show_line_keys(self) -> None:
        focused = self.screen.focused
        if focused is not None:
            unclear = focused.id == "form-next" and (bool(self.form.trouble) or self.form.wants_hour)
            row = isinstance(focused, RatingRow | AskRow)
            self.query_one(OutcomeLines).show_line_keys(self._waits, row=row, unclear=unclear)

    def tell(self, sentence: str, then: str = "") -> None:
        """Say above the keys what was done; `then`, what may follow, is never cut."""
        self.query_one(SaidLine).tell(sentence, then)

    def warn(self, sentence: str) -> None:
        """Say there what was refused."""
        self.query_one(SaidLine).warn(sentence)

    def on_resize(self, _event: events.Resize) -> None:
        if self._sitting.served is not None:
            self.call_after_refresh(self.draw)
