"""The verifier as one file that any Python 3.11 runs: the same bytes from the same source."""

import io
import zipfile
from importlib import resources

NAME = "roundtable-verify.pyz"
_SHEBANG = b"#!/usr/bin/env python3\n"
_DATE = (1980, 1, 1, 0, 0, 0)
_START = b"""import sys

if sys.version_info < (3, 11):
    sys.exit("roundtable-verify needs Python 3.11 or newer.")
from roundtable.verify.cli import main

sys.exit(main())
"""
_PACKAGE = b'"""The verifier of Roundtable, without the rest of it."""\n'


def build() -> bytes:
    """Return the file."""
    sources = {
        f"roundtable/verify/{file.name}": file.read_bytes()
        for file in resources.files("roundtable.verify").iterdir()
        if file.name.endswith(".py")
    }
    packed = {"__main__.py": _START, "roundtable/__init__.py": _PACKAGE} | sources
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:  # not compressed: other versions of zlib would give other bytes
        for name, data in sorted(packed.items()):
            member = zipfile.ZipInfo(name, _DATE)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, data)
    return _SHEBANG + made.getvalue()
