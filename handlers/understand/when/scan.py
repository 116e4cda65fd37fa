"""From text to a line of tokens, one letter a token, which the grammar reads as a string.

`scan` is called by `reader.py`. What is no word of a date becomes junk, and so do whole things that merely hold such
words: e-mails, addresses of pages, versions, telephone numbers, amounts.

    >>> scan("明天下午3点").letters
    'TlnP'
"""

from __future__ import annotations

from handlers.understand.when.fold import fold
from handlers.understand.when.scan_chinese import read_chinese
from handlers.understand.when.scan_digits import read_digits
from handlers.understand.when.scan_english import read_english
from handlers.understand.when.tokens import Line, Tokens


def scan(text: str) -> Tokens:
    """Return the tokens of `text`; spaces are dropped, and neighbouring junk is one token."""
    line = Line(fold(text))
    at, length = 0, len(line.text)
    while at < length:
        c = line.text[at]
        if c == " ":
            at += 1
        elif c.isdecimal() and c.isascii():
            at = read_digits(line, at)
        elif "a" <= c <= "z":
            at = read_english(line, at)
        else:
            at = read_chinese(line, at, c)
    return Tokens("".join(item.kind for item in line.items), tuple(line.items), line.text)
