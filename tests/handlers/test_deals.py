"""Deals as a salesperson lives them: written down in a sentence or by button, won, lost, put right, taken back."""

from __future__ import annotations

from bot.demo.standin.person import Person
from tests.handlers.telling import jane_is_known, li_knows, presses, says, taps
from tests.house import Company


async def test_a_purchase_in_a_sentence_and_the_stage_that_follows_when_somebody_says_so(company: Company) -> None:
    li = company.li
    await li_knows(company)
    won = await says(li, "成交 张三 3.2万", "🎉 已成交", "¥32,000", "张三 · 云帆科技")
    assert won.labels == ["撤销", "阶段 → 已成交", "金额", "名称", "全部商机", "客户"]
    await taps(li, "阶段 → 已成交", "✓ 阶段已改为 已成交", "🧾 上次成交：", "¥32,000")
    card = await says(li, "张三", "🧾 上次成交：", "¥32,000")
    assert "商机" in card.labels
    again = await says(li, "成交 张三 配件 3万2", "🎉 已成交", "配件 ¥32,000")
    assert "阶段 → 已成交" not in again.labels
    await taps(li, "撤销", "已撤销：张三 · 商机")
    await taps(li, "商机", "张三 的商机和成交")
    assert [label for label in li.last.labels if "¥" in label] == ["✓ ¥32,000 · 今天 10:00"]


async def test_a_deal_from_the_first_word_to_the_win(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    opened = await says(
        li, "deal Jane Smith rollout 40k USD end of June", "Deal written down", "rollout $40,000 · open"
    )
    assert opened.labels == ["Undo", "Won", "Lost", "Amount", "Title", "Expected", "All deals", "Customer"]
    assert "Expected by" in opened.text
    await taps(li, "Customer", "💼 rollout $40,000 · expected")
    await says(li, "Jane Smith deal won 38,500.50 USD", "🎉 Won", "rollout $38,500.50")
    await taps(li, "Undo", "Undone: Jane Smith · deal", "💼 rollout $40,000")
    await says(li, "won Jane Smith", "🎉 Won", "rollout $40,000")
    await taps(li, "All deals", "deals and purchases")
    await li.taps("✓ rollout $40,000 · today 10:00")
    await taps(li, "Open again", "✓ Open again", "rollout $40,000 · open")
    await says(
        li, "lost Jane Smith too expensive", "✓ Written down as lost", "rollout $40,000", "Reason: Too expensive"
    )
    await taps(li, "Customer", "Jane Smith")
    await taps(li, "Timeline", "Lost · rollout $40,000", "Too expensive")
    await taps(li, "Deals", "Lost · rollout")
    assert "• Deals" in li.last.labels


async def test_what_is_not_said_is_asked_for_and_nothing_is_lost(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "成交", "这样写", "成交 张三 3.2万")
    await says(li, "成交 张三 净水器", "净水器", "成交多少钱")
    await says(li, "很多钱", "看不出金额", "成交多少钱")
    await says(li, "1.005元", "看不出金额")
    await says(li, "5000美元", "🎉 已成交", "净水器 $5,000")
    await says(li, "成交 王五 3万", "没有找到“王五”")
    await says(li, "张三", "🎉 已成交", "¥30,000")
    await says(li, "商机 张三", "什么商机")
    await says(li, "年度框架", "多少钱")
    await taps(li, "跳过", "预计哪天成交")
    await says(li, "月底", "新商机", "名称：年度框架", "预计成交：")
    await taps(li, "保存", "✓ 已记下商机", "年度框架 · 在谈", "预计成交：")
    await taps(li, "金额", "多少钱")
    await says(li, "¥120,000", "✓ 已修改", "年度框架 ¥120,000")
    await taps(li, "预计成交", "现在：")
    await taps(li, "清空", "✓ 已修改")
    assert "预计成交：" not in li.last.text
    await taps(li, "丢单", "为什么丢了")
    await taps(li, "选了别家", "✓ 已记为丢单", "年度框架 ¥120,000", "原因：选了别家")
    await says(company.wang, "/settings", "设置")
    await taps(company.wang, "English", "English from now on")
    await says(company.wang, "张三", "张三")
    await taps(company.wang, "Timeline", "Chose somebody else")  # what was tapped is read in one's own language
    await taps(company.wang, "年度框架", "Reason: Chose somebody else")
    await taps(li, "撤销", "💼 年度框架 ¥120,000")
    await says(li, "丢单 张三", "为什么丢了")
    await taps(li, "取消", "没有改", "年度框架 ¥120,000 · 在谈")


async def test_which_customer_and_which_deal_is_asked_with_buttons(company: Company) -> None:
    li = company.li
    await li_knows(company, "张三丰 13800138001 武当贸易")
    await li_knows(company, "张三石 13800138002 少林食品")
    await says(li, "商机 张三 扩容 20万", "“张三”是哪一位")
    await taps(li, "张三丰 · 武当贸易", "✓ 已记下商机", "扩容 ¥200,000")
    await says(li, "商机 张三丰 年度框架 12万", "✓ 已记下商机")
    await taps(li, "客户", "💼 商机 2 个：")
    asked = await says(li, "成交 张三丰 11万", "哪一个成交了")
    assert asked.labels == ["○ 年度框架 ¥120,000", "○ 扩容 ¥200,000", "都不是，单独记一笔"]
    await taps(li, "○ 年度框架 ¥120,000", "🎉 已成交", "年度框架 ¥110,000")
    await presses(li, asked, "○ 扩容 ¥200,000", "这个按钮已失效")
    await says(li, "商机 张三丰 培训", "✓ 已记下商机")
    await says(li, "丢单 张三丰 扩容 价格太高", "✓ 已记为丢单", "扩容 ¥200,000", "原因：价格太高")
    await says(li, "成交 张三丰 配件 300", "🎉 已成交", "配件 ¥300")  # the open one is called otherwise
    await says(li, "张三", "找到")
    await says(li, "张三石", "张三石")
    await says(li, "成交 800", "是哪一位客户")  # a price alone: whose card stands last
    await taps(li, "张三石 · 少林食品", "🎉 已成交", "¥800")
    await says(li, "丢单 张三石 没有预算", "✓ 已记为丢单", "未命名的商机", "原因：没有预算")


async def test_what_people_write_without_spaces_in_another_order_or_a_day_late(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "成交张三3.2万", "🎉 已成交", "¥32,000", "张三 · 云帆科技")
    await says(li, "成交 3万 张三", "🎉 已成交", "¥30,000", "张三 · 云帆科技")
    await says(li, "张三 商机 扩容 9万 月底", "✓ 已记下商机", "扩容 ¥90,000", "预计成交：")
    await says(li, "张三 昨天成交了 扩容 8万", "🎉 已成交", "扩容 ¥80,000 · 昨天 12:00 成交")
    await says(li, "今天张三成交了5万，很开心", "是哪一位客户")
    await taps(li, "张三 · 云帆科技", "🎉 已成交", "很开心 ¥50,000")
    await says(li, "成交 张三丰 1万", "“张三”是哪一位")  # perhaps somebody else, who is not in the book
    await taps(li, "取消", "没有改")
    await says(li, "成交 1万", "是哪一位客户")
    await says(li, "丢单 张三 没有预算", "✓ 已记为丢单", "没有预算")  # said instead of an answer
    await says(li, "成交 张三 滤芯 昨天", "滤芯", "成交多少钱")
    await says(li, "600", "🎉 已成交", "滤芯 ¥600 · 昨天 12:00 成交")
    await li_knows(company, "Won Bin 13800138005 Bin Ltd")
    card = await says(li, "won bin", "Won Bin", "Bin Ltd")  # a name that begins like a verb
    assert "商机" in card.labels


async def test_two_phones_change_a_deal_at_the_same_time(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await says(li, "商机 张三 年度框架 12万", "✓ 已记下商机")
    await taps(li, "金额", "多少钱")
    await says(wang, "张三", "年度框架 ¥120,000")
    await taps(wang, "商机", "张三 的商机和成交")
    await taps(wang, "○ 年度框架 ¥120,000", "在谈")
    await taps(wang, "名称", "叫什么")
    await says(wang, "两年框架", "✓ 已修改", "两年框架 ¥120,000")
    await says(li, "13万", "✓ 已修改", "两年框架 ¥130,000")  # the title is in nobody's way
    await taps(li, "金额", "多少钱")
    await taps(wang, "金额", "多少钱")
    await says(wang, "14万", "✓ 已修改")
    asked = await says(li, "15万", "¥140,000", "¥150,000")
    assert len(asked.labels) == 2
    await li.taps(asked.labels[0])
    await li.sees("✓ 已修改", "两年框架 ¥150,000")
    await taps(wang, "成交", "🎉 已成交", "两年框架 ¥150,000")


async def test_a_list_has_pages(company: Company) -> None:
    li = company.li
    await li_knows(company)
    for number in range(1, 10):
        await says(li, f"商机 张三 第{number}期 {number}万", "✓ 已记下商机")
    first = await taps(li, "全部商机", "张三 的商机和成交")
    assert len([label for label in first.labels if label.startswith("○")]) == 8
    await taps(li, "下一页", "张三 的商机和成交")
    assert [label for label in li.last.labels if label.startswith("○")] == ["○ 第1期 ¥10,000"]
    await taps(li, "上一页", "张三 的商机和成交")
    await taps(li, "＋ 新商机", "什么商机")


async def test_what_was_won_in_a_week_opens_its_rows(company: Company) -> None:
    await li_knows(company)
    await says(company.li, "成交 张三 年度框架 3.2万", "🎉 已成交")
    await says(company.li, "成交 张三 配件 800.50元", "🎉 已成交")
    await says(company.li, "成交 张三 软件 $500", "🎉 已成交")
    await says(company.li, "商机 张三 扩容 9万", "✓ 已记下商机")
    await says(company.wang, "/report", "成交 3 笔 ↑3，共 ¥32,800.50、$500")
    await taps(company.wang, "成交 3", "成交")
    assert company.wang.last.labels[0] == "今天 10:00 张三 软件 $500"
    await taps(company.wang, "今天 10:00 张三 配件 ¥800.50", "配件 ¥800.50", "张三 · 云帆科技")
    await says(company.wang, "/report 李雷", "李雷", "成交 3 笔")
    report = await says(company.wang, "/report 韩梅", "韩梅")
    assert "成交" not in report.text
    await says(company.qian, "/report", "")
    assert "成交" not in company.qian.last.text


async def test_whose_deals_are_seen_by_whom(company: Company) -> None:
    await li_knows(company)
    won = await says(company.li, "成交 张三 年度框架 3.2万", "🎉 已成交")
    await says(company.wang, "张三", "🧾 上次成交：", "年度框架 ¥32,000")
    await taps(company.wang, "商机", "张三 的商机和成交")
    assert "✓ 年度框架 ¥32,000 · 今天 10:00" in company.wang.last.labels
    await says(company.boss, "张三", "年度框架 ¥32,000")
    shown = await says(company.su, "张三", "张三")
    assert "¥" not in shown.text
    assert "商机" not in shown.labels
    await says(company.su, "成交 张三 5万", "没有找到，或者你无权查看")
    for somebody in (company.su, company.han, company.qian, company.zhou):
        for data in ("deals:1:0", "deal:1", "deal.win:1", "deal.lose:1", "deal.reopen:1", "deal.edit:1:deal_amount",
                     "deal.new:1", "deal.stage:1", "line:1:deal:0"):  # fmt: skip
            await refused(somebody, data)
        assert "¥" not in somebody.transcript()
        assert "年度框架" not in somebody.transcript()
    assert won.text.startswith("🎉")


async def refused(person: Person, data: str) -> None:
    """A button that nobody showed them."""
    await says(person, "/help", "")
    await person.forges(person.last, data)
    await person.sees("没有", within=20)


async def test_hostile_words_and_buttons(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "商机 张三 <b>框架</b>&{what} 12万", "<b>框架</b>&{what} ¥120,000")
    for data in ("deal", "deal:x", "deal:-1", "deal:99999999999", "deals:1", "deals:1:-8", "deal.edit:1",
                 "deal.edit:1:reason", "deal.edit:1:customer_id", "deal.of:1", "deal.this:abc:1", "deal.win:2",
                 "deal.stage:77"):  # fmt: skip
        await says(li, "/help", "")
        await li.forges(li.last, data)
        await li.sees("没有" if "edit:1:" not in data and "of" not in data and "this" not in data else "", within=20)
    await says(li, "成交 张三 99999999999999999999", "成交多少钱")
    await taps(li, "取消", "没有改")
    await says(li, "成交 张三 " + "大" * 3000 + " 5万", "🎉 已成交")
    await says(li, "丢单 张三 " + "贵" * 3500, "✓ 已记为丢单", "原因：贵")
