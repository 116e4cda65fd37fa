"""Chinese words that lead to a name or a firm: 我是云帆科技的张伟, 约马超, 展会认识的李娜, 在阳谷酒业做销售经理.

`read(word)` gives the pieces of such a word, None for any other. Whole sentences are `told.py`'s.
"""

import re

from handlers.understand.capture.glued import cut_out, firm_of, glued, name_of, person, split_firm
from handlers.understand.capture.judging import NAME_MOST, SHAPE, SPOKEN, firm, note, sure, title
from handlers.understand.capture.lexicon import BEFORE_NAME, CJK, GREETING, NOTE_INSIDE, TITLE
from handlers.understand.capture.pieces import Piece, Word
from store.rules.person_name import JOB_ADDRESS, familiar, likeness
from store.rules.places import is_place

_POSSESSIVE = re.compile(rf"(?P<firm>[{CJK}A-Za-z0-9&()]{{2,20}})的(?P<name>[{CJK}·]{{2,10}})")
_CALLED = re.compile(rf"(?P<job>[{CJK}]{{2,6}}?)(?:名叫|叫|现在是|还是|[换改]成了?|是|姓名)(?P<name>[{CJK}]{{2,4}})")
_EMPLOYED = re.compile(
    rf"(?:现)?在(?P<firm>[{CJK}A-Za-z0-9]{{2,14}}?)(?:当|做|任|担任|里当|里做)(?P<job>[{CJK}]{{2,8}})"
)
_WORKS_THERE = re.compile(
    rf"(?P<lead>(?:目前|现在?)?(?:是|在|就职于|任职于|供职于|来自))(?P<firm>[{CJK}A-Za-z0-9&()]{{2,16}})的(?P<job>[{CJK}A-Z]{{2,10}})"
)
_ACTS = re.compile(rf"(?:做|当|任|担任)(?P<job>[{CJK}]{{2,8}})")
_COMES_FROM = re.compile(rf"(?:来自|就职于|任职于|供职于|服务于)(?P<firm>[{CJK}A-Za-z0-9&()]{{2,16}})")
_IS_AT = re.compile(
    rf"(?:他|她|我|本人)?(?:现在?|目前|刚)?(?:在|是)(?P<firm>[{CJK}A-Za-z0-9&()]{{3,16}}?)(?:的|上班|工作|任职)?"
)
"""他在养心殿物业, 是凌云纺织的."""
_SENT = re.compile(rf"[{CJK}]{{2,5}}(?:让|叫|请)我?(?:联系|找|加|对接|打给)(?:一下)?(?:他们?|她们?)?的?")
"""项总让我联系他助理小叶: whom to talk to is said behind."""
_OF_KIND = re.compile(r"(?:施工|建设|设计|采购|供货|使用|招标|投标|合作|工作)单位")
_MET = re.compile(rf".*(?:认识|遇到|碰到|见到|拜访|联系|[和跟与见])了?(?=[{CJK}]{{2,8}}$)")
_LATIN_NAME = re.compile(r"[A-Z][a-z]{1,14}")
_SELF = re.compile(
    rf"{GREETING}(?:(?:客户|顾客|买家|对方|联系人|对接人|经办人|老板|负责人)[是叫]|我是|这位是|这是|他是|她是|我叫|他叫|她叫|名叫|叫|客户|顾客|买家|联系人)"
)


def introduces(text: str) -> bool:
    """Whether a word only leads to a name: 我是, 联系人."""
    return _SELF.fullmatch(text) is not None


def _dealt_with(word: Word, start: int) -> list[Piece] | None:
    """Somebody of a firm and what was or is to be done: (和中石化的)靳东通了电话, (给格力的)董明打电话."""
    text = word.text
    found = [
        (said.end() - cut, cut)
        for cut in range(start + 2, min(start + NAME_MOST, len(text) - 1) + 1)
        if (likeness(text[start:cut]) >= SHAPE or sure(text[start:cut])) and (said := NOTE_INSIDE.match(text, cut))
    ]
    if not found:
        return None
    cut = max(found)[1]
    return [*person(word, start, cut), cut_out(word, cut, len(text), "note")]


def _addressed(word: Word, start: int) -> list[Piece] | None:
    """A name by its shape alone with a job behind it, where somebody of a firm is expected: …的祁同伟厂长."""
    head, job = word.text[start : start + 3], word.text[start + 3 :]
    if likeness(head) < SHAPE or job not in JOB_ADDRESS or TITLE.fullmatch(head + job):
        return None
    return [name_of(word, start, start + 3), cut_out(word, start + 3, len(word.text), "title")]


def _familiar(word: Word, start: int) -> list[Piece] | None:
    """A name as colleagues say it, with the job before it: 助理小叶."""
    text = word.text[start:]
    for cut in range(len(text) - 2, -1, -1):
        if familiar(text[cut:]) and (not cut or title(text[:cut])):
            job = [cut_out(word, start, start + cut, "title")] if cut else []
            return [*job, name_of(word, start + cut, len(word.text))]
    return None


def _called(word: Word) -> list[Piece] | None:
    """采购经理叫张伟, 负责人换成了路遥."""
    said = _CALLED.fullmatch(word.text)
    if said is None or not title(said["job"]) or not (sure(said["name"]) or likeness(said["name"]) >= SHAPE):
        return None
    (_, job), (first, last) = said.span("job"), said.span("name")
    return [cut_out(word, 0, job, "title"), cut_out(word, job, first, "label"), *person(word, first, last)]


def _is_firms(text: str, of: str) -> bool:
    """Whether 在 and 是 lead to a firm and not to what somebody does: 在养心殿物业, but 在苏州开面馆."""
    return firm(of) > 0 and not note(text)


def _employed(word: Word) -> list[Piece] | None:
    """在云帆科技做采购, 是云帆科技的采购, 来自云帆科技."""
    comes = _COMES_FROM.fullmatch(word.text) or _IS_AT.fullmatch(word.text)
    if comes and not note(comes["firm"]) and (comes.re is _COMES_FROM or _is_firms(word.text, comes["firm"])):
        start, end = comes.span("firm")
        rest = [cut_out(word, end, len(word.text), "label")] if end < len(word.text) else []
        return [cut_out(word, 0, start, "label"), firm_of(word, start, end), *rest]
    acts = _ACTS.fullmatch(word.text)
    if acts and title(acts["job"]):
        return [cut_out(word, 0, acts.start("job"), "label"), cut_out(word, *acts.span("job"), "title")]
    does = _EMPLOYED.fullmatch(word.text) or _WORKS_THERE.fullmatch(word.text)
    if does is None or not title(does["job"]) or (does.re is _WORKS_THERE and note(does["firm"])):
        return None
    (first, last), (job, end) = does.span("firm"), does.span("job")
    return [
        cut_out(word, 0, first, "label"),
        firm_of(word, first, last),
        cut_out(word, last, job, "label"),
        cut_out(word, job, end, "title"),
    ]


def _sent(word: Word) -> list[Piece] | None:
    """项总让我联系他助理小叶; 施工单位中铁四局."""
    kind = _OF_KIND.match(word.text)
    if kind and firm(word.text[kind.end() :]):
        return [cut_out(word, 0, kind.end(), "label"), firm_of(word, kind.end(), len(word.text))]
    sent = _SENT.match(word.text)
    people = glued(word, sent.end()) or _familiar(word, sent.end()) if sent else None
    return [cut_out(word, 0, sent.end(), "note"), *people] if sent and people else None


def _owned(word: Word, after: int, *, led: bool) -> list[Piece] | None:
    """Somebody of a firm, from `after` on: 云帆科技的张伟; `led`: words that lead to a name stand before it."""
    text = word.text
    owned = _POSSESSIVE.fullmatch(text, after)
    if owned is None:
        return None
    cut = owned.end("firm")
    whom = BEFORE_NAME.match(text, cut + 1)
    if whom and whom.group() in ("客户", "顾客", "联系人") and sure(text[whom.end() :]):
        return [cut_out(word, after, whom.end(), "note"), *person(word, whom.end(), len(text))]  # 王总介绍的客户李娜
    people = [name_of(word, cut + 1, len(text))] if familiar(owned["name"]) else _addressed(word, cut + 1)
    people = people or glued(word, cut + 1) or (_dealt_with(word, cut + 1) if led else None)
    if people is None:
        return None
    met = _MET.match(owned["firm"])
    if met and note(owned["firm"]) and not note(owned["firm"][met.end() :]):
        begin = after + met.end()  # 昨天在车展上认识了比亚迪的…
        rest = [firm_of(word, begin, cut), cut_out(word, cut, cut + 1, "label"), *people]
        return [cut_out(word, after, begin, "note"), *rest]
    is_note = note(owned["firm"])
    of = cut_out(word, after, cut, "note") if is_note else firm_of(word, after, cut)
    if is_place(of.text):
        of.kind = "region"  # 我是长沙的…
    return [of, cut_out(word, cut, cut + 1, "note" if is_note else "label"), *people]


def _led(word: Word, after: int) -> list[Piece] | None:
    """What stands behind 我是, 约, 联系: a name, a job, a firm with a job, a name with its job."""
    text, tail = word.text, word.text[after:]
    if introduces(text[:after]) and tail and title(tail):
        return [cut_out(word, after, len(text), "title")]
    if introduces(text[:after]) and len(tail) > 3:
        works_there = split_firm(Word(word.start + after, word.end, tail, word.part, han=True))
        if works_there is not None:
            return works_there
    if _LATIN_NAME.fullmatch(tail):
        latin = cut_out(word, after, len(text))
        latin.name = SPOKEN
        return [latin]
    people = glued(word, after) if likeness(text) < 5 else None
    return people if people is not None and any(each.kind == "open" for each in people) else None


def read(word: Word) -> list[Piece] | None:
    """The pieces of a word that leads to a name or a firm; None for any other."""
    text = word.text
    for rule in (_called, _employed, _sent):
        if pieces := rule(word):
            return pieces
    begin = BEFORE_NAME.match(text)
    after = begin.end() if begin else 0
    called = begin is not None and begin.group().endswith(("叫", "人是"))
    called = called or (begin is not None and begin.group()[-1] == "是" and likeness(text[after:]) >= SHAPE)
    if called and 2 <= len(text) - after <= NAME_MOST and not title(text[after:]):
        so_called = cut_out(word, after, len(text))
        so_called.name = SPOKEN
        return [cut_out(word, 0, after, "label"), so_called]
    pieces = _owned(word, after, led=begin is not None) or (_led(word, after) if begin else None)
    if pieces is None or not after:
        return pieces
    return [cut_out(word, 0, after, "label" if introduces(text[:after]) else "note"), *pieces]
