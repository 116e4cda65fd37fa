"""How names sound: every reading of every character, initials, and one spelling for sounds that people mix up.

Search indexes what `spellings` and `initials` give, duplicates compare `folded`. `spellings("曾国藩")` begins with
`"zengguofan"` and also holds `"cengguofan"`; `initials("曾国藩")` is `("zgf", "cgf")`.

pypinyin without its phrases takes 40 ms and 12 MB instead of 191 ms and 57 MB, and only once a Chinese character comes.
Its first reading of a surname is often wrong (单 dan, 仇 chou, 区 qu), hence the table.
"""

import os
import re
from functools import cache, lru_cache
from itertools import combinations, product
from typing import Any

from store.rules.script import is_han, simplified

_SURNAME: dict[str, str] = {
    "万俟": "mo qi", "尉迟": "yu chi", "澹台": "tan tai", "长孙": "zhang sun", "亓官": "qi guan", "鲜于": "xian yu",
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge", "翟": "zhai",
    "覃": "qin", "朴": "piao", "任": "ren", "华": "hua", "盛": "sheng", "宁": "ning", "乐": "yue", "缪": "miao",
    "逄": "pang", "句": "gou", "员": "yun", "冼": "xian", "繁": "po", "召": "shao", "折": "she", "黑": "he",
    "秘": "bi", "那": "na", "谌": "chen", "种": "chong", "柏": "bai", "哈": "ha", "纪": "ji", "隗": "wei",
    "眭": "sui", "祭": "zhai", "洗": "xian", "燕": "yan", "应": "ying", "宓": "mi", "阚": "kan", "藏": "zang",
    "能": "nai", "牟": "mu", "郗": "xi", "角": "jue", "都": "du", "薄": "bo", "会": "gui", "尹": "yin",
    "车": "che", "沈": "shen", "贾": "jia", "葛": "ge", "石": "shi", "卜": "bu", "晟": "cheng", "佴": "nai",
    "占": "zhan", "重": "chong", "曲": "qu", "冯": "feng", "令": "ling", "俞": "yu", "叶": "ye", "尉": "wei",
}  # fmt: skip
"""Readings of surnames (《现代汉语词典》) that differ from the usual reading, or must come before it."""

_ASIDE: dict[str, tuple[str, ...]] = {"吕": ("lu",), "女": ("nu",), "绿": ("lu",), "律": ("lu",), "旅": ("lu",)}
"""ü is typed v on a keyboard, u on a passport: 吕 is found as lv and as lu."""

_PIECE = re.compile(r"[0-9a-zA-ZÀ-ɏ]+|[^\W_]")
_NEAR_START = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
MOST = 16
"""How many spellings of one text are kept: 4 characters with two readings each."""


@cache
def _library() -> Any:
    os.environ["PYPINYIN_NO_PHRASES"] = "true"
    os.environ["PYPINYIN_NO_DICT_COPY"] = "true"
    import pypinyin

    return pypinyin


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """The toneless readings of one character, the usual one first; ü is v. Empty when it has none."""
    if not is_han(character):
        return ()
    lib = _library()
    found = lib.pinyin(simplified(character), style=lib.Style.NORMAL, heteronym=True, errors="ignore", strict=False)
    told = tuple(found[0]) if found else ()
    return tuple(dict.fromkeys((*told, *_ASIDE.get(simplified(character), ()))))


@lru_cache(maxsize=8192)
def _sound(piece: str) -> tuple[bool, tuple[str, ...]] | None:
    """Whether a piece of a text is Chinese, and its readings; None when it has no sound."""
    if len(piece) > 1 or not is_han(piece):
        return False, (piece.casefold(),)
    told = readings(piece)
    return (True, told) if told else None


@lru_cache(maxsize=16)  # a name's are asked for twice, to find somebody and to know them again
def _parts(text: str) -> tuple[tuple[bool, tuple[str, ...]], ...]:
    """For each part of a text whether it is Chinese, and its readings; what has no sound is left out."""
    plain = simplified(text).lstrip()
    parts = [sound for sound in map(_sound, _PIECE.findall(plain)) if sound]
    for length in (2, 1):
        if told_surname := _SURNAME.get(plain[:length]):
            for position, syllable in enumerate(told_surname.split()):
                parts[position] = (True, tuple(dict.fromkeys((syllable, *parts[position][1]))))
            break
    return tuple(parts)


def _combined(parts: list[tuple[str, ...]], most: int) -> tuple[str, ...]:
    """The parts joined in their first readings, then with one other reading, then with two, at most `most`."""
    if not parts:
        return ()
    choices = [range(len(part)) for part in parts]
    first = [0] * len(parts)
    joined: dict[str, None] = {}
    for changes in range(min(len(parts), 3) + 1):
        for places in combinations((at for at, choice in enumerate(choices) if len(choice) > 1), changes):
            for others in product(*(choices[place][1:] for place in places)):
                chosen = list(first)
                for place, other in zip(places, others, strict=True):
                    chosen[place] = other
                joined["".join(part[pick] for part, pick in zip(parts, chosen, strict=True))] = None
                if len(joined) >= most:
                    return tuple(joined)
    return tuple(joined)


def syllables(text: str) -> list[tuple[str, ...]]:
    """What a text sounds like, part by part: the readings of each Chinese character, each Latin word in lower case.

    A surname at the beginning has its reading as a surname first.
    """
    return [told for _, told in _parts(text)]


def spellings(text: str, most: int = MOST) -> tuple[str, ...]:
    """The whole text in pinyin without spaces, in its several readings, the likeliest first, at most `most`."""
    return _combined(syllables(text), most)


def initials(text: str, most: int = MOST) -> tuple[str, ...]:
    """The first letters of the parts, in their several readings: 单雄信 is sxx, dxx and cxx."""
    return _combined([tuple(dict.fromkeys(told[0] for told in part)) for part in syllables(text)], most)


@cache  # there are some four hundred syllables
def near(syllable: str) -> str:
    """A syllable as those hear it who don't tell zh from z, ch from c, sh from s, n from l, -ng from -n, ü from u."""
    for start, other in _NEAR_START.items():
        if syllable.startswith(start):
            syllable = other + syllable[len(start) :]
            break
    return (syllable[:-1] if syllable.endswith("ng") else syllable).replace("v", "u")


def folded(text: str) -> str:
    """The text by its likeliest readings, near sounds as one: 张三 and 章叁 are both `zansan`. Latin words stay."""
    return "".join(near(told[0]) if chinese else told[0] for chinese, told in _parts(text))
