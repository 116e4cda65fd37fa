"""Where personal data is: every column is registered, and what the registry calls plain holds no word of anybody."""

from __future__ import annotations

import pytest

from store import customers, deals, fields, guests, interactions, journal, selecting, staff
from store.db import Book, Row, Tx
from store.deals import Terms
from store.rules.classification import FieldKind, Gender, Language
from store.rules.models import Contacted, CustomerWords, Phone, Role
from tests.authorizer import unwatch
from tests.personal_columns import COLUMNS, CUSTOMERS, Holds

#: Words that occur nowhere else, for each field of a customer and for what is said about one.
CANARIES = (
    "欧阳金丝雀", "金丝雀科技", "首席饲养员", "13812345678", "canary@example.com", "wx_canary_77", "鸟笼路七号",
    "它今天唱了三次", "999000111", "02-29", "只吃小米", "每月剪羽", "怕猫", "爱唱歌的", "笼号九九八十一",
)  # fmt: skip

#: Keys, traces and what is derived: they hold no word of anybody's, or none that is not sealed elsewhere too.
DERIVED = {"seal_key", "contact", "customer_find", "customer_tag", "customer_value"}


#: A virtual table's own hidden ones left out, generated ones not.
_COLUMNS_OF = "SELECT name FROM pragma_table_xinfo(:table) WHERE hidden <> 1"


def _columns(tx: Tx) -> dict[str, list[str]]:
    tables = [
        row["name"]
        for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ]
    return {table: [row["name"] for row in tx.all(_COLUMNS_OF, table=table)] for table in tables}


async def test_every_column_says_what_it_holds(book: Book) -> None:
    """A column that is missing was added without asking what it keeps of people: tests/personal_columns.py wants it."""
    held = {table: set(columns) for table, columns in (await book.read(_columns)).items()}
    assert held == {table: set(columns) for table, columns in COLUMNS.items()}


async def test_sealed_and_keyed_tables_belong_to_customers() -> None:
    sealed = {table for table, columns in COLUMNS.items() if Holds.SEALED in columns.values()}
    assert sealed - CUSTOMERS == set()


async def test_what_is_called_plain_is_plain(book: Book) -> None:
    """A customer with every field filled, changed, undone, spoken of and linked: no word of it in a plain column."""
    await unwatch(book)
    await book.write(_live)
    await book.write(_take_back)
    found: dict[str, set[Holds]] = {}

    def look(tx: Tx) -> None:
        for table, columns in COLUMNS.items():
            for row in _all(tx, table):
                for column, holds in columns.items():
                    if any(canary.encode() in _bytes(row[column]) for canary in CANARIES):
                        found.setdefault(f"{table}.{column}", set()).add(holds)

    await book.read(look)
    plain = {column for column, holds in found.items() if holds & {Holds.PLAIN, Holds.SEALED, Holds.KEY, Holds.TRACE}}
    assert plain == set()
    assert found["customer_find.shown"] == {Holds.SEARCH}  # or the canaries were looked for in vain
    assert found["customer_find.hidden"] == {Holds.SEARCH}
    assert found["tag.name"] == {Holds.SEARCH}


def _live(tx: Tx) -> None:
    owner_code = staff.invite(tx, None, Role.OWNER, None)
    owner = staff.as_actor(tx, staff.join(tx, owner_code, staff.Newcomer(7, 7, "老板", "zh", "UTC")).id)
    words = CustomerWords(
        name=CANARIES[0], company=CANARIES[1], title=CANARIES[2], phones=(Phone(e164="+86" + CANARIES[3]),),
        emails=(CANARIES[4],), wechat=CANARIES[5], address=CANARIES[6], gender=Gender.FEMALE, birth_year=1988,
        birthday=CANARIES[9], language=Language.ZH, preferences=CANARIES[10], needs=CANARIES[11], notes=CANARIES[12],
        tags=(CANARIES[13],), custom={"1": CANARIES[14], "2": 30_000},
    )  # fmt: skip
    fields.add(tx, owner, "笼号", FieldKind.TEXT)
    fields.add(tx, owner, "预算", FieldKind.NUMBER)
    customer = customers.add(tx, owner, words)
    interactions.add(tx, owner, customer.id, CANARIES[7], Contacted.CALL)
    offered = deals.add(tx, owner, customer.id, Terms(CANARIES[12]))
    deals.lose(tx, owner, offered.id, CANARIES[10])
    customers.change(tx, owner, customer.id, customer.version, {"company": CANARIES[1] * 2})
    token = guests.link(tx, owner, customer.id)
    guests.consent(tx, token, telegram_id=999000111, chat_id=999000111, language="zh")


def _take_back(tx: Tx) -> None:
    owner = staff.as_actor(tx, 1)
    customer = selecting.select(tx, owner)[0]
    customers.change(tx, owner, customer.id, customer.version, {"title": CANARIES[2] * 2})
    assert tx.change is not None
    journal.undo(tx, owner, tx.change)


def _all(tx: Tx, table: str) -> list[Row]:
    if table == "customer_token":  # an index without content: its words are in its own tables
        return []
    return tx.all(f"SELECT * FROM {table}")


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.mark.parametrize("table", sorted(CUSTOMERS - DERIVED))
def test_what_a_customer_said_is_sealed(table: str) -> None:
    """Every table of customers has a sealed column and a key to it: there is nowhere to put words in the clear."""
    assert Holds.SEALED in COLUMNS[table].values()
    assert "key_id" in COLUMNS[table]
