"""A visitor shows that they are the customer: by sharing their own phone number, or by a member's confirmation.

    我的数据  →  证明是我本人  →  the key that shares one's own number  →  ✓, and all that is theirs
                              →  请同事确认  →  one tap by a member (handlers/data_requests.py)

A number counts if Telegram says that it is the sender's own (`user_id`) and they share it themselves. Somebody else's
contact card has another `user_id` or none, and a forwarded card may hold a number that is no longer theirs.
"""

from __future__ import annotations

from handlers.data_requests import to_answerers
from handlers.guest_cases import back
from handlers.guests import menu
from handlers.kit.reply import Message, Reply, Text, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.own_data import shown
from store import own_data, proofs
from store.access import Action
from store.rules import phone

routes = Routes()


@routes.button("g.prove", Action.OWN_DATA)
def ask(req: Request) -> Reply:
    """Explains the two ways, with the key that shares one's own number."""
    return Reply((_keys(t("proof.how")),)) if req.actor.visitor else shown(req)


def _keys(*lines: Text, share: bool = True) -> Message:
    words = ((t("proof.key.ask"), t("proof.key.no")),)
    return message(*lines, share=t("proof.key.share") if share else None, keyboard=words)


@routes.kind("proof", Action.OWN_DATA, writes=True)
def shared(req: Request) -> Reply:
    """A contact card: one's own may show who one is; nothing is kept of any."""
    said = req.incoming
    if not req.actor.visitor or said.contact is None:
        return Reply.say(t("error.invalid_unreadable"), buttons=[back()])
    if said.origin is not None or said.contact.user_id != said.person:
        return Reply((_keys(t("proof.not_own")),))
    number = phone.parse("+" + said.contact.phone.lstrip("+"))
    if not proofs.by_number(req.tx, req.actor, number.e164 if number else None, said.person):
        return Reply((_keys(t("proof.no_match"), share=False),))
    return _without_keys(t("proof.done"))


def _without_keys(said: Text) -> Reply:
    """The keys go away, and below is what can be done now: one message can't do both."""
    return Reply((message(said, bare=True), menu()))


@routes.button("g.prove.ask", Action.OWN_DATA, writes=True)
def ask_staff(req: Request) -> Reply:
    """Asks whoever has the customer; they read how Telegram calls who asks."""
    if not req.actor.visitor:  # the words still stand there, though somebody has said so meanwhile
        return _without_keys(t("proof.done"))
    asked = own_data.ask_identity(req.tx, req.actor, req.incoming.name)
    return _without_keys(t("proof.asked")).also(*to_answerers(req.tx, asked))


@routes.button("g.prove.no", Action.OWN_DATA)
def later(_: Request) -> Reply:
    """Not now: the keys go away."""
    return _without_keys(t("proof.later"))
