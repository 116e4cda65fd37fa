"""What people type about a customer, and what they mean by it."""

import json
from collections import Counter
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handlers.understand.capture import Capture, as_json, read, with_task

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, tzinfo=ZONE)


def said(text: str, region: str = "CN") -> Capture:
    return read(text, now=NOW, zone=ZONE, region=region)


def printed(text: str) -> dict[str, Any]:
    return as_json(text, now=NOW, zone=ZONE)


def test_a_line_with_everything_in_it() -> None:
    assert printed("王总 13800138000 云帆科技 采购 周三下午回访") == {
        "name": "王总",
        "company": "云帆科技",
        "title": "采购",
        "phones": [{"e164": "+8613800138000", "raw": "13800138000"}],
        "when": "2026-11-25T14:00",
        "rest": "回访",
    }


@pytest.mark.parametrize(
    ("line", "task", "beside"),
    [
        ("王总 13800138000 云帆科技 采购 周三下午回访", "回访", ""),
        ("Jane Doe +44 20 7946 0958 met at the fair, ring her on Friday", "ring her", "met at the fair"),
        (
            "Jane Doe jane@acme.com wants samples. Send Jane the quote on Friday.",
            "Send Jane the quote",
            "wants samples",
        ),
        ("Jane Doe jane@acme.com on Friday, send the quote", "send the quote", ""),
        ("张三 13900139000，他下周三要报价", "他下周三要报价", ""),
        ("周三 张三 13800138000 回访", "", "回访"),
        ("张三 13800138000 喜欢喝茶", "", "喜欢喝茶"),
    ],
)
def test_what_is_to_be_done_is_the_clause_that_tells_the_time(line: str, task: str, beside: str) -> None:
    assert with_task(line, now=NOW, zone=ZONE)[1:] == (task, beside)


@pytest.mark.parametrize(
    ("line", "name", "company"),
    [
        ("Hi, this is Kai. Our new buyer is Tom Becker, tom@becker.de. He wants 300 pcs.", "Tom Becker", ""),
        ("Kai here, please contact our purchasing manager Anna Berg, +49 170 1234567", "Anna Berg", ""),
        ("Hello, this is Kai from Becker GmbH. Our new buyer is Tom Becker, tom@b.de", "Tom Becker", "Becker GmbH"),
        ("This is Tom Becker, +49 170 1234567", "Tom Becker", ""),
        ("This is Tom Becker, our new address is Main St. 5, +49 170 1234567", "Tom Becker", ""),
        ("您好，我是云帆科技的周凯，我们新来的采购经理叫王小明，13900139000", "王小明", "云帆科技"),
        ("你好，我是周凯，13900139000", "周凯", ""),
    ],
)
def test_who_writes_about_somebody_else_is_not_the_customer(line: str, name: str, company: str) -> None:
    assert (said(line).name, said(line).company) == (name, company)


@pytest.mark.parametrize(
    "text",
    [
        "云帆科技 采购 王总 13800138000",
        "13800138000，王总，采购，云帆科技",
        "采购/王总/云帆科技/13800138000",
        "云帆科技的王总 采购 13800138000",
        "云帆科技采购王总13800138000",
        "王总（云帆科技，采购）13800138000",
        "姓名：王总；公司：云帆科技；职位：采购；电话：13800138000",
        "【公司】云帆科技【姓名】王总【职位】采购【手机】138-0013-8000",
        "公司：云帆科技\n姓 名：王总\n职　务：采购\n手机：１３８ ００１３ ８０００",
        "添加客户：王总，云帆科技，采购，+86 138 0013 8000",
        "👤王总 🏢云帆科技 采购 📞13800138000",
    ],
)
def test_order_punctuation_and_labels_do_not_matter(text: str) -> None:
    capture = said(text)
    assert (capture.name, capture.company, capture.title) == ("王总", "云帆科技", "采购")
    assert [phone.e164 for phone in capture.phones] == ["+8613800138000"]
    assert capture.rest == ""


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe, Acme Ltd, CFO, jane@acme.com",
        "CFO Jane Doe, Acme Ltd, jane@acme.com",
        "Acme Ltd - Jane Doe - CFO - jane@acme.com",
        "jane@acme.com Jane Doe Acme Ltd CFO",
        "Jane Doe\nCFO | Acme Ltd\ne: jane@acme.com",
        "Jane Doe, CFO at Acme Ltd, jane@acme.com",
        "Jane Doe (Acme Ltd) CFO <jane@acme.com>",
        "Name: Jane Doe, Company: Acme Ltd, Title: CFO, Email: jane@acme.com",
        "new customer: Jane Doe / Acme Ltd / CFO / JANE@ACME.COM",
    ],
)
def test_the_same_in_english(text: str) -> None:
    capture = said(text)
    assert (capture.name, capture.company, capture.title) == ("Jane Doe", "Acme Ltd", "CFO")
    assert capture.emails == ("jane@acme.com",)
    assert capture.rest == ""


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("赵总 13500001234 明天公司", "赵总", "明天公司"),
        ("周一鸣 13400004444 今日头条", "周一鸣", "今日头条"),
        ("黎明 13400004444 红馆演艺公司", "黎明", "红馆演艺公司"),
        ("May Chen, Monday.com, may@monday.com", "May Chen", "Monday.com"),
        ("April Wang 13400004444 Sunday Riley Ltd", "April Wang", "Sunday Riley Ltd"),
        ("María José García, Acme SL, +34 612 345 678", "María José García", "Acme SL"),
    ],
)
def test_names_that_sound_like_dates_are_names(text: str, name: str, company: str) -> None:
    capture = said(text)
    assert (capture.name, capture.company, capture.when) == (name, company, None)


@pytest.mark.parametrize(
    ("text", "when", "rest"),
    [
        ("王总 13800138000 明天下午3点电话", datetime(2026, 11, 21, 15, tzinfo=ZONE), "电话"),
        ("bob 13800138000 call back next Tuesday 3pm", datetime(2026, 11, 24, 15, tzinfo=ZONE), "call back"),
        ("王总 13800138000 三天后送样品", date(2026, 11, 23), "送样品"),
        ("今天拜访了佛山陶瓷厂的李厂长 下周二再去", date(2026, 11, 24), "今天拜访了 再去"),
        ("王总 13800138000 备注：周三来过，下周五要报价", date(2026, 11, 27), "周三来过 要报价"),
    ],
)
def test_what_is_to_be_done_has_its_time(text: str, when: date, rest: str) -> None:
    capture = said(text)
    assert (capture.when, capture.rest) == (when, rest)


def test_a_deadline_that_may_be_today_or_in_a_week_is_left_to_people() -> None:
    capture = said("蒋欣 19912345678 周五前报价")
    assert (capture.when, capture.rest) == (None, "周五前报价")


def test_a_birthday_is_no_follow_up() -> None:
    capture = said("石破天 13711119999 生日1990-05-01")
    assert (capture.when, capture.birthday) == (None, "1990-05-01")
    assert said("田甜 生日3月8日").birthday == "--03-08"
    assert printed("石破天 13711119999 生日1990-05-01")["rest"] == "生日1990-05-01"


def test_a_city_alone_is_a_region_and_kept() -> None:
    capture = said("马云飞 杭州 15988887777")
    assert (capture.region, capture.company, capture.rest) == ("杭州", "", "")
    assert printed("马云飞 杭州 15988887777")["rest"] == "杭州"


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("陈先生 13800138000", "male"),
        ("李娜女士 13800138000", "female"),
        ("Mrs. Jane Doe +44 20 7946 0958", "female"),
        ("方琼 女 13800138000", "female"),
        ("性别：男 姓名：方琼", "male"),
        ("王总 13800138000", None),
    ],
)
def test_gender_where_it_is_said(text: str, gender: str | None) -> None:
    assert said(text).gender == gender


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("张三和李四 云帆科技", "张三", "李四"),
        ("陈总和他助理小周 华信建材 13712340003", "陈总", "小周"),
        ("姓名：齐鸣、齐放 单位：齐鲁药业", "齐鸣", "齐放"),
        ("Lisa Wong and Peter Ng, Harbour Textiles Ltd", "Lisa Wong", "Peter Ng"),
        ("Anna Kowalska / Piotr Nowak / Gdansk Shipyard", "Anna Kowalska", "Piotr Nowak"),
    ],
)
def test_of_two_people_the_first_is_the_customer_and_the_other_is_kept(text: str, first: str, other: str) -> None:
    capture = said(text)
    assert capture.name == first
    assert other in capture.rest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Doe, Jane, Acme Ltd, jane@acme.com", "Jane Doe"),
        ("Name: von Braun, Heinrich", "Heinrich von Braun"),
        ("Wang, Wei <wei.wang@huaxin.com>", "Wei Wang"),
        ("Kim, Samsung, +82 2 2255 0114", "Kim"),
        ("Foxwood, Peter Wang, buyer", "Peter Wang"),
    ],
)
def test_a_family_name_before_a_comma_and_a_first_name_is_turned_round(text: str, name: str) -> None:
    assert said(text).name == name


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("btw add Jane Cooper from Fernwood, jane@fernwood.com thx", "Jane Cooper", "btw thx"),
        ("麻烦录一下哈 秦丽 和美装饰 13312340009 谢谢", "秦丽", "麻烦录一下哈 谢谢"),
        ("话说 你认识优品超市的贾总吗 13312340021", "贾总", "话说 你认识 吗"),
        ("Hello Kitty Cafe 店长 阮玲 13588881135", "阮玲", ""),
        ("THX Ltd, Ann Lee, ann@thx.com", "Ann Lee", ""),
        ("So Ka Wai +852 9123 4001", "So Ka Wai", ""),
        ("Oh Se-hun +82 10 1234 5678", "Oh Se-hun", ""),
        ("So this is Rob Stone, 503-555-0114", "Rob Stone", "So this is"),
    ],
)
def test_what_is_said_around_the_matter_is_kept_and_nobody(text: str, name: str, rest: str) -> None:
    capture = said(text)
    assert (capture.name, capture.title in ("", "店长"), capture.rest) == (name, True, rest)


def test_wechat_is_the_phone_when_people_say_so() -> None:
    assert said("沈括 18918918918 微信同号").wechat == "18918918918"


def test_two_phones_and_two_addresses_in_their_order() -> None:
    capture = said("尤勇 13700001111/13700002222 a@b.cn c@d.cn")
    assert [phone.e164 for phone in capture.phones] == ["+8613700001111", "+8613700002222"]
    assert capture.emails == ("a@b.cn", "c@d.cn")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thanks,\nPriya\n\nPriya Raman\nProcurement Lead, Monsoon Textiles Pvt Ltd", "Priya Raman"),
        ("Cheers\nMike\n--\nMichael Chen\nBlue Harbor Seafood Co.", "Michael Chen"),
        ("谢谢\n小彭\n\n彭于飞 | 采购专员\n东莞宏远电子厂", "彭于飞"),
    ],
)
def test_who_signs_with_a_short_name_is_kept_under_the_full_one(text: str, name: str) -> None:
    assert said(text).name == name


def test_of_two_labelled_names_the_first_is_the_customer_and_the_other_is_kept() -> None:
    capture = said("家长姓名：卫红 学生姓名：卫小宝 电话：13212340015")
    assert (capture.name, capture.title) == ("卫红", "")
    assert "学生姓名：卫小宝" in capture.rest


def test_a_nickname_is_the_name_of_one_who_has_no_other() -> None:
    assert said("昵称：糖糖 手机：13212340016").name == "糖糖"
    assert said("微信昵称：小溪 真实姓名：奚美娟 电话：15012340015").name == "奚美娟"


def test_a_fax_machine_is_nobody_to_call() -> None:
    capture = said("王刚 电话：13800138000 传真：010-62345679")
    assert [phone.e164 for phone in capture.phones] == ["+8613800138000"]
    assert capture.rest == "传真：010-62345679"


def test_the_region_says_where_numbers_without_code_are_from() -> None:
    assert said("Jane Doe 020 7946 0958", "GB").phones[0].e164 == "+442079460958"


def test_what_was_typed_is_kept_as_typed() -> None:
    capture = said("陳大文 恒豐貿易有限公司 １３８００１３８０００ 總經理")
    assert (capture.name, capture.company, capture.title) == ("陳大文", "恒豐貿易有限公司", "總經理")
    assert capture.phones[0].raw == "１３８００１３８０００"


def test_what_stands_beyond_a_card_goes_to_the_rest() -> None:
    tale = "他说了很多，" * 400
    assert said(f"王总 13800138000\n{tale}").rest.count("他说了很多") == 400


PEOPLE = ("王总", "张伟", "欧阳娜娜", "Jane Doe", "Sven Larsson", "Kevin")
FIRMS = ("云帆科技", "鸿发五金厂", "Brightstar Ltd", "Stark Industries", "天津港务局")
JOBS = ("采购", "销售总监", "Purchasing Manager", "CFO", "厂长")
REACHED = ("13800138000", "+44 20 7946 0958", "zhang@acme.cn", "0571-88881234")
SAID = ("要报价", "喜欢喝茶", "wants a quote", "#意向客户", "第一次下单", "λόγος", "Ωmega 3", "预算30万", "xyzzy")
MARKS = (" ", "，", ", ", "；", "\n", " / ", "|", "　")


@given(
    parts=st.lists(st.sampled_from(PEOPLE + FIRMS + JOBS + REACHED + SAID), min_size=1, max_size=7, unique=True),
    mark=st.sampled_from(MARKS),
)
@settings(max_examples=300, deadline=None)
def test_nothing_typed_is_lost(parts: list[str], mark: str) -> None:
    found = printed(mark.join(parts))
    phones = [phone["raw"] for phone in found.pop("phones", [])]
    kept = " ".join([*(str(value) for value in found.values()), *phones])
    for part in parts:
        for word in part.lstrip("#").split():
            assert word in kept


LETTERS = "张王李赵欧阳伟华明云帆科技长城路室厂店采购主任经理区大13800@.,，、；/()（） \nabcEXYZé·-&"
"""What names, firms, jobs, addresses, numbers and marks are made of; none of them can make a label or a date."""


@given(st.text(alphabet=LETTERS, max_size=80))
@settings(max_examples=400, deadline=None)
def test_every_letter_and_digit_is_in_a_field_or_in_the_rest(text: str) -> None:
    found = printed(text)
    assume("when" not in found)  # @3 is three o'clock, and told as such
    phones = [phone["raw"] for phone in found.pop("phones", [])]
    told = [*phones, *(part for value in found.values() for part in (value if isinstance(value, list) else [value]))]
    kept = Counter(character for part in told for character in part.lower() if character.isalnum())
    typed = Counter(character for character in text.lower() if character.isalnum())
    assert not typed - kept


GOLD = (Path(__file__).parent / "gold" / "capture_own.jsonl").read_text("utf-8").splitlines()
SLIPS = ["", "的", "是", "在", "工", "客户", "（", "*", "：", "\n", " of ", " is ", "'s ", "Our ", "please you "]


@given(st.sampled_from(GOLD), st.lists(st.tuples(st.integers(0, 99), st.sampled_from(SLIPS)), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_no_slip_of_the_thumb_is_too_much(line: str, slips: list[tuple[int, str]]) -> None:
    """A character is gone, or a word stands where it should not."""
    text: str = json.loads(line)["text"]
    for at, slip in slips:
        text = text[:at] + slip + text[at + (not slip) :]
    assert printed(text)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_strange(text: str) -> None:
    capture = said(text)
    assert {field.name for field in fields(capture)} >= set(printed(text)) - {"phones"}


@given(st.text(alphabet="张王总经理云帆科技有限公司采购部的路号室13800@.:：，（） \nabcLtd#", max_size=120))
@settings(max_examples=300, deadline=None)
def test_no_mixture_of_usual_words_is_too_strange(text: str) -> None:
    found = printed(text)
    assert all(found.values())


@pytest.mark.parametrize(
    "text",
    [
        "总经理" * 500,
        "科技" * 700,
        "1 " * 700,
        "微信" * 700,
        "(" * 1500,
        "12 a b c d " * 150,
        "姓名：" * 500,
        "thx " * 375,
        "哈" * 1499 + "x",
        "吗" * 59,
        "张三和" * 20,
        "Doe, " * 300,
    ],
)
def test_hostile_repetition_costs_no_time(text: str) -> None:
    begun = datetime.now(ZONE)
    said(text)
    assert (datetime.now(ZONE) - begun).total_seconds() < 2


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("买买提 Kashgar Carpets 13912340014", "买买提", "Kashgar Carpets"),
        ("渡边 Mitsubishi Heavy 13912340014", "渡边", "Mitsubishi Heavy"),
        ("豆豆 Happy Paws 13912340014", "豆豆", "Happy Paws"),
        ("小红书 Anouk Visser 13712350004", "Anouk Visser", "小红书"),
        ("西门子 Klaus Weber 13712350015", "Klaus Weber", "西门子"),
        ("Summit Valves 郑工 13812340017", "郑工", "Summit Valves"),
        ("何俊 Jason Unilever 13812340017", "何俊", "Unilever"),
    ],
)
def test_of_two_scripts_it_is_told_who_is_somebody_and_which_is_the_firm(text: str, name: str, company: str) -> None:
    capture = said(text)
    assert (capture.name, capture.company) == (name, company)
