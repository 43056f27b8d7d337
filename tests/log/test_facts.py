"""What the log says of itself: its name, keys and schemas are facts in it, before the first checkpoint covers any."""

import hashlib
import json
from typing import Any

import jsonschema
import pytest

from roundtable import log_cli
from roundtable.doing import CannotDo
from roundtable.installation import Installation
from roundtable.log import checkpoints
from roundtable.verify.notes import Note, is_signed
from tests.harness import Person

LOST = {"signed_size": 9, "signed_root": "a" * 64, "reason": "The disk failed."}


@pytest.fixture
def opened(installation: Installation, secretary: Person) -> Installation:
    secretary.registers_organization(contact="Ana Quispe")
    installation.log.checkpoint()
    return installation


def itself(installation: Installation) -> dict[str, Any]:
    (found,) = Person.arrives(installation).sees("/logs")["items"]
    return dict(found)


def test_the_first_checkpoint_covers_the_name_the_key_and_the_schema_of_every_entry(opened: Installation) -> None:
    said = itself(opened)
    (key,) = opened.log.signer.held()
    assert (said["origin"], said["keys"]) == (
        key.name,
        [{"vkey": str(key), "valid_from_size": 0, "valid_to_size": None}],
    )
    person = Person.arrives(opened)
    events = person.sees("/events")["items"]
    with opened.database.reading() as connection:
        newest = checkpoints.latest(connection)
    assert newest is not None
    assert newest.size == len(events) == 4
    published = {schema["name"]: schema for schema in said["schemas"]}
    assert "organization.registered@1" in published
    assert published["organization.registered@1"]["erasable"] == ["contact"]
    assert published["log.schemas-published@1"]["erasable"] == []


def test_nothing_is_said_twice_and_positions_before_it_stay(opened: Installation) -> None:
    person = Person.arrives(opened)
    before = person.sees("/events")["items"]
    opened.log.checkpoint(force=True)
    assert person.sees("/events")["items"] == before
    assert before[0]["topic"] == "organization.registered", "the log speaks after what was recorded before"


def test_every_body_fits_the_schema_that_the_log_publishes(opened: Installation) -> None:
    person = Person.arrives(opened)
    digests = person.client.get("/v1/log/schemas").json()
    with opened.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT topic, schema_version, body FROM event").all()
    assert len(rows) == 4
    for topic, version, body in rows:
        name = f"{topic}@{version}"
        answer = person.client.get(f"/v1/log/schemas/{name}.json")
        assert hashlib.sha256(answer.content).hexdigest() == digests[name]
        jsonschema.validate(json.loads(body), answer.json())
    assert digests == {schema["name"]: schema["digest"] for schema in itself(opened)["schemas"]}
    assert person.client.get("/v1/log/schemas/x.y@1.json").json()["type"] == "urn:roundtable:problem:schema-not-found"


def test_a_key_is_changed_with_both_signing_in_between(opened: Installation) -> None:
    (old,) = opened.log.signer.held()
    new = log_cli.add_key(opened)
    first, second = itself(opened)["keys"]
    assert (first["vkey"], second["vkey"]) == (str(old), str(new))
    assert signs(opened, old)
    assert signs(opened, new)
    log_cli.retire_key(opened, str(old))
    retired, _ = itself(opened)["keys"]
    with opened.database.reading() as connection:
        *_, last, after = checkpoints.every(connection)
    assert retired["valid_to_size"] == last.size < after.size
    assert is_signed(Note.parse(last.note.encode()), old)
    assert not signs(opened, old)
    assert signs(opened, new)


def signs(installation: Installation, key: Any) -> bool:
    with installation.database.reading() as connection:
        newest = checkpoints.latest(connection)
    assert newest is not None
    return is_signed(Note.parse(newest.note.encode()), key)


def test_a_key_that_does_not_sign_here_is_not_retired(opened: Installation) -> None:
    with pytest.raises(CannotDo, match="no key that signs here"):
        log_cli.retire_key(opened, "x")


def test_a_log_that_has_not_begun_gets_no_key(installation: Installation) -> None:
    with pytest.raises(CannotDo, match="roundtable checkpoint"):
        log_cli.add_key(installation)


def test_a_lost_key_is_followed_by_another_which_goes_on_from_the_last_checkpoint(opened: Installation) -> None:
    signer = opened.log.signer
    for file in (signer.file, signer.memory):
        file.unlink()
    new = log_cli.add_key(opened)
    assert signs(opened, new)
    assert [key["vkey"] for key in itself(opened)["keys"]][1:] == [str(new)]


@pytest.mark.parametrize(
    ("command", "body", "refusal"),
    [
        ("add-key", {"vkey": "{key}", "valid_from_size": 0}, "key-known"),
        ("add-key", {"vkey": "example.org/x+0123abcd+AQID", "valid_from_size": 0}, "key-of-another-log"),
        ("retire-key", {"vkey": "example.org/x+0123abcd+AQID", "valid_to_size": 9}, "key-not-in-force"),
        ("retire-key", {"vkey": "{key}", "valid_to_size": 9}, "last-key"),
        ("declare-restore", {**LOST, "kept_size": 9}, "nothing-was-lost"),
        ("publish-schemas", {"schemas": "{schemas}"}, "schemas-unchanged"),
    ],
)  # fmt: skip
def test_what_contradicts_the_log_is_refused(
    opened: Installation, command: str, body: dict[str, Any], refusal: str
) -> None:
    said, person = itself(opened), Person.arrives(opened)
    known = {"{key}": said["keys"][0]["vkey"], "{schemas}": said["schemas"]}
    filled = {name: known.get(value, value) if isinstance(value, str) else value for name, value in body.items()}
    today = opened.settings.today().isoformat()
    answer = person.post(f"/logs/{said['id']}/{command}", filled | {"occurred_on": today})
    assert answer.json()["type"] == f"urn:roundtable:problem:{refusal}", answer.text
    assert answer.status_code in {409, 422}


def test_a_key_signs_up_to_a_size_no_smaller_than_where_it_began(opened: Installation) -> None:
    key = log_cli.add_key(opened)
    said, person = itself(opened), Person.arrives(opened)
    body = {"vkey": str(key), "valid_to_size": 0, "occurred_on": opened.settings.today().isoformat()}
    answer = person.post(f"/logs/{said['id']}/retire-key", body)
    assert answer.json()["type"] == "urn:roundtable:problem:key-ends-before-it-began"


def test_lost_entries_can_be_declared_with_a_reason(opened: Installation) -> None:
    said, person = itself(opened), Person.arrives(opened)
    body = {**LOST, "kept_size": 4}
    person.does(f"/logs/{said['id']}/declare-restore", **body, occurred_on=opened.settings.today().isoformat())
    assert itself(opened)["restores"] == [{"signed_size": 9, "signed_root": "a" * 64, "kept_size": 4}]
