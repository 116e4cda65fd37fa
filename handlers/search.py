"""Finding: by name, pinyin, initials, digits, company; and the ones touched last."""

from __future__ import annotations

from handlers.kit.cards import card, row
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import customers
from store.access import Action, allowed
from store.search import find

routes = Routes()


@routes.kind("search", Action.FIND)
@routes.verb("find", Action.FIND)
@routes.command("find", Action.FIND)
def search(req: Request) -> Reply:
    """What a member typed, looked for; a single hit opens as its card."""
    text = req.text.strip()
    if not text:
        return Reply.say(t("find.ask"))
    found = find(req.tx, req.actor, text, limit=PAGE)
    if not found.customers:
        buttons = [[Button(t("find.add"), "add")]] if allowed(req.actor, Action.ADD) else []
        return Reply.say(t("find.none", text=text[:60]), buttons=buttons)
    if len(found.customers) == 1:
        return card(req, found.customers[0])
    head = t("find.more", n=len(found.customers)) if found.more else t("find.some", n=len(found.customers))
    first = found.customers[0]
    masked = all(customer.masked for customer in found.customers)
    return Reply.say(head, buttons=[[row(one)] for one in found.customers], customer_id=first.id, masked=masked)


@routes.button("recent", Action.FIND)
def recent(req: Request) -> Reply:
    """The customers touched last, a page at a time."""
    skip = req.number() if req.args else 0
    page = customers.recent(req.tx, req.actor, skip=skip, limit=PAGE + 1)
    if not page:
        return Reply.say(t("find.empty"), buttons=[[Button(t("find.add"), "add")]])
    rows = [row(one) for one in page[:PAGE]]
    buttons = paged(rows, "recent", skip=skip, more=len(page) > PAGE)
    return Reply.say(t("find.recent"), buttons=buttons, replace=bool(req.args))
