"""A customer's timeline: everything that happened and is planned, in one list with filters, eight to a page.

What can be opened (a case, a feedback, files) has a button under the list; the filters are the row above it.
"""

from __future__ import annotations

from handlers.along import FOLDED
from handlers.fields import fields_of
from handlers.history import what as changed
from handlers.kit.contact_cards import kind_text
from handlers.kit.deal_cards import what as deal_text
from handlers.kit.files import file_lines, file_text
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Param, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import customers, staff, timeline
from store.access import Action, allowed
from store.errors import NotAllowed
from store.journal import Past
from store.rules.models import Complaint, Customer, Deal, Feedback, FollowUp, Interaction
from store.timeline import Event, What

routes = Routes()


@routes.button("timeline", Action.SEE)
def whole(req: Request) -> Reply:
    """All of a customer's timeline, a page at a time."""
    return _page(req, None, max(req.number(1), 0))


@routes.button("line", Action.SEE)
def part(req: Request) -> Reply:
    """One part of it: contacts, follow-ups, deals, complaints, feedback or changes."""
    only = next((what for what in What if what == req.word(1)), None)
    if only is None:
        raise NotAllowed
    return _page(req, only, max(req.number(2), 0))


def _page(req: Request, only: What | None, skip: int) -> Reply:
    customer = customers.get(req.tx, req.actor, req.number(0))
    events = timeline.page(req.tx, req.actor, customer.id, only, skip=skip, limit=PAGE + 1)
    lines = [t("timeline.title", name=customer.name)]
    for event in events[:PAGE]:
        lines += [BLANK, _line(req, event), *file_lines(event.files)]
    if not events:
        lines += [BLANK, t("timeline.none" if only is None else "timeline.empty")]
    openable = [button for event in events[:PAGE] for button in _open(event)]
    route = ("timeline", customer.id) if only is None else ("line", customer.id, only)
    buttons = [
        *(openable[at : at + 2] for at in range(0, len(openable), 2)),
        *paged([], *route, skip=skip, more=len(events) > PAGE),
        *_filters(req, customer, only),
        _ways(req, customer),
    ]
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=customer.id)


def _filters(req: Request, customer: Customer, only: What | None) -> list[list[Button]]:
    """A way to each part that the reader may see; the one that is shown is marked."""
    whole = Button(_marked("all", only is None), "timeline", customer.id, 0)
    buttons = [whole]
    for what in timeline.parts(req.tx, req.actor, customer.id):
        if what is What.CHANGE:  # in the list those of the customer; here all that was ever changed, with who did it
            buttons.append(Button(t("button.history"), "history", customer.id))
        else:
            buttons.append(Button(_marked(what, what is only), "line", customer.id, what, 0))
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def _marked(name: str, here: bool) -> Text:
    label = t(f"timeline.filter.{name}")
    return t("timeline.here", label=label) if here else label


def _ways(req: Request, customer: Customer) -> list[Button]:
    ways = [Button(t("button.return"), "customer", customer.id)]
    if allowed(req.actor, Action.LOG):
        ways.insert(0, Button(t("card.button.note"), "note", customer.id))
    return ways


# One line ------------------------------------------------------------------------------------------------------------


def _line(req: Request, event: Event) -> Text:
    record = event.record
    match record:
        case Interaction():
            kind: Param = kind_text(record.kind, record.outcome)
            if record.origin:
                kind = t("timeline.from", kind=kind, name=record.origin)
            head = t("timeline.head", at=event.at, what=kind, who=staff.name(req.tx, record.author_id))
            return _told(head, record.text)
        case FollowUp():
            state = t(f"followup.state.{record.state}", at=record.due_at)
            return _told(t("timeline.followup", state=state, who=staff.name(req.tx, record.staff_id)), record.text)
        case Deal():
            head = t(f"deal.line.{record.state}", at=event.at, what=deal_text(record))
            usual = t(f"deal.why.{record.why}") if record.why else None
            return t("timeline.line", head=head, text=usual) if usual else _told(head, record.reason)
        case Complaint():
            status = t(f"case.status.{record.status}")
            return _told(t("timeline.complaint", at=event.at, number=str(record.id), status=status), record.text)
        case Feedback():
            return _told(t("timeline.feedback", at=event.at, score=_score(record)), record.text)
        case Past():
            who = staff.name(req.tx, record.actor_id) or t("history.kehu")
            key = "timeline.change_undone" if record.undone else "timeline.change"
            return t(key, at=event.at, who=who, what=changed(fields_of(req), record))


def _told(head: Text, text: str) -> Text:
    if not text:
        return head
    return t("timeline.line" if len(text) <= FOLDED else "timeline.folded", head=head, text=text)


def _score(given: Feedback) -> Text:
    if given.score is None:
        return t("feedback.praise")
    return t("feedback.score", score=str(given.score), scale=str(given.scale))


# What can be opened --------------------------------------------------------------------------------------------------


def _open(event: Event) -> list[Button]:
    buttons = _files(event)
    if isinstance(event.record, Deal):
        buttons.append(Button(t("timeline.deal", what=deal_text(event.record)), "deal", event.record.id))
    if isinstance(event.record, Complaint):
        buttons.append(Button(t("timeline.case", number=str(event.record.id)), "case", event.record.id))
    if isinstance(event.record, Feedback):
        buttons.append(Button(t("timeline.rated", score=_score(event.record), at=event.at), "fb", event.record.id))
    return buttons


def _files(event: Event) -> list[Button]:
    if not event.files:
        return []
    first = event.files[0]
    if len(event.files) == 1:
        return [Button(t("timeline.file", file=file_text(first), at=event.at), "file", first.id)]
    label = t("timeline.files", file=file_text(first), n=len(event.files), at=event.at)
    return [Button(label, "files", first.record, first.record_id)]
