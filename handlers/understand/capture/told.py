"""Who is spoken of in a Chinese sentence without spaces: 下午和海尔的魏总见了面, 我同学毛晓彤在天津港做调度.

`read(word)` is asked for words that say something about somebody: it gives their pieces when a name
stands behind a word that leads to one (和, 叫, 同学, …的) and before one that goes on (在, 见, 说), else None.
"""

import re
from collections.abc import Iterator

from handlers.understand.capture import judging
from handlers.understand.capture.glued import cut_out
from handlers.understand.capture.lexicon import CJK, TITLE
from handlers.understand.capture.pieces import Piece, Word
from store.rules.person_name import familiar, likeness, spoken

_LEAD = (
    "叫|我是|这个?是|来的是|接到|收到|遇到|碰到|认识了?|见到|见了|客户|顾客|同学|同事|朋友|亲戚|老乡|邻居|战友|表[哥弟姐妹]|和|跟|与|给|找|约|请|陪|帮|为|向|问|联系|拜访|接待|"
    "弟弟|哥哥|姐姐|妹妹|爱人|新来的|介绍了?|推荐了?|来了?[个位]|一[个位]"
)
_LEADS = re.compile(_LEAD)
_OWNED = re.compile(rf"(?P<firm>[{CJK}A-Za-z0-9&]{{2,12}}?)的")
_GOES_ON = re.compile(
    r"$|[吗呢吧哈啊呀]$|通[了完]|通过|通电话|通话|见|打|聊|谈|说|想|要|问|给|在(?!线)|是|做|买|教|来|去|发|约|让|会|已|先|刚|预|需|签|订|下单|咨询"
    r"|负责|吃|喝|看|对|加|也|都|还|的(?:电话|手机|微信|号码?|客户|先生|女士|人)"
)
_VERBS = "打来说问给要想加去"
_DOES = re.compile(
    "加[了我]|给[了我]|让我|叫我|找我|约[了我]|问[了我]|说[要想他她]|想[要买订做]|要[买订做]|打[来了]|发[来了]|来[了过]|的(?:号码|电话|微信)"
)
_EMPLOYED = re.compile(
    rf"(?:他|她|本人|我)?(?:现|目前)?在(?P<firm>[{CJK}A-Za-z0-9]{{2,14}}?)(?P<as>当|做|担任|任|教|上班|工作|负责)(?P<job>[{CJK}]{{0,8}})"
)
_CALLS = re.compile(rf"(?:刚[刚才]?|今天|昨天)?(?P<name>[{CJK}]{{2,3}}?)(?:打来?电话|来电|打来|发来|来信|来问|来说)")
"""陶虹打电话来问价格."""
_LESS = 1.0
"""A name in a sentence is worth so much less than one that stands alone."""


def _name_end(text: str, start: int, *, said: bool) -> int:
    """Where the name ends that begins at `start` and is followed by words that go on; `start` when none does."""
    least = judging.SHAPE if said else judging.SHAPE + 1
    for end in range(min(start + 6, len(text)), start + 1, -1):
        name = text[start:end]
        named = spoken(name) is not None or familiar(name) or likeness(name) >= least
        if named and judging.firm(name) == 0 and not judging.title(name) and _GOES_ON.match(text, end):
            return end
    return start


def _opening_name(text: str) -> int:
    """Where the full name ends that a sentence opens with: 林平之加我微信了; 0 when it opens with none."""
    for end in (4, 3, 2):
        usual = likeness(text[:end]) >= judging.SHAPE + (end == 2)
        if usual and text[end - 1] not in _VERBS and not judging.title(text[:end]) and _DOES.match(text, end):
            return end
    return 0


def _job_end(text: str, start: int) -> int:
    """Where the job ends that stands before a name: 采购经理程前; `start` when none does."""
    ends = range(min(start + 8, len(text) - 2), start + 1, -1)
    return next((end for end in ends if TITLE.fullmatch(text, start, end)), start)


def _firm(word: Word, start: int, end: int) -> Piece:
    made = cut_out(word, start, end)
    made.company = judging.firm(made.text) or judging.UNKNOWN
    return made


def _is_firm(text: str) -> bool:
    """Whether what stands before 的 may be where somebody works: 海尔, 平安保险; not 展会认识."""
    return not judging.note(text) and not judging.title(text) and text[0] not in "我他她你"


def _employment(word: Word, start: int) -> list[Piece]:
    """Where somebody works and as what, said behind the name; else a note."""
    text = word.text
    found = _EMPLOYED.match(text, start)
    if found is None or not (judging.firm(found["firm"]) or judging.title(found["job"] or "-")):
        return [cut_out(word, start, len(text), "note")] if start < len(text) else []
    first, last = found.span("firm")
    rest = cut_out(word, last, len(text), "note")
    pieces = [cut_out(word, start, first, "note"), _firm(word, first, last)]
    if found["as"] not in ("教", "上班", "工作", "负责") and found["job"] and judging.title(found["job"]):
        job, stop = found.span("job")
        pieces += [cut_out(word, last, job, "note"), cut_out(word, job, stop, "title")]
        rest = cut_out(word, stop, len(text), "note")
    return [*pieces, rest] if rest.start < rest.end else pieces


def read(word: Word) -> list[Piece] | None:
    """The pieces of a sentence that names somebody, or where somebody works; together they cover it."""
    text = word.text
    alone = _EMPLOYED.match(text)
    if alone is not None:
        pieces = _employment(word, 0)
        return pieces if len(pieces) > 1 else None
    called = _CALLS.match(text)
    if called and not judging.note(called["name"]) and not judging.title(called["name"]):
        start, end = called.span("name")
        who = cut_out(word, start, end)
        who.name = judging.FULL + max(likeness(who.text), 1) - _LESS
        before = [cut_out(word, 0, start, "note")] if start else []
        return [*before, who, cut_out(word, end, len(text), "note")]
    opening = _opening_name(text)
    if opening:
        who = cut_out(word, 0, opening)
        who.name = judging.FULL + likeness(who.text) - _LESS
        return [who, cut_out(word, opening, len(text), "note")]
    for lead, of, start in _beginnings(text):
        job = _job_end(text, start)
        end = _name_end(text, job, said=job > start or lead.startswith(("叫", "我是", "这", "客户", "顾客")))
        if end == job or (of and not _is_firm(text[slice(*of)])):
            continue
        who = cut_out(word, job, end)
        who.name = max(judging.name(who.text), judging.FULL + judging.SHAPE) - _LESS
        first = of[0] if of else start
        before = [cut_out(word, 0, first, "note")] if first else []
        firm = [_firm(word, *of), cut_out(word, of[1], start, "note")] if of else []
        as_what = [cut_out(word, start, job, "title")] if job > start else []
        return [*before, *firm, *as_what, who, *_employment(word, end)]
    return None


def _beginnings(text: str) -> Iterator[tuple[str, tuple[int, int] | None, int]]:
    """Where a name may begin: behind a word that leads to one, behind the firm after it, or behind the first firm."""
    for lead in _LEADS.finditer(text):
        owned = None if lead.group() == "叫" else _OWNED.match(text, lead.end())
        if owned:
            yield lead.group(), owned.span("firm"), owned.end()
        yield lead.group(), None, lead.end()
    owned = _OWNED.match(text)
    if owned:
        yield "", owned.span("firm"), owned.end()
