"""Asks for mandates: in a call, of one member at a meeting, of everybody on file; and for what was counted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.domain.heard import Heard
from organiser_tui.domain.mandates import ConsultationDraft, Counts, Mandate, MandateAnswer
from organiser_tui.store.consultations import (
    Consultation,
    close_consultation,
    count_ballots,
    give_mandate,
    mark_voted,
    members_on_file,
    open_consultation,
    open_mandates,
    reword_consultation,
    voters_among,
    why_not_mended,
)
from organiser_tui.store.errand import Errand
from organiser_tui.store.people import search_people
from organiser_tui.store.person import person_card
from organiser_tui.store.proposals import Proposal, proposals, set_proposal_aside
from organiser_tui.store.turnout import turnout
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.mandates import answer_label, mandate_words
from organiser_tui.tui.safe import safe
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_NEW = -1
"""No proposal: a question of one's own."""
_PUT, _ASIDE = range(2)


async def ask_mandates(page: Page, person_id: int, heard: Heard) -> Heard | None:
    """`heard` with what she answers in each open consultation of hers, from the first that is not answered yet.

    None where there is none. To be awaited inside a worker of the page.
    """
    asked = open_mandates(page.store, person_id)
    if not asked:
        return None
    given = {mandate.consultation_id: mandate for mandate in heard.mandates}
    for consultation in [one for one in asked if one.id not in given] or asked:
        mandate = await _ask_mandate(page, _("Mandate"), consultation.id, consultation.question, consultation.answer)
        if mandate is None:
            break
        given[consultation.id] = mandate
    return heard._replace(mandates=tuple(given.values()))


async def _ask_mandate(page: Page, who: str, consultation: int, question: str, before: str) -> Mandate | None:
    """What is answered, None where it was thought better of; `who` stands before the question."""
    title = safe(f"{who}: {question}")
    if before:
        title.append_text(safe(" · " + _("last time: {answer}").format(answer=answer_label(before))))
    choices = [Choice(answer.value, answer_label(answer)) for answer in MandateAnswer]
    answer = await page.app.push_screen_wait(Choose(title, choices, current=before or None))
    if answer != MandateAnswer.AMENDED:
        return None if answer is None else Mandate(consultation, answer)

    check = refused_by(lambda words: Mandate(consultation, answer, words).checked())
    label = safe(f"{who}: {_('What would she have otherwise?')}")
    line = await page.app.push_screen_wait(AskLine(label, check=check))
    return None if line is None else Mandate(consultation, answer, clean(line))


async def ask_one_member(page: Page, consultation: Consultation) -> None:
    """Note what somebody answered outside of a call, or that she has voted; to be awaited inside a worker."""

    def found(typed: str) -> list[Choice[int]]:
        people = search_people(page.store, typed)
        voters = voters_among(page.store, consultation.id, [person for person, _name in people])
        return [Choice(person, name, voted(voters[person])) for person, name in people if person in voters]

    def voted(day: str) -> str:
        if not day:
            return ""
        words = _("has voted, {day}") if consultation.secret else _("answered {day}")
        return words.format(day=short_day(day, page.store.today()))

    label = safe(f"{_('Who has voted?') if consultation.secret else _('Who answers?')} · {consultation.question}")
    nothing = _("found are those who were asked")
    whom: Choose[int] = Choose(label, [], more=found, nothing=nothing, placeholder=_("a name or a number"))
    person = await page.app.push_screen_wait(whom)
    if person is None:
        return
    with page.saying_errors():
        card = person_card(page.store, person)
        name = card.name if card is not None else ""
        if consultation.secret:
            mark_voted(page.store, consultation.id, person)
            page.say(_("{name}: has voted · u takes it back").format(name=name))
            return
        held = {one.id: one.answer for one in open_mandates(page.store, person)}
        mandate = await _ask_mandate(page, name, consultation.id, consultation.question, held.get(consultation.id, ""))
        if mandate is not None:
            give_mandate(page.store, person, mandate)
            said = mandate_words(mandate.answer, mandate.amendment)
            page.say(_("{name}: {answer} · u takes it back").format(name=name, answer=said))


async def begin_consultation(page: Page, proposal: Proposal | None = None) -> int | None:
    """Put a question to the members: a `proposal`, one that is chosen, or one's own; the id, or None.

    To be awaited inside a worker of the page.
    """
    ask = page.app.push_screen_wait
    held = proposals(page.store)
    if held and proposal is None:
        new = Choice(_NEW, _("a question of our own …"))
        chosen = await ask(Choose(_("What are the members asked?"), [*_choices(page, held), new], current=0))
        if chosen is None:
            return None
        proposal = None if chosen == _NEW else held[chosen]
    label = _("The question, as every member hears it")
    check = refused_by(lambda words: ConsultationDraft(words).checked())
    question = await ask(AskLine(label, proposal.what if proposal else "", check=check))
    if question is None:
        return None
    members = members_on_file(page.store)
    there = ngettext(
        "{n} member is on file today and may answer.", "{n} members are on file today and may answer.", members
    )
    kinds = [
        Choice(False, _("open: who answered what is kept")),
        Choice(True, _("secret: only who has voted, and sums")),
    ]
    secret = await ask(Choose(there.format(n=f"{members:,}"), kinds, current=False))
    if secret is None:
        return None
    draft = ConsultationDraft(question, secret, proposal.id if proposal else None)
    with page.saying_errors():
        opened = await asyncio.to_thread(Errand(page.store).run, partial(open_consultation, draft=draft))
        page.say(_("The members are asked · u takes it back"))
        return opened
    return None


def _choices(page: Page, held: Sequence[Proposal]) -> list[Choice[int]]:
    today = page.store.today()
    return [Choice(place, one.what, f"{one.name} · {short_day(one.day, today)}") for place, one in enumerate(held)]


async def sort_proposals(page: Page) -> None:
    """Put proposals to the members or set them aside, one after the other; to be awaited inside a worker."""
    ask = page.app.push_screen_wait
    while held := proposals(page.store):
        chosen = await ask(Choose(_("What members propose"), _choices(page, held)))
        if chosen is None:
            return
        kinds = [
            Choice(_PUT, _("put it to the members")),
            Choice(_ASIDE, _("set it aside"), _("nobody is asked; it stays with who made it")),
        ]
        what = await ask(Choose(safe(held[chosen].what), kinds, current=_PUT))
        if what == _PUT:
            await begin_consultation(page, held[chosen])
        elif what == _ASIDE:
            with page.saying_errors():
                set_proposal_aside(page.store, held[chosen].id)
    page.say(_("No proposal is waiting. + in a call notes one."))


async def mend_question(page: Page, consultation: Consultation) -> None:
    """Mend the words of a question that nobody has answered yet; to be awaited inside a worker of the page."""

    with page.saying_errors():
        if why := why_not_mended(page.store, consultation.id):
            page.say(why, severity="error")
            return
    label = _("The question, as every member hears it")
    check = refused_by(lambda words: ConsultationDraft(words).checked())
    words = await page.app.push_screen_wait(AskLine(label, consultation.question, check=check))
    if words is not None:
        with page.saying_errors():
            reword_consultation(page.store, consultation.id, words)


async def ask_to_close(page: Page, consultation: Consultation) -> None:
    """Close a consultation where it is meant; to be awaited inside a worker of the page."""
    question, detail = _("Close this consultation?"), _("Nobody can answer any more; u takes it back.")
    if await page.app.push_screen_wait(Confirm(question, safe(f"{consultation.question}\n{detail}"))):
        with page.saying_errors():
            close_consultation(page.store, consultation.id)


async def enter_count(page: Page, consultation: Consultation) -> None:
    """Enter what was counted in a secret ballot; to be awaited inside a worker of the page.

    Raises OrganiserError as count_ballots() does.
    """
    voted = turnout(page.store, consultation).voted

    def read(line: str) -> str:
        counts = zip(MandateAnswer, _counted(line), strict=True)
        return ", ".join(f"{answer_label(answer)} {ballots:,}" for answer, ballots in counts)

    label = _("How many ballots: yes, no, abstain, with an amendment")
    placeholder = _("four numbers: 24 7 3 0")
    check = refused_by(lambda numbers: _counted(numbers).checked(voted))
    line = await page.app.push_screen_wait(AskLine(label, check=check, read_back=read, placeholder=placeholder))
    if line is not None:
        count_ballots(page.store, consultation.id, _counted(line))


def _counted(line: str) -> Counts:
    numbers = line.replace(",", " ").split()
    if len(numbers) != len(MandateAnswer) or not all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers):
        raise OrganiserError(_("Write four numbers, such as 24 7 3 0."))
    return Counts(*map(int, numbers))
