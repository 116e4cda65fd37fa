"""The entrance and help: /start with and without a code, menu, help, language, privacy, cancel; and strangers.

    /start i_4fzuS2…  →  欢迎，李娜。你是销售，在华东。

A member is greeted with what they can do right now and a line to try. An invite's or owner's code makes somebody a
member. A stranger gets one polite answer a day and nothing else, unless they have just opened a link and not tapped yet
(handlers/untapped.py).
"""

from __future__ import annotations

from handlers.guests import menu as guest_menu
from handlers.kit import forms, menu
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.texts import LANGUAGES
from handlers.untapped import asked_again
from store import access, feedback, floods, guests, staff, strangers, team_tree
from store.access import Action, Actor
from store.db import Tx
from store.errors import KehuError, NotAllowed
from store.queue import Priority
from store.rules.models import Member, Role

routes = Routes()


@routes.command("start", Action.GREET, writes=True)
def start(req: Request) -> Reply:
    """/start alone: what this person can do here."""
    if req.actor.role is Role.CUSTOMER:
        return Reply((guest_menu(),))
    if req.actor.role is Role.STRANGER:
        return stranger(req)
    return Reply(_greeting(req.tx, req.actor, t("start.hello", name=req.actor.name)))


@routes.start("i_", Action.GREET, writes=True)
@routes.start("", Action.GREET, writes=True)
def join(req: Request) -> Reply:
    """/start with a code: an invite's (behind `i_`, from its link), or an owner's as `kehu init` prints it."""
    said = req.incoming
    newcomer = staff.Newcomer(said.person, said.chat, said.name, req.actor.language, req.actor.zone)
    try:
        member = staff.join(req.tx, req.text.strip(), newcomer)
    except KehuError as error:
        return _wrong_code(req, error)
    welcome = _welcome(req.tx, member)
    if req.actor.role is Role.CUSTOMER:  # one account is one of us or a customer's: nobody is written to as both
        guests.leave(req.tx, req.actor)
        welcome = t("invite.no_guest", welcome=welcome)
    actor = staff.as_actor(req.tx, member.id)
    return Reply(_greeting(req.tx, actor, welcome)).also(*_news(req.tx, member)).closing()


def _wrong_code(req: Request, error: KehuError) -> Reply:
    """Said rather than raised, so that the count of tries is kept; a member may mistype as often as they like."""
    if not req.actor.member and not strangers.may_try(req.tx, req.incoming.person):
        return Reply()
    return Reply.say(t(f"error.{error.key}"))


def _welcome(tx: Tx, member: Member) -> Text:
    """The role that somebody has from now on."""
    role = t(f"role.{member.role}")
    if member.team_id is None:
        return t("invite.welcome_alone", name=member.name, role=role)
    return t("invite.welcome", name=member.name, role=role, team=team_tree.name(tx, member.team_id))


def _news(tx: Tx, member: Member) -> list[Message]:
    """Tells whoever invited them."""
    inviter = staff.inviter(tx, member.id)
    if inviter is None:
        return []
    team = team_tree.name(tx, member.team_id) or t("team.alone")
    line = t("invite.news", name=member.name, role=t(f"role.{member.role}"), team=team)
    opened = [[Button(t("button.open"), "member", member.id)]]
    return [message(line, buttons=opened, to_staff=inviter, priority=Priority.NEWS)]


@routes.button("menu", Action.STAFF)
@routes.command("menu", Action.STAFF)
def show_menu(req: Request) -> Reply:
    """Everything that this member can do, as buttons."""
    return Reply.say(t("menu.title"), buttons=menu.buttons(req.actor))


@routes.button("help", Action.GREET, writes=True)
@routes.command("help", Action.GREET, writes=True)
@routes.verb("help", Action.GREET, writes=True)
def show_help(req: Request) -> Reply:
    """Help: things to say, as lines that can be typed as they are."""
    if not req.actor.member:
        return _outside(req, t("help.customer"))
    return Reply.say(t(f"help.{req.actor.role}"), buttons=[[Button(t("button.menu"), "menu")]])


@routes.command("privacy", Action.GREET, writes=True)
def privacy(req: Request) -> Reply:
    """The privacy page: what is kept of this person and who sees it."""
    if not req.actor.member:
        return _outside(req, t("privacy.customer"))
    asked = [Button(t("asked.button"), "asked", 0)] if access.allowed(req.actor, Action.PRIVACY) else []
    return Reply.say(t("privacy.member"), buttons=[asked])


@routes.button("settings", Action.GREET, writes=True)
@routes.command("settings", Action.GREET, writes=True)
def settings(req: Request) -> Reply:
    """The language, each a tap away."""
    if req.actor.role is Role.STRANGER:
        return stranger(req)
    return Reply((_settings(req.actor, req.actor.language, replace=False),))


def _settings(actor: Actor, language: str, *, replace: bool) -> Message:
    choices = []
    for each in LANGUAGES:
        name = t(f"settings.{each}")
        choices.append(Button(t("settings.chosen", language=name) if each == language else name, "language", each))
    more = [[Button(t("settings.day"), "day")]] if actor.member else []
    if access.allowed(actor, Action.RULES):
        more[-1].append(Button(t("settings.home"), "home"))
        more.append([Button(t("settings.worktime"), "hours"), Button(t("settings.rules"), "rules")])
        more.append([Button(t("settings.labels"), "labels", "c", 0), Button(t("settings.fields"), "fields", 0)])
    return message(t("settings.title"), buttons=[choices, *more], replace=replace)


@routes.button("language", Action.GREET, writes=True)
def language(req: Request) -> Reply:
    """Speaks the chosen language from this very answer on; the words under the input field and the commands follow."""
    chosen = req.word()
    if chosen not in LANGUAGES:
        raise NotAllowed
    if req.actor.member:
        staff.set_language(req.tx, req.actor, chosen)
        keyboard = menu.keyboard(req.actor)
    elif req.actor.role is Role.CUSTOMER:
        guests.set_language(req.tx, req.actor, chosen)
        keyboard = ()
    else:
        raise NotAllowed
    return Reply(
        (_settings(req.actor, chosen, replace=True), message(t("settings.done"), keyboard=keyboard, commands=True))
    )


@routes.command("cancel", Action.GREET, writes=True, keeps_form=True)
@routes.verb("cancel", Action.GREET, writes=True, keeps_form=True)
def cancel(req: Request) -> Reply:
    """Leaves whatever form is open."""
    if req.actor.role is Role.STRANGER:
        return stranger(req)
    return Reply.say(t("start.cancelled" if req.draft is None else "form.cancelled")).closing()


@routes.verb("greet", Action.STAFF)
def greet(_: Request) -> Reply:
    """A greeting, or thanks: a friendly line with the way on."""
    return Reply.say(t("start.greeted"), buttons=[[Button(t("button.menu"), "menu")]])


@routes.kind("unknown_command", Action.STAFF)
def unknown_command(_: Request) -> Reply:
    """A member's command that does not exist."""
    return Reply.say(t("start.unknown"), buttons=[[Button(t("button.menu"), "menu")]])


@routes.kind("other", Action.STAFF)
def other(_: Request) -> Reply:
    """A member's sticker, poll, place: nothing that Kehu can use."""
    return Reply.say(t("start.unreadable"))


@routes.kind("edited", Action.STAFF)
def edited(_: Request) -> Reply:
    """A member has changed the words of a message. It was done as it was, and both at once would be a surprise."""
    return Reply.say(t("start.edited"))


@routes.kind("stranger", Action.GREET, writes=True)
def outsider(req: Request) -> Reply:
    """A stranger's words: the answer to an anonymous question that they were asked, or nothing for us."""
    answer = forms.route_of(req.draft) if req.draft else None
    asked = answer is not None and answer.action is Action.GREET
    ordered = req.text.startswith("/") and req.incoming.file is None
    return answer.run(req) if answer is not None and asked and not ordered else stranger(req)


def stranger(req: Request) -> Reply:
    """The answer to a stranger: the open offer again, if they have one; otherwise one polite answer a day, and one more
    for somebody whose anonymous answer is over.
    """
    again = asked_again(req)
    if again is not None:
        return again
    if feedback.over_unnamed(req.tx, req.incoming.person):
        return Reply.say(t("guest.unnamed.over"))
    return Reply.say(t("stranger.hello")) if strangers.may_answer(req.tx, req.incoming.person) else Reply()


@routes.tick
def forget_strangers(tx: Tx) -> list[Message]:
    """Throws away what marked yesterday's strangers."""
    floods.forget(tx)
    return []


def _outside(req: Request, said: Text) -> Reply:
    """The answer to an unknown command: a customer is told, a stranger gets the one answer."""
    return stranger(req) if req.actor.role is Role.STRANGER else Reply.say(said)


def _greeting(tx: Tx, actor: Actor, hello: Text) -> tuple[Message, Message]:
    """What somebody can do right now, with the keyboard under the input field; then the menu."""
    first = actor.role is Role.OWNER and staff.alone(tx)
    can = t("start.owner_first" if first else f"start.{actor.role}")
    invite = [[Button(t("team.invite"), "invite")]] if first else []
    return (
        message(hello, can, keyboard=menu.keyboard(actor), commands=True),
        message(t("menu.title"), buttons=[*invite, *menu.buttons(actor)]),
    )
