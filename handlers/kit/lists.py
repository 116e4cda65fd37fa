"""Lists: a page of at most eight rows, each a button, with a way to the next page and back.

rows = [Button(plain(customer.name), "customer", customer.id) for customer in page.items]
return Reply.say(t("find.title"), buttons=paged(rows, "find.page", skip=0, more=True))
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.kit.reply import Button, t

#: Rows on a page: what a phone shows without scrolling (PRODUCT.md, "What one message can do").
PAGE = 8


def paged(rows: Sequence[Button], route: str, *args: int | str, skip: int, more: bool) -> list[list[Button]]:
    """One button a row, then the ways to the pages before and after; `route:args:skip` leads to a page."""
    nav = []
    if skip > 0:
        nav.append(Button(t("button.less"), route, *args, max(skip - PAGE, 0)))
    if more:
        nav.append(Button(t("button.more"), route, *args, skip + PAGE))
    return [[row] for row in rows] + ([nav] if nav else [])
