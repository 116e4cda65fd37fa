"""Picking a time by buttons: a month, then the hours of the day. It answers a form's open question.

    Field("when", parse_when, required=True, elsewhere=pick.button)   # the way in, among the question's choices
    replace(asked, messages=(pick.month_under(req, …),))              # or the month at once

The buttons carry the form's nonce and the question's key, as the form's own do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from handlers.kit import calendar, forms
from handlers.kit.reply import Button, Reply, Text, message, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store.access import Action
from store.errors import KehuError, NotAllowed
from store.rules.ladder import wall_instant
from store.times import to_ms

routes = Routes()

HOURS = range(8, 20)
#: How far a month may lie ahead: nobody taps through more.
MONTHS = 24


def button(draft: Draft, key: str) -> Button:
    """The way to the month, under a form's question."""
    return Button(t("pick.button"), "pick", draft.nonce, key, 0)


def month_under(req: Request, asked: Reply) -> Reply:
    """A form's question with the month at once, in place of its choices; the form's own ways stay."""
    said, draft = asked.messages[0], asked.draft
    shown = _month(req, draft, draft.step, 0)
    return replace(asked, messages=(replace(said, buttons=tuple(map(tuple, shown)) + said.buttons[-1:]),))


@routes.button("pick", Action.REMIND, writes=True, keeps_form=True)
def month(req: Request) -> Reply:
    """A month's days; `args` are nonce, question and how many months ahead."""
    draft, key = _open(req)
    return _shown(t("pick.day"), [*_month(req, draft, key, req.number(2)), _ways(draft, key)])


def _month(req: Request, draft: Draft, key: str | None, ahead: int) -> list[list[Button]]:
    today = req.now.astimezone(req.zone).date()
    if key is None or not 0 <= ahead <= MONTHS:
        raise NotAllowed
    first = today.replace(day=1)
    for _ in range(ahead):
        first = (first + timedelta(days=31)).replace(day=1)

    def distance(other: date) -> int:
        return max(0, (other.year - today.year) * 12 + other.month - today.month)

    return calendar.month(
        first, today, lambda label, one: Button(label, "pick.day", draft.nonce, key, one.toordinal()),
        lambda label, other: Button(label, "pick", draft.nonce, key, min(distance(other), MONTHS)),
    )  # fmt: skip


@routes.button("pick.day", Action.REMIND, writes=True, keeps_form=True)
def day(req: Request) -> Reply:
    """The hours of a day that are still to come."""
    draft, key = _open(req)
    chosen = _date(req)
    hours = [
        Button(plain(f"{at.astimezone(req.zone):%H:%M}"), "pick.at", draft.nonce, key, to_ms(at) // 60_000)
        for at in (wall_instant(chosen, time(hour), req.zone) for hour in HOURS)
        if at > req.now
    ]
    rows = [hours[at : at + 4] for at in range(0, len(hours), 4)]
    return _shown(t("pick.hour", day=chosen), [*rows, _ways(draft, key, back=True)])


@routes.button("pick.at", Action.REMIND, writes=True, keeps_form=True)
def at(req: Request) -> Reply:
    """The hour: the open question is answered."""
    draft, key = _open(req)
    return forms.answer(req, draft.nonce, key, str(req.number(2) * 60_000))


def _open(req: Request) -> tuple[Draft, str]:
    draft = req.draft
    if draft is None or draft.nonce != req.word(0) or draft.step != req.word(1):
        raise KehuError("no_longer")
    return draft, req.word(1)


def _date(req: Request) -> date:
    try:
        chosen = date.fromordinal(req.number(2))
    except (ValueError, OverflowError):
        raise NotAllowed from None
    today = req.now.astimezone(req.zone).date()
    if not today <= chosen <= today + timedelta(days=31 * (MONTHS + 1)):
        raise NotAllowed
    return chosen


def _ways(draft: Draft, key: str, *, back: bool = False) -> list[Button]:
    cancel = forms.button(t("button.cancel"), draft, "x", key)
    return [Button(t("button.back"), "pick", draft.nonce, key, 0), cancel] if back else [cancel]


def _shown(line: Text, rows: list[list[Button]]) -> Reply:
    return Reply((message(line, buttons=rows, replace=True),))
