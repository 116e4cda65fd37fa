"""What a note tells of: the kind of contact, what came of it, and the words that are left."""

from __future__ import annotations

import pytest

from handlers.understand import vcard
from handlers.understand.contacted import OUTCOMES, read
from store.rules.models import Contacted, Outcome


@pytest.mark.parametrize(
    ("text", "kind", "outcome", "words"),
    [
        ("电话 下周给报价", "call", None, "下周给报价"),
        ("打了电话，没人接", "call", "no_answer", ""),
        ("电话没人接", "call", "no_answer", ""),
        ("刚打电话 占线，下午再打", "call", "no_answer", "占线，下午再打"),
        ("电话 空号", "call", "wrong", ""),
        ("给他打了电话 接通了 同意周五签", "call", "reached", "接通了 同意周五签"),
        ("来电 催货", "call", None, "催货"),
        ("见面 谈了合同", "meeting", None, "谈了合同"),
        ("拜访 人不在", "visit", "absent", ""),
        ("拜访：看了仓库", "visit", None, "看了仓库"),
        ("微信 发了目录", "message", None, "发了目录"),
        ("发了微信 没回", "message", "no_answer", ""),
        ("邮件 报价单", "email", None, "报价单"),
        ("called, no answer", "call", "no_answer", ""),
        ("Called: wants a quote", "call", None, "wants a quote"),
        ("called and left a message about prices", "call", "no_answer", "and left a message about prices"),
        ("just spoke to, will pay Friday", "call", None, "will pay Friday"),
        ("met at the fair", "meeting", None, "at the fair"),
        ("visited, not in", "visit", "absent", ""),
        ("texted, no reply", "message", "no_answer", ""),
        ("emailed the quote", "email", None, "the quote"),
        ("wrong number", "note", None, "wrong number"),
        ("电话号码换了", "note", None, "电话号码换了"),
        ("邮件系统坏了", "note", None, "邮件系统坏了"),
        ("callback form does not work", "note", None, "callback form does not work"),
        ("metal prices are up", "note", None, "metal prices are up"),
        ("喜欢喝茶", "note", None, "喜欢喝茶"),
        ("电话", "call", None, "电话"),
    ],
)
def test_what_a_note_tells(text: str, kind: str, outcome: str | None, words: str) -> None:
    told = read(text)
    assert (told.kind, told.outcome, told.words) == (Contacted(kind), Outcome(outcome) if outcome else None, words)


@pytest.mark.parametrize(
    ("sentence", "names", "kind", "outcome"),
    [
        ("今天拜访了刘晓梅, 聊得不错", ["刘晓梅"], "visit", None),
        ("昨天下午跟刘晓梅通了电话，没人接", ["刘晓梅"], "call", "no_answer"),
        ("和王总吃了午饭", ["王总"], "meeting", None),
        ("刚给刘晓梅发了微信", ["刘晓梅"], "message", None),
        ("在电话里跟刘晓梅聊了报价", ["刘晓梅"], "call", None),
        ("明天去拜访刘晓梅", ["刘晓梅"], "note", None),
        ("听说刘晓梅见了我们的对手", ["刘晓梅"], "note", None),
        ("had lunch with Jane Smith today", ["Jane Smith"], "meeting", None),
        ("I had a quick coffee with Jane", ["Jane"], "meeting", None),
        ("yesterday called Jane Smith, no answer", ["Jane Smith"], "call", "no_answer"),
        ("will visit Jane Smith", ["Jane Smith"], "note", None),
    ],
)
def test_a_sentence_tells_what_was_done_with_whom_it_names(
    sentence: str, names: list[str], kind: str, outcome: str | None
) -> None:
    assert read(sentence, names) == (Contacted(kind), Outcome(outcome) if outcome else None, sentence)


def test_every_kind_but_a_note_has_outcomes_to_tap() -> None:
    assert set(OUTCOMES) == set(Contacted) - {Contacted.NOTE}


def test_a_card_of_a_phone_is_read() -> None:
    card = vcard.read(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=BB=BA=E5=9B=BD\r\n"
        "TEL;CELL:13800138000\r\nitem1.EMAIL;INTERNET:w@yunfan.cn\r\nORG:Yunfan\\, Ltd;Sales\r\nTITLE:Buyer\r\n"
        "ADR;WORK:;;张江路 1 号;浦东新区;上海市;;\r\nNOTE:likes\r\n  tea\r\nEND:VCARD\r\nTEL:999"
    )
    assert (card.name, card.company, card.title) == ("王建国", "Yunfan, Ltd", "Buyer")
    assert (card.phones, card.emails) == (["13800138000"], ["w@yunfan.cn"])
    assert card.address == "上海市浦东新区张江路 1 号"
    assert card.note == "likes tea"


_CHARSETS = ("x", "", "idna", "undefined", "punycode", "\0")


@pytest.mark.parametrize(
    "text",
    [
        "", "BEGIN:VCARD", ":", ";;;:;;;", "TEL", "\0:\0",
        *(f"N;ENCODING=QUOTED-PRINTABLE;CHARSET={one}:=E7=8E=8B" for one in _CHARSETS),
    ],
)  # fmt: skip
def test_what_is_no_card_breaks_nothing(text: str) -> None:
    vcard.read(text)
