"""The way in, with everybody's phones: codes, invites, greetings, help, languages; strangers kept outside."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.demo.standin import Person
from handlers.commands import names_for
from handlers.kit.texts import catalogue
from store import staff
from store.rules.models import Role
from tests.handlers.telling import link_in
from tests.house import Company


async def invited(company: Company, role: str, team: str = "华东", *, by: Person | None = None) -> str:
    """The owner (or `by`) makes an invite through the menus; its link."""
    inviter = by or company.boss
    await inviter.says("/team")
    await inviter.sees(team)
    await inviter.taps(team)
    await inviter.sees(team)
    await inviter.taps("邀请同事")
    await inviter.sees("做什么")
    await inviter.taps(role)
    await inviter.sees("邀请好了")
    return link_in(await inviter.sees("https://t.me/"), "i")


async def owner_code(company: Company) -> str:
    return await company.writes(lambda tx: staff.invite(tx, None, Role.OWNER, None, hours=staff.OWNER_CODE_HOURS))


# Coming in -----------------------------------------------------------------------------------------------------------


async def test_a_code_from_the_command_line_makes_an_owner(company: Company) -> None:
    chen = await company.stranger("陈晨")
    code = await owner_code(company)
    await chen.says(f"/start {code}")
    said = await chen.sees("欢迎，陈晨。你是负责人。")
    assert "王总 13800138000 云帆科技" in said.text
    assert "周报" in (await chen.sees("菜单")).labels
    assert chen.keyboard == ["今天", "添加", "查找", "菜单"]
    late = await company.stranger("晚来的人")
    await late.says(f"/start {code}")
    await late.sees("邀请码无效、已用过或已过期")


async def test_an_owners_code_lasts_a_day(company: Company) -> None:
    code = await owner_code(company)
    await company.moves(by=timedelta(hours=25))
    late = await company.stranger("晚来的人")
    await late.says(f"/start {code}")
    await late.sees("邀请码无效")


async def test_a_colleague_comes_in_by_link_and_the_inviter_hears_of_it(company: Company) -> None:
    link = await invited(company, "销售")
    zhao = await company.stranger("小赵")
    await zhao.opens(link)
    await zhao.sees("欢迎，小赵。你是销售，在华东。", "发一行就能记下客户")
    await zhao.sees("菜单")
    assert "team" not in await zhao.commands()
    await company.boss.sees("小赵 加入了：销售 · 华东")
    await company.boss.taps("打开")
    assert (await company.boss.sees("小赵")).text == "小赵\n销售 · 华东\n中文 · 在职"
    await zhao.says("王总 13800138000 云帆科技")
    await zhao.taps("保存")
    await zhao.sees("已保存")
    await company.wang.says("王总")
    await company.wang.sees("云帆科技", "+86 138 0013 8000")


async def test_in_english(english: Company) -> None:
    await english.boss.says("/team")
    await english.boss.sees("Team · 7 people")
    await english.boss.taps("华南")
    await english.boss.sees("2 people")
    await english.boss.taps("Invite")
    await english.boss.sees("Into 华南, as what?")
    await english.boss.taps("Support")
    await english.boss.sees("The invite is ready: Support · 华南")
    card = await english.boss.sees("老板 invites you to Kehu: Support · 华南", "once, within 48 hours")
    ann = await english.stranger("Ann", language="en")
    await ann.opens(link_in(card, "i"))
    await ann.sees("Welcome, Ann. You are in 华南 now. Role: Support.", "one tap takes a case")
    assert ann.keyboard == ["Cases", "Find", "Menu"]
    await english.boss.sees("Ann has joined: Support · 华南")


async def test_the_picture_holds_the_link(company: Company) -> None:
    """The QR code is a PNG; what it says is the link of the caption (segno draws the same picture for it)."""
    from handlers.kit.links import qr

    link = await invited(company, "客服")
    shown = company.boss.last
    assert shown.files
    picture = await company.people.fetch(shown.files[0]["url"])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture == qr(link)
    assert shown.labels == []  # so that it can be sent on as it is


async def test_a_link_works_once(company: Company) -> None:
    link = await invited(company, "销售")
    first, second = await company.stranger("小赵"), await company.stranger("小钱")
    await first.opens(link)
    await first.sees("欢迎")
    await second.opens(link)
    await second.sees("邀请码无效、已用过或已过期")
    await second.says("王总")
    await second.sees("只为一家公司的同事和客户服务")


async def test_a_link_works_for_48_hours(company: Company) -> None:
    link = await invited(company, "销售")
    await company.moves(by=timedelta(hours=48, minutes=1))
    late = await company.stranger("小赵")
    await late.opens(link)
    await late.sees("邀请码无效")


async def test_an_invite_can_be_withdrawn(company: Company) -> None:
    link = await invited(company, "销售")
    await company.boss.taps("收回邀请")
    await company.boss.sees("已撤销")
    zhao = await company.stranger("小赵")
    await zhao.opens(link)
    await zhao.sees("邀请码无效")


async def test_a_member_who_opens_an_invite_stays_who_they_are(company: Company) -> None:
    link = await invited(company, "经理")
    await company.li.opens(link)
    await company.li.sees("你已经是成员了")
    zhao = await company.stranger("小赵")
    await zhao.opens(link)
    await zhao.sees("你是经理")


async def test_the_first_team_is_made_on_the_way_to_the_first_invite(company: Company) -> None:
    """In a company that has no team yet the owner is asked for its name, and gets the invite that was meant."""
    await company.writes(lambda tx: tx.run("UPDATE staff SET team_id = NULL"))
    await company.writes(lambda tx: tx.run("UPDATE team SET deleted_at = 1"))
    await company.boss.says("/team")
    await company.boss.sees("还没有团队。先建一个")
    await company.boss.taps("邀请同事")
    await company.boss.sees("邀请谁？")
    await company.boss.taps("经理")
    await company.boss.sees("新团队叫什么？")
    await company.boss.says("总部")
    await company.boss.sees("邀请好了：经理 · 总部")
    await company.boss.sees("https://t.me/")


async def test_a_manager_invites_for_the_own_teams_only(company: Company) -> None:
    wang = company.wang
    await wang.says("/team")
    shown = await wang.sees("团队")
    assert "华南" not in shown.text
    assert "新团队" not in shown.labels
    link = await invited(company, "客服", by=wang)
    asked = next(bubble for bubble in wang.phone.bubbles(wang.id) if "邀请好了" in bubble.text)
    zhao = await company.stranger("小赵")
    await zhao.opens(link)
    await zhao.sees("你是客服，在华东")
    await wang.sees("小赵 加入了")
    for forged in ("invite.as:manager:1", "invite.as:owner:1", "invite.as:support:2", "invite.as:salesperson:99"):
        await wang.forges(asked, forged)
        await wang.sees("没有找到，或者你无权查看。")


async def test_salespeople_and_support_have_no_team_page(company: Company) -> None:
    for person in (company.li, company.su):
        await person.says("/team")
        await person.sees("没有找到，或者你无权查看。")
        assert "team" not in await person.commands()


# Everybody -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nickname", ["boss", "wang", "li", "su"])
async def test_start_says_what_one_can_do_and_every_button_of_the_menu_leads_somewhere(
    company: Company, nickname: str
) -> None:
    person: Person = getattr(company, nickname)
    await person.says("/start")
    hello = await person.sees(f"你好，{person.name}。")
    assert len(hello.text.splitlines()) <= 4
    menu = await person.sees("菜单")
    assert 4 <= len(menu.labels) <= 10
    for label in menu.labels:
        await person.taps(label, on=menu)
        await person.sees()
        await person.says("/cancel")
        await person.sees()
        await person.says("/menu")
        menu = await person.sees("菜单")


@pytest.mark.parametrize("nickname", ["boss", "wang", "li", "su"])
async def test_what_help_says_can_be_typed_as_it_is(company: Company, nickname: str) -> None:
    await company.li.says("王总 13800138000 云帆科技")
    await company.li.taps("保存")
    await company.li.sees("已保存")
    await types_every_example(getattr(company, nickname), nickname, "zh", "王总")


@pytest.mark.parametrize("nickname", ["boss", "wang", "li", "su"])
async def test_and_in_english(english: Company, nickname: str) -> None:
    await english.li.says("May Chen 13800138000 Yunfan Ltd")
    await english.li.taps("Save")
    await english.li.sees("Saved")
    await types_every_example(getattr(english, nickname), nickname, "en", "May Chen")


async def types_every_example(person: Person, nickname: str, language: str, customer: str) -> None:
    """Each is understood: the answer is about the customer that all of them speak of."""
    examples = re.findall(r"<code>(.*?)</code>", str(catalogue(language)[f"help.{_role(nickname)}"]))
    assert len(examples) >= 3
    for example in examples:
        await person.says(example)
        await person.sees(customer)
        await person.says("/cancel")
        await person.sees("没有正在填" if language == "zh" else "is open")


def _role(nickname: str) -> str:
    return {"boss": "owner", "wang": "manager", "li": "salesperson", "su": "support"}[nickname]


async def test_the_words_under_the_input_field_work_in_either_language(company: Company) -> None:
    li = company.li
    await li.says("/start")
    await li.sees("菜单")
    await li.taps("今天")
    await li.sees()
    await li.says("Add")
    await li.sees("客户叫什么名字")
    await li.says("菜单")
    await li.sees("菜单")
    await li.says("王总")
    await li.sees("没有找到“王总”")


async def test_speaking_the_other_language_from_this_answer_on(company: Company) -> None:
    li = company.li
    await li.says("/settings")
    asked = await li.sees("设置")
    assert asked.labels[:2] == ["✓ 中文", "English"]
    await li.taps("English")
    assert (await li.sees("Settings")).labels[:2] == ["中文", "✓ English"]
    await li.sees("English from now on.")
    assert li.keyboard == ["Today", "Add", "Find", "Menu"]
    listed = {command["command"]: command["description"] for command in (await li.chat())["commands"]}
    assert listed["find"] == "Find a customer"
    await li.says("/help")
    await li.sees("Just type")


async def test_a_language_is_guessed_from_the_phone(company: Company) -> None:
    for code, words in (("zh-hans", "只为一家公司"), ("en-GB", "one company's staff"), ("fr", "one company's staff")):
        someone = await company.stranger("X", language=code)
        await someone.says("hello")
        await someone.sees(words)


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.SALESPERSON, Role.SUPPORT])
async def test_published_commands_are_those_of_the_role(company: Company, role: Role) -> None:
    person: Person = {"owner": company.boss, "manager": company.wang, "salesperson": company.li, "support": company.su}[
        role
    ]
    await person.says("/start")
    await person.sees("菜单")
    assert await person.commands() == list(names_for(role))
    for name in names_for(role):
        await person.says(f"/{name}")
        answer = await person.sees()
        assert "没有这个命令" not in answer.text
        assert "无权" not in answer.text
        await person.says("/cancel")
        await person.sees()


async def test_commands_of_others_are_not_offered() -> None:
    assert not {"team", "report"} & set(names_for(Role.SALESPERSON))
    assert not {"add", "team", "report", "follow"} & set(names_for(Role.SUPPORT))
    assert {"team", "report", "add", "today"} <= set(names_for(Role.MANAGER))
    assert set(names_for(Role.STRANGER)) == {"start", "help", "settings", "privacy"}


async def test_privacy_and_unknown_commands(company: Company) -> None:
    await company.li.says("/privacy")
    said = await company.li.sees("每位客户一把单独的密钥")
    assert 2 <= len(said.text.splitlines()) <= 4
    await company.li.says("/nonsense with words")
    await company.li.sees("没有这个命令")
    await company.li.says("/cancel")
    await company.li.sees("没有正在填的内容。")


async def test_cancel_leaves_a_form(company: Company) -> None:
    await company.li.says("/add")
    await company.li.sees("客户叫什么名字")
    await company.li.says("/cancel")
    await company.li.sees("已取消，什么都没有改。")


# Strangers -----------------------------------------------------------------------------------------------------------


async def test_a_stranger_gets_one_answer_a_day_and_nothing_else(company: Company) -> None:
    who = await company.stranger("路人")
    await who.starts()
    said = await who.sees("只为一家公司的同事和客户服务")
    assert said.labels == []
    assert who.keyboard == []
    for line in ("/start", "/help", "/settings", "/privacy", "/find 王总", "/team", "王总", "王总 13800138000", "今天"):
        await who.says(line)
    await who.sends_contact(phone="+8613800138000", first_name="王总")
    await who.sees_nothing()
    await company.moves(by=timedelta(days=1))
    await who.says("还在吗")
    await who.sees("只为一家公司的同事和客户服务")


async def test_a_stranger_with_an_altered_app_gets_no_further(company: Company) -> None:
    who = await company.stranger("路人")
    await who.starts()
    said = await who.sees("只为一家公司")
    for forged in ("team", "member:1", "menu", "recent", "settings", "language:en", "customer:1", "f:abc:ok"):
        await who.forges(said, forged)
    await company.boss.says("/start")
    await company.boss.sees("菜单")
    shown = [bubble.text for bubble in who.phone.bubbles(who.id) if bubble.from_bot]
    assert not [text for text in shown if "菜单" in text or "团队" in text or "设置" in text]


async def test_guessing_codes_stops_being_answered(company: Company) -> None:
    who = await company.stranger("猜的人")
    await who.starts("i_" + "A" * 22)
    await who.sees("邀请码无效")
    for _ in range(4):
        await who.says("/start " + "B" * 22)
        await who.sees("邀请码无效")
    await who.says("/start " + "C" * 22)
    await who.sees_nothing()
    link = await invited(company, "销售")
    await who.opens(link)
    await who.sees("欢迎，猜的人。")


async def test_nothing_of_a_stranger_stays(company: Company) -> None:
    """What they wrote is blanked once it is handled; what marks the day is gone the next."""
    who = await company.stranger("路人甲")
    await who.says("我的号码是 13912345678")
    await who.sees("在这里发的内容不会保存")
    await company.moves(by=timedelta(days=1))
    kept = await company.reads(
        lambda tx: [
            tx.value("SELECT count(*) FROM inbox WHERE payload IS NOT NULL"),
            tx.value("SELECT count(*) FROM occasion WHERE name LIKE 'stranger:%'"),
            tx.value("SELECT count(*) FROM staff WHERE telegram_id = :id", id=who.id),
        ]
    )
    assert kept == [0, 0, 0]
