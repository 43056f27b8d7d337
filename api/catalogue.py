"""The catalogue of problems: /v1/problems, so that the `type` of any can be looked up."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api.errors import GENERAL, TOO_LARGE, status_of, title_of
from api.problems import PREFIX
from api.reading import answer
from api.spanish import TITLES
from domain.errors import DomainError, NotFound, slug
from domain.values import Value, model_of


class ProblemNotListed(NotFound):
    """No problem has this name."""

    en = "There is no problem {name}. /v1/problems lists them all."
    es = "No existe el problema {name}. /v1/problems los enumera."


class ProblemType(Value, frozen=True, kw_only=True):
    """A way to be refused; `en` and `es` are what its detail says, with the names of its values in braces."""

    type: str
    name: str
    status: int
    title: str
    title_es: str
    en: str
    es: str


class Catalogue(Value, frozen=True, kw_only=True):
    """Every way to be refused."""

    items: tuple[ProblemType, ...]


router = APIRouter(prefix="/v1/problems", tags=["Problem"])


@router.get("", response_model=model_of(Catalogue), operation_id="problem.list")
async def index(request: Request) -> Response:
    """List every problem type, with its status and what it says in English and Spanish."""
    return answer(request, Catalogue(items=tuple(problems().values())))


@router.get("/{name}", response_model=model_of(ProblemType), operation_id="problem.show")
async def show(request: Request, name: Annotated[str, Path(max_length=80, pattern=r"^[a-z0-9-]+$")]) -> Response:
    """Show what a problem type means."""
    if name not in problems():
        raise ProblemNotListed(name=name)
    return answer(request, problems()[name])


@cache
def problems() -> dict[str, ProblemType]:
    """Return every problem type by its name."""
    found = [
        _entry(name, status, title, (en, es)) for status, (name, title, en, es) in [*GENERAL.items(), (413, TOO_LARGE)]
    ]
    found += [
        _entry(slug(kind.__name__), status_of(kind), title_of(kind), (kind.en, kind.es))
        for kind in _below(DomainError)
        if "en" in vars(kind)
    ]
    return {problem.name: problem for problem in sorted(found, key=lambda p: p.name)}


def _entry(name: str, status: int, title: str, said: tuple[str, str]) -> ProblemType:
    spanish = TITLES.get(name, title)
    en, es = said
    return ProblemType(type=PREFIX + name, name=name, status=status, title=title, title_es=spanish, en=en, es=es)


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
