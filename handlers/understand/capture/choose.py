"""Who is the person, which is the firm, what is the job: the decision over all the pieces of a line.

`settle(line, known)` reads the pieces of what nobody took, weighs them against each other and against the e-mail
addresses (jane@acme.co.uk speaks for Jane and for Acme), and takes name, company, title and region off the line.
"""

import re
import unicodedata
from dataclasses import dataclass

from handlers.understand.capture import chinese, latin
from handlers.understand.capture.lexicon import CJK, FREE_MAIL
from handlers.understand.capture.line import TAKEN, Line, Span
from handlers.understand.capture.pieces import Piece, Word, parts
from store.rules.person_name import COMPOUND, SURNAMES, likeness
from store.rules.pinyin import spellings
from store.rules.script import has_han

_LETTERS = re.compile(r"[^a-z0-9]+")
_LOCAL_PARTS = re.compile(r"[._\-+\d]+")
_SPACED_HAN = re.compile(rf"(?<=[{CJK}]) (?=[{CJK}])")
_DEEDS = frozenset("送发寄买卖修装看吃喝来去打做订取拿开关换退")
_DOMAIN_TAILS = frozenset(("co", "com", "net", "org", "gov", "edu", "ac", "or", "ne"))
LEAST = 1.0


@dataclass(slots=True)
class Known:
    """What labels and shapes have told already."""

    emails: tuple[str, ...] = ()
    name: bool = False
    company: bool = False
    title: bool = False


def _ascii(text: str) -> str:
    return _LETTERS.sub("", unicodedata.normalize("NFKD", text).lower().replace("ß", "ss"))


def _mailbox(emails: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The parts before the @ as words, and the telling label of each domain (none for free mail)."""
    people: list[str] = []
    firms: list[str] = []
    for address in emails:
        local, _, domain = address.partition("@")
        people += [part for part in _LOCAL_PARTS.split(local) if part]
        labels = domain.split(".")[:-1]
        while len(labels) > 1 and labels[-1] in _DOMAIN_TAILS:
            labels.pop()
        if labels and labels[-1] not in FREE_MAIL:
            firms.append(_ascii(labels[-1]))
    return people, firms


def _belongs(word: str, people: list[str]) -> bool:
    """Whether a word of a name is in the part before the @: peter, or the p of pparker beside parker."""
    small = _ascii(word)
    return len(small) > 1 and any(small == part or (len(small) > 2 and small in part) for part in people)


def _speaks_for(text: str, people: list[str]) -> bool:
    """Whether an address is this person's: peter, jdoe, zhoutao, wxm."""
    if has_han(text):
        return any(sound in part for sound in spellings(text, 4) if len(sound) > 3 for part in people)
    words = [_ascii(word) for word in text.split()]
    joined = "".join(word[:1] for word in words)
    return any(_belongs(word, people) for word in words) or (len(joined) > 1 and joined in people)


def _firm_of(text: str, firms: list[str]) -> bool:
    """Whether a domain is this firm's: dailyplanet.com, or brightstar.io for Brightstar Ltd."""
    if has_han(text):
        return any(
            len(firm) > 3 and any(firm in sound or sound in firm for sound in spellings(text, 2)) for firm in firms
        )
    joined = _ascii(text)
    first = _ascii(text.split()[0]) if text.split() else ""
    return any(
        joined == firm or (len(firm) > 2 and joined.startswith(firm)) or (len(first) > 3 and first == firm)
        for firm in firms
    )


def _phrases(words: list[Word]) -> list[list[Word]]:
    """Chinese words one by one, neighbouring Latin words together, and 张 伟 as one."""
    groups: list[list[Word]] = []
    for word in words:
        before = groups[-1][-1] if groups else None
        if before is not None and not word.han and not before.han:
            groups[-1].append(word)
        elif before is not None and word.han and before.han and _one_name(before, word):
            groups[-1][-1] = Word(before.start, word.end, before.text + word.text, word.part, han=True)
        else:
            groups.append([word])
    return groups


def _one_name(surname: Word, given: Word) -> bool:
    return (
        (surname.text in SURNAMES or surname.text in COMPOUND)
        and len(given.text) <= 2
        and likeness(surname.text + given.text) >= 3
        and (len(given.text) == 1 or len(surname.text) == 1 or len(surname.text) == 2)
        and not chinese.title(given.text)
    )


def _mixed_name(one: list[Word], other: list[Word]) -> Piece | None:
    """A Chinese surname with a Latin given name, in either order: 陈 Alice, Lisa 王."""
    if len(one) != 1 or len(other) != 1 or one[0].han == other[0].han:
        return None
    han, latin_word = (one[0], other[0]) if one[0].han else (other[0], one[0])
    if han.text not in SURNAMES or not latin_word.text.isalpha() or not latin_word.text[:1].isupper():
        return None
    if latin_word.text.isupper() and len(latin_word.text) > 1:
        return None
    start, end = min(han.start, latin_word.start), max(han.end, latin_word.end)
    return Piece(start, end, f"{one[0].text} {other[0].text}", han.part, name=chinese.SPOKEN)


def _apart(line: Line, words: list[Word]) -> bool:
    """Whether a mark that somebody typed stands before these words, not only something that was taken."""
    before = line.open[: words[0].start].rstrip(" ")
    return before == "" or before[-1] not in (TAKEN, *(str(digit) for digit in range(10)))


def _pieces(line: Line) -> list[Piece]:
    stretches = parts(line)
    latin_words = [word for words in stretches for word in words if not word.han]
    lower = not any(character.isupper() for word in latin_words for character in word.text)
    found: list[Piece] = []
    for words in stretches:
        groups = _phrases(words)
        for number, group in enumerate(groups):
            beside = groups[number + 1] if number + 1 < len(groups) else None
            if beside is not None and (both := _mixed_name(group, beside)):
                found.append(both)
                groups[number + 1] = []
            elif not group:
                continue
            elif group[0].han:
                told = chinese.read(group[0])
                told[-1].end = group[0].end
                found += told
            else:
                first = all(piece.kind in ("note", "label") for piece in found)
                apart = len(groups) == 1 and _apart(line, group)
                found += latin.read(group, latin.Setting(lower, first, apart))
    return found


def _weigh(pieces: list[Piece], known: Known) -> None:
    """Add what e-mail addresses and places in the line say to what the words themselves say."""
    people, firms = _mailbox(known.emails)
    opened = [piece for piece in pieces if piece.kind == "open"]
    rivals = sum(piece.name >= latin.SINGLE for piece in opened) > 1 or any(piece.words for piece in opened)
    for number, piece in enumerate(opened):
        if number == 0:
            piece.name += 0.5 if not piece.words else latin.FIRST
            following = opened[1] if len(opened) > 1 else None
            if (
                following
                and len(piece.words) == 2
                and not following.words
                and following.part == piece.part
                and following.name > chinese.FULL + 3
            ):
                piece.name += 4  # Wang Wei 王伟: as typed first
        if not people or not rivals:
            continue
        if _firm_of(piece.text, firms):
            piece.company += 3
            if not _speaks_for(piece.text, people) and len(opened) > 1:
                piece.name -= 6
        elif _speaks_for(piece.text, people):
            piece.name += 4
            piece.company -= 1


def _cut_name(piece: Piece, opened: list[Piece], known: Known, *, company_known: bool) -> Piece | None:
    """Give a Latin run's first words to the name; what is left of the run is a piece of its own."""
    people, firms = _mailbox(known.emails)
    others = company_known or any(other is not piece and other.company >= latin.CAPITAL for other in opened)
    whole = others and not any(latin.is_legal(word) or latin.is_firm_end(word) for word in piece.words)
    length = latin.name_length(piece.words, whole=whole)
    if people and length > 2:
        for cut in range(1, length):
            tail = " ".join(word.text for word in piece.words[cut:])
            if _firm_of(tail, firms) and not _speaks_for(tail, people):
                length = cut
                break
    if 0 < length < len(piece.words):
        rest = piece.words[length:]
        left = latin.read(rest, latin.Setting(lower=piece.text.islower(), first=False))
        piece.words = piece.words[:length]
        piece.end = piece.words[-1].end
        piece.text = " ".join(word.text for word in piece.words)
        return left[0] if left else None
    return None


def _pick_name(pieces: list[Piece], known: Known, *, company_known: bool) -> Piece | None:
    opened = [piece for piece in pieces if piece.kind == "open"]
    if not opened:
        return None
    best = max(opened, key=lambda piece: (piece.name, -piece.start))
    if best.name < LEAST:
        splittable = [
            piece
            for piece in opened
            if len(piece.words) > 2 and piece.company >= latin.KNOWN_END and _has_person(piece)
        ]
        if not splittable:
            return None
        best = splittable[0]
    if best.words:
        left = _cut_name(best, opened, known, company_known=company_known)
        if left is not None:
            pieces.insert(pieces.index(best) + 1, left)
    return best


def _has_person(piece: Piece) -> bool:
    """Whether a run that ends like a firm can begin with a person: jane roe acme ltd, but not Golden Gate Foods Inc."""
    length = latin.name_length(piece.words, whole=False)
    rest = piece.words[length:]
    return bool(rest) and length > 1 and not latin.is_legal(rest[0]) and not latin.is_firm_end(rest[0])


def _pick_company(pieces: list[Piece], name: Piece | None) -> Piece | None:
    candidates = [piece for piece in pieces if piece.kind == "open" and piece is not name and piece.company >= LEAST]
    if not candidates:
        return None
    best = max(candidates, key=lambda piece: (piece.company, -piece.start))
    titled = any(piece.kind == "title" for piece in pieces)
    if best.company <= LEAST and not titled:
        return None
    return best if name is not None or best.company > chinese.UNKNOWN else None


def _pick_title(line: Line, pieces: list[Piece]) -> Span | None:
    """The first job, together with the jobs written next to it: 采购部 经理, Founder & CEO."""
    titles = [piece for piece in pieces if piece.kind == "title"]
    if not titles:
        return None
    start, end = titles[0].start, titles[0].end
    for piece in titles[1:]:
        between = line.open[end : piece.start]
        if not between.strip(" ") or (between.strip() in ("&", "/", ",", "、") and piece.part == titles[0].part):
            end = piece.end
        else:
            break
    return Span(start, end)


def _unknown_title(pieces: list[Piece], name: Piece | None, company: Piece | None) -> Span | None:
    """A short Chinese word left over beside name and firm: where people write the job, though we don't know it (艺人)."""
    for piece in pieces:
        short = piece.kind == "open" and not piece.words and 2 <= len(piece.text) <= 4 and piece.text[0] not in _DEEDS
        if (
            short
            and piece is not name
            and piece is not company
            and piece.name < chinese.FULL + 3
            and piece.company < chinese.TRADE
        ):
            return Span(piece.start, piece.end)
    return None


@dataclass(frozen=True, slots=True)
class Settled:
    """What `settle` found; empty where nothing was."""

    name: str = ""
    company: str = ""
    title: str = ""
    region: str = ""
    salutation: str = ""


def settle(line: Line, known: Known) -> Settled:
    """Read and take what is left of the line, but for what labels have `known` already."""
    pieces = _pieces(line)
    _weigh(pieces, known)
    name = None if known.name else _pick_name(pieces, known, company_known=known.company)
    company = None if known.company else _pick_company(pieces, name)
    title = None if known.title else _pick_title(line, pieces)
    if title is None and not known.title and (company is not None or known.company):
        title = _unknown_title(pieces, name, company)
    told = {"name": "", "company": "", "title": "", "region": "", "salutation": ""}
    for field, span in (
        ("name", name),
        ("company", company),
        ("title", title),
        ("region", next((piece for piece in pieces if piece.kind == "region"), None)),
        ("salutation", next((piece for piece in pieces if piece.kind == "salutation"), None)),
    ):
        if span is not None:
            typed = line.typed(span.start, span.end)
            told[field] = _SPACED_HAN.sub("", typed) if field in ("name", "title") else typed
            line.take(span.start, span.end, field)
    for piece in pieces:
        if piece.kind == "gender":
            line.take(piece.start, piece.end, "gender")
        elif piece.kind == "label" and (company is not None or name is not None):
            line.take(piece.start, piece.end, "label")
    return Settled(**told)
