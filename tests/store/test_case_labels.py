"""What cases are sorted by, and cases that repeat each other: who may, what it changes, what stays apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import pytest

from store import case_labels, case_queue, complaints, customers, feedback, guests, journal, proofs, staff
from store.access import Actor
from store.case_queue import Only, Queue
from store.db import Book, Tx
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.models import CaseStatus, Complaint, CustomerWords, Label, LabelKind, Role, Severity
from tests.house import settle

T = TypeVar("T")


class Desk:
    """A settled book; 张三 of 李雷's came through a link, 李四 did not."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ids: dict[str, int] = {}
        self.customers: dict[str, int] = {}
        self.guest: Actor

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        if who == "guest":
            return await self.book.write(lambda tx: work(tx, self.guest))
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def opens(self, text: str = "发货少了两箱", of: str = "张三", who: str = "li") -> Complaint:
        return await self.does(who, lambda tx, actor: complaints.add(tx, actor, self.customers[of], text))

    async def names(self, who: str, kind: LabelKind, name: str) -> Label:
        return await self.does(who, lambda tx, actor: case_labels.add(tx, actor, kind, name))

    async def sorts(self, who: str, case: Complaint, label: Label) -> Complaint:
        return await self.does(who, lambda tx, actor: complaints.sort(tx, actor, case.id, label.kind, label.id))

    async def merges(self, who: str, case: Complaint, into: Complaint) -> Complaint:
        return await self.does(who, lambda tx, actor: complaints.merge(tx, actor, case.id, into.id))

    async def sees(self, who: str, case: Complaint) -> Complaint:
        return await self.does(who, lambda tx, actor: complaints.get(tx, actor, case.id))


@pytest.fixture
async def desk(book: Book) -> Desk:
    desk = Desk(book)
    desk.ids = await book.write(lambda tx: settle(tx, "zh"))
    for name in ("张三", "李四"):
        words = CustomerWords(name=name)
        desk.customers[name] = (await desk.does("li", partial(customers.add, words=words))).id
    token = await desk.does("li", lambda tx, actor: guests.link(tx, actor, desk.customers["张三"]))
    guest = await book.write(lambda tx: guests.consent(tx, token, telegram_id=9, chat_id=9, language="zh"))
    await desk.does("li", lambda tx, actor: proofs.by_member(tx, actor, guest.guest_id))
    desk.guest = replace(guest, visitor=False)
    return desk


# Labels --------------------------------------------------------------------------------------------------------------


async def test_owners_extend_the_lists_and_those_who_handle_cases_name_causes(desk: Desk) -> None:
    product = await desk.names("boss", LabelKind.PRODUCT, " 净水器  X1 ")
    assert product.name == "净水器 X1"
    assert await desk.names("boss", LabelKind.PRODUCT, "净水器 x1") == product
    for who in ("wang", "su", "li"):
        with pytest.raises(NotAllowed):
            await desk.names(who, LabelKind.CATEGORY, "安装")
    for who in ("wang", "su"):
        assert (await desk.names(who, LabelKind.CAUSE, f"{who} 发现的")).kind is LabelKind.CAUSE
    with pytest.raises(NotAllowed):
        await desk.names("li", LabelKind.CAUSE, "不归我说")
    with pytest.raises(Invalid):
        await desk.names("boss", LabelKind.CATEGORY, "  \n")


async def test_what_was_taken_off_stays_on_its_cases_and_comes_back_with_its_name(desk: Desk) -> None:
    product = await desk.names("boss", LabelKind.PRODUCT, "净水器")
    case = await desk.sorts("su", await desk.opens(), product)
    await desk.does("boss", lambda tx, actor: case_labels.remove(tx, actor, product.id))
    assert (await desk.sees("su", case)).product is not None
    with pytest.raises(NotAllowed):
        await desk.sorts("su", await desk.opens(), product)
    with pytest.raises(NotAllowed):
        await desk.does("su", lambda tx, actor: case_labels.remove(tx, actor, product.id))
    assert (await desk.names("boss", LabelKind.PRODUCT, "净水器")).id == product.id


async def test_who_logged_a_case_sorts_it_but_does_not_say_what_caused_it(desk: Desk) -> None:
    case = await desk.opens()
    category = (await desk.does("li", lambda tx, _: case_labels.listed(tx, LabelKind.CATEGORY)))[0]
    cause = await desk.names("su", LabelKind.CAUSE, "仓库漏扫")
    assert (await desk.sorts("li", case, category)).category == category
    with pytest.raises(NotAllowed):
        await desk.sorts("li", case, cause)
    with pytest.raises(NotAllowed):
        await desk.sorts("li", await desk.opens(who="wang"), category)
    with pytest.raises(NotAllowed):  # a category is no product
        await desk.does("su", lambda tx, actor: complaints.sort(tx, actor, case.id, LabelKind.PRODUCT, category.id))
    assert (await desk.sorts("su", case, cause)).cause == cause


async def test_a_cause_that_was_named_for_a_case_is_taken_back_with_it(desk: Desk) -> None:
    case = await desk.opens()

    def name(tx: Tx, actor: Actor) -> int | None:
        cause = case_labels.add(tx, actor, LabelKind.CAUSE, "仓库漏扫")
        complaints.sort(tx, actor, case.id, LabelKind.CAUSE, cause.id)
        return tx.change

    change = await desk.does("su", name)
    assert change is not None
    await desk.does("su", lambda tx, actor: journal.undo(tx, actor, change))
    assert (await desk.sees("su", case)).cause is None
    assert await desk.does("su", lambda tx, _: case_labels.listed(tx, LabelKind.CAUSE)) == []


async def test_a_list_is_narrowed_by_all_that_cases_are_sorted_by(desk: Desk) -> None:
    cause = await desk.names("su", LabelKind.CAUSE, "仓库漏扫")
    first, second, _ = [await desk.opens(of=name) for name in ("张三", "李四", "李四")]
    for case in (first, second):
        await desk.sorts("su", case, cause)
    await desk.does("su", lambda tx, actor: complaints.set_severity(tx, actor, second.id, Severity.URGENT))

    def listed(only: Only) -> Callable[[Tx, Actor], set[int]]:
        def work(tx: Tx, actor: Actor) -> set[int]:
            found = {case.id for case in case_queue.page(tx, actor, Queue.ALL, only=only)}
            assert case_queue.count(tx, actor, Queue.ALL, only) == len(found)
            return found

        return work

    assert await desk.does("su", listed(Only(cause=cause.id))) == {first.id, second.id}
    assert await desk.does("su", listed(Only(Severity.URGENT, cause=cause.id))) == {second.id}
    assert await desk.does("su", listed(Only(product=cause.id))) == set()
    assert await desk.does("qian", listed(Only(cause=cause.id))) == set()


# The same complaint twice --------------------------------------------------------------------------------------------


async def test_a_repetition_is_closed_and_told_with_the_case_that_it_repeats(desk: Desk) -> None:
    first, second, third = [await desk.opens(text) for text in ("少了两箱", "还是少了", "又来")]
    await desk.does("guest", lambda tx, actor: complaints.hear(tx, actor, third.id, "在吗"))
    await desk.merges("su", third, second)
    into = await desk.merges("su", second, first)
    assert into.id == first.id
    for case in (second, third):
        merged = await desk.sees("su", case)
        assert (merged.status, merged.merged_into) == (CaseStatus.CLOSED, first.id)
    said = await desk.does("su", lambda tx, actor: complaints.messages(tx, actor, first.id))
    assert [one.text for one in said] == ["在吗"]
    assert await desk.does("su", lambda tx, actor: complaints.twins(tx, actor, second.id)) == [into]


async def test_a_merged_case_is_over_until_the_merging_is_taken_back(desk: Desk) -> None:
    first, second = await desk.opens(), await desk.opens()

    def merge(tx: Tx, actor: Actor) -> int | None:
        complaints.merge(tx, actor, second.id, first.id)
        return tx.change

    change = await desk.does("su", merge)
    refused: list[tuple[str, Callable[[Tx, Actor], object]]] = [
        ("su", lambda tx, actor: complaints.reopen(tx, actor, second.id)),
        ("guest", lambda tx, actor: complaints.reopen(tx, actor, second.id)),
        ("guest", lambda tx, actor: complaints.rate(tx, actor, second.id, 1)),
        ("guest", lambda tx, actor: complaints.hear(tx, actor, second.id, "在吗")),
        ("su", lambda tx, actor: complaints.merge(tx, actor, first.id, second.id)),
        ("su", lambda tx, actor: complaints.merge(tx, actor, second.id, first.id)),
    ]
    for who, work in refused:
        with pytest.raises(KehuError, match="no_longer"):
            await desk.does(who, work)
    assert change is not None
    await desk.does("su", lambda tx, actor: journal.undo(tx, actor, change))
    assert (await desk.sees("su", second)).status is CaseStatus.OPEN


async def test_cases_of_two_customers_are_never_one(desk: Desk) -> None:
    mine, other = await desk.opens(), await desk.opens(of="李四")
    for case, into in ((mine, other), (other, mine), (mine, mine)):
        with pytest.raises(NotAllowed):
            await desk.merges("su", case, into)
    for who in ("li", "qian", "guest"):
        with pytest.raises(NotAllowed):
            await desk.merges(who, mine, await desk.opens())


# The customer's side -------------------------------------------------------------------------------------------------


async def test_the_customer_sees_no_label_and_rates_a_closed_case_alone(desk: Desk) -> None:
    case = await desk.opens()
    await desk.sorts("su", case, await desk.names("su", LabelKind.CAUSE, "张三总是这样"))
    seen = await desk.sees("guest", case)
    assert (seen.category, seen.product, seen.cause) == (None, None, None)
    with pytest.raises(KehuError, match="no_longer"):
        await desk.does("guest", lambda tx, actor: feedback.rate_case(tx, actor, case.id, 5))
    await desk.does("su", lambda tx, actor: complaints.resolve(tx, actor, case.id, "补发"))
    await desk.does("guest", lambda tx, actor: complaints.close(tx, actor, case.id))
    with pytest.raises(Invalid):
        await desk.does("guest", lambda tx, actor: feedback.rate_case(tx, actor, case.id, 6))
    given = await desk.does("guest", lambda tx, actor: feedback.rate_case(tx, actor, case.id, 2))
    assert (given.score, given.complaint_id, (await desk.sees("su", case)).rating) == (2, case.id, 2)
    stranger = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=desk.customers["李四"])
    with pytest.raises(NotAllowed):
        await desk.book.write(lambda tx: feedback.rate_case(tx, stranger, case.id, 1))
    with pytest.raises(NotAllowed):
        await desk.does("su", lambda tx, actor: feedback.rate_case(tx, actor, case.id, 1))


async def test_how_a_case_moved_is_told_to_those_who_see_it(desk: Desk) -> None:
    case = await desk.opens()
    await desk.does("su", lambda tx, actor: complaints.take(tx, actor, case.id))
    for who in ("li", "su", "wang", "boss"):
        past = await desk.does(who, lambda tx, actor: journal.of_case(tx, actor, case.id))
        assert [one.after.get("status") for one in past] == ["open", "in_progress"]
    for who in ("han", "qian", "zhou"):
        with pytest.raises(NotAllowed):
            await desk.does(who, lambda tx, actor: journal.of_case(tx, actor, case.id))
