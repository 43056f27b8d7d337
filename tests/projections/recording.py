"""Records histories in an installation, whether the rules allow it or not, and makes rows of them in several ways."""

import contextlib
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from domain.aggregate import Aggregate
from domain.commitment import Commitment
from domain.corrections import FactCorrected, FactVoided
from domain.errors import DomainError
from domain.events import Context, Created
from domain.organization import Organization
from domain.plan import Plan
from projections.projector import ProjectionFailed
from roundtable.attempt import Attempt
from roundtable.commands import Command, commands_of
from roundtable.installation import Installation
from roundtable.store import tables
from roundtable.tokens import Caller
from tests.projections.histories import Batch, Op
from tests.projections.naive import Recorded

CALLERS = [Caller(uuid4(), uuid4(), "secretariat", UUID(int=n)) for n in (1, 2)]


class Recording:
    """Records a history in an installation, and remembers what it recorded."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.history = installation, list[Recorded]()
        installation.projector.page = 3

    def run(self, batches: Sequence[Batch]) -> None:
        projector = self.installation.projector
        names = [p.name for p in projector.projections.values()]
        for way, some in batches:
            if way != "live":
                for name in names:
                    projector.set_aside(ProjectionFailed(name))
            for op in some:
                self.record(op)
            if way == "catch_up":
                for name in names:
                    projector.catch_up(name)
            elif way == "rebuild":
                projector.rebuild()

    def objects(self, kind: Any) -> list[str]:
        return list(dict.fromkeys(r.id for r in self.history if r.kind is kind))

    def record(self, op: Op) -> None:
        command = commands_of(op.kind)[op.command]
        there = self.objects(op.kind)
        if command.creates:
            id = None
        elif there:
            id = there[op.which % len(there)]
        else:
            return
        fields = self.named(dict(op.fields))
        if "at" in fields:
            stream = [r for r in self.history if r.id == id]
            fields["position"] = stream[-1 - fields.pop("at") % len(stream)].position
        if "changes" in fields:
            fields["changes"] = self.fitting(fields["position"], fields["changes"])
            if not fields["changes"]:
                return
        if op.guarded:
            self.execute(op, command, id, fields)
        else:
            self.insist(op, command, id, fields)

    def named(self, fields: Any) -> Any:
        """Put ids where objects are counted."""
        organizations, commitments = self.objects(Organization), self.objects(Commitment)
        if isinstance(fields, list):
            return [self.named(item) for item in fields]
        if not isinstance(fields, dict):
            return fields
        made = {name: self.named(value) for name, value in fields.items()}
        for name in ("organization", "owner", "responsible", "municipality", "proposer", "agent"):
            if isinstance(made.get(name), int):
                made[name] = organizations[made[name] % len(organizations)]
        if isinstance(made.get("plan"), int):
            plans = self.objects(Plan)
            return made | {"plan": plans[made["plan"] % len(plans)]} if plans else None
        if isinstance(made.get("part_of"), int):
            made["part_of"] = commitments[made["part_of"] % len(commitments)] if commitments else None
        return made

    def execute(self, op: Op, command: Command, id: str | None, fields: dict[str, Any]) -> None:
        """Send the command; what is refused is not recorded."""
        dated = {"occurred_on": str(op.day)} if command.spec.dated else {}
        body = command.body.model_validate(fields | dated | {"reason": "r", "source": {"citation": "s"}})
        with contextlib.suppress(DomainError):
            app, caller = self.installation.app, CALLERS[op.which % 2]
            receipt = app.execute(command, body, caller=caller, id=UUID(id) if id else None)
            self.remember(op.kind, str(receipt.id))

    def insist(self, op: Op, command: Command, id: str | None, fields: dict[str, Any]) -> None:
        """Record the fact although the rules might refuse it."""
        app, caller = self.installation.app, CALLERS[op.which % 2]
        context = Context(actor=caller.actor, correlation=uuid4(), occurred_on=op.day, reason="r")
        aggregate = self.decided(op, command, id, fields, context)
        with self.installation.database.writing() as connection:
            Attempt(app, connection, command, caller, uuid4()).record(aggregate)
        self.remember(op.kind, str(aggregate.id))

    def decided(self, op: Op, command: Command, id: str | None, fields: dict[str, Any], context: Context) -> Any:
        stamp = datetime.combine(op.day, time(), ZoneInfo("UTC"))
        event = command.spec.records
        if issubclass(event, Created):
            body = self.body(command, fields)
            more = {"statement": body["title"]} if op.kind is Commitment else {}
            return op.kind.begin(event, context, **body | more)
        stream = [r for r in self.history if r.id == id]
        aggregate: Aggregate[Any] = op.kind.restore(UUID(id), len(stream), None, None)
        if event is FactVoided:
            fields |= {"aggregate": op.kind.TOPIC}
        elif event is FactCorrected:
            day = fields["changes"].pop("occurred_on", None)
            fields["changes"] |= {"context": {"occurred_on": day}} if day else {}
            if {"amount", "headline"} & set(fields["changes"]) and isinstance(self.at(fields["position"]), Created):
                fields["changes"] |= {"currency": "PEN"}  # as the command would have it
            fields |= {"aggregate": op.kind.TOPIC, "schema": 1}
        else:
            fields = self.body(command, fields)
        aggregate.trigger_event(event, context=context, timestamp=stamp, **fields)
        return aggregate

    @staticmethod
    def body(command: Command, fields: dict[str, Any]) -> dict[str, Any]:
        needed = {"occurred_on": "2018-01-01", "reason": "r", "source": {"citation": "s"}}
        body: BaseModel = command.body.model_validate(fields | needed)
        known = command.spec.records.__struct_fields__
        return {name: value for name, value in command.fields(body).items() if name in known}

    def at(self, position: int) -> Any:
        return next(r.event for r in self.history if r.position == position)

    def fitting(self, position: int, wanted: dict[str, Any]) -> dict[str, Any]:
        """Return those changes that the fact at a position has fields for."""
        event = self.at(position)
        if isinstance(event, FactCorrected | FactVoided):
            return {}
        return {n: v for n, v in wanted.items() if n in {"occurred_on", *event.__struct_fields__}}

    def remember(self, kind: Any, id: str) -> None:
        """Read back what was recorded last."""
        mapper = self.installation.app.mapper
        (last,) = self.installation.app.recorder.select_events(UUID(id), desc=True, limit=1)
        position = self.installation.app.recorder.max_notification_id()
        self.history.append(Recorded(position, id, kind, mapper.to_domain_event(last)))


def emptied(installation: Installation) -> None:
    """Empty the log and the read models; the next history begins at position 1."""
    with installation.database.writing() as connection:
        read_models = [t for p in installation.projector.projections.values() for t in (p.rows.table, p.rows.link)]
        for table in (tables.event, tables.log_tile, tables.log_checkpoint, tables.disclosure, *read_models):
            connection.exec_driver_sql(
                f"{'DELETE FROM' if installation.database.is_sqlite else 'TRUNCATE'} {table.name}"
            )
        connection.execute(tables.log_head.update().values(position=0))
        connection.execute(tables.log_tree.update().values(size=0, origin=None))
        connection.execute(tables.read_model.update().values(position=None, error=None))
