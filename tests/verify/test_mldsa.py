"""Cosignatures that outlast quantum computers count like the others where they can be verified, and not elsewhere."""

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from roundtable.verify import cosignatures, mldsa
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Grade
from roundtable.verify.notes import MLDSA_COSIGNATURE, Key, Note
from tests.verify import archives
from tests.verify.archives import LOG, NOW, export
from tests.verify.keys import note
from tests.verify.test_attacks import LEAVES, SIZE, checked, codes

__all__ = ["checked"]
PRIVATE = MLDSA44PrivateKey.generate()
KEY = Key("academia.example", MLDSA_COSIGNATURE, PRIVATE.public_key().public_bytes_raw())
HEAD = Checkpoint.parse(Note.parse(archives.checkpoint(LEAVES, SIZE)).text)
POLICY = f"log {LOG.key}\nwitness academia {KEY}\nquorum academia\n"


def cosign(head: Checkpoint = HEAD, time: int = NOW, name: str = KEY.name):
    return cosignatures.line(KEY, time, PRIVATE.sign(cosignatures.tree_message(time, head, name)))


def signed(*lines) -> bytes:
    return note(HEAD.text(), LOG.sign(HEAD.text()), *lines)


def test_the_message_is_laid_out_as_the_specification_says():
    head = Checkpoint("example.com/log", 258, bytes(range(32)))
    expected = b"subtree/v1\n\x00\x01w\x00\x00\x00\x00\x00\x00\x01\x02\x0fexample.com/log"
    expected += bytes(8) + b"\x00\x00\x00\x00\x00\x00\x01\x02" + bytes(range(32))
    assert cosignatures.tree_message(258, head, "w") == expected
    with pytest.raises(Malformed):
        cosignatures.tree_message(1, head, "w" * 256)


def test_a_cosignature_proves_like_any_other(checked):
    report = checked(export(LEAVES, [signed(cosign())]), policy=POLICY)
    assert (report.verdict, report.newest.witnesses) == (Grade.NOTICE, {"academia": (NOW,)})
    assert "MLDSA" not in report.not_checked


def test_a_cosignature_of_another_tree_time_or_name_is_false(checked):
    for line in (
        cosign(HEAD._replace(size=SIZE + 1)),
        cosign(HEAD._replace(root=bytes(32))),
        cosign(HEAD._replace(origin="otra.example")),
        cosign(name="contraloria.example"),
        cosign()._replace(value=(NOW - 1).to_bytes(8, "big") + cosign().value[8:]),
        cosign()._replace(value=cosign().value[:-1]),
    ):
        assert codes(checked(export(LEAVES, [signed(line)]), policy=POLICY)) == {"SIGNATURE", "QUORUM"}


def test_a_cosignature_without_a_time_does_not_say_that_there_is_no_larger_tree(checked):
    assert codes(checked(export(LEAVES, [signed(cosign(time=0))]), policy=POLICY)) == {"QUORUM"}


def test_where_it_cannot_be_verified_it_counts_as_unknown_and_the_report_says_so(checked, monkeypatch):
    monkeypatch.setattr(mldsa, "IS_AVAILABLE", False)
    report = checked(export(LEAVES, [signed(cosign())]), policy=POLICY)
    assert (codes(report), report.verdict) == ({"QUORUM"}, Grade.TOO_LITTLE)
    assert "MLDSA" in report.not_checked
