"""What a Chinese word of a line may be: a name, a firm, a job, a place, a note, or several of these written together.

`read(word)` gives its pieces: 云帆科技采购部王总 is a firm, a job and a name; 王总要报价 a name and a note.
"""

import re
from functools import lru_cache

from handlers.understand.capture.lexicon import (
    BEFORE_NAME,
    CJK,
    HEADS,
    JOBS,
    LEGAL_END,
    MODIFIERS,
    NOTE_END,
    NOTE_INSIDE,
    NOTE_START,
    PLACE,
    STRONG_END,
    TITLE,
    TITLE_END,
    TITLE_LIKE,
    TRADE_END,
    TRADE_ONLY,
    latin_words,
)
from handlers.understand.capture.pieces import Kind, Piece, Word
from store.rules.person_name import COMPOUND, JOB_ADDRESS, SURNAMES, familiar, likeness, spoken
from store.rules.places import is_place, prefix

LONGEST_FIRM = 30
LONGEST_WORD = 60
LONGEST_TITLE = 16
"""Lengths beyond which nothing is looked for: the patterns of known words are quick on words, not on pages."""
ONE_LINE = 64
"""The same words of a line are looked at many times."""
_MEASURES = "个台套件箱吨万元块次份岁斤米平人名年月天亿千百只条瓶包双桶辆间家层寸折点分位袋张支根克升方期%"
_COUNTED = re.compile(
    rf"\d+(?:\.\d+)? ?(?:[{_MEASURES}]|公斤|小时)|[一二三四五六七八九十百千万几两]+[个套件箱吨万块次份岁]"
    rf"|(?<=[{CJK}])[一二三四五六七八九十百千万几两]+[台元]"
)
_POSSESSIVE = re.compile(rf"(?P<firm>[{CJK}A-Za-z0-9&()]{{2,20}})的(?P<name>[{CJK}·]{{2,10}})")
_CALLED = re.compile(rf"(?P<job>[{CJK}]{{2,6}}?)(?:名叫|叫|现在是|还是|[换改]成了?|是|姓名)(?P<name>[{CJK}]{{2,4}})")
_EMPLOYED = re.compile(
    rf"(?:现)?在(?P<firm>[{CJK}A-Za-z0-9]{{2,14}}?)(?:当|做|任|担任|里当|里做)(?P<job>[{CJK}]{{2,8}})"
)
_WORKS_THERE = re.compile(
    rf"(?P<lead>(?:目前|现在?)?(?:是|在|就职于|任职于|供职于|来自))(?P<firm>[{CJK}A-Za-z0-9&()]{{2,16}})的(?P<job>[{CJK}A-Z]{{2,10}})"
)
_COMES_FROM = re.compile(rf"(?:来自|就职于|任职于|供职于|服务于)(?P<firm>[{CJK}A-Za-z0-9&()]{{2,16}})")
_SENT = re.compile(rf"[{CJK}]{{2,5}}(?:让|叫|请)我?(?:联系|找|加|对接|打给)(?:一下)?(?:他们?|她们?)?的?")
"""项总让我联系他助理小叶: whom to talk to is said behind."""
_OF_KIND = re.compile(r"(?:施工|建设|设计|采购|供货|使用|招标|投标|合作|工作)单位")
_PROFESSIONAL = re.compile(rf"(?P<name>[{CJK}]{{2,3}})(?:医生|大夫|老师|律师|教练|教授|警官|法官|将军)")
_LATIN_PART = re.compile(rf"[A-Za-z]{{3,15}}(?=[{CJK}]{{2}})")
"""marketing经理"""
_LATIN_HEAD = re.compile(rf"(?<=[{CJK}]{{2}})[A-Za-z]{{4,12}}$")
"""高级Consultant"""
_ROLES = latin_words("roles")
_ACRONYM = re.compile(rf"[A-Z][A-Za-z&]{{1,9}}(?=[{CJK}]{{2}})")
_JOB_LETTERS = re.compile(rf"(?<=[{CJK}])(?:C[A-Z]O|[SE]?VP|HR|HRBP|BD|PM|GM|MD|AE|KA|IT|PR|FAE)$")
_HALF_LATIN = re.compile(rf"[{CJK}](?:[A-Z][a-z]{{1,9}}|sir|SIR)")
"""陈Sir, 阿May, 王Ken."""
_LATIN_SURNAME = re.compile(rf"[A-Z][a-z]{{1,11}}[{CJK}]")
"""Lily陈."""
_LATIN_SPOKEN = re.compile(r"[A-Z][a-z]{1,14}(?:总|老师|经理|先生|女士|小姐|姐|哥|老板|董|工)")
_LATIN_NAME = re.compile(r"[A-Z][a-z]{1,14}")
_REPAIRS = re.compile(rf"[{CJK}]{{2,3}}(?:维修|安装|保养|清洗|回收|租赁|代理|批发|零售)")
"""空调维修: what somebody lives on."""
_DEALS_IN = re.compile(r"开.{1,5}的$|(?:主要|专门|专业)?(?:做|开(?=.[馆店厂])|卖|搞|主营|经营|从事|专营|专做)")
_DEALS_THERE = re.compile(
    rf"(?:在{PLACE}?[{CJK}]{{0,4}}?(?:做|开|卖|搞|经营|从事)|{PLACE}(?:做|卖|搞|主营|经营|从事))[{CJK}]{{2,}}"
)
"""What somebody lives on, and where: 在厦门开民宿, 福州做茶叶批发的."""
_HOLDS_FIRM = re.compile(rf"[{CJK}]{{3,}}(?<![分子总])(?:公司|集团)")
_NO_FIRM = re.compile(
    r"(?:来|去|到|在|回|见|约|我|我们|你|你们|他|他们|贵|本|该|这|那|一|某|新|老|原|前)家?(?:公司|工厂|门店|单位|办公室|厂|店|集团)里?"
)
_FIRM_PART = re.compile(
    rf"[{CJK}A-Za-z]{{2,12}}(?:公司|集团|银行|大学|医院)(?P<part>[{CJK}]{{1,8}}(?:部|分公司|中心|处|院|系|所|站|局))"
)
_SELF = re.compile(
    r"(?:客户|顾客|买家|对方|联系人|老板|负责人)[是叫]|我是|这是|他是|她是|我叫|他叫|她叫|名叫|叫|客户|顾客|买家|联系人"
)
_SPEAKS_OF = re.compile(r"(?:这|我|他|她)(?:是|们|的)")
_PERSONAL = re.compile(r"[男女]|男性|女性")
_NAME_MOST = 4

SPOKEN, FAMILIAR, FULL = 9.0, 7.0, 3.0
"""What a name is worth: with a form of address, as colleagues say it, and (added to `likeness`) as a full name."""
SHAPE, _BRAND_LIKE = 3, 0.75
"""What `likeness` says of a mere shape, and what is taken off for two characters of it."""
SURE = FULL + 4
"""What a name is worth by a usual surname or usual given name: 4 in `likeness`."""
LEGAL, STRONG, TRADE, PLACED, UNKNOWN = 9.0, 6.0, 6.0, 4.0, 3.0
"""What a firm is worth: by legal form, by what it is, by its trade, by its place, or by nothing but standing there."""


@lru_cache(maxsize=ONE_LINE)
def firm(text: str) -> float:
    """How much a word looks like a firm, by how it ends; 0 when nothing says so."""
    if _NO_FIRM.fullmatch(text):
        return 0
    part = _FIRM_PART.fullmatch(text)
    if part and not TITLE.fullmatch(part["part"]):
        return STRONG
    if LEGAL_END.search(text) or text.startswith(("株式会社", "有限会社")):
        return LEGAL if len(text) > 2 else 0
    if len(text) >= 3 and STRONG_END.search(text) and not is_place(text):
        return STRONG
    if TRADE_END.search(text) and not (len(text) <= LONGEST_TITLE and TRADE_ONLY.fullmatch(text)):
        return TRADE
    return 0


def note(text: str) -> bool:
    """Whether a word says something about somebody: a verb, a count, a particle."""
    if len(text) > _NAME_MOST + 2 and _SPEAKS_OF.match(text) and firm(text) < LEGAL:
        return True
    if (_DEALS_IN.match(text) or _DEALS_THERE.fullmatch(text)) and firm(text) < LEGAL:
        return True
    if firm(text) >= STRONG and len(text) > 4 and not NOTE_START.match(text):
        return False
    if NOTE_INSIDE.search(text) or _NO_FIRM.fullmatch(text) or _COUNTED.search(text) or len(text) > LONGEST_FIRM:
        return True
    if firm(text):
        return False
    if NOTE_START.match(text):
        return True
    # 宗庆后 ends like a note, and is somebody.
    return len(text) > 2 and NOTE_END.search(text) is not None and not (len(text) == 3 and likeness(text) >= 3)


@lru_cache(maxsize=ONE_LINE)
def title(text: str) -> bool:
    """Whether a word is a job, and not a name with a job for a form of address (秦朗经理, but 项目经理)."""
    if len(text) > LONGEST_TITLE or _HOLDS_FIRM.match(text) or text[0] in "他她我" or "的" in text:
        return False
    if text in JOBS:
        return True
    head = _LATIN_HEAD.search(text)
    if head and head.group().lower() in _ROLES and TITLE.fullmatch(text[: head.start()] + "经理"):
        return True
    of = _LATIN_PART.match(text)
    if of and of.group().lower() in MODIFIERS | HEADS:
        return title(text[of.end() :])
    if TITLE.fullmatch(text):
        told = spoken(text)
        return told is None or TITLE.fullmatch(told.name) is not None or not _is_surname(told.name)
    if spoken(text) is not None or firm(text) or _of_firm(text) or _is_engineer(text):
        return False
    if len(text) > 3 and TITLE_LIKE.fullmatch(text):
        return True
    return len(text) > 2 and TITLE_END.fullmatch(text) is not None and likeness(text) < 3 and not prefix(text)


def _is_engineer(text: str) -> bool:
    """Whether a word ends with somebody who is called 李工, and not with a trade: 采购负责人李工, but 设备维修工."""
    return text[-1] == "工" and _is_surname(text[-2]) and bool(TITLE.fullmatch(text[:-2]) or firm(text[:-2]))


def _of_firm(text: str) -> bool:
    """Whether a job's unknown first part is a firm: 长安造纸厂采购, but not 汽车销售 or 奶茶店店长."""
    for cut in range(3, len(text) - 1):
        of, job = text[:cut], text[cut:]
        trade_alone = TRADE_ONLY.fullmatch(of) or (cut == 3 and of[-1] == job[0])
        if firm(of) and not trade_alone and TITLE.fullmatch(job):
            # 无线通信工程师 is what somebody is, 蔚来汽车销售 where and what.
            return STRONG_END.search(of) is not None or job[-1] not in "师员"
    return False


def _is_surname(text: str) -> bool:
    return text in SURNAMES or text in COMPOUND


def name(text: str) -> float:
    """How much a word is worth as a name."""
    if spoken(text):
        return SPOKEN
    if familiar(text):
        return FAMILIAR
    like = likeness(text)
    if like <= 1:
        return float(like)
    # Two characters by their shape alone are more often a brand (华为, 万科) than three are.
    return FULL + like - (_BRAND_LIKE if like == SHAPE and len(text) == 2 else 0)


def _sure(text: str) -> bool:
    return spoken(text) is not None or likeness(text) >= 4 or familiar(text)


def introduces(text: str) -> bool:
    """Whether a word only leads to a name: 我是, 联系人."""
    return _SELF.fullmatch(text) is not None


def _dealt_with(word: Word, start: int) -> list[Piece] | None:
    """Somebody of a firm and what was or is to be done: (和中石化的)靳东通了电话, (给格力的)董明打电话."""
    text = word.text
    found = [
        (said.end() - cut, cut)
        for cut in range(start + 2, min(start + _NAME_MOST, len(text) - 1) + 1)
        if (likeness(text[start:cut]) >= SHAPE or _sure(text[start:cut])) and (said := NOTE_INSIDE.match(text, cut))
    ]
    if not found:
        return None
    cut = max(found)[1]
    return [*_person(word, start, cut), _piece(word, cut, len(text), "note")]


def _addressed(word: Word, start: int) -> list[Piece] | None:
    """A name by its shape alone with a job behind it, where somebody of a firm is expected: …的祁同伟厂长."""
    head, job = word.text[start : start + 3], word.text[start + 3 :]
    if likeness(head) < SHAPE or job not in JOB_ADDRESS or TITLE.fullmatch(head + job):
        return None
    return [_name_piece(word, start, start + 3), _piece(word, start + 3, len(word.text), "title")]


def _familiar(word: Word, start: int) -> list[Piece] | None:
    """A name as colleagues say it, with the job before it: 助理小叶."""
    text = word.text[start:]
    for cut in range(len(text) - 2, -1, -1):
        if familiar(text[cut:]) and (not cut or title(text[:cut])):
            job = [_piece(word, start, start + cut, "title")] if cut else []
            return [*job, _name_piece(word, start + cut, len(word.text))]
    return None


def _piece(word: Word, start: int, end: int, kind: Kind = "open") -> Piece:
    return Piece(word.start + start, word.start + end, word.text[start:end], word.part, kind)


def _firm_piece(word: Word, start: int, end: int) -> Piece:
    made = _piece(word, start, end)
    made.company = firm(made.text) or UNKNOWN + 1
    return made


def _name_piece(word: Word, start: int, end: int) -> Piece:
    made = _piece(word, start, end)
    made.name = name(made.text)
    return made


def _person(word: Word, start: int, end: int) -> list[Piece]:
    """A name, and the job it is followed by: 秦朗经理 is 秦朗 and 经理, but 王经理 is how 王 is called."""
    text = word.text[start:end]
    told = spoken(text)
    if told is None or _is_surname(told.name):
        return [_name_piece(word, start, end)]
    cut = start + len(told.name)
    who = _piece(word, start, cut)
    who.name = FULL + likeness(who.text) + 0.5
    rest = _piece(word, cut, end, "title")
    if not TITLE.fullmatch(told.salutation):
        rest.kind = "salutation"
    return [who, rest]


def _glued(word: Word, start: int) -> list[Piece] | None:
    """Job and name written together, from `start` to the end of the word: 采购部王总, 总经理王强, 张伟, 采购."""
    text = word.text[start:]
    if not text:
        return None
    if title(text):
        return [_piece(word, start, len(word.text), "title")]
    if _sure(text):
        return _person(word, start, len(word.text))
    for cut in range(len(text) - 2, 1, -1):
        named = _sure(text[cut:]) or (
            len(text) - cut == 3 and likeness(text[cut:]) == SHAPE and text[:cut] in JOB_ADDRESS
        )
        if cut <= LONGEST_TITLE and named and TITLE.fullmatch(text[:cut]):
            return [_piece(word, start, start + cut, "title"), *_person(word, start + cut, len(word.text))]
    return None


def _split_firm(word: Word) -> list[Piece] | None:
    """A firm with those who work there behind it: 桃花岛贸易行业务经理, 云帆科技张伟."""
    letters = _ACRONYM.match(word.text)
    if letters and title(word.text[letters.end() :]):
        of = _piece(word, 0, letters.end())
        of.company = UNKNOWN - 0.5
        return [of, _piece(word, letters.end(), len(word.text), "title")]
    jobs = _JOB_LETTERS.search(word.text)
    if jobs and firm(word.text[: jobs.start()]):
        cut = jobs.start()
        return [_firm_piece(word, 0, cut), _piece(word, cut, len(word.text), "title")]
    cuts = [cut for cut in range(len(word.text) - 1, 2, -1) if firm(word.text[:cut])]
    # 北师大附中体育老师 teaches at a school; it isn't 北师大附中体育 that has a 老师.
    for cut in sorted(cuts, key=lambda cut: STRONG_END.search(word.text[:cut]) is None):
        if people := _glued(word, cut):
            return [_firm_piece(word, 0, cut), *people]
    return None


def _split_name(word: Word) -> list[Piece] | None:
    """A name with what is said about it, or its firm, behind it: 王总要报价, 王总云帆科技."""
    text = word.text
    for cut in range(min(len(text) - 1, 6), 1, -1):
        head, tail = text[:cut], text[cut:]
        if is_place(head):
            continue  # 武汉客户
        if spoken(head) and (note(tail) or firm(tail) >= TRADE):
            said = _piece(word, cut, len(text), "note") if note(tail) else _firm_piece(word, cut, len(text))
            return [*_person(word, 0, cut), said]
        if likeness(head) >= 4 and len(tail) > 1 and (NOTE_START.match(tail) or NOTE_INSIDE.match(tail)):
            return [_name_piece(word, 0, cut), _piece(word, cut, len(text), "note")]
    return None


def _introduced(word: Word) -> list[Piece] | None:
    """Words that lead to a name: 我是云帆科技的张伟, 约马超, 云帆科技的王总, 展会认识的李娜."""
    text = word.text
    called = _CALLED.fullmatch(text)
    if called and title(called["job"]) and (_sure(called["name"]) or likeness(called["name"]) >= SHAPE):
        first, last = called.span("name")
        return [
            _piece(word, 0, called.end("job"), "title"),
            _piece(word, called.end("job"), first, "label"),
            *_person(word, first, last),
        ]
    employed = _EMPLOYED.fullmatch(text)
    if employed and title(employed["job"]):
        first, last = employed.span("firm")
        return [
            _piece(word, 0, first, "label"),
            _firm_piece(word, first, last),
            _piece(word, last, employed.start("job"), "label"),
            _piece(word, employed.start("job"), len(text), "title"),
        ]
    works = _WORKS_THERE.fullmatch(text)
    if works and title(works["job"]) and not note(works["firm"]):
        first, last = works.span("firm")
        return [
            _piece(word, 0, first, "label"),
            _firm_piece(word, first, last),
            _piece(word, last, last + 1, "label"),
            _piece(word, last + 1, len(text), "title"),
        ]
    comes = _COMES_FROM.fullmatch(text)
    if comes and not note(comes["firm"]):
        return [_piece(word, 0, comes.start("firm"), "label"), _firm_piece(word, comes.start("firm"), len(text))]
    sent = _SENT.match(text)
    people = _glued(word, sent.end()) or _familiar(word, sent.end()) if sent else None
    if sent and people:
        return [_piece(word, 0, sent.end(), "note"), *people]
    kind = _OF_KIND.match(text)
    if kind and firm(text[kind.end() :]):
        return [_piece(word, 0, kind.end(), "label"), _firm_piece(word, kind.end(), len(text))]
    begin = BEFORE_NAME.match(text)
    after = begin.end() if begin else 0
    if begin and begin.group().endswith("叫") and 2 <= len(text) - after <= _NAME_MOST and not title(text[after:]):
        called_so = _piece(word, after, len(text))
        called_so.name = SPOKEN
        return [_piece(word, 0, after, "label"), called_so]
    owned = _POSSESSIVE.fullmatch(text, after)
    lead = [_piece(word, 0, after, "label" if _SELF.fullmatch(text[:after]) else "note")] if after else []
    if owned:
        cut = owned.end("firm")
        named = _addressed(word, cut + 1)
        people = [_name_piece(word, cut + 1, len(text))] if familiar(owned["name"]) else named or _glued(word, cut + 1)
        if people is None and begin:
            people = _dealt_with(word, cut + 1)
        if people is not None:
            is_note = note(owned["firm"])
            of = _piece(word, after, cut, "note") if is_note else _firm_piece(word, after, cut)
            if is_place(of.text):
                of.kind = "region"  # 我是长沙的…
            joint = _piece(word, cut, cut + 1, "note" if is_note else "label")
            return [*lead, of, joint, *people]
    if begin and _SELF.fullmatch(text[:after]) and text[after:] and title(text[after:]):
        return [*lead, _piece(word, after, len(text), "title")]
    if begin and _SELF.fullmatch(text[:after]) and len(text) > after + 3:
        inner = Word(word.start + after, word.end, text[after:], word.part, han=True)
        works_there = _split_firm(inner)
        if works_there is not None:
            return [*lead, *works_there]
    if begin and _LATIN_NAME.fullmatch(text, after):
        latin = _piece(word, after, len(text))
        latin.name = SPOKEN
        return [*lead, latin]
    people = _glued(word, after) if begin and likeness(text) < 5 else None
    return [*lead, *people] if people is not None and any(piece.kind == "open" for piece in people) else None


def _kind(text: str) -> Kind:
    """What a word is that needs no weighing; open when it may be a name or a firm."""
    if len(text) > LONGEST_WORD:
        return "note"
    if _PERSONAL.fullmatch(text):
        return "gender"
    if text[0] == "姓" and _is_surname(text[1:]):
        return "note"
    if is_place(text):
        return "region"
    if text[-1] == "人" and len(text) <= _NAME_MOST + 2 and (is_place(text[:-1]) or prefix(text)):
        return "note"
    return "title" if title(text) else "open"


def _split(word: Word) -> list[Piece] | None:
    """The pieces of several things written together; None when the word is one thing."""
    strength = firm(word.text)
    split = _introduced(word)
    if split is None and strength < STRONG:
        split = _split_name(word)
    if split is None and strength == 0:
        split = _split_firm(word)
    if split is None and strength == 0 and len(word.text) > 3:
        split = _glued(word, 0)
    return split if split is None or len(split) > 1 else None


def _weighed(whole: Piece) -> Piece:
    """A word that is one thing: a note, or worth this much as a name and that much as a firm."""
    text = whole.text
    like, strength = likeness(text), firm(text)
    trade_alone = (
        strength == 0 and len(text) <= LONGEST_TITLE and (TRADE_ONLY.fullmatch(text) or _REPAIRS.fullmatch(text))
    )
    if like < 4 and (note(text) or trade_alone):
        whole.kind = "note"
        return whole
    placed = prefix(text) and len(text) - len(prefix(text)) >= 2
    whole.company = strength or (PLACED if placed else UNKNOWN)
    whole.name = name(text) or (1.0 if len(text) <= _NAME_MOST and strength == 0 else 0.0)
    # 花满楼 may be somebody, 王海运 too; 五金店 and 鸿发工厂 hardly.
    shape_will_do = len(text) == 3 and STRONG_END.search(text) is not None
    if strength == LEGAL or (strength and like < (3 if shape_will_do else 4)):
        whole.name = 0
    elif whole.name > 1 and strength == 0:
        whole.company = 1.0
    return whole


def read(word: Word) -> list[Piece]:
    """The pieces of one word that holds Chinese characters; together they cover it."""
    text = word.text
    if text[-1] == "的" and firm(text[:-1]) and not _DEALS_IN.match(text) and not note(text[:-1]):
        return [_firm_piece(word, 0, len(text) - 1), _piece(word, len(text) - 1, len(text), "label")]
    learned = _PROFESSIONAL.fullmatch(text)
    if learned and likeness(learned["name"]) >= SHAPE and spoken(text) is None and not TITLE.fullmatch(text):
        cut = learned.end("name")
        return [_name_piece(word, 0, cut), _piece(word, cut, len(text), "title")]
    whole = _piece(word, 0, len(text), _kind(text))
    if whole.kind != "open":
        return [whole]
    if spoken(text):
        return _person(word, 0, len(text))
    half = _LATIN_SURNAME.fullmatch(text) and _is_surname(text[-1])
    half = half or (_HALF_LATIN.fullmatch(text) and (_is_surname(text[0]) or text[0] in "阿小老"))
    if half or _LATIN_SPOKEN.fullmatch(text):
        whole.name = SPOKEN
        return [whole]
    return _split(word) or [_weighed(whole)]
