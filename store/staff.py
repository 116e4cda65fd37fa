"""Members and invites: who an update's sender is, and whom members may invite. Teams are in store/team_tree.py.

    actor = staff.actor(tx, telegram_id, language="zh", zone="Asia/Shanghai")
    code = staff.invite(tx, actor, Role.SALESPERSON, team_id)
    member = staff.join(tx, code, Newcomer(...))

What must hold after any change of a member, also an undo or an owner's code, is enforced by `_follow` after each write.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from store import access, guests, journal, kinds, queue, team_tree
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid, KehuError, NotAllowed
from store.kinds import Written
from store.rules.models import Member, Role
from store.rules.short_name import clean_name
from store.times import to_ms

INVITE_HOURS = 48
OWNER_CODE_HOURS = 24
#: 16 random bytes as URL-safe base64: 22 characters of the 64 that a deep link carries
#: (https://core.telegram.org/api/links#bot-links).
CODE_BYTES = 16
#: What a code looks like.
CODE = re.compile(r"[A-Za-z0-9_-]{22}")
#: Whom a manager may invite and change; everything else is the owner's.
MANAGED = (Role.SALESPERSON, Role.SUPPORT)


@dataclass(frozen=True)
class Newcomer:
    """The sender of an invite code: their Telegram identity, and how to greet them."""

    telegram_id: int
    chat_id: int
    name: str
    language: str
    zone: str


def actor(tx: Tx, telegram_id: int, *, language: str, zone: str) -> Actor:
    """The actor for a Telegram user as of now: member, guest or stranger. `language` and `zone` serve for people not
    known.
    """
    row = tx.one("SELECT * FROM staff WHERE telegram_id = :id", id=telegram_id)
    if row is not None and row["active"]:
        found = _actor(row)
    else:
        found = guests.actor(tx, telegram_id) or Actor(Role.STRANGER, language, zone)
    access.stand(tx, found)
    return found


def as_actor(tx: Tx, staff_id: int) -> Actor:
    """The member for whom the clock does something. Raises NotAllowed when they are not active any more."""
    row = tx.one("SELECT * FROM staff WHERE id = :id AND active", id=staff_id)
    if row is None:
        raise NotAllowed
    found = _actor(row)
    access.stand(tx, found)
    return found


def _actor(row: Row) -> Actor:
    return Actor(
        Role(row["role"]), row["language"], row["zone"], id=row["id"], team_id=row["team_id"], name=row["name"]
    )


def invite(tx: Tx, actor: Actor | None, role: Role, team_id: int | None, *, hours: int = INVITE_HOURS) -> str:
    """A fresh single-use code for a role and team. `actor` None is the command line, which alone makes owners' codes.

    Raises NotAllowed when the actor may not let that role into that team.
    """
    if actor is not None:
        if role not in invitable(actor):
            raise NotAllowed
        if team_id is not None:
            team_tree.get(tx, actor, team_id)
        elif actor.role is not Role.OWNER:
            raise NotAllowed
    code = new_code()
    values: dict[str, object] = {
        "digest": _digest(code), "role": role, "team_id": team_id, "invited_by": actor.id if actor else None,
        "created_at": to_ms(tx.now), "expires_at": to_ms(tx.now + timedelta(hours=hours)),
    }  # fmt: skip
    journal.create(tx, actor or Actor(Role.CLOCK, "en", "UTC"), kinds.INVITE, values)
    return code


def invitable(actor: Actor) -> tuple[Role, ...]:
    """The roles that the actor may invite somebody to. Raises NotAllowed for who may invite nobody."""
    access.require(actor, Action.INVITE)
    return (Role.MANAGER, *MANAGED) if actor.role is Role.OWNER else MANAGED


def join(tx: Tx, code: str, newcomer: Newcomer) -> Member:
    """Makes whoever sends a valid code a member; an owner's code makes a member the owner.

    Raises KehuError `code_invalid` for a code unknown, used, withdrawn or expired alike, and for one whose inviter may
    not invite any more; `already_member` for who needs no code (which stays good for somebody else).
    """
    row = tx.one(
        "SELECT * FROM invite_door WHERE digest = :digest AND expires_at > :now",
        digest=_digest(code), now=to_ms(tx.now),
    )  # fmt: skip
    former = tx.one("SELECT * FROM staff WHERE telegram_id = :id", id=newcomer.telegram_id)
    if row is None or (former is not None and not _may_return(tx, former, row["invited_by"])):
        raise KehuError("code_invalid")
    if former is not None and former["active"] and (row["role"] != Role.OWNER or former["role"] == Role.OWNER):
        raise KehuError("already_member")
    values: dict[str, object] = {
        "telegram_id": newcomer.telegram_id, "chat_id": newcomer.chat_id, "role": row["role"],
        "team_id": row["team_id"], "active": 1, "unreachable_at": None,
    }  # fmt: skip
    system = Actor(Role.CLOCK, newcomer.language, newcomer.zone)
    if former is None:
        values |= {
            "name": clean_name(newcomer.name) or str(newcomer.telegram_id), "language": newcomer.language,
            "zone": newcomer.zone, "created_at": to_ms(tx.now),
        }  # fmt: skip
        member_id = journal.create(tx, system, kinds.STAFF, values)
    else:  # who comes back is called and spoken to as before
        member_id = former["id"]
        journal.update(tx, system, kinds.STAFF, former, values)
    journal.update(tx, system, kinds.INVITE, row, {"used_by": member_id, "used_at": to_ms(tx.now)})
    return _written(tx, member_id)


def _may_return(tx: Tx, former: Row, invited_by: int | None) -> bool:
    """Whoever comes back finds their customers again: only who may let them in by name may do it by an invite."""
    if former["active"] or invited_by is None:
        return True
    inviting = as_actor(tx, invited_by)
    try:
        return manageable(inviting, member(tx, inviting, former["id"]))
    except NotAllowed:
        return False


def inviter(tx: Tx, staff_id: int) -> int | None:
    """The member who last let this member in; None if it was the command line."""
    found: int | None = tx.value(
        "SELECT invited_by FROM invite WHERE used_by = :id ORDER BY used_at DESC, id DESC LIMIT 1", id=staff_id
    )
    return found


def members(tx: Tx, actor: Actor) -> list[Member]:
    """The members whom the actor manages: active ones first, in a team its manager first."""
    (sight,) = access.sights(actor, Action.MANAGE)
    access.stand(tx, actor)
    rows = tx.all(
        f"SELECT * FROM staff_{sight.scope} ORDER BY active DESC, team_id,"
        " instr('owner manager salesperson support', role), id"
    )
    return [_member(row) for row in rows]


def member(tx: Tx, actor: Actor, staff_id: int) -> Member:
    """One member whom the actor manages. Raises NotAllowed."""
    return _member(access.row(tx, actor, Action.MANAGE, "staff", staff_id)[0])


def name(tx: Tx, staff_id: int | None) -> str:
    """A member's name, which every member may know; empty for nobody."""
    return tx.value("SELECT name FROM staff WHERE id = :id", id=staff_id) or ""


def called(tx: Tx, title: str) -> bool:
    """Whether a colleague has this very name."""
    return tx.value("SELECT 1 FROM staff WHERE name = :name AND active", name=title) is not None


def alone(tx: Tx) -> bool:
    """Whether the company has a single member so far."""
    return bool(tx.value("SELECT count(*) = 1 FROM staff"))


def address(tx: Tx, staff_id: int) -> Row | None:
    """Where a member is reached: chat, language, zone; None when they have left."""
    return tx.one("SELECT chat_id, language, zone, role FROM staff WHERE id = :id AND active", id=staff_id)


def managers_of(tx: Tx, team_id: int | None) -> list[int]:
    """The active managers whose teams hold this one; the owners where it has none."""
    rows = tx.all(
        "SELECT s.id FROM staff s JOIN reach r ON r.staff_id = s.id"
        " WHERE r.team_id = :team AND s.role = 'manager' AND s.active ORDER BY s.id",
        team=team_id,
    )  # fmt: skip
    return [row["id"] for row in rows] or with_role(tx, Role.OWNER)


def with_role(tx: Tx, role: Role) -> list[int]:
    """The active members of a role."""
    return [row["id"] for row in tx.all("SELECT id FROM staff WHERE role = :role AND active ORDER BY id", role=role)]


def manageable(actor: Actor, member: Member) -> bool:
    """Whether the actor may rename this member and let them in and out (a manager: no manager, nor themselves)."""
    return actor.role is Role.OWNER or member.role in MANAGED


def set_active(tx: Tx, actor: Actor, staff_id: int, active: bool) -> Member:
    """Lets a member in or out, with this very update. Raises NotAllowed, and KehuError `last_owner`."""
    row, _ = access.row(tx, actor, Action.MANAGE, "staff", staff_id)
    journal.update(tx, actor, kinds.STAFF, row, {"active": int(active)})
    if not active:
        queue.drop_drafts(tx, row["telegram_id"])
    return _written(tx, staff_id)


def rename(tx: Tx, actor: Actor, staff_id: int, title: str) -> Member:
    """Calls a member by another name than Telegram does. Raises NotAllowed, Invalid."""
    row, _ = access.row(tx, actor, Action.MANAGE, "staff", staff_id)
    cleaned = clean_name(title)
    if not cleaned:
        raise Invalid("name")
    journal.update(tx, actor, kinds.STAFF, row, {"name": cleaned})
    return _written(tx, staff_id)


def set_language(tx: Tx, actor: Actor, language: str) -> None:
    """A member chooses zh or en for themselves.

    The journal keeps it as the clock's doing: it is no work that the member's next /undo should find.
    """
    row = tx.one("SELECT * FROM staff WHERE id = :id", id=actor.id)
    if row is None or language not in ("zh", "en"):
        raise NotAllowed
    journal.update(tx, Actor(Role.CLOCK, language, row["zone"]), kinds.STAFF, row, {"language": language})


def set_reachable(tx: Tx, telegram_id: int, reachable: bool) -> int | None:
    """Notes that a member blocked the bot or came back; the member's id when that is news."""
    row = tx.one("SELECT * FROM staff WHERE telegram_id = :id", id=telegram_id)
    if row is None or (row["unreachable_at"] is None) == reachable:
        return None
    actor = Actor(Role.CLOCK, row["language"], row["zone"])
    journal.update(tx, actor, kinds.STAFF, row, {"unreachable_at": None if reachable else to_ms(tx.now)})
    staff_id: int = row["id"]
    return staff_id


def set_team(tx: Tx, actor: Actor, staff_id: int, team_id: int) -> Member:
    """Moves a member to a team. Raises NotAllowed."""
    team_tree.get(tx, actor, team_id, Action.ROLES)
    row, _ = access.row(tx, actor, Action.ROLES, "staff", staff_id)
    journal.update(tx, actor, kinds.STAFF, row, {"team_id": team_id})
    return _written(tx, staff_id)


def set_role(tx: Tx, actor: Actor, staff_id: int, role: Role) -> Member:
    """Gives a member another role. Raises NotAllowed, and KehuError `last_owner`."""
    row, _ = access.row(tx, actor, Action.ROLES, "staff", staff_id)
    journal.update(tx, actor, kinds.STAFF, row, {"role": role})
    return _written(tx, staff_id)


def _follow(tx: Tx, member: Written) -> None:
    """After each write of a member: what no way round may break, and who reaches which team.

    Undoing is a write too. A manager who once was an owner can't undo what only owners do; nobody but an owner changes
    roles and teams; a manager changes salespeople and support only; an owner remains.
    """
    entry = tx.one(
        "SELECT e.before, g.actor_kind FROM entry_chain e JOIN change g ON g.id = e.change_id"
        " WHERE e.record = 'staff' AND e.record_id = :id ORDER BY e.id DESC LIMIT 1",
        id=member.id,
    )  # fmt: skip
    row = tx.one("SELECT role, active FROM staff WHERE id = :id", id=member.id)
    assert entry is not None
    assert row is not None
    before: dict[str, object] = json.loads(entry["before"]) if entry["before"] else {}
    if entry["actor_kind"] not in (Role.OWNER, Role.CLOCK) and (
        row["role"] not in MANAGED or before.keys() - {"active", "name"}
    ):
        raise NotAllowed
    was = {"role": row["role"], "active": row["active"]} | before
    if was["role"] == Role.OWNER and was["active"] and not with_role(tx, Role.OWNER):
        raise KehuError("last_owner")
    team_tree.refresh_reach(tx)


kinds.STAFF.after.append(_follow)


def _written(tx: Tx, staff_id: int) -> Member:
    """The member who was just changed, who may be out of the actor's reach by now."""
    row = tx.one("SELECT * FROM staff WHERE id = :id", id=staff_id)
    assert row is not None
    return _member(row)


def _member(row: Row) -> Member:
    return Member(
        id=row["id"], version=row["version"], telegram_id=row["telegram_id"], chat_id=row["chat_id"], name=row["name"],
        role=Role(row["role"]), team_id=row["team_id"], language=row["language"], zone=row["zone"],
        active=bool(row["active"]), reachable=row["unreachable_at"] is None,
    )  # fmt: skip


def new_code() -> str:
    """A code that no deep link's prefix ("i_", "c_") can be mistaken for: those have "_" in second place."""
    while True:
        code = secrets.token_urlsafe(CODE_BYTES)
        if code[1] != "_":
            return code


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
