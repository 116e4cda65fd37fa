"""What an e-mail address says about the words beside it: jane.doe@acme.co.uk speaks for Jane Doe and for Acme.

`choose.py` weighs names and firms with it where words and places leave it open. `Mailbox(("zt@yunfan.cn",))` speaks for
周涛 by his initials and for 云帆 by its sound.
"""

import re
import unicodedata

from handlers.understand.capture.lexicon import FREE_MAIL
from store.rules.pinyin import initials, spellings
from store.rules.script import has_han

_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_BETWEEN = re.compile(r"[._\-+\d]+")
_DOMAIN_TAILS = frozenset(("co", "com", "net", "org", "gov", "edu", "ac", "or", "ne"))
_TELLING = 4
"""Fewer letters in common than these may be chance."""


def letters(text: str) -> str:
    """The letters and digits of a text, small and without accents: joao for João."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", text).lower().replace("ß", "ss"))


class Mailbox:
    """The words before the @ of a line's addresses, and the telling label of each domain (none for free mail)."""

    __slots__ = ("firms", "people")

    def __init__(self, emails: tuple[str, ...]) -> None:
        self.people: list[str] = []
        self.firms: list[str] = []
        for address in emails:
            local, _, domain = address.partition("@")
            self.people += [part for part in _BETWEEN.split(local) if part]
            labels = domain.split(".")[:-1]
            while len(labels) > 1 and labels[-1] in _DOMAIN_TAILS:
                labels.pop()
            if labels and labels[-1] not in FREE_MAIL:
                self.firms.append(letters(labels[-1]))

    def speaks_for(self, name: str) -> bool:
        """Whether an address is this person's: peter, jdoe, zhoutao, wxm."""
        if has_han(name):
            sounds = [sound for sound in spellings(name, 4) if len(sound) >= _TELLING]
            return any(sound in part for sound in sounds for part in self.people) or (
                len(name) > 2 and any(short in self.people for short in initials(name, 4))
            )
        words = [letters(word) for word in name.split()]
        joined = "".join(word[:1] for word in words)
        return any(self._holds(word) for word in words) or (len(joined) > 1 and joined in self.people)

    def _holds(self, word: str) -> bool:
        """Whether a word of a name is in the part before the @: peter, and parker in pparker."""
        return len(word) > 1 and any(word == part or (len(word) > 2 and word in part) for part in self.people)

    def is_of(self, firm: str) -> bool:
        """Whether a domain is this firm's: dailyplanet.com, brightstar.io for Brightstar Ltd, yunfan.cn for 云帆."""
        if has_han(firm):
            sounds = spellings(firm, 2)
            return any(len(label) >= _TELLING and any(label in sound for sound in sounds) for label in self.firms)
        joined, first = letters(firm), letters(firm.partition(" ")[0])
        return any(
            label in (joined, letters(firm.replace("&", "and")))
            or (len(label) > 2 and joined.startswith(label))
            or (len(first) >= _TELLING and first == label)
            for label in self.firms
        )
