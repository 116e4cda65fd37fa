"""How a week or a month went, for managers and owners: by itself on Monday at nine, and by /report at any time.

Rendered as its reader: the figures come through the views that their role reports on, and each opens its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from handlers.kit.cards import row
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.texts import LANGUAGES, catalogue
from handlers.reminders import task_rows
from store import rounds, stats
from store.access import Action, allowed
from store.db import Tx
from store.errors import NotAllowed
from store.queue import Priority
from store.rules.periods import Length, Period, period
from store.stats import Figure, Report, Score

routes = Routes()

#: Colleagues who are named; the whole keeps within fifteen lines.
NAMED = 6
#: The figures that open.
ROWS = ("new", "contacts", "missed", "cases", "silent")
_LENGTHS: dict[str, Length] = {"w": "week", "m": "month"}


@routes.command("report", Action.REPORT)
def report(req: Request) -> Reply:
    """/report: this week so far; "/report 上月" or "/report last month": what its button would open."""
    today = req.now.astimezone(req.zone).date()
    for key, length, first in _offered(today):
        if req.text.strip().lower() in {str(catalogue(language)[f"report.{key}"]).lower() for language in LANGUAGES}:
            return _report(req, length, first)
    return _report(req, "week", today)


def _offered(today: date) -> list[tuple[str, Length, date]]:
    """The periods that are a tap away: the name of each, its length and its first day."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    return [
        ("this_week", "week", monday),
        ("last_week", "week", monday - timedelta(days=7)),
        ("this_month", "month", first),
        ("last_month", "month", (first - timedelta(days=1)).replace(day=1)),
    ]


@routes.button("report", Action.REPORT)
def show(req: Request) -> Reply:
    """From the menu this week so far, else the week or month that the button names."""
    if not req.args:
        return _report(req, "week", req.now.astimezone(req.zone).date())
    return _report(req, *_named(req), replace=True)


def _report(req: Request, length: Length, day: date, *, replace: bool = False) -> Reply:
    found = stats.report(req.tx, req.actor, period(length, day, req.now, req.zone))
    today = req.now.astimezone(req.zone).date()
    return Reply.say(*report_lines(found, today), buttons=report_buttons(found, today), replace=replace)


@routes.tick
def monday(tx: Tx) -> list[Message]:
    """The week that has ended, for everybody who reports, once."""
    said = []
    for owed in rounds.owed(tx, "week", rounds.weekly):
        if allowed(owed.actor, Action.REPORT):
            said.append(_digest(tx, owed))
    return said


def _digest(tx: Tx, owed: rounds.Owed) -> Message:
    actor = owed.actor
    zone = ZoneInfo(actor.zone)
    monday = owed.at.astimezone(zone).date()
    found = stats.report(tx, actor, period("week", monday - timedelta(days=1), tx.now, zone))
    lines = report_lines(found, monday)
    if owed.late:
        lines.insert(1, t("report.late", at=owed.at))
    return message(
        *lines, buttons=report_buttons(found, monday), to_staff=actor.id, priority=Priority.DIGEST
    )  # fmt: skip


def report_lines(report: Report, today: date) -> list[Text]:
    """The report in at most fifteen lines; a quiet period is one."""
    title = _title(report.period, today)
    if report.quiet:
        if report.silent.now:
            return [t("report.quiet_silent", title=title, n=report.silent.now)]
        return [t("report.quiet", title=title)]
    lines = [
        t("report.title", title=title, span=_span(report.period)),
        t("report.new", **_figure(report.new)),
        t("report.contacts", **_figure(report.contacts)),
        t("report.followups", done=t("report.figure", **_figure(report.done)),
          late=t("report.figure", **_figure(report.late)), missed=t("report.figure", **_figure(report.missed))),
    ]  # fmt: skip
    lines += [_score(score) for score in report.people[:NAMED]]
    if len(report.people) > NAMED:
        lines.append(t("report.others", n=len(report.people) - NAMED))
    if any((*report.opened, *report.closed)):
        lines.append(
            t("report.cases", opened=t("report.figure", **_figure(report.opened)),
              closed=t("report.figure", **_figure(report.closed)))
        )  # fmt: skip
    if any(report.silent):
        lines.append(t("report.silent", **_figure(report.silent)))
    return lines


def _figure(figure: Figure) -> dict[str, int | Text]:
    change = figure.now - figure.before
    trend = t("report.up", n=change) if change > 0 else t("report.down", n=-change) if change else t("report.same")
    return {"n": figure.now, "trend": trend}


def _score(score: Score) -> Text:
    return t("report.person", who=score.name, done=score.done, late=score.late, missed=score.missed)


def _title(period: Period, today: date) -> Text:
    """This week, last month …; of other periods the days."""
    for key, length, first in _offered(today):
        if (length, first) == (period.length, period.first):
            return t(f"report.{key}")
    return _span(period)


def _span(period: Period) -> Text:
    if period.length == "month":
        return t("report.month", year=str(period.first.year), month=t(f"report.months.{period.first.month}"))
    return t("report.days", first=_day(period.first), last=_day(period.last))


def _day(day: date) -> Text:
    return t("report.day", month=t(f"report.months.{day.month}"), day=str(day.day))


def report_buttons(report: Report, today: date) -> list[list[Button]]:
    """The figures that open their rows, and the other periods."""
    counts = (report.new, report.contacts, report.missed, report.opened, report.silent)
    figures = [(what, figure.now) for what, figure in zip(ROWS, counts, strict=True) if figure.now]
    named = _name(report.period)
    opening = [
        Button(t("report.count", what=t(f"report.what.{what}"), n=n), "report.rows", what, named, 0)
        for what, n in figures
    ]
    periods = [
        Button(t(f"report.{key}"), "report", f"{length[0]}{first.toordinal()}")
        for key, length, first in _offered(today)
        if f"{length[0]}{first.toordinal()}" != named
    ]
    return [*(opening[at : at + 2] for at in range(0, len(opening), 2)), periods]


def _name(period: Period) -> str:
    """A period in a button: w or m, and its first day's number."""
    return f"{period.length[0]}{period.first.toordinal()}"


def _named(req: Request, place: int = 0) -> tuple[Length, date]:
    """The period that a button names. Raises NotAllowed for a button that was edited."""
    word = req.word(place)
    try:
        return _LENGTHS[word[:1]], date.fromordinal(int(word[1:]))
    except (KeyError, ValueError, OverflowError):
        raise NotAllowed from None


@routes.button("report.rows", Action.REPORT)
def rows(req: Request) -> Reply:
    """The rows behind a figure, a page at a time."""
    what, skip = req.word(0), max(req.number(2), 0)
    if what not in ROWS:
        raise NotAllowed
    length, day = _named(req, 1)
    chosen = period(length, day, req.now, req.zone)
    found = _rows(req, what, chosen)
    back = [Button(t("button.back"), "report", _name(chosen))]
    listed = paged(
        found[skip : skip + PAGE], "report.rows", what, _name(chosen), skip=skip, more=len(found) > skip + PAGE
    )  # fmt: skip
    title = t("report.rows", what=t(f"report.what.{what}"), span=_span(chosen))
    return Reply.say(title, buttons=[*listed, back], replace=True)


def _rows(req: Request, what: str, chosen: Period) -> Sequence[Button]:
    if what == "new":
        return [row(one) for one in stats.new_customers(req.tx, req.actor, chosen)]
    if what == "contacts":
        return [row(one) for one in stats.contacted(req.tx, req.actor, chosen)]
    if what == "silent":
        return [row(one) for one in stats.silent(req.tx, req.actor, chosen.end)]
    if what == "missed":
        return [button for (button,) in task_rows(stats.missed(req.tx, req.actor, chosen))]
    cases = stats.cases(req.tx, req.actor, chosen)
    return [Button(plain(f"#{number} {customer.name}"), "case", number) for number, customer in cases]
