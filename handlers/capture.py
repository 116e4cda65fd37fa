"""Adding a customer: from one line, from a shared contact, or step by step; always confirmed with one tap.

What a line says is shown as a card to save, each field one tap from correction. Words that were not understood become a
note, a time becomes a follow-up. handlers/duplicates.py takes over when the customer is in the book already.
"""

from __future__ import annotations

from types import MappingProxyType

from handlers import along, duplicates, lists
from handlers.along import Extra
from handlers.fields import facts, form_fields
from handlers.followups import reminder_of
from handlers.kit import forms
from handlers.kit.cards import card, row
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE
from handlers.kit.reply import Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.newcomer import Read, read, read_contact
from handlers.search import look_for
from store import customers
from store.access import Action, allowed
from store.rules.models import Customer
from store.search import find

routes = Routes()


@routes.button("add", Action.ADD, writes=True)
def add_by_steps(req: Request) -> Reply:
    """The form, question by question."""
    return forms.begin(req, ADD)


@routes.command("add", Action.ADD, writes=True)
@routes.verb("add", Action.ADD, writes=True)
def add(req: Request) -> Reply:
    """ "添加 …": the form where nothing follows, else what follows is read as a customer."""
    return propose(req, read(req, req.text)) if req.text.strip() else forms.begin(req, ADD)


@routes.kind("capture", Action.STAFF, writes=True)
def capture(req: Request) -> Reply:
    """A plain line with what may be a phone number or an e-mail in it.

    It is looked for where nobody may be added, and where it is neither: an order's number, the end of a phone number.
    """
    line = req.incoming.text
    if not allowed(req.actor, Action.ADD):
        return look_for(req, line)
    told = read(req, line)
    reachable = told.values.get("phones") or told.values.get("emails")
    if not reachable:  # a condition on a large number is one, too: 预算>3000000
        listed = lists.in_words(req, line)
        if listed is not None:
            return listed
        if not told.values.get("name") or find(req.tx, req.actor, line, limit=1).customers:
            return look_for(req, line)
    return propose(req, told)


@routes.kind("contact", Action.STAFF, writes=True)
def shared_contact(req: Request) -> Reply:
    """A contact card that a member shares; looked for where nobody may be added."""
    contact = req.incoming.contact
    assert contact is not None
    if not allowed(req.actor, Action.ADD):
        return look_for(req, contact.phone)
    return propose(req, read_contact(req, contact))


def propose(req: Request, told: Read, brought: Extra = MappingProxyType({}), about: Customer | None = None) -> Reply:
    """Shows what will be saved; or the customer whom it is about, when that is one of the actor's already.

    `brought`: what came beside the words (`along.gathered`); `about`: whose words they are, when that is known.
    """
    values = told.tidied()
    extra = {**told.extra(), **brought}
    reminder = extra.get(along.REMINDER)
    name = str(values.get("name", ""))
    same = [one for one in duplicates.known(req, values).same if duplicates.same_person(one, name)]
    if not same and about is not None and duplicates.same_person(about, name):
        same = [about]
    if len(same) == 1:
        return duplicates.open_known(req, same[0], values, extra, t("add.here"))
    if same and not name:
        rows = [[row(one, "open")] for one in same[:PAGE]]
        return Reply.say(t("add.several"), buttons=rows, customer_id=same[0].id)
    extra.pop(along.REMINDER, None)  # a field of the form, to be corrected
    return forms.begin(req, ADD, values=values | ({along.REMINDER: reminder} if reminder else {}), extra=extra)


def _save(req: Request, draft: Draft) -> Reply:
    customer = customers.add(req.tx, req.actor, facts(draft.values))
    duplicates.remember(req, customer, draft.values)
    written = along.write(req, customer, along.of(draft))
    saved = card(
        req, customers.get(req.tx, req.actor, customer.id), t("add.saved"), *written.lines, undo=True,
        replace=req.pressed,
    )  # fmt: skip
    return written.end(saved, draft.extra)


def _left(req: Request, _: Draft) -> Reply:
    return Reply.say(t("add.left"), replace=req.pressed)


#: When to be reminded and of what, said in one line; what is not said of it stays.
REMINDER = Field(along.REMINDER, reminder_of, show=along.reminder_text, asked=False, lined=False)


def _fields(req: Request) -> tuple[Field, ...]:
    return (*form_fields(req), REMINDER)


ADD = forms.register(Form("add", Action.ADD, (), _save, beside=duplicates.beside, left=_left, current=_fields))
