"""A sitting of calls: who is in the call, what is noted of it meanwhile, what was saved. What is shown is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from organiser_tui.domain.calls import Call, Counts
from organiser_tui.domain.clock import wall
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError, TakenBackError
from organiser_tui.domain.noted import Noted
from organiser_tui.domain.outcomes import BY_EFFECT, outcome_told
from organiser_tui.domain.queue import Served
from organiser_tui.store.call_drafts import CallDraft, LeftCall, draft_of, drop_draft, keep_draft, take_over_call
from organiser_tui.store.call_lists import CallListRow, call_list, list_tried_for
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.claims import held_by, release_claim, renew_claims
from organiser_tui.store.consultations import OpenMandate, open_mandates
from organiser_tui.store.contacts import Logged, log_contact, logged_since
from organiser_tui.store.history import Undone, undo_action
from organiser_tui.store.numbers import place_to_try
from organiser_tui.store.person import PersonCard, PhoneLine, person_card
from organiser_tui.store.questions import Question, answers_of, questions_of
from organiser_tui.store.queue import hold_person, next_person, who_follows
from organiser_tui.store.story import StoryLine, story_of
from organiser_tui.words import _

_NOTHING_KEPT = ("", "")
"""What was last kept of a form, and the number on which the call was then."""
STORY_ENTRIES = 40
"""So many are read of what happened with a person who is called."""


class CallSaved(NamedTuple):
    """One call of a sitting, until it is taken back."""

    call: Call
    action: int
    contact: int
    noted: Noted
    """What stood on the form."""
    at: int
    """Its instant, in seconds."""
    draft: ContactDraft
    effect: str


class Asked(NamedTuple):
    """What somebody is asked in a call."""

    questions: Sequence[Question] = ()
    """Those of its list."""
    before: Mapping[int, str] = MappingProxyType({})
    """What she answered to them in an earlier call."""
    mandates: Sequence[OpenMandate] = ()
    """What all members are asked."""


class Sitting:
    """One organiser's calls through a list (None: everyone), one after the other, in one window."""

    def __init__(self, campaign: Campaign, list_id: int | None) -> None:
        self._campaign = campaign
        self._call: Call | None = None
        """The call that was begun last; who is in it no more, or could not be served, has no card."""
        self._waiting: list[Call | None] = []
        """The calls in which others came in between, None where nobody was in one: the latest last."""
        self._shown = ""
        """The number (E.164) that stands there."""
        self._named = False
        """Whether it came with the call, and is not only the one to be tried."""
        self._opened = list_id
        """The list that is called through."""
        self.row: CallListRow | None = None if list_id is None else call_list(campaign, list_id)
        """That list as it stood when somebody was last served from it."""
        self.story: Sequence[StoryLine] = ()
        """The last that happened with whoever is in the call, the latest first."""
        self.served: Served | None = None
        """Who was served last, held for this window; None for nobody."""
        self.card: PersonCard | None = None
        """Who is in the call; None for nobody."""
        self.skipped: set[int] = set()
        self.saved: list[CallSaved] = []
        """The calls that are not taken back."""
        self._since = campaign.now()
        self._kept = _NOTHING_KEPT

    @property
    def person_id(self) -> int | None:
        """Who is in the call."""
        return None if self.card is None else self.card.id

    @property
    def list_id(self) -> int | None:
        """The list for which the call is."""
        return self._opened if self._call is None else self._call.list_id

    @property
    def rang(self) -> bool:
        """Whether whoever is in the call rang."""
        return self._call is not None and self._call.rang

    @property
    def at(self) -> int | None:
        """The instant to be saved of a call that was left on another day; None where it is the present one."""
        return None if self._call is None else self._call.at

    @property
    def _number(self) -> str:
        """The number (E.164) that the call is on; '' where that is not known."""
        return "" if self._call is None else self._call.number

    @property
    def lasted(self) -> timedelta | None:
        """For how long the call has lasted, nothing where the clock was put back; None where nobody is in it."""
        return max(self._campaign.now() - self._since, timedelta(0)) if self.card is not None else None

    def serve(self, call: Call | None = None) -> None:
        """Begin `call`, or that with whoever is next on the list; she is claimed in the same transaction.

        Raises OrganiserError, with nobody in the call, where another window holds her, where she or the list was taken
        out, or where the file cannot be written.
        """
        campaign, listed = self._campaign, self._opened if call is None else call.list_id
        self._call, self.served, self.card = call, None, None
        self._kept = _NOTHING_KEPT
        self._since = call.since if call is not None and call.since is not None else campaign.now()
        if listed is not None and call_list(campaign, listed) is None:
            if call is None:  # it keeps its name on the screen
                raise OrganiserError(_("This list is there no more: it was taken back."))
            listed = None  # the call goes on, for none
        if call is not None:
            self.served = hold_person(campaign, listed, call.person_id, but=self._held_on())
        else:
            self.served = next_person(campaign, listed, self.skipped)
        if self.served is not None:
            if listed is None:
                listed = self.served.list_id  # what was agreed for a list is asked, and counts, there
            self._begin((call or Call(self.served.person_id, listed))._replace(list_id=listed))
        self.row = None if listed is None else call_list(campaign, listed)

    def _begin(self, call: Call) -> None:
        """Whoever is served is in the call, on the number on which she is, or on which she is to be tried."""
        self.card = person_card(self._campaign, call.person_id)
        self.story = story_of(self._campaign, call.person_id, STORY_ENTRIES)
        numbers = self._numbers
        self._named = call.rang or call.number in numbers
        if call.number not in numbers:
            phones = [phone.id for phone in self.card.usable_phones] if self.card is not None else []
            place = place_to_try(self._campaign, call.person_id, phones)
            call = call._replace(number="" if call.rang or not numbers else numbers[place])
            self._shown = numbers[place] if numbers else ""
        else:
            self._shown = call.number
        self._call = call

    def by_hand(self, person_id: int) -> Call:
        """The call with somebody who was chosen, for the list that is called through."""
        return Call(person_id, self._opened)

    def again(self) -> Call | None:
        """The call that was saved last, on her next number; None where none was."""
        return self._call._replace(number="", rang=False, at=None, since=None) if self._call is not None else None

    def ringing(self, person_id: int, number: str = "") -> Call:
        """The call with somebody who rings, from that number (E.164), for the list for which she was tried."""
        return Call(person_id, list_tried_for(self._campaign, person_id), rang=True, number=number)

    def take_over(self, left: LeftCall) -> Call:
        """A call that was left: it is for the list for which it was, which is called through from now on.

        Where that list is there no more, the call is for none, and the one that was opened is called through after it.
        Raises OrganiserError, naming the organiser, where somebody else is in a call with her now.
        """
        take_over_call(self._campaign, left)
        if left.list_id is not None:
            self._opened = left.list_id
        draft = draft_of(self._campaign, left.person_id)
        call = Call(left.person_id, left.list_id)
        return call if draft is None else call._replace(rang=draft.rang, number=draft.number)

    def interrupt(self, noted: Noted) -> None:
        """Whoever is in the call waits, held on, and with her what is `noted`. Raises as set_aside() does."""
        waiting = self._call._replace(since=self._since) if self.card is not None and self._call is not None else None
        self.set_aside(noted)
        if waiting is not None or not self._waiting:  # where nobody was in it, those who wait come after her
            self._waiting.append(waiting)

    @property
    def interrupted(self) -> bool:
        """Whether a call waits to be gone on with."""
        return bool(self._waiting)

    def resume(self) -> Call | None:
        """The call that is `interrupted`: it waits no more, and is to be served; None for whoever is next."""
        return self._waiting.pop()

    def _held_on(self) -> list[int]:
        """Who waits while another is in the call."""
        return [call.person_id for call in self._waiting if call is not None]

    def read_ahead(self) -> None:
        """Read whoever comes next with her story, and keep nothing of it.

        It lies all over a big file. When she is served, the connection has the pages of it in its cache.
        """
        if self.card is None:
            return
        if self._waiting:
            following = self._waiting[-1].person_id if self._waiting[-1] is not None else None
        else:
            following = who_follows(self._campaign, self._opened, {*self.skipped, self.card.id})
        if following is not None:
            person_card(self._campaign, following)
            story_of(self._campaign, following, STORY_ENTRIES)

    @property
    def _numbers(self) -> list[str]:
        """The numbers (E.164) of whoever is in the call that may be called, in the order to try them."""
        return [phone.e164 or "" for phone in self.card.usable_phones] if self.card is not None else []

    @property
    def place(self) -> int:
        """Which of the numbers that may be called stands there, as a place among them."""
        return self._numbers.index(self._shown) if self._shown in self._numbers else 0

    @property
    def phones(self) -> Sequence[PhoneLine]:
        """The numbers of whoever is in the call that may be called, from the one that stands there on."""
        phones = self.card.usable_phones if self.card is not None else []
        return [*phones[self.place :], *phones[: self.place]]

    @property
    def phone(self) -> PhoneLine | None:
        """The one of her numbers that the call is on; None where that is not known: who rings may do so from any."""
        return self.phones[0] if self._number in self._numbers else None

    def next_number(self) -> None:
        """The call is on the next of her numbers."""
        if self._call is not None and self._numbers:
            self._shown = self._numbers[(self.place + 1) % len(self._numbers)]
            self._call = self._call._replace(number=self._shown)

    @property
    def asked(self) -> Asked:
        """What whoever is in the call is asked."""
        if self.card is None:
            return Asked()
        return Asked(
            questions_of(self._campaign, self.list_id),
            answers_of(self._campaign, self.list_id, self.card.id),
            open_mandates(self._campaign, self.card.id),
        )

    def look_again(self) -> None:
        """Read anew what is known of whoever is in the call; who is no longer in the file stays as she was."""
        if self.card is not None:
            self.card = person_card(self._campaign, self.card.id) or self.card
            self.story = story_of(self._campaign, self.card.id, STORY_ENTRIES)

    def noted_before(self) -> Noted | None:
        """What was noted of this call before it was left, to be gone on with on its number.

        A call of another day is one of that day.
        """
        draft = None if self.card is None else draft_of(self._campaign, self.card.id)
        if draft is None:
            return None
        self._kept = (draft.noted, draft.number)
        if self._call is not None and self._call.at is None:
            self._call = self._call._replace(at=self._of_another_day(draft.at))
            if self._call.at is not None and not self._named and draft.number in self._numbers:  # it is that very call
                self._call = self._call._replace(number=draft.number)
                self._shown = draft.number
        return Noted.read(draft.noted)

    def keep(self, noted: Noted, *, wait: bool) -> None:
        """Keep what stands on the form, where that or the number of the call has changed.

        Raises OrganiserError where the file cannot be written; without `wait` at once where another window is writing.
        """
        written = "" if self.card is None else noted.written()
        kept = (written, self._number if written else "")
        if self.card is None or kept == self._kept:
            return
        self._put(written, wait=wait)
        self._kept = kept

    def save(self, draft: ContactDraft, noted: Noted) -> Logged:
        """Save the call that is ending, of the day on which it was; `noted` is what stands on the form.

        Nobody is in the call then. Raises OrganiserError, with nothing saved, where the draft does not hold together.
        """
        others = self._others(draft.person_id)
        logged = log_contact(self._campaign, draft)  # with it goes what was kept of the call
        self.card, self._kept = None, _NOTHING_KEPT
        self._waiting = [call for call in self._waiting if call is None or call.person_id != draft.person_id]
        now = int(self._campaign.now().timestamp())
        at = now if self.at is None else self.at
        call = self._call or Call(draft.person_id, draft.list_id)
        self.saved.append(CallSaved(call, logged.action, logged.contact, noted, at, draft, logged.effect))
        return logged._replace(warnings=(*logged.warnings, *others))

    def _others(self, person_id: int) -> list[str]:
        """Who else is in a call with a person, or has logged her since this one began: the hold may have lapsed."""
        said = []
        if who := held_by(self._campaign, person_id):
            said.append(_("{who} is in a call with her as well, in another window.").format(who=who))
        since = int(self._since.timestamp())
        own = [one.contact for one in self.saved]
        for who, outcome in logged_since(self._campaign, person_id, since, but=own):
            words = _("{who} has logged her meanwhile: {outcome}.")
            said.append(words.format(who=who or _("somebody"), outcome=outcome_told(outcome)))
        return said

    def take_back(self, noted: Noted) -> tuple[Undone, CallSaved]:
        """Take the last call back: it is to be served again, on its day, and whoever was in the call waits meanwhile.

        Not the last deed: that may be another window's. What stands on the form, `noted`, may be of somebody else, and
        of her there may be more: it is kept. Raises OrganiserError where something stands in the way; whoever was in
        the call waits all the same then.
        """
        last, in_call = self.saved[-1], self.person_id
        if in_call is None:
            self.set_aside(noted)
        else:
            self.interrupt(noted)
        try:
            undone = undo_action(self._campaign, last.action, of=last.draft.person_id)
        except TakenBackError:
            self.saved.pop()
            raise
        last = self.saved.pop()
        call = last.call._replace(at=self._of_another_day(last.at), since=None)
        if in_call == last.draft.person_id:
            now = self._waiting.pop()  # it was the number before, or she rings herself meanwhile and goes on
            call = now if now is not None and now.rang else call
        return undone, last._replace(call=call)

    def keep_taken_back(self, saved: CallSaved) -> None:
        """Keep what stood on the form of a call that was taken back, where it cannot be gone on with now."""
        if saved.noted.anything:
            said, call = saved.draft, saved.call
            draft = CallDraft(said.person_id, said.list_id, saved.noted.written(), saved.at, call.number, call.rang)
            keep_draft(self._campaign, draft, aside=True)

    def skip(self, noted: Noted) -> None:
        """Whoever is in the call comes later, and what is noted with her. Raises as set_aside() does."""
        person = self.person_id
        self.set_aside(noted)
        if person is not None:
            self.skipped.add(person)

    def set_aside(self, noted: Noted) -> None:
        """Nobody is in the call any more; what is `noted` is kept for another time.

        Raises OrganiserError, with her still in the call, where that cannot be written.
        """
        self._put("" if self.card is None else noted.written(), aside=True)
        self.card, self._kept = None, _NOTHING_KEPT

    def _put(self, written: str, *, aside: bool = False, wait: bool = True) -> None:
        """Keep what is `written` of the call, or what was kept no longer where that is nothing."""
        if self.card is not None and written:
            draft = CallDraft(self.card.id, self.list_id, written, self.at, self._number, self.rang)
            keep_draft(self._campaign, draft, aside=aside, wait=wait)
        elif self._kept != _NOTHING_KEPT:
            drop_draft(self._campaign, wait=wait)

    def renew(self) -> tuple[str, ...]:
        """Hold on whoever is in the call and whoever waits; who has whom now in another window, in sentences.

        Raises OrganiserError where the file cannot be written.
        """
        calls = [call for call in self._waiting if call is not None]
        if self.card is not None and self._call is not None:
            calls.append(self._call)
        lost = renew_claims(self._campaign, {call.person_id: call.list_id for call in calls})
        cards = {person: person_card(self._campaign, person) for person in lost}
        sentence = _("{who} is in a call with {name}, in another window.")
        return tuple(sentence.format(who=lost[one], name=card.name) for one, card in cards.items() if card is not None)

    def release(self) -> None:
        """Give her back. Raises OrganiserError where that is refused just now: the claim lapses by itself."""
        release_claim(self._campaign)

    def counts(self) -> Counts:
        """What has come of it so far."""
        spoken = [one for one in self.saved if BY_EFFECT[one.effect].spoken_with]
        learned = [one for one in spoken if one.draft.learned]
        agreed = [one for one in self.saved if one.draft.follow_up is not None]
        return Counts(len(self.saved), len(spoken), len(learned), len(agreed))

    def _of_another_day(self, at: int) -> int | None:
        """The instant `at` of a call of an earlier day; else None, as it is now: a clock may have been put back."""
        return at if wall(at, self._campaign.zone).date() < self._campaign.today() else None
