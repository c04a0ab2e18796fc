"""Enters what happened before: a call or a meet-up on its own date, with one or several people, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from organiser_tui.domain.clock import wall_instant
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import BY_EFFECT, Effect, outcome_label
from organiser_tui.store.contacts import log_contact, log_talk
from organiser_tui.store.outcomes import effect_of
from organiser_tui.store.people import search_people
from organiser_tui.store.person import PersonCard, person_card
from organiser_tui.store.words import ask_choices, codes, issue_words
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.form_dialog import FormDialog, FormLines
from organiser_tui.tui.dialogs.outcomes import Answers, Called, answers_to, asked_before
from organiser_tui.tui.drawing.person import saved_told
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.tui.widgets.own_row import OwnRow
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_FIRST_CHANNEL = "meet-up"


class PastContact(FormDialog[tuple[str, ...]]):
    """What is to be said of what was saved: that it was, then warnings; or None.

    Enter goes on; on the last line, or with ctrl+s, it saves.
    """

    HELP = _(
        "When it was, how you met and what came of it. Enter and the arrows go from line to line, ctrl+s saves from "
        "anywhere. Letters and digits choose only in the line with the bar at its left. ctrl+n names who else was "
        "there: each has a line for her own rating, issues and answer."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        "past.save",
        "past.another",
        "own.remove",
        "choice.next",
        "form.done",
        "dialog.cancel",
        "dialog.help",
    )
    DEFAULT_CSS = """
    PastContact {
        #dialog-title { padding: 0 0 1 1; }
        .form-label { width: 10; }
        .form-message { padding-left: 11; }
        #past-people { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="past.save", tooltip=_("Saves what happened")),
        Binding("ctrl+n", "another", _("also there"), id="past.another", tooltip=_("Somebody else who was there")),
    ]

    def __init__(self, store: Campaign, cards: Sequence[PersonCard]) -> None:
        super().__init__(_("what happened"))
        self._store = store
        self._begin_with = cards
        self._cards: list[PersonCard] = []
        self._now = store.wall_now()

    def body(self) -> ComposeResult:
        channels = [Offer(code, code) for code in codes(self._store, "channel")]
        outcomes = [
            Offer(code, outcome_label(code) if code in BY_EFFECT else code) for code in codes(self._store, "outcome")
        ]
        with FormLines(id="form-lines"):
            yield FormField(
                _("When"), id="past-when", check=self._read_back, placeholder=_("yesterday, sat 18h, -3d, 20.10.")
            )
            yield ChoiceLine(_("How"), ChoiceRow(channels, _FIRST_CHANNEL, id="channel-row"), id="past-channel")
            row = ChoiceRow(outcomes, Effect.TALKED.value, id="outcome-row")
            yield ChoiceLine(_("Outcome"), row, id="past-outcome")
            yield Vertical(id="past-people")
            yield CallForm(issue_words(self._store), id="past-form", walks=True)
        yield Static(id="form-message")

    async def on_mount(self) -> None:
        self.query_one(CallForm).clear(ask_choices(self._store, self._begin_with[0]), lambda: self._now)
        await self._add(self._begin_with)

    @property
    def _when(self) -> FormField:
        return self.query_one("#past-when", FormField)

    def _chosen(self, name: str) -> Any:
        return self.query_one(f"#{name}", ChoiceLine).value

    def _moment(self, text: str) -> Moment:
        if not text:
            raise OrganiserError(_("When was it? Write for example today, yesterday, sat 18h or 20.10."))
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

    # Who was there, too

    @work
    async def action_another(self) -> None:
        """Somebody else who was there: everybody has a line of her own from then on."""

        def found(typed: str) -> list[Choice[int]]:
            there = {card.id for card in self._cards}
            return [Choice(who, name) for who, name in search_people(self._store, typed) if who not in there]

        who: Choose[int] = Choose(
            _("Who else was there?"), [], more=found, nothing="", placeholder=_("a name; type three letters")
        )
        chosen = await self.app.push_screen_wait(who)
        card = None if chosen is None else person_card(self._store, chosen)
        if card is not None:
            await self._add([card])

    async def _add(self, cards: Sequence[PersonCard]) -> None:
        form, people = self.query_one(CallForm), self.query_one("#past-people", Vertical)
        self._cards += cards
        rows = {row.person_id for row in self.query(OwnRow)}
        for card in self._cards if len(self._cards) > 1 else ():
            if card.id not in rows:
                asks = ask_choices(self._store, card)
                row = OwnRow(card.id, card.name, issue_words(self._store), asks[0] if asks else None)
                await people.mount(row)
                if card is self._cards[0] and not form.has_class("-of-several"):
                    row.start_with(form.rating, form.ask)
        self._head()

    @on(OwnRow.Removed)
    async def take_out(self, event: OwnRow.Removed) -> None:
        """Whoever was not there after all; the last one cannot be taken out."""
        if len(self._cards) == 1:
            return
        self.focus_next()
        self._cards = [card for card in self._cards if card.id != event.row.person_id]
        await event.row.remove()
        if len(self._cards) == 1:
            self._back_to_form(self.query_one(OwnRow), self._cards[0])
            await self.query_one("#past-people", Vertical).remove_children()
        self._head()

    def _back_to_form(self, row: OwnRow, card: PersonCard) -> None:
        """What was noted of the one who is left stands on the form again."""
        form = self.query_one(CallForm)
        issues = tuple(dict.fromkeys((*form.issues, *row.issues)))
        noted = replace(form.noted, rating=row.rating, issues=issues, ask=row.ask)
        form.clear(ask_choices(self._store, card), lambda: self._now)
        form.note_again(noted)

    @on(OwnRow.Hint)
    def show_hint(self, event: OwnRow.Hint) -> None:
        self.query_one("#form-message", Static).update(Text(event.words, QUIET))

    def _head(self) -> None:
        several = len(self._cards) > 1
        self.query_one(CallForm).of_several(several)
        who = _("{n} people").format(n=len(self._cards)) if several else self._cards[0].name or _("no name")
        title = Text.assemble(safe(who, f"bold {STRONG}"), (" · " + _("what happened"), QUIET))
        self.query_one("#dialog-title", Static).update(title)

    # Saving

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
        self._save()

    @work(exclusive=True)
    async def _save(self) -> None:
        form, outcome = self.query_one(CallForm), self._chosen("past-outcome")
        one = self._cards[0] if len(self._cards) == 1 else None
        learned = form.learned or any(row.rating or row.issues or row.answer for row in self.query(OwnRow))
        called = Called(one.usable_phones if one is not None else (), None, learned)
        try:
            questions = asked_before(self._store, effect_of(self._store, outcome), called)
        except OrganiserError as error:
            self.say(str(error))
            return
        answers = await answers_to(self.app, questions, None)
        if answers is None:
            return
        try:
            drafts = self._drafts(form, outcome, answers)
            logged = [log_contact(self._store, drafts[0])] if len(drafts) == 1 else log_talk(self._store, drafts)
        except OrganiserError as error:
            self.say(str(error))
            return
        names = {card.id: card.name for card in self._cards}
        talked = ", ".join(names[draft.person_id] or _("no name") for draft in drafts)
        warnings = [
            f"{names[draft.person_id]}: {warning}"
            for draft, saved in zip(drafts, logged, strict=True) for warning in saved.warnings
        ]  # fmt: skip
        self.dismiss((saved_told(talked), *warnings))

    def _drafts(self, form: CallForm, outcome: str, answers: Answers) -> list[ContactDraft]:
        moment = self._moment(self._when.value)
        at = None
        if moment.hour is not None:
            at = wall_instant(datetime.combine(moment.day, moment.hour), self._store.zone)
        draft = form.contact(
            self._cards[0].id,
            outcome,
            channel=self._chosen("past-channel"),
            at=at,
            day=None if at is not None else moment.day.isoformat(),
            **answers._asdict(),
        )
        of_each = [
            replace(
                draft,
                person_id=row.person_id,
                rating=row.rating,
                issues=tuple(dict.fromkeys((*draft.issues, *row.issues))),
                ask=row.ask,
            )
            for row in self.query(OwnRow)
        ]
        return of_each or [draft]

    @property
    def touched(self) -> bool:
        own = any(row.rating or row.issues or row.answer for row in self.query(OwnRow))
        return bool(self._when.value or own or self.query_one(CallForm).touched)
