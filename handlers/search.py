"""Finding customers: by name, pinyin, initials, digits, company.

Opening a customer replaces the list by the card, and the card leads back: its button carries the list's ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import lists, newcomer, sentences
from handlers.fields import field_of
from handlers.kit import forms, menu
from handlers.kit.cards import card, row
from handlers.kit.lists import PAGE, packed, unpacked
from handlers.kit.reply import Button, Message, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.understand.contactlike import holds_contact
from handlers.understand.customerlike import is_name, may_be_customer
from store import customers, mentions, search_index, selecting, upkeep
from store.access import Action, allowed
from store.db import Tx
from store.errors import NotAllowed
from store.rules import areas
from store.rules.models import Customer, CustomerWords
from store.search import find
from store.selecting import Filters, Sort

routes = Routes()


@routes.kind("search", Action.FIND)
@routes.verb("find", Action.FIND)
@routes.command("find", Action.FIND)
def search(req: Request) -> Reply:
    """A member's plain words: shown as a list if they ask for one, else searched; a single hit opens as its card."""
    return lists.in_words(req, req.text) or look_for(req, req.text)


def look_for(req: Request, text: str) -> Reply:
    """The same for any words."""
    text = " ".join(text.split())
    if not text:
        return Reply.say(t("find.ask"))
    found = find(req.tx, req.actor, text, limit=PAGE)
    if not found.customers:
        return _of_place(req, text) or _nobody(req, text)
    guess = [t("find.corrected", text=found.corrected)] if found.corrected else []
    if len(found.customers) == 1:
        return card(req, found.customers[0], *guess)
    head = t("find.more", n=len(found.customers)) if found.more else t("find.some", n=len(found.customers))
    return _listed(found.customers, *guess, head)


def _listed(found: Sequence[Customer], *lines: Text, replace: bool = False) -> Reply:
    ids = packed([one.id for one in found])
    rows = [[row(one, "hit", place, ids)] for place, one in enumerate(found)]
    masked = all(one.masked for one in found)
    others = tuple(one.id for one in found[1:])
    return Reply.say(*lines, buttons=rows, customer_id=found[0].id, others=others, masked=masked, replace=replace)


@routes.chore
def follow(tx: Tx) -> list[Message] | None:
    """The search index follows those whose owner or team a long list has changed."""
    return [] if search_index.catch_up(tx) else None


@routes.chore
def tidy(tx: Tx) -> list[Message] | None:
    """At night the search index becomes one piece again: in dozens of them a search takes twice as long."""
    return [] if upkeep.step(tx) else None


@routes.button("hit", Action.SEE)
def hit(req: Request) -> Reply:
    """One of a list, with the way back to it."""
    ids, place = unpacked(req.word(1)), req.number()
    if not 0 <= place < len(ids):
        raise NotAllowed
    back = Button(t("button.list"), "hits", req.word(1))
    return card(req, customers.get(req.tx, req.actor, ids[place]), replace=True, back=back)


@routes.button("hits", Action.FIND)
def hits(req: Request) -> Reply:
    """Back from a card to the list that it was opened from, as far as it may still be seen."""
    found = [one for one in customers.get_all(req.tx, req.actor, unpacked(req.word())) if not one.archived]
    if not found:
        raise NotAllowed
    return _listed(found, t("find.some", n=len(found)), replace=True)


def _of_place(req: Request, text: str) -> Reply | None:
    """The customers of a place, where nobody is called as it is: 意大利, italy."""
    place = areas.read(text)
    if place is None or not selecting.count(req.tx, req.actor, Filters(region=place), most=1):
        return None
    return lists.page(req, Filters(region=place), Sort.RECENT, 0)


def _nobody(req: Request, text: str) -> Reply:
    """Nothing found; what was typed may be about somebody known, or the name of somebody new, two taps away."""
    away = _put_away(req, text)
    if away is not None:
        return away
    listed = lists.standing_alone(req, text)
    if listed is not None:
        return listed
    alone = is_name(text)  # of somebody new, though a part of it is somebody's: no sentence about those
    sentence = None if alone else sentences.offer(req, text)
    if sentence is not None:
        return sentence
    near = [one.customer for one in mentions.named(req.tx, req.actor, text)] if alone else []
    rows = [[row(one, "open")] for one in near]
    told: dict[str, Any] = {"customer_id": near[0].id, "others": tuple(one.id for one in near[1:])} if near else {}
    said = [t("find.none", text=text[:60])]
    named = menu.spoken_of(text) is None and may_be_customer(text)
    if not named and not holds_contact(text):
        said.append(t("find.say"))
    if not allowed(req.actor, Action.ADD):
        return Reply.say(*said, buttons=rows, **told)
    digits = any(character.isdigit() for character in text)
    if req.draft is not None or not (named or digits):
        return Reply.say(*said, buttons=[[Button(t("find.add"), "add")], *rows], **told)
    read = newcomer.read(req, text) if digits else newcomer.Read({"name": field_of("name").parse(req, text)})
    values = read.tidied()
    draft = forms.draft_of("add", values=values, extra=read.extra())
    draft = draft.model_copy(update={"typed": False})  # nobody has begun it before they tap
    name = str(values.get("name", ""))
    add = forms.button(t("find.add_named", name=name[:20]) if name else t("find.add"), draft, "show")
    return Reply.say(*said, buttons=[[add], *rows], **told).opening(draft)


def _put_away(req: Request, text: str) -> Reply | None:
    """Who was archived and is called just so, to be restored by whoever may."""
    if not allowed(req.actor, Action.EDIT) or not is_name(text):
        return None
    found = customers.away(req.tx, req.actor, CustomerWords(name=text))
    if not found:
        return None
    return card(req, found[0]) if len(found) == 1 else _listed(found[:PAGE], t("archive.title"))
