"""The making side of the transparency log: tiles, proofs, checkpoints, receipts.

Events are sealed where they are appended (roundtable/store). What is made here is checked by roundtable/verify, which
knows nothing of the project.
"""
