"""The list of people: its columns, what stands in each cell, and the line above it. Nothing is read or saved here."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rich.text import Text

from organiser_tui.domain.figures import LAST, NO_RATING
from organiser_tui.domain.outcomes import Effect, outcome_told
from organiser_tui.domain.phones import show_phone
from organiser_tui.store.people import PersonRow
from organiser_tui.tui.drawing.days import age, instant_age, short_day
from organiser_tui.tui.drawing.person import barred_words, isolation_words
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.words import _, ngettext

_STALE_DAYS = 90
_NOBODY = "–"


def people_columns(*, number_sought: bool = False) -> list[Column]:
    """The columns of the list, each of which can be sorted by; the narrowest window keeps those that matter most.

    While a number is sought (`number_sought`) it stands in every window, and its column is as wide as the longest.
    """
    if number_sought:
        sought = Column("phone", _("phone"), 16, priority=10)
        rest = [column for column in people_columns() if column.key != sought.key]
        return [rest[0], sought, *(c._replace(priority=2) if c.key == "provider" else c for c in rest[1:])]
    return [
        Column("name", _("name"), 19, grow=4, max_width=30, priority=9),
        Column("provider", _("provider"), 18, grow=4, max_width=36, priority=8),
        Column("region", _("region"), 12, grow=1, max_width=18, priority=2),
        Column("phone", _("phone"), 12, max_width=16, grow=1, priority=3),
        Column("card", _("card"), 8, max_width=10, grow=1, priority=7),
        Column("rating", _("rating"), 7, priority=6),
        Column("last_contact", _("last contact"), 15, grow=1, max_width=19, priority=5),
        Column("last_conversation", _("conversation"), 13, priority=1),
        Column("isolation", _("knows"), 13, max_width=17, grow=1, priority=3),
        Column("next_due", _("next due"), 12, max_width=14, priority=4),
    ]


class PeopleCells(NamedTuple):
    """Draws the cells of people as they are seen on day `today` in the campaign's `zone` and `country`."""

    today: date
    zone: ZoneInfo
    country: str

    def cell(self, row: PersonRow, column: str, width: int) -> Text:
        """What stands in `column` of a person's line, perhaps longer than `width`: the list cuts it."""
        match column:
            case "name":
                return _name(row)
            case "provider":
                return safe(row.provider) if row.provider else Text(_NOBODY, QUIET)
            case "region":
                return safe(row.region, QUIET)
            case "phone":
                return self._phone(row)
            case "card":
                return card_cell(row.card)
            case "rating":
                return self._rating(row)
            case "last_contact":
                return self._last_contact(row)
            case "last_conversation":
                return Text(age(row.last_conversation, self.today) or _("never"), QUIET)
            case "isolation":
                return isolation_cell(row.isolation)
        return self._due(row)

    def _phone(self, row: PersonRow) -> Text:
        if row.number_found:
            return safe(show_phone(row.number_found, self.country), f"bold {REACHED}")
        return Text(_("no number"), NOT_YET) if row.phone == LAST else safe(show_phone(row.phone, self.country))

    def _rating(self, row: PersonRow) -> Text:
        """The digit, and how old it is once it is stale."""
        if row.rating == NO_RATING:
            return Text(_NOBODY, QUIET)
        text = Text(end="").append(str(row.rating), STRONG)
        if (self.today - date.fromisoformat(row.rated_on)).days > _STALE_DAYS:
            text.append(f" {age(row.rated_on, self.today)}", NOT_YET)
        return text

    def _last_contact(self, row: PersonRow) -> Text:
        if row.do_not_contact == "all":
            return Text(_("do not contact"), OVERDUE)
        if not row.last_contact:
            return Text(_("never"), NOT_YET)
        outcome = outcome_told(row.last_outcome)
        if row.last_outcome == Effect.DO_NOT_CONTACT and row.do_not_contact:
            outcome = barred_words(row.do_not_contact)
        when = instant_age(row.last_contact, self.today, self.zone)
        return Text(when, end="").append_text(safe(f" {outcome}", QUIET))

    def _due(self, row: PersonRow) -> Text:
        if row.next_due == LAST:
            return Text("")
        today = self.today.isoformat()
        words = _("today") if row.next_due[:10] == today else short_day(row.next_due, self.today)
        if row.next_due[:10] < today:
            return Text(_("{day} late").format(day=words), OVERDUE)
        if len(row.next_due) > len(today):
            words += f" {row.next_due[11:]}"
        return Text(words, NOT_YET if row.next_due[:10] == today else "")


def _name(row: PersonRow) -> Text:
    """Family name first, as the list is sorted."""
    if not row.family:
        return safe(row.given or _("no name"), STRONG if row.given else QUIET)
    return Text.assemble(safe(row.family, STRONG), safe(f" {row.given}" if row.given else ""), end="")


def card_cell(state: str) -> Text:
    """The state of a card in one or two words."""
    words = {
        "none": _NOBODY,
        "form out": _("form out"),
        "signed": _("signed"),
        "on file": _("on file"),
        "returned incomplete": _("returned"),
        "ended": _("ended"),
        "in another union": _("other"),
    }[state]
    style = {"signed": KEPT, "on file": KEPT, "form out": NOT_YET, "returned incomplete": NOT_YET}.get(state, QUIET)
    return Text(words, style)


def isolation_cell(isolation: str) -> Text:
    """How somebody stands to other assistants, in few words."""
    if isolation == "own provider only":
        return Text(_("own provider"))
    style = {"isolated": NOT_YET, "connected": REACHED}.get(isolation, QUIET)
    return Text(_("not asked") if isolation == "not asked" else isolation_words(isolation), style)


def people_headline(found: int | None, everybody: int | None, about: list[str], marked: int) -> Text:
    """How many are shown out of how many, what they are filtered by, how many are marked; None: still counting."""
    if not about:
        count = found if everybody is None else everybody
        words = _("counting people …") if count is None else ngettext("{n} person", "{n} people", count)
        text = Text(words.format(n=f"{count:,}") if count is not None else words, f"bold {STRONG}", end="")
    else:
        shown = "…" if found is None else f"{found:,}"
        text = Text(shown, f"bold {STRONG if found != 0 else NOT_YET}", end="")
        if everybody is not None:
            of = ngettext("of {n} person", "of {n} people", everybody).format(n=f"{everybody:,}")
            text.append(f" {of}", STRONG)
        text.append(" · ", QUIET)
        text.append_text(safe(" · ".join(about), REACHED))
    if marked:
        text.append(" · " + _("{n} marked").format(n=marked), f"bold {KEPT}")
    return text
