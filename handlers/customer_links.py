"""A customer's own link on the staff's side: as text, as a QR code, exchanged for a new one.

handlers/guests.py is what it opens. Links of campaigns, which are for anybody, are in handlers/campaigns.py.
"""

from __future__ import annotations

from handlers.kit.links import qr, start_link
from handlers.kit.reply import Button, Reply, Text, link, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import customers, guests, own_data, proofs
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
    """Ends every link of a customer and makes another; who came through an old one stays, and is to be proven anew."""
    guests.revoke(req.tx, req.actor, req.number())
    return _link(req, req.number(), t("link.renewed"))


@routes.button("link.out", Action.LINK, writes=True)
def put_out(req: Request) -> Reply:
    """Somebody who came through the link is not the customer, and is not here any more."""
    customer = customers.get(req.tx, req.actor, guests.put_out(req.tx, req.actor, req.number()))
    buttons = [[req.undo(), Button(t("card.button.link"), "link", customer.id)]]
    return Reply.say(
        t("link.is_out", name=customer.name), buttons=buttons, replace=True, customer_id=customer.id
    )  # fmt: skip


def _link(req: Request, customer_id: int, *changed: Text) -> Reply:
    customer = customers.get(req.tx, req.actor, customer_id)
    url = start_link(req.bot_name, PREFIX + guests.link(req.tx, req.actor, customer_id))
    joined, asks = proofs.joined(req.tx, customer_id), own_data.open_identity(req.tx, req.actor, customer_id)
    lines = [t("link.title", name=customer.name), t("link.url", url=url), t("link.how")]
    if joined.all:
        proven = t("link.proven", n=joined.proven) if joined.proven else t("link.unproven")
        lines += [t("link.joined", n=joined.all), proven]
    buttons = [
        [req.undo()] if changed else [],
        [Button(t("asked.short.identity"), "asked.open", asks.id)] if asks else [],
        [link(t("link.button.preview"), url), Button(t("link.button.new"), "link.new", customer.id)],
        [Button(t("case.button.customer"), "customer", customer.id)],
    ]
    return Reply.say(*changed, *lines, buttons=buttons, photo=qr(url), customer_id=customer.id)
