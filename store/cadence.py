"""Customers whom a member should contact today: those not contacted for longer than their level allows, and birthdays.

    for neglected in cadence.today(tx, actor, midnight): …   # at most five a day, the most valuable first

A logged contact restarts a customer's cadence; a customer with a planned follow-up is not listed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from store import access, customers
from store.access import Action, Actor
from store.db import Row, Tx
from store.rules.models import Customer, Level
from store.seal import unseal
from store.settings import get as setting
from store.times import from_ms, to_ms

#: Days without contact after which a customer is silent, the most valuable level first; a setting `cadence.<level>`
#: says otherwise, 0 never.
DAYS = {Level.VIP: 14, Level.IMPORTANT: 30, Level.REGULAR: 60, Level.POTENTIAL: 21}
#: How many of them one member is shown on a day: more would be read by nobody.
A_DAY = 5

_OPEN_STEP = (
    "SELECT min(f.created_at) FROM followup_{scope} f WHERE f.customer_id = c.id AND f.deleted_at IS NULL"
    " AND f.state IN ('planned', 'due', 'sent', 'acknowledged', 'missed')"
)


class Neglected(NamedTuple):
    """A customer and since when nobody has had contact with them."""

    customer: Customer
    since: datetime


def days(tx: Tx, level: Level) -> int:
    """After how many days a customer of this level is silent; 0: never."""
    return int(setting(tx, f"cadence.{level}", str(DAYS[level])))


def today(tx: Tx, actor: Actor, midnight: datetime) -> list[Neglected]:
    """The actor's own customers who are to hear from them today, and have not yet.

    Chosen as of `midnight`, where the actor's day began, so that a call at noon makes the list shorter and doesn't
    bring up another name.
    """
    access.stand(tx, actor)
    chosen: list[Row] = []
    sight = access.sights(actor, Action.REMIND)[0]
    step = _OPEN_STEP.format(scope=sight.scope)
    for level in DAYS:
        limit = days(tx, level)
        if not limit or len(chosen) >= A_DAY:
            continue
        # The inner SELECT is cheap: it looks at the columns of the customer alone, and leaves few.
        chosen += tx.all(
            f"SELECT * FROM (SELECT c.*, coalesce((SELECT max(k.at) FROM contact_clock k WHERE k.customer_id = c.id"
            f" AND k.at < :today), c.created_at) AS heard_at, ({step}) AS step_at FROM customer_{sight.scope} c"
            " WHERE c.owner_id = :me AND c.level = :level AND c.deleted_at IS NULL AND c.stage <> 'lapsed'"
            " AND c.created_at < :since"
            " AND (c.last_contact_at IS NULL OR c.last_contact_at < :since OR c.last_contact_at >= :today))"
            " WHERE heard_at < :since AND (step_at IS NULL OR step_at >= :today) ORDER BY heard_at, id LIMIT :most",
            me=actor.id, level=level, today=to_ms(midnight), since=to_ms(midnight - timedelta(days=limit)),
            most=A_DAY - len(chosen),
        )  # fmt: skip
    return [
        Neglected(customers.from_row(row, sight), from_ms(row["heard_at"]))
        for row in chosen
        if row["step_at"] is None and (row["last_contact_at"] is None or row["last_contact_at"] < to_ms(midnight))
    ]


def birthdays(tx: Tx, actor: Actor, today: date) -> list[Customer]:
    """The actor's own customers whose birthday it is; who was born on 29 February has it on the 28th in other years.

    A birthday is sealed like everything that is personal: the customers of one member are few enough to look at each.
    """
    access.stand(tx, actor)
    days = {f"{today:%m-%d}"} | ({"02-29"} if (today + timedelta(days=1)).strftime("%m-%d") == "03-01" else set())
    sight = access.sights(actor, Action.REMIND)[0]
    rows = tx.all(
        f"SELECT * FROM customer_{sight.scope} WHERE owner_id = :me AND deleted_at IS NULL ORDER BY id", me=actor.id
    )
    born = [row for row in rows if unseal(row["key_id"], row["key"], row["sealed"]).get("birthday") in days]
    return [customers.from_row(row, sight) for row in born]
