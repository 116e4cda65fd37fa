"""The kinds and states of customers' requests about their own data."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from store.rules.models import Record


class AskedWhat(StrEnum):
    """The kinds of requests."""

    CORRECT = "correct"
    ERASE = "erase"
    IDENTITY = "identity"  # to be known as the customer


class AskedState(StrEnum):
    """The states of a request."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class DataRequest(Record):
    """What a customer asked about their own data. `value`: what `field` should hold, as drafts keep it; of somebody who
    wants to be known as the customer, how Telegram calls them. `guest_id`: who asked. `doubtful`: who asked has not
    shown that they are the customer.
    """

    customer_id: int
    what: AskedWhat
    field: str
    state: AskedState
    due_at: datetime
    asked_at: datetime | None = None
    value: Any = None
    guest_id: int | None = None
    doubtful: bool = False
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is AskedState.OPEN

    @property
    def accepted(self) -> bool:
        """Whether it is an erasure that was granted and is to be done yet: once it is done, nothing of it is left."""
        return self.what is AskedWhat.ERASE and self.state is AskedState.GRANTED

    @property
    def pending(self) -> bool:
        """Whether something is still owed: an answer, or the erasing."""
        return self.open or self.accepted
