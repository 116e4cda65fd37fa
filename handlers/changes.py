"""Changing a customer in words: any field, level, stage, tags, owner.

    电话改成 13900139000     张三 升级 VIP     tag Jane as key account     预算改成 30万     张三转给韩梅

A line without a name means the customer whose card was last shown in the chat within the hour; if that is not clear,
the bot asks with buttons and never guesses. A line that turns out to be no change takes its usual route (a search, a
new customer).
"""

from __future__ import annotations

from datetime import timedelta

from handlers import bulk_words, capture, case_words, lists, requests, search, tags, values
from handlers import customers as editing
from handlers.fields import fields_of, value_of
from handlers.history import touched
from handlers.kit import forms, whom
from handlers.kit.cards import CARD, row_label
from handlers.kit.form_model import Field, Form
from handlers.kit.lately import lately
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import subject
from handlers.understand import changes as reading
from handlers.understand import places
from handlers.understand.contactlike import holds_contact
from handlers.understand.customerlike import may_be_customer
from store import bulk, customers, journal, queue, staff
from store.access import Action, allowed
from store.bulk import Heir
from store.errors import Invalid, KehuError
from store.rules.models import Customer
from store.rules.script import fold

routes = Routes()

#: How long a card is taken for the one that somebody looks at.
LOOKED_AT = timedelta(hours=1)
#: How many customers are offered when nobody was named.
OFFERED = 5
#: What a change of tags is called where a field has its key.
_TAGS = {"tag": "tags+", "untag": "tags-"}
#: And to put somebody away, which changes no field.
_ARCHIVE = "archive"
#: What somebody is called, or the firm that was named in their place.
_NAME, _FIRM = "name", "company"
#: Or to give somebody to a colleague.
_OWNER = "owner"


@routes.kind("change", Action.STAFF, writes=True)
def change(req: Request) -> Reply:
    """A line that has the shape of a change."""
    return _asked(req).aside()


def _asked(req: Request) -> Reply:
    asked = reading.recognise(req.incoming.text)
    told = reading.unordered(req.incoming.text) if asked is not None and asked.what == "standing" else None
    if told is not None and subject(req, _who(told)).certain:
        asked = told  # Mark Green level VIP: it is his name, and no order to mark somebody
    if asked is not None and asked.what == "told":
        return _told(req, asked) or _otherwise(req)
    if asked is not None and asked.what == _OWNER:
        return _given(req, asked) or _otherwise(req)
    if asked is None or not allowed(req.actor, Action.EDIT):
        return _otherwise(req)
    if asked.what == "restore":
        return _restore(req, asked.left)
    whole = bulk_words.meant(req, asked)
    if whole is not None:
        return bulk_words.ask(req, whole)
    if asked.loose and asked.what != "clear" and not known(req, _who(asked)):
        return _otherwise(req)
    if asked.what == "archive":
        return whose(req, asked.left, _ARCHIVE, "")
    if asked.what == "rename":
        return whose(req, asked.left, _NAME, asked.value)
    if asked.what in _TAGS:
        return _tag(req, asked)
    placed = _placed(req, asked)
    return _otherwise(req) if placed is None else whose(req, *placed)


def _who(asked: reading.Asked) -> str:
    """The customer who is named: Jane Smith, of a line about her birthday."""
    field = reading.field_in(asked.left, {}) if asked.what in ("set", "told") else None
    return asked.left if field is None else field[0]


def _told(req: Request, asked: reading.Asked) -> Reply | None:
    """Somebody by the whole name, a field and what it can hold; None where it may be a sentence, or of somebody new."""
    placed = field_in(req, asked.left)
    if placed is None or not allowed(req.actor, Action.EDIT):
        return None
    who, key = placed
    found = subject(req, who).customers
    called = [one for one in found if fold(one.name) == fold(who) and not one.masked]
    if not called or not _holds(req, key, asked.value):
        return None
    if len(called) == 1:
        return apply(req, called[0], key, asked.value)
    return _ask_whom(req, called, who, key, asked.value)


def _holds(req: Request, key: str, value: str) -> bool:
    """Whether words are a value of a field, and no sentence that goes on: company is growing fast."""
    try:
        fields_of(req)[key].parse(req, value)
    except Invalid:
        return False
    return key not in ("company", "title") or may_be_customer(value)


def _given(req: Request, asked: reading.Asked) -> Reply | None:
    """A case or a customer that is given to a colleague; None where neither is meant."""
    place = places.recognise(asked.left)
    if place is not None and place.route == "case" and allowed(req.actor, Action.SEE_CASE):
        return case_words.give(req, int(place.args[0]), asked.value)
    whole = bulk_words.meant(req, asked)
    if whole is not None:
        heir = _heir(req, asked.value)
        return _for_the_manager(req, asked.value) if heir is None else bulk_words.give(req, whole, heir.id)
    if not reading.is_looked_at(asked.left) and _found(req, asked.left) is None:
        return None
    if _heir(req, asked.value) is None:
        return _for_the_manager(req, asked.value)
    return whose(req, asked.left, _OWNER, asked.value)


def _heir(req: Request, called: str) -> Heir | None:
    """The member of this name to whom one may give customers."""
    if not allowed(req.actor, Action.ASSIGN):
        return None
    me = reading.is_me(called)
    found = [
        one
        for one in bulk.heirs(req.tx, req.actor)
        if (one.id == req.actor.id if me else fold(one.name) == fold(called))
    ]
    return found[0] if len(found) == 1 else None


def _for_the_manager(req: Request, called: str) -> Reply | None:
    """Whoever may give nobody away is told who may; None where no colleague is meant, or it is theirs to do."""
    if allowed(req.actor, Action.ASSIGN) or not staff.called(req.tx, called):
        return None
    manager = next(iter(staff.managers_of(req.tx, req.actor.team_id)), None)
    return Reply.say(t("change.by_manager", manager=staff.name(req.tx, manager)))


def known(req: Request, who: str) -> bool:
    """Whether the book knows somebody of one's own who is called so."""
    if reading.is_looked_at(who):
        return True
    found = _found(req, who)
    return found is not None and not found.masked


def _found(req: Request, who: str) -> Customer | None:
    """The customer of this name, if nobody else can be meant; perhaps one of the team, shown masked."""
    about = subject(req, who)
    return about.customers[0] if about.sure and not about.words else None


def _restore(req: Request, who: str) -> Reply:
    """Brings back who was put away and is called so."""
    away = customers.archived(req.tx, req.actor, limit=customers.AWAY_MOST)
    meant = [one for one in away if fold(one.name) == fold(who)] or [one for one in away if fold(who) in fold(one.name)]
    if len(meant) == 1:
        return editing.bring_back(req, meant[0].id)
    if not meant:
        return _otherwise(req)
    rows = [[Button(row_label(one), "customer", one.id)] for one in meant[:OFFERED]]
    others = tuple(one.id for one in meant[1:OFFERED])
    return Reply.say(t("change.which", name=who[:60]), buttons=rows, customer_id=meant[0].id, others=others)


def _otherwise(req: Request) -> Reply:
    """No change after all: as if it had never looked like one."""
    line = req.incoming.text
    if allowed(req.actor, Action.ADD) and holds_contact(line):
        return capture.capture(req)
    return lists.in_words(req, line) or search.look_for(req, line)


def _placed(req: Request, asked: reading.Asked) -> tuple[str, str, str] | None:
    """The customer's name, the field, and the value as typed; None when no field of ours is meant."""
    if asked.what != "standing":
        found = field_in(req, asked.left)
        if found is not None:
            return (*found, asked.value)
        if asked.what == "clear":
            return None
    told = reading.standing(asked.value)
    return None if told is None else (asked.left, told[0], told[1])


def field_in(req: Request, words: str) -> tuple[str, str] | None:
    """The name and the field that words contain, a built-in field or the company's own; None where they name none."""
    return reading.field_in(words, {fold(field.name): key for key, field in fields_of(req).items() if field.name})


def _tag(req: Request, asked: reading.Asked) -> Reply:
    """Tags: whom they are for may stand before them, 张三 制造业."""
    key = _TAGS[asked.what]
    if asked.left:
        return whose(req, asked.left, key, asked.value)
    about = subject(req, asked.value)
    if about.words and about.sure:
        return apply(req, about.customers[0], key, about.words)
    if about.words and (about.begun or about.named):
        return _ask_whom(req, list(about.customers), about.typed, key, about.words)
    return whose(req, "", key, asked.value)


# Of whom -------------------------------------------------------------------------------------------------------------


def whose(req: Request, who: str, key: str, value: str) -> Reply:
    """Applies the change when there is no doubt about whom; otherwise asks, and keeps it."""
    if not who or reading.is_looked_at(who):
        seen = looked_at(req)
        if len(seen) == 1:
            return apply(req, seen[0], key, value)
        return _ask_whom(req, seen or lately(req, OFFERED), "", key, value)
    about = subject(req, who)
    mine = [one for one in about.customers if not one.masked] if not about.words else []
    if mine and key == _NAME and _is_firm(mine[0], about.typed):
        key = _FIRM
    if mine and mine[0] is about.customers[0] and about.sure:
        return apply(req, mine[0], key, value)
    return _ask_whom(req, mine, who, key, value)


def _is_firm(customer: Customer, typed: str) -> bool:
    """Whether a customer was found by the name of their company: it is the company, then, that has another name."""
    return fold(typed) in fold(customer.company) and fold(typed) not in fold(customer.name)


def looked_at(req: Request) -> list[Customer]:
    """The customer whose card was last shown in the chat; several, if messages about others have come since."""
    seen: list[int] = []
    for row in queue.told_of(req.tx, req.actor.id, req.now - LOOKED_AT):
        if row["customer_id"] not in seen:
            seen.append(row["customer_id"])
        if row["ref"] == CARD:
            break
    found = customers.get_all(req.tx, req.actor, seen)
    return [one for one in found if not one.masked and not one.archived]


def _ask_whom(
    req: Request, offered: list[Customer], who: str, key: str, value: str, again: Draft | None = None
) -> Reply:
    mine = [one for one in offered if not one.masked]
    if not who:
        said = t("change.archive") if key == _ARCHIVE else t("change.whose", label=_label(req, key))
    else:
        said = t("change.which" if mine else "change.unknown", name=who[:60])
    kept = {"key": key, "text": value}
    return whom.ask(req, WHOSE.name, said, mine, "change.of", kept, again=again, open_to_all=not who)


def _label(req: Request, key: str) -> Text:
    return fields_of(req)[key.rstrip("+-")].label


@routes.button("change.of", Action.EDIT, writes=True, keeps_form=True)
def change_of_one(req: Request) -> Reply:
    """Which of several customers the change is for; it waits in the draft."""
    draft = forms.belonging(req, WHOSE.name)
    return apply(req, customers.living(req.tx, req.actor, req.number(1)), *_kept(draft))


def _named(req: Request, draft: Draft) -> Reply:
    """Somebody typed whom it is for; who may be meant and is not called so is asked for once more."""
    meant, certain = whom.named(req, draft)
    mine = [one for one in meant if not one.masked]
    if certain and mine:
        return apply(req, mine[0], *_kept(draft))
    return _ask_whom(req, mine, str(draft.values["who"]), *_kept(draft), again=draft)


def _kept(draft: Draft) -> tuple[str, str]:
    return str(draft.extra["key"]), str(draft.extra["text"])


# Doing it ------------------------------------------------------------------------------------------------------------


def apply(req: Request, customer: Customer, key: str, value: str) -> Reply:
    """The change itself; a value that the field can't hold is said, and asked for."""
    customer = customers.living(req.tx, req.actor, customer.id)
    if key == _ARCHIVE:
        return editing.put_away(req, customer).closing()
    if key == _OWNER:
        heir = _heir(req, value)
        if heir is None:
            raise KehuError("no_longer")
        return requests.give(req, customer, heir).closing()
    if key in _TAGS.values():
        told = values.tags(req, value)
        done = tags.put_on if key == "tags+" else tags.take_off
        return done(req, customer, told).closing()
    field = fields_of(req).get(key)
    if field is None:
        raise KehuError("no_longer")
    if not value:
        return editing.ask(req, customer, key) if field.required else editing.put(req, customer, key, None).closing()
    try:
        parsed = field.parse(req, value)
    except Invalid as wrong:
        said = t(f"error.{wrong.key}", typed=str(wrong.data.get("typed") or value)[:60])
        return editing.ask(req, customer, key, said, insisted=field.anyway(req, value) if field.anyway else None)
    if _touched_since(req, customer, key) and value_of(customer, key) != parsed:
        return editing.both(req, customer, key, parsed)
    return editing.put(req, customer, key, parsed).closing()


def _touched_since(req: Request, customer: Customer, key: str) -> bool:
    """Whether somebody else has changed the field since this person was last shown the customer's card."""
    shown = queue.shown_at(req.tx, req.actor.id, customer.id, CARD)
    if shown is None:
        return False
    past = journal.history(
        req.tx, req.actor, customer.id, limit=1,
        about=lambda one: one.at >= shown and one.actor_id != req.actor.id and key in touched(one),
    )  # fmt: skip
    return bool(past)


def _text(_: Request, typed: str) -> str:
    if not typed.strip():
        raise Invalid("text")
    return typed.strip()[:200]


WHOSE = forms.register(
    Form("change_whose", Action.EDIT, (Field("who", _text, required=True),), _named, confirm=False,
         takes=whom.may_answer, fits=whom.answers)
)  # fmt: skip
