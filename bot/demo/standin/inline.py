"""The answers to inline queries: shown to who asked, and kept as Telegram's servers keep them.

``methods.answering`` brings what the bot answered, ``occasions`` what a person typed. A bot that forgets
``is_personal`` shows one person's results to the next who types the same words, here as there. Example::

    answer = world.inline_cache.find(query)
    if answer is not None:
        show_inline(world, query, answer)
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.demo.standin.clock import Clock
from bot.demo.standin.refusals import Json

if TYPE_CHECKING:
    from bot.demo.standin.world import Query, World

KEPT: Final = 1_000
"""Answers that are kept at a time."""


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot answered, checked; each result has its message under ``content``."""

    results: list[Json]
    button: Json | None
    next_offset: str


class InlineCache:
    """Answers by their words and offset, for everybody or for the one who asked.

    Telegram may keep an answer for ``cache_time`` seconds (https://core.telegram.org/bots/api#answerinlinequery); here
    it always does, so that what may happen there is seen here.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str, int | None], tuple[float, InlineAnswer]] = OrderedDict()

    def keep(self, query: Query, answer: InlineAnswer, seconds: int, *, personal: bool) -> None:
        """Keep an answer for whole ``seconds``; none for 0."""
        if seconds <= 0:
            return
        key = (query.text, query.offset, query.person.id if personal else None)
        self._kept.pop(key, None)
        self._kept[key] = (self._clock.now() + seconds, answer)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def find(self, query: Query) -> InlineAnswer | None:
        """The answer that Telegram gives without asking the bot; None if it has to ask."""
        for whose in (query.person.id, None):
            until, answer = self._kept.get((query.text, query.offset, whose), (0.0, None))
            if until > self._clock.now():
                return answer
        return None


def show_inline(world: World, query: Query, answer: InlineAnswer) -> None:
    """The results on the phone of who asked, who may now choose one of them."""
    query.answered = True
    query.results = answer.results
    event = {
        "type": "inline_results",
        "person": query.person.id,
        "query_id": query.id,
        "results": [{key: value for key, value in result.items() if key != "content"} for result in answer.results],
        "button": answer.button,
        "next_offset": answer.next_offset,
    }
    world.tell(event, [query.person.id])
