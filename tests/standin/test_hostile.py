"""Whatever is sent, the stand-in answers: it refuses in words and never breaks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from bot.demo.standin.actions import ACTIONS, Given, Impossible
from bot.demo.standin.clock import Clock
from bot.demo.standin.faults import fault_from
from bot.demo.standin.keyboards import checked
from bot.demo.standin.messages import post
from bot.demo.standin.methods import METHODS
from bot.demo.standin.occasions import OCCASIONS
from bot.demo.standin.refusals import Json, Refusal
from bot.demo.standin.signatures import SIGNATURES, read
from bot.demo.standin.wire import Upload, compact
from bot.demo.standin.world import Settings, World

NAMES = """
inline_keyboard keyboard remove_keyboard force_reply text callback_data url copy_text request_contact style type media
caption parse_mode caption_entities entities offset length user id message_id chat_id allow_sending_without_reply
input_message_content message_text phone_number first_name title reply_markup command description emoji language
photo_file_id performer input_field_placeholder user_id is_bot
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
    """Two people, a message from each side, a group, a pressed button."""
    world = World(Settings("12345:x", "my_bot", "Bot"), Clock())
    for number in (7, 8):
        person = world.add_person({"first_name": "P", "id": number, "started": True, "phone": "1"})
        post(world, world.chats[number], person, {"text": "hello"})
        markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
        post(world, world.chats[number], world.bot, {"text": "hi"}, markup=markup)
    group = world.add_group("G", {7: "creator", world.bot.id: "member"})
    post(world, group, world.people[7], {"text": "/x"})
    return world


def likely(kind: str) -> st.SearchStrategy[object]:
    """Values that often get through to the method itself."""
    fitting: dict[str, st.SearchStrategy[object]] = {
        "chat": st.sampled_from([7, 8, -4000001, "7", "@x"]),
        "int": st.integers(-1, 4) | st.just(7),
        "bool": st.booleans(),
        "text": st.text(max_size=8) | st.sampled_from(WORDS.split()),
        "array": st.lists(values, max_size=4),
        "object": st.dictionaries(st.sampled_from(NAMES.split()), values, max_size=5),
        "file": st.sampled_from(["attach://file", "x", ""]),
    }
    return fitting[kind] | values


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Json]:
    signature = SIGNATURES[draw(st.sampled_from(sorted(METHODS)))]
    fields: Json = {}
    for name, kind in signature.types.items():
        if name in ("chat_id", "message_id", *signature.required) or draw(st.integers(0, 3)) == 0:
            fields[name] = draw(likely(kind))
    return signature.name, fields


@given(calls())
@relaxed
def test_any_request_is_done_or_refused(call: tuple[str, Json]) -> None:
    method, fields = call
    world = small_world()
    files = {"file": [Upload("a.txt", "text/plain", b"x")]}
    try:
        result = METHODS[method.lower()](world, read(method, fields, files, strict=True))
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


def is_done(call: tuple[str, Json]) -> bool:
    try:
        return bool(METHODS[call[0].lower()](small_world(), read(*call, {}, strict=True)))
    except Refusal:
        return False


@pytest.mark.parametrize("area", ["send", "edit", "delete", "set"])
def test_the_fuzz_reaches_every_area(area: str) -> None:
    """It would prove nothing if all were refused at the door."""
    enough = settings(deadline=None, max_examples=5_000, suppress_health_check=list(HealthCheck))
    found = find(calls(), lambda call: call[0].startswith(area) and is_done(call), settings=enough)
    assert found[0].startswith(area)
