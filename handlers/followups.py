"""Planning a follow-up: from a customer's card with two taps, or from a sentence ("提醒 张三 周三下午3点 发报价").

Missing or unclear parts are asked one at a time (which customer, when, which of two times), then it is saved. What
happens when it rings is in `handlers.reminders`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from handlers import handing, pick
from handlers.kit import forms
from handlers.kit.cards import row_label
from handlers.kit.form_model import Choice, Field, Form
from handlers.kit.lately import lately
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import goes_on
from handlers.kit.tasks import at_label, task_text
from handlers.kit.texts import Reader, label
from handlers.understand import colleague, errand, naming
from handlers.understand.errand import Asked
from store import customers, followups, search, staff
from store.access import Action, allowed
from store.errors import Invalid, KehuError, NotAllowed
from store.followups import Task
from store.journal import Past
from store.rules.ladder import wall_instant
from store.rules.models import Customer, Role
from store.times import from_ms, to_ms

routes = Routes()

MORNING = time(9)
NOON = time(12)
#: Between these an hour is taken as it is, whichever half of the day was not said.
MORNING_BEGINS, EVENING_BEGINS = time(7), time(18)
#: After this hour "later today" is not offered: it would come in the evening.
LATEST_TODAY = time(20, 30)
#: What a follow-up is most often for; each has a text `followup.for.<name>`.
COMMON = ("call", "quote", "visit", "payment")


def quick_times(now: datetime, req: Request) -> list[datetime]:
    """The times that are offered as buttons: later today, tomorrow, in three days, next Monday."""
    local = now.astimezone(req.zone)
    times = []
    half_hours = (local + timedelta(hours=3, minutes=29)).replace(second=0, microsecond=0)
    later = half_hours.replace(minute=half_hours.minute // 30 * 30)
    if later.date() == local.date() and later.time() <= LATEST_TODAY:
        times.append(later)
    for days in sorted({1, 3, 7 - local.weekday()}):
        times.append(wall_instant(local.date() + timedelta(days=days), MORNING, req.zone))
    return times


@routes.button("follow", Action.REMIND, writes=True, keeps_form=True)
def follow(req: Request) -> Reply:
    """From a card: when? With the usual times as buttons, or typed."""
    customer = customers.living(req.tx, req.actor, req.number())
    if customer.masked:
        raise NotAllowed
    return _ask_when(req, {"customer": customer.id}, {})


@routes.command("follow", Action.REMIND, writes=True)
@routes.verb("remind", Action.REMIND, writes=True)
def remind(req: Request) -> Reply:
    """A sentence: for whom, when and what for, in any order, in either language."""
    if not req.text.strip():
        return _ask_whom(req, lately(req, PAGE), {}, t("followup.how"))
    other, text = _for_whom(req)
    asked = errand.read(text, req.now, req.zone)
    meant = _whom(req, asked)
    if other is not None and not meant.customers:  # it was no colleague's name after all
        other, asked = None, errand.read(req.text, req.now, req.zone)
        meant = _whom(req, asked)
    values: dict[str, Any] = {"what": meant.what} if meant.what else {}
    if other is not None:
        values["for"] = other
    fault = None
    if asked.at is not None:
        try:
            values["when"] = _to_come(req, asked, req.text)
        except Invalid as wrong:
            fault = t(f"error.{wrong.key}", typed=req.text[:60])
    if len(meant.customers) == 1 and meant.surely:
        return _settle(req, meant.customers[0], values, fault)
    if meant.customers:
        return _ask_whom(req, meant.customers, values, t("followup.whom"))
    return _ask_whom(req, lately(req, PAGE), values, t("followup.nobody"))


def set_as_said(req: Request, customer: Customer, asked: Asked, names: Sequence[str] = ()) -> Reply:
    """A reminder for a known customer as a sentence says it; `names` are the words in it that name them."""
    named = next((name for name in names if name and asked.task.startswith(name)), "")
    what = errand.bared(asked.task.removeprefix(named)) or asked.task
    values: dict[str, Any] = {"what": what[: followups.TEXT_MAX]} if what else {}
    comes = asked.at is not None and req.now < asked.at <= req.now + followups.FURTHEST
    return _settle(req, customer, values | ({"when": _kept(asked)} if comes else {}))


def _for_whom(req: Request) -> tuple[int | None, str]:
    """The colleague for whom a manager's sentence is, if it begins with one, and the rest of it."""
    if not allowed(req.actor, Action.ASSIGN):
        return None, req.text
    may = [one for one in staff.members(req.tx, req.actor) if one.active and one.role is not Role.SUPPORT]
    members = {one.name: one.id for one in may if one.id != req.actor.id}
    found = colleague.read(req.text, members)
    return (members[found[0]], found[1]) if found else (None, req.text)


class _Meant(NamedTuple):
    customers: list[Customer]
    what: str
    surely: bool


def _whom(req: Request, asked: Asked) -> _Meant:
    """The customers that a sentence may mean, and the text of the follow-up. A name that was corrected, or is only the
    beginning of one, is never certain.
    """
    near = _Meant([], asked.words, surely=False)
    for who, what in asked.readings():
        found = search.find(req.tx, req.actor, who, limit=PAGE)
        mine = [one for one in found.customers if not one.masked]
        cut = bool(mine) and goes_on(mine[0], who, req.text.partition(who)[2])
        if mine and found.corrected is None and not cut and not naming.begun(who, mine[0].name):
            return _Meant(mine, what, surely=True)
        if mine and not near.customers:
            near = _Meant(mine, asked.words if cut else what, surely=False)
    return near


def _ask_whom(req: Request, offered: Sequence[Customer], values: dict[str, Any], question: Text) -> Reply:
    """Asks for the customer; what was said already waits in the draft."""
    mine = [one for one in offered if not one.masked]
    if not mine:
        return Reply.say(t("followup.none"), replace=req.pressed)
    draft = forms.draft_of(FOLLOWUP.name, values=values)
    buttons = [[Button(row_label(one), "follow.who", draft.nonce, one.id)] for one in mine]
    return Reply.say(question, buttons=buttons, replace=req.pressed, customer_id=mine[0].id).opening(draft)


@routes.button("follow.who", Action.REMIND, writes=True, keeps_form=True)
def who(req: Request) -> Reply:
    """One of several customers was meant."""
    draft = forms.belonging(req, FOLLOWUP.name)
    return _settle(req, customers.get(req.tx, req.actor, req.number(1)), draft.values)


@routes.button("follow.at", Action.REMIND, writes=True, keeps_form=True)
def which_time(req: Request) -> Reply:
    """One of several times was meant; a tap on it saves."""
    draft = forms.belonging(req, FOLLOWUP.name)
    customer = customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))
    kept = draft.values["when"]
    assert isinstance(kept, dict)
    times = [kept["at"], *kept["others"]]
    if not 0 <= req.number(1) < len(times):
        raise KehuError("no_longer")
    return _settle(req, customer, draft.values | {"when": {"at": times[req.number(1)]}})


def _settle(req: Request, customer: Customer, values: dict[str, Any], notice: Text | None = None) -> Reply:
    """The next question, or the follow-up itself when nothing is left to ask."""
    kept = values.get("when")
    if kept is None:
        return _ask_when(req, {"customer": customer.id}, values, notice)
    values |= {"what": errand.bared(str(values["what"]), customer.name)} if values.get("what") else {}
    at, rule, others = _times(kept)
    likely = waking(req, others)
    if likely and unsure(at, likely, req):
        return _ask_which(req, customer, values | {"when": {"at": to_ms(at), "others": [to_ms(one) for one in likely]}})
    planned = followups.plan(req.tx, req.actor, customer.id, at, str(values.get("what") or ""), rule=rule)
    if values.get("for"):
        return handing.given(req, Task(planned, customer), int(str(values["for"]))).closing()
    # 3点 is taken for the afternoon; the night that it could also be is one tap away.
    afternoon = at.astimezone(req.zone).time() >= NOON
    return confirmed(req, Task(planned, customer), others[:1] if afternoon else likely[:1]).closing()


def waking(req: Request, others: Sequence[datetime]) -> list[datetime]:
    """Which of the times that may have been meant, too, are none at night."""
    hours = followups.hours(req.tx)
    return [other for other in others if not hours.quiet(other, req.zone)]


def plan_again(req: Request, customer: Customer, past: Past) -> Reply:
    """Plans again, for another customer, what was planned for the wrong one and undone there."""
    rule = str(past.after.get("rrule") or "").partition("RRULE:")[2] or None
    at, text = from_ms(int(str(past.after["due_at"]))), str(past.after.get("text") or "")
    planned = followups.plan(req.tx, req.actor, customer.id, at, text, rule=rule)
    return confirmed(req, Task(planned, customer)).closing()


def unsure(at: datetime, others: Sequence[datetime], req: Request) -> bool:
    """Whether a time must be asked about: it is none of work, or another day has the same claim to it.

    3点 and 8:30 are hours of work, said without the half of the day; 8点, said at ten, may be tonight or tomorrow.
    """
    wall = at.astimezone(req.zone).time()
    if not MORNING_BEGINS <= wall <= EVENING_BEGINS:
        return True
    return any(other.astimezone(req.zone).time() == wall for other in others)


def confirmed(req: Request, task: Task, others: Sequence[datetime] = ()) -> Reply:
    """Confirms a follow-up, with Undo and the other time that may have been meant."""
    lines = [t("followup.set", at=task.followup.due_at, task=task_text(task.customer.name, task.followup.text))]
    following = followups.recurs(req.tx, req.actor, task.followup.id)
    if following is not None:
        lines.append(t("followup.next", at=following))
    moves = [
        Button(t("followup.button.move", at=other), "follow.move", task.followup.id, to_ms(other) // 60_000)
        for other in others
    ]
    buttons = [[req.undo(), *moves, Button(t("followup.button.customer"), "customer", task.customer.id)]]
    owner = task.customer.owner_id
    if owner not in (None, req.actor.id) and allowed(req.actor, Action.ASSIGN):
        who = staff.name(req.tx, owner)
        buttons.append([Button(t("followup.button.give_owner", who=who), "task.give", task.followup.id, owner or 0)])
    return Reply.say(*lines, buttons=buttons, replace=req.pressed, customer_id=task.customer.id)


@routes.button("follow.move", Action.REMIND, writes=True)
def move(req: Request) -> Reply:
    """The other time was meant."""
    moved = followups.snooze(req.tx, req.actor, req.number(), from_ms(req.number(1) * 60_000))
    return confirmed(req, Task(moved, customers.get(req.tx, req.actor, moved.customer_id)))


def _ask_which(req: Request, customer: Customer, values: dict[str, Any]) -> Reply:
    """Which of several times is meant?"""
    kept = values["when"]
    draft = forms.draft_of(FOLLOWUP.name, values=values, extra={"customer": customer.id})
    times = [kept["at"], *kept["others"]][:4]
    buttons = [Button(at_label(from_ms(ms)), "follow.at", draft.nonce, place) for place, ms in enumerate(times)]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    question = t("followup.which", name=customer.name)
    return Reply.say(question, buttons=rows, replace=req.pressed, customer_id=customer.id).opening(draft)


def _ask_when(req: Request, extra: dict[str, Any], values: dict[str, Any], notice: Text | None = None) -> Reply:
    """Opens the form at its first question. A draft of an earlier one must not lend it its hours."""
    extra |= {"asked": to_ms(req.now)}
    only = "when" if values else None
    return forms.begin(replace(req, draft=None), FOLLOWUP, values=values, extra=extra, only=only, notice=notice)


def parse_when(req: Request, typed: str) -> dict[str, Any]:
    """A typed time as the draft keeps it. Raises Invalid for no time, and for one that has passed."""
    asked = errand.read(typed, req.now, req.zone)
    if asked.at is None:
        raise Invalid("when", typed)
    return _to_come(req, asked, typed)


def _to_come(req: Request, asked: Asked, typed: str) -> dict[str, Any]:
    assert asked.at is not None
    if asked.at < req.now:
        raise Invalid("past", typed)
    if asked.at > req.now + followups.FURTHEST:
        raise Invalid("when", typed)
    return _kept(asked)


def reminder_of(req: Request, typed: str) -> dict[str, Any]:
    """When, what for, or both, in a line; what it doesn't say stays as the draft has it. Raises Invalid."""
    held = req.draft.values.get("reminder") if req.draft else None
    before = held if isinstance(held, dict) else {}
    asked = errand.read(typed, req.now, req.zone)
    if asked.at is None and not before:
        raise Invalid("when", typed)
    if asked.at is not None and asked.at < req.now:
        raise Invalid("past", typed)
    at = before.get("at") if asked.at is None else to_ms(asked.at)
    return {"at": at, "what": asked.words[: followups.TEXT_MAX] or before.get("what", "")}


def _kept(asked: Asked) -> dict[str, Any]:
    assert asked.at is not None
    return {"at": to_ms(asked.at), "rule": asked.rule, "others": [to_ms(other) for other in asked.others]}


def _times(kept: Any) -> tuple[datetime, str | None, list[datetime]]:
    """A kept time: milliseconds from a button, or what was typed, with its rhythm and its other readings."""
    if isinstance(kept, dict):
        return from_ms(kept["at"]), kept.get("rule"), [from_ms(ms) for ms in kept.get("others", ())]
    return from_ms(int(kept)), None, []


def asked_at(req: Request) -> datetime:
    """When the open question was asked: its buttons mean the hours that they said then."""
    return from_ms(int(str(req.draft.extra["asked"]))) if req.draft and "asked" in req.draft.extra else req.now


def time_choices(req: Request) -> list[Choice]:
    """The quick times as a form's choices."""
    return [Choice(str(to_ms(at)), at_label(at)) for at in quick_times(asked_at(req), req)]


def _common(req: Request) -> list[Choice]:
    reader = Reader(req.actor.language, req.actor.zone, req.now)
    return [Choice(label(t(f"followup.for.{name}"), reader), t(f"followup.for.{name}")) for name in COMMON]


def _about(req: Request, draft: Draft) -> Customer:
    return customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))


def _done(req: Request, draft: Draft) -> Reply:
    return _settle(req, customers.get(req.tx, req.actor, int(str(draft.extra["customer"]))), draft.values)


FOLLOWUP = forms.register(
    Form(
        "followup",
        Action.REMIND,
        (
            Field("when", parse_when, required=True, choices=time_choices, elsewhere=pick.button),
            Field("what", lambda _, typed: " ".join(typed.split())[: followups.TEXT_MAX], choices=_common),
        ),
        _done,
        confirm=False,
        about=_about,
    )
)
