"""The peer of the speed table: the same commitments as plain CRUD with row history.

FastAPI, SQLAlchemy ORM and SQLAlchemy-Continuum, with durable commits. It validates the body of our create command,
checks a bearer token and keeps a version of each row; it has no events, no log and no reads in the past.

    DATABASE_URL=sqlite:///peer.db PEER_TOKEN=secret uvicorn tests.bench.peer:app
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.bench.peer_models import Base, Commitment, Token, connect, digest
from tests.bench.peer_schemas import CommitmentView, NewCommitment, Page, Progress

reader, writer = connect(os.environ.get("DATABASE_URL", "sqlite:///peer.db"))


@asynccontextmanager
async def prepare(_: FastAPI) -> AsyncIterator[None]:
    """Create the tables, and the token given in the environment."""
    Base.metadata.create_all(writer)
    if secret := os.environ.get("PEER_TOKEN"):
        with Session(writer) as session:
            session.merge(Token(digest=digest(secret), name="bench"))
            session.commit()
    yield


async def open_session(request: Request) -> AsyncIterator[Session]:
    """Give a request its session; what is not committed by its end is rolled back.

    Asynchronous, because a session connects only when it is used: making one needs no thread.
    """
    bind = reader if request.method == "GET" else writer
    with Session(bind, binds={Token: reader}, expire_on_commit=False) as session:
        yield session


Db = Annotated[Session, Depends(open_session)]
Bearer = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]


def check_token(session: Db, bearer: Bearer) -> None:
    """Refuse a request without a known token."""
    if session.get(Token, digest(bearer.credentials)) is None:
        raise HTTPException(401, "unknown token")


app = FastAPI(title="Commitments", lifespan=prepare, dependencies=[Depends(check_token)])


@app.post("/v1/commitments", status_code=201)
def create(body: NewCommitment, session: Db) -> CommitmentView:
    """Create a commitment."""
    [territory], [responsible] = body.territories, body.responsibles
    commitment = Commitment(
        **body.model_dump(exclude={"territories", "responsibles", "amount", "source"}),
        territory=f"{territory.system}:{territory.code}",
        organization=responsible.organization,
        amount=body.amount and body.amount.amount,
        currency=body.amount and body.amount.currency,
        source=body.source.citation,
    )
    session.add(commitment)
    try:
        session.commit()
    except IntegrityError:
        raise HTTPException(409, "the code is taken") from None
    return CommitmentView.model_validate(commitment)


@app.get("/v1/commitments/{id}")
def read(id: UUID, session: Db) -> CommitmentView:
    """Read a commitment."""
    if (commitment := session.get(Commitment, id)) is None:
        raise HTTPException(404, "no such commitment")
    return CommitmentView.model_validate(commitment)


@app.get("/v1/commitments")
def browse(session: Db, limit: Annotated[int, Query(ge=1, le=200)] = 50, cursor: UUID | None = None) -> Page:
    """List commitments from the oldest to the newest, a page at a time; the cursor is the last one of a page."""
    query = sa.select(Commitment).order_by(Commitment.created, Commitment.id).limit(limit + 1)
    if cursor:
        created = sa.select(Commitment.created).where(Commitment.id == cursor).scalar_subquery()
        query = query.where(sa.tuple_(Commitment.created, Commitment.id) > sa.tuple_(created, cursor))
    found = session.scalars(query).all()
    items = [CommitmentView.model_validate(commitment) for commitment in found[:limit]]
    return Page(items=items, next=items[-1].id if len(found) > limit else None)


@app.post("/v1/commitments/{id}/progress")
def report_progress(id: UUID, body: Progress, session: Db) -> CommitmentView:
    """Record how far a commitment is."""
    commitment = session.get(Commitment, id, with_for_update=True)
    if commitment is None:
        raise HTTPException(404, "no such commitment")
    commitment.percent, commitment.note, commitment.status = body.percent, body.note, "in_progress"
    session.commit()
    return CommitmentView.model_validate(commitment)
