"""Chooses the route of an update: the order in which the readings of a plain line are tried.

1. a button, or an edited message (a member's edit is not done a second time, a guest's is read anew);
2. a slash command;
3. for guests and strangers: the words of their keyboard, a shared own number, else one route for all they send;
4. a forwarded message, which is never an order nor an answer;
5. a word of the keyboard; an answer to the open form;
6. a label and a value for the form that is shown; what takes back what was just said (不对，是 …); a clear change
   (电话改成 …); a place to open (#4, open cases); a verb (查 …, add …); a word of the menu;
7. a reminder that is done, or to be moved; any other change; a line with a contact in it, offered as a customer; else
   a search.
"""

from __future__ import annotations

from typing import NamedTuple

from handlers.kit import forms, menu
from handlers.kit.request import Draft, Incoming
from handlers.kit.routes import Route, Routes
from handlers.understand import changes, corrected, finished, places, postponed, verbs
from handlers.understand.contactlike import holds_contact
from store import access
from store.access import Action, Actor
from store.errors import KehuError
from store.rules.models import Role


class Way(NamedTuple):
    """A route, with what it is given: a button's arguments, or the text after a command or verb."""

    route: Route
    args: tuple[str, ...] = ()
    text: str = ""


def way(routes: Routes, incoming: Incoming, actor: Actor, draft: Draft | None) -> Way:
    """Where an update leads. Raises KehuError `no_longer` for a button that leads nowhere (any more)."""
    if incoming.kind == "button":
        name, *args = incoming.text.split(":")
        pressed = routes.buttons.get(name)
        if pressed is None or not _open_to(actor, pressed):
            raise KehuError("no_longer")
        return Way(pressed, tuple(args))
    if incoming.edited and actor.member:
        return Way(routes.kinds["edited"])
    if incoming.kind == "text" and incoming.text.startswith("/") and incoming.origin is None:
        return _command(routes, incoming.text, actor)
    if not actor.member:
        return _outside(routes, incoming, actor)
    if incoming.origin is not None and incoming.kind in ("text", "contact", "file"):
        return Way(routes.kinds["forward"], text=incoming.text)  # somebody else's words are never an order or an answer
    answer = forms.route_of(draft, incoming.text) if draft else None
    if incoming.kind == "file" and draft is not None and answer is not None and forms.takes_files(draft):
        return Way(answer, text=incoming.text)
    if incoming.kind != "text":
        return Way(routes.kinds[incoming.kind if incoming.kind in routes.kinds else "other"], text=incoming.text)
    if answer is None and draft is not None and corrected.labelled(incoming.text) is not None:
        return Way(routes.kinds["fill"], text=incoming.text)
    return _line(routes, incoming.text, actor, answer)


def _line(routes: Routes, line: str, actor: Actor, answer: Route | None) -> Way:
    """A plain line that a member typed, read in the order 5 to 7."""
    word = menu.route_of(line)
    if word is not None:
        return Way(routes.buttons[word])
    if answer is not None:
        return Way(answer, text=line)
    if corrected.recognise(line) is not None:
        return Way(routes.kinds["correct"], text=line)
    if changes.leads(line) and changes.recognise(line) is not None:
        return Way(routes.kinds["change"], text=line)
    place = places.recognise(line)
    if place is not None:
        return Way(routes.buttons[place.route], place.args)
    verb = verbs.recognise(line)
    if verb is not None and verb.name in routes.verbs:
        return Way(routes.verbs[verb.name], text=verb.rest)
    word = menu.spoken_of(line)
    if word is not None:
        return Way(routes.buttons[word])
    if finished.recognise(line) is not None:
        return Way(routes.kinds["finish"], text=line)
    if postponed.may_move(line):
        return Way(routes.kinds["move"], text=line)
    if changes.recognise(line) is not None:
        return Way(routes.kinds["change"], text=line)
    # A member who may not add customers must not learn whether a number is known, as capture tells: it is searched for.
    adds = access.allowed(actor, Action.ADD) and holds_contact(line)
    return Way(routes.kinds["capture" if adds else "search"], text=line)


def _outside(routes: Routes, incoming: Incoming, actor: Actor) -> Way:
    if actor.role is not Role.CUSTOMER:
        return Way(routes.kinds["stranger"], text=incoming.text)
    if incoming.kind == "contact":
        return Way(routes.kinds["proof"])
    word = menu.guest_route_of(incoming.text) if incoming.kind == "text" and incoming.origin is None else None
    return Way(routes.kinds["guest"], text=incoming.text) if word is None else Way(routes.buttons[word])


def likely_writes(routes: Routes, incoming: Incoming) -> bool:
    """Whether an update most likely leads to a writing route, seen without the book: then it goes to the writer at
    once.

    A wrong guess costs time, nothing else: `way` decides.
    """
    if incoming.kind == "button":
        route = routes.buttons.get(incoming.text.partition(":")[0])
        return route is not None and route.writes
    if incoming.kind != "text" or incoming.origin is not None:
        return True
    if incoming.text.startswith("/"):
        route = routes.commands.get(incoming.text[1:].partition(" ")[0].lower())
        return route is not None and route.writes
    verb = verbs.recognise(incoming.text)
    if verb is not None:
        return verb.name in routes.verbs and routes.verbs[verb.name].writes
    if holds_contact(incoming.text) or postponed.may_move(incoming.text) or corrected.recognise(incoming.text):
        return True
    return changes.recognise(incoming.text) is not None


def _command(routes: Routes, line: str, actor: Actor) -> Way:
    head, _, rest = line[1:].partition(" ")
    name = head.partition("@")[0].lower()
    if name == "start" and rest.strip():
        payload = rest.strip()
        for prefix in sorted(routes.starts, key=len, reverse=True):
            if payload.startswith(prefix):
                return Way(routes.starts[prefix], text=payload.removeprefix(prefix))
    command = routes.commands.get(name)
    if command is not None and _open_to(actor, command):
        return Way(command, text=rest.strip())
    if actor.member and (places.recognise(name) or menu.spoken_of(name) or verbs.recognise(name)):
        return _line(routes, f"{name} {rest}".strip(), actor, None)  # /list, /history: the word by itself
    fallback = "unknown_command" if actor.member else "guest" if actor.role is Role.CUSTOMER else "stranger"
    return Way(routes.kinds[fallback], text=line)


def _open_to(actor: Actor, route: Route) -> bool:
    """Whether the route exists for this person. For outsiders, and members who were deactivated, a route that they may
    not use does not exist; a member is refused by the gate.
    """
    return actor.member or access.allowed(actor, route.action)
