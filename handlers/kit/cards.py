"""The layout of a customer: the card, and one line in a list.

A card fits a phone's screen without scrolling and never shows an empty field. Every feature that shows a customer uses
it.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.kit import deal_cards
from handlers.kit.case_cards import first_words
from handlers.kit.contact_cards import last_contact
from handlers.kit.reply import BLANK, Button, Reply, Text, plain, t
from handlers.kit.request import Request
from store import access, complaints, followups
from store.access import Action
from store.errors import NotAllowed
from store.rules.models import Complaint, Customer, FollowUp, Phone
from store.rules.phone import said

PHONES_SHOWN, CASES_SHOWN, TAGS_SHOWN = 2, 2, 6
#: Characters of what a case is about.
CASE_WIDTH = 24
#: What a card's message is called, so that it is known whose card somebody looks at (store/customers.looked_at).
CARD = "card"


def card(
    req: Request, customer: Customer, *above: Text, undo: bool = False, replace: bool = False,
    offers: Sequence[Button] = (), wide: Sequence[Button] = (), back: Button | None = None,
) -> Reply:  # fmt: skip
    """The card of a customer with what is open. `above`: what has just been changed; `undo`: with the button to undo
    it; `offers`: what is likely just now, before the usual buttons; `wide`: the same where a label needs a whole row;
    `back`: to where the card was opened from.
    """
    head = [*above, BLANK] if above else []
    cases = _open_cases(req, customer)
    planned = [] if customer.masked else followups.open_of(req.tx, req.actor, customer.id)
    lines = card_lines(
        customer, urgent=_case_lines(cases), contact=last_contact(req.tx, req.actor, customer),
        extra=[*_next_step(planned), *deal_cards.brief(req, customer)],
    )  # fmt: skip
    first = [req.undo(), *offers] if undo else [*offers]
    mine = [one for one in planned[:1] if one.staff_id == req.actor.id]
    first += [Button(t("followup.button.done"), "task.done", one.id) for one in mine]
    last = [back] if back else []
    return Reply.say(
        *head, *lines,
        buttons=[first, list(wide), *card_buttons(req, customer), _case_buttons(cases[:CASES_SHOWN]), last],
        customer_id=customer.id, masked=customer.masked, replace=replace, ref=CARD,
    )  # fmt: skip


def card_lines(
    customer: Customer, *, urgent: Sequence[Text] = (), contact: Sequence[Text] = (), extra: Sequence[Text] = ()
) -> list[Text]:
    """The card's lines: who, what must be known before a call, what they are to us, how to reach them, the last
    contact, what is open.
    """
    lines = [t("card.name", name=customer.name), *urgent]
    work = [part for part in (customer.company, customer.title) if part]
    if work:
        lines.append(t("card.work", work=" · ".join(work)))
    lines.append(t("card.standing", level=t(f"level.{customer.level}"), stage=t(f"stage.{customer.stage}")))
    lines += [phone_line(phone) for phone in customer.phones[:PHONES_SHOWN]]
    if customer.emails:
        lines.append(t("card.email", email=customer.emails[0]))
    if customer.wechat:
        lines.append(t("card.wechat", wechat=customer.wechat))
    if customer.tags:
        lines.append(t("card.tags", tags=" ".join(f"#{tag}" for tag in customer.tags[:TAGS_SHOWN])))
    lines += contact
    if customer.archived:
        lines.append(t("card.archived"))
    if customer.masked:
        lines.append(t("card.masked"))
    return lines + list(extra)


def phone_line(phone: Phone) -> Text:
    """A number as people read it, which a phone dials at a tap."""
    if phone.ext:
        return t("card.phone_ext", phone=said(phone), ext=phone.ext)
    return t("card.phone", phone=said(phone))


def card_buttons(req: Request, customer: Customer) -> list[list[Button]]:
    """The likely next things to do with a customer, as far as this person may."""
    if customer.archived:
        return [[Button(t("card.button.restore"), "restore", customer.id)]] if _may_restore(req, customer) else []
    may = [action for action in Action if access.allowed(req.actor, action)]
    if customer.masked:
        may = [action for action in may if action is Action.COMPLAIN and access.sights(req.actor, action)[-1].masked]
    offers = [
        (Action.REMIND, Button(t("card.button.follow"), "follow", customer.id)),
        (Action.LOG, Button(t("card.button.note"), "note", customer.id)),
        (Action.EDIT, Button(t("card.button.edit"), "edit", customer.id)),
        (Action.SEE, Button(t("card.button.details"), "details", customer.id)),
        (Action.LOG, Button(t("card.button.timeline"), "timeline", customer.id, 0)),
        (Action.DEAL, Button(t("card.button.deals"), "deals", customer.id, 0)),
        (Action.COMPLAIN, Button(t("card.button.complaint"), "case.new", customer.id)),
        (Action.LINK, Button(t("card.button.link"), "link", customer.id)),
    ]
    buttons = [button for action, button in offers if action in may and _reaches(req, customer, action)]
    return [buttons[at : at + 4] for at in range(0, len(buttons), 4)]


def _may_restore(req: Request, customer: Customer) -> bool:
    return access.allowed(req.actor, Action.EDIT) and not customer.masked


def _next_step(planned: Sequence[FollowUp]) -> list[Text]:
    """What is to be done next for the customer, and how much more there is."""
    if not planned:
        return []
    step = t("card.next", at=planned[0].due_at, what=planned[0].text)
    return [t("card.next_of", step=step, n=len(planned) - 1) if len(planned) > 1 else step]


def _open_cases(req: Request, customer: Customer) -> list[Complaint]:
    """The customer's unresolved complaints."""
    if customer.masked or not access.allowed(req.actor, Action.SEE_CASE):
        return []
    return complaints.open_of(req.tx, req.actor, customer.id)


def _case_lines(cases: Sequence[Complaint]) -> list[Text]:
    """The open cases, a line each, and how many more there are."""
    lines = [
        t(
            "card.case", number=str(case.id), status=t(f"case.status.{case.status}"),
            text=first_words(case, CASE_WIDTH),
        )
        for case in cases[:CASES_SHOWN]
    ]  # fmt: skip
    return lines + ([t("card.cases_more", n=len(cases) - CASES_SHOWN)] if len(cases) > CASES_SHOWN else [])


def _case_buttons(cases: Sequence[Complaint]) -> list[Button]:
    return [Button(t("card.button.case", number=str(case.id)), "case", case.id) for case in cases]


def _reaches(req: Request, customer: Customer, action: Action) -> bool:
    """Whether the action reaches this customer; for one whom the member only sees for a follow-up, only notes do."""
    try:
        _, sight = access.row(req.tx, req.actor, action, "customer", customer.id)
    except NotAllowed:
        return False
    return sight is not access.TASK or action is Action.LOG


def row_label(customer: Customer) -> Text:
    """A customer as one row of a list."""
    parts = [customer.name, customer.company or customer.title]
    return plain(" · ".join(part for part in parts if part))


def row(customer: Customer, route: str = "customer", *args: int | str) -> Button:
    """A customer as a button that opens the card; `route` and `args` when it shall know the way back."""
    return Button(row_label(customer), route, *(args or (customer.id,)))
