"""Rules for sentences with Latin letters: Met Ann from Acme, our buyer at Acme is Jane, she owns Acme, wants a quote.

Each rule looks at the word `at` of a phrase and returns with how many words it has dealt, 0 for none (`phrase.py`).
`latin.py` asks them in their order.
"""

import re

from handlers.understand.capture.jobs import job_end, plain, small_job_end
from handlers.understand.capture.lexicon import LATIN_BEFORE_NAME, NOTE, NOTE_SMALL_ONLY, PARTICLES, latin_words
from handlers.understand.capture.phrase import Phrase
from handlers.understand.capture.runs import STARTS, names_firm
from store.rules.places import is_place

AT = frozenset(("at", "@", "from", "with", "c/o"))
WHO = frozenset(("he", "she", "who", "i", "he's", "she's", "i'm", "who's"))
_PRONOUNS = frozenset(("He", "She", "They", "It", "We"))
_LINKS = frozenset(("is", "was", "are", "works", "work", "from", "at", "with"))
_DOES = frozenset(("runs", "owns", "manages", "leads", "founded", "represents", "joined"))
_WHOSE = frozenset(("our", "my", "the", "his", "her", "their"))
_CONTACTS = frozenset(("contact", "person", "guy", "client", "customer", "lead"))
_TOLD_BY = frozenset(("from", "with", "to", "into"))
_MEETS = LATIN_BEFORE_NAME | {
    "bumped",
    "ran",
    "follow",
    "reach",
    "get",
    "order",
    "enquiry",
    "inquiry",
    "message",
    "request",
    "email",
}
_MET = frozenset(
    ("hi", "hello", "hey", "its", "it's", "this", "is", "just", "met", "saw", "spoke", "talked", "to", "with")
)
_KINDS = frozenset(("vip", "key", "new", "old", "hot", "warm", "potential", "existing", "important", "returning"))
_SUBJECTS = frozenset(("please", "i", "we", "i've", "we've", "just"))
_BACK = frozenset(("back", "up"))
_HERE = (["here", "from"], ["here", "at"], ["calling", "from"], ["over", "at"])
_FOR = frozenset(("for", "at", "with", "in"))
_RUNS = frozenset(("run", "own", "manage", "represent", "lead"))
_ASKS = frozenset(("could", "can", "would", "please"))
_IS = frozenset(("is", "was", "am"))
_AS = frozenset(("as",))
_NEW = frozenset(("new",))
_ARTICLES = frozenset(("the", "a", "an", "our", "their"))
_REACHED = frozenset(("number", "phone", "email", "e-mail", "contact", "details", "card"))
_EMPLOYS = AT | {"of", "for"}
_OFFICES = latin_words("offices")
_SHORT_NUMBER = re.compile(r"\d{3,4}-\d{4}")
"""A number without its area: no phone, and no part of a name either."""
COURTESY = re.compile(
    r"(?i)(?:(?:best|kind|warm|warmest|many|with) )*(?:regards|wishes|thanks)|best|cheers|sincerely"
    r"|(?:thanks|thx|tks) (?:&|and) (?:best |kind )?(?:regards|rgds)|rgds|br"
    r"|(?:bien )?cordialement|bien à vous|(?:mit )?(?:freundlichen|besten|vielen?|herzlichen?) grü(?:ß|ss)en?"
    r"|(?:un )?(?:saludos?|saluti)(?: cordiale?s?)?|(?:cordiali|distinti) saluti|atentamente|atenciosamente"
    r"|med (?:vänliga?|venlige?|vennlig) (?:hälsning(?:ar)?|hilsen)|met vriendelijke groet(?:en)?"
    r"|(?:yours )?(?:truly|sincerely|faithfully)|dear sir (?:or|and|/) madam|sent from my \w+"
    r"|(?:dear|hi|hello|hey)(?: (?:sirs?|madam|all|team|colleagues?|friends?|there))?"
)
"""How letters begin and end."""


def before_name(phrase: Phrase, at: int) -> int:
    """Met …, Spoke to …, this is … at the beginning."""
    word, left = phrase.words[at], len(phrase.words) - at - 1
    ask = at + (left > 3 and at == 0 and COURTESY.fullmatch(plain(word)) is not None)
    asked = ask < 2 and left > 2 and plain(phrase.words[ask]) in _ASKS and plain(phrase.words[ask + 1]) == "you"
    verb = ask + 2 + (left > ask + 3 and plain(phrase.words[ask + 2]) in ("please", "kindly"))
    if asked and phrase.setting.first and plain(phrase.words[verb]) in LATIN_BEFORE_NAME:
        return phrase.keep(at, verb + 1, "note")
    pleased = at == 0 and left > 1 and plain(word) == "please" and plain(phrase.words[1]) in LATIN_BEFORE_NAME
    if pleased and phrase.setting.first:
        return phrase.keep(0, 2 + (left > 2 and plain(phrase.words[2]) in _BACK), "note")
    kind = plain(word) in _KINDS and left > 1 and plain(phrase.words[at + 1]) in _CONTACTS
    if kind and at == 0 and phrase.setting.first and phrase.named(2):
        return phrase.keep(0, 2, "note")  # VIP client Adele Adkins
    if phrase.run or not left or not phrase.setting.first or at > 2 or plain(word) not in LATIN_BEFORE_NAME:
        return 0
    hello_kitty_cafe = len(phrase.words) <= 3 and names_firm(phrase.words[-1:])
    told = any(plain(each) in AT for each in phrase.words[at + 2 :])
    lower = phrase.setting.lower and word.text.islower() and not (told and plain(word) in _MET)
    return 0 if lower or hello_kitty_cafe else phrase.keep(at, at + 1, "note")


def employer(phrase: Phrase, at: int) -> int:
    """At, from, with, @; "of" behind a job or a person: what follows is where somebody works."""
    words, small = phrase.words, plain(phrase.words[at])
    if at + 1 >= len(words):
        return 0
    behind_job = not phrase.run and bool(phrase.pieces) and phrase.pieces[-1].kind == "title"
    after_verb = at > 0 and plain(words[at - 1]) in NOTE and words[at - 1].text[:1].islower() and not behind_job
    joins = (small in AT or words[at].text == "@") and not after_verb and not words[at].text[:1].isupper()
    of_person = small == "of" and len(phrase.run) > 1 and not _OFFICES & {plain(word) for word in phrase.run}
    of_job = small == "of" and not phrase.run and (behind_job or (at == 0 and words[1].text[:1].isupper()))
    for_job = small == "for" and not phrase.run and behind_job
    if not (joins or of_person or of_job or for_job):
        return 0
    the = plain(words[at + 1]) in _ARTICLES and at + 2 < len(words) and phrase.named(at + 2)
    count = phrase.keep(at, at + 1 + the, "label")
    phrase.works_at, phrase.employed = True, behind_job
    return count


def occupation(phrase: Phrase, at: int) -> int:
    """What somebody is in words unknown to us, before "at": Ann Lee, IT guy at Acme."""
    word, following = phrase.words[at], phrase.words[at + 1 : at + 2]
    leads = bool(following) and plain(following[0]) in ("at", "@")
    if not leads or phrase.setting.first or phrase.pieces or not phrase.run or len(phrase.run) > 2:
        return 0
    if not word.text.islower() or not word.text.isalpha() or plain(word) in NOTE or phrase.setting.lower:
        return 0
    begin, phrase.run = at - len(phrase.run), []
    return phrase.keep(begin, at + 1, "title") - (at - begin)


def works(phrase: Phrase, at: int) -> int:
    """Works for, and I run: what leads to a firm is neither name nor firm."""
    small = [plain(word) for word in phrase.words[at : at + 3]]
    runs = small[-2:] if small[0] == "and" else small[:2]
    works_there = phrase.words[at].text in ("works", "working") and small[1:] and small[1] in _FOR
    if len(runs) == 2 and runs[0] == "i" and runs[1] in _RUNS:
        count = 3 if small[0] == "and" else 2
    elif works_there or (phrase.run and small[:2] in _HERE):
        count = 2
    elif phrase.run and small[:2] == ["works", "as"]:
        return phrase.keep(at, at + 1, "label")
    elif not phrase.run and small[0] in WHO and small[1:] and small[1] in _DOES:
        count = 2
    elif phrase.run and phrase.words[at].text in _DOES and phrase.words[at + 1 : at + 2] and phrase.named(at + 1):
        count = 1
    elif phrase.run and phrase.words[at].text in _DOES and small[2:] and small[1] in _ARTICLES and phrase.named(at + 2):
        count = 2
    else:
        return 0
    phrase.keep(at, at + count, "label")
    phrase.works_at = True
    return count


def introduction(phrase: Phrase, at: int) -> int:
    """Our contact at Acme is Jane Bennet, Henry's assistant is …; Got a call from …, Had coffee with …."""
    words = phrase.words
    if at or not phrase.setting.first or len(words) < 4:
        return 0
    small = [plain(word) for word in words[:8]]
    led = next((number for number, word in enumerate(small[1:], 1) if word in _TOLD_BY), 0)
    met = 1 if small[0] in _SUBJECTS else 0
    told = led > met and small[met] in _MEETS and all(word.text.islower() for word in words[met + 1 : led])
    if told and words[led + 1 :] and words[led + 1].text[:1].isupper():
        return phrase.keep(0, led + 1, "note")
    verb = small.index("is") if "is" in small[2:] else 0
    whose = small[0] in _WHOSE or any(word.endswith(("'s", "’s")) for word in small[:verb])
    if not verb or not whose or not words[verb + 1 :] or not words[verb + 1].text[:1].isupper():
        return 0
    of = small.index("of") if "of" in small[2 : verb - 1] else verb
    where = next((number for number in range(2, verb - 1) if small[number] in AT), of)
    begin = 1 + (small[1] == "new")
    if where == verb and not (small[0] in _WHOSE and job_end(words[:verb], begin) == verb):
        return phrase.keep(0, verb + 1, "note")
    if where == verb:
        phrase.keep(0, begin, "label")
        return begin + phrase.keep(begin, verb, "title") + phrase.keep(verb, verb + 1, "label")
    known = small[begin] not in LATIN_BEFORE_NAME | _CONTACTS and job_end(words[:where], begin) == where
    phrase.keep(0, begin, "label")
    if begin < where:
        phrase.keep(begin, where, "title" if known else "label")
    phrase.keep(where, where + 1, "label")
    phrase.run, phrase.works_at = words[where + 1 : verb], True
    phrase.keep(verb, verb + 1, "label")
    return verb + 1


def acts_as(phrase: Phrase, at: int) -> int:
    """He is the head baker of …, as a pathologist: the job, and what leads to it."""
    words, start = phrase.words, at
    leads = (_AS, _ARTICLES) if words[at].text == "as" and at else (WHO, _IS, _ARTICLES, _NEW)
    for lead in leads:
        start += start < len(words) and plain(words[start]) in lead
    end = max(job_end(words, start), small_job_end(phrase.words, start)) if start > at else start
    said = any(plain(word) in _ARTICLES for word in words[at:start])
    if end == start and said and phrase.run:
        stop = next((number for number, word in enumerate(words[start:], start) if plain(word) in _EMPLOYS), start)
        if stop > start and plain(words[stop - 1]) in _CONTACTS:
            return phrase.keep(at, stop, "label")  # is our new contact at …
        end = stop if stop - start <= 3 else start  # is a missionary with …
    return phrase.keep(at, start, "label") + phrase.keep(start, end, "title") if end > start else 0


def possession(phrase: Phrase, at: int) -> int:
    """(Bert Cooper)'s number: what of somebody is spoken of."""
    if not phrase.run or plain(phrase.words[at]) not in _REACHED or not phrase.run[-1].text.endswith(("'s", "’s")):
        return 0
    phrase.unpossess()
    return phrase.keep(at, len(phrase.words), "note")


def place(phrase: Phrase, at: int) -> int:
    """In London, at the end."""
    rest = phrase.words[at + 1 :]
    if plain(phrase.words[at]) != "in" or not rest or not is_place(" ".join(word.text for word in rest)):
        return 0
    phrase.keep(at, at + 1, "label")
    return 1 + phrase.keep(at + 1, len(phrase.words), "region")


def pronoun(phrase: Phrase, at: int) -> int:
    """He wants 300 pcs: a sentence about somebody who is named elsewhere."""
    words = phrase.words
    following = words[at + 1 : at + 2]
    if phrase.run or words[at].text not in _PRONOUNS or not following or not following[0].text.islower():
        return 0
    return phrase.keep(at, at + 1 if plain(following[0]) in _LINKS else len(words), "note")


def note(phrase: Phrase, at: int) -> int:
    """From the first word of a sentence to the end: wants a quote, call back, interested in catering."""
    word, setting = phrase.words[at], phrase.setting
    small = plain(word)
    if small in ("and", "&") and not phrase.run and phrase.pieces:
        return phrase.keep(at, at + 1, "note")
    if (
        small == "and"
        and phrase.run
        and all(each.text[:1].isupper() for each in (phrase.run[-1], *phrase.words[at + 1 : at + 2]))
    ):
        return 0
    following = phrase.words[at + 1 : at + 2]
    if small in PARTICLES and phrase.run and all(each.text[:1].isupper() for each in following or [word]):
        return 0  # Café do Sul
    if _SHORT_NUMBER.fullmatch(word.text):
        return phrase.keep(at, at + 1, "note")
    first = setting.first and not phrase.pieces
    if small in NOTE_SMALL_ONLY:
        begins = word.text[:1].islower() and (bool(phrase.run) or not setting.lower or not first)
    elif small in NOTE:
        begins = not (phrase.run and word.text[:1].isupper() and not setting.lower)
    elif phrase.run and plain(phrase.run[0]) in STARTS:
        begins = False
    elif setting.apart and not setting.first and len(phrase.words) <= 3:
        begins = False  # Giám đốc
    else:
        begins = bool(phrase.run) and not setting.lower and phrase.small_after_capitals(word)
    return phrase.keep(at, len(phrase.words), "note") if begins else 0
