"""The promise that a command is one event, one method, one case: what corrections and the interfaces build on."""

import inspect
import re
from collections import Counter

import msgspec
import pytest

from domain.aggregate import KINDS
from domain.corrections import FactCorrected, FactVoided
from domain.errors import DomainError
from domain.events import ENVELOPE, Created
from roundtable.commands import DECLARED, commands_of
from tests.domain.samples import FIELDS

COMMANDS = [command for kind in KINDS.values() for command in commands_of(kind).values()]
DERIVED = {
    "commitment.registered": {"currency"},
    "transition.inventory-frozen": {"institution", "position", "digest", "counts", "closed"},
    "transition.planned": {"rules"},
}
"""Fields of an event that no caller sends: the currency follows from the amounts, an inventory from the log,
the rules of a handover from the files of the installation."""
FACT_COMMANDS = (FactCorrected, FactVoided)
named = pytest.mark.parametrize("command", COMMANDS, ids=lambda c: f"{c.aggregate.TOPIC}-{c.slug}")


def errors():
    """Return every refusal by name."""
    found, left = {}, [DomainError]
    while left:
        for cls in left.pop().__subclasses__():
            found[cls.__name__] = cls
            left.append(cls)
    return found


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_event_is_recorded_by_exactly_one_command(kind):
    recorded = Counter(command.spec.records for command in commands_of(kind).values())
    own = {cls for cls in FIELDS if cls.TOPIC.startswith(f"{kind.TOPIC}.")}
    assert recorded == Counter({*own, *FACT_COMMANDS})


@named
def test_every_field_of_an_event_is_a_parameter_of_its_command(command):
    if command.spec.records in FACT_COMMANDS:
        return  # they are not corrected themselves
    event = command.spec.records
    fields = set(event.__struct_fields__) - ENVELOPE - DERIVED.get(event.TOPIC, set())
    assert fields == command.hints.keys()


@named
def test_a_field_of_an_event_may_lack_what_its_command_may_lack(command):
    if command.spec.records in FACT_COMMANDS:
        return
    parameters = command.body.model_fields
    needed = {f.name for f in msgspec.structs.fields(command.spec.records) if f.required} - ENVELOPE
    assert {name for name in command.hints if parameters[name].is_required()} <= needed


@named
def test_only_the_command_of_a_first_fact_begins_an_object(command):
    assert command.creates == issubclass(command.spec.records, Created)


@named
def test_a_command_is_documented(command):
    summary = command.doc.splitlines()[0]
    assert re.fullmatch(r"[A-Z].*[.]", summary)
    raised = re.findall(r":raises (\w+): (.+)", command.doc)
    assert len(raised) == command.doc.count(":raises")
    assert {name for name, _ in raised} <= errors().keys()
    assert all(when.endswith((".", ",")) or when for _, when in raised)


@named
def test_a_command_names_the_refusals_of_the_facts_it_asks_for(command):
    asks = {name: cls.__name__ for name, cls in command.facts.items()}
    if "organizations" in asks:
        assert {"UnknownOrganization", "OrganizationEnded"} <= set(command.refusals)
    if "codes" in asks:
        assert "CodeTaken" in command.refusals


@named
def test_what_a_command_cannot_do_without_is_declared_and_required(command):
    for name in command.spec.needs:
        assert name in DECLARED
        assert command.body.model_fields[name].is_required()
    assert not command.hints.keys() & DECLARED.keys()


@named
def test_every_field_of_a_command_is_typed(command):
    parameters = inspect.signature(getattr(command.aggregate, command.name)).parameters
    assert all(p.kind is p.KEYWORD_ONLY for name, p in parameters.items() if name != "self")
    assert set(command.hints) <= set(parameters)
