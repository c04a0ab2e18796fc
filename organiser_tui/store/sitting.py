"""A sitting of calls: who is in the call, what is noted of it meanwhile, what was saved. What is shown is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from organiser_tui.domain.clock import wall
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError, TakenBackError
from organiser_tui.domain.noted import Noted
from organiser_tui.domain.outcomes import BY_EFFECT, outcome_told
from organiser_tui.domain.queue import Served
from organiser_tui.store.call_drafts import CallDraft, LeftCall, draft_of, drop_draft, keep_draft, take_over_call
from organiser_tui.store.call_lists import CallListRow, call_list, list_tried_for
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.claims import held_by, release_claim, renew_claim
from organiser_tui.store.consultations import OpenMandate, open_mandates
from organiser_tui.store.contacts import Logged, log_contact, logged_since
from organiser_tui.store.history import Undone, undo_action
from organiser_tui.store.numbers import place_to_try
from organiser_tui.store.person import PersonCard, person_card
from organiser_tui.store.questions import Question, answers_of, questions_of
from organiser_tui.store.queue import hold_person, next_person, who_follows
from organiser_tui.store.story import StoryLine, story_of
from organiser_tui.words import _

STORY_ENTRIES = 40
"""So many are read of what happened with a person who is called."""


class CallSaved(NamedTuple):
    """One call of a sitting, until it is taken back."""

    action: int
    contact: int
    noted: Noted
    """What stood on the form."""
    at: int
    """Its instant, in seconds."""
    draft: ContactDraft
    effect: str
    rang: bool
    """Whether she rang."""


class _Waiting(NamedTuple):
    """Who was in the call when another came in between (None: nobody), for which list, and whether she had rung."""

    person_id: int | None
    list_id: int | None
    rang: bool


class Asked(NamedTuple):
    """What somebody is asked in a call."""

    questions: Sequence[Question] = ()
    """Those of its list."""
    before: Mapping[int, str] = MappingProxyType({})
    """What she answered to them in an earlier call."""
    mandates: Sequence[OpenMandate] = ()
    """What all members are asked."""


class Counts(NamedTuple):
    """What came of the calls of a sitting."""

    calls: int
    spoken_with: int
    conversations: int
    agreed: int
    """Calls after which a next step was agreed."""


class Sitting:
    """One organiser's calls through a list (None: everyone), one after the other, in one window."""

    def __init__(self, campaign: Campaign, list_id: int | None) -> None:
        self._campaign = campaign
        self.rang = False
        """Whether whoever is in the call rang."""
        self._rang_from = ""
        """The number (E.164) from which whoever is in the call rings; '' where that is not known."""
        self._waiting: list[_Waiting] = []
        self._opened = list_id
        """The list that is called through."""
        self.list_id = list_id
        """The list for which the call is."""
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
        self._kept = ""
        """What was last kept of the form."""
        self.at: int | None = None
        """The instant to be saved of a call that was left on another day; None where it is the present one."""

    @property
    def person_id(self) -> int | None:
        """Who is in the call."""
        return None if self.card is None else self.card.id

    @property
    def lasted(self) -> timedelta | None:
        """For how long the call has lasted; None where nobody is in it."""
        return self._campaign.now() - self._since if self.card is not None else None

    def serve(self, person_id: int | None = None) -> None:
        """Have `person_id`, or whoever is next, in the call; she is claimed in the same transaction.

        Raises OrganiserError, with nobody in the call, where another window holds her, where the list was taken back,
        or where the file cannot be written.
        """
        campaign = self._campaign
        if person_id is None:
            self.list_id, self.rang = self._opened, False
        self.served = self.card = None
        self._kept, self.at = "", None
        self._since = campaign.now()
        if self.list_id is not None and call_list(campaign, self.list_id) is None:
            if person_id is None:  # it keeps its name on the screen
                raise OrganiserError(_("This list is there no more: it was taken back."))
            self.list_id = None  # the call goes on, for none
        if person_id is not None:
            waiting = [one.person_id for one in self._waiting if one.person_id is not None]
            served = hold_person(campaign, self.list_id, person_id, but=waiting)
        else:
            served = next_person(campaign, self.list_id, self.skipped)
        if served is not None:
            self.card = person_card(campaign, served.person_id)
            self.story = story_of(campaign, served.person_id, STORY_ENTRIES)
            if self.list_id is None:
                self.list_id = served.list_id  # what was agreed for a list is asked, and counts, there
        self.served = served
        self.row = None if self.list_id is None else call_list(campaign, self.list_id)

    def go_on(self, left: LeftCall) -> None:
        """Take over a call that was left: it is for the list for which it was, which is called through from now on.

        Where that list is there no more, the call is for none, and the one that was opened is called through after it.
        Raises OrganiserError, naming the organiser, where somebody else is in a call with her now.
        """
        take_over_call(self._campaign, left)
        self.list_id = left.list_id
        if left.list_id is not None:
            self._opened = left.list_id

    def rings(self, person_id: int, number: str = "") -> None:
        """She rings, from that number (E.164): to be served now, for the list for which she was tried."""
        self.list_id, self.rang, self._rang_from = list_tried_for(self._campaign, person_id), True, number

    def ring(self, person_id: int, number: str, noted: Noted) -> None:
        """The same in the middle of a call: whoever is in it waits, and is held on. Raises as set_aside() does."""
        self._have_wait(noted)
        self.rings(person_id, number)

    def _have_wait(self, noted: Noted) -> None:
        """Whoever is in the call is so again later, with what is `noted`. Raises as set_aside() does."""
        waiting = _Waiting(self.person_id, self.list_id, self.rang)
        self.set_aside(noted)
        if waiting.person_id is not None or not self._waiting:  # where nobody was in it, those who wait come after her
            self._waiting.append(waiting)

    @property
    def interrupted(self) -> bool:
        """Whether somebody waits to be in the call again."""
        return bool(self._waiting)

    def resume(self) -> int | None:
        """Who was in the call before this one came in between, to be served again; None for whoever is next."""
        person_id, self.list_id, self.rang = self._waiting.pop()
        self._rang_from = ""
        return person_id

    def read_ahead(self) -> None:
        """Read whoever comes next with her story, and keep nothing of it.

        It lies all over a big file. When she is served, the connection has the pages of it in its cache.
        """
        if self.card is None:
            return
        if self._waiting:
            following = self._waiting[-1].person_id
        else:
            following = who_follows(self._campaign, self._opened, {*self.skipped, self.card.id})
        if following is not None:
            person_card(self._campaign, following)
            story_of(self._campaign, following, STORY_ENTRIES)

    @property
    def place_to_try(self) -> int:
        """Which of the numbers of whoever is in the call is tried first, as a place among those that may be called."""
        if self.card is None:
            return 0
        phones = self.card.usable_phones
        rang = [place for place, phone in enumerate(phones) if phone.e164 == self._rang_from]
        return rang[0] if rang else place_to_try(self._campaign, self.card.id, [phone.id for phone in phones])

    @property
    def number_known(self) -> bool:
        """Whether it is known which of her numbers the call is on: who rings may do so from any."""
        phones = self.card.usable_phones if self.card is not None else []
        return not self.rang or self._rang_from in [phone.e164 for phone in phones]

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
        """What was noted of this call before it was left; a call of another day is one of that day."""
        draft = None if self.card is None else draft_of(self._campaign, self.card.id)
        if draft is None:
            return None
        self._kept, self.at = draft.noted, self._of_another_day(draft.at)
        return Noted.read(draft.noted)

    def keep(self, noted: Noted, *, wait: bool) -> None:
        """Keep what stands on the form, where that has changed.

        Raises OrganiserError where the file cannot be written; without `wait` at once where another window is writing.
        """
        written = "" if self.card is None else noted.written()
        if self.card is None or written == self._kept:
            return
        self._put(written, wait=wait)
        self._kept = written

    def save(self, draft: ContactDraft, noted: Noted) -> Logged:
        """Save the call that is ending, of the day on which it was; `noted` is what stands on the form.

        Nobody is in the call then. Raises OrganiserError, with nothing saved, where the draft does not hold together.
        """
        others = self._others(draft.person_id)
        logged = log_contact(self._campaign, draft)  # with it goes what was kept of the call
        self.card, self._kept = None, ""
        self._waiting = [one for one in self._waiting if one.person_id != draft.person_id]
        now = int(self._campaign.now().timestamp())
        at = now if self.at is None else self.at
        self.saved.append(CallSaved(logged.action, logged.contact, noted, at, draft, logged.effect, self.rang))
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
        """Take the last call back: it is to be served again, for its list, and whoever is in the call waits meanwhile.

        Not the last deed: that may be another window's. What stands on the form, `noted`, may be of somebody else, and
        of her there may be more: it is kept. Raises OrganiserError where something stands in the way; whoever was in
        the call waits all the same then.
        """
        last, in_call = self.saved[-1], self.person_id
        if in_call is None:
            self.set_aside(noted)
        else:
            self._have_wait(noted)
        try:
            undone = undo_action(self._campaign, last.action, of=last.draft.person_id)
        except TakenBackError:
            self.saved.pop()
            raise
        if in_call == last.draft.person_id:  # it was the number before
            self._waiting.pop()
        self.list_id, self.rang, self._rang_from = last.draft.list_id, last.rang, ""
        return undone, self.saved.pop()

    def again(self, call: CallSaved) -> None:
        """The call that is under way is `call`, which was taken back: it keeps its day."""
        self.at = self._of_another_day(call.at)

    def put_aside(self, call: CallSaved) -> None:
        """Keep what stood on the form of a call that was taken back, where it cannot be gone on with now."""
        if call.noted.anything:
            said = call.draft
            draft = CallDraft(said.person_id, said.list_id, call.noted.written(), call.at)
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
        self.card, self._kept = None, ""

    def _put(self, written: str, *, aside: bool = False, wait: bool = True) -> None:
        """Keep what is `written` of the call, or what was kept no longer where that is nothing."""
        if self.card is not None and written:
            draft = CallDraft(self.card.id, self.list_id, written, self.at)
            keep_draft(self._campaign, draft, aside=aside, wait=wait)
        elif self._kept:
            drop_draft(self._campaign, wait=wait)

    def renew(self) -> None:
        """Hold her on. Raises OrganiserError, naming the organiser, where another window has her now."""
        for person_id, list_id, _rang in (*self._waiting, _Waiting(self.person_id, self.list_id, self.rang)):
            if person_id is not None:
                renew_claim(self._campaign, list_id, person_id)

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
