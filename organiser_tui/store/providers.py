"""Providers: the board of who has been reached where, one provider's page, and how they are entered."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import EVERY_REGION, WHOLE_CAMPAIGN
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.outcomes import SPOKEN
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import LEARNED, UNCOUNTED
from organiser_tui.store.matching import provider_called
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


class ProviderRow(NamedTuple):
    """One line of the board: people, counted once each. `estimated` is None where nobody has estimated."""

    id: int
    name: str
    kind: str
    region_code: str
    region: str
    known: int
    attempted: int
    spoken_with: int
    reached: int
    asked: int
    signed: int
    estimated: int | None
    last_conversation: str
    last_by: str

    @property
    def unreached(self) -> bool:
        """Nobody there has been in a conversation or come to an event."""
        return self.reached == 0


class Totals(NamedTuple):
    """The whole campaign, everybody counted once."""

    providers: int
    unreached: int
    known: int
    attempted: int
    spoken_with: int
    reached: int
    asked: int
    signed: int


class WallCell(NamedTuple):
    """One person on a provider's wall chart."""

    person_id: int
    name: str
    rating: int
    card: str
    leader: int
    isolation: str
    last_conversation: str


class LogLine(NamedTuple):
    """One line of a provider's own log, of the kind "log", or one of its dated stances, "stance": then `what` is it."""

    kind: str
    day: str
    what: str
    whom: str
    forwarded_to: int | None
    certain: int
    note: str
    organiser: str


class ProviderCard(NamedTuple):
    """Everything that stands on a provider's page beside its line on the board."""

    row: ProviderRow
    municipality: str
    stance: str
    stance_day: str
    estimate_day: str
    estimate_source: str
    last_with: str
    """With whom the last conversation was, '' where there was none."""
    log: tuple[LogLine, ...]


_BOARD = (
    "SELECT v.id, v.name, v.kind, g.region_code, g.known, g.attempted, g.spoken_with, g.reached, g.asked, g.signed,"
    " (SELECT e.headcount FROM estimate e WHERE e.provider_id = v.id AND e.voided_by IS NULL"
    " ORDER BY e.day DESC, e.id DESC LIMIT 1), coalesce(v.region_code, m.region_code)"
    " FROM provider v LEFT JOIN provider_figures g ON g.provider_id = v.id AND {regions}"
    " LEFT JOIN municipality m ON m.code = v.municipality_code"
    " WHERE v.gone_by IS NULL AND {which}"
)
_UNREACHED_FIRST = " ORDER BY coalesce(g.reached, 0) > 0, coalesce(g.known, 0) DESC, v.folded, g.region_code, v.id"
_OPEN = "(v.closed_on IS NULL OR v.closed_on > ?)"


_LATEST = (
    "WITH latest AS (SELECT g.provider_id, g.region_code,"
    " (SELECT r.last_conversation FROM reach r WHERE r.provider_id = g.provider_id AND r.region_code = g.region_code"
    " ORDER BY r.last_conversation DESC, r.person_id DESC LIMIT 1) AS day,"
    " (SELECT r.person_id FROM reach r WHERE r.provider_id = g.provider_id AND r.region_code = g.region_code"
    " ORDER BY r.last_conversation DESC, r.person_id DESC LIMIT 1) AS person"
    " FROM provider_figures g WHERE g.region_code <> ?1 AND g.provider_id IN (SELECT value FROM json_each(?3))),"
    # The last one only is looked up among the contacts, which lie all over the file.
    " ordered AS (SELECT *, row_number() OVER (PARTITION BY provider_id, iif(?4, region_code, '')"
    " ORDER BY day DESC, person DESC) AS nth FROM latest WHERE day <> '')"
    " SELECT l.provider_id, l.region_code, l.day, l.person, coalesce((SELECT o.name FROM contact c"
    " JOIN organiser o ON o.id = c.organiser_id JOIN outcome u ON u.code = c.outcome WHERE c.person_id = l.person"
    " AND c.day = l.day AND c.voided_by IS NULL AND u.effect IN (SELECT value FROM json_each(?2))"
    f" AND ({LEARNED}) ORDER BY c.at DESC LIMIT 1), '') FROM ordered l WHERE l.nth = 1"
)
_Last = tuple[str, int, str]
"""The day of a last conversation, with whom it was, and who had it."""
_NEVER: _Last = ("", 0, "")


def provider_board(campaign: Campaign, *, by_region: bool = False) -> list[ProviderRow]:
    """Every open provider (with `by_region` one line a provider and region): unreached first, then the largest."""
    return with_last_conversations(campaign, provider_counts(campaign, by_region=by_region), by_region=by_region)


def provider_counts(campaign: Campaign, *, by_region: bool = False) -> list[ProviderRow]:
    """The board, but for the last conversations: to look them all up takes ten times as long as all the rest."""
    regions = "g.region_code <> ?" if by_region else "g.region_code = ?"
    found = campaign.connection.execute(
        _BOARD.format(regions=regions, which=_OPEN) + _UNREACHED_FIRST, (EVERY_REGION, campaign.today().isoformat())
    )
    return [_row(campaign, *line) for line in found]


def with_last_conversations(
    campaign: Campaign, rows: Sequence[ProviderRow], *, by_region: bool = False
) -> list[ProviderRow]:
    """`rows` of the board, each with the day of the last conversation there and who had it."""
    latest = _last_conversations(campaign, [row.id for row in rows], by_region=by_region)
    found = [latest.get((row.id, row.region_code if by_region else EVERY_REGION), _NEVER) for row in rows]
    return [row._replace(last_conversation=day, last_by=by) for row, (day, _who, by) in zip(rows, found, strict=True)]


def _last_conversations(
    campaign: Campaign, providers: Sequence[int], *, by_region: bool = False
) -> dict[tuple[int, str], _Last]:
    """The last conversation at each provider, EVERY_REGION beside it, or in each of its regions."""
    asked = (EVERY_REGION, json.dumps(sorted(SPOKEN)), json.dumps(list(providers)), by_region)
    return {
        (provider, region if by_region else EVERY_REGION): (day, person, who)
        for provider, region, day, person, who in campaign.connection.execute(_LATEST, asked)
    }


def _row(campaign: Campaign, *line: Any) -> ProviderRow:
    provider, name, kind, region, *counts, estimated, home = line
    where = (home or "") if region in (None, EVERY_REGION) else region
    known, attempted, spoken, reached, asked, signed = (count or 0 for count in counts)
    return ProviderRow(
        *(provider, name, kind, where, campaign.places.region_names.get(where, where)),
        *(known, attempted, spoken, reached, asked, signed),
        estimated,
        last_conversation="",
        last_by="",
    )


def campaign_totals(campaign: Campaign) -> Totals:
    """The sums of the whole campaign, everybody counted once."""
    connection = campaign.connection
    row = connection.execute(
        "SELECT known, attempted, spoken_with, reached, asked, signed FROM provider_figures"
        " WHERE provider_id = ? AND region_code = ?",
        (WHOLE_CAMPAIGN, EVERY_REGION),
    ).fetchone()
    providers, reached = connection.execute(
        "SELECT count(*), coalesce(sum(coalesce(g.reached, 0) > 0), 0) FROM provider v"
        " LEFT JOIN provider_figures g ON g.provider_id = v.id AND g.region_code = ?"
        " WHERE v.gone_by IS NULL AND (v.closed_on IS NULL OR v.closed_on > ?)",
        (EVERY_REGION, campaign.today().isoformat()),
    ).fetchone()
    return Totals(providers, providers - reached, *(row or (0,) * 6))


def people_uncounted(campaign: Campaign) -> dict[str, int]:
    """How many people "known" does not count because of what, each of them once."""
    counts: Counter[str] = Counter()
    for deceased, left, position, work, count in campaign.connection.execute(
        # Grouped as the index has them: a third of the time that sorting by the reason takes.
        "SELECT deceased, left_work_on IS NOT NULL, position, work, count(*) FROM person"
        f" WHERE gone_by IS NULL AND {UNCOUNTED} GROUP BY deceased, left_work_on IS NOT NULL, position, work"
    ):
        if deceased:
            counts["deceased"] += count
        elif left:
            counts["left the work"] += count
        else:
            counts["position" if position in ("manager", "owner") else work] += count
    return dict(counts)


def provider_card(campaign: Campaign, provider_id: int) -> ProviderCard | None:
    """A provider's page; None where it is not in the file (any more)."""
    connection = campaign.connection
    line = connection.execute(
        _BOARD.format(regions="g.region_code = ?", which="v.id = ?"), (EVERY_REGION, provider_id)
    ).fetchone()
    if line is None:
        return None
    (place,) = connection.execute(
        "SELECT coalesce(m.name, v.place) FROM provider v"
        " LEFT JOIN municipality m ON m.code = v.municipality_code WHERE v.id = ?",
        (provider_id,),
    ).fetchone()
    stance = connection.execute(
        "SELECT stance, day FROM stance WHERE provider_id = ? AND voided_by IS NULL ORDER BY day DESC, id DESC LIMIT 1",
        (provider_id,),
    ).fetchone() or ("unknown", "")
    estimate = connection.execute(
        "SELECT day, source FROM estimate WHERE provider_id = ? AND voided_by IS NULL"
        " ORDER BY day DESC, id DESC LIMIT 1",
        (provider_id,),
    ).fetchone() or ("", "")
    day, who, by = _last_conversations(campaign, [provider_id]).get((provider_id, EVERY_REGION), _NEVER)
    row = _row(campaign, *line)._replace(last_conversation=day, last_by=by)
    (last_with,) = connection.execute(
        "SELECT trim(given || ' ' || family) FROM person WHERE id = ?", (who,)
    ).fetchone() or ("",)
    return ProviderCard._make((row, place, *stance, *estimate, last_with, _log(campaign, provider_id)))


def _log(campaign: Campaign, provider_id: int) -> tuple[LogLine, ...]:
    rows = campaign.connection.execute(
        "SELECT kind, day, what, whom, forwarded_to, certain, note, coalesce(o.name, '') FROM ("
        " SELECT 'log' AS kind, id, day, what, whom, forwarded_to, certain, note, organiser_id FROM provider_log"
        " WHERE provider_id = ?1 AND voided_by IS NULL"
        " UNION ALL SELECT 'stance', id, day, stance, '', NULL, 1, note, organiser_id FROM stance"
        " WHERE provider_id = ?1 AND voided_by IS NULL"
        ") l LEFT JOIN organiser o ON o.id = l.organiser_id ORDER BY day DESC, l.id DESC",
        (provider_id,),
    )
    return tuple(LogLine(*row) for row in rows)


def wall_chart(campaign: Campaign, provider_id: int, limit: int = -1) -> list[WallCell]:
    """The people known at a provider today, those who lead others first, by name; with `limit` the first of them."""
    rows = campaign.connection.execute(
        "SELECT f.person_id, trim(p.given || ' ' || p.family), f.rating, f.card, p.leader, f.isolation,"
        " f.last_conversation FROM person_figures f JOIN person p ON p.id = f.person_id WHERE f.person_id IN"
        " (SELECT r.person_id FROM reach r WHERE r.provider_id = ? AND r.known = 1)"
        " ORDER BY f.rating, f.name_key, f.person_id LIMIT ?",
        (provider_id, limit),
    )
    return [WallCell(*row) for row in rows]


def people_at(campaign: Campaign, provider_id: int) -> list[int]:
    """The ids of everybody known at a provider today."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT person_id FROM reach WHERE provider_id = ? AND known = 1 ORDER BY person_id", (provider_id,)
    )
    return [row[0] for row in rows]


def add_provider(campaign: Campaign, name: str, kind: str = "unknown", region_code: str | None = None) -> int:
    """Make a provider and return its id.

    Raises OrganiserError where the name is empty or taken.
    """
    name = clean(name)
    if not fold(name):
        raise OrganiserError(_("A provider needs a name."))
    with campaign.write(DeedKind.ADD_PROVIDER) as deed:
        taken = provider_called(campaign, name)
        if taken is not None:
            raise OrganiserError(_("There is a provider named {name} already.").format(name=taken.name))
        return deed.insert("provider", name=name, folded=fold(name), kind=kind, region_code=region_code)


def note_stance(campaign: Campaign, provider_id: int, stance: str, note: str = "") -> None:
    """Note how a provider stands to the union, dated today.

    Raises OrganiserError where it is no longer in the file.
    """
    with campaign.write(DeedKind.NOTE_STANCE) as deed:
        refuse_gone(campaign, "provider", provider_id)
        deed.insert(
            "stance",
            provider_id=provider_id,
            stance=stance,
            day=campaign.today().isoformat(),
            note=clean(note),
            organiser_id=campaign.organiser_id,
        )


def estimate_headcount(campaign: Campaign, provider_id: int, headcount: int, source: str = "") -> None:
    """Note how many assistants a provider is thought to employ, dated today.

    Raises OrganiserError where it is no longer in the file.
    """
    with campaign.write(DeedKind.ESTIMATE_HEADCOUNT) as deed:
        refuse_gone(campaign, "provider", provider_id)
        deed.insert(
            "estimate",
            provider_id=provider_id,
            headcount=headcount,
            day=campaign.today().isoformat(),
            source=clean(source),
            organiser_id=campaign.organiser_id,
        )


def log_provider(campaign: Campaign, provider_id: int, what: str, *, day: str | None = None) -> None:
    """Add a line to a provider's own log, dated `day` (ISO), else today.

    Raises OrganiserError where the line is empty, or the provider is no longer in the file.
    """
    what = clean(what)
    if not what:
        raise OrganiserError(_("Write what happened."))
    with campaign.write(DeedKind.LOG_PROVIDER) as deed:
        refuse_gone(campaign, "provider", provider_id)
        deed.insert(
            "provider_log",
            provider_id=provider_id,
            day=day or campaign.today().isoformat(),
            what=what,
            organiser_id=campaign.organiser_id,
        )
