"""The people of store tests, as actors: the company of tests/house.py in an empty book."""

from __future__ import annotations

from dataclasses import dataclass

from store import customers, staff
from store.access import Actor
from store.db import Tx
from store.rules.models import Customer, CustomerWords, Phone
from tests.house import settle


@dataclass(frozen=True)
class People:
    """Everybody of the company, by nickname."""

    boss: Actor
    wang: Actor
    li: Actor
    han: Actor
    su: Actor
    qian: Actor
    zhou: Actor


def people(tx: Tx, language: str = "zh") -> People:
    """Writes the company into the book; its actors."""
    return People(**{nickname: staff.as_actor(tx, member) for nickname, member in settle(tx, language).items()})


def zhang(tx: Tx, owner: Actor, name: str = "张三", number: str = "+8613800138000") -> Customer:
    """A customer of somebody's."""
    words = CustomerWords(name=name, company="云帆科技", phones=(Phone(e164=number, raw=number),))
    return customers.add(tx, owner, words)
