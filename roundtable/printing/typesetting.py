"""A program of its own that typesets what it reads: Typst keeps what it computed, which ends with the process."""

import json
import sys
from datetime import UTC, datetime

import typst


def main() -> None:
    """Read a template with its data, write the PDF."""
    asked = json.load(sys.stdin.buffer)
    made = typst.compile(
        asked["template"].encode(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="a-2u",
        timestamp=datetime.fromisoformat(asked["dated"]).replace(tzinfo=UTC),
        sys_inputs={"document": asked["document"]},
    )
    if not isinstance(made, bytes):
        msg = "the PDF has several parts"
        raise TypeError(msg)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
