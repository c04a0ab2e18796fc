"""The offices of a made-up campaign: a committee whose first result breaks rules, a presidency, a shop steward.

Nothing is drawn at random here, and no id is taken from the maker: whatever else the campaign holds stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from organiser_tui.domain.figures import Card
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.offices import USUAL_OFFICES, OfficeDraft, last_day, usual_office
from organiser_tui.exchange.demo.cast import Cast
from organiser_tui.exchange.demo.lives import Known
from organiser_tui.exchange.demo.plan import TODAY
from organiser_tui.exchange.demo.tables import Row

_FROM_THE_FIRST = 10
"""So many candidates work at the first provider: they have most of the votes, as most members work there."""
_OTHERS = 10
_COUNTED, _NOMINATED = TODAY - 2, TODAY - 20
_PRESIDENCY_SINCE = TODAY - 150
_STEWARD_SINCE = TODAY - 1060


def elect(cast: Cast, days: Sequence[str], of: dict[str, list[Row]], known: Sequence[Known]) -> None:
    """Add the offices, whoever stands and sits, and two people who were passed to a chapter, where there are enough."""
    stands = {row[1]: row[2] for row in of["card"]}
    genders = {row[0]: row[6] for row in of["person"]}
    members = [one for one in known if one.card == Card.ON_FILE == stands.get(one.id)]
    first = [one for one in members if one.employer is cast.first]
    others = [
        one for one in members if one.employer is not cast.first and one.region_code != cast.first.home.region_code
    ]
    # Women first, as they are by the votes, too: whoever is missing stands further down.
    others.sort(key=lambda one: genders[one.id] == "M")
    if len(others) < _OTHERS or len(first) < _FROM_THE_FIRST:
        return
    names, lead = cast.words["office"], cast.organisers[0]
    committee = _office(of, usual_office(names[0], USUAL_OFFICES[0].seats))
    _stand(of, committee, days, [*first[:_FROM_THE_FIRST], *others[: _OTHERS // 2], *others[-_OTHERS // 2 :]], lead)
    presidency = _office(of, usual_office(names[1], USUAL_OFFICES[1].seats))
    for one in (first[0], others[0], others[-1]):
        _sit(of, presidency, one, days[_PRESIDENCY_SINCE], lead)
    steward = _office(of, usual_office(names[2], 1, cast.first.id))
    _sit(of, steward, first[1], days[_STEWARD_SINCE], lead)
    for ago, one in zip((30, 6), others[1:3], strict=True):
        row = (
            word_id("chapter_passing", one.id),
            one.id,
            one.town,
            cast.words["organiser"][1],
            days[TODAY - ago],
            lead,
        )
        of["chapter_passing"].append(row)


def _office(of: dict[str, list[Row]], draft: OfficeDraft) -> int:
    made = word_id("office", "demo", draft.name)
    of["office"].append(
        (
            *(made, draft.name, draft.seats, draft.provider_id, draft.years, draft.most_terms),
            *(draft.gender_share, draft.region_share, draft.employer_share),
        )
    )
    return made


def _stand(of: dict[str, list[Row]], office: int, days: Sequence[str], people: Sequence[Known], lead: int) -> None:
    """The first have the most votes; of the last two one has declined and one has not answered."""
    election = word_id("election", office)
    of["election"].append((election, office, days[_NOMINATED], lead))
    for place, one in enumerate(people):
        left = len(people) - place
        answer = ("accepted", "declined", "")[max(0, 3 - left)] if left < 3 else "accepted"
        votes = 61 - 3 * place if answer == "accepted" else None
        of["candidacy"].append(
            (
                *(word_id("candidacy", election, one.id), election, one.id, days[_NOMINATED], answer),
                *(days[_COUNTED - 10] if answer else None, votes, 0, lead),
            )
        )


def _sit(of: dict[str, list[Row]], office: int, one: Known, since: str, lead: int) -> None:
    row = (word_id("term", office, one.id), office, one.id, since, last_day(since, 3), lead)
    of["term"].append(row)
