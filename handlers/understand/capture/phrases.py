"""From the words that are left of a line to pieces: which words belong together, and who reads them.

`pieces_of(line)` is what `choose.py` decides on. Chinese words are read one by one (`chinese.py`), neighbouring Latin
words as a phrase (`latin.py`); 张 伟 is one word, and 陈 Alice one name.
"""

import re

from handlers.understand.capture import chinese, introduced, judging, latin, runs, told
from handlers.understand.capture.jobs import job_end, plain
from handlers.understand.capture.judging import LONGEST_TITLE
from handlers.understand.capture.lexicon import LATIN_BEFORE_NAME, NOTE, TRADE_ONLY, latin_words
from handlers.understand.capture.line import TAKEN, Line
from handlers.understand.capture.pieces import Kind, Piece, Word, parts
from store.rules.person_name import COMPOUND, LATIN_SALUTATION, SURNAMES, likeness
from store.rules.places import is_place

_LONGEST_DEED = 4
_SENTENCE, _LONG = 5, 8
"""From so many characters on a word may be a sentence, and is one sooner than the name of an unknown firm."""
_BRAND_MOST = 2
_GENERIC = re.compile("4[Ss]店|专柜|专卖店|旗舰店|门店|中国")
_LETTERS_END, _LETTERS_BEGIN = (
    re.compile(r"(?:[A-Z]{2,5}|[A-Z][a-z]{2,14})$"),
    re.compile(r"[A-Z][a-z]{2,}(?=[\u4e00-\u9fff]{2,6}$)"),
)
_LEGAL_ALONE = latin_words("last_words")
_ATTENDS = frozenset(("助理", "秘书", "助手", "司机", "学生", "徒弟", "下属"))
_JOINTS = frozenset(("的", "在", "现在", "目前在", "来自", "就职于", "任职于"))
_DEEDS = NOTE | LATIN_BEFORE_NAME
_AND = frozenset(("and", "&", "+"))
_WORKS_AT = frozenset(("at", "from", "@"))


def _piece(words: list[Word], kind: Kind) -> Piece:
    """Words that are known for what they are, as one piece."""
    text = " ".join(word.text for word in words)
    return Piece(words[0].start, words[-1].end, text, words[0].part, kind)


def _is_one_name(surname: Word, given: Word) -> bool:
    """Whether two Chinese words are one name with a space in it, as cards and Japanese keyboards write it: 张　伟."""
    if not (surname.text in SURNAMES or surname.text in COMPOUND) or len(given.text) > 2:
        return False
    return likeness(surname.text + given.text) >= 3 and not judging.title(given.text)


def _grouped(words: list[Word]) -> list[list[Word]]:
    """Chinese words one by one, neighbouring Latin words together, and 张 伟 as one."""
    groups: list[list[Word]] = []
    for word in words:
        before = groups[-1][-1] if groups else None
        if before is not None and not word.han and not before.han:
            groups[-1].append(word)
        elif before is not None and word.han and before.han and _is_one_name(before, word):
            groups[-1][-1] = Word(before.start, word.end, before.text + word.text, word.part, han=True)
        else:
            if word.han and before is not None and before.text.lower() in _WORKS_AT and len(groups[-1]) > 1:
                groups.append([groups[-1].pop()])
            groups.append([word])
    return groups


def _mixed_name(one: list[Word], other: list[Word]) -> Piece | None:
    """A Chinese surname with a Latin given name, in either order: 陈 Alice, Lisa 王."""
    if len(one) != 1 or len(other) != 1 or one[0].han == other[0].han:
        return None
    surname, given = (one[0], other[0]) if one[0].han else (other[0], one[0])
    if surname.text not in SURNAMES or not given.text.isalpha() or given.text != given.text.capitalize():
        return None
    return Piece(one[0].start, other[0].end, f"{one[0].text} {other[0].text}", surname.part, name=judging.SPOKEN)


def _together(one: list[Word], other: list[Word]) -> list[Piece] | None:
    """Neighbours that say one thing: 陈 Alice, Mr. 李, and the firm in PM at 字节跳动."""
    both = _mixed_name(one, other)
    if both is not None:
        return [both]
    if len(one) == 1 and one[0].text.lower() in _AND and other[0].han and judging.sure(other[0].text):
        return [_piece([*one, *other], "note")]  # 高洁 and 高远
    if not one[0].han and other[0].han and all(plain(word) in _DEEDS and word.text.islower() for word in one):
        deed = _piece(one, "note")
        return [deed, *_gone_on_with([deed], _read(other[0]))]
    if one[0].han and not other[0].han and all(plain(word).strip(".") in _LEGAL_ALONE for word in other):
        firm = _piece([*one, *other], "open")
        firm.company = runs.LEGAL_FORM
        return [firm]  # 陆家庄 Ltd
    if len(one) != 1 or one[0].han or not other[0].han:
        return None
    lead, word = one[0], other[0]
    led = _piece(other, "open")
    if lead.text.lower() in _WORKS_AT:
        led.company = runs.WORKS_AT
        return [_piece(one, "label"), led]
    if LATIN_SALUTATION.fullmatch(lead.text) and word.text in SURNAMES:
        led.name = judging.SPOKEN
        return [_piece(one, "salutation"), led]
    return None


def _is_firms(text: str, at: int) -> bool:
    """Whether what stands behind the letters of a word is a firm's: Park酒店, Lauder中国."""
    return judging.firm(text) > 0 or is_place(text[at:])


def _brand(one: list[Word], other: list[Word], found: list[Piece]) -> list[Piece] | None:
    """A firm's name in both scripts, where somebody is named before it: BMW 4S店, Estee Lauder中国, 上海ABC Cooking."""
    if one[0].han == other[0].han:
        return None
    han, letters = (one[0], other) if one[0].han else (other[0], one)
    shop = len(letters) == 1 and han.text[-1] in "店柜" and _GENERIC.fullmatch(han.text)
    if not shop and not any(piece.kind == "open" and piece.name >= runs.NAME for piece in found):
        return None
    most = len(letters) if one[0].han and runs.ends_legal(letters) else _BRAND_MOST
    if len(letters) > most or not all(word.text[:1].isupper() for word in letters) or job_end(letters, 0):
        return None
    if one[0].han:
        joins = len(han.text) > 3 and _LETTERS_END.search(han.text) is not None
    else:
        begun = _LETTERS_BEGIN.match(han.text)
        trade = len(han.text) <= LONGEST_TITLE and TRADE_ONLY.fullmatch(han.text) is not None
        joins = trade or _GENERIC.fullmatch(han.text) is not None
        joins = joins or (begun is not None and _is_firms(han.text, begun.end()))
    if not joins:
        return None
    whole = _piece([*one, *other], "open")
    whole.company = runs.KNOWN_END
    return [whole]


def _is_apart(line: Line, words: list[Word]) -> bool:
    """Whether a mark that somebody typed stands before these words, not only something that was taken."""
    before = line.open[: words[0].start].rstrip(" ")[-1:]
    return before != TAKEN and not before.isdigit()


def _is_deed(line: Line, word: Word) -> bool:
    """Whether a word goes on from a time without a space: what is done then, 周三下午上课."""
    before = word.start - 1
    return (
        before >= 0
        and len(word.text) <= _LONGEST_DEED
        and line.field[before] in ("when", "kept", "said")
        and line.flat[before].isalnum()
    )


def _read(word: Word) -> list[Piece]:
    """The pieces of a Chinese word; of one that says something about somebody, whom and where they work."""
    pieces = chinese.read(word)
    last = pieces[-1]
    if len(pieces) > 1 and last.kind == "note" and last.text[0] == "在":
        pieces[-1:] = told.read(Word(last.start, last.end, last.text, last.part, han=True)) or [last]  # 萧先生在…做律师
    known = any(piece.kind == "open" for piece in pieces)
    if len(pieces) == 1 and len(word.text) >= _LONG:
        known = pieces[0].name >= judging.SURE or pieces[0].company > judging.PLACED
    sentence = _SENTENCE <= len(word.text) <= chinese.LONGEST_WORD
    return told.read(word) or pieces if sentence and not known else pieces


def _follows_time(line: Line, word: Word) -> bool:
    """Whether a word stands directly behind a time."""
    return line.field[len(line.open[: word.start].rstrip(" ")) - 1] == "when" if word.start else False


def _goes_on(found: list[Piece], part: int) -> bool:
    """Whether a sentence with Latin letters was begun between these marks: want 报价 for 3 台 CNC machine."""
    return any(
        piece.part == part
        and piece.kind == "note"
        and piece.text.isascii()
        and piece.text.split()[0] in NOTE - LATIN_BEFORE_NAME
        for piece in found
    )


def _gone_on_with(found: list[Piece], made: list[Piece]) -> list[Piece]:
    """A Chinese word that nothing is known of goes on with such a sentence: interested in 铝合金."""
    unknown = len(made) == 1 and made[0].kind == "open" and made[0].company <= judging.UNKNOWN
    if unknown and not judging.sure(made[0].text) and _goes_on(found, made[0].part):
        made[0].kind = "note"
    return made


def _chinese(line: Line, word: Word, found: list[Piece]) -> list[Piece]:
    """The pieces of a Chinese word by what it says and by what stands before it."""
    if _is_deed(line, word):
        made = [_piece([word], "note")]
    elif word.text in _JOINTS or introduced.introduces(word.text):
        made = [_piece([word], "label")]
    else:
        made = _gone_on_with(found, _read(word))
    made[-1].end = word.end
    if line.open[: word.start].endswith("("):
        if line.field[word.start - 2] == "name" and made[0].kind == "open":
            made[0].kind = "note"
        elif found and found[-1].words:
            made[0].company /= 2  # Kelly（凯莉）
        elif found and len(made) == 2 and made[1].text in _ATTENDS:
            made[0].kind = "note"  # 平儿（王熙凤助理）
    return made


def _latin(line: Line, words: list[Word], found: list[Piece], setting: latin.Setting) -> list[Piece]:
    """The pieces of Latin words by what they say and by what stands before them."""
    alone = len(words) == 1
    zoom = alone and not setting.lower and words[0].text.islower() and _follows_time(line, words[0])
    if zoom or _goes_on(found, words[0].part):
        return [_piece(words, "note")]  # 明天 4pm zoom
    made = latin.read(words, setting)
    if found and alone and line.open[: words[0].start].endswith("("):
        full = likeness(found[-1].text) > judging.SHAPE and words[0].text.istitle()
        made[0].company = 0 if full else made[0].company / 2  # 周伯通（Joe）, 王经理（Wendy）
    return made


def pieces_of(line: Line) -> list[Piece]:
    """The pieces of all that nobody took, in the order of the line."""
    stretches = parts(line)
    lower = all(word.text == word.text.lower() for words in stretches for word in words)
    shouted = not any(word.text != word.text.upper() for words in stretches for word in words if not word.han)
    found: list[Piece] = []
    for words in stretches:
        groups = _grouped(words)
        number = 0
        while number < len(groups):
            group, following = groups[number], groups[number + 1 : number + 2]
            both = _together(group, following[0]) or _brand(group, following[0], found) if following else None
            if both is not None:
                found += both
                number += 1
            elif group[0].han:
                found += _chinese(line, group[0], found)
            else:
                first = all(piece.kind in ("note", "label") for piece in found)
                apart = len(groups) == 1 and _is_apart(line, group)
                found += _latin(line, group, found, latin.Setting(lower, first, apart, shouted))
            number += 1
    return found
