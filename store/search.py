"""Search: the best few customers for what somebody typed.

    found = search.find(tx, actor, "张三 1380")
    found.customers, found.more, found.corrected

Search stops at one page and says so in `more`. Complete lists (filters, bulk, counts) are store/selecting.py.

Each of the actor's sights asks the full-text index for the newest customers that have some grams of all terms, up to a
cap. Every candidate, and every customer whose tokens are not written yet, is then checked against its own words and
ranked (store/rules/matching.py). Where the cap was reached, whole fields are asked for as well, so that the cap never
hides an exact match. That keeps it fast on a million customers, half of whom share a name. Permission is decided by the
views `customer_find_…`, and again by `customer_…` for the rows that leave the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from store import access, customers
from store.access import Action, Actor, Sight
from store.db import Row, Tx
from store.rules import matching, typos
from store.rules.matching import Term
from store.rules.models import Customer

PAGE = 8
#: How many candidates are looked at: of whole fields and of what is nearly right; and of everything.
NARROW_CAP, CAP = 50, 100
#: Fewer true ones among so many candidates, and they are asked for by every gram: more than a page should be left.
ENOUGH = 10

_VIEWS = {
    access.OWN: "customer_find_own",
    access.TEAM: "customer_find_team",
    access.ALL: "customer_find_all",
    access.POOL: "customer_find_pool",
    access.MASKED_TEAM: "customer_find_masked_team",
}
"""Which view a sight searches. Masked sights have views of their own, without the hidden words."""


@dataclass(frozen=True)
class Found:
    """A search result, the best first. `more`: there are others. `corrected`: what the query was corrected to."""

    customers: list[Customer]
    more: bool = False
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class _Hit:
    """A customer who fits. `rank`: masked last, then how well, then how recent; `said`: what was meant by a slip."""

    rank: tuple[bool, int, int, int, int]
    id: int
    sight: Sight
    said: str = ""


def find(tx: Tx, actor: Actor, text: str, *, limit: int = PAGE) -> Found:
    """The best `limit` customers that the actor may find and that answer every term of `text`. Raises NotAllowed."""
    sights = access.sights(actor, Action.FIND)
    access.stand(tx, actor)
    sought = matching.terms(text)
    if not sought:
        return Found([])
    best = _best(limit, (_search(tx, actor, sight, sought) for sight in sights))
    corrected = None
    if not best:
        for before, slip, after in _slips(sought):
            if best := _best(limit, (_mend(tx, actor, sight, slip, before + after) for sight in sights)):
                corrected = " ".join([*(term.raw for term in before), best[0].said, *(term.raw for term in after)])
                break
    return Found(list(_leave(tx, best[:limit])), more=len(best) > limit, corrected=corrected)


def _slips(sought: tuple[Term, ...]) -> Iterator[tuple[tuple[Term, ...], Term, tuple[Term, ...]]]:
    """Each term as the one that is not quite right, with those before and after; then all as one: zhang sna."""
    for at, term in enumerate(sought):
        yield sought[:at], term, sought[at + 1 :]
    joined = "".join(term.raw for term in sought)
    if len(sought) > 1 and joined.isascii():
        yield (), Term(joined, (joined,)), ()


def _best(limit: int, seen: Iterable[list[_Hit]]) -> list[_Hit]:
    """The hits of each sight in turn, the clearest first, until there are more than are shown; ranked."""
    hits: dict[int, _Hit] = {}
    for found in seen:
        for hit in found:
            hits.setdefault(hit.id, hit)
        if len(hits) > limit:
            break
    return sorted(hits.values(), key=lambda hit: hit.rank)


def _search(tx: Tx, actor: Actor, sight: Sight, sought: tuple[Term, ...]) -> list[_Hit]:
    """The customers who match, as far as the caps reach."""
    if sight == access.CASE:
        return _hits(_open_cases(tx), sight, sought)
    scope = _scope(tx, actor, sight)
    if scope is None:
        return []
    rows = _candidates(tx, sight, scope + _anywhere(sought, sight, matching.some), CAP)
    hits = _hits(_fresh(tx, sight) + rows, sight, sought)
    if len(rows) < CAP:
        return hits
    if len(hits) < ENOUGH:
        hits += _hits(_candidates(tx, sight, scope + _anywhere(sought, sight, list), CAP), sight, sought)
    return hits + _hits(_candidates(tx, sight, scope + _whole(sought, sight), NARROW_CAP), sight, sought)


def _mend(tx: Tx, actor: Actor, sight: Sight, slip: Term, others: tuple[Term, ...]) -> list[_Hit]:
    """The customers who match `others` and nearly match `slip`."""
    hits = []
    for row in _nearly(tx, actor, sight, slip, others):
        fit = matching.fit(others, row["shown"], row["hidden"])
        said = typos.meant(slip.raw, row["shown"]) or typos.meant(slip.raw, row["hidden"])
        if fit is not None and said is not None:
            place = matching.place(Term(said, (said,)), row["shown"], row["hidden"])
            rank = (sight.masked, matching.INSIDE if place is None else place, fit[1], -row["recent_at"], -row["id"])
            hits.append(_Hit(rank, row["id"], sight, said))
    return hits


def _nearly(tx: Tx, actor: Actor, sight: Sight, slip: Term, others: tuple[Term, ...]) -> list[Row]:
    """Candidates for a term that is not quite right."""
    guesses = _guesses(slip, sight)
    if not guesses:
        return []
    if sight == access.CASE:
        return _open_cases(tx)
    scope = _scope(tx, actor, sight)
    if scope is None:
        return []
    rest = f" AND {_anywhere(others, sight, matching.some)}" if others else ""
    return _fresh(tx, sight) + _candidates(tx, sight, scope + guesses + rest, NARROW_CAP)


def _candidates(tx: Tx, sight: Sight, match: str, cap: int) -> list[Row]:
    return tx.all(
        "SELECT f.id, f.recent_at, f.shown, f.hidden"
        f" FROM customer_token t CROSS JOIN {_VIEWS[sight]} f ON f.id = t.rowid"
        " WHERE t.customer_token MATCH :match ORDER BY t.rowid DESC LIMIT :cap",
        match=match, cap=cap,
    )  # fmt: skip


def _fresh(tx: Tx, sight: Sight) -> list[Row]:
    """The customers without tokens (store/search_index.py), few enough to check each."""
    return tx.all(
        "SELECT f.id, f.recent_at, f.shown, f.hidden"
        f" FROM customer_find_fresh n CROSS JOIN {_VIEWS[sight]} f ON f.id = n.id"
    )


def _open_cases(tx: Tx) -> list[Row]:
    """Everybody with a case of the actor's: few enough to look at each."""
    return tx.all("SELECT id, recent_at, shown, hidden FROM customer_find_case ORDER BY id DESC")


def _hits(rows: list[Row], sight: Sight, sought: tuple[Term, ...]) -> list[_Hit]:
    hits = []
    for row in rows:
        fit = matching.fit(sought, row["shown"], row["hidden"])
        if fit is not None:
            hits.append(_Hit((sight.masked, *fit, -row["recent_at"], -row["id"]), row["id"], sight))
    return hits


def _leave(tx: Tx, hits: list[_Hit]) -> Iterator[Customer]:
    """The rows themselves, once more through the predicate."""
    for hit in hits:
        row = tx.one(f"SELECT * FROM customer_{hit.sight.scope} WHERE id = :id", id=hit.id)
        if row is not None:
            yield customers.from_row(row, hit.sight)


# The full-text question ----------------------------------------------------------------------------------------------


def _scope(tx: Tx, actor: Actor, sight: Sight) -> str | None:
    """The tokens that narrow a question to a sight, as the beginning of a MATCH; None when it reaches nothing."""
    if sight == access.ALL:
        return ""
    if sight == access.OWN:
        return f'"o:{actor.id}" AND '
    teams = tx.all("SELECT team_id FROM reach WHERE staff_id = :id", id=actor.id)
    if not teams:
        return None
    kind = "p" if sight == access.POOL else "g"
    return "(" + " OR ".join(f'"{kind}:{row["team_id"]}"' for row in teams) + ") AND "


def _whole(sought: tuple[Term, ...], sight: Sight) -> str:
    shown = "=" + "".join(part for term in sought for part in term.parts)
    return _quote(shown) if sight.masked else f"({_quote(shown)} OR {_quote('~=' + ''.join(t.raw for t in sought))})"


def _anywhere(sought: tuple[Term, ...], sight: Sight, pick: Callable[[list[str]], list[str]]) -> str:
    """The question for all the terms; `pick` says by which of their tokens."""
    questions = []
    for term in sought:
        question = _all(_any(_all(map(_quote, pick(way))) for way in matching.ways(part)) for part in term.parts)
        if not sight.masked and (contact := matching.contact(term)):
            question = _any((question, _all(map(_quote, pick(contact)))))
        questions.append(question)
    return _all(questions)


def _guesses(slip: Term, sight: Sight) -> str:
    """The question for what is nearly `slip`; empty where there is no telling."""
    guesses = typos.guesses(slip.raw) if slip.parts == (slip.raw,) else []
    if not sight.masked:
        guesses = guesses + typos.contact_guesses(slip.raw)
    return _any(_all(map(_quote, guess)) for guess in guesses) if guesses else ""


def _all(questions: Iterable[str]) -> str:
    return "(" + " AND ".join(questions) + ")"


def _any(questions: Iterable[str]) -> str:
    return "(" + " OR ".join(questions) + ")"


def _quote(token: str) -> str:
    return '"' + token.replace('"', "") + '"'
