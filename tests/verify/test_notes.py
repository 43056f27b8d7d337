"""A note, a key and a checkpoint have one spelling; everything else is refused."""

import pytest

from roundtable.verify import cosignatures
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.merkle import EMPTY
from roundtable.verify.notes import COSIGNATURE, Key, Note, Signature, is_signed
from roundtable.verify.texts import decode_base64, encode_base64, parse_decimal
from tests.verify import vectors
from tests.verify.keys import note, signer, witness
from tests.verify.test_ed25519 import LOW_ORDER

LOG = signer("registro.example/chumbivilcas")
WITNESS = witness("contraloria.example")
TEXT = Checkpoint(LOG.key.name, 7, bytes(range(32))).text()


def test_a_note_is_read_and_written_alike():
    signed = note(TEXT, LOG.sign(TEXT), WITNESS.cosign(TEXT, 1_790_000_000))
    read = Note.parse(signed)
    assert bytes(read) == signed
    assert is_signed(read, LOG.key)
    assert cosignatures.cosignatures(read, WITNESS.key) == [1_790_000_000]


def test_a_note_signed_by_another_key_of_that_name_is_not_signed():
    read = Note.parse(note(TEXT, signer(LOG.key.name, seed="stolen").sign(TEXT)))
    assert not is_signed(read, LOG.key)


def test_one_broken_line_of_a_key_spoils_its_other_line():
    broken = LOG.sign(TEXT + "more\n")
    for lines in ((LOG.sign(TEXT), broken), (broken, LOG.sign(TEXT))):
        assert not is_signed(Note.parse(note(TEXT, *lines)), LOG.key)


def test_a_cosignature_counts_for_its_text_time_and_key_alone():
    line = WITNESS.cosign(TEXT, 1_790_000_000)
    assert cosignatures.cosigned_at(TEXT, line, WITNESS.key) == 1_790_000_000
    later = line._replace(value=(1_790_000_001).to_bytes(8, "big") + line.value[8:])
    assert cosignatures.cosigned_at(TEXT, later, WITNESS.key) is None
    assert cosignatures.cosigned_at(TEXT.replace("7", "8"), line, WITNESS.key) is None
    assert cosignatures.cosigned_at(TEXT, line._replace(value=line.value[:-1]), WITNESS.key) is None
    assert cosignatures.cosigned_at(TEXT, line, witness("defensoria.example").key) is None
    huge = WITNESS.cosign(TEXT, 2**63)
    assert cosignatures.cosigned_at(TEXT, huge, WITNESS.key) is None
    assert cosignatures.cosigned_at(TEXT, line, WITNESS.key._replace(kind=1)) is None


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\n",
        TEXT.encode(),
        TEXT.encode() + b"\n",
        note(TEXT, LOG.sign(TEXT))[:-1],
        note(TEXT, LOG.sign(TEXT)) + b"\n",
        note(TEXT, LOG.sign(TEXT)).replace(b"\n", b"\r\n"),
        note(TEXT, LOG.sign(TEXT)).replace(b"7\n", b"7\t\n"),
        note(TEXT, LOG.sign(TEXT)).replace(b"7\n", b"7\x00\n"),
        note(TEXT, LOG.sign(TEXT)).replace(b"7\n", b"7\xff\n"),
        note(TEXT, LOG.sign(TEXT)).replace("—".encode(), b"-"),
        note(TEXT, LOG.sign(TEXT)).replace("— ".encode(), "—  ".encode()),
        note(TEXT, LOG.sign(TEXT)).replace(b"registro.example/chumbivilcas ", "registro\u00a0x ".encode()),
        note(TEXT, LOG.sign(TEXT)).replace(b"registro.example/chumbivilcas ", b"registro+x "),
        note(TEXT, LOG.sign(TEXT))[:-2] + b" \n",
        note(TEXT, Signature("short", b"1234", b"")),
        note(TEXT, *[LOG.sign(TEXT)] * 101),
        note("x" * 1_000_000 + "\n", LOG.sign(TEXT)),
    ],
)
def test_what_is_not_exactly_a_note_is_refused(broken):
    with pytest.raises(Malformed):
        Note.parse(broken)


def test_a_hundred_signatures_are_read():
    assert len(Note.parse(note(TEXT, *[LOG.sign(TEXT)] * 100)).signatures) == 100


@pytest.mark.parametrize("key", [LOG.key, WITNESS.key, Key("ml.example", 6, bytes(1312))], ids=lambda k: k.name)
def test_a_key_is_read_and_written_alike(key):
    assert Key.parse(str(key)) == key


@pytest.mark.parametrize("kind", [1, 4])
@pytest.mark.parametrize("public", LOW_ORDER, ids=bytes.hex)
def test_a_key_of_low_order_is_refused(kind, public):
    with pytest.raises(Malformed, match="low order"):
        Key.parse(str(Key("forger.example", kind, public)))


def test_keys_of_unknown_type_or_length_are_refused():
    for key in (Key("a", 2, bytes(32)), Key("a", 1, bytes(31)), Key("a", 4, bytes(33)), Key("a", 6, bytes(32))):
        with pytest.raises(Malformed):
            Key.parse(str(key))
    for text in ("", "a", "a+b", "+00000000+AQ==", str(LOG.key).replace("registro", "regi stro")):
        with pytest.raises(Malformed):
            Key.parse(text)


def test_every_mangled_key_is_refused():
    for whole in (str(LOG.key), str(WITNESS.key)):
        mangled = {whole[:i] + chr(ord(c) + 1) + whole[i + 1 :] for i, c in enumerate(whole)}
        mangled |= {whole[i:j] for i in range(len(whole)) for j in range(i, len(whole) + 1)} - {whole}
        for text in sorted(mangled):
            with pytest.raises(Malformed):
                Key.parse(text)


@pytest.mark.parametrize(
    "size", ["+5", "05", "-1", "", " 5", "5 ", "\u0665", "\uff15", "1e3", "1_000", "0x5", "9" * 19, "9" * 20]
)
def test_a_size_in_another_spelling_is_refused(size):
    with pytest.raises(Malformed):
        Checkpoint.parse(TEXT.replace("\n7\n", f"\n{size}\n"))
    with pytest.raises(Malformed):
        parse_decimal(size)


def test_a_checkpoint_is_read_and_written_alike():
    for checkpoint in (
        Checkpoint("registro.example/x", 0, EMPTY),
        Checkpoint("registro.example/x", 2**63 - 1, bytes(32)),
        Checkpoint("registro.example/x", 1, bytes(32), ("more", "lines")),
    ):
        assert Checkpoint.parse(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n1\n",
        TEXT[:-1],
        TEXT + "\n",
        "\n" + TEXT,
        TEXT.replace("AAEC", "AAE"),
        TEXT.replace("Hh8=", "Hh9="),
        Checkpoint("registro.example/x", 0, bytes(32)).text(),
    ],
)
def test_what_is_not_exactly_a_checkpoint_is_refused(text):
    with pytest.raises(Malformed):
        Checkpoint.parse(text)


@pytest.mark.parametrize("text", ["AA", "AA=", "AAA", "AB==", "A A=", "AAA=\n", "AA==AA==", "-_-_", "é===", "A"])
def test_base_64_has_one_spelling(text):
    with pytest.raises(Malformed):
        decode_base64(text)


def test_base_64_is_read_and_written_alike():
    for size in range(10):
        assert decode_base64(encode_base64(bytes(range(size))), size) == bytes(range(size))


@vectors.needed
def test_the_notes_and_keys_of_others_behave_as_labelled():
    case = vectors.load("signed-note.json")
    peter, enoch = map(Key.parse, case["vkeys"])
    for text in case["bad_vkeys"]:
        with pytest.raises(Malformed):
            Key.parse(text)
    for text in case["vkeys"]:
        mangled = {text[i:j] for i in range(len(text)) for j in range(i, len(text) + 1)} - {text}
        mangled |= {text[:i] + chr(ord(c) + 1) + text[i + 1 :] for i, c in enumerate(text)}
        for other in sorted(mangled):
            with pytest.raises(Malformed):
                Key.parse(other)
    by_peter, by_both = (Note.parse(case[f"note_signed_by_{who}"].encode()) for who in ("peter", "both"))
    assert by_peter.text == by_both.text == case["text"]
    assert (is_signed(by_peter, peter), is_signed(by_peter, enoch)) == (True, False)
    assert (is_signed(by_both, peter), is_signed(by_both, enoch)) == (True, True)
    for text in case["malformed_notes"]:
        with pytest.raises(Malformed):
            Note.parse(text.encode())
    assert not is_signed(Note.parse(case["invalid_signature_note"].encode()), peter)
    line = f"{by_peter.signatures[0]}\n".encode()
    start = case["text"].encode() + b"\n"
    with pytest.raises(Malformed):
        Note.parse(start + line * 101)
    assert is_signed(Note.parse(start + line * 3), peter)


def test_the_key_of_a_witness_does_not_sign_checkpoints():
    same = Key("both.example", COSIGNATURE, LOG.key.public)
    line = Signature("both.example", same.id, LOG.private.sign(TEXT.encode()))
    assert not is_signed(Note.parse(note(TEXT, line)), same)
