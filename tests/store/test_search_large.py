"""Ten thousand customers: what is found equals what looking at each of them finds, and what was meant comes first."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks import book as made
from store import search
from store.access import Actor
from store.db import Book, Tx
from store.rules import findable, matching, pinyin
from store.rules.models import Customer, CustomerWords, Role
from store.seal import unseal
from tests.store.conftest import TEN_THOUSAND

QUERIES, SCANNED = 300, 250

#: Characters of made-up names, and what somebody in Taipei types; and what somebody types who only heard the name.
TRADITIONAL = str.maketrans(
    "张刘陈杨黄赵吴孙马罗郑谢许韩邓冯华东云龙飞轩强丽军伟", "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮華東雲龍飛軒強麗軍偉"
)
SAME_SOUND = str.maketrans("伟芳强军杰涛明平玉志国飞建", "维方墙君洁桃名瓶育智帼非健")

Field = Callable[[CustomerWords], object]


@dataclass(frozen=True)
class Kept:
    """A customer as the test knows it: the words, and who has it."""

    id: int
    words: CustomerWords
    owner_id: int | None
    team_id: int
    recent_at: int


@dataclass(frozen=True)
class Large:
    """The customers of the book, and the members who ask."""

    customers: list[Kept]
    members: list[Actor]
    reach: dict[int, set[int]]
    _visible: dict[int, dict[int, bool]] = field(default_factory=dict)

    def visible(self, actor: Actor) -> dict[int, bool]:
        """Whom the actor may find, by id, and whether masked."""
        if actor.id not in self._visible:
            found = ((kept.id, self._sees(actor, kept)) for kept in self.customers)
            self._visible[actor.id] = {number: masked for number, masked in found if masked is not None}
        return self._visible[actor.id]

    def _sees(self, actor: Actor, kept: Kept) -> bool | None:
        """Whether the actor may find a customer, by the words of the product and no view: True masked, None not."""
        if actor.role is Role.OWNER:
            return False
        if actor.role is Role.MANAGER:
            return False if kept.team_id in self.reach[actor.id] else None
        if kept.owner_id == actor.id:
            return False
        return True if kept.owner_id is None and kept.team_id in self.reach[actor.id] else None


@pytest.fixture(scope="module")
def large(ten_thousand: Path) -> Large:
    """What is in the book, read once for the module."""

    async def look() -> Large:
        book = await made.opened(ten_thousand, TEN_THOUSAND)
        large = await book.read(_look)
        await book.close()
        return large

    return asyncio.run(look())


@pytest.fixture
async def book(ten_thousand: Path) -> AsyncIterator[Book]:
    book = await made.opened(ten_thousand, TEN_THOUSAND, cache_mib=16)
    yield book
    await book.close()


async def _find(book: Book, actor: Actor, text: str) -> search.Found:
    return await book.read(lambda tx: search.find(tx, actor, text))


def _look(tx: Tx) -> Large:
    rows = tx.all("SELECT * FROM customer_index ORDER BY id")
    customers = [
        Kept(
            row["id"],
            CustomerWords.model_validate(unseal(row["key_id"], row["key"], row["sealed"])),
            row["owner_id"],
            row["team_id"],
            row["updated_at"],
        )
        for row in rows
    ]
    members = [made.member(tx, telegram_id) for telegram_id in range(1, made.FIRST_SALESPERSON_ID + 12)]
    reach: dict[int, set[int]] = {}
    for row in tx.all("SELECT staff_id, team_id FROM reach"):
        reach.setdefault(row["staff_id"], set()).add(row["team_id"])
    return Large(customers, members, reach)


# What was meant comes first ------------------------------------------------------------------------------------------


def _name(words: CustomerWords) -> str:
    return words.name


def _han(words: CustomerWords) -> bool:
    return not words.name.isascii() and len(words.name) > 2


def _spelled(words: CustomerWords) -> str:
    return pinyin.spellings(words.name, 1)[0]


def _spaced(words: CustomerWords) -> str:
    return " ".join(part[0] for part in pinyin.syllables(words.name))


def _initials_and_digits(words: CustomerWords) -> str:
    return pinyin.initials(words.name, 1)[0] + " " + words.phones[0].e164[-4:]


def _swapped(text: str) -> str:
    return text[:-3] + text[-2] + text[-3] + text[-1]


#: How somebody is looked for: for whom it makes sense, what is typed, and what those who are meant have in common.
WAYS: list[tuple[Callable[[CustomerWords], object], Callable[[CustomerWords], str], Field]] = [
    (_han, _name, _name),
    (_han, lambda words: words.name.translate(TRADITIONAL), _name),
    (_han, _spelled, _spelled),
    (_han, lambda words: pinyin.spellings(words.name)[-1], lambda words: pinyin.spellings(words.name)[-1]),
    (_han, _spaced, _spelled),
    (_han, _initials_and_digits, lambda words: words.phones),
    (_han, lambda words: _swapped(_spelled(words)), _spelled),
    (_han, lambda words: words.name[0] + words.name[1:].translate(SAME_SOUND), _spelled),
    (lambda words: words.name.isascii(), lambda words: words.name.lower(), _name),
    (lambda words: words.name.isascii(), lambda words: " ".join(reversed(words.name.split())), _name),
    (lambda words: words.company and _han(words), lambda words: words.company[2:8], lambda words: words.company[2:8]),
    (lambda words: words.company, lambda words: f"{words.name} {words.company[:4]}", _name),
    (lambda words: True, lambda words: words.phones[0].e164[-8:], lambda words: words.phones),
    (lambda words: True, lambda words: words.phones[0].e164[3:], lambda words: words.phones),
    (lambda words: words.emails, lambda words: words.emails[0].partition("@")[0], lambda words: words.emails),
    (lambda words: words.emails, lambda words: words.emails[0], lambda words: words.emails),
    (lambda words: words.wechat, lambda words: words.wechat.upper(), lambda words: words.wechat),
]  # fmt: skip


async def test_what_was_meant_comes_first(large: Large, book: Book) -> None:
    """300 queries of salespeople, a manager and the owner: mean reciprocal rank at least 0.9."""
    dice = random.Random(4)
    worst: Counter[int] = Counter()
    total = 0.0
    for number in range(QUERIES):
        way = number % len(WAYS)
        suits, typed, common = WAYS[way]
        actor = dice.choice(large.members)
        masked = large.visible(actor)
        kept = dice.choice([one for one in large.customers if masked.get(one.id) is False and suits(one.words)])
        text = typed(kept.words)
        found = await _find(book, actor, text)
        meant = common(kept.words)
        rank = next((at for at, one in enumerate(found.customers, 1) if common(_words(one)) == meant), 0)
        total += 1 / rank if rank else 0
        if rank != 1:
            worst[way] += 1
    assert total / QUERIES >= 0.9, worst
    print(f"MRR {total / QUERIES:.4f}, not first: {dict(worst)}")


def _words(customer: Customer) -> CustomerWords:
    return CustomerWords(**{name: getattr(customer, name) for name in CustomerWords.model_fields})


# Nothing is missed, nothing is shown that must not be -----------------------------------------------------------------


def _typed(dice: random.Random, words: CustomerWords) -> str:
    """A piece of something that the customer has, as somebody may type it; sometimes two."""
    pieces = [
        words.name, words.company, pinyin.spellings(words.name)[-1], pinyin.initials(words.name)[-1],
        words.phones[0].e164, *words.emails, words.wechat,
    ]  # fmt: skip
    terms = []
    for _ in range(1 + (dice.random() < 0.3)):
        piece = dice.choice([piece for piece in pieces if piece])
        start = dice.randrange(len(piece))
        terms.append(piece[start : start + dice.randint(1, 8)])
    return " ".join(terms)


async def test_search_equals_looking_at_everybody(large: Large, book: Book) -> None:
    """Against a scan of all customers, through no index and no view."""
    lines = {kept.id: findable.hay(kept.words) for kept in large.customers}
    dice = random.Random(5)
    capped = 0
    for _ in range(SCANNED):
        actor = dice.choice(large.members)
        text = _typed(dice, dice.choice(large.customers).words)
        sought = matching.terms(text)
        found = await _find(book, actor, text)
        ids = [customer.id for customer in found.customers]
        expected = sorted(_scan(large, lines, actor, sought))
        if found.corrected is not None or not expected:
            assert not expected, text
            assert not ids or found.corrected is not None
            assert set(ids) <= large.visible(actor).keys()
        elif len(expected) <= search.NARROW_CAP:
            assert ids == [row[-1] for row in expected[: search.PAGE]], text
            assert found.more is (len(expected) > search.PAGE)
        else:
            capped += 1
            assert found.more
            assert set(ids) <= {row[-1] for row in expected}
            assert [customer.masked for customer in found.customers] == [large.visible(actor)[one] for one in ids]
    assert 0 < capped < SCANNED / 2


def _scan(
    large: Large, lines: dict[int, findable.Hay], actor: Actor, sought: tuple[matching.Term, ...]
) -> Iterable[tuple[object, ...]]:
    if not sought:
        return
    for number, masked in large.visible(actor).items():
        fit = matching.fit(sought, lines[number].shown, "" if masked else lines[number].hidden)
        if fit is not None:
            yield masked, *fit, -large.customers[number - 1].recent_at, -number, number


async def test_every_reading_is_what_a_dictionary_says(large: Large, book: Book) -> None:
    """Independent of the index's own words: each name by each reading of each of its characters."""
    dice = random.Random(6)
    owner = large.members[0]
    for kept in dice.sample([kept for kept in large.customers if not kept.words.name.isascii()], 60):
        sounds = pinyin.syllables(kept.words.name)
        for at, part in enumerate(sounds):
            for reading in part:
                spelled = "".join(reading if here == at else usual[0] for here, usual in enumerate(sounds))
                line = findable.hay(kept.words)
                assert matching.fit(matching.terms(spelled), line.shown, "") is not None, (kept.words.name, spelled)
        names = [one.name for one in (await _find(book, owner, kept.words.name)).customers]
        assert kept.words.name in names
