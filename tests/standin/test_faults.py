"""What goes wrong on request, and Telegram's flood limits for real."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.demo.standin import Fault, People, Person, StandIn
from bot.demo.standin.rates import Rates


async def said(person: Person) -> list[str]:
    """What the bot's messages in the person's chat say."""
    messages = (await person.chat())["messages"]
    return [message["text"] for message in messages if message["from"]["is_bot"]]


async def test_refusals_on_request(standin: StandIn, bot: Bot, li: Person) -> None:
    standin.faults.add(Fault("error", method="sendmessage", code=429, retry_after=7, times=1))
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(li.id, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    standin.faults.add(Fault("error", code=403, chat=li.id, times=1))
    with pytest.raises(Forbidden):
        await bot.send_message(li.id, "x")
    standin.faults.add(Fault("error", code=409, method="getUpdates", times=1))
    with pytest.raises(Conflict):
        await bot.get_updates(timeout=0)
    standin.faults.add(Fault("error", code=400, migrate_to_chat_id=-1001, times=1))
    with pytest.raises(ChatMigrated):
        await bot.send_message(li.id, "x")
    standin.faults.add(Fault("error", code=400, description="Bad Request: message is not modified", times=1))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.send_message(li.id, "x")
    for code in (500, 502, 503):
        standin.faults.add(Fault("error", code=code, times=1))
        with pytest.raises(NetworkError):
            await bot.send_message(li.id, "x")
    assert standin.faults.rules == []
    assert await said(li) == []


async def test_broken_connections_before_and_after_the_work(standin: StandIn, bot: Bot, li: Person) -> None:
    standin.faults.add(Fault("drop_before", method="sendMessage", times=1))
    with pytest.raises(NetworkError):
        await bot.send_message(li.id, "lost")
    standin.faults.add(Fault("drop_after", method="sendMessage", times=1))
    with pytest.raises(NetworkError):
        await bot.send_message(li.id, "delivered")
    assert await said(li) == ["delivered"]


async def test_silence_before_and_after_the_work(standin: StandIn, bot: Bot, li: Person) -> None:
    standin.faults.add(Fault("hang_before", method="sendMessage", seconds=1, times=1))
    with pytest.raises(TimedOut):
        await bot.send_message(li.id, "lost", read_timeout=0.05)
    standin.faults.add(Fault("hang_after", method="sendMessage", seconds=1, times=1))
    with pytest.raises(TimedOut):
        await bot.send_message(li.id, "delivered", read_timeout=0.05)
    assert await said(li) == ["delivered"]


async def test_updates_survive_a_lost_answer(standin: StandIn, bot: Bot, li: Person) -> None:
    await li.says("important")
    standin.faults.add(Fault("drop_after", method="getUpdates", times=1))
    with pytest.raises(NetworkError):
        await bot.get_updates(timeout=0)
    assert len(await bot.get_updates(timeout=0)) == 1


async def test_a_slow_network(standin: StandIn, bot: Bot, li: Person) -> None:
    standin.faults.add(Fault("slow", method="sendMessage", chat=li.id, seconds=0.1))
    standin.faults.add(Fault("slow", seconds=0.1))
    begin = time.monotonic()
    await bot.send_message(li.id, "late")
    assert 0.2 <= time.monotonic() - begin < 1
    standin.faults.clear()
    begin = time.monotonic()
    await bot.send_message(li.id, "early")
    assert time.monotonic() - begin < 0.1


async def test_a_bot_that_gives_up_on_a_slow_network(standin: StandIn, bot: Bot, li: Person) -> None:
    standin.faults.add(Fault("slow", seconds=0.1, times=1))
    with pytest.raises(TimedOut):
        await bot.send_message(li.id, "delivered late", read_timeout=0.02)
    await li.sees("delivered late")
    await bot.send_message(li.id, "all well")


async def test_skipped_and_random_faults(standin: StandIn, bot: Bot, li: Person) -> None:
    standin.faults.add(Fault("error", code=500, skip=1, times=1))
    await bot.send_message(li.id, "passes")
    with pytest.raises(NetworkError):
        await bot.send_message(li.id, "fails")

    async def pattern(seed: int) -> list[bool]:
        standin.faults.add(Fault("error", code=500, probability=0.5, seed=seed))
        out = []
        for _ in range(12):
            try:
                await bot.get_me()
                out.append(True)
            except NetworkError:
                out.append(False)
        standin.faults.clear()
        return out

    first = await pattern(1)
    assert {True, False} == set(first)
    assert await pattern(1) == first


async def test_gone_and_back(standin: StandIn, bot: Bot, li: Person) -> None:
    await li.says("before")
    await standin.unplug()
    with pytest.raises(NetworkError):
        await bot.get_me()
    standin.plug()
    assert len(await bot.get_updates(timeout=0)) == 1


async def test_faults_over_http(standin: StandIn, bot: Bot, people: People, li: Person) -> None:
    added = await people.call("POST", "/control/faults", {"kind": "error", "code": 503})
    with pytest.raises(NetworkError, match="Service Unavailable"):
        await bot.get_me()
    listed = (await people.call("GET", "/control/faults"))["faults"]
    assert [(rule["id"], rule["hits"]) for rule in listed] == [(added["id"], 1)]
    await people.call("DELETE", f"/control/faults/{added['id']}")
    await bot.get_me()
    await people.call("POST", "/control/faults", {"kind": "drop_before"})
    await people.call("DELETE", "/control/faults")
    await bot.get_me()
    for wrong in ({"kind": "earthquake"}, {"code": 500}, {"kind": "error", "colour": "red"}):
        with pytest.raises(Exception, match="fault"):
            await people.call("POST", "/control/faults", wrong)


async def test_the_rest_of_the_control_side(standin: StandIn, bot: Bot, people: People, li: Person) -> None:
    await bot.send_message(li.id, "hi")
    asked = await people.call("GET", "/control/requests?method=sendMessage")
    assert [request["parameters"]["text"] for request in asked["requests"]] == ["hi"]
    await people.call("POST", "/control/requests", {"record": False})
    await people.call("DELETE", "/control/requests")
    await bot.send_message(li.id, "hidden")
    assert (await people.call("GET", "/control/requests"))["requests"] == []
    await people.call("POST", "/control/clock", {"now": "2030-01-07T09:00:00+08:00"})
    message = await bot.send_message(li.id, "Monday")
    assert message.date.isoformat() == "2030-01-07T01:00:00+00:00"
    await people.call("POST", "/control/clock", {"advance": 3600})
    assert (await bot.send_message(li.id, "later")).date.hour == 2
    reset = await people.call("POST", "/control/clock", {"reset": True})
    assert reset["now"] == pytest.approx(time.time(), abs=2)
    state = await people.call("GET", "/control/state")
    assert (state["people"], state["pending_updates"], state["webhook"]) == (1, 0, None)


async def test_flood_limits(standin: StandIn, bot: Bot, people: People, li: Person) -> None:
    mei = await people.person("Mei", started=True)
    await people.call("POST", "/control/limits", {"burst": 2, "per_chat": 1})
    await bot.send_message(li.id, "1")
    await bot.send_message(li.id, "2")
    with pytest.raises(RetryAfter, match=r"Retry in 0:00:01"):
        await bot.send_message(li.id, "3")
    await bot.send_message(mei.id, "others go on")
    await people.call("POST", "/control/limits", {"off": True})
    await bot.send_message(li.id, "3")


async def test_the_flood_limit_of_all_chats(standin: StandIn, bot: Bot, people: People) -> None:
    standin.rates = Rates(overall=3)
    for number in range(3):
        person = await people.person(str(number), started=True)
        await bot.send_message(person.id, "hi")
    another = await people.person("4", started=True)
    with pytest.raises(RetryAfter):
        await bot.send_message(another.id, "hi")
    await asyncio.sleep(0.4)
    await bot.send_message(another.id, "hi")
