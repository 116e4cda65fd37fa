"""`kehu demo --script`: one day of a company over the same HTTP as the page, printed as its people read it.

Each step says what a person does and what they must then see; a step that sees anything else ends the day with exit code 1.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo import seed
from bot.demo.stage import Scene, stage
from bot.demo.standin import People, Person, Unseen

_WITHIN = 15.0


@dataclass(frozen=True)
class Words:
    """What the people of the day type, tap and must see, in one language."""

    newcomer: str
    invite: tuple[str, ...]
    welcome: str
    line: str
    card: tuple[str, ...]
    save: str
    saved: str
    pinyin: str
    edit: tuple[str, str]
    phone: tuple[str, str]
    undo: str
    undone: tuple[str, str]
    ring: tuple[str, ...]
    done: str
    acknowledged: str
    complaint: tuple[str, str]
    take: tuple[str, str]
    consent: tuple[str, str]
    rate: tuple[str, str]
    word: tuple[str, str]
    week: str
    week_holds: str
    stranger: tuple[str, str]


async def play(language: str) -> int:
    """Plays the day; 0 when every step said what it should."""
    async with stage(language=language, port=0) as scene, People(scene.standin.url, scene.access) as people:
        script = _Day(scene, people, WORDS[language])
        try:
            for scene_of_day in script.scenes():
                await scene_of_day()
        except (Unseen, LookupError) as missed:
            _say(f"\n✗ {missed}")
            return 1
        _say(f"\n✓ {script.steps}")
        return 0


class _Day:
    def __init__(self, scene: Scene, people: People, words: Words) -> None:
        self._scene = scene
        self._people = people
        self._words = words
        self.steps = 0

    def scenes(self) -> list[Callable[[], Awaitable[None]]]:
        """The day in order."""
        return [
            self.enrol, self.capture, self.find, self.edit_and_undo, self.remind, self.complain, self.rate,
            self.week, self.refuse,
        ]  # fmt: skip

    async def _person(self, telegram_id: int) -> Person:
        return await self._people.known(telegram_id)

    async def _says(self, person: Person, text: str) -> None:
        _say(f"\n{person.name} ▸ {text}")
        await person.says(text)

    async def _taps(self, person: Person, label: str) -> None:
        _say(f"\n{person.name} ▸ [{label}]")
        await person.taps(label)

    async def _sees(self, person: Person, *texts: str) -> str:
        bubble = await person.sees(*texts, within=_WITHIN)
        rows = [f"    [{'] ['.join(row)}]" for row in _rows(bubble.buttons)]
        _say("\n".join([*(f"  {line}" for line in bubble.text.splitlines()), *rows]))
        self.steps += 1
        return str(bubble.text)

    async def _moves(self, to: datetime) -> None:
        _say(f"\n── {to:%a %Y-%m-%d %H:%M} ──")
        await self._people.call("POST", "/control/clock", {"now": to.timestamp()})
