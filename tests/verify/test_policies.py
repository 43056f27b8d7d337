"""A policy is read strictly, and its quorum is what it says."""

from itertools import chain, combinations

import pytest

from roundtable.verify.errors import Malformed
from roundtable.verify.notes import Key
from roundtable.verify.policies import Policy
from tests.verify.keys import signer, witness
from tests.verify.test_ed25519 import LOW_ORDER

LOG = signer("registro.example/mesa").key
NAMES = ("contraloria", "defensoria", "transicion", "universidad", "mclcp")
KEYS = {name: witness(f"{name}.example").key for name in NAMES}
WITNESSES = "".join(f"witness {name} {key}\n" for name, key in KEYS.items())
POLICY = f"""# Quién da fe
log {LOG} https://registro.example/v1/log

{WITNESSES}
\tgroup estado any contraloria  defensoria
group sociedad 2 transicion universidad mclcp
group todos all estado sociedad
quorum todos
"""


def parsed(text: str) -> Policy:
    return Policy.parse(text.encode())


def test_a_quorum_takes_what_its_groups_ask_for():
    policy = parsed(POLICY)
    assert policy.log_keys("registro.example/mesa") == [LOG]
    assert policy.log_keys("registro.example/otra") == []
    for chosen in chain.from_iterable(combinations(NAMES, count) for count in range(6)):
        expected = len({"contraloria", "defensoria"} & set(chosen)) >= 1 and len(set(chosen) & set(NAMES[2:])) >= 2
        assert policy.is_quorum(chosen) == expected
    assert not policy.is_quorum(("estado", "sociedad", "todos"))


def test_a_single_witness_can_be_the_quorum():
    policy = parsed(f"witness w {KEYS['mclcp']}\nquorum w")
    assert (policy.is_quorum(["w"]), policy.is_quorum(["v"])) == (True, False)


def test_without_witnesses_nothing_is_ever_enough():
    policy = parsed(f"log {LOG}\nquorum none\n")
    assert policy.proves_nothing
    assert not policy.is_quorum([])
    assert not policy.is_quorum(["none"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        POLICY.replace("quorum todos\n", ""),
        POLICY + "quorum estado\n",
        POLICY.replace("quorum todos", "quorum nadie"),
        POLICY.replace("quorum todos", "quorum todos estado"),
        POLICY.replace("quorum todos", "quorum"),
        POLICY.replace("quorum", "Quorum"),
        POLICY.replace("\n", "\r\n"),
        POLICY.replace("todos", "todos\x00"),
        "quorum w\nwitness w " + str(KEYS["mclcp"]),
        POLICY.replace("group todos all", "group none all"),
        POLICY.replace("group sociedad", "group estado"),
        POLICY.replace("group sociedad", "group mclcp"),
        POLICY.replace("all estado sociedad", "all estado estado"),
        POLICY.replace("all estado sociedad", "all estado mclcp"),
        POLICY.replace("all estado sociedad", "all estado none"),
        POLICY.replace("all estado sociedad", "all todos"),
        POLICY.replace("any contraloria  defensoria", "any"),
        POLICY.replace("2 transicion", "0 transicion"),
        POLICY.replace("2 transicion", "4 transicion"),
        POLICY.replace("2 transicion", "02 transicion"),
        POLICY.replace("2 transicion", "+2 transicion"),
        POLICY.replace("2 transicion", "some transicion"),
        POLICY.replace(str(KEYS["mclcp"]), str(KEYS["mclcp"])[:-4]),
        POLICY.replace(str(KEYS["mclcp"]), ""),
        POLICY.replace(str(LOG), ""),
        POLICY.replace(str(LOG), f"{LOG} https://a https://b"),
        POLICY + f"log {LOG}\n",
        POLICY + f"witness otra {witness('otra.example', 'mclcp.example').key}\n",
        POLICY + f"witness otra {witness('otra.example', 'registro.example/mesa').key}\n",
        POLICY + f"witness mclcp {witness('otra.example').key}\n",
        POLICY + f"witness otra {signer('otra.example').key}\n",
        POLICY + f"log {witness('otra.example').key}\n",
    ],
)
def test_a_policy_that_is_unclear_is_refused(text):
    with pytest.raises(Malformed):
        parsed(text)


@pytest.mark.parametrize("public", LOW_ORDER, ids=bytes.hex)
def test_a_policy_with_a_key_of_low_order_is_refused(public):
    for line in (f"witness w {Key('w', 4, public)}\nquorum w", f"log {Key('w', 1, public)}\nquorum none"):
        with pytest.raises(Malformed, match="low order"):
            parsed(line)


def test_names_and_comments_need_not_be_utf8():
    key = str(KEYS["mclcp"]).encode()
    policy = Policy.parse(b"# \xff\nwitness \xff\xfe " + key + b"\nquorum \xff\xfe\n")
    assert policy.is_quorum(list(policy.witnesses))
