"""Every request that the bot makes in the suite, held against the Bot API as python-telegram-bot knows it.

`running` (tests/conftest.py) calls `hold` when a company's test ends, over the stand-in's log of requests: the methods,
their parameters and types, what becomes an object again, and Telegram's published limits.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from telegram import Bot, BotCommand, BotCommandScope, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from bot.demo.standin.recorder import Request
from handlers.kit.pages import units

#: What the Bot class takes to make a request and doesn't send.
_OURS = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}
#: https://core.telegram.org/bots/api#botcommand: 1-32 of a-z 0-9 _, a description of 1-256 characters.
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def hold(requests: Iterable[Request]) -> None:
    """Raises AssertionError, naming the method, for a request that is not the Bot API's."""
    for request in requests:
        known = _signature(request.method)
        assert known is not None, f"{request.method} is no method of the Bot API"
        for name, value in request.parameters.items():
            if name.startswith("attached"):
                continue
            assert name in known, f"{request.method} has no parameter {name}"
            _hold_type(request.method, name, value, known[name])
        _hold_limits(request)


#: What may stand under a message, by the field that only it has.
_MARKUPS: dict[str, type[InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove]] = {
    "inline_keyboard": InlineKeyboardMarkup, "keyboard": ReplyKeyboardMarkup, "remove_keyboard": ReplyKeyboardRemove,
}  # fmt: skip


@cache
def _signature(method: str) -> dict[str, Any] | None:
    function = getattr(Bot, re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", method), None)
    if function is None:
        return None
    parameters = inspect.signature(inspect.unwrap(function)).parameters
    # PTB makes link_preview_options of its shorthand; both are the API's own words.
    return {name: one.annotation for name, one in parameters.items() if name not in _OURS}


def _hold_type(method: str, name: str, value: Any, annotation: Any) -> None:
    where = f"{method}.{name}"
    said = str(annotation)
    if name in ("chat_id", "message_id", "offset", "limit", "timeout", "max_connections"):
        assert isinstance(value, int) or re.fullmatch(r"-?\d+|@\w+", str(value)), f"{where} is a number"
    if name == "reply_markup":
        assert isinstance(value, dict), where
        kind = next(kind for field, kind in _MARKUPS.items() if field in value)
        assert kind.de_json(value, None) is not None, where
    if name == "commands":
        for command in value:
            assert BotCommand.de_json(command, None), where
            assert _COMMAND.fullmatch(command["command"]), where
            assert 1 <= len(command["description"]) <= 256, where
    if name == "scope":
        assert isinstance(BotCommandScope.de_json(value, None), BotCommandScope), where
    if "bool" in said and "str" not in said:
        assert isinstance(value, bool) or value in ("true", "false"), f"{where} is true or false"


def _hold_limits(request: Request) -> None:
    text, caption = request.parameters.get("text", ""), request.parameters.get("caption", "")
    if request.method in ("sendMessage", "editMessageText"):
        assert 0 < units(str(text)) <= MessageLimit.MAX_TEXT_LENGTH, f"{request.method}: text of {units(str(text))}"
    assert units(str(caption)) <= MessageLimit.CAPTION_LENGTH, request.method
    markup = request.parameters.get("reply_markup") or {}
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    buttons = [button for row in rows for button in row]
    assert len(buttons) <= InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER, request.method
    for button in buttons:
        data = button.get("callback_data")
        assert data is None or len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA, data
        assert button["text"].strip(), "a button has a label"
