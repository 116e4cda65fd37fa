"""Which message goes next: order, priorities, pace, people who are away, and the clock."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.config import LimitSettings
from bot.lanes import KEPT_FOR_ANSWERS, Lanes
from bot.pace import Pace

FREE = LimitSettings(per_second=10_000, chat_per_second=10_000, chat_burst=1_000)
ANSWER, NEWS, DIGEST = range(3)


def lanes_of(*messages: tuple[int, int, int], limits: LimitSettings = FREE) -> Lanes:
    """Lanes with (chat, priority, letter), all of which may go at once."""
    lanes = Lanes(Pace(limits))
    for chat, priority, letter in messages:
        lanes.add(chat, priority=priority, letter=letter, not_before=0)
    return lanes


def chosen(lanes: Lanes, *, room: int = 64, now: float = 0.0, clock_ms: int = 0) -> list[tuple[int, int]]:
    return lanes.choose(room=room, now=now, clock_ms=clock_ms)[0]


def test_one_message_a_chat_is_on_its_way_and_the_next_follows_it() -> None:
    lanes = lanes_of((7, ANSWER, 1), (7, ANSWER, 2), (8, ANSWER, 3))
    assert chosen(lanes) == [(7, 1), (8, 3)]
    assert chosen(lanes) == []
    lanes.done(7, 1)
    assert chosen(lanes) == [(7, 2)]


def test_an_answer_goes_before_reminders_that_were_there_first() -> None:
    lanes = lanes_of((7, DIGEST, 1), (7, NEWS, 2), (8, NEWS, 3), (9, ANSWER, 4), (7, ANSWER, 5))
    assert chosen(lanes, room=2) == [(9, 4), (7, 5)]
    lanes.done(9, 4)
    lanes.done(7, 5)
    assert chosen(lanes) == [(7, 2), (8, 3)]


def test_an_answer_overtakes_what_waits_in_its_own_chat_even_while_that_is_tried_again() -> None:
    lanes = lanes_of((7, DIGEST, 1))
    assert chosen(lanes) == [(7, 1)]
    lanes.add(7, priority=ANSWER, letter=2, not_before=0)
    assert chosen(lanes) == []
    lanes.done(7, None)
    assert chosen(lanes) == [(7, 2)]
    lanes.done(7, 2)
    assert chosen(lanes) == [(7, 1)]


def test_however_many_reminders_hang_an_answer_finds_a_way() -> None:
    lanes = lanes_of(*((chat, NEWS, chat) for chat in range(1, 65)))
    assert len(chosen(lanes)) == 64 - KEPT_FOR_ANSWERS
    lanes.add(99, priority=ANSWER, letter=99, not_before=0)
    assert chosen(lanes) == [(99, 99)]
    lanes.done(1, 1)
    assert chosen(lanes) == [], "the answer's way is not a reminder's"


def test_who_is_away_holds_nobody_up_and_gets_everything_when_back() -> None:
    lanes = lanes_of((7, ANSWER, 1), (8, ANSWER, 2), (7, ANSWER, 3))
    assert chosen(lanes) == [(7, 1), (8, 2)]
    lanes.park(7)
    lanes.done(7, None)
    lanes.done(8, 2)
    assert chosen(lanes) == []
    assert not lanes.may_go()
    lanes.unpark(7)
    assert lanes.may_go()
    assert chosen(lanes) == [(7, 1)]


def test_what_is_for_later_waits_for_the_books_clock() -> None:
    lanes = Lanes(Pace(FREE))
    lanes.add(7, priority=NEWS, letter=1, not_before=5_000)
    lanes.add(7, priority=NEWS, letter=2, not_before=0)
    assert chosen(lanes) == [(7, 2)]
    lanes.done(7, 2)
    assert lanes.choose(room=64, now=0.0, clock_ms=2_000) == ([], 3.0)
    assert not lanes.may_go()
    assert chosen(lanes, clock_ms=5_000) == [(7, 1)]


def test_a_chat_at_its_limit_waits_while_the_others_go() -> None:
    lanes = lanes_of(
        (7, ANSWER, 1), (7, ANSWER, 2), (8, ANSWER, 3),
        limits=LimitSettings(per_second=10_000, chat_per_second=1, chat_burst=1),
    )  # fmt: skip
    assert chosen(lanes) == [(7, 1), (8, 3)]
    lanes.done(7, 1)
    assert lanes.choose(room=64, now=0.25, clock_ms=0) == ([], 0.75)
    assert chosen(lanes, now=1.0) == [(7, 2)]


def test_the_limit_over_all_chats_is_kept_and_answers_get_what_is_left_of_it() -> None:
    lanes = lanes_of(
        *((chat, NEWS, chat) for chat in range(1, 100)), limits=LimitSettings(per_second=10, chat_per_second=1)
    )
    first, pause = lanes.choose(room=64, now=0.0, clock_ms=0)
    assert len(first) == 10
    assert 0.05 < pause <= 0.1
    lanes.add(500, priority=ANSWER, letter=500, not_before=0)
    assert chosen(lanes, now=0.1) == [(500, 500)]


def test_a_group_that_became_a_supergroup_is_followed_with_all_that_waits() -> None:
    lanes = lanes_of((-7, NEWS, 1), (-7, NEWS, 2))
    lanes.add(-7, priority=NEWS, letter=3, not_before=1_000)
    assert chosen(lanes) == [(-7, 1)]
    lanes.move(-7, -1007)
    lanes.done(-7, None)
    for letter in (1, 2, 3):
        assert chosen(lanes, clock_ms=1_000) == [(-1007, letter)]
        lanes.done(-1007, letter)


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 2), st.integers(0, 3), st.booleans()), min_size=1, max_size=60
    ),
    st.integers(1, 4),
)
def test_everything_goes_once_whatever_fails_on_the_way(messages: list[tuple[int, int, int, bool]], room: int) -> None:
    """Each message is (chat, priority, due second, whether its first try fails)."""
    lanes = Lanes(Pace(FREE))
    for letter, (chat, priority, due, _) in enumerate(messages):
        lanes.add(chat, priority=priority, letter=letter, not_before=due * 1000)
    failing = {letter for letter, message in enumerate(messages) if message[3]}
    sent: list[int] = []
    for step in range(10 * len(messages)):
        for chat, letter in chosen(lanes, room=room, now=float(step), clock_ms=step * 1000):
            if letter in failing:
                failing.discard(letter)
                lanes.done(chat, None)
            else:
                sent.append(letter)
                lanes.done(chat, letter)
    assert sorted(sent) == list(range(len(messages)))
    assert not lanes.may_go()
