"""How complaints went in a week or a month, for managers and owners: from the list of complaints, at any time.

Rendered as its reader: the figures come through the views that their role reports on, and each opens its rows. A period
stands in a button as w or m with the number of its first day; a group as the letter of its kind with its id (c2, u7).
"""

from __future__ import annotations

from datetime import date, timedelta

from handlers.cases import customer_of
from handlers.kit import case_cards
from handlers.kit.case_cards import label_text
from handlers.kit.durations import duration
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import case_labels, case_stats, staff
from store.access import Action
from store.case_stats import By, CaseReport, Group, Of, Times, What
from store.errors import NotAllowed
from store.rules.periods import Length, Period, period

routes = Routes()

_LENGTHS: dict[str, Length] = {"w": "week", "m": "month"}
_BY = {"c": By.CATEGORY, "p": By.PRODUCT, "x": By.CAUSE, "u": By.AGENT}


# Periods in buttons --------------------------------------------------------------------------------------------------


def _word(chosen: Period) -> str:
    return f"{chosen.length[0]}{chosen.first.toordinal()}"


def _period(req: Request, place: int) -> Period:
    """The period that a button names. Raises NotAllowed for a button that was edited."""
    word = req.word(place)
    try:
        return period(_LENGTHS[word[:1]], date.fromordinal(int(word[1:])), req.now, req.zone)
    except (KeyError, ValueError, OverflowError):
        raise NotAllowed from None


def _span(chosen: Period) -> Text:
    first, last = (
        t("report.day", month=t(f"report.months.{day.month}"), day=str(day.day)) for day in (chosen.first, chosen.last)
    )
    return t("report.days", first=first, last=last)


def _others(req: Request, shown: Period) -> list[Button]:
    """This and the last week and month, but for the one that is shown."""
    today = req.now.astimezone(req.zone).date()
    choices = {
        "this_week": period("week", today, req.now, req.zone),
        "last_week": period("week", today - timedelta(days=7), req.now, req.zone),
        "this_month": period("month", today, req.now, req.zone),
        "last_month": period("month", today.replace(day=1) - timedelta(days=1), req.now, req.zone),
    }
    return [
        Button(t(f"report.{key}"), "case.report", _word(one))
        for key, one in choices.items()
        if _word(one) != _word(shown)
    ]


# The report ----------------------------------------------------------------------------------------------------------


@routes.button("case.report", Action.REPORT)
def report(req: Request) -> Reply:
    """The figures of a period; without one of this month so far."""
    today = req.now.astimezone(req.zone).date()
    chosen = _period(req, 0) if req.args else period("month", today, req.now, req.zone)
    found = case_stats.report(req.tx, req.actor, chosen)
    word, now = _word(chosen), found.now
    figures = {
        What.OPENED: now.opened, What.OPEN: now.open, What.SOLVED: now.solved.cases, What.LATE: now.late,
        What.REOPENED: now.reopened_cases,
    }  # fmt: skip
    opening = [
        Button(t("report.count", what=t(f"case.report.what.{what}"), n=n), "case.rows", what.value, word, 0)
        for what, n in figures.items()
        if n
    ]
    by = [Button(t(f"case.report.by.{one}"), "case.groups", letter, word, 0) for letter, one in _BY.items()]
    others = _others(req, chosen)
    buttons = [opening[:3], opening[3:], by, others, [Button(t("case.report.list"), "cases", "all", 0)]]
    return Reply.say(*report_lines(found), buttons=buttons, replace=True)


def report_lines(found: CaseReport) -> list[Text]:
    """The figures with their trend; what has not happened is left out."""
    now, before = found.now, found.before
    lines = [
        t("case.report.title", span=_span(found.period)),
        t("case.report.volume", opened=now.opened, trend=_trend(now.opened, before.opened), open=now.open),
    ]
    lines += _times_line("answered", now.answered, before.answered)
    lines += _times_line("solved", now.solved, before.solved)
    if now.reopened is not None:
        lines.append(t("case.report.reopened", share=now.reopened, trend=_trend(now.reopened, before.reopened)))
    if now.rate is not None:
        lines.append(t("case.report.rate", rate=f"{now.rate:g}", trend=_trend(now.rate, before.rate)))
    return lines


def _times_line(what: str, now: Times, before: Times) -> list[Text]:
    if now.median is None or now.ninetieth is None or now.in_time is None:
        return []
    return [
        t(f"case.report.{what}", median=duration(now.median), most=duration(now.ninetieth), share=now.in_time,
          trend=_trend(now.in_time, before.in_time))
    ]  # fmt: skip


def _trend(now: float, before: float | None) -> Text:
    """How a figure differs from the one before; nothing is said where there was none before."""
    if before is None:
        return t("case.report.new")
    change = round(now - before, 1)
    if not change:
        return t("case.report.same")
    return t("case.report.up" if change > 0 else "case.report.down", change=f"{abs(change):g}")


# Groups and rows -----------------------------------------------------------------------------------------------------


@routes.button("case.groups", Action.REPORT)
def groups(req: Request) -> Reply:
    """A period's cases by category, product, cause or agent: how many, the trend, and how fast they were solved."""
    letter, chosen, skip = req.word(), _period(req, 1), req.number(2)
    if letter not in _BY:
        raise NotAllowed
    found = case_stats.groups(req.tx, req.actor, chosen, _BY[letter])
    shown = found[skip : skip + PAGE]
    names = [_name(req, _BY[letter], group.id) for group in shown]
    lines = [_group_line(name, group) for name, group in zip(names, shown, strict=True)]
    rows = [
        Button(t("report.count", what=name, n=group.opened), "case.rows", f"{letter}{group.id}", _word(chosen), 0)
        for name, group in zip(names, shown, strict=True)
        if group.opened
    ]
    buttons = paged(rows, "case.groups", letter, _word(chosen), skip=skip, more=len(found) > skip + PAGE)
    title = t("case.report.groups", by=t(f"case.report.by.{_BY[letter]}"), span=_span(chosen))
    back = [Button(t("button.return"), "case.report", _word(chosen))]
    return Reply.say(title, *(lines or [t("case.report.nothing")]), buttons=[*buttons, back], replace=True)


def _name(req: Request, by: By, number: int) -> Text:
    """What a group is called; 0 is the one of those that have no such label or agent."""
    if by is By.AGENT:
        name = staff.name(req.tx, number or None)
        return plain(name) if name else t("case.nobody")
    label = case_labels.find(req.tx, number or None)
    return t("case.report.unsorted") if label is None else label_text(label)


def _group_line(name: Text, group: Group) -> Text:
    trend = _trend(group.opened, group.before)
    if group.solved.median is None or group.solved.in_time is None:
        return t("case.report.group", name=name, n=group.opened, trend=trend)
    return t(
        "case.report.group_solved", name=name, n=group.opened, trend=trend, median=duration(group.solved.median),
        share=group.solved.in_time,
    )  # fmt: skip


@routes.button("case.rows", Action.REPORT)
def rows(req: Request) -> Reply:
    """The cases behind a figure or of a group, a page at a time."""
    word, chosen, skip = req.word(), _period(req, 1), req.number(2)
    what, of = _figure(word)
    found = case_stats.cases(req.tx, req.actor, chosen, what, of, skip=skip, limit=PAGE + 1)
    listed = [case_cards.row(case, customer_of(req, case), req.now) for case in found[:PAGE]]
    buttons = paged(listed, "case.rows", word, _word(chosen), skip=skip, more=len(found) > PAGE)
    back = ["case.report", _word(chosen)] if of is None else ["case.groups", word[0], _word(chosen), 0]
    named = t(f"case.report.what.{what}") if of is None else _name(req, *of)
    title = t("case.report.rows", what=named, span=_span(chosen))
    return Reply.say(title, buttons=[*buttons, [Button(t("button.return"), *back)]], replace=True)


def _figure(word: str) -> tuple[What, Of | None]:
    """The figure, or the group, that a button names. Raises NotAllowed for a button that was edited."""
    if word in set(What):
        return What(word), None
    if word[:1] in _BY and word[1:].isascii() and word[1:].isdigit() and len(word) < 12:
        return What.OPENED, Of(_BY[word[0]], int(word[1:]))
    raise NotAllowed
