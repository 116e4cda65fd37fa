"""What a phrase in Latin letters may be: Peter Parker Daily Bugle photographer is a name, a firm and a job.

`read(words, Setting(…))` cuts a phrase at jobs, at words like "at" and "from", and where a sentence begins; what is
left are open runs of words, of which `choose.py` makes names and firms.
"""

import re

from handlers.understand.capture import pairs, sentences
from handlers.understand.capture.jobs import NO_JOB, job_end, plain, small_job_end
from handlers.understand.capture.lexicon import FIRMS, HEADS, MODIFIERS, NOTE, SUFFIXES, SURNAMES_TOO, latin_words
from handlers.understand.capture.phrase import Phrase, Setting
from handlers.understand.capture.pieces import Kind, Piece, Word
from handlers.understand.capture.runs import JOINED, is_firm_end, is_legal, names_firm
from store.rules.person_name import LATIN_SALUTATION
from store.rules.places import is_place

__all__ = ["Setting", "read"]


_ONE_OF = latin_words("heads_of_firms")
_RANKS = latin_words("ranks")
_ROLES = HEADS - latin_words("weak_heads") - latin_words("heads_of_firms") - SURNAMES_TOO
_LEADING = latin_words("leading_heads")
_SUFFIXES = SUFFIXES - {"md"}
_DEGREES = latin_words("degrees")
_LETTERS = frozenset(word.upper() for word in latin_words("letters"))
_AGENT = re.compile(r"(?:[a-z]{3}(?:er|or|ist|ian|man|woman|tive|ant|eur|euse|wright|smith|person)|general)$")
"""Words for those who do something, small between marks: consulting detective, winemaker, postmaster general."""


def _whole(phrase: Phrase) -> Kind | None:
    """What the whole phrase is, when that can be told at once."""
    words, setting = phrase.words, phrase.setting
    text = " ".join(word.text for word in words)
    if plain(words[0]) in sentences.WHO:
        return None
    if sentences.COURTESY.fullmatch(text):
        return "note"
    if len(words) == 1 and not setting.first and plain(words[0]).replace(".", "") in _SUFFIXES:
        return "salutation"  # Hector Barbossa, Esq.
    if is_place(text):
        return "region"
    does = _AGENT.search(text) or plain(words[-1]) in _ROLES
    small = does and text.islower() and not setting.lower and len(words) <= 3
    if small and not any(plain(word) in NOTE for word in words):
        return "title"
    letters = words[-1].text in _LETTERS and len(words) > 1 and all(plain(word) in MODIFIERS for word in words[:-1])
    if letters and not setting.first:
        return "title"  # growth PM
    if is_legal(words[-1]) or (names_firm(words[:-1]) and not _of_kind(phrase)):
        return None
    if setting.apart and not setting.first and 1 < len(words) <= 4 and plain(words[-1]) in _ROLES:
        return "title"
    leads = setting.apart and not setting.first and plain(words[0]) in _LEADING and not is_firm_end(words[-1])
    if leads and 1 < len(words) <= 5:
        return "title"
    if setting.apart and not setting.first and _is_job_in_full(words):
        return "title"
    ranked = 1 < len(words) <= 5 and plain(words[0]) in _RANKS and not is_firm_end(words[-1])
    return "title" if ranked else None


def _is_job_in_full(words: list[Word]) -> bool:
    """Whether a phrase that begins with a job says in small words what for, in any language: Директор по закупкам."""
    rest = words[1:]
    return (
        plain(words[0]) in HEADS
        and 0 < len(rest) <= 5
        and all(word.text.islower() and plain(word) not in NO_JOB for word in rest)
    )


def _of_kind(phrase: Phrase) -> bool:
    """Whether words like a firm's only say of what kind a job is: Art gallery manager, Hotel Manager."""
    words = phrase.words
    sentence = words[0].text[:1].isupper() and all(word.text.islower() for word in words[1:])
    return (sentence and len(words) > 1) or all(is_firm_end(word) for word in words[:-1])


def _salutation(phrase: Phrase, at: int) -> int:
    """Mr., Dr. before a name; MD, PhD behind one."""
    word, left = phrase.words[at], len(phrase.words) - at - 1
    if not phrase.run and left and LATIN_SALUTATION.fullmatch(word.text) and phrase.named(at + 1):
        count = phrase.keep(at, at + 1, "salutation")
        phrase.addressed = True
        return count
    if len(phrase.run) in (2, 3) and plain(word).replace(".", "") in _DEGREES and word.text[:1].isupper():
        return phrase.keep(at, at + 1, "salutation")
    return 0


def _job(phrase: Phrase, at: int) -> int:
    """A job, unless the word is somebody's surname or the last but one of a firm's."""
    words, small = phrase.words, plain(phrase.words[at])
    left = len(words) - at - 1
    written_small = words[at].text.islower() and not phrase.setting.lower
    if small in SURNAMES_TOO and not written_small:
        return phrase.keep(at, at + 1, "title") if not phrase.run and not left else 0
    firm = len(phrase.run) > 2 and any(each.text in JOINED for each in phrase.run)  # Procter & Gamble HRBP
    if phrase.words[at].text in _LETTERS and not left and (firm or not (phrase.run or phrase.setting.first)):
        return phrase.keep(at, at + 1, "title")
    if _is_surname(phrase, at):
        return 0
    if phrase.run and phrase.run[-1].text in JOINED and is_legal(words[at]):
        phrase.run.append(words[at])  # Seth & Co
        return 1
    end = job_end(words, at)
    if end == at and phrase.run and phrase.run[-1].text[:1].isupper():
        end = small_job_end(phrase.words, at)
    if _is_firms_own(phrase, at, end):
        phrase.run.append(words[at])
        return 1
    if end == at:
        behind = phrase.small_after_capitals(words[at]) if phrase.run else phrase.legal
        firm = len(phrase.run) > 1 and is_firm_end(phrase.run[-1])
        closing = firm and not left and words[at].text.islower() and not phrase.setting.lower
        if closing and small not in NO_JOB and not is_legal(words[at]) and not is_firm_end(words[at]):
            return phrase.keep(at, at + 1, "title")  # Evil Labs villain
        behind = behind or firm
        agent = behind and not left and (_AGENT.search(small) or small in HEADS)
        if agent and phrase.legal and len(phrase.run) == 1:
            phrase.run.clear()  # … AS Daglig leder
            return phrase.keep(at - 1, at + 1, "title") - 1
        return phrase.keep(at, at + 1, "title") if agent and small not in NOTE else 0
    follows = words[end : end + 1] if end == at + 1 else []
    detective_agency = (phrase.run and names_firm(follows)) or any(is_legal(word) for word in follows)
    software_product_owner = phrase.run and small in FIRMS and (end > at + 2 or small == "department")
    if detective_agency or software_product_owner:
        phrase.run.append(words[at])
        return 1
    if phrase.legal and 0 < len(phrase.run) <= 2:
        start, phrase.run = at - len(phrase.run), []  # …Weddings GmbH Wedding Planner
        phrase.keep(start, end, "title")
        return end - at
    return phrase.keep(at, end, "title")


def _is_surname(phrase: Phrase, at: int) -> bool:
    """Whether a job written like a name is one, since it is all that stands behind a first word: Tony Soprano."""
    word, setting = phrase.words[at].text, phrase.setting
    alone = len(phrase.run) == 1 and at + 1 == len(phrase.words) and not phrase.pieces
    return alone and setting.first and word.istitle() and phrase.run[0].text.istitle() and not setting.shouted


def _is_firms_own(phrase: Phrase, at: int, end: int) -> bool:
    """Whether the first word of a job is a firm's last: Talpa Media CFO, Baldwin Group President."""
    word = phrase.words[at]
    joined = len(phrase.run) == 1 or any(each.text in JOINED for each in phrase.run)
    return joined and end == at + 2 and plain(phrase.words[at + 1]) in _ONE_OF and (is_legal(word) or is_firm_end(word))


_RULES = (
    sentences.introduction,
    pairs.joined,
    _salutation,
    sentences.occupation,
    sentences.possession,
    sentences.works,
    sentences.acts_as,
    sentences.before_name,
    _job,
    sentences.employer,
    sentences.place,
    sentences.pronoun,
    sentences.note,
)


def read(words: list[Word], setting: Setting) -> list[Piece]:
    """The pieces of one phrase, in order; together they cover it."""
    phrase = Phrase(words, setting)
    kind = _whole(phrase)
    if kind is not None:
        phrase.keep(0, len(words), kind)
        return phrase.pieces
    at = 0
    while at < len(words):
        done = next((count for rule in _RULES if (count := rule(phrase, at))), 0)
        if not done:
            phrase.append(at)
        at += done or 1
    phrase.close()
    return phrase.pieces
