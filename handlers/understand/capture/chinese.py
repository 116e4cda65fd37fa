"""What a Chinese word of a line may be: a name, a firm, a job, a place, a note, or several of these written together.

`read(word)` gives its pieces: 云帆科技采购部王总 is a firm, a job and a name; 王总要报价 a name and a note.
"""

import re

from handlers.understand.capture import introduced, pairs
from handlers.understand.capture.glued import cut_out, firm_of, glued, name_of, person, split_firm, split_name
from handlers.understand.capture.judging import (
    DEALS_IN,
    LEGAL,
    LONGEST_TITLE,
    NAME_MOST,
    PLACED,
    SHAPE,
    SPOKEN,
    STRONG,
    SURE,
    UNKNOWN,
    firm,
    is_surname,
    name,
    note,
    sure,
    title,
)
from handlers.understand.capture.lexicon import CJK, STRONG_END, TITLE, TRADE_ONLY
from handlers.understand.capture.pieces import Kind, Piece, Word
from store.rules.person_name import likeness, spoken
from store.rules.places import is_place, prefix

LONGEST_WORD = 60
_PROFESSIONAL = re.compile(rf"(?P<name>[{CJK}]{{2,3}})(?:医生|大夫|老师|律师|教练|教授|警官|法官|将军)")
_HALF_LATIN = re.compile(rf"[{CJK}](?:[A-Z][a-z]{{1,9}}|sir|SIR)")
"""陈Sir, 阿May, 王Ken."""
_LATIN_SURNAME = re.compile(rf"[A-Z][a-z]{{1,11}}[{CJK}]")
"""Lily陈."""
_LATIN_AND_HAN = re.compile(rf"[A-Z][a-z]+[{CJK}]{{2,4}}")
_LATIN_SPOKEN = re.compile(r"[A-Z][a-z]{1,14}(?:总|老师|经理|先生|女士|小姐|姐|哥|老板|董|工)")
_REPAIRS = re.compile(rf"[{CJK}]{{2,3}}(?:维修|安装|保养|清洗|回收|租赁|代理|批发|零售)")
"""空调维修: what somebody lives on."""
_SURNAMED = re.compile("(?:我|他|她|客户|本人|免贵|贵)?姓")
_KIN = re.compile(
    rf"[{CJK}]{{2,4}}的?(?:女婿|儿媳|媳妇|侄[子女]|外甥女?|亲家|姐夫|妹夫|儿子|女儿|老婆|老公|爱人)|[{CJK}]{{2,4}}的(?:同事|朋友|同学|老乡|邻居|亲戚)"
)
"""周瑞女婿: whose somebody is, and no name of theirs."""
_PERSONAL = re.compile(r"[男女]|男性|女性")


def _kind(text: str) -> Kind:
    """What a word is that needs no weighing; open when it may be a name or a firm."""
    if len(text) > LONGEST_WORD:
        return "note"
    if _PERSONAL.fullmatch(text):
        return "gender"
    if _SURNAMED.match(text) and is_surname(text[text.index("姓") + 1 :]):
        return "note"
    if _KIN.fullmatch(text):
        return "note"
    if is_place(text):
        return "region"
    if text[-1] == "人" and len(text) <= NAME_MOST + 2 and (is_place(text[:-1]) or prefix(text)):
        return "note"
    return "title" if title(text) else "open"


def _split(word: Word) -> list[Piece] | None:
    """The pieces of several things written together; None when the word is one thing."""
    strength = firm(word.text)
    split = introduced.read(word)
    if split is None and strength < STRONG:
        split = split_name(word)
    if split is None and strength == 0:
        split = split_firm(word)
    if split is None and strength == 0 and len(word.text) > 3:
        split = glued(word, 0)
    return split if split is None or len(split) > 1 else None


def _weighed(whole: Piece) -> Piece:
    """A word that is one thing: a note, or worth this much as a name and that much as a firm."""
    text = whole.text
    like, strength = likeness(text), firm(text)
    if len(text) == 1 and not is_surname(text):
        whole.kind = "note"
        return whole
    trade_alone = (
        strength == 0 and len(text) <= LONGEST_TITLE and (TRADE_ONLY.fullmatch(text) or _REPAIRS.fullmatch(text))
    )
    if like < 4 and (note(text) or trade_alone):
        whole.kind = "note"
        return whole
    placed = prefix(text) and len(text) - len(prefix(text)) >= 2
    whole.company = strength or (PLACED if placed else UNKNOWN)
    whole.name = name(text) or (1.0 if len(text) <= NAME_MOST and strength == 0 else 0.0)
    if strength == 0 and _LATIN_AND_HAN.fullmatch(text):
        whole.name = 1.0  # Nate尼克森, where nobody else is named
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
    if len(text) <= LONGEST_WORD and (cut := pairs.other(text)):
        return [
            *read(Word(word.start, word.start + cut, text[:cut], word.part, han=True)),
            cut_out(word, cut, len(text), "note"),
        ]
    bare = text.rstrip("吗呢吧哈呀啦")
    if 2 < len(bare) < len(text) <= LONGEST_WORD:
        asked = read(Word(word.start, word.start + len(bare), bare, word.part, han=True))
        if any(piece.name >= SURE for piece in asked):
            return [*asked, cut_out(word, len(bare), len(text), "note")]
    if (
        text[-1] == "的"
        and text[0] not in "是在"
        and firm(text[:-1])
        and not DEALS_IN.match(text)
        and not note(text[:-1])
    ):
        return [firm_of(word, 0, len(text) - 1), cut_out(word, len(text) - 1, len(text), "label")]
    if text[-1] == "的" and sure(text[:-1]):
        return [name_of(word, 0, len(text) - 1), cut_out(word, len(text) - 1, len(text), "label")]
    learned = _PROFESSIONAL.fullmatch(text)
    if learned and likeness(learned["name"]) >= SHAPE and spoken(text) is None and not TITLE.fullmatch(text):
        cut = learned.end("name")
        return [name_of(word, 0, cut), cut_out(word, cut, len(text), "title")]
    whole = cut_out(word, 0, len(text), _kind(text))
    if whole.kind != "open":
        return [whole]
    if spoken(text):
        return person(word, 0, len(text))
    half = _LATIN_SURNAME.fullmatch(text) and is_surname(text[-1])
    half = half or (_HALF_LATIN.fullmatch(text) and (is_surname(text[0]) or text[0] in "阿小老"))
    if half or _LATIN_SPOKEN.fullmatch(text):
        whole.name = SPOKEN
        return [whole]
    return _split(word) or [_weighed(whole)]
