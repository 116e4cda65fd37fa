"""The slash commands that each role is shown. The bot publishes them in each member's chat, and those of outsiders for
all other chats.

    commands_for(Role.SUPPORT, "en")  →  [("find", "Find a customer"), ("complaint", "Log a complaint"), …]

A command is listed if the role has its action, the most used first, those for everybody last.
"""

from __future__ import annotations

from functools import cache

from handlers.all import all_routes
from handlers.kit.routes import Route
from handlers.kit.texts import catalogue
from store.access import GRANTS
from store.rules.models import Role

#: Every published command, the most used first. Their words are `command.<name>` in the texts.
ORDER = (
    "today", "add", "find", "customer", "note", "follow", "complaint", "feedback", "survey", "report", "team", "undo",
    "menu", "help", "settings", "privacy",
)  # fmt: skip
#: What customers and strangers are offered; a stranger gets one answer to any of it.
OUTSIDE = ("start", "help", "settings", "privacy")


def commands_for(role: Role, language: str) -> list[tuple[str, str]]:
    """Names and descriptions (https://core.telegram.org/bots/api#botcommand), in the language "zh" or "en"."""
    words = catalogue(language)
    return [(name, str(words[f"command.{name}"])) for name in names_for(role)]


def names_for(role: Role) -> tuple[str, ...]:
    """The commands of a role."""
    if role in (Role.CUSTOMER, Role.STRANGER):
        return OUTSIDE
    known = _routes()
    return tuple(name for name in ORDER if name in known and known[name].action in GRANTS[role])


@cache
def _routes() -> dict[str, Route]:
    return all_routes().commands
