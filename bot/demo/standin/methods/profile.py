"""getMe, the bot's commands, names, descriptions and menu button. Called through ``METHODS``."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.entities import units
from bot.demo.standin.refusals import Json, bad_request
from bot.demo.standin.signatures import Call
from bot.demo.standin.world import ADMINISTRATORS, Account, Chat, World

_PLAIN_SCOPES: Final = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES: Final = ("chat", "chat_administrators", "chat_member")


def _me(world: World, _call: Call) -> Json:
    settings = world.settings
    return {
        **world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": not settings.privacy_mode,
        "supports_inline_queries": settings.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _language(call: Call) -> str:
    """Empty, or two letters of ISO 639-1: https://core.telegram.org/bots/api#setmycommands"""
    code = call.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _scope(world: World, call: Call) -> str:
    """A scope as a key: https://core.telegram.org/bots/api#botcommandscope"""
    scope = call.mapping("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in _PLAIN_SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("unsupported type of the bot command scope specified")
    chat = world.known_chat(scope.get("chat_id"))
    if kind != "chat" and chat.type == "private":
        raise bad_request("can't use the scope in a private chat")
    if kind == "chat_member":
        user_id = scope.get("user_id")
        if not isinstance(user_id, int) or user_id not in chat.members:
            raise bad_request("invalid user_id specified")
        return f"chat_member:{chat.id}:{user_id}"
    return f"{kind}:{chat.id}"


def _set_commands(world: World, call: Call) -> bool:
    """At most 100; a name of 1-32 lower-case letters, digits and underscores: https://core.telegram.org/bots/api#botcommand"""
    commands = call.array("commands")
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not isinstance(command.get("command"), str):
            raise bad_request("can't parse BotCommand: expected an Object with a command")
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        description = command.get("description")
        if not isinstance(description, str) or not 1 <= units(description) <= limits.COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    key = (_scope(world, call), _language(call))
    if commands:
        world.commands[key] = [{"command": c["command"].lstrip("/"), "description": c["description"]} for c in commands]
    else:
        world.commands.pop(key, None)
    world.tell({"type": "profile"}, None)
    return True


def _get_commands(world: World, call: Call) -> list[Json]:
    return world.commands.get((_scope(world, call), _language(call)), [])


def _delete_commands(world: World, call: Call) -> bool:
    world.commands.pop((_scope(world, call), _language(call)), None)
    world.tell({"type": "profile"}, None)
    return True


def commands_for(world: World, person: Account, chat: Chat) -> list[Json]:
    """What a person finds in the commands menu of a chat: https://core.telegram.org/bots/api#determining-list-of-commands"""
    language = person.language_code[:2].lower()
    if chat.type == "private":
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        administrator = chat.members.get(person.id) in ADMINISTRATORS
        scopes = [f"chat_member:{chat.id}:{person.id}"]
        scopes += [f"chat_administrators:{chat.id}"] if administrator else []
        scopes += [f"chat:{chat.id}"]
        scopes += ["all_chat_administrators"] if administrator else []
        scopes += ["all_group_chats", "default"]
    for scope in scopes:
        for code in (language, ""):
            if (scope, code) in world.commands:
                return world.commands[scope, code]
    return []


def profile_text(world: World, name: str, language: str) -> str:
    """The bot's ``name``, ``description`` or ``short_description`` for a language, else for all."""
    default = world.settings.bot_name if name == "name" else ""
    return world.profile.get((name, language)) or world.profile.get((name, "")) or default


def _set_text(name: str, limit: int, world: World, call: Call) -> bool:
    """An empty text takes it away: https://core.telegram.org/bots/api#setmydescription and its neighbours"""
    text = call.text(name).strip()
    if units(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    world.profile[name, _language(call)] = text
    if name == "name" and not call.text("language_code"):
        world.bot.first_name = text or world.settings.bot_name
    world.tell({"type": "profile"}, None)
    return True


def _get_text(name: str, world: World, call: Call) -> Json:
    return {name: profile_text(world, name, _language(call))}


def _set_menu(world: World, call: Call) -> bool:
    """https://core.telegram.org/bots/api#menubutton"""
    button = call.mapping("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: unsupported type")
    if "chat_id" in call:
        chat = world.known_chat(call.values["chat_id"])
        if chat.type != "private":
            raise bad_request("chat not found")
        chat.menu_button = None if button["type"] == "default" else button
    else:
        world.menu_button = {"type": "commands"} if button["type"] == "default" else button
    world.tell({"type": "profile"}, None)
    return True


def _get_menu(world: World, call: Call) -> Json:
    if "chat_id" in call:
        return world.known_chat(call.values["chat_id"]).menu_button or {"type": "default"}
    return world.menu_button


METHODS: Final = {
    "getMe": _me,
    "setMyCommands": _set_commands,
    "getMyCommands": _get_commands,
    "deleteMyCommands": _delete_commands,
    "setMyName": partial(_set_text, "name", limits.NAME),
    "getMyName": partial(_get_text, "name"),
    "setMyDescription": partial(_set_text, "description", limits.DESCRIPTION),
    "getMyDescription": partial(_get_text, "description"),
    "setMyShortDescription": partial(_set_text, "short_description", limits.SHORT_DESCRIPTION),
    "getMyShortDescription": partial(_get_text, "short_description"),
    "setChatMenuButton": _set_menu,
    "getChatMenuButton": _get_menu,
}
