"""A month as buttons: one for each day to come, weeks beginning on Monday.

    rows = month(date(2026, 11, 1), today, reach=lambda day: Button(label, "pick.day", nonce, day.toordinal()), …)

A month needs 52 buttons at most, of the hundred that Telegram takes under a message.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store.access import Action

routes = Routes()

#: A place in the month's rows where there is nothing to choose.
_EMPTY = Button(plain("·"), "nothing")


@routes.button("nothing", Action.GREET, keeps_form=True)
def nothing(_: Request) -> Reply:
    """A day that has passed, the name of a weekday: nothing happens."""
    return Reply()


def month(
    first: date, today: date, day_button: Callable[[Text, date], Button], month_button: Callable[[Text, date], Button]
) -> list[list[Button]]:
    """The month that begins with `first`: its name between the ways to its neighbours, the weekdays, its days."""
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    back = month_button(plain("‹"), before) if first > today else _EMPTY
    rows = [[back, Button(month_name(first), "nothing"), month_button(plain("›"), after)]]
    rows.append([Button(t(f"calendar.weekday.{place}"), "nothing") for place in range(7)])
    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        row = [_day(one, first, today, day_button) for one in week]
        if any(button is not _EMPTY for button in row):
            rows.append(row)
    return rows


def month_name(first: date) -> Text:
    """2026年11月, Nov 2026."""
    return t("report.month", year=str(first.year), month=t(f"report.months.{first.month}"))


def _day(one: date, first: date, today: date, day_button: Callable[[Text, date], Button]) -> Button:
    if one.month != first.month or one < today:
        return _EMPTY
    return day_button(t("calendar.today" if one == today else "calendar.day", day=str(one.day)), one)
