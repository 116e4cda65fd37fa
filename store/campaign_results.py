"""The results of a feedback campaign as its reader may see them: number of answers, mean, CSAT or NPS, and their rows.

    found = campaign_results.results(tx, actor, campaign, month.span)
    found.rate                                            # Rate(value=83, low=69, high=92)
    campaign_results.rows(tx, actor, campaign, What.LOW, month.span)

A customer's answer is visible to those who may see that customer's feedback, an anonymous answer to the campaign's
team. So two readers may get different figures; each matches the rows that its reader can open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store import feedback
from store.access import Actor
from store.db import Tx
from store.feedback_inbox import IS_LOW, seen_by
from store.rules.models import Campaign, Feedback
from store.rules.periods import Span
from store.rules.scores import Rate, Scale, csat, nps
from store.times import to_ms

PAGE = 8


class What(StrEnum):
    """The figures that have rows."""

    ALL = "all"
    LOW = "low"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Results:
    """The results in one span: number of answers, mean score, CSAT or NPS by the scale, and two of the counts."""

    answers: int
    mean: float | None
    rate: Rate | None
    low: int
    words: int


def results(tx: Tx, actor: Actor, campaign: Campaign, span: Span | None = None) -> Results:
    """The figures of a span, or since the campaign began. Raises NotAllowed."""
    scale = campaign.scale
    (found,) = tx.all(
        "SELECT count(*) AS answers, avg(score) AS mean, total(score >= :high) AS high, total(score <= :low) AS low,"
        f" total(worded) AS words FROM {seen_by(tx, actor)} WHERE {_IN_SPAN}",
        high=scale.high, low=scale.low, **_bounds(campaign, span),
    )  # fmt: skip
    answers, high, low = found["answers"], int(found["high"]), int(found["low"])
    rate = csat(high, answers) if scale is Scale.STARS else nps(high, low, answers)
    return Results(answers, found["mean"], rate, low, int(found["words"]))


def rows(
    tx: Tx, actor: Actor, campaign: Campaign, what: What, span: Span | None = None, *, skip: int = 0, limit: int = PAGE
) -> list[Feedback]:  # fmt: skip
    """The feedback behind a figure, the newest first. Raises NotAllowed."""
    found = tx.all(
        f"SELECT * FROM {seen_by(tx, actor)} WHERE {_IN_SPAN} AND {_WHERE[what]}"
        " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :skip",
        **_bounds(campaign, span), limit=limit, skip=skip,
    )  # fmt: skip
    return [feedback.from_row(row) for row in found]


_IN_SPAN = "campaign_id = :campaign AND created_at >= :begin AND created_at < :end AND deleted_at IS NULL"
_WHERE = {What.ALL: "TRUE", What.LOW: IS_LOW, What.WORDS: "worded"}
_FOR_EVER = 2**62


def _bounds(campaign: Campaign, span: Span | None) -> dict[str, int]:
    if span is None:
        return {"campaign": campaign.id, "begin": 0, "end": _FOR_EVER}
    return {"campaign": campaign.id, "begin": to_ms(span.begin), "end": to_ms(span.end)}
