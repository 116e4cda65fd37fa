"""One case on the staff's side: its card, and every step that it can take.

    Reply((card(req, case, t("case.done.take"), replace=True),))

A step changes the card in place, says in one line what changed and whether the customer has been told, and can be
undone. The customer's words come in through handlers/guest_cases.py; who else is told of a step is in
handlers/case_news.py, the layout of a case in handlers/kit/case_cards.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.case_news import customer_news, staff_news
from handlers.kit import albums, forms
from handlers.kit.case_cards import case_lines
from handlers.kit.case_choices import cause_rows
from handlers.kit.files import files_of, open_case_files, refused, shared, worded, words_or_file
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.understand.question import is_question
from store import access, attachments, case_clock, case_news, complaints, customers, guests, proofs, staff
from store.access import Action
from store.case_life import UNRESOLVED
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.models import CaseStatus, Complaint, Customer

routes = Routes()


@routes.button("case", Action.SEE_CASE)
def show(req: Request) -> Reply:
    """A case's card."""
    return Reply((card(req, complaints.get(req.tx, req.actor, req.number()), replace=req.pressed),))


def card(
    req: Request, case: Complaint, *notices: Text, choices: Sequence[Sequence[Button]] = (),
    undo: Sequence[Button] = (), replace: bool = False,
) -> Message:  # fmt: skip
    """The card of a case for whoever asks, what has just happened to it, and what can happen next.

    It shows no contact detail, so a reader who sees the customer masked may have it too.
    """
    customer, files = customer_of(req, case), attachments.of_case(req.tx, req.actor, case.id)
    above = (*notices, BLANK) if notices else ()
    lines = case_lines(
        case, customer, assignee=staff.name(req.tx, case.assignee_id),
        said=complaints.messages(req.tx, req.actor, case.id), left=case_clock.left(req.tx, case.id),
        files=files, reachable=not guests.gone(req.tx, case.customer_id),
        doubtful=proofs.doubtful(req.tx, "complaint", case.id),
        same=complaints.repetitions(req.tx, req.actor, case.id),
    )  # fmt: skip
    buttons = [*choices, *_buttons(req, case, customer, open_case_files(case.id, files)), undo]
    return message(
        *above, *lines, buttons=buttons, replace=replace,
        customer_id=customer.id if customer else None, masked=True,
    )  # fmt: skip


def choice_of(req: Request, case: Complaint, question: Sequence[Text], rows: Sequence[Sequence[Button]]) -> Reply:
    """A question about a case: its card with these choices alone, and the way back to it."""
    shown = card(req, case, *question, replace=req.pressed)
    return Reply((replace(shown, buttons=(*map(tuple, rows), (Button(t("button.return"), "case", case.id),))),))


def undo_row(req: Request) -> list[Button]:
    """Undo, if this request has changed anything (a second tap on the same button has not)."""
    return [] if req.tx.change is None else [req.undo()]


def customer_of(req: Request, case: Complaint) -> Customer | None:
    """The customer of a case; None when this reader may see the case but not (any more) the customer."""
    try:
        return customers.get(req.tx, req.actor, case.customer_id)
    except NotAllowed:
        return None


def _buttons(
    req: Request, case: Complaint, customer: Customer | None, files: Sequence[Button]
) -> list[list[Button]]:  # fmt: skip
    may, unresolved = access.allowed(req.actor, Action.HANDLE), case.status in UNRESOLVED
    steps = []
    if may and unresolved:
        if case.assignee_id != req.actor.id:
            steps.append(Button(t("case.button.take"), "case.take", case.id))
        steps.append(Button(t("case.button.resolve"), "case.resolve", case.id))
        if guests.chats(req.tx, case.customer_id):
            steps.append(Button(t("case.button.ask"), "case.ask", case.id))
        else:
            steps.append(Button(t("case.button.called"), "case.called", case.id))
    elif may and case.merged_into is None:
        steps.append(Button(t("case.button.reopen"), "case.reopen", case.id))
        if case.status is CaseStatus.RESOLVED:
            steps.append(Button(t("case.button.close"), "case.close", case.id))
    elif may and case.merged_into is not None:
        steps.append(Button(t("case.button.other", number=str(case.merged_into)), "case", case.merged_into))
    more = []
    if may or (unresolved and case.author_id == req.actor.id):
        more.append(Button(t("case.button.sort"), "case.sort", case.id))
    if may:
        more.append(Button(t("case.button.note"), "case.note", case.id))
    if unresolved and access.allowed(req.actor, Action.MANAGE):
        more.append(Button(t("case.button.assign"), "case.assign", case.id))
    more += [Button(t("case.button.story"), "case.story", case.id), *files]
    if customer is not None:
        more.append(Button(t("case.button.customer"), "customer", customer.id))
    return [steps, *(more[at : at + 3] for at in range(0, len(more), 3))]


def _done(req: Request, case: Complaint, what: Text, *, choices: Sequence[Sequence[Button]] = ()) -> Reply:
    """The card after a step that the customer sees too: what changed, and whether they know."""
    known = t("case.customer_told") if guests.chats(req.tx, case.customer_id) else t("case.customer_away")
    said = card(req, case, what, known, *_veiled(req, case), choices=choices, undo=undo_row(req), replace=req.pressed)
    return told(req, Reply((said,)))


def _veiled(req: Request, case: Complaint) -> list[Text]:
    """A line that says that nobody who came through the customer's links can read the case yet."""
    here = guests.chats(req.tx, case.customer_id)
    return [t("case.customer_veiled")] if here and not proofs.reads_case(req.tx, case.customer_id, case.id) else []


def told(req: Request, reply: Reply) -> Reply:
    """The same, and the customer's card brought up to date."""
    return reply.also(*customer_news(req.tx))


@routes.button("case.take", Action.HANDLE, writes=True)
def take(req: Request) -> Reply:
    """Makes a case one's own; one that a colleague has is only taken over after another tap."""
    case = complaints.get(req.tx, req.actor, req.number())
    if case.assignee_id not in (None, req.actor.id):
        over = [[Button(t("case.button.take_over"), "case.over", case.id)]]
        return choice_of(req, case, [t("case.taken", name=staff.name(req.tx, case.assignee_id))], over)
    return _done(req, complaints.take(req.tx, req.actor, case.id), t("case.done.take"))


@routes.button("case.over", Action.HANDLE, writes=True)
def take_over(req: Request) -> Reply:
    """Takes a case over from a colleague, who is told."""
    before = complaints.get(req.tx, req.actor, req.number())
    reply = _done(req, complaints.take(req.tx, req.actor, before.id), t("case.done.take"))
    former = [before.assignee_id] if before.assignee_id else []
    headline = t("case.news.taken_over", name=req.actor.name)
    return reply.also(*staff_news(req.tx, before.id, former, headline, but=req.actor.id))


@routes.button("case.assign", Action.MANAGE)
def assignees(req: Request) -> Reply:
    """The members who could take a case, for a manager to choose from, a page at a time."""
    case = complaints.get(req.tx, req.actor, req.number())
    skip = max(req.number(1), 0) if len(req.args) > 1 else 0
    members = [member for member in case_news.candidates(req.tx, case.id) if member != case.assignee_id]
    page = members[skip : skip + PAGE]
    picks = [Button(plain(staff.name(req.tx, member)), "case.to", case.id, member) for member in page]
    pages = paged([], "case.assign", case.id, skip=skip, more=len(members) > skip + PAGE)
    rows = [*(picks[at : at + 2] for at in range(0, len(picks), 2)), *pages]
    return choice_of(req, case, [t("case.whom") if picks else t("case.nobody_else"), t("case.who_handles")], rows)


@routes.button("case.to", Action.MANAGE, writes=True)
def assign(req: Request) -> Reply:
    """Gives a case to a colleague; they and whoever had it are told."""
    before = complaints.get(req.tx, req.actor, req.number())
    case = complaints.assign(req.tx, req.actor, before.id, req.number(1))
    name = staff.name(req.tx, case.assignee_id)
    reply = _done(req, case, t("case.done.assign", name=name))
    given = staff_news(req.tx, case.id, [req.number(1)], t("case.news.assigned", name=req.actor.name), but=req.actor.id)
    had = [before.assignee_id] if before.assignee_id not in (None, case.assignee_id) else []
    lost = staff_news(req.tx, case.id, had, t("case.news.taken_over", name=name), but=req.actor.id)
    return reply.also(*given, *lost)


@routes.button("case.close", Action.HANDLE, writes=True)
def close(req: Request) -> Reply:
    """Puts a resolved case away."""
    return _done(req, complaints.close(req.tx, req.actor, req.number()), t("case.done.close"))


@routes.button("case.reopen", Action.HANDLE, writes=True)
def reopen(req: Request) -> Reply:
    """Takes a resolved or closed case up again; who had it is told."""
    case = complaints.reopen(req.tx, req.actor, req.number())
    reply = _done(req, case, t("case.done.reopen"))
    had = [case.assignee_id] if case.assignee_id else []
    return reply.also(*staff_news(req.tx, case.id, had, t("case.news.reopened"), but=req.actor.id))


def words(_: Request, typed: str) -> str:
    """The text as typed. Raises Invalid when there is none."""
    if not typed.strip():
        raise Invalid("text")
    return typed.strip()


def _asking(
    name: str, field: str, done: Callable[[Request, int, str], Reply], *, required: bool = True, files: bool = False
) -> Form:  # fmt: skip
    """A form of one question about a case: what is written is handed to `done` with the case's number.

    `files`: a photo or a file answers it too.
    """

    def finish(req: Request, draft: Draft) -> Reply:
        return done(req, int(str(draft.extra["case"])), str(draft.values.get(field, "")))

    asked = Field(field, words_or_file if files else words, required=required)
    return forms.register(Form(name, Action.HANDLE, (asked,), finish, confirm=False, files=files))


def _resolved(req: Request, case_id: int, remedy: str) -> Reply:
    """Resolves it; what it came from is asked with buttons, none of which has to be tapped."""
    case = complaints.resolve(req.tx, req.actor, case_id, remedy)
    return _done(req, case, t("case.done.resolve"), choices=cause_rows(req.tx, case))


def _written(req: Request, case_id: int, text: str) -> Reply:
    """Sends it, photos too; what a customer has read can't be taken back, so there is no Undo. After a question the
    case waits.
    """
    case = complaints.get(req.tx, req.actor, case_id)
    if not guests.chats(req.tx, case.customer_id):
        return Reply((card(req, case, t("case.customer_away")),))
    asks = is_question(text)
    files = files_of(req)
    case = (complaints.ask if asks else complaints.tell)(req.tx, req.actor, case_id, text, files)
    (written,) = complaints.messages(req.tx, req.actor, case.id, limit=1)
    sent = [Button(t("file.button"), "files", "case_message", written.id)] if files else []
    to_them = message(
        t("guest.asked" if asks else "guest.told", number=str(case.id), text=worded(text, shared(req))),
        buttons=[[Button(t("guest.button.answer"), "g.add", case.id), *sent]],
        to_customer=case.customer_id,
        customer_id=case.customer_id,
        of=("complaint", case.id),
    )
    said = card(req, case, t("case.done.ask"), *_veiled(req, case), replace=req.pressed)
    reply = Reply((said, to_them, *refused(req))).also(*customer_news(req.tx))
    return albums.following(reply, req.incoming.album if files else "", "case_message", written.id)


def _called(req: Request, case_id: int, text: str) -> Reply:
    """Records what the customer was told by telephone: the first answer, if there was none before."""
    case = complaints.tell(req.tx, req.actor, case_id, text)
    said = card(req, case, t("case.done.called"), undo=undo_row(req), replace=req.pressed)
    return told(req, Reply((said,)))


def _noted(req: Request, case_id: int, note: str) -> Reply:
    case = complaints.note(req.tx, req.actor, case_id, note)
    return Reply((card(req, case, t("case.done.note"), undo=undo_row(req), replace=req.pressed),))


RESOLVE = _asking("case_resolve", "remedy", _resolved, required=False)
WRITE = _asking("case_write", "text", _written, files=True)
CALLED = _asking("case_called", "text", _called)
NOTE = _asking("case_note", "note", _noted)


def _begin(req: Request, form: Form, *, unresolved: bool = True, notice: Text | None = None) -> Reply:
    case = complaints.get(req.tx, req.actor, req.number())
    if unresolved and case.status not in UNRESOLVED:
        raise KehuError("no_longer")
    asked = forms.begin(req, form, extra={"case": case.id}, notice=notice)
    # The question comes below the card, which stays: somebody who writes an answer looks at what was said.
    return Reply(tuple(message(*one.lines, buttons=one.buttons) for one in asked.messages)).opening(asked.draft)


@routes.button("case.resolve", Action.HANDLE, writes=True, keeps_form=True)
def resolve(req: Request) -> Reply:
    """Asks for the remedy, which may be skipped and which the customer reads, and resolves the case."""
    return _begin(req, RESOLVE, notice=_careful(req))


@routes.button("case.ask", Action.HANDLE, writes=True, keeps_form=True)
def ask(req: Request) -> Reply:
    """Asks what to write to the customer, a question or an answer."""
    return _begin(req, WRITE, notice=_careful(req))


def _careful(req: Request) -> Text | None:
    """A warning that the reader of the next words may not be the customer."""
    return t("case.doubtful_answer") if proofs.doubtful(req.tx, "complaint", req.number()) else None


@routes.button("case.called", Action.HANDLE, writes=True, keeps_form=True)
def called(req: Request) -> Reply:
    """Asks what the customer was told who can't be written to here."""
    return _begin(req, CALLED)


@routes.button("case.note", Action.HANDLE, writes=True, keeps_form=True)
def note(req: Request) -> Reply:
    """Asks for a note among colleagues."""
    return _begin(req, NOTE, unresolved=False)
