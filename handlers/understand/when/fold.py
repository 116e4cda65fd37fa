"""One form for the many ways to write the same characters, without moving any of them.

`fold` maps full-width, Traditional and upper-case characters one to one, so that a place in the folded text is the
same place in what the person typed, and spans need no translation. Called by `tokens.scan` and nobody else.

    >>> fold("１２月３號　下午兩點 TMR")
    '12月3号 下午两点 tmr'
"""

from __future__ import annotations

from typing import Final

# Only the Traditional characters that the words of dates, and the words that tell a date from a name, are written
# with; a full conversion would cost a dictionary of 3 MB at import and can change the length of the text.
_TRADITIONAL: Final = (
    "兩两點点晝昼週周號号後后來来個个時时鐘钟鍾钟禮礼樓楼間间內内裡里裏里過过這这從从開开還还頭头節节勞劳動动國国慶庆聖圣誕诞萬万億亿陽阳陰阴農农曆历歷历臘腊閏闰廳厅幾几數数約约當当現现馬马隻只雙双單单聽听經经與与於于"
    "遲迟歲岁愛爱親亲婦妇兒儿軍军黨党學学師师衛卫書书業业電电聯联訪访發发報报價价談谈說说請请會会見见給给問问對对種种為为們们務务議议長长題题無无總总處处場场廣广門门車车東东館馆計计術术貿贸達达寶宝華华傑杰飛飞龍龙"
    "鳴鸣張张陳陈劉刘楊杨趙赵黃黄吳吴鄭郑孫孙許许盧卢錢钱實实體体護护記记復复簽签產产規规劃划讓让幫帮準准備备應应該该辦办條条較较錶表錄录終终結结繼继續续遠远邊边階阶級级連连運运鬧闹醫医藥药飯饭園园區区縣县鄉乡鎮镇"
    "碼码網网頁页創创藝艺傳传團团銀银習习壓压繳缴質质離离預预繫系係系託托認认識识買买賣卖貨货筆笔檔档確确試试須须將将尋寻夠够嗎吗麼么啟启顧顾樣样寫写進进辭辞選选宮宫燈灯嚐尝臺台廠厂頓顿樁桩"
)

_SPACES: Final = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\ufeff\t\r\v\f"
_DASHES: Final = "‐‑‒–—―−－～〜∼﹣ー"
_DASHES_TO: Final = "-------" + "-~~~--"


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update((ord(_TRADITIONAL[i]), _TRADITIONAL[i + 1]) for i in range(0, len(_TRADITIONAL), 2))
    table.update((ord(space), " ") for space in _SPACES)
    table.update((ord(dash), plain) for dash, plain in zip(_DASHES, _DASHES_TO, strict=True))
    table.update({ord("’"): "'", ord("‘"): "'", ord("○"): "〇", ord("◯"): "〇", ord("﹕"): ":", ord("∶"): ":"})
    table.update((code, chr(code + 32)) for code in range(ord("A"), ord("Z") + 1))
    table.update((code, chr(code - 0xFEE0 + 32)) for code in range(0xFF21, 0xFF3B))
    return table


_FOLDED: Final = _table()


def fold(text: str) -> str:
    """Return `text` with every character in its plain form; the result has the same length, character by character."""
    return text.translate(_FOLDED)
