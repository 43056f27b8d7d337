"""Who sits at a roundtable: seats, representatives, accreditation, chairs, secretariat. Its life is in `aggregate`."""

from collections.abc import Iterable

from domain.aggregate import Aggregate, command
from domain.events import Context
from domain.facts import Organizations
from domain.roundtable import errors
from domain.roundtable import events as e
from domain.roundtable import types as t
from domain.roundtable.types import RUNNING, RoundtableState, Seat, Status
from domain.texts import OrganizationId, Personal, PersonId, Title
from domain.types import Source


class RoundtableMembership(Aggregate[RoundtableState]):
    """The commands that say who sits at a roundtable and who speaks for whom."""

    @command(e.SeatDefined)
    def define_seat(
        self,
        *,
        seat: t.SeatKey,
        organization: OrganizationId,
        sector: t.Sector,
        title: Title | None = None,
        basis: t.Basis | None = None,
        voice: bool = True,
        vote: bool = True,
        required: bool = True,
        context: Context,
        organizations: Organizations,
    ) -> None:
        """Give an organization a seat; it may have several.

        A required seat must be accredited before the installation. `title` says whom the seat speaks for where that
        is not the organization alone (one elected representative of several municipalities).

        :raises RoundtableNotOpen: it has ended.
        :raises SeatKeyTaken: it has, or had, a seat with that key.
        :raises VoteNeedsVoice: the seat would vote without a voice.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("define-seat", *RUNNING)
        latest = self.newest or self.known
        if seat in {s.key for s in (*self.known.all_seats, *latest.all_seats)}:
            raise errors.SeatKeyTaken(field="seat", roundtable=self._name, seat=seat)
        if vote and not voice:
            raise errors.VoteNeedsVoice(field="voice", seat=seat)
        self.record(
            e.SeatDefined,
            context,
            seat=seat,
            organization=organization,
            sector=sector,
            title=title,
            basis=basis,
            voice=voice,
            vote=vote,
            required=required,
        )

    @command(e.SeatWithdrawn, needs=("reason",))
    def withdraw_seat(self, *, seat: t.SeatKey, context: Context) -> None:
        """Take a seat out of force from a day on. Its key stays its own, since minutes name it.

        :raises RoundtableNotOpen: it has ended.
        :raises UnknownSeat: there is no such seat in force.
        """
        self._must_be("withdraw-seat", *RUNNING)
        self._seat(seat, context)
        self.record(e.SeatWithdrawn, context, seat=seat)

    @command(e.RepresentativesDesignated)
    def designate_representatives(
        self,
        *,
        seat: t.SeatKey,
        principal: PersonId,
        principal_name: Personal | None = None,
        alternate: PersonId | None = None,
        alternate_name: Personal | None = None,
        context: Context,
    ) -> None:
        """Name who speaks for a seat, and who does when the principal is absent, in place of those before.

        People are random ids; the log keeps salted digests of their names, which can be erased. An
        accreditation of the seat ends with this: it was given to those before.

        :raises RoundtableNotOpen: it has ended.
        :raises UnknownSeat: there is no such seat in force.
        :raises OwnAlternate: the alternate is the principal.
        """
        self._must_be("designate-representatives", *RUNNING)
        self._seat(seat, context)
        if alternate == principal:
            raise errors.OwnAlternate(field="alternate", seat=seat)
        self.record(
            e.RepresentativesDesignated,
            context,
            seat=seat,
            principal=principal,
            principal_name=principal_name,
            alternate=alternate,
            alternate_name=alternate_name,
        )

    @command(e.SeatAccredited)
    def accredit(self, *, seat: t.SeatKey, document: Source, context: Context) -> None:
        """Record the document that accredits the representatives of a seat.

        :raises RoundtableNotOpen: it has ended, or no act constituted it.
        :raises UnknownSeat: there is no such seat in force.
        :raises RepresentativeMissing: nobody is designated.
        """
        self._must_be("accredit", *t.STANDING)
        if self._seat(seat, context).principal is None:
            raise errors.RepresentativeMissing(seat=seat, occurred_on=context.occurred_on)
        self.record(e.SeatAccredited, context, seat=seat, document=document)

    @command(e.AccreditationLapsed, needs=("reason",))
    def lapse_accreditation(self, *, seat: t.SeatKey, context: Context) -> None:
        """Record that the representatives of a seat are accredited no more.

        :raises RoundtableNotOpen: it has ended, or no act constituted it.
        :raises UnknownSeat: there is no such seat in force.
        :raises SeatNotAccredited: there is no accreditation.
        """
        self._must_be("lapse-accreditation", *t.STANDING)
        if self._seat(seat, context).accreditation is None:
            raise errors.SeatNotAccredited(seat=seat, occurred_on=context.occurred_on)
        self.record(e.AccreditationLapsed, context, seat=seat)

    @command(e.ChairsNamed)
    def name_chairs(
        self, *, chairs: t.Chairs, co_chairs: t.Chairs = (), context: Context, organizations: Organizations
    ) -> None:
        """Name who chairs and co-chairs from a day on, in place of those before.

        :raises RoundtableNotOpen: it has ended.
        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("name-chairs", *RUNNING)
        self.record(e.ChairsNamed, context, chairs=chairs, co_chairs=co_chairs)

    @command(e.SecretariatNamed)
    def name_secretariat(self, *, organization: OrganizationId, context: Context, organizations: Organizations) -> None:
        """Name the technical secretariat from a day on, in place of the one before.

        :raises RoundtableNotOpen: it has ended.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("name-secretariat", *RUNNING)
        self.record(e.SecretariatNamed, context, organization=organization)

    @property
    def _name(self) -> str:
        return self.known.code or str(self.id)

    def _must_be(self, command: str, *statuses: Status) -> None:
        state = self.known
        if state.status not in statuses:
            raise errors.RoundtableNotOpen(
                roundtable=self._name,
                state=state.status,
                since=state.moved_on,
                command=command,
                needed=_either(statuses),
            )

    def _seat(self, key: str, context: Context) -> Seat:
        found = self.known.seat(key)
        if found is None:
            there = ", ".join(s.key for s in self.known.seats) or "-"
            raise errors.UnknownSeat(
                field="seat", roundtable=self._name, seat=key, occurred_on=context.occurred_on, seats=there
            )
        return found


def _either(statuses: Iterable[Status]) -> str:
    return " | ".join(sorted(statuses))
