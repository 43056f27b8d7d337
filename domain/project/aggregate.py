"""A project as a whole: how it enters the record. Its moves, its accounts and its parties have files of their own."""

from collections.abc import Iterable
from typing import Self

from domain.aggregate import command
from domain.events import Context, Event
from domain.facts import Codes, Organizations
from domain.project import events as e
from domain.project import evolution, rules, tracks
from domain.project import types as t
from domain.project.facts import Served
from domain.project.moves import ProjectMoves
from domain.project.types import ProjectState
from domain.texts import Code, Day, Language, OrganizationId, RoundtableId, Slug, Text, Title
from domain.types import Money


class Project(ProjectMoves):
    """A work or investment with three tracks: the table that asked for it, the investment, the works."""

    TOPIC = "project"
    STATE = ProjectState

    @command(e.ProjectRegistered)
    @classmethod
    def register(
        cls,
        *,
        title: Title,
        language: Language = "es",
        code: Code | None = None,
        cui: t.Cui | None = None,
        scope: Text | None = None,
        sector: Slug | None = None,
        territories: t.Territories = (),
        location: t.Point | None = None,
        responsible: OrganizationId,
        executing: OrganizationId | None = None,
        participants: t.Participants = (),
        funders: t.Funders = (),
        roundtable: RoundtableId | None = None,
        commitments: t.Commitments = (),
        cost: Money | None = None,
        planned_end: Day | None = None,
        table: tracks.FirstTable = "new",
        investment: tracks.FirstInvestment = "idea",
        works: tracks.FirstWorks = "not_started",
        context: Context,
        organizations: Organizations,
        codes: Codes,
        served: Served,
    ) -> Self:
        """Register a project on the day on which it came up.

        `table`, `investment` and `works` say where each track stood on that day: what a table takes up may already be
        viable, or being built. `cost` is the value of the investment, `planned_end` the day by which it is to be done.

        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        :raises CodeTaken: another project has the code or the unified investment code.
        :raises UnknownRoundtable: the roundtable was none on that day.
        :raises UnknownCommitment: a commitment had not begun on that day.
        """
        organizations.must_stand(context.occurred_on)
        codes.must_be_free([code, cui])
        served.must_have_begun(roundtable, commitments, context.occurred_on)
        return cls.begin(
            e.ProjectRegistered,
            context,
            title=title,
            language=language,
            code=code,
            cui=cui,
            scope=scope,
            sector=sector,
            territories=territories,
            location=location,
            responsible=responsible,
            executing=executing,
            participants=participants,
            funders=funders,
            roundtable=roundtable,
            commitments=commitments,
            cost=cost,
            planned_end=planned_end,
            table=table,
            investment=investment,
            works=works,
        )

    @classmethod
    def claims(cls, state: ProjectState) -> Iterable[str | None]:
        """Yield the code and the unified investment code: no other project may have either."""
        return state.code, state.cui

    @classmethod
    def must_follow(cls, state: ProjectState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @staticmethod
    def evolve(state: ProjectState, event: evolution.ProjectEvent) -> ProjectState:
        """Return the project after one more fact."""
        return evolution.evolve(state, event)
