"""The Merkle tree of RFC 6962: hashes, the compact range that roots follow from, inclusion and consistency."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from roundtable.verify.errors import Malformed, Unproven

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""

HASH_SIZE = 32
MAX_PROOF = 63
"""No proof in a tree of fewer than 2⁶³ leaves has more hashes."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: the bytes of an entry after 0x00."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: those of its children after 0x01."""
    return sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The roots of the perfect subtrees of a tree, the largest first: all that appending and the root need."""

    __slots__ = ("hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """Go on from a size and the hashes that were kept for it.

        :raises Malformed: the hashes are not as many as the size has perfect subtrees, or not of 32 bytes.
        """
        self.size = size
        self.hashes = list(hashes)
        if size < 0 or len(self.hashes) != size.bit_count() or any(len(h) != HASH_SIZE for h in self.hashes):
            raise Malformed(f"{len(self.hashes)} hashes are no compact range of a tree of {size}")

    def append(self, leaf_hash: bytes) -> None:
        """Add the leaf that comes next."""
        self.push(leaf_hash, 0)

    def push(self, root: bytes, height: int) -> None:
        """Add the perfect subtree of 2^height leaves that comes next; the size must be a multiple of that."""
        size, hashes = self.size >> height, self.hashes
        while size & 1:
            root = sha256(b"\x01" + hashes.pop() + root).digest()
            size >>= 1
        hashes.append(root)
        self.size += 1 << height

    def extend(self, leaf_hashes: Sequence[bytes]) -> None:
        """Add the leaves that come next, in perfect subtrees as large as fit."""
        start = 0
        while left := len(leaf_hashes) - start:
            height = left.bit_length() - 1
            if self.size:
                height = min(height, _trailing_zeros(self.size))
            self.push(perfect_root(leaf_hashes[start : start + (1 << height)]), height)
            start += 1 << height

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        if not self.hashes:
            return EMPTY
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root above hashes whose number is a power of two."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def verify_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf stands at an index of the tree of a size and root, which come from a verified checkpoint.

    :raises Malformed: a hash has not 32 bytes.
    :raises Unproven: the index lies outside the tree, the proof has another length, or it leads to another root.
    """
    _check_hashes(leaf_hash, *proof)
    if not 0 <= index < size:
        raise Unproven(f"a tree of {size} has no leaf {index}")
    inner, border = _lengths(index, size)
    if len(proof) != inner + border:
        raise Unproven(f"a proof of leaf {index} in a tree of {size} has {inner + border} hashes, not {len(proof)}")
    if _chain(leaf_hash, proof, inner, index) != root:
        raise Unproven(f"the proof of leaf {index} leads to another root")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of the new size and root continues the one of the old size and root.

    That every tree continues the empty one proves nothing about its root: `old` = 0 is refused, the caller decides.

    :raises Malformed: a hash has not 32 bytes.
    :raises Unproven: the sizes are in the wrong order, the proof has another length, or it leads to another root.
    """
    _check_hashes(*proof)
    if not 0 < old <= new:
        raise Unproven(f"a tree of {new} is not shown to continue one of {old}")
    if old == new:
        if proof or old_root != new_root:
            raise Unproven(f"two roots at the size {old}" if not proof else "a tree continues itself without a proof")
        return
    start, path, inner = _split(old, new, old_root, proof)
    mask = (old - 1) >> _trailing_zeros(old)
    if _left_chain(start, path, inner, mask) != old_root:
        raise Unproven(f"the proof leads to another root at the size {old}")
    if _chain(start, path, inner, mask) != new_root:
        raise Unproven(f"the proof leads to another root at the size {new}")


def _split(old: int, new: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, Sequence[bytes], int]:
    """Return the subtree that both trees share, the path from it to both roots, and how much of it can lie left."""
    inner, border = _lengths(old - 1, new)
    inner -= _trailing_zeros(old)
    whole = old.bit_count() == 1  # the old tree is itself that subtree
    expected = inner + border + (not whole)
    if len(proof) != expected:
        raise Unproven(f"a proof from {old} to {new} has {expected} hashes, not {len(proof)}")
    return (old_root, proof, inner) if whole else (proof[0], proof[1:], inner)


def _lengths(index: int, size: int) -> tuple[int, int]:
    inner = (index ^ (size - 1)).bit_length()
    return inner, (index >> inner).bit_count()


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1


def _chain(seed: bytes, path: Sequence[bytes], inner: int, index: int) -> bytes:
    for height, sibling in enumerate(path):
        right = height >= inner or index >> height & 1
        seed = node_hash(sibling, seed) if right else node_hash(seed, sibling)
    return seed


def _left_chain(seed: bytes, path: Sequence[bytes], inner: int, index: int) -> bytes:
    for height, sibling in enumerate(path):
        if height >= inner or index >> height & 1:
            seed = node_hash(sibling, seed)
    return seed


def _check_hashes(*hashes: bytes) -> None:
    if any(len(h) != HASH_SIZE for h in hashes):
        raise Malformed("a hash has 32 bytes")
