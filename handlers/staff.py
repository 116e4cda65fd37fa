"""The team: its members as a tree; inviting; roles, teams, names; deactivating and reactivating.

    /team  →  the tree, a button for each team  →  its members  →  a member's card, with what may be changed

Owners shape the tree and assign roles; managers invite and deactivate salespeople and support of their own teams.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.case_handover import freed
from handlers.kit import forms, menu
from handlers.kit.form_model import Field, Form
from handlers.kit.links import qr, start_link
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import access, case_moves, staff, team_tree
from store.access import Action
from store.errors import Invalid, NotAllowed
from store.queue import Priority
from store.rules.models import Member, Role, Team
from store.rules.short_name import clean_name

routes = Routes()

#: Names that the tree shows of one team; its page has them all.
NAMES = 6
_INDENT = "　"


@dataclass(frozen=True)
class _Branch:
    """A team in the tree, or, with no team, those who are in none. `depth` 0 is the top of what the actor reaches."""

    team: Team | None
    depth: int
    members: list[Member]

    @property
    def title(self) -> Text:
        return t("team.alone") if self.team is None else plain(self.team.name)

    @property
    def id(self) -> int:
        return self.team.id if self.team else 0


# The tree ------------------------------------------------------------------------------------------------------------


@routes.command("team", Action.MANAGE)
@routes.button("team", Action.MANAGE)
def tree(req: Request) -> Reply:
    """The teams that this member reaches, who is in them, and a button for each."""
    skip = req.number() if req.args else 0
    branches = _branches(req)
    active = sum(member.active for branch in branches for member in branch.members)
    lines = [t("team.title", n=active)]
    for branch in branches[skip : skip + PAGE]:
        lines += _lines(branch)
    if not any(branch.team for branch in branches):
        lines += [BLANK, t("team.none")]
    shown = [
        Button(t("team.button", name=branch.title, n=_active(branch)), "team.one", branch.id)
        for branch in branches[skip : skip + PAGE]
    ]
    rows = [*paged([], "team", skip=skip, more=len(branches) > skip + PAGE), [Button(t("team.invite"), "invite")]]
    if access.allowed(req.actor, Action.ROLES):
        rows[-1].append(Button(t("team.new"), "team.new", 0))
    return Reply.say(*lines, buttons=[*_pairs(shown), *rows], replace=req.pressed)


def _branches(req: Request) -> list[_Branch]:
    teams, members = team_tree.reached(req.tx, req.actor), staff.members(req.tx, req.actor)
    known = {team.id for team in teams}
    found: list[_Branch] = []

    def grow(parent: int | None, depth: int) -> None:
        for team in teams:
            above = team.parent_id if team.parent_id in known else None
            if above == parent:
                found.append(_Branch(team, depth, [member for member in members if member.team_id == team.id]))
                grow(team.id, depth + 1)

    grow(None, 0)
    alone = [member for member in members if member.team_id not in known]
    return [*found, _Branch(None, 0, alone)] if alone else found


def _lines(branch: _Branch) -> list[Text]:
    inner = _INDENT * branch.depth
    names = [_named(member) for member in branch.members if member.active]
    people = names[0] if names else t("team.nobody")
    for name in names[1:NAMES]:
        people = t("team.and", before=people, next=name)
    if len(names) > NAMES:
        people = t("team.more", people=people, n=len(names))
    title = t("team.line", indent=f"{_INDENT * (branch.depth - 1)}└ " if branch.depth else "", name=branch.title)
    return [BLANK, title, t("team.people", indent=inner, people=people)]


def _named(member: Member) -> Text:
    if member.role is Role.SALESPERSON:
        return plain(member.name)
    return t("team.with_role", name=member.name, role=t(f"role.{member.role}"))


def _active(branch: _Branch) -> int:
    return sum(member.active for member in branch.members)


def _pairs(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


@routes.button("team.one", Action.MANAGE)
def team(req: Request) -> Reply:
    """One team: its members, each a button."""
    return _team(req, req.number(0), req.number(1) if len(req.args) > 1 else 0)


def _team(req: Request, team_id: int, skip: int = 0, notice: Text | None = None) -> Reply:
    branch = next((each for each in _branches(req) if each.id == team_id), None)
    if branch is None:
        raise NotAllowed
    lines = [notice, BLANK] if notice else []
    lines.append(t("team.card", name=branch.title))
    if branch.team and branch.team.parent_id:
        lines.append(t("team.under", parent=team_tree.name(req.tx, branch.team.parent_id)))
    lines.append(t("team.count", n=_active(branch)))
    rows = [_row(member) for member in branch.members[skip : skip + PAGE]]
    buttons = paged(rows, "team.one", team_id, skip=skip, more=len(branch.members) > skip + PAGE)
    if branch.team:
        buttons.append([Button(t("team.invite"), "invite", team_id)])
    if branch.team and access.allowed(req.actor, Action.ROLES):
        buttons[-1] += [
            Button(t("team.new_under"), "team.new", team_id),
            Button(t("team.rename"), "team.rename", team_id),
        ]
    buttons.append([*([req.undo()] if notice else []), Button(t("team.back"), "team")])
    return Reply.say(*lines, buttons=buttons, replace=req.pressed)


def _row(member: Member) -> Button:
    key = "team.member" if member.active else "team.gone"
    return Button(t(key, name=member.name, role=t(f"role.{member.role}")), "member", member.id)


@routes.button("team.new", Action.ROLES, writes=True)
def new_team(req: Request) -> Reply:
    """Asks for the name of a new team, under another (0: at the top)."""
    return forms.begin(req, NEW_TEAM, extra={"parent": req.number() or None})


@routes.button("team.rename", Action.ROLES, writes=True)
def name_team(req: Request) -> Reply:
    """Asks for another name for a team."""
    return forms.begin(req, NAME_TEAM, extra={"team": team_tree.get(req.tx, req.actor, req.number()).id})


def _made(req: Request, draft: Draft) -> Reply:
    parent, role = draft.extra.get("parent"), draft.extra.get("role")
    title = str(draft.values["team_name"])
    team_id = team_tree.add(req.tx, req.actor, title, int(str(parent)) if parent else None)
    if role:
        return _invite(req, Role(str(role)), team_id)
    return _team(req, team_id, notice=t("team.made", name=title))


def _renamed(req: Request, draft: Draft) -> Reply:
    team_id, title = int(str(draft.extra["team"])), str(draft.values["team_name"])
    team_tree.rename(req.tx, req.actor, team_id, title)
    return _team(req, team_id, notice=t("team.renamed", name=title))


# Inviting ------------------------------------------------------------------------------------------------------------


@routes.button("invite", Action.INVITE)
def invite(req: Request) -> Reply:
    """Asks for the role to invite, into the team that was open, or one to choose next."""
    roles = staff.invitable(req.actor)
    into = [req.number()] if req.args else []
    buttons = [Button(t(f"role.{role}"), "invite.as", role, *into) for role in roles]
    asked = t("invite.into", team=team_tree.get(req.tx, req.actor, into[0]).name) if into else t("invite.role")
    return Reply.say(asked, buttons=[buttons, [Button(t("team.back"), "team")]], replace=True)


@routes.button("invite.as", Action.INVITE, writes=True)
def invite_as(req: Request) -> Reply:
    """The role is known; with the team it is an invite, without one it asks for it (there may be none yet)."""
    role = _role(req, 0)
    if len(req.args) > 1:
        return _invite(req, role, req.number(1))
    teams = team_tree.reached(req.tx, req.actor)
    if not teams and access.allowed(req.actor, Action.ROLES):
        return forms.begin(req, NEW_TEAM, extra={"parent": None, "role": role.value})
    if len(teams) == 1:
        return _invite(req, role, teams[0].id)
    return _choose_invite_team(role, teams, skip=0)


@routes.button("invite.page", Action.INVITE)
def invite_page(req: Request) -> Reply:
    """More of the teams to choose from."""
    return _choose_invite_team(_role(req, 0), team_tree.reached(req.tx, req.actor), skip=req.number(1))


def _choose_invite_team(role: Role, teams: list[Team], *, skip: int) -> Reply:
    rows = [Button(plain(team.name), "invite.as", role, team.id) for team in teams[skip : skip + PAGE]]
    buttons = paged(rows, "invite.page", role, skip=skip, more=len(teams) > skip + PAGE)
    asked = t("invite.team", role=t(f"role.{role}"))
    return Reply.say(asked, buttons=[*buttons, [Button(t("team.back"), "invite")]], replace=True)


def _invite(req: Request, role: Role, team_id: int) -> Reply:
    """The invite for the inviter, with Undo; then a message that can be forwarded as it is."""
    into, called = team_tree.get(req.tx, req.actor, team_id), t(f"role.{role}")
    link = start_link(req.bot_name, f"i_{staff.invite(req.tx, req.actor, role, team_id)}")
    withdraw = Button(t("invite.withdraw"), "undo", req.tx.change or 0)
    made = message(t("invite.made", role=called, team=into.name), buttons=[[withdraw]], replace=req.pressed)
    card = message(t("invite.card", name=req.actor.name, role=called, team=into.name, link=link), photo=qr(link))
    return Reply((made, card))


def _role(req: Request, place: int) -> Role:
    """A button's argument as a role of the staff. Raises NotAllowed for anything else."""
    word = req.word(place)
    if word not in (Role.OWNER, Role.MANAGER, Role.SALESPERSON, Role.SUPPORT):
        raise NotAllowed
    return Role(word)


# A member ------------------------------------------------------------------------------------------------------------


@routes.button("member", Action.MANAGE)
def member(req: Request) -> Reply:
    """A member's card."""
    return _card(req, staff.member(req.tx, req.actor, req.number()))


def _card(req: Request, member: Member, notice: Text | None = None) -> Reply:
    lines = [notice, BLANK] if notice else []
    team = team_tree.name(req.tx, member.team_id) or t("team.alone")
    state = t("member.active" if member.active else "member.inactive")
    role, language = t(f"role.{member.role}"), t(f"settings.{member.language}")
    lines.append(t("member.card", name=member.name, role=role, team=team, language=language, state=state))
    if member.active and not member.reachable:
        lines.append(t("member.unreachable"))
    if member.active and member.team_id is None and member.role is not Role.OWNER:
        lines.append(t("member.teamless"))
    rows: list[list[Button]] = []
    if staff.manageable(req.actor, member):
        switch = "member.off" if member.active else "member.on"
        rows.append([Button(t(switch), switch, member.id), Button(t("member.name"), "member.name", member.id)])
    if access.allowed(req.actor, Action.ROLES):
        rows.append([
            Button(t("member.role"), "member.role", member.id), Button(t("member.team"), "member.team", member.id, 0),
        ])  # fmt: skip
    back = Button(t("team.back"), "team.one", member.team_id or 0)
    return Reply.say(*lines, buttons=[*rows, [*([req.undo()] if notice else []), back]], replace=req.pressed)


@routes.button("member.off", Action.MANAGE, writes=True)
def let_out(req: Request) -> Reply:
    """Deactivates a member: from this commit on they are a stranger."""
    had = case_moves.held(req.tx, req.number())
    member = staff.set_active(req.tx, req.actor, req.number(), active=False)
    return _changed(req, member, t("member.done_off", name=member.name), *_freed(req, member, had))


@routes.button("member.on", Action.MANAGE, writes=True)
def let_in(req: Request) -> Reply:
    """Reactivates a member, who is told."""
    member = staff.set_active(req.tx, req.actor, req.number(), active=True)
    told = _news(member, t("member.news_on", name=member.name))
    return _changed(req, member, t("member.done_on", name=member.name), told)


@routes.button("member.name", Action.MANAGE, writes=True)
def name_member(req: Request) -> Reply:
    """Asks for another name for a member."""
    return forms.begin(req, NAME_MEMBER, extra={"member": staff.member(req.tx, req.actor, req.number()).id})


def _named_anew(req: Request, draft: Draft) -> Reply:
    member = staff.rename(req.tx, req.actor, int(str(draft.extra["member"])), str(draft.values["member_name"]))
    return _changed(req, member, t("member.done_name", name=member.name))


@routes.button("member.role", Action.ROLES)
def choose_role(req: Request) -> Reply:
    """The roles that a member may be given."""
    member = staff.member(req.tx, req.actor, req.number())
    choices = [
        Button(_mark(t(f"role.{role}"), role is member.role), "member.is", member.id, role)
        for role in (Role.OWNER, Role.MANAGER, *staff.MANAGED)
    ]
    back = Button(t("team.back"), "member", member.id)
    return Reply.say(t("member.which_role", name=member.name), buttons=[*_pairs(choices), [back]], replace=True)


@routes.button("member.is", Action.ROLES, writes=True)
def give_role(req: Request) -> Reply:
    """Gives a member another role, and tells them."""
    had = case_moves.held(req.tx, req.number())
    member = staff.set_role(req.tx, req.actor, req.number(0), _role(req, 1))
    role = t(f"role.{member.role}")
    done = t("member.done_role", name=member.name, role=role)
    return _changed(req, member, done, _news(member, t("member.news_role", role=role)), *_freed(req, member, had))


@routes.button("member.team", Action.ROLES)
def choose_team(req: Request) -> Reply:
    """The teams that a member may be moved to."""
    member, skip = staff.member(req.tx, req.actor, req.number(0)), req.number(1)
    teams = team_tree.reached(req.tx, req.actor)
    rows = [
        Button(_mark(plain(team.name), team.id == member.team_id), "member.in", member.id, team.id)
        for team in teams[skip : skip + PAGE]
    ]
    buttons = paged(rows, "member.team", member.id, skip=skip, more=len(teams) > skip + PAGE)
    back = Button(t("team.back"), "member", member.id)
    return Reply.say(t("member.which_team", name=member.name), buttons=[*buttons, [back]], replace=True)


@routes.button("member.in", Action.ROLES, writes=True)
def move(req: Request) -> Reply:
    """Moves a member to another team, and tells them."""
    had = case_moves.held(req.tx, req.number())
    member = staff.set_team(req.tx, req.actor, req.number(0), req.number(1))
    team = team_tree.name(req.tx, member.team_id)
    done = t("member.done_team", name=member.name, team=team)
    return _changed(req, member, done, _news(member, t("member.news_team", team=team)), *_freed(req, member, had))


def _freed(req: Request, member: Member, had: list[int]) -> list[Message]:
    """News for those who could handle the member's cases: nobody does now."""
    return freed(req.tx, member, had, but=req.actor.id)


def _mark(label: Text, chosen: bool) -> Text:
    return t("member.chosen", what=label) if chosen else label


def _changed(req: Request, member: Member, notice: Text, *news: Message) -> Reply:
    """The card as it is now, under what was done to it; who changed themselves gets their new greeting as the news."""
    if req.tx.change is None:
        return _card(req, member)
    if member.id == req.actor.id:
        return Reply.say(notice, replace=req.pressed).also(*news)
    return _card(req, member, notice).also(*news)


def _news(member: Member, line: Text) -> Message:
    """Tells a member what they are now; the words under their input field and their commands follow."""
    actor = access.Actor(member.role, member.language, member.zone, id=member.id)
    return message(
        line, keyboard=menu.keyboard(actor), commands=True, to_staff=member.id, priority=Priority.NEWS,
    )  # fmt: skip


# What is asked for by name -------------------------------------------------------------------------------------------


def _name(field: str) -> Field:
    def parse(_: Request, typed: str) -> str:
        cleaned = clean_name(typed)
        if not cleaned:
            raise Invalid("team_name" if field == "team_name" else "name")
        return cleaned

    return Field(field, parse, required=True)


NEW_TEAM = forms.register(Form("team", Action.ROLES, (_name("team_name"),), _made, confirm=False))
NAME_TEAM = forms.register(Form("team_rename", Action.ROLES, (_name("team_name"),), _renamed, confirm=False))
NAME_MEMBER = forms.register(Form("member_rename", Action.MANAGE, (_name("member_name"),), _named_anew, confirm=False))
