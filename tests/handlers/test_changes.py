"""Changes said in words: of whoever is named, or whose card was just looked at; asked where that is not clear."""

from __future__ import annotations

from datetime import timedelta

from tests.handlers.telling import adds, jane_is_known, presses, says, taps
from tests.house import Company


async def test_every_field_in_words_of_the_card_that_was_just_shown(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    for line, said in (
        ("电话改成 139 0013 9000", "✓ 电话已改为 +86 139 0013 9000"),
        ("公司改为 远山贸易", "✓ 公司已改为 远山贸易"),
        ("职位改成厂长", "✓ 职位已改为 厂长"),
        ("邮箱换成 San@Yunfan.CN", "✓ 邮箱已改为 san@yunfan.cn"),
        ("微信改成 zhangsan_88", "✓ 微信已改为 zhangsan_88"),
        ("地址改为 杭州市西湖区文三路1号", "✓ 地址已改为 杭州市西湖区文三路1号"),
        ("level vip", "✓ 级别已改为 VIP"),
        ("阶段改成 已报价", "✓ 阶段已改为 已报价"),
        ("类型改成公司", "✓ 类型已改为 公司"),
        ("地区改成杭州", "✓ 地区已改为 浙江 杭州"),
        ("行业改为制造业", "✓ 行业已改为 制造业"),
        ("来源改为展会", "✓ 来源已改为 展会"),
        ("性别改为女", "✓ 性别已改为 女"),
        ("生日改成3月5日", "✓ 生日已改为 3月5日"),
        ("出生年份改成1988", "✓ 出生年份已改为 1988"),
        ("语言改成粤语", "✓ 语言已改为 粤语"),
        ("喜好改成喝茶", "✓ 喜好已改为 喝茶"),
        ("需求改为每月巡检", "✓ 服务需求已改为 每月巡检"),
        ("备注改成 孩子高考", "✓ 备注已改为 孩子高考"),
        ("姓名改成 张三丰", "✓ 姓名已改为 张三丰"),
        ("清空地址", "✓ 地址已清空"),
        ("标签 制造业，老乡", "✓ 已加标签 #制造业 #老乡"),
        ("取消标签 老乡", "✓ 已去掉标签 #老乡"),
    ):
        await says(company.li, line, said, "张三")
    await taps(company.li, "撤销", "已撤销", "#制造业 #老乡")


async def test_every_field_in_english_words(english: Company) -> None:
    await jane_is_known(english)
    for line, said in (
        ("change phone to +1 212 555 0147", "✓ Phone is now +1 212-555-0147"),
        ("set company to Globex Inc", "✓ Company is now Globex Inc"),
        ("change title to Buyer", "✓ Title is now Buyer"),
        ("update e-mail to Jane@Globex.com", "✓ E-mail is now jane@globex.com"),
        ("change wechat to jane_1988", "✓ WeChat is now jane_1988"),
        ("change address to 350 Fifth Ave, New York", "✓ Address is now 350 Fifth Ave, New York"),
        ("level vip", "✓ Level is now VIP"),
        ("move Jane to proposal", "✓ Stage is now Proposal"),
        ("change region to Hangzhou", "✓ Region is now Hangzhou, Zhejiang"),
        ("change industry to trade", "✓ Industry is now Trade"),
        ("change source to referral", "✓ Source is now Referral"),
        ("change birthday to 5 March", "✓ Birthday is now 5 Mar"),
        ("change notes to likes tea", "✓ Notes is now likes tea"),
        ("tag key account", "✓ Tagged #key account"),
        ("untag Jane Smith key account", "✓ No longer tagged #key account"),
        ("clear address", "✓ Address is empty now"),
        ("rename Jane to Janet Smith", "✓ Name is now Janet Smith"),
        ("Janet Smith changed her name to Janet Darcy", "✓ Name is now Janet Darcy"),
    ):
        await says(english.li, line, said)


async def test_whoever_is_named_is_changed_whatever_card_was_shown(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await adds(company.li, "李四 13900139000 远山贸易")
    await says(company.li, "张三 升级 VIP", "✓ 级别已改为 VIP", "云帆科技")
    await says(company.li, "李四的公司改为 启明", "✓ 公司已改为 启明", "李四")
    await says(company.li, "tag 张三 制造业", "✓ 已加标签 #制造业", "云帆科技")
    await says(company.li, "把李四的电话改成 13700137000", "✓ 电话已改为 +86 137 0013 7000", "李四")


async def test_somebody_or_a_firm_has_another_name(company: Company) -> None:
    li = company.li
    await adds(li, "张三 13800138000 云帆科技")
    await says(li, "改名 张四", "✓ 姓名已改为 张四")
    await says(li, "张四改名叫张三丰了", "✓ 姓名已改为 张三丰")
    await says(li, "云帆科技更名为远帆科技", "✓ 公司已改为 远帆科技", "张三丰")
    await taps(li, "撤销", "云帆科技")
    await says(li, "赵六改名叫赵七", "没有找到")


async def test_two_of_one_name_are_asked_and_the_change_waits(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await adds(company.li, "张三 13900139000 远山贸易")
    asked = await says(company.li, "张三 升级 VIP", "“张三”是哪一位")
    await taps(company.li, "远山贸易", "✓ 级别已改为 VIP", "远山贸易")
    await presses(company.li, asked, "张三 · 云帆科技", "这个按钮已失效")


async def test_without_a_card_in_sight_it_is_asked_whose(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.moves(by=timedelta(hours=2))
    asked = await says(company.li, "公司改为 启明", "改谁的公司")
    assert asked.labels == ["张三 · 云帆科技", "取消"]
    await says(company.li, "张三", "✓ 公司已改为 启明")


async def test_after_a_list_the_card_before_it_is_not_simply_taken(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await adds(company.li, "李四 13900139000 云帆科技")
    await says(company.li, "张三", "云帆科技")
    await says(company.li, "云帆", "找到 2 位")
    asked = await says(company.li, "职位改成厂长", "改谁的职位")
    assert "张三 · 云帆科技" in asked.labels


async def test_nobody_of_that_name_is_said_and_what_was_typed_is_kept(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await says(company.li, "孙悟空的公司改为 花果山", "没有找到“孙悟空”")
    await says(company.li, "张三", "✓ 公司已改为 花果山")


async def test_a_value_that_does_not_fit_is_asked_for_again(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await says(company.li, "电话改成 一三八", "“一三八”不像电话号码", "电话改成什么")
    await says(company.li, "13900139000", "✓ 电话已改为 +86 139 0013 9000")


async def test_somebody_elses_customer_is_changed_by_nobody(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await says(company.han, "张三的公司改为 启明", "没有找到“张三”")
    await says(company.han, "取消", "已取消")
    await says(company.su, "张三 升级 VIP", "没有找到")
    await says(company.li, "张三", "云帆科技", "潜在")


async def test_what_a_colleague_has_changed_since_the_card_was_shown_is_not_overwritten(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await says(company.wang, "张三", "云帆科技")
    await says(company.wang, "公司改为 启明", "✓ 公司已改为 启明")
    await says(company.li, "公司改为 恒信", "同事刚把公司改成了 启明", "你写的是 恒信")
    await taps(company.li, "保留 启明", "没有改动", "启明")


async def test_searches_and_new_customers_are_none_the_worse(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await says(company.li, "级别", "没有找到“级别”")
    await says(company.li, "升级电脑公司", "没有找到“升级电脑公司”")
    await says(company.li, "王五 13700137000 改成科技 采购", "新客户", "王五")
    await taps(company.li, "取消", "没有保存")
    await says(company.li, "北京改成大会", "没有找到")


async def test_a_birthday_in_plain_words(company: Company) -> None:
    await adds(company.li, "刘晓梅 13800138000 云帆科技")
    await says(company.li, "刘晓梅生日3月5号", "✓ 生日已改为 3月5日", "刘晓梅")
    await says(company.li, "刘晓梅 生日是1988年6月1日", "✓ 生日已改为 6月1日")
    await says(company.li, "刘晓梅生日快到了", "要把“生日快到了”记到 刘晓梅 名下吗？")


async def test_what_is_told_of_somebody_in_english_is_written_into_the_field(english: Company) -> None:
    await jane_is_known(english)
    await says(english.li, "Jane Smith birthday is 5 March", "✓ Birthday is now 5 Mar", "Jane Smith")
    await says(english.li, "Jane Smith title is Buyer", "✓ Title is now Buyer")
    await says(english.li, "Peter Pan birthday is 5 March", "Peter Pan birthday is 5 March")


async def test_a_manager_gives_a_customer_to_a_colleague_in_words(company: Company) -> None:
    """With what is still to be done for them; whoever had them hears of it, and one tap takes it back."""
    await adds(company.li, "刘晓梅 13800138000 云帆科技")
    await says(company.li, "提醒 刘晓梅 明天10点 报价", "刘晓梅")
    await says(company.wang, "刘晓梅转给韩梅", "✓ 刘晓梅 已交给 韩梅")
    await company.han.sees("✓ 同事把这位客户交给了你", "刘晓梅", within=20)
    await company.li.sees("王芳 把你的一位客户交给了 韩梅", within=20)
    await says(company.wang, "把刘晓梅分配给韩梅跟进", "刘晓梅 已经归 韩梅 了")
    await says(company.han, "/today", "报价")
    await says(company.wang, "刘晓梅 转给 我", "✓ 刘晓梅 已交给 王芳")
    await taps(company.wang, "撤销", "已撤销")
    await says(company.han, "刘晓梅", "云帆科技")


async def test_a_customer_is_handed_over_in_english_words(english: Company) -> None:
    await jane_is_known(english)
    await says(english.wang, "hand Jane Smith over to 韩梅", "✓ Jane Smith is now with 韩梅")
    await english.han.sees("A colleague handed this customer over to you", "Jane Smith", within=20)
    await says(english.wang, "assign Jane Smith to 韩梅", "Jane Smith is with 韩梅 already")
    await says(english.wang, "Jane Smith is now handled by 李雷", "✓ Jane Smith is now with 李雷")
    await says(english.li, "hand Jane Smith over to 韩梅", "Handing a customer over is for a manager to do. Ask 王芳.")


async def test_whoever_leads_nobody_hands_nobody_over_in_words(company: Company) -> None:
    """李雷 is told who may; where nobody is named who could have them, it is a sentence about a customer."""
    await adds(company.li, "刘晓梅 13800138000 云帆科技")
    await says(company.li, "把刘晓梅转给韩梅", "把客户交给同事要由经理来做，请找 王芳。")
    await says(company.li, "刘晓梅 以后由韩梅负责", "请找 王芳")
    await says(company.li, "刘晓梅转给采购部", "要把“转给采购部”记到 刘晓梅 名下吗？")
    await says(company.wang, "刘晓梅转给周强", "要把“转给周强”记到 刘晓梅 名下吗？")
    assert "已交给" not in company.li.transcript() + company.wang.transcript()
