"""What is kept of people who have just come in. Those who are alike share what the one function has worked out for one.

Nothing has happened yet with any of them, so that all but names and numbers follows from where they work and live.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from organiser_tui.domain.figures import LAST, PersonFigures
from organiser_tui.domain.folding import sort_key
from organiser_tui.store.facts import Gathered, assembled, usable_phone

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.store.refresh import Kept

Alike = dict[tuple[Any, ...], "Kept"]
"""What was worked out for one person, by all that it follows from."""


def kept_of_newcomers(campaign: Campaign, gathered: Gathered, today: str, alike: Alike) -> Iterator[Kept]:
    """What is to be kept of each of the people gathered on day `today`; `alike` is filled as it goes."""
    from organiser_tui.store.refresh import Kept, kept_of, words_of

    region_of, language = campaign.places.region_of, campaign.language
    for row in gathered.people:
        person, given, family, extra, place, municipality, _region, *standing = row
        employed = gathered.employed.get(person, ())
        numbers = gathered.phones.get(person, ())
        phone = usable_phone(numbers, bool(standing[-1]))
        key = (phone is None, *row[4:], *employed)
        one = alike.get(key)
        if one is None:
            facts = next(assembled(gathered._replace(people=[row]), region_of, today))
            one = alike[key] = kept_of(campaign, facts, today)
        yield Kept(
            person,
            PersonFigures(phone or LAST, *one.figures[1:]),
            sort_key(family, given, language),
            *one[3:9],
            words_of(family, given, extra, one.words[1], numbers, gathered.emails.get(person, ())),
        )

