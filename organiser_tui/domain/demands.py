"""What is put to management, what management does for it, and what a meeting agrees: drafts. Nothing is saved here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.words import _

_LONGEST: Final = 300
SUPPORT_HOURS: Final = 24
"""Within so many hours whoever suffered a reprisal is called."""


class DemandAnswer(StrEnum):
    """What came of a demand; NONE while it is not answered."""

    NONE = ""
    ANSWERED = "answered"
    WON = "won"
    REFUSED = "refused"


class ActionKind(StrEnum):
    """What a meeting may agree on."""

    DEMAND = "demand"
    MUTUAL_AID = "mutual aid"
    EDUCATION = "education"


@dataclass(frozen=True)
class DemandDraft:
    """A demand to be made: its words, the issue (code) it grew from, and where: at a provider, in a region, or both."""

    what: str
    issue: str | None = None
    provider_id: int | None = None
    region_code: str | None = None
    event_id: int | None = None
    put_to: str = ""

    def checked(self) -> DemandDraft:
        """As it is kept. Raises OrganiserError where it demands nothing, or is too long."""
        what = _words(self.what, _("A demand says what is to change: it needs words."))
        return replace(self, what=what, put_to=clean(self.put_to)[:_LONGEST])


@dataclass(frozen=True)
class ReprisalDraft:
    """What management did to somebody on a day (ISO): where, by whom ('' for unknown), and who saw it, by name."""

    person_id: int
    what: str
    day: str
    by_whom: str = ""
    witnesses: tuple[str, ...] = ()
    provider_id: int | None = None

    def checked(self, today: date) -> ReprisalDraft:
        """As it is kept. Raises OrganiserError where nothing was done, or it lies ahead of `today`."""
        what = _words(self.what, _("What was done to her? A reprisal needs words."))
        if self.day > today.isoformat():
            raise OrganiserError(_("{day} is still to come: a reprisal has happened already.").format(day=self.day))
        witnesses = tuple(dict.fromkeys(filter(None, map(clean, self.witnesses))))
        return replace(self, what=what, by_whom=clean(self.by_whom)[:_LONGEST], witnesses=witnesses)


@dataclass(frozen=True)
class ActionDraft:
    """What was agreed at a meeting: a demand, mutual aid or education, who takes it on, and until which day (ISO)."""

    event_id: int
    kind: str
    what: str
    person_id: int | None
    due: str

    def checked(self) -> ActionDraft:
        """As it is kept. Raises OrganiserError where nobody takes it on, or it lacks its words or its day."""
        if self.kind not in tuple(ActionKind):
            sentence = _("“{kind}” is none of what a meeting agrees on: {kinds}.")
            raise OrganiserError(sentence.format(kind=self.kind[:40], kinds=", ".join(ActionKind)))
        what = _words(self.what, _("What was agreed? An action needs words."))
        if self.person_id is None:
            raise OrganiserError(_("Who takes it on? An action needs somebody who does it."))
        if not self.due:
            raise OrganiserError(_("Until when? An action needs a day."))
        return replace(self, what=what)


def _words(text: str, lacking: str) -> str:
    """`text` cleaned; raises OrganiserError with the sentence `lacking` where it says nothing."""
    words = clean(text)
    if not any(map(str.isalnum, words)):
        raise OrganiserError(lacking)
    if len(words) > _LONGEST:
        raise OrganiserError(_("These are {n} letters: {most} at most.").format(n=len(words), most=_LONGEST))
    return words
