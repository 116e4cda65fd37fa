"""A small firm for tests of members, teams and invites, and what each of them does in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from store import staff, team_tree
from store.access import Actor
from store.db import Book, Tx
from store.rules.models import Member, Role

T = TypeVar("T")
P = ParamSpec("P")


class Firm:
    """An owner; 总部 with 华东 below it, 华南 beside; a manager and a salesperson in 华东, another in 华南."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ids: dict[str, int] = {}
        self.teams: dict[str, int] = {}
        self._telegram = 1000

    async def begin(self) -> None:
        code = await self.book.write(lambda tx: staff.invite(tx, None, Role.OWNER, None))
        self.ids["owner"] = (await self.join(code, "陈总")).id
        for title, parent in (("总部", None), ("华东", "总部"), ("华南", None)):
            above = self.teams[parent] if parent else None
            self.teams[title] = await self.does("owner", team_tree.add, title, above)
        await self.hires("manager", Role.MANAGER, "华东")
        await self.hires("seller", Role.SALESPERSON, "华东")
        await self.hires("other", Role.SALESPERSON, "华南")

    async def join(self, code: str, name: str, *, telegram_id: int = 0, language: str = "zh") -> Member:
        self._telegram += 1
        who = telegram_id or self._telegram
        return await self.book.write(
            lambda tx: staff.join(tx, code, staff.Newcomer(who, who, name, language, "Asia/Shanghai"))
        )

    async def hires(self, nickname: str, role: Role, team: str) -> Member:
        code = await self.does("owner", staff.invite, role, self.teams[team])
        member = await self.join(code, nickname)
        self.ids[nickname] = member.id
        return member

    async def does(
        self, nickname: str, work: Callable[Concatenate[Tx, Actor, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        def whole(tx: Tx) -> T:
            return work(tx, staff.as_actor(tx, self.ids[nickname]), *args, **named)

        return await self.book.write(whole)

    async def changed(
        self, nickname: str, work: Callable[Concatenate[Tx, Actor, P], object], *args: P.args, **named: P.kwargs
    ) -> int:
        """Does it, and returns the change that it made."""

        def whole(tx: Tx, actor: Actor) -> int:
            work(tx, actor, *args, **named)
            assert tx.change is not None
            return tx.change

        return await self.does(nickname, whole)

    async def member(self, nickname: str) -> Member:
        return await self.does("owner", staff.member, self.ids[nickname])

    async def reach(self, nickname: str) -> set[int]:
        rows = await self.book.read(
            lambda tx: tx.all("SELECT team_id FROM reach WHERE staff_id = :id", id=self.ids[nickname])
        )
        return {row["team_id"] for row in rows}
