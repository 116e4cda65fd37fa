"""Customers: add, read, change, list.

customer = customers.add(tx, actor, CustomerWords(name="张三"), level=Level.VIP)
customer = customers.get(tx, actor, customer.id)
customers.change(tx, actor, customer.id, customer.version, {"level": "regular"})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from store import access, journal, kinds, marks, queue, recognition, search_index
from store.access import Action, Actor, Sight
from store.db import Row, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed, Stale
from store.kinds import Written
from store.rules import masking
from store.rules.models import Customer, CustomerFacts, CustomerWords, Level, Stage
from store.rules.script import fold
from store.seal import digest, new_key, unseal
from store.times import from_ms, maybe_from_ms, to_ms

PAGE = 8
#: Among how many who were put away somebody is looked for.
AWAY_MOST = 200
#: How often a day a member is told that a contact is a colleague's (PRODUCT.md: rate-limited and audited).
TAKEN_A_DAY = 30
#: What the journal is told of a new customer.
_TOLD = {*CustomerFacts.model_fields, "owner_id", "team_id"}


def add(
    tx: Tx, actor: Actor, words: CustomerWords, *, level: Level = Level.POTENTIAL, stage: Stage = Stage.LEAD
) -> Customer:
    """A new customer, owned by the actor, in the actor's team. Raises NotAllowed, and Invalid without a name.

    `words` may be CustomerFacts: then these say level and stage, too.
    """
    access.require(actor, Action.ADD)
    if not words.name.strip():
        raise Invalid("name")
    key_id, key = new_key(tx)
    now = from_ms(to_ms(tx.now))
    customer = Customer.model_validate(
        {"level": level, "stage": stage, **vars(words), "id": 0, "version": 1, "owner_id": actor.id,
         "team_id": actor.team_id, "created_at": now, "updated_at": now, "last_contact_at": None, "archived": False,
         "masked": False}
    )  # fmt: skip
    values = customer.model_dump(mode="json", include=_TOLD) | {"deleted_at": None}
    customer_id = journal.create(tx, actor, kinds.CUSTOMER, values, key_id=key_id, key=key)
    tx.run("UPDATE seal_key SET customer_id = :customer WHERE id = :id", customer=customer_id, id=key_id)
    if words.tags or words.custom:
        marks.follow(tx, customer_id, words)
    search_index.add(tx, search_index.Place(customer_id, actor.id, actor.team_id, to_ms(now)), words)
    return customer.model_copy(update={"id": customer_id})


def get(tx: Tx, actor: Actor, customer_id: int) -> Customer:
    """A customer as the actor may see them. Raises NotAllowed, for the missing and the forbidden alike."""
    row, sight = access.row(tx, actor, Action.SEE, "customer", customer_id)
    return from_row(row, sight)


def living(tx: Tx, actor: Actor, customer_id: int) -> Customer:
    """A customer who is about to be changed, as `get`. Raises NotAllowed, and KehuError `archived`."""
    customer = get(tx, actor, customer_id)
    if customer.archived:
        raise KehuError("archived")
    return customer


def change(tx: Tx, actor: Actor, customer_id: int, version: int, values: Mapping[str, object]) -> Customer:
    """Changes fields of a customer that was seen at `version`. Raises NotAllowed, Stale, Invalid."""
    row, _ = access.living(tx, actor, Action.EDIT, customer_id)
    if row["version"] != version:
        raise Stale
    if "name" in values and not str(values["name"]).strip():
        raise Invalid("name")
    journal.update(tx, actor, kinds.CUSTOMER, row, {name: value or None for name, value in values.items()})
    return get(tx, actor, customer_id)


def archive(tx: Tx, actor: Actor, customer_id: int, version: int) -> Customer:
    """Archives a customer: in no list, found by no search, not to be changed. Raises NotAllowed, Stale."""
    return change(tx, actor, customer_id, version, {"deleted_at": to_ms(tx.now)})


def restore(tx: Tx, actor: Actor, customer_id: int) -> Customer:
    """Brings an archived customer back. Raises NotAllowed."""
    row, _ = access.row(tx, actor, Action.EDIT, "customer", customer_id)
    journal.update(tx, actor, kinds.CUSTOMER, row, {"deleted_at": None})
    return get(tx, actor, customer_id)


def archived(tx: Tx, actor: Actor, *, skip: int = 0, limit: int = PAGE) -> list[Customer]:
    """The archived customers that the actor may change, the last archived first."""
    access.stand(tx, actor)
    found = [
        from_row(row, sight)
        for sight in access.sights(actor, Action.EDIT)
        for row in tx.all(
            f"SELECT * FROM customer_{sight.scope} WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
            " LIMIT :limit",
            limit=skip + limit,
        )
    ]
    return found[skip : skip + limit]


def away(tx: Tx, actor: Actor, words: CustomerWords) -> list[Customer]:
    """Who was put away, of the last `AWAY_MOST`, and has this very name or one of these contacts; as far as the actor
    may bring them back. Whose addition was undone is not among them: that one never was.
    """
    contacts = set(recognition.contacts_of(words))
    return [
        one
        for one in archived(tx, actor, limit=AWAY_MOST)
        if (fold(one.name) == fold(words.name) or not contacts.isdisjoint(recognition.contacts_of(one)))
        and not journal.addition_undone(tx, actor, one.id)
    ]


def get_all(tx: Tx, actor: Actor, ids: Iterable[int]) -> list[Customer]:
    """Those of `ids` that the actor may find, in the given order; the others are silently left out."""
    access.stand(tx, actor)
    found = []
    for customer_id in ids:
        try:
            row, sight = access.row(tx, actor, Action.FIND, "customer", customer_id)
        except NotAllowed:
            continue
        found.append(from_row(row, sight))
    return found


def known(tx: Tx, actor: Actor, contacts: Sequence[tuple[str, str]]) -> tuple[bool, list[Customer]]:
    """Whether anybody in the book has one of these contacts, and those of them whom the actor sees in the clear.

    If only others' customers have one, the actor is told "taken" and no more. Each such answer is recorded with member
    and time; after `TAKEN_A_DAY` of them every other contact raises Busy `limit`, also one that nobody has: if only
    taken ones did, the limit itself would say which they are, and nobody would be kept from probing numbers.
    """
    ids = recognition.holders(tx, contacts)
    mine = [one for one in get_all(tx, actor, ids) if not one.masked]
    if not mine:
        today = f"taken:{actor.id}:{tx.now:%Y-%m-%d}"
        answer = f"{today}:{digest(tx, *contacts[0]).hex()}"
        told = tx.value(  # by the index of names: everybody who is entered comes by here
            "SELECT count(*) FROM occasion WHERE name > :first AND name < :last", first=f"{today}:", last=f"{today};"
        )
        if told >= TAKEN_A_DAY and not queue.happened(tx, answer):
            raise Busy("limit")
        if ids:
            queue.once(tx, answer)
    return bool(ids), mine


def from_row(row: Row, sight: Sight) -> Customer:
    """A row of one of the predicate's views as a model, masked if its scope demands it."""
    in_clear = {
        "id": row["id"], "version": row["version"], "owner_id": row["owner_id"], "team_id": row["team_id"],
        "kind": row["kind"], "level": row["level"], "stage": row["stage"], "region": row["region"],
        "industry": row["industry"], "source": row["source"], "created_at": from_ms(row["created_at"]),
        "updated_at": from_ms(row["updated_at"]), "last_contact_at": maybe_from_ms(row["last_contact_at"]),
        "archived": row["deleted_at"] is not None, "masked": False,
    }  # fmt: skip
    sealed = unseal(row["key_id"], row["key"], row["sealed"])
    customer = Customer.model_validate({"name": "?"} | sealed | in_clear)
    return masked(customer) if sight.masked else customer


def masked(customer: Customer) -> Customer:
    """A customer whom the actor sees in the clear, as others may read of them."""
    return customer if customer.masked else customer.model_copy(update=_hidden(customer) | {"masked": True})


def _hidden(words: CustomerWords) -> dict[str, object]:
    """What a masked customer has in place of contacts, and of what was said about them."""
    return {
        "phones": masking.phones(words.phones),
        "emails": tuple(masking.email(email) for email in words.emails),
        "wechat": masking.handle(words.wechat),
        "address": masking.handle(words.address),
        # What was said about somebody may hold anything, a number too.
        **dict.fromkeys(("birthday", "preferences", "needs", "notes"), ""),
        **dict.fromkeys(("gender", "birth_year")),
        "custom": {},
    }


def _follow(tx: Tx, customer: Written) -> None:
    """After each change of a customer: keyed hashes, marks and the search index say what the record says."""
    if customer.before is None:
        return  # `add` saw to it
    words = _living_words(customer.values)
    recognition.follow(tx, customer.id, _living_words(customer.before), words)
    if words is None:
        search_index.forget(tx, customer.id)
        marks.forget(tx, customer.id)
        return
    marks.follow(tx, customer.id, words)
    whose = customer.values["owner_id"], customer.values["team_id"]
    search_index.index(tx, search_index.Place(customer.id, *whose, to_ms(tx.now)), words)


def _living_words(values: Mapping[str, object]) -> CustomerWords | None:
    """The words of a customer, as the journal compares them; None of one who was put away."""
    if values["deleted_at"] is not None:
        return None
    return CustomerWords.model_validate({name: values[name] for name in kinds.CUSTOMER.sealed if values[name]})


kinds.CUSTOMER.after.append(_follow)
