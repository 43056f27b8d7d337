"""A signer in a process of its own does and refuses what one in the server does and refuses."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from roundtable import log_cli
from roundtable.bootstrap import open_installation
from roundtable.checks import Check
from roundtable.installation import Installation
from roundtable.log.errors import KeyMissing, LogForeign, LogRewritten, LogRolledBack
from roundtable.log.remote import RemoteSigner, SignerServer, SignerUnreachable
from roundtable.log.signer import FileSigner, Signed, Wanted
from roundtable.verify.merkle import leaf_hash
from roundtable.verify.notes import is_signed
from tests.harness import Person
from tests.log.test_checkpoints import ORIGIN, tree, wanted
from tests.postgres import scratch


@contextmanager
def listening(path: Path, held: FileSigner) -> Iterator[None]:
    with SignerServer(path, held) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield
        server.shutdown()
        thread.join()


@pytest.fixture
def remote() -> Iterator[RemoteSigner]:
    with scratch() as folder, listening(folder / "s" / "socket", FileSigner(folder / "log.key")):
        yield RemoteSigner(folder / "s" / "socket")


def test_it_signs_and_remembers(remote: RemoteSigner) -> None:
    assert (remote.last(), remote.held()) == (None, [])
    key = remote.add_key(ORIGIN)
    assert remote.held() == [key]
    assert is_signed(remote.sign(wanted(0, 2)), key)
    assert is_signed(remote.sign(wanted(2, 3, leaf_hash(b"2"))), key)
    assert remote.last() == Signed(ORIGIN, 3, tree(3).root())
    other = remote.add_key(ORIGIN)
    remote.drop_key(key)
    assert remote.held() == [other]


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (wanted(2, 1), LogRolledBack),
        (wanted(2, 2, seed="x"), LogRewritten),
        (wanted(2, 3, leaf_hash(b"x")), LogRewritten),
        (wanted(2, 2, origin="example.org/roundtable/2"), LogForeign),
    ],
)
def test_it_refuses_with_the_same_words(remote: RemoteSigner, asked: Wanted, refusal: type[Exception]) -> None:
    with pytest.raises(KeyMissing):
        remote.sign(asked)
    remote.add_key(ORIGIN)
    remote.begin_at(Signed(ORIGIN, 2, tree(2).root()))
    with pytest.raises(refusal):
        remote.sign(asked)
    assert remote.last() == Signed(ORIGIN, 2, tree(2).root())


@pytest.mark.parametrize(
    "sent", [b"", b"\n", b"noise\n", b'{"do":"steal"}\n', b'{"do":"sign","root":"x"}\n', b"x" * 70_000]
)
def test_what_is_no_request_gets_no_answer_and_harms_nothing(remote: RemoteSigner, sent: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(remote.path))
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(100) == b""
        except (BrokenPipeError, ConnectionResetError):
            pass  # it hung up before it had read all of it
    assert remote.held() == []


def test_only_its_owner_may_open_the_socket(remote: RemoteSigner) -> None:
    assert remote.path.stat().st_mode & 0o777 == 0o600


def test_a_server_whose_signer_is_away_records_on_and_says_so(installation: Installation) -> None:
    path = installation.settings.key_file().parent / "socket"
    path.parent.mkdir(exist_ok=True)
    opened = open_installation(installation.settings._replace(log_signer=str(path)))
    person = Person.arrives(opened)
    person.registers_organization()
    with pytest.raises(SignerUnreachable, match="roundtable signer"):
        opened.log.checkpoint()
    assert person.client.get("/readyz").json()["status"] == "degraded"
    with listening(path, FileSigner(path.with_name("other.key"))):
        assert opened.log.checkpoint() is not None
        log_cli.add_key(opened)
        assert Check(opened).run().finding is None
    assert not installation.settings.key_file().exists(), "the server itself holds no key"
    assert person.registers_organization()
    opened.close()
