"""Whatever is sent, the stand-in answers: it refuses in words and never breaks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.standin.actions import ACTIONS, Given, Impossible
from bot.demo.standin.clock import Clock
from bot.demo.standin.content import media_content
from bot.demo.standin.faults import fault_from
from bot.demo.standin.keyboards import checked
from bot.demo.standin.messages import post
from bot.demo.standin.methods import METHODS
from bot.demo.standin.occasions import OCCASIONS
from bot.demo.standin.refusals import Json, Refusal
from bot.demo.standin.signatures import SIGNATURES, read
from bot.demo.standin.wire import Upload, compact
from bot.demo.standin.world import Query, Settings, World

NAMES = """
inline_keyboard keyboard remove_keyboard force_reply text callback_data url copy_text request_contact style type media
caption parse_mode caption_entities entities offset length user id message_id chat_id allow_sending_without_reply
input_message_content message_text phone_number first_name title reply_markup command description emoji language
photo_file_id document_file_id performer input_field_placeholder user_id is_bot
"""
WORDS = """
HTML MarkdownV2 bold text_mention text_link url article photo contact document video audio chat default chat_member
all_private_chats emoji 👍 commands 7 8 -1 https://example.com add attach://file
"""

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-2, 9)
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(WORDS.split())
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES.split()) | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=12,
)
relaxed = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


def small_world() -> World:
    """Two people, messages from both sides, a kept file, a group, a pressed button, an inline query."""
    world = World(Settings("12345:x", "my_bot", "Bot"), Clock())
    for number in (7, 8):
        person = world.add_person({"first_name": "P", "id": number, "started": True, "phone": "1"})
        chat = world.chats[number]
        post(world, chat, person, {"text": "hello"})
        markup = {"inline_keyboard": [[{"text": "b", "callback_data": "b"}]]}
        post(world, chat, world.bot, {"text": "hi"}, markup=markup)
        kept = world.files.add("document", Upload("a.txt", "text/plain", b"x"))
        world.files.by_id["kept"] = kept
        post(world, chat, world.bot, media_content("document", kept, {}))
        chat.pinned.append(1)
    group = world.add_group("G", {7: "creator", world.bot.id: "member"})
    post(world, group, world.people[7], {"text": "/x"})
    world.queries["pressed"] = Query("pressed", world.people[7], world.clock.now(), 7, 2)
    world.queries["typed"] = Query("typed", world.people[7], world.clock.now())
    return world


BUTTON = {"text": "a", "callback_data": "a"}
ARTICLE = {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "m"}}
FITTING: dict[str, object] = {
    "action": "typing",
    "button": {"text": "b", "start_parameter": "s"},
    "callback_query_id": "pressed",
    "caption_entities": [{"type": "bold", "offset": 0, "length": 1}],
    "chat_id": 7,
    "commands": [{"command": "add", "description": "Add"}],
    "entities": [{"type": "bold", "offset": 0, "length": 1}],
    "file_id": "kept",
    "from_chat_id": 8,
    "inline_query_id": "typed",
    "language_code": "zh",
    "link_preview_options": {"is_disabled": True},
    "menu_button": {"type": "commands"},
    "message_id": 2,
    "message_ids": [1, 2],
    "parse_mode": "",
    "phone_number": "+1",
    "reaction": [{"type": "emoji", "emoji": "👍"}],
    "reply_markup": {"inline_keyboard": [[BUTTON]]},
    "reply_parameters": {"message_id": 1},
    "results": [ARTICLE],
    "scope": {"type": "chat", "chat_id": 7},
    "user_id": 7,
}
SHAPES: dict[str, object] = {"text": "xy", "int": 1, "bool": True, "file": "attach://file", "array": [], "object": {}}
LEFT_OUT = {"inline_message_id", "message_thread_id", "suggested_post_parameters"}
"""What would make every call one that is refused."""
SPECIAL: dict[str, Json] = {
    "sendMediaGroup": {"media": [{"type": "document", "media": "attach://file"}] * 2},
    "editMessageMedia": {"media": {"type": "document", "media": "attach://file"}},
    "editMessageCaption": {"message_id": 3},
    "getChatAdministrators": {"chat_id": -4000001},
    "leaveChat": {"chat_id": -4000001},
    "unpinChatMessage": {"message_id": 1},
    "getChatMenuButton": {"chat_id": 7},
}


def fitting(method: str) -> Json:
    """A request that the small world fulfils."""
    types = SIGNATURES[method.lower()].types
    fields = {name: FITTING.get(name, SHAPES.get(kind)) for name, kind in types.items() if name not in LEFT_OUT}
    return fields | SPECIAL.get(method, {})


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Json]:
    """A fitting request, some of it left out, up to three values replaced by anything."""
    method = SIGNATURES[draw(st.sampled_from(sorted(METHODS)))].name
    fields = fitting(method)
    names = st.lists(st.sampled_from(sorted(fields) or ["chat_id"]), max_size=3)
    for name in draw(names):
        fields.pop(name, None)
    for name in draw(names):
        fields[name] = draw(values)
    return method, fields


def files() -> dict[str, list[Upload]]:
    return {"file": [Upload("a.gif", "image/gif", b"GIF89a\x08\x00\x08\x00")]}


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"close"}))
def test_a_fitting_request_is_done(method: str) -> None:
    """So the next test begins with something that works, and reaches all of each method."""
    name = SIGNATURES[method].name
    result = METHODS[method](small_world(), read(name, fitting(name), files(), strict=True))
    assert compact(result)


@given(calls())
@relaxed
def test_any_request_is_done_or_refused(call: tuple[str, Json]) -> None:
    method, fields = call
    world = small_world()
    try:
        result = METHODS[method.lower()](world, read(method, fields, files(), strict=True))
    except Refusal as refusal:
        result = refusal.answer()
    assert compact(result)
    assert all(update.body for update in world.updates.pending.values())
    assert world.events.since(0, None)


@given(st.sampled_from(sorted(ACTIONS | OCCASIONS)), st.dictionaries(st.sampled_from(NAMES.split()), values))
@relaxed
def test_any_gesture_is_done_or_impossible(name: str, fields: Json) -> None:
    world = small_world()
    gesture = (ACTIONS | OCCASIONS)[name]
    fields = {key: value for key, value in fields.items() if value is not None}
    given_by_a_page = Given(fields | {"message_id": 2, "kind": "document"}, [Upload("a", "b/c", b"x")])
    try:
        result: object = gesture(world, world.people[7], given_by_a_page)
    except (Impossible, Refusal) as why:
        result = str(why)
    assert compact(result)


@given(values)
@relaxed
def test_any_keyboard_is_kept_or_refused(markup: object) -> None:
    try:
        kept = checked(markup if isinstance(markup, dict) else {"inline_keyboard": markup})
    except Refusal as refusal:
        kept = refusal.answer()
    assert compact(kept)


@given(st.dictionaries(st.sampled_from(["kind", "method", "chat", "code", "times", "skip", "seconds", "seed"]), values))
@relaxed
def test_any_fault_works_or_is_refused(fields: Json) -> None:
    try:
        fault = fault_from(fields | {"kind": fields.get("kind", "error")})
    except ValueError:
        return
    assert fault.concerns("sendMessage", 7) in (True, False)
    assert fault.strikes() in (True, False)
    assert compact(fault.as_json())
