"""What is asked about an election: who is nominated, her votes, who is seated and when, terms, and passing on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.offices import last_day
from organiser_tui.store.chapters import PassingDraft, chapters_known, pass_to_chapter
from organiser_tui.store.committee import Ballot, ballot_of, elected, moving_up, nominate, note_votes, parse_votes, seat
from organiser_tui.store.offices import TermDraft, TermRow, end_term, next_begin, note_term, terms_of
from organiser_tui.store.person import person_card
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.someone import ask_someone
from organiser_tui.tui.safe import safe
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_NEW = -1
"""No term: one that is still to be noted."""


async def ask_nominations(page: Page, office_id: int, name: str) -> None:
    """Nominate one after the other until nobody is chosen."""
    title = _("Who is nominated? · {office}").format(office=name)
    while (person := await ask_someone(page, title)) is not None:
        with page.saying_errors():
            nominate(page.store, office_id, person.id)
            page.say(_("{name} is nominated · u takes it back").format(name=person.name))
            page.reload()
        title = _("Who else? · {office}").format(office=name)


async def ask_votes(page: Page, ballot: Ballot, person: int) -> None:
    """The votes of one, then of those who have none yet, one after the other until it is left."""
    left = [row.id for row in ballot.rows if row.answer == "accepted" and row.votes is None and row.id != person]
    for one in (person, *left):
        label = safe(_("Votes of {name}").format(name=ballot.name_of(one)))
        placeholder = _("a number; + behind it where the lot fell on her")
        line = await page.app.push_screen_wait(AskLine(label, check=refused_by(parse_votes), placeholder=placeholder))
        if line is None:
            return
        votes, lot = parse_votes(line)
        with page.saying_errors():
            note_votes(page.store, ballot.office.id, one, votes, lot=lot)
            page.reload()


async def ask_seating(page: Page, office_id: int) -> None:
    """Seat whoever was elected, or moves up where a seat is empty, from a day on."""
    with page.saying_errors():
        ballot = ballot_of(page.store, office_id)
        if ballot.sitting:
            await _ask_moving_up(page, ballot)
            return
        voted = elected(ballot, with_swaps=False)
        people: list[int] | None = voted
        failing = sum(not held.holds for held in ballot.held)
        if failing:
            broken = ngettext("{n} rule fails", "{n} rules fail", failing).format(n=failing)
            choices = [Choice(False, _("as the votes fell"), broken)]
            if ballot.mending is not None:
                mend = ngettext("{n} swap", "{n} swaps", len(ballot.mending.leave)).format(n=len(ballot.mending.leave))
                choices.insert(0, Choice(True, _("with the swaps that mend it"), mend))
            swapped = await page.app.push_screen_wait(Choose(_("Who is seated?"), choices))
            people = None if swapped is None else elected(ballot, with_swaps=swapped)
        if people is None:
            return
        from_day = await ask_day(
            page, _("From which day do they sit?"), next_begin(page.store, terms_of(page.store, office_id))
        )
        if from_day is not None:
            until = seat(page.store, office_id, people, from_day)
            words = ngettext("{n} is seated until {day}", "{n} are seated until {day}", len(people))
            page.say(words.format(n=len(people), day=until) + " · " + _("u takes it back"))


async def _ask_moving_up(page: Page, ballot: Ballot) -> None:
    people, until = moving_up(ballot)
    from_day = await ask_day(page, _("From which day does she sit?"), page.store.today().isoformat())
    if from_day is not None:
        seat(page.store, ballot.office.id, people, from_day, until)
        page.say(_("Seated until {day}").format(day=until) + " · " + _("u takes it back"))


async def ask_day(page: Page, title: str, proposed: str = "") -> str | None:
    """A day (ISO), None where it was left."""

    def read(text: str) -> Moment:
        try:
            return parse_moment(text, page.store.wall_now(), Direction.NEXT)
        except OrganiserError:  # it was before today
            return parse_moment(text, page.store.wall_now(), Direction.LAST)

    today = page.store.today()
    asked = AskLine(
        safe(title), proposed, check=refused_by(read), read_back=lambda text: read_back(read(text), today),
        placeholder=_("such as 12 dec 2026"),
    )  # fmt: skip
    line = await page.app.push_screen_wait(asked)
    return None if line is None else read(line).day.isoformat()


async def ask_terms(page: Page, office_id: int, name: str, years: int) -> None:
    """Every term of an office; one that is chosen ends early, and one that is missing can be noted."""
    terms = terms_of(page.store, office_id)
    new = Choice(_NEW, _("note a term …"), _("of somebody who sits or sat"))
    choices = [*(Choice(n, term.name, f"{term.from_day} – {term.until_day}") for n, term in enumerate(terms)), new]
    chosen = await page.app.push_screen_wait(Choose(safe(_("Terms · {office}").format(office=name)), choices))
    if chosen is None:
        return
    if chosen != _NEW:
        await _ask_early_end(page, terms[chosen])
        return
    person = await ask_someone(page, _("Whose term?"))
    if person is None:
        return
    from_day = await ask_day(page, _("The first day of her term"))
    proposed = last_day(from_day, years) if from_day else ""
    until = await ask_day(page, _("The last day of her term"), proposed) if from_day else None
    if from_day and until:
        with page.saying_errors():
            note_term(page.store, TermDraft(office_id, person.id, from_day, until))
            page.say(_("The term is noted · u takes it back"))


async def _ask_early_end(page: Page, term: TermRow) -> None:
    today = page.store.today().isoformat()
    proposed = today if term.from_day <= today < term.until_day else ""
    last = await ask_day(page, _("{name}: on which day does the term end early?").format(name=term.name), proposed)
    if last is not None:
        with page.saying_errors():
            end_term(page.store, term.id, last)
            page.say(_("{name}: until {day} · u takes it back").format(name=term.name, day=last))


async def ask_passing(page: Page, person: int | None) -> None:
    """Pass `person`, or whoever is found by name, to a chapter or section."""
    if person is None:
        found = await ask_someone(page, _("Who is passed to a chapter or section?"))
        person = None if found is None else found.id
    card = None if person is None else person_card(page.store, person)
    if card is None:
        return
    known = [Choice(name, name) for name in chapters_known(page.store)]

    def new(typed: str) -> list[Choice[str]]:
        return [Choice(typed, typed, _("new"))]

    title = safe(_("{name}: to which chapter or section?").format(name=card.name))
    asked: Choose[str] = Choose(title, known, more=new, nothing=_("write its name"), placeholder=_("its name"))
    chapter = await page.app.push_screen_wait(asked)
    if chapter is None:
        return
    contact = await page.app.push_screen_wait(
        AskLine(
            safe(_("Who receives her at {chapter}?").format(chapter=chapter)), placeholder=_("name, number; or empty")
        )
    )
    if contact is not None:
        with page.saying_errors():
            pass_to_chapter(page.store, PassingDraft(card.id, chapter, contact))
            page.say(_("{name} is passed to {chapter} · u takes it back").format(name=card.name, chapter=chapter))
