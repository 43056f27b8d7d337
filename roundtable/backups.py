"""Backup and restore: SQLite by its online backup, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from roundtable import schema
from roundtable.settings import Settings
from roundtable.store.database import Database

SQLITE_MAGIC = b"SQLite format 3\x00"
POSTGRES_MAGIC = b"PGDMP"
PAGES = 1000
"""Pages of SQLite copied at a time; writers go on in between."""
Tell = Callable[[int, int], None]


class BackupFailed(Exception):
    """A backup could not be made or restored; the message says why."""


def backup(settings: Settings, file: Path, tell: Tell = lambda *_: None) -> None:
    """Write the whole installation into one file while it goes on working.

    :raises BackupFailed: the file exists, or a tool is missing or fails.
    """
    if file.exists():
        msg = f"{file} exists; choose another name, backups are not overwritten"
        raise BackupFailed(msg)
    url = sa.make_url(settings.database_url)
    partial = file.with_name(file.name + ".partial")
    try:
        if url.get_backend_name() == "sqlite":
            _copy(Path(url.database or ""), partial, tell)
        else:
            _tool(settings, "pg_dump", "--format=custom", f"--file={partial}", f"--dbname={_libpq(url)}")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def restore(settings: Settings, file: Path, tell: Tell = lambda *_: None) -> None:
    """Fill an empty database from a backup of the same kind of database.

    :raises BackupFailed: the database is not empty, the file is of another kind, or a tool is missing or fails.
    """
    url = sa.make_url(settings.database_url)
    is_sqlite = url.get_backend_name() == "sqlite"
    with _opened(file) as opened:
        magic = opened.read(len(SQLITE_MAGIC))
    if not magic.startswith(SQLITE_MAGIC if is_sqlite else POSTGRES_MAGIC):
        kind = "SQLite" if is_sqlite else "PostgreSQL"
        msg = f"{file} is no backup of {kind}; set ROUNDTABLE_DATABASE_URL accordingly"
        raise BackupFailed(msg)
    database = Database(settings.database_url)
    empty = schema.is_empty(database)
    database.close()
    if not empty:
        msg = f"{url.render_as_string()} is not empty; restore into a new database, then point the server at it"
        raise BackupFailed(msg)
    if is_sqlite:
        _copy(file, Path(url.database or ""), tell)
    else:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        _tool(settings, "pg_restore", *options, f"--dbname={_libpq(url)}", str(file))


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise BackupFailed(str(error)) from error


def _copy(source: Path, target: Path, tell: Tell) -> None:
    if not source.exists():
        msg = f"{source} does not exist"
        raise BackupFailed(msg)
    try:
        with sqlite3.connect(source) as original, sqlite3.connect(target) as copy:
            original.backup(copy, pages=PAGES, progress=lambda _, left, total: tell(total - left, total))
            problem = copy.execute("PRAGMA integrity_check").fetchone()[0]
        original.close()
        copy.close()
    except sqlite3.Error as error:
        raise BackupFailed(str(error)) from error
    if problem != "ok":
        msg = f"the copy is damaged: {problem}"
        raise BackupFailed(msg)


def _libpq(url: sa.URL) -> str:
    """Return the address as PostgreSQL's tools take it, without the password."""
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _tool(settings: Settings, name: str, *arguments: str) -> None:
    path = shutil.which(name, path=settings.postgres_bin or None)
    if path is None:
        msg = f"{name} is not there; install PostgreSQL's client tools or name their folder in ROUNDTABLE_POSTGRES_BIN"
        raise BackupFailed(msg)
    password = sa.make_url(settings.database_url).password
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    done = subprocess.run([path, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        msg = f"{name} failed: {done.stderr.strip()}"
        raise BackupFailed(msg)
