"""The short answers of a campaign, from which is read in a call."""

from __future__ import annotations

from collections.abc import Sequence

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.guides import Passage
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.short_answers import parse_short_answers
from organiser_tui.reference import shipped_texts
from organiser_tui.store.campaign import Campaign


def short_answers(campaign: Campaign) -> list[Passage]:
    """The campaign's own, by question; those that come with the program, in its language, where it has none."""
    return own_short_answers(campaign) or parse_short_answers(shipped_texts("short_answers", campaign.language)[0])


def own_short_answers(campaign: Campaign) -> list[Passage]:
    """The campaign's own, by question."""
    rows = campaign.connection.execute("SELECT heading, text FROM short_answer WHERE gone_by IS NULL ORDER BY heading")
    return [Passage(*row) for row in rows]


def set_short_answers(campaign: Campaign, answers: Sequence[Passage]) -> None:
    """Have just these short answers: what is not among them is taken out. Without any, those of the program count."""
    with campaign.write(DeedKind.SET_SHORT_ANSWERS) as deed:
        wanted = {answer.heading for answer in answers}
        for held in own_short_answers(campaign):
            if held.heading not in wanted:
                deed.end("short_answer", word_id("short_answer", held.heading))
        for answer in answers:
            deed.put("short_answer", heading=answer.heading, text=answer.text)
