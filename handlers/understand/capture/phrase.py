"""A phrase of Latin words on its way into pieces: what is read already, and the run of words that is open.

Rules look at the word `at` and say with how many words they have dealt (`latin.py`, `sentences.py`); they `keep` what
they know, and what no rule knows is appended to the run, of which names and firms are made.
"""

from dataclasses import dataclass

from handlers.understand.capture.jobs import plain
from handlers.understand.capture.lexicon import JOINTS, PARTICLES, latin_words
from handlers.understand.capture.pieces import Kind, Piece, Word
from handlers.understand.capture.runs import is_firm_end, is_legal, names_firm, open_run

_LAST_WORDS = latin_words("last_words")
_EVENTS = latin_words("events")
_EMPLOYER = 0.5
"""Added to a firm behind a job: met Ann at the fair, buyer at Acme."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a phrase stands.

    `lower`: nobody used capitals in this line, `shouted`: nobody used small letters. `first`: no name or firm can have
    come before. `apart`: it stands between marks that somebody typed, with nothing else.
    """

    lower: bool
    first: bool
    apart: bool = False
    shouted: bool = False


class Phrase:
    """The words of a phrase, the pieces that they have become so far, and the run that is open."""

    def __init__(self, words: list[Word], setting: Setting) -> None:
        self.words = words
        self.setting = setting
        self.pieces: list[Piece] = []
        self.run: list[Word] = []
        self.works_at = False
        self.employed = False
        self.addressed = False
        self.legal = False

    def close(self) -> None:
        """The run that is open becomes a piece."""
        if self.run:
            self.pieces.append(open_run(self.run, works_at=self.works_at, lower=self.setting.lower))
            self.pieces[-1].company += _EMPLOYER if self.employed else 0
            if self.works_at and plain(self.run[-1]) in _EVENTS and not self.employed:
                self.pieces[-1].kind = "note"
            if self.addressed and len(self.run) <= 2 and not names_firm(self.run):
                self.pieces[-1].company = 0  # Mrs. Wong
        self.run, self.works_at, self.employed, self.addressed = [], False, False, False

    def append(self, at: int) -> None:
        """The word goes on with the run; behind Ltd. the run is over."""
        self.run.append(self.words[at])
        following = self.words[at + 1 : at + 2]
        goes_on = any(is_legal(word) or plain(word) in PARTICLES or plain(word) in JOINTS for word in following)
        letters = self.words[at].text.isupper() and not self.setting.shouted and is_legal(self.words[at])
        last = letters or plain(self.words[at]).replace(".", "") in _LAST_WORDS
        if len(self.run) > 1 and last and not goes_on:
            self.close()
            self.legal = True

    def keep(self, start: int, end: int, kind: Kind) -> int:
        """Words that are known for what they are become a piece."""
        self.close()
        text = " ".join(word.text for word in self.words[start:end])
        first, last = self.words[start], self.words[end - 1]
        self.pieces.append(Piece(first.start, last.end, text, first.part, kind))
        return end - start

    def unpossess(self) -> None:
        """The 's is no part of a name: Bert Cooper's (number)."""
        last = self.run[-1]
        self.run[-1] = Word(last.start, last.end - 2, last.text[:-2], last.part, last.han)

    def named(self, at: int) -> bool:
        """Whether a name may begin here: not so in "Professor of Archaeology"."""
        text = self.words[at].text
        return text[:1].isupper() or (self.setting.lower and text[:1].isalpha() and plain(self.words[at]) not in JOINTS)

    def small_after_capitals(self, word: Word) -> bool:
        """Whether a small word follows the run's capitals and is no part of a name: here something else begins."""
        small = plain(word)
        part_of_name = small in PARTICLES or small in JOINTS or is_legal(word) or is_firm_end(word)
        return word.text.islower() and word.text.isalpha() and not part_of_name and self.run[-1].text[:1].isupper()
