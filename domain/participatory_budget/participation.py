"""Who takes part in a participatory budget: agents, those turned down, the technical team, workshops."""

from domain.aggregate import Aggregate, command
from domain.events import Context, Event
from domain.facts import Organizations
from domain.participatory_budget import events as e
from domain.participatory_budget import rules
from domain.participatory_budget import types as t
from domain.participatory_budget.types import ParticipatoryBudgetState
from domain.texts import OrganizationId, Slug, Title
from domain.types import Identifier


class BudgetParticipation(Aggregate[ParticipatoryBudgetState]):
    """The commands that say who takes part, and how many came."""

    @command(e.AgentRegistered)
    def register_agent(
        self,
        *,
        organization: OrganizationId,
        legal_personality: t.LegalPersonality,
        registration: Identifier | None = None,
        context: Context,
        organizations: Organizations,
    ) -> None:
        """Register an organization as an agent. An agent need not be a legal person; whether it is, is recorded.

        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        :raises ParticipatoryBudgetNotOpen: it is not in preparation or concertation.
        :raises AgentRegisteredAlready: the organization is an agent.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("register-agent", e.AgentRegistered)
        rules.must_be_new_agent(self.latest, organization)
        self.record(
            e.AgentRegistered,
            context,
            organization=organization,
            legal_personality=legal_personality,
            registration=registration,
        )

    @command(e.AgentRejected, needs=("reason",))
    def reject_agent(self, *, organization: OrganizationId, context: Context, organizations: Organizations) -> None:
        """Record that an organization asked to take part and was turned down, and why.

        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        :raises ParticipatoryBudgetNotOpen: it is not in preparation or concertation.
        :raises AgentRegisteredAlready: the organization is an agent.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("reject-agent", e.AgentRejected)
        rules.must_be_new_agent(self.latest, organization)
        self.record(e.AgentRejected, context, organization=organization)

    @command(e.TechnicalTeamNamed)
    def name_technical_team(self, *, members: t.Team, context: Context, organizations: Organizations) -> None:
        """Name the technical team, in place of the one before. It evaluates proposals and does not vote.

        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        :raises ParticipatoryBudgetNotOpen: it is formalised.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("name-technical-team", e.TechnicalTeamNamed)
        self.record(e.TechnicalTeamNamed, context, members=members)

    @command(e.WorkshopRecorded)
    def record_workshop(
        self,
        *,
        key: Slug,
        kind: t.WorkshopKind,
        place: Title | None = None,
        counts: t.WorkshopCounts | None = None,
        context: Context,
    ) -> None:
        """Record a workshop: what it was for, where it was held, how many came.

        :raises WorkshopKeyTaken: another workshop has the key.
        """
        rules.must_be_new_workshop(self.latest, key, self._name)
        self.record(e.WorkshopRecorded, context, key=key, kind=kind, place=place, counts=counts)

    @property
    def _name(self) -> str:
        return self.known.code or str(self.id)

    def _must_be_open(self, command: str, event: type[Event]) -> None:
        rules.must_be_open(self.known, event, command, self._name)
