"""Answers to pressed buttons and to inline queries. Called through ``METHODS``."""

from __future__ import annotations

import re
from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.content import caption_content, contact_content, media_content, stored, text_content
from bot.demo.standin.entities import units
from bot.demo.standin.inline import InlineAnswer, show_inline
from bot.demo.standin.keyboards import checked
from bot.demo.standin.refusals import Json, bad_request
from bot.demo.standin.signatures import Call, stricter
from bot.demo.standin.world import World

_CACHED: Final = {
    "photo": "photo_file_id",
    "document": "document_file_id",
    "video": "video_file_id",
    "voice": "voice_file_id",
}


def _callback(world: World, call: Call) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery: 0-200 characters, only the first answer is shown."""
    text = call.text("text")
    if units(text) > limits.CALLBACK_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.open_query(call.text("callback_query_id"))
    if query.chat_id is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if query.answered:
        return True
    query.answered = True
    event = {
        "type": "answered",
        "person": query.person.id,
        "query_id": query.id,
        "chat_id": query.chat_id,
        "message_id": query.message_id,
        "text": text,
        "alert": call.flag("show_alert"),
        "url": call.text("url"),
    }
    world.tell(event, [query.person.id])
    return True


def _inline(world: World, call: Call) -> bool:
    """https://core.telegram.org/bots/api#answerinlinequery: at most 50 results, ids unique, 1-64 bytes."""
    results = call.array("results")
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(call.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    checked_results = [_result(world, result) for result in results]
    ids = [result["id"] for result in checked_results]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    button = call.mapping("button")
    if button is not None:
        _check_button(button)
    query = world.open_query(call.text("inline_query_id"))
    if query.chat_id is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer = InlineAnswer(checked_results, button, call.text("next_offset"))
    world.inline_cache.keep(
        query, answer, call.integer("cache_time", limits.INLINE_CACHE_SECONDS), personal=call.flag("is_personal")
    )
    show_inline(world, query, answer)
    return True


def _check_button(button: Json) -> None:
    """https://core.telegram.org/bots/api#inlinequeryresultsbutton; its errors are those of
    https://core.telegram.org/method/messages.setInlineBotResults
    """
    parameter = button.get("start_parameter")
    if not str(button.get("text") or ""):
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if not isinstance(parameter, str):
        raise stricter("the button of inline results has a start_parameter; mini apps are unknown here")
    if not parameter:
        raise bad_request("START_PARAM_EMPTY")
    if len(parameter) > limits.START_PAYLOAD:
        raise bad_request("START_PARAM_TOO_LONG")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", parameter):
        raise bad_request("START_PARAM_INVALID")


def _result(world: World, result: object) -> Json:
    """One result, with the message that choosing it sends: https://core.telegram.org/bots/api#inlinequeryresult"""
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    result_id = result.get("id")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode("utf-8", "replace")) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    kind = result.get("type")
    markup = checked(result.get("reply_markup"), inline_only=True)
    given = result.get("input_message_content")
    if kind == "article":
        if not result.get("title"):
            raise bad_request("can't parse inline query result: Can't find field \"title\"")
        if not isinstance(given, dict):
            raise bad_request("can't parse inline query result: Message content must be specified for articles")
    elif kind == "contact":
        given = given or {key: result.get(key) for key in ("phone_number", "first_name", "last_name", "vcard")}
    elif kind not in _CACHED:
        raise stricter(f"inline results of type {str(kind)[:40]!r} are unknown here")
    content = _content(given) if isinstance(given, dict) else _cached(world, str(kind), result)
    return {**result, "reply_markup": markup, "content": content}


def _content(given: Json) -> Json:
    """https://core.telegram.org/bots/api#inputmessagecontent"""
    if "message_text" in given:
        return text_content(str(given["message_text"]), str(given.get("parse_mode") or ""), given.get("entities") or [])
    if "phone_number" in given:
        phone, first, last, vcard = (
            str(given.get(k) or "") for k in ("phone_number", "first_name", "last_name", "vcard")
        )
        return contact_content(phone, first, last, vcard)
    raise bad_request("can't parse inline query result: wrong input message content")


def _cached(world: World, kind: str, result: Json) -> Json:
    """A result that is a file which Telegram already has."""
    file = stored(world.files, kind, str(result.get(_CACHED[kind]) or "") or None)
    caption = caption_content(
        str(result.get("caption") or ""), str(result.get("parse_mode") or ""), result.get("caption_entities") or []
    )
    return {**media_content(kind, file, result), **caption}


METHODS: Final = {"answerCallbackQuery": _callback, "answerInlineQuery": _inline}
