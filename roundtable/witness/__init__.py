"""A witness: remembers the largest tree of each log it trusts, and signs only what continues that.

It needs no database and no server: an auditor's laptop pulls and signs, or logs push to it (C2SP tlog-witness).
"""
