"""A customer's own link, on the staff's side: as text, as a picture to scan, exchanged for a new one.

Where it leads is in handlers/guests.py; the links of campaigns, which are for anybody, in handlers/campaigns.py.
"""

from __future__ import annotations

from handlers.kit.links import qr, start_link
from handlers.kit.reply import Button, Reply, Text, link, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import customers, guests
from store.access import Action

routes = Routes()

#: What a customer's link begins with, after `start=`; handlers/guests.py answers it.
PREFIX = "c_"


@routes.button("link", Action.LINK, writes=True)
def hand_out(req: Request) -> Reply:
    """A customer's link as text and as a picture to be scanned: the one that still waits, or a new one."""
    return _link(req, req.number())


@routes.button("link.new", Action.LINK, writes=True)
def rotate(req: Request) -> Reply:
    """Ends every link of a customer and makes another; who came through an old one stays."""
    guests.revoke(req.tx, req.actor, req.number())
    return _link(req, req.number(), t("link.renewed"))


def _link(req: Request, customer_id: int, *changed: Text) -> Reply:
    customer = customers.get(req.tx, req.actor, customer_id)
    url = start_link(req.bot_name, PREFIX + guests.link(req.tx, req.actor, customer_id))
    joined = len(guests.chats(req.tx, customer_id))
    lines = [t("link.title", name=customer.name), t("link.url", url=url), t("link.how")]
    if joined:
        lines.append(t("link.joined", n=joined))
    buttons = [
        [req.undo()] if changed else [],
        [link(t("link.button.preview"), url), Button(t("link.button.new"), "link.new", customer.id)],
        [Button(t("case.button.customer"), "customer", customer.id)],
    ]
    return Reply.say(*changed, *lines, buttons=buttons, photo=qr(url), customer_id=customer.id)
