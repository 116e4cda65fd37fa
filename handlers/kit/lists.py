"""Lists: a page of at most eight rows, each a button, with a way to the next page and back.

    rows = [Button(plain(customer.name), "customer", customer.id) for customer in page.items]
    return Reply.say(t("find.title"), buttons=paged(rows, "find.page", skip=0, more=True))

A list that no query can bring back (what somebody typed is never in a button) is its ids: `packed([12, 3456])` is
"c.2o0"; eight ids, of six digits each, fit a button beside their route.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.kit.reply import Button, t
from store.errors import NotAllowed

#: Rows on a page: what a phone shows without scrolling (PRODUCT.md, "What one message can do").
PAGE = 8
#: Digits to the base of 36 that an id has at most: two billion customers.
DIGITS_MOST = 6
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def paged(rows: Sequence[Button], route: str, *args: int | str, skip: int, more: bool) -> list[list[Button]]:
    """One button a row, then the ways to the pages before and after; `route:args:skip` leads to a page."""
    nav = []
    if skip > 0:
        nav.append(Button(t("button.less"), route, *args, max(skip - PAGE, 0)))
    if more:
        nav.append(Button(t("button.more"), route, *args, skip + PAGE))
    return [[row] for row in rows] + ([nav] if nav else [])


def packed(ids: Iterable[int]) -> str:
    """The ids of a page's rows as a button carries them."""
    return ".".join(base36(one) for one in ids)


def unpacked(word: str) -> list[int]:
    """The ids again, a page of them at most. Raises NotAllowed for anything else: the button was edited."""
    try:
        return [int(part[:DIGITS_MOST], 36) for part in word.split(".")[:PAGE]]
    except ValueError:
        raise NotAllowed from None


def base36(number: int) -> str:
    """A number to the base of 36: in a button every character counts."""
    high, low = divmod(number, 36)
    return (base36(high) if high else "") + _DIGITS[low]
