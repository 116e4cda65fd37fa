"""The harness of the benchmarks: it measures what it says, and no failing bot passes for a fast one."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import psutil
import pytest
import telegram

from benchmarks.measure import Echo, Load, once
from benchmarks.messages import TOKEN, Message, in_turn, people
from benchmarks.process import BotFailed, running
from benchmarks.server import BotApiServer
from bot.request import AiohttpRequest


def hello(number: int) -> str:
    return f"hello {number}"


async def test_an_echo_bot_is_measured_and_leaves_nothing_behind() -> None:
    outcome = await once(Echo(), Load(60, 7, hello, lambda text: text.startswith("hello "), warm_up=10, limit=30))
    assert 1 < outcome.per_second < 100_000
    assert 0 < outcome.cpu < 1
    assert psutil.Process().children() == []


async def test_wrong_answers_are_no_answers() -> None:
    with pytest.raises(BotFailed, match="answered wrongly, as 'hello "):
        await once(Echo(), Load(20, 7, hello, lambda text: text == "goodbye", warm_up=5, limit=30))


async def test_answers_that_do_not_come_are_counted() -> None:
    # The echo bot offers no buttons, so there is nothing to tap.
    load = Load(20, 7, hello, bool, taps=lambda _: True, warm_up=0, limit=8)
    with pytest.raises(BotFailed, match="left 20 of 40 updates"):
        await once(Echo(), load)


class Doomed:
    """A bot that says why, and ends."""

    name = "doomed"

    @asynccontextmanager
    async def at(self, server: BotApiServer, who: Sequence[int]) -> AsyncIterator[psutil.Process]:
        async with running([sys.executable, "-c", "import sys; sys.exit('no luck today')"]) as child:
            yield child


async def test_a_bot_that_ends_is_not_waited_for() -> None:
    began = time.monotonic()
    with pytest.raises(BotFailed, match="ended with 1\nno luck today"):
        await once(Doomed(), Load(20, 7, hello, bool, limit=60))
    assert time.monotonic() - began < 20


async def test_a_bot_that_will_not_stop_is_killed_with_what_it_started() -> None:
    stubborn = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"
    )
    async with running([sys.executable, "-c", stubborn], patience=0.2) as child:
        while not child.children():
            time.sleep(0.02)  # noqa: ASYNC251 - nothing else runs
        family = [child, *child.children()]
    assert not any(lives(one) for one in family)


def lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_the_server_hands_out_what_is_not_confirmed_and_a_hundred_at_most() -> None:
    async with BotApiServer() as server, AiohttpRequest() as request:
        bot = telegram.Bot(TOKEN, server.base_url, request=request, get_updates_request=request)
        assert await bot.get_updates() == ()
        run = server.hand_out(in_turn(people(3), hello, 150))
        first = await bot.get_updates()
        assert [update.update_id for update in first] == list(range(1, 101))
        assert await bot.get_updates() == first, "asked again, and nothing confirmed"
        rest = await bot.get_updates(offset=101)
        assert [update.update_id for update in rest] == list(range(101, 151))
        for update in (*first, *rest):
            assert update.message is not None
            await update.message.reply_text("so be it")
        assert run.finished.done()
        assert run.ended > run.began > 0


async def test_people_tap_the_button_they_are_shown() -> None:
    async with BotApiServer(latency=0.01) as server, AiohttpRequest() as request:
        bot = telegram.Bot(TOKEN, server.base_url, request=request, get_updates_request=request)
        run = server.hand_out([Message(7, "赵伟 13700000000")], taps=lambda data: data == "save")
        (written,) = await bot.get_updates()
        assert written.message is not None
        keyboard = telegram.InlineKeyboardMarkup.from_row(
            [
                telegram.InlineKeyboardButton("Save", callback_data="save"),
                telegram.InlineKeyboardButton("Cancel", callback_data="cancel"),
            ]
        )
        await written.message.reply_text("right?", reply_markup=keyboard)
        assert not run.finished.done(), "the tap is still to be answered"
        (tapped,) = await bot.get_updates(offset=written.update_id + 1, timeout=5)
        assert tapped.callback_query is not None
        assert tapped.callback_query.data == "save"
        await tapped.callback_query.edit_message_text("saved")
        assert run.finished.done()
        assert run.said == {7: "saved"}
