"""How big a made-up campaign is and over which days it runs: sizes, the calendar, and wheels to draw from.

Nothing here knows people or what they said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from math import sqrt
from random import Random
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from organiser_tui.domain.clock import wall_instant
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.words import _

TODAY = 182
"""The number of today: days are counted from the first day of the campaign, half a year ago."""

DAY_MINUTES = 24 * 60
HOURS = (9, 21)
"""Nobody is called before the first hour, nor from the second one on."""

ZONES = {"SI": "Europe/Ljubljana", "FI": "Europe/Helsinki", "GB": "Europe/London"}
CALLING_CODE = {"SI": "386", "FI": "358", "GB": "44"}
MAIN_LANGUAGE = {"SI": "sl", "FI": "fi", "GB": "en"}

_FURTHEST_PAST = 8000
_FURTHEST_AHEAD = 120
_NO_MORE_PEOPLE = 3_000_000

Drawn = TypeVar("Drawn")


class Plan(NamedTuple):
    """What a made-up campaign is made from: equal plans make equal rows."""

    country: str
    today: date
    seed: int = 1
    people: int = 600
    contacts: int = 3000

    @property
    def zone(self) -> ZoneInfo:
        """The zone that its wall times are in."""
        return ZoneInfo(ZONES[self.country])

    @property
    def providers(self) -> int:
        """How many organisations employ its people: 20 for 600 people, 90 for 9,000, 1,200 for a million."""
        return max(8, int(0.5 + 0.6 * self.people**0.55))

    @property
    def households(self) -> int:
        """How many rows stand for private employers (one a municipality) and the self-employed (one a region)."""
        return min(60, max(2, round(0.25 * sqrt(self.people))))

    @property
    def founders(self) -> int:
        """How many began the campaign together, at one provider."""
        return min(300, max(2, self.people // 30))

    def randomness(self) -> Random:
        """A generator that gives the same numbers for the same plan, on every machine."""
        return Random(f"{self.country} {self.today} {self.seed} {self.people} {self.contacts}")


def checked(plan: Plan) -> Plan:
    """`plan`, its country in capitals; raises OrganiserError where no campaign can be made up from it."""
    country = plan.country.upper()
    if country not in ZONES:
        raise OrganiserError(
            _("The made-up campaign exists for {countries}, not for {country}.").format(
                countries=", ".join(ZONES), country=plan.country
            )
        )
    if not 1 <= plan.people <= _NO_MORE_PEOPLE:
        raise OrganiserError(_("A made-up campaign has 1 to {most} people.").format(most=_NO_MORE_PEOPLE))
    if not 0 <= plan.contacts <= 10 * plan.people:
        raise OrganiserError(
            _("A made-up campaign of {people} people has 0 to {most} contacts.").format(
                people=plan.people, most=10 * plan.people
            )
        )
    return plan._replace(country=country)


class Calendar:
    """The days of a campaign by number: 0 is its first day, TODAY is today, negative ones lie before it."""

    def __init__(self, today: date, zone: ZoneInfo) -> None:
        self.first = today - timedelta(days=TODAY)
        # Written out once, since a million people look days up by the million; a negative number finds its day from
        # the end of the list.
        numbers = [*range(TODAY + _FURTHEST_AHEAD), *range(-_FURTHEST_PAST, 0)]
        self.days = [(self.first + timedelta(days=n)).isoformat() for n in numbers]
        # Counted back from noon: on the day of a change to summer time, 9 o'clock is not 9 hours after midnight.
        noons = (datetime.combine(self.first + timedelta(days=n), time(12)) for n in range(TODAY + 1))
        self.instants = [wall_instant(noon, zone) - 12 * 3600 for noon in noons]

    def weekday(self, number: int) -> int:
        """0 for a Monday."""
        return (self.first + timedelta(days=number)).weekday()

    def on_weekday(self, number: int, weekday: int) -> int:
        """The last `weekday` up to day `number`."""
        return number - (self.weekday(number) - weekday) % 7

    def hour(self, number: int, clock: str) -> str:
        """Wall text of a day and an hour."""
        return f"{self.days[number]}T{clock}"


def wheel(choices: Iterable[tuple[Drawn, float]], bits: int) -> list[Drawn]:
    """A list of 2**bits entries in which each choice stands in proportion to its weight, at least once where it fits.

    One `getrandbits` then draws from it.
    """
    weighted = [(choice, weight) for choice, weight in choices if weight > 0]
    total = sum(weight for _choice, weight in weighted)
    size = 1 << bits
    drawn: list[Drawn] = []
    so_far = 0.0
    for choice, weight in weighted:
        so_far += weight
        drawn.extend([choice] * max(1, round(so_far / total * size) - len(drawn)))
    if not drawn:
        raise ValueError("a wheel needs something to draw")
    # Single entries of rare choices may have made it longer: what is cut is spread over the whole wheel.
    return drawn if len(drawn) == size else [drawn[i * len(drawn) // size] for i in range(size)]


def ranked(choices: Sequence[Drawn], flatness: float = 2.0) -> list[tuple[Drawn, float]]:
    """`choices` with weights that fall with their rank."""
    return [(choice, 1 / (rank + flatness)) for rank, choice in enumerate(choices)]
