"""The company's own fields and lists, and what customers are marked with: kept, narrowed by, taken back, gone."""

from __future__ import annotations

from functools import partial

import pytest

from store import customers, fields, journal, marks, search, selecting
from store.access import Actor
from store.db import Book, Tx
from store.errors import Invalid, NotAllowed
from store.rules.classification import FieldKind, Need
from store.rules.models import Customer, CustomerFacts
from tests.authorizer import unwatch
from tests.store.people import People, people, zhang


async def _settled(book: Book) -> People:
    return await book.write(people)


def _tagged(tx: Tx, actor: Actor, customer: Customer, *tags: str) -> Customer:
    now = customers.get(tx, actor, customer.id)
    return customers.change(tx, actor, customer.id, now.version, {"tags": list(tags)})


async def test_all_that_is_told_of_a_customer_is_kept(book: Book) -> None:
    who = await _settled(book)
    facts = CustomerFacts.model_validate({
        "name": "沈月", "kind": "person", "level": "vip", "stage": "proposal", "region": "CN-ZJ/杭州",
        "industry": "manufacturing", "source": "referral", "gender": "female", "birth_year": 1988,
        "birthday": "02-29", "language": "zh", "preferences": "喝龙井", "needs": "每月巡检", "notes": "孩子在读高中",
        "tags": ("制造业", "老乡"), "custom": {"1": "A 级", "2": 30_000.5, "3": True},
    })  # fmt: skip
    known = await book.write(lambda tx: customers.add(tx, who.li, facts))
    assert CustomerFacts.model_validate(known.model_dump(include=set(CustomerFacts.model_fields))) == facts


async def test_a_tag_is_one_however_it_is_written_and_gone_with_its_last_carrier(book: Book) -> None:
    who = await _settled(book)
    first = await book.write(lambda tx: zhang(tx, who.li))
    second = await book.write(lambda tx: zhang(tx, who.li, "李四", "+8613900139000"))
    await book.write(lambda tx: _tagged(tx, who.li, first, "Big Client", "老乡"))
    await book.write(lambda tx: _tagged(tx, who.li, second, "big client"))
    assert [name for _, name in await book.read(lambda tx: marks.tags_near(tx, who.li))] == ["Big Client", "老乡"]
    await book.write(lambda tx: _tagged(tx, who.li, first))
    assert await book.read(lambda tx: marks.tag_called(tx, "#BIG CLIENT")) is not None
    assert await book.read(lambda tx: marks.tag_called(tx, "老乡")) is None
    await book.write(lambda tx: customers.archive(tx, who.li, second.id, second.version + 1))
    assert await book.read(lambda tx: marks.tag_called(tx, "big client")) is None


async def test_nobody_is_offered_the_tags_of_somebody_elses_customers(book: Book) -> None:
    who = await _settled(book)
    known = await book.write(lambda tx: zhang(tx, who.li))
    await book.write(lambda tx: _tagged(tx, who.li, known, "嫌贵"))
    for sees in (who.li, who.wang, who.boss):
        assert [name for _, name in await book.read(partial(marks.tags_near, actor=sees))] == ["嫌贵"]
    for other in (who.han, who.zhou, who.qian):
        assert await book.read(partial(marks.tags_near, actor=other)) == []


async def test_found_by_tag_and_by_the_words_of_a_field(book: Book) -> None:
    who = await _settled(book)
    known = await book.write(lambda tx: zhang(tx, who.li))
    field = await book.write(lambda tx: fields.add(tx, who.boss, "车牌", FieldKind.TEXT))
    await book.write(lambda tx: _tagged(tx, who.li, known, "光伏"))
    await book.write(
        lambda tx: customers.change(
            tx, who.li, known.id, known.version + 1, {"custom": {str(field.id): "浙A 12345 蓝牌"}}
        )
    )
    for query in ("光伏", "#光伏", "蓝牌", "12345"):
        found = await book.read(partial(search.find, actor=who.li, text=query))
        assert [one.id for one in found.customers] == [known.id], query
    assert await book.read(lambda tx: search.find(tx, who.han, "光伏").customers) == []


async def test_who_sees_contacts_masked_reads_nothing_that_was_said_about_somebody(book: Book) -> None:
    who = await _settled(book)
    facts = CustomerFacts(
        name="沈月", tags=("光伏",), notes="手机 13900139000", preferences="龙井", needs="巡检", birthday="02-29",
        birth_year=1988, custom={"1": "13900139000"},
    )  # fmt: skip
    known = await book.write(lambda tx: customers.add(tx, who.li, facts))
    seen = await book.read(lambda tx: customers.get(tx, who.su, known.id))
    assert seen.masked
    assert (seen.notes, seen.preferences, seen.needs, seen.birthday, seen.birth_year, seen.custom) == (
        "", "", "", "", None, {},
    )  # fmt: skip
    assert seen.tags == ("光伏",)
    assert await book.read(lambda tx: search.find(tx, who.su, "13900139000").customers) == []


async def test_only_an_owner_shapes_the_fields(book: Book) -> None:
    who = await _settled(book)
    for other in (who.wang, who.li, who.su):
        with pytest.raises(NotAllowed):
            await book.write(partial(fields.add, actor=other, name="预算", kind=FieldKind.NUMBER))
        with pytest.raises(NotAllowed):
            await book.write(partial(fields.add_option, actor=other, listed="industry", name="光伏"))
        with pytest.raises(NotAllowed):
            await book.write(partial(fields.set_need, actor=other, key="company", need=Need.REQUIRED))


async def test_what_is_asked_for_is_kept_by_key_and_taken_back(book: Book) -> None:
    who = await _settled(book)
    field = await book.write(lambda tx: fields.add(tx, who.boss, "预算", FieldKind.NUMBER))
    key = fields.own_key(field.id)

    def need(tx: Tx, key: str, need: Need) -> int:
        fields.set_need(tx, who.boss, key, need)
        assert tx.change is not None
        return tx.change

    await book.write(lambda tx: need(tx, key, Need.RECOMMENDED))
    change = await book.write(lambda tx: need(tx, "company", Need.REQUIRED))
    assert await book.read(fields.needs) == {key: Need.RECOMMENDED, "company": Need.REQUIRED}
    await book.write(lambda tx: journal.undo(tx, who.boss, change))
    assert await book.read(fields.needs) == {key: Need.RECOMMENDED}
    await book.write(lambda tx: need(tx, "company", Need.RECOMMENDED))
    assert (await book.read(fields.needs))["company"] == Need.RECOMMENDED


async def test_a_retired_field_is_offered_no_more_and_what_it_held_is_kept(book: Book) -> None:
    who = await _settled(book)
    known = await book.write(lambda tx: zhang(tx, who.li))
    field = await book.write(lambda tx: fields.add(tx, who.boss, "等级", FieldKind.CHOICE))
    option = await book.write(lambda tx: fields.add_option(tx, who.boss, fields.own_key(field.id), "金卡"))
    await book.write(
        lambda tx: customers.change(tx, who.li, known.id, known.version, {"custom": {str(field.id): option.id}})
    )
    await book.write(lambda tx: fields.rename_option(tx, who.boss, option.id, "白金卡"))
    await book.write(lambda tx: fields.retire_option(tx, who.boss, option.id))
    await book.write(lambda tx: fields.retire(tx, who.boss, field.id))
    assert await book.read(fields.all_of) == []
    assert await book.read(lambda tx: fields.options(tx, fields.own_key(field.id))) == []
    kept = await book.read(lambda tx: fields.option(tx, option.id))
    assert kept is not None
    assert kept.name == "白金卡"
    assert (await book.read(lambda tx: customers.get(tx, who.li, known.id))).custom == {str(field.id): option.id}


@pytest.mark.parametrize(("name", "key"), [("", "field_name"), ("·", "field_name"), ("预算", "field_taken")])
async def test_a_field_needs_a_name_of_its_own(book: Book, name: str, key: str) -> None:
    who = await _settled(book)
    await book.write(lambda tx: fields.add(tx, who.boss, "预算", FieldKind.NUMBER))
    with pytest.raises(Invalid) as wrong:
        await book.write(lambda tx: fields.add(tx, who.boss, name, FieldKind.TEXT))
    assert wrong.value.key == f"invalid_{key}"


async def test_lists_are_narrowed_by_numbers_that_follow_the_record(book: Book) -> None:
    who = await _settled(book)
    field = await book.write(lambda tx: fields.add(tx, who.boss, "预算", FieldKind.NUMBER))
    words = await book.write(lambda tx: fields.add(tx, who.boss, "车牌", FieldKind.TEXT))
    known = await book.write(lambda tx: zhang(tx, who.li))
    await unwatch(book)

    def valued(tx: Tx) -> list[tuple[int, object]]:
        return [(row["field_id"], row["value"]) for row in tx.all("SELECT * FROM customer_value")]

    def sets(tx: Tx, custom: dict[str, object]) -> Customer:
        now = customers.get(tx, who.li, known.id)
        return customers.change(tx, who.li, known.id, now.version, {"custom": custom})

    await book.write(lambda tx: sets(tx, {str(field.id): 300_000, str(words.id): "浙A 12345"}))
    assert await book.read(valued) == [(field.id, 300_000)]
    await book.write(lambda tx: sets(tx, {str(field.id): 500_000}))
    assert await book.read(valued) == [(field.id, 500_000)]
    await book.write(lambda tx: sets(tx, {}))
    assert await book.read(valued) == []


async def test_archived_customers_are_in_no_list_until_they_are_brought_back(book: Book) -> None:
    who = await _settled(book)
    known = await book.write(lambda tx: zhang(tx, who.li))
    gone = await book.write(lambda tx: customers.archive(tx, who.li, known.id, known.version))
    assert gone.archived
    assert await book.read(lambda tx: selecting.select(tx, who.li)) == []
    assert await book.read(lambda tx: search.find(tx, who.li, "张三").customers) == []
    assert [one.id for one in await book.read(lambda tx: customers.archived(tx, who.li))] == [known.id]
    assert await book.read(lambda tx: customers.archived(tx, who.han)) == []
    with pytest.raises(NotAllowed):
        await book.write(lambda tx: customers.restore(tx, who.han, known.id))
    back = await book.write(lambda tx: customers.restore(tx, who.li, known.id))
    assert not back.archived
    assert [one.id for one in await book.read(lambda tx: search.find(tx, who.li, "张三").customers)] == [known.id]
