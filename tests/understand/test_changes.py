"""The shape of a change in words, in both languages; and lines that only look like one."""

from __future__ import annotations

import time

import pytest

from handlers.understand import changes
from handlers.understand.changes import Asked

OWN = {"预算": "c1", "budget": "c1"}


@pytest.mark.parametrize(
    ("line", "who", "key", "value"),
    [
        ("电话改成 13900139000", "", "phones", "13900139000"),
        ("电话改成13900139000", "", "phones", "13900139000"),
        ("张三 电话改成 139 0013 9000", "张三", "phones", "139 0013 9000"),
        ("张三的电话改为13900139000", "张三", "phones", "13900139000"),
        ("把张三的手机号换成 13900139000", "张三", "phones", "13900139000"),
        ("張三的電話改成 13900139000", "張三", "phones", "13900139000"),
        ("请把公司改为：云帆科技", "", "company", "云帆科技"),
        ("公司改为 X", "", "company", "X"),
        ("王总职位改成厂长", "王总", "title", "厂长"),
        ("级别改成重要", "", "level", "重要"),
        ("张三 级别改为 VIP", "张三", "level", "VIP"),
        ("预算改成 30万", "", "c1", "30万"),
        ("张三的预算改成 30万", "张三", "c1", "30万"),
        ("张三的微信是 zhangsan_88", "张三", "wechat", "zhangsan_88"),
        ("备注改成 爱喝茶", "", "notes", "爱喝茶"),
        ("level vip", "", "level", "vip"),
        ("级别 重要", "", "level", "重要"),
        ("张三 级别 VIP", "张三", "level", "VIP"),
        ("Jane Smith stage proposal", "Jane Smith", "stage", "proposal"),
        ("change phone to +44 20 7946 0958", "", "phones", "+44 20 7946 0958"),
        ("Change Jane Smith's phone number to +44 20 7946 0958", "Jane Smith", "phones", "+44 20 7946 0958"),
        ("change the phone of Jane to 020 7946 0958", "Jane", "phones", "020 7946 0958"),
        ("set Jane’s company to Acme Ltd", "Jane", "company", "Acme Ltd"),
        ("please update budget to 30k", "", "c1", "30k"),
        ("Jane Smith's email is now jane@acme.com", "Jane Smith", "emails", "jane@acme.com"),
    ],
)
def test_a_field_and_its_value(line: str, who: str, key: str, value: str) -> None:
    asked = changes.recognise(line)
    assert asked is not None
    assert asked.what == "set"
    assert (changes.field_in(asked.left, OWN), asked.value) == ((who, key), value)


@pytest.mark.parametrize(
    ("line", "who", "value"),
    [
        ("张三 升级 VIP", "张三", "VIP"),
        ("张三升为VIP客户", "张三", "VIP"),
        ("升级 VIP", "", "VIP"),
        ("把张三标为重要客户", "张三", "重要"),
        ("张三 降为 普通", "张三", "普通"),
        ("张三 转为 已报价", "张三", "已报价"),
        ("张三 转为 成交", "张三", "成交"),
        ("upgrade Jane Smith to VIP", "Jane Smith", "VIP"),
        ("mark Jane as important", "Jane", "important"),
        ("move Jane to proposal", "Jane", "proposal"),
        ("make Jane VIP", "Jane", "VIP"),
    ],
)
def test_a_level_or_a_stage(line: str, who: str, value: str) -> None:
    assert changes.recognise(line) == Asked("standing", who, value)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("tag 张三 制造业", Asked("tag", "", "张三 制造业")),
        ("标签 张三 制造业", Asked("tag", "", "张三 制造业")),
        ("添加标签 张三 制造业", Asked("tag", "", "张三 制造业")),
        ("给张三打标签 制造业，老乡", Asked("tag", "张三", "制造业，老乡")),
        ("给张三打上制造业标签", Asked("tag", "张三", "制造业")),
        ("tag Jane Smith as key account", Asked("tag", "Jane Smith", "key account")),
        ("add tag key account to Jane", Asked("tag", "Jane", "key account")),
        ("去掉张三的标签 制造业", Asked("untag", "张三", "制造业")),
        ("取消标签 制造业", Asked("untag", "", "制造业")),
        ("untag Jane Smith key account", Asked("untag", "", "Jane Smith key account")),
        ("remove tag key account from Jane", Asked("untag", "Jane", "key account")),
        ("清空地址", Asked("clear", "地址")),
        ("删掉张三的微信", Asked("clear", "张三的微信")),
        ("clear Jane's address", Asked("clear", "Jane's address")),
    ],
)
def test_tags_and_emptying(line: str, asked: Asked) -> None:
    assert changes.recognise(line) == asked


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("张三 标签 制造业", Asked("tag", "张三", "制造业", loose=True)),
        ("Jane Smith tag key account", Asked("tag", "Jane Smith", "key account", loose=True)),
        ("张三现在是VIP", Asked("standing", "张三", "VIP", loose=True)),
        ("张三是老客户了", Asked("standing", "张三", "老客户", loose=True)),
        ("他已经是重要客户了", Asked("standing", "他", "重要客户", loose=True)),
        ("Jane is now VIP", Asked("standing", "Jane", "VIP", loose=True)),
        ("Jane Smith is a VIP customer", Asked("standing", "Jane Smith", "VIP", loose=True)),
        ("改名 张三丰", Asked("rename", "", "张三丰")),
        ("把张三改名为张三丰吧", Asked("rename", "张三", "张三丰")),
        ("张三已经改名叫张三丰了", Asked("rename", "张三", "张三丰", loose=True)),
        ("云帆科技更名为远帆科技", Asked("rename", "云帆科技", "远帆科技", loose=True)),
        ("rename Jane to Janet Smith", Asked("rename", "Jane", "Janet Smith")),
        ("Jane Bennet is now called Jane Darcy", Asked("rename", "Jane Bennet", "Jane Darcy", loose=True)),
        ("归档 张三", Asked("archive", "张三")),
        ("把张三归档", Asked("archive", "张三")),
        ("archive Jane Smith", Asked("archive", "Jane Smith")),
        ("清空车牌", Asked("clear", "车牌", loose=True)),
        ("删除张三", Asked("archive", "张三", loose=True)),
        ("remove Jane", Asked("archive", "Jane", loose=True)),
        ("恢复 张三", Asked("restore", "张三", loose=True)),
        ("restore Jane", Asked("restore", "Jane", loose=True)),
    ],
)
def test_what_may_be_a_sentence_is_a_change_of_somebody_known_only(line: str, asked: Asked) -> None:
    assert changes.recognise(line) == asked


@pytest.mark.parametrize(
    "line",
    [
        "张三", "张三是谁", "Jane is in Paris", "什么是标签", "归档", "zhang san",
        "王总 13800138000 云帆科技", "张三 采购 云帆科技 138 0013 8000 #制造业", "VIP", "重要",
        "级别",
        "张三 13800138000 标签：外贸",
        "升级", "升级电脑", "删除", "清空", "移动", "make", "set", "Tagesschau",
        "Marketing", "标签",
        "公司 云帆科技", "Mark Johnson", "Change", "姓名：张三 公司：云帆科技", "Phone: +44 20 7946 0958 Jane Smith",
        "张三的电话是多少", "公司是做什么的", "Grace Upgrade Ltd", "move on", "升级版", "",
    ],
)  # fmt: skip
def test_other_lines_are_no_changes(line: str) -> None:
    assert changes.recognise(line) is None


def test_a_field_is_no_end_of_a_longer_word() -> None:
    assert changes.field_in("Jane's microphone", {}) is None
    assert changes.field_in("年度预算", OWN) == ("年度", "c1")
    assert changes.field_in("年度预算", OWN | {"年度预算": "c2"}) == ("", "c2")


@pytest.mark.parametrize("piece", ["改成", "的", "tag ", "升级", "'s ", "change to ", "标签", "a"])
def test_a_hostile_line_costs_no_time(piece: str) -> None:
    """Half a second of the processor for 4,096 characters: what takes the square of the length takes many."""
    begun = time.process_time()
    changes.recognise((piece * 4_096)[:4_096])
    assert time.process_time() - begun < 0.5
