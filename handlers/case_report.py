"""Complaint statistics of a week or a month, for managers and owners; opened from the list of complaints.

Rendered as its reader: the figures come through the views that their role reports on, and each opens its rows. In a
button, a period is w or m with the number of its first day; a group is the letter of its kind with its id (c2, u7),
followed by the figure where it is not the number of opened cases (c2.late).
"""

from __future__ import annotations

from datetime import date, timedelta

from handlers.cases import customer_of
from handlers.kit import case_cards
from handlers.kit.case_cards import label_text
from handlers.kit.durations import duration
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import case_labels, case_stats, staff
from store.access import Action, allowed
from store.case_stats import By, CaseReport, Group, Of, Times, What
from store.db import Tx
from store.errors import NotAllowed
from store.rules.models import Role
from store.rules.periods import Length, Period, period

routes = Routes()

_LENGTHS: dict[str, Length] = {"w": "week", "m": "month"}
#: Characters of a group in a button: a letter and an id.
ID_MOST = 11
_BY = {"c": By.CATEGORY, "p": By.PRODUCT, "x": By.CAUSE, "u": By.AGENT}


# Periods in buttons --------------------------------------------------------------------------------------------------


def word_of(chosen: Period) -> str:
    """A period as a button carries it."""
    return f"{chosen.length[0]}{chosen.first.toordinal()}"


def period_of(req: Request, place: int) -> Period:
    """The period that a button names. Raises NotAllowed for a button that was edited."""
    word = req.word(place)
    try:
        return period(_LENGTHS[word[:1]], date.fromordinal(int(word[1:])), req.now, req.zone)
    except (KeyError, ValueError, OverflowError):
        raise NotAllowed from None


def span_text(chosen: Period) -> Text:
    """From its first day to its last."""
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
        Button(t(f"report.{key}"), "case.report", word_of(one))
        for key, one in choices.items()
        if word_of(one) != word_of(shown)
    ]


# The report ----------------------------------------------------------------------------------------------------------


@routes.button("case.report", Action.REPORT)
def report(req: Request) -> Reply:
    """The figures of a period; without one of this month so far."""
    today = req.now.astimezone(req.zone).date()
    chosen = period_of(req, 0) if req.args else period("month", today, req.now, req.zone)
    found = case_stats.report(req.tx, req.actor, chosen)
    word, opening = word_of(chosen), _figures(found, "")
    by = [Button(t(f"case.report.by.{one}"), "case.groups", letter, word, 0) for letter, one in _BY.items()]
    others = _others(req, chosen)
    buttons = [
        opening[:3],
        opening[3:],
        by,
        others,
        [Button(t("product_report.button.open"), "product.report"), Button(t("case.report.list"), "cases", "all", 0)],
    ]
    return Reply.say(
        t("case.report.title", span=span_text(chosen)), *figure_lines(found), buttons=buttons, replace=True
    )


def _figures(found: CaseReport, group: str, shown: What | None = None) -> list[Button]:
    """The figures that open their rows, of all or of a group; the one whose rows are shown is marked."""
    buttons = []
    for what, n in found.now.count.items():
        said = t("report.count", what=t(f"case.report.what.{what}"), n=n)
        word = f"{group}.{what}" if group else what.value
        if n:
            marked = t("case.chosen", label=said) if what is shown else said
            buttons.append(Button(marked, "case.rows", word, word_of(found.period), 0))
    return buttons


def figure_lines(found: CaseReport) -> list[Text]:
    """The figures with their trend; what has not happened is left out."""
    now, before = found.now, found.before
    opened, opened_before = now.count[What.OPENED], before.count[What.OPENED]
    lines = [t("case.report.volume", opened=opened, trend=trend(opened, opened_before), open=now.count[What.OPEN])]
    lines += _times_line("answered", now.answered, before.answered)
    lines += _times_line("solved", now.solved, before.solved)
    if now.reopened is not None:
        lines.append(t("case.report.reopened", share=now.reopened, trend=trend(now.reopened, before.reopened)))
    if now.rate is not None:
        lines.append(t("case.report.rate", rate=f"{now.rate:g}", trend=trend(now.rate, before.rate)))
    if now.per_thousand is not None:
        lines.append(per_thousand(now.per_thousand, before.per_thousand))
    return lines


def per_thousand(now: float, before: float | None) -> Text:
    """Complaints per 1,000 units sold; of a month that is not over there is no trend yet."""
    change = BLANK if before is None else t("case.report.change", trend=trend(now, before))
    return t("case.report.per_thousand", rate=f"{now:g}", trend=change)


def _times_line(what: str, now: Times, before: Times) -> list[Text]:
    if now.median is None or now.ninetieth is None or now.in_time is None:
        return []
    return [
        t(f"case.report.{what}", median=duration(now.median), most=duration(now.ninetieth), share=now.in_time,
          trend=trend(now.in_time, before.in_time))
    ]  # fmt: skip


def trend(now: float, before: float | None) -> Text:
    """The difference to the period before, or that there was no figure before."""
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
    letter, chosen, skip = req.word(), period_of(req, 1), req.number(2)
    if letter not in _BY:
        raise NotAllowed
    found = case_stats.groups(req.tx, req.actor, chosen, _BY[letter])
    shown = found[skip : skip + PAGE]
    names = [group_name(req.tx, _BY[letter], group.id) for group in shown]
    lines = [_group_line(name, group) for name, group in zip(names, shown, strict=True)]
    rows = [
        Button(t("report.count", what=name, n=group.opened), "case.rows", f"{letter}{group.id}", word_of(chosen), 0)
        for name, group in zip(names, shown, strict=True)
        if group.opened or group.solved.cases
    ]
    buttons = paged(rows, "case.groups", letter, word_of(chosen), skip=skip, more=len(found) > skip + PAGE)
    title = t("case.report.groups", by=t(f"case.report.by.{_BY[letter]}"), span=span_text(chosen))
    if any(group.per_thousand is not None for group in shown) and req.actor.role is not Role.OWNER:
        lines.append(t("case.report.units_note"))
    more = []
    if _BY[letter] is By.PRODUCT and allowed(req.actor, Action.UNITS):
        more.append(Button(t("case.report.units"), "units", chosen.first.replace(day=1).toordinal(), 0))
    ways = [*more, Button(t("button.return"), "case.report", word_of(chosen))]
    return Reply.say(title, *(lines or [t("case.report.nothing")]), buttons=[*buttons, ways], replace=True)


def group_name(tx: Tx, by: By, number: int) -> Text:
    """A group's name; 0 is the group of cases without such a label or agent."""
    if by is By.AGENT:
        name = staff.name(tx, number or None)
        return plain(name) if name else t("case.nobody")
    label = case_labels.find(tx, number or None)
    return t("case.report.unsorted") if label is None else label_text(label)


def _group_line(name: Text, group: Group) -> Text:
    said = t("case.report.group", name=name, n=group.opened, trend=trend(group.opened, group.before))
    if group.per_thousand is not None:
        rate = per_thousand(group.per_thousand, group.per_thousand_before)
        said = t("case.report.beside", line=said, more=rate)
    if group.solved.median is not None and group.solved.in_time is not None:
        solved = t("case.report.group_solved", median=duration(group.solved.median), share=group.solved.in_time)
        said = t("case.report.beside", line=said, more=solved)
    return said


@routes.button("case.rows", Action.REPORT)
def rows(req: Request) -> Reply:
    """The cases behind a figure, a page at a time; of a group with all its figures above, each a tap to its rows."""
    word, chosen, skip = req.word(), period_of(req, 1), req.number(2)
    what, of = _figure(word)
    found = case_stats.cases(req.tx, req.actor, chosen, what, of, skip=skip, limit=PAGE + 1)
    listed = [case_cards.row(case, customer_of(req, case), req.now) for case in found[:PAGE]]
    buttons = paged(listed, "case.rows", word, word_of(chosen), skip=skip, more=len(found) > PAGE)
    if of is None:
        title = t("case.report.rows", what=t(f"case.report.what.{what}"), span=span_text(chosen))
        back = Button(t("button.return"), "case.report", word_of(chosen))
        return Reply.say(title, buttons=[*buttons, [back]], replace=True)
    group = word.partition(".")[0]
    report = case_stats.report(req.tx, req.actor, chosen, of)
    figures = _figures(report, group, shown=what)
    back = Button(t("button.return"), "case.groups", group[0], word_of(chosen), 0)
    listing = [Button(t("case.report.list"), "cases", "all", group, 0)] if of.id and of.by is not By.AGENT else []
    title = t("case.report.rows", what=group_name(req.tx, *of), span=span_text(chosen))
    buttons = [*(figures[at : at + 3] for at in (0, 3)), *buttons, [*listing, back]]
    return Reply.say(title, *figure_lines(report), buttons=buttons, replace=True)


def _figure(word: str) -> tuple[What, Of | None]:
    """The figure, and of which group, that a button names. Raises NotAllowed for a button that was edited."""
    group, point, said = word.partition(".")
    if word in set(What):
        return What(word), None
    if group[:1] not in _BY or not (group[1:].isascii() and group[1:].isdigit()) or len(group) > ID_MOST:
        raise NotAllowed
    if point and said not in set(What):
        raise NotAllowed
    return What(said) if point else What.OPENED, Of(_BY[group[0]], int(group[1:]))
