"""Exports: the whole log with what proves it, in one archive that a verifier checks without us."""

from importlib.metadata import version

SOFTWARE = f"roundtable {version('roundtable')}"
