"""The search index: what each customer is found by, kept in step with the customer.

store/customers.py calls `add` with each new customer, `index` after each change and `forget` when one is archived;
store/search.py reads.

    search_index.add(tx, Place(…), words)

Two tables (migrations/0002_search.sql): `customer_find` holds the words themselves and the columns that decide who may
see them; `customer_token`, a full-text index without content, leads to them. The columns follow the customer by a
trigger, at once even when a hundred thousand change hands; the tokens follow later (a token finds, it never permits),
and whose don't yet is known without writing it down: those of all who are newer than the newest in the full-text index,
where tokens are written in the order of numbers. Among older ones `reach` marks them (docs/decisions/0009).
"""

from __future__ import annotations

from typing import NamedTuple

from store import recognition
from store.db import Row, Tx
from store.rules import findable
from store.rules.models import CustomerWords

#: How much one step of `tidy` merges.
TIDY_PAGES = 64
#: How many customers one step of `catch_up` indexes.
BEHIND = 25
#: How many customers' tokens wait to be written together, in one piece of the full-text index instead of one each. A
#: search looks at so many more (8 µs each), and every so many writes one takes that much longer (5 ms).
FRESH = 8


class Place(NamedTuple):
    """A customer to be found: whose, in which team, and when something last happened (milliseconds)."""

    id: int
    owner_id: object
    team_id: object
    recent_at: int

    @classmethod
    def of(cls, row: Row) -> Place:
        """The place of a row of view `customer_index`."""
        return cls(row["id"], row["owner_id"], row["team_id"], max(row["updated_at"], row["last_contact_at"] or 0))


def add(tx: Tx, place: Place, words: CustomerWords) -> None:
    """Makes a new customer findable by `words`, at once.

    The tokens, which cost more than all the rest of a write, are written by every `FRESH`th customer for all who wait,
    or as soon as `catch_up` has a moment; so long a search looks at each of those few. A transaction of several
    customers writes them as it goes: they share a piece of the full-text index anyway.
    """
    _write_words(tx, place, findable.hay(words), _reach(place))
    if tx.has_fresh or place.id % FRESH == 0:
        catch_up(tx)
    tx.has_fresh = True


def index(tx: Tx, place: Place, words: CustomerWords) -> None:
    """Makes a customer findable by what their words are now, at once; the tokens as with a new one."""
    found_by, reach = findable.hay(words), _reach(place)
    if _same(tx, place.id, (reach, found_by.shown, found_by.hidden)):
        return
    newest = place.id > tx.value("SELECT id FROM customer_token_last")
    _write_words(tx, place, found_by, reach if newest else "")
    if tx.has_fresh or len(tx.all("SELECT id FROM customer_find_fresh LIMIT :most", most=FRESH)) == FRESH:
        catch_up(tx)
    tx.has_fresh = True


def _reach(place: Place) -> str:
    """The tokens that narrow a question to whose customers they are."""
    whose = f"o:{place.owner_id}" if place.owner_id else f"p:{place.team_id or 0}"
    return f"{whose} g:{place.team_id or 0}"


def _same(tx: Tx, customer_id: int, words: tuple[str, str, str]) -> bool:
    held = tx.one("SELECT reach, shown, hidden FROM customer_find_index WHERE id = :id", id=customer_id)
    return held is not None and (held["reach"], held["shown"], held["hidden"]) == words


def _write_words(tx: Tx, place: Place, found_by: findable.Hay, reach: str) -> None:
    tx.run(
        "INSERT INTO customer_find (id, owner_id, team_id, recent_at, reach, shown, hidden)"
        " VALUES (:id, :owner, :team, :recent, :reach, :shown, :hidden) ON CONFLICT (id) DO UPDATE SET"
        " owner_id = :owner, team_id = :team, recent_at = :recent, reach = :reach, shown = :shown, hidden = :hidden",
        id=place.id, owner=place.owner_id, team=place.team_id, recent=place.recent_at, reach=reach,
        shown=found_by.shown, hidden=found_by.hidden,
    )  # fmt: skip


def _write_tokens(tx: Tx, place: Place, words: CustomerWords) -> None:
    reach = _reach(place)
    tx.run("UPDATE customer_find SET reach = :reach WHERE id = :id", id=place.id, reach=reach)
    tx.run(
        "INSERT OR REPLACE INTO customer_token (rowid, words) VALUES (:id, :words)",
        id=place.id, words=" ".join([reach, *findable.tokens(findable.hay(words))]),
    )  # fmt: skip


def forget(tx: Tx, customer_id: int) -> None:
    """Makes a customer unfindable."""
    tx.run("DELETE FROM customer_find WHERE id = :id", id=customer_id)
    tx.run("DELETE FROM customer_token WHERE rowid = :id", id=customer_id)


def catch_up(tx: Tx) -> bool:
    """Writes the tokens of a few customers whose words, owner or team they don't follow yet; whether there were any.

    With those of a new one goes what they are recognised by. A change of a hundred thousand owners doesn't wait for
    this: what may be found is the columns' to say.
    """
    newer = tx.all("SELECT * FROM customer_newer ORDER BY id LIMIT :some", some=BEHIND)
    for row in newer:
        words = recognition.words_of(row)
        recognition.write(tx, row["id"], words)
        _write_tokens(tx, Place.of(row), words)
    return bool(newer) or _catch_up_older(tx)


def _catch_up_older(tx: Tx) -> bool:
    behind = tx.all("SELECT id FROM customer_find_pending ORDER BY reach LIMIT :some", some=BEHIND)
    for found in behind:
        row = tx.one("SELECT * FROM customer_index WHERE id = :id", id=found["id"])
        if row is None:
            forget(tx, found["id"])
        else:
            _write_tokens(tx, Place.of(row), recognition.words_of(row))
    return bool(behind)


def tidy(tx: Tx, pages: int = TIDY_PAGES) -> bool:
    """Merges a little of the full-text index; whether there is more to merge. For a quiet hour, until it says no.

    Writing leaves the index in some dozens of segments, each of which every token is looked up in: in one, a search
    takes half the time. `pages` (of 4 KiB) keep a step short (13 ms, at most 23, for 64 pages; 111 steps for 100,000
    customers), so that nobody waits for the writer meanwhile. Once it is done, nothing of forgotten words is left.
    """
    before = tx.value("SELECT total_changes()")
    tx.run("INSERT INTO customer_token (customer_token, rank) VALUES ('merge', :pages)", pages=-pages)
    # Fewer than two changes mean that nothing was left to do (https://www.sqlite.org/fts5.html#the_merge_command).
    return bool(tx.value("SELECT total_changes()") - before >= 2)
