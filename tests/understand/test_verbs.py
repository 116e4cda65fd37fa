"""Verbs at the beginning of a line, and names that begin like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understand.verbs import recognise


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("查 张三", "find", "张三"),
        ("查张三", "find", "张三"),
        ("查138", "find", "138"),
        ("找：王总", "find", "王总"),
        ("請查 王小明", "find", "王小明"),
        ("帮我找一下李娜", "find", "李娜"),
        ("find zhang", "find", "zhang"),
        ("Search for acme", "find", "acme"),
        ("查", "find", ""),
        ("添加 贾宝玉，13112345678", "add", "贾宝玉，13112345678"),
        ("添加客户：贾宝玉", "add", "贾宝玉"),
        ("新客戶 劉德明", "add", "劉德明"),
        ("Add customer: Emily Chen", "add", "Emily Chen"),
        ("new lead - Ravi", "add", "Ravi"),
        ("记 张三 电话 下周给报价", "note", "张三 电话 下周给报价"),
        ("note: zhang likes tea", "note", "zhang likes tea"),
        ("提醒 张三 明天3点", "remind", "张三 明天3点"),
        ("提醒我明天开会", "remind", "明天开会"),
        ("跟进 李雷 周五", "remind", "李雷 周五"),
        ("remind me to call Bob", "remind", "call Bob"),
        ("follow up with Bob", "remind", "Bob"),
        ("投诉 张三 发货少了两箱 急", "complaint", "张三 发货少了两箱 急"),
        ("complaint Acme wrong invoice", "complaint", "Acme wrong invoice"),
        ("成交 张三 3.2万", "purchase", "张三 3.2万"),
        ("won Acme 12k", "purchase", "Acme 12k"),
        ("won the deal with Acme 3k", "purchase", "Acme 3k"),
        ("deal closed Acme 3k", "purchase", "Acme 3k"),
        ("商机 张三 年度框架 12万 月底", "deal", "张三 年度框架 12万 月底"),
        ("deal Acme rollout 40k end of June", "deal", "Acme rollout 40k end of June"),
        ("丢单 张三 价格太高", "lost", "张三 价格太高"),
        ("lost Acme too expensive", "lost", "Acme too expensive"),
        ("purchase Acme 300", "purchase", "Acme 300"),
        ("撤销", "undo", ""),
        ("undo that", "undo", ""),
        ("刚才那个不对，撤回", "undo", ""),
        ("取消刚才的操作", "undo", ""),
        ("今天要做什么？", "today", ""),
        ("what do I have to do today?", "today", ""),
        ("怎么用", "help", ""),
        ("never mind", "cancel", ""),
    ],
)
def test_a_line_may_begin_with_what_to_do(text: str, name: str, rest: str) -> None:
    verb = recognise(text)
    assert verb is not None
    assert (verb.name, verb.rest) == (name, rest)
    assert text[verb.span[1] :].strip() == rest


@pytest.mark.parametrize(
    "text",
    [
        "查理 13800138000",
        "查文斌",
        "找钢网",
        "搜狗 张伟",
        "记者 王芳",
        "加藤 鹰",
        "添加剂公司",
        "投诉电话 12315",
        "成交价 3万",
        "成交客户",
        "张三 已成交",
        "昨天聊了成交的事",
        "Won Ji-ho +82 10 1234 5678",
        "Wonder Ltd",
        "won",
        "deal",
        "lost touch with Jane",
        "跟进表",
        "新客户介绍来的",
        "Adderley John",
        "Findlay Ltd",
        "Notebook Ltd",
        "New Balance",
        "Purchase Manager John",
        "complaints",
        "张三",
        "",
    ],
)
def test_names_that_begin_like_verbs_are_names(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("刘晓梅 明天10点 提醒我报价", "刘晓梅 明天10点 报价"),
        ("明天下午三点记得提醒我给刘晓梅打电话", "明天下午三点 给刘晓梅打电话"),
        ("Jane tomorrow 10am remind me to quote", "Jane tomorrow 10am quote"),
    ],
)
def test_an_order_to_remind_is_one_wherever_it_stands(text: str, rest: str) -> None:
    verb = recognise(text)
    assert verb is not None
    assert (verb.name, verb.rest) == ("remind", rest)


@pytest.mark.parametrize("text", ["张三昨天提醒我了", "他提醒我下周付款", "张三 13800138000 明天提醒我回访"])
def test_who_reminded_somebody_or_is_somebody_new_is_no_order(text: str) -> None:
    assert recognise(text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_verb_with_the_rest_behind_it_or_none(text: str) -> None:
    verb = recognise(text)
    if verb is not None:
        before, after = text[: verb.span[0]].strip(), text[verb.span[1] :].strip()
        assert verb.rest in (after, f"{before} {after}".strip())


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("张三成交了3万", "purchase", "张三 3万"),
        ("张三签单5万", "purchase", "张三 5万"),
        ("Acme deal won 12,000 USD", "purchase", "Acme 12,000 USD"),
        ("张三 商机 扩容 3万", "deal", "张三 扩容 3万"),
        ("张三 丢单了", "lost", "张三"),
        ("Acme deal lost too expensive", "lost", "Acme too expensive"),
    ],
)
def test_a_deal_may_be_said_behind_the_name(text: str, name: str, rest: str) -> None:
    verb = recognise(text)
    assert verb is not None
    assert (verb.name, verb.rest) == (name, rest)
