"""Complaints as people write them, grouped by what they are about: how many that belong together are found, how many
that don't are put together."""

from __future__ import annotations

from itertools import combinations

import pytest

from store.rules.alike import groups

CHINESE = {
    "漏水": [
        "净水器接头漏水，地板都泡了",
        "接头又漏水了，上个月刚换的",
        "装好第二天接头就开始漏水",
        "厨房净水器的接头一直在漏水",
        "漏水，接头那里，找人来看看",
    ],
    "滤芯": ["滤芯换了以后水有异味", "新滤芯装上水有一股异味", "换完滤芯水有塑料异味，不敢喝"],
    "少货": ["发货少了两箱，一直没补", "到货少了一箱，请补发", "少发两箱货，仓库说不知道"],
    "发票": ["发票抬头写错了，要重开", "开的发票抬头不对，重开一张", "发票的抬头写成别的公司了"],
    "迟到": ["约好上午安装，师傅下午才到", "安装师傅迟到三个小时", "师傅没按约好的时间安装"],
    "": [
        "屏幕不亮了",
        "客服电话打不通",
        "颜色和图片不一样",
        "说明书看不懂",
        "价格比隔壁贵",
        "遥控器按键失灵",
        "包装盒压坏了",
        "积分没有到账",
    ],
}
ENGLISH = {
    "leak": [
        "The pump is leaking at the joint",
        "Water leaks from the joint of the pump",
        "pump joint leaked again",
        "Leak at the pump joint since Monday",
    ],
    "invoice": [
        "Wrong VAT number on the invoice",
        "the invoice shows a wrong VAT number",
        "Invoice: VAT number is wrong again",
    ],
    "late": ["Courier came two days late", "The courier was late, two hours", "delivery late, courier never called"],
    "": [
        "Screen stays black",
        "Nobody answers the phone",
        "Colour differs from the picture",
        "Manual is hard to read",
        "Box was crushed",
        "Remote control does nothing",
    ],
}


#: Complaints that nothing was tuned on.
OTHERS = (
    {
        "a": ["充电器充不进电", "手机充不了电，充电器没反应", "充电器插上去不充电"],
        "b": ["快递把箱子摔坏了", "外箱摔坏，里面杯子碎了两个", "收到时箱子是坏的，快递摔的"],
        "c": ["多收了我一次钱", "账单重复扣款，多收了一次", "同一笔订单扣了两次款"],
        "d": ["门锁指纹识别不了", "指纹总是识别失败，锁打不开", "指纹识别不灵敏"],
        "e": ["退款一直没到账", "申请退款两周还没到账", "退款什么时候到账"],
        "": [
            "颜色发错了",
            "缺少说明书",
            "送货员态度很差",
            "味道太大",
            "屏幕有划痕",
            "开机很慢",
            "尺寸偏小",
            "客服不回消息",
        ],
    },
    {
        "a": [
            "Charger does not charge",
            "The charger stopped charging my phone",
            "phone won't charge with this charger",
        ],
        "b": ["Box arrived crushed and two cups broken", "cups broken on arrival", "Two of the cups arrived broken"],
        "c": ["I was charged twice for one order", "Double charge on my order", "charged twice, order 1123"],
        "d": [
            "Fingerprint lock will not recognise me",
            "lock does not recognise fingerprint",
            "fingerprint not recognised by the lock",
        ],
        "": [
            "wrong colour",
            "no manual in the box",
            "driver was rude",
            "smells strongly",
            "scratches on the screen",
            "slow to start",
            "too small",
            "no reply to my mails",
        ],
    },
)


def judged(told: dict[str, list[str]]) -> tuple[float, float, list[tuple[str, ...]]]:
    """Of pairs that were put together how many belong together, and the reverse; and the words of each group."""
    texts = [(about, text) for about, several in told.items() for text in several]
    found = groups({place: text for place, (_, text) in enumerate(texts)}, ["净水器"])
    put = {pair for group in found for pair in combinations(group.members, 2)}
    belong = {(a, b) for a, b in combinations(range(len(texts)), 2) if texts[a][0] and texts[a][0] == texts[b][0]}
    return len(put & belong) / len(put), len(put & belong) / len(belong), [group.words for group in found]


@pytest.mark.parametrize("told", [CHINESE, ENGLISH, *OTHERS])
def test_what_is_put_together_belongs_together(told: dict[str, list[str]]) -> None:
    right, whole, _ = judged(told)
    assert right == 1
    assert whole >= 0.65


def test_a_group_says_by_which_words() -> None:
    assert judged(CHINESE)[2][:3] == [("接头", "漏水"), ("异味", "滤芯"), ("发票", "抬头", "重开")]
    assert judged(ENGLISH)[2][0] == ("joint", "leak", "pump")


def test_what_has_no_words_is_like_nothing() -> None:
    assert groups({}) == []
    assert groups({1: "", 2: "。。。", 3: "123", 4: "的了", 5: "the and"}) == []
    assert groups({1: "漏水", 2: "漏水"})[0].members == (1, 2)


def test_a_name_that_all_have_explains_nothing() -> None:
    said = {1: "净水器 X1 漏水", 2: "净水器 X1 发黄", 3: "净水器 X1 异响"}
    assert groups(said, ["净水器 X1"]) == []
