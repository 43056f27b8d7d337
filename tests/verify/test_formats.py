"""Tile paths, bundles, entries and receipts are read to the letter."""

import pytest

from roundtable.verify import tiles
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.entries import Entry
from roundtable.verify.errors import Malformed, Unproven
from roundtable.verify.merkle import leaf_hash
from roundtable.verify.notes import Note
from roundtable.verify.proofs import Proof
from roundtable.verify.tiles import Tile, bundle, unbundle
from tests.verify import reference, vectors
from tests.verify.keys import note, signer

ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
ENTRY = (
    f"roundtable-entry/v1\n4\n{ID}\ncommitment\n{ID}\n2\ncommitment.progress-reported\n1\n2018-07-25\n"
    f'2018-07-26T15:04:05.000000+00:00\n{ID}\n{ID}\n\n{{"percent":"40","said":"así"}}'
)
SPOILED = [
    ("v1", "v2"),
    ("\n4\n", "\n04\n"),
    ("\n4\n", "\n+4\n"),
    ("\n4\n", "\n٤\n"),
    ("\n2\n", "\n0\n"),
    ("\n1\n", "\n9999999999999999999\n"),
    ("6f9619ff", "6F9619FF"),
    ("6f9619ff-8b86", "6f9619ff8b86-"),
    ("commitment\n", "\n"),
    ("commitment.", "commitment"),
    ("2018-07-25", "2018-02-30"),
    ("T15:04", "T25:04"),
    (".000000", ""),
    ("+00:00", "Z"),
    ("\n\n{", "\n{"),
    ("\n\n{", "\nmore\n\n{"),
    ("\n", "\r\n"),
    ('{"percent"', '{"said":"no","percent"'),
    ('"40"', "NaN"),
    ('"40"', "-Infinity"),
    ('"40"', "[" * 9000),
    ('{"percent":"40","said":"así"}', "[]"),
    ('{"percent":"40","said":"así"}', ""),
    ('{"percent":"40","said":"así"}', '{"percent":"40"} {}'),
    ("así", "\udcff"),
]


def test_an_entry_is_read_with_all_its_columns():
    entry = Entry.parse(ENTRY.encode())
    assert (entry.leaf_index, entry.kind, entry.originator_version) == (4, "commitment", 2)
    assert (entry.topic, entry.schema_version) == ("commitment.progress-reported", 1)
    assert (entry.occurred_on, entry.recorded_at) == ("2018-07-25", "2018-07-26T15:04:05.000000+00:00")
    assert entry.body == {"percent": "40", "said": "así"}


@pytest.mark.parametrize(("what", "by"), SPOILED)
def test_an_entry_in_another_spelling_is_refused(what, by):
    assert what in ENTRY
    with pytest.raises(Malformed):
        Entry.parse(ENTRY.replace(what, by).encode("utf-8", "surrogateescape"))


def test_an_entry_larger_than_a_bundle_can_say_is_refused():
    padded = ENTRY.replace("así", "a" * (65_535 - len(ENTRY.encode()) + 4))
    assert len(Entry.parse(padded.encode()).body["said"]) > 65_000
    with pytest.raises(Malformed):
        Entry.parse(padded.replace("aa", "aaa", 1).encode())


def test_a_bundle_is_split_into_what_it_was_joined_from():
    for entries in ([], [b""], [b"a", b"", b"c" * 65_535]):
        assert unbundle(bundle(entries)) == entries


@pytest.mark.parametrize("cut", [b"\x00", b"\x00\x02a", bundle([b"abc", b"de"])[:-1]])
def test_a_bundle_that_is_cut_off_is_refused(cut):
    with pytest.raises(Malformed):
        unbundle(cut)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000])
def test_every_leaf_lies_in_one_tile_of_a_level(size):
    for level in tiles.levels(size):
        found = list(tiles.tiles(level, size))
        assert [tile.number for tile in found] == list(range(len(found)))
        assert sum(tile.width for tile in found) == size >> 8 * level
        assert all(Tile.parse(tile.path()) == tile for tile in found)
    assert size >> 8 * (max(tiles.levels(size)) + 1) == 0


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/1",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/../000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/x001/x002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/entries/000.p/",
        "tile/Entries/000",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/000\n",
    ],
)
def test_a_path_in_another_spelling_is_refused(path):
    with pytest.raises(Malformed):
        Tile.parse(path)


LOG = signer("registro.example/mesa")
LEAVES = [f"entry {number}".encode() for number in range(11)]


def receipt(number: int, **others) -> Proof:
    text = Checkpoint(LOG.key.name, len(LEAVES), reference.tree(LEAVES)).text()
    return Proof(number, tuple(reference.path(number, LEAVES)), Note.parse(note(text, LOG.sign(text))), **others)


@pytest.mark.parametrize("number", range(len(LEAVES)))
def test_a_receipt_is_read_and_written_alike_and_proves_its_entry_alone(number):
    for made in (receipt(number), receipt(number, extra=b"acta 3"), receipt(number, extra=b"")):
        read = Proof.parse(bytes(made))
        assert read == made
        assert read.verify(LEAVES[number]).root == reference.tree(LEAVES)
    for other in (LEAVES[number - 1], LEAVES[number] + b"!", leaf_hash(LEAVES[number])):
        with pytest.raises(Unproven):
            read.verify(other)


@pytest.mark.parametrize(
    ("what", "by"),
    [
        (b"@v1", b"@v2"),
        (b"index 3", b"index 03"),
        (b"index 3", b"index +3"),
        (b"index 3\n", b""),
        (b"index 3\n", b"index 3\nindex 3\n"),
        (b"index 3\n", b"extra A\nindex 3\n"),
        (b"index 3\n", b"extra AA==\nextra AA==\nindex 3\n"),
        (b"index 3\n", b"index 3\nAAAA\n"),
        (b"index 3\n", b"index 3\n" + b"A" * 43 + b"=\n" * 1 + (b"A" * 43 + b"=\n") * 63),
        (b"\n\n", b"\n"),
        (b"\n", b"\r\n"),
    ],
)
def test_a_receipt_in_another_spelling_is_refused(what, by):
    whole = bytes(receipt(3))
    assert what in whole
    with pytest.raises(Malformed):
        Proof.parse(whole.replace(what, by))


def test_a_receipt_about_a_note_that_is_no_checkpoint_is_refused():
    with pytest.raises(Malformed):
        receipt(3)._replace(note=Note.parse(note("hello\n", LOG.sign("hello\n")))).verify(LEAVES[3])


@vectors.needed
def test_the_tile_paths_of_others_behave_as_labelled():
    case = vectors.load("tile-paths.json")
    for level, number, width, path in case["tile_path"]:
        assert Tile(level, number, width or 256).path() == path
    for index, size, path in case["entries_path_for_log_index"]:
        number = index // 256
        assert Tile(None, number, min(256, size - number * 256)).path() == path
    for level, path, *expected in case["parse_ok"]:
        tile = Tile.parse(f"tile/{level}/{path}")
        assert [tile.level, tile.number, tile.width % 256] == expected
    for level, path in case["parse_bad"]:
        with pytest.raises(Malformed):
            Tile.parse(f"tile/{level}/{path}")
