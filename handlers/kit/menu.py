"""The keyboard under the input field and the menu's buttons: which there are, where they lead, and who gets them.

    route_of("今天")  →  "today"
    keyboard(actor)  →  ((t("menu.today"), t("menu.add")), (t("menu.find"), t("menu.menu")))

handlers/start.py shows both; the router asks `route_of` about a plain line before it reads it in any other way.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from handlers.kit.reply import Button, Text, t
from handlers.kit.texts import LANGUAGES, catalogue
from store import access
from store.access import Action, Actor


class Entry(NamedTuple):
    """One way in: its text, the button route that it leads to, and the action that the route asks for."""

    key: str
    route: str
    action: Action

    @property
    def word(self) -> Text:
        """What is written on it."""
        return t(self.key)


TODAY = Entry("menu.today", "today", Action.STAFF)
ADD = Entry("menu.add", "add", Action.ADD)
FIND = Entry("menu.find", "recent", Action.FIND)
CASES = Entry("menu.cases", "cases", Action.SEE_CASE)
FEEDBACK = Entry("menu.feedback", "feedback", Action.SEE_FEEDBACK)
SURVEYS = Entry("menu.surveys", "qs", Action.SURVEY)
REPORT = Entry("menu.report", "report", Action.REPORT)
TEAM = Entry("menu.team", "team", Action.MANAGE)
SETTINGS = Entry("menu.settings", "settings", Action.GREET)
HELP = Entry("menu.help", "help", Action.GREET)
MENU = Entry("menu.menu", "menu", Action.STAFF)

#: What the menu offers, the most used first.
ENTRIES = (TODAY, ADD, FIND, CASES, FEEDBACK, SURVEYS, REPORT, TEAM, SETTINGS, HELP)
#: The words under the input field. Support adds no customers: there the cases come first.
WORDS = (TODAY, ADD, FIND, MENU)
SUPPORT_WORDS = (CASES, FIND, MENU)


#: The words under a visitor's input field while they show who they are, and where they lead (handlers/own_proof.py).
PROOF_WORDS = {"proof.key.ask": "g.prove.ask", "proof.key.no": "g.prove.no"}


def keyboard(actor: Actor) -> tuple[tuple[Text, ...], ...]:
    """The words under a member's input field, in rows."""
    words = WORDS if access.allowed(actor, ADD.action) else SUPPORT_WORDS
    return (tuple(entry.word for entry in words),)


def buttons(actor: Actor) -> list[list[Button]]:
    """The menu's buttons for this actor, three in a row."""
    offered = [Button(entry.word, entry.route) for entry in ENTRIES if access.allowed(actor, entry.action)]
    return [offered[at : at + 3] for at in range(0, len(offered), 3)]


def route_of(line: str) -> str | None:
    """The button route that a line names when it is, letter for letter, a word of the keyboard in zh or en."""
    return _labels().get(line.strip())


def spoken_of(line: str) -> str | None:
    """The button route that a line names when it is any word of the menu, however it is written, in zh or en."""
    return _spoken().get(line.strip().casefold())


def guest_route_of(line: str) -> str | None:
    """The same of a customer's line."""
    return _guest_labels().get(line.strip())


@cache
def _guest_labels() -> dict[str, str]:
    return {str(catalogue(language)[key]): route for language in LANGUAGES for key, route in PROOF_WORDS.items()}


@cache
def _labels() -> dict[str, str]:
    return {
        str(catalogue(language)[entry.key]): entry.route for language in LANGUAGES for entry in {*WORDS, *SUPPORT_WORDS}
    }


@cache
def _spoken() -> dict[str, str]:
    return {
        str(catalogue(language)[entry.key]).casefold(): entry.route
        for language in LANGUAGES
        for entry in (*ENTRIES, MENU)
    }
