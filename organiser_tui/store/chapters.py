"""People who were passed to a local chapter or section."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

_LONGEST = 120


@dataclass(frozen=True)
class PassingDraft:
    """Somebody to be passed to a chapter or section; `contact` is who receives her there."""

    person_id: int
    chapter: str
    contact: str = ""

    def checked(self) -> PassingDraft:
        """The same, cleaned; raises OrganiserError where no chapter is named."""
        chapter, contact = clean(self.chapter), clean(self.contact)
        if not chapter:
            raise OrganiserError(_("Which chapter or section? Write for example Maribor."))
        if max(len(chapter), len(contact)) > _LONGEST:
            raise OrganiserError(_("A chapter and its contact take {most} letters each.").format(most=_LONGEST))
        return PassingDraft(self.person_id, chapter, contact)


class PassingRow(NamedTuple):
    """That somebody was passed to a chapter on a day (ISO), to whom there, and by whom of us."""

    id: int
    person_id: int
    name: str
    chapter: str
    contact: str
    day: str
    organiser: str


def pass_to_chapter(campaign: Campaign, draft: PassingDraft) -> int:
    """Note that somebody was passed to a chapter today.

    Raises OrganiserError where she was already, or none is named.
    """
    draft = draft.checked()
    with campaign.write(DeedKind.PASS_TO_CHAPTER) as deed:
        refuse_gone(campaign, "person", draft.person_id)
        for held in passings(campaign, draft.person_id):
            if held.chapter == draft.chapter and held.contact == draft.contact:
                sentence = _("{name} was passed to {chapter} on {day} already.")
                raise OrganiserError(sentence.format(name=held.name, chapter=held.chapter, day=held.day))
        day = campaign.today().isoformat()
        return deed.insert("chapter_passing", **asdict(draft), day=day, organiser_id=campaign.organiser_id)


def passings(campaign: Campaign, person_id: int | None = None) -> list[PassingRow]:
    """Whoever was passed to a chapter, the latest first; of one person where one is given."""
    whose = "" if person_id is None else " AND w.person_id = ?1"
    rows = campaign.connection.execute(
        "SELECT w.id, w.person_id, trim(p.given || ' ' || p.family), w.chapter, w.contact, w.day, coalesce(o.name, '')"
        " FROM chapter_passing w JOIN person p ON p.id = w.person_id LEFT JOIN organiser o ON o.id = w.organiser_id"
        f" WHERE w.voided_by IS NULL{whose} ORDER BY w.day DESC, w.id DESC",
        () if person_id is None else (person_id,),
    )
    return [PassingRow._make(row) for row in rows]


def chapters_known(campaign: Campaign) -> list[str]:
    """The chapters to which somebody was passed, the one with the most of them first."""
    rows = campaign.connection.execute(
        "SELECT chapter FROM chapter_passing WHERE voided_by IS NULL GROUP BY chapter ORDER BY count(*) DESC, chapter"
    )
    return [chapter for (chapter,) in rows]
