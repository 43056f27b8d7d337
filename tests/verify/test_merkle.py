"""Roots, inclusion and consistency agree with the recursive definition of RFC 6962 and with the vectors of others."""

import base64
import random

import pytest

from roundtable.verify import merkle
from roundtable.verify.errors import Malformed, Unproven
from roundtable.verify.merkle import CompactRange, leaf_hash, verify_consistency, verify_inclusion
from tests.verify import reference, vectors

LEAVES = [bytes((i,)) * (i % 5) for i in range(70)]
ROOTS = [reference.tree(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
REFUSED = (Malformed, Unproven)


def mutations(proof: list[bytes], seed: int) -> list[list[bytes]]:
    """Every proof that differs in one place: a hash dropped, doubled, swapped or with a bit flipped."""
    chance = random.Random(seed)
    made = [[*proof, bytes(32)], [bytes(32), *proof]]
    for i, h in enumerate(proof):
        flipped = bytearray(h)
        flipped[chance.randrange(32)] ^= 1 << chance.randrange(8)
        made += [
            proof[:i] + proof[i + 1 :],
            [*proof[: i + 1], *proof[i:]],
            [*proof[:i], bytes(flipped), *proof[i + 1 :]],
        ]
        if i + 1 < len(proof):
            made.append([*proof[:i], proof[i + 1], h, *proof[i + 2 :]])
    return [m for m in made if m != proof]


def test_the_compact_range_has_the_root_of_the_recursive_definition_at_every_size():
    tree = CompactRange()
    for size, leaf in enumerate(LEAVES):
        assert tree.root() == ROOTS[size]
        assert CompactRange(tree.size, tree.hashes).root() == ROOTS[size]
        tree.append(leaf_hash(leaf))
    assert tree.root() == ROOTS[-1]


@pytest.mark.parametrize("cut", range(len(LEAVES)))
def test_many_leaves_at_once_make_the_same_tree(cut):
    tree, hashes = CompactRange(), [leaf_hash(leaf) for leaf in LEAVES]
    tree.extend(hashes[:cut])
    assert tree.root() == ROOTS[cut]
    tree.extend(hashes[cut:])
    assert (tree.size, tree.root()) == (len(LEAVES), ROOTS[-1])


def test_a_compact_range_of_another_size_is_refused():
    tree = CompactRange()
    tree.append(leaf_hash(b"one"))
    for size, hashes in ((2, [*tree.hashes, bytes(32)]), (1, []), (-1, []), (1, [b"short"])):
        with pytest.raises(Malformed):
            CompactRange(size, hashes)


@pytest.mark.parametrize("size", range(1, 40))
def test_every_leaf_is_proven_and_every_mutation_of_its_proof_refused(size):
    for index in range(size):
        leaf, proof = leaf_hash(LEAVES[index]), reference.path(index, LEAVES[:size])
        verify_inclusion(index, size, leaf, proof, ROOTS[size])
        for wrong in mutations(proof, size * 100 + index):
            with pytest.raises(REFUSED):
                verify_inclusion(index, size, leaf, wrong, ROOTS[size])
        for other in (index - 1, index + 1, size, -1):
            with pytest.raises(REFUSED):
                verify_inclusion(other, size, leaf, proof, ROOTS[size])


@pytest.mark.parametrize("new", range(1, 40))
def test_every_older_tree_is_proven_and_every_mutation_of_its_proof_refused(new):
    for old in range(1, new + 1):
        proof = reference.proof(old, LEAVES[:new])
        verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)
        for wrong in mutations(proof, old * 100 + new):
            with pytest.raises(REFUSED):
                verify_consistency(old, new, ROOTS[old], ROOTS[new], wrong)
        if old < new:
            with pytest.raises(Unproven):
                verify_consistency(old, new, ROOTS[new], ROOTS[old], proof)
            with pytest.raises(Unproven):
                verify_consistency(new, old, ROOTS[new], ROOTS[old], proof)


def test_nothing_is_proven_about_the_empty_tree():
    with pytest.raises(Unproven):
        verify_consistency(0, 3, merkle.EMPTY, ROOTS[3], [])
    with pytest.raises(Unproven):
        verify_consistency(0, 0, merkle.EMPTY, merkle.EMPTY, [])


def test_an_inner_node_is_no_leaf():
    left, right = leaf_hash(LEAVES[0]), leaf_hash(LEAVES[1])
    root = ROOTS[2]
    assert merkle.node_hash(left, right) == root
    with pytest.raises(Unproven):
        verify_inclusion(0, 1, leaf_hash(left + right), [], root)


def unpacked(hashes: list[str] | None) -> list[bytes]:
    return [base64.b64decode(h) for h in hashes or []]


@vectors.needed
@pytest.mark.parametrize("probe", vectors.probes("inclusion"), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_inclusion_probes_of_others_behave_as_labelled(probe):
    case = vectors.load(probe)
    leaf, root, *proof = unpacked([case["leafHash"] or "", case["root"] or "", *(case["proof"] or [])])
    arguments = (case["leafIdx"], case["treeSize"], leaf, proof, root)
    if case["wantErr"]:
        with pytest.raises(REFUSED):
            verify_inclusion(*arguments)
    else:
        verify_inclusion(*arguments)


@vectors.needed
@pytest.mark.parametrize("probe", vectors.probes("consistency"), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_consistency_probes_of_others_behave_as_labelled(probe):
    case = vectors.load(probe)
    old, new, *proof = unpacked([case["root1"] or "", case["root2"] or "", *(case["proof"] or [])])
    arguments = (case["size1"], case["size2"], old, new, proof)
    if case["wantErr"]:
        with pytest.raises(REFUSED):
            verify_consistency(*arguments)
    else:
        assert case["size1"] > 0
        verify_consistency(*arguments)


@vectors.needed
def test_the_reference_tree_of_others_has_the_same_hashes():
    case = vectors.load("rfc6962-reference-tree.json")
    tree = CompactRange()
    assert merkle.EMPTY.hex() == case["empty_root"]
    for size, root in enumerate(case["roots_hex_by_size"]):
        assert tree.root().hex() == root
        if size < len(case["leaves_hex"]):
            tree.append(leaf_hash(bytes.fromhex(case["leaves_hex"][size])))
    for vector in case["leaf_hash_vectors"]:
        data = bytes.fromhex(vector["in_hex"]) if "in_hex" in vector else vector["in_ascii"].encode()
        assert leaf_hash(data).hex() == vector["out"]
    node = case["node_hash_vector"]
    assert merkle.node_hash(node["left_ascii"].encode(), node["right_ascii"].encode()).hex() == node["out"]


def subtrees_from_the_first_leaf(kind: str) -> list[dict]:
    """Return the probes about subtrees that begin with the first leaf: those are trees like any other."""
    cases = map(vectors.load, vectors.probes(kind))
    return [case for case in cases if case["start"] == 0 and case["end"] > 0]


@vectors.needed
def test_subtree_probes_of_others_that_are_whole_trees_behave_as_labelled():
    seen = 0
    for case in subtrees_from_the_first_leaf("subtreeinclusion"):
        leaf, root, *proof = unpacked([case["leafHash"] or "", case["root"] or "", *(case["proof"] or [])])
        seen += refused(verify_inclusion, case["leafIdx"], case["end"], leaf, proof, root) == case["wantErr"]
    for case in subtrees_from_the_first_leaf("subtreeconsistency"):
        old, new, *proof = unpacked([case["root1"] or "", case["root2"] or "", *(case["proof"] or [])])
        seen += refused(verify_consistency, case["end"], case["size"], old, new, proof) == case["wantErr"]
    assert seen == 184


def refused(check, *arguments) -> bool:
    try:
        check(*arguments)
    except REFUSED:
        return True
    return False
