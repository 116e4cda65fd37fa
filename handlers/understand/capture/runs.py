"""Open runs of Latin words, of which names and firms are made: what one is worth as which, and how long a name is.

`latin.py` makes them of a phrase, `choose.py` decides among them.
"""

import re

from handlers.understand.capture.jobs import plain
from handlers.understand.capture.lexicon import FIRMS, JOINTS, LEGAL, PARTICLES, SUFFIXES, latin_words
from handlers.understand.capture.pieces import Piece, Word

NAME, SINGLE, FIRST = 6.8, 6.4, 0.4
"""What a run is worth as a name: of several words, of one, and added where it opens the line.

Kevin is more of a name than 华为 (a name by its shape alone) and less than 张伟.
"""
LEGAL_FORM, KNOWN_END, WORKS_AT, CAPITAL, SMALL = 9.0, 7.0, 8.0, 3.0, 1.5
"""What a run is worth as a firm: by Ltd., by Systems, behind "at", by its capitals, by nothing."""
_NO_PERSON = 6.0
_FEW_CAPITALS = 0.5
"""What several words are worth as a firm that begin small where others have capitals."""
_ACRONYM, _SMALL_LETTERS = 3.0, 6.0
"""Taken off a name that is IBM or so, and off one in small letters where others have capitals."""
STARTS = latin_words("firm_starts")
_INITIAL = re.compile(r"[A-Za-z]\.?")
_ALPHA = re.compile(r"[^\W\d_](?:[\w'’.\-]*[^\W_])?\.?")
_DIGITS = re.compile(r"[#\d][\d.,%+kKwW\-]*")
_SITE = re.compile(r"(?i)[\w\-]{2,}\.(?:com|cn|io|net|org|co|ai|app|dev|de|uk|fr|hk|tw|jp)")
JOINED = frozenset(("&", "and", "und", "et", "y", "e"))


def is_legal(word: Word) -> bool:
    """Whether a word is a legal form: Ltd., S.r.l., GmbH."""
    return plain(word).replace(".", "") in LEGAL


def ends_legal(words: list[Word]) -> bool:
    """Whether the last of several words is a legal form."""
    return len(words) > 1 and is_legal(words[-1])


def is_firm_end(word: Word) -> bool:
    """Whether firms' names end with this word: Systems, Industries, Logistics."""
    return plain(word) in FIRMS


def names_firm(words: list[Word]) -> bool:
    """Whether a legal form or the end of a firm's name is among words."""
    return any(is_legal(word) or is_firm_end(word) for word in words)


def _opens_firm(words: list[Word]) -> bool:
    """Whether firms' names begin so: Hotel Ritz, University of Porto."""
    return plain(words[0]) in STARTS or (len(words) > 2 and is_firm_end(words[0]) and plain(words[1]) == "of")


def name_length(words: list[Word], *, whole: bool) -> int:
    """How many words of a run are the person's name when it begins with one.

    Two, and more with particles (van Dyke), initials (J. R. R.), Jr.; all of up to four when `whole` says that nothing
    else is looked for in the run.
    """
    alphabetic = 0
    while alphabetic < len(words) and _ALPHA.fullmatch(words[alphabetic].text) and not is_legal(words[alphabetic]):
        alphabetic += 1
    if whole and alphabetic <= 5:
        return alphabetic
    length = min(1, alphabetic)
    while length < alphabetic:
        before = words[length - 1]
        if length > 1 and plain(before) not in PARTICLES and not _INITIAL.fullmatch(before.text):
            if plain(words[length]) in PARTICLES and length + 1 < alphabetic:
                length += 2
                continue
            break
        length += 1
    if length < alphabetic and words[length].text.lower().strip(",") in SUFFIXES:
        length += 1
    return length


def open_run(words: list[Word], *, works_at: bool, lower: bool) -> Piece:
    """An open run: what it is worth as a name and as a firm, by its words and their capitals."""
    text = " ".join(word.text for word in words)
    piece = Piece(words[0].start, words[-1].end, text, words[0].part, words=words)
    alphabetic = [word for word in words if _ALPHA.fullmatch(word.text)]
    if not alphabetic:
        if all(_DIGITS.fullmatch(word.text) for word in words):
            piece.kind = "note"
        else:
            piece.company = SMALL
        return piece
    if text[0].isdigit() and len(words) > 1 and words[1].text.islower() and not is_firm_end(words[-1]):
        piece.kind = "note"  # 12 cabins
        return piece
    capitals = lower or all(
        word.text[:1].isupper() or plain(word) in PARTICLES or plain(word) in JOINTS for word in alphabetic
    )
    piece.name = NAME if len(alphabetic) > 1 else SINGLE
    if len(alphabetic) == 1 and len(text) > 1 and text.isupper() and not lower:
        piece.name -= _ACRONYM
    piece.company = CAPITAL if capitals else _FEW_CAPITALS if len(words) > 1 and words[0].text.islower() else SMALL
    if not capitals:
        piece.name -= _SMALL_LETTERS
    if any(is_legal(word) for word in words[1:]):
        piece.company, piece.name = LEGAL_FORM, piece.name - _NO_PERSON
    elif (len(words) > 1 and is_firm_end(words[-1])) or (
        len(words) > 1 and (_opens_firm(words) or any(word.text in JOINED for word in words[1:-1]))
    ):
        piece.company, piece.name = KNOWN_END, piece.name - _NO_PERSON
    elif any(_SITE.fullmatch(word.text) for word in words) or text[0].isdigit():
        piece.company, piece.name = KNOWN_END - 1, 0
    if works_at:
        piece.company, piece.name = max(WORKS_AT, piece.company), piece.name - _NO_PERSON
    return piece
