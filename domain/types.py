"""Values that several aggregates share: money, sources, acts, territories, identifiers, documents."""

import re
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Self

from iso4217 import Currency
from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from domain.texts import Day, Digest, Language, Page, Slug, Text, Title
from domain.values import Value

MOST_DIGITS = 12
"""Whole digits of an amount: a national budget fits, and a sum of 10⁴ of them fits 64 bits in minor units."""


def _written_out(raw: Any) -> Any:
    if not isinstance(raw, str | Decimal):
        msg = f'write amounts as text, such as "166000000.00", not as {type(raw).__name__}'
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports a ValueError with its field
    if isinstance(raw, str) and not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,4})?", raw):
        msg = f"{raw[:40]!r} is no amount: up to {MOST_DIGITS} digits, a point and decimals, without sign or separators"
        raise ValueError(msg)
    return raw


Amount = Annotated[
    Decimal,
    BeforeValidator(_written_out),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,4})?$", "examples": ["166000000.00"]}),
]
"""A number of currency units as text, never a float."""
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""A currency by its ISO 4217 code."""


class Money(Value, frozen=True, kw_only=True):
    """An amount in a currency, with as many decimals as ISO 4217 gives the currency."""

    amount: Amount
    currency: CurrencyCode

    def checked(self) -> Self:
        """Refuse unknown currencies and too many decimals; write out all decimals."""
        decimals = decimals_of(self.currency)
        exact = self.amount.quantize(Decimal(1).scaleb(-decimals))
        if exact != self.amount:
            msg = f"{self.amount} has more decimals than {self.currency} allows ({decimals})"
            raise ValueError(msg)
        return type(self)(amount=exact, currency=self.currency)

    @property
    def minor_units(self) -> int:
        """The amount as a whole number of the smallest units (céntimos), which databases sum exactly."""
        return int(self.amount.scaleb(decimals_of(self.currency)))


@cache
def decimals_of(currency: str) -> int:
    """Return the number of decimals of a currency.

    :raises ValueError: ISO 4217 does not know the currency.
    """
    try:
        exponent = Currency(currency).exponent
    except ValueError:
        msg = f"{currency!r} is not a currency code of ISO 4217"
        raise ValueError(msg) from None
    return exponent or 0


class Source(Value, frozen=True, kw_only=True):
    """Where a fact is written down: a document by its digest, a citation, or both."""

    document: Digest | None = None
    citation: Text | None = None
    page: Page | None = None

    def checked(self) -> Self:
        """Require a document or a citation."""
        if self.document is None and self.citation is None:
            msg = "name a document (its SHA-256 digest) or write a citation"
            raise ValueError(msg)
        return self


class Act(Value, frozen=True, kw_only=True):
    """A legal or administrative act: resolution, ordinance, agreement of a session."""

    type: Slug
    number: Title
    issuer: Title
    date: Day
    published_on: Day | None = None

    def checked(self) -> Self:
        """Refuse an act published before it was issued."""
        if self.published_on is not None and self.published_on < self.date:
            msg = f"published on {self.published_on}, before its date {self.date}"
            raise ValueError(msg)
        return self


class Quote(Value, frozen=True, kw_only=True):
    """Words as they were spoken or written, in their language."""

    text: Text
    language: Language = "es"


class Territory(Value, frozen=True, kw_only=True):
    """A territory by a code and the system that the code belongs to.

    INEI and RENIEC give different places the same six digits, so a code without its system is refused. Territories
    without an official code use the system `LOCAL:<organization id>`.
    """

    system: Annotated[
        str,
        StringConstraints(
            pattern=r"^([A-Z]{2}-[A-Z0-9-]{2,20}|ISO-3166-[12]|LOCAL:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
        ),
    ]
    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]

    @classmethod
    def prepare(cls, raw: Any) -> Any:
        """Explain why a bare code is not enough."""
        if isinstance(raw, str | int):
            send = '{"system": "PE-UBIGEO-INEI", "code": …}'
            msg = f"{str(raw)[:40]!r} has no system, and INEI and RENIEC codes clash: send {send}"
            raise ValueError(msg)  # noqa: TRY004 - pydantic reports a ValueError with its field
        return raw

    def checked(self) -> Self:
        """Check the shape of Peruvian codes: two, four or six digits for region, province and district."""
        if not self.system.startswith("PE-UBIGEO"):
            return self
        if self.system not in {"PE-UBIGEO-INEI", "PE-UBIGEO-RENIEC"}:
            msg = f"{self.system} does not say whose codes: PE-UBIGEO-INEI or PE-UBIGEO-RENIEC"
            raise ValueError(msg)
        if not re.fullmatch(r"(0[1-9]|1[0-9]|2[0-5])([0-9]{2}){0,2}", self.code):
            shape = "two, four or six digits, beginning with the region 01 to 25"
            msg = f"{self.code!r} is not a code of {self.system}: {shape}"
            raise ValueError(msg)
        return self

    def __str__(self) -> str:
        """Write system and code in one."""
        return f"{self.system}:{self.code}"


class Identifier(Value, frozen=True, kw_only=True):
    """An id that an outside register gave, with its scheme, such as `PE-RUC` (org-id.guide)."""

    scheme: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}(-[A-Z0-9]+)+$", max_length=40)]
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]*$", max_length=60)]

    def checked(self) -> Self:
        """Check the length of a Peruvian tax number (RUC: eleven digits)."""
        if self.scheme == "PE-RUC" and not re.fullmatch(r"[0-9]{11}", self.id):
            msg = f"{self.id!r} is not a RUC: it has eleven digits"
            raise ValueError(msg)
        return self

    def __str__(self) -> str:
        """Write scheme and id in one."""
        return f"{self.scheme}:{self.id}"
