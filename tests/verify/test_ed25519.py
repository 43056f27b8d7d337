"""Signatures verify the same with Python alone as with a library, forged ones included."""

import os
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from roundtable.verify import ed25519

RFC_8032 = (
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", ""),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82"),
)
SIGNED = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
)
LOW_ORDER = [
    (y | sign << 255).to_bytes(32, "little") for y in (0, 1, ed25519.P - 1, ed25519.P, ed25519.P + 1) for sign in (0, 1)
] + [
    bytes.fromhex(point)
    for point in (
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    )
]


def both(public: bytes, message: bytes, signature: bytes) -> bool:
    """Verify by both ways and return the verdict on which they agree."""
    alone = ed25519.verify_with_python(public, message, signature)
    assert alone == ed25519._verify_with_cryptography(public, message, signature), (public, message, signature)
    return alone


@pytest.mark.parametrize(("known", "signature"), list(zip(RFC_8032, SIGNED, strict=True)))
def test_the_signatures_of_the_standard_verify(known, signature):
    public, message = map(bytes.fromhex, known)
    assert both(public, message, bytes.fromhex(signature))
    assert not both(public, message + b"!", bytes.fromhex(signature))


def test_random_and_mangled_signatures_get_the_same_verdict_from_both():
    chance = random.Random(8032)
    verdicts = []
    for _ in range(60):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = bytearray(key.public_key().public_bytes_raw()), chance.randbytes(50)
        signature = bytearray(key.sign(message))
        part = chance.choice((public, signature, None))
        if part is not None:
            part[chance.randrange(len(part))] ^= 1 << chance.randrange(8)
        verdicts.append(both(bytes(public), message, bytes(signature)))
        assert verdicts[-1] == (part is None)
    assert {True, False} == set(verdicts)


def test_a_signature_has_one_spelling_of_its_number():
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"acta")
    assert both(public, b"acta", signature)
    s = int.from_bytes(signature[32:], "little")
    for other in (s + ed25519.ORDER, s + 2 * ed25519.ORDER, 2**256 - 1):
        assert not both(public, b"acta", signature[:32] + other.to_bytes(32, "little"))


def test_keys_and_points_at_the_edges_get_the_same_verdict_from_both():
    chance = random.Random(6)
    edges = [*LOW_ORDER, *((ed25519.P + n).to_bytes(32, "little") for n in range(2, 19)), (2).to_bytes(32, "little")]
    accepted = 0
    for public in edges:
        for point in (*LOW_ORDER[::3], chance.randbytes(32)):
            for s in (0, 1, ed25519.ORDER - 1, ed25519.ORDER):
                accepted += both(public, b"any", point + s.to_bytes(32, "little"))
    assert accepted


def test_what_has_another_length_is_no_signature():
    for public, signature in ((b"", b""), (bytes(31), bytes(64)), (bytes(32), bytes(63)), (bytes(32), bytes(65))):
        assert not ed25519.verify(public, b"", signature)


def test_all_fourteen_encodings_of_low_order_are_known():
    assert len(set(LOW_ORDER)) == 14
    for public in LOW_ORDER:
        assert ed25519.is_low_order(public)
        point = ed25519._decode(public)
        for _ in range(3):
            point = ed25519._double(point)
        assert ed25519._encode(point) == (1).to_bytes(32, "little")
    assert not ed25519.is_low_order(
        Ed25519PrivateKey.from_private_bytes(os.urandom(32)).public_key().public_bytes_raw()
    )
