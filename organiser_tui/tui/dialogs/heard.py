"""What else was heard: one question after +, and what is then noted beside the rest of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from organiser_tui.domain.folding import clean, fold, search_terms
from organiser_tui.domain.heard import NOTHING, AnswerTold, Heard, Tie, has_letters
from organiser_tui.exchange.cells import languages_in, parts_of
from organiser_tui.store.people import search_people
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.short_answers import ask_what_told
from organiser_tui.tui.drawing.heard import agreed_wording, heard_words
from organiser_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organiser_tui.store.person import PersonCard
    from organiser_tui.store.requests import RequestLine
    from organiser_tui.tui.page import Page

_FEWEST: Final = 3
_KNOWS, _SHIFTS, _FOLLOWS, _FOLLOWED, _NOBODY, _SPEAKS, _CAN, _NEXT, _AGREED, _NONE, _WANTS, _PROPOSES = range(12)
_WAITING: Final = 100
"""From here on what she wanted to know before, in its order."""
_TIES: Final = {
    _KNOWS: ("colleague", False),
    _SHIFTS: ("same shifts", False),
    _FOLLOWS: ("follows", False),
    _FOLLOWED: ("follows", True),
}
"""The kind of the connection, and whether it is the other's to her."""


async def ask_heard(page: Page, card: PersonCard, heard: Heard) -> Heard | None:
    """`heard` with one thing more, or with nothing, None where nothing came of it; to be awaited inside a worker."""
    told = {one.request_id for one in heard.told}
    waiting = [request for request in card.requests if request.id not in told]
    what = await page.app.push_screen_wait(Choose(_("What else did you hear?"), _choices(heard, waiting)))
    if what is None:
        return None
    if what == _NONE:
        return NOTHING
    if what >= _WAITING:
        one = waiting[what - _WAITING]
        answer = await ask_what_told(page, card.name, one.what)
        return None if answer is None else heard._replace(told=(*heard.told, AnswerTold(one.id, one.what, answer)))
    if what in _TIES:
        tie = await _ask_tie(page, card.id, *_TIES[what])
        return None if tie is None else heard._replace(ties=(*heard.ties, tie))
    if what == _NOBODY:
        return heard._replace(knows_nobody=True)
    return await _ask_words(page, card, heard, what)


def _choices(heard: Heard, waiting: Sequence[RequestLine]) -> list[Choice[int]]:
    choices = [
        Choice(_KNOWS, _("she knows …")),
        Choice(_SHIFTS, _("she has the same shifts as …")),
        Choice(_FOLLOWS, _("she follows …")),
        Choice(_FOLLOWED, _("she is followed by …")),
        Choice(_NOBODY, _("she knows no other assistant")),
        Choice(_SPEAKS, _("she speaks …")),
        Choice(_CAN, _("she can do …")),
        Choice(_WANTS, _("she wants to know …"), _("a question of hers")),
        Choice(_PROPOSES, _("she proposes …"), _("for all members")),
        Choice(_NEXT, _("for whoever calls next …")),
        Choice(_AGREED, _("she agrees that we keep this …")),
    ]
    choices += [Choice(_WAITING + place, _("you told her now"), one.what) for place, one in enumerate(waiting)]
    if heard != NOTHING:
        # Last: every digit means the same whether or not anything stands there.
        choices.append(Choice(_NONE, _("take out what stands here"), heard_words(heard)))
    return choices


async def _ask_words(page: Page, card: PersonCard, heard: Heard, what: int) -> Heard | None:
    """What is told in a line of its own."""
    ask = page.app.push_screen_wait
    if what == _NEXT:
        # What the last caller left stands there to be written on: it is replaced by this.
        line = await ask(AskLine(_("What should the next caller know?"), heard.for_next or card.next_note))
        return None if line is None else heard._replace(for_next=clean(line))
    asked = {
        _WANTS: AskLine(_("What does she want to know? It stands on your Today until she was told.")),
        _PROPOSES: AskLine(_("What does she propose that all members are asked? It waits among the mandates.")),
        _AGREED: AskLine(_("What did she agree to? In the words you said."), heard.agreed or agreed_wording()),
        _SPEAKS: AskLine(_("Which languages does she speak?"), placeholder=_("sl, hr")),
        _CAN: AskLine(_("What can she do?"), placeholder=_("drives, sign language, keeps accounts")),
    }
    line = await ask(asked[what])
    if not line:
        return None
    if what == _WANTS:
        return heard._replace(wants=(*heard.wants, clean(line)))
    if what == _PROPOSES:
        return heard._replace(proposes=(*heard.proposes, clean(line)))
    if what == _AGREED:
        return heard._replace(agreed=clean(line))
    if what == _SPEAKS:
        return heard._replace(languages=(*heard.languages, *languages_in(line)))
    return heard._replace(skills=(*heard.skills, *parts_of(line, comma=True)))


async def _ask_tie(page: Page, person_id: int, kind: str, reverse: bool) -> Tie | None:
    """Somebody in the file, or a name that is typed."""

    def found(typed: str) -> list[Choice[Tie]]:
        name = clean(typed)
        called = name.title() if name.islower() else name
        new = Choice(Tie(kind, None, called, reverse), called, _("somebody new"))
        if sum(map(len, search_terms(typed))) < _FEWEST:
            return [new] if has_letters(typed) else []
        people = [(other, held) for other, held in search_people(page.store, typed) if other != person_id]
        known = [Choice(Tie(kind, other, held, reverse), held) for other, held in people]
        # "Zora Kos" is not the Zoran Košir whom its letters find, too.
        if not has_letters(typed):
            return known
        whole = " " in name and not any(_may_become(name, held.split(" · ")[0]) for _other, held in people)
        return [new, *known] if whole else [*known, new]

    asked: Choose[Tie] = Choose(
        _("Who is it?"), [], more=found, nothing="", placeholder=_("a name; type three letters")
    )
    return await page.app.push_screen_wait(asked)


def _may_become(typed: str, name: str) -> bool:
    """Whether who types on may come to write `name`: all words but the last are hers, and that one begins one."""
    *whole, last = fold(typed).split()
    words = fold(name).split()
    for word in whole:
        if word not in words:
            return False
        words.remove(word)
    return any(word.startswith(last) for word in words)
