"""A whole list changed at once: asked once with how many it touches, done by who may, undone with one tap."""

from __future__ import annotations

from store import complaints, customers, staff
from store.bulk import AT_ONCE
from store.db import Tx
from store.rules.models import CustomerWords, Level
from tests.handlers.telling import WITHIN, presses, says, taps
from tests.handlers.test_lists import settled
from tests.house import Company


async def test_a_manager_gives_the_vip_customers_to_somebody_else(company: Company) -> None:
    await settled(company)
    await says(company.wang, "VIP客户", "客户 · 3 位")
    await taps(company.wang, "批量", "对整份名单做什么？", "VIP")
    await taps(company.wang, "换负责人", "交给谁？")
    await taps(company.wang, "韩梅", "把 2 位客户交给“韩梅”？", "VIP")
    asked = company.wang.last
    done = await taps(company.wang, "改 2 位", "✓ 2 位客户：交给了“韩梅”")
    assert done.id == asked.id
    hers = await says(company.han, "VIP客户", "客户 · 3 位")
    assert {"张三", "安然", "赵云"} < set(hers.labels)
    await company.li.sees("王芳 把你的 2 位客户交给了 韩梅", within=WITHIN)
    await says(company.li, "张三", "没有找到“张三”")
    await presses(company.wang, done, "撤销", "已撤销，2 位恢复原样")
    await says(company.li, "VIP客户", "客户 · 2 位")


async def test_one_who_was_changed_since_keeps_nobody_else_from_being_undone(company: Company) -> None:
    await settled(company)
    await says(company.wang, "VIP客户", "客户 · 3 位")
    await taps(company.wang, "批量", "对整份名单做什么？")
    await taps(company.wang, "级别", "位客户改成哪个级别？")
    await taps(company.wang, "潜在", "把 3 位客户的级别改为“潜在”？")
    done = await taps(company.wang, "改 3 位", "✓ 3 位客户：级别改为“潜在”")
    await says(company.li, "张三 升级 重要", "✓ 级别已改为 重要")
    await presses(company.wang, done, "撤销", "✓ 已撤销，2 位客户恢复原样", "1 位保持不变")
    await says(company.wang, "VIP客户", "客户 · 2 位")
    await says(company.li, "张三", "重要")


async def test_a_salesperson_changes_levels_and_never_the_owner(company: Company) -> None:
    await settled(company)
    await says(company.li, "VIP客户", "客户 · 2 位")
    offered = await taps(company.li, "批量", "对整份名单做什么？")
    assert offered.labels == ["级别", "阶段", "加标签", "去标签", "‹ 返回列表"]
    await company.li.forges(offered, "bulk.ask:l3:o:5")
    await company.li.sees("没有找到，或者你无权查看。")
    await taps(company.li, "级别", "位客户改成哪个级别？")
    await taps(company.li, "重要", "把 2 位客户的级别改为“重要”？")
    done = await taps(company.li, "改 2 位", "✓ 2 位客户：级别改为“重要”")
    await says(company.li, "重要客户", "客户 · 3 位")
    await presses(company.li, done, "撤销", "已撤销，2 位恢复原样")
    await says(company.li, "VIP客户", "客户 · 2 位")


async def test_who_loses_a_customer_to_the_pool_hears_of_it(english: Company) -> None:
    await settled(english)
    await says(english.wang, "vip customers", "Customers")
    await taps(english.wang, "Bulk", "Do what to the whole list?")
    await taps(english.wang, "Give to", "to whom?")
    await taps(english.wang, "The pool", "Give 3 customers")
    await taps(english.wang, "Change 3", "✓ 3 customers")
    await english.han.sees("王芳 put one of your customers back into the pool", within=WITHIN)
    await english.li.sees("王芳 put 2 of your customers back into the pool", within=WITHIN)


async def test_it_asks_again_when_the_list_has_changed_meanwhile(company: Company) -> None:
    await settled(company)
    await says(company.li, "VIP客户", "客户 · 2 位")
    await taps(company.li, "批量", "对整份名单做什么？")
    await taps(company.li, "级别", "位客户改成哪个级别？")
    asked = await taps(company.li, "普通", "把 2 位客户的级别改为“普通”？")
    await says(company.li, "安然", "VIP · 线索")
    await taps(company.li, "修改", "改哪一项？")
    await taps(company.li, "级别", "级别")
    await taps(company.li, "重要", "重要 · 线索")
    await presses(company.li, asked, "改 2 位", "把 1 位客户的级别改为“普通”？")
    await taps(company.li, "改 1 位", "✓ 1 位客户：级别改为“普通”")


async def test_a_tag_that_is_typed_where_it_is_asked_for_is_the_tag(company: Company) -> None:
    await settled(company)
    await says(company.li, "VIP客户", "客户 · 2 位")
    await taps(company.li, "批量", "对整份名单做什么？")
    await taps(company.li, "加标签", "给 2 位客户加哪个标签？", "VIP")
    await says(company.li, "圣诞 贺卡", "给 2 位客户加上 #圣诞 贺卡？", "VIP")
    await taps(company.li, "保存", "✓ 2 位客户：加上了 #圣诞 贺卡")


async def test_a_new_tag_for_a_whole_list(english: Company) -> None:
    await settled(english)
    await says(english.li, "vip customers", "Customers · 2")
    await taps(english.li, "Bulk", "Do what to the whole list?")
    await taps(english.li, "Add a tag", "Tag 2 customers: which tag?")
    await says(english.li, "#trade fair", "Tag: trade fair", "Tag 2 customers #trade fair?")
    await taps(english.li, "Save", "✓ 2 customers: tagged #trade fair")
    listed = await says(english.li, "trade fair", "2 customers")
    assert listed.labels[:2] == ["安然", "张三"]
    await says(english.li, "all customers", "Recent customers · 4")
    await taps(english.li, "Bulk", "Do what to the whole list?")
    await taps(english.li, "Remove a tag", "which tag shall go?")
    await taps(english.li, "#trade fair", "Take #trade fair off 2 customers?")
    done = await taps(english.li, "Change 2", "✓ 2 customers: #trade fair taken off")
    await presses(english.li, done, "Undo", "2 customers are as before")


async def test_a_long_list_is_gone_through_in_steps_with_one_undo(company: Company) -> None:
    number = 2 * AT_ONCE + 5

    def write(tx: Tx) -> None:
        li = staff.as_actor(tx, company.ids["li"])
        for place in range(number):
            added = customers.add(tx, li, CustomerWords(name=f"客户{place:03}"), level=Level.VIP)
            if place % 50 == 0:
                complaints.add(tx, li, added.id, "发货少了两箱")

    await company.writes(write)
    await says(company.wang, "VIP客户", f"客户 · 第 1–8 位，共 {number} 位")
    await taps(company.wang, "批量", "对整份名单做什么？")
    await taps(company.wang, "换负责人", "交给谁？")
    await taps(company.wang, "韩梅", f"把 {number} 位客户交给“韩梅”？")
    await company.wang.taps(f"改 {number} 位")
    done = await company.wang.sees(f"✓ {number} 位客户已改好", within=30)
    came = await company.han.sees("随客户转来 3 件没处理完的投诉", "王芳 转交", within=30)
    await presses(company.han, came, "看这些投诉", "3 件")
    assert "随客户转来" not in company.su.transcript() + company.wang.transcript()  # it was their team's before
    await says(company.han, "VIP客户", f"客户 · 第 1–8 位，共 {number} 位")
    await company.restart()
    await company.wang.forges(done, next(button.data for button in done.buttons if button.label == "撤销"))
    await company.wang.sees(f"✓ 已撤销，{number} 位客户恢复原样", within=30)
    await says(company.li, "VIP客户", f"客户 · 第 1–8 位，共 {number} 位")
