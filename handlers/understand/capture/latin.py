"""What a phrase in Latin letters may be: Peter Parker Daily Bugle photographer is a name, a firm and a job.

`read(words, lower)` cuts a phrase at jobs, at words like "at" and "from", and where a sentence begins; what is left are
open runs of words, of which `choose.py` makes names and firms.
"""

import re

from handlers.understand.capture.lexicon import (
    FIRMS,
    HEADS,
    JOINTS,
    LATIN_BEFORE_NAME,
    LEGAL,
    MODIFIERS,
    NOTE,
    NOTE_SMALL_ONLY,
    PARTICLES,
    SUFFIXES,
    SURNAMES_TOO,
)
from handlers.understand.capture.pieces import Piece, Word
from store.rules.person_name import LATIN_SALUTATION
from store.rules.places import is_place

_WEAK_HEADS = frozenset(
    "sales marketing operations finance hr it purchasing procurement logistics admin general lead head principal chief md gm "
    "vd rep partner student fellow dept department division".split()
)
_AT = frozenset(("at", "@", "from", "with"))
_FIRM_OF = frozenset(
    "ceo cfo cto coo cmo owner founder co-founder president chairman chairwoman partner proprietor principal vp".split()
)
_INITIAL = re.compile(r"[A-Za-z]\.?")
_ALPHA = re.compile(r"[^\W\d_](?:[\w'’.\-]*[^\W_])?\.?")
_DIGITS = re.compile(r"[#\d][\d.,%+kKwW\-]*")
_SITE = re.compile(r"(?i)[\w\-]{2,}\.(?:com|cn|io|net|org|co|ai|app|dev|de|uk|fr|hk|tw|jp)")

_AGENT = re.compile(r"(?:[a-z]{3}(?:er|or|ist|ian|man|woman|tive|ant|eur|euse)|general)$")
"""Words for those who do something, small between marks: consulting detective, winemaker, postmaster general."""
_RANKS = frozenset(("chief", "senior", "sr.", "junior", "deputy", "vice", "assistant", "associate", "executive", "certified"))
_OFFICES = frozenset(("bank", "university", "ministry", "city", "port", "house", "institute", "college", "school", "bureau", "board"))
_DEGREES = frozenset(("md", "phd", "mba", "esq", "cpa", "pmp", "dds", "rn"))

NAME, SINGLE, FIRST = 6.0, 3.0, 1.0
LEGAL_FORM, KNOWN_END, WORKS_AT, CAPITAL, SMALL = 9.0, 7.0, 8.0, 3.0, 1.5


def plain(word: Word) -> str:
    """A word in lower case, without the marks around it."""
    return word.text.lower().strip("'\"‘’.,:")


def _dotted(word: Word) -> str:
    return plain(word).replace(".", "")


def is_legal(word: Word) -> bool:
    """Whether a word is a legal form: Ltd., S.r.l., GmbH."""
    return _dotted(word) in LEGAL


def is_firm_end(word: Word) -> bool:
    """Whether firms' names end with this word: Systems, Industries, Logistics."""
    return plain(word) in FIRMS


def _title_end(words: list[Word], at: int) -> int:
    """Where the job ends that begins at a word; `at` itself when none begins there."""
    best = at
    strong = False
    position = at
    while position < len(words):
        word = plain(words[position])
        if word in HEADS:
            strong = strong or word not in _WEAK_HEADS
            best = position + 1
        elif word in MODIFIERS or words[position].text.lower() in MODIFIERS:
            if best > at:
                best = position + 1 if position + 1 == len(words) or plain(words[position - 1]) in JOINTS else best
        elif word in JOINTS or words[position].text in ("&", "/", "+"):
            if position == at or (word in ("of", "for") and best == position and not _of_department(words, position)):
                break
            if word == "the" and best < position - 1:
                break
        elif not (SURNAMES_TOO and word in SURNAMES_TOO and best == at and position > at):
            break
        else:
            best, strong = position + 1, True
        position += 1
    if best == at:
        return at
    if not strong and not _alone(words, at, best):
        return at
    return best


def _of_department(words: list[Word], joint: int) -> bool:
    """Whether "of" leads to a department (Head of Procurement) and not to a firm (CEO of Acme)."""
    after = words[joint + 1 : joint + 4]
    if not after:
        return False
    first = plain(after[0])
    return first in MODIFIERS or (first in HEADS and first in _WEAK_HEADS) or (first == "the" and len(after) > 1 and plain(after[1]) in MODIFIERS)


def _alone(words: list[Word], start: int, end: int) -> bool:
    """Whether a weak head (sales, marketing) is a job here: by itself, with "of", or small behind a name in capitals."""
    if start == 0 and end == len(words):
        return True
    if any(plain(word) in ("of", "for") for word in words[start:end]):
        return True
    if end - start > 1 and all(plain(word) in HEADS or plain(word) in MODIFIERS for word in words[start:end]):
        return plain(words[end - 1]) in ("lead", "head", "rep", "partner", "principal", "chief", "md", "gm", "dept", "department", "division")
    before = words[start - 1].text if start else ""
    single = words[start]
    if end - start == 1 and single.text.isupper() and len(single.text) == 2 and plain(single) in ("hr", "md", "gm", "vd"):
        return end == len(words)
    return end == len(words) and start > 0 and single.text.islower() and before[:1].isupper()


def _is_note(word: Word, run: list[Word], *, lower: bool, first: bool) -> bool:
    small = plain(word)
    if small not in NOTE:
        return False
    if small in NOTE_SMALL_ONLY:
        return word.text[:1].islower() and (bool(run) or not lower or not first)
    return not (run and word.text[:1].isupper() and not lower)


def _run(words: list[Word], *, works_at: bool, lower: bool) -> Piece:
    """An open run: what it is worth as a name and as a firm, by its words and their capitals."""
    piece = Piece(words[0].start, words[-1].end, " ".join(word.text for word in words), words[0].part, words=words)
    alphabetic = [word for word in words if _ALPHA.fullmatch(word.text)]
    capitals = lower or all(word.text[:1].isupper() or plain(word) in PARTICLES or plain(word) in JOINTS for word in alphabetic)
    if not alphabetic:
        piece.kind = "note" if all(_DIGITS.fullmatch(word.text) for word in words) else "open"
        piece.company = 0.0 if piece.kind == "note" else SMALL
        return piece
    if len(alphabetic) == 1:
        piece.name = SINGLE - (2 if alphabetic[0].text.isupper() and len(alphabetic[0].text) > 1 and not lower else 0)
    else:
        piece.name = NAME
    piece.company = CAPITAL if capitals else SMALL
    if not capitals:
        piece.name -= 2
    if any(is_legal(word) for word in words[1:]):
        piece.company, piece.name = LEGAL_FORM, piece.name - 6
    elif len(words) > 1 and is_firm_end(words[-1]):
        piece.company, piece.name = KNOWN_END, piece.name - 5
    elif any(_SITE.fullmatch(word.text) for word in words) or words[0].text[0].isdigit():
        piece.company, piece.name = KNOWN_END - 1, 0
    if works_at:
        piece.company, piece.name = max(WORKS_AT, piece.company), piece.name - 5
    return piece


def name_length(words: list[Word], *, whole: bool) -> int:
    """How many words of a run are the person's name when it begins with one.

    Two, and more with particles (van Dyke), initials (J. R. R.), Jr.; all of up to four when `whole` says that nothing
    else is looked for in the run.
    """
    alphabetic = 0
    while alphabetic < len(words) and _ALPHA.fullmatch(words[alphabetic].text) and not is_legal(words[alphabetic]):
        alphabetic += 1
    if whole and alphabetic <= 4:
        return alphabetic
    length = min(1, alphabetic)
    while length < alphabetic:
        last = plain(words[length - 1])
        if length > 1 and not (last in PARTICLES or _INITIAL.fullmatch(words[length - 1].text)):
            following = words[length].text.lower().strip(",")
            if plain(words[length]) in PARTICLES and length + 1 < alphabetic:
                length += 2
                continue
            if following in SUFFIXES:
                return length + 1
            break
        length += 1
    if length < alphabetic and words[length].text.lower().strip(",") in SUFFIXES:
        length += 1
    return length


def read(words: list[Word], *, lower: bool, first: bool) -> list[Piece]:
    """The pieces of one phrase. `lower`: nobody used capitals in this line; `first`: nothing stands before the phrase."""
    pieces: list[Piece] = []
    run: list[Word] = []
    works_at = False
    position = 0

    def close() -> None:
        nonlocal run, works_at
        if run:
            pieces.append(_run(run, works_at=works_at, lower=lower))
        run, works_at = [], False

    def keep(start: int, end: int, kind: str) -> None:
        made = Piece(words[start].start, words[end - 1].end, "", words[start].part)
        if kind == "title":
            made.kind = "title"
        elif kind == "salutation":
            made.kind = "salutation"
        elif kind == "region":
            made.kind = "region"
        elif kind == "label":
            made.kind = "label"
        else:
            made.kind = "note"
        made.text = " ".join(word.text for word in words[start:end])
        pieces.append(made)

    text = " ".join(word.text for word in words)
    if is_place(text):
        keep(0, len(words), "region")
        return pieces
    if 1 < len(words) <= 5 and plain(words[0]) in _RANKS and not any(is_legal(word) or is_firm_end(word) for word in words):
        keep(0, len(words), "title")
        return pieces
    if not lower and text.islower() and len(words) <= 3 and _AGENT.search(text) and not any(plain(word) in NOTE for word in words):
        keep(0, len(words), "title")
        return pieces
    while position < len(words):
        word = words[position]
        small = plain(word)
        left = len(words) - position - 1
        if not run and left and LATIN_SALUTATION.fullmatch(word.text) and words[position + 1].text[:1].isalpha():
            keep(position, position + 1, "salutation")
            position += 1
            continue
        if not run and left and first and position < 3 and small in LATIN_BEFORE_NAME and not (word.text[:1].islower() and lower):
            keep(position, position + 1, "note")
            position += 1
            continue
        if len(run) in (2, 3) and _dotted(word) in _DEGREES and word.text[:1].isupper():
            close()
            keep(position, position + 1, "salutation")
            position += 1
            continue
        end = _title_end(words, position)
        if end > position + 2 and run and small in FIRMS:
            run.append(word)  # Excalibur Software Product Owner
            position += 1
            continue
        if end > position and not (small in SURNAMES_TOO and (run or left)):
            close()
            keep(position, end, "title")
            position = end
            continue
        if small in SURNAMES_TOO and not run and not left:
            keep(position, position + 1, "title")
            position += 1
            continue
        if (small in _AT or word.text == "@") and left and not _is_verb_phrase(words, position):
            close()
            keep(position, position + 1, "label")
            works_at = True
            position += 1
            continue
        if small == "of" and len(run) > 1 and left and not _OFFICES & {plain(one) for one in run}:
            close()
            keep(position, position + 1, "label")
            works_at = True
            position += 1
            continue
        if small == "of" and left and not run and pieces and pieces[-1].kind == "title":
            keep(position, position + 1, "label")
            works_at = True
            position += 1
            continue
        if small == "in" and left and is_place(" ".join(one.text for one in words[position + 1 :])):
            close()
            keep(position, position + 1, "label")
            keep(position + 1, len(words), "region")
            return pieces
        if small in ("and", "&") and not run and pieces and left:
            keep(position, position + 1, "note")
            position += 1
            continue
        if _is_note(word, run, lower=lower, first=first and not pieces) or (
            not lower and run and word.text.islower() and small not in PARTICLES and small not in JOINTS and word.text.isalpha()
            and not is_legal(word) and not is_firm_end(word) and run[-1].text[:1].isupper()
        ):
            close()
            keep(position, len(words), "note")
            return pieces
        run.append(word)
        position += 1
    close()
    return pieces


def _is_verb_phrase(words: list[Word], at: int) -> bool:
    """Whether "at", "from" or "with" follows a verb (meeting with Tom) and tells no employer."""
    return at > 0 and plain(words[at - 1]) in NOTE and words[at - 1].text[:1].islower()
