"""Questionnaires in the store: order, freezing, counting, and lists, held against what a simple model says."""

from __future__ import annotations

import random
from collections import Counter
from functools import partial

import pytest

from store import answer_results, answers, guests, journal, mailings, questionnaires, staff, surveys
from store.access import Actor
from store.db import Book, Tx
from store.errors import Invalid, KehuError, NotAllowed, Stale
from store.rules.models import Role
from store.rules.questions import QUESTIONS_MOST, Answer, QuestionKind, Questionnaire, Words
from store.selecting import Filters
from tests.store.people import people, zhang

STRANGER = Actor(Role.STRANGER, "en", "UTC")


def draft(tx: Tx, author: Actor, *kinds: QuestionKind) -> Questionnaire:
    """A draft with a question of each of these kinds."""
    made = questionnaires.add(tx, author, Words(zh="满意度"))
    for place, kind in enumerate(kinds, 1):
        options = [Words(zh=word) for word in "甲乙丙"] if kind.optioned else []
        questionnaires.add_question(tx, author, made.id, kind, Words(zh=f"第{place}问"), options)
    return made


def published(tx: Tx, author: Actor, *kinds: QuestionKind) -> Questionnaire:
    """The same, open."""
    return questionnaires.publish(tx, author, draft(tx, author, *kinds).id)


def a_guest(tx: Tx, owner: Actor, name: str, number: int) -> Actor:
    """A customer of somebody's who has come through the link and agreed."""
    known = zhang(tx, owner, name, f"+86138001380{number:02}")
    token = guests.link(tx, owner, known.id)
    return guests.consent(tx, token, telegram_id=900 + number, chat_id=900 + number, language="zh")


def answered(tx: Tx, shown: Questionnaire, who: Actor, person: int, *said: Answer) -> None:
    """Somebody answers every question and is done."""
    held = answers.begin(tx, who, shown, person)
    for question, value in zip(held.questions, said, strict=True):
        answers.give(tx, who, held.handle, question.id, value)
    answers.finish(tx, who, held.handle)


def _begins(tx: Tx, who: Actor, shown: Questionnaire) -> object:
    return mailings.begin(tx, who, shown.id, Filters())


def _gives(tx: Tx, who: Actor, held: answers.Held) -> object:
    return answers.give(tx, who, held.handle, held.questions[0].id, 1)


def _finishes(tx: Tx, who: Actor, held: answers.Held) -> object:
    return answers.finish(tx, who, held.handle)


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_moved_taken_out_and_taken_back_the_order_is_the_models(book: Book, seed: int) -> None:
    dice, them = random.Random(seed), await book.write(people)
    made = await book.write(lambda tx: draft(tx, them.boss))
    model: list[int] = []

    def act(tx: Tx) -> None:
        what = dice.choice(("add", "add", "up", "down", "remove", "undo"))
        before = list(model)
        if what == "add" and len(model) < QUESTIONS_MOST:
            added = questionnaires.add_question(tx, them.boss, made.id, QuestionKind.TEXT, Words(zh="问"))
            model.append(added.id)
        elif model and what in ("up", "down", "undo"):
            at = dice.randrange(len(model))
            by = -1 if what == "up" else 1
            questionnaires.move(tx, them.boss, model[at], by)
            if 0 <= at + by < len(model):
                model[at], model[at + by] = model[at + by], model[at]
            if what == "undo" and tx.change is not None:
                change, tx.change = tx.change, None
                journal.undo(tx, them.boss, change)
                model[:] = before
        elif model:
            questionnaires.remove_question(tx, them.boss, model.pop(dice.randrange(len(model))))
        shown = questionnaires.questions(tx, made.id)
        assert [one.id for one in shown] == model
        assert [one.place for one in shown] == list(range(1, len(model) + 1))

    for _ in range(40):
        await book.write(act)


async def test_what_is_published_is_frozen_also_for_an_undo(book: Book) -> None:
    them = await book.write(people)
    made = await book.write(lambda tx: draft(tx, them.boss, QuestionKind.SCORE5))
    with pytest.raises(Invalid, match="no_questions"):
        await book.write(lambda tx: published(tx, them.boss))
    (question,) = await book.read(lambda tx: questionnaires.questions(tx, made.id))

    def reword(tx: Tx) -> int:
        questionnaires.change_question(tx, them.boss, question.id, Words(zh="别的问题"))
        assert tx.change is not None
        return tx.change

    def publish(tx: Tx) -> int:
        questionnaires.publish(tx, them.boss, made.id)
        assert tx.change is not None
        return tx.change

    reworded, opened = await book.write(reword), await book.write(publish)
    for change in (
        lambda tx: questionnaires.change_question(tx, them.boss, question.id, Words(zh="又一个")),
        lambda tx: questionnaires.move(tx, them.boss, question.id, 1),
        lambda tx: questionnaires.remove_question(tx, them.boss, question.id),
        lambda tx: questionnaires.rename(tx, them.boss, made.id, Words(zh="又一个")),
        lambda tx: questionnaires.set_anonymous(tx, them.boss, made.id, True),
    ):
        with pytest.raises(KehuError, match="frozen"):
            await book.write(change)
    with pytest.raises(NotAllowed):
        await book.write(lambda tx: journal.undo(tx, them.boss, reworded))
    # Publishing itself is taken back as long as nobody has begun.
    shown = await book.read(lambda tx: questionnaires.get(tx, them.boss, made.id))
    await book.write(lambda tx: answers.begin(tx, STRANGER, shown, 900))
    with pytest.raises(Stale):
        await book.write(lambda tx: journal.undo(tx, them.boss, opened))


async def test_the_figures_are_those_of_a_simple_count(book: Book) -> None:
    dice, them = random.Random(7), await book.write(people)
    kinds = (QuestionKind.SCORE10, QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.TEXT)
    shown = await book.write(lambda tx: published(tx, them.boss, *kinds))
    given: list[tuple[Answer, ...]] = []

    def some(tx: Tx) -> None:
        for person in range(60):
            said: list[Answer] = [
                dice.choice([None, *range(11)]), dice.choice([None, 0, 1, 2]),
                dice.choice([None, [0], [1, 2], [0, 1, 2]]), dice.choice([None, "好", "不好"]),
            ]  # fmt: skip
            answered(tx, shown, STRANGER, person, *said)
            given.append(tuple(said))
        answers.begin(tx, STRANGER, shown, 1_000)

    await book.write(some)
    found = await book.read(lambda tx: answer_results.results(tx, them.boss, shown.id))
    assert (found.finished, found.unfinished) == (60, 1)
    scores = [said[0] for said in given if isinstance(said[0], int)]
    assert found.tallies[0].mean == pytest.approx(sum(scores) / len(scores))
    assert found.tallies[0].counts == {score: scores.count(score) for score in range(11)}
    chosen = Counter(one for said in given if isinstance(said[2], list) for one in said[2])
    assert found.tallies[2].counts == {place: chosen[place] for place in range(3)}
    assert found.tallies[3].answered == sum(said[3] is not None for said in given)
    # Nobody's answers are the owners' to read where the whole company asks.
    assert (await book.read(lambda tx: answer_results.results(tx, them.wang, shown.id))).finished == 0


async def test_a_list_goes_only_to_who_may_be_asked_when_their_turn_comes(book: Book) -> None:
    them = await book.write(people)
    joined = await book.write(lambda tx: [a_guest(tx, them.li, f"客户{number}", number) for number in range(1, 6)])
    await book.write(lambda tx: a_guest(tx, them.zhou, "华南客户", 7))
    shown = await book.write(lambda tx: published(tx, them.wang, QuestionKind.SCORE5))
    # A manager's list is their team's, and no colleague of another team sends it.
    assert await book.read(lambda tx: mailings.count(tx, them.wang, shown.id, Filters())) == mailings.Whom(5, 5)
    for nobody in (them.qian, them.li, them.su):
        with pytest.raises(NotAllowed):
            await book.write(partial(_begins, who=nobody, shown=shown))
    begun = await book.write(lambda tx: mailings.begin(tx, them.wang, shown.id, Filters()))
    assert (begun.total, begun.sent) == (5, 0)
    # Until their turn comes one declines, one is asked something else, one blocks the bot, one answers by the link.
    await book.write(lambda tx: surveys.decline(tx, joined[0]))
    await book.write(lambda tx: surveys.asked(tx, joined[1].customer_id))
    await book.write(lambda tx: guests.set_reachable(tx, 903, reachable=False))
    await book.write(lambda tx: answered(tx, shown, joined[3], 904, 5))
    with pytest.raises(NotAllowed):
        await book.write(lambda tx: mailings.stop(tx, them.boss, begun.id))
    step = await book.write(mailings.work)
    assert step is not None
    assert step.customers == [joined[4].customer_id]
    assert (step.progress.sent, step.progress.left_out, step.progress.ended) == (1, 4, True)
    assert await book.write(mailings.work) is None
    # Sent or answered, it is theirs to open; to the others it does not exist.
    assert (await book.read(lambda tx: answers.sent(tx, joined[4], shown.id))).id == shown.id
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: answers.sent(tx, joined[0], shown.id))


async def test_nobody_waits_for_the_same_one_in_two_lists(book: Book) -> None:
    them = await book.write(people)
    shown = await book.write(lambda tx: published(tx, them.boss, QuestionKind.TEXT))
    await book.write(lambda tx: a_guest(tx, them.li, "甲", 1))
    begun = await book.write(lambda tx: mailings.begin(tx, them.boss, shown.id, Filters()))
    assert await book.read(lambda tx: mailings.under_way(tx, them.boss, shown.id)) == begun
    assert await book.read(lambda tx: mailings.under_way(tx, them.wang, shown.id)) is None
    assert await book.read(lambda tx: mailings.count(tx, them.boss, shown.id, Filters())) == mailings.Whom(0, 1)
    await book.write(lambda tx: mailings.stop(tx, them.boss, begun.id))
    assert await book.read(lambda tx: mailings.count(tx, them.boss, shown.id, Filters())) == mailings.Whom(1, 1)


async def test_a_known_customer_answers_once_without_a_name_too(book: Book) -> None:
    them = await book.write(people)

    def compose(tx: Tx) -> Questionnaire:
        made = draft(tx, them.boss, QuestionKind.SCORE5)
        questionnaires.set_anonymous(tx, them.boss, made.id, True)
        return questionnaires.publish(tx, them.boss, made.id)

    shown = await book.write(compose)
    guest = await book.write(lambda tx: a_guest(tx, them.li, "甲", 1))
    begun = [await book.write(lambda tx: answers.begin(tx, guest, shown, 901)) for _ in range(2)]
    for held in begun:
        await book.write(partial(_gives, who=guest, held=held))
    await book.write(lambda tx: _finishes(tx, guest, begun[0]))
    with pytest.raises(KehuError, match="survey_answered"):
        await book.write(lambda tx: _finishes(tx, guest, begun[1]))
    assert (await book.read(lambda tx: answer_results.results(tx, them.boss, shown.id))).finished == 1


async def test_who_has_left_sends_nothing_more(book: Book) -> None:
    them = await book.write(people)
    await book.write(lambda tx: a_guest(tx, them.li, "张三", 1))
    shown = await book.write(lambda tx: published(tx, them.wang, QuestionKind.SCORE5))
    await book.write(lambda tx: mailings.begin(tx, them.wang, shown.id, Filters()))
    await book.write(lambda tx: staff.set_active(tx, them.boss, them.wang.id, active=False))
    step = await book.write(mailings.work)
    assert step is not None
    assert (step.customers, step.progress.left_out) == ([], 1)


async def test_one_holds_only_ones_own_answers(book: Book) -> None:
    them = await book.write(people)
    one = await book.write(lambda tx: a_guest(tx, them.li, "张三", 1))
    other = await book.write(lambda tx: a_guest(tx, them.li, "吴九", 2))
    shown = await book.write(lambda tx: published(tx, them.boss, QuestionKind.SCORE5))
    held = await book.write(lambda tx: answers.begin(tx, one, shown, 901))
    for nobody in (other, STRANGER, them.boss):
        with pytest.raises(KehuError, match="no_longer"):
            await book.write(partial(_gives, who=nobody, held=held))
        with pytest.raises(KehuError, match="no_longer"):
            await book.write(partial(_finishes, who=nobody, held=held))
    again = await book.write(lambda tx: answers.begin(tx, one, shown, 901))
    assert again.handle == held.handle
    await book.write(lambda tx: answers.finish(tx, one, held.handle))
    with pytest.raises(KehuError, match="no_longer"):
        await book.write(lambda tx: answers.give(tx, one, held.handle, held.questions[0].id, 1))
    with pytest.raises(KehuError, match="survey_answered"):
        await book.write(lambda tx: answers.begin(tx, one, shown, 901))
    assert [mine.shown.id for mine in await book.read(lambda tx: answers.own(tx, one))] == [shown.id]
    assert await book.read(lambda tx: answers.own(tx, other)) == []
