"""The product team's monthly report: what complaints are about, how many, the trend, and anonymised quotes.

Sent to owners and managers once, on the first of a month at nine (also after an outage), and on demand from the
statistics; as text and as a sheet, both fit to be passed on, since quotes identify nobody (store/case_quotes.py).
Counted as its reader.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from handlers.case_report import group_name, per_thousand, period_of, trend, word_of
from handlers.kit.case_cards import clip, label_text
from handlers.kit.lists import PAGE
from handlers.kit.reply import BLANK, Button, Message, Reply, Text, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.sheets import Cell, Sheet, workbook
from handlers.kit.texts import Reader
from handlers.product_units import month_text
from store import case_quotes, case_stats, product_units, rounds
from store.access import Action, Actor, allowed
from store.case_stats import By, Group, Of, What
from store.db import Tx
from store.errors import NotAllowed
from store.queue import Priority
from store.rules.models import Label
from store.rules.periods import Period, period

routes = Routes()

#: Causes and products that the text names, and what customers said of each cause; the sheet has all.
NAMED, QUOTED = 5, 2
#: Characters of a quote in the text.
QUOTE_WIDTH = 90
#: Two sheets in one transaction would be felt.
AT_ONCE = 1


@routes.button("product.report", Action.REPORT)
def show(req: Request) -> Reply:
    """A month's report; without one, the last month's."""
    chosen = _month(req) if req.args else _last_month(req.tx, req.actor)
    return Reply.say(*_lines(req.tx, req.actor, chosen), buttons=_buttons(req.tx, req.actor, chosen), replace=True)


@routes.button("product.sheet", Action.REPORT)
def sheet(req: Request) -> Reply:
    """The same as a file."""
    return Reply((_sheet(req.tx, req.actor, _month(req)),))


def _month(req: Request) -> Period:
    """The month that a button names. Raises NotAllowed."""
    chosen = period_of(req, 0)
    if chosen.length != "month" or chosen.begin > req.now:
        raise NotAllowed
    return chosen


def _last_month(tx: Tx, actor: Actor) -> Period:
    zone = ZoneInfo(actor.zone)
    first = tx.now.astimezone(zone).date().replace(day=1)
    return period("month", first - timedelta(days=1), tx.now, zone)


@routes.tick
def first_of_the_month(tx: Tx) -> list[Message]:
    """The month that has ended, for everybody who reports, once; nothing where nobody complained in two months."""
    said: list[Message] = []
    for owed in rounds.owed(tx, "product", rounds.monthly, batch=AT_ONCE):
        actor = owed.actor
        if not allowed(actor, Action.REPORT):
            continue
        zone = ZoneInfo(actor.zone)
        ended = owed.at.astimezone(zone).date() - timedelta(days=1)
        chosen = period("month", ended, tx.now, zone)
        found = case_stats.report(tx, actor, chosen)
        if not (found.now.count[What.OPENED] or found.now.count[What.OPEN] or found.before.count[What.OPENED]):
            continue
        lines = _lines(tx, actor, chosen)
        if owed.late:
            lines.insert(1, t("report.late", at=owed.at))
        buttons = _buttons(tx, actor, chosen)
        said.append(message(*lines, buttons=buttons, to_staff=actor.id, priority=Priority.DIGEST))
        if found.now.count[What.OPENED]:
            said.append(_sheet(tx, actor, chosen, to_staff=actor.id, priority=Priority.DIGEST))
    return said


# As text -------------------------------------------------------------------------------------------------------------


def _lines(tx: Tx, actor: Actor, chosen: Period) -> list[Text]:
    found = case_stats.report(tx, actor, chosen)
    now, before = found.now.count, found.before.count
    title = t("product_report.title", month=month_text(chosen.first))
    if not now[What.OPENED] and not now[What.OPEN]:
        return [title, t("product_report.nothing")]
    opened = trend(now[What.OPENED], before[What.OPENED])
    lines = [title, t("case.report.volume", opened=now[What.OPENED], trend=opened, open=now[What.OPEN])]
    causes = _causes(tx, actor, chosen)
    if causes:
        lines += [BLANK, t("product_report.causes")]
    for group in causes[:NAMED]:
        lines.append(_line(tx, By.CAUSE, group))
        lines += [t("product_report.quote", words=words) for words in _quoted(tx, actor, chosen, group)]
    if len(causes) > NAMED:
        lines.append(t("product_report.others", n=len(causes) - NAMED))
    products = [group for group in case_stats.groups(tx, actor, chosen, By.PRODUCT) if group.id]
    if products:
        lines += [BLANK, t("product_report.products"), *(_line(tx, By.PRODUCT, one) for one in products[:NAMED])]
    if any(group.per_thousand is not None for group in products) and not allowed(actor, Action.RULES):
        lines.append(t("case.report.units_note"))
    return [*lines, BLANK, t("product_report.nameless")] if causes else lines


def _causes(tx: Tx, actor: Actor, chosen: Period) -> list[Group]:
    """Causes with cases, the largest first; last what nobody has found the cause of."""
    groups = [group for group in case_stats.groups(tx, actor, chosen, By.CAUSE) if group.opened or group.before]
    return sorted(groups, key=lambda group: not group.id)


def _line(tx: Tx, by: By, group: Group) -> Text:
    change = trend(group.opened, group.before)
    said = t("case.report.group", name=group_name(tx, by, group.id), n=group.opened, trend=change)
    if group.per_thousand is None:
        return said
    return t("case.report.beside", line=said, more=per_thousand(group.per_thousand, group.per_thousand_before))


def _quoted(tx: Tx, actor: Actor, chosen: Period, group: Group) -> list[str]:
    """A few of the different things that customers said."""
    found = case_quotes.quotes(tx, actor, chosen, Of(By.CAUSE, group.id), limit=PAGE)
    different = dict.fromkeys(clip(quote.words, QUOTE_WIDTH) for quote in found if quote.words)
    return list(different)[:QUOTED]


def _buttons(tx: Tx, actor: Actor, chosen: Period) -> list[list[Button]]:
    word = word_of(chosen)
    causes = [
        Button(t("report.count", what=group_name(tx, By.CAUSE, group.id), n=group.opened), "case.rows",
               f"x{group.id}", word, 0)
        for group in _causes(tx, actor, chosen)[:NAMED]
        if group.opened
    ]  # fmt: skip
    before = period("month", chosen.first - timedelta(days=1), tx.now, ZoneInfo(actor.zone))
    months = [Button(month_text(before.first), "product.report", word_of(before))]
    following = chosen.last + timedelta(days=1)
    if following <= tx.now.astimezone(ZoneInfo(actor.zone)).date():
        months.append(Button(month_text(following), "product.report", f"m{following.toordinal()}"))
    ways = [
        Button(t("product_report.button.sheet"), "product.sheet", word),
        Button(t("case.report.by.product"), "case.groups", "p", word, 0),
        Button(t("complaint.tab.report"), "case.report", word),
    ]
    return [*(causes[at : at + 2] for at in range(0, len(causes), 2)), ways, months]


# As a sheet ----------------------------------------------------------------------------------------------------------


def _sheet(tx: Tx, actor: Actor, chosen: Period, **options: Any) -> Message:
    sheets = [
        Sheet(t("case.report.by.cause"), _head("cause", "opened", "before", "solved", "hours", "in_time"),
              [_cause_row(tx, group) for group in _causes(tx, actor, chosen)]),
        Sheet(t("case.report.by.product"), _head("product", "opened", "before", "units", "rate"),
              _product_rows(tx, actor, chosen)),
        Sheet(t("product_report.cases"), _head("number", "day", "product", "category", "cause", "severity", "words"),
              _case_rows(tx, actor, chosen)),
    ]  # fmt: skip
    made = workbook(sheets, Reader(actor.language, actor.zone, tx.now))
    said = t("product_report.sheet", month=month_text(chosen.first))
    name = f"kehu-product-{chosen.first:%Y-%m}.xlsx"
    return message(said, t("product_report.nameless"), document=made, file_name=name, **options)


def _head(*names: str) -> list[Text]:
    return [t(f"product_report.head.{name}") for name in names]


def _cause_row(tx: Tx, group: Group) -> list[Cell]:
    median = group.solved.median
    hours = None if median is None else round(median / timedelta(hours=1), 1)
    name = group_name(tx, By.CAUSE, group.id)
    return [name, group.opened, group.before, group.solved.cases, hours, group.solved.in_time]


def _product_rows(tx: Tx, actor: Actor, chosen: Period) -> list[list[Cell]]:
    sold = product_units.sold(tx, chosen.first)
    return [
        [group_name(tx, By.PRODUCT, group.id), group.opened, group.before, sold.get(group.id), group.per_thousand]
        for group in case_stats.groups(tx, actor, chosen, By.PRODUCT)
    ]


def _case_rows(tx: Tx, actor: Actor, chosen: Period) -> list[list[Cell]]:
    zone = ZoneInfo(actor.zone)

    def named(label: Label | None) -> Text | None:
        return None if label is None else label_text(label)

    return [
        [
            case.id, case.opened_at.astimezone(zone).date(), named(case.product), named(case.category),
            named(case.cause), t(f"severity.{case.severity}"), words,
        ]
        for case, words in case_quotes.quotes(tx, actor, chosen)
    ]  # fmt: skip
