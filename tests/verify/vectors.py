"""The vectors of others, where they are on this machine: `ROUNDTABLE_TEST_VECTORS` names their folder."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = os.environ.get("ROUNDTABLE_TEST_VECTORS", "")
needed = pytest.mark.skipif(not FOLDER, reason="ROUNDTABLE_TEST_VECTORS names no folder of outside vectors")


def load(name: str) -> Any:
    return json.loads((Path(FOLDER) / name).read_text(encoding="utf-8"))


def probes(kind: str) -> list[Path]:
    """Return the files of the Merkle probes of a kind, in order; none where the vectors are absent."""
    return sorted((Path(FOLDER) / "transparency-dev-merkle" / "testdata" / kind).rglob("*.json")) if FOLDER else []
