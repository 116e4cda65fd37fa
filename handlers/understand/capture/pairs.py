"""Two people named together: 张三和李四, 陈总和他助理小周, John Smith and Mary Jones. The first is the customer.

The other one becomes a note, so that nobody who was named is lost. `other(text)` tells where they begin in a Chinese
word, `joined` is a rule of `latin.py`.
"""

import re

from handlers.understand.capture import people, runs
from handlers.understand.capture.glued import glued
from handlers.understand.capture.jobs import plain
from handlers.understand.capture.judging import NAME_MOST, SHAPE, firm, sure, title
from handlers.understand.capture.lexicon import CJK
from handlers.understand.capture.phrase import Phrase
from handlers.understand.capture.pieces import Word
from store.rules.person_name import likeness, spoken

_KIN = "(?:儿子|女儿|太太|老婆|老公|先生|夫人|爱人|同事|朋友|哥哥|弟弟|姐姐|妹妹|父亲|母亲|徒弟|领导)"
_AND = re.compile(rf"(?<=[{CJK}]{{2}})(?:以及|还有|[和跟与及&+])(?:[他她](?:们)?的?|其)?{_KIN}?(?=[{CJK}]{{2}})")
_FAMILY = re.compile("(?:夫妇|夫妻|两口子|一家|父子|父女|母子|母女|兄弟|兄妹|姐妹|姐弟)$")
_JOINS = frozenset(("and", "&", "+", "und", "et", "y", "e"))
_WHOSE = frozenset(("his", "her", "their", "my", "our"))
_OF = frozenset(("of", "at", "from", "@"))


def _somebody(text: str) -> bool:
    """Whether a word is a person's name, and no job or firm that looks like one."""
    shaped = len(text) > 2 and likeness(text) >= SHAPE
    return (sure(text) or shaped) and not title(text) and not firm(text)


def _ends_with_somebody(text: str) -> bool:
    return any(_somebody(text[-length:]) for length in range(2, min(NAME_MOST, len(text)) + 1))


def other(text: str) -> int:
    """Where the second of two people begins in a word, with what joins them; 0 where there is no second one."""
    family = _FAMILY.search(text)
    if family and (spoken(text[: family.start()]) or _somebody(text[: family.start()])):
        return family.start()
    for joint in _AND.finditer(text):
        behind = text[joint.end() :]
        with_job = glued(Word(0, len(behind), behind, 0, han=True), 0) or []
        named = _somebody(behind) or any(piece.kind == "open" for piece in with_job)
        if named and _ends_with_somebody(text[: joint.start()]):
            return joint.start()
    return 0


def joined(phrase: Phrase, at: int) -> int:
    """The second of two people behind "and": Mary Jones, her boss Marco Bianchi; not so in Barnes & Noble."""
    words, following = phrase.words, phrase.words[at + 1 :]
    if plain(words[at]) not in _JOINS | {"with"} or not following or not phrase.run or not phrase.setting.first:
        return 0
    if plain(following[0]) in _WHOSE and len(following) > 1:
        stop = next((number for number, word in enumerate(following) if plain(word) in _OF), len(following))
        count = phrase.keep(at, at + 1 + stop, "note")
        if stop < len(following) - 1:
            count += phrase.keep(at + count, at + count + 1, "label")
            phrase.works_at = True
        return count
    if plain(words[at]) == "with":
        return 0
    length = runs.name_length(following, whole=False)
    both = people.is_called(phrase.run) and people.is_called(following[:length])
    if not both or runs.names_firm(following[length : length + 1]):
        return 0
    return phrase.keep(at, at + 1 + length, "note")
