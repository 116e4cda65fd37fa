"""The distinctive part of a company's name: without place, legal form and punctuation.

Duplicates compare `core`; capture asks for legal forms. `core("上海云帆科技（集团）有限公司")`
and `core("云帆科技")` are both `"云帆科技"`; `core("Acme Co., Ltd.")` is `"acme"`.
"""

import re
from functools import lru_cache

from store.rules.places import prefix
from store.rules.script import fold
from store.rules.words import words

CHINESE_FORMS = words("company", "chinese_forms")
"""Legal forms and parts of a firm as they stand at the end of a Chinese name (Japanese ones also in front)."""

LATIN_FORMS = words("company", "latin_forms")
"""Legal forms in Latin letters, without dots and in lower case."""

_DOTS = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)|(?<=\b[a-z])/(?=[a-z]\b)")
_PUNCTUATION = re.compile(r"[^\w&+]+")
_BRACKETS = re.compile(r"\([^()]{0,20}\)")
_CHINESE_END = re.compile(f"(?:{'|'.join(sorted(CHINESE_FORMS, key=len, reverse=True))})$")
_JAPANESE_FRONT = re.compile(r"^(?:株式会社|有限会社|合同会社)")


def _without_forms(words: list[str]) -> list[str]:
    while len(words) > 1 and (words[-1] in LATIN_FORMS or words[-1] in ("and", "&")):
        words = words[:-1]
    return words[1:] if len(words) > 1 and words[0] == "the" else words


@lru_cache(maxsize=16)  # a customer's is asked for twice, to find them and to know them again
def core(name: str) -> str:
    """The telling part of a company's name, folded (`script.fold`), without spaces.

    A part is only taken off while something is left: 北京有限公司 stays with 北京.
    """
    plain = _BRACKETS.sub(" ", fold(name)) if len(name) < 400 else fold(name[:400])
    words = _PUNCTUATION.sub(" ", _DOTS.sub("", plain)).split()
    text = "".join(_without_forms(words))
    text = _JAPANESE_FRONT.sub("", text) or text
    while True:
        shorter = _CHINESE_END.sub("", text)
        if not shorter or shorter == text or prefix(shorter) == shorter:
            break
        text = shorter
    while (front := prefix(text)) and len(text) - len(front) >= 2 and text[len(front) :] not in CHINESE_FORMS:
        text = text[len(front) :]
    return text
