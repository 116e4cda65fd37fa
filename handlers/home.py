"""The company's country, in an owner's settings: how a telephone number without a country code is read.

    英国     United Kingdom     uk     +44     typed, or one of the buttons

`country_of(req)` is that country, for everything that reads numbers.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.kit import forms
from handlers.kit.form_model import Field, Form
from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import LANGUAGES, catalogue
from store import home
from store.access import Action
from store.errors import Invalid, NotAllowed
from store.rules import areas, countries, phone
from store.rules.script import fold

routes = Routes()

#: The countries that are a tap away (ISO 3166); any other is typed.
OFFERED = ("CN", "HK", "TW", "SG", "JP", "GB", "DE", "US", "AU")
#: What has an area of its own in store/rules/areas.toml and a country code of its own.
_APART = ("HK", "MO", "TW")


def country_of(req: Request) -> str:
    """The country (ISO 3166) whose numbers are typed without a country code."""
    return home.country(req.tx, req.country)


@routes.button("home", Action.RULES, writes=True, keeps_form=True)
def show(req: Request) -> Reply:
    """Where the company is at home, and where else it may be."""
    now = country_of(req)
    asked = forms.begin(req, HOME, notice=t("home.now", country=_name(req, now), code=phone.code_of(now)))
    offered = [
        Button(t("settings.chosen", language=_name(req, one)) if one == now else _name(req, one), "home.to", place)
        for place, one in enumerate(OFFERED)
    ]
    rows = tuple(tuple(offered[at : at + 3]) for at in range(0, len(offered), 3))
    said = asked.messages[0]
    return replace(asked, messages=(replace(said, buttons=rows + said.buttons),))


def _name(req: Request, code: str) -> Text:
    """A country's name; of China as a whole, which is no place that a customer is in, the texts have it."""
    area = f"CN-{code}" if code in _APART else code
    return t("worktime.land.CN") if code == "CN" else plain(areas.said(area, req.actor.language))


@routes.button("home.to", Action.RULES, writes=True)
def choose(req: Request) -> Reply:
    """One of the countries that are offered."""
    if req.number() >= len(OFFERED):
        raise NotAllowed
    return _moved(req, OFFERED[req.number()])


def _moved(req: Request, code: str) -> Reply:
    home.set_country(req.tx, req.actor, code)
    undo = [] if req.tx.change is None else [req.undo()]
    return Reply.say(
        t("home.done", country=_name(req, code), code=phone.code_of(code)),
        buttons=[[*undo, Button(t("button.return"), "settings")]], replace=req.pressed,
    ).closing()  # fmt: skip


def _country(_: Request, typed: str) -> str:
    """A country by its name, its ISO 3166 code or its telephone code. Raises Invalid."""
    if fold(typed) in {fold(str(catalogue(language)["worktime.land.CN"])) for language in LANGUAGES}:
        return "CN"
    place, short = (areas.read(typed) or "").partition("/")[0], typed.strip().upper()
    code = place.removeprefix("CN-") if place.removeprefix("CN-") in _APART else place[:2]
    code = code or phone.country_of(short) or (short if countries.known(short) else "")
    if not code:
        raise Invalid("home", typed)
    return code


def _typed(req: Request, draft: Draft) -> Reply:
    return _moved(req, str(draft.values["home"]))


HOME = forms.register(Form("home", Action.RULES, (Field("home", _country, required=True),), _typed, confirm=False))
