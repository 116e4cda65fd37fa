"""Who may do what: actors, actions, and the choice of the predicate's views.

Default deny. A role has, for each action, a list of sights: the views of predicate.sql through which the action reaches
customers, the clearest first, and whether what is seen through them is masked. An action without an entry is forbidden.

    row, sight = access.row(tx, actor, Action.EDIT, "customer", 12)   # raises NotAllowed, missing and forbidden alike

The permission matrix in docs/permissions.md is generated from a test that tries every cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from store.db import Row, Tx
from store.errors import KehuError, NotAllowed
from store.rules.models import Role


class Action(StrEnum):
    """What a route does; the gate asks for it before the feature runs, the store again for each record."""

    GREET = "greet"  # what anybody may ask: start, help, privacy, language
    STAFF = "staff"  # what every member may: menu, cancel
    FIND = "find"
    SEE = "see"
    ADD = "add"
    EDIT = "edit"
    LOG = "log"  # interactions and notes
    REMIND = "remind"
    DEAL = "deal"  # what is sold, or may be, and for how much
    LINK = "link"  # a customer's own link
    COMPLAIN = "complain"  # open a case for a customer
    SEE_CASE = "see_case"
    HANDLE = "handle"  # take, answer, resolve
    SEE_FEEDBACK = "see_feedback"
    CAMPAIGN = "campaign"  # what whoever comes by is asked, and the links to it
    SURVEY = "survey"  # compose questionnaires, send them, read the answers
    HISTORY = "history"
    UNDO = "undo"
    REPORT = "report"
    INVITE = "invite"
    ASSIGN = "assign"  # whose a customer is, and whose a follow-up
    MANAGE = "manage"  # teams, deactivating and reactivating
    ROLES = "roles"
    UNITS = "units"  # how many of a product were sold
    RULES = "rules"  # the company's hours, ladder, cadence, fields and lists
    RATE = "rate"  # the customer's own side
    OWN_CASES = "own_cases"
    OWN_DATA = "own_data"  # what is kept of oneself
    PRIVACY = "privacy"  # answers those who want to be erased


class Sight(NamedTuple):
    """A scope of predicate.sql, and whether contact details are masked when seen through it."""

    scope: str
    masked: bool = False


OWN, TEAM, ALL, GUEST, MINE = Sight("own"), Sight("team"), Sight("all"), Sight("guest"), Sight("mine")
TASK = Sight("task")
VISIT = Sight("visit", masked=True)
CASE, POOL, MASKED_TEAM = Sight("case"), Sight("pool", masked=True), Sight("team", masked=True)
_ALWAYS: tuple[Sight, ...] = ()

_ANYBODY = {Action.GREET: _ALWAYS}
_MEMBER = _ANYBODY | {Action.STAFF: _ALWAYS, Action.UNDO: (MINE,)}

GRANTS: dict[Role, dict[Action, tuple[Sight, ...]]] = {
    Role.SALESPERSON: _MEMBER
    | {Action.FIND: (OWN, POOL), Action.SEE: (OWN, TASK, POOL)}
    | dict.fromkeys((Action.LOG, Action.REMIND), (OWN, TASK))
    | dict.fromkeys((Action.EDIT, Action.DEAL, Action.LINK, Action.COMPLAIN), (OWN,))
    | dict.fromkeys((Action.SEE_CASE, Action.SEE_FEEDBACK, Action.HISTORY), (OWN,))
    | {Action.ADD: _ALWAYS},
    Role.SUPPORT: _MEMBER
    | dict.fromkeys((Action.FIND, Action.SEE, Action.COMPLAIN), (CASE, MASKED_TEAM))
    | dict.fromkeys((Action.SEE_CASE, Action.HANDLE, Action.SEE_FEEDBACK), (TEAM,)),
    Role.MANAGER: _MEMBER
    | dict.fromkeys((Action.FIND, Action.SEE, Action.EDIT, Action.LOG, Action.REMIND, Action.LINK), (TEAM,))
    | dict.fromkeys((Action.COMPLAIN, Action.SEE_CASE, Action.HANDLE, Action.SEE_FEEDBACK), (TEAM,))
    | dict.fromkeys((Action.HISTORY, Action.REPORT, Action.INVITE, Action.MANAGE, Action.ASSIGN), (TEAM,))
    | dict.fromkeys((Action.UNITS, Action.CAMPAIGN, Action.SURVEY, Action.DEAL), (TEAM,))
    | {Action.ADD: _ALWAYS},
    Role.OWNER: _MEMBER
    | dict.fromkeys((Action.FIND, Action.SEE, Action.EDIT, Action.LOG, Action.REMIND, Action.LINK), (ALL,))
    | dict.fromkeys((Action.COMPLAIN, Action.SEE_CASE, Action.HANDLE, Action.SEE_FEEDBACK), (ALL,))
    | dict.fromkeys((Action.HISTORY, Action.REPORT, Action.INVITE, Action.MANAGE, Action.ROLES), (ALL,))
    | dict.fromkeys((Action.ASSIGN, Action.RULES, Action.UNITS, Action.PRIVACY), (ALL,))
    | dict.fromkeys((Action.CAMPAIGN, Action.SURVEY, Action.DEAL), (ALL,))
    | {Action.ADD: _ALWAYS},
    Role.CUSTOMER: _ANYBODY | dict.fromkeys((Action.RATE, Action.OWN_CASES, Action.OWN_DATA), (GUEST,)),
    Role.STRANGER: _ANYBODY,
    Role.CLOCK: {},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf something is done: a member, a guest of a customer, a stranger, or the clock."""

    role: Role
    language: str
    #: The person's time zone, an IANA name.
    zone: str
    #: The member's id; 0 for everybody else.
    id: int = 0
    team_id: int | None = None
    #: The guest's customer and the guest; 0 for everybody else.
    customer_id: int = 0
    guest_id: int = 0
    name: str = ""
    #: Whether the guest has not shown yet that they are the customer: then only what they wrote themselves is theirs.
    visitor: bool = False

    @property
    def member(self) -> bool:
        """Whether this is somebody of the staff."""
        return self.id != 0


def allowed(actor: Actor, action: Action) -> bool:
    """Whether the actor's role has the action at all, for whatever customers (asked by menus and the gate)."""
    return action in GRANTS[actor.role]


def sights(actor: Actor, action: Action) -> tuple[Sight, ...]:
    """The scopes through which the actor's action reaches customers, the clearest first. Raises NotAllowed.

    A visitor may do what a customer may, but only with what they wrote themselves.
    """
    try:
        granted = GRANTS[actor.role][action]
    except KeyError:
        raise NotAllowed from None
    return (VISIT,) if actor.visitor and GUEST in granted else granted


def require(actor: Actor, action: Action) -> None:
    """Raises NotAllowed unless the actor's role has the action."""
    sights(actor, action)


def stand(tx: Tx, actor: Actor) -> None:
    """Sets the actor for whom the predicate's views answer from here on in this transaction."""
    if actor.visitor:
        tx.acts_for(visitor=actor.guest_id)
    else:
        tx.acts_for(staff=actor.id, guest=actor.customer_id)


def row(tx: Tx, actor: Actor, action: Action, table: str, record_id: int) -> tuple[Row, Sight]:
    """The record from the clearest scope of the action that shows it, and that scope. Raises NotAllowed if none does.

    `table` names the views: `complaint` is read through `complaint_own`, `complaint_team`, …
    """
    stand(tx, actor)
    for sight in sights(actor, action):
        found = tx.one(f"SELECT * FROM {table}_{sight.scope} WHERE id = :id", id=record_id)
        if found is not None:
            return found, sight
    raise NotAllowed


def living(tx: Tx, actor: Actor, action: Action, customer_id: int) -> tuple[Row, Sight]:
    """A customer who is about to be changed. Raises NotAllowed as `row` does, and KehuError `archived`."""
    found, sight = row(tx, actor, action, "customer", customer_id)
    if found["deleted_at"] is not None:
        raise KehuError("archived")
    return found, sight


def clearest(tx: Tx, actor: Actor, customer_id: int) -> Sight | None:
    """How the actor sees a customer at this moment, or None: what the sender asks before a message goes out."""
    try:
        return row(tx, actor, Action.SEE, "customer", customer_id)[1]
    except NotAllowed:
        return None
