"""Continuity: what the incoming administration decides of each object that it inherited."""

from domain.aggregate import command
from domain.events import Context, Event
from domain.transition import decisions, errors
from domain.transition import events as e
from domain.transition import types as t
from domain.transition.base import TransitionBase
from domain.transition.facts import Government, Handover, Inherited, Rulebook
from domain.types import Act


class TransitionDecisions(TransitionBase):
    """Decisions on what was inherited. They are later facts: the objects themselves stay as they are."""

    @command(e.ContinuityDecided, needs=("reason",))
    def decide_continuity(
        self,
        *,
        item: t.ItemRef,
        decision: t.Continuity,
        act: Act,
        context: Context,
        handover: Handover,
        inherited: Inherited,
        rulebook: Rulebook,
    ) -> None:
        """Record, for the incoming institution in office, what becomes of one inherited object.

        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises IncomingNotNamed: nobody knows the incoming administration.
        :raises NotInOffice: the incoming term had not begun by then.
        :raises IncomingTermOver: the incoming term was over by then.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotTheIncoming: the institution is another one.
        :raises NotInherited: the object is none that it inherited.
        :raises AlreadyDecided: there is a decision on the object.
        """
        self._must_decide(e.ContinuityDecided, context, handover, rulebook, item, inherited)
        decisions.must_be_undecided(self.latest, item)
        self.record(e.ContinuityDecided, context, item=item, decision=decision, act=act)

    @command(e.DecisionRevised, needs=("reason",))
    def revise_decision(
        self,
        *,
        item: t.ItemRef,
        decision: t.Continuity,
        act: Act,
        context: Context,
        handover: Handover,
        inherited: Inherited,
        rulebook: Rulebook,
    ) -> None:
        """Record, for the incoming institution, another decision on an object that it had decided on.

        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises IncomingNotNamed: nobody knows the incoming administration.
        :raises NotInOffice: the incoming term had not begun by then.
        :raises IncomingTermOver: the incoming term was over by then.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotTheIncoming: the institution is another one.
        :raises NotInherited: the object is none that it inherited.
        :raises NotDecided: there is no decision on the object.
        :raises DecisionUnchanged: the decision says the same.
        """
        self._must_decide(e.DecisionRevised, context, handover, rulebook, item, inherited)
        decisions.must_change(self.known, item, decision, context.occurred_on)
        decisions.must_not_predate_decision(self.latest, item, context.occurred_on, "revise-decision")
        self.record(e.DecisionRevised, context, item=item, decision=decision, act=act)

    def _must_decide(
        self,
        event: type[Event],
        context: Context,
        handover: Handover,
        rulebook: Rulebook,
        item: t.ItemRef,
        inherited: Inherited,
    ) -> None:
        command = {e.ContinuityDecided: "decide-continuity", e.DecisionRevised: "revise-decision"}[event]
        self._must_be_open(command, event, context, handover, rulebook)
        incoming: Government | None = handover.incoming
        if self.known.incoming is None or incoming is None:
            raise errors.IncomingNotNamed(command=command)
        if context.occurred_on < incoming.from_day:
            raise errors.NotInOffice(from_day=incoming.from_day, occurred_on=context.occurred_on)
        if context.occurred_on >= incoming.until:
            raise errors.IncomingTermOver(until=incoming.until, occurred_on=context.occurred_on)
        if context.institution is None:
            raise errors.InstitutionNotStated(command=command, field="on_behalf_of")
        if context.institution != incoming.institution:
            raise errors.NotTheIncoming(institution=context.institution, expected=incoming.institution)
        if item not in inherited.items:
            raise errors.NotInherited(field="item", item=item)
