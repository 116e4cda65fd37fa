"""Whether words that the book doesn't know may be what a customer is called, a person or a firm, and not a sentence.

>>> [may_be_customer(text) for text in ("陈经理", "mary jones", "云帆科技", "Acme Trading Ltd")]
[True, True, True, True]
>>> [may_be_customer(text) for text in ("今天拜访了赵四", "this is not right", "谢谢啦")]
[False, False, False]
"""

from __future__ import annotations

import re

from handlers.understand.question import is_question
from store.rules.company import CHINESE_FORMS
from store.rules.person_name import familiar, likeness, spoken
from store.rules.script import flat
from store.rules.words import words

_LATIN = re.compile(r"[^\W\d_](?:[\w.&'’-]| (?=\S)){1,39}")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z·()&]+")
#: A firm without a legal form: 云帆科技. What is longer is a sentence as likely.
_FIRM_MOST = 6
_WORDS_MOST = 5
_SAYS = frozenset((*words("naming", "openers"), *words("naming", "sayings")))
_SAYS_HAN = re.compile("|".join(words("naming", "han_sayings")))
#: 谢谢, 好的收到, 嗯嗯.
_COURTEOUS = re.compile(f"(?:{'|'.join(words('naming', 'han_courtesies'))})+")


def is_name(text: str) -> bool:
    """Whether a text is nothing but somebody's name: Emma Watson, 王建国, 王总."""
    line = flat(text.strip())
    if not may_be_customer(line):
        return False
    if re.search(r"[\u3400-\u9fff]", line):
        return likeness(line) >= 4 or spoken(line) is not None or familiar(line)
    return " " in line and all(part[:1].isupper() for part in line.split())


def may_be_customer(text: str) -> bool:
    """Whether a text is shaped like a name: no question, no number, and none of the words that make a sentence."""
    line = flat(text.strip())
    if is_question(line):
        return False
    if line.isascii() or not re.search(r"[\u3400-\u9fff]", line):
        parts = line.casefold().split()
        return bool(_LATIN.fullmatch(line)) and len(parts) <= _WORDS_MOST and _SAYS.isdisjoint(parts)
    if _COURTEOUS.fullmatch(line):
        return False
    if likeness(line) >= 4 or spoken(line) is not None or familiar(line) or line.endswith(CHINESE_FORMS):
        return True
    if " " in line or not _HAN.fullmatch(line):
        parts = line.split()
        return len(parts) == 2 and all(_SAYS_HAN.search(part) is None and len(part) <= _FIRM_MOST for part in parts)
    return 2 <= len(line) <= _FIRM_MOST and _SAYS_HAN.search(line) is None
