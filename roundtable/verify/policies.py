"""Policies: which logs and witnesses a verifier trusts, and how many must agree, after c2sp.org/tlog-policy."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple, Self

from roundtable.verify.errors import Malformed
from roundtable.verify.notes import COSIGNATURE, ED25519, MLDSA_COSIGNATURE, Key

MAX_POLICY = 1_000_000
NONE = "none"
_ALLOWED = re.compile(rb"[\x09\x0a\x20-\x7e\x80-\xff]*")
_COUNT = re.compile(r"[1-9][0-9]{0,3}")


class Group(NamedTuple):
    """Witnesses or other groups, of which some number must agree."""

    threshold: int
    members: tuple[str, ...]


class Witness(NamedTuple):
    """A witness under the name that the policy gives it."""

    name: str
    key: Key
    url: str = ""


class Log(NamedTuple):
    """A log by one of its keys, whose name is its origin."""

    key: Key
    url: str = ""


class Policy(NamedTuple):
    """The verifier's own rule for believing a checkpoint."""

    logs: tuple[Log, ...]
    witnesses: Mapping[str, Witness]
    groups: Mapping[str, Group]
    quorum: str

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a policy file.

        :raises Malformed: a line cannot be read; a key is of low order, of the wrong type or given twice, also once as
            a log and once as a witness; a name is used before it is defined, or twice; there is not one quorum.
        """
        if len(data) > MAX_POLICY or not _ALLOWED.fullmatch(data):
            raise Malformed("a policy is a text without control characters")
        reading = _Reading()
        for number, line in enumerate(data.split(b"\n"), 1):
            words = [word.decode("utf-8", "surrogateescape") for word in re.split(rb"[ \t]+", line) if word]
            if words and not words[0].startswith("#"):
                try:
                    reading.take(*words)
                except (Malformed, TypeError) as error:
                    why = error if isinstance(error, Malformed) else "the line has too many or too few words"
                    raise Malformed(f"line {number} of the policy: {why}") from error
        if reading.quorum_name is None:
            raise Malformed("a policy says which quorum it asks for")
        return cls(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum_name)

    @property
    def proves_nothing(self) -> bool:
        """Whether no witness is asked for: whoever holds the key of the log could then tell everybody otherwise."""
        return self.quorum == NONE

    def log_keys(self, origin: str) -> list[Key]:
        """Return the keys that may sign for a log."""
        return [log.key for log in self.logs if log.key.name == origin]

    def is_quorum(self, names: Collection[str]) -> bool:
        """Whether the witnesses of these names are enough; never where no witness is asked for."""
        return not self.proves_nothing and self._agrees(self.quorum, names)

    def _agrees(self, name: str, names: Collection[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in names
        return sum(self._agrees(member, names) for member in group.members) >= group.threshold


class _Reading:
    """What the lines of a policy have said so far."""

    def __init__(self) -> None:
        self.logs: list[Log] = []
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.quorum_name: str | None = None
        self._keys: set[bytes] = set()
        self._members: set[str] = set()

    def take(self, word: str, *rest: str) -> None:
        lines: dict[str, Callable[..., None]] = {
            "log": self.log,
            "witness": self.witness,
            "group": self.group,
            "quorum": self.quorum,
        }
        if word not in lines:
            raise Malformed(f"a line begins with one of {', '.join(lines)}")
        lines[word](*rest)

    def log(self, vkey: str, url: str = "") -> None:
        self.logs.append(Log(self._key(vkey, ED25519), url))

    def witness(self, name: str, vkey: str, url: str = "") -> None:
        self._must_be_new(name)
        self.witnesses[name] = Witness(name, self._key(vkey, COSIGNATURE, MLDSA_COSIGNATURE), url)

    def group(self, name: str, threshold: str, *members: str) -> None:
        self._must_be_new(name)
        for member in members:
            self._must_be_known(member)
            if member in self._members:
                raise Malformed(f"{member} is a member already")
            self._members.add(member)
        self.groups[name] = Group(_threshold(threshold, len(members)), members)

    def quorum(self, name: str) -> None:
        if self.quorum_name is not None:
            raise Malformed("there is a quorum already")
        if name != NONE:
            self._must_be_known(name)
        self.quorum_name = name

    def _key(self, vkey: str, *kinds: int) -> Key:
        key = Key.parse(vkey)
        if key.kind not in kinds:
            raise Malformed("a key of this type has no place here")
        if key.public in self._keys:
            raise Malformed("this public key is there already")
        self._keys.add(key.public)
        return key

    def _must_be_new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise Malformed(f"the name {name} is taken")

    def _must_be_known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise Malformed(f"there is no witness or group {name} above this line")


def _threshold(text: str, members: int) -> int:
    if not members:
        raise Malformed("a group has members")
    count = {"all": members, "any": 1}.get(text) or (int(text) if _COUNT.fullmatch(text) else 0)
    if not 1 <= count <= members:
        raise Malformed(f"a group asks for all, any or a number of its {members} members")
    return count
