"""What a customer's short line asks of the bot, and the many lines that are words for people."""

from __future__ import annotations

import pytest

from handlers.understand.guest_asks import Asks, asked


@pytest.mark.parametrize(
    "text",
    [
        "what is happening with my complaint?", "status", "Status?", "how is my case going", "my cases",
        "My complaints",
        "What’s the status of my complaint?", "any news?", "Any updates on my case yet?", "how is it going",
        "Hi, can you tell me what the status is please", "where is my complaint", "where do things stand",
        "where are we with my complaint?", "what's going on with #4", "case 4 status", "progress?",
        "please show me my cases", "hello, any progress on my complaint? Thanks",
        "could you give me an update on my case",
        "I want to know how my case is going", "check my complaint", "what happened to my complaint",
        "进度怎么样了", "我的投诉处理得怎么样", "我的投诉现在怎么样了？", "处理到哪一步了", "有进展吗",
        "请问有没有新消息",
        "你好，我的投诉处理得怎么样了？谢谢", "投诉进度", "我的投诉", "我的问题", "怎么样了", "处理好了吗",
        "解决了没有",
        "查一下我的投诉进度", "我想知道处理结果", "4号投诉怎么样了", "现在什么情况", "我的投訴處理得怎麼樣",
        "问题解决了吗",
        "我上次反映的问题处理得如何了",
    ],
)  # fmt: skip
def test_where_things_stand(text: str) -> None:
    assert asked(text) is Asks.CASES


@pytest.mark.parametrize(
    "text",
    [
        "help", "/help", "Help!", "help me please", "hello", "hello, is anybody there?", "Hi there", "good morning",
        "anyone there?", "I need help", "how does this work?", "what can I do here", "can you help me?", "menu",
        "你好", "您好！", "在吗", "有人吗？", "你好，在吗", "帮助", "怎么用", "你能做什么", "早上好", "喂喂",
        "请问有人在吗",
    ],
)  # fmt: skip
def test_a_greeting_and_a_call_for_help(text: str) -> None:
    assert asked(text) is Asks.MENU


@pytest.mark.parametrize(
    "text",
    [
        "delete all my data", "Please delete my data", "erase everything you have about me", "forget me", "my data",
        "what do you know about me?", "remove my personal information", "can you delete my account please",
        "what data do you keep about me", "删除我的资料", "请删除我的所有数据", "把我的资料删掉", "我要删除个人信息",
        "我的数据", "请把我的信息全部删除", "你们有我的哪些资料", "删除你们保存的我的资料",
    ],
)  # fmt: skip
def test_their_own_data(text: str) -> None:
    assert asked(text) is Asks.DATA


@pytest.mark.parametrize(
    "text",
    [
        "no, it is still leaking!", "the machine is broken", "no progress at all", "my complaint is still not solved",
        "I have a problem", "nobody helps me", "help, the machine is on fire", "hello, two boxes are missing",
        "what is happening with my order? I paid twice", "status light is red",
        "how is it possible that it leaks again",
        "delete my order", "delete my last complaint", "this is my third complaint", "it's solved", "solved",
        "thank you",
        "yes", "no news for three weeks", "where is my money", "the app lost all my data", "good", "what", "3",
        "?", "",
        "you deleted my data", "my problem", "the problem", "a case of wine is missing", "when will you fix it",
        "没有进展", "还是漏水", "解决了", "没有解决", "你好，少了两箱", "怎么回事", "投诉", "我要投诉",
        "进度太慢了", "状态灯不亮",
        "结果机器又坏了", "我的机器怎么用都漏水", "删除的资料找不回来", "数据丢了", "我的资料泄露了", "帮我退货",
        "好的", "谢谢",
        "在不在保修期", "有人偷了我的包裹", "问题很严重", "我的问题没人管", "处理得很差", "什么时候发货",
        "消息里说好的没来",
        "订单状态不对", "发货怎么样了没人说", "能不能退款", "有没有结果都不说一声，太差了", "你们查一下",
    ],
)  # fmt: skip
def test_words_for_people(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize("piece", ["请问", "hello ", "please ", "我的", "谢谢", "my ", "有没有"])
def test_a_line_without_end_is_no_question(piece: str) -> None:
    assert asked(piece * 2_000) is None
