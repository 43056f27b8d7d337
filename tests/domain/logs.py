"""One real fact of every kind that a log has, with every field filled."""

from typing import Any

from domain.events import Event
from domain.log import SchemaDigest
from domain.log import events as e

ORIGIN = "example.org/roundtable/080700"
VKEY = f"{ORIGIN}+0123abcd+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

FIELDS: dict[type[Event], dict[str, Any]] = {
    e.LogOpened: {"origin": ORIGIN},
    e.LogKeyAdded: {"vkey": VKEY, "valid_from_size": 0},
    e.LogKeyRetired: {"vkey": VKEY, "valid_to_size": 1000},
    e.LogRestoreDeclared: {"signed_size": 1000, "signed_root": DIGEST, "kept_size": 900},
    e.LogSchemasPublished: {
        "schemas": (SchemaDigest(name="organization.registered@1", digest=DIGEST, erasable=("contact",)),)
    },
}
