"""The cells of the customer's side: what a known customer may, and what a visitor with what they wrote themselves."""

from __future__ import annotations

from collections.abc import Callable

from store import (
    complaints,
    feedback,
    guests,
    own_data,
    staff,
)
from store.access import Action, Actor
from store.db import Book, Tx
from store.errors import KehuError, NotAllowed
from store.rules.models import Role
from tests.store.permission_world import VERBS, bound, guest, settle, tried
from tests.store.permissions import (
    GUESTS,
    VISITORS,
    table,
)


async def test_the_customers_side(book: Book) -> None:
    world = await book.write(lambda tx: settle(tx, Role.SALESPERSON))
    expected = table(GUESTS)
    found = {
        name: {
            at: await tried(book, lambda _: guest(world.customers["own"]), bound(VERBS[Action(name)], world, at))
            for at in row
        }
        for name, row in expected.items()
    }
    assert found == expected


async def test_a_visitors_side(book: Book) -> None:
    world = await book.write(lambda tx: settle(tx, Role.SALESPERSON))

    def come(tx: Tx) -> Actor:
        boss = staff.as_actor(tx, world.members["owner"])
        token = guests.link(tx, boss, world.customers["own"])
        visitor = guests.consent(tx, token, telegram_id=901, chat_id=901, language="zh")
        world.cases["written"] = complaints.add(tx, visitor, visitor.customer_id, "还没到").id
        world.feedbacks["written"] = feedback.rate(tx, visitor, 3).id
        return visitor

    visitor = await book.write(come)
    for part in (world.customers, world.cases, world.feedbacks):
        part["customer"] = part["own"]
    world.customers["written"] = world.customers["own"]

    def verb(name: str, at: str) -> Callable[[Tx, Actor], object]:
        def does(tx: Tx, actor: Actor) -> object:
            try:
                done = VERBS[Action(name)](tx, actor, world, at)
            except KehuError as error:
                if error.key == "prove_first":
                    raise NotAllowed from None
                raise
            return done.customer if isinstance(done, own_data.Held) else done

        return does

    expected = table(VISITORS)
    found = {name: {at: await tried(book, lambda _: visitor, verb(name, at)) for at in row}
             for name, row in expected.items()}  # fmt: skip
    assert found == expected
