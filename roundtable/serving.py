"""What an HTTP server runs; apart from the rest, since putting 450 routes together takes a second."""

from fastapi import FastAPI

from api.app import create_app
from roundtable.bootstrap import open_installation


def build() -> FastAPI:
    """Build the HTTP application of this process's settings."""
    return create_app(open_installation())
