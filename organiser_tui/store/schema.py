"""The shape of a campaign file: its migrations, in order, and the marks that tell it from other files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from organiser_tui.store.engine import Connection, database, statements_of
from organiser_tui.store.registry import REGISTRY

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x4F524755
"""PRAGMA application_id of a campaign file ("ORGU")."""

_FOLDER = Path(__file__).parent / "migrations"

_FILES = sorted(_FOLDER.glob("*.sql"))
"""Append-only: a migration that has left this house is never edited again."""

MIGRATION_NAMES = frozenset(file.stem for file in _FILES)
"""A file that has had others was made by a newer version."""


def applied_migrations(connection: Connection) -> set[str]:
    """The names of the migrations that a file has had."""
    return {row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations")}


class Reference(NamedTuple):
    """A column of a table that names a row of another, by that table's column `key`."""

    column: str
    parent: str
    key: str


def references(connection: Connection) -> dict[str, list[Reference]]:
    """Every reference between tables of the file, by the table that refers."""
    found: dict[str, list[Reference]] = {}
    for table, *reference in connection.execute(
        'SELECT m.name, f."from", f."table", f."to" FROM sqlite_master m, pragma_foreign_key_list(m.name) f'
        " WHERE m.type = 'table'"
    ):
        found.setdefault(table, []).append(Reference(*reference))
    return found


def bring_up_to_date(connection: Connection) -> None:
    """Apply the migrations that a file lacks, each in a transaction, and write the registry of columns into it."""
    from sqlite_utils import Migrations

    migrations = Migrations("organiser")
    for file in _FILES:
        migrations(name=file.stem)(_migration(file))
    migrations.apply(database(connection))
    register_columns(connection)


def _migration(file: Path) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        # One statement after the other: executescript() would commit the transaction that the migration runs in.
        for statement in statements_of(file.read_text(encoding="utf-8")):
            db.conn.execute(statement)

    return apply


def register_columns(connection: Connection) -> None:
    """Write the registry of columns into the file; asked for after every migration."""
    connection.execute("SAVEPOINT registered")
    connection.execute("DELETE FROM registered_column")
    connection.executemany(
        "INSERT INTO registered_column (tbl, field, class) VALUES (?, ?, ?)",
        [(table, field, kind) for table, fields in REGISTRY.items() for field, kind in fields.items()],
    )
    connection.execute("RELEASE registered")
