"""Migrations: Alembic owns every table."""
