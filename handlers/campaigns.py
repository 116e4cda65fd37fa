"""Feedback campaigns on the staff's side: created in chat ("counter", "after delivery"), handed out as a link and a QR
code, ended.

    /feedback → campaigns → new   →  a name, a scale, with names or without   →  a link for the counter

The results are in handlers/campaign_results.py, the customer's side in handlers/guest_campaigns.py.
"""

from __future__ import annotations

from handlers.campaign_results import results_page
from handlers.kit import forms
from handlers.kit.form_model import Choice, Field, Form
from handlers.kit.links import qr, start_link
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, Text, link, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import access, campaign_results, campaigns, team_tree
from store.access import Action
from store.errors import Invalid
from store.rules.models import Campaign, Role
from store.rules.scores import Scale

routes = Routes()

#: What a campaign's link begins with, after `start=`; handlers/guest_campaigns.py answers it.
PREFIX = "f_"


@routes.button("cp", Action.SEE_FEEDBACK)
def show(req: Request) -> Reply:
    """The campaigns of which this person reads what they brought."""
    skip = req.number()
    page = campaigns.page(req.tx, req.actor, skip=skip, limit=PAGE + 1)
    rows = [_row(req, one) for one in page[:PAGE]]
    may = access.allowed(req.actor, Action.CAMPAIGN)
    new = [Button(t("campaign.button.new"), "cp.new")] if may else []
    buttons = [
        *paged(rows, "cp", skip=skip, more=len(page) > PAGE), [*new, Button(t("button.return"), "feedback", 0)]
    ]  # fmt: skip
    hint = [t("campaign.hint")] if may else []
    lines = [t("campaign.title")] if page else [t("campaign.title"), t("campaign.none"), *hint]
    return Reply.say(*lines, buttons=buttons, replace=True)


def _row(req: Request, campaign: Campaign) -> Button:
    answers = campaign_results.results(req.tx, req.actor, campaign).answers
    label = t("campaign.row_ended" if campaign.ended else "campaign.row", name=campaign.name, n=answers)
    return Button(label, "cp.one", campaign.id)


# The link ------------------------------------------------------------------------------------------------------------


@routes.button("cp.link", Action.CAMPAIGN, writes=True)
def hand_out(req: Request) -> Reply:
    """The link as text and as a picture to be scanned."""
    return _link(req, campaigns.get(req.tx, req.actor, req.number()))


@routes.button("cp.rotate", Action.CAMPAIGN, writes=True)
def rotate(req: Request) -> Reply:
    """Ends the link and makes another."""
    campaign = campaigns.get(req.tx, req.actor, req.number())
    campaigns.rotate(req.tx, req.actor, campaign.id)
    return _link(req, campaign, t("campaign.rotated"))


def _link(req: Request, campaign: Campaign, *changed: Text) -> Reply:
    url = start_link(req.bot_name, PREFIX + campaigns.token(req.tx, req.actor, campaign.id))
    lines = [t("campaign.link", name=campaign.name), t("link.url", url=url), t("campaign.how")]
    buttons = [
        [req.undo()] if changed else [],
        [link(t("link.button.preview"), url), Button(t("link.button.new"), "cp.rotate", campaign.id)],
        [Button(t("campaign.button.results"), "cp.one", campaign.id)],
    ]
    return Reply.say(*changed, *lines, buttons=buttons, photo=qr(url))


# Changing it ---------------------------------------------------------------------------------------------------------


@routes.button("cp.end", Action.CAMPAIGN, writes=True)
def end(req: Request) -> Reply:
    """Asks nobody any more; what it brought stays."""
    campaign = campaigns.end(req.tx, req.actor, req.number())
    return results_page(req, campaign, t("campaign.ended"), undo=[req.undo()])


@routes.button("cp.name", Action.CAMPAIGN, writes=True)
def rename(req: Request) -> Reply:
    """Asks for another name."""
    return forms.begin(req, RENAME, extra={"campaign": campaigns.get(req.tx, req.actor, req.number()).id})


def _renamed(req: Request, draft: Draft) -> Reply:
    campaign_id, name = int(str(draft.extra["campaign"])), str(draft.values["campaign_name"])
    campaign = campaigns.rename(req.tx, req.actor, campaign_id, name)
    undo = [] if req.tx.change is None else [req.undo()]
    return results_page(req, campaign, t("campaign.renamed"), undo=undo).closing()


@routes.button("cp.new", Action.CAMPAIGN, writes=True)
def new(req: Request) -> Reply:
    """Begins a campaign."""
    return forms.begin(req, NEW)


def _made(req: Request, draft: Draft) -> Reply:
    values = draft.values
    team = values.get("campaign_team", req.actor.team_id)
    campaign = campaigns.add(
        req.tx, req.actor, str(values["campaign_name"]), Scale(int(str(values["campaign_scale"]))),
        anonymous=bool(values["campaign_anonymous"]), team_id=int(str(team)) if team else None,
    )  # fmt: skip
    return _link(req, campaign, t("campaign.made")).closing()


def _name(_: Request, typed: str) -> str:
    return campaigns.clean(typed)


def _by_button(_: Request, typed: str) -> str:
    raise Invalid("by_button", typed)


def _teams(req: Request) -> list[Choice]:
    """The teams that a campaign may belong to; an owner's may belong to the whole company."""
    whole = [Choice(0, t("campaign.company"))] if req.actor.role is Role.OWNER else []
    return whole + [Choice(team.id, plain(team.name)) for team in team_tree.reached(req.tx, req.actor)]


def _fields(req: Request) -> tuple[Field, ...]:
    """The form's fields; the team is asked only if there is a choice."""
    return (*_ASKED, _TEAM) if len(_teams(req)) > 1 else _ASKED


_SCALES = [Choice(int(scale), t(f"campaign.scale.{scale.name.lower()}")) for scale in Scale]
_NAMING = [Choice(value, t(f"campaign.choice.{key}")) for value, key in ((True, "anonymous"), (False, "named"))]
_NAME = Field("campaign_name", _name, required=True)
_ASKED = (
    _NAME,
    Field("campaign_scale", _by_button, required=True, choices=lambda _: _SCALES),
    Field("campaign_anonymous", _by_button, required=True, choices=lambda _: _NAMING),
)
_TEAM = Field("campaign_team", _by_button, required=True, choices=_teams)
NEW = forms.register(Form("campaign_new", Action.CAMPAIGN, _ASKED, _made, confirm=False, current=_fields))
RENAME = forms.register(Form("campaign_name", Action.CAMPAIGN, (_NAME,), _renamed, confirm=False))
