"""A made-up campaign: believable people, providers and half a year of organising, from a plan and nothing else.

Equal plans and equal id makers give equal rows. Nothing here writes to a campaign, and nobody in it is real.
"""

from __future__ import annotations

from collections.abc import Iterator

from organiser_tui.domain.ids import IdMaker
from organiser_tui.exchange.demo.cast import Cast, Employer
from organiser_tui.exchange.demo.lives import Lives
from organiser_tui.exchange.demo.person import Role
from organiser_tui.exchange.demo.plan import Calendar, Plan, checked
from organiser_tui.exchange.demo.story import Story
from organiser_tui.exchange.demo.tables import Rows
from organiser_tui.store.made_up_facts import Batch

__all__ = ["Batch", "Plan", "made_up_campaign"]

CHUNK = 20_000
"""People in one round of batches: what is held in memory at a time."""


def made_up_campaign(plan: Plan, ids: IdMaker) -> Iterator[list[Batch]]:
    """The rows of a made-up campaign in rounds, each people with all that happened to them, a batch a table.

    Every row comes after those it points to.

    Regions and municipalities are the campaign's own and not among them. Raises OrganiserError for a plan that
    cannot be carried out.
    """
    plan = checked(plan)
    calendar, rng, rows = Calendar(plan.today, plan.zone), plan.randomness(), Rows()
    cast = Cast(plan, calendar, ids, rng, rows)
    lives = Lives(plan, cast, calendar, ids, rng, rows)
    story = Story(cast, calendar, rng, rows, lives)
    opening = _opening(plan, cast)
    for made in range(0, plan.people, CHUNK):
        lives.add(min(CHUNK, plan.people - made), () if made else opening)
        if made:
            story.tell_on()
        else:
            story.tell()
        yield rows.taken_out()
        lives.known.clear()


def _opening(plan: Plan, cast: Cast) -> list[tuple[Employer, Role]]:
    """The first people: founders, those of the unreached four, a bridge to them, a group, and one talk a provider."""
    hidden = cast.unreached
    people = [(cast.first, Role.FOUNDER)] * plan.founders
    people += [(employer, Role.UNREACHED) for employer in hidden for _n in range(employer.unreached)]
    people += [(cast.employers[1], Role.BRIDGE)] if hidden and hidden[0].unreached else []
    people += [(cast.hostile, Role.GROUP)] * min(12, plan.people // 40)
    people += [(employer, Role.TALKED_WITH) for employer in cast.employers if employer.unreached < 0]
    return people
