"""Who answers, builds, pays and takes part; what a project serves; where it is. Its accounts are in `accounts`."""

from typing import Any

from domain.aggregate import Aggregate, command
from domain.events import Context, Event
from domain.facts import Codes, Organizations
from domain.objectives import PlanObjectives
from domain.project import events as e
from domain.project import rules
from domain.project import types as t
from domain.project.facts import Served
from domain.project.types import ProjectState
from domain.texts import OrganizationId, RoundtableId
from domain.types import Act


class ProjectParties(Aggregate[ProjectState]):
    """The commands that say whose project it is and what it is for."""

    @command(e.CuiAssigned)
    def assign_cui(self, *, cui: t.Cui, context: Context, codes: Codes) -> None:
        """Record its unified investment code (CUI), which no other project has.

        :raises CuiAlreadyAssigned: it has one.
        :raises CodeTaken: another project has the code.
        """
        codes.must_be_free([cui])
        rules.must_have_no_cui(self.known, self._name)
        rules.must_have_no_cui(self.latest, self._name)
        self.record(e.CuiAssigned, context, cui=cui)

    @command(e.ProjectLocated)
    def locate(self, *, location: t.Point, territories: t.Territories = (), context: Context) -> None:
        """Record where it is, as a GeoJSON point; `territories` replace those stated before."""
        self.record(e.ProjectLocated, context, location=location, territories=territories)

    @command(e.ProjectResponsibleAssigned, needs=("reason",))
    def assign_responsible(
        self, *, organization: OrganizationId, context: Context, organizations: Organizations
    ) -> None:
        """Name who answers for it from a day on.

        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self.record(e.ProjectResponsibleAssigned, context, organization=organization)

    @command(e.ExecutorAssigned)
    def assign_executor(self, *, organization: OrganizationId, context: Context, organizations: Organizations) -> None:
        """Name who carries it out from a day on.

        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self.record(e.ExecutorAssigned, context, organization=organization)

    @command(e.ParticipantAdded)
    def add_participant(self, *, participant: t.Participant, context: Context, organizations: Organizations) -> None:
        """Record that an organization takes part in a capacity: it formulates, supervises, operates, benefits.

        :raises ParticipantAlready: it does already.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        rules.must_not_take_part(self.known, participant, self._name)
        rules.must_not_take_part(self.latest, participant, self._name)
        self.record(e.ParticipantAdded, context, participant=participant)

    @command(e.ParticipantRemoved, needs=("reason",))
    def remove_participant(self, *, participant: t.Participant, context: Context) -> None:
        """Record that an organization no longer takes part in a capacity.

        :raises ParticipantNotThere: it did not.
        """
        rules.must_take_part(self.known, participant, self._name)
        rules.must_take_part(self.latest, participant, self._name)
        self.record(e.ParticipantRemoved, context, participant=participant)

    @command(e.FundingPledged)
    def pledge_funding(
        self, *, funder: t.Funder, act: Act | None = None, context: Context, organizations: Organizations
    ) -> None:
        """Record who funds it, how much and by what mechanism; what the same funder said before is replaced.

        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self.record(e.FundingPledged, context, funder=funder, act=act)

    @command(e.FundingWithdrawn, needs=("reason",))
    def withdraw_funding(self, *, organization: OrganizationId, context: Context) -> None:
        """Record that an organization no longer funds it, even where that organization has ended since.

        :raises FunderNotThere: it did not fund it.
        """
        rules.must_fund(self.known, organization, self._name)
        rules.must_fund(self.latest, organization, self._name)
        self.record(e.FundingWithdrawn, context, organization=organization)

    @command(e.RoundtableNamed)
    def name_roundtable(self, *, roundtable: RoundtableId, context: Context, served: Served) -> None:
        """Record the roundtable on whose list it stands.

        :raises UnknownRoundtable: there was no such roundtable on that day.
        """
        served.must_have_begun(roundtable, (), context.occurred_on)
        self.record(e.RoundtableNamed, context, roundtable=roundtable)

    @command(e.CommitmentsNamed)
    def name_commitments(self, *, commitments: t.Commitments, context: Context, served: Served) -> None:
        """State which commitments it serves, in place of those stated before.

        :raises UnknownCommitment: a commitment had not begun on that day.
        """
        served.must_have_begun(None, commitments, context.occurred_on)
        self.record(e.CommitmentsNamed, context, commitments=commitments)

    @command(e.ProjectObjectivesAligned)
    def align_objectives(self, *, objectives: t.Objectives, context: Context, plan_objectives: PlanObjectives) -> None:
        """State which objectives of which plan versions it serves, in place of those stated before.

        :raises UnknownPlan: a plan is not recorded, or had not begun.
        :raises UnknownPlanVersion: a plan has no such version, or had not by then.
        :raises UnknownObjective: a version has no such objective, or had not by then.
        """
        plan_objectives.must_all_exist(objectives, context.occurred_on)
        self.record(e.ProjectObjectivesAligned, context, objectives=objectives)

    @property
    def _name(self) -> str:
        return self.known.code or self.known.cui or str(self.id)

    @property
    def _currency(self) -> str | None:
        """The one currency, even where a later fact gave it."""
        return self.known.currency or self.latest.currency

    def _move(self, command: str, event: type[Event], context: Context, **fields: Any) -> None:
        """Record a fact that moves a track from a state in which it may."""
        rules.must_stand(self.known, event, command, self._name)
        self.record(event, context, **fields)
