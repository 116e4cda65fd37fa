"""What a phrase in Latin letters may be: Peter Parker Daily Bugle photographer is a name, a firm and a job.

`read(words, Setting(…))` cuts a phrase at jobs, at words like "at" and "from", and where a sentence begins; what is
left are open runs of words, of which `choose.py` makes names and firms.
"""

import re
from dataclasses import dataclass

from handlers.understand.capture.jobs import job_end, plain
from handlers.understand.capture.lexicon import (
    FIRMS,
    HEADS,
    JOINTS,
    LATIN_BEFORE_NAME,
    NOTE,
    NOTE_SMALL_ONLY,
    PARTICLES,
    SURNAMES_TOO,
    latin_words,
)
from handlers.understand.capture.pieces import Kind, Piece, Word
from handlers.understand.capture.runs import JOINED, STARTS, is_firm_end, is_legal, names_firm, open_run
from store.rules.person_name import LATIN_SALUTATION
from store.rules.places import is_place

_AT = frozenset(("at", "@", "from", "with"))
_DOES = frozenset(("runs", "owns", "manages", "leads", "founded", "represents", "joined"))
_WHOSE = frozenset(("our", "my", "the", "his", "her", "their"))
_CONTACTS = frozenset(("contact", "person", "guy", "client", "customer", "lead"))
_TOLD_BY = frozenset(("from", "with", "to", "into"))
_MEETS = LATIN_BEFORE_NAME | {"bumped", "ran"}
_BACK = frozenset(("back", "up"))
_FOR = frozenset(("for", "at", "with", "in"))
_RUNS = frozenset(("run", "own", "manage", "represent", "lead"))
_ASKS = frozenset(("could", "can", "would", "please"))
_WHO = frozenset(("he", "she", "who", "i", "he's", "she's", "i'm", "who's"))
_IS = frozenset(("is", "was", "am"))
_AS = frozenset(("as",))
_NEW = frozenset(("new",))
_ARTICLES = frozenset(("the", "a", "an", "our", "their"))
_NO_JOB = NOTE | PARTICLES | _AT
_ONE_OF = latin_words("heads_of_firms")
_RANKS = latin_words("ranks")
_ROLES = HEADS - latin_words("weak_heads") - latin_words("heads_of_firms") - SURNAMES_TOO
_LEADING = latin_words("leading_heads")
_OFFICES = latin_words("offices")
_LAST_WORDS = latin_words("last_words")
_DEGREES = latin_words("degrees")
_LETTERS = frozenset(word.upper() for word in latin_words("letters"))
_SHORT_NUMBER = re.compile(r"\d{3,4}-\d{4}")
"""A number without its area: no phone, and no part of a name either."""
_AGENT = re.compile(r"(?:[a-z]{3}(?:er|or|ist|ian|man|woman|tive|ant|eur|euse|wright|smith|person)|general)$")
"""Words for those who do something, small between marks: consulting detective, winemaker, postmaster general."""
_COURTESY = re.compile(
    r"(?i)(?:(?:best|kind|warm|warmest|many|with) )*(?:regards|wishes|thanks)|best|cheers|sincerely"
    r"|(?:yours )?(?:truly|sincerely|faithfully)|dear sir (?:or|and|/) madam|sent from my \w+"
    r"|(?:dear|hi|hello|hey)(?: (?:sirs?|madam|all|team|colleagues?|friends?|there))?"
)


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


class _Phrase:
    """One phrase on its way into pieces. Each rule looks at the word `at` and says how many words it dealt with."""

    def __init__(self, words: list[Word], setting: Setting) -> None:
        self.words = words
        self.setting = setting
        self.pieces: list[Piece] = []
        self.run: list[Word] = []
        self.works_at = False
        self.legal = False

    def close(self) -> None:
        """The run that is open becomes a piece."""
        if self.run:
            self.pieces.append(open_run(self.run, works_at=self.works_at, lower=self.setting.lower))
        self.run, self.works_at = [], False

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

    def whole(self) -> Kind | None:
        """What the whole phrase is, when that can be told at once."""
        words, setting = self.words, self.setting
        text = " ".join(word.text for word in words)
        if plain(words[0]) in _WHO:
            return None
        if _COURTESY.fullmatch(text):
            return "note"
        if is_place(text):
            return "region"
        small = not setting.lower and text.islower() and len(words) <= 3 and _AGENT.search(text)
        if small and not any(plain(word) in NOTE for word in words):
            return "title"
        if is_legal(words[-1]) or (names_firm(words[:-1]) and not self._of_kind()):
            return None
        if setting.apart and not setting.first and 1 < len(words) <= 4 and plain(words[-1]) in _ROLES:
            return "title"
        leads = setting.apart and not setting.first and plain(words[0]) in _LEADING and not is_firm_end(words[-1])
        if leads and 1 < len(words) <= 5:
            return "title"
        ranked = 1 < len(words) <= 5 and plain(words[0]) in _RANKS and not is_firm_end(words[-1])
        return "title" if ranked else None

    def _of_kind(self) -> bool:
        """Whether words like a firm's only say of what kind a job is: Art gallery manager, Hotel Manager."""
        words = self.words
        sentence = words[0].text[:1].isupper() and all(word.text.islower() for word in words[1:])
        return (sentence and len(words) > 1) or all(is_firm_end(word) for word in words[:-1])

    def salutation(self, at: int) -> int:
        """Mr., Dr. before a name; MD, PhD behind one."""
        word, left = self.words[at], len(self.words) - at - 1
        if not self.run and left and LATIN_SALUTATION.fullmatch(word.text) and self._named(at + 1):
            return self.keep(at, at + 1, "salutation")
        if len(self.run) in (2, 3) and plain(word).replace(".", "") in _DEGREES and word.text[:1].isupper():
            return self.keep(at, at + 1, "salutation")
        return 0

    def _named(self, at: int) -> bool:
        """Whether a name may begin here: not so in "Professor of Archaeology"."""
        text = self.words[at].text
        return text[:1].isupper() or (self.setting.lower and text[:1].isalpha() and plain(self.words[at]) not in JOINTS)

    def before_name(self, at: int) -> int:
        """Met …, Spoke to …, this is … at the beginning."""
        word, left = self.words[at], len(self.words) - at - 1
        asked = at == 0 and left > 2 and plain(word) in _ASKS and plain(self.words[1]) == "you"
        verb = 2 + (left > 3 and plain(self.words[2]) in ("please", "kindly"))
        if asked and self.setting.first and plain(self.words[verb]) in LATIN_BEFORE_NAME:
            return self.keep(0, verb + 1, "note")
        pleased = at == 0 and left > 1 and plain(word) == "please" and plain(self.words[1]) in LATIN_BEFORE_NAME
        if pleased and self.setting.first:
            return self.keep(0, 2 + (left > 2 and plain(self.words[2]) in _BACK), "note")
        if self.run or not left or not self.setting.first or at > 2 or plain(word) not in LATIN_BEFORE_NAME:
            return 0
        hello_kitty_cafe = len(self.words) <= 3 and names_firm(self.words[-1:])
        lower = self.setting.lower and word.text.islower()
        return 0 if lower or hello_kitty_cafe else self.keep(at, at + 1, "note")

    def job(self, at: int) -> int:
        """A job, unless the word is somebody's surname or the last but one of a firm's."""
        words, small = self.words, plain(self.words[at])
        left = len(words) - at - 1
        written_small = words[at].text.islower() and not self.setting.lower
        if small in SURNAMES_TOO and not written_small:
            return self.keep(at, at + 1, "title") if not self.run and not left else 0
        if self.words[at].text in _LETTERS and not left and not self.run and not self.setting.first:
            return self.keep(at, at + 1, "title")
        if self.run and self.run[-1].text in JOINED and is_legal(words[at]):
            self.run.append(words[at])  # Seth & Co
            return 1
        end = job_end(words, at)
        if end == at and self.run and self.run[-1].text[:1].isupper():
            end = self._small_job_end(at)
        if self._is_firms_own(at, end):
            self.run.append(words[at])
            return 1
        if end == at:
            behind = self._small_after_capitals(words[at]) if self.run else self.legal
            firm = len(self.run) > 1 and is_firm_end(self.run[-1])
            closing = firm and not left and words[at].text.islower() and not self.setting.lower
            if closing and small not in _NO_JOB and not is_legal(words[at]) and not is_firm_end(words[at]):
                return self.keep(at, at + 1, "title")  # Evil Labs villain
            behind = behind or firm
            agent = behind and not left and (_AGENT.search(small) or small in HEADS)
            return self.keep(at, at + 1, "title") if agent and small not in NOTE else 0
        follows = words[end : end + 1] if end == at + 1 else []
        detective_agency = (self.run and names_firm(follows)) or any(is_legal(word) for word in follows)
        software_product_owner = self.run and small in FIRMS and (end > at + 2 or small == "department")
        if detective_agency or software_product_owner:
            self.run.append(words[at])
            return 1
        if self.legal and 0 < len(self.run) <= 2:
            start, self.run = at - len(self.run), []  # …Weddings GmbH Wedding Planner
            self.keep(start, end, "title")
            return end - at
        return self.keep(at, end, "title")

    def _small_job_end(self, at: int) -> int:
        """Where a job ends that begins with small words unknown to us: art gallery manager; `at` for none."""
        for number in range(at, min(at + 4, len(self.words))):
            word = self.words[number]
            if not word.text.islower() or plain(word) in _NO_JOB:
                break
            end = job_end(self.words, number)
            if end > number:
                return end
        return at

    def _is_firms_own(self, at: int, end: int) -> bool:
        """Whether the first word of a job is a firm's last: Talpa Media CFO, Baldwin Group President."""
        word = self.words[at]
        joined = len(self.run) == 1 or any(each.text in JOINED for each in self.run)
        return (
            joined and end == at + 2 and plain(self.words[at + 1]) in _ONE_OF and (is_legal(word) or is_firm_end(word))
        )

    def employer(self, at: int) -> int:
        """At, from, with, @; "of" behind a job or a person: what follows is where somebody works."""
        words, small = self.words, plain(self.words[at])
        if at + 1 >= len(words):
            return 0
        after_verb = at > 0 and plain(words[at - 1]) in NOTE and words[at - 1].text[:1].islower()
        joins = (small in _AT or words[at].text == "@") and not after_verb and words[at].text != small.capitalize()
        of_person = small == "of" and len(self.run) > 1 and not _OFFICES & {plain(word) for word in self.run}
        behind_job = bool(self.pieces) and self.pieces[-1].kind == "title"
        of_job = small == "of" and not self.run and (behind_job or (at == 0 and words[1].text[:1].isupper()))
        for_job = small == "for" and not self.run and behind_job
        if not (joins or of_person or of_job or for_job):
            return 0
        self.keep(at, at + 1, "label")
        self.works_at = True
        return 1

    def works(self, at: int) -> int:
        """Works for, and I run: what leads to a firm is neither name nor firm."""
        small = [plain(word) for word in self.words[at : at + 3]]
        runs = small[-2:] if small[0] == "and" else small[:2]
        if len(runs) == 2 and runs[0] == "i" and runs[1] in _RUNS:
            count = 3 if small[0] == "and" else 2
        elif small[1:] and self.words[at].text in ("works", "working") and small[1] in _FOR:
            count = 2
        elif self.run and small[:2] == ["works", "as"]:
            return self.keep(at, at + 1, "label")
        elif not self.run and small[0] in _WHO and small[1:] and small[1] in _DOES:
            count = 2
        elif self.run and self.words[at].text in _DOES and self.words[at + 1 : at + 2] and self._named(at + 1):
            count = 1
        elif self.run and self.words[at].text in _DOES and small[2:] and small[1] in _ARTICLES and self._named(at + 2):
            count = 2
        else:
            return 0
        self.keep(at, at + count, "label")
        self.works_at = True
        return count

    def introduction(self, at: int) -> int:
        """Our contact at Acme is Jane Bennet, Henry's assistant is …; Got a call from …, Had coffee with …."""
        words = self.words
        if at or not self.setting.first or len(words) < 4:
            return 0
        small = [plain(word) for word in words[:8]]
        led = next((number for number, word in enumerate(small[1:], 1) if word in _TOLD_BY), 0)
        told = led and small[0] in _MEETS and all(word.text.islower() for word in words[1:led])
        if told and words[led + 1 :] and words[led + 1].text[:1].isupper():
            return self.keep(0, led + 1, "note")
        verb = small.index("is") if "is" in small[2:] else 0
        whose = small[0] in _WHOSE or any(word.endswith(("'s", "’s")) for word in small[:verb])
        if not verb or not whose or not words[verb + 1 :] or not words[verb + 1].text[:1].isupper():
            return 0
        of = small.index("of") if "of" in small[2 : verb - 1] else verb
        where = next((number for number in range(2, verb - 1) if small[number] in _AT), of)
        if where == verb:
            return self.keep(0, verb + 1, "note")
        begin = 1 + (small[1] == "new")
        known = small[begin] not in LATIN_BEFORE_NAME | _CONTACTS and job_end(words[:where], begin) == where
        self.keep(0, begin, "label")
        if begin < where:
            self.keep(begin, where, "title" if known else "label")
        self.keep(where, where + 1, "label")
        self.run, self.works_at = words[where + 1 : verb], True
        self.keep(verb, verb + 1, "label")
        return verb + 1

    def acts_as(self, at: int) -> int:
        """He is the head baker of …, as a pathologist: the job, and what leads to it."""
        words, start = self.words, at
        leads = (_AS, _ARTICLES) if words[at].text == "as" and at else (_WHO, _IS, _ARTICLES, _NEW)
        for lead in leads:
            start += start < len(words) and plain(words[start]) in lead
        end = max(job_end(words, start), self._small_job_end(start)) if start > at else start
        return self.keep(at, start, "label") + self.keep(start, end, "title") if end > start else 0

    def place(self, at: int) -> int:
        """In London, at the end."""
        rest = self.words[at + 1 :]
        if plain(self.words[at]) != "in" or not rest or not is_place(" ".join(word.text for word in rest)):
            return 0
        self.keep(at, at + 1, "label")
        return 1 + self.keep(at + 1, len(self.words), "region")

    def note(self, at: int) -> int:
        """From the first word of a sentence to the end: wants a quote, call back, interested in catering."""
        word, setting = self.words[at], self.setting
        small = plain(word)
        if small in ("and", "&") and not self.run and self.pieces:
            return self.keep(at, at + 1, "note")
        if (
            small == "and"
            and self.run
            and all(each.text[:1].isupper() for each in (self.run[-1], *self.words[at + 1 : at + 2]))
        ):
            return 0
        if _SHORT_NUMBER.fullmatch(word.text):
            return self.keep(at, at + 1, "note")
        first = setting.first and not self.pieces
        if small in NOTE_SMALL_ONLY:
            begins = word.text[:1].islower() and (bool(self.run) or not setting.lower or not first)
        elif small in NOTE:
            begins = not (self.run and word.text[:1].isupper() and not setting.lower)
        elif self.run and plain(self.run[0]) in STARTS:
            begins = False
        elif setting.apart and not setting.first and len(self.words) <= 3:
            begins = False  # Giám đốc
        else:
            begins = bool(self.run) and not setting.lower and self._small_after_capitals(word)
        return self.keep(at, len(self.words), "note") if begins else 0

    def _small_after_capitals(self, word: Word) -> bool:
        small = plain(word)
        part_of_name = small in PARTICLES or small in JOINTS or is_legal(word) or is_firm_end(word)
        return word.text.islower() and word.text.isalpha() and not part_of_name and self.run[-1].text[:1].isupper()

    def read(self) -> list[Piece]:
        """All pieces of the phrase, in order; together they cover it."""
        kind = self.whole()
        if kind is not None:
            self.keep(0, len(self.words), kind)
            return self.pieces
        rules = (
            self.introduction,
            self.salutation,
            self.works,
            self.acts_as,
            self.before_name,
            self.job,
            self.employer,
            self.place,
            self.note,
        )
        at = 0
        while at < len(self.words):
            done = next((count for rule in rules if (count := rule(at))), 0)
            if not done:
                self.append(at)
            at += done or 1
        self.close()
        return self.pieces


def read(words: list[Word], setting: Setting) -> list[Piece]:
    """The pieces of one phrase, in order; together they cover it."""
    return _Phrase(words, setting).read()
