"""The offline verifier: what an export proves and what it does not.

Nothing here needs the rest of the project or anything but Python: whoever checks a record need not trust, install or
reach the one who keeps it. `python -m roundtable.verify` and the file `roundtable-verify.pyz` are its command line.
"""
