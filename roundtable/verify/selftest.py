"""Known answers: whether this copy of the verifier, in this Python, computes what it should."""

from collections.abc import Callable
from hashlib import sha256

from roundtable.verify import ed25519
from roundtable.verify.errors import Malformed, Unproven
from roundtable.verify.merkle import CompactRange, leaf_hash, node_hash, verify_consistency, verify_inclusion
from roundtable.verify.notes import Key

_PUBLIC = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
_SIGNATURE = bytes.fromhex(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)
_MESSAGE = b"\xaf\x82"
_ROOT_OF_FIVE = "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"
_LEAVES = ("", "00", "10", "2021", "3031")


def run() -> list[str]:
    """Return the names of the answers that are wrong: none."""
    return [name for name, is_right in _ANSWERS.items() if not is_right()]


def _signatures() -> bool:
    verify = (ed25519.verify, ed25519.verify_with_python)
    good = all(way(_PUBLIC, _MESSAGE, _SIGNATURE) for way in verify)
    return good and not any(way(_PUBLIC, _MESSAGE + b"!", _SIGNATURE) for way in verify)


def _tree() -> bool:
    tree = CompactRange()
    tree.extend([leaf_hash(bytes.fromhex(leaf)) for leaf in _LEAVES])
    return tree.root().hex() == _ROOT_OF_FIVE


def _proofs() -> bool:
    a, b, c = (leaf_hash(bytes([n])) for n in range(3))
    two, three = node_hash(a, b), node_hash(node_hash(a, b), c)
    verify_inclusion(2, 3, c, [two], three)
    verify_consistency(2, 3, two, three, [c])
    return _refused(lambda: verify_inclusion(1, 3, c, [two], three)) and _refused(
        lambda: verify_consistency(2, 3, three, two, [c])
    )


def _keys() -> bool:
    weak = Key("weak.example", 1, (1).to_bytes(32, "little"))
    return _refused(lambda: Key.parse(str(weak))) and Key.parse(str(weak._replace(public=_PUBLIC))).public == _PUBLIC


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (Malformed, Unproven):
        return True
    return False


_ANSWERS: dict[str, Callable[[], bool]] = {
    "SHA-256": lambda: sha256(b"abc").hexdigest().startswith("ba7816bf8f01cfea414140de5dae2223"),
    "Ed25519 (RFC 8032)": _signatures,
    "Merkle tree (RFC 6962)": _tree,
    "proofs": _proofs,
    "keys": _keys,
}
