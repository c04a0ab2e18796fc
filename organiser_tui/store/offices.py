"""Offices and who holds them: made, changed, and the terms with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.domain.offices import USUAL_OFFICES, OfficeDraft, Span, day_after, most_at_once
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _, ngettext

_FIELDS = ", ".join(f"o.{field}" for field in OfficeDraft.__dataclass_fields__)

_YEARS = 100
"""No term lies further away."""


class OfficeRow(NamedTuple):
    """One office; `draft` is what it is, `provider` whose, '' for none. Days are ISO, '' for none."""

    id: int
    draft: OfficeDraft
    provider: str
    filled: int
    """How many sit today."""
    first_end: str
    """The last day of the first of those terms to end."""
    standing: int
    """How many stand in an election that is open."""

    @property
    def name(self) -> str:
        """What it is called, with the provider where it is one's own."""
        return f"{self.draft.name}, {self.provider}" if self.provider else self.draft.name


class TermRow(NamedTuple):
    """A term of an office: who holds it, its first and last day, and the election (None for none)."""

    id: int
    person_id: int
    name: str
    from_day: str
    until_day: str
    election_id: int | None

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.from_day, self.until_day)


@dataclass(frozen=True)
class TermDraft:
    """A term to be noted, from its first to its last day (ISO)."""

    office_id: int
    person_id: int
    from_day: str
    until_day: str
    election_id: int | None = None


def offices(campaign: Campaign) -> list[OfficeRow]:
    """Every office, those of the whole campaign first, those with the most seats before the others."""
    rows = campaign.connection.execute(
        f"SELECT o.id, coalesce(v.name, ''), {_FIELDS},"
        " (SELECT count(*) FROM term t WHERE t.office_id = o.id AND t.gone_by IS NULL AND ?1 BETWEEN t.from_day"
        " AND t.until_day), coalesce((SELECT min(t.until_day) FROM term t WHERE t.office_id = o.id"
        " AND t.gone_by IS NULL AND ?1 BETWEEN t.from_day AND t.until_day), ''), (SELECT count(*) FROM candidacy c"
        " JOIN election e ON e.id = c.election_id WHERE e.office_id = o.id AND e.gone_by IS NULL AND c.gone_by IS NULL"
        " AND c.answer <> 'declined' AND NOT EXISTS (SELECT 1 FROM term t WHERE t.election_id = e.id"
        " AND t.gone_by IS NULL)) FROM office o LEFT JOIN provider v ON v.id = o.provider_id WHERE o.gone_by IS NULL"
        " ORDER BY o.provider_id IS NOT NULL, o.seats DESC, o.name, v.name, o.id",
        (campaign.today().isoformat(),),
    )
    return [OfficeRow(row, OfficeDraft(*said[:-3]), provider, *said[-3:]) for row, provider, *said in rows]


def office_row(campaign: Campaign, office_id: int) -> OfficeRow:
    """One office. Raises OrganiserError where it is not in the file."""
    for row in offices(campaign):
        if row.id == office_id:
            return row
    raise OrganiserError(_("This office is no longer in the file."))


def office_named(campaign: Campaign, text: str) -> OfficeRow:
    """The office that `text` (an id, its name, or its name and provider) means.

    Raises OrganiserError, naming them, where none fits or several do.
    """
    rows, wanted = offices(campaign), fold(text)
    fitting = [row for row in rows if text == str(row.id) or wanted in (fold(row.name), fold(row.draft.name))]
    fitting = fitting or [row for row in rows if wanted and wanted in fold(row.name)]
    if len(fitting) == 1:
        return fitting[0]
    named = "; ".join(f"{row.id} {row.name}" for row in (fitting or rows)[:8])
    if fitting:
        raise OrganiserError(_("“{text}” fits several offices: {names}.").format(text=text[:80], names=named))
    if not rows:
        raise OrganiserError(
            _("There is no office in this campaign yet. committee CAMPAIGN NAME make SEATS makes one.")
        )
    raise OrganiserError(_("No office fits “{text}”. Offices: {names}.").format(text=text[:80], names=named))


def make_office(campaign: Campaign, draft: OfficeDraft) -> int:
    """Make an office and return its id. Raises OrganiserError where it does not hold together or is there already."""
    draft = draft.checked()
    with campaign.write(DeedKind.MAKE_OFFICE) as deed:
        return _insert(deed, draft)


def make_usual_offices(campaign: Campaign) -> None:
    """Make a committee and its presidency in one deed. Raises OrganiserError where there is one of that name."""
    with campaign.write(DeedKind.MAKE_OFFICE) as deed:
        for draft in USUAL_OFFICES:
            _insert(deed, draft.checked())


def change_office(campaign: Campaign, office_id: int, draft: OfficeDraft) -> None:
    """Have an office be what `draft` says.

    Raises OrganiserError where it does not hold together, or more sit than it would have seats.
    """
    draft = draft.checked()
    with campaign.write(DeedKind.CHANGE_OFFICE) as deed:
        refuse_gone(campaign, "office", office_id)
        _refuse_twin(campaign, draft, office_id)
        held = office_row(campaign, office_id)
        if held.filled > draft.seats:
            sentence = _("{n} people sit in it: it cannot have {seats} seats before their terms end.")
            raise OrganiserError(sentence.format(n=held.filled, seats=draft.seats))
        deed.change("office", office_id, **asdict(draft))


def end_office(campaign: Campaign, office_id: int) -> None:
    """Take an office out; its terms stay with those who held it. Raises OrganiserError while somebody sits."""
    with campaign.write(DeedKind.END_OFFICE) as deed:
        refuse_gone(campaign, "office", office_id)
        row = office_row(campaign, office_id)
        if row.filled:
            sentence = ngettext(
                "{n} person sits in {office}: end the term first.",
                "{n} people sit in {office}: end their terms first.",
                row.filled,
            )
            raise OrganiserError(sentence.format(n=row.filled, office=row.name))
        deed.end("office", office_id)


def _insert(deed: Deed, draft: OfficeDraft) -> int:
    if draft.provider_id is not None:
        refuse_gone(deed.campaign, "provider", draft.provider_id)
    _refuse_twin(deed.campaign, draft, None)
    return deed.insert("office", **asdict(draft), organiser_id=deed.campaign.organiser_id)


def _refuse_twin(campaign: Campaign, draft: OfficeDraft, but: int | None) -> None:
    for row in offices(campaign):
        same = (fold(row.draft.name), row.draft.provider_id) == (fold(draft.name), draft.provider_id)
        if same and row.id != but:
            raise OrganiserError(_("There is an office called {name} already.").format(name=row.name))


def terms_of(campaign: Campaign, office_id: int) -> list[TermRow]:
    """Every term of an office, the latest first, those of one day by name."""
    rows = campaign.connection.execute(
        "SELECT t.id, t.person_id, trim(p.given || ' ' || p.family), t.from_day, t.until_day, t.election_id FROM term t"
        " JOIN person p ON p.id = t.person_id LEFT JOIN person_figures f ON f.person_id = t.person_id"
        " WHERE t.office_id = ? AND t.gone_by IS NULL ORDER BY t.from_day DESC, f.name_key, t.id",
        (office_id,),
    )
    return [TermRow._make(row) for row in rows]


def next_begin(campaign: Campaign, terms: Sequence[TermRow]) -> str:
    """The day (ISO) on which other terms may follow: after the last of those that run today or later, else today."""
    today = campaign.today()
    running = [term.until_day for term in terms if term.until_day >= today.isoformat()]
    if not running:
        return today.isoformat()
    return day_after(max(running))


def note_term(campaign: Campaign, draft: TermDraft) -> int:
    """Note that somebody holds or held an office; returns the id of the term.

    Raises OrganiserError where its days are none, she has another term on one of them, or no seat is free.
    """
    with campaign.write(DeedKind.NOTE_TERM) as deed:
        (term,) = save_terms(deed, [draft])
    return term


def save_terms(deed: Deed, drafts: Sequence[TermDraft]) -> list[int]:
    """Save terms of one office inside a deed, all of them or none. Raises OrganiserError as note_term() does."""
    return [_save_term(deed, draft) for draft in drafts]


def _save_term(deed: Deed, draft: TermDraft) -> int:
    campaign = deed.campaign
    refuse_gone(campaign, "office", draft.office_id)
    refuse_gone(campaign, "person", draft.person_id)
    office, held = office_row(campaign, draft.office_id), terms_of(campaign, draft.office_id)
    during = Span(checked_day(campaign, draft.from_day), checked_day(campaign, draft.until_day))
    if during.until_day < during.from_day:
        sentence = _("The last day of a term, {until}, is before its first, {since}.")
        raise OrganiserError(sentence.format(until=during.until_day, since=during.from_day))
    for term in held:
        if term.person_id == draft.person_id and term.span.meets(during):
            sentence = _("{name} holds this office from {since} until {until}: two terms of hers would overlap.")
            raise OrganiserError(sentence.format(name=term.name, since=term.from_day, until=term.until_day))
    sitting, day = most_at_once([term.span for term in held], during)
    if sitting >= office.draft.seats:
        sentence = _("{office} has {seats} seats, and all of them are taken on {day}.")
        raise OrganiserError(sentence.format(office=office.name, seats=office.draft.seats, day=day))
    return deed.insert("term", **asdict(draft), organiser_id=campaign.organiser_id)


def end_term(campaign: Campaign, term_id: int, last: str) -> None:
    """Note that a term ends early, on its new last day (ISO).

    Raises OrganiserError where that is before it began or after it ends anyway, or it is no longer in the file.
    """
    with campaign.write(DeedKind.END_TERM) as deed:
        row = campaign.connection.execute(
            "SELECT from_day, until_day FROM term WHERE id = ? AND gone_by IS NULL", (term_id,)
        ).fetchone()
        if row is None:
            raise OrganiserError(_("This term is no longer in the file. Nothing was saved."))
        if not row[0] <= checked_day(campaign, last) < row[1]:
            sentence = _("The term runs from {since} until {until}: it can only end early between the two.")
            raise OrganiserError(sentence.format(since=row[0], until=row[1]))
        deed.change("term", term_id, until_day=last)


def checked_day(campaign: Campaign, day: str) -> str:
    """A day of a term as it is written (ISO). Raises OrganiserError for another writing, or a hundred years away."""
    try:
        read = date.fromisoformat(day)
    except ValueError:
        read = None
    if read is None or read.isoformat() != day:
        raise OrganiserError(_("“{day}” is no day. Write for example 2026-12-31.").format(day=day[:40]))
    if abs(read.year - campaign.today().year) > _YEARS:
        raise OrganiserError(_("{day} is more than {n} years away: no term is.").format(day=day, n=_YEARS))
    return day
