"""Settings of follow-ups, for owners: the escalation ladder, the quiet hours, and the cadence by level.

Each rule is a line and a button; a tap shows its choices, another sets it, at once and for everybody, with Undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import cadence, deals, followups, settings, survey_due
from store.access import Action
from store.db import Tx
from store.errors import NotAllowed
from store.rules.models import Level
from store.rules.money import Currency

routes = Routes()


class Rule(NamedTuple):
    """A setting with its default, its choices and how one is said."""

    key: str
    name: str
    default: str
    choices: Sequence[str]
    say: Callable[[str], Text]


def _minutes(value: str) -> Text:
    return t("rules.never") if value == "0" else t("rules.minutes", n=int(value))


def _yes(value: str) -> Text:
    return t("rules.yes" if value == "1" else "rules.no")


def _days(value: str) -> Text:
    return t("rules.never") if value == "0" else t("rules.days", n=int(value))


_CADENCES = ("7", "14", "21", "30", "60", "90", "180", "0")
#: What a company counts in; another currency is said with the amount.
_CURRENCIES = tuple(Currency)
RULES = (
    Rule("again", "followup.again_minutes", "60", ("15", "30", "60", "120", "240", "0"), _minutes),
    Rule("tell", "followup.tell", "1", ("1", "0"), _yes),
    Rule("offer", "followup.offer", "1", ("1", "0"), _yes),
    Rule("quiet", "quiet.from", "21:00", ("20:00", "21:00", "22:00", "23:00"), plain),
    Rule("wake", "quiet.to", "08:00", ("06:00", "07:00", "08:00", "09:00"), plain),
    Rule("survey", survey_due.CASES, "1", ("1", "0"), _yes),
    Rule("survey_deals", survey_due.DEALS, "1", ("1", "0"), _yes),
    Rule("currency", deals.CURRENCY, Currency.CNY, _CURRENCIES, plain),
    *(Rule(level.value, f"cadence.{level}", str(days), _CADENCES, _days) for level, days in cadence.DAYS.items()),
)


@routes.button("rules", Action.RULES)
def show(req: Request) -> Reply:
    """Every rule as it is now."""
    return _shown(req)


def _shown(req: Request, *above: Text, undo: Sequence[Button] = ()) -> Reply:
    now = {rule.key: rule.say(_now(req.tx, rule)) for rule in RULES}
    now["ends"] = plain(f"{followups.hours(req.tx).day_ends:%H:%M}")
    lines = [
        *above, t("rules.title"), t("rules.ladder", **_some(now, "again", "tell", "offer", "ends")),
        t("rules.quiet_hours", **_some(now, "quiet", "wake")),
        t("rules.cadence", **_some(now, *(level.value for level in Level))),
        t("rules.surveys", **_some(now, "survey", "survey_deals")), t("rules.currency", **_some(now, "currency")),
    ]  # fmt: skip
    buttons = [Button(t(f"rules.name.{rule.key}"), "rules.set", rule.key) for rule in RULES]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return Reply.say(
        *lines,
        buttons=[list(undo), *rows, [Button(t("settings.worktime"), "hours"), Button(t("button.return"), "settings")]],
        replace=req.pressed,
    )


def _some(now: dict[str, Text], *keys: str) -> dict[str, Text]:
    return {key: now[key] for key in keys}


def _now(tx: Tx, rule: Rule) -> str:
    return settings.get(tx, rule.name, rule.default)


@routes.button("rules.set", Action.RULES)
def choose(req: Request) -> Reply:
    """The choices for a rule, the one in force marked."""
    rule = _rule(req)
    now = _now(req.tx, rule)
    choices = [
        Button(t("rules.chosen", what=rule.say(one)) if one == now else rule.say(one), "rules.to", rule.key, place)
        for place, one in enumerate(rule.choices)
    ]
    rows = [choices[at : at + 3] for at in range(0, len(choices), 3)]
    return Reply.say(t(f"rules.ask.{rule.key}"), buttons=[*rows, [Button(t("button.back"), "rules")]], replace=True)


@routes.button("rules.to", Action.RULES, writes=True)
def change(req: Request) -> Reply:
    """Sets a rule for the whole company."""
    rule = _rule(req)
    if req.number(1) >= len(rule.choices):
        raise NotAllowed
    settings.change(req.tx, req.actor, rule.name, rule.choices[req.number(1)])
    done = t("rules.done", what=t(f"rules.name.{rule.key}"), value=rule.say(_now(req.tx, rule)))
    return _shown(req, done, undo=[] if req.tx.change is None else [req.undo()])


def _rule(req: Request) -> Rule:
    for rule in RULES:
        if rule.key == req.word():
            return rule
    raise NotAllowed
