"""The product team's month: causes in customers' words without who they are, as text and as a sheet."""

from __future__ import annotations

import asyncio
from datetime import datetime
from urllib.request import urlopen

from bot.demo.standin import Person
from bot.demo.standin.bubbles import Bubble
from store import case_labels, complaints, customers, product_units, staff
from store.db import Tx
from store.rules.models import CustomerWords, LabelKind, Phone
from tests.handlers.telling import says, taps
from tests.house import BEGIN, SHANGHAI, Company
from tests.sheets import values

FIRST = datetime(2026, 12, 1, 9, tzinfo=SHANGHAI)
JANE = CustomerWords(
    name="刘晓梅", company="上海云帆科技有限公司", phones=(Phone(e164="+8613800138000"),),
    emails=("mei@yunfan.cn",), wechat="xiaomei_88",
)  # fmt: skip
SAID = {
    "接头漏水，我是刘晓梅，打 138-0013-8000": "接头老化",
    "云帆科技的接头又漏水，李雷不理，微信xiaomei_88": "接头老化",
    "Leaks again. 晓梅, mei (at) yunfan.cn": "接头老化",
    '=HYPERLINK("http://evil.example") 屏幕不亮': "电源坏",
    "异响": "",
}  # fmt: skip
HIDDEN = ("刘晓梅", "晓梅", "云帆", "李雷", "8000", "xiaomei", "yunfan", "evil")


async def a_november(company: Company) -> None:
    """Five complaints in 华东, one in 华南, straight into the book."""

    def work(tx: Tx) -> None:
        boss, li, zhou = (staff.as_actor(tx, company.ids[who]) for who in ("boss", "li", "zhou"))
        su = staff.as_actor(tx, company.ids["su"])
        product = case_labels.add(tx, boss, LabelKind.PRODUCT, "净水器 X1").id
        product_units.enter(tx, boss, product, BEGIN.date(), 2000)
        mei = customers.add(tx, li, JANE)
        for text, cause in SAID.items():
            case = complaints.add(tx, li, mei.id, text, labels={LabelKind.PRODUCT: product})
            if cause:
                named = case_labels.add(tx, su, LabelKind.CAUSE, cause)
                complaints.sort(tx, su, case.id, LabelKind.CAUSE, named.id)
        south = customers.add(tx, zhou, CustomerWords(name="陈华"))
        complaints.add(tx, zhou, south.id, "陈华的桶裂了")

    await company.writes(work)


async def sheets_of(company: Company, said: Bubble) -> dict[str, list[list[str]]]:
    (file,) = said.files
    assert file["name"] == "kehu-product-2026-11.xlsx"
    return values(await asyncio.to_thread(lambda: urlopen(company.standin.url + file["url"]).read()))


async def test_it_comes_on_the_first_of_the_month_as_text_and_as_a_sheet(company: Company) -> None:
    await a_november(company)
    await company.moves(to=FIRST)
    boss = company.boss
    said = await boss.sees("产品月报", "2026年11月", "新增 6（↑6） · 未解决 6")
    lines = said.text.splitlines()
    causes = lines[lines.index("原因") + 1 : lines.index("产品") - 1]
    assert causes == [
        "接头老化：3（↑3）", "“Leaks again. ***, ***”", "“***的接头又漏水，***不理，***”", "电源坏：1（↑1）",
        "“=HYPERLINK(\"*** 屏幕不亮”", "未归类：2（↑2）", "“***的桶裂了”", "“异响”",
    ]  # fmt: skip
    assert "净水器 X1：5（↑5） · 每售出 1,000 件 2.5 件" in said.text
    file = await boss.sees("产品月报", "可以转给做产品的同事")
    sheets = await sheets_of(company, file)
    assert list(sheets) == ["原因", "产品", "投诉"]
    assert sheets["原因"][1] == ["接头老化", "3", "0", "0", "0"]
    assert sheets["产品"][1] == ["净水器 X1", "5", "0", "2000", "2.5"]
    assert [row[-1] for row in sheets["投诉"][1:]][::-1][:2] == [
        "接头漏水，我是***，打 ***",
        "***的接头又漏水，***不理，***",
    ]
    for hidden in HIDDEN:
        assert hidden not in said.text + file.text + str(sheets)
    await company.moves(to=FIRST.replace(hour=10))
    assert boss.transcript().count("产品月报") == 2


async def test_a_manager_reads_of_the_own_teams_and_others_nothing(company: Company) -> None:
    await a_november(company)
    await company.moves(to=FIRST)
    wang, qian = company.wang, company.qian
    said = await wang.sees("产品月报", "新增 5（↑5）", "销量是全公司的")
    assert "桶裂了" not in said.text
    sheets = await sheets_of(company, await wang.sees("可以转给"))
    assert len(sheets["投诉"]) == 6
    assert "新增 1（↑1）" in (await qian.sees("产品月报", "未归类：1")).text
    for nobody in (company.li, company.su, company.zhou):
        assert "产品月报" not in nobody.transcript()
        await nobody.forges(await _something(nobody), "product.report")
        await nobody.sees("没有找到")


async def _something(person: Person) -> Bubble:
    return await says(person, "/help")


async def test_after_an_outage_it_comes_once_and_says_so(company: Company) -> None:
    await a_november(company)
    await company.stop()
    company.clock.set(FIRST.replace(day=3, hour=11))
    await company.start()
    await company.wang.sees("产品月报", "2026年11月", "当时我没有在运行")
    await company.wang.sees("可以转给")
    await company.restart()
    await company.moves(to=FIRST.replace(day=4))
    assert company.wang.transcript().count("产品月报") == 2


async def test_at_any_time_in_english_and_each_cause_opens_its_cases(english: Company) -> None:
    await a_november(english)
    await english.moves(to=FIRST.replace(day=12))
    boss = english.boss
    await boss.sees("Product report", "I was not running")
    await says(boss, "/complaint", "Nobody’s yet")
    await taps(boss, "Statistics", "Complaints 1 Dec")
    said = await taps(boss, "Product report", "Nov 2026", "Opened 6 (↑6)", "接头老化: 3 (↑3)", "Names and contacts")
    assert said.labels[:2] == ["接头老化 3", "电源坏 1"]
    await taps(boss, "As a sheet", "can be passed on")
    await taps(boss, "Oct 2026", "No complaints this month")
    await taps(boss, "Nov 2026", "接头老化: 3 (↑3)")
    await taps(boss, "接头老化 3", "接头老化", "Opened 3 (↑3)")
    for wrong in ("product.report:w739940", "product.report:m9999999", "product.sheet", "product.report:m740100"):
        await boss.forges(boss.last, wrong)
        await boss.sees("Not found")


async def test_nothing_comes_where_nobody_complains(company: Company) -> None:
    await company.moves(to=FIRST)
    assert "产品月报" not in company.boss.transcript()


async def test_more_causes_than_a_phone_shows_are_in_the_sheet(company: Company) -> None:
    def many(tx: Tx) -> None:
        li, su = (staff.as_actor(tx, company.ids[who]) for who in ("li", "su"))
        customer = customers.add(tx, li, CustomerWords(name="张三"))
        for place in range(7):
            case = complaints.add(tx, li, customer.id, f"第{place}种毛病")
            cause = case_labels.add(tx, su, LabelKind.CAUSE, f"原因{place}")
            complaints.sort(tx, su, case.id, LabelKind.CAUSE, cause.id)

    await company.writes(many)
    await company.moves(to=FIRST)
    said = await company.wang.sees("产品月报", "还有 2 个原因，都在表格里")
    assert said.text.count("种毛病") == 5
    assert len((await sheets_of(company, await company.wang.sees("可以转给")))["原因"]) == 8
