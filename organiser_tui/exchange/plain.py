"""Plain text and JSON on standard output: what the command line prints, and a contact logged from words."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal, TypeVar

from organiser_tui.domain.clock import wall, wall_instant
from organiser_tui.domain.contacts import AskDraft, ContactDraft
from organiser_tui.domain.dates import Direction, parse_moment
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError, SavedError
from organiser_tui.domain.figures import NO_RATING
from organiser_tui.domain.filters import is_filter, looked_for, parse_filter
from organiser_tui.domain.follow_ups import parse_follow_up
from organiser_tui.domain.phones import read_phone
from organiser_tui.domain.queue import because
from organiser_tui.exchange.cells import safe_cell
from organiser_tui.exchange.fiction import fiction_ranges
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.progress import Progress
from organiser_tui.exchange.reading import refuse_at_sight
from organiser_tui.exchange.report import ImportReport, refuse_existing, write_rejects
from organiser_tui.store.batches import import_batches
from organiser_tui.store.call_lists import call_list_named
from organiser_tui.store.calling import Blocked, Ready, everyone_in_queue
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import Part, faults_of
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.diary import diary
from organiser_tui.store.listing import PersonLine, names_and_numbers, person_lines
from organiser_tui.store.people import PeopleQuery, find_person, people_ids
from organiser_tui.store.person import person_card
from organiser_tui.store.providers import provider_board
from organiser_tui.store.queue import served_as
from organiser_tui.words import _

_CHUNK = 500
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
T = TypeVar("T")


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


def _print_json(value: object) -> None:
    say(_ENCODE(value))


def print_json_rows(rows: Iterable[object], before: str = "", after: str = "\n") -> None:
    """A JSON array, a line a row: there may be a million, which are never held together."""
    sys.stdout.write(f"{before}[")
    between = "\n "
    for row in rows:
        sys.stdout.write(between + _ENCODE(row))
        between = ",\n "
    sys.stdout.write(f"\n]{after}")


def _print_csv(rows: Iterable[Mapping[str, object]], columns: list[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(_cell(row[column])) for column in columns])


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def query_of(text: str) -> PeopleQuery:
    """What `text` asks: a filter where it names a field or joins words, else words to search for; everybody for ''.

    Raises OrganiserError where there is nothing to look for in it.
    """
    if is_filter(text):
        return PeopleQuery(asked=parse_filter(text))
    return PeopleQuery(words=looked_for(text) if text.strip() else "")


def _people(campaign: Campaign, query: PeopleQuery) -> Iterator[dict[str, Any]]:
    for chunk in people_ids(campaign, query):
        for start in range(0, len(chunk), _CHUNK):
            ids = list(chunk[start : start + _CHUNK])
            found = person_lines(campaign, ids)
            yield from (_person(campaign, found[i]) for i in ids if i in found)


def _person(campaign: Campaign, line: PersonLine) -> dict[str, Any]:
    last = datetime.fromtimestamp(line.last_contact, UTC).astimezone(campaign.zone) if line.last_contact else None
    return {
        "id": str(line.id),
        "name": line.name,
        "phones": list(line.phones),
        "emails": list(line.emails),
        "providers": list(line.providers),
        "regions": list(line.regions),
        "card": line.card,
        "assessment": None if line.rating == NO_RATING else line.rating,
        "isolation": line.isolation,
        "do_not_contact": line.do_not_contact != "",
        "last_contact": last.isoformat() if last else None,
        "last_conversation": line.last_conversation or None,
    }


def print_people(campaign: Campaign, query: str, *, as_json: bool, as_csv: bool) -> None:
    """The people that `query` finds."""
    rows = _people(campaign, query_of(query))
    if as_json:
        print_json_rows(rows)
    elif as_csv:
        columns = ["id", "name", "phones", "emails", "providers", "regions", "card", "assessment", "isolation"]
        _print_csv(rows, [*columns, "do_not_contact", "last_contact", "last_conversation"])
    else:
        for row in rows:
            words = [row["name"], ", ".join(row["phones"]), ", ".join(row["providers"]), row["card"]]
            say(" | ".join(one_line(word) for word in (row["id"], *words)))


def print_providers(campaign: Campaign, *, unreached: bool, by_region: bool, as_json: bool, as_csv: bool) -> None:
    """The board of providers."""
    columns = ["name", "region", "kind", "known", "attempted", "spoken_with", "reached", "asked", "signed"]
    rows: list[dict[str, Any]] = [
        {column: getattr(row, column) for column in columns} | {"last_conversation": row.last_conversation or None}
        for row in provider_board(campaign, by_region=by_region)
        if row.unreached or not unreached
    ]
    columns.append("last_conversation")
    if as_json:
        print_json_rows(rows)
    elif as_csv:
        _print_csv(rows, columns)
    else:
        for row in rows:
            reach = _("nobody reached yet") if not row["reached"] else _("{n} reached").format(n=row["reached"])
            known = _("{n} known").format(n=row["known"])
            say(" | ".join(one_line(str(word)) for word in (row["name"], row["region"], known, reach)))


def print_calls(campaign: Campaign, name: str | None, *, as_json: bool) -> None:
    """Who can be called now and who is blocked, of a list or of everyone."""
    list_id = call_list_named(campaign, name).id if name else None
    blocked: list[Blocked] = []
    ready = _ready(campaign, everyone_in_queue(campaign, list_id), blocked)
    if as_json:
        print_json_rows(ready, '{"ready": ', ", ")
        print_json_rows(_blocked(campaign, blocked), '"blocked": ', "}\n")
        return
    for row in chain(ready, _blocked(campaign, blocked)):
        say(" | ".join(one_line(word or "") for word in row.values()))


def _ready(
    campaign: Campaign, everyone: Iterable[Ready | Blocked], blocked: list[Blocked]
) -> Iterator[dict[str, str | None]]:
    """Who can be called now; the others of `everyone` are gathered in `blocked` meanwhile."""
    today, order = campaign.today(), campaign.queue_order
    for chunk in _chunks(everyone):
        ready = [entry for entry in chunk if isinstance(entry, Ready)]
        blocked.extend(entry for entry in chunk if isinstance(entry, Blocked))
        known = names_and_numbers(campaign, [entry.person_id for entry in ready])
        served = served_as(campaign, ready)
        for person, _rule, _last in ready:
            name, phone = known[person]
            why = because(served[person], today, order)
            yield {"id": str(person), "name": name, "phone": phone or None, "why": why}


def _blocked(campaign: Campaign, blocked: Sequence[Blocked]) -> Iterator[dict[str, str | None]]:
    for chunk in _chunks(blocked):
        known = names_and_numbers(campaign, [entry.person_id for entry in chunk])
        for person, reason, moment, _held_by in chunk:
            until = datetime.fromtimestamp(moment, UTC).astimezone(campaign.zone).isoformat() if moment else None
            yield {"id": str(person), "name": known[person][0], "reason": reason, "until": until}


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def log_from_words(campaign: Campaign, person: str, outcome: str, *, as_json: bool, **said: Any) -> None:
    """Log a contact as the command line words it."""
    now = campaign.wall_now()
    at, day = None, None
    if said["at"]:
        moment = parse_moment(said["at"], now, Direction.LAST)
        if moment.hour is None:
            day = moment.day.isoformat()
        else:
            at = wall_instant(datetime.combine(moment.day, moment.hour), campaign.zone)
    agreed = parse_follow_up(said["follow_up"], now) if said["follow_up"] else None
    person_id = find_person(campaign, person)
    logged = log_contact(
        campaign,
        ContactDraft(
            person_id=person_id,
            outcome=outcome,
            channel=said["channel"],
            at=at,
            day=day,
            phone_id=_number_of(campaign, person_id, said["number"]) if said["number"] else None,
            note=said["note"],
            rating=said["rating"],
            issues=said["issues"],
            ask=_ask(said["ask"]),
            follow_up=agreed.moment if agreed else None,
            follow_up_why=agreed.why if agreed else "",
        ),
    )
    name = person_lines(campaign, [person_id])
    shown = name[person_id].name if person_id in name else str(person_id)
    if as_json:
        who = {"id": str(person_id), "name": shown}
        told = {"warnings": logged.warnings, "no_longer_due": logged.ended}
        _print_json({"id": str(logged.contact), "person": who, "outcome": outcome, **told})
    else:
        # What was understood of WHEN is told back: nobody has seen it before it was saved.
        later = f" → {agreed.read_back(campaign.today())}" if agreed else ""
        ended = [_("No longer due: {promise}").format(promise=promise) for promise in logged.ended]
        say(one_line(". ".join((f"{shown}: {outcome}{later}", *ended, *logged.warnings))))


def _number_of(campaign: Campaign, person_id: int, written: str) -> int:
    """The id of her number that is `written`; raises OrganiserError, naming those she has, where it is none of them."""
    card = person_card(campaign, person_id)
    phones = card.phones if card is not None else ()
    wanted = read_phone(written, campaign.country, fiction_ranges()).e164
    found = [phone.id for phone in phones if phone.e164 and phone.e164 == wanted]
    if not found:
        held = ", ".join(phone.e164 or phone.written for phone in phones) or _("none")
        raise OrganiserError(_("{number} is none of her numbers: {held}.").format(number=written[:40], held=held))
    return found[0]


def _ask(text: str | None) -> AskDraft | None:
    if not text:
        return None
    kind, equals, answer = text.partition("=")
    if not equals or answer not in ("yes", "maybe", "later", "no", "withdrawn"):
        raise OrganiserError(
            _("Write an ask as KIND=ANSWER, such as sign=yes; answers are yes, maybe, later, no, withdrawn.")
        )
    return AskDraft(kind, answer)


def print_history(campaign: Campaign, person: str | None, *, as_json: bool) -> None:
    """The diary, latest first."""
    told = diary(campaign, person_id=find_person(campaign, person) if person else None, limit=1000)
    lines = [line for line in told if line.kind != DeedKind.LOG_REPRISAL]  # it never leaves the file
    rows = [
        {
            "id": str(line.action_id),
            "at": datetime.fromtimestamp(line.at, UTC).astimezone(campaign.zone).isoformat(),
            "organiser": line.organiser,
            "deed": line.kind,
            "about": line.what,
            "batch": str(line.batch_id) if line.batch_id else None,
            "taken_back": line.undone,
        }
        for line in lines
    ]
    if as_json:
        print_json_rows(rows)
        return
    for line, row in zip(lines, rows, strict=True):
        when = f"{wall(line.at, campaign.zone):%Y-%m-%d %H:%M}"
        note = _("taken back") if line.undone else ""
        if line.contact is not None and line.contact.day != when[:10]:
            how = _("{channel} of {day}").format(channel=line.contact.channel, day=line.contact.day)
            row["about"] = f"{row['about']}, {how}"
        say(
            " | ".join(one_line(str(w)) for w in (when, row["organiser"], row["deed"], row["about"], note)).rstrip(" |")
        )


def print_check(campaign: Campaign, *, as_json: bool) -> bool:
    """Whether the campaign is sound, and what is wrong with it where not; returns the first."""
    progress = Progress()
    try:
        faults = faults_of(campaign, lambda part, done, of: progress.say(_looked_at(part, done, of)))
    except KeyboardInterrupt:
        raise OrganiserError(_("Stopped before the end; nothing was changed, and nothing is known.")) from None
    finally:
        progress.end()
    if as_json:
        _print_json({"sound": not faults, "faults": faults})
    elif not faults:
        say(_("All is well: the file and its journal hold together, and every kept figure follows from the rows."))
        say(_("Not looked at: what stood in a row when it was made, which the journal does not hold."))
    for fault in () if as_json else faults:
        say(one_line(fault))
    return not faults


def _looked_at(part: Part, done: int, of: int) -> str:
    if part == Part.PEOPLE:
        return _("looking at people: {done:,} of {all:,}").format(done=done, all=of)
    return _("looking at the journal") if part == Part.JOURNAL else _("looking at the file")


def one_line(text: str) -> str:
    """`text` without what would act on a terminal."""
    return "".join(character if character.isprintable() else "·" for character in text)


def _brought_in(
    campaign: Campaign, path: Path, existing: Literal["fill", "update", "skip"], provider: str | None, *, dry_run: bool
) -> ImportReport:
    """Bring in one list. Raises OrganiserError, also where it is stopped, which says whether it was saved by then."""
    batch = campaign.ids.one()
    try:
        return import_file(campaign, path, existing=existing, provider=provider, dry_run=dry_run, batch=batch)
    except KeyboardInterrupt:
        # It may have come while everything was being written down, which nothing stops.
        saved = any(row.id == batch for row in import_batches(campaign))
        sentence = _("Stopped. Nothing of {file} was saved.")
        if saved:
            sentence = _("Stopped when all of {file} was saved: batch {batch}, which undo takes back.")
        raise OrganiserError(sentence.format(file=path.name, batch=batch)) from None


def import_lists(
    campaign: Campaign,
    files: Sequence[str],
    *,
    existing: Literal["fill", "update", "skip"],
    provider: str | None,
    rejects: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring in lists and tell what became of each; what was not taken goes to the file `rejects` where named."""
    if rejects:
        refuse_existing(Path(rejects))  # before anything is brought in
    for name in files:
        refuse_at_sight(Path(name))
    reports: list[ImportReport] = []
    try:
        for name in files:
            reports.append(_brought_in(campaign, Path(name), existing, provider, dry_run=dry_run))
        if rejects:
            write_rejects(reports, Path(rejects))
    except OrganiserError as error:
        if dry_run or not any(report.batch for report in reports):
            raise
        saved = ", ".join(f"{report.file} ({report.batch})" for report in reports)
        raise SavedError(_("{reason} Saved before it, by batch: {saved}.").format(reason=error, saved=saved)) from error
    finally:
        # Last, so that no list stays out because what became of another could not be printed.
        for report in reports if not as_json else ():
            _tell(report)
        if as_json and reports:
            shapes = [report.json_shape() for report in reports]
            _print_json(shapes[0] if len(files) == 1 else shapes)


def _tell(report: ImportReport) -> None:
    said = _("{file}: {read} rows, {added} new, {matched} known ({changed} changed), {rejected} refused, {asks} to ask")
    say(
        one_line(
            said.format(
                file=report.file,
                read=report.read,
                added=report.added,
                matched=report.matched,
                changed=report.changed,
                rejected=report.rejected,
                asks=report.questions,
            )
        )
    )
    said_of = [(row.row, row.column, row.reason) for row in report.not_taken]
    said_of += [(remark.row, remark.column, remark.reason) for remark in report.remarks]
    for number, column, reason in said_of:
        where = _("row {n}").format(n=number) if number else _("list")
        say(one_line(f"  {where}: {f'{column}: ' if column else ''}{reason}"))
    if report.batch is None:
        say(_("  nothing was saved: this was only to look"))
    else:
        say(_("batch {batch}: undo --batch takes it back whole").format(batch=report.batch))
