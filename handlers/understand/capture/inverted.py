"""A name with its family name first, as address books and mail programs write it: Doe, Jane <jane.doe@acme.com>.

`take(line, emails)` gives it in the order in which it is said, Jane Doe, and takes it off the line. It stands at the
beginning or behind a label, and its second half is a first name by the word, by the address, or by a Chinese surname
before it: Contoso, John Smith is no such name, and neither is Kim, Samsung.
"""

import re

from handlers.understand.capture import people
from handlers.understand.capture.lexicon import PARTICLES, any_of
from handlers.understand.capture.line import TAKEN, Line
from handlers.understand.capture.mail import Mailbox
from handlers.understand.capture.pieces import Word
from store.rules.person_name import LATIN_SALUTATION

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’\-]*"
_NAME = re.compile(
    rf"(?:^|(?<=[\n{TAKEN}]))(?![\n{TAKEN}])[\s\"']*+"
    r"(?P<label>(?i:(?:(?:full|contact|customer|client) )?name|contact|customer|client|from|to|attn|cc) ?[:=] ?)?[\"']?"
    rf"(?:(?P<address>{LATIN_SALUTATION.pattern}) )?"
    rf"(?P<family>(?:(?i:{any_of(tuple(PARTICLES))}) ){{0,2}}{_CAPITAL}), "
    rf"(?P<given>{_CAPITAL}(?: (?:[A-Z]\b\.?|{_CAPITAL})){{0,2}})"
    rf"(?=[\"']? *(?:[,;|/:(<\[\n{TAKEN}]|[-–—] |\.(?: |$)|$))"
)


def _words(text: str) -> list[Word]:
    return [Word(0, 0, word, 0, han=False) for word in text.split()]


def _is_given(given: list[Word], family: list[Word], mailbox: Mailbox) -> bool:
    """Whether the second half is a first name, and the first half none or a surname as the address has it."""
    last = family[-1]
    own = mailbox.is_of(last.text) and not mailbox.speaks_for(last.text)
    if own:
        return False  # Contoso, John
    if people.is_given(last):
        return people.is_given(given[0]) and mailbox.speaks_for(last.text) and mailbox.speaks_for(given[0].text)
    korean = len(given) == 1 and "-" in given[0].text
    if (people.is_surname(last) or korean) and all(people.is_pinyin(word) for word in given):
        return True
    if people.is_surname(given[-1]):
        return False  # Foxwood, Peter Wang
    if mailbox.speaks_for(given[0].text):
        return True
    others = [word for word in given[1:] if len(word.text.strip(".")) > 1]
    return people.is_given(given[0]) and all(people.is_given(word) for word in others)


def take(line: Line, emails: tuple[str, ...]) -> str:
    """The first such name of the line, in the order in which it is said; empty when there is none."""
    if ", " not in line.open:
        return ""
    mailbox = Mailbox(emails)
    for match in _NAME.finditer(line.open):
        if not _is_given(_words(match["given"]), _words(match["family"]), mailbox):
            continue
        line.take(*match.span("label"), "label")
        line.take(*match.span("address"), "salutation")
        line.take(match.start("family"), match.end("given"), "name")
        return f"{line.typed(*match.span('given'))} {line.typed(*match.span('family'))}"
    return ""
