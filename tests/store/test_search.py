"""Who is found, by whom, and what nobody is told."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.clock import Clock
from store import complaints, customers, interactions, journal, kinds, search, search_index
from store.access import Actor
from store.db import Book, Tx
from store.errors import NotAllowed
from store.rules.models import Contacted, Customer, CustomerWords, Phone, Role
from store.search import Found
from tests.store.people import People, people

FILLER = [f"{surname}{given}" for surname in "赵钱孙李周吴郑王" for given in ("建国", "秀英", "海燕")]


@dataclass
class Desk:
    """An open book with its people, and what they do."""

    book: Book
    who: People

    async def add(self, actor: Actor, name: str, company: str = "", *, phone: str = "", email: str = "") -> Customer:
        """`actor` adds a customer."""
        words = CustomerWords(
            name=name,
            company=company,
            phones=(Phone(e164=phone, raw=phone),) if phone else (),
            emails=(email,) if email else (),
        )
        added = await self.book.write(lambda tx: customers.add(tx, actor, words))
        assert added == await self.book.read(lambda tx: customers.get(tx, actor, added.id))
        return added

    async def find(self, actor: Actor, text: str, limit: int = search.PAGE) -> Found:
        """What `actor` finds, whether the index already knows whom it is about or not."""
        fresh = await self.book.read(lambda tx: search.find(tx, actor, text, limit=limit))
        while await self.book.write(search_index.catch_up):
            pass
        found = await self.book.read(lambda tx: search.find(tx, actor, text, limit=limit))
        assert found == fresh
        return found

    async def names(self, actor: Actor, text: str) -> list[str]:
        """The names of whom `actor` finds, the best first."""
        return [customer.name for customer in (await self.find(actor, text)).customers]

    async def tidy(self) -> None:
        """What the clock does in a quiet hour."""
        while await self.book.write(search_index.catch_up):
            pass
        while await self.book.write(search_index.tidy):
            pass

    async def release(self, customer: Customer) -> None:
        """The customer goes to the team's pool."""

        def work(tx: Tx) -> None:
            tx.acts_for(staff=self.who.boss.id)
            row = tx.one("SELECT * FROM customer_all WHERE id = :id", id=customer.id)
            assert row is not None
            journal.update(tx, self.who.boss, kinds.CUSTOMER, row, {"owner_id": None})

        await self.book.write(work)


@pytest.fixture
async def desk(book: Book) -> Desk:
    return Desk(book, await book.write(people))


async def test_a_salesperson_finds_their_own_by_anything(desk: Desk) -> None:
    li = desk.who.li
    await desk.add(li, "曾国藩", "重庆银行股份有限公司", phone="+8613800138000", email="zeng.gf@cqbank.com")
    for query in (
        "曾",
        "曾国",
        "曾國藩",
        "ceng",
        "zeng guofan",
        "zgf",
        "重庆",
        "cqyh",
        "8000",
        "138-0013",
        "@cqbank",
        "曾 8000",
    ):
        assert await desk.names(li, query) == ["曾国藩"], query


async def test_a_colleagues_customer_is_found_by_nobody_else_but_those_above(desk: Desk) -> None:
    await desk.add(desk.who.li, "张三", phone="+8613800138000")
    for stranger in (desk.who.han, desk.who.zhou, desk.who.qian):
        for query in ("张三", "zhangsan", "zs", "8000", "13800138000", "章三"):
            assert await desk.find(stranger, query) == Found([])
    for insider in (desk.who.wang, desk.who.boss):
        assert await desk.names(insider, "8000") == ["张三"]


async def test_the_pool_is_found_masked_and_only_by_name(desk: Desk) -> None:
    await desk.release(
        await desk.add(desk.who.li, "张三", "云帆科技", phone="+8613800138000", email="zhangsan@yunfan.cn")
    )
    for colleague in (desk.who.li, desk.who.han):
        for query in ("张三", "zhangsan", "zs", "云帆", "yunfan", "张叁", "zhnagsan"):
            (found,) = (await desk.find(colleague, query)).customers
            assert found.masked
            assert found.phones[0].e164 == "+86 138****00"
    assert await desk.names(desk.who.zhou, "张三") == []


@pytest.mark.parametrize(
    "query",
    ["13800138000", "138", "8000", "+86 138 0013 8000", "zhangsan@yunfan.cn", "@yunfan", "yunfan.cn",
     "zhangsna@yunfan.cn",
     "张三 8000", "张三 138", "张三 @yunfan"],
)  # fmt: skip
async def test_searching_a_hidden_contact_confirms_nothing(desk: Desk, query: str) -> None:
    """Neither in the pool nor among the team's customers that support sees masked."""
    held = await desk.add(desk.who.li, "张三", "远航科技", phone="+8613800138000", email="zhangsan@yunfan.cn")
    assert await desk.find(desk.who.su, query) == Found([])
    await desk.release(held)
    assert await desk.find(desk.who.han, query) == Found([])


async def test_support_finds_in_the_clear_while_a_case_is_open(desk: Desk) -> None:
    su = desk.who.su
    zhang = await desk.add(desk.who.li, "张三", phone="+8613800138000")

    def open_case(tx: Tx) -> None:
        case = complaints.add(tx, su, zhang.id, "漏水")
        complaints.take(tx, su, case.id)

    assert await desk.names(su, "8000") == []
    await desk.book.write(open_case)
    for query in ("8000", "张三", "zs", "张叁"):
        (found,) = (await desk.find(su, query)).customers
        assert not found.masked
        assert found.phones[0].e164 == "+8613800138000"


async def test_whole_then_start_then_end_then_inside_then_recent(desk: Desk) -> None:
    li = desk.who.li
    for name in ("小张三丰", "张三丰", "小张三", "张三"):
        await desk.add(li, name)
    assert await desk.names(li, "张三") == ["张三", "张三丰", "小张三", "小张三丰"]


async def test_among_equals_the_last_contact_comes_first(desk: Desk, clock: Clock) -> None:
    li = desk.who.li
    first = await desk.add(li, "张伟")
    await desk.add(li, "张伟", "云帆科技")
    clock.set(clock() + timedelta(minutes=1))
    await desk.book.write(lambda tx: interactions.add(tx, li, first.id, "来电", Contacted.CALL))
    found = (await desk.find(li, "张伟")).customers
    assert [customer.company for customer in found] == ["", "云帆科技"]


async def test_own_customers_come_before_the_pool(desk: Desk) -> None:
    await desk.release(await desk.add(desk.who.han, "张三"))
    await desk.add(desk.who.li, "张三丰")
    found = (await desk.find(desk.who.li, "张三")).customers
    assert [(customer.name, customer.masked) for customer in found] == [("张三丰", False), ("张三", True)]


async def test_it_says_when_there_are_more(desk: Desk) -> None:
    for _ in range(9):
        await desk.add(desk.who.li, "王芳")
    found = await desk.find(desk.who.li, "王芳")
    assert (len(found.customers), found.more) == (8, True)
    found = await desk.find(desk.who.li, "王芳", limit=9)
    assert (len(found.customers), found.more) == (9, False)


async def test_the_exact_name_is_not_lost_among_a_hundred_newer_longer_ones(desk: Desk) -> None:
    li = desk.who.li
    await desk.add(li, "王芳")

    def crowd(tx: Tx) -> None:
        for number in range(2 * search.CAP):
            customers.add(tx, li, CustomerWords(name=f"王芳{FILLER[number % len(FILLER)][1:]}"))

    await desk.book.write(crowd)
    for query in ("王芳", "wangfang", "wang fang", "wf"):
        assert (await desk.names(li, query))[0] == "王芳", query


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("zhangsna", "zhangsan"), ("zhnag san", "zhang san"), ("zhang sna", "zhangsan"), ("张叁", "张三"),
     ("yunfna", "yunfan"),
     ("云翻 8000", "云帆 8000"), ("san@yunfan.con", "san@yunfan.com"), ("smyth", "smith")],
)  # fmt: skip
async def test_one_slip_is_forgiven_and_said(desk: Desk, typed: str, meant: str) -> None:
    await desk.add(desk.who.li, "张三", "上海云帆科技有限公司", phone="+8613800138000", email="san@yunfan.com")
    await desk.add(desk.who.li, "Alice Smith")
    found = await desk.find(desk.who.li, typed)
    assert found.corrected == meant
    assert found.customers[0].name == ("Alice Smith" if typed == "smyth" else "张三")


async def test_nothing_is_guessed_while_something_is_found(desk: Desk) -> None:
    await desk.add(desk.who.li, "张三")
    await desk.add(desk.who.li, "张散")
    found = await desk.find(desk.who.li, "张散")
    assert ([customer.name for customer in found.customers], found.corrected) == (["张散"], None)


@pytest.mark.parametrize(
    "typed", ["13800138001", "1380 0139", "张四", "zhnagsna", "abc", "", "   ", "|", '"', "*", "。"]
)
async def test_what_fits_nobody_finds_nobody(desk: Desk, typed: str) -> None:
    await desk.add(desk.who.li, "张三", "云帆科技", phone="+8613800138000")
    assert await desk.find(desk.who.li, typed) == Found([])


@pytest.mark.parametrize(
    "typed", ['张三" OR "o:0', "NOT 张三 AND", "^zs* NEAR(", "words:张三", "张三|", "o:3", "=张三", "~138"]
)
async def test_the_index_is_asked_nothing_but_words(desk: Desk, typed: str) -> None:
    """A query may hold anything at all: it finds whom its words find, or nobody, and never fails."""
    await desk.add(desk.who.han, "张三", phone="+8613800138000")
    assert await desk.find(desk.who.li, typed) == Found([])


async def test_any_line_can_be_searched(desk: Desk) -> None:
    await desk.add(desk.who.han, "张三", phone="+8613800138000")
    dice = random.Random(3)
    for _ in range(300):
        line = "".join(dice.choices("张三zs138 \"'()*^~=:-+@._|\\\n\0\ud800é🙂ＡNOTORD", k=dice.randint(1, 30)))
        assert (await desk.find(desk.who.li, line)).customers == []


async def test_a_renamed_customer_is_found_by_the_new_name_only(desk: Desk) -> None:
    li = desk.who.li
    zhang = await desk.add(li, "张三", phone="+8613800138000")
    await desk.book.write(lambda tx: customers.change(tx, li, zhang.id, zhang.version, {"name": "李四"}))
    assert await desk.names(li, "李四") == ["李四"]
    assert await desk.names(li, "张三") == []
    assert await desk.names(li, "8000") == ["李四"]


async def test_who_is_added_is_found_at_once_however_many(desk: Desk) -> None:
    """One by one, their tokens are written by the eight; together, all at once."""
    li = desk.who.li
    pending = "SELECT count(*) FROM customer_find_fresh"

    async def found() -> int:
        return len(await desk.book.read(lambda tx: search.find(tx, li, "客户", limit=99).customers))

    for number in range(1, search_index.FRESH + 3):
        await desk.add(li, f"客户{number}")
        assert await found() == number
        assert await desk.book.read(lambda tx: tx.value(pending)) == number % search_index.FRESH
    await desk.book.write(
        lambda tx: [customers.add(tx, li, CustomerWords(name=f"客户 {at}")) for at in range(30)] and None
    )
    assert await found() == search_index.FRESH + 32
    assert await desk.book.read(lambda tx: tx.value(pending)) == 0


async def test_an_undone_customer_is_found_no_more(desk: Desk) -> None:
    li = desk.who.li
    await desk.add(li, "张三")

    def undo(tx: Tx) -> None:
        change = journal.last_change(tx, li)
        assert change is not None
        journal.undo(tx, li, change)

    await desk.book.write(undo)
    assert await desk.find(li, "张三") == Found([])


async def test_a_customer_who_changes_hands_changes_finders(desk: Desk) -> None:
    zhang = await desk.add(desk.who.li, "张三")

    def hand_over(tx: Tx) -> None:
        tx.acts_for(staff=desk.who.boss.id)
        row = tx.one("SELECT * FROM customer_all WHERE id = :id", id=zhang.id)
        assert row is not None
        journal.update(tx, desk.who.boss, kinds.CUSTOMER, row, {"owner_id": desk.who.han.id})

    await desk.book.write(hand_over)
    assert await desk.names(desk.who.han, "张三") == ["张三"]
    assert await desk.names(desk.who.li, "张三") == []


async def test_a_token_never_permits(desk: Desk) -> None:
    """When owners change in bulk their tokens follow later; the predicate's columns follow at once."""
    zhang = await desk.add(desk.who.li, "张三")
    await desk.book.write(
        lambda tx: tx.run("UPDATE customer SET owner_id = :han WHERE id = :id", han=desk.who.han.id, id=zhang.id)
    )
    assert await desk.names(desk.who.li, "张三") == []


async def test_who_may_not_find_is_told_so(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        await desk.find(Actor(Role.STRANGER, "zh", "Asia/Shanghai"), "张三")


async def test_tidied_the_index_finds_the_same_in_one_segment(desk: Desk) -> None:
    for name in FILLER:
        await desk.add(desk.who.li, name)
    before = [await desk.find(desk.who.li, text) for text in ("赵", "jianguo", "qxy")]
    await desk.tidy()
    assert [await desk.find(desk.who.li, text) for text in ("赵", "jianguo", "qxy")] == before
    assert all(found.customers for found in before)
    segments = "SELECT count(DISTINCT segid) FROM customer_token_idx"
    assert await desk.book.read(lambda tx: tx.value(segments)) == 1


async def test_a_forgotten_name_leaves_the_index_when_it_is_tidied(desk: Desk) -> None:
    for name in FILLER:
        await desk.add(desk.who.li, name)
    sought = await desk.add(desk.who.li, "Quetzalcoatl")
    await desk.names(desk.who.li, "quetzal")
    blocks = "SELECT max(instr(block, CAST('quetzal' AS BLOB))) FROM customer_token_data"
    assert await desk.book.read(lambda tx: tx.value(blocks)) > 0
    await desk.book.write(lambda tx: search_index.forget(tx, sought.id))
    await desk.tidy()
    assert await desk.book.read(lambda tx: tx.value(blocks)) == 0
