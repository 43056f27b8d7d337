"""How the steps of this story are written: what is invented says so of every field."""

from typing import Any

from roundtable.demo.chumbivilcas.facts import SOURCE
from roundtable.demo.telling import Step


def invented(command: str, object: str, on: str, voice: str | None = None, **said: Any) -> Step:
    """Return a step of which everything is invented."""
    body = {"occurred_on": on} | said
    return Step(command, object, body | {"illustrative": list(body)}, voice=voice)


def stated(
    command: str,
    object: str,
    on: str,
    *,
    needs: tuple[str, ...],
    invented: tuple[str, ...],
    citation: str = SOURCE,
    **said: Any,
) -> Step:
    """Return a step that rests on facts of the document, but for some fields."""
    body = {"occurred_on": on, "source": {"citation": citation}, "illustrative": list(invented)} | said
    return Step(command, object, body, needs=needs)


def act(type: str, number: str, issuer: str, date: str) -> dict[str, str]:
    """Write an invented act."""
    return {"type": type, "number": f"DEMO-{number}", "issuer": f"{issuer} (ficticio)", "date": date}
