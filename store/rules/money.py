"""Money as it is kept: whole minor units of a currency, never a float.

>>> of(Decimal("32000.5"), Currency.CNY), of(Decimal("0.005"), Currency.USD), of(Decimal(1200), Currency.JPY)
(Money(minor=3200050, currency=<Currency.CNY: 'CNY'>), None, Money(minor=1200, currency=<Currency.JPY: 'JPY'>))
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

#: Beyond a thousand billion it is no price.
MOST = 10**12


class Currency(StrEnum):
    """The currencies that a deal can be in, by their code (ISO 4217)."""

    CNY = "CNY"
    USD = "USD"
    EUR = "EUR"
    GBP = "GBP"
    HKD = "HKD"
    TWD = "TWD"
    SGD = "SGD"
    AUD = "AUD"
    CAD = "CAD"
    JPY = "JPY"
    KRW = "KRW"

    @property
    def digits(self) -> int:
        """The number of decimals of a currency's minor unit (ISO 4217, list one)."""
        return 0 if self in (Currency.JPY, Currency.KRW) else 2


class Money(BaseModel):
    """An amount in minor units: 1,250 of USD is $12.50."""

    model_config = ConfigDict(frozen=True)

    minor: int
    currency: Currency

    @property
    def major(self) -> Decimal:
        """The same as people say it."""
        return Decimal(self.minor).scaleb(-self.currency.digits)


def of(amount: Decimal, currency: Currency) -> Money | None:
    """An amount as people say it; None for what no one pays: nothing, less, too much, or a part of the minor unit."""
    minor = amount.scaleb(currency.digits)
    if not 0 < amount < MOST or minor != int(minor):
        return None
    return Money(minor=int(minor), currency=currency)
