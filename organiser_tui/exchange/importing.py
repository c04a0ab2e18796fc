"""Brings a list into a campaign: reads it, finds who is known, and saves it as one batch that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import nullcontext
from pathlib import Path
from typing import Final, Literal

from organiser_tui.domain.barred import barred_with
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.domain.matching import Answer, are_two, barred_question, generation_in, likeness, who_is
from organiser_tui.domain.said import EmploymentSaid, PersonSaid
from organiser_tui.exchange.chunks import Chunk, ChunkReader, chunks_again, chunks_beside, mark_known
from organiser_tui.exchange.employers import Employers
from organiser_tui.exchange.fiction import fiction_ranges
from organiser_tui.exchange.neighbours import Barred, Neighbours, key_of, name_alone
from organiser_tui.exchange.places import Places
from organiser_tui.exchange.reading import ListFile
from organiser_tui.exchange.remarks import Remarks
from organiser_tui.exchange.report import ImportReport
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.exchange.rows import ListAsked, RowReader
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.collector import without_collector
from organiser_tui.store.held_people import HeldPerson, held_people
from organiser_tui.store.imports import (
    Counts,
    Newcomers,
    RowsOfPeople,
    custom_fields,
    make_custom_fields,
    make_provider,
    many_pages,
    save_batch,
    sorted_later,
)
from organiser_tui.store.journal import Deed
from organiser_tui.store.matching import (
    Holders,
    Known,
    Place,
    holders,
    named,
    overlap,
    place_names,
    provider_names,
    words_in_file,
)
from organiser_tui.store.safekeeping import copy_kept
from organiser_tui.words import _

Existing = Literal["fill", "update", "skip"]
_BACKUP_FROM: Final = 1000
_NOBODY: Final[Answer[Known | RowDraft]] = Answer(None)


class _NothingSavedError(Exception):
    """Leaves the transaction of a trial run, so that it is rolled back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def import_file(
    campaign: Campaign,
    path: Path,
    *,
    existing: Existing = "fill",
    provider: str | None = None,
    dry_run: bool = False,
    batch: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Bring the list at `path`, a CSV file, into `campaign` as one batch.

    People who are known get what is missing ("fill"), what the list says instead ("update"), or nothing ("skip");
    `provider` is the one of rows that name none. `batch` is the id of campaign.ids under which it is saved: whoever is
    interrupted can ask for it. `progress` is told rows done and rows in all. A trial run (`dry_run`) does all of it and
    saves nothing. Raises OrganiserError, with nothing saved, where the file cannot be read, or `cancelled` says so.
    """
    source = ListFile(path)
    places = Places(*place_names(campaign))
    asked = ListAsked(campaign.country, campaign.language, campaign.wall_now())
    reader = ChunkReader(source, RowReader(source.columns, asked, fiction_ranges(), places), provider or "")
    batch = campaign.ids.one() if batch is None else batch
    copy = f"{campaign.path.name}.before-import" if source.count > _BACKUP_FROM and not dry_run else ""
    try:
        with (
            without_collector(),
            chunks_beside(reader) as chunks,
            many_pages(campaign, source.count),
            campaign.write(DeedKind.IMPORT, batch_id=batch) as deed,
        ):
            with copy_kept(campaign, copy) if copy else nullcontext():
                report = _Import(campaign, deed, batch, reader, existing).run(chunks, progress, cancelled)
            if dry_run:
                raise _NothingSavedError(report)
            _stop_where(cancelled, path.name)
    except _NothingSavedError as trial:
        trial.report.batch = None
        return trial.report
    return report


def _stop_where(cancelled: Callable[[], bool] | None, file: str) -> None:
    if cancelled is not None and cancelled():
        raise OrganiserError(_("The import of {file} was stopped. Nothing was saved.").format(file=file))


class _Import:
    """One list on its way into a campaign."""

    def __init__(self, campaign: Campaign, deed: Deed, batch: int, reader: ChunkReader, existing: Existing) -> None:
        self._campaign, self._deed, self._batch, self._reader = campaign, deed, batch, reader
        self._list = source = reader.source
        self._headings_of = reader.reader.headings
        """The heading of each role."""
        self._first = campaign.ids.one()
        """Whoever has a later id was made by this list: nobody else writes meanwhile."""
        self._existing = existing
        self._file = source.name
        self._employers = Employers(provider_names(campaign), campaign.places, self._make_provider)
        self._barred = Barred(campaign)
        self._words_of_gone = self._barred.words_of_gone()
        self._fields = custom_fields(campaign)
        self._newcomers = Newcomers(self._file)
        self._headings = {fold(column.heading): column.heading for column in source.columns}
        self._report = ImportReport(self._file, headings=tuple(column.heading for column in source.columns))
        self._remarks = Remarks(source, self._headings_of, self._report)
        self._questions: list[tuple[RowDraft, Answer[Known | RowDraft]]] = []
        """Rows that are asked about, with the question."""
        self._asked: dict[int, Answer[Known | RowDraft]] = {}
        """What was asked of rows whose people must not be contacted, by line."""

    def run(
        self,
        chunks: Iterable[Chunk],
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> ImportReport:
        """Take every row; returns the report, saved as the batch."""
        done = 0
        with sorted_later(self._campaign, self._list.count):
            for chunk in chunks:
                _stop_where(cancelled, self._file)
                self._take(chunk)
                self._campaign.settle(self._deed)
                done += chunk.rows
                if progress is not None:
                    progress(min(done, self._list.count), self._list.count)
            self._ask_again(cancelled)
        for draft, answer in self._questions:
            self._remarks.asked(draft, answer)
        self._remarks.end()
        report = self._report
        report.batch = self._batch
        counts = Counts(*(getattr(report, name) for name in Counts._fields))
        save_batch(self._deed, self._batch, self._file, counts, self._remarks.rows())
        return report

    def _ask_again(self, cancelled: Callable[[], bool] | None) -> None:
        """Rows behind one that was asked about may tell who she is: else the same list would, the next time."""
        once = {draft.line for draft, _answer in self._questions}
        answered = True
        while answered and self._questions:
            asked, self._questions = [draft for draft, _answer in self._questions], []
            for chunk in chunks_again(asked):
                _stop_where(cancelled, self._file)
                self._take(chunk)
                self._campaign.settle(self._deed)
            answered = len(self._questions) < len(asked)
        if self._existing == "update":
            self._say_again(sorted(once & self._remarks.about.keys()), cancelled)

    def _say_again(self, lines: Sequence[int], cancelled: Callable[[], bool] | None) -> None:
        """What the rows behind those of `lines` say of the same people holds over what these say: once more, then.

        They were counted and remarked on the first time.
        """
        about = self._remarks.about
        first = {about[line]: line for line in reversed(lines)}
        behind = {line: person for line, person in about.items() if line > first.get(person, line)}
        later: list[tuple[int, RowDraft]] = []
        for line, cells in self._list.rows() if behind else ():
            if line in behind and isinstance(draft := self._reader.row(line, cells), RowDraft):
                _stop_where(cancelled, self._file)
                self._settle_employers(draft)
                later.append((behind[line], draft))
        self._add_to_known(later, again=True)

    def _make_provider(self, name: str, kind: str, municipality: str, region: str) -> int:
        self._report.providers_made.append(name)
        return make_provider(self._deed, name, kind, municipality, region, self._file)

    def _take(self, chunk: Chunk) -> None:
        """Take a chunk of rows: find who is known, save."""
        remarks, drafts = self._remarks, chunk.drafts
        remarks.chunk(chunk)
        for draft, person_id in zip(drafts, self._campaign.ids.block(len(drafts)), strict=True):
            draft.id = person_id
        held = words_in_file(self._campaign, chunk.words) | self._words_of_gone
        mark_known(drafts, held, self._barred.by_likeness.keys())
        neighbours = self._neighbours_of(chunk, held)
        alike = self._alike(drafts, held)
        new: list[RowDraft] = []
        matched: list[tuple[int, RowDraft]] = []
        for draft in drafts:
            near = neighbours.of(draft, self._providers(draft)) if not draft.alone else ()
            answer = who_is(key_of(draft), draft.shown, near) if near else _NOBODY
            if draft.barred and answer == _NOBODY:
                answer = self._asked_of_barred(draft, alike.get(draft.likeness, ()))
            if answer.question:
                self._questions.append((draft, answer))
                continue
            if draft.employers or draft.from_day or draft.to_day:
                self._settle_employers(draft)
            for column, reason in draft.remarks:
                remarks.cell(draft.line, column, reason)
            person = answer.person
            if answer.also:
                remarks.number(draft, _("{name} has the same number, too.").format(name=answer.also))
            if isinstance(person, Known) and person.gone:
                self._stay_barred(draft, person)
                person = None
            if person is None:
                remarks.added(draft)
                new.append(draft)
                alike.setdefault(draft.likeness, []).append(draft)
                neighbours.add(draft)
                continue
            remarks.matched(draft, person.id)
            # Whoever was known before gets nothing of it then: neither its numbers nor its bar.
            if self._existing == "skip" and person.id < self._first:
                self._pass_over(draft)
                continue
            if isinstance(person, Known):
                matched.append((person.id, draft))
            else:
                self._add(person, draft)
            neighbours.add(draft, person)
        self._save(new, matched)

    def _alike(self, drafts: Sequence[RowDraft], held: Set[str]) -> dict[str, list[Known | RowDraft]]:
        """Those in the file who are namesakes of rows whose people must not be contacted, by likeness."""
        ways = {way for draft in drafts if draft.barred for way in draft.ways if way in held}
        alike: dict[str, list[Known | RowDraft]] = {}
        for one in named(self._campaign, ways):
            alike.setdefault(likeness(one.given, one.family), []).append(one)
        return alike

    def _asked_of_barred(self, draft: RowDraft, alike: Sequence[Known | RowDraft]) -> Answer[Known | RowDraft]:
        """What is asked of a row whose person must not be contacted: that she may be one of those who can be called."""
        for one in alike:
            if not are_two(generation_in(one.extra), generation_in(draft.extra)):
                self._asked[draft.line] = Answer(None, barred_question(draft.shown, one.shown), one)
                break
        return self._asked.get(draft.line, _NOBODY)  # asked once, it is not known when the row is asked about again

    def _neighbours_of(self, chunk: Chunk, held: Set[str]) -> Neighbours:
        """Who in the file shares a number, an address, or a name and a provider with a row of `chunk`.

        `held` are the words of its rows that somebody in the file has.
        """
        drafts = [draft for draft in chunk.drafts if not draft.alone]
        numbers = {number for draft in drafts for number in draft.own_numbers}
        addresses = {address for draft in drafts for address in draft.addresses}
        shared = holders(self._campaign, numbers, addresses)
        ties = {tie for draft in drafts for tie in draft.ties if tie in held}
        drafts = [draft for draft in drafts if not _is_known_by_number(draft, shared)]
        names: set[tuple[str, Place]] = {
            (way, provider)
            for draft in drafts
            for _column, cell in draft.employers
            for provider in self._employers.perhaps(cell, *draft.home)
            for way in draft.ways
        }
        names |= {(way, tie) for draft in drafts for tie in draft.ties if tie in held for way in draft.ways}
        names |= {(way, None) for draft in drafts if name_alone(draft) for way in draft.ways}
        return Neighbours(overlap(self._campaign, shared, ties, names), self._barred, self._first)

    def _providers(self, draft: RowDraft) -> set[int]:
        """The providers that a row names and that are known by now."""
        return {provider for _c, cell in draft.employers for provider in self._employers.known(cell, *draft.home)}

    def _pass_over(self, draft: RowDraft) -> None:
        """Whoever is known gets nothing of a row; that she must not be contacted is too much to go without a word."""
        if draft.barred:
            reason = _("It says that {name} must not be contacted: passed over, since she is known.")
            self._remarks.name(draft, reason.format(name=draft.shown))

    def _stay_barred(self, draft: RowDraft, gone: Known) -> None:
        """Whoever must not be contacted must not be when she comes in anew."""
        for channel in gone.barred.split(","):
            draft.barred = barred_with(draft.barred, channel)
        reason = _("{name} was in the file before and must not be contacted; that stays so.")
        self._remarks.name(draft, reason.format(name=gone.shown))

    def _settle_employers(self, draft: RowDraft) -> None:
        """Put the employments in the place of the providers' names; what is not known is made."""
        held: dict[int, EmploymentSaid] = {}
        start, end = draft.from_day, draft.to_day
        if start and end and end < start:
            self._keep_days(draft, _("The end lies before the start."))
            start = end = None
        for column, cell in draft.employers:
            for provider, made in self._employers.found_or_made(cell, *draft.home):
                held.setdefault(provider, EmploymentSaid(provider, start, end))
                if made:
                    reason = _("The provider “{name}” is new.").format(name=made)
                    self._remarks.cell(draft.line, column, reason)
        draft.employments = list(held.values())
        if not held and (start or end):
            self._keep_days(draft, _("There is no provider beside it."))

    def _keep_days(self, draft: RowDraft, why: str) -> None:
        for role, day in (("from", draft.from_day), ("to", draft.to_day)):
            if day:
                draft.keep_as_text(self._headings_of.get(role, ""), day, why)

    def _save(self, new: Sequence[RowDraft], matched: Sequence[tuple[int, RowDraft]]) -> None:
        said = [draft.custom for draft in (*new, *(draft for _id, draft in matched)) if draft.custom]
        missing = sorted({name for custom in said for name in custom} - self._fields.keys())
        if missing:
            self._fields |= make_custom_fields(self._deed, [self._headings.get(name, name) for name in missing])
        if matched:
            self._add_to_known(matched)
        folded = {draft.id: draft.folded for draft in new if draft.folded is not None}
        self._newcomers.add(self._deed, new, folded, self._fields)

    def _add_to_known(self, matched: Sequence[tuple[int, RowDraft]], *, again: bool = False) -> None:
        """Add to people who are known what rows say of them; `again` where that was counted before."""
        held: dict[int, HeldPerson] = held_people(self._campaign, {person for person, _draft in matched})
        for person, draft in matched:
            if again:
                held[person].draft.add(draft, overwrite=True)
            else:
                self._add(held[person].draft, draft)
        rows = RowsOfPeople(self._deed, self._file)
        for known in held.values():
            known.save(self._deed, rows, self._fields)
        rows.save()

    def _add(self, known: PersonSaid, draft: RowDraft) -> None:
        of_work = {number.e164 for number in known.numbers if number.e164 and number.kind == "work"}
        self._report.changed += known.add(draft, overwrite=self._existing == "update")
        still = {number.e164 for number in known.numbers if number.kind == "work"}
        for number in draft.numbers:
            if number.e164 in of_work and number.kind != "work":
                reason = (
                    _("“{text}” stood there as the number of a workplace of hers; it stays so.")
                    if number.e164 in still
                    else _("“{text}” stood there as the number of a workplace of hers; now it is her own.")
                )
                self._remarks.number(draft, reason.format(text=number.written))


def _is_known_by_number(draft: RowDraft, shared: Holders) -> bool:
    """Whether somebody with the name of a row has its number or address: then no namesake elsewhere matters."""
    key = key_of(draft)
    people = (
        person
        for index, words in ((shared.by_number, draft.own_numbers), (shared.by_address, draft.addresses))
        for word in words
        for person in index.get(word, ())
    )
    return any(key_of(known) == key for known in map(shared.known.get, people) if known is not None)
