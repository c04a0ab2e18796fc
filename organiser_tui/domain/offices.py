"""Offices that members are elected to, and the terms for which they hold them. Nothing is asked or saved here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from organiser_tui.domain.committee import Candidate, Rule, RuleKind, parse_share, shares_of_genders
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.words import _

_LONGEST: Final = 80
MOST_SEATS: Final = 31
"""For so many the fewest swaps are found in a moment, however many candidates there are."""
_MOST_YEARS: Final = 10
THIRD: Final = "1/3"
_FROM_SEATS: Final = 3
"""Shares are asked of an office with so many seats at least: of one seat everybody would be a whole."""
BREAK_DAYS: Final = 183
"""Terms that are so many days apart at most are in a row: an election may be late."""


@dataclass(frozen=True)
class OfficeDraft:
    """An office to be made or changed. A share is written ("1/3"), '' for a rule that is not asked of it.

    `most_terms` in a row, 0 for as many as one likes. `genders` names those of which the share is asked, divided by
    commas; '' for each one that a candidate has declared. An office with a `provider_id` is held by those who work
    there, such as a shop steward.
    """

    name: str
    seats: int
    provider_id: int | None = None
    years: int = 3
    most_terms: int = 2
    gender_share: str = THIRD
    region_share: str = THIRD
    employer_share: str = THIRD
    genders: str = ""

    def checked(self) -> OfficeDraft:
        """The same, cleaned; raises OrganiserError where it does not hold together."""
        name = clean(self.name)
        if not name:
            raise OrganiserError(_("An office needs a name, such as committee."))
        if len(name) > _LONGEST:
            raise OrganiserError(_("The name of an office takes {most} letters.").format(most=_LONGEST))
        if not 1 <= self.seats <= MOST_SEATS:
            raise OrganiserError(_("An office has 1 to {most} seats.").format(most=MOST_SEATS))
        if not 1 <= self.years <= _MOST_YEARS:
            raise OrganiserError(_("A term lasts 1 to {most} years.").format(most=_MOST_YEARS))
        if not 0 <= self.most_terms <= _MOST_YEARS:
            raise OrganiserError(_("Write how many terms in a row there may be, or 0 for as many as one likes."))
        shares = (self.gender_share, self.region_share, self.employer_share)
        gender, region, employer = (share.written() if (share := parse_share(text)) else "" for text in shares)
        return replace(
            self, name=name, gender_share=gender, region_share=region, employer_share=employer,
            genders=", ".join(self.genders_asked()),
        )  # fmt: skip

    def genders_asked(self) -> list[str]:
        """The genders of which the share is asked; none for each one that is declared."""
        return [gender for word in self.genders.split(",") if (gender := clean(word))]


USUAL_OFFICES: Final = (OfficeDraft("Committee", 13), OfficeDraft("Presidency", 3))


def usual_office(name: str, seats: int, provider_id: int | None = None) -> OfficeDraft:
    """An office with the rules that are usual: shares of a third where it has three seats or more."""
    share = THIRD if seats >= _FROM_SEATS and provider_id is None else ""
    return OfficeDraft(name, seats, provider_id, gender_share=share, region_share=share, employer_share=share)


def rules_of(
    office: OfficeDraft, candidates: Sequence[Candidate], largest_region: str, largest_employer: str
) -> list[Rule]:
    """The rules of an office among these candidates.

    A largest region or employer that is not known, '', can have nobody outside of it: its rule is left out.
    """
    rules = []
    if share := parse_share(office.gender_share):
        rules += shares_of_genders(share, candidates, office.genders_asked())
    if (share := parse_share(office.region_share)) and largest_region:
        rules.append(Rule(RuleKind.REGION, share, largest_region))
    if (share := parse_share(office.employer_share)) and largest_employer:
        rules.append(Rule(RuleKind.EMPLOYER, share, largest_employer))
    if office.most_terms:
        rules.append(Rule(RuleKind.TERMS, most_terms=office.most_terms))
    return rules


class Span(NamedTuple):
    """The first and the last day of a term, both ISO."""

    from_day: str
    until_day: str

    def meets(self, other: Span) -> bool:
        """Whether they have a day in common."""
        return self.from_day <= other.until_day and other.from_day <= self.until_day


def last_day(from_day: str, years: int) -> str:
    """The last day of a term of so many years that begins on a day: the eve of the same day then."""
    return (date.fromisoformat(from_day) + relativedelta(years=years) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """The day that follows."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def terms_in_a_row(terms: Sequence[Span], begins: str) -> int:
    """How many terms somebody has held without a break up to one that begins on a day.

    One that still runs then counts. A break is longer than BREAK_DAYS.
    """
    count, following = 0, date.fromisoformat(begins)
    for term in sorted(terms, reverse=True):
        if term.from_day > begins:
            continue
        if (following - date.fromisoformat(term.until_day)).days - 1 > BREAK_DAYS:
            break
        count, following = count + 1, date.fromisoformat(term.from_day)
    return count


def most_at_once(terms: Sequence[Span], during: Span) -> tuple[int, str]:
    """How many of these terms there are at most on one day of `during`, and the first such day."""
    days = [during.from_day, *(term.from_day for term in terms if during.from_day < term.from_day <= during.until_day)]
    counts = [(sum(term.from_day <= day <= term.until_day for term in terms), day) for day in sorted(days)]
    return max(counts, key=lambda counted: counted[0])
