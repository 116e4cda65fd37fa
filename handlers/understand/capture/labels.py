"""Labels that people and business cards put before a value: 姓名：, Tel, 【公司】, his email is.

`LABELS` says which words name which field; `before` finds the label that a value already found stands behind;
`values` cuts out the labelled values that have no shape of their own (names, companies, titles, notes).
"""

import re

from handlers.understand.capture.lexicon import CJK, any_of, words
from handlers.understand.capture.line import TAKEN, Line, Span

LABELS: dict[str, str] = {
    "name": "客户姓名|客户名|姓名|名字|联系人姓名|联系人|称呼|收件人|客户|full name|contact name|contact person|name|contact|"
    "customer|client|lead|prospect|attn",
    "company": "公司名称|公司名|公司|单位名称|工作单位|单位|企业名称|企业|店名|机构|客户名称|company name|company|organisation|"
    "organization|org|firm|employer|business",
    "title": "职位|职务|职称|岗位|头衔|身份|job title|title|position|role|designation",
    "phone": "手机号码|手机号|手机|联系电话|联系方式|电话号码|电话|座机|固话|办公电话|总机|热线|直线|telephone number|telephone|"
    "phone number|phone|tel|number|mobile number|mobile|mob|cell phone|cellphone|cell|office|direct|work|whatsapp|ph|hp|t|m|p|d|o|c|h",
    "fax": "传真号码|传真号|传真|fax|f",
    "email": "电子邮箱|电子邮件|邮箱地址|邮箱|邮件|email address|e-mail|email|mail|e",
    "wechat": "微信号码|微信号|微信id|微信|薇信|v信|wechat id|wechat|weixin|wx|vx|加v|v",
    "address": "公司地址|联系地址|收货地址|办公地址|详细地址|地址|住址|office address|address|addr|add|location|a",
    "tag": "客户标签|标签|tags|tag|labels|label",
    "note": "备注信息|备注|说明|备忘|附注|其他|remarks|remark|notes|note|comments|comment|memo|p\\.s\\.|ps",
    "birthday": "出生日期|出生年月|生日|出生|birthday|birth date|date of birth|dob|born|bday",
    "gender": "性别|gender|sex",
    "region": "所在城市|所在地区|所在地|城市|地区|区域|省份|city|region|country",
    "when": "下次跟进时间|下次跟进|下次联系|跟进时间|回访时间|联系时间|预约时间|提醒时间|时间|日期|next contact|next step|next|when|date",
    "web": "公司网站|公司网址|网址|网站|官网|主页|website|web|url|www|w",
    "quoted": "转发|名片|fwd|fw|business card|card",
}
"""Which words name which field; those of one letter only stand at the beginning of a line or a part."""

_FIELD_OF = {word.replace("\\", ""): field for field, listed in LABELS.items() for word in listed.split("|")}


def _spaced(word: str) -> str:
    """姓名 also as 姓 名 and 姓　名, as cards have it."""
    return f"{word[0]} *{word[1]}" if len(word) == 2 and not word.isascii() else word


def _choice(listed: list[str]) -> str:
    return "|".join(_spaced(word) for word in sorted(listed, key=len, reverse=True))


_ALL = [word for listed in LABELS.values() for word in listed.split("|")]
_CJK_WORDS = _choice([word for word in _ALL if not word[-1].isascii()])
_LATIN_WORDS = _choice([word for word in _ALL if word[-1].isascii() and len(word) > 1])
_LETTERS = _choice([word for word in _ALL if len(word) == 1])

_LABEL = re.compile(
    rf"(?:(?<![{CJK}])(?P<han>{_CJK_WORDS})(?: ?\((?P<aside>[^()\n]{{1,12}})\))? *(?:[:=\]】]+:?|(?= ))"
    rf"|(?<=[{CJK}])(?P<glued>地址|公司地址|备注|邮箱|微信|电话|手机) ?[:=]"
    rf"|(?:(?<=[\n ;|,{TAKEN}])|^)(?P<stuck>姓名|联系人|单位|职务|职位|地址|备注)(?=[{CJK}]{{2}})"
    rf"|(?<![a-z0-9@.\-/])(?P<latin>{_LATIN_WORDS})\.? ?[:=\]】]+:?"
    rf"|(?:(?<=[\n,;|])|(?<=[,;|] )|^)(?P<dashed>name|company|title|address|phone|email|mobile|tel|wechat|姓名|公司|职位|地址) [-–—](?= )"
    rf"|(?:(?<=\n)|(?<=[;|{TAKEN}])|(?<=[;|,] )|^)(?P<letter>{_LETTERS})\.? ?[:=]) *"
)

_BEFORE = {
    field: re.compile(
        rf"(?:(?:(?<![a-z0-9@.\-/])(?:his|her|their|my|the|new)? ?(?:{_choice(latin)})|(?:的|新|公司|个人|工作室|工作|办公室|办公|单位|家庭|家里|店里|厂里|前台|客服)?(?:{_choice(han)}))"
        rf"(?: ?(?:号码|号|地址|number|address|no\.?|id))?"
        rf"(?: ?\([^()\n]{{1,12}}\))? ?(?:is|是|为|叫)?|(?:(?<=^)|(?<=[\n ;|,{TAKEN}]))(?:{_choice(letters)}))"
        rf"\.? ?(?:[:=#\]】]*| [-–—]) ?$"
    )
    for field in ("phone", "email", "wechat", "fax", "address", "birthday", "web", "tag")
    for latin, han, letters in [
        (
            [word for word in LABELS[field].split("|") if word[-1].isascii() and len(word) > 1],
            [word for word in LABELS[field].split("|") if not word[-1].isascii()] or ["\uffff"],
            [word for word in LABELS[field].split("|") if len(word) == 1] or ["\uffff"],
        )
    ]
}
_REACH = 24
"""No label is longer, with what may stand around it."""


def _shown(line: Line) -> str:
    """The line in lower case, with what was taken blotted out."""
    return "".join(small if free != TAKEN else TAKEN for small, free in zip(line.lower, line.open, strict=True))


_UNKNOWN = re.compile(
    rf"(?:(?:(?<=[\n;|,{TAKEN}])|^) *(?P<word>{any_of(words('english', 'labels'))}|[a-z]*[{CJK}]{{1,8}})"
    rf"|(?<= )(?P<inner>[a-z]*[{CJK}]{{1,8}}|qq)) ?[:=](?!//) ?(?=[^\n;|,{TAKEN}])[^\n;|,{TAKEN}]{{1,80}}"
)


def unknown(line: Line) -> list[tuple[str, Span]]:
    """Labels that name no field of ours, with their values: 行业：制造业, QQ：12345, Budget: 30k."""
    return [(match["word"] or match["inner"], Span(*match.span())) for match in _UNKNOWN.finditer(_shown(line))]


def before(line: Line, field: str, start: int) -> int:
    """Where the label of this field begins that stands directly before `start`; `start` itself when there is none."""
    near = max(0, start - _REACH)
    shown = _shown(line)[near:start]
    opening = len(shown) - len(shown.rstrip("[【(<\"' "))
    match = _BEFORE[field].search(shown[: len(shown) - opening] if opening else shown)
    return near + match.start() if match and match.group().strip() else start


def marks(line: Line) -> list[tuple[str, Span]]:
    """The labels that still stand in the line, in order: field, and where the label with its colon stands."""
    shown = _shown(line)
    found = []
    for match in _LABEL.finditer(shown):
        word = next(
            word
            for word in (match["han"], match["glued"], match["stuck"], match["latin"], match["dashed"], match["letter"])
            if word
        )
        field = _FIELD_OF[word.replace(" ", "") if not word.isascii() else word]
        start = match.start()
        while start and shown[start - 1] in "[【":
            start -= 1
        found.append((field, Span(start, match.end())))
    return found
