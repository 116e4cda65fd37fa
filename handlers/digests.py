"""The weekly and monthly digest for managers and owners: sent on Monday at nine, and by /report at any time.

    /report 上月 李雷        /report last month East

Rendered as its reader: the figures come through the views that their role reports on. Each figure opens its rows and
each row its card. A report covers everybody, a team, or one member.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers.kit.cards import row_label
from handlers.kit.deal_cards import money_text
from handlers.kit.deal_cards import what as deal_text
from handlers.kit.durations import duration
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.tasks import task_label
from handlers.kit.texts import LANGUAGES, catalogue
from store import rounds, staff, stats, team_tree
from store.access import Action, Actor, allowed
from store.db import Tx
from store.errors import NotAllowed
from store.queue import Priority
from store.rules.periods import Length, Period, period
from store.stats import EVERYBODY, Figure, Line, Report, Score, What, Whose

routes = Routes()

#: Colleagues who are named; the whole keeps within fifteen lines.
NAMED = 6
_LENGTHS: dict[str, Length] = {"w": "week", "m": "month"}


class View(NamedTuple):
    """The report that is shown: a period, by its length and a day in it, and whose."""

    length: Length
    day: date
    whose: Whose = EVERYBODY


@routes.command("report", Action.REPORT)
def report(req: Request) -> Reply:
    """/report: this week so far; with a period, a team or a colleague behind it: that."""
    today = req.now.astimezone(req.zone).date()
    view, rest = View("week", today), req.text.strip()
    for key, length, first in _offered(today):
        for language in LANGUAGES:
            name = str(catalogue(language)[f"report.{key}"])
            if name.lower() in rest.lower():
                at = rest.lower().index(name.lower())
                view, rest = View(length, first), (rest[:at] + rest[at + len(name) :]).strip()
    if not rest:
        return _report(req, view)
    whose = _called(req, rest)
    if whose is None:
        return _report(req, view, t("report.unknown", typed=rest[:40]))
    return _report(req, view._replace(whose=whose))


def _called(req: Request, name: str) -> Whose | None:
    """The team or the member that is called so; one that the name begins where only one does."""
    teams = [(team.name, Whose(team_id=team.id)) for team in team_tree.reached(req.tx, req.actor)]
    members = [(member.name, Whose(staff_id=member.id)) for member in staff.members(req.tx, req.actor)]
    known = [(called.casefold(), whose) for called, whose in [*teams, *members]]
    same = [whose for called, whose in known if called == name.casefold()]
    near = [whose for called, whose in known if called.startswith(name.casefold())]
    if same:
        return same[0]
    return near[0] if len(near) == 1 else None


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
    """From the menu this week so far, else what the button names."""
    if not req.args:
        return _report(req, View("week", req.now.astimezone(req.zone).date()))
    said = _report(req, _view(req))
    return Reply(tuple(replace(one, replace=True) for one in said.messages))


def _report(req: Request, view: View, *above: Text) -> Reply:
    found = stats.report(req.tx, req.actor, _period(req, view), view.whose)
    today = req.now.astimezone(req.zone).date()
    lines = report_lines(found, today, _about(req.tx, view.whose))
    return Reply.say(*above, *lines, buttons=report_buttons(req.tx, req.actor, found, today, view.whose))


def _period(req: Request, view: View) -> Period:
    return period(view.length, view.day, req.now, req.zone)


def _about(tx: Tx, whose: Whose) -> str:
    """The name of the team or of the member; empty for everybody."""
    return staff.name(tx, whose.staff_id) or team_tree.name(tx, whose.team_id)


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
        *lines, buttons=report_buttons(tx, actor, found, monday), to_staff=actor.id, priority=Priority.DIGEST
    )  # fmt: skip


def report_lines(report: Report, today: date, about: str = "") -> list[Text]:
    """The report in at most fifteen lines; a quiet period is one."""
    title = _title(report.period, today)
    if about:
        title = t("report.of", title=title, who=about)
    if report.quiet:
        silent = report[What.SILENT].now
        return [t("report.quiet_silent", title=title, n=silent) if silent else t("report.quiet", title=title)]
    lines = [
        t("report.title", title=title, span=_span(report.period)),
        t("report.new", **_figure(report[What.NEW])),
        t("report.contacts", **_figure(report[What.CONTACTS])),
        t("report.followups", done=_bold(report[What.DONE]), late=_bold(report[What.LATE]),
          missed=_bold(report[What.MISSED])),
    ]  # fmt: skip
    if not about or len(report.people) > 1:
        lines += [_score(score) for score in report.people[:NAMED]]
        if len(report.people) > NAMED:
            lines.append(t("report.others", n=len(report.people) - NAMED))
    if any((*report[What.OPENED], *report[What.CLOSED])):
        lines.append(_cases(report))
    if any(report[What.WON]):
        lines.append(_sold(report))
    if any(report[What.SILENT]):
        lines.append(t("report.silent", **_figure(report[What.SILENT])))
    return lines


def _cases(report: Report) -> Text:
    """Complaints in one line: how many, and how long those took that were solved."""
    opened, closed, solved = _bold(report[What.OPENED]), _bold(report[What.CLOSED]), report.solved
    if solved.median is None or solved.in_time is None:
        return t("report.cases", opened=opened, closed=closed)
    took = duration(solved.median)
    return t("report.cases_took", opened=opened, closed=closed, median=took, share=solved.in_time)


def _sold(report: Report) -> Text:
    """The deals won, and their amounts."""
    if not report.sold:
        return t("report.won", **_figure(report[What.WON]))
    total = reduce(lambda before, after: t("undo.and", before=before, next=after), map(money_text, report.sold))
    return t("report.won_for", total=total, **_figure(report[What.WON]))


def _figure(figure: Figure) -> dict[str, int | Text]:
    change = figure.now - figure.before
    trend = t("report.up", n=change) if change > 0 else t("report.down", n=-change) if change else t("report.same")
    return {"n": figure.now, "trend": trend}


def _bold(figure: Figure) -> Text:
    return t("report.figure", **_figure(figure))


def _score(score: Score) -> Text:
    done, late, missed = (t("report.plain", **_figure(figure)) for figure in (score.done, score.late, score.missed))
    return t("report.person", who=score.name, done=done, late=late, missed=missed)


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


# What opens ----------------------------------------------------------------------------------------------------------


def report_buttons(
    tx: Tx, actor: Actor, report: Report, today: date, whose: Whose = EVERYBODY
) -> list[list[Button]]:  # fmt: skip
    """The figures that open their rows, the people and teams that have a report of their own, the other periods."""
    name, of = _name(report.period), _code(whose)
    opening = [
        Button(t("report.count", what=t(f"report.what.{what}"), n=figure.now), "report.rows", what, name, of, 0)
        for what, figure in report.figures.items()
        if figure.now
    ]
    people = [] if whose.staff_id else [
        Button(t("report.who", who=score.name), "report", name, _code(Whose(staff_id=score.staff_id)))
        for score in report.people[:NAMED]
        if score.staff_id != actor.id
    ]  # fmt: skip
    wider = []
    if whose != EVERYBODY:
        wider.append(Button(t("report.everybody"), "report", name, _code(EVERYBODY)))
    else:
        wider.append(Button(t("report.complaints"), "case.report", name))
        if len(team_tree.reached(tx, actor)) > 1:
            wider.append(Button(t("report.teams"), "report.teams", name, 0))
    periods = [
        Button(t(f"report.{key}"), "report", f"{length[0]}{first.toordinal()}", of)
        for key, length, first in _offered(today)
        if f"{length[0]}{first.toordinal()}" != name
    ]
    return [*_rows_of(opening, 2), *_rows_of(people, 3), wider, periods]


def _rows_of(buttons: list[Button], width: int) -> list[list[Button]]:
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


@routes.button("report.teams", Action.REPORT)
def teams(req: Request) -> Reply:
    """The teams that have a report of their own."""
    name, skip = _name(_period(req, _view(req))), req.number(1)
    reached = team_tree.reached(req.tx, req.actor)
    rows = [
        Button(plain(team.name), "report", name, _code(Whose(team_id=team.id))) for team in reached[skip : skip + PAGE]
    ]
    listed = paged(rows, "report.teams", name, skip=skip, more=len(reached) > skip + PAGE)
    back = [Button(t("button.back"), "report", name, _code(EVERYBODY))]
    return Reply.say(t("report.which_team"), buttons=[*listed, back], replace=True)


@routes.button("report.rows", Action.REPORT)
def rows(req: Request) -> Reply:
    """The rows behind a figure, a page at a time."""
    if req.word(0) not in list(What):
        raise NotAllowed
    what, view, skip = What(req.word(0)), _view(req, 1), req.number(3)
    chosen = _period(req, view)
    found = stats.rows(req.tx, req.actor, chosen, what, view.whose, skip=skip, limit=PAGE + 1)
    page = [_row(one) for one in found[:PAGE]]
    name, of = _name(chosen), _code(view.whose)
    back = [Button(t("button.back"), "report", name, of)]
    listed = paged(page, "report.rows", what, name, of, skip=skip, more=len(found) > PAGE)
    title = t("report.rows", what=t(f"report.what.{what}"), span=_span(chosen))
    about = tuple(one.customer.id for one in found[:PAGE])
    return Reply.say(
        title, buttons=[*listed, back], replace=True, customer_id=about[0] if about else None, others=about[1:]
    )  # fmt: skip


def _row(line: Line) -> Button:
    """A row behind a figure, as the button that opens its card."""
    if line.followup_id is not None:
        label = t("report.row", at=line.at, what=task_label(line.customer.name, line.text))
        return Button(label, "task", line.followup_id)
    if line.complaint_id is not None:
        return Button(plain(f"#{line.complaint_id} {line.customer.name}"), "case", line.complaint_id)
    if line.deal is not None:
        label = t("report.won_row", name=line.customer.name, what=deal_text(line.deal))
        return Button(t("report.row", at=line.at, what=label), "deal", line.deal.id)
    if line.kind is not None:
        what = t("report.contact", name=line.customer.name, kind=t(f"contacted.{line.kind}"))
        return Button(t("report.row", at=line.at, what=what), "customer", line.customer.id)
    return Button(row_label(line.customer), "customer", line.customer.id)


# How buttons name it -------------------------------------------------------------------------------------------------


def _name(period: Period) -> str:
    """A period in a button: w or m, and its first day's number."""
    return f"{period.length[0]}{period.first.toordinal()}"


def _code(whose: Whose) -> str:
    """A team, a member, or everybody in a button."""
    if whose.staff_id is not None:
        return f"s{whose.staff_id}"
    return "a" if whose.team_id is None else f"t{whose.team_id}"


def _view(req: Request, place: int = 0) -> View:
    """The report that a button names. Raises NotAllowed for a button that was edited."""
    word, of = req.word(place), req.word(place + 1) if len(req.args) > place + 1 else "a"
    try:
        length, day = _LENGTHS[word[:1]], date.fromordinal(int(word[1:]))
        number = int(of[1:]) if of[:1] in ("s", "t") else 0
    except (KeyError, ValueError, OverflowError):
        raise NotAllowed from None
    if not 1971 <= day.year <= 9000:
        raise NotAllowed
    whose = {"s": Whose(staff_id=number), "t": Whose(team_id=number)}.get(of[:1], EVERYBODY)
    return View(length, day, whose)
