"""Commitments as tests of their commands find them."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.commitment.facts import Announcement
from domain.commitment.types import Status
from domain.types import Money
from tests.domain.given import MINISTRY, given
from tests.domain.samples import HEADLINE, REACHED, REPORTED, STARTED, announced, registered

PEN_5 = Money(amount=Decimal("5.00"), currency="PEN")
USD_5 = Money(amount=Decimal("5.00"), currency="USD")
WHOLE = UUID(int=0x21)
NEW = {"title": "Water", "responsibles": [{"organization": str(MINISTRY)}]}
AGREED = given(registered())
WITH_DEADLINE = given(registered(deadline=date(2020, 12, 31)))
CLOSED = given(*REACHED[Status.WITHDRAWN])
ANNOUNCED = given(announced())
REPORTED_DONE = given(registered(), STARTED, REPORTED)
PART = given().where(announcement=Announcement(id=WHOLE, exists=True, headline=HEADLINE))
PROMISED = given(registered(amount=PEN_5, currency="PEN"))
