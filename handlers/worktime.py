"""The company's working time and SLA targets, in an owner's settings.

    2月4日到2月10日    typed after "days off": the owner's own table, which outranks the public holidays
    1 8               typed for a severity: the first answer within one working hour, a solution within eight

Routes: "hours" shows it; "hours.day:3", "hours.land:0" choose; "hours.clock", "hours.days:off", "hours.sla:low" ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from handlers.kit import forms
from handlers.kit.durations import duration
from handlers.kit.form_model import Field, Form
from handlers.kit.reply import BLANK, Button, Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.understand.days import days, hours
from store import case_promises, worktime
from store.access import Action
from store.errors import Invalid, NotAllowed
from store.rules.models import Severity
from store.rules.sla import Targets
from store.rules.workdays import COUNTRIES, Calendar, stretches

routes = Routes()

#: Stretches of days that the screen names; the others count all the same.
NAMED = 4
#: What can be said of a day, and what the store is told.
KINDS = {"off": False, "extra": True, "law": None}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@routes.button("hours", Action.RULES)
def show(req: Request) -> Reply:
    """The settings in force."""
    return Reply((_shown(req),))


def _shown(req: Request, *above: Text, undo: bool = False, offers: Sequence[Button] = ()) -> Message:
    calendar = worktime.calendar(req.tx)
    lines = [*above, t("worktime.title"), _hours(calendar), t(f"worktime.country.{calendar.country or 'none'}")]
    today = req.now.astimezone(calendar.zone).date()
    for name, table in (("off", calendar.off), ("extra", calendar.extra)):
        coming = stretches(frozenset(day for day in table if day >= today))[:NAMED]
        lines += [t(f"worktime.{name}", days=_stretch(first, last)) for first, last in coming]
    lines += [BLANK, t("worktime.targets")]
    for severity in reversed(Severity):
        promised = worktime.targets(req.tx, severity)
        lines.append(
            t("worktime.target", label=t(f"severity.{severity}"), answer=duration(promised.answer),
              solve=duration(promised.solve))
        )  # fmt: skip
    buttons = [
        list(offers),
        [Button(t("worktime.button.clock"), "hours.clock"), Button(t("worktime.button.week"), "hours.week"),
         Button(t("worktime.button.country"), "hours.lands")],
        [Button(t(f"worktime.button.{kind}"), "hours.days", kind) for kind in KINDS],
        [Button(t(f"severity.{severity}"), "hours.sla", severity.value) for severity in reversed(Severity)],
        [*([req.undo()] if undo else []), Button(t("button.return"), "settings")],
    ]  # fmt: skip
    return message(*lines, buttons=buttons, replace=req.pressed)


def _hours(calendar: Calendar) -> Text:
    names = [t(f"worktime.weekday.{day}") for day in sorted(calendar.weekdays)]
    listed = names[0] if names else t("worktime.every_day")
    for name in names[1:]:
        listed = t("worktime.and", before=listed, next=name)
    hours = f"{calendar.begins:%H:%M}–{calendar.ends:%H:%M}"
    return t("worktime.hours", days=listed, hours=hours, zone=str(calendar.zone))


def _stretch(first: date, last: date) -> Text:
    return _day(first) if first == last else t("worktime.stretch", first=_day(first), last=_day(last))


def _day(day: date) -> Text:
    return t("worktime.day", year=str(day.year), month=t(f"report.months.{day.month}"), day=str(day.day))


def _done(req: Request) -> Reply:
    return Reply((_shown(req, t("worktime.done"), undo=req.tx.change is not None),))


# By button -----------------------------------------------------------------------------------------------------------


@routes.button("hours.week", Action.RULES)
def week(req: Request) -> Reply:
    """The weekdays, each a tap to work on it or not."""
    return Reply((_week(req),))


def _week(req: Request, *above: Text) -> Message:
    worked = worktime.calendar(req.tx).weekdays
    days_ = [_choice(t(f"worktime.weekday.{day}"), day in worked, "hours.day", day) for day in range(7)]
    undo = [] if req.tx.change is None else [req.undo()]
    back = [*undo, Button(t("button.return"), "hours")]
    return message(*above, t("worktime.week"), buttons=[days_[:4], days_[4:], back], replace=True)


def _choice(label: Text, chosen: bool, route: str, *args: int | str) -> Button:
    return Button(t("case.chosen" if chosen else "case.choice", label=label), route, *args)


@routes.button("hours.day", Action.RULES, writes=True)
def toggle(req: Request) -> Reply:
    """Works on a weekday, or does not any more."""
    worked, day = worktime.calendar(req.tx).weekdays, req.number()
    if day not in range(7):
        raise NotAllowed
    worktime.set_weekdays(req.tx, req.actor, worked ^ {day})
    return Reply((_week(req, t("worktime.done")),))


@routes.button("hours.lands", Action.RULES)
def countries(req: Request) -> Reply:
    """The countries whose public holidays can be kept."""
    kept = worktime.calendar(req.tx).country
    lands = [_choice(_land(place), COUNTRIES[place] == kept, "hours.land", place) for place in range(len(COUNTRIES))]
    rows = [lands[at : at + 3] for at in range(0, len(lands), 3)]
    return Reply.say(t("worktime.lands"), buttons=[*rows, [Button(t("button.return"), "hours")]], replace=True)


def _land(place: int) -> Text:
    return t(f"worktime.land.{COUNTRIES[place] or 'none'}")


@routes.button("hours.land", Action.RULES, writes=True)
def choose_country(req: Request) -> Reply:
    """Keeps the public holidays of a country, or none."""
    if req.number() >= len(COUNTRIES):
        raise NotAllowed
    worktime.set_country(req.tx, req.actor, COUNTRIES[req.number()])
    return _done(req)


@routes.button("hours.renew", Action.RULES, writes=True)
def renew(req: Request) -> Reply:
    """Promises the open cases of a severity what new ones are promised, too."""
    n = case_promises.anew(req.tx, req.actor, _severity(req))
    return Reply((_shown(req, t("worktime.renewed", n=n), undo=req.tx.change is not None),))


def _severity(req: Request) -> Severity:
    try:
        return Severity(req.word())
    except ValueError:
        raise NotAllowed from None


# Typed ---------------------------------------------------------------------------------------------------------------


def _clock(_: Request, typed: str) -> str:
    """From when until when, as "09:00 18:30". Raises Invalid `hours`."""
    said = hours(typed)
    if said is None:
        raise Invalid("hours", typed)
    begins, ends = said
    return f"{begins:%H:%M} {ends:%H:%M}"


def _days(req: Request, typed: str) -> list[str]:
    """The days that were typed. Raises Invalid `days`."""
    found = days(typed, req.now, worktime.calendar(req.tx).zone)
    if not found:
        raise Invalid("days", typed)
    return [day.isoformat() for day in sorted(found)]


def _targets(_: Request, typed: str) -> list[int]:
    """Two times in hours, as minutes. Raises Invalid `targets`."""
    numbers = _NUMBER.findall(typed)
    if len(numbers) != 2 or any(len(number) > 6 for number in numbers):
        raise Invalid("targets", typed)
    return [round(float(number) * 60) for number in numbers]


def _clock_said(req: Request, draft: Draft) -> Reply:
    begins, ends = (time.fromisoformat(part) for part in str(draft.values["clock"]).split())
    worktime.set_hours(req.tx, req.actor, begins, ends)
    return _done(req)


def _days_said(req: Request, draft: Draft) -> Reply:
    said = draft.values["days"]
    assert isinstance(said, list)
    chosen = [date.fromisoformat(day) for day in said]
    worktime.set_days(req.tx, req.actor, chosen, works=KINDS[str(draft.extra["kind"])])
    return _done(req)


def _targets_said(req: Request, draft: Draft) -> Reply:
    said = draft.values["targets"]
    assert isinstance(said, list)
    promised = Targets(*(timedelta(minutes=minutes) for minutes in said))
    severity = Severity(str(draft.extra["severity"]))
    worktime.set_targets(req.tx, req.actor, severity, promised)
    n = case_promises.otherwise(req.tx, req.actor, severity)
    if not n:
        return Reply((_shown(req, t("worktime.new_cases"), undo=req.tx.change is not None),))
    said = t("worktime.old_cases", n=n)
    renew = Button(t("worktime.renew", n=n), "hours.renew", severity.value)
    return Reply((_shown(req, said, undo=req.tx.change is not None, offers=[renew]),))


def _form(
    name: str, key: str, parse: Callable[[Request, str], object], done: Callable[[Request, Draft], Reply]
) -> Form:
    field = Field(key, parse, required=True)
    return forms.register(Form(name, Action.RULES, (field,), done, confirm=False))


CLOCK = _form("work_clock", "clock", _clock, _clock_said)
DAYS = {kind: _form(f"work_{kind}", "days", _days, _days_said) for kind in KINDS}
TARGETS = _form("work_targets", "targets", _targets, _targets_said)


@routes.button("hours.clock", Action.RULES, writes=True, keeps_form=True)
def ask_clock(req: Request) -> Reply:
    """Asks when the working day begins and ends."""
    return forms.begin(req, CLOCK)


@routes.button("hours.days", Action.RULES, writes=True, keeps_form=True)
def ask_days(req: Request) -> Reply:
    """Asks for days off, for days that are worked all the same, or for days that go by the law again."""
    if req.word() not in KINDS:
        raise NotAllowed
    return forms.begin(req, DAYS[req.word()], extra={"kind": req.word()})


@routes.button("hours.sla", Action.RULES, writes=True, keeps_form=True)
def ask_targets(req: Request) -> Reply:
    """Asks for the two times that cases of a severity are promised."""
    severity = _severity(req)
    return forms.begin(
        req, TARGETS, extra={"severity": severity}, notice=t("worktime.of", label=t(f"severity.{severity}"))
    )
