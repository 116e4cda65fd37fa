"""Telegram says no, in each of its ways: nothing is lost, nobody else waits, nothing is said twice without need."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from bot.demo.standin import Fault
from tests.house import Company


def fault(company: Company, **what: Any) -> Fault:
    """Something that goes wrong from now on."""
    added = Fault(**what)
    company.standin.faults.add(added)
    return added


async def test_429_holds_its_chat_and_keeps_its_order_while_others_go_on(company: Company) -> None:
    fault(company, kind="error", method="sendMessage", chat=company.li.id, code=429, retry_after=1, times=1)
    began = time.monotonic()
    for word in ("alpha", "beta", "gamma"):
        await company.li.says(f"find {word}x")
    await company.han.says("find delta")
    await company.han.sees("delta", within=0.9)
    assert time.monotonic() - began < 0.9, "another chat did not wait"
    for word in ("alpha", "beta", "gamma"):
        await company.li.sees(word)
    assert time.monotonic() - began >= 1


async def test_429_in_two_chats_is_the_bots_own_limit_and_holds_all(company: Company) -> None:
    for person in (company.li, company.han):
        fault(company, kind="error", method="sendMessage", chat=person.id, code=429, retry_after=1, times=1)
    began = time.monotonic()
    await company.li.says("find alpha")
    await company.han.says("find beta")
    await asyncio.sleep(0.3)
    await company.zhou.says("find gamma")
    await company.zhou.sees("gamma")
    assert time.monotonic() - began >= 1
    await company.li.sees("alpha")
    await company.han.sees("beta")


async def test_a_member_who_blocks_the_bot_is_parked_and_the_manager_told_once(company: Company) -> None:
    await company.li.says("find before")
    await company.li.sees("before")
    fault(company, kind="error", method="sendMessage", chat=company.li.id, code=403, times=2)
    for word in ("first", "second"):
        await company.li.says(f"find {word}")
        await asyncio.sleep(0.1)
    await company.wang.sees("李雷")
    await company.wang.sees_nothing(for_=0.3)
    await company.li.says("find third")
    for word in ("first", "second", "third"):
        await company.li.sees(word)


async def test_blocked_for_real_and_back_again(company: Company) -> None:
    await company.li.blocks()
    await asyncio.sleep(0.1)
    await company.li.unblocks()
    await company.li.says("find again")
    await company.li.sees("again")


async def test_an_edit_that_changes_nothing_is_as_good_as_done(company: Company) -> None:
    await company.li.says("王总 13800138000 云帆科技")
    await company.li.sees("云帆科技")
    await company.li.taps("保存")
    card = await company.li.sees("已保存")
    fault(
        company, kind="error", method="editMessageText", code=400, times=1,
        description="Bad Request: message is not modified: specified new message content and reply markup are exactly"
        " the same as a current content and reply markup of the message",
    )  # fmt: skip
    await company.li.taps("修改", on=card)
    await company.li.says("find zzz")
    await company.li.sees("zzz")


async def test_a_message_that_can_not_be_edited_is_sent_anew(company: Company) -> None:
    await company.li.says("王总 13800138000 云帆科技")
    await company.li.sees("云帆科技")
    await company.li.taps("保存")
    await company.li.sees("已保存")
    fault(company, kind="error", method="editMessageText", code=400, times=1,
          description="Bad Request: message can't be edited")  # fmt: skip
    await company.li.taps("修改")
    assert "改哪一项" in (await company.li.sees("改哪一项")).text


async def test_an_answer_to_a_button_that_comes_too_late_does_not_matter(company: Company) -> None:
    await company.li.says("王总 13800138000 云帆科技")
    await company.li.sees("云帆科技")
    fault(company, kind="error", method="answerCallbackQuery", code=400, times=1,
          description="Bad Request: query is too old and response timeout expired or query ID is invalid")  # fmt: skip
    await company.li.taps("保存")
    await company.li.sees("已保存")


@pytest.mark.parametrize("kind", ["error", "drop_before"])
async def test_a_fault_of_the_network_is_tried_again(company: Company, kind: str) -> None:
    fault(company, kind=kind, method="sendMessage", code=502, times=2)
    await company.li.says("find alpha")
    await company.li.says("find beta")
    assert "alpha" in (await company.li.sees("alpha")).text
    assert "beta" in (await company.li.sees("beta")).text


async def test_a_send_that_was_cut_off_may_repeat_and_nothing_else_does(company: Company) -> None:
    fault(company, kind="drop_after", method="sendMessage", times=1)
    await company.li.says("find alpha")
    await company.li.says("find beta")
    await company.li.sees("beta")
    texts = [bubble.text for bubble in company.li.phone.bubbles(company.li.id) if bubble.from_bot]
    assert sum("alpha" in text for text in texts) == 2
    assert sum("beta" in text for text in texts) == 1


async def test_getupdates_that_fails_is_asked_again(company: Company) -> None:
    fault(company, kind="error", method="getUpdates", code=409, times=1)
    fault(company, kind="error", method="getUpdates", code=502, times=1)
    await company.li.says("find alpha")
    await company.li.sees("alpha", within=8)


async def test_groups_channels_edits_and_the_unknown_disturb_nothing(company: Company) -> None:
    group = await company.people.group("销售群", company.li, company.han)
    await company.li.says("find group", chat=group)
    said = await company.li.says("find first")
    await company.li.sees("first")
    await company.li.edits(said, "find edited")
    await company.li.sends_voice(b"OggS" + bytes(64))
    await company.li.says("find last")
    await company.li.sees("last")
    assert not any("edited" in bubble.text for bubble in company.li.phone.bubbles(company.li.id) if bubble.from_bot)


async def test_a_forged_button_leads_nowhere(company: Company) -> None:
    await company.li.says("王总 13800138000 云帆科技")
    card = await company.li.sees("云帆科技")
    for data in ("customer:1", "customer:x", "undo:1", "nonsense", "f:zz:ok", "customer:999999999999999999999999"):
        await company.zhou.starts()
        await company.zhou.sees("周强")
        own = company.zhou.last
        await company.zhou.forges(own, data)
        refusal = await company.zhou.sees("。")
        assert "王总" not in refusal.text
    assert card.id


async def test_a_text_beyond_telegrams_limit_is_paged_and_whole(company: Company) -> None:
    await company.li.says("王总 13800138000 云帆科技")
    await company.li.sees("云帆科技")
    await company.li.taps("保存")
    await company.li.sees("已保存")
    for part in range(8):
        await company.li.says(f"记 王总 {part}" + "很长" * 900)
        await company.li.sees("已记下")
    await company.li.taps("记录")
    await company.li.sees("的往来")


async def test_a_chat_that_moved_is_followed(company: Company) -> None:
    """A group that became a supergroup: what waits for it goes to its new id, in order."""
    fault(company, kind="error", method="sendMessage", chat=company.li.id, code=400, times=1,
          migrate_to_chat_id=company.han.id)  # fmt: skip
    await company.li.says("find moved")
    await company.han.sees("moved")
