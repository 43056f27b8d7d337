"""The log of events and what is recorded with it, on SQLite or PostgreSQL."""
