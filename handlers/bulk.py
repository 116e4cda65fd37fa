"""One change to a whole list of customers: chosen by buttons, confirmed once with the number of customers, one Undo for
all.

    VIP 客户 → 批量 → 负责人 → 韩梅   →   把 12 位客户交给韩梅？ [改 12 位]   →   ✓ 12 位交给了韩梅 [撤销]
"""

from __future__ import annotations

from typing import Any

from handlers.case_handover import came_along
from handlers.kit import forms, narrowing
from handlers.kit.form_model import Beside, Field, Form
from handlers.kit.lists import base36
from handlers.kit.reply import Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import shows
from store import bulk, marks, staff
from store.access import Action, allowed
from store.bulk import Progress, To, What
from store.db import Tx
from store.errors import Invalid, NotAllowed
from store.queue import Priority
from store.rules.models import Level, Stage
from store.selecting import Filters

routes = Routes()

#: What can be done to a list, in a button's data.
_WHATS: dict[str, What] = {"l": "level", "s": "stage", "t": "tag", "u": "untag", "o": "owner"}
_LETTERS = {what: letter for letter, what in _WHATS.items()}
#: The longest tag: what fits a button beside another.
TAG_MOST = 24
#: Into how many parts the telling of a long one is cut.
PARTS = 10


@routes.button("bulk", Action.EDIT)
def begin(req: Request) -> Reply:
    """The changes that can be made to a list."""
    return offer(req, narrowing.filters(req.word(0)))


def offer(req: Request, narrowed: Filters, *above: Text) -> Reply:
    """The same of a list that was said, below `above`."""
    word = narrowing.word(narrowed)
    whats = [what for what in _WHATS.values() if what != "owner" or allowed(req.actor, Action.ASSIGN)]
    ways = [Button(t(f"bulk.what.{what}"), "bulk.to", word, _LETTERS[what]) for what in whats]
    if allowed(req.actor, Action.SURVEY):
        ways.append(Button(t("mailing.way"), "qm", word))
    rows = [ways[at : at + 2] for at in range(0, len(ways), 2)]
    return Reply.say(*above, *_about(req, narrowed), buttons=[*rows, [_back(narrowed)]], replace=req.pressed)


def _about(req: Request, narrowed: Filters) -> list[Text]:
    kind = narrowing.said(req, narrowed)
    return [t("bulk.which"), *([narrowing.joined(kind)] if kind else [])]


def _back(narrowed: Filters) -> Button:
    return Button(t("button.list"), "list", narrowing.word(narrowed), "r", 0)


@routes.button("bulk.to", Action.EDIT)
def choose(req: Request) -> Reply:
    """The values of one of them."""
    narrowed, what = _named(req)
    choices = [
        Button(_label(req, to), "bulk.ask", req.word(0), req.word(1), place)
        for place, to in _choices(req, what)
    ]  # fmt: skip
    rows = [choices[at : at + 2] for at in range(0, len(choices), 2)]
    back = [Button(t("button.return"), "bulk", req.word(0))]
    untagged = what == "untag" and not choices
    said = t("bulk.no_tags") if untagged else t(f"bulk.to.{what}", n=bulk.size(req.tx, req.actor, narrowed))
    asked = Reply.say(said, *_about(req, narrowed)[1:], buttons=[*rows, back], replace=True)
    if what != "tag":
        return asked
    draft = forms.draft_of(TAG.name, extra={"filters": narrowing.word(narrowed)})
    return asked.opening(draft.model_copy(update={"step": "tag"}))  # what is typed next is the tag


def _named(req: Request) -> tuple[Filters, What]:
    try:
        return narrowing.filters(req.word(0)), _WHATS[req.word(1)]
    except KeyError:
        raise NotAllowed from None


def _choices(req: Request, what: What) -> list[tuple[str, To]]:
    """The choices on offer, each with its code in a button: its place, or its number."""
    if what == "level":
        return [(base36(place), To(what, one)) for place, one in enumerate(Level)]
    if what == "stage":
        return [(base36(place), To(what, one)) for place, one in enumerate(Stage)]
    if what == "owner":
        return [*((base36(one.id), To(what, one.id)) for one in bulk.heirs(req.tx, req.actor)), ("0", To(what, 0))]
    return [(base36(tag_id), To(what, name)) for tag_id, name in marks.tags_near(req.tx, req.actor)]


def _chosen(req: Request, what: What) -> To:
    """The choice that a button carries. Raises NotAllowed for one that there is not."""
    if what in ("tag", "untag"):
        try:
            name = marks.tag_name(req.tx, req.actor, int(req.word(2), 36))
        except (ValueError, OverflowError):
            raise NotAllowed from None
        return To(what, name) if name else _none()
    return dict(_choices(req, what)).get(req.word(2)) or _none()


def _none() -> To:
    raise NotAllowed


def _label(req: Request, to: To) -> Text:
    if to.what in ("level", "stage"):
        return t(f"{to.what}.{to.value}")
    if to.what != "owner":
        return plain(f"#{to.value}")
    if to.value in (0, req.actor.id):
        return t("bulk.me" if to.value else "list.pool")
    return narrowing.label(req, "owner", to.value)


@routes.button("bulk.ask", Action.EDIT)
def ask(req: Request) -> Reply:
    """Asks for confirmation, with the number of customers that would change."""
    narrowed, what = _named(req)
    return _asked(req, narrowed, _chosen(req, what), req.word(2))


def _asked(req: Request, narrowed: Filters, to: To, choice: str) -> Reply:
    number = bulk.count(req.tx, req.actor, narrowed, to)
    kind = _about(req, narrowed)[1:]
    if not number:
        return Reply.say(t("bulk.nobody", to=_label(req, to)), *kind, buttons=[[_back(narrowed)]], replace=req.pressed)
    do = Button(
        t("bulk.button.do", n=number), "bulk.do", narrowing.word(narrowed), _LETTERS[to.what], choice, base36(number)
    )  # fmt: skip
    said = t(f"bulk.ask.{to.what}", n=number, to=_label(req, to))
    return Reply.say(said, *kind, buttons=[[do], [_back(narrowed)]], replace=req.pressed)


def propose(req: Request, narrowed: Filters, to: To) -> Reply:
    """The same of a change that was said: how many it would touch, and one tap to do it."""
    if to.what in ("tag", "untag"):
        tag_id = marks.tag_called(req.tx, str(to.value))
        choice = base36(tag_id) if tag_id and marks.tag_name(req.tx, req.actor, tag_id) else None
    else:
        choice = next((place for place, one in _choices(req, to.what) if one == to), None)
    if choice is not None:
        return _asked(req, narrowed, to, choice)
    if to.what == "tag":  # nobody has it yet, so no button can carry it
        return forms.begin(req, TAG, values={"tag": to.value}, extra={"filters": narrowing.word(narrowed)})
    return Reply.say(t("bulk.nobody", to=_label(req, to)), buttons=[[_back(narrowed)]])


@routes.button("bulk.do", Action.EDIT, writes=True)
def do(req: Request) -> Reply:
    """Does it, if it touches as many as were said; else asks again with how many it is now."""
    narrowed, what = _named(req)
    to = _chosen(req, what)
    if base36(bulk.count(req.tx, req.actor, narrowed, to)) != req.word(3):
        return _asked(req, narrowed, to, req.word(2))
    return _done(req, narrowed, to)


def _done(req: Request, narrowed: Filters, to: To) -> Reply:
    done = bulk.change(req.tx, req.actor, narrowed, to)
    if not done.ended:
        return Reply((_progress(done),))
    said = t("bulk.said", n=done.done, what=t(f"bulk.done.{to.what}", to=_label(req, to)))
    reply = Reply.say(said, buttons=[[req.undo()], [_back(narrowed)]], replace=req.pressed)
    return reply.also(*came_along(req.tx, done), *(_gone(req, done, to) if to.what == "owner" else []))


def _gone(req: Request, done: Progress, to: To) -> list[Message]:
    """News for members who lost customers by the change: how many, and to whom. By now they can't see
    these customers.
    """
    heir = int(to.value)
    key = "bulk.gone" if heir else "bulk.gone_to_pool"
    return [
        message(t(key, manager=req.actor.name, n=n, who=staff.name(req.tx, heir)), to_staff=one, priority=Priority.NEWS)
        for one, n in bulk.taken_from(req.tx, req.actor, done.change_id).items()
        if one not in (req.actor.id, heir)
    ]


# A tag that is not there yet ------------------------------------------------------------------------------------------


def _tag(_: Request, typed: str) -> str:
    tag = " ".join(typed.replace("#", " ").replace("＃", " ").split())[:TAG_MOST]
    if not shows(tag):
        raise Invalid("tag", typed)
    return tag


def _touched(req: Request, draft: Draft) -> Beside:
    """The number of customers that would change, under the tag that was typed."""
    narrowed, to = _meant(draft)
    number = bulk.count(req.tx, req.actor, narrowed, to)
    return Beside([t("bulk.ask.tag", n=number, to=_label(req, to)), *_about(req, narrowed)[1:]])


def _meant(draft: Draft) -> tuple[Filters, To]:
    return narrowing.filters(str(draft.extra["filters"])), To("tag", str(draft.values["tag"]))


def _tagged(req: Request, draft: Draft) -> Reply:
    return _done(req, *_meant(draft))


TAG = forms.register(Form("bulk_tag", Action.EDIT, (Field("tag", _tag, required=True),), _tagged, beside=_touched))


# Long lists -----------------------------------------------------------------------------------------------------------


@routes.chore
def go_on(tx: Tx) -> list[Message] | None:
    """One step of a long list; whoever began it sees from time to time how far it is."""
    step = bulk.work(tx)
    if step is None:
        return None
    gone, before = step.done + step.kept, step.done + step.kept - bulk.STEP
    tells = step.ended or gone * PARTS // max(step.total, 1) != before * PARTS // max(step.total, 1)
    return [*([_progress(step)] if tells else []), *came_along(tx, step)]


def _progress(step: Progress) -> Message:
    """Where a long one stands, in the one message that follows it."""
    told: dict[str, Any] = {"ref": f"bulk:{step.id}", "edit": True, "to_staff": step.staff_id}
    if not step.ended:
        key = "bulk.going_back" if step.undoing else "bulk.going"
        undo = [] if step.undoing else [[Button(t("button.undo"), "undo", step.change_id)]]
        return message(t(key, done=step.done + step.kept, n=step.total), buttons=undo, **told)
    kept = [t("bulk.kept", n=step.kept)] if step.kept else []
    if step.undoing:
        return message(t("bulk.taken_back", n=step.done), *kept, **told)
    undo = [[Button(t("button.undo"), "undo", step.change_id)]]
    return message(t("bulk.all_done", n=step.done), *kept, buttons=undo, **told)


def undoing(step: Progress) -> Reply:
    """Taking back a long one has begun."""
    return Reply((_progress(step),))
