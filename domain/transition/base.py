"""What every part of a transition shares: who may state a fact, and when."""

from domain.aggregate import Aggregate
from domain.events import Context, Event
from domain.transition import errors, rules
from domain.transition.facts import Handover, Rulebook
from domain.transition.types import TransitionState


class TransitionBase(Aggregate[TransitionState]):
    """A handover, and what each of its commands asks first."""

    def _must_be_open(
        self,
        command: str,
        event: type[Event],
        context: Context,
        handover: Handover,
        rulebook: Rulebook,
        side: str | None = None,
    ) -> None:
        """Require a state in which the fact may happen, and an actor whose it is to state.

        :raises TransitionNotOpen: the transition is in another state.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        rules.must_be_open(self.known, event, command)
        rules.must_not_be_closed(self.latest, event, command)
        self._must_act(command, context, handover, rulebook, rules.side_for(event, side))

    def _must_act(
        self, command: str, context: Context, handover: Handover, rulebook: Rulebook, side: str | None
    ) -> None:
        """Require an actor who may write, and whose side this is.

        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        rules.must_act_for(self.latest, side, context.actor, command)
        if handover.outgoing is not None:
            days = [context.occurred_on, *([rulebook.today] if rulebook.today else [])]
            rules.must_still_write(self.latest, context.actor, handover.outgoing.until, days, command)

    def _must_know_incoming(self, command: str) -> None:
        if self.known.incoming is None:
            raise errors.IncomingNotNamed(command=command)
