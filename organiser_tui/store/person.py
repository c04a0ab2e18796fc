"""One person: her card. What happened with her is in store/story.py, how she is entered in store/entering.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.figures import place_of_work
from organiser_tui.domain.phones import may_be_called
from organiser_tui.store.barring import bars_of
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import EMPLOYED, UNCOUNTED
from organiser_tui.store.hearing import NAMED, Ground, grounds_of
from organiser_tui.store.requests import RequestLine, open_requests
from organiser_tui.words import _


class PhoneLine(NamedTuple):
    """One number of a person; `e164` is None where what was written is no number."""

    id: int
    e164: str | None
    written: str
    extension: str
    kind: str
    standing: str | None
    also: str = ""
    """Others who have the same number, by name; '' for nobody."""


class EmploymentLine(NamedTuple):
    """One employment; days are ISO text, None where unknown; `place` is place_of_work()."""

    id: int
    provider_id: int
    provider: str
    from_day: str | None
    to_day: str | None
    place: str

    def on(self, day: str) -> bool:
        """Whether it lasts on that day (ISO)."""
        return (self.from_day or "") <= day <= (self.to_day or "9999")


class BarLine(NamedTuple):
    """A channel on which she must not be contacted (None: every one), and the day (ISO) since which."""

    id: int
    channel: str | None
    since: str


class Known(NamedTuple):
    """Somebody she is connected to, and how; `counts` says whether that one works as an assistant."""

    id: int
    name: str
    kind: str
    counts: bool


class PromiseLine(NamedTuple):
    """An open follow-up; `due` is wall time."""

    id: int
    kind: str
    due: str
    why: str
    organiser: str


class CustomValue(NamedTuple):
    """One of the campaign's own fields, and what stands in it for a person ('' for nothing)."""

    field_id: int
    name: str
    value: str


class PersonCard(NamedTuple):
    """Everything that stands on a person's card. Empty text is unknown."""

    id: int
    given: str
    family: str
    extra: str
    work: str
    which_work: str
    position: str
    gender: str
    region_code: str
    municipality_code: str
    region: str
    municipality: str
    place: str
    street: str
    postal_code: str
    town: str
    heard_through: str
    leave_message: int | None
    name_union: int | None
    call_from: str | None
    call_until: str | None
    call_how: str
    call_language: str
    work_numbers: int
    left_work_on: str | None
    deceased: int
    leader: int
    activist: int
    next_note: str
    handed_to: str
    """The organiser who should speak with her, by name; '' for nobody in particular."""
    handed_why: str
    source: str
    named_by: str
    """Who named her, where that is her source."""
    card: str
    card_since: str
    rating: int
    rated_on: str
    attempts: int
    last_contact: int
    last_conversation: str
    asked: int
    sign_answer: str
    """What she answered when she was last asked to sign, '' where she was not, or has not answered."""
    isolation: str
    next_due: str
    do_not_contact: str
    """The channels barred, divided by commas; "all" for every one, '' for none."""
    blocked: str
    """Why she is never served for a call, '' where she may be."""
    phones: tuple[PhoneLine, ...]
    emails: tuple[tuple[int, str], ...]
    employments: tuple[EmploymentLine, ...]
    promises: tuple[PromiseLine, ...]
    knows: tuple[Known, ...]
    """Those she is connected to."""
    requests: tuple[RequestLine, ...]
    """What she wants to know and was not told yet."""
    bars: tuple[BarLine, ...]
    """The oldest first."""
    safe_channels: tuple[str, ...]
    tags: tuple[str, ...]
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    external: tuple[tuple[str, str], ...]
    """The systems that know her, each with its id."""
    custom: tuple[CustomValue, ...]
    grounds: tuple[Ground, ...]

    @property
    def name(self) -> str:
        """Given name first, as one speaks."""
        return f"{self.given} {self.family}".strip()

    def provider_on(self, day: str) -> str:
        """Where she works on that day (ISO), the last begun where there are several; '' for nowhere known."""
        return next((job.provider for job in self.employments if job.on(day)), "")

    @property
    def barred_from(self) -> frozenset[str]:
        """The channels on which she must not be contacted; of every channel only calls and messages are named."""
        if self.do_not_contact == EVERY_CHANNEL:
            return frozenset(("call", "text", "e-mail"))
        return frozenset(filter(None, self.do_not_contact.split(",")))

    def discretion(self, written: Callable[[str], str] = str) -> list[str]:
        """What must be known before dialling, in words; empty where nothing is. `written` puts a day into words."""
        words = self._barred_words(written)
        if self.call_from and self.call_until:
            words.append(_("call {start}–{end}").format(start=self.call_from, end=self.call_until))
        elif self.call_from:
            words.append(_("only after {hour}").format(hour=self.call_from))
        elif self.call_until:
            words.append(_("only before {hour}").format(hour=self.call_until))
        if self.call_how:
            words.append(self.call_how)
        if self.leave_message == 0:
            words.append(_("leave no message"))
        if self.name_union == 0:
            words.append(_("do not name the union"))
        if self.safe_channels:
            words.append(_("safe: {channels}").format(channels=", ".join(self.safe_channels)))
        return words

    def _barred_words(self, written: Callable[[str], str]) -> list[str]:
        """On which channels she must not be contacted, each since she first said so; every one says it all."""
        since: dict[str | None, str] = {}
        for bar in self.bars:
            since.setdefault(bar.channel, written(bar.since))
        if None in since:
            return [_("do not contact since {day}").format(day=since[None])]
        sentence = _("do not contact by {channel} since {day}")
        return [sentence.format(channel=channel, day=day) for channel, day in since.items()]

    @property
    def usable_phones(self) -> list[PhoneLine]:
        """Numbers that may be called, in the order to try them."""
        return [
            phone
            for phone in self.phones
            if may_be_called(phone.e164, phone.kind, phone.standing, work_allowed=bool(self.work_numbers))
        ]


def person_card(campaign: Campaign, person_id: int) -> PersonCard | None:
    """The card of a person; None where she is not in the file (any more)."""
    connection = campaign.connection
    row = connection.execute(
        "SELECT p.id, p.given, p.family, p.extra, p.work, p.which_work, p.position, p.gender, f.region_code,"
        " coalesce(p.municipality_code, ''), coalesce(r.name, ''), coalesce(m.name, ''),"
        " p.place, p.street, p.postal_code, p.town, coalesce(p.heard_through, ''),"
        " p.leave_message, p.name_union, p.call_from, p.call_until, p.call_how, p.call_language,"
        " p.work_numbers, p.left_work_on, p.deceased, p.leader, p.activist, p.next_note,"
        " coalesce((SELECT o.name FROM organiser o WHERE o.id = p.handed_to), ''), p.handed_why, p.source,"
        " coalesce((SELECT trim(q.given || ' ' || q.family) FROM ("
        " SELECT id, other_id AS by, source FROM connection WHERE person_id = p.id AND gone_by IS NULL"
        " UNION ALL SELECT id, person_id, source FROM connection WHERE other_id = p.id AND gone_by IS NULL"
        ") c JOIN person q ON q.id = c.by WHERE c.source = p.source"
        f" AND p.source = '{NAMED}' ORDER BY c.id LIMIT 1), ''),"
        " f.card, f.card_since, f.rating, f.rated_on, f.attempts, f.last_contact,"
        " f.last_conversation, f.asked, coalesce((SELECT (SELECT w.answer FROM answer w WHERE w.ask_id = a.id"
        " AND w.voided_by IS NULL ORDER BY w.day DESC, w.id DESC LIMIT 1) FROM ask a WHERE a.person_id = p.id"
        " AND a.kind = 'sign' AND a.voided_by IS NULL ORDER BY a.day DESC, a.id DESC LIMIT 1), ''),"
        " f.isolation, f.next_due, f.do_not_contact, f.blocked"
        " FROM person p JOIN person_figures f ON f.person_id = p.id"
        " LEFT JOIN region r ON r.code = f.region_code LEFT JOIN municipality m ON m.code = p.municipality_code"
        " WHERE p.id = ? AND p.gone_by IS NULL",
        (person_id,),
    ).fetchone()
    if row is None:
        return None
    emails = connection.execute(
        "SELECT id, address FROM email WHERE person_id = ? AND gone_by IS NULL ORDER BY id", (person_id,)
    ).fetchall()
    return PersonCard._make(
        (
            *row,
            _phones(campaign, person_id),
            tuple(emails),
            _employments(campaign, person_id),
            _promises(campaign, person_id),
            _knows(campaign, person_id),
            open_requests(campaign, person_id),
            tuple(BarLine(*row) for row in bars_of(campaign, person_id)),
            _words(campaign, "safe_channel", "channel", person_id),
            _words(campaign, "tag", "tag", person_id),
            _words(campaign, "person_language", "language", person_id),
            _words(campaign, "skill", "skill", person_id),
            _external(campaign, person_id),
            tuple(held for held in custom_values(campaign, person_id) if held.value),
            grounds_of(campaign, person_id),
        )
    )


def _phones(campaign: Campaign, person_id: int) -> tuple[PhoneLine, ...]:
    rows = campaign.connection.execute(
        "SELECT t.id, t.e164, t.written, t.extension, t.kind, t.standing, coalesce((SELECT group_concat(name, ', ')"
        " FROM (SELECT DISTINCT trim(p.given || ' ' || p.family) AS name FROM phone o"
        " JOIN person p ON p.id = o.person_id WHERE o.e164 = t.e164 AND o.person_id <> t.person_id"
        " AND o.gone_by IS NULL AND o.standing IS NOT 'wrong'"
        " AND p.gone_by IS NULL LIMIT 3)), '') FROM phone t"
        " WHERE t.person_id = ? AND t.gone_by IS NULL ORDER BY t.position, t.id",
        (person_id,),
    )
    return tuple(PhoneLine(*row) for row in rows)


def _employments(campaign: Campaign, person_id: int) -> tuple[EmploymentLine, ...]:
    rows = campaign.connection.execute(
        f"SELECT e.id, e.place, p.region_code, p.municipality_code, {EMPLOYED}"
        " FROM employment e JOIN provider v ON v.id = e.provider_id JOIN person p ON p.id = e.person_id"
        " WHERE e.person_id = ? AND e.gone_by IS NULL ORDER BY coalesce(e.to_day, '9999') DESC, e.from_day DESC, e.id",
        (person_id,),
    )
    name_at = campaign.places.name_at
    lines = []
    for row, told, region, municipality, provider, from_day, to_day, name, *places in rows:
        own, seat = name_at(*places[:2]) or told, name_at(*places[2:])
        place = place_of_work(own, name_at(region, municipality), seat)
        lines.append(EmploymentLine(row, provider, name, from_day, to_day, place))
    return tuple(lines)


def _promises(campaign: Campaign, person_id: int) -> tuple[PromiseLine, ...]:
    rows = campaign.connection.execute(
        "SELECT u.id, u.kind, u.due, u.why, coalesce(o.name, '') FROM follow_up u"
        " LEFT JOIN organiser o ON o.id = u.organiser_id"
        " WHERE u.person_id = ? AND u.gone_by IS NULL AND u.done_on IS NULL ORDER BY u.due, u.id",
        (person_id,),
    )
    return tuple(PromiseLine(*row) for row in rows)


def _knows(campaign: Campaign, person_id: int) -> tuple[Known, ...]:
    rows = campaign.connection.execute(
        f"SELECT p.id, trim(p.given || ' ' || p.family), c.kind, NOT {UNCOUNTED} FROM ("
        " SELECT id, other_id AS whom, kind FROM connection WHERE person_id = ?1 AND gone_by IS NULL"
        " UNION ALL SELECT id, person_id, kind FROM connection WHERE other_id = ?1 AND gone_by IS NULL"
        ") c JOIN person p ON p.id = c.whom AND p.gone_by IS NULL ORDER BY c.id",
        (person_id,),
    )
    return tuple(Known(*row) for row in rows)


def _words(campaign: Campaign, table: str, column: str, person_id: int) -> tuple[str, ...]:
    rows = campaign.connection.execute(
        f"SELECT {column} FROM {table} WHERE person_id = ? AND gone_by IS NULL ORDER BY id", (person_id,)
    )
    return tuple(row[0] for row in rows)


def _external(campaign: Campaign, person_id: int) -> tuple[tuple[str, str], ...]:
    rows = campaign.connection.execute(
        "SELECT system, value FROM external_id WHERE person_id = ? AND gone_by IS NULL ORDER BY id", (person_id,)
    )
    return tuple((row[0], row[1]) for row in rows)


def custom_values(campaign: Campaign, person_id: int | None) -> list[CustomValue]:
    """Every field of the campaign's own, with what stands in it for a person; None is somebody not entered yet."""
    rows = campaign.connection.execute(
        "SELECT c.id, c.name, coalesce(x.value, ''), max(x.id) FROM custom_field c"
        " LEFT JOIN custom_value x ON x.custom_field_id = c.id AND x.person_id = ? AND x.gone_by IS NULL"
        " WHERE c.gone_by IS NULL GROUP BY c.id ORDER BY c.name, c.id",
        (person_id,),
    )
    return [CustomValue(*row[:3]) for row in rows]
