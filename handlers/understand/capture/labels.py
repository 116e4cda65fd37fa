"""Labels that people and business cards put before a value: 姓名：, Tel, 【公司】, his email is.

`before` finds the label that a value already found stands behind, `marks` the labels of values that have no shape of
their own (names, firms, jobs, notes), `unknown` those that name no field of ours. The words are in words.toml.
"""

import re

from handlers.understand.capture.lexicon import CJK, any_of, section, words
from handlers.understand.capture.line import TAKEN, Line, Span

_WORDS = {field: tuple(word.replace("_", " ") for word in listed.split()) for field, listed in section("label").items()}
_FIELD_OF = {word: field for field, listed in _WORDS.items() for word in listed}
_SHAPED = ("phone", "email", "fax", "tag")
"""Fields whose values are found by their shape, so that their labels are looked for behind them."""


def _han(listed: list[str] | tuple[str, ...]) -> str:
    """Chinese labels, with or without the space that cards put inside: 姓名, 姓 名."""
    chosen = sorted((word for word in listed if not word[-1].isascii()), key=len, reverse=True)
    spaced = [f"{word[0]} *{word[1]}" if len(word) == 2 and not word.isascii() else re.escape(word) for word in chosen]
    return f"(?:{'|'.join(spaced)})"


def _latin(listed: list[str] | tuple[str, ...]) -> str:
    return any_of(tuple(word for word in listed if word[-1].isascii() and len(word) > 1))


def _letter(listed: list[str] | tuple[str, ...]) -> str:
    return any_of(tuple(word for word in listed if len(word) == 1))


_BEGIN = rf"(?:(?<=[\n;|,({TAKEN}])|(?<=[;|,] )|(?<= / )|(?<= [-–—] )|^)"
_APART = rf"(?:(?<=[\n ;|,{TAKEN}])|^)"
_FIRM_END = any_of(words("firm", "strong") + words("firm", "trades"))
_END = r" ?[:=\]】]+:?"
_ANY = _han(list(_FIELD_OF))
_ANY_LATIN = _latin(list(_FIELD_OF))
_LABEL = re.compile(
    rf"(?:(?<![{CJK}a-z0-9])(?P<han>{_ANY})(?: ?[/、] ?{_ANY})*(?:[ /]?{_ANY_LATIN}\.?(?= ?[:=]))?"
    rf"(?: ?\([^()\n]{{1,12}}\))? *(?:[:=\]】]+:?|\|(?=\S)|(?= ))"
    rf"|(?<![{CJK}])(?P<client>[{CJK}]{{1,12}}(?:客户|联系人|线索)|新客) ?:"
    rf"|(?<![{CJK}])(?P<said>姓名|名字|公司|单位|职位|职务)(?:还是|现在是|[换改]成了?|是|叫|为)"
    rf"(?=[{CJK}A-Za-z]{{2}})(?!做|搞|卖|干|个|一家|一个)"
    rf"|{_BEGIN}(?:[a-z]{{3,10}} )?(?P<lead>lead|customer|client|contact|prospect)"
    r"(?: (?:from|at|via|in|on) [a-z0-9 ]{1,20})? ?:"
    rf"|(?<![{CJK}])(?:客户|联系人?|所属|所在|担任|工作|现任|老板|负责人|部门[及和/、]|[您你]的?|贵|对方|收[货件]人?|企业|店铺|个人|主要|家长|学[生员]|老板|店主|采购|顾客|业主|买家)"
    rf"(?P<prefixed>姓名|名字|全名|公司|单位|企业|学校|医院|机构|职务|职位|岗位|地址|备注) ?[:=]"
    rf"|(?<=[{CJK}])(?P<glued>地址|公司地址|备注|邮箱|微信|电话|手机) ?[:=]"
    rf"|{_APART}(?P<stuck>姓名(?![不未没暂无])|真名|本名|联系人(?![是叫])|单位|职务|职位|地址|备注)(?=[{CJK}]{{2}})"
    rf"|{_APART}(?P<firm>公司|企业)(?=[{CJK}]{{2,14}}{_FIRM_END}(?![{CJK}]))"
    rf"|(?<![a-z0-9@.\-/])(?P<latin>{_ANY_LATIN})\.?(?: ?/ ?{_ANY_LATIN}| ?/? ?{_ANY})?"
    rf"(?: ?\([^()\n]{{1,12}}\)(?= ?[:=]))?{_END}"
    rf"|{_BEGIN}(?:quick )?(?P<dashed>{_ANY_LATIN}|{_ANY})\.?(?:(?: ?[-–—]|/)(?= )|—+)"
    rf"|(?:(?<![^\n ;|,:{TAKEN}])|^)(?P<hyphened>姓名|名字|联系人|公司|单位|职位|职务|地址|备注)-(?=[{CJK}A-Za-z]{{2}})"
    rf"|{_BEGIN}(?P<letter>{_letter(list(_FIELD_OF))})\.? ?[:=]) *"
)
_SHEET = re.compile(
    rf"(?<![^\s{TAKEN}])"
    r"(?P<word>(?:full |contact |company )?name|contact person|company|firm|employer|organi[sz]ation"
    r"|(?:job )?title|position|role|address|notes?|remarks?) (?=\S)"
)
"""Labels of a form whose colons got lost: Name Ivy Lam Company Victoria Jewels Title Designer."""
_WHOSE = "his|her|their|my|the|new|contact|work|business|home|main|personal|private|company|best"
_WHOSE_ZH = (
    "我的|您的|你的|他的|她的|我|的|新|联系|备用|老板|负责人|收[货件]人?|公司|"
    "个人|工作室|工作|办公室|办公|单位|家庭|家里|店里|厂里|前台|客服|采购|财务|业务|客户|店主|家长"
)
_BEFORE = {
    field: re.compile(
        rf"(?:(?<![{CJK}a-z0-9])(?:(?:{_ANY_LATIN}|{_ANY}) ?[/、& ] ?)+)?"
        rf"(?:(?:(?<![a-z0-9@.\-])(?:(?:{_WHOSE}) )?{_latin(_WORDS[field])}"
        rf"|(?:{_WHOSE_ZH})?{_han(_WORDS[field])})"
        r"(?: ?(?:号码|号|地址|number|address|no\.?|id))?(?: ?\([^()\n]{1,12}\))? ?(?:is|是|为|叫)?"
        rf"|{_APART}{_letter(_WORDS[field])})\.? ?(?:[:=#\]】/|]*| [-–—]) ?$"
    )
    for field in _SHAPED
}
_UNKNOWN = re.compile(
    rf"(?:{_BEGIN} *(?P<word>{any_of(words('english', 'labels'))}|[a-z]*[{CJK}]{{1,8}})"
    rf"|(?<= )(?P<inner>[a-z]*[{CJK}]{{1,8}}|qq)) ?[:=](?!//) ?[^\n;|,{TAKEN}]{{1,80}}"
)
_HEADER = re.compile(rf"\s*(?:(?:{_ANY}|{_ANY_LATIN})[ \t,;|/]+)+(?:{_ANY}|{_ANY_LATIN})\s*\n(?=.*\S)")
"""The first row of a table: 姓名 电话 公司."""
REACH = 24
"""No label is longer, with what may stand around it."""


def before(line: Line, field: str, start: int) -> int:
    """Where the label of this field begins that stands directly before `start`; `start` itself when there is none."""
    near = max(0, start - REACH)
    shown = line.open_lower[near:start].rstrip("[【(<\"' ")
    match = _BEFORE[field].search(shown)
    if match is None or not match.group().strip() or shown[: match.start()].endswith("打"):
        return start  # 打电话 is what to do
    return near + match.start()


def marks(line: Line) -> list[tuple[str, Span]]:
    """The labels that still stand in the line, in order: field, and where the label with its colon stands."""
    shown = line.open_lower
    found = []
    for match in _LABEL.finditer(shown):
        word = next(word for word in match.groupdict().values() if word)
        start = match.start()
        while start and shown[start - 1] in "[【":
            start -= 1
        if match["client"]:
            found.append(("name", Span(start, match.end())))
            continue
        found.append((_FIELD_OF[word if word.isascii() else word.replace(" ", "")], Span(start, match.end())))
    return found or _sheet(shown)


def _sheet(shown: str) -> list[tuple[str, Span]]:
    """Labels without colons, where a line begins with one and holds another of a different field."""
    found = [(_FIELD_OF[match["word"]], Span(*match.span())) for match in _SHEET.finditer(shown)]
    begins = bool(found) and shown[: found[0][1].start].rstrip(" \n")[-1:] in ("", TAKEN)
    return found if begins and len({field for field, _ in found}) > 1 else []


def header_end(line: Line) -> int:
    """Where a row of labels ends that a line copied from a table begins with; 0 for none."""
    header = _HEADER.match(line.open_lower)
    return header.end() if header else 0


def unknown(line: Line) -> list[tuple[str, Span]]:
    """Labels that name no field of ours, with their values: 行业：制造业, QQ：12345, Budget: 30k."""
    return [(match["word"] or match["inner"], Span(*match.span())) for match in _UNKNOWN.finditer(line.open_lower)]
