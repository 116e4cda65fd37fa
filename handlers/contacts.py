"""Logging an interaction: in a sentence, or from the card with two taps, kind and outcome.

    记 张三 电话 没人接          note Jane called, wants a quote

Words can be added afterwards, and the next follow-up is a tap away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers import along
from handlers import followups as planning
from handlers.kit import forms, whom
from handlers.kit.cards import card
from handlers.kit.contact_cards import kind_text, outcome_text
from handlers.kit.form_model import Field, Form
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import Subject, subject
from handlers.understand import contacted, errand
from handlers.understand.contacted import OUTCOMES
from handlers.understand.contactlike import holds_contact
from store import customers, followups, interactions
from store.access import Action, allowed
from store.errors import Invalid, NotAllowed
from store.journal import Past
from store.rules.models import Contacted, Customer, Interaction, Outcome
from store.times import from_ms

routes = Routes()

#: The form in which a contact's outcome is asked, by button or in words: it knows with whom it was, and of which kind.
LOGGED = "logged"


# By button -----------------------------------------------------------------------------------------------------------


@routes.button("note", Action.LOG, writes=True, keeps_form=True)
def ask_note(req: Request) -> Reply:
    """Asks what happened: a kind of interaction to tap, or words."""
    customer = customers.living(req.tx, req.actor, req.number())
    asked = forms.begin(req, NOTE, only="text", extra={"customer": customer.id})
    kinds = [Button(t(f"contacted.sign.{kind}"), "log", customer.id, kind) for kind in OUTCOMES]
    (question,) = asked.messages
    rows = (tuple(kinds[:3]), tuple(kinds[3:]), *question.buttons)
    return replace(asked, messages=(replace(question, buttons=rows),))


@routes.button("log", Action.LOG, writes=True, keeps_form=True)
def ask_outcome(req: Request) -> Reply:
    """The kind was tapped: what came of it? By button, or in words."""
    customer, kind = customers.living(req.tx, req.actor, req.number()), _kind(req)
    draft = forms.draft_of(LOGGED, extra={"customer": customer.id, "kind": kind}).model_copy(update={"step": "text"})
    offers = [Button(outcome_text(kind, outcome), "log.as", draft.nonce, outcome) for outcome in OUTCOMES[kind]]
    rows = [offers[at : at + 2] for at in range(0, len(offers), 2)]
    rows.append([Button(t("button.return"), "note", customer.id)])
    asked = t("log.outcome", kind=t(f"contacted.sign.{kind}"))
    named = t("card.name", name=customer.name)
    return Reply.say(named, asked, buttons=rows, replace=True, customer_id=customer.id).opening(draft)


def _tells_how(req: Request, _: Draft) -> bool:
    """Whether a line may tell how it went: no more than a customer's name, or one with a number, is about somebody."""
    about = subject(req, req.incoming.text)
    return not holds_contact(req.incoming.text) and not (about.certain and not about.words)


def _how(req: Request, draft: Draft) -> Reply:
    """How it went, in words."""
    kind, words = Contacted(str(draft.extra["kind"])), str(draft.values["text"])
    told = contacted.outcome_in(words, kind)
    return _logged(req, interactions.add(req.tx, req.actor, _about(req, draft).id, words, kind, outcome=told))


@routes.button("log.as", Action.LOG, writes=True, keeps_form=True)
def log(req: Request) -> Reply:
    """Writes kind and outcome, once, however often an impatient finger taps."""
    draft = forms.belonging(req, LOGGED)
    kind = Contacted(str(draft.extra["kind"]))
    outcome = next((each for each in OUTCOMES[kind] if each == req.word(1)), None)
    if outcome is None:
        raise NotAllowed
    customer_id = int(str(draft.extra["customer"]))
    return _logged(req, interactions.add(req.tx, req.actor, customer_id, "", kind, outcome=outcome))


def _kind(req: Request) -> Contacted:
    kind = next((each for each in OUTCOMES if each == req.word(1)), None)
    if kind is None:
        raise NotAllowed
    return kind


@routes.button("log.words", Action.LOG, writes=True, keeps_form=True)
def ask_words(req: Request) -> Reply:
    """Something more about a contact that was logged with two taps."""
    entry = interactions.get(req.tx, req.actor, req.number())
    return forms.begin(req, WORDS, only="text", extra={"customer": entry.customer_id, "entry": entry.id})


def _worded(req: Request, draft: Draft) -> Reply:
    text = str(draft.values["text"])
    return _logged(req, interactions.add_words(req.tx, req.actor, int(str(draft.extra["entry"])), text))


def _logged(req: Request, entry: Interaction) -> Reply:
    """It is written down: what else there is to say, and what comes next, are a tap away; so is the hour that the
    words name.
    """
    after = customers.get(req.tx, req.actor, entry.customer_id)
    offers = [] if entry.text else [Button(t("log.words"), "log.words", entry.id)]
    wide: list[Button] = []
    at = errand.read(entry.text, entry.at, req.zone).at if allowed(req.actor, Action.REMIND) else None
    if at is not None and req.now < at <= req.now + followups.FURTHEST:
        wide.append(Button(t("said.remind", at=at), "log.remind", entry.id))
    elif allowed(req.actor, Action.REMIND) and followups.next_of(req.tx, req.actor, after.id) is None:
        offers.append(Button(t("log.next"), "follow", after.id))
    told = noted(entry)
    told = told[:1] if after.last_contact_at == entry.at else told  # the card itself tells of the last contact
    return card(req, after, *told, undo=True, replace=req.pressed, offers=offers, wide=wide).closing()


def noted(entry: Interaction) -> list[Text]:
    """What was written down."""
    plain = entry.kind is Contacted.NOTE
    said = t("note.plain") if plain else t("note.done", kind=kind_text(entry.kind, entry.outcome))
    return [said, along.note_line(entry.text)] if entry.text else [said]


@routes.button("log.remind", Action.REMIND, writes=True)
def remind(req: Request) -> Reply:
    """What was written down is to be done at the hour that it names."""
    entry = interactions.get(req.tx, req.actor, req.number())
    customer = customers.living(req.tx, req.actor, entry.customer_id)
    return planning.set_as_said(req, customer, errand.read(entry.text, entry.at, req.zone))


# In words ------------------------------------------------------------------------------------------------------------


@routes.command("note", Action.LOG, writes=True)
@routes.verb("note", Action.LOG, writes=True)
def note(req: Request) -> Reply:
    """ "记 张三 电话 下周给报价": a customer, then what happened."""
    if not req.text.strip():
        return Reply.say(t("note.how"))
    about = subject(req, req.text)
    return _for(req, about, about.words if about.customers else req.text).aside()


def _for(req: Request, about: Subject, text: str) -> Reply:
    """Writes the note when there is no doubt about whom; otherwise asks, by button or name, and keeps the words."""
    mine = [one for one in about.customers if not one.masked]
    if mine and mine[0] is about.customers[0] and about.sure:
        return write(req, mine[0], text)
    return _ask_whom(req, mine, about.typed, text)


def _ask_whom(req: Request, mine: list[Customer], typed: str, text: str, again: Draft | None = None) -> Reply:
    asked = t("note.whose" if mine else "note.unknown", name=typed[:60])
    return whom.ask(req, WHOSE.name, asked, mine, "note.to", {"text": text}, again=again)


@routes.button("note.to", Action.LOG, writes=True, keeps_form=True)
def note_to(req: Request) -> Reply:
    """Which of several customers the note is about; the words wait in the draft."""
    draft = forms.belonging(req, WHOSE.name)
    return write(req, customers.get(req.tx, req.actor, req.number(1)), str(draft.extra["text"]))


def _named(req: Request, draft: Draft) -> Reply:
    """Somebody typed whom it is about; who may be meant and is not called so is asked for once more."""
    meant, certain = whom.named(req, draft)
    mine = [one for one in meant if not one.masked]
    if certain and mine:
        return write(req, mine[0], str(draft.extra["text"]))
    return _ask_whom(req, mine, str(draft.values["who"]), str(draft.extra["text"]), draft)


def write(req: Request, customer: Customer, words: str, names: Sequence[str] = ()) -> Reply:
    """The note on the timeline and the card; without words they are asked for. `names`: what in them names somebody."""
    if not words:
        return forms.begin(req, NOTE, only="text", extra={"customer": customer.id})
    return _logged(req, add(req, customer, words, names))


def add(req: Request, customer: Customer, words: str, names: Sequence[str] = ()) -> Interaction:
    """Puts words on the timeline, as the kind of contact of which they tell."""
    told = contacted.read(words, names)
    return interactions.add(req.tx, req.actor, customer.id, told.words, told.kind, outcome=told.outcome)


def write_again(req: Request, customer: Customer, past: Past) -> Reply:
    """Logs again, for another customer, what was logged for the wrong one and undone there."""
    held = past.after
    entry = interactions.add(
        req.tx, req.actor, customer.id, str(held.get("text") or ""), Contacted(str(held["kind"])),
        outcome=Outcome(str(held["outcome"])) if held.get("outcome") else None, at=from_ms(int(str(held["at"]))),
        origin=str(held.get("origin") or ""),
    )  # fmt: skip
    return _logged(req, entry)


def _done(req: Request, draft: Draft) -> Reply:
    return write(req, _about(req, draft), str(draft.values["text"]))


def _about(req: Request, draft: Draft) -> Customer:
    return customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))


def _left(req: Request, draft: Draft) -> Reply:
    """Nothing was written: back to the card."""
    return card(req, _about(req, draft), t("note.left"), replace=req.pressed)


def _text(_: Request, typed: str) -> str:
    if not typed.strip():
        raise Invalid("text")
    return typed.strip()[: interactions.TEXT_MAX]


_TEXT = Field("text", _text, required=True)
NOTE = forms.register(Form("note", Action.LOG, (_TEXT,), _done, confirm=False, about=_about, left=_left))
WORDS = forms.register(Form("log_words", Action.LOG, (_TEXT,), _worded, confirm=False, about=_about, left=_left))
forms.register(Form(LOGGED, Action.LOG, (_TEXT,), _how, confirm=False, about=_about, left=_left, fits=_tells_how))
WHOSE = forms.register(
    Form("note_whose", Action.LOG, (replace(_TEXT, key="who"),), _named, confirm=False, takes=whom.may_answer,
         fits=whom.answers)
)  # fmt: skip
