"""Before and around a sitting: the call, the agenda, who is there. Its life is in `aggregate`."""

from domain.aggregate import command
from domain.events import Context, Event
from domain.facts import Organizations
from domain.session import errors, rules, seating
from domain.session import events as e
from domain.session import types as t
from domain.session.facts import AgendaSources, PreviousMinutes, SeatsInForce, Written
from domain.session.sealing import SessionSealing
from domain.texts import Clock, Count, Day, OrganizationId, Title


class SessionPreparation(SessionSealing):
    """The commands that prepare a session and say who is present."""

    @command(e.SessionRescheduled, needs=("reason",))
    def reschedule(
        self, *, scheduled_on: Day, scheduled_at: Clock | None = None, place: Title | None = None, context: Context
    ) -> None:
        """Call the session for another day, and another place where one is named.

        :raises SessionNotOpen: it was opened, cancelled or failed.
        :raises ScheduledBeforeCall: the new day is before this change.
        """
        self._must_be_open("reschedule", e.SessionRescheduled)
        rules.must_come_after(scheduled_on, context.occurred_on)
        self.record(e.SessionRescheduled, context, scheduled_on=scheduled_on, scheduled_at=scheduled_at, place=place)

    @command(e.SessionCancelled, needs=("reason",))
    def cancel(self, *, context: Context) -> None:
        """Call the session off. Its items return to the next agenda.

        :raises SessionNotOpen: it was opened, cancelled or failed.
        """
        self._must_be_open("cancel", e.SessionCancelled)
        self.record(e.SessionCancelled, context)

    @command(e.AgendaItemAdded)
    def add_agenda_item(
        self,
        *,
        key: t.ItemKey,
        title: Title,
        origin: t.ItemOrigin | None = None,
        context: Context,
        sources: AgendaSources,
        written: Written,
    ) -> None:
        """Put a matter on the agenda, with the item of an earlier session or the commitment that it comes from.

        :raises SessionNotOpen: it has ended, or is paused.
        :raises ItemKeyTaken: it has, or had, an item of that name.
        :raises UnknownOrigin: what it comes from is not recorded.
        :raises SessionWrittenDown: its minutes are signed.
        """
        self._must_be_open("add-agenda-item", e.AgendaItemAdded)
        written.must_be_open(self._name)
        rules.must_be_new((*self.known.all_items, *self.latest.all_items), key, self._name)
        seating.must_be_recorded([t.AgendaItem(key=key, title=title, origin=origin)], sources, context.occurred_on)
        self.record(e.AgendaItemAdded, context, key=key, title=title, origin=origin)

    @command(e.AgendaItemWithdrawn, needs=("reason",))
    def withdraw_agenda_item(self, *, key: t.ItemKey, context: Context, written: Written) -> None:
        """Take a matter from the agenda.

        :raises SessionNotOpen: it has ended, or is paused.
        :raises UnknownItem: it is not on the agenda.
        :raises ItemHasOutcome: it was dealt with.
        :raises SessionWrittenDown: its minutes are signed.
        """
        self._must_be_open("withdraw-agenda-item", e.AgendaItemWithdrawn)
        written.must_be_open(self._name)
        rules.must_be_withdrawable(self.known, key, self._name)
        self.record(e.AgendaItemWithdrawn, context, key=key)

    @command(e.AgendaWaived, needs=("reason",))
    def waive_agenda(self, *, context: Context) -> None:
        """Say why the session sits without an agenda. Waivers are counted.

        :raises SessionNotOpen: it was opened, cancelled or failed.
        :raises AgendaNotMissing: it has an agenda.
        """
        self._must_be_open("waive-agenda", e.AgendaWaived)
        if self.known.agenda:
            raise errors.AgendaNotMissing(session=self._name, items=len(self.known.agenda))
        self.record(e.AgendaWaived, context)

    @command(e.PreviousMinutesWaived, needs=("reason",))
    def waive_previous_minutes(self, *, context: Context, previous: PreviousMinutes) -> None:
        """Say why the session decides although the minutes of the one before are not signed. Waivers are counted.

        :raises SessionNotOpen: it has ended, or is paused.
        :raises MinutesNotMissing: they are signed, or there was no session before.
        """
        self._must_be_open("waive-previous-minutes", e.PreviousMinutesWaived)
        if previous.session is None or previous.final:
            raise errors.MinutesNotMissing(occurred_on=context.occurred_on)
        self.record(e.PreviousMinutesWaived, context)

    @command(e.AttendanceRecorded)
    def record_attendance(
        self,
        *,
        seat: t.SeatKey,
        capacity: t.Capacity = "principal",
        representing: OrganizationId | None = None,
        arrived: Clock | None = None,
        context: Context,
        table: SeatsInForce,
        organizations: Organizations,
        written: Written,
    ) -> None:
        """Record that a seat arrived, by its principal or its alternate, for the seat's organization unless said.

        :raises SessionNotOpen: it has ended.
        :raises TooEarly: the day it is called for has not come.
        :raises SeatNotInForce: the roundtable has no such seat on the day.
        :raises SeatOccupied: the principal or the alternate of the seat is there already.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        :raises SessionWrittenDown: its minutes are signed.
        """
        day = context.occurred_on
        organizations.must_stand(day)
        self._must_be_open("record-attendance", e.AttendanceRecorded)
        written.must_be_open(self._name)
        rules.must_have_begun(self.known, day, self._name)
        found = seating.seat_of(table, seat, "seat", day)
        rules.must_be_free(self.known, seat, capacity, day, arrived)
        self.record(
            e.AttendanceRecorded,
            context,
            seat=seat,
            capacity=capacity,
            representing=representing or found.organization,
            arrived=arrived,
        )

    @command(e.DepartureRecorded)
    def record_departure(
        self, *, seat: t.SeatKey, left: Clock | None = None, context: Context, written: Written
    ) -> None:
        """Record that a seat left. It may arrive again, by its principal or its alternate.

        :raises SessionNotOpen: it has ended.
        :raises SeatNotPresent: nobody is there for the seat.
        :raises LeavesBeforeArrival: the time lies before the arrival.
        :raises SessionWrittenDown: its minutes are signed.
        """
        self._must_be_open("record-departure", e.DepartureRecorded)
        written.must_be_open(self._name)
        rules.must_be_leaving(self.known, seat, context.occurred_on, left, self._name)
        self.record(e.DepartureRecorded, context, seat=seat, left=left)

    @command(e.ParticipationRecorded)
    def record_participation(
        self,
        *,
        people: Count | None = None,
        women: Count | None = None,
        men: Count | None = None,
        youth: Count | None = None,
        indigenous: Count | None = None,
        languages: t.LanguageCounts = (),
        interpreted: t.Languages = (),
        context: Context,
    ) -> None:
        """Count those who took part, in place of the count before; `interpreted` names languages with an interpreter.

        :raises SessionNotOpen: it was cancelled or failed.
        :raises CountsContradict: a part is more than the whole.
        """
        self._must_be_open("record-participation", e.ParticipationRecorded)
        parts = {"women": women, "men": men, "youth": youth, "indigenous": indigenous}
        rules.must_add_up(people, parts | {f"languages.{spoken.language}": spoken.people for spoken in languages})
        self.record(
            e.ParticipationRecorded, context, people=people, **parts, languages=languages, interpreted=interpreted
        )

    def _must_be_open(self, command: str, event: type[Event]) -> None:
        rules.must_be_open(self.known, event, command, self._name)
