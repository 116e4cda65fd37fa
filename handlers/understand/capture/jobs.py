"""Jobs in Latin letters: where one begins and ends in a phrase. Head of Procurement, VP Sales, Founder & CEO, gérante.

`job_end(words, at)` serves `latin.py`. A job has a head (manager, CEO, Leiter) among modifiers (senior, purchasing) and
joints (of, &, de). Heads that are departments too (sales, marketing) are jobs only where nothing else can be meant.
"""

from handlers.understand.capture.lexicon import FIRMS, HEADS, JOINTS, LEGAL, MODIFIERS, NOTE, PARTICLES, latin_words
from handlers.understand.capture.pieces import Word

_AT = frozenset(("at", "@", "from", "with", "in"))
NO_JOB = NOTE | PARTICLES | _AT
"""Small words that no job begins with."""
_AT_LARGE = frozenset(("law", "large", "arms", "sea"))
"""Attorney at law, sergeant at arms: no firms."""
_WEAK = latin_words("weak_heads")
_CLOSING = latin_words("closing_heads")
_FIRM_OF = latin_words("heads_of_firms")
_ACRONYMS = latin_words("acronym_heads")


def plain(word: Word) -> str:
    """A word in lower case, without the marks around it."""
    return word.text.lower().strip("'\"‘’.,:")


def _is_modifier(word: Word) -> bool:
    return plain(word) in MODIFIERS or word.text.lower() in MODIFIERS


def _of_department(words: list[Word], joint: int) -> bool:
    """Whether "of" leads to a department (Head of Procurement) and not to a firm (CEO of Acme)."""
    rest = words[joint + 1 :]
    if not rest:
        return False
    known = rest[1] if plain(rest[0]) == "the" and len(rest) > 1 else rest[0]
    return plain(known) in MODIFIERS or plain(known) in _WEAK


def _unknown_department_end(words: list[Word], joint: int) -> int:
    """Where a department of unknown words ends (Head of Surgery, Head of Virology at Umbrella); `joint` for none."""
    rest = words[joint + 1 :]
    stop = next((number for number, word in enumerate(rest) if plain(word) in _AT or word.text == "@"), len(rest))
    rest = rest[:stop]
    small = all(word.text.islower() for word in words[joint - 1 :])
    capitals = small or all(word.text[:1].isupper() or plain(word) in JOINTS for word in rest)
    firm = not small and any(
        plain(word).replace(".", "") in LEGAL or (len(rest) > 1 and plain(word) in FIRMS) for word in rest
    )
    if not 0 < len(rest) <= 3 or plain(words[joint - 1]) in _FIRM_OF or not capitals or firm:
        return joint
    return joint + 1 + len(rest)


def _is_job(words: list[Word], start: int, end: int) -> bool:
    """Whether a stretch with only weak heads is a job here: all of the phrase, with "of", or small behind capitals."""
    stretch = words[start:end]
    if (start == 0 and end == len(words)) or any(plain(word) in ("of", "for") for word in stretch):
        return True
    if len(stretch) > 1:
        return plain(stretch[-1]) in _CLOSING
    only = stretch[0]
    if end < len(words):
        return start == 0 and words[end].text in ("at", "@")
    return (only.text.isupper() and plain(only) in _ACRONYMS) or (
        start > 0 and only.text.islower() and words[start - 1].text[:1].isupper()
    )


def job_end(words: list[Word], at: int) -> int:
    """Where the job ends that begins at the word `at`; `at` itself when none begins there."""
    end, strong, position = at, False, at
    while position < len(words):
        word = plain(words[position])
        if word in HEADS:
            strong = strong or word not in _WEAK
            end = position + 1
        elif _is_modifier(words[position]):
            last = position + 1 == len(words)
            if end > at and (last or plain(words[position - 1]) in JOINTS):
                end = position + 1
        elif word in JOINTS or words[position].text in ("&", "/", "+"):
            if position == at:
                break
            if word in ("of", "for") and end == position and not _of_department(words, position):
                unknown = position if word == "for" else _unknown_department_end(words, position)
                if unknown > position and (strong or plain(words[end - 1]) in _CLOSING):
                    return unknown
                return _settled(words, at, end, strong=strong)
        elif word == "at" and end == position and words[position + 1 : position + 2]:
            if plain(words[position + 1]) not in _AT_LARGE:
                break
            end = position = position + 2
            continue
        else:
            break
        position += 1
    return _settled(words, at, end, strong=strong)


def _settled(words: list[Word], start: int, end: int, *, strong: bool) -> int:
    return end if end == start or strong or _is_job(words, start, end) else start


def small_job_end(words: list[Word], at: int) -> int:
    """Where a job ends that begins with small words unknown to us: art gallery manager; `at` for none."""
    for number in range(at, min(at + 4, len(words))):
        word = words[number]
        if not word.text.islower() or plain(word) in NO_JOB:
            break
        end = job_end(words, number)
        if end > number:
            return end
    return at
