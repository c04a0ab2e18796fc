"""Enters what happened before: a call or a meet-up on its own date, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from organiser_tui.domain.clock import wall_instant
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import BY_EFFECT, Effect, outcome_label
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.person import PersonCard
from organiser_tui.store.words import ask_choices, codes, issue_words
from organiser_tui.tui.dialogs.form_dialog import FormDialog, FormLines
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_FIRST_CHANNEL = "meet-up"


class PastContact(FormDialog[int]):
    """The id of the contact that was saved, or None. Enter goes on; on the last line, or with ctrl+s, it saves."""

    HELP = _(
        "When it was, how you met and what came of it. Enter and the arrows go from line to line, ctrl+s saves from "
        "anywhere. Letters and digits choose only in the line with the bar at its left."
    )
    FOOTER: ClassVar[Sequence[str]] = ("past.save", "choice.next", "form.done", "dialog.cancel", "dialog.help")
    DEFAULT_CSS = """
    PastContact {
        #dialog-title { padding: 0 0 1 1; }
        .form-label { width: 10; }
        .form-message { padding-left: 11; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="past.save", tooltip=_("Saves what happened")),
    ]

    def __init__(self, store: Campaign, card: PersonCard) -> None:
        title = Text.assemble(safe(card.name or _("no name"), f"bold {STRONG}"), (" · " + _("what happened"), QUIET))
        super().__init__(title)
        self._store = store
        self._card = card
        self._now = store.wall_now()

    def body(self) -> ComposeResult:
        channels = [Offer(code, code) for code in codes(self._store, "channel")]
        outcomes = [
            Offer(code, outcome_label(code) if code in BY_EFFECT else code) for code in codes(self._store, "outcome")
        ]
        with FormLines(id="form-lines"):
            yield FormField(
                _("When"), id="past-when", check=self._read_back, placeholder=_("yesterday, sob 18h, -3d, 20.10.")
            )
            yield ChoiceLine(_("How"), ChoiceRow(channels, _FIRST_CHANNEL, id="channel-row"), id="past-channel")
            row = ChoiceRow(outcomes, Effect.TALKED.value, id="outcome-row")
            yield ChoiceLine(_("Outcome"), row, id="past-outcome")
            yield CallForm(issue_words(self._store), id="past-form", walks=True)
        yield Static(id="form-message")

    def on_mount(self) -> None:
        self.query_one(CallForm).clear(ask_choices(self._store, self._card), self._now)

    @property
    def _when(self) -> FormField:
        return self.query_one("#past-when", FormField)

    def _chosen(self, name: str) -> Any:
        return self.query_one(f"#{name}", ChoiceLine).value

    def _moment(self, text: str) -> Moment:
        if not text:
            raise OrganiserError(_("When was it? Write for example today, yesterday, sob 18h or 20.10."))
        return parse_moment(text, self._now, Direction.LAST)

    def _read_back(self, text: str) -> str:
        return read_back(self._moment(text), self._now.date())

    @on(Input.Changed, "#past-when-text")
    def show_moment(self, event: Input.Changed) -> None:
        """The day is read back in full while it is typed; it is blamed once the line is left."""
        try:
            words = Text.assemble(("→ ", QUIET), (self._read_back(event.value.strip()), STRONG))
        except OrganiserError:
            words = Text("")
        self._when.say(words)

    @on(Input.Submitted, "#past-when-text")
    def go_on(self) -> None:
        """From the day on, unless it is none."""
        if self._when.settle():
            self.focus_next()

    @on(ChoiceRow.Done)
    def next_line(self) -> None:
        """From a choice on."""
        self.focus_next()

    @on(CallForm.FollowUpTaken)
    def action_save(self) -> None:
        if not self._when.settle():
            self._when.focus_field()
            return
        form = self.query_one(CallForm)
        if form.trouble:
            self.query_one("#form-next", Input).focus()
            self.say(_("Not saved yet."))  # why stands under the follow-up
            return
        try:
            self.dismiss(log_contact(self._store, self._draft(form)).contact)
        except OrganiserError as error:
            self.say(str(error))

    def _draft(self, form: CallForm) -> ContactDraft:
        moment = self._moment(self._when.value)
        at = None
        if moment.hour is not None:
            at = wall_instant(datetime.combine(moment.day, moment.hour), self._store.zone)
        return form.contact(
            self._card.id,
            self._chosen("past-outcome"),
            channel=self._chosen("past-channel"),
            at=at,
            day=None if at is not None else moment.day.isoformat(),
        )

    @property
    def touched(self) -> bool:
        return bool(self._when.value or self.query_one(CallForm).touched)
