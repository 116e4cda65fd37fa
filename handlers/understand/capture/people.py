"""Whether words in Latin letters look like somebody's name: by a first name, or by a surname as Chinese write it.

`is_called(words)` is true of Peter Parker and of Zhang Wei, not of Summit Valves. It only weighs: most names of the
world are in no list, and what decides is where a word stands.
"""

import re
from functools import cache

from handlers.understand.capture.jobs import plain
from handlers.understand.capture.lexicon import GIVEN, ROMANISED, words
from handlers.understand.capture.mail import letters
from handlers.understand.capture.pieces import Word
from handlers.understand.capture.runs import names_firm
from store.rules.person_name import COMPOUND, SURNAMES
from store.rules.pinyin import syllables

_SYLLABLE = (
    "(?:zh|ch|sh|th|tr|ph|kh|nh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|uai|iao|ian|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|[aoeiuv])"
)
_PINYIN = re.compile(rf"{_SYLLABLE}(?:[-']?{_SYLLABLE})?|[a-z]{{1,2}}[aeiou][tkpm]|[a-z]+-[a-z]+")
"""A Chinese, Korean or Vietnamese given name, also as Hong Kong writes it: Wei, Xiaoming, Yun Fat, Min-jun."""
_SOUNDS = frozenset("".join(words("foreign", "sounds")))
_FOREIGN = re.compile(
    rf"(?P<pet>.)(?P=pet)[妈爸]?|.{{1,2}}儿|.{{1,2}}[{''.join(words('foreign', 'japanese'))}].{{0,2}}"
)
"""糖糖, 妞妞妈, 小鱼儿, 渡边, 中村健."""


@cache
def _surnames() -> frozenset[str]:
    """Chinese surnames in pinyin, and as they are written elsewhere."""
    return ROMANISED | {"".join(part[0] for part in syllables(each)) for each in SURNAMES | COMPOUND}


def is_given(word: Word) -> bool:
    """Whether a word is a usual first name, or a double one: Peter, João, Anna-Lena."""
    first = plain(word).partition("-")[0]
    return first in GIVEN or (not first.isascii() and letters(first) in GIVEN)


def is_surname(word: Word) -> bool:
    """Whether a word is a Chinese surname in Latin letters: Zhang, Leung."""
    return plain(word) in _surnames()


def is_pinyin(word: Word) -> bool:
    """Whether a word may be a given name in Latin letters behind or before such a surname."""
    return _PINYIN.fullmatch(plain(word)) is not None


def is_called(run: list[Word]) -> bool:
    """Whether a run of words is somebody's name by its words: Peter Parker, Kevin Wang, Zhang Wei; not Ben Foods."""
    if not run or (len(run) > 1 and names_firm(run[-1:])):
        return False
    return is_given(run[0]) or is_chinese(run)


def is_chinese(run: list[Word]) -> bool:
    """Whether a run is a Chinese name in Latin letters, its surname first or last: Zhang Wei, So Ka Wai, Min Li."""
    return len(run) in (2, 3) and any(
        is_surname(word) and all(is_pinyin(other) for other in run if other is not word) for word in (run[0], run[-1])
    )


def is_foreign(text: str) -> bool:
    """Whether Chinese characters spell a name without a Chinese surname: 买买提, 布日固德, 渡边, 糖糖; not 小红书."""
    return 2 <= len(text) <= 5 and (_FOREIGN.fullmatch(text) is not None or _SOUNDS.issuperset(text))
