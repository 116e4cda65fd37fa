"""Inline mode: `@bot 张` in any chat shows a member the matching customers, as cards to send, with masked details.

Anybody in that chat may read a sent card, so it holds only the name and masked contacts, even of one's own customers,
and no level, stage or note. Its button opens the full card in the private chat, for those who may see it.
"""

from __future__ import annotations

from handlers.kit.cards import card, phone_line
from handlers.kit.links import start_link
from handlers.kit.lists import PAGE
from handlers.kit.reply import Message, Reply, Text, link, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.lists import recent
from store import customers, search, selecting
from store.access import Action
from store.errors import NotAllowed
from store.rules.models import Customer

routes = Routes()

OPEN = "open_"


@routes.kind("inline", Action.FIND)
def look(req: Request) -> Reply:
    """A message for each customer who fits; the recent ones before anything is typed."""
    words = req.incoming.text.strip()
    found = search.find(req.tx, req.actor, words).customers if words else selecting.select(req.tx, req.actor)
    return Reply(tuple(_shared(req, customers.masked(one)) for one in found[:PAGE]))


def _shared(req: Request, customer: Customer) -> Message:
    opened = link(t("inline.open"), start_link(req.bot_name, f"{OPEN}{customer.id}"))
    return message(*_lines(customer), buttons=[[opened]], customer_id=customer.id, masked=True)


def _lines(customer: Customer) -> list[Text]:
    work = [part for part in (customer.company, customer.title) if part]
    lines = [t("card.name", name=customer.name)]
    if work:
        lines.append(t("card.work", work=" · ".join(work)))
    return lines + [phone_line(phone) for phone in customer.phones[:1]]


@routes.start(OPEN, Action.SEE)
def open_card(req: Request) -> Reply:
    """The whole card, for whoever may see it, from the button of one that was sent somewhere."""
    number = req.text.strip()
    if not number.isascii() or not number.isdecimal() or len(number) > 10:
        raise NotAllowed
    return card(req, customers.get(req.tx, req.actor, int(number)))


@routes.start("recent", Action.FIND)
def come_over(req: Request) -> Reply:
    """From the button above the results: the recent customers, in the private chat."""
    return recent(req)
