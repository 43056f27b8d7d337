"""A log with something in it, its exports, a witness, and the policy of a verifier."""

import time
from pathlib import Path

from roundtable.export_cli import write
from roundtable.exports import contents
from roundtable.installation import Installation
from roundtable.log import checkpoints
from roundtable.verify import checker
from roundtable.verify.notes import Note
from roundtable.verify.policies import Policy
from tests.harness import Person, pen
from tests.verify.keys import witness

WITNESS = witness("auditoria.example")


def tells(person: Person) -> int:
    """Record a small story; return its last position. Position 4 holds an amount."""
    ministry = person.registers_organization(contact="Luz Mamani")
    road = person.registers_commitment(ministry, code="DEMO-ROAD", amount=pen("40.00"))["id"]
    person.does(f"/commitments/{road}/start", occurred_on="2019-02-01")
    amended = person.does(
        f"/commitments/{road}/amend-amount", amount=pen("60.00"), reason="addendum", occurred_on="2019-06-03"
    )
    person.corrects(f"/commitments/{road}", amended["position"], {"amount": pen("65.00")})
    late = person.does(f"/commitments/{road}/report-progress", percent=30, occurred_on="2019-04-01")
    return int(late["position"])


def cosigned(installation: Installation) -> None:
    """Let the witness sign the newest checkpoint."""
    with installation.database.writing() as connection:
        newest = checkpoints.latest(connection)
        assert newest is not None
        text = Note.parse(newest.note.encode()).text
        checkpoints.add(connection, newest, [WITNESS.cosign(text, int(time.time()))])


def exported(
    installation: Installation,
    folder: Path,
    name: str = "export.zip",
    *,
    size: int | None = None,
    witnessed: bool = False,
    wanted: contents.Wanted = contents.PUBLIC,
) -> Path:
    """Export the log, with the witness's signature if wanted; return the file."""
    if witnessed:
        installation.log.checkpoint(force=True)
        cosigned(installation)
    write(installation, folder / name, size, wanted)
    return folder / name


def policy_of(installation: Installation, *, quorum: bool = True) -> str:
    """Write the policy of somebody who knows the keys of the log and the witness."""
    keys = "".join(f"log {key}\n" for key in installation.log.signer.held())
    return f"{keys}witness auditoria {WITNESS.key}\nquorum {'auditoria' if quorum else 'none'}\n"


def verified(
    file: Path, installation: Installation, *, quorum: bool = True, policy: Policy | None = None
) -> checker.Report:
    """Check an export as somebody who knows the keys of the log and the witness, or with another policy."""
    known = policy or Policy.parse(policy_of(installation, quorum=quorum).encode())
    return checker.check(file, checker.Asked(known, time.time()))
