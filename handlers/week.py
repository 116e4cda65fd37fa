"""The week as a calendar of buttons: a day opens its follow-ups; the whole week can be exported to one's own calendar.

A recurring follow-up stands on each of its days, including those for which the book has no row yet.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from handlers.kit import ics
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.tasks import task_label
from store import followups
from store.access import Action
from store.errors import NotAllowed
from store.followups import Task
from store.rules.ladder import wall_instant

routes = Routes()

Planned = list[tuple[datetime, Task]]


@routes.button("week", Action.REMIND)
def week(req: Request) -> Reply:
    """Seven days, each with how much there is on it; this week without arguments."""
    monday = _monday(req)
    planned = _planned(req, monday, 7)
    days = [monday + timedelta(days=place) for place in range(7)]
    counts = {one: sum(1 for at, _ in planned if at.astimezone(req.zone).date() == one) for one in days}
    rows = [[Button(_day_label(req, one, counts[one]), "week.day", one.toordinal(), 0)] for one in days]
    ways = [
        Button(t("week.before"), "week", monday.toordinal() - 7),
        Button(t("week.file"), "week.file", monday.toordinal()),
        Button(t("week.after"), "week", monday.toordinal() + 7),
    ]
    today = [Button(t("followup.button.today"), "today", 0)]
    return Reply.say(t("week.title", n=len(planned)), buttons=[*rows, ways, today], replace=True)


@routes.button("week.day", Action.REMIND)
def day(req: Request) -> Reply:
    """The follow-ups of a day, a page at a time."""
    chosen, skip = _date(req), max(req.number(1), 0)
    planned = _planned(req, chosen, 1)
    rows = [
        Button(t("week.row", at=f"{at.astimezone(req.zone):%H:%M}", task=_task(task)), "task", task.followup.id)
        for at, task in planned[skip : skip + PAGE]
    ]
    listed = paged(rows, "week.day", chosen.toordinal(), skip=skip, more=len(planned) > skip + PAGE)
    back = [Button(t("button.return"), "week", chosen.toordinal())]
    title = t("week.on", day=chosen, n=len(planned))
    about = planned[0][1].customer.id if planned else None
    return Reply.say(title, buttons=[*listed, back], replace=True, customer_id=about)


@routes.button("week.file", Action.REMIND)
def file(req: Request) -> Reply:
    """The week as a calendar file."""
    monday = _monday(req)
    planned = _planned(req, monday, 7)
    if not planned:
        return Reply.say(t("week.empty"))
    events = [
        ics.Event(f"followup-{task.followup.id}-{at:%Y%m%d%H%M}@{req.bot_name}", at, _words(task))
        for at, task in planned
    ]
    return _file(req, t("week.sent", n=len(events)), events, f"kehu-{monday.isoformat()}.ics", planned[0][1])


@routes.button("task.file", Action.REMIND)
def one_file(req: Request) -> Reply:
    """One follow-up as a calendar file; what recurs, with its rhythm."""
    task = followups.task(req.tx, req.actor, req.number())
    at, rule = followups.series(req.tx, req.actor, task.followup.id)
    event = ics.Event(f"followup-{task.followup.id}@{req.bot_name}", at, _words(task), rule)
    return _file(req, t("week.sent", n=1), [event], "kehu.ics", task)


def _file(req: Request, line: Text, events: list[ics.Event], name: str, about: Task) -> Reply:
    return Reply.say(
        line, document=ics.calendar(events, req.now), file_name=name, customer_id=about.customer.id,
        masked=about.customer.masked,
    )  # fmt: skip


def _planned(req: Request, first: date, days: int) -> Planned:
    begin, end = (wall_instant(first + timedelta(days=ahead), time(), req.zone) for ahead in (0, days))
    return followups.between(req.tx, req.actor, begin, end)


def _monday(req: Request) -> date:
    chosen = _date(req) if req.args else req.now.astimezone(req.zone).date()
    return chosen - timedelta(days=chosen.weekday())


def _date(req: Request) -> date:
    try:
        chosen = date.fromordinal(req.number())
    except (ValueError, OverflowError):
        raise NotAllowed from None
    if not 1971 <= chosen.year <= 9000:
        raise NotAllowed
    return chosen


def _day_label(req: Request, one: date, n: int) -> Text:
    today = req.now.astimezone(req.zone).date() == one
    weekday = t(f"calendar.weekday.{one.weekday()}")
    name = t("week.today" if today else "week.other", weekday=weekday, day=str(one.day))
    return t("week.some" if n else "week.none", day=name, n=n)


def _task(task: Task) -> Text:
    return task_label(task.customer.name, task.followup.text)


def _words(task: Task) -> str:
    return " · ".join(filter(None, (task.customer.name, task.followup.text)))
