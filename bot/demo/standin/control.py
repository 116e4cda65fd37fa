"""The control side over HTTP: faults, the request log, the clock, flood limits. The package's docstring is its manual.

``server`` routes ``/control`` here, after the access check. Example::

    Control(world, faults, recorder, api).serve(exchange)      # exchange.rest == "faults"
"""

from __future__ import annotations

from datetime import datetime

from bot.demo.standin.bot_api import BotApi
from bot.demo.standin.faults import Faults, fault_from
from bot.demo.standin.rates import Rates
from bot.demo.standin.recorder import Recorder
from bot.demo.standin.refusals import Json
from bot.demo.standin.wire import Exchange, Malformed
from bot.demo.standin.world import World


class Control:
    """Answers everything under ``/control``."""

    def __init__(self, world: World, faults: Faults, recorder: Recorder, api: BotApi) -> None:
        self._world = world
        self._faults = faults
        self._recorder = recorder
        self._api = api

    def serve(self, exchange: Exchange) -> None:
        """One request."""
        area, _, rest = exchange.rest.strip("/").partition("/")
        areas = {
            "faults": self._serve_faults,
            "requests": self._serve_requests,
            "clock": self._serve_clock,
            "limits": self._serve_limits,
            "state": self._serve_state,
        }
        if area not in areas:
            exchange.json(404, {"error": "no such thing"})
            return
        try:
            fields, _ = exchange.form()
            exchange.json(200, areas[area](exchange.method, rest, fields))
        except (Malformed, ValueError, TypeError) as why:
            exchange.json(400, {"error": str(why)})

    def _serve_faults(self, method: str, rest: str, fields: Json) -> Json:
        added: Json = {}
        if method == "POST":
            fields.pop("access_token", None)
            added = {"id": self._faults.add(fault_from(fields)).id}
        elif method == "DELETE" and rest:
            self._faults.remove(int(rest))
        elif method == "DELETE":
            self._faults.clear()
        if method != "GET":
            self._tell()
        return {**added, "faults": [rule.as_json() for rule in self._faults.rules]}

    def _tell(self) -> None:
        faults = [rule.as_json() for rule in self._faults.rules]
        self._world.tell({"type": "control", "faults": faults, "now": self._world.clock.now()}, None)

    def _serve_requests(self, method: str, _rest: str, fields: Json) -> Json:
        if method == "DELETE":
            self._recorder.clear()
        elif method == "POST":
            self._recorder.on = fields.get("record") is True
        after, name = int(fields.get("after", 0)), str(fields.get("method", "")).lower()
        found = [r.as_json() for r in self._recorder if r.number > after and name in ("", r.method.lower())]
        return {"record": self._recorder.on, "count": self._recorder.count, "requests": found}

    def _serve_clock(self, method: str, _rest: str, fields: Json) -> Json:
        clock = self._world.clock
        if method == "POST":
            if fields.get("reset") is True:
                clock.reset()
            elif "advance" in fields:
                clock.advance(float(fields["advance"]))
            else:
                now = fields["now"] if "now" in fields else clock.now()
                clock.set(datetime.fromisoformat(now) if isinstance(now, str) else float(now))
            self._tell()
        return {"now": clock.now()}

    def _serve_limits(self, method: str, _rest: str, fields: Json) -> Json:
        if method == "POST":
            if fields.get("off") is True:
                self._api.rates = None
            else:
                names = ("overall", "per_chat", "burst", "per_group_minute")
                self._api.rates = Rates(**{name: float(fields[name]) for name in names if name in fields})
        return {"on": self._api.rates is not None}

    def _serve_state(self, _method: str, _rest: str, _fields: Json) -> Json:
        world = self._world
        webhook = world.updates.webhook
        return {
            "pending_updates": len(world.updates.pending),
            "webhook": None if webhook is None else webhook.info(),
            "faults": [rule.as_json() for rule in self._faults.rules],
            "now": world.clock.now(),
            "people": len(world.people),
            "chats": len(world.chats),
            "requests": self._recorder.count,
        }
