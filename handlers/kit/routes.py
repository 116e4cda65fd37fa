"""Which words, commands and buttons lead to which feature.

A feature module holds one `Routes` and decorates its functions:

    routes = Routes()

    @routes.command("find", Action.FIND)
    @routes.verb("find", Action.FIND)
    def find(req: Request) -> Reply: ...

A route names the action that it needs and whether it writes. Nothing binds a route to a person but the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from handlers.kit.reply import Message, Reply
from handlers.kit.request import Request
from store.access import Action
from store.db import Tx

Feature = Callable[[Request], Reply]
#: What the clock does: given the transaction, the messages that follow. It writes, claims, and never does a thing
#: twice.
Tick = Callable[[Tx], list[Message]]
#: Long work in short steps: does the next one and returns the messages that follow; None when there is nothing left.
Chore = Callable[[Tx], list[Message] | None]


@dataclass(frozen=True, slots=True)
class Route:
    """A way into a feature. `name` is also the cause that the journal keeps."""

    name: str
    action: Action
    writes: bool
    run: Feature
    keeps_form: bool = False


@dataclass
class Routes:
    """The ways into the features of one module, or, joined, of all."""

    commands: dict[str, Route] = field(default_factory=dict)
    buttons: dict[str, Route] = field(default_factory=dict)
    verbs: dict[str, Route] = field(default_factory=dict)
    kinds: dict[str, Route] = field(default_factory=dict)
    starts: dict[str, Route] = field(default_factory=dict)
    ticks: list[Tick] = field(default_factory=list)
    chores: list[Chore] = field(default_factory=list)

    def command(
        self, name: str, action: Action, *, writes: bool = False, keeps_form: bool = False
    ) -> Callable[[Feature], Feature]:
        """`/name`, whatever follows it becoming `req.text`."""
        return self._in(self.commands, name, action, writes, keeps_form)

    def button(
        self, name: str, action: Action, *, writes: bool = False, keeps_form: bool = False
    ) -> Callable[[Feature], Feature]:
        """A button whose data begins with `name`; what follows becomes `req.args`."""
        return self._in(self.buttons, name, action, writes, keeps_form)

    def verb(
        self, name: str, action: Action, *, writes: bool = False, keeps_form: bool = False
    ) -> Callable[[Feature], Feature]:
        """A plain line that `handlers.understand.verbs` reads as this verb; the rest becomes `req.text`."""
        return self._in(self.verbs, name, action, writes, keeps_form)

    def kind(self, name: str, action: Action, *, writes: bool = False) -> Callable[[Feature], Feature]:
        """What nothing else takes: "fill", "correct", "finish", "move", "change", "capture", "search" for lines of
        staff, "contact", "file", "forward", "inline", "guest", "proof", "stranger".
        """
        return self._in(self.kinds, name, action, writes)

    def start(self, prefix: str, action: Action, *, writes: bool = False) -> Callable[[Feature], Feature]:
        """A deep link `/start <prefix>…`; what follows the prefix becomes `req.text`."""
        return self._in(self.starts, prefix, action, writes)

    def tick(self, work: Tick) -> Tick:
        """Something that the clock asks for at each tick."""
        self.ticks.append(work)
        return work

    def chore(self, work: Chore) -> Chore:
        """Long work that goes on in steps between other people's transactions."""
        self.chores.append(work)
        return work

    def _in(
        self, table: dict[str, Route], name: str, action: Action, writes: bool, keeps_form: bool = False
    ) -> Callable[[Feature], Feature]:
        def bind(run: Feature) -> Feature:
            if name in table:
                raise ValueError(f"two routes are called {name}")
            cause = f"{run.__module__.rpartition('.')[2]}.{run.__name__}"
            table[name] = Route(cause, action, writes, run, keeps_form)
            return run

        return bind


def join(parts: Iterable[Routes]) -> Routes:
    """All routes of all modules in one. Raises ValueError where two have the same name."""
    whole = Routes()
    for part in parts:
        for name in ("commands", "buttons", "verbs", "kinds", "starts"):
            mine, theirs = getattr(whole, name), getattr(part, name)
            if mine.keys() & theirs.keys():
                raise ValueError(f"two routes are called {mine.keys() & theirs.keys()}")
            mine.update(theirs)
        whole.ticks += part.ticks
        whole.chores += part.chores
    return whole
