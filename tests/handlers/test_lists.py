"""Lists: narrowed and sorted by buttons and in words, in pages, to a card and back; of one's own customers alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import pytest

from handlers.kit import narrowing
from handlers.kit.lists import base36
from store import customers, fields, interactions, marks, selecting, staff
from store.db import Tx
from store.rules.classification import FieldKind
from store.rules.models import Contacted, CustomerWords, Level, Stage
from store.selecting import Filters
from tests.handlers.telling import says, taps
from tests.house import Company

T = TypeVar("T")

#: Name, level, stage.
KNOWN = {
    "li": (
        ("张三", Level.VIP, Stage.CUSTOMER),
        ("安然", Level.VIP, Stage.LEAD),
        ("单雄信", Level.IMPORTANT, Stage.LOYAL),
        ("Jane Smith", Level.REGULAR, Stage.LEAD),
    ),
    "han": (("赵云", Level.VIP, Stage.LEAD),),
    "zhou": (("钱多多", Level.VIP, Stage.LEAD),),
}


async def settled(company: Company) -> None:
    """Everybody of `KNOWN`, written straight into the book."""

    def write(tx: Tx) -> None:
        for nickname, known in KNOWN.items():
            actor = staff.as_actor(tx, company.ids[nickname])
            for name, level, stage in known:
                customers.add(tx, actor, CustomerWords(name=name), level=level, stage=stage)

    await company.writes(write)


async def spoke_to(company: Company, name: str) -> None:
    """李雷 has called somebody just now."""

    def write(tx: Tx) -> None:
        li = staff.as_actor(tx, company.ids["li"])
        found = next(one for one in selecting.select(tx, li, limit=50) if one.name == name)
        interactions.add(tx, li, found.id, "打过电话", Contacted.CALL)

    await company.writes(write)


@pytest.mark.parametrize(
    ("typed", "title", "rows"),
    [
        ("VIP 客户", "客户 · 2 位", ["安然", "张三"]),
        ("VIP客户", "VIP", ["安然", "张三"]),
        ("查 VIP 客户", "VIP", ["安然", "张三"]),
        ("list vip", "VIP", ["安然", "张三"]),
        ("我的线索客户", "线索 · 我的", ["Jane Smith", "安然"]),
        ("老客户", "老客户", ["单雄信"]),
        ("谁是VIP", "VIP", ["安然", "张三"]),
        ("我有多少客户", "最近的客户 · 4 位", ["Jane Smith", "单雄信", "安然", "张三"]),
        ("成交的VIP客户", "VIP · 已成交", ["张三"]),
        ("全部客户", "最近的客户 · 4 位", ["Jane Smith", "单雄信", "安然", "张三"]),
        ("李雷的重要客户", "重要 · 我的", ["单雄信"]),
    ],
)
async def test_a_list_is_asked_for_in_words(company: Company, typed: str, title: str, rows: list[str]) -> None:
    await settled(company)
    listed = await says(company.li, typed, title)
    assert listed.labels == [*rows, "筛选", "排序", "批量"]


@pytest.mark.parametrize("typed", ["VIP 张飞", "华为客户", "韩梅的客户"])
async def test_what_is_not_understood_wholly_is_looked_for_as_before(company: Company, typed: str) -> None:
    """韩梅 is a colleague whose customers 李雷 may not see: her name tells him nothing."""
    await settled(company)
    await says(company.li, typed, f"没有找到“{typed}”")


async def test_filters_are_put_on_and_taken_off_by_buttons(company: Company) -> None:
    await settled(company)
    first = await says(company.li, "/customer", "最近的客户 · 4 位")
    await taps(company.li, "筛选", "按什么筛选？")
    await taps(company.li, "级别", "哪个级别？")
    await taps(company.li, "VIP", "客户 · 2 位", "VIP")
    await taps(company.li, "筛选", "按什么筛选？", "VIP")
    await taps(company.li, "阶段", "哪个阶段？")
    narrowed = await taps(company.li, "线索", "客户 · 1 位", "VIP · 线索")
    assert (narrowed.id, narrowed.labels[0]) == (first.id, "安然")
    await taps(company.li, "筛选", "按什么筛选？")
    left = await taps(company.li, "✕ VIP", "客户 · 2 位", "线索")
    assert left.labels[:2] == ["Jane Smith", "安然"]


async def test_tags_and_the_companys_own_fields_narrow_a_list(company: Company) -> None:
    """By button and in words; what a colleague calls a colleague's customer is no word of 周强's."""
    await settled(company)

    def mark(tx: Tx) -> None:
        boss = staff.as_actor(tx, company.ids["boss"])
        size = fields.add(tx, boss, "规模", FieldKind.CHOICE)
        large = fields.add_option(tx, boss, fields.own_key(size.id), "大型")
        li = staff.as_actor(tx, company.ids["li"])
        for one in selecting.select(tx, li):
            if one.name in ("张三", "单雄信"):
                marked = {"tags": ["老乡"], "custom": {str(size.id): large.id}}
                customers.change(tx, li, one.id, one.version, marked if one.name == "张三" else {"tags": ["老乡"]})

    await company.writes(mark)
    await says(company.li, "VIP客户", "客户 · 2 位")
    await taps(company.li, "筛选", "按什么筛选？")
    await taps(company.li, "标签", "哪个标签？")
    tagged = await taps(company.li, "#老乡", "客户 · 1 位", "VIP · #老乡")
    assert tagged.labels[0] == "张三"
    await says(company.li, "老乡客户", "客户 · 2 位", "#老乡")
    await says(company.li, "大型客户", "客户 · 1 位", "规模：大型")
    await says(company.zhou, "老乡客户", "没有找到“老乡客户”")


@pytest.mark.parametrize("typed", ["没有标签的客户", "未打标签的客户", "无标签客户", "没打标签的"])
async def test_who_has_no_tag_is_asked_for_in_words_or_by_button(company: Company, typed: str) -> None:
    await settled(company)
    await says(company.li, "张三", "VIP")
    await says(company.li, "标签 老乡", "已加标签")
    listed = await says(company.li, typed, "客户 · 3 位", "没有标签")
    assert "张三" not in listed.labels
    await says(company.li, "没有标签的VIP客户", "客户 · 1 位", "VIP · 没有标签")
    await taps(company.li, "筛选", "按什么筛选？")
    await taps(company.li, "标签", "哪个标签？")
    await taps(company.li, "#老乡", "客户 · 1 位", "VIP · #老乡")


@pytest.mark.parametrize(
    ("typed", "number", "said"),
    [
        ("本月新增的客户", 4, "本月新增"),
        ("上个月新增的客户", 0, "上个月新增"),
        ("上周录入了多少客户", 0, "2026-11-09 至 2026-11-15 新增"),
        ("今天加进来的VIP客户", 2, "VIP · 2026-11-20 新增"),
        ("本月的新客户", 4, "本月新增"),
        ("9999-12-31之后新增的客户", 0, "新增"),
        ("9999-12-31之前新增的客户", 4, "6000-01-01 以前新增"),
        ("最近3天新增的客户", 4, "2026-11-17 至 2026-11-20 新增"),
    ],
)
async def test_customers_by_when_they_were_added(company: Company, typed: str, number: int, said: str) -> None:
    await settled(company)
    await says(company.li, typed, f"客户 · {number} 位" if number else "没有符合的客户", said)


async def test_customers_by_when_they_were_added_and_without_a_tag_in_english(english: Company) -> None:
    """A day is a day where the asker is; by button, too."""
    await settled(english)
    await english.moves(by=timedelta(days=14))
    await says(english.li, "customers added last month", "Customers · 4", "added last month")
    await says(english.li, "new customers this month", "No customer is like that", "added this month")
    await says(english.li, "vip customers created 2026-11-20", "Customers · 2", "VIP · added 2026-11-20")
    await says(english.li, "untagged customers", "Customers · 4", "no tag")
    await says(
        english.li, "customers without tags added before 2026-11-20", "No customer is like that", "no tag · added"
    )
    await says(english.li, "vip customers", "Customers · 2", "VIP")
    await taps(english.li, "Filter", "Narrow it down")
    await taps(english.li, "When added", "Added when?")
    await taps(english.li, "added last month", "Customers · 2", "VIP · added last month")


async def test_a_region_and_an_industry_narrow_a_list(company: Company) -> None:
    """A province holds its cities; by button what is in use, in words whatever there is."""
    await settled(company)

    def place(tx: Tx) -> None:
        li = staff.as_actor(tx, company.ids["li"])
        for one in selecting.select(tx, li):
            if one.name in ("张三", "安然"):
                told = {"region": "CN-ZJ/杭州" if one.name == "张三" else "CN-ZJ", "industry": "trade"}
                customers.change(tx, li, one.id, one.version, told)

    await company.writes(place)
    both = await says(company.li, "list vip in 浙江", "客户 · 2 位", "VIP · 浙江")
    assert set(both.labels[:2]) == {"张三", "安然"}
    await says(company.li, "杭州的VIP客户", "客户 · 1 位", "VIP · 浙江 杭州")
    await says(company.li, "贸易客户", "客户 · 2 位", "贸易")
    await taps(company.li, "筛选", "按什么筛选？")
    await taps(company.li, "地区", "哪个地区？")
    one = await taps(company.li, "浙江 杭州", "客户 · 1 位", "浙江 杭州 · 贸易")
    assert one.labels[0] == "张三"
    await says(company.li, "上海的VIP客户", "没有符合的客户", "VIP · 上海")


async def test_nobody_is_like_that_and_one_tap_widens_it(english: Company) -> None:
    await settled(english)
    told = await says(english.li, "lapsed vip customers", "No customer is like that", "VIP · Lapsed")
    assert told.labels == ["✕ VIP", "✕ Lapsed"]
    await taps(english.li, "✕ Lapsed", "Customers · 2", "VIP")


async def test_sorted_by_name_as_it_sounds_and_by_level(company: Company) -> None:
    await settled(company)
    await says(company.li, "/customer", "最近的客户")
    await taps(company.li, "排序", "怎么排序？")
    by_name = await taps(company.li, "按姓名拼音", "客户 · 4 位", "按姓名拼音")
    assert by_name.labels[:4] == ["安然", "Jane Smith", "单雄信", "张三"]
    await taps(company.li, "排序", "怎么排序？")
    by_level = await taps(company.li, "按级别", "客户 · 4 位", "按级别")
    assert by_level.labels[:4] == ["安然", "张三", "单雄信", "Jane Smith"]


async def test_whom_nobody_called_for_long_stands_first_with_the_days(company: Company) -> None:
    await settled(company)
    await company.moves(by=timedelta(days=45))
    await spoke_to(company, "张三")
    await company.moves(by=timedelta(days=1))
    listed = await says(company.li, "30天没联系的客户", "客户 · 3 位", "30 天没联系", "最久没联系在前")
    assert listed.labels[:3] == ["安然 · 46 天", "单雄信 · 46 天", "Jane Smith · 46 天"]
    both = await says(company.li, "一个月没联系的VIP客户", "客户 · 1 位", "VIP · 30 天没联系")
    assert both.labels[0] == "安然 · 46 天"


async def test_a_manager_narrows_to_somebody_of_the_team(company: Company) -> None:
    await settled(company)
    await says(company.wang, "VIP客户", "客户 · 3 位")
    await taps(company.wang, "筛选", "按什么筛选？")
    asked = await taps(company.wang, "负责人", "谁的客户？")
    assert asked.labels == ["我的", "李雷", "韩梅", "公海", "‹ 返回"]
    hers = await taps(company.wang, "韩梅", "客户 · 1 位", "VIP · 韩梅")
    assert hers.labels[0] == "赵云"
    await says(company.wang, "韩梅的客户", "客户 · 1 位", "韩梅")
    await says(company.wang, "周强的客户", "没有找到“周强的客户”")


async def test_pages_lead_to_a_card_and_back_to_their_place(english: Company) -> None:
    def write(tx: Tx) -> None:
        li = staff.as_actor(tx, english.ids["li"])
        for place in range(20):
            customers.add(tx, li, CustomerWords(name=f"Customer {place:02}"), level=Level.VIP)

    await english.writes(write)
    await says(english.li, "vip customers", "Customers · 1–8 of 20", "VIP")
    second = await taps(english.li, "Next", "Customers · 9–16 of 20")
    assert second.labels[0] == "Customer 11"
    await taps(english.li, "Customer 11", "VIP · Lead")
    back = await taps(english.li, "Back to list", "Customers · 9–16 of 20")
    assert back.labels == second.labels


async def test_a_forged_list_shows_nothing(company: Company) -> None:
    await settled(company)
    listed = await says(company.li, "/customer", "最近的客户")
    forged = ("list:x9:r:0", "list:l9:r:0", "list:-:z:0", "list.pick:-:r:z", "list:l0.:r:0", f"list:{'l0.' * 9}:r:0")
    for data in (*forged, "list:dzzzzzz:r:0"):
        await company.li.forges(listed, data)
        await company.li.sees("没有找到，或者你无权查看。")
    for data in ("list:inothing:r:0", "bulk.to:q99:l"):
        await company.li.forges(listed, data)
        await company.li.sees("?")
    await company.li.forges(listed, "list.one:-:r:0:6")  # 钱多多, of the other team
    await company.li.sees("没有找到，或者你无权查看。")


async def test_a_forged_button_tells_no_tag_of_a_colleagues_customer(company: Company) -> None:
    await settled(company)

    def tagged(tx: Tx) -> int | None:
        customers.add(tx, staff.as_actor(tx, company.ids["han"]), CustomerWords(name="周军", tags=("欠款不还",)))
        return marks.tag_called(tx, "欠款不还")

    tag_id = await company.writes(tagged)
    assert tag_id is not None
    shown = await says(company.li, "VIP 客户", "VIP")
    await company.li.forges(shown, f"list:{narrowing.word(Filters(tag=tag_id))}:r:0")
    await company.li.forges(shown, f"bulk.ask:{narrowing.word(Filters())}:t:{base36(tag_id)}")
    await says(company.li, "单雄信", "重要")
    assert "欠款不还" not in company.li.transcript()
