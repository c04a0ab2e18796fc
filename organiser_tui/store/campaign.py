"""An open campaign file: how it is made, opened and refused, and the one way to write to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from random import Random, SystemRandom
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from organiser_tui.domain.clock import Now, wall
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import Definitions
from organiser_tui.domain.ids import IdMaker
from organiser_tui.domain.queue import read_order
from organiser_tui.store import device
from organiser_tui.store.copying import names_from
from organiser_tui.store.damage import damage_told
from organiser_tui.store.engine import (
    Connection,
    OperationalError,
    connect,
    is_full,
    remove_file,
)
from organiser_tui.store.journal import Deed, transaction
from organiser_tui.store.list_figures import move_targets
from organiser_tui.store.refresh import also_moved, figures_day, first_turn, refresh, refresh_turned
from organiser_tui.store.safekeeping import copy_kept, remove_unfinished
from organiser_tui.store.sameness import OpenedFile
from organiser_tui.store.schema import APPLICATION_ID, MIGRATION_NAMES, applied_migrations, bring_up_to_date
from organiser_tui.store.windows import Presence, Shown, last_shown
from organiser_tui.words import _


class Places(NamedTuple):
    """The regions and municipalities of a campaign by their codes."""

    region_names: dict[str, str]
    municipality_names: dict[str, str]
    region_of: dict[str, str]
    """Municipality code to region code."""

    def name_at(self, region: str | None, municipality: str | None) -> str:
        """What a place is called: the municipality, else the region; '' for none."""
        return self.municipality_names.get(municipality or "") or self.region_names.get(region or "", "")


class Campaign:
    """An open campaign file with the clock it was handed, on this device, in the hands of one organiser."""

    def __init__(self, path: Path, connection: Connection, now: Now, *, read_only: bool, random: Random) -> None:
        self.path = path
        self.connection = connection
        self.now = now
        self.read_only = read_only
        self.ids = IdMaker(now, random)
        self.known_device = device.known_id()
        """The id of this device, '' while it has none."""
        self.window = os.urandom(8).hex()
        self.presence = Presence(self.window)
        self.disk_full = False
        """Open for reading only, since there was no room to open it otherwise."""
        self.organiser_id: int | None = None
        self.saved = 0
        """How many deeds were saved through this window."""
        self._seen = self._read_at = self._version()
        self._shown: Shown = ()
        self.file = OpenedFile(path)

    @property
    def why_read_only(self) -> str:
        """Why nothing can be saved in this campaign, a sentence; '' where it can."""
        if self.disk_full:
            return _("The disk is full. Nothing was saved; make room, and open the campaign anew.")
        reading_only = _("This campaign is open for reading only: its folder or file cannot be written to.")
        return reading_only if self.read_only else ""

    @property
    def device(self) -> str:
        """The id of this device. Raises OrganiserError where it has none and cannot note one."""
        self.known_device = self.known_device or device.device_id()
        return self.known_device

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which promised hours and days are meant."""
        name = self.setting("zone")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            sentence = _("The time zone of this campaign, {zone}, is none that this computer knows.")
            raise OrganiserError(sentence.format(zone=name)) from None

    @cached_property
    def id(self) -> str:
        """What tells this campaign and its copies from any other."""
        return self.setting("campaign")

    @cached_property
    def country(self) -> str:
        """The home country, ISO 3166 alpha-2."""
        return self.setting("country")

    @cached_property
    def language(self) -> str:
        """The language whose alphabet orders the lists."""
        return self.setting("language")

    @cached_property
    def definitions(self) -> Definitions:
        """The numbers in the definitions."""
        return Definitions()

    @cached_property
    def card_order(self) -> dict[str, int]:
        """Each card state's place in the order of a card's life."""
        return dict(self.connection.execute("SELECT code, position FROM card_state").fetchall())

    @cached_property
    def effects(self) -> dict[str, str]:
        """The effect of each outcome."""
        return dict(self.connection.execute("SELECT code, effect FROM outcome").fetchall())

    @cached_property
    def personal_channels(self) -> frozenset[str]:
        """The channels that go to one person alone; the others go out to many at once."""
        rows = self.connection.execute("SELECT code FROM channel WHERE personal")
        return frozenset(code for (code,) in rows)

    def read_settings(self) -> None:
        """Read now what is read once, for a process that will not have the file."""
        for name in ("zone", "language", "definitions", "card_order", "effects", "personal_channels", "places"):
            getattr(self, name)

    @cached_property
    def places(self) -> Places:
        """The regions and municipalities."""
        municipalities = self.connection.execute("SELECT code, name, region_code FROM municipality").fetchall()
        return Places(
            dict(self.connection.execute("SELECT code, name FROM region").fetchall()),
            {code: name for code, name, _region in municipalities},
            {code: region for code, _name, region in municipalities},
        )

    @property
    def queue_order(self) -> tuple[int, ...]:
        """The rules by which people are served, the first counts first."""
        return read_order(self.setting("queue_order"))

    def setting(self, name: str, default: str = "") -> str:
        """The value of a setting."""
        row = self.connection.execute(
            "SELECT value FROM setting WHERE name = ? AND gone_by IS NULL", (name,)
        ).fetchone()
        return str(row[0]) if row else default

    def wall_now(self) -> datetime:
        """The present wall time in the campaign's zone, without a zone."""
        return wall(int(self.now().timestamp()), self.zone)

    def today(self) -> date:
        """The present day in the campaign's zone."""
        return self.wall_now().date()

    def refuse_replaced(self) -> None:
        """Raise OrganiserError where the file has been taken away or another one stands in its place.

        What is written to an open file that nobody can find any more would be lost. Inside a write also where it
        cannot be told now.
        """
        if self.file.look(self):
            raise OrganiserError(self.file.what_happened())

    def changed_elsewhere(self) -> bool:
        """Whether another window or program has written anything that pages show since this was last asked."""
        self.forget_outdated()
        if self._read_at == self._seen:
            return False
        shown, self._seen, self._shown = self._shown, self._read_at, last_shown(self.connection)
        return shown != self._shown

    def forget(self) -> None:
        """Read anew, when next asked for, what is read once."""
        for name, held in vars(type(self)).items():
            if isinstance(held, cached_property):
                self.__dict__.pop(name, None)

    def forget_outdated(self) -> None:
        """Read anew what is read once, where another window or program has written since."""
        version = self._version()
        if version != self._read_at:
            self._read_at = version
            self.forget()

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def write(
        self, kind: DeedKind, *, batch_id: int | None = None, undoes: Callable[[], int] | None = None
    ) -> Iterator[Deed]:
        """One deed: rows and fields written, figures moved and the journal told in a single transaction.

        What the deed rests on is to be asked inside, and `undoes`, the action that it takes back, is asked there:
        before, another window may still change it.
        Raises OrganiserError where the file cannot be written now; then nothing is saved.
        """
        with transaction(self):
            if kind is not DeedKind.FOUND:  # by which it gets the zone that has a today
                self._turn_day(self.today().isoformat())
            deed = Deed(self, kind, batch_id, undoes() if undoes else None)
            yield deed
            self.settle(deed)
            deed.finish()
        self.saved += not deed.empty

    def settle(self, deed: Deed) -> None:
        """Move the figures of everybody whom `deed` has touched so far; one of many rows does so as it goes along."""
        moved = deed.touched | also_moved(self, deed)
        refresh(self, moved)
        move_targets(self.connection, deed.moved_targets - moved)
        deed.settled()

    def turn_day(self) -> int:
        """Move the figures of everybody for whom a date has come; returns how many there were."""
        today, turns, day = self.today().isoformat(), first_turn(self), figures_day(self)
        if self.read_only or ((turns is None or turns > today) and day <= today):
            return 0
        with transaction(self):
            return refresh_turned(self, today)

    def _turn_day(self, today: str) -> None:
        """The same inside a write, which notes the day: a window may have been left open overnight."""
        turns = first_turn(self)
        if figures_day(self) != today or (turns is not None and turns <= today):
            refresh_turned(self, today)

    def another(self) -> Campaign:
        """A second connection of this window, for a thread of its own; reads only what is saved.

        Raises OrganiserError where the file has been taken away.
        """
        try:
            connection = connect(self.path, read_only=self.read_only)
        except OperationalError as error:
            if self.path.exists():
                raise
            sentence = _("{path} has been moved or deleted. Nothing was saved; leave, and open it anew.")
            raise OrganiserError(sentence.format(path=self.path)) from error
        twin = Campaign(self.path, connection, self.now, read_only=self.read_only, random=SystemRandom())
        twin.organiser_id, twin.window = self.organiser_id, self.window
        return twin

    def close(self) -> None:
        """Close the file."""
        self.presence.end()
        self.file.close(self)


def make_file(path: Path, now: Now, *, random: Random | None = None) -> Campaign:
    """A new campaign file at `path` with its tables and nothing in them.

    Raises OrganiserError where something is there already, or the folder cannot be written to.
    """
    if path.exists():
        raise OrganiserError(_("{path} is there already; nothing was changed. Choose another name.").format(path=path))
    if not path.parent.is_dir():
        raise OrganiserError(_("There is no folder {folder}.").format(folder=path.parent))
    with ExitStack() as half_made:
        try:
            path.touch(mode=0o600)
            half_made.callback(remove_file, path)
            connection = connect(path)
            half_made.callback(connection.close)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            bring_up_to_date(connection)
        except (OSError, OperationalError) as error:
            if is_full(error):
                raise OrganiserError(_("The disk is full: {path} was not made.").format(path=path)) from error
            raise OrganiserError(_("{folder} cannot be written to.").format(folder=path.parent)) from error
        half_made.pop_all()
    return Campaign(path, connection, now, read_only=False, random=random or SystemRandom())


def open_campaign(path: Path, now: Now | None = None, *, as_it_is: bool = False) -> Campaign:
    """The campaign file at `path`, brought up to this version after a backup where it is older.

    `as_it_is` nothing is written into it, neither now nor later; an older one is refused then.
    Raises OrganiserError, with the file untouched, where it is missing, empty, damaged, of another kind or newer.
    """
    _refuse_at_sight(path)
    if path.is_symlink():
        path = path.resolve()  # SQLite keeps the journal beside the file itself, not beside a link to it
    read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    full = False
    now = now or (lambda: datetime.now(UTC))
    with damage_told(path):
        _refuse_inside(path)
        try:
            connection = connect(path, read_only=read_only)
        except OperationalError as error:
            if read_only or not is_full(error):
                raise
            read_only = full = True
            connection = connect(path, read_only=True)
        with ExitStack() as refused:
            refused.callback(connection.close)
            campaign = Campaign(path, connection, now, read_only=read_only, random=SystemRandom())
            campaign.disk_full = full
            if as_it_is:
                connection.execute("PRAGMA query_only = ON")
                _refuse_older(campaign)
            elif not read_only:
                remove_unfinished(campaign)
                _bring_up_to_date(campaign)
            if not as_it_is:
                campaign.turn_day()
            refused.pop_all()
    return campaign


def _refuse_at_sight(path: Path) -> None:
    try:
        there = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise OrganiserError(_("There is no campaign at {path}.").format(path=path)) from None
    except (OSError, ValueError) as error:
        raise OrganiserError(_("{path} cannot be opened.").format(path=path)) from error
    if path.is_dir():
        raise OrganiserError(_("{path} is a folder, not a campaign file.").format(path=path))
    if not path.is_file():  # to open a pipe would wait for whoever writes into it
        raise OrganiserError(_("{path} is not a file: a campaign is one file on a disk.").format(path=path))
    if there.st_size == 0:
        raise OrganiserError(
            _("{path} is empty: not a campaign, or one that was damaged. Restore a backup.").format(path=path)
        )
    if not os.access(path, os.R_OK):
        raise OrganiserError(_("{path} cannot be read: it belongs to somebody else.").format(path=path))


def _refuse_inside(path: Path) -> None:
    """Look into the file without writing: a connection that may write would turn any database to WAL."""
    connection = connect(path, read_only=True)
    try:
        marked = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        if not marked:
            raise OrganiserError(_("{path} is not a campaign of organiser-tui.").format(path=path))
        applied = applied_migrations(connection)
        finished = connection.execute("SELECT 1 FROM setting WHERE name = 'campaign'").fetchone()
    finally:
        connection.close()
    if not finished:
        raise OrganiserError(_("{path} was never finished. Make the campaign anew.").format(path=path))
    _refuse_newer(path, applied)


def _refuse_newer(path: Path, applied: set[str]) -> None:
    if applied - MIGRATION_NAMES:
        raise OrganiserError(
            _("{path} was made by a newer version of organiser-tui. Update the program; the file is untouched.").format(
                path=path
            )
        )


def _refuse_older(campaign: Campaign) -> None:
    if not applied_migrations(campaign.connection) >= MIGRATION_NAMES:
        sentence = _("{path} was made by an older version. Open it once, which brings it up to date after a backup.")
        raise OrganiserError(sentence.format(path=campaign.path))


def _bring_up_to_date(campaign: Campaign) -> None:
    if applied_migrations(campaign.connection) >= MIGRATION_NAMES:
        return
    with transaction(campaign):
        applied = applied_migrations(campaign.connection)
        _refuse_newer(campaign.path, applied)
        if applied >= MIGRATION_NAMES:
            return  # another window has done it meanwhile
        first = campaign.path.with_name(f"{campaign.path.name}.before-update")
        free = next(path for path in names_from(first) if not path.exists())
        with copy_kept(campaign, free.name):
            bring_up_to_date(campaign.connection)
