"""Who sits at a roundtable: seats, representatives, accreditation, chairs, secretariat. Its life is in `aggregate`."""

from domain.aggregate import Aggregate, command
from domain.events import Context, Event
from domain.facts import Organizations
from domain.roundtable import events as e
from domain.roundtable import rules
from domain.roundtable import types as t
from domain.roundtable.types import RoundtableState, Seat
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
        self._must_be_open("define-seat", e.SeatDefined)
        rules.must_be_new(self.known, seat, self._name)
        rules.must_be_new(self.latest, seat, self._name)
        rules.must_speak(seat, voice=voice, vote=vote)
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
        self._must_be_open("withdraw-seat", e.SeatWithdrawn)
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
        self._must_be_open("designate-representatives", e.RepresentativesDesignated)
        self._seat(seat, context)
        rules.must_be_two(seat, principal, alternate)
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
        self._must_be_open("accredit", e.SeatAccredited)
        rules.must_be_represented(self._seat(seat, context), context.occurred_on)
        self.record(e.SeatAccredited, context, seat=seat, document=document)

    @command(e.AccreditationLapsed, needs=("reason",))
    def lapse_accreditation(self, *, seat: t.SeatKey, context: Context) -> None:
        """Record that the representatives of a seat are accredited no more.

        :raises RoundtableNotOpen: it has ended, or no act constituted it.
        :raises UnknownSeat: there is no such seat in force.
        :raises SeatNotAccredited: there is no accreditation.
        """
        self._must_be_open("lapse-accreditation", e.AccreditationLapsed)
        rules.must_be_accredited(self._seat(seat, context), context.occurred_on)
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
        self._must_be_open("name-chairs", e.ChairsNamed)
        self.record(e.ChairsNamed, context, chairs=chairs, co_chairs=co_chairs)

    @command(e.SecretariatNamed)
    def name_secretariat(self, *, organization: OrganizationId, context: Context, organizations: Organizations) -> None:
        """Name the technical secretariat from a day on, in place of the one before.

        :raises RoundtableNotOpen: it has ended.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("name-secretariat", e.SecretariatNamed)
        self.record(e.SecretariatNamed, context, organization=organization)

    @property
    def _name(self) -> str:
        return self.known.code or str(self.id)

    def _must_be_open(self, command: str, event: type[Event]) -> None:
        rules.must_be_open(self.known, event, command, self._name)

    def _seat(self, key: str, context: Context) -> Seat:
        return rules.seat_of(self.known, key, context.occurred_on, self._name)
