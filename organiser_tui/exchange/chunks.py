"""Reads a list chunk by chunk into drafts of people, a long one in a process of its own. Who they are is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from itertools import islice
from typing import Final, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.cells import is_private_employer, is_total
from organiser_tui.exchange.columns import Column
from organiser_tui.exchange.places import Unknown
from organiser_tui.exchange.reading import ListFile, ListRow
from organiser_tui.exchange.report import NotTaken
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.exchange.rows import RowReader
from organiser_tui.store.beside import EndedEarlyError, made_beside
from organiser_tui.store.matching import LookedUpBy
from organiser_tui.words import _

CHUNK: Final = 4000
_FIRST: Final = 500  # and twice as many each time after it: whoever waits for them need not wait long
_WORTH_A_PROCESS: Final = 10_000
_NOT_KEPT: Final = "***"


class Chunk(NamedTuple):
    """Some hundred or thousand rows of a list."""

    rows: int
    """How many there were, blank ones too."""
    read: int
    drafts: list[RowDraft]
    refused: list[NotTaken]
    used: set[Column]
    """Columns that are not known, or left out, and in which something stood."""
    places: Unknown
    words: LookedUpBy
    """What the drafts are looked up by."""


class ChunkReader:
    """Reads the rows of one list; `provider` is the one of rows that name none.

    Rows that have nothing in common with another of their chunk are marked as alone. Who is in the file by the time a
    chunk is taken is not seen here.
    """

    def __init__(self, source: ListFile, reader: RowReader, provider: str) -> None:
        self.source, self.reader, self._provider = source, reader, provider
        headings = reader.headings
        self._name_column = headings.get("name") or headings.get("given") or headings.get("family", "")

    def chunks(self) -> Iterator[Chunk]:
        """Every row, in the order of the list."""
        rows = self.source.rows()
        size = _FIRST
        while some := list(islice(rows, size)):
            yield self._read(some)
            size = min(2 * size, CHUNK)

    def _read(self, rows: Sequence[ListRow]) -> Chunk:
        drafts: list[RowDraft] = []
        refused: list[NotTaken] = []
        read = 0
        for number, cells in rows:
            if not any(map(str.strip, cells)):
                continue
            read += 1
            row = self.row(number, cells)
            if isinstance(row, RowDraft):
                drafts.append(row)
            else:
                refused.append(row)
        _mark_alone(drafts)
        return Chunk(len(rows), read, drafts, refused, *self.reader.taken_out(), _words_of(drafts))

    def row(self, number: int, cells: list[str]) -> RowDraft | NotTaken:
        """What one row says of a person, or why it is nobody."""
        if self.reader.too_wide(cells):
            why = _("It has more cells than there are columns: perhaps “;” or “,” in a cell without quotation marks.")
            return NotTaken(number, "", why, without_names(self.source.columns, cells), question=False)
        draft = self.reader.read(number, cells)
        why = _why_not(draft)
        if why:
            kept = without_names(self.source.columns, cells)
            return NotTaken(number, self._name_column, why, kept, question=False)
        if self._provider and not draft.employers:
            draft.employers.append((_("provider"), self._provider))
        return draft


def _mark_alone(drafts: Sequence[RowDraft]) -> None:
    first: dict[str, RowDraft] = {}
    for draft in drafts:
        draft.alone = True
        for word in draft.words():
            other = first.setdefault(word, draft)
            if other is not draft:
                other.alone = draft.alone = False


def mark_known(drafts: Sequence[RowDraft], held: Set[str], barred: Set[str]) -> None:
    """Mark as alone no longer those who may be somebody in the file.

    `held` are the words by which rows are looked up and that somebody has; `barred` the likenesses of those who must
    not be contacted.
    """
    for draft in drafts:
        if draft.alone and ((held and not held.isdisjoint(draft.words())) or draft.likeness in barred):
            draft.alone = False


def _words_of(drafts: Sequence[RowDraft]) -> LookedUpBy:
    return LookedUpBy.of(
        {number.e164 for draft in drafts for number in draft.numbers if number.e164},
        {address for draft in drafts for address in draft.addresses},
        {way for draft in drafts for way in draft.ways},
    )


def chunks_again(drafts: Sequence[RowDraft]) -> Iterator[Chunk]:
    """Rows that were read and not taken, once more: none of them is counted again."""
    for start in range(0, len(drafts), CHUNK):
        some = list(drafts[start : start + CHUNK])
        yield Chunk(0, 0, some, [], set(), {}, _words_of(some))


@contextmanager
def chunks_beside(reader: ChunkReader) -> Iterator[Iterator[Chunk]]:
    """The chunks of a list; of a long one they are read by a second process, forked before anything is written.

    Raises OrganiserError where that process is ended.
    """
    if reader.source.count < _WORTH_A_PROCESS:
        yield reader.chunks()
        return
    try:
        with made_beside(reader.chunks) as chunks:
            yield chunks
    except EndedEarlyError as error:
        sentence = _("{file} could not be read to its end. Nothing was saved.")
        raise OrganiserError(sentence.format(file=reader.source.path.name)) from error


def without_names(columns: Sequence[Column], cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row, without those that may name who is assisted."""
    kept = list(cells)
    for column in columns:
        if column.place < len(kept) and kept[column.place]:
            if column.role == "assisted":
                kept[column.place] = _NOT_KEPT
            elif column.role == "provider" and is_private_employer(kept[column.place]):
                kept[column.place] = _("private employer")
    return tuple(kept)


def _why_not(draft: RowDraft) -> str:
    """Why a row is nobody who could be taken; '' where it is somebody."""
    name = draft.shown
    if draft.no_person:
        return _("It is an organisation, not a person.")
    if is_total(name):
        return _("It is a total, not a person.")
    if name.isalpha() or any(character.isalpha() for character in name):
        return ""
    if draft.numbers or draft.addresses:
        return _("There is no name: write one into the row and bring it in again.")
    return _("There is neither a name nor a number nor an e-mail address.")
