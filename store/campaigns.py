"""Feedback campaigns: one question for anybody who passes ("counter", "after delivery"), and the link that asks it.

    campaign = campaigns.add(tx, manager, "门店收银台", Scale.STARS, anonymous=True, team_id=team)
    token = campaigns.token(tx, manager, campaign.id)
    campaigns.behind(tx, token)                          # for anybody; raises KehuError link_invalid

Creating and ending a campaign takes `Action.CAMPAIGN` for its team. Its name is also known to everybody who may see
some of its feedback (`heard`).
"""

from __future__ import annotations

from store import access, journal, kinds, public_links, team_tree
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.models import Campaign
from store.rules.scores import Scale
from store.rules.short_name import clean_name
from store.times import to_ms

PAGE = 8


def add(
    tx: Tx, actor: Actor, name: str, scale: Scale, *, anonymous: bool, team_id: int | None
) -> Campaign:  # fmt: skip
    """A new campaign of a team, or, by an owner, of the whole company. Raises NotAllowed, Invalid `campaign_name`."""
    access.require(actor, Action.CAMPAIGN)
    if team_id is not None:
        team_tree.get(tx, actor, team_id)
    elif access.sights(actor, Action.CAMPAIGN) != (access.ALL,):
        raise NotAllowed
    values: dict[str, object] = {
        "name": clean(name), "scale": scale, "anonymous": int(anonymous), "team_id": team_id, "author_id": actor.id,
    }  # fmt: skip
    return get(tx, actor, journal.create(tx, actor, kinds.CAMPAIGN, values))


def get(tx: Tx, actor: Actor, campaign_id: int) -> Campaign:
    """A campaign that the actor runs. Raises NotAllowed."""
    return _model(_row(tx, actor, campaign_id))


def rename(tx: Tx, actor: Actor, campaign_id: int, name: str) -> Campaign:
    """Another name. Raises NotAllowed, Invalid `campaign_name`."""
    journal.update(tx, actor, kinds.CAMPAIGN, _row(tx, actor, campaign_id), {"name": clean(name)})
    return get(tx, actor, campaign_id)


def end(tx: Tx, actor: Actor, campaign_id: int) -> Campaign:
    """Asks nobody any more; what it brought stays. Raises NotAllowed, and KehuError `no_longer` when it is over."""
    row = _running(tx, actor, campaign_id)
    journal.update(tx, actor, kinds.CAMPAIGN, row, {"ended_at": to_ms(tx.now)})
    public_links.end(tx, actor, "campaign", campaign_id)
    return get(tx, actor, campaign_id)


def token(tx: Tx, actor: Actor, campaign_id: int) -> str:
    """The token of its link, made where there is none. Raises as `end` does."""
    return public_links.token(tx, actor, "campaign", _running(tx, actor, campaign_id)["id"])


def rotate(tx: Tx, actor: Actor, campaign_id: int) -> str:
    """Exchanges its link: the old one leads nowhere from now on. Raises as `end` does."""
    return public_links.rotate(tx, actor, "campaign", _running(tx, actor, campaign_id)["id"])


def behind(tx: Tx, token: str) -> Campaign:
    """The campaign to which a token leads, whoever has it. Raises KehuError `link_invalid` for any other token."""
    found = public_links.record_behind(tx, "campaign", token)
    row = tx.one("SELECT * FROM campaign WHERE id = :id AND ended_at IS NULL AND deleted_at IS NULL", id=found)
    if row is None:
        raise KehuError("link_invalid")
    return _model(row)


def heard(tx: Tx, actor: Actor, campaign_id: int) -> Campaign:
    """A campaign of which the actor reads what it brought. Raises NotAllowed."""
    row, _ = access.row(tx, actor, Action.SEE_FEEDBACK, "campaign_heard", campaign_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return _model(row)


def name(tx: Tx, campaign_id: int | None) -> str:
    """A campaign's name, for everybody who may see some of its feedback; empty for none."""
    return str(tx.value("SELECT name FROM campaign WHERE id = :id", id=campaign_id) or "")


def page(tx: Tx, actor: Actor, *, skip: int = 0, limit: int = PAGE) -> list[Campaign]:
    """The campaigns whose results the actor may read: running ones first, the newest first. Raises NotAllowed."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SEE_FEEDBACK)
    rows = tx.all(
        f"SELECT * FROM campaign_heard_{sight.scope} WHERE deleted_at IS NULL"
        " ORDER BY ended_at IS NOT NULL, id DESC LIMIT :limit OFFSET :skip",
        limit=limit, skip=skip,
    )  # fmt: skip
    return [_model(row) for row in rows]


def runs(tx: Tx, actor: Actor, campaign_id: int) -> bool:
    """Whether the actor may end it and hand its link out."""
    try:
        _row(tx, actor, campaign_id)
    except NotAllowed:
        return False
    return True


def clean(typed: str) -> str:
    """A name as one short line. Raises Invalid `campaign_name` when nothing is left of it."""
    name = clean_name(typed)
    if not name:
        raise Invalid("campaign_name", typed)
    return name


def _row(tx: Tx, actor: Actor, campaign_id: int) -> Row:
    row, _ = access.row(tx, actor, Action.CAMPAIGN, "campaign", campaign_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


def _running(tx: Tx, actor: Actor, campaign_id: int) -> Row:
    row = _row(tx, actor, campaign_id)
    if row["ended_at"] is not None:
        raise KehuError("no_longer")
    return row


def _model(row: Row) -> Campaign:
    return Campaign(
        id=row["id"], version=row["version"], name=row["name"], scale=Scale(row["scale"]),
        anonymous=bool(row["anonymous"]), team_id=row["team_id"], ended=row["ended_at"] is not None,
    )  # fmt: skip
