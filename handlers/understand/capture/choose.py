"""Who is the person, which is the firm, what is the job: the decision over all the pieces of a line.

`settle(line, known)` weighs the pieces of what nobody took against each other and against the e-mail addresses, and
takes name, company, title, region and salutation off the line. The best name goes first, then the best firm of the
rest, then the first job.
"""

import re
from dataclasses import dataclass

from handlers.understand.capture import judging, latin, people, runs
from handlers.understand.capture.jobs import plain
from handlers.understand.capture.lexicon import ACTIVITY, CJK, MODIFIERS, PARTICLES, TITLE
from handlers.understand.capture.line import Line, Span
from handlers.understand.capture.mail import Mailbox
from handlers.understand.capture.phrases import pieces_of
from handlers.understand.capture.pieces import Kind, Piece
from handlers.understand.capture.weighing import opened, weigh
from store.rules.person_name import LATIN_SALUTATION
from store.rules.script import has_han

LEAST = 1.0
"""What is worth less is no name and no firm."""
_NO_RIVAL = 1.5
"""By how much a name must be surer for another word like a name to be a firm's and not a second person's."""
_SAYS = re.compile(r"[a-z]+(?:[^s]s|ed|ing) [a-z]")
"""Hates meetings, loves golf: what somebody does, and no job."""
_STATE = re.compile(r", ?[A-Z]{2}(?: \d{5})?(?![\w])")
_SPACED_HAN = re.compile(rf"(?<=[{CJK}]) (?=[{CJK}])")
_DEEDS = frozenset("加送发寄收买卖修装看吃喝来去打做订取拿开关换退")
"""A word that begins so is something to do, not a job: 送花."""


@dataclass(frozen=True, slots=True)
class Known:
    """What labels and shapes have told already."""

    emails: tuple[str, ...] = ()
    name: bool = False
    company: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What `settle` found; empty where nothing was."""

    name: str = ""
    company: str = ""
    title: str = ""
    region: str = ""
    salutation: str = ""


def _length_of_name(piece: Piece, open_ones: list[Piece], mailbox: Mailbox, *, company_known: bool) -> int:
    """How many of a Latin run's words are the name: all when the firm stands elsewhere, else as names usually are."""
    elsewhere = company_known or any(other is not piece and other.company >= runs.CAPITAL for other in open_ones)
    if people.is_chinese(piece.words) and not runs.names_firm(piece.words):
        return len(piece.words)
    length = runs.name_length(piece.words, whole=elsewhere and not runs.names_firm(piece.words))
    if any(other is not piece and mailbox.is_of(other.text) for other in open_ones):
        return length
    for cut in range(1, length if length > 2 else 1):
        tail = " ".join(word.text for word in piece.words[cut:length])
        if plain(piece.words[cut]) in PARTICLES:
            continue  # Nick Van Owen
        if mailbox.is_of(tail) and not mailbox.speaks_for(tail):
            return cut
    return length


def _cut(pieces: list[Piece], piece: Piece, length: int) -> None:
    """Leave a run its first words; the others become pieces of their own behind it."""
    if not 0 < length < len(piece.words):
        return
    left = latin.read(piece.words[length:], latin.Setting(lower=piece.text.islower(), first=False))
    piece.words = piece.words[:length]
    piece.end = piece.words[-1].end
    piece.text = " ".join(word.text for word in piece.words)
    at = pieces.index(piece) + 1
    pieces[at:at] = left


def _has_person(piece: Piece) -> bool:
    """Whether a run that ends like a firm can begin with a person: jane roe acme ltd, but not Golden Gate Foods Inc."""
    length = runs.name_length(piece.words, whole=False)
    rest = piece.words[length : length + 1]
    return length > 1 and bool(rest) and not runs.names_firm(rest)


def _is_firm_alone(piece: Piece) -> bool:
    """Whether a run is a firm's name though nobody else is there: Globex Corporation; Jude Law is somebody."""
    return runs.names_firm(piece.words[-1:]) and not people.is_given(piece.words[0])


def _pick_name(pieces: list[Piece], mailbox: Mailbox, *, company_known: bool) -> Piece | None:
    """The piece that is most of a name; a person in front of a firm's name when nobody else is there."""
    open_ones = opened(pieces)
    best = max(open_ones, key=lambda piece: (piece.name, -piece.start), default=None)
    if best is not None and (best.name < LEAST or _is_firm_alone(best)):
        firms = [piece for piece in open_ones if piece.company >= runs.KNOWN_END and _has_person(piece)]
        best = firms[0] if firms else None
    if best is not None and best.words:
        _cut(pieces, best, _length_of_name(best, open_ones, mailbox, company_known=company_known))
    return best


def _take_job_for_firm(pieces: list[Piece]) -> None:
    """Of two jobs between marks, where no firm is named, the one of unknown words is the firm: 智多星策划，策划总监."""
    titles = [piece for piece in pieces if piece.kind == "title" and has_han(piece.text)]
    unknown = [piece for piece in titles if not TITLE.fullmatch(piece.text)]
    firms = any(piece.company > LEAST for piece in opened(pieces))
    if len(titles) == 2 and len(unknown) == 1 and not firms and titles[0].part != titles[1].part:
        unknown[0].kind, unknown[0].company = "open", judging.UNKNOWN


def _first_said(pieces: list[Piece], best: Piece, name: Piece | None) -> Piece:
    """The Chinese name of a firm when its Latin one stands behind it: 宏远创投 Hongyuan Ventures."""
    before = pieces[pieces.index(best) - 1] if pieces.index(best) else best
    twice = best.words and not before.words and before.part == best.part and before.kind == "open"
    alone = before is not name and sum(piece.part == best.part for piece in pieces) == 2
    return (
        before
        if twice and before.company >= (LEAST if alone and best.company < runs.KNOWN_END else judging.PLACED)
        else best
    )


def _pick_company(pieces: list[Piece], name: Piece | None, *, name_known: bool) -> Piece | None:
    """The piece that is most of a firm.

    Without a person beside it a mere word is none; a word like a name (蓝月亮) is one beside a job or a surer name.
    """
    candidates = [piece for piece in opened(pieces) if piece is not name and piece.company >= LEAST]
    best = max(candidates, key=lambda piece: (piece.company, -piece.start), default=None)
    best = _first_said(pieces, best, name) if best is not None else None
    if best is None or (name is None and not name_known and best.company <= judging.UNKNOWN):
        return None
    if name_known or best.company > LEAST or any(piece.kind == "title" for piece in pieces):
        return best
    # 宁中则 华山派: of two words, the one that is a name by its shape alone is more often the firm.
    shape_only = not best.words and best.name < judging.SURE and best is not opened(pieces)[0]
    return best if name is not None and (shape_only or name.name - best.name >= _NO_RIVAL) else None


def _beginning(pieces: list[Piece], job: Piece, name: Piece | None, company: Piece | None) -> int:
    """Where a Latin job begins: with the words before it that are nobody's name or firm (Art Gallery | Manager)."""
    at = pieces.index(job)
    before = pieces[at - 1] if at else None
    if before is None or before.kind != "open" or before in (name, company) or before.part != job.part:
        return job.start
    known = at > 1 and pieces[at - 2] is company and company.part == before.part
    if known and before.company >= runs.CAPITAL and not all(map(runs.is_firm_end, before.words)):
        return job.start  # 鸿海 Foxconn chairman
    # WPS产品经理 beside another firm's name is one job too, and 刑法学教授 beside another person's.
    glued = before.end == job.start
    words = before.words and job.text.isascii() and not any(character.isdigit() for character in before.text)
    return before.start if glued or words else job.start


def _is_department(line: Line, job: Piece, behind: Piece) -> bool:
    """Whether a comma leads to what somebody is the head of: VP, Supply Chain."""
    beside = line.open[job.end : behind.start].strip(" ") == ","
    return beside and bool(behind.words) and all(plain(word) in MODIFIERS for word in behind.words)


def _pick_title(line: Line, pieces: list[Piece], name: Piece | None, company: Piece | None) -> Span | None:
    """The first job, together with the jobs written next to it: 采购部 经理, Founder & CEO."""
    titles = [piece for piece in pieces if piece.kind == "title"]
    if not titles:
        return None
    if len(titles) > 1 and titles[0].text == "老师" and name is not None and name.end == titles[0].start:
        titles = titles[1:]  # 辛柏青老师 is how one speaks to him
    start, end = _beginning(pieces, titles[0], name, company), titles[0].end
    behind = pieces[pieces.index(titles[0]) + 1 :][:1]
    if behind and behind[0] not in (name, company) and _is_department(line, titles[0], behind[0]):
        return Span(start, behind[0].end)
    for piece in titles[1:]:
        between = line.open[end : piece.start].strip(" ")
        # 销售总监 Sales Director says it twice; HR 经理 is one job.
        before = titles[titles.index(piece) - 1].text
        letters = any(text.isupper() and len(text) <= 4 for text in (before, piece.text))
        again = has_han(piece.text) != has_han(before) and not letters
        if again or between not in ("", "&", "/", "、", "+", "兼"):
            break
        end = piece.end
    return Span(start, end)


def _may_be_job(line: Line, pieces: list[Piece], piece: Piece, company: Piece | None) -> bool:
    """Whether a Latin phrase left over between two marks may be a job unknown to us: heir, Customer Relations."""
    before = pieces[pieces.index(piece) - 1]
    behind_legal = before is company and before.part == piece.part and runs.ends_legal(before.words)
    alone = behind_legal or not any(other is not piece and other.part == piece.part for other in pieces)
    letters = all(character.isalpha() or character in " -'’&/." for character in piece.text)
    nickname = len(piece.words) == 1 and line.open[: piece.start].endswith("(")  # 王经理（Wendy）
    short = len(piece.words) <= 3 and len(piece.text) > 2
    if len(piece.words) > 1 and people.is_called(piece.words):
        return False
    if _SAYS.match(piece.text) or LATIN_SALUTATION.fullmatch(piece.text) or _STATE.match(line.open, piece.end):
        return False
    return alone and letters and short and not nickname and piece.company < runs.KNOWN_END


def _may_be_han_job(piece: Piece) -> bool:
    """Whether a Chinese word left over may be a job unknown to us: 艺人, 信贷管理; not 送花."""
    if ACTIVITY.fullmatch(piece.text):
        return True
    short = 2 <= len(piece.text) <= 4 and piece.text[0] not in _DEEDS and not any(map(str.isdecimal, piece.text))
    return piece.kind == "open" and short and piece.name < judging.SURE and piece.company < judging.TRADE


def _small(pieces: list[Piece]) -> list[Piece]:
    """Runs of small letters, which are jobs sooner than firms even where no firm is named: jewellery thief."""
    return [
        piece
        for piece in pieces
        if piece.words and piece.kind == "open" and piece.text.islower() and piece.company < LEAST
    ]


def _unknown_title(line: Line, pieces: list[Piece], name: Piece | None, company: Piece | None) -> Span | None:
    """A word left over beside name and firm: there people write jobs, known to us or not."""
    for piece in pieces:
        if piece is name or piece is company or piece.kind not in ("open", "note"):
            continue
        latin_words = piece.words or piece.text.isascii()
        if latin_words and piece.kind == "open" and _may_be_job(line, pieces, piece, company):
            return Span(piece.start, piece.end)
        named = piece.name >= judging.FULL and line.open[: piece.start].endswith("、")  # 孔明、周瑜、鲁肃
        called = named or line.field[piece.end : piece.end + 1] == ["phones"]
        if not latin_words and not called and _may_be_han_job(piece):
            return Span(piece.start, piece.end)
    return None


def _first(pieces: list[Piece], kind: Kind) -> Piece | None:
    return next((piece for piece in pieces if piece.kind == kind), None)


def settle(line: Line, known: Known) -> Settled:
    """Read and take what is left of the line, but for what labels have `known` already."""
    pieces = pieces_of(line)
    mailbox = Mailbox(known.emails)
    weigh(line, pieces, mailbox)
    if not known.company:
        _take_job_for_firm(pieces)
    name = None if known.name else _pick_name(pieces, mailbox, company_known=known.company)
    company = None if known.company else _pick_company(pieces, name, name_known=known.name)
    title = None if known.title else _pick_title(line, pieces, name, company)
    if title is None and not known.title:
        placed = company is not None or known.company
        title = _unknown_title(line, pieces if placed else _small(pieces), name, company)
    chosen: dict[str, Piece | Span | None] = {
        "name": name,
        "company": company,
        "title": title,
        "region": _first(pieces, "region"),
        "salutation": _first(pieces, "salutation"),
    }
    told: dict[str, str] = {}
    for field, place in chosen.items():
        if place is not None:
            typed = line.typed(place.start, place.end)
            told[field] = _SPACED_HAN.sub("", typed) if field in ("name", "title") else typed
            line.take(place.start, place.end, field)
    for piece in pieces:
        if piece.kind == "gender" or (piece.kind == "label" and (name is not None or company is not None)):
            line.take(piece.start, piece.end, piece.kind)
    return Settled(**told)
