"""The tree of teams, shaped by owners, and the teams that each member reaches.

    team_id = team_tree.add(tx, owner, "华东")
    team_tree.reached(tx, manager)          # their own team and all below it

Table `reach` is derived from members and teams after every write of either; the predicate reads it.
"""

from __future__ import annotations

from store import access, case_moves, journal, kinds
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid, KehuError, NotAllowed
from store.kinds import Written
from store.rules.models import Team
from store.rules.short_name import clean_name


def name(tx: Tx, team_id: int | None) -> str:
    """A team's name, which every member may know; empty for none."""
    return tx.value("SELECT name FROM team WHERE id = :id", id=team_id) or ""


def add(tx: Tx, actor: Actor, title: str, parent_id: int | None = None) -> int:
    """A new team, under another or at the top. Only an owner shapes the tree. Raises NotAllowed, Invalid."""
    access.require(actor, Action.ROLES)
    if parent_id is not None:
        _row(tx, actor, Action.ROLES, parent_id)
    return journal.create(tx, actor, kinds.TEAM, {"name": _cleaned(title), "parent_id": parent_id})


def rename(tx: Tx, actor: Actor, team_id: int, title: str) -> None:
    """Gives a team another name. Raises NotAllowed, Invalid."""
    row = _row(tx, actor, Action.ROLES, team_id)
    journal.update(tx, actor, kinds.TEAM, row, {"name": _cleaned(title)})


def reached(tx: Tx, actor: Actor) -> list[Team]:
    """The teams that the actor reaches, parents before children."""
    (sight,) = access.sights(actor, Action.INVITE)
    access.stand(tx, actor)
    rows = tx.all(f"SELECT * FROM team_{sight.scope} WHERE deleted_at IS NULL ORDER BY coalesce(parent_id, 0), id")
    return [_model(row) for row in rows]


def get(tx: Tx, actor: Actor, team_id: int, action: Action = Action.INVITE) -> Team:
    """One team that the actor's action reaches. Raises NotAllowed."""
    return _model(_row(tx, actor, action, team_id))


def under(tx: Tx, team_id: int) -> tuple[int, ...]:
    """A team and all below it."""
    rows = tx.all(
        "WITH RECURSIVE u (id) AS (SELECT :team UNION SELECT t.id FROM team t JOIN u ON t.parent_id = u.id"
        " WHERE t.deleted_at IS NULL) SELECT id FROM u",
        team=team_id,
    )
    return tuple(row["id"] for row in rows)


def refresh_reach(tx: Tx) -> None:
    """Works out again which teams each active member reaches: their own and all below it, and what cases are theirs."""
    tx.run("DELETE FROM reach")
    tx.run(
        "INSERT INTO reach WITH RECURSIVE under (staff_id, team_id) AS ("
        " SELECT id, team_id FROM staff WHERE active AND team_id IS NOT NULL"
        " UNION SELECT u.staff_id, t.id FROM team t JOIN under u ON t.parent_id = u.team_id WHERE t.deleted_at IS NULL)"
        " SELECT staff_id, team_id FROM under"
    )
    case_moves.stand_anew(tx)


def _follow(tx: Tx, team: Written) -> None:
    """After each write of a team: none disappears with people, teams or customers in it."""
    occupied = tx.value(
        "SELECT 1 FROM team t WHERE t.id = :id AND t.deleted_at IS NOT NULL AND ("
        " EXISTS (SELECT 1 FROM staff s WHERE s.team_id = t.id)"
        " OR EXISTS (SELECT 1 FROM team u WHERE u.parent_id = t.id AND u.deleted_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM team_kept k WHERE k.team_id = t.id))",
        id=team.id,
    )  # fmt: skip
    if occupied:
        raise KehuError("team_in_use")
    refresh_reach(tx)


kinds.TEAM.after.append(_follow)


def _row(tx: Tx, actor: Actor, action: Action, team_id: int) -> Row:
    row, _ = access.row(tx, actor, action, "team", team_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


def _cleaned(typed: str) -> str:
    cleaned = clean_name(typed)
    if not cleaned:
        raise Invalid("team_name")
    return cleaned


def _model(row: Row) -> Team:
    return Team(id=row["id"], version=row["version"], name=row["name"], parent_id=row["parent_id"])
