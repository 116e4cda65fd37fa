"""A support desk as people live it: what is guessed and corrected, queues and filters, causes, repetitions, scores."""

from __future__ import annotations

from datetime import datetime, timedelta

from store import complaints, customers, staff, team_tree
from store.db import Tx
from store.rules.models import CustomerWords, Role
from store.staff import Newcomer
from tests.handlers.telling import adds, joins, presses, says, taps
from tests.house import BEGIN, SHANGHAI, Company


async def test_the_whole_life_of_a_case(company: Company) -> None:
    """Two of the staff and a customer, from Friday's last half hour on: logged, asked, answered after the weekend,
    resolved with its cause, not solved, solved, rated.
    """
    su, wang = company.su, company.wang
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang = await joins(company, "张三")
    await company.moves(to=BEGIN.replace(hour=17, minute=30))
    await says(company.li, "投诉 张三 发货少了两箱 急", "#1", "紧急", "类别：发货")
    await zhang.sees("#1", "已收到", "我们会在 下周一 09:00 之前答复您")
    await wang.sees("新投诉")
    await taps(wang, "打开", "还没有人接手")
    await taps(wang, "转给同事", "转给谁")
    await taps(wang, "苏青", "由 苏青 处理")
    await su.sees("王芳 把这件投诉转给你", "首次答复还剩 1 小时")
    await company.moves(to=datetime(2026, 11, 22, 15, tzinfo=SHANGHAI))
    await su.sees_nothing()
    await company.moves(to=datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI))
    await taps(su, "回复客户", "要对客户说什么")
    await says(su, "请问少的是哪两箱？", "等客户期间不计时")
    await zhang.sees("想请问您", "哪两箱")
    await zhang.says("蓝色的两箱")
    await su.sees("客户补充了情况", "蓝色的两箱", "解决时限还剩 7 小时 20 分")
    await taps(su, "打开", "蓝色的两箱")
    await taps(su, "已解决", "怎么解决的")
    await says(su, "补发两箱", "✓ 已解决", "补发两箱")
    await taps(su, "＋ 写原因", "是什么原因")
    await says(su, "仓库漏扫", "✓ 原因：仓库漏扫")
    await zhang.sees("您的问题有结果了", "补发两箱")
    await zhang.taps("没有解决", on=zhang.last)
    await zhang.sees("还差什么")
    await wang.sees("客户说没有解决", "重新打开")
    await su.sees("客户说没有解决", "解决时限还剩 7 小时 20 分")
    await zhang.says("只到了一箱")
    await su.sees("只到了一箱")
    await taps(su, "打开", "重新打开")
    await taps(su, "已解决", "怎么解决的")
    await says(su, "另一箱明天到", "✓ 已解决")
    await zhang.sees("您的问题有结果了", "另一箱明天到")
    await zhang.taps("解决了", on=zhang.last)
    await zhang.sees("#1 已完结")
    await zhang.taps("2 ★")
    await zhang.sees("收到 2 分", "很抱歉")
    await su.sees("客户打了 2 分", "客户评分 2/5")
    await wang.sees("客户打了 2 分")
    await zhang.taps("没有解决")
    await zhang.sees("还差什么")
    await wang.sees("客户说没有解决")
    await taps(su, "打开", "#1")
    await taps(su, "全部经过", "王芳：由 苏青 处理", "蓝色的两箱", "苏青：标为已解决", "客户：重新打开")
    assert "原因：仓库漏扫" in su.last.text
    for name in ("苏青", "王芳", "李雷", "仓库漏扫"):
        assert name not in zhang.transcript()


async def test_the_whole_life_over_a_weekend_in_english(english: Company) -> None:
    """On Friday at half past five a customer complains; it is answered on Monday, reopened, and solved for good."""
    su, wang = english.su, english.wang
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    acme = await joins(english, "Acme", language="en")
    await english.moves(to=BEGIN.replace(hour=17, minute=30))
    await acme.says("the pump is broken and leaks")
    await acme.sees("What should we do with this")
    await acme.taps("Please look into this")
    await acme.sees("#1", "received", "You will hear from us by Mon 16:00")
    await wang.sees("New complaint", "Category: Quality", "First answer due in 8 h of working time, by Mon 16:00")
    await taps(wang, "Open", "Nobody has it yet")
    await taps(wang, "Assign", "Who should have it")
    await taps(wang, "苏青", "苏青 has it")
    await su.sees("王芳 gave you this one")
    await acme.sees("Somebody is on it", "by Mon 16:00")
    await english.moves(to=datetime(2026, 11, 22, 15, tzinfo=SHANGHAI))
    await su.sees_nothing()

    await english.moves(to=datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI))
    await taps(su, "Write back", "What should the customer read")
    await says(su, "Which model is it?", "The clock waits for the customer; 38 h 30 min left to solve it")
    await acme.sees("Which model is it?")
    await english.moves(to=datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI))
    await acme.says("The small one")
    await su.sees("The small one", "Solution due in 38 h 30 min")
    await taps(su, "Open", "The small one")
    await taps(su, "Resolve", "do")
    await says(su, "A new pump is on its way", "✓ Resolved")
    await acme.sees("There is an answer for you", "A new pump is on its way")
    await english.moves(by=timedelta(days=2))
    await acme.taps("Not solved", on=acme.last)
    await acme.sees("Sorry it isn’t solved")
    await wang.sees("The customer says it’s not solved", "Solution due in 38 h 30 min")
    await su.sees("The customer says it’s not solved")
    await taps(su, "Open", "reopened")
    await taps(su, "Resolve", "do")
    await says(su, "It is there now", "✓ Resolved")
    await acme.sees("There is an answer for you", "It is there now")
    await acme.taps("Solved", on=acme.last)
    await acme.sees("#1 is closed")
    await acme.taps("5 ★")
    await acme.sees("5 it is")
    await su.sees("The customer gave it 5 of 5")
    for name in ("苏青", "王芳", "李雷"):
        assert name not in acme.transcript()


async def test_what_was_guessed_is_corrected_with_a_tap(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    boss = english.boss
    await says(boss, "/settings")
    await taps(boss, "Complaint lists", "Categories of complaints")
    await taps(boss, "＋ Category", "new category")
    await says(boss, "Installation", "✓ Added Installation")
    await taps(boss, "Products", "No products yet")
    await taps(boss, "＋ Product", "new product")
    await says(boss, "Pump 200", "✓ Added Pump 200")
    await says(english.li, "complaint Acme the pump 200 is leaking", "Category: Quality", "Product: Pump 200")
    await taps(english.li, "Installation", "✓ Category: Installation")
    await taps(english.li, "Classify", "tap again to take away")
    await taps(english.li, "✓ Pump 200", "Which product")
    await taps(english.li, "✓ Pump 200", "✓ Taken away")
    assert "Product" not in english.li.last.text
    await taps(english.li, "Undo", "Undone")
    await english.su.forges(english.su.last, "case.label:1:p:999")
    await english.su.sees("Not found")
    await taps(boss, "✕ Pump 200", "off the list")


async def test_queues_filters_and_what_is_about_to_be_late(company: Company) -> None:
    su = company.su
    await adds(company.li, "张三 13800138000")
    for text in ("漏电", "发票抬头错了", "快递迟到"):
        await says(company.li, f"投诉 张三 {text}", text)
    await company.moves(by=timedelta(minutes=50))
    await su.sees("快到时限", "漏电")
    await says(su, "/complaint", "待接手", "3 件")
    due = await taps(su, "⏰ 1", "快超时和已超时", "1 件")
    assert due.labels[0] == "🔴 #1 张三 · 待处理"
    await taps(su, "全部 3", "未处理完的投诉")
    await taps(su, "筛选", "只看哪些")
    assert (await taps(su, "账款", "只看：账款", "1 件")).labels[0].startswith("#2 ")
    await taps(su, "筛选", "只看哪些")
    await taps(su, "紧急", "只看：🔴 紧急", "只看：账款", "0 件")
    await taps(su, "筛选", "只看哪些")
    await taps(su, "全部都看", "3 件")
    for wrong in ("cases:all:zzz:0", "cases:none:0", "cases.by:all:s9", "case.pick:1:q:0"):
        await su.forges(su.last, wrong)
        await su.sees("没有找到")


async def test_a_manager_of_several_teams_and_an_owner_look_at_one(company: Company) -> None:
    boss, wang, qian = company.boss, company.wang, company.qian
    await adds(company.li, "张三 13800138000")
    await adds(company.zhou, "李四 13900139000")
    await says(company.li, "投诉 张三 少了两箱", "#1")
    await says(company.zhou, "投诉 李四 漏电", "#2")
    shown = await says(qian, "/complaint", "待接手")
    assert "本队" not in "".join(shown.labels)
    shown = await says(boss, "/complaint", "待接手 · 2 件")
    assert "本队" not in "".join(shown.labels)
    asked = await taps(boss, "筛选", "只看哪些")
    assert {"华东", "华南"} <= set(asked.labels)
    only = await taps(boss, "华南", "待接手 · 1 件", "只看：华南")
    assert [label for label in only.labels if "#" in label] == ["🔴 #2 李四 · 待处理"]
    await wang.says("/complaint")
    await wang.forges(await wang.sees("待接手"), "cases:all:t2:0")
    await wang.sees("没有找到")

    def below(tx: Tx) -> None:
        owner = staff.as_actor(tx, company.ids["boss"])
        (east,) = (team.id for team in team_tree.reached(tx, owner) if team.name == "华东")
        code = staff.invite(tx, owner, Role.SALESPERSON, team_tree.add(tx, owner, "浦东", east))
        seller = staff.as_actor(tx, staff.join(tx, code, Newcomer(190, 190, "陈晨", "zh", "Asia/Shanghai")).id)
        complaints.add(tx, seller, customers.add(tx, seller, CustomerWords(name="王五")).id, "发票错了")

    await company.writes(below)
    await says(wang, "/complaint", "待接手 · 2 件")
    mine = await taps(wang, "本队 1", "本队的投诉 · 1 件")
    assert [label for label in mine.labels if "#" in label] == ["#1 张三 · 待处理"]
    assert [label for label in (await taps(wang, "全部 2")).labels if "#" in label] == [
        "#1 张三 · 待处理", "#3 王五 · 待处理",
    ]  # fmt: skip
    await taps(wang, "筛选", "只看哪些")
    assert "#3 王五 · 待处理" in (await taps(wang, "浦东", "只看：浦东", "1 件")).labels


async def test_complaints_that_sound_alike_are_linked_to_one_cause_with_a_tap(company: Company) -> None:
    su, li = company.su, company.li
    for line in ("张三 13800138000", "李四 13900139000", "王五 13700137000"):
        await adds(li, line)
    for who, text in {
        "张三": "净水器接头漏水，地板都泡了", "李四": "接头又漏水了，上个月刚换的", "王五": "发票抬头写错了",
    }.items():  # fmt: skip
        await says(li, f"投诉 {who} {text}", text)
    await says(su, "/complaint", "待接手 · 3 件")
    shown = await taps(su, "相近的投诉", "像是同一件事的投诉 · 1 组")
    assert shown.labels[0] == "2 件 · 接头 · 漏水"
    group = await taps(su, "2 件", "2 件像是同一件事", "都写到：接头 · 漏水")
    assert group.labels[:3] == ["归到新原因“接头 · 漏水”", "＋ 写原因", "‹ 返回"]
    await says(li, "投诉 王五 接头漏水，没人来修", "#4")
    await presses(su, group, "归到新原因“接头 · 漏水”", "这一组刚有变化", "3 件像是同一件事")
    await taps(su, "归到新原因", "✓ 3 件归到“接头 漏水”", "没有像是同一件事的投诉")
    await taps(su, "撤销", "已撤销")
    await says(su, "/complaint", "待接手")
    await taps(su, "#1 张三", "地板")
    await taps(su, "归类")
    await taps(su, "选原因", "几件投诉可以是同一个原因")
    await taps(su, "相近的 2 件", "3 件像是同一件事")
    await taps(su, "＋ 写原因", "是什么原因？这一组都会归到它")
    await says(su, "接头老化", "✓ 3 件归到“接头老化”")
    await says(li, "投诉 王五 还是漏水，接头那里", "#5")
    await says(li, "投诉 李四 漏水，接头没拧紧", "#6")
    await says(su, "/complaint", "待接手")
    await taps(su, "相近的投诉", "1 组")
    await taps(su, "2 件", "2 件像是同一件事")
    await taps(su, "归到“接头老化”", "✓ 2 件归到“接头老化”")
    await li.forges(li.last, "alike:0")
    await li.sees("没有找到")
    for wrong in ("alike.of:99", "alike.link:1:zzz:1", "alike.name:1:zzz"):
        await su.forges(su.last, wrong)
    await su.sees("没有找到")


async def test_similar_complaints_in_english_show_no_colleagues_customers(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    await adds(english.zhou, "Bolt +44 20 7946 0959", save="Save")
    await says(english.li, "complaint Acme The pump is leaking at the joint", "#1")
    await says(english.li, "complaint Acme pump joint leaked again", "#2")
    await says(english.zhou, "complaint Bolt water leaks from the pump joint", "#3")
    await says(english.su, "/complaint", "Nobody’s yet")
    await taps(english.su, "Similar ones", "one group")
    await taps(english.su, "2 · ", "2 seem to be about the same thing", "joint")
    await says(english.boss, "/complaint", "Nobody’s yet")
    await taps(english.boss, "Similar ones", "one group")
    await taps(english.boss, "3 · ", "3 seem to be about the same thing")


async def test_the_same_complaint_twice_becomes_one(company: Company) -> None:
    su = company.su
    await adds(company.li, "张三 13800138000")
    zhang = await joins(company, "张三")
    for text in ("少了两箱", "还是少两箱"):
        await says(company.li, f"投诉 张三 {text}", text)
        await zhang.sees("已收到")
    await su.sees("还是少两箱")
    await taps(su, "打开", "#2")
    await taps(su, "归类", "点一下就改")
    await taps(su, "合并重复", "#2 和哪一件是同一件事")
    await taps(su, "#1 待处理 · 少了两箱", "✓ #2 已并入这一件", "#1", "同一件 #2：还是少两箱")
    merged = su.last
    story = await taps(su, "全部经过", "李雷，原 #2", "还是少两箱", "苏青：#2 并入这一件")
    assert story.text.index("还是少两箱") < story.text.index("#2 并入")
    await zhang.sees("#2", "和 #1 是同一件事")
    await says(company.wang, "/complaint", "待接手")
    await taps(company.wang, "统计", "新增 1（", "未解决 1")
    assert "已解决" not in "".join(company.wang.last.labels)
    await says(company.wang, "/report", "投诉")
    assert "解决 1" not in company.wang.last.text
    await zhang.taps("打开 #1")
    await zhang.sees("#1", "已收到")
    await presses(su, merged, "撤销", "已撤销")
    await company.moves(by=timedelta(seconds=2))
    await zhang.sees("#2", "已收到")
    await says(su, "#1", "少了两箱")
    assert "还是少" not in su.last.text


async def test_a_customer_who_is_told_by_telephone_has_had_their_answer(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await says(company.li, "投诉 张三 少了两箱", "首次答复还剩")
    await taps(company.su, "我来处理", "客户收不到这里的消息", "首次答复还剩")
    await taps(company.su, "已电话答复", "对客户说了什么")
    await says(company.su, "明天补发", "✓ 已记下你对客户说的", "解决时限还剩")


async def test_another_customer_sees_nothing_by_any_button(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang = await joins(company, "张三")
    await adds(company.li, "李四 13900139000 宏达商贸")
    si = await joins(company, "李四")
    await says(company.li, "投诉 张三 漏电", "#1")
    await taps(company.su, "我来处理", "处理中")
    await taps(company.su, "已解决", "怎么解决的")
    await says(company.su, "换了一台", "✓ 已解决")
    await zhang.sees("换了一台")
    guest = ("g.case:1", "g.add:1", "g.solved:1", "g.unsolved:1", "g.mark:1", "g.mark:1:1", "g.fix:1", "g.put:abc:1")
    staff = ("case:1", "case.sort:1", "case.label:1:c:1", "case.merge:1:1", "case.story:1", "cases:done:0", "hours",
             "case.called:1", "labels:c:0", f"case.to:1:{company.ids['su']}")  # fmt: skip
    for data in (*guest, *staff):
        await si.forges(si.last, data)
        await si.sees()
    for secret in ("漏电", "换了一台", "张三", "云帆", "苏青", "8000"):
        assert secret not in si.transcript()
    await zhang.taps("解决了", on=zhang.last)
    await zhang.sees("已完结")  # nothing of what was tried has touched it


async def test_contacts_hide_again_when_the_case_is_closed_and_from_colleagues_always(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await says(company.li, "投诉 张三 缺了三箱", "#1")
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "客户", "138 0013 8000")
    await says(company.su, "/complaint", "我的投诉")
    await taps(company.su, "#1 张三", "缺了三箱")
    await taps(company.su, "已解决", "怎么解决的")
    await says(company.su, "补发", "✓ 已解决")
    await taps(company.su, "关闭", "✓ 已关闭")
    shown = await taps(company.su, "客户", "张三")
    assert "0013" not in shown.text
    for person in (company.han, company.qian):
        await says(person, "/complaint", "没有未处理完的投诉")
        for data in ("case:1", "case.story:1", "customer:1", "case.sort:1", "cases:done:0", "case.twins:1:0"):
            await person.forges(person.last, data)
            await person.sees()
        assert "138" not in person.transcript()
        assert "缺了三箱" not in person.transcript()


async def test_the_same_complaint_twice_becomes_one_in_english(english: Company) -> None:
    su = english.su
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    acme = await joins(english, "Acme", language="en")
    for text in ("two boxes missing", "still two boxes missing"):
        await says(english.li, f"complaint Acme {text}", text)
    await su.sees("still two boxes missing")
    await taps(su, "Open", "#2")
    await taps(su, "Classify", "Tap to choose")
    await taps(su, "Merge", "Which case does #2 repeat")
    await taps(su, "#1 · open · two boxes missing", "✓ #2 was merged into this one", "Also #2: still two boxes missing")
    merged = su.last
    await taps(su, "Whole story", "李雷, as #2", "still two boxes missing", "苏青: #2 merged into this one")
    await acme.sees("#2", "This is the same as #1: follow that one")
    await acme.taps("Open #1")
    await acme.sees("#1", "received")
    await presses(su, merged, "Undo", "Undone")
    await english.moves(by=timedelta(seconds=2))
    await acme.sees("#2", "received")


async def test_a_number_opens_its_case_and_plain_words_the_lists(company: Company) -> None:
    su, wang, zhou = company.su, company.wang, company.zhou
    await adds(company.li, "张三 13800138000")
    await says(company.li, "投诉 张三 发货少了两箱", "#1")
    for line in ("#1", "＃1", "投诉1", "1号投诉", "打开投诉 #1"):
        await says(su, line, "#1", "发货少了两箱")
    await says(wang, "#1", "发货少了两箱")
    for line in ("#9", "投诉9"):
        await says(su, line, "没有找到")
    await says(zhou, "#1", "没有找到")
    assert "发货" not in zhou.transcript()
    await says(su, "投诉", "待接手 · 1 件")
    for line in ("待处理的投诉", "看看没处理完的投诉"):
        await says(wang, line, "未处理完的投诉 · 1 件")
    await says(wang, "评价", "评价")
    await says(wang, "团队", "华东")


async def test_a_number_and_plain_words_in_english(english: Company) -> None:
    su, wang = english.su, english.wang
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    await says(english.li, "complaint Acme two boxes missing", "#1")
    for line in ("#1", "case 1", "Case #1", "show me complaint 1", "complaint 1"):
        await says(su, line, "#1", "two boxes missing")
    await says(su, "case 9", "Not found")
    await says(english.zhou, "case 1", "Not found")
    await says(su, "complaints", "Nobody’s yet · 1")
    for line in ("open cases", "show me open cases"):
        await says(wang, line, "Open complaints · 1")
    await says(wang, "feedback", "feedback")
    assert "Add" not in "".join(wang.last.labels)
    await says(wang, "show me the feedback", "feedback")
