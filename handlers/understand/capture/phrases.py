"""From the words that are left of a line to pieces: which words belong together, and who reads them.

`pieces_of(line)` is what `choose.py` decides on. Chinese words are read one by one (`chinese.py`), neighbouring Latin
words as a phrase (`latin.py`); 张 伟 is one word, and 陈 Alice one name.
"""

from handlers.understand.capture import chinese, latin
from handlers.understand.capture.line import TAKEN, Line
from handlers.understand.capture.pieces import Piece, Word, parts
from store.rules.person_name import COMPOUND, LATIN_SALUTATION, SURNAMES, likeness

_LONGEST_DEED = 4
_WORKS_AT = frozenset(("at", "from", "@"))


def _is_one_name(surname: Word, given: Word) -> bool:
    """Whether two Chinese words are one name with a space in it, as cards and Japanese keyboards write it: 张　伟."""
    if not (surname.text in SURNAMES or surname.text in COMPOUND) or len(given.text) > 2:
        return False
    return likeness(surname.text + given.text) >= 3 and not chinese.title(given.text)


def _grouped(words: list[Word]) -> list[list[Word]]:
    """Chinese words one by one, neighbouring Latin words together, and 张 伟 as one."""
    groups: list[list[Word]] = []
    for word in words:
        before = groups[-1][-1] if groups else None
        if before is not None and not word.han and not before.han:
            groups[-1].append(word)
        elif before is not None and word.han and before.han and _is_one_name(before, word):
            groups[-1][-1] = Word(before.start, word.end, before.text + word.text, word.part, han=True)
        else:
            if word.han and before is not None and before.text.lower() in _WORKS_AT and len(groups[-1]) > 1:
                groups.append([groups[-1].pop()])
            groups.append([word])
    return groups


def _mixed_name(one: list[Word], other: list[Word]) -> Piece | None:
    """A Chinese surname with a Latin given name, in either order: 陈 Alice, Lisa 王."""
    if len(one) != 1 or len(other) != 1 or one[0].han == other[0].han:
        return None
    surname, given = (one[0], other[0]) if one[0].han else (other[0], one[0])
    if surname.text not in SURNAMES or not given.text.isalpha() or given.text != given.text.capitalize():
        return None
    return Piece(one[0].start, other[0].end, f"{one[0].text} {other[0].text}", surname.part, name=chinese.SPOKEN)


def _together(one: list[Word], other: list[Word]) -> list[Piece] | None:
    """Neighbours that say one thing: 陈 Alice, Mr. 李, and the firm in PM at 字节跳动."""
    both = _mixed_name(one, other)
    if both is not None:
        return [both]
    if len(one) != 1 or one[0].han or not other[0].han:
        return None
    lead, word = one[0], other[0]
    led = Piece(word.start, word.end, word.text, word.part)
    if lead.text.lower() in _WORKS_AT:
        led.company = latin.WORKS_AT
        return [Piece(lead.start, lead.end, lead.text, lead.part, "label"), led]
    if LATIN_SALUTATION.fullmatch(lead.text) and word.text in SURNAMES:
        led.name = chinese.SPOKEN
        return [Piece(lead.start, lead.end, lead.text, lead.part, "salutation"), led]
    return None


def _is_apart(line: Line, words: list[Word]) -> bool:
    """Whether a mark that somebody typed stands before these words, not only something that was taken."""
    before = line.open[: words[0].start].rstrip(" ")[-1:]
    return before != TAKEN and not before.isdigit()


def _is_deed(line: Line, word: Word) -> bool:
    """Whether a word goes on from a time without a space: what is done then, 周三下午上课."""
    before = word.start - 1
    return (
        before >= 0
        and len(word.text) <= _LONGEST_DEED
        and line.field[before] in ("when", "kept")
        and line.flat[before].isalnum()
    )


def _follows_time(line: Line, word: Word) -> bool:
    """Whether a word stands directly behind a time."""
    return line.field[len(line.open[: word.start].rstrip(" ")) - 1] == "when" if word.start else False


def pieces_of(line: Line) -> list[Piece]:
    """The pieces of all that nobody took, in the order of the line."""
    stretches = parts(line)
    lower = not any(word.text != word.text.lower() for words in stretches for word in words if not word.han)
    shouted = not any(word.text != word.text.upper() for words in stretches for word in words if not word.han)
    found: list[Piece] = []
    for words in stretches:
        groups = _grouped(words)
        number = 0
        while number < len(groups):
            group = groups[number]
            both = _together(group, groups[number + 1]) if number + 1 < len(groups) else None
            if both is not None:
                found += both
                number += 1
            elif group[0].han:
                told = chinese.read(group[0])
                if group[0].text == "的" or chinese.introduces(group[0].text):
                    told = [Piece(group[0].start, group[0].end, group[0].text, group[0].part, "label")]
                if _is_deed(line, group[0]):
                    told = [Piece(group[0].start, group[0].end, group[0].text, group[0].part, "note")]
                told[-1].end = group[0].end
                found += told
            else:
                first = all(piece.kind in ("note", "label") for piece in found)
                apart = len(groups) == 1 and _is_apart(line, group)
                told = latin.read(group, latin.Setting(lower, first, apart, shouted))
                if found and len(group) == 1 and line.open[group[0].start - 1 : group[0].start] == "(":
                    told[0].company /= 2  # 王经理（Wendy）
                if not lower and len(group) == 1 and group[0].text.islower() and _follows_time(line, group[0]):
                    told = [Piece(group[0].start, group[0].end, group[0].text, group[0].part, "note")]  # 明天 4pm zoom
                found += told
            number += 1
    return found
