"""Golden files: what is stored for ever. Entries may be added, never changed or removed.

After adding an event, a field with a default or a schema version, `ROUNDTABLE_GOLDEN=add` before
`.venv/bin/python -m pytest tests/contract` writes the new entries and leaves the old ones as they are; read the
difference in review.
"""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "golden"


def merged(kept: Any, present: Any) -> Any:
    """Return what is kept, with what it lacks."""
    if not isinstance(kept, dict):
        return kept
    return present | {name: merged(value, present.get(name, value)) for name, value in kept.items()}


def golden(name: str, present: dict[str, Any]) -> dict[str, Any]:
    """Return the entries of a golden file, with the present ones that it lacks if asked to add them."""
    path = FOLDER / name
    kept: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if os.environ.get("ROUNDTABLE_GOLDEN") == "add":
        kept = merged(kept, present)
        path.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    return kept
