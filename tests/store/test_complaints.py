"""Cases as the people around them live them: who may open, see and move one, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from store import access, case_news, case_queue, complaints, customers, guests, journal, kinds, proofs, staff
from store.access import Action, Actor
from store.case_life import MOVES, Step
from store.case_queue import Queue
from store.db import Book, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.rules.models import CaseStatus, CaseVoice, Complaint, Customer, CustomerWords, Phone, Role, Severity
from tests.house import settle

T = TypeVar("T")
PHONE = Phone(e164="+8613800138000")


class House:
    """A settled book and its people; `guest` is the customer 张三, who came through a link."""

    def __init__(self, book: Book, ids: dict[str, int]) -> None:
        self.book = book
        self.ids = ids
        self.customer: Customer
        self.guest: Actor

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        """Lets somebody do something, in a transaction of its own."""
        if who == "guest":
            return await self.book.write(lambda tx: work(tx, self.guest))
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def refuses(self, who: str, work: Callable[[Tx, Actor], object]) -> None:
        """Somebody may not."""
        with pytest.raises(NotAllowed):
            await self.does(who, work)

    async def opens(self, who: str = "li", text: str = "发货少了两箱") -> Complaint:
        return await self.does(who, lambda tx, actor: complaints.add(tx, actor, self.customer.id, text))

    async def steps(self, case: Complaint, *steps: tuple[str, Step]) -> Complaint:
        for who, step in steps:
            case = await self.does(who, making(step, case.id))
        return case


def making(step: Step, case_id: int) -> Callable[[Tx, Actor], Complaint]:
    """A step of a case, to be made by somebody."""
    return lambda tx, actor: DO[step](tx, actor, case_id)


def giving(case: Complaint, staff_id: int) -> Callable[[Tx, Actor], Complaint]:
    """A case, to be given to a member by somebody."""
    return lambda tx, actor: complaints.assign(tx, actor, case.id, staff_id)


def adding(customer: Customer, text: str, severity: Severity) -> Callable[[Tx, Actor], Complaint]:
    """A case, to be opened by somebody."""
    return lambda tx, actor: complaints.add(tx, actor, customer.id, text, severity)


def _repeats(tx: Tx, actor: Actor, case_id: int) -> Complaint:
    """A case turns out to repeat another of the same customer."""
    case = complaints.get(tx, actor, case_id)
    into = complaints.add(tx, actor, case.customer_id, "还是那件事")
    complaints.merge(tx, actor, case.id, into.id)
    return complaints.get(tx, actor, case.id)


DO: dict[Step, Callable[[Tx, Actor, int], Complaint]] = {
    Step.TAKE: complaints.take,
    Step.ASK: lambda tx, actor, case_id: complaints.ask(tx, actor, case_id, "订单号是多少？"),
    Step.TELL: lambda tx, actor, case_id: complaints.tell(tx, actor, case_id, "已经在查了。"),
    Step.HEAR: lambda tx, actor, case_id: complaints.hear(tx, actor, case_id, "A123"),
    Step.RESOLVE: lambda tx, actor, case_id: complaints.resolve(tx, actor, case_id, "补发两箱"),
    Step.CLOSE: complaints.close,
    Step.REOPEN: complaints.reopen,
    Step.MERGE: _repeats,
}
#: How a fresh case gets into each status.
WAYS: dict[CaseStatus, tuple[tuple[str, Step], ...]] = {
    CaseStatus.OPEN: (),
    CaseStatus.IN_PROGRESS: (("su", Step.TAKE),),
    CaseStatus.WAITING: (("su", Step.ASK),),
    CaseStatus.RESOLVED: (("su", Step.RESOLVE),),
    CaseStatus.CLOSED: (("su", Step.RESOLVE), ("su", Step.CLOSE)),
    CaseStatus.REOPENED: (("su", Step.RESOLVE), ("guest", Step.REOPEN)),
}


@pytest.fixture
async def house(book: Book) -> House:
    house = House(book, await book.write(lambda tx: settle(tx, "zh")))
    words = CustomerWords(name="张三", company="云帆科技", phones=(PHONE,))
    house.customer = await house.does("li", lambda tx, actor: customers.add(tx, actor, words))
    token = await house.does("li", lambda tx, actor: guests.link(tx, actor, house.customer.id))
    guest = await book.write(lambda tx: guests.consent(tx, token, telegram_id=900, chat_id=900, language="zh"))
    await house.does("li", lambda tx, actor: proofs.by_member(tx, actor, guest.guest_id))
    house.guest = replace(guest, visitor=False)
    return house


# The life of a case --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", CaseStatus)
@pytest.mark.parametrize("step", Step)
async def test_every_step_from_every_status_is_legal_or_refused(house: House, step: Step, status: CaseStatus) -> None:
    case = await house.steps(await house.opens(), *WAYS[status])
    assert case.status is status
    who = "guest" if step is Step.HEAR else "wang"
    if status in MOVES[step]:
        moved = await house.steps(case, (who, step))
        assert moved.status is MOVES[step][status]
    else:
        with pytest.raises(KehuError) as refused:
            await house.steps(case, (who, step))
        assert refused.value.key == "no_longer"
        after = await house.does("wang", lambda tx, actor: complaints.get(tx, actor, case.id))
        assert after.version == case.version


WALKED = sorted(set(Step) - {Step.MERGE})  # two cases in one walk: tests/store/test_case_machine.py
STEPS = st.tuples(st.sampled_from(["su", "wang", "guest"]), st.sampled_from(WALKED), st.integers(0, 3_000_000))
MAY = {"guest": {Step.HEAR, Step.CLOSE, Step.REOPEN}, "su": set(Step) - {Step.HEAR}, "wang": set(Step) - {Step.HEAR}}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=20))
async def test_whatever_people_do_the_journal_tells_the_same_story(
    house: House, clock: Clock, steps: list[tuple[str, Step, int]]
) -> None:
    """Any walk through a case: what is illegal changes nothing, times stay in order, and the journal replays to it."""
    house.customer = await house.does("li", lambda tx, actor: customers.add(tx, actor, CustomerWords(name="李四")))
    house.guest = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=house.customer.id)
    case = await house.opens()
    status = CaseStatus.OPEN
    for who, step, later in steps:
        clock.set(clock() + timedelta(seconds=later))
        legal = step in MAY[who] and status in MOVES[step]
        try:
            await house.steps(case, (who, step))
        except KehuError:
            assert not legal
        else:
            assert legal
            status = MOVES[step][status]
    told, replayed = await house.does("boss", lambda tx, actor: (_state(tx, actor, case.id), _replay(tx, actor, case)))
    assert told == replayed
    assert told["status"] == status
    assert (told["resolved_at"] is not None) == (status in (CaseStatus.RESOLVED, CaseStatus.CLOSED))
    assert (told["closed_at"] is not None) == (status is CaseStatus.CLOSED)
    clocks = ("opened_at", "answered_at", "resolved_at", "closed_at")
    times = [int(str(told[name])) for name in clocks if told[name] is not None]
    assert times == sorted(times)
    assert (told["answered_at"] is None) == (told["answer_ms"] is None)
    assert told["assignee_id"] is not None or told["answered_at"] is None
    assert await house.does("boss", lambda tx, _: journal.verify(tx)[1]) is None


def _state(tx: Tx, actor: Actor, case_id: int) -> dict[str, object]:
    return journal.state(kinds.COMPLAINT, access.row(tx, actor, Action.SEE_CASE, "complaint", case_id)[0])


def _replay(tx: Tx, actor: Actor, case: Complaint) -> dict[str, object]:
    """What the entries of this customer's one case come to."""
    state: dict[str, object] = dict.fromkeys((*kinds.COMPLAINT.clear, *kinds.COMPLAINT.sealed))
    for one in reversed(journal.history(tx, actor, case.customer_id, limit=1_000)):
        if one.record == "complaint":
            state |= one.after
    return state


async def test_taking_it_back_is_as_legal_as_the_step_was(house: House) -> None:
    case = await house.opens()

    def take_and_undo(tx: Tx, actor: Actor) -> Complaint:
        complaints.take(tx, actor, case.id)
        change, tx.change = tx.change, None
        assert change is not None
        journal.undo(tx, actor, change)
        return complaints.get(tx, actor, case.id)

    undone = await house.does("su", take_and_undo)
    assert (undone.status, undone.assignee_id) == (CaseStatus.OPEN, None)


# Who may -------------------------------------------------------------------------------------------------------------


async def test_only_who_has_the_customer_opens_a_case(house: House) -> None:
    for who in ("li", "su", "wang", "boss"):
        assert (await house.opens(who)).status is CaseStatus.OPEN
    for who in ("han", "qian", "zhou"):
        await house.refuses(who, lambda tx, actor: complaints.add(tx, actor, house.customer.id, "不是我的"))
        assert not await house.does(who, lambda tx, actor: complaints.may_add(tx, actor, house.customer.id))


async def test_a_case_is_seen_by_its_people_alone(house: House) -> None:
    case = await house.opens("guest")
    for who in ("li", "su", "wang", "boss", "guest"):
        assert (await house.does(who, lambda tx, actor: complaints.get(tx, actor, case.id))).text == "发货少了两箱"
    for who in ("han", "qian", "zhou"):
        await house.refuses(who, lambda tx, actor: complaints.get(tx, actor, case.id))
        await house.refuses(who, lambda tx, actor: complaints.messages(tx, actor, case.id))
        assert await house.does(who, lambda tx, actor: case_queue.page(tx, actor, Queue.ALL)) == []
        assert await house.does(who, lambda tx, actor: complaints.of_customer(tx, actor, case.customer_id)) == []


@pytest.mark.parametrize("step", [Step.TAKE, Step.ASK, Step.RESOLVE])
async def test_a_salesperson_watches_and_support_handles(house: House, step: Step) -> None:
    case = await house.opens()
    await house.refuses("li", lambda tx, actor: DO[step](tx, actor, case.id))
    assert (await house.steps(case, ("su", step))).assignee_id == house.ids["su"]


async def test_a_manager_assigns_within_the_team_and_nobody_else_does(house: House) -> None:
    case, ids = await house.opens(), house.ids
    for who, whom in (("su", "su"), ("li", "su"), ("qian", "su"), ("wang", "qian"), ("wang", "li"), ("boss", "zhou")):
        await house.refuses(who, giving(case, ids[whom]))
    given = await house.does("wang", lambda tx, actor: complaints.assign(tx, actor, case.id, ids["su"]))
    assert (given.assignee_id, given.status) == (ids["su"], CaseStatus.IN_PROGRESS)
    assert await house.does("wang", lambda tx, _: case_news.candidates(tx, case.id)) == [ids["su"], ids["wang"]]


async def test_support_sees_the_contact_details_only_while_the_case_is_theirs(house: House) -> None:
    def phone(tx: Tx, actor: Actor) -> str:
        return customers.get(tx, actor, house.customer.id).phones[0].e164

    case = await house.opens()
    masked = await house.does("su", phone)
    await house.steps(case, ("su", Step.TAKE))
    clear = await house.does("su", phone)
    await house.steps(case, ("su", Step.RESOLVE))
    assert (masked, clear, await house.does("su", phone)) == ("+86 138****00", "+8613800138000", masked)


async def test_another_customer_reaches_none_of_it(house: House) -> None:
    case = await house.opens("guest")
    other = await house.does("li", lambda tx, actor: customers.add(tx, actor, CustomerWords(name="李四")))
    stranger = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=other.id, guest_id=99)
    await house.steps(case, ("su", Step.RESOLVE))
    reaches: list[Callable[[Tx], object]] = [
        lambda tx: complaints.get(tx, stranger, case.id),
        lambda tx: complaints.hear(tx, stranger, case.id, "x"),
        lambda tx: complaints.close(tx, stranger, case.id),
        lambda tx: complaints.reopen(tx, stranger, case.id),
        lambda tx: complaints.messages(tx, stranger, case.id),
        lambda tx: complaints.take(tx, stranger, case.id),
        lambda tx: complaints.resolve(tx, stranger, case.id, "x"),
        lambda tx: complaints.add(tx, stranger, case.customer_id, "x"),
    ]
    for reach in reaches:
        with pytest.raises(NotAllowed):
            await house.book.write(reach)
    assert await house.book.write(lambda tx: complaints.of_customer(tx, stranger, case.customer_id)) == []


async def test_the_customer_reads_nothing_of_the_staffs_side(house: House) -> None:
    case = await house.opens("li", "客户又来闹")
    await house.does("su", lambda tx, actor: complaints.note(tx, actor, case.id, "小心这位客户"))
    await house.steps(case, ("su", Step.ASK))
    seen = await house.does("guest", lambda tx, actor: complaints.get(tx, actor, case.id))
    assert (seen.text, seen.author_id, seen.assignee_id, seen.team_id) == ("", None, None, None)
    said = await house.does("guest", lambda tx, actor: complaints.messages(tx, actor, case.id))
    assert [(one.kind, one.text, one.author_id) for one in said] == [(CaseVoice.STAFF, "订单号是多少？", None)]


async def test_only_its_author_and_those_who_handle_it_change_the_severity(house: House) -> None:
    case = await house.opens("wang")
    await house.refuses("li", lambda tx, actor: complaints.set_severity(tx, actor, case.id, Severity.URGENT))
    mine = await house.opens("li")
    urgent = await house.does("li", lambda tx, actor: complaints.set_severity(tx, actor, mine.id, Severity.URGENT))
    assert urgent.severity is Severity.URGENT
    await house.steps(mine, ("su", Step.RESOLVE))
    with pytest.raises(KehuError, match="no_longer"):
        await house.does("su", lambda tx, actor: complaints.set_severity(tx, actor, mine.id, Severity.LOW))


async def test_a_case_that_was_taken_back_is_gone_for_everybody(house: House) -> None:
    def log_and_undo(tx: Tx, actor: Actor) -> int:
        case = complaints.add(tx, actor, house.customer.id, "记错了")
        change, tx.change = tx.change, None
        assert change is not None
        journal.undo(tx, actor, change)
        return case.id

    case_id = await house.does("li", log_and_undo)
    for who in ("li", "su", "boss", "guest"):
        await house.refuses(who, lambda tx, actor: complaints.get(tx, actor, case_id))
        assert await house.does(who, lambda tx, actor: complaints.of_customer(tx, actor, house.customer.id)) == []


# Lists, limits, and who is told --------------------------------------------------------------------------------------


async def test_the_queues_hold_what_is_unresolved_the_worst_first(house: House, clock: Clock) -> None:
    texts = {Severity.LOW: "慢", Severity.URGENT: "漏电", Severity.NORMAL: "少了"}
    cases = {s: await house.does("li", adding(house.customer, text, s)) for s, text in texts.items()}
    await house.steps(cases[Severity.LOW], ("su", Step.TAKE))
    done = await house.steps(await house.opens(), ("wang", Step.RESOLVE))

    def queues(tx: Tx, actor: Actor) -> dict[Queue, list[int]]:
        found = {queue: [case.id for case in case_queue.page(tx, actor, queue)] for queue in Queue}
        assert {queue: case_queue.count(tx, actor, queue) for queue in Queue} == {
            q: len(ids) for q, ids in found.items()
        }
        return found

    urgent, normal, low = cases[Severity.URGENT].id, cases[Severity.NORMAL].id, cases[Severity.LOW].id
    assert await house.does("su", queues) == {
        Queue.MINE: [low], Queue.TEAM: [urgent, normal, low], Queue.FREE: [urgent, normal],
        Queue.DUE: [], Queue.ALL: [urgent, normal, low],
        Queue.DONE: [done.id],
    }  # fmt: skip
    clock.set(clock() + timedelta(hours=1))
    assert (await house.does("su", queues))[Queue.DUE] == [urgent]


async def test_a_flood_from_one_customer_is_held_back_until_the_next_day(house: House, clock: Clock) -> None:
    case, *_ = [await house.opens("guest") for _ in range(complaints.CASES_A_DAY)]
    with pytest.raises(Busy):
        await house.opens("guest")
    for _ in range(complaints.MESSAGES_A_DAY):
        await house.does("guest", lambda tx, actor: complaints.hear(tx, actor, case.id, "在吗"))
    with pytest.raises(Busy):
        await house.does("guest", lambda tx, actor: complaints.hear(tx, actor, case.id, "在吗"))
    await house.opens("li")
    clock.set(clock() + timedelta(days=1, seconds=1))
    await house.opens("guest")
    await house.does("guest", lambda tx, actor: complaints.hear(tx, actor, case.id, "在吗"))


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_nothing_is_no_complaint(house: House, text: str) -> None:
    case = await house.opens()
    for who, work in (
        ("li", lambda tx, actor: complaints.add(tx, actor, house.customer.id, text)),
        ("su", lambda tx, actor: complaints.ask(tx, actor, case.id, text)),
        ("su", lambda tx, actor: complaints.note(tx, actor, case.id, text)),
        ("guest", lambda tx, actor: complaints.hear(tx, actor, case.id, text)),
    ):
        with pytest.raises(Invalid):
            await house.does(who, work)


async def test_a_case_concerns_its_support_its_managers_and_the_customers_owner(house: House) -> None:
    ids = house.ids
    case = await house.opens("guest")
    assert await house.does("su", lambda tx, _: case_news.audience(tx, case.id)) == [ids["su"], ids["wang"], ids["li"]]
    await house.steps(case, ("su", Step.TAKE))
    assert await house.does("su", lambda tx, _: case_news.listeners(tx, case.id)) == [ids["su"]]
    assert await house.does("su", lambda tx, _: case_news.escalation(tx, case.id)) == [ids["su"], ids["wang"]]
    await house.does("wang", lambda tx, actor: staff.set_active(tx, actor, ids["su"], False))
    assert await house.does("wang", lambda tx, _: case_news.listeners(tx, case.id)) == [ids["wang"], ids["li"]]


async def test_what_the_customer_was_shown_is_remembered_until_the_case_changes(house: House) -> None:
    case = await house.opens()

    def drain(tx: Tx, _: Actor) -> list[tuple[CaseStatus | None, CaseStatus | None]]:
        changed = case_news.untold(tx)
        for one in changed:
            case_news.told(tx, one.case_id)
        return [(one.then, one.now) for one in changed]

    assert await house.does("su", drain) == [(None, CaseStatus.OPEN)]
    assert await house.does("su", drain) == []
    await house.steps(case, ("su", Step.TAKE), ("su", Step.RESOLVE))
    assert await house.does("su", drain) == [(CaseStatus.OPEN, CaseStatus.RESOLVED)]
    assert await house.does("su", drain) == []
