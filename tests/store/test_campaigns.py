"""Campaigns: whose they are, where their links lead, what they brought; and answers that nobody can be told from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock
from store import attachments, campaign_results, campaigns, customers, feedback, journal, public_links, staff
from store.access import Actor
from store.attachments import NewFile
from store.campaign_results import Results, What
from store.db import Book, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.rules import periods
from store.rules.models import Campaign, CustomerWords, FileKind, Role
from store.rules.scores import Rate, Scale
from tests.house import settle

T = TypeVar("T")


class House:
    """A settled book; 张三 is 李雷's customer, 周八 is 周强's in the other team."""

    def __init__(self, book: Book, ids: dict[str, int]) -> None:
        self.book = book
        self.ids = ids
        self.guests: dict[str, Actor] = {}

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def has(self, who: str, name: str) -> None:
        """A member's customer, who is a guest."""
        made = await self.does(who, lambda tx, actor: customers.add(tx, actor, CustomerWords(name=name)))
        self.guests[name] = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=made.id)

    async def asks(self, scale: Scale = Scale.STARS, *, by: str = "wang", anonymous: bool = False) -> Campaign:
        def make(tx: Tx, actor: Actor) -> Campaign:
            return campaigns.add(tx, actor, "门店收银台", scale, anonymous=anonymous, team_id=actor.team_id)

        return await self.does(by, make)

    async def answers(self, campaign: Campaign, *scores: int, by: str | None = None) -> None:
        """A customer's scores, or those of a new stranger each."""
        for place, score in enumerate(scores):
            if by is None:
                person = 10_000 * campaign.id + 100 * place + score
                await self.book.write(
                    partial(feedback.rate_unnamed, campaign=campaign, score=score, telegram_id=person)
                )
            else:
                await self.book.write(partial(feedback.rate, actor=self.guests[by], score=score, campaign=campaign))

    async def finds(self, who: str, campaign: Campaign) -> Results:
        return await self.does(who, lambda tx, actor: campaign_results.results(tx, actor, campaign))


@pytest.fixture
async def house(book: Book) -> House:
    house = House(book, await book.write(lambda tx: settle(tx, "zh")))
    await house.has("li", "张三")
    await house.has("zhou", "周八")
    return house


async def test_a_link_is_the_same_until_it_is_exchanged_and_the_old_one_is_then_as_good_as_invented(
    house: House,
) -> None:
    campaign = await house.asks()

    async def led(token: str) -> int | str:
        try:
            return (await house.book.read(lambda tx: campaigns.behind(tx, token))).id
        except KehuError as error:
            return error.key

    old = await house.does("wang", lambda tx, actor: campaigns.token(tx, actor, campaign.id))
    assert await house.does("boss", lambda tx, actor: campaigns.token(tx, actor, campaign.id)) == old
    assert re.fullmatch(r"[\w-]{22}", old)
    assert await led(old) == campaign.id
    new = await house.does("wang", lambda tx, actor: campaigns.rotate(tx, actor, campaign.id))
    assert [await led(token) for token in (old, new, "A" * 22, "")] == [
        "link_invalid", campaign.id, "link_invalid", "link_invalid",
    ]  # fmt: skip
    await house.does("wang", lambda tx, actor: campaigns.end(tx, actor, campaign.id))
    assert await led(new) == "link_invalid"
    with pytest.raises(KehuError, match="no_longer"):
        await house.does("wang", lambda tx, actor: campaigns.token(tx, actor, campaign.id))


async def test_a_token_leads_only_to_the_kind_of_thing_that_it_was_made_for(house: House) -> None:
    token = await house.does("boss", lambda tx, actor: public_links.token(tx, actor, "other", 1))
    assert await house.book.read(lambda tx: public_links.record_behind(tx, "other", token)) == 1
    with pytest.raises(KehuError, match="link_invalid"):
        await house.book.read(lambda tx: campaigns.behind(tx, token))


async def test_an_exchange_and_an_end_are_taken_back(house: House) -> None:
    campaign = await house.asks()
    old = await house.does("wang", lambda tx, actor: campaigns.token(tx, actor, campaign.id))
    for verb in (campaigns.rotate, campaigns.end):

        def changes(tx: Tx, actor: Actor, verb: Callable[[Tx, Actor, int], object] = verb) -> int:
            verb(tx, actor, campaign.id)
            assert tx.change is not None
            return tx.change

        change = await house.does("wang", changes)
        with pytest.raises(NotAllowed):
            await house.does("qian", partial(journal.undo, change_id=change))
        await house.does("wang", partial(journal.undo, change_id=change))
        assert (await house.book.read(lambda tx: campaigns.behind(tx, old))).id == campaign.id


async def test_what_is_found_is_counted_by_its_scale(house: House) -> None:
    stars, net = await house.asks(), await house.asks(Scale.NPS)
    assert await house.finds("wang", stars) == Results(0, None, None, 0, 0)
    await house.answers(stars, 5, 5, 4, 3, 2)
    await house.answers(net, 10, 9, 9, 8, 6, 0)
    assert await house.finds("wang", stars) == Results(5, 3.8, Rate(60, 23, 88), 1, 0)
    assert await house.finds("wang", net) == Results(6, 7.0, Rate(17, -44, 66), 2, 0)


async def test_everybody_counts_what_they_can_open(house: House) -> None:
    """The answers of customers are their owners' and teams', those of nobody the campaign's team's."""
    campaign = await house.asks(by="wang")
    await house.answers(campaign, 5, 1)
    await house.answers(campaign, 4, by="张三")
    await house.answers(campaign, 2, by="周八")
    seen = {"boss": 4, "wang": 3, "su": 3, "li": 1, "qian": 1, "zhou": 1, "han": 0}
    for who, answers in seen.items():
        assert (await house.finds(who, campaign)).answers == answers, who
        rows = await house.does(who, lambda tx, actor: campaign_results.rows(tx, actor, campaign, What.ALL))
        assert len(rows) == answers, who
        known = await house.does(who, campaigns.page)
        assert [one.id for one in known] == ([campaign.id] if answers else []), who
    for who in ("qian", "zhou"):  # read in part, run by others
        with pytest.raises(NotAllowed):
            await house.does(who, lambda tx, actor: campaigns.end(tx, actor, campaign.id))


async def test_this_month_and_the_last(house: House, clock: Clock) -> None:
    campaign = await house.asks()
    await house.answers(campaign, 1, 2)
    clock.set(clock() + timedelta(days=15))
    await house.answers(campaign, 5)
    zone = ZoneInfo("Asia/Shanghai")
    this = periods.month(clock().astimezone(zone).date(), clock(), zone)

    def found(tx: Tx, actor: Actor) -> list[int]:
        spans = (this.span, periods.month(this.first - timedelta(days=1), clock(), zone).span, None)
        return [campaign_results.results(tx, actor, campaign, span).answers for span in spans]

    assert await house.does("wang", found) == [1, 2, 3]


async def test_an_anonymous_campaign_takes_no_name_and_a_flood_of_answers_is_held_back(
    house: House, clock: Clock
) -> None:
    campaign = await house.asks(anonymous=True)
    with pytest.raises(NotAllowed):
        await house.answers(campaign, 5, by="张三")

    async def rates(score: int) -> int:
        return await house.book.write(lambda tx: feedback.rate_unnamed(tx, campaign, score, 31337))

    for wrong in (0, 6, -1):
        with pytest.raises(Invalid):
            await rates(wrong)
    for _ in range(feedback.UNNAMED_A_DAY):
        given = await rates(1)
    with pytest.raises(Busy):
        await rates(1)
    await house.book.write(lambda tx: feedback.add_unnamed(tx, given, " 等太久 "))
    clock.set(clock() + timedelta(days=1))
    await rates(3)
    assert await house.finds("wang", campaign) == Results(4, 1.5, Rate(0, 0, 49), 3, 1)
    (worded,) = await house.does("su", lambda tx, a: campaign_results.rows(tx, a, campaign, What.WORDS))
    assert (worded.customer_id, worded.text, worded.low) == (None, "等太久", True)


async def test_what_destroys_the_key_of_an_answer_destroys_its_photos(house: House) -> None:
    campaign = await house.asks(anonymous=True)
    photos = [NewFile(FileKind.PHOTO, f"tg-handle-{number}", size=900) for number in range(2)]

    def photographed(tx: Tx) -> int:
        given = feedback.rate_unnamed(tx, campaign, 2, 31337)
        assert feedback.add_unnamed(tx, given, "", photos) == len(photos)
        return given

    given = await house.book.write(photographed)
    kept, waiting = (await house.does("su", lambda tx, a: attachments.of(tx, a, "feedback", [given])))[given]
    await house.book.write(lambda tx: attachments.keep_part(tx, kept.id, 0, b"a face"))
    await house.book.write(lambda tx: attachments.keep(tx, kept.id, 6))
    assert await house.does("su", lambda tx, a: attachments.content(tx, a, kept.id)) == b"a face"
    key = "DELETE FROM seal_key WHERE id = (SELECT key_id FROM feedback_unnamed WHERE id = :id)"
    await house.book.write(lambda tx: tx.run(key, id=given))
    assert await house.does("boss", lambda tx, a: attachments.of(tx, a, "feedback", [given])) == {}
    with pytest.raises(NotAllowed):
        await house.does("boss", lambda tx, a: attachments.content(tx, a, kept.id))
    assert await house.book.read(lambda tx: attachments.due(tx, limit=5)) == []
    assert not await house.book.write(lambda tx: attachments.keep_part(tx, waiting.id, 0, b"a face"))


async def test_who_sends_much_without_a_name_holds_nobody_else_back(house: House) -> None:
    """Of who is nobody only what hangs on one answer is known to be theirs, and that is never too much."""
    campaign = await house.asks(anonymous=True)
    videos = [NewFile(FileKind.VIDEO, "tg-handle", size=attachments.SIZE_MAX)] * attachments.MOST

    def films(tx: Tx, person: int) -> int:
        return feedback.add_unnamed(tx, feedback.rate_unnamed(tx, campaign, 5, person), "", videos)

    for person in range(attachments.BYTES_A_DAY // (attachments.MOST * attachments.SIZE_MAX) + 1):
        assert await house.book.write(partial(films, person=person)) == attachments.MOST
    song = NewFile(FileKind.AUDIO, "tg-handle", size=900)
    for refused, why in ((song, "invalid_unnamed_file"), (replace(videos[0], size=2**30), "invalid_file_size")):
        with pytest.raises(Invalid, match=why):
            await house.book.write(partial(feedback.add_unnamed, feedback_id=1, text="", files=[refused]))


async def test_nobodys_feedback_is_answered_to_nobody_and_becomes_no_case(house: House) -> None:
    campaign = await house.asks()
    await house.answers(campaign, 1)
    (given,) = await house.does("su", lambda tx, actor: campaign_results.rows(tx, actor, campaign, What.ALL))
    with pytest.raises(KehuError, match="unanswerable"):
        await house.does("su", lambda tx, actor: feedback.answer(tx, actor, given.id, "谢谢"))


async def test_managers_are_told_of_the_first_low_score_of_a_campaigns_day(house: House, clock: Clock) -> None:
    campaign = await house.asks()

    async def told(score: int, person: int) -> list[int]:
        def rates(tx: Tx) -> list[int]:
            return feedback.audience(tx, feedback.rate_unnamed(tx, campaign, score, person))

        return await house.book.write(rates)

    assert [await told(score, 50 + place) for place, score in enumerate((5, 2, 1))] == [[], [house.ids["wang"]], []]
    clock.set(clock() + timedelta(days=1))
    assert await told(1, 50) == [house.ids["wang"]]
