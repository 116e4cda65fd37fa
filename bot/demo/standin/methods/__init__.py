"""What the Bot API's methods do, by area; each a function from the world and the call to the result's JSON.

``bot_api`` looks a method up in :data:`METHODS`. A new one needs a line in ``signatures`` and a function in one of
these modules, with its refusals and Telegram's page for each. getUpdates and setWebhook answer later and live in
``receiving``. Example::

    METHODS["getme"](world, read("getMe", {}, {}, strict=True))
"""

from collections.abc import Callable
from typing import Any, Final

from bot.demo.standin.methods import answering, chats, editing, profile, sending
from bot.demo.standin.signatures import Call
from bot.demo.standin.world import World

Method = Callable[[World, Call], Any]

METHODS: Final[dict[str, Method]] = {
    name.lower(): function
    for area in (sending, editing, answering, profile, chats)
    for name, function in area.METHODS.items()
}
"""Lower-case method name to what it does."""
