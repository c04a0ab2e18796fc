"""Where kept figures differ from what follows from the rows, in sentences. Nothing is written or mended here."""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from organiser_tui.domain.figures import EVERY_REGION
from organiser_tui.domain.reach import ReachRow
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import Connection
from organiser_tui.store.facts import FactsOf, facts_of
from organiser_tui.store.kept import Kept, fits_of, kept_of
from organiser_tui.store.list_figures import COUNTED, COUNTED_AS
from organiser_tui.store.refresh import figures_row, first_turn, summed
from organiser_tui.store.registry import REGISTRY
from organiser_tui.words import _

_CHUNK = 2000
_COUNTS = ("known", "attempted", "spoken_with", "reached", "asked", "signed")
_FIGURES = tuple(REGISTRY["person_figures"])
_EVERYBODY = "SELECT id FROM person WHERE gone_by IS NULL ORDER BY id"
_NONSENSE = (ValueError, OverflowError, KeyError)
"""What a day or a word that is none raises where figures are worked out from it."""


_MOST = 100
"""So many people of whom something differs are enough, and so many days on which something turns."""


def figure_faults(campaign: Campaign, tell: Callable[[int, int], None]) -> Iterator[str]:
    """Sentences on everybody in the file, 100 at most; `tell` gets how many people were looked at, and of how many.

    One sentence where nothing is wrong but that the figures are kept for a later day than today.
    """
    day = _kept_for(campaign)
    differing: list[int] = []
    faults = list(islice(_faults_on(campaign, day, differing, tell), _MOST))
    later = _later_day(campaign, day, differing[:_MOST]) if differing else ""
    if later and next(_faults_on(campaign, later, [], tell), None) is None:
        sentence = _("Every figure is kept for {later} or after, and today is {day}: see to the clock of this device.")
        faults = [sentence.format(later=later, day=day)]
    yield from faults


def _later_day(campaign: Campaign, day: str, people: Sequence[int]) -> str:
    """The first day after `day` for which what is kept of `people` holds; '' where there is none."""
    held = _Kept(campaign.connection, json.dumps(people))
    reached = held.reached()
    for _n in range(_MOST):
        kept, nonsense = _worked_out(campaign, people, day)
        turns = [person.figures.turns_on for person in kept if person.figures.turns_on]
        if nonsense or not turns:
            return ""
        day = min(turns)
        kept, _nonsense = _worked_out(campaign, people, day)
        if next(_people_faults(kept, held, reached, campaign.card_order, []), None) is None:
            return day
    return ""


def _faults_on(campaign: Campaign, day: str, differing: list[int], tell: Callable[[int, int], None]) -> Iterator[str]:
    """Sentences on what differs from what is to be kept on `day`; puts the people concerned into `differing`."""
    connection = campaign.connection
    sums: Counter[tuple[int, str, str]] = Counter()
    reached = _Kept(connection, "").reached()
    everybody = array("q", (row[0] for row in connection.execute(_EVERYBODY)))
    for start in range(0, len(everybody), _CHUNK):
        tell(start, len(everybody))
        chunk = everybody[start : start + _CHUNK].tolist()
        kept, nonsense = _worked_out(campaign, chunk, day)
        yield from nonsense
        for (provider, region), counts in summed([], [person.reach for person in kept]).items():
            sums.update({(provider, region, word): n for word, n in zip(_COUNTS, counts, strict=True)})
        held = _Kept(connection, json.dumps(chunk))
        yield from _people_faults(kept, held, reached, campaign.card_order, differing)
    yield from _strays(campaign)
    yield from _sum_faults(campaign, sums)
    yield from _list_faults(connection)
    yield from _stage_faults(connection)


def _kept_for(campaign: Campaign) -> str:
    """The day for which the figures are kept: today, or the last one before a date that has come since they moved."""
    today = campaign.today().isoformat()
    turns = first_turn(campaign)
    if turns is None or turns > today:
        return today
    try:
        return (date.fromisoformat(turns) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return today


def _worked_out(campaign: Campaign, people: Sequence[int], day: str) -> tuple[list[Kept], list[str]]:
    """What is to be kept of `people` on `day`, and sentences on those of whom nothing can be worked out."""
    try:
        return [_of_one(campaign, facts, day) for facts in facts_of(campaign, people, day)], []
    except _NONSENSE:
        kept: list[Kept] = []
        faults = []
        for facts in facts_of(campaign, people, day):
            try:
                kept.append(_of_one(campaign, facts, day))
            except _NONSENSE as error:
                sentence = _("Nothing can be worked out of the rows of person {row}: {error}.")
                faults.append(sentence.format(row=facts.person_id, error=error))
        return kept, faults


def _of_one(campaign: Campaign, facts: FactsOf, day: str) -> Kept:
    kept = kept_of(campaign, facts, day)
    if kept.figures.card not in campaign.card_order:
        raise ValueError(_("a card cannot be “{state}”").format(state=kept.figures.card))
    return kept


class _Kept:
    """What the file keeps of the people `listed` (JSON), by person."""

    def __init__(self, connection: Connection, listed: str) -> None:
        self._connection = connection
        self._listed = listed

    def rows(self, sql: str) -> dict[int, list[tuple[Any, ...]]]:
        """The rows of `sql`, whose first column is the person and whose end is a condition on her."""
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for person, *row in self._connection.execute(f"{sql} IN (SELECT value FROM json_each(?))", (self._listed,)):
            found[person].append(tuple(row))
        return found

    def reached(self) -> set[int]:
        """The providers where somebody was reached."""
        sql = "SELECT provider_id FROM provider_figures WHERE region_code = ? AND reached > 0"
        return {row[0] for row in self._connection.execute(sql, (EVERY_REGION,))}


def _people_faults(
    people: Sequence[Kept], held: _Kept, reached: set[int], card_order: dict[str, int], differing: list[int]
) -> Iterator[str]:
    figures = held.rows(f"SELECT person_id, {', '.join(_FIGURES)} FROM person_figures WHERE person_id")
    reach = held.rows(f"SELECT person_id, {', '.join(ReachRow._fields)} FROM reach WHERE person_id")
    words = held.rows("SELECT id, name, work, numbers FROM person_search WHERE id")
    targets = held.rows(
        "SELECT person_id, id, fits, waits_since, next_due FROM target WHERE gone_by IS NULL AND person_id"
    )
    for person in people:
        own = person.person_id
        fits = fits_of(person, set(person.working_at) - reached)
        row = figures_row(person, fits, card_order[person.figures.card])
        faults: list[str] = []
        if figures[own] != [row]:
            for field, kept, wanted in zip(_FIGURES, *(figures[own] or [(None,) * len(row)]), row, strict=True):
                if kept != wanted:
                    faults.append(_differs(f"person_figures.{field}", own, kept, wanted))
        if reach[own] != person.reach and sorted(reach[own]) != sorted(map(tuple, person.reach)):
            faults.append(_differs("reach", own, sorted(reach[own]), sorted(map(tuple, person.reach))))
        if words[own] != [person.wording.words()]:
            faults.append(_differs("person_search", own, words[own], [person.wording.words()]))
        served_by = [fits, person.figures.last_contact, person.figures.next_due]
        for target, *stands in targets[own]:
            if stands != served_by:
                faults.append(_differs("target", target, stands, served_by))
        if faults:
            differing.append(own)
            yield from faults


def _differs(what: str, row: object, held: object, wanted: object) -> str:
    sentence = _("{what} of {row} is kept as {held}, but {wanted} follows from the rows.")
    return sentence.format(what=what, row=row, held=held, wanted=wanted)


def _strays(campaign: Campaign) -> Iterator[str]:
    for table, column in (("person_figures", "person_id"), ("reach", "person_id"), ("person_search", "id")):
        for (person,) in campaign.connection.execute(
            f"SELECT DISTINCT {column} FROM {table} t WHERE NOT EXISTS"
            f" (SELECT 1 FROM person p WHERE p.id = t.{column} AND p.gone_by IS NULL)"
        ):
            yield _("{table} keeps figures of {row}, who is not in the file.").format(table=table, row=person)


def _sum_faults(campaign: Campaign, sums: Counter[tuple[int, str, str]]) -> Iterable[str]:
    held: dict[tuple[int, str, str], int] = {}
    for provider, region, *counts in campaign.connection.execute(
        f"SELECT provider_id, region_code, {', '.join(_COUNTS)} FROM provider_figures"
    ):
        held |= {(provider, region, word): n for word, n in zip(_COUNTS, counts, strict=True)}
    for place in sorted(held.keys() | sums.keys()):
        if held.get(place, 0) != sums[place]:
            provider, region, word = place
            yield _differs(f"provider_figures.{word}", f"{provider} {region}", held.get(place), sums[place])


def _list_faults(connection: Connection) -> Iterator[str]:
    """What is kept of call lists: as what each target is counted, and how many there are of each."""
    for target, held, wanted in connection.execute(
        f"SELECT t.id, t.counted, {COUNTED} AS wanted FROM target t"
        " LEFT JOIN person_figures f ON f.person_id = t.person_id WHERE t.counted <> wanted"
    ):
        yield _differs("target.counted", target, held, wanted)
    columns = ", ".join(f"coalesce(n.{column}, 0)" for column in COUNTED_AS.values())
    sums = ", ".join(f"coalesce(sum(t.counted = {counted}), 0)" for counted in COUNTED_AS)
    for list_id, *counts in connection.execute(
        f"SELECT l.list_id, {columns}, {sums} FROM (SELECT list_id FROM target UNION SELECT list_id FROM list_figures)"
        " l LEFT JOIN list_figures n ON n.list_id = l.list_id LEFT JOIN target t ON t.list_id = l.list_id"
        " GROUP BY l.list_id"
    ):
        held_counts, wanted_counts = counts[: len(COUNTED_AS)], counts[len(COUNTED_AS) :]
        if held_counts != wanted_counts:
            yield _differs("list_figures", list_id, held_counts, wanted_counts)


def _stage_faults(connection: Connection) -> Iterator[str]:
    """Sentences on columns of the board of sign-ups with another number of people than stand in them."""
    rows = connection.execute(
        "SELECT stage, coalesce(g.people, 0), count(f.person_id) FROM (SELECT stage FROM stage_figures"
        " UNION SELECT DISTINCT stage FROM person_figures WHERE stage <> '') s LEFT JOIN stage_figures g USING (stage)"
        " LEFT JOIN person_figures f USING (stage) GROUP BY stage"
    )
    for stage, kept, wanted in rows:
        if kept != wanted:
            yield _differs("stage_figures", stage, kept, wanted)
