"""The customer's side of a campaign: a public link, one question, one tap, and optionally a word or a photo.

    /start f_<token>   →  two lines and the scores   →  ★4, thanks, a word, a photo?

A known customer answers under their name; they consented when they came. Strangers, and everybody in an anonymous
campaign, answer without a name: the two lines say so, the tap on a score is the consent (the notice's version and the
time are kept with the score), and no identity is kept. Even in a campaign with names a stranger is not asked who they
are: there is no customer record to attach the answer to, and the question would cost the answer.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from handlers.campaigns import PREFIX
from handlers.feedback import feedback_news
from handlers.guest_cases import back
from handlers.guests import WORD as NAMED_WORD
from handlers.guests import as_seen, once, scored
from handlers.kit import forms
from handlers.kit.form_model import Field, Form
from handlers.kit.links import turned_away
from handlers.kit.reply import BLANK, Button, Message, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import asked as waiting
from store import campaigns, feedback, queue
from store.access import Action
from store.attachments import MOST, NewFile
from store.db import Tx
from store.errors import Invalid, KehuError
from store.rules.models import Campaign, Role
from store.rules.scores import Scale

routes = Routes()

#: The draft that waits for what follows a score without a name, and how long: until then it says whose score that was.
WORD, LASTS = "campaign_word", timedelta(minutes=10)


@routes.start(PREFIX, Action.GREET, writes=True)
def arrive(req: Request) -> Reply:
    """Somebody opened a campaign's link: the question; for staff, a preview."""
    try:
        campaign = campaigns.behind(req.tx, req.text)
    except KehuError as error:
        return turned_away(req, error)
    if req.actor.member:
        return as_seen(_asked(campaign), [[button.label for button in row] for row in _scores(campaign, req)], "over")
    if _known(campaign, req):
        return Reply.say(_question(campaign), buttons=[*_scores(campaign, req), back()])
    if req.actor.role is Role.STRANGER:
        waiting.note(req.tx, req.incoming.person, "campaign", campaign.id)
    decline = [Button(t("guest.button.decline"), "g.no")]
    return Reply.say(*_asked(campaign), buttons=[*_scores(campaign, req), decline])


def _known(campaign: Campaign, req: Request) -> bool:
    """Whether the answer is to be a customer's."""
    return req.actor.role is Role.CUSTOMER and not campaign.anonymous


def _asked(campaign: Campaign) -> list[Text]:
    return [t("guest.unnamed.what"), t("guest.unnamed.rights"), BLANK, _question(campaign)]


def _question(campaign: Campaign) -> Text:
    return t("guest.rate" if campaign.scale is Scale.STARS else "guest.recommend")


def _scores(campaign: Campaign, req: Request) -> list[list[Button]]:
    """One tap, one score; eleven of them in two rows. The route says what was promised above it."""
    route = "f.own" if _known(campaign, req) else "f.any"
    scale = campaign.scale
    label = "guest.star" if scale is Scale.STARS else "guest.point"
    buttons = [
        Button(t(label, score=str(score)), route, req.text, score) for score in range(scale.lowest, scale + 1)
    ]  # fmt: skip
    return [buttons[:6], buttons[6:]]


@routes.button("f.own", Action.RATE, writes=True)
def rate(req: Request) -> Reply:
    """A customer's score: as any other of theirs, a low one may become a case at once."""
    once(req, NAMED_WORD)
    given = feedback.rate(req.tx, req.actor, req.number(1), campaigns.behind(req.tx, req.word()))
    return scored(req, given, Button(t("guest.button.make_case"), "g.fix", given.id))


@routes.button("f.any", Action.GREET, writes=True)
def rate_unnamed(req: Request) -> Reply:
    """A score without a name."""
    if req.actor.member:
        raise KehuError("no_longer")
    once(req, WORD)
    campaign, score = campaigns.behind(req.tx, req.word()), req.number(1)
    given = feedback.rate_unnamed(req.tx, campaign, score, req.incoming.person)
    files = feedback.may_file_unnamed(req.tx, req.incoming.person)
    extra: dict[str, object] = {"feedback": given, "on": req.incoming.message_id, "files": files}
    draft = Draft(form=WORD, nonce=secrets.token_hex(3), extra=extra, step="word", until=req.now + LASTS)
    low = score <= campaign.scale.low
    said = t("guest.rated_low" if low else "guest.rated", score=str(score))
    thanks = [said, t("guest.unnamed.low")] if low else [said]
    asked = t("form.campaign_word.word" if files else "guest.unnamed.word_only")
    skip = [Button(t("button.skip"), "f.done")]
    reply = Reply.say(*thanks, asked, buttons=[skip], replace=True, unnamed=True).opening(draft)
    return reply.also(*feedback_news(req.tx, given))


def _followed(req: Request, draft: Draft) -> Reply:
    """What follows a score. Words alone end it. A photo or a recording leaves it open for more, as does anything that
    can't be kept, until the minutes that began with the score are over.
    """
    word, album = str(draft.values.get("word", "")), req.incoming.album
    files, fault = _brought(req, draft)
    if not (word or files or fault):  # skipped in so many words
        return _done(req).closing()
    given, kept, news = int(str(draft.extra["feedback"])), 0, list[Message]()
    if word or files:
        kept = feedback.add_unnamed(req.tx, given, word, files)
        news = feedback_news(req.tx, given)
    if kept < len(files):
        fault = t("guest.files_most", n=MOST)
    if word and not (files or fault):
        return _done(req).also(*news).closing()
    said = fault or t("guest.unnamed.more")
    told = f"{album}:{said.key}"
    stays = draft.model_copy(update={"values": {}, "extra": draft.extra | {"told": told}})
    if album and draft.extra.get("told") == told:  # said of an earlier part of it
        return Reply(tuple(news)).opening(stays)
    thanks = [t("guest.unnamed.done")] if word and fault else []
    enough = [Button(t("guest.button.enough"), "f.done")]
    return Reply.say(*thanks, said, buttons=[enough], unnamed=True).also(*news).opening(stays)


def _brought(req: Request, draft: Draft) -> tuple[list[NewFile], Text | None]:
    """The photo or recording that came, or what is said of something that can't be kept."""
    file = req.incoming.file
    if file is None:
        return [], None if req.incoming.kind == "text" else t("error.invalid_unnamed")
    if not draft.extra["files"]:
        return [], t("guest.unnamed.filed_enough")
    try:
        feedback.check_unnamed(file.new())
    except Invalid as error:
        return [], t(f"error.{error.key}")
    return [file.new()], None


def _anything(_: Request, typed: str) -> str:
    """Words, or none: what else a message brings is looked at with them."""
    return typed.strip()


def _left(req: Request, _: Draft) -> Reply:
    return _done(req)


forms.register(Form(WORD, Action.GREET, (Field("word", _anything),), _followed, confirm=False, left=_left))


@routes.button("f.done", Action.GREET)
def done(req: Request) -> Reply:
    """Ends it: the draft that waited for more is dropped."""
    return _done(req).closing()


def _done(req: Request, *more: Text) -> Reply:
    menu = [back()] if req.actor.role is Role.CUSTOMER else []
    return Reply.say(t("guest.unnamed.done"), *more, buttons=menu, replace=req.pressed, unnamed=True)


@routes.tick
def forget_drafts(tx: Tx) -> list[Message]:
    """Deletes drafts that have waited long enough, and with them the link between a person and their score."""
    queue.drop_expired(tx)
    return []
