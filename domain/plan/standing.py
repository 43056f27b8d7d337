"""What becomes of a plan once it is made: handed over, ratified, recognised, extended. Its life is in `aggregate`."""

from domain.aggregate import command
from domain.events import Context
from domain.plan import errors, rules
from domain.plan import events as e
from domain.plan.drafting import PlanDrafting
from domain.plan.facts import Governments, Named
from domain.texts import AdministrationId, Day, TransitionId
from domain.types import Act


class PlanStanding(PlanDrafting):
    """The facts on top of a plan, which change nothing of what it says."""

    @command(e.HorizonExtended)
    def extend_horizon(self, *, until: Day, act: Act, context: Context) -> None:
        """Extend the validity of the version in force by an act.

        An extension after the validity ran out is recorded, and shown as retroactive.

        :raises PlanNotOpen: no version is in force.
        :raises HorizonNotLonger: it is valid until then already.
        """
        self._must_be_open("extend-horizon", e.HorizonExtended)
        rules.must_extend(self.known, until, self._name)
        self.record(e.HorizonExtended, context, until=until, act=act)

    @command(e.HandoverRecorded)
    def hand_over(
        self,
        *,
        administration: AdministrationId,
        transition: TransitionId | None = None,
        context: Context,
        governments: Governments,
        named: Named,
    ) -> None:
        """Record that the plan was handed over to an administration, and in which transition where there was one.

        :raises PlanNotOpen: the plan has ended.
        :raises UnknownAdministration: the administration is not recorded.
        :raises UnknownTransition: the transition is not recorded.
        :raises AlreadyHandedOver: it was handed over to that administration.
        """
        self._must_be_open("hand-over", e.HandoverRecorded)
        governments.must_be_there(administration)
        named.must_be_recorded(context.occurred_on)
        for done in self.latest.handovers:
            if done.administration == administration:
                raise errors.AlreadyHandedOver(
                    plan=self._name, administration=administration, handed_over_on=done.occurred_on
                )
        self.record(e.HandoverRecorded, context, administration=administration, transition=transition)

    @command(e.PlanRatified)
    def ratify(self, *, administration: AdministrationId, act: Act, context: Context, governments: Governments) -> None:
        """Record that a new administration took the plan on as its own, by an act.

        :raises PlanNotOpen: no version is in force.
        :raises UnknownAdministration: the administration is not recorded.
        :raises AdministrationOfAnother: it is of an institution that neither owns nor adopted the plan.
        :raises RatifierNotInOffice: the administration is not in office on that day.
        :raises RatifiedByItsAuthor: it was in office when the version was adopted.
        :raises AlreadyRatified: it ratified that version.
        """
        self._must_be_open("ratify", e.PlanRatified)
        day, state = context.occurred_on, self.known
        government = governments.must_be_there(administration)
        about = {"field": "administration", "administration": administration}
        if government.institution not in {state.owner, *state.adopters}:
            raise errors.AdministrationOfAnother(**about, institution=government.institution, plan=self._name)
        if not government.governs(day):
            raise errors.RatifierNotInOffice(
                **about, from_day=government.from_, until=government.until, occurred_on=day
            )
        adoption = state.shown.adoption
        if adoption is not None and government.governs(adoption.adopted_on):
            raise errors.RatifiedByItsAuthor(**about, plan=self._name, adopted_on=adoption.adopted_on)
        for done in self.latest.ratifications:
            if (done.administration, done.version) == (administration, state.shown.number):
                raise errors.AlreadyRatified(**about, plan=self._name, ratified_on=done.occurred_on)
        self.record(e.PlanRatified, context, administration=administration, act=act)

    @command(e.PlanRecognised)
    def recognise(self, *, act: Act, context: Context) -> None:
        """Record the act by which the plan was recognised as public policy.

        :raises PlanNotOpen: the plan is still being drafted, or has ended.
        :raises AlreadyRecognised: it was recognised before.
        """
        self._must_be_open("recognise", e.PlanRecognised)
        if (done := self.latest.recognition) is not None:
            raise errors.AlreadyRecognised(plan=self._name, recognised_on=done.occurred_on)
        self.record(e.PlanRecognised, context, act=act)
