"""A company with forty customers and the weeks behind it, written through the store as people would have.

Everything is made up; the numbers are libphonenumber's fictitious-looking 1380000xxxx kind and `example` addresses. The
same seed gives the same company, in Chinese or in English.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from handlers.all import all_routes
from handlers.case_guess import guess_of
from store import (
    campaigns,
    complaints,
    customers,
    deals,
    feedback,
    feedback_inbox,
    followups,
    guests,
    interactions,
    settings,
    staff,
    team_tree,
)
from store.access import Actor
from store.db import Book, Tx
from store.deals import Terms
from store.rules.models import Contacted, CustomerWords, Level, Phone, Role, Severity, Stage
from store.rules.money import Currency, Money
from store.rules.scores import Scale
from store.staff import Newcomer

#: Telegram ids of the demo's people; the page knows them by these.
OWNER, MANAGER, LI, HAN, SUPPORT, CUSTOMER, STRANGER = 101, 102, 103, 104, 105, 201, 301
CUSTOMERS = 40
#: With whom nobody has spoken since they were written down, more than a month ago.
SILENT = (3, 6, 10, 13, 14)
#: How many have answered the campaign at the counter.
PASSERS = 28
ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Cast:
    """Who plays, in one language. `number`: the customer's own, in the book and on their phone (all are made up)."""

    staff: dict[int, tuple[str, Role]]
    team: str
    guest: str
    number: str
    stranger: str
    currency: Currency
    country: str


CASTS = {
    "zh": Cast(
        {
            OWNER: ("陈立", Role.OWNER),
            MANAGER: ("王芳", Role.MANAGER),
            LI: ("李雷", Role.SALESPERSON),
            HAN: ("韩梅", Role.SALESPERSON),
            SUPPORT: ("苏青", Role.SUPPORT),
        },
        "华东销售",
        "周凯",
        "+8613800000201",
        "路人",
        Currency.CNY,
        "CN",
    ),
    "en": Cast(
        {
            OWNER: ("Grace Chen", Role.OWNER),
            MANAGER: ("Fiona Wang", Role.MANAGER),
            LI: ("Leo Li", Role.SALESPERSON),
            HAN: ("Hannah Moore", Role.SALESPERSON),
            SUPPORT: ("Susan Clarke", Role.SUPPORT),
        },
        "East sales",
        "Kai Zhou",
        "+447700900201",
        "Passer-by",
        Currency.GBP,
        "GB",
    ),
}

_WORDS: dict[str, dict[str, Sequence[str]]] = {
    "zh": {
        "surnames": "张李刘杨黄赵吴徐孙胡朱高林何郭马罗梁宋郑",
        "given": ("伟", "敏", "静", "建国", "晓燕", "志强", "丽娜", "海涛", "子涵", "雪梅", "文博", "佳怡", "思远"),
        "places": ("杭州", "苏州", "宁波", "上海", "无锡", "南京", "嘉兴"),
        "brands": ("云帆", "鸿发", "启明", "恒信", "蓝桥", "安泰", "新禾", "华泰", "远航", "诚达"),
        "trades": ("科技", "五金", "食品", "物流", "设计", "精密机械", "贸易", "医疗器械", "装饰", "旅行社"),
        "titles": ("采购", "总经理", "采购经理", "厂长", "行政主管", "技术总监", "老板", "运营"),
        "notes": ("要一份报价", "样品已收到，满意", "下个月上新线", "预算还没批", "想看案例", "对交期有顾虑", "准备签"),
        "tasks": ("发报价", "回访样品", "确认交期", "约见面", "送合同"),
        "deals": ("年度框架", "首批设备", "扩容二期", "维保续约", "配件补货", "样板线"),
        "lost": ("价格太高", "没有预算"),
        "complaints": ("发货少了两箱", "包装破损", "发票抬头开错了"),
        "remedies": ("当天补发", "换货并致歉", "重开发票"),
        "answers": ("已经在查了，今天给您答复", "今天就给您换"),
        "praise": ("响应很快，合作愉快", "师傅很专业", "还可以"),
        "campaign": ("门店收银台",),
        "passers": ("店员很热情", "排队有点久", "东西全，好找", "灯太暗，看不清价签"),
    },
    "en": {
        "surnames": ("Smith", "Jones", "Taylor", "Brown", "Patel", "Evans", "Garcia", "Novak", "Kim", "Larsson"),
        "given": ("Emma", "Oliver", "Maya", "Jack", "Priya", "Lucas", "Anna", "Tom", "Chloe", "Daniel", "Mei", "Sven"),
        "places": ("Leeds", "Bristol", "York", "Dover", "Oxford", "Bath", "Derby"),
        "brands": ("Brightstar", "Harbour", "Northfield", "Ashton", "Bluebridge", "Summit", "Larch", "Corvid", "Tamar"),
        "trades": ("Logistics", "Foods", "Design", "Machinery", "Trading", "Medical", "Interiors", "Travel"),
        "titles": ("Buyer", "CEO", "Purchasing Manager", "Plant Manager", "Office Manager", "CTO", "Owner"),
        "notes": ("Wants a quote", "Samples arrived, happy", "New line next month", "Budget not approved yet",
                  "Asks for references", "Worried about lead time", "Ready to sign"),
        "tasks": ("Send the quote", "Ask about the samples", "Confirm the delivery date", "Arrange a visit"),
        "deals": ("Annual contract", "First machines", "Second site", "Service renewal", "Spare parts", "Pilot line"),
        "lost": ("Too expensive", "No budget"),
        "complaints": ("Two boxes short", "Packaging was damaged", "The invoice has the wrong name"),
        "remedies": ("Sent the rest the same day", "Replaced, with apologies", "New invoice issued"),
        "answers": ("We are looking into it and will tell you today", "We will replace it today"),
        "praise": ("Quick to answer, a pleasure", "The engineer knew his trade", "It was all right"),
        "campaign": ("Counter",),
        "passers": ("Very friendly", "The queue was long", "Easy to find everything", "Too dark to read the prices"),
    },
}  # fmt: skip


async def seed(book: Book, clock: Clock, language: str, now: datetime) -> str:
    """Fills an empty book up to `now`; the token of the link of the customer who has a phone in the demo."""
    cast = CASTS[language]
    clock.set(now - timedelta(days=60))
    ids = await book.write(lambda tx: _settle(tx, cast, language))
    made = list(_customers(random.Random(20), language))  # noqa: S311 - a seed, not a secret
    known: list[int] = []
    for place, words in enumerate(made):
        clock.set(_met(place, now))
        seller = ids[LI] if place % 2 == 0 else ids[HAN]
        known.append(await book.write(partial(_add, seller=seller, words=words, place=place)))
    rng = random.Random(21)  # noqa: S311 - a seed, not a secret
    for moment, step in _history(rng, ids, known, language, now):
        clock.set(moment)
        await book.write(step)
    clock.set(now)
    for _ in cast.staff:  # some of the clock's work is done for one member at a time
        await book.write(_catch_up)
    return await book.write(lambda tx: guests.link(tx, staff.as_actor(tx, ids[LI]), known[0]))


def _catch_up(tx: Tx) -> None:
    """The digests and reminders of the past weeks count as read."""
    for tick in all_routes().ticks:
        tick(tx)


def _settle(tx: Tx, cast: Cast, language: str) -> dict[int, int]:
    ids: dict[int, int] = {}
    team: int | None = None
    for telegram_id, (name, role) in cast.staff.items():
        code = staff.invite(tx, None, role, team)
        ids[telegram_id] = staff.join(tx, code, Newcomer(telegram_id, telegram_id, name, language, ZONE)).id
        if team is None:
            team = team_tree.add(tx, staff.as_actor(tx, ids[OWNER]), cast.team)
    settings.put(tx, deals.CURRENCY, cast.currency)
    return ids


def _customers(rng: random.Random, language: str) -> Iterator[CustomerWords]:
    words = _WORDS[language]
    zh = language == "zh"
    for place in range(CUSTOMERS):
        surname, given = rng.choice(words["surnames"]), rng.choice(words["given"])
        name = CASTS[language].guest if place == 0 else f"{surname}{given}" if zh else f"{given} {surname}"
        town, brand, trade = (rng.choice(words[part]) for part in ("places", "brands", "trades"))
        company = f"{town}{brand}{trade}" if zh else f"{brand} {trade} Ltd"
        number = f"+86138{rng.randrange(10**8):08}" if zh else f"+447700900{place:03}"
        number = CASTS[language].number if place == 0 else number
        yield CustomerWords(
            name=name, company=company, title=rng.choice(words["titles"]),
            phones=(Phone(e164=number, raw=number),),
            emails=(f"contact{place}@{brand.lower() if not zh else 'example'}.example.com",) if place % 3 == 0 else (),
        )  # fmt: skip


def _add(tx: Tx, seller: int, words: CustomerWords, place: int) -> int:
    levels, stages = list(Level), list(Stage)
    level = levels[(place + place // 2) % len(levels)]  # each of the two sellers has some of every level
    stage = stages[(place * 5) % len(stages)]
    return customers.add(tx, staff.as_actor(tx, seller), words, level=level, stage=stage).id


def _history(
    rng: random.Random, ids: dict[int, int], known: list[int], language: str, now: datetime
) -> list[tuple[datetime, _Step]]:
    words = _WORDS[language]
    steps: list[tuple[datetime, _Step]] = []
    kinds = [kind for kind in Contacted if kind is not Contacted.NOTE]
    for place, customer in enumerate(known):
        seller = ids[LI] if place % 2 == 0 else ids[HAN]
        met = _met(place, now)
        until = met + timedelta(days=4) if place in SILENT else now
        for _ in range(rng.randrange(1, 4)):
            at = _at_work(rng, met, until)
            steps.append((at, _Contact(seller, customer, rng.choice(words["notes"]), rng.choice(kinds))))
        if place % 4 in (1, 2):  # everybody has some, the first of them tomorrow
            due = _workday(now + timedelta(days=1 if place < 8 else rng.randrange(1, 8)), rng.randrange(9, 18))
            steps.append(
                (_workday(now - timedelta(days=1), 16), _Plan(seller, customer, due, rng.choice(words["tasks"])))
            )
    for place, (text, remedy) in enumerate(zip(words["complaints"], words["remedies"], strict=True)):
        opened = _workday(now - timedelta(days=12 - place * 4), 10)
        customer = known[place * 2]
        steps.append((opened, _Complain(ids[LI], customer, text)))
        if place < 2:
            steps.append((opened + timedelta(minutes=50), _Answer(ids[SUPPORT], customer, words["answers"][place])))
            steps.append((opened + timedelta(hours=5), _Resolve(ids[SUPPORT], customer, remedy)))
    steps += _deals(ids, known, words, now, CASTS[language].currency)
    for place, text in enumerate(words["praise"]):
        steps.append((now - timedelta(days=5 - place), _Rate(known[place * 4 + 4], 5 - place, text, language)))
    asked = now - timedelta(days=50)
    steps.append((asked, _Ask(ids[MANAGER], words["campaign"][0])))
    for place in range(PASSERS):
        came = _workday(asked + place * timedelta(days=50) / PASSERS, rng.randrange(9, 19))
        at = min(max(came, asked + timedelta(hours=1)), now)
        text = words["passers"][place // 4 % 4] if place % 4 == 0 else ""
        steps.append((at, _PassBy(ids[SUPPORT], (5, 4, 5, 2, 4, 5, 3)[place % 7], text, now - at > timedelta(days=3))))
    return sorted(steps, key=lambda step: step[0])


def _deals(
    ids: dict[int, int], known: list[int], words: dict[str, Sequence[str]], now: datetime, currency: Currency
) -> Iterator[tuple[datetime, _Step]]:  # fmt: skip
    """Customers and loyal ones have bought, who has an offer is thinking it over, who has lapsed said no."""
    stages = list(Stage)
    for place, customer in enumerate(known[:24]):
        stage, seller = stages[(place * 5) % len(stages)], ids[LI] if place % 2 == 0 else ids[HAN]
        title, again = (words["deals"][(place + ahead) % len(words["deals"])] for ahead in (0, 2))
        money = Money(minor=(place % 7 + 1) * 1_250_000, currency=currency)
        if stage in (Stage.CUSTOMER, Stage.LOYAL, Stage.LAPSED):
            reason = words["lost"][place % 2] if stage is Stage.LAPSED else ""
            done = _Deal(seller, customer, Terms(title, money), won=stage is not Stage.LAPSED, reason=reason)
            yield _workday(now - timedelta(days=2 + place), 9 + place % 9), done
        if stage in (Stage.PROPOSAL, Stage.LOYAL):
            expected = (now + timedelta(days=6 + place)).date()
            yield (
                _workday(now - timedelta(days=1 + place % 3), 9 + place % 9),
                _Deal(seller, customer, Terms(again, money, expected)),
            )


def _met(place: int, now: datetime) -> datetime:
    """When the customer in this place was written down: one every day and a half, in working hours."""
    return _workday(now - timedelta(days=58 - place * 1.4), 9 + place % 8)


def _at_work(rng: random.Random, after: datetime, until: datetime) -> datetime:
    """A moment of a working day between the two."""
    day = after + rng.random() * (until - after)
    at = _workday(day, rng.randrange(9, 18)) + timedelta(minutes=5 * rng.randrange(12))
    return at if after < at <= until else after + timedelta(minutes=20)


def _workday(moment: datetime, hour: int) -> datetime:
    while moment.weekday() >= 5:
        moment += timedelta(days=1)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class _Contact:
    seller: int
    customer: int
    text: str
    kind: Contacted

    def __call__(self, tx: Tx) -> None:
        interactions.add(tx, staff.as_actor(tx, self.seller), self.customer, self.text, self.kind)


@dataclass(frozen=True)
class _Plan:
    seller: int
    customer: int
    due: datetime
    text: str

    def __call__(self, tx: Tx) -> None:
        followups.plan(tx, staff.as_actor(tx, self.seller), self.customer, self.due, self.text)


@dataclass(frozen=True)
class _Deal:
    """One that is open, or was won, or lost for a reason."""

    seller: int
    customer: int
    terms: Terms
    won: bool = False
    reason: str = ""

    def __call__(self, tx: Tx) -> None:
        seller = staff.as_actor(tx, self.seller)
        if self.won:
            deals.purchase(tx, seller, self.customer, self.terms)
        elif self.reason:
            deals.missed(tx, seller, self.customer, self.terms, self.reason)
        else:
            deals.add(tx, seller, self.customer, self.terms)


@dataclass(frozen=True)
class _Complain:
    seller: int
    customer: int
    text: str

    def __call__(self, tx: Tx) -> None:
        seller = staff.as_actor(tx, self.seller)
        complaints.add(tx, seller, self.customer, self.text, Severity.NORMAL, guess_of(tx, self.text).labels)


@dataclass(frozen=True)
class _Answer:
    support: int
    customer: int
    text: str

    def __call__(self, tx: Tx) -> None:
        support = staff.as_actor(tx, self.support)
        case, *_ = complaints.of_customer(tx, support, self.customer)
        complaints.tell(tx, support, case.id, self.text)


@dataclass(frozen=True)
class _Resolve:
    support: int
    customer: int
    remedy: str

    def __call__(self, tx: Tx) -> None:
        support = staff.as_actor(tx, self.support)
        case, *_ = complaints.of_customer(tx, support, self.customer)
        complaints.resolve(tx, support, case.id, self.remedy)


@dataclass(frozen=True)
class _Rate:
    customer: int
    score: int
    text: str
    language: str

    def __call__(self, tx: Tx) -> None:
        guest = Actor(Role.CUSTOMER, self.language, ZONE, customer_id=self.customer)
        tx.acts_for(guest=self.customer)
        given = feedback.rate(tx, guest, self.score)
        feedback.add_words(tx, guest, given.id, self.text)


@dataclass(frozen=True)
class _Ask:
    manager: int
    name: str

    def __call__(self, tx: Tx) -> None:
        manager = staff.as_actor(tx, self.manager)
        campaigns.add(tx, manager, self.name, Scale.STARS, anonymous=True, team_id=manager.team_id)


@dataclass(frozen=True)
class _PassBy:
    support: int
    score: int
    text: str
    read: bool

    def __call__(self, tx: Tx) -> None:
        support = staff.as_actor(tx, self.support)
        given = feedback.rate_unnamed(tx, campaigns.page(tx, support)[0], self.score, STRANGER)
        if self.text:
            feedback.add_unnamed(tx, given, self.text)
        if self.read:
            feedback_inbox.mark_seen(tx, support, [given])


_Step = _Contact | _Plan | _Deal | _Complain | _Answer | _Resolve | _Rate | _Ask | _PassBy
