"""What commands must know of other objects, and the rules that need it.

A command declares a parameter of one of these types. It is filled by the query of that name in the read models while no
other writer can record, so that no race can pass a rule; where the day matters, as of the day of the command.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.errors import Conflict, Invalid


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a command must know of other objects. Filled by one named query while nobody else can write."""


class UnknownOrganization(Invalid):
    """A command names an organization that is not recorded."""

    en = "Organization {id} is not recorded. Register it first, or check the id."
    es = "La organización {id} no está registrada. Regístrela primero o revise el identificador."


class OrganizationEnded(Conflict):
    """An organization had already ended on the day of the command."""

    en = "{name} ({id}) ended on {ended_on}, before {occurred_on}. Name the institution that took over."
    es = "{name} ({id}) dejó de existir el {ended_on}, antes del {occurred_on}. Indique la institución que la sucedió."


class UnknownRoundtable(Invalid):
    """A command names a roundtable that is not recorded or had not begun."""

    en = "{field} names {id}, which was no recorded roundtable on {occurred_on}. Propose it first, or check the id."
    es = "{field} indica {id}, que no era una mesa registrada el {occurred_on}. Regístrela primero o revise el id."


class UnknownSession(Invalid):
    """A command names a session that is not recorded or had not been convened."""

    en = "{field} names {id}, which was no recorded session on {occurred_on}. Convene it first, or check the id."
    es = "{field} indica {id}, que no era una sesión registrada el {occurred_on}. Convóquela antes o revise el id."


class UnknownMinutes(Invalid):
    """A command names minutes that are not recorded."""

    en = "{field} names {id}, which are no recorded minutes. Draft them first, or check the id."
    es = "{field} indica {id}, que no es un acta registrada. Redáctela primero o revise el identificador."


class UnknownParticipatoryBudget(Invalid):
    """A command names a participatory budget that is not recorded or had not begun."""

    en = "{field} names {id}, which was no participatory budget on {occurred_on}. Record it first, or check the id."
    es = "{field} indica {id}, que no era un presupuesto participativo el {occurred_on}. Regístrelo o revise el id."


class UnknownAdministration(Invalid):
    """A command names an administration that is not recorded."""

    en = "{field} names {id}, which is no recorded administration. Register it first, or check the id."
    es = "{field} indica {id}, que no es una gestión registrada. Regístrela primero o revise el identificador."


class UnknownCommitment(Invalid):
    """A command names a commitment that is not recorded or had not begun."""

    en = "{field} names {id}, which was no recorded commitment on {occurred_on}. Register it first, or check the id."
    es = "{field} indica {id}, que no era un compromiso registrado el {occurred_on}. Regístrelo primero o revise el id."


class CodeTaken(Conflict):
    """Another object already has this code."""

    en = "Code {code} already belongs to {holder}. Choose another, or correct the one that has it by mistake."
    es = "El código {code} ya pertenece a {holder}. Elija otro o corrija el registro que lo tiene por error."


class Standing(Facts, frozen=True, kw_only=True):
    """An organization as a command finds it: its name, and the day it ended if it did."""

    name: str
    ended_on: date | None = None


class Organizations(Facts, frozen=True, kw_only=True):
    """The organizations that a command names, with the field that names each; those not recorded do not stand."""

    named: tuple[UUID, ...] = ()
    standing: Mapping[UUID, Standing] = {}
    fields: Mapping[UUID, str] = {}

    def must_stand(self, on: date) -> None:
        """Require every named organization to be recorded and not to have ended before a day.

        :raises UnknownOrganization: one is not recorded.
        :raises OrganizationEnded: one had ended.
        """
        for id in self.named:
            found = self.standing.get(id)
            if found is None:
                raise UnknownOrganization(field=self.fields.get(id, "organization"), id=id)
            if found.ended_on is not None and found.ended_on < on:
                raise OrganizationEnded(
                    field=self.fields.get(id, "organization"),
                    id=id,
                    name=found.name,
                    ended_on=found.ended_on,
                    occurred_on=on,
                )


class Codes(Facts, frozen=True, kw_only=True):
    """The codes and outside identifiers that a command claims, each with the other object that has it."""

    holders: Mapping[str, UUID] = {}

    def must_be_free(self, codes: Iterable[str | None]) -> None:
        """Require codes to belong to nobody else.

        :raises CodeTaken: one does.
        """
        for code in codes:
            if code is not None and (holder := self.holders.get(code)) is not None:
                raise CodeTaken(field="code", code=code, holder=holder)


class OthersRestOnIt(Conflict):
    """An object cannot leave the record while others name it."""

    en = "{count} other objects name it, among them {some}. Void or correct those first."
    es = "Otros {count} objetos lo señalan, entre ellos {some}. Anule o corrija esos antes."


class Dependents(Facts, frozen=True, kw_only=True):
    """The objects that name the one a command is about, and the currencies of those that are parts of it.

    Of a plan also the objectives that are named, by version and code, each with one that names it. `descendants` are
    the plans that are built on a plan, the commitments whose place a commitment took and the organizations that merged
    into an organization, directly or over others.
    """

    ids: tuple[UUID, ...] = ()
    currencies: frozenset[str] = frozenset()
    objectives: Mapping[tuple[int, str | None], UUID] = {}
    descendants: frozenset[UUID] = frozenset()

    def must_be_none(self) -> None:
        """Require no other object to name this one.

        :raises OthersRestOnIt: some do.
        """
        if self.ids:
            raise OthersRestOnIt(count=len(self.ids), some=", ".join(map(str, self.ids[:3])))
