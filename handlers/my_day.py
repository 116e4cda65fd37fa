"""A member's own day, in the settings: the hour of the agenda, what comes on an empty day, and the time zone.

    routes: "day" shows it; "day.hour:0900", "day.idle:line", "day.zone:3" choose

Every choice is a button, the present one marked; a tap on another is undone the same way. A zone that has no button is
typed, as a city or by its IANA name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from handlers.kit import forms
from handlers.kit.form_model import Field, Form
from handlers.kit.reply import Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import followups, own_day
from store.access import Action
from store.errors import Invalid, NotAllowed
from store.own_day import Idle

routes = Routes()

HOURS = (time(7, 30), time(8), time(8, 30), time(9), time(9, 30), time(10))
#: The zones that are a tap away; each has a text `zone.<its last part>`.
ZONES = (
    "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin", "America/New_York",
    "America/Los_Angeles", "Australia/Sydney",
)  # fmt: skip


@routes.button("day", Action.STAFF)
def show(req: Request) -> Reply:
    """The present choices, with the others."""
    return Reply((_shown(req, req.actor.zone),))


def _shown(req: Request, zone: str, *above: Text) -> Message:
    own = own_day.of(req.tx, req.actor.id)
    hour = own.hour or followups.hours(req.tx).day_begins
    lines = [*above, t("day.title"), t("day.place", zone=_zone_text(zone), at=_wall(req.now, zone))]
    lines[-1:-1] = [t(f"day.agenda.{own.idle}", hour=f"{hour:%H:%M}")]
    hours = [_choice(plain(f"{one:%H:%M}"), one == hour, "day.hour", f"{one:%H%M}") for one in HOURS]
    idle = [_choice(t(f"day.idle.{one}"), one is own.idle, "day.idle", one.value) for one in Idle]
    buttons = [hours[:3], hours[3:], idle, [Button(t("day.zones"), "day.zones")]]
    return message(*lines, buttons=[*buttons, [Button(t("button.return"), "settings")]], replace=req.pressed)


def _choice(label: Text, chosen: bool, route: str, *args: str) -> Button:
    return Button(t("day.chosen", what=label) if chosen else label, route, *args)


def _wall(now: datetime, zone: str) -> str:
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"


@routes.button("day.hour", Action.STAFF, writes=True)
def choose_hour(req: Request) -> Reply:
    """When the agenda comes."""
    hour = next((one for one in HOURS if f"{one:%H%M}" == req.word()), None)
    if hour is None:
        raise NotAllowed
    own_day.set_hour(req.tx, req.actor, hour)
    return Reply((_shown(req, req.actor.zone, t("day.done")),))


@routes.button("day.idle", Action.STAFF, writes=True)
def choose_idle(req: Request) -> Reply:
    """Sets what is sent on a day with nothing to do."""
    try:
        own_day.set_idle(req.tx, req.actor, Idle(req.word()))
    except ValueError:
        raise NotAllowed from None
    return Reply((_shown(req, req.actor.zone, t("day.done")),))


@routes.button("day.zones", Action.STAFF, writes=True, keeps_form=True)
def ask_zone(req: Request) -> Reply:
    """Where the member's clock hangs: by button, or typed."""
    asked = forms.begin(req, ZONE)
    offered = [
        _choice(_zone_text(zone), zone == req.actor.zone, "day.zone", str(place)) for place, zone in enumerate(ZONES)
    ]
    rows = tuple(tuple(offered[at : at + 2]) for at in range(0, len(offered), 2))
    said = asked.messages[0]
    return replace(asked, messages=(replace(said, buttons=rows + said.buttons),))


@routes.button("day.zone", Action.STAFF, writes=True)
def choose_zone(req: Request) -> Reply:
    """One of the zones that are offered."""
    if not 0 <= req.number() < len(ZONES):
        raise NotAllowed
    return _move(req, ZONES[req.number()])


def _move(req: Request, zone: str) -> Reply:
    own_day.set_zone(req.tx, req.actor, zone)
    return Reply((_shown(req, zone, t("day.done")),)).closing()


def parse_zone(_: Request, typed: str) -> str:
    """A zone by its city or its whole name. Raises Invalid."""
    zone = _by_name().get("_".join(typed.strip().lower().split()))
    if zone is None:
        raise Invalid("zone", typed)
    return zone


@cache
def _by_name() -> dict[str, str]:
    """Zones by whole name and by city; a city that two have (there is one in Indiana) is the shorter name's."""
    names: dict[str, str] = {}
    for zone in sorted((one for one in available_timezones() if "/" in one), key=lambda one: (one.count("/"), one)):
        names.setdefault(zone.lower(), zone)
        names.setdefault(zone.rpartition("/")[2].lower(), zone)
    return names


def _zone_text(zone: str) -> Text:
    city = zone.rpartition("/")[2]
    return t(f"zone.{city}") if zone in ZONES else plain(city.replace("_", " "))


def _typed(req: Request, draft: Draft) -> Reply:
    return _move(req, str(draft.values["zone"]))


ZONE = forms.register(Form("zone", Action.STAFF, (Field("zone", parse_zone, required=True),), _typed, confirm=False))
