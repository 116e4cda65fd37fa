"""The watch itself: what it refuses and lets through; and that no door beside the predicate is opened elsewhere."""

from __future__ import annotations

import re
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from store.db import Book, Tx
from store.migrate import VIEW_FILES, statements, views
from tests.personal_columns import COLUMNS, CUSTOMERS, Holds

REFUSED = re.compile("prohibited|not authorized")
SECRETS = [
    (table, column)
    for table, columns in COLUMNS.items()
    if table in CUSTOMERS
    for column, holds in columns.items()
    if holds is not Holds.PLAIN
]


@pytest.mark.parametrize(("table", "column"), SECRETS, ids=[f"{table}.{column}" for table, column in SECRETS])
async def test_no_personal_column_is_read_past_the_views(book: Book, table: str, column: str) -> None:
    for sql in (
        f"SELECT {column} FROM {table}",
        f"SELECT count({column}) FROM {table}",
        f"SELECT id FROM customer_own WHERE EXISTS (SELECT 1 FROM {table} x WHERE x.{column} IS NOT NULL)",
        f"UPDATE staff SET name = (SELECT {column} FROM {table})",
    ):
        with pytest.raises(sqlcipher.DatabaseError, match=REFUSED):
            await book.write(partial(Tx.all, sql=sql))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM customer",
        "SELECT level FROM customer",
        "SELECT id FROM customer WHERE owner_id = 1",
        "SELECT id FROM complaint WHERE status = 'open'",
        "SELECT count(*) FROM interaction",
    ],
)
async def test_neither_are_the_others(book: Book, sql: str) -> None:
    """Who owns whom, levels, counts: what is not personal is not everybody's business either."""
    with pytest.raises(sqlcipher.DatabaseError, match=REFUSED):
        await book.read(lambda tx: tx.all(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM customer_own",
        "SELECT c.sealed, c.key, i.sealed FROM customer_team c JOIN interaction_team i ON i.customer_id = c.id",
        "UPDATE customer SET level = 'vip' WHERE id = 1 AND version = 1",
        "DELETE FROM contact WHERE customer_id = 1",
        "SELECT name FROM staff",
    ],
)
async def test_what_comes_through_the_views_is_let_through(book: Book, sql: str) -> None:
    assert await book.write(lambda tx: tx.all(sql)) == []


#: Views that show more than an actor's scopes, on purpose, and the only modules of the store that may open each: what a
#: token or hash leads to, what the store reads while it writes, the audit chain, files to be fetched, search tokens.
DOORS = {
    "attachment_answer": {"attachments"},
    "attachment_bytes": {"attachments"},
    "attachment_due": {"attachments"},
    "complaint_astray": {"case_moves"},
    "contact_taken": {"recognition"},
    "customer_index": {"search_index"},
    "customer_newer": {"recognition", "search_index"},
    "customer_find_index": {"search_index"},
    "customer_find_fresh": {"search", "search_index"},
    "customer_find_pending": {"search_index"},
    "customer_token_last": {"search_index"},
    "customer_tagged": {"bulk", "marks", "selecting"},
    "customer_valued": {"marks", "selecting"},
    "entry_chain": {"journal", "staff"},
    "entry_mine": {"bulk", "journal"},
    "feedback_unnamed": {"feedback"},
    "followup_offered": {"handing"},
    "followup_offering": {"handing"},
    "followup_ringing": {"followups"},
    "guest_door": {"guests", "proofs"},
    "guest_gone": {"guests"},
    "invite_door": {"staff"},
    "link_claimed": {"guests"},
    "link_door": {"guests"},
    "response_door": {"answers"},
}
#: The endings of all other views: the predicate's scopes, and the clock's, which show no word of a customer.
SCOPES = ("own", "team", "all", "pool", "case", "task", "guest", "visit")
CLOCKS = ("clock", "clock_of", "kept", "outline")
VIEWS = sorted(re.findall(r"CREATE VIEW (\w+)", views()))


def test_doors_are_opened_only_where_they_belong() -> None:
    opened: dict[str, set[str]] = {}
    for module in Path(str(files("store"))).glob("*.py"):
        for door in re.findall(r"(?:FROM|JOIN) (\w+)", module.read_text(encoding="utf-8")):
            if door in DOORS:
                opened.setdefault(door, set()).add(module.stem)
    assert opened == DOORS


def test_a_view_asks_who_acts_if_and_only_if_it_is_the_predicates() -> None:
    asks: dict[str, dict[str, bool]] = {}
    for file in VIEW_FILES:
        asks[file] = {}
        for statement in statements(files("store").joinpath(file).read_text(encoding="utf-8")):
            code = re.sub("--.*", "", statement)
            scoped = "|".join([r"(actor|guest|visitor)\(\)", *(rf"FROM {view}\b" for view in asks["predicate.sql"])])
            for view in re.findall(r"CREATE VIEW (\w+)", code):
                asks[file][view] = re.search(scoped, code) is not None
    predicate, unscoped = asks.values()
    assert [view for view, does in predicate.items() if not does] == []
    assert [view for view, does in unscoped.items() if does] == []


def test_every_view_is_a_scope_a_clock_or_a_door() -> None:
    assert [view for view in VIEWS if view not in DOORS and not view.endswith((*SCOPES, *CLOCKS))] == []


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in DOORS and view.endswith(CLOCKS)])
async def test_the_clock_reads_no_word_of_a_customer(book: Book, view: str) -> None:
    personal: list[str] = []

    def note(action: int, table: str | None, column: str | None, _: str | None, __: str | None) -> int:
        known = COLUMNS.get(table or "", {}) if action == sqlcipher.SQLITE_READ else {}
        if known.get(column or "", Holds.PLAIN) is not Holds.PLAIN:
            personal.append(f"{table}.{column}")
        return int(sqlcipher.SQLITE_OK)

    connection = book._all[0]
    await connection.call(lambda raw: raw.set_authorizer(note))
    await connection.call(lambda raw: raw.execute(f"SELECT * FROM {view}").fetchall())
    assert personal == []


def test_features_write_no_sql() -> None:
    root = Path(str(files("handlers")))
    sql = re.compile(r"\btx\.(all|one|value|run|insert|many)\(")
    assert [path.name for path in root.rglob("*.py") if sql.search(path.read_text(encoding="utf-8"))] == []
