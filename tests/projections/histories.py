"""Random histories of organizations and commitments, and the ways in which they come to be rows."""

import contextlib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from pydantic import BaseModel

from domain.aggregate import Aggregate
from domain.commitment import Commitment
from domain.corrections import FactCorrected, FactVoided
from domain.errors import DomainError
from domain.events import Context, Created
from domain.organization import Organization
from projections.projector import ProjectionFailed
from roundtable.attempt import Attempt
from roundtable.commands import Command, commands_of, creation
from roundtable.installation import Installation
from roundtable.store import tables
from roundtable.tokens import Caller
from tests.projections.naive import Recorded

DAYS = [date(2018, 1, n) for n in range(1, 7)]
OUTSIDE = date(2017, 12, 31)
TERRITORIES = ["080701", "080702", "0808", "08", "15"]
CALLERS = [Caller(uuid4(), uuid4(), "secretariat", UUID(int=n)) for n in (1, 2)]


class Op(NamedTuple):
    """Something to record: of which object (counted among those there are), what, on which day, how."""

    kind: Any
    which: int
    command: str
    fields: dict[str, Any]
    day: date
    guarded: bool
    """Whether the rules are asked; otherwise it is recorded although they might refuse it."""


def pen(amount: int) -> dict[str, str]:
    return {"amount": f"{amount}.00", "currency": "PEN"}


amounts = st.integers(0, 9).map(pen)
later_days = st.sampled_from([date(2018, 1, 3), date(2018, 1, 5), date(2018, 2, 1)]).map(str)
places = st.lists(st.sampled_from(TERRITORIES), max_size=2, unique=True).map(
    lambda codes: [{"system": "PE-UBIGEO-INEI", "code": code} for code in codes]
)
titles = st.sampled_from(["Educación rural", "EDUCACION urbana", "Vía Ñahuinpuquio", "Agua"])
sectors = st.sampled_from([None, "transport", "education"])
headlines = st.builds(
    lambda amount, projects, sector: {"amount": amount, "projects": projects, "sectors": sector},
    amounts,
    st.integers(1, 5),
    st.lists(st.sampled_from(["transport", "education"]), max_size=1),
)
parties = st.integers(0, 3).map(lambda n: {"organization": n})
evidence = st.sampled_from("ab").map(lambda digit: {"evidence": {"document": digit * 64}})
COMMITMENT: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "accept": st.just({}),
    "dismiss": st.just({}),
    "start": st.just({}),
    "report_progress": st.integers(0, 100).map(lambda n: {"percent": n}),
    "block": st.just({"cause": "rain"}),
    "unblock": st.just({}),
    "report_fulfilment": st.just({}),
    "verify_fulfilment": st.sampled_from(["complete", "partial"]).map(lambda outcome: {"outcome": outcome}),
    "supersede": st.just({"successors": [str(UUID(int=9))]}),
    "withdraw": st.just({"agreed_by": []}),
    "amend_amount": amounts.map(lambda amount: {"amount": amount}),
    "approve_amount": amounts.map(lambda amount: {"amount": amount}),
    "report_execution": amounts.map(lambda amount: {"amount": amount}),
    "amend_headline": headlines.map(lambda headline: {"headline": headline}),
    "set_deadline": later_days.map(lambda day: {"deadline": day}),
    "waive_deadline": st.just({}),
    "assign_follow_up_body": parties,
    "assign_verifier": parties,
    "add_collaborator": parties,
    "assign_responsibles": parties.map(lambda party: {"responsibles": [party]}),
    "attach_evidence": evidence,
}
ORGANIZATION: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "rename": titles.map(lambda name: {"name": name}),
    "identify": st.sampled_from(["a", "b"]).map(lambda name: {"identifier": {"scheme": "PE-X", "id": name}}),
    "dissolve": st.just({}),
}
CORRECTIONS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "title": titles,
    "sector": sectors,
    "amount": amounts,
    "headline": headlines,
    "territories": places,
    "deadline": later_days,
    "stage": st.sampled_from(["requested", "agreed"]),
    "percent": st.integers(0, 100),
    "outcome": st.sampled_from(["complete", "partial"]),
    "name": titles,
    "organization": st.integers(0, 3),
    "occurred_on": st.sampled_from(DAYS).map(str),
}
changes = st.tuples(st.sampled_from(["day", "fields", "both"]), st.fixed_dictionaries(CORRECTIONS)).map(
    lambda made: {n: v for n, v in made[1].items() if made[0] == "both" or (n == "occurred_on") == (made[0] == "day")}
)


def begins(kind: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    if kind is Organization:
        fields = st.fixed_dictionaries(
            {"name": titles, "kind": st.sampled_from(["company", "ngo"])},
            optional={
                "sector": sectors,
                "territories": places,
                "code": st.sampled_from(["A", "B"]).map("ORG-{}".format),
            },
        )
    else:
        fields = st.fixed_dictionaries(
            {"title": titles, "responsibles": parties.map(lambda party: [party])},
            optional={
                "stage": CORRECTIONS["stage"],
                "sector": sectors,
                "territories": places,
                "amount": amounts,
                "deadline": later_days,
                "code": st.integers(1, 3).map("C-{}".format),
                "projects": st.integers(1, 3),
                "part_of": st.integers(0, 2),
                "kind": st.sampled_from(["study", "service"]),
                "counterparts": parties.map(lambda party: [party | {"obligation": "land"}]),
            },
        )
    return fields.map(lambda made: (creation(kind).name, made))


def facts(kind: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """What may happen to an object: something it did, or something said of an earlier fact, counted from the last."""
    happens = COMMITMENT if kind is Commitment else ORGANIZATION
    said = st.integers(0, 5)
    happening = st.sampled_from(sorted(happens)).flatmap(lambda name: st.tuples(st.just(name), happens[name]))
    return st.one_of(
        happening,
        happening,
        st.tuples(st.just("correct"), st.builds(lambda at, new: {"at": at, "changes": new}, said, changes)),
        st.tuples(st.just("void"), said.map(lambda at: {"at": at})),
    )


def ops(kind: Any) -> st.SearchStrategy[Op]:
    what = st.integers(0, 7).flatmap(lambda n: begins(kind) if n == 1 else facts(kind))
    return st.tuples(what, st.integers(0, 2), st.sampled_from(DAYS), st.sampled_from([False, False, True])).map(
        lambda made: Op(kind, made[1], made[0][0], made[0][1], made[2], made[3])
    )


announcement = st.builds(
    lambda headline, day: Op(
        Commitment,
        0,
        "register",
        {"title": "All", "headline": headline, "responsibles": [{"organization": 0}]},
        day,
        guarded=False,
    ),
    headlines,
    st.sampled_from(DAYS[:3]),
)
Batch = tuple[str, list[Op]]


@st.composite
def histories(draw: Any) -> list[Batch]:
    """Batches of things to record, each with the way in which it becomes rows; an announcement comes first."""
    first = Op(Organization, 0, "register", {"name": "Ministry", "kind": "ngo"}, DAYS[0], guarded=True)
    rest = draw(
        st.lists(
            st.one_of(ops(Commitment), ops(Commitment), ops(Commitment), ops(Organization)), min_size=8, max_size=20
        )
    )
    every, batches = [first, draw(announcement), *rest], []
    while every:
        size, way = draw(st.integers(1, 6)), draw(st.sampled_from(["live", "live", "catch_up", "rebuild"]))
        batches.append((way, every[:size]))
        every = every[size:]
    return batches


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
        if isinstance(made.get("organization"), int):
            made["organization"] = organizations[made["organization"] % len(organizations)]
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
        for table in (tables.event, tables.disclosure, *read_models):
            connection.exec_driver_sql(
                f"{'DELETE FROM' if installation.database.is_sqlite else 'TRUNCATE'} {table.name}"
            )
        connection.execute(tables.log_head.update().values(position=0))
        connection.execute(tables.read_model.update().values(position=None, error=None))
