"""What goes wrong on request: refusals, slowness, broken and silent connections.

``control`` and tests add faults, ``bot_api`` asks for those of each request. Example::

    standin.faults.add(Fault(kind="error", method="sendMessage", code=429, retry_after=2, times=1))
    standin.faults.add(Fault(kind="drop_after", method="sendMessage", times=1))     # delivered, but the bot can't know
"""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from http.client import responses
from typing import Final

from bot.demo.standin.refusals import Json, Refusal, migrated, too_many_requests

KINDS: Final = ("error", "slow", "drop_before", "drop_after", "hang_before", "hang_after")
_WORDS: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
}


@dataclass(slots=True)
class Fault:
    """One rule. ``method`` (any case) and ``chat`` narrow it; the first ``skip`` requests pass; it ends after ``times``
    hits.

    ``seconds``: how long ``slow`` waits and ``hang_…`` stays silent. ``probability`` (0-1) with a ``seed`` makes it
    random, the same each run. Raises ValueError for an unknown kind or numbers out of range.
    """

    kind: str
    method: str = ""
    chat: int | None = None
    code: int = 500
    description: str = ""
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    seconds: float = 30.0
    times: int | None = None
    skip: int = 0
    probability: float = 1.0
    seed: int = 0
    id: int = 0
    hits: int = 0
    _random: random.Random = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a fault's kind is one of {', '.join(KINDS)}")
        if not 0 <= self.seconds <= 86_400 or not 0 <= self.probability <= 1:
            raise ValueError("seconds are 0 to 86,400, a probability is 0 to 1")
        self._random = random.Random(self.seed)  # noqa: S311 - repeatable, guards nothing

    def concerns(self, method: str, chat: object) -> bool:
        """Whether a request falls under it, chance left aside."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method and self.method.lower() != method.lower():
            return False
        return self.chat is None or str(chat) == str(self.chat)

    def strikes(self) -> bool:
        """Whether it happens to this request; counts it."""
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.probability < 1 and self._random.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def refusal(self) -> Refusal:
        """The answer of an ``error``."""
        if self.code == 429:
            return too_many_requests(self.retry_after or 1)
        if self.migrate_to_chat_id is not None:
            return migrated(self.migrate_to_chat_id)
        return Refusal(self.code, self.description or _WORDS.get(self.code) or responses.get(self.code, "Error"))

    def as_json(self) -> Json:
        """For the control side."""
        out = asdict(self)
        del out["_random"]
        return out


_TYPES: Final[dict[str, type]] = {
    "kind": str,
    "method": str,
    "description": str,
    "chat": int,
    "code": int,
    "retry_after": int,
    "migrate_to_chat_id": int,
    "times": int,
    "skip": int,
    "seed": int,
    "seconds": float,
    "probability": float,
}


def _fits(value: object, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind) and not isinstance(value, bool)


def fault_from(given: Json) -> Fault:
    """A fault from its JSON; raises ValueError for what a fault doesn't have."""
    for name, value in given.items():
        kind = _TYPES.get(name)
        if kind is None:
            raise ValueError(f"a fault has no {name}")
        if not _fits(value, kind):
            raise ValueError(f"a fault's {name} is not of its type")
    if "kind" not in given:
        raise ValueError("a fault needs a kind")
    return Fault(**given)


class Faults:
    """The rules in force, asked in the order in which they came."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self._next = 1

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force."""
        fault.id = self._next
        self._next += 1
        self.rules.append(fault)
        return fault

    def remove(self, fault_id: int) -> None:
        """Take one back."""
        self.rules = [rule for rule in self.rules if rule.id != fault_id]

    def clear(self) -> None:
        """Take all back."""
        self.rules.clear()

    def strike(self, method: str, chat: object) -> tuple[float, Fault | None]:
        """What happens to a request: seconds of delay (of all slow rules), and the first failure."""
        delay = 0.0
        failure: Fault | None = None
        for rule in self.rules:
            if not rule.concerns(method, chat) or (failure is not None and rule.kind != "slow"):
                continue
            if rule.strikes():
                if rule.kind == "slow":
                    delay += rule.seconds
                else:
                    failure = rule
        self.rules = [rule for rule in self.rules if rule.times is None or rule.hits < rule.times]
        return delay, failure
