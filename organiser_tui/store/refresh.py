"""Keeps the kept figures: reads people's rows and moves what follows from them. The meaning is in domain.figures."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from organiser_tui.domain.figures import EVERY_REGION, FITS_UNREACHED, NO_PROVIDER, WHOLE_CAMPAIGN
from organiser_tui.domain.reach import ReachRow
from organiser_tui.store.facts import facts_of
from organiser_tui.store.kept import Kept, fits_of, kept_of
from organiser_tui.store.list_figures import move_targets

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.store.journal import Deed

_CHUNK = 500
_COUNTS = ("known", "attempted", "spoken_with", "reached", "asked", "signed")
FIGURES = (
    *("person_id", "name_key", "provider_id", "provider_key", "region_code", "region_key", "phone", "card"),
    *("card_order", "card_since", "form_due", "rating", "rated_on", "attempts", "last_contact", "last_outcome"),
    *("last_conversation", "spoken_with", "reached", "asked", "isolation", "next_due", "do_not_contact", "blocked"),
    *(
        "rests_until",
        "rest",
        "fits",
        "turns_on",
        "stage",
        "stage_since",
        "signed_on",
        "promises_kept",
        "promises_due",
        "unasked",
    ),
    *("counted", "bound", "involved_on"),
)
STAGE = FIGURES.index("stage")
"""Where the column of the board of sign-ups stands in a figures_row()."""
_DAY = ReachRow._fields.index("last_conversation")
INSERT_FIGURES = f"INSERT INTO person_figures ({', '.join(FIGURES)}) VALUES ({', '.join('?' * len(FIGURES))})"
"""Keeps one figures_row() of a person of whom none is kept."""
INSERT_REACH = (
    "INSERT INTO reach (person_id, provider_id, region_code, known, attempted, spoken_with, reached, asked, signed,"
    " last_conversation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
"""Keeps one person's id with one ReachRow of hers."""
_INSERT_SEARCH = "INSERT INTO person_search (id, name, work, numbers) VALUES (?, ?, ?, ?)"
_MANY = 1000
_PUT_IN_WHILE_TAKEN_OUT = 50
"""So many people's words are put into the index of the search while those of one are taken out."""
_MERGED = 16
"""So many pieces of the index of the words are merged, as the schema has it."""
_GATHERED, _GATHERED_MANY = 1 << 20, 1 << 26
"""Bytes of words that FTS5 gathers before it writes them: what it does by itself, and while very many come."""
_Place = tuple[int, str]
_WORKING_AT = "SELECT person_id FROM employment WHERE provider_id = ? AND gone_by IS NULL"
_PROMISED_FOR = (
    "SELECT person_id FROM ask WHERE event_id = ?1 AND voided_by IS NULL"
    " UNION SELECT person_id FROM task WHERE event_id = ?1 AND gone_by IS NULL"
)


def refresh(campaign: Campaign, people: Iterable[int]) -> None:
    """Move the kept figures of `people`, inside the transaction that changed their rows."""
    ids = iter(sorted(people))
    words = _SearchWords(campaign.connection)
    while chunk := list(islice(ids, _CHUNK)):
        _refresh_chunk(campaign, chunk, words)
    words.finish()


def also_moved(campaign: Campaign, deed: Deed) -> set[int]:
    """Whose figures move with what `deed` did to others: to those they know, a provider, or an event."""
    people = known_by(campaign, deed.moved_work) if deed.moved_work else set()
    for moved, concerned in ((deed.moved_providers, _WORKING_AT), (deed.moved_events, _PROMISED_FOR)):
        for row in moved:
            people.update([person for (person,) in campaign.connection.execute(concerned, (row,))])
    return people


def first_turn(campaign: Campaign) -> str | None:
    """The first day, past or to come, that moves the figures of somebody by itself; None where there is none."""
    sql = "SELECT min(turns_on) FROM person_figures WHERE turns_on IS NOT NULL"
    day: str | None = campaign.connection.execute(sql).fetchone()[0]
    return day


def figures_day(campaign: Campaign) -> str:
    """The last day for which figures were worked out, '' where none is known."""
    row = campaign.connection.execute("SELECT day FROM figures_day").fetchone()
    return str(row[0]) if row else ""


def refresh_turned(campaign: Campaign, today: str) -> int:
    """Move the figures of everybody for whom a date has come by `today`, and of those who know them.

    Where somebody works moves the isolation of others. Were figures worked out for a later day, since a clock was
    wrong, everybody's are moved. Returns for how many a date has come.
    """
    execute = campaign.connection.execute
    everybody = figures_day(campaign) > today
    which = "" if everybody else " WHERE turns_on <= ?"
    turned = [row[0] for row in execute(f"SELECT person_id FROM person_figures{which}", () if everybody else (today,))]
    refresh(campaign, turned if everybody else {*turned, *known_by(campaign, turned)})
    execute("INSERT INTO figures_day (id, day) VALUES (1, ?1) ON CONFLICT DO UPDATE SET day = ?1", (today,))
    return len(turned)


def known_by(campaign: Campaign, people: Iterable[int]) -> set[int]:
    """Everybody with a connection to one of `people`."""
    rows = campaign.connection.execute(
        "SELECT other_id FROM connection WHERE gone_by IS NULL AND person_id IN (SELECT value FROM json_each(?1))"
        " UNION SELECT person_id FROM connection WHERE gone_by IS NULL AND other_id IN"
        " (SELECT value FROM json_each(?1))",
        (json.dumps(list(people)),),
    )
    return {row[0] for row in rows}


def _refresh_chunk(campaign: Campaign, people: Sequence[int], words: _SearchWords) -> None:
    connection = campaign.connection
    today = campaign.today().isoformat()
    kept = [kept_of(campaign, facts, today) for facts in facts_of(campaign, people, today)]
    listed = json.dumps(people)
    moved = _move_reach(connection, listed, kept)
    words.move(listed, kept)
    _move_figures(campaign, listed, kept, unreached(connection, {at for person in kept for at in person.working_at}))
    move_targets(connection, people)
    turn_fits(campaign, moved)


def _move_reach(connection: Any, listed: str, kept: Sequence[Kept]) -> set[int]:
    """Replace the reach rows and move their sums; returns the providers that were or became unreached."""
    before: dict[int, list[ReachRow]] = defaultdict(list)
    for person, *row in connection.execute(
        "SELECT person_id, provider_id, region_code, known, attempted, spoken_with, reached, asked, signed,"
        " last_conversation FROM reach WHERE person_id IN (SELECT value FROM json_each(?))",
        (listed,),
    ):
        before[person].append(ReachRow(*row))
    connection.execute("DELETE FROM reach WHERE person_id IN (SELECT value FROM json_each(?))", (listed,))
    connection.executemany(INSERT_REACH, [(person.person_id, *row) for person in kept for row in person.reach])
    return move_sums(connection, summed(list(before.values()), [person.reach for person in kept]))


def move_sums(connection: Any, sums: dict[_Place, list[int]]) -> set[int]:
    """Move what is summed up of providers and regions; returns the providers that were or became unreached."""
    moving = {place: counts for place, counts in sums.items() if any(counts)}
    reached_before = _reached(connection, moving)
    connection.executemany(
        "INSERT INTO provider_figures (provider_id, region_code, known, attempted, spoken_with, reached, asked, signed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET known = known + excluded.known,"
        " attempted = attempted + excluded.attempted, spoken_with = spoken_with + excluded.spoken_with,"
        " reached = reached + excluded.reached, asked = asked + excluded.asked, signed = signed + excluded.signed",
        [(*place, *counts) for place, counts in moving.items()],
    )
    reached_after = _reached(connection, moving)
    return {p for p in reached_after if (reached_after[p] == 0) != (reached_before.get(p, 0) == 0)}


def contribution(rows: Sequence[ReachRow]) -> dict[_Place, tuple[int, ...]]:
    """What one person adds to the sums: once in each provider and region, each provider, each region, the campaign."""
    counts: dict[_Place, tuple[int, ...]] = {}
    for row in rows:
        own = row[2:8]
        for place in (
            (row.provider_id, row.region_code),
            (row.provider_id, EVERY_REGION),
            (WHOLE_CAMPAIGN, row.region_code),
            (WHOLE_CAMPAIGN, EVERY_REGION),
        ):
            held = counts.get(place)
            counts[place] = own if held is None else tuple(map(max, held, own))
    return counts


def summed(before: Sequence[list[ReachRow]], after: Sequence[list[ReachRow]]) -> dict[_Place, list[int]]:
    """By how much the sums move when people who contributed `before` contribute `after`."""
    contributions: Counter[tuple[tuple[Any, ...], ...]] = Counter()
    for sign, everyone in ((1, after), (-1, before)):
        lists = {id(rows): rows for rows in everyone}  # people who are alike share one list
        for one, times in Counter(map(id, everyone)).items():
            contributions[tuple([row[:_DAY] for row in lists[one]])] += sign * times
    sums: dict[_Place, list[int]] = defaultdict(lambda: [0] * len(_COUNTS))
    for counted, times in contributions.items():
        if times:
            for place, counts in contribution([ReachRow._make((*row, "")) for row in counted]).items():
                total = sums[place]
                for index, count in enumerate(counts):
                    total[index] += times * count
    return sums


def _reached(connection: Any, places: Iterable[_Place]) -> dict[int, int]:
    providers = {provider for provider, region in places if region == EVERY_REGION and provider > NO_PROVIDER}
    rows = connection.execute(
        "SELECT provider_id, reached FROM provider_figures"
        " WHERE region_code = ? AND provider_id IN (SELECT value FROM json_each(?))",
        (EVERY_REGION, json.dumps(list(providers))),
    )
    return dict(rows.fetchall())


def unreached(connection: Any, providers: Iterable[int]) -> set[int]:
    """Those of `providers` where nobody was reached; where no sum is kept, nobody was."""
    wanted = set(providers)
    rows = connection.execute(
        "SELECT provider_id FROM provider_figures WHERE region_code = ? AND reached > 0"
        " AND provider_id IN (SELECT value FROM json_each(?))",
        (EVERY_REGION, json.dumps(list(wanted))),
    )
    return wanted - {row[0] for row in rows}


class _SearchWords:
    """Moves the words that people are found by; where very many go, the index is built anew in the end.

    To take one person's words out so that nothing of them stays takes as long as to put fifty people in.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._gone = 0
        self._anew = False

    def move(self, listed: str, kept: Sequence[Kept]) -> None:
        """Replace the words of the people `listed` (JSON) by those of the `kept` among them."""
        rows = self._connection.execute(
            "SELECT id, name, work, numbers FROM person_search WHERE id IN (SELECT value FROM json_each(?))", (listed,)
        )
        held = {row[0]: (row[1], row[2], row[3]) for row in rows}
        wanted = {person.person_id: person.wording.words() for person in kept}
        gone = [(i, *words) for i, words in held.items() if wanted.get(i) != words]
        new = [(i, *words) for i, words in wanted.items() if held.get(i) != words]
        self._gone += len(gone)
        self._anew = self._anew or (self._gone > _MANY and not self._more_than(_PUT_IN_WHILE_TAKEN_OUT * self._gone))
        if not self._anew:
            self._connection.executemany(
                "INSERT INTO person_fts (person_fts, rowid, name, work, numbers) VALUES ('delete', ?, ?, ?, ?)", gone
            )
        self._connection.executemany("DELETE FROM person_search WHERE id = ?", [(row[0],) for row in gone])
        if self._anew:
            self._connection.executemany(_INSERT_SEARCH, new)
        else:
            insert_words(self._connection, new)

    def finish(self) -> None:
        """Everybody has been moved."""
        if self._anew:
            self._connection.execute("INSERT INTO person_fts (person_fts) VALUES ('rebuild')")

    def _more_than(self, people: int) -> bool:
        found = self._connection.execute("SELECT 1 FROM person_search LIMIT 1 OFFSET ?", (people,))
        return found.fetchone() is not None


def insert_words(connection: Any, rows: Sequence[tuple[Any, ...]]) -> None:
    """Keep the words of people of whom none are kept: id, name, work and place, numbers and addresses."""
    connection.executemany(_INSERT_SEARCH, rows)
    connection.executemany("INSERT INTO person_fts (rowid, name, work, numbers) VALUES (?, ?, ?, ?)", rows)


@contextmanager
def many_words(connection: Any) -> Iterator[None]:
    """Inside a transaction in which very many words are kept: 64 MB of them are gathered before any is written.

    With the usual 1 MB the index is written in small pieces that are merged again and again: a tenth of an import. The
    one piece that is written in the end is merged by those who write after it, a little each time. The file keeps these
    settings of the index, so that they are set back, or end with the transaction that is undone.
    """
    set_to = "INSERT INTO person_fts (person_fts, rank) VALUES (?, ?)"
    connection.executemany(set_to, (("hashsize", _GATHERED_MANY), ("automerge", 0)))
    yield
    connection.executemany(set_to, (("hashsize", _GATHERED), ("automerge", _MERGED)))


def figures_row(kept: Kept, fits: int, card_order: int) -> tuple[Any, ...]:
    """The row of person_figures, in the order of its columns."""
    f = kept.figures
    return (
        *(kept.person_id, kept.name_key, kept.provider_id, kept.provider_key, kept.region_code, kept.region_key),
        *(f.phone, f.card, card_order, f.card_since, f.form_due, f.rating, f.rated_on, f.attempts, f.last_contact),
        *(f.last_outcome, f.last_conversation, f.spoken_with, f.reached, f.asked, f.isolation, f.next_due),
        *(f.do_not_contact, f.blocked, f.rests_until, f.rest, fits, f.turns_on, f.stage, f.stage_since),
        *(f.signed_on, f.promises_kept, f.promises_due, f.unasked, f.counted, f.bound, f.involved_on),
    )


def _move_figures(campaign: Campaign, listed: str, kept: Sequence[Kept], not_reached: set[int]) -> None:
    """Only what differs is written: each column that is set has its indexes written anew, differing or not."""
    connection, order = campaign.connection, campaign.card_order
    held = {
        row[0]: row
        for row in connection.execute(
            f"SELECT {', '.join(FIGURES)} FROM person_figures WHERE person_id IN (SELECT value FROM json_each(?))",
            (listed,),
        )
    }
    fresh: list[tuple[Any, ...]] = []
    move_stages(connection, [row[STAGE] for row in held.values()], [person.figures.stage for person in kept])
    for person in kept:
        row = figures_row(person, fits_of(person, not_reached), order[person.figures.card])
        before = held.pop(person.person_id, None)
        if before is None:
            fresh.append(row)
            continue
        sets = {column: value for column, value, old in zip(FIGURES, row, before, strict=True) if value != old}
        if sets:
            connection.execute(
                f"UPDATE person_figures SET {', '.join(f'{column} = ?' for column in sets)} WHERE person_id = ?",
                (*sets.values(), person.person_id),
            )
    connection.executemany(INSERT_FIGURES, fresh)
    connection.executemany("DELETE FROM person_figures WHERE person_id = ?", [(gone,) for gone in held])


def move_stages(connection: Any, before: Iterable[str], after: Iterable[str]) -> None:
    """Move how many people stand in each column of the board of sign-ups: they stood `before`, and stand `after`."""
    moved = Counter(after)
    moved.subtract(before)
    connection.executemany(
        "INSERT INTO stage_figures (stage, people) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET people = people + excluded.people",
        [(stage, people) for stage, people in moved.items() if stage and people],
    )


def turn_fits(campaign: Campaign, providers: set[int]) -> None:
    """Turn what fits everybody at a provider that was, or became, unreached; happens once in its life.

    One statement for all of them: only that bit turns, and at the largest provider it is 20,000 people.
    """
    if not providers:
        return
    turned = campaign.connection.execute(
        "UPDATE person_figures AS f SET fits = fits + iif(fits & ?1, -?1, ?1) WHERE person_id IN (SELECT person_id"
        " FROM employment WHERE gone_by IS NULL AND provider_id IN (SELECT value FROM json_each(?2)))"
        " AND (fits & ?1 <> 0) <> EXISTS (SELECT 1 FROM employment e LEFT JOIN provider_figures g"
        " ON g.provider_id = e.provider_id AND g.region_code = ?3 WHERE e.person_id = f.person_id"
        " AND e.gone_by IS NULL AND coalesce(e.from_day, '') <= ?4 AND coalesce(e.to_day, '9999') >= ?4"
        " AND coalesce(g.reached, 0) = 0) RETURNING person_id",
        (FITS_UNREACHED, json.dumps(list(providers)), EVERY_REGION, campaign.today().isoformat()),
    ).fetchall()
    if turned:
        move_targets(campaign.connection, [person for (person,) in turned])
