"""What becomes of what was handed over: the decisions of the incoming administration, object by object."""

from domain.aggregate import Aggregate, command
from domain.events import Context
from domain.transition import errors, rules
from domain.transition import events as e
from domain.transition import types as t
from domain.transition.facts import Government, Handover, Inherited
from domain.transition.types import TransitionState
from domain.types import Act


class TransitionContinuity(Aggregate[TransitionState]):
    """The commands by which an incoming institution decides on what it inherited."""

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
    ) -> None:
        """Record, for the incoming institution in office, what becomes of one inherited object.

        :raises IncomingNotNamed: nobody knows the incoming administration.
        :raises NotInOffice: the incoming term had not begun by then.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotTheIncoming: the institution is another one.
        :raises NotInherited: the object is none that it inherited.
        :raises AlreadyDecided: there is a decision on the object.
        """
        self._must_decide("decide-continuity", context, handover, item, inherited)
        rules.must_be_undecided(self.latest, item)
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
    ) -> None:
        """Record, for the incoming institution, another decision on an object that it had decided on.

        :raises IncomingNotNamed: nobody knows the incoming administration.
        :raises NotInOffice: the incoming term had not begun by then.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotTheIncoming: the institution is another one.
        :raises NotInherited: the object is none that it inherited.
        :raises NotDecided: there is no decision on the object.
        :raises DecisionUnchanged: the decision says the same.
        """
        self._must_decide("revise-decision", context, handover, item, inherited)
        rules.must_change(self.known, item, decision, context.occurred_on)
        self.record(e.DecisionRevised, context, item=item, decision=decision, act=act)

    def _must_decide(
        self, command: str, context: Context, handover: Handover, item: t.ItemRef, inherited: Inherited
    ) -> None:
        incoming: Government | None = handover.incoming
        if self.known.incoming is None or incoming is None:
            raise errors.IncomingNotNamed(command=command)
        if context.occurred_on < incoming.from_day:
            raise errors.NotInOffice(from_day=incoming.from_day, occurred_on=context.occurred_on)
        if context.institution is None:
            raise errors.InstitutionNotStated(command=command, field="on_behalf_of")
        if context.institution != incoming.institution:
            raise errors.NotTheIncoming(institution=context.institution, expected=incoming.institution)
        if item not in inherited.items:
            raise errors.NotInherited(field="item", item=item)
