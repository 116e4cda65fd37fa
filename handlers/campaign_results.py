"""The results of a feedback campaign: this month, last month, since it began; each figure is a button to its rows.

Rendered as its reader: somebody who sees only some of the feedback gets figures of that part.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handlers.case_report import period_of, span_text, word_of
from handlers.feedback import row
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import campaign_results, campaigns, team_tree
from store.access import Action
from store.campaign_results import Results, What
from store.errors import NotAllowed
from store.rules.models import Campaign
from store.rules.periods import Period, Span, period
from store.rules.scores import Rate

routes = Routes()

#: Since it began, as a button has it.
EVER = "a"
#: An interval is told as long as it may be wider than ten points: of half of 400 answers, 5 to either side.
SMALL = 400


@routes.button("cp.one", Action.SEE_FEEDBACK)
def show(req: Request) -> Reply:
    """A campaign's figures: of this month, or of the time that the button names."""
    campaign = campaigns.heard(req.tx, req.actor, req.number())
    return results_page(req, campaign, at=1) if len(req.args) > 1 else results_page(req, campaign)


def results_page(
    req: Request, campaign: Campaign, *notices: Text, undo: Sequence[Button] = (), at: int | None = None
) -> Reply:  # fmt: skip
    """The page of a campaign, with what has just happened to it. `at`: where the button names the time."""
    chosen = _this_month(req) if at is None else _time(req, at)
    word, span = _word(chosen), _span(chosen)
    found = campaign_results.results(req.tx, req.actor, campaign, span)
    above = [*notices, BLANK] if notices else []
    lines = [t("campaign.head", name=campaign.name), _kind(req, campaign), _figures(chosen, found)]
    if found.rate is not None:
        lines.append(_rate(campaign, found))
    if chosen is not None:
        before = campaign_results.results(req.tx, req.actor, campaign, chosen.before)
        if before.rate is not None:
            lines.append(t("campaign.before", n=before.answers, rate=_plain_rate(campaign, before.rate)))
    counts = {What.ALL: found.answers, What.LOW: found.low, What.WORDS: found.words}
    figures = [
        Button(t("report.count", what=t(f"campaign.what.{what}"), n=n), "cp.rows", campaign.id, what, word, 0)
        for what, n in counts.items()
        if n
    ]
    buttons = [undo, figures, _times(req, campaign, word), _run(req, campaign), [Button(t("button.return"), "cp", 0)]]
    return Reply.say(*above, *lines, buttons=buttons, replace=req.pressed)


def _kind(req: Request, campaign: Campaign) -> Text:
    """Scale, with names or without, and whose it is."""
    whose = team_tree.name(req.tx, campaign.team_id)
    kind = t(
        "campaign.kind", scale=t(f"campaign.scale.{campaign.scale.name.lower()}"),
        naming=t("campaign.anonymous" if campaign.anonymous else "campaign.named"),
        team=whose or t("campaign.company"),
    )  # fmt: skip
    return t("campaign.over", kind=kind) if campaign.ended else kind


def _figures(chosen: Period | None, found: Results) -> Text:
    span = t("campaign.ever") if chosen is None else span_text(chosen)
    if found.mean is None:
        return t("campaign.nothing", span=span)
    return t("campaign.figures", span=span, n=found.answers, mean=f"{found.mean:.1f}")


def _rate(campaign: Campaign, found: Results) -> Text:
    """CSAT or NPS; of few answers with the bounds between which it lies."""
    assert found.rate is not None
    rate = _plain_rate(campaign, found.rate)
    if found.answers >= SMALL:
        return rate
    return t(
        "campaign.between", rate=rate, low=_value(campaign, found.rate.low), high=_value(campaign, found.rate.high)
    )  # fmt: skip


def _plain_rate(campaign: Campaign, rate: Rate) -> Text:
    return t(f"campaign.rate.{campaign.scale.name.lower()}", value=_value(campaign, rate.value))


def _value(campaign: Campaign, points: int) -> Text:
    """A share in per cent, or NPS with its sign."""
    name = campaign.scale.name.lower()
    return t(f"campaign.value.{name}", value=str(points) if points <= 0 or name == "stars" else f"+{points}")


def _run(req: Request, campaign: Campaign) -> list[Button]:
    if campaign.ended or not campaigns.runs(req.tx, req.actor, campaign.id):
        return []
    return [
        Button(t("campaign.button.link"), "cp.link", campaign.id),
        Button(t("campaign.button.name"), "cp.name", campaign.id),
        Button(t("campaign.button.end"), "cp.end", campaign.id),
    ]


# The time, in buttons ------------------------------------------------------------------------------------------------


def _this_month(req: Request) -> Period:
    return period("month", req.now.astimezone(req.zone).date(), req.now, req.zone)


def _time(req: Request, place: int) -> Period | None:
    """The period that a button names, None: since it began. Raises NotAllowed for a button that was edited."""
    return None if req.word(place) == EVER else period_of(req, place)


def _word(chosen: Period | None) -> str:
    return EVER if chosen is None else word_of(chosen)


def _span(chosen: Period | None) -> Span | None:
    return None if chosen is None else chosen.span


def _times(req: Request, campaign: Campaign, shown: str) -> list[Button]:
    """This month, the last one, all of it, but for what is shown."""
    this = _this_month(req)
    last = period("month", this.first - timedelta(days=1), req.now, req.zone)
    words = {word_of(this): "report.this_month", word_of(last): "report.last_month", EVER: "campaign.ever"}
    return [Button(t(key), "cp.one", campaign.id, word) for word, key in words.items() if word != shown]


# Rows ----------------------------------------------------------------------------------------------------------------


@routes.button("cp.rows", Action.SEE_FEEDBACK)
def rows(req: Request) -> Reply:
    """The feedback behind a figure, a page at a time."""
    campaign = campaigns.heard(req.tx, req.actor, req.number())
    what, chosen, skip = req.word(1), _time(req, 2), req.number(3)
    if what not in set(What):
        raise NotAllowed
    found = campaign_results.rows(
        req.tx, req.actor, campaign, What(what), _span(chosen), skip=skip, limit=PAGE + 1
    )  # fmt: skip
    listed = [row(req, given) for given in found[:PAGE]]
    word = _word(chosen)
    buttons = paged(listed, "cp.rows", campaign.id, what, word, skip=skip, more=len(found) > PAGE)
    span = t("campaign.ever") if chosen is None else span_text(chosen)
    title = t("campaign.rows", name=campaign.name, what=t(f"campaign.what.{what}"), span=span)
    lines = [title] if found else [title, t("feedback.none_such")]
    back = [Button(t("button.return"), "cp.one", campaign.id, word)]
    return Reply.say(*lines, buttons=[*buttons, back], replace=True)
