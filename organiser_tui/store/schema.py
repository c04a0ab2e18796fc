"""The shape of a campaign file: its migrations, in order, and the marks that tell it from other files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Migrations

from organiser_tui.store.engine import Connection, Database
from organiser_tui.store.registry import REGISTRY

APPLICATION_ID = 0x4F524755
"""PRAGMA application_id of a campaign file ("ORGU")."""

_FOLDER = Path(__file__).parent / "migrations"

migrations = Migrations("organiser")
"""Append-only: a migration that has left this house is never edited again."""


def _migration(file: Path) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        # One statement after the other: executescript() would commit the transaction that the migration runs in.
        for statement in file.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                db.conn.execute(statement)

    return apply


_files = sorted(_FOLDER.glob("*.sql"))
for _file in _files:
    migrations(name=_file.stem)(_migration(_file))

MIGRATION_NAMES = frozenset(file.stem for file in _files)
"""A file that has had others was made by a newer version."""


def register_columns(connection: Connection) -> None:
    """Write the registry of columns into the file; asked for after every migration."""
    connection.execute("DELETE FROM registered_column")
    connection.executemany(
        "INSERT INTO registered_column (tbl, field, class) VALUES (?, ?, ?)",
        [(table, field, kind) for table, fields in REGISTRY.items() for field, kind in fields.items()],
    )
