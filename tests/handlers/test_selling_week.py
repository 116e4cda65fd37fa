"""A salesperson's week from Monday to Friday, a story in each language: what is typed, what is read in answer."""

from __future__ import annotations

from bot.demo.standin.bubbles import Bubble
from tests.handlers.telling import WITHIN, presses, says, shanghai, taps
from tests.house import Company


async def test_a_week_in_chinese(company: Company) -> None:
    await company.moves(to=shanghai(23, 9))
    await _monday(company)
    await company.moves(to=shanghai(24, 9))
    await _tuesday(company)
    await company.moves(to=shanghai(25, 9))
    await _wednesday(company)
    await company.moves(to=shanghai(26, 9))
    await _thursday(company)
    await company.moves(to=shanghai(27, 8, 30))
    await _friday(company)


async def _monday(company: Company) -> None:
    """Three new customers: in a line, from a contact that somebody forwards, and one who is there already."""
    li = company.li
    asked = await says(li, "陈建国，采购经理，杭州云帆科技有限公司 138-0013-8000 周三上午10点送样品", "新客户")
    assert asked.text.splitlines()[1:] == [
        "姓名：陈建国", "电话：+86 138 0013 8000", "公司：杭州云帆科技有限公司", "职位：采购经理", "地区：浙江 杭州",
        "",
        "⏰ 保存后会在后天 10:00 提醒你：送样品",
    ]  # fmt: skip
    saved = await taps(li, "保存", "✓ 已保存", "杭州云帆科技有限公司 · 采购经理", "⏰ 后天 10:00 送样品")
    assert saved.labels[0] == "撤销"
    await li.sends_contact(phone="+8613911112222", first_name="晓梅", last_name="刘")
    await li.sees("新客户", "刘晓梅", "+86 139 1111 2222", within=WITHIN)
    await taps(li, "公司", "哪家公司")
    await says(li, "远山贸易", "新客户", "公司：远山贸易")
    await taps(li, "保存", "✓ 已保存", "刘晓梅")
    twice = await says(li, "小陈 13800138000 前台", "新客户", "陈建国 · 杭州云帆科技有限公司 已在客户簿里，电话相同")
    assert twice.labels[:4] == ["仍然新增", "取消", "打开 陈建国", "同一位，补资料"]
    await taps(li, "取消", "没有保存")
    zhao = await company.people.person("赵敏", language="zh")
    await li.forwards(await zhao.says("我是海天物流的赵敏，电话 13722223333，想了解仓储报价", to=li))
    await li.sees("新客户", "赵敏", "+86 137 2222 3333", within=WITHIN)
    await taps(li, "保存", "✓ 已保存", "赵敏")


async def _tuesday(company: Company) -> None:
    """Calls: found by how a name sounds, an outcome by two taps and in words, and what was learnt changed."""
    li = company.li
    found = await says(li, "liuxiaomei", "刘晓梅", "远山贸易")
    await taps(li, "记一笔", "要记什么")
    await taps(li, "电话", "结果怎么样")
    await taps(li, "没人接", "✓ 已记下（电话 · 没人接）", "刘晓梅")
    assert "上次联系" not in found.text
    await says(li, "记 刘晓梅 打了电话，接通了，要三种颜色的样册", "✓ 已记下（电话 · 接通了）", "上次联系：今天 09:00")
    await says(li, "她是重要客户", "✓ 级别已改为 重要")
    await says(li, "刘晓梅的微信是 lxm_2020", "✓ 微信已改为 lxm_2020")
    await says(li, "cjg", "陈建国")
    await says(li, "职位改成采购总监", "✓ 职位已改为 采购总监", "杭州云帆科技有限公司 · 采购总监")
    await taps(li, "撤销", "已撤销", "采购经理")
    await says(li, "给陈建国打标签 制造业，老乡", "✓ 已加标签 #制造业 #老乡")
    await says(li, "赵敏 标签 仓储", "✓ 已加标签 #仓储")


async def _wednesday(company: Company) -> None:
    """The reminder rings: done, how it went, and the next step; and a customer whom a colleague has is asked for."""
    li, han = company.li, company.han
    await company.moves(to=shanghai(25, 10))
    await li.sees("⏰ 陈建国 · 杭州云帆科技有限公司", "送样品", "📞 +86 138 0013 8000", within=WITHIN)
    await taps(li, "✓ 完成", "已完成", "陈建国 · 送样品")
    await taps(li, "联系上了", "结果：联系上了")
    await taps(li, "下次提醒", "什么时候提醒你")
    await says(li, "周五下午3点", "要做什么")
    await says(li, "签合同", "后天 15:00 提醒你：陈建国 · 签合同")
    await says(han, "陈总 13800138000", "新客户", "已有同事在跟进")
    await taps(han, "申请", "已转告")
    await li.sees("韩梅 想要你的客户 陈建国", within=WITHIN)
    await taps(li, "不转", "陈建国 没有转给 韩梅")
    await han.sees("同事没有同意", within=WITHIN)
    await says(li, "今天拜访了陈建国，合同周五签", "记到 陈建国 名下吗")
    await taps(li, "记下", "✓ 已记下（拜访）", "上次联系：今天 10:00", "⏰ 后天 15:00 签合同")


async def _thursday(company: Company) -> None:
    """The list of the whole book: narrowed, changed as a whole, taken back; one put away and brought back; history."""
    li = company.li
    listed = await says(li, "全部客户", "最近的客户 · 3 位")
    assert set(listed.labels[:3]) == {"陈建国 · 杭州云帆科技有限公司", "刘晓梅 · 远山贸易", "赵敏 · 海天物流"}
    await taps(li, "批量", "对整份名单做什么？")
    await taps(li, "阶段", "改成哪个阶段？")
    await taps(li, "已联系", "把 3 位客户的阶段改为“已联系”？")
    done = await taps(li, "改 3 位", "✓ 3 位客户：阶段改为“已联系”")
    await says(li, "已联系的客户", "客户 · 3 位")
    await presses(li, done, "撤销", "已撤销，3 位恢复原样")
    await says(li, "已联系的客户", "没有符合的客户")
    await says(li, "归档 赵敏", "✓ 已归档 赵敏")
    await says(li, "zhaomin", "没有找到")
    await says(li, "恢复 赵敏", "✓ 已恢复", "赵敏", "海天物流")
    await says(li, "刘晓梅", "刘晓梅", "重要 · 线索")
    await taps(li, "详情", "微信：lxm_2020", "级别：重要")
    await taps(li, "修改记录", "级别：潜在 → 重要", "微信：（空） → lxm_2020")
    await says(li, "杭州的客户", "客户 · 1 位", "浙江 杭州")


async def _friday(company: Company) -> None:
    """The morning's agenda, a card shown to a colleague in their chat, the contract, and what is left behind."""
    li = company.li
    agenda = await li.sees("今天要做的 1 项", "跟进 1 项", within=WITHIN)
    assert agenda.labels[0] == "⏰ 今天 15:00 陈建国 · 签合同"
    shown = await li.asks_inline("陈建国", within=WITHIN)
    await li.chooses(shown, shown["results"][0]["id"], to=company.wang)
    card = await company.wang.sees("陈建国", "杭州云帆科技有限公司", within=WITHIN)
    assert "0013 8000" not in card.text
    await company.moves(to=shanghai(27, 15))
    await li.sees("⏰ 陈建国", "签合同", within=WITHIN)
    await taps(li, "✓ 完成", "已完成")
    await says(li, "陈建国 升级 VIP", "✓ 级别已改为 VIP")
    await says(li, "陈建国 转为 成交", "✓ 阶段已改为 已成交", "VIP · 已成交")
    timeline = await taps(li, "记录", "陈建国 的往来")
    for line in ("拜访", "签合同", "送样品"):
        assert line in timeline.text, line
    await says(li, "/today", "今天没有要跟进的")


# The same in English -------------------------------------------------------------------------------------------------


async def test_a_week_in_english(english: Company) -> None:
    company, li, han = english, english.li, english.han
    await company.moves(to=shanghai(23, 9))
    line = "Jane Smith, head of purchasing at Acme Ltd, +44 20 7946 0958, jane@acme.com, samples Wed 10am"
    jane = await _new(company, line)
    assert jane.text.splitlines()[2:] == [
        "Jane Smith", "Acme Ltd · head of purchasing", "Potential · Lead", "📞 +44 20 7946 0958",
        "✉️ jane@acme.com", "⏰ Wed 10:00 samples",
    ]  # fmt: skip
    await li.sends_contact(phone="+442079460777", first_name="Tom", last_name="Baker")
    await li.sees("New customer", "Tom Baker", within=WITHIN)
    await taps(li, "Company", "Which company?")
    await says(li, "Globex", "Company: Globex")
    await taps(li, "Save", "✓ Saved", "Globex")
    twice = await says(
        li, "J. Smith reception +44 20 7946 0958", "New customer", "is in the book with the same phone number"
    )
    assert twice.labels[:2] == ["Add anyway", "Cancel"]
    await taps(li, "Cancel", "Nothing was saved")

    await company.moves(to=shanghai(24, 9))
    await says(li, "tom b", "Tom Baker", "Globex")
    await taps(li, "Note", "What happened?")
    await taps(li, "Call", "how did it go?")
    await taps(li, "No answer", "✓ Noted: Call · No answer")
    await says(li, "note Tom Baker emailed the catalogue", "✓ Noted: E-mail", "Last contact: today 09:00")
    await says(li, "make Tom important", "✓ Level is now Important")
    await says(li, "set Tom's title to buyer", "✓ Title is now buyer")
    await taps(li, "Undo", "Undone", "Globex")
    await says(li, "tag Jane Smith as manufacturing", "✓ Tagged #manufacturing")

    await company.moves(to=shanghai(25, 10))
    await li.sees("⏰ Jane Smith · Acme Ltd", "samples", "📞 +44 20 7946 0958", within=WITHIN)
    await taps(li, "✓ Done", "Done", "Jane Smith · samples")
    await taps(li, "Reached", "Reached")
    await taps(li, "Follow up again", "When shall I remind you?")
    await says(li, "Friday 3pm", "What is it about?")
    await says(li, "sign the contract", "Fri 15:00: Jane Smith · sign the contract")
    await says(han, "Jane +44 20 7946 0958", "New customer", "A colleague already looks after this contact")
    await taps(han, "Ask for it", "has been asked")
    await li.sees("韩梅 asks for your customer Jane Smith", within=WITHIN)
    await taps(li, "Keep", "Jane Smith stays where they are")
    await says(li, "had lunch with Jane Smith today, she will sign on Friday", "down for Jane Smith?")
    await taps(li, "Write it down", "✓ Noted: Meeting", "⏰ Fri 15:00 sign the contract")

    await company.moves(to=shanghai(26, 9))
    await says(li, "all customers", "Recent customers · 2")
    await taps(li, "Bulk", "Do what to the whole list?")
    await taps(li, "Stage", "which stage?")
    await taps(li, "Contacted", "2 customers")
    done = await taps(li, "Change 2", "✓ 2 customers")
    await presses(li, done, "Undo", "2 customers are as before")
    await says(li, "archive Tom", "✓ Archived Tom Baker")
    await says(li, "globex", "Nothing found")
    await says(li, "restore Tom Baker", "✓ Restored", "Important · Lead")
    await taps(li, "Details", "Level: Important")
    await taps(li, "Changes", "Level: Potential → Important", "Title: (empty) → buyer")

    await company.moves(to=shanghai(27, 8, 30))
    agenda = await li.sees("to do today", within=WITHIN)
    assert agenda.labels[0] == "⏰ today 15:00 Jane Smith · sign the contract"
    shown = await li.asks_inline("jane", within=WITHIN)
    await li.chooses(shown, shown["results"][0]["id"], to=company.wang)
    assert "7946 0958" not in (await company.wang.sees("Jane Smith", "Acme Ltd", within=WITHIN)).text
    await company.moves(to=shanghai(27, 15))
    await li.sees("⏰ Jane Smith", "sign the contract", within=WITHIN)
    await taps(li, "✓ Done", "Done")
    await says(li, "Jane Smith is now VIP", "✓ Level is now VIP")
    await taps(li, "Timeline", "Meeting", "samples", "sign the contract")


async def _new(company: Company, line: str) -> Bubble:
    await says(company.li, line, "New customer")
    return await taps(company.li, "Save", "✓ Saved")
