"""What the place in the line and the e-mail addresses add to what the words themselves say about names and firms.

`weigh(line, pieces, mailbox)` raises and lowers the worth of the open pieces for `choose.py`: of one person's two names
the second goes to the rest, and beside somebody Chinese a run of Latin words that nobody is called by is a firm.
"""

from itertools import pairwise

from handlers.understand.capture import judging, people, runs, sentences
from handlers.understand.capture.lexicon import ROMANISED
from handlers.understand.capture.line import Line
from handlers.understand.capture.mail import Mailbox
from handlers.understand.capture.pieces import Piece
from store.rules.person_name import familiar, likeness, spoken, surname
from store.rules.pinyin import spellings, syllables
from store.rules.script import flat

_OPENS, _OWN_ADDRESS, _OWN_DOMAIN, _NO_PERSON, _BOTH_NAMES = 0.5, 4.0, 3.0, 6.0, 4.0
"""Added to a name that opens the line, to one with an own address, to a firm with an own domain (and taken from it as a
name), to one of two names of one person."""
_BESIDE_FIRM = 2.0
"""What somebody of an unknown name is worth at least beside a run that is a firm."""


def opened(pieces: list[Piece]) -> list[Piece]:
    """The pieces that may be a name or a firm."""
    return [piece for piece in pieces if piece.kind == "open"]


def _sounds(han: Piece) -> set[str]:
    """What a Chinese name's surname sounds like."""
    return {sound for part in syllables(surname(han.text)) for sound in part}


def _is_firm_elsewhere(pieces: list[Piece], *others: Piece) -> bool:
    """Whether a firm stands somewhere else than in these pieces."""
    return any(piece.company >= judging.TRADE for piece in opened(pieces) if piece not in others)


def _are_one(opener: Piece, following: Piece, *, firm: bool) -> bool:
    """Whether neighbours are one person's name in two scripts: Ben Lee 李斌, 王磊 Ray Wang; not 王磊 Blue Bottle.

    `firm`: a firm stands elsewhere, so that Fiona Shaw 肖薇 need not sound like each other.
    """
    han, letters = (following, opener) if opener.words else (opener, following)
    if not letters.words or han.words or han.name < judging.SURE or len(letters.words) != 2:
        return False
    surnames = _sounds(han)
    if opener.part != following.part:
        return letters.words[-1].text.lower() in surnames and not runs.names_firm(letters.words)
    if any(word.text.lower() in surnames | ROMANISED for word in letters.words):
        return True
    return letters is opener and (people.is_called(letters.words) or (firm and not runs.names_firm(letters.words)))


def _is_other_name(han: Piece, behind: Piece) -> bool:
    """Whether two Latin words on the line below a Chinese name are its bearer's as well: 刘海燕, then Helen Liu."""
    if han.words or len(behind.words) != 2 or han.part == behind.part or han.name < judging.SURE:
        return False
    return behind.words[-1].text.lower() in _sounds(han)


def _spells(following: Piece, opener: Piece) -> bool:
    """Whether Latin words only spell the Chinese name before them: 陆逊（Lu Xun）."""
    if opener.words or len(following.words) not in (1, 2):
        return False
    called = spoken(opener.text)
    sounds = [word.text.lower() for word in following.words]
    return bool(
        {"".join(sounds), "".join(reversed(sounds))} & set(spellings(called.name if called else opener.text, 4))
    )


def _is_second_name(opener: Piece, following: Piece, pieces: list[Piece], mailbox: Mailbox) -> bool:
    """Whether one Latin word behind a sure Chinese name is what its bearer goes by: 张伟 Alan, 郭芙 Fiona.

    It is where the word is a usual first name, where the address shows it, or where the firm stands elsewhere.
    """
    if opener.part != following.part or opener.words or len(following.words) != 1:
        return False
    if opener.name >= judging.SURE and (people.is_given(following.words[0]) or mailbox.speaks_for(following.text)):
        return True
    after = pieces[pieces.index(following) + 1 :][:1]
    job = any(piece.kind == "title" and piece.part == following.part for piece in after)
    firm = _is_firm_elsewhere(pieces, following)
    return not job and likeness(opener.text) > judging.SHAPE and following.name >= runs.SINGLE and firm


def _part_from_firm(opener: Piece, following: Piece, pieces: list[Piece], mailbox: Mailbox) -> None:
    """Behind a sure Chinese name a first name is its bearer's too, and the firm follows: 何俊 Jason Unilever."""
    words = following.words
    if opener.words or opener.part != following.part or len(words) < 2 or not people.is_given(words[0]):
        return
    cut = 1 + people.is_surname(words[1])
    shaped = cut > 1 and len(opener.text) > 2 and likeness(opener.text) >= judging.SHAPE
    if not shaped and opener.name < judging.SURE:
        return
    if cut == len(words) or words[cut].text in runs.JOINED or mailbox.speaks_for(words[cut].text):
        return  # 王磊 Ray Wang, Charles & Keith
    if _is_firm_elsewhere(pieces, following):
        return
    called = runs.open_run(words[:cut], works_at=False, lower=False)
    called.kind = "note"
    at = pieces.index(following)
    pieces[at : at + 1] = [called, runs.open_run(words[cut:], works_at=False, lower=False)]


def _is_called_so(line: Line, opener: Piece, following: Piece) -> bool:
    """Whether brackets hold the full name of one who is called by the surname before them: 林先生（林永康）."""
    told = None if opener.words else spoken(opener.text)
    bracketed = line.open[: following.start].endswith("(") and likeness(following.text) >= judging.SHAPE
    return told is not None and bracketed and surname(following.text) == told.name


def _is_how_called(line: Line, opener: Piece, following: Piece) -> bool:
    """Whether brackets say how the one before them is called: 尉迟恭（尉迟总）."""
    told = None if following.words else spoken(following.text)
    bracketed = line.open[: following.start].endswith("(") and not opener.words
    return told is not None and bracketed and surname(opener.text) == told.name


def _weigh_two_names(line: Line, opener: Piece, following: Piece, pieces: list[Piece], mailbox: Mailbox) -> None:
    """Where the first two pieces are one person, the one that is more of a name counts, and the other is kept."""
    if _is_called_so(line, opener, following):
        following.name += _BOTH_NAMES
        opener.kind = "note"
    elif _is_how_called(line, opener, following):
        following.kind = "note"
    elif _is_second_name(following, opener, pieces, mailbox):  # Lucy 李娜
        following.name += _BOTH_NAMES
        opener.kind = "note"
    elif (
        _are_one(opener, following, firm=_is_firm_elsewhere(pieces, opener, following))
        or _spells(following, opener)
        or _is_second_name(opener, following, pieces, mailbox)
    ):
        opener.name += _BOTH_NAMES
        following.kind = "note"


def _weigh_two_people(opener: Piece, following: Piece, pieces: list[Piece]) -> None:
    """Of two people before a firm the first is the customer: 郭靖 黄蓉 桃花岛贸易."""
    both = not opener.words and not following.words and opener.part == following.part
    if both and min(opener.name, following.name) >= judging.SURE and _is_firm_elsewhere(pieces, opener, following):
        opener.name = max(opener.name, following.name)


def _weigh_two_scripts(opener: Piece, following: Piece, pieces: list[Piece]) -> None:
    """Of somebody Chinese and Latin words that nobody is called by, the latter are the firm: 买买提 Kashgar Carpets."""
    han, letters = (following, opener) if opener.words else (opener, following)
    if han.words or not letters.words or people.is_called(letters.words):
        return
    if _is_firm_elsewhere(pieces, han, letters) or han.company > judging.UNKNOWN or han.name < 1:
        return
    if han.name < judging.FULL + judging.SHAPE and not (
        runs.names_firm(letters.words) or people.is_foreign(flat(han.text))
    ):
        return  # 小红书 Anouk Visser, 华为 Thandi Mokoena
    letters.name -= _NO_PERSON
    han.name = max(han.name, _BESIDE_FIRM)
    han.company = min(han.company, 1.0)


def _is_signed(opener: Piece, full: Piece, before: list[Piece]) -> bool:
    """Whether a letter is signed with the short name of one whose card stands below: Thanks, Mike; Michael Chen.

    `before`: what stands before the short name; behind best regards it need not even begin alike (Liz, Elizabeth).
    """
    if opener.part == full.part:
        return False
    if not opener.words:
        return not full.words and familiar(opener.text) and likeness(full.text) > 2 and opener.text[1] == full.text[0]
    short, first = opener.text.lower(), full.words[0].text.lower() if len(full.words) > 1 else ""
    regards = bool(before) and sentences.COURTESY.fullmatch(before[-1].text) is not None
    alike = people.is_given(opener.words[0]) and people.is_called(full.words) and (regards or short[:2] == first[:2])
    return len(opener.words) == 1 and (short == first or alike)


def _weigh_second_person(opener: Piece, other: Piece) -> None:
    """Where somebody opens the line, somebody else is a firm only for want of one: Anna Kowalska / Piotr Nowak."""
    if opener.words and len(other.words) > 1 and people.is_called(opener.words) and people.is_called(other.words):
        other.company = min(other.company, 1.0)
    elif len(opener.words) == 1 and len(other.words) > 1 and people.is_called(other.words):
        other.name += 0 if people.is_given(opener.words[0]) else 1  # Foxwood, Peter Wang


def weigh(line: Line, pieces: list[Piece], mailbox: Mailbox) -> None:
    """Weigh the open pieces against each other and against the addresses."""
    for han, behind in pairwise(opened(pieces)[:2]):
        _part_from_firm(han, behind, pieces, mailbox)
    open_ones = opened(pieces)
    if not open_ones:
        return
    for han, behind in pairwise(open_ones):
        if _is_other_name(han, behind):
            han.name += _BOTH_NAMES
            behind.kind = "note"
    if len(open_ones) > 1 and _is_signed(open_ones[0], open_ones[1], pieces[: pieces.index(open_ones[0])]):
        open_ones.pop(0).kind = "note"
    opener, following = open_ones[0], open_ones[1] if len(open_ones) > 1 else None
    opener.name += runs.FIRST if opener.words else _OPENS
    if following:
        _weigh_two_names(line, opener, following, pieces, mailbox)
        if opener.kind == following.kind == "open":
            _weigh_two_people(opener, following, pieces)
            _weigh_two_scripts(opener, following, pieces)
    for other in open_ones[1:]:
        _weigh_second_person(opener, other)
    if not mailbox.people or not following:
        return
    for piece in open_ones:
        own = mailbox.speaks_for(piece.text)
        if mailbox.is_of(piece.text):
            piece.company += _OWN_DOMAIN
            piece.name -= 0 if own else _NO_PERSON
        elif own:
            piece.name += _OWN_ADDRESS
            piece.company -= 1
