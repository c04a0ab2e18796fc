"""Reads one row of a list into a draft of a person. Who she is among those who are known is not decided here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from organiser_tui import reference
from organiser_tui.domain.barred import barred_with
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.matching import likeness
from organiser_tui.domain.names import bare_part, split_name
from organiser_tui.domain.phones import FictionRanges, PhoneRead, read_phones
from organiser_tui.domain.said import NumberSaid
from organiser_tui.exchange import cell_words
from organiser_tui.exchange.cells import (
    addresses_in,
    bars_calls,
    day_in,
    is_open_end,
    languages_in,
    parts_of,
    yes_or_no,
)
from organiser_tui.exchange.columns import Column, kind_of_label
from organiser_tui.exchange.employers import names_nobody
from organiser_tui.exchange.places import Places, Unknown
from organiser_tui.exchange.row_draft import Remark, RowDraft
from organiser_tui.store.kept import folded_of
from organiser_tui.words import _

Taker = Callable[[RowDraft, str], None]
_ONE_A_PERSON: Final = {
    *("given", "family", "middle", "name", "from", "to", "card", "card_day", "rating", "gender", "heard"),
    *("position", "work", "deceased"),
}
"""The roles of which a person has one: a second column of the same must not take the place of the first."""
_TEXT_FIELDS: Final = {"street": "street", "postal_code": "postal_code", "town": "town", "call_how": "call_how"}
_ASIDES: Final = re.compile(r"\(([^()\d]*[^\W\d_][^()\d]*)\)")
"""Words in brackets, without a digit."""
_BARS: Final = {
    "barred_call": ("call", True),
    "barred_all": ("all", True),
    "barred_email": ("e-mail", True),
    "barred_text": ("text", True),
    "open_call": ("call", False),
    "open_all": ("all", False),
}


class ListAsked(NamedTuple):
    """What the campaign is in which a list is read."""

    country: str
    language: str
    now: datetime
    """Naive wall time in its zone."""


class RowReader:
    """Reads the rows of one list, whose columns are known, with the words and places of one campaign."""

    def __init__(self, columns: Sequence[Column], asked: ListAsked, fiction: FictionRanges, places: Places) -> None:
        self._country, self._language, self._now = asked
        self._fiction, self._places = fiction, places
        self._given_names = reference.given_names(asked.country, fold)
        self.headings = {column.role: column.heading for column in reversed(columns)}
        # Labels ("Phone 1 - Label") are read before what they label.
        ordered = sorted(columns, key=lambda column: (column.role != "label", column.place))
        self._takers = [(column.place, self._taker_once(column, columns)) for column in ordered]
        self._width = len(columns)
        self.used: set[Column] = set()
        """Columns that are not known and in which something stood, and those that were left out."""

    def read(self, line: int, cells: list[str]) -> RowDraft:
        """The draft of one row."""
        draft = RowDraft(line, cells)
        have = len(cells)
        for index, take in self._takers:
            if index < have:
                cell = cells[index]
                if cell and not cell.isspace():
                    take(draft, cell)
        self._settle_name(draft)
        draft.likeness = likeness(draft.given, draft.family)
        if len(draft.numbers) > 1:
            draft.numbers.sort(key=_calling_order)
        draft.folded = folded_of(
            (draft.family, draft.given, draft.extra),
            tuple([number.e164 for number in draft.numbers if number.e164]),
            (*draft.addresses, *draft.wrong_addresses),
            self._language,
        )
        if draft.places:
            self._places.settle(line, draft.places, draft.fields)
        if draft.card_day and not draft.card:
            where = self.headings.get("card_day", "")
            draft.keep_as_text(where, draft.card_day, _("It is not said where the card stands."))
        return draft

    def taken_out(self) -> tuple[set[Column], Unknown]:
        """Columns used that are not known and places that are not, since this was last asked."""
        used, self.used = self.used, set()
        unknown, self._places.unknown = self._places.unknown, {}
        return used, unknown

    def too_wide(self, cells: Sequence[str]) -> bool:
        """Whether something stands to the right of the last column."""
        return len(cells) > self._width and any(cell.strip() for cell in cells[self._width :])

    def _taker_once(self, column: Column, columns: Sequence[Column]) -> Taker:
        """Takes a cell; of what a person has one of, the first of several columns that says something counts."""
        before = [other for other in columns if other.role == column.role and other.place < column.place]
        taker = self._taker(column)
        return partial(self._take_once, column, before, taker) if before and column.role in _ONE_A_PERSON else taker

    def _take_once(self, column: Column, before: Sequence[Column], take: Taker, draft: RowDraft, cell: str) -> None:
        said = {clean(draft.cells[other.place]) for other in before if other.place < len(draft.cells)} - {""}
        if not said:
            take(draft, cell)
        elif clean(cell) not in said:
            draft.keep_as_text(column.heading, cell, _("A column before it says something else of the same."))

    def _taker(self, column: Column) -> Taker:
        role, heading = column.role, column.heading
        if role in _TEXT_FIELDS:
            return partial(self._take_text, _TEXT_FIELDS[role])
        if role in _BARS:
            return partial(self._take_bar, column, *_BARS[role])
        if role in ("municipality", "region"):
            return lambda draft, cell: draft.places.append((role, cell))
        if role == "provider":
            return partial(self._take_provider, heading)
        takers: dict[str, Callable[[Column, RowDraft, str], None]] = {
            "given": self._take_given, "family": self._take_family, "middle": self._take_middle,
            "name": self._take_name, "extra": self._take_extra, "phone": self._take_phone, "email": self._take_email,
            "label": self._take_label, "from": self._take_day, "to": self._take_day, "card_day": self._take_day,
            "note": self._take_note, "tag": self._take_tag, "rating": self._take_rating, "card": self._take_card,
            "language": self._take_language, "skill": self._take_skill, "position": self._take_work,
            "work": self._take_work, "gender": self._take_gender, "external": self._take_external,
            "heard": self._take_heard, "deceased": self._take_deceased, "assisted": self._leave_out,
            "record": self._take_record, "signup": self._take_signup, "reported": self._pass_over,
        }  # fmt: skip
        return partial(takers.get(role, self._take_custom), column)

    def _settle_name(self, draft: RowDraft) -> None:
        given, family = draft.given, draft.family
        if given and draft.middle:
            given = f"{given} {draft.middle}"
        if (given or family) and draft.name:
            whole = set(fold(f"{given} {family}").split())
            if set(fold(draft.name).replace(",", " ").split()) != whole:
                draft.extra = f"{draft.extra}; {draft.name}".strip("; ")
        if not (given or family):
            given = draft.name
        if given and not family and (" " in given or "," in given):
            split = split_name(given, self._given_names)
            given, family = split.given, split.family
            if split.extra:
                draft.extra = f"{draft.extra}; {split.extra}".strip("; ")
        elif not f"{given}{family}".replace("-", "").isalnum():  # nearly nobody's
            (given, before), (family, behind) = bare_part(given), bare_part(family)
            draft.extra = "; ".join(filter(None, (draft.extra, before, behind)))
        draft.given, draft.family = given, family

    @staticmethod
    def _take_provider(heading: str, draft: RowDraft, cell: str) -> None:
        if not names_nobody(cell):
            draft.employers.append((heading, cell))

    def _take_given(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.given = draft.given or clean(cell)

    def _take_family(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.family = draft.family or clean(cell)

    def _take_middle(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.middle = clean(cell)

    def _take_name(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.name = draft.name or clean(cell)

    def _take_extra(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.extra = f"{draft.extra}; {clean(cell)}".strip("; ")

    def _take_label(self, column: Column, draft: RowDraft, cell: str) -> None:
        draft.labels[column.kind] = cell

    def _take_phone(self, column: Column, draft: RowDraft, cell: str) -> None:
        kind = column.kind
        if kind.startswith("phone "):
            kind = kind_of_label(draft.labels.get(kind, ""))
        for read in read_phones(cell, self._country, self._fiction):
            self._keep_number(column, draft, read, kind)
        for aside in _ASIDES.findall(cell) if "(" in cell else ():
            if not kind_of_label(aside):  # "(GSM)" is the kind, "(mornings)" is for whoever calls
                self._take_text("call_how", draft, aside)
                reason = _("“{text}” beside the number was kept as how to call.").format(text=clean(aside))
                draft.remarks.append(Remark(column.heading, reason))

    def _keep_number(self, column: Column, draft: RowDraft, read: PhoneRead, kind: str) -> None:
        written = clean(read.written)
        if kind == "fax":
            draft.numbers.append(NumberSaid(None, written, "", kind))
            reason = _("“{text}” is a fax number: kept, and never called.").format(text=written)
            draft.remarks.append(Remark(column.heading, reason))
        elif read.e164 is None:
            draft.numbers.append(NumberSaid(None, written, "", kind))
            reason = _("“{text}” was kept as written and is never called. {reason}")
            reason = reason.format(text=written, reason=read.reason)
            draft.remarks.append(Remark(column.heading, reason))
        else:
            self._keep_once(column, draft, NumberSaid(read.e164, written, read.extension, kind))

    @staticmethod
    def _keep_once(column: Column, draft: RowDraft, number: NumberSaid) -> None:
        """Of a number that a row says twice the kind that tells more counts: her own by name, then a workplace's."""
        at = next((at for at, held in enumerate(draft.numbers) if held.e164 == number.e164), None)
        if at is None:
            draft.numbers.append(number)
            return
        held = draft.numbers[at]
        kind = max((held.kind, number.kind), key=_how_telling)
        draft.numbers[at] = held._replace(kind=kind, extension=held.extension or number.extension)
        if {held.kind, number.kind} == {"", "work"}:
            reason = _("“{text}” is said to be of a workplace, too; it was kept as such.").format(text=number.written)
            draft.remarks.append(Remark(column.heading, reason))

    def _take_email(self, column: Column, draft: RowDraft, cell: str) -> None:
        addresses, other = addresses_in(cell)
        draft.addresses.extend(address for address in addresses if address not in draft.addresses)
        if other:
            written = clean(cell) if not addresses else " ".join(other)
            draft.wrong_addresses.append(written)
            reason = _("“{text}” is no e-mail address; it was kept as written.").format(text=written)
            draft.remarks.append(Remark(column.heading, reason))

    def _take_day(self, column: Column, draft: RowDraft, cell: str) -> None:
        if column.role == "to" and is_open_end(cell):
            reason = _("“{text}” says that there is no last day, and none was kept.")
            draft.remarks.append(Remark(column.heading, reason.format(text=clean(cell))))
            return
        try:
            day = day_in(cell, self._now)
        except OrganiserError as refusal:
            draft.keep_as_text(column.heading, cell, str(refusal))
            return
        if day is None:
            draft.keep_as_text(column.heading, cell, _("It is not a whole date."))
        elif column.role == "from":
            draft.from_day = day
        elif column.role == "to":
            draft.to_day = day
        else:
            draft.card_day = day

    def _take_note(self, _column: Column, draft: RowDraft, cell: str) -> None:
        note = clean(cell)
        if bars_calls(note):
            draft.barred = barred_with(draft.barred, "call")
        draft.fields["next_note"] = f"{draft.fields.get('next_note', '')} {note}".strip()

    def _take_tag(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.tags.extend(tag for tag in parts_of(cell, comma=True) if tag not in draft.tags)

    def _take_skill(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.skills.extend(parts_of(cell, comma=True))

    def _take_language(self, _column: Column, draft: RowDraft, cell: str) -> None:
        draft.languages.extend(language for language in languages_in(cell) if language not in draft.languages)

    def _take_rating(self, column: Column, draft: RowDraft, cell: str) -> None:
        text = clean(cell)
        if text in ("1", "2", "3", "4", "5"):
            draft.rating = int(text)
        else:
            draft.keep_as_text(column.heading, cell, _("A rating is a number from 1 to 5."))

    def _take_card(self, column: Column, draft: RowDraft, cell: str) -> None:
        word = fold(cell).strip(" .!")
        if word in cell_words.CARD:
            draft.card = cell_words.CARD[word]
        elif word not in cell_words.CARD_NONE:
            draft.keep_as_text(column.heading, cell, _("It is not clear what that says of the card."))

    def _take_work(self, column: Column, draft: RowDraft, cell: str) -> None:
        words = " ".join(fold(cell).replace(".", " ").replace("/", " ").split())
        if words in cell_words.POSITION:
            draft.fields["position"] = cell_words.POSITION[words]
        elif words in cell_words.WORK:
            draft.fields["work"] = cell_words.WORK[words]
        else:
            draft.keep_as_text(column.heading, cell, _("It is neither a position nor a kind of work that is known."))

    def _take_gender(self, _column: Column, draft: RowDraft, cell: str) -> None:
        word = fold(cell).strip(" .")
        draft.fields["gender"] = cell_words.GENDER.get(word, clean(cell))

    def _take_external(self, column: Column, draft: RowDraft, cell: str) -> None:
        draft.external.append((column.heading, clean(cell)))

    def _take_heard(self, column: Column, draft: RowDraft, cell: str) -> None:
        word = " ".join(fold(cell).strip(" .!").split())
        if word in cell_words.HEARD:
            draft.fields["heard_through"] = cell_words.HEARD[word]
        else:
            draft.keep_as_text(column.heading, cell, _("It is no way to hear of us that is known."))

    def _take_deceased(self, column: Column, draft: RowDraft, cell: str) -> None:
        said = yes_or_no(cell)
        if said is None:
            draft.keep_as_text(column.heading, cell, _("It says neither yes nor no."))
        elif said:
            draft.fields["deceased"] = 1

    def _take_bar(self, column: Column, channel: str, when: bool, draft: RowDraft, cell: str) -> None:
        said = yes_or_no(cell)
        if said is when:
            draft.barred = barred_with(draft.barred, channel)
        elif said is None and when:
            draft.barred = barred_with(draft.barred, channel)
            reason = _("“{text}” was taken for a wish not to be contacted.").format(text=clean(cell))
            draft.remarks.append(Remark(column.heading, reason))
            draft.keep(column.heading, cell)
        elif said is None:
            draft.keep_as_text(column.heading, cell, _("It says neither yes nor no."))

    def _take_text(self, field: str, draft: RowDraft, cell: str) -> None:
        draft.fields[field] = f"{draft.fields.get(field, '')} {clean(cell)}".strip()

    def _take_custom(self, column: Column, draft: RowDraft, cell: str) -> None:
        """Kept under its name; the report says so once for the column."""
        if draft.keep(column.heading, cell):
            self.used.add(column)

    def _take_record(self, column: Column, draft: RowDraft, cell: str) -> None:
        if fold(cell) in cell_words.NO_PERSON:
            draft.no_person = True
        else:
            self._take_custom(column, draft, cell)

    def _take_signup(self, column: Column, draft: RowDraft, cell: str) -> None:
        word = fold(cell).strip()
        if word in cell_words.SIGNUP_NO_PERSON:
            draft.no_person = True
        elif word not in cell_words.SIGNUP_PERSON:
            draft.keep(column.heading, cell)

    def _leave_out(self, column: Column, _draft: RowDraft, _cell: str) -> None:
        """Whoever is assisted is never kept; the report says so once for the column."""
        self.used.add(column)

    @staticmethod
    def _pass_over(_column: Column, _draft: RowDraft, _cell: str) -> None:
        """It tells why the row was not taken the last time."""


def _how_telling(kind: str) -> int:
    return {"": 0, "work": 1}.get(kind, 2)


def _calling_order(number: NumberSaid) -> int:
    """Mobile numbers are tried first, those of a workplace last."""
    return {"mobile": 0, "work": 2, "fax": 3}.get(number.kind, 1)
