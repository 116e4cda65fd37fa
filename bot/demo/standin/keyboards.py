"""What may stand under a message: inline keyboards, reply keyboards, forced replies.

The methods that take ``reply_markup`` check it here. Rules: https://core.telegram.org/bots/api#inlinekeyboardbutton,
https://core.telegram.org/bots/api#replykeyboardmarkup and the pages of their fields. Example::

    checked({"inline_keyboard": [[{"text": "Save", "callback_data": "s:1"}]]})
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.refusals import Json, Refusal, bad_request
from bot.demo.standin.signatures import stricter

ACTIONS: Final = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_INLINE_FIELDS: Final = frozenset(("text", "icon_custom_emoji_id", "style", *ACTIONS))
_KEY_ACTIONS: Final = (
    "request_users",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
_KEY_FIELDS: Final = frozenset(("text", "icon_custom_emoji_id", "style", *_KEY_ACTIONS))
_STYLES: Final = ("danger", "success", "primary")
COPY_TEXT: Final = 256
"""https://core.telegram.org/bots/api#copytextbutton"""


def checked(markup: Json | None, *, inline_only: bool = False) -> Json | None:
    """``markup`` if Telegram would take it, None for none. Raises a refusal.

    ``inline_only``: what an edit and an inline result take.
    """
    if not markup:
        return None
    if "inline_keyboard" in markup:
        _rows(markup["inline_keyboard"], _inline_button, "inline keyboard button")
        return markup if any(markup["inline_keyboard"]) else None
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        _rows(markup["keyboard"], _key, "reply keyboard button")
        if not any(markup["keyboard"]):
            raise bad_request("reply keyboard markup must have at least one button")
        _placeholder(markup)
        return markup
    if markup.get("remove_keyboard") is True:
        return markup
    if markup.get("force_reply") is True:
        _placeholder(markup)
        return markup
    raise bad_request("object expected as reply markup")


def _rows(rows: object, check: Callable[[object], None], what: str) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f"can't parse {what}: expected an Array of Array")
    if sum(map(len, rows)) > limits.BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            check(button)


def _inline_button(button: object) -> None:
    what = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{what}: expected an Object")
    _label(button, what)
    for name in button:
        if name not in _INLINE_FIELDS:
            raise stricter(f"{what}: unknown field {str(name)[:40]!r}")
    actions = [name for name in ACTIONS if name in button]
    if not actions or (actions == ["callback_data"] and button["callback_data"] == ""):
        raise bad_request(f"{what}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # "Exactly one of the fields other than text, icon_custom_emoji_id, and style must be used": the page says so,
        # the
        # server takes the first.
        raise stricter(f"{what}: exactly one action is allowed, found {', '.join(actions)}")
    action = actions[0]
    if action == "callback_data":
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "replace")) <= limits.CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        _url(button["url"])
    elif action == "copy_text":
        copied = button["copy_text"]
        text = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _key(button: object) -> None:
    what = "can't parse keyboard button"
    if isinstance(button, str):
        return
    if not isinstance(button, dict):
        raise bad_request(f"{what}: expected an Object")
    _label(button, what)
    for name in button:
        if name not in _KEY_FIELDS:
            raise stricter(f"{what}: unknown field {str(name)[:40]!r}")
    if len([name for name in _KEY_ACTIONS if button.get(name)]) > 1:
        raise stricter(f"{what}: at most one action is allowed")


def _label(button: Json, what: str) -> None:
    text = button.get("text")
    if text is None:
        raise bad_request(f'{what}: Can\'t find field "text"')
    if not isinstance(text, str):
        raise bad_request(f'{what}: Field "text" must be of type String')
    if not text.strip():
        raise bad_request(
            "inline keyboard button text must be non-empty"
            if "inline" in what
            else "keyboard button text must be non-empty"
        )
    if button.get("style") not in (None, *_STYLES):
        raise bad_request(f"{what}: unsupported button style")


def _url(url: object) -> None:
    def invalid(why: str) -> Refusal:
        return bad_request(f"inline keyboard button URL '{str(url)[:100]}' is invalid: {why}")

    if not isinstance(url, str) or not url:
        raise invalid("URL host is empty")
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", url, re.IGNORECASE)
    if (
        scheme
        and scheme.group(1).lower() not in ("http", "https", "tg", "ton", "tonsite")
        and "." not in scheme.group(1)
    ):
        raise invalid("Unsupported URL protocol")
    if not re.match(r"(?:https?://|tg://|ton://|tonsite://)?[^\s/]+", url, re.IGNORECASE) or re.search(r"\s", url):
        raise invalid("Wrong HTTP URL")
    host = re.match(r"https?://([^/?#:]+)", url, re.IGNORECASE)
    if host and "." not in host.group(1):
        raise invalid("Wrong HTTP URL")


def _placeholder(markup: Json) -> None:
    """1-64 characters: https://core.telegram.org/bots/api#replykeyboardmarkup"""
    text = markup.get("input_field_placeholder")
    if text is not None and (not isinstance(text, str) or not 1 <= len(text) <= 64):
        raise stricter("input_field_placeholder must have 1-64 characters")


def keys(keyboard: Json) -> list[list[Json]]:
    """A reply keyboard's buttons, the plain strings made objects."""
    return [[{"text": key} if isinstance(key, str) else key for key in row] for row in keyboard.get("keyboard", [])]
