"""A company with as many customers as wanted, made up from a seed: what the benchmarks of the store measure on.

Chinese and English customers with the surnames people have, a hundred salespeople in ten teams who hold them as
unevenly as in life (Zipf), one in twenty in a team's pool, an owner and a manager. A real book; its journal is empty.

    python -m benchmarks.book --customers 1000000 --folder /var/tmp/kehu-1m
    book = await opened(Path("/var/tmp/kehu-1m"), customers=1_000_000)
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate, islice
from pathlib import Path

from store import search_index, staff, team_tree
from store.access import Actor
from store.db import Book, Tx
from store.migrate import checksum, migrations
from store.rules import pinyin
from store.rules.models import CustomerWords, Phone, Role
from store.seal import new_key, seal

SALESPEOPLE, TEAMS = 100, 10
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
OWNER_ID, MANAGER_ID, FIRST_SALESPERSON_ID = 1, 2, 3
"""Telegram ids; the salespeople's follow each other."""
#: The file holds made-up people, so its key is no secret.
KEY = hashlib.sha256(b"a benchmark's book").digest()
CHUNK = 5_000

# The most frequent surnames and their bearers in millions (公安部《二〇二〇年全国姓名报告》, rounded), then rarer ones,
# some with a reading of their own.
_SURNAMES = """
    王101 李100 张95 刘72 陈63 杨46 黄34 赵29 吴28 周27 徐20 孙19 马19 朱18 胡17 郭16 何16 林15 高15 罗14 郑13 梁12
    谢11 宋11 唐10 许9 韩9 邓9 冯8 曹8 彭8 曾8 肖8
    田7 董7 潘7 袁7 蔡7 蒋6 余6 于6 杜6 叶6 程6 魏6 苏6 吕6 丁5 任5 卢5 姚5 沈5 钟5
    姜5 崔5 谭5 陆4 范4 汪4 廖4 石4 金4 韦4 贾4 夏4 付4 方4 邹4 熊4 白4 孟4 秦4 邱3 侯3 江3 尹3 薛3 闫3 段3 雷3 龙3 史3
    陶3 黎3 贺3 顾3 毛3 郝3 龚3 邵3 万3 覃3 解1 单1 仇1 查1 欧阳1 司马1 诸葛1 翟1
"""
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红文建国志梅龙飞云鹏浩宇轩涵梓雨欣怡佳琪琳雪婷慧莹倩颖"
    "璐薇媛蓉萍燕莉玲芬菊香月珍珠琴凤春秋冬晨晓旭阳东海波江河山林森松柏桐楠彬斌武俊峰岩凯辉光耀亮诚信义仁德礼智"
    "勤俭康健安宁福禄寿喜"
)
_FIRST = """
    James Mary John Linda Robert Susan David Karen Michael Nancy William Lisa Thomas Betty Charles Helen Daniel Sandra
    Paul Donna Mark Carol George Ruth Kenneth Sharon Steven Laura Edward Sarah Brian Amy Kevin Emma Jason Grace Peter
    Alice Simon Chloe Oliver Sophie Harry Lucy Jack Emily Zoe Martin Fiona Graham
"""
_LAST = """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green
    Hall Wood Jackson Clarke Clark Harrison Ward Turner Cooper Hill Morris Moore King Baker Allen Bennett Carter Cook
    Bailey Parker Lee Shaw Price Murphy Kelly Cox Marshall Collins Richardson Bell Murray Palmer Gray Stewart O'Neil
"""
_PLACES = "北京 上海 广州 深圳 杭州 成都 重庆 武汉 南京 苏州 长沙 西安 天津 青岛 厦门 宁波 东莞 佛山 合肥 无锡"
_CORES = """
    云帆 华信 天成 博远 金鼎 恒通 汇丰 盛达 嘉禾 东方 新源 中科
    泰和 瑞丰 联创 宏图 百川 长城 明德 永兴 海纳 星河 启明 众合
"""
_TRADES = "科技 贸易 电子 机械 建材 食品 物流 服饰 医疗器械 网络技术 实业 银行 化工 汽车配件 文化传媒 包装"
_FORMS = "有限公司 有限公司 有限公司 股份有限公司 集团有限公司"
_ENGLISH = """
    Acme Borealis Cobalt Delta Evergreen Falcon Granite Harbour Iris Juniper Keystone Lantern Meridian Northwind
    Orchard Pioneer
"""
_TRADES_EN = "Trading Systems Foods Logistics Textiles Medical Packaging Chemicals Motors Media"
_DOMAINS = "qq.com 163.com gmail.com outlook.com sina.com 126.com hotmail.com foxmail.com"


class Dice(random.Random):
    """Chance from a seed."""

    def word(self, words: str) -> str:
        """One of the words, each as likely as the other."""
        return self.choice(words.split())


def people(seed: int = 7) -> Iterator[CustomerWords]:
    """Made-up customers without end, the same for the same seed."""
    dice = Dice(seed)
    surnames = [word.rstrip("0123456789") for word in _SURNAMES.split()]
    weights = list(accumulate(int(word.lstrip(name)) for word, name in zip(_SURNAMES.split(), surnames, strict=True)))
    while True:
        if dice.random() < 0.8:
            surname = dice.choices(surnames, cum_weights=weights)[0]
            name = surname + "".join(dice.choices(_GIVEN, k=1 if dice.random() < 0.2 else 2))
            company = (
                dice.word(_PLACES) + dice.word(_CORES) + dice.word(_CORES) + dice.word(_TRADES) + dice.word(_FORMS)
            )
            local = pinyin.spellings(name, 1)[0]
            phone = f"+861{dice.choice('3456789')}{dice.randrange(10**9):09}"
        else:
            first, last = dice.word(_FIRST), dice.word(_LAST)
            name = f"{first} {last}"
            company = f"{dice.word(_ENGLISH)} {dice.word(_ENGLISH)} {dice.word(_TRADES_EN)} Ltd"
            local = f"{first}.{last}".lower().replace("'", "")
            phone = f"+447{dice.randrange(10**9):09}"
        emails = (f"{local}{dice.randrange(1000)}@{dice.word(_DOMAINS)}",) if dice.random() < 0.6 else ()
        yield CustomerWords(
            name=name,
            company=company if dice.random() < 0.7 else "",
            phones=(Phone(e164=phone, raw=phone),),
            emails=emails,
            wechat=f"wx_{local[:8]}{dice.randrange(10_000)}" if dice.random() < 0.3 else "",
        )


def company(tx: Tx) -> list[Actor]:
    """The company's members: owner, manager of the first two teams, the salespeople."""
    _join(tx, OWNER_ID, Role.OWNER, None)
    owner = member(tx, OWNER_ID)
    teams = [team_tree.add(tx, owner, f"team {number}") for number in range(TEAMS)]
    _join(tx, MANAGER_ID, Role.MANAGER, teams[0])
    for number in range(SALESPEOPLE):
        _join(tx, FIRST_SALESPERSON_ID + number, Role.SALESPERSON, teams[number % TEAMS])
    return [member(tx, telegram_id) for telegram_id in range(1, FIRST_SALESPERSON_ID + SALESPEOPLE)]


def _join(tx: Tx, telegram_id: int, role: Role, team_id: int | None) -> None:
    code = staff.invite(tx, None, role, team_id)
    staff.join(tx, code, staff.Newcomer(telegram_id, telegram_id, f"{role} {telegram_id}", "zh", "Asia/Shanghai"))


def member(tx: Tx, telegram_id: int) -> Actor:
    """A member of the company as who they act."""
    return staff.actor(tx, telegram_id, language="zh", zone="Asia/Shanghai")


def shares() -> list[float]:
    """How the customers are spread over the salespeople: Zipf's law, the first has the most."""
    return [1 / rank for rank in range(1, SALESPEOPLE + 1)]


async def fill(book: Book, number: int, *, seed: int = 7) -> None:
    """Puts a company and `number` customers into an empty book, without journal."""
    members = await book.write(company)
    dice = Dice(seed + 1)
    salespeople, weights = members[-SALESPEOPLE:], list(accumulate(shares()))
    source = islice(people(seed), number)
    while chunk := list(islice(source, CHUNK)):
        owners = dice.choices(salespeople, cum_weights=weights, k=len(chunk))
        held = [
            (words, owner, dice.random() < 0.05, dice.randrange(730))
            for words, owner in zip(chunk, owners, strict=True)
        ]
        await book.write(partial(_insert, held=held))
    while await book.write(search_index.catch_up):
        pass
    while await book.write(search_index.tidy):
        pass


def _insert(tx: Tx, held: list[tuple[CustomerWords, Actor, bool, int]]) -> None:
    for words, owner, pooled, days in held:
        key_id, key = new_key(tx)
        at = int(NOW.timestamp() * 1000) - days * 86_400_000
        row: dict[str, object] = {
            "key_id": key_id, "owner_id": None if pooled else owner.id, "team_id": owner.team_id, "created_at": at,
            "updated_at": at, "sealed": seal(key_id, key, words.model_dump(mode="json", exclude_defaults=True)),
        }  # fmt: skip
        customer_id = tx.insert(
            "INSERT INTO customer (key_id, owner_id, team_id, created_at, updated_at, sealed)"
            " VALUES (:key_id, :owner_id, :team_id, :created_at, :updated_at, :sealed)",
            **row,
        )
        tx.run("UPDATE seal_key SET customer_id = :customer WHERE id = :id", customer=customer_id, id=key_id)
        found_at = search_index.Place(customer_id, row["owner_id"], row["team_id"], at)
        search_index.add(tx, found_at, words)


def place(folder: Path, number: int) -> Path:
    """Where the book of `number` customers is kept, as long as no migration changes."""
    tables = checksum("".join(text for _, _, text in migrations()))
    return folder / f"{number}-{tables[:8]}.db"


async def opened(folder: Path, number: int, *, cache_mib: int = 96) -> Book:
    """The book of `number` customers in `folder`, made now if it isn't there. The caller closes it."""
    path = place(folder, number)
    if not await asyncio.to_thread(path.exists):
        making = await asyncio.to_thread(_cleared, path.with_suffix(".making"))
        book = await Book.open(making, KEY, clock=lambda: NOW, readers=1, cache_mib=512)
        try:
            await fill(book, number)
        finally:
            await book.close()
        await asyncio.to_thread(making.rename, path)
    return await Book.open(path, KEY, clock=lambda: NOW, cache_mib=cache_mib)


def _cleared(making: Path) -> Path:
    """The path, with its folder there and what an interrupted run left gone."""
    making.parent.mkdir(parents=True, exist_ok=True)
    for leftover in making.parent.glob(making.name + "*"):
        leftover.unlink()
    return making


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp/kehu-benchmarks"))
    options = parser.parse_args()
    began = time.perf_counter()
    book = await opened(options.folder, options.customers)
    await book.close()
    size = place(options.folder, options.customers).stat().st_size
    print(f"{options.customers:,} customers, {size / 1e6:,.0f} MB, {time.perf_counter() - began:,.0f} s")


if __name__ == "__main__":
    asyncio.run(_main())
