"""Inside a call: one person, why she is next, what is known, and the outcome by one key."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import Input

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import BY_EFFECT, Effect
from organiser_tui.store.call_drafts import LeftCall, left_call, let_go
from organiser_tui.store.call_lists import list_tried_for, take_in_before_calling
from organiser_tui.store.calling import why_not_now
from organiser_tui.store.consultations import open_mandates
from organiser_tui.store.errand import Errand
from organiser_tui.store.outcomes import effect_of
from organiser_tui.store.person import person_card
from organiser_tui.store.questions import answers_of, questions_of
from organiser_tui.store.words import ask_choices
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.left_call import what_of_left
from organiser_tui.tui.dialogs.outcomes import Answers, Called, answers_to, asks_first, which_other
from organiser_tui.tui.dialogs.qr_code import bring_to_telephone
from organiser_tui.tui.drawing.call import saved_words, speaks_against
from organiser_tui.tui.drawing.heard import Asked, agreed_wording
from organiser_tui.tui.pages.call_keys import call_bindings, worked_off
from organiser_tui.tui.pages.call_screen import CallScreen
from organiser_tui.tui.safe import safe, safe_line
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class InCallPage(CallScreen):
    """Serves the people of a list (None: everyone) one after the other until the organiser stops.

    It begins with `first`; who `rang` is the only one. Whoever rings meanwhile comes in between.
    """

    HELP = _(
        "Dial the number, talk, note what you learn, and press the digit of the outcome: it saves everything and "
        "shows the next person. u takes the last outcome back."
    )
    FOOTER: ClassVar[list[str]] = [
        *("call.leave-line", "call.note", "call.rate", "call.next", "call.ask", "call.stop", "help"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = call_bindings()

    def __init__(self, store: Campaign, list_id: int | None, *, first: int | None = None, rang: bool = False) -> None:
        if rang and first is not None:
            list_id = list_tried_for(store, first)
        super().__init__(store, list_id, rang=rang)
        self._first = first
        row = self._sitting.row
        self._takes_in = row is not None and row.draft.refills and not rang
        self._looked = False
        """Whether it is known that no call was left in which something was noted."""

    def load(self) -> None:
        # Whoever rings is not kept waiting.
        left = None if self._looked or self._sitting.rang else left_call(self.store)
        self._looked = True
        if self._sitting.served is not None:
            self._sitting.look_again()
            self._draw()
        elif left is not None:
            self._offer_left(left)
        elif self._sitting.list_id is not None and self._takes_in:
            self._take_in(self._sitting.list_id)
        else:
            self._serve_next()

    # Serving

    def _go_on(self) -> None:
        """After a call: back to the one in which somebody rang, else whoever is next; who rang was the only one."""
        if self._sitting.interrupted:
            self._serve(self._sitting.resume())
        elif self._sitting.rang:
            self._end()
        else:
            self._serve_next()

    def _serve_next(self) -> None:
        """Whoever was chosen by hand, once; then whoever is next on the list."""
        first, self._first = self._first, None
        if first is not None:
            self._serve_chosen(first)
        else:
            self._serve()

    @work
    async def _serve_chosen(self, person_id: int) -> None:
        """Somebody chosen by hand: what the queue would spare her is asked about, unless it is she who rings."""
        card = person_card(self.store, person_id)
        against = None if self._sitting.rang else why_not_now(self.store, self._sitting.list_id, person_id)
        if card is not None and against is not None:
            said = speaks_against(card, against, self.store, self.organiser_app.organiser)
            question = safe(said).append(" " + _("Call all the same?"))
            if said and not await self.app.push_screen_wait(Confirm(question)):
                self._end()
                return
        self._serve(person_id)

    @work
    async def _offer_left(self, left: LeftCall) -> None:
        """Offer to go on with a call that was left."""
        answer = await self.app.push_screen_wait(what_of_left(self.store, left))
        with self.saying_errors():
            if answer == "go on":
                self._takes_in = False
                self._sitting.go_on(left)
                self._serve_chosen(left.person_id)
                return
            if answer == "throw away":
                let_go(self.store, left)
        self.load()

    @work
    async def _take_in(self, list_id: int) -> None:
        """Who has come to fit the filter of the list is put on it first, in a thread: it may ask everybody."""
        self._takes_in = False
        with self.saying_errors():
            take_in = partial(take_in_before_calling, list_id=list_id)
            if added := await asyncio.to_thread(Errand(self.store).run, take_in):
                words = ngettext("{n} person has come to fit this list", "{n} people have come to fit this list", added)
                self._tell(words.format(n=f"{added:,}"))
        self.load()

    def _serve(self, person_id: int | None = None) -> None:
        """Show `person_id`, or whoever is next."""
        sitting, form = self._sitting, self.query_one(CallForm)
        self._pending = ""
        self._refused = ""
        try:
            sitting.serve(person_id)
        except OrganiserError as error:
            self._refused = str(error)
        self._phone = sitting.place_to_try
        noted = None
        if sitting.card is not None:
            asked = Asked(
                questions_of(self.store, sitting.list_id),
                answers_of(self.store, sitting.list_id, sitting.card.id),
                open_mandates(self.store, sitting.card.id),
            )
            form.clear(ask_choices(self.store, sitting.card), self.store.wall_now, asked)
            self._show_guide(sitting.card)
            noted = sitting.noted_before()
            if noted is not None:
                form.note_again(noted)
        self._draw()
        self._read_ahead_soon()
        # Whoever was in the middle of a note writes on: typed letters must not be taken for issues.
        self.set_focus(self.query_one("#form-note", Input) if noted is not None and noted.writing else None)

    # Keys

    async def action_field(self, field: str) -> None:
        if not (field == "form-note" and await self._row_takes("n")):
            self.set_focus(self.query_one(f"#{field}"))

    async def action_leave_field(self) -> None:
        field = self.focused
        if field is not None:
            await worked_off(field)
            pending = self._pending
            if self.query_one(CallForm).leave(field) and pending:
                await self._conclude(pending)  # the hour was all that it waited for, or it asks for it again

    async def action_preset(self, place: int) -> None:
        if self.focused is not None:
            await worked_off(self.focused)
        self.query_one(CallForm).take_preset(place)
        await self.action_leave_field()  # where its hour is past, the field says so and keeps the cursor

    async def action_number(self, key: str) -> None:
        """Bring the number on the screen to the telephone, or go on to the next of her numbers."""
        phone = self._call.phone
        if phone is None or await self._row_takes(key):
            return
        if key == "x":
            self._phone += 1
            self._draw()
        else:
            with self.saying_errors():
                self._tell(bring_to_telephone(self, phone, key))

    async def action_outcome(self, effect: str) -> None:
        if self._sitting.card is not None and not await self._row_takes(BY_EFFECT[effect].key):
            await self._conclude(effect)

    async def _conclude(self, outcome: str) -> None:
        """Save with `outcome` once everything that it needs is there: the agreed hour, the answers to its questions."""
        form = self.query_one(CallForm)
        for typed_into in (self, *form.query(Input)):
            await worked_off(typed_into)
        effect = self._effect_of(outcome)
        if effect is None:
            return
        if effect == Effect.CALL_BACK and (form.trouble or form.agreed is None):
            if not form.trouble:
                form.demand_follow_up()
            self._wait_for_hour(outcome)
        elif form.trouble:  # enter leaves the line, as ever: the next digit must not be somebody else's outcome
            self.set_focus(self.query_one("#form-next", Input))
            self.say(_("Not saved yet: mend the follow-up, or take it out."), severity="warning")
        elif asks_first(effect, self._call):
            self._ask_and_save(outcome, effect)
        else:
            self._save(outcome, Answers(phone_id=self._call.phone_id))

    def _effect_of(self, outcome: str) -> Effect | None:
        """What an outcome does; None, and it is said, where the file cannot be read: what is noted stands."""
        with self.saying_errors():
            return effect_of(self.store, outcome)
        return None

    @property
    def _call(self) -> Called:
        phones = self._sitting.card.usable_phones if self._sitting.card else ()
        no_message = self._sitting.card is not None and self._sitting.card.leave_message == 0
        return Called(phones, self._phone, self.query_one(CallForm).learned, no_message)

    @work
    async def _ask_and_save(self, outcome: str, effect: Effect) -> None:
        answers = await answers_to(self.app, self.store, effect, self._call)
        if answers is not None:
            self._save(outcome, answers)

    def _wait_for_hour(self, outcome: str) -> None:
        """Save with `outcome` once the follow-up is understood; leaving the field calls it off."""
        self.set_focus(self.query_one("#form-next", Input))
        self._pending = outcome
        self._show_keys()

    @work
    async def action_heard(self) -> None:
        from organiser_tui.tui.dialogs.heard import ask_heard

        form = self.query_one(CallForm)
        heard = None if self._sitting.card is None else await ask_heard(self, self._sitting.card, form.heard)
        if heard is not None:
            form.hear(heard)

    async def action_agreed(self) -> None:
        if not await self._row_takes("K"):
            form = self.query_one(CallForm)
            form.hear(form.heard._replace(agreed="" if form.heard.agreed else agreed_wording()))

    async def action_look_up(self) -> None:
        if not await self._row_takes("A"):
            self._look_up()

    @work
    async def _look_up(self) -> None:
        from organiser_tui.tui.dialogs.short_answers import look_up

        form = self.query_one(CallForm)
        wants = await look_up(self)
        if wants:
            form.hear(form.heard._replace(wants=(*form.heard.wants, wants)))

    async def action_questions(self) -> None:
        if not await self._row_takes("q"):
            self._ask_questions()

    @work
    async def _ask_questions(self) -> None:
        from organiser_tui.tui.dialogs.mandates import ask_mandates
        from organiser_tui.tui.dialogs.questions import ask_questions

        form = self.query_one(CallForm)
        if self._sitting.card is None:
            return
        before = answers_of(self.store, self._sitting.list_id, self._sitting.card.id)
        given = await ask_questions(self, self._sitting.list_id, form.answers, before)
        if given is not None:
            form.answered(given)
        heard = await ask_mandates(self, self._sitting.card.id, form.heard)
        if heard is not None:
            form.hear(heard)
        elif given is None:
            self._tell(_("This list asks nothing: q on the Calls page writes its questions."))

    @work
    async def action_rang(self) -> None:
        """Somebody rings meanwhile: she is served, and then whoever is in the call is so again."""
        from organiser_tui.tui.dialogs.who_rang import who_rang

        person = await who_rang(self)
        if person is not None and person != self.person_id:
            with self.saying_errors():
                self._sitting.ring(person, self.query_one(CallForm).noted)
                self._serve(person)

    @work
    async def action_hand_over(self) -> None:
        from organiser_tui.tui.dialogs.hand_over import ask_hand_over

        if self._sitting.card is not None:
            form = self.query_one(CallForm)
            form.hand_over_to(await ask_hand_over(self, self._sitting.card.name, form.noted.hand_over))

    @work
    async def action_other(self) -> None:
        outcome = await self.app.push_screen_wait(which_other(self.store))
        if outcome is not None:
            await self._conclude(outcome)

    def _save(self, outcome: str, answers: Answers) -> None:
        """Save the call with everything on the form, then the next number or the next person."""
        sitting, form = self._sitting, self.query_one(CallForm)
        card = sitting.card
        if card is None:
            return
        draft = form.contact(card.id, outcome, at=sitting.at, list_id=sitting.list_id, **answers._asdict())
        try:
            logged = sitting.save(draft, form.noted)
        except OrganiserError as error:
            self.say(str(error), severity="error")
            return
        effect = sitting.saved[-1].effect
        self._said = f"{card.name}: {saved_words(draft, effect, form.agreed, self.store.today(), logged.ended)}"
        if logged.warnings:
            self.say(f"{self._said}. {' '.join(logged.warnings)}", severity="warning")
        else:
            self._tell(self._said, _("u takes it back"))
        number = BY_EFFECT[effect].number
        if number in ("wrong", "disconnected") and len(card.usable_phones) > 1:
            self._serve(card.id)
        else:
            self._go_on()

    def action_skip(self) -> None:
        card = self._sitting.card
        if card is None:
            self._serve(self._sitting.resume() if self._sitting.interrupted else None)
            return
        kept = _("{name}: skipped, she comes later with what you noted")
        said = kept if self._touched else _("{name}: skipped, she comes later")
        with self.saying_errors():
            self._sitting.skip(self.query_one(CallForm).noted)
            self._tell(said.format(name=card.name))
            self._go_on()

    def action_undo(self) -> None:
        sitting, form = self._sitting, self.query_one(CallForm)
        if not sitting.saved:
            self._tell(_("Nothing was saved in this sitting. What was done before stands on page 8 under h."))
            return
        in_call = self.person_id
        try:
            sitting.set_aside(form.noted)  # it may be of somebody else, and of her there may be more
            undone, call = sitting.take_back()
        except OrganiserError as error:
            if in_call is not None and sitting.card is None:
                self._serve(in_call)
            self.say(str(error), severity="error")
            return
        self._said = ""
        self._tell(_("Taken back: {what}").format(what=undone.what))
        self._serve(undone.person_id)
        if undone.person_id == self.person_id:
            form.note_again(form.noted.after(call.noted))  # only the outcome was wrong
            sitting.again(call)

    def action_leave_line(self) -> None:
        self.set_focus(None)

    def action_back(self) -> None:
        self._stop()

    @work
    async def _stop(self) -> None:
        """Stop calling; what is noted of whoever is in the call waits until she is called again."""
        card, touched = self._sitting.card, self._touched
        try:
            self._sitting.set_aside(self.query_one(CallForm).noted)
            if card is not None and touched:
                self.notify(safe_line(_("{name}: what you noted is kept").format(name=card.name)), markup=False)
        except OrganiserError as error:
            question = Confirm(_("What you noted cannot be kept. Stop and lose it?"), safe(str(error)))
            if not touched:  # what was taken off the form again is there still
                self.notify(safe_line(str(error)), severity="error", markup=False)
            elif not await self.app.push_screen_wait(question):
                return
        self._end()
